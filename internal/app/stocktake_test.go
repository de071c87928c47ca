package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// errSeen ends a screen that has seen all there is.
var errSeen = errors.New("seen")

func TestAMeetingFromConveningToIssuedMinutes(t *testing.T) {
	onEngines(t, func(t *testing.T, w *hall) {
		page := w.convened()
		if page.Due != docket.NewDate(2026, time.March, 18) || len(page.Statements) != 3 {
			t.Fatalf("statements %+v due %s", page.Statements, page.Due)
		}
		w.statements(t)
		head := w.freeze()
		if head.No != 1 || head.Seal == "" {
			t.Fatalf("pack %+v", head)
		}
		w.now = time.Date(2026, 3, 20, 9, 30, 0, 0, time.UTC)
		w.act(app.RoomAct{Act: "open"})
		w.room(t)
		w.minutes(t)
		w.afterwards(t)
	})
}

// statements: a unit writes, its head lets it out, another's head files at once.
func (w *hall) statements(t *testing.T) {
	edu, fin := w.unit["市教育局"], w.unit["市财政局"]
	st, err := w.Statement(t.Context(), w.edu, w.id, edu)
	w.must(err)
	if i := slices.IndexFunc(st.Sections, func(s docket.Section) bool { return s.Kind == docket.SectionCarryingOut }); len(st.Sections) != 6 || len(st.Sections[i].Facts) == 0 {
		t.Fatalf("the draft is %+v", st.Sections)
	}
	_, err = w.SendStatement(t.Context(), w.edu, w.id, edu, st.Version)
	w.refused("a statement without words", err, docket.Invalid, "statement.invalid")
	st, err = w.SaveStatement(t.Context(), w.edu, w.id, edu, map[docket.SectionKind]string{docket.SectionCarryingOut: "学位建设全面铺开。"},
		[]docket.Promise{{Text: "年底前新增学位3000个", Due: docket.NewDate(2026, time.December, 31)}}, st.Version)
	w.must(err)
	_, err = w.SaveStatement(t.Context(), w.fin, w.id, edu, nil, nil, st.Version)
	w.refused("a statement of others", err, docket.NotFound, "")
	st, err = w.SendStatement(t.Context(), w.edu, w.id, edu, st.Version)
	w.must(err)
	if st.Status != docket.StatementSent {
		t.Errorf("sent by the liaison it is %s", st.Status)
	}
	st, err = w.ReturnStatement(t.Context(), w.eduHead, w.id, edu, "补充食堂改造", st.Version)
	w.must(err)
	st, err = w.SendStatement(t.Context(), w.edu, w.id, edu, st.Version)
	w.must(err)
	st, err = w.ApproveStatement(t.Context(), w.eduHead, w.id, edu, st.Version)
	w.must(err)
	st, err = w.AgreeStatement(t.Context(), w.leader, w.id, edu, st.Version)
	w.must(err)
	if st.Status != docket.StatementFiled || st.Late {
		t.Errorf("agreed to it is %s, late %v", st.Status, st.Late)
	}
	own, err := w.Statement(t.Context(), w.finHead, w.id, fin)
	w.must(err)
	own, err = w.SaveStatement(t.Context(), w.finHead, w.id, fin, map[docket.SectionKind]string{docket.SectionCarryingOut: "资金已下达。"}, nil, own.Version)
	w.must(err)
	own, err = w.SendStatement(t.Context(), w.finHead, w.id, fin, own.Version)
	w.must(err)
	if own.Status != docket.StatementPassed {
		t.Errorf("sent by the head it is %s", own.Status)
	}
}

// room: turns with their clock, lines that become matters, a line sent twice.
func (w *hall) room(t *testing.T) {
	edu, fin, zj := w.unit["市教育局"], w.unit["市财政局"], w.unit["云州市住房和城乡建设局"]
	w.act(app.RoomAct{Act: "call", Unit: edu})
	w.now = w.now.Add(4 * time.Minute)
	w.act(app.RoomAct{Act: "call", Unit: edu}) // sent again: the clock goes on
	w.now = w.now.Add(2 * time.Minute)
	it := w.line("a", docket.ItemDecision, "市教育局会同市财政局6月20日前建成3所学校")
	if it.No == "" || !slices.Equal(it.Leads, []docket.UnitID{edu}) || !slices.Equal(it.Supports, []docket.UnitID{fin}) || it.Due != docket.NewDate(2026, time.June, 20) {
		t.Fatalf("the decision became %+v", it)
	}
	again := w.line("a", docket.ItemDecision, "市教育局会同市财政局6月20日前建成3所学校")
	if again.ID != it.ID || again.No != it.No {
		t.Errorf("sent twice it is %s and %s", it.No, again.No)
	}
	room := w.act(app.RoomAct{Act: "call", Unit: fin})
	if s := room.Slot(edu); s.Spent != (6*time.Minute).Milliseconds() || s.State != docket.SlotSpoken {
		t.Errorf("the first unit spoke %d ms and is %s", s.Spent, s.State)
	}
	all := w.line("b", docket.ItemInstruction, "各单位4月10日前对照文件逐条查漏补缺")
	if len(all.Leads) != 3 {
		t.Errorf("an instruction to all has %d leads", len(all.Leads))
	}
	undated := w.line("c", docket.ItemDecision, "市财政局牵头研究资金保障办法")
	if !undated.ByRule || undated.Due != docket.NewDate(2026, time.April, 9) {
		t.Errorf("without a day it is due %s, by rule %v", undated.Due, undated.ByRule)
	}
	praise := w.line("d", docket.ItemCommendation, "表扬市教育局食堂改造做法")
	if praise.Matter != 0 || praise.No != "" {
		t.Errorf("a commendation became matter %s", praise.No)
	}
	own, err := w.Record(t.Context(), w.office, w.id, app.NewItem{Key: "e", Kind: docket.ItemCommitment, Text: "4月底前到各单位现场办公一次", Leader: true})
	w.must(err)
	if own.Leader != w.leader.Person.ID || own.Due != docket.NewDate(2026, time.April, 30) {
		t.Errorf("the leader's promise is %+v", own.Item)
	}
	w.act(app.RoomAct{Act: "absent", Unit: zj})
	w.now = w.now.Add(5 * time.Minute)
	room = w.act(app.RoomAct{Act: "call", Unit: zj})
	if s := room.Slot(zj); !s.Late || s.State != docket.SlotSpeaking {
		t.Errorf("who came after all is %+v", s)
	}
	w.line("f", docket.ItemCommitment, "云州市住房和城乡建设局承诺9月底前改造老旧小区20个")
	room = w.act(app.RoomAct{Act: "close"})
	if room.Status != docket.StocktakeClosed {
		t.Errorf("closed it is %s", room.Status)
	}
	// each unit finds what it has to do on its desk
	for _, who := range []struct {
		actor docket.Actor
		no    string
	}{{w.edu, it.No}, {w.edu, all.No}, {w.fin, undated.No}, {w.zj, all.No}} {
		desk, err := w.Desk(t.Context(), who.actor)
		w.must(err)
		if !slices.ContainsFunc(desk.Owed, func(r app.DeskRow) bool { return r.No == who.no && r.Act == "acknowledge" }) {
			t.Errorf("%s does not find %s on the desk", who.actor.Person.Login, who.no)
		}
	}
}

// minutes: drafted from the record, circulated, remarked on, issued, locked, corrected.
func (w *hall) minutes(t *testing.T) {
	m, err := w.Minutes(t.Context(), w.office, w.id)
	w.must(err)
	if len(m.Body) != 6 || m.No != "1" || m.Due != docket.NewDate(2026, time.March, 24) || !strings.Contains(m.Present, "市教育局 eduhead") {
		t.Fatalf("the draft is %+v", m.Minutes)
	}
	_, err = w.Minutes(t.Context(), w.edu, w.id)
	w.refused("a draft before others", err, docket.NotFound, "")
	edit := app.MinutesEdit{No: m.No, Title: m.Title, Present: m.Present, Absent: m.Absent, Sent: m.Sent,
		Body: append([]docket.MinutesPara{{Level: 1, Text: "议定事项"}}, m.Body...)}
	edit.Body[1].Text = "another wording"
	m, err = w.SaveMinutes(t.Context(), w.office, w.id, edit, m.Version)
	w.must(err)
	if m.Body[0].Level != 1 || m.Body[1].Text == "another wording" {
		t.Errorf("the record's words changed: %+v", m.Body[:2])
	}
	edit.Body = edit.Body[:1]
	_, err = w.SaveMinutes(t.Context(), w.office, w.id, edit, m.Version)
	w.refused("minutes without what was decided", err, docket.Invalid, "minutes.invalid")
	m, err = w.Circulate(t.Context(), w.office, w.id, m.Version)
	w.must(err)
	_, err = w.Remark(t.Context(), w.edu, w.id, "第一项应为新建学校")
	w.must(err)
	m, err = w.AnswerRemark(t.Context(), w.office, w.id, 0, "已采纳")
	w.must(err)
	_, err = w.IssueMinutes(t.Context(), w.office, w.id, m.Version)
	w.refused("issued by the office", err, docket.Forbidden, "refuse.issue")
	m, err = w.IssueMinutes(t.Context(), w.deputy, w.id, m.Version)
	w.must(err)
	if m.Status != docket.MinutesIssued || m.Seal == "" || m.IssuedOn != docket.NewDate(2026, time.March, 20) {
		t.Errorf("issued they are %+v", m.Minutes)
	}
	_, err = w.SaveMinutes(t.Context(), w.office, w.id, edit, m.Version)
	w.refused("issued minutes", err, docket.Conflict, "minutes.issued")
	m, err = w.Addend(t.Context(), w.office, w.id, "会议时间应为上午九点半")
	w.must(err)
	if len(m.Addenda) != 1 || m.Addenda[0].No != 1 {
		t.Errorf("addenda %+v", m.Addenda)
	}
}

// afterwards: what became of the decisions, the leader's own promise, the next pack.
func (w *hall) afterwards(t *testing.T) {
	page, err := w.Stocktake(t.Context(), w.office, w.id)
	w.must(err)
	if page.Status != docket.StocktakeIssued || page.Landing != (app.Landing{Acts: 5, Open: 5}) {
		t.Errorf("afterwards %s %+v", page.Status, page.Landing)
	}
	own := page.Items[slices.IndexFunc(page.Items, func(v app.ItemView) bool { return v.Leader != 0 })]
	w.now = time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	page, err = w.KeepPromise(t.Context(), w.office, w.id, own.ID, docket.NewDate(2026, time.May, 6))
	w.must(err)
	if page.Landing != (app.Landing{Acts: 5, Landed: 1, KeptLate: 1, Broken: 3, Open: 1}) {
		t.Errorf("in July %+v", page.Landing)
	}
	w.keeping(t)
	next := w.plan()
	next.On, next.Previous = docket.NewDate(2026, time.July, 10), w.id
	after, err := w.PlanStocktake(t.Context(), w.office, next, 0)
	w.must(err)
	w.id = after.ID
	w.freeze()
	body, _, err := w.Pack(t.Context(), w.office, after.ID, 0)
	w.must(err)
	if first := body.Front.Parts[0]; first.Kind != docket.PartPromises || len(first.Lines) != 1 || first.Lines[0].Keeping != docket.KeepingLate || first.Lines[0].Args["name"] != "leader" {
		t.Errorf("the front page opens with %+v", first)
	}
	edu := body.Page(w.unit["市教育局"])
	if got := edu.Parts[0]; got.Kind != docket.PartPromises || len(got.Lines) != 2 || got.Lines[0].Keeping != docket.KeepingBroken {
		t.Errorf("the next pack opens with %+v", got)
	}
	if q := edu.Parts[len(edu.Parts)-1]; q.Kind != docket.PartQuestions || len(q.Lines) == 0 || q.Lines[0].Key != "question.broken" || q.Lines[0].Why.Key != "source.promise" {
		t.Errorf("it asks %+v", q)
	}
}

// keeping: the record over all meetings, the leader's own promise with it, each as
// far as the reader may follow.
func (w *hall) keeping(t *testing.T) {
	edu, fin, zj := w.unit["市教育局"], w.unit["市财政局"], w.unit["云州市住房和城乡建设局"]
	rec, err := w.Keeping(t.Context(), w.office, 0)
	w.must(err)
	own := app.KeepingRow{Person: w.leader.Person.ID, Name: "leader", Landing: app.Landing{Acts: 1, Landed: 1, KeptLate: 1}}
	want := []app.KeepingRow{own,
		{Unit: edu, Name: "市教育局", Landing: app.Landing{Acts: 2, Broken: 2}},
		{Unit: fin, Name: "市财政局", Landing: app.Landing{Acts: 2, Broken: 2}},
		{Unit: zj, Name: "云州市住房和城乡建设局", Landing: app.Landing{Acts: 2, Broken: 1, Open: 1}}}
	if rec.Meetings != 1 || !slices.Equal(rec.Rows, want) {
		t.Errorf("the record is %+v", rec)
	}
	lines, err := w.KeepingLines(t.Context(), w.office, 0, zj, 0)
	w.must(err)
	if len(lines) != 2 || lines[0].Keeping != docket.KeepingBroken || lines[1].Keeping != docket.KeepingOpen || lines[0].Title == "" {
		t.Errorf("behind a unit's row stand %+v", lines)
	}
	mine, err := w.Keeping(t.Context(), w.zj, 0)
	w.must(err)
	if !slices.Contains(mine.Rows, want[3]) || !slices.Contains(mine.Rows, own) || slices.ContainsFunc(mine.Rows, func(r app.KeepingRow) bool { return r.Unit == fin && r.Broken > 1 }) {
		t.Errorf("a unit reads %+v", mine.Rows)
	}
	for what, q := range map[string]struct {
		actor docket.Actor
		since docket.Date
	}{"after the meeting": {w.office, docket.NewDate(2026, time.March, 21)}, "another office": {w.district, 0}} {
		if rec, err := w.Keeping(t.Context(), q.actor, q.since); err != nil || rec.Meetings != 0 || len(rec.Rows) != 0 {
			t.Errorf("%s: %+v, %v", what, rec, err)
		}
	}
}

// What is done at a meeting stands in the journal once, and says when it was made.
func TestAnActOfAMeetingLeavesOneEntry(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.sitting()
	last := func(verb docket.Verb, n int) string {
		t.Helper()
		found := w.verbs(verb)
		if len(found) != n {
			t.Fatalf("%d entries of %s, not %d", len(found), verb, n)
		}
		return string(found[n-1].After)
	}
	it := w.line("a", docket.ItemDecision, "市教育局6月底前建成学校")
	if after := last(docket.VerbRecord, 1); !strings.Contains(after, it.Text) || !strings.Contains(after, `"stocktake"`) {
		t.Errorf("recorded as %s", after)
	}
	_, err := w.Strike(t.Context(), w.office, w.id, it.ID, "记录有误")
	w.must(err)
	last(docket.VerbStrike, 1)
	w.freeze()
	last(docket.VerbFreeze, 1)
	edu := w.unit["市教育局"]
	w.now = w.now.Add(20 * time.Minute) // no network meanwhile
	w.act(app.RoomAct{Act: "call", Unit: edu, AgoMS: (15 * time.Minute).Milliseconds()})
	room := w.act(app.RoomAct{Act: "pause", AgoMS: (9 * time.Minute).Milliseconds()})
	if spent := room.Slot(edu).Spent; spent != (6 * time.Minute).Milliseconds() {
		t.Errorf("six minutes without a network were %d ms", spent)
	}
	if after := last(docket.VerbRoom, 3); !strings.Contains(after, `"acted_at":"2026-03-20T09:41:00Z"`) {
		t.Errorf("the journal keeps %s", after)
	}
	if at := w.verbs(docket.VerbRoom)[2].At; !at.Equal(w.now) {
		t.Errorf("it arrived at %s", at)
	}
	page, err := w.Journal(t.Context(), w.auditor, app.JournalQuery{Verb: docket.VerbConvene}, 0, 10)
	w.must(err)
	said := map[string]any{}
	for _, c := range page.Items[len(page.Items)-1].Changes {
		said[c.Field] = c.After
	}
	if said["convener"] != w.leader.Person.Name {
		t.Errorf("the convener was %v", said["convener"])
	}
}

func TestTheAgendaFillsItself(t *testing.T) {
	w := newHall(t, openSQLite(t))
	var mine docket.MatterID
	for _, m := range w.ledger(w.office).Items {
		if len(m.Leads) == 1 && m.Leads[0].Unit == w.unit["市教育局"] {
			mine = m.ID
		}
	}
	_, err := w.Acknowledge(t.Context(), w.edu, mine, w.unit["市教育局"], 0)
	w.must(err)
	_, err = w.Ask(t.Context(), w.edu, mine, docket.Request{Unit: w.unit["市教育局"], Kind: docket.AskExtension, Words: "雨季施工", Due: docket.NewDate(2026, time.December, 1)}, 0)
	w.must(err)
	w.now = w.now.AddDate(0, 0, 14)
	page := w.convened()
	kinds := map[docket.TopicKind]int{}
	for _, topic := range page.Topics {
		kinds[topic.Kind]++
	}
	if kinds[docket.TopicRequest] != 1 || kinds[docket.TopicSilence] == 0 {
		t.Fatalf("the agenda holds %+v", page.Topics)
	}
	again, err := w.GatherTopics(t.Context(), w.office, w.id)
	w.must(err)
	if len(again.Topics) != len(page.Topics) {
		t.Errorf("gathered twice it holds %d topics, not %d", len(again.Topics), len(page.Topics))
	}
	w.now = time.Date(2026, 3, 20, 9, 30, 0, 0, time.UTC)
	w.act(app.RoomAct{Act: "open"})
	i := slices.IndexFunc(page.Topics, func(x docket.Topic) bool { return x.Kind == docket.TopicRequest })
	_, err = w.Record(t.Context(), w.office, w.id, app.NewItem{Key: "t", Kind: docket.ItemDecision, Text: "市教育局5月底前提出赶工方案", Topic: page.Topics[i].Key})
	w.must(err)
	_, err = w.Record(t.Context(), w.office, w.id, app.NewItem{Key: "u", Kind: docket.ItemDecision, Text: "同意市教育局延期", Topic: page.Topics[i].Key})
	w.refused("a topic that is settled", err, docket.Conflict, "stocktake.recorded")
	w.act(app.RoomAct{Act: "close"})
	next := w.plan()
	next.On, next.Previous = docket.NewDate(2026, time.April, 20), w.id
	after, err := w.PlanStocktake(t.Context(), w.office, next, 0)
	w.must(err)
	after, err = w.GatherTopics(t.Context(), w.office, after.ID)
	w.must(err)
	for _, topic := range after.Topics {
		if strings.Contains(topic.Key, "carried") && strings.Contains(topic.Key, page.Topics[i].Key) {
			t.Errorf("a settled topic was carried over: %+v", topic)
		}
	}
}

// A request that waits from meeting to meeting stands on each agenda once.
func TestARequestThatWaitsIsNotCarriedToo(t *testing.T) {
	w := newHall(t, openSQLite(t))
	edu := w.unit["市教育局"]
	i := slices.IndexFunc(w.ledger(w.office).Items, func(m app.LedgerRow) bool { return len(m.Leads) == 1 && m.Leads[0].Unit == edu })
	mine := w.ledger(w.office).Items[i].ID
	_, err := w.Acknowledge(t.Context(), w.edu, mine, edu, 0)
	w.must(err)
	_, err = w.Ask(t.Context(), w.edu, mine, docket.Request{Unit: edu, Kind: docket.AskExtension, Words: "雨季施工", Due: docket.NewDate(2026, time.December, 1)}, 0)
	w.must(err)
	p := w.plan()
	p.Topics = []app.TopicPlan{{Text: "食堂改造资金"}}
	for n := range 3 {
		page, err := w.PlanStocktake(t.Context(), w.office, p, 0)
		w.must(err)
		w.id = page.ID
		page, err = w.Convene(t.Context(), w.office, page.ID, page.Version)
		w.must(err)
		kinds := []docket.TopicKind{}
		for _, x := range page.Topics {
			if strings.Contains(x.Key, "request/") || x.Text != "" {
				kinds = append(kinds, x.Kind)
			}
		}
		want := []docket.TopicKind{docket.TopicRequest, docket.TopicCarried}
		if n == 0 {
			want = []docket.TopicKind{docket.TopicOwn, docket.TopicRequest}
		}
		if !slices.Equal(kinds, want) {
			t.Errorf("the agenda of meeting %d holds %v, not %v", n, kinds, want)
		}
		w.now = page.On.Time().Add(9 * time.Hour)
		w.act(app.RoomAct{Act: "open"})
		w.act(app.RoomAct{Act: "close"})
		p = w.plan()
		p.On, p.Previous = page.On+14, page.ID
	}
}

// Every watcher sees every state, the newest last, and nobody waits for a slow one.
func TestManyScreensSeeTheSame(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.sitting()
	const screens = 50
	var wait sync.WaitGroup
	last := make([]int, screens)
	ready := make(chan struct{}, screens)
	for i := range screens {
		wait.Add(1)
		go func() {
			defer wait.Done()
			first := true
			err := w.WatchRoom(t.Context(), w.edu, w.id, func(frame []byte) error {
				if frame == nil {
					return nil
				}
				var room app.Room
				if err := json.Unmarshal(frame, &room); err != nil {
					return err
				}
				last[i] = len(room.Items)
				if first {
					first = false
					ready <- struct{}{}
				}
				if len(room.Items) == 10 {
					return errSeen
				}
				return nil
			})
			if err != errSeen {
				t.Errorf("screen %d ended with %v after %d lines", i, err, last[i])
			}
		}()
	}
	for range screens {
		<-ready
	}
	for n := range 10 {
		w.line(fmt.Sprint(n), docket.ItemNote, fmt.Sprintf("记录第%d条", n))
	}
	wait.Wait()
	// the program ends: who still watches is let go
	left := make(chan error)
	go func() { left <- w.WatchRoom(t.Context(), w.edu, w.id, func([]byte) error { return nil }) }()
	w.EndWatching()
	w.must(<-left)
	_, err := w.Room(t.Context(), w.district, w.id)
	w.refused("another office's screen", err, docket.NotFound, "")
}

// Units that were called hear when the meeting is at another time or place, once, and
// when there will be none, with the reason; who joins later hears the day as it is, and
// who is taken off the list that nothing is owed.
func TestUnitsHearWhatBecomesOfAMeeting(t *testing.T) {
	onEngines(t, func(t *testing.T, w *hall) {
		ctx := t.Context()
		lj := w.person("lj", docket.Liaison, "临江区教育局")
		page := w.convened()
		plan := w.plan()
		plan.ID, plan.On, plan.Place = w.id, docket.NewDate(2026, time.March, 24), "二号会议室"
		plan.Slots = append(plan.Slots, app.SlotPlan{Unit: w.unit["临江区教育局"]})
		page, err := w.PlanStocktake(ctx, w.office, plan, page.Version)
		w.must(err)
		plan.Title = "工作推进座谈会" // moves nothing
		page, err = w.PlanStocktake(ctx, w.office, plan, page.Version)
		w.must(err)
		fin := w.unit["市财政局"]
		said, err := w.Statement(ctx, w.fin, w.id, fin)
		w.must(err)
		_, err = w.SaveStatement(ctx, w.fin, w.id, fin, map[docket.SectionKind]string{docket.SectionIdeas: "预算联动"}, nil, said.Version)
		w.must(err)
		all := plan.Slots
		plan.Slots = slices.DeleteFunc(slices.Clone(all), func(p app.SlotPlan) bool { return p.Unit == fin })
		page, err = w.PlanStocktake(ctx, w.office, plan, page.Version)
		w.must(err)
		_, err = w.Stocktake(ctx, w.fin, w.id)
		w.refused("the meeting of a unit that was taken off the list", err, docket.NotFound, "")
		if !slices.ContainsFunc(w.verbs(docket.VerbConvene), func(e docket.Entry) bool { return strings.Contains(string(e.Before), "预算联动") }) {
			t.Errorf("what the unit wrote is not in the journal")
		}
		plan.Slots = all // by mistake
		page, err = w.PlanStocktake(ctx, w.office, plan, page.Version)
		w.must(err)
		page, err = w.Cancel(ctx, w.office, w.id, page.Version, "与全会冲突")
		w.must(err)
		if page.CalledOff != "与全会冲突" {
			t.Errorf("the page says %q", page.CalledOff)
		}
		w.same("a unit called at first", w.told(w.edu), []string{"03-02 convened", "03-02 moved", "03-02 called_off"})
		w.same("its head", w.told(w.eduHead), []string{"03-02 convened", "03-02 moved", "03-02 called_off"})
		w.same("a unit that was off the list for a while", w.told(w.fin), []string{"03-02 convened", "03-02 moved", "03-02 released", "03-02 convened", "03-02 called_off"})
		w.same("the convener", w.told(w.leader), []string{"03-02 chairs", "03-02 chairs", "03-02 called_off"})
		w.same("a unit that joined", w.told(lj), []string{"03-02 convened", "03-02 called_off"})
		notices, err := w.Notices(ctx, w.as(w.edu), 0)
		w.must(err)
		if args := notices.Items[1].Args; args["when"] != "2026-03-24 09:30 二号会议室" || args["due"] != "2026-03-20" {
			t.Errorf("moved: %v", args)
		}
		if args := notices.Items[0].Args; args["reason"] != "与全会冲突" {
			t.Errorf("called off: %v", args)
		}
	})
}

// The office sees before a meeting which units have nobody to be told; others do not.
func TestUnitsWithoutPeopleAreSeenBeforehand(t *testing.T) {
	w := newHall(t, openSQLite(t))
	plan := w.plan()
	plan.Slots = append(plan.Slots, app.SlotPlan{Unit: w.unit["临江区教育局"]})
	page, err := w.PlanStocktake(t.Context(), w.office, plan, 0)
	w.must(err)
	want := []docket.UnitID{w.unit["临江区教育局"]}
	if !slices.Equal(page.Unheard, want) {
		t.Errorf("planned: %v, not %v", page.Unheard, want)
	}
	page, err = w.Convene(t.Context(), w.office, page.ID, page.Version)
	w.must(err)
	if !slices.Equal(page.Unheard, want) {
		t.Errorf("convened: %v, not %v", page.Unheard, want)
	}
	if page, err = w.Stocktake(t.Context(), w.edu, page.ID); err != nil || len(page.Unheard) > 0 {
		t.Errorf("a unit sees %v (%v)", page.Unheard, err)
	}
}
