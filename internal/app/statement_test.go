package app_test

import (
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/notify"
)

// passed lets the head of 市教育局 write and let out its statement.
func (w *hall) passed() app.StatementPage {
	w.t.Helper()
	edu := w.unit["市教育局"]
	st, err := w.Statement(w.t.Context(), w.eduHead, w.id, edu)
	w.must(err)
	st, err = w.SaveStatement(w.t.Context(), w.eduHead, w.id, edu, map[docket.SectionKind]string{docket.SectionCarryingOut: "学位建设全面铺开。"}, nil, st.Version)
	w.must(err)
	st, err = w.SendStatement(w.t.Context(), w.eduHead, w.id, edu, st.Version)
	w.must(err)
	return st
}

// asked are the acts that somebody's desk asks for on statements.
func (w *hall) asked(who docket.Actor) (out []string) {
	w.t.Helper()
	desk, err := w.Desk(w.t.Context(), w.as(who))
	w.must(err)
	for _, r := range append(desk.Owed, desk.Waiting...) {
		if r.Stocktake == w.id {
			out = append(out, r.Act)
		}
	}
	return out
}

func (w *hall) head(unit string) app.StatementHead {
	w.t.Helper()
	page, err := w.Stocktake(w.t.Context(), w.office, w.id)
	w.must(err)
	return page.Statements[slices.IndexFunc(page.Statements, func(h app.StatementHead) bool { return h.Unit == w.unit[unit] })]
}

// The head lets a statement out on its last day; the leader next above looks at it
// later, sends it back once and then agrees. Late it never was.
func TestAStatementGoesThroughTheLeader(t *testing.T) {
	onEngines(t, func(t *testing.T, w *hall) {
		ctx, edu := t.Context(), w.unit["市教育局"]
		near := w.person("near", docket.Leader, "市教育局") // the portfolio's own leader; those of the city stand further up
		w.convened()
		_, err := w.AgreeStatement(ctx, near, w.id, edu, 0)
		w.refused("a draft", err, docket.Conflict, "statement.not_passed")
		w.now = time.Date(2026, 3, 18, 16, 0, 0, 0, time.UTC)
		st := w.passed()
		if st.Status != docket.StatementPassed || !slices.Equal(st.With, []string{"near"}) {
			t.Fatalf("let out it is %s with %v", st.Status, st.With)
		}
		w.same("the leader's desk", w.asked(near), []string{"agree_statement"})
		w.same("a leader further up", w.asked(w.leader), nil)
		w.same("the unit's", w.asked(w.edu), nil)
		at := w.now
		w.now = time.Date(2026, 3, 19, 9, 0, 0, 0, time.UTC)
		if h := w.head("市教育局"); h.Late || h.Silent || h.Status != docket.StatementPassed || !slices.Equal(h.With, []string{"near"}) || !h.Since.Equal(at) {
			t.Errorf("the office sees %+v", h)
		}
		if h := w.head("市财政局"); !h.Late || !h.Silent || !slices.Equal(h.With, []string{"fin"}) {
			t.Errorf("of a silent unit the office sees %+v", h)
		}
		_, err = w.AgreeStatement(ctx, w.eduHead, w.id, edu, st.Version)
		w.refused("the head agrees", err, docket.Forbidden, "refuse.consent")
		_, err = w.ReturnStatement(ctx, w.eduHead, w.id, edu, "再想想", st.Version)
		w.refused("the head takes it back", err, docket.Forbidden, "refuse.consent")
		_, err = w.ReturnStatement(ctx, near, w.id, edu, " ", st.Version)
		w.refused("without a reason", err, docket.Invalid, "statement.invalid")
		st, err = w.ReturnStatement(ctx, near, w.id, edu, "补充学位缺口", st.Version)
		w.must(err)
		w.same("it came back", w.asked(w.edu), []string{"state"})
		st, err = w.SendStatement(ctx, w.edu, w.id, edu, st.Version)
		w.must(err)
		_, err = w.ApproveStatement(ctx, w.eduHead, w.id, edu, st.Version)
		w.must(err)
		// the leader is away: who stands in agrees, in their place
		relief := w.person("relief", docket.Liaison, "临江区")
		_, err = w.StandIn(ctx, near, 0, app.NewStandin{By: "relief", To: docket.NewDate(2026, 3, 20)})
		w.must(err)
		relief = w.as(relief)
		w.same("the stand-in's desk", w.asked(relief), []string{"agree_statement"})
		st, err = w.AgreeStatement(ctx, relief, w.id, edu, 0)
		w.must(err)
		if st.Status != docket.StatementFiled || st.Late || st.Consenter != relief.Person.ID {
			t.Errorf("agreed to it is %s, late %v, by %d", st.Status, st.Late, st.Consenter)
		}
		w.same("the leader's desk afterwards", w.asked(near), nil)
	})
}

// A meeting does not wait for a leader: the room says what is not agreed, and that
// it is agreed as soon as it is.
func TestAMeetingDoesNotWaitForTheLeader(t *testing.T) {
	onEngines(t, func(t *testing.T, w *hall) {
		ctx, edu := t.Context(), w.unit["市教育局"]
		w.convened()
		st := w.passed()
		w.now = time.Date(2026, 3, 20, 9, 30, 0, 0, time.UTC)
		room := w.act(app.RoomAct{Act: "open"})
		if !slices.Equal(room.Unagreed, []docket.UnitID{edu}) {
			t.Errorf("not agreed: %v", room.Unagreed)
		}
		_, err := w.AgreeStatement(ctx, w.leader, w.id, edu, st.Version)
		w.must(err)
		after, err := w.Room(ctx, w.office, w.id)
		w.must(err)
		if len(after.Unagreed) != 0 || after.Version <= room.Version {
			t.Errorf("after the leader's word: %v, version %d after %d", after.Unagreed, after.Version, room.Version)
		}
	})
}

// Where nobody leads the unit, or nobody who can sign in, it is filed directly.
func TestAStatementWithoutALeaderIsFiled(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.convened()
	for _, who := range []docket.Actor{w.leader, w.deputy} {
		p := who.Person
		_, err := w.EditPerson(t.Context(), w.admin, p.ID, p.Version, app.PersonEdit{Active: new(false)})
		w.must(err)
	}
	if st := w.passed(); st.Status != docket.StatementFiled || st.Consenter != 0 || st.FiledOn == 0 {
		t.Errorf("let out it is %s, agreed by %d, on %s", st.Status, st.Consenter, st.FiledOn)
	}
}

// Statements climb the same ladder as everything else that is owed: the unit's
// people before the day and on it, the head and the office before the meeting; with
// stand-ins, once however often and by whomever it is asked.
func TestStatementsClimbTheLadder(t *testing.T) {
	onEngines(t, func(t *testing.T, w *hall) {
		ctx := t.Context()
		for _, row := range w.ledger(w.office).Items { // nothing else is owed
			_, err := w.Move(ctx, w.leader, row.ID, docket.VerbStop, 0, docket.Deed{Words: "停"}, 0)
			w.must(err)
		}
		relief := w.person("relief", docket.Liaison, "临江区")
		_, err := w.StandIn(ctx, w.fin, 0, app.NewStandin{By: "relief", To: docket.NewDate(2026, 3, 31)})
		w.must(err)
		w.convened() // the 2nd of March, for the 20th; statements are due on the 18th
		other := w.another()
		for day := 3; day <= 19; day++ {
			w.tick(3, day)
			w.must(other.Tick(ctx))
			w.must(w.Tick(ctx))
			if day == 10 {
				w.passed() // 市教育局 is done with it and hears no more
			}
		}
		w.same("a unit that was early", w.told(w.edu), []string{"03-02 convened", "03-09 remind statement"})
		lines := []string{"03-09 remind statement", "03-13 remind statement", "03-17 remind statement", "03-18 remind statement", "03-19 overdue statement"}
		w.same("a silent one", w.told(w.fin), append([]string{"03-02 convened"}, lines...))
		w.same("who stands in there", w.told(relief), append([]string{"03-02 standin", "03-02 convened"}, lines...))
		w.same("its head", w.told(w.finHead), []string{"03-02 convened", "03-19 overdue statement"})
		w.same("the office", w.told(w.office), []string{"03-19 climb statement", "03-19 climb statement"})
		w.same("the leader", w.told(w.leader), []string{"03-02 chairs"})
		page, err := w.GatherTopics(ctx, w.office, w.id)
		w.must(err)
		for _, unit := range []string{"市财政局", "云州市住房和城乡建设局"} {
			if !slices.ContainsFunc(page.Topics, func(x docket.Topic) bool { return x.Kind == docket.TopicSilence && x.Unit == w.unit[unit] }) {
				t.Errorf("the silence of %s is not on the agenda: %+v", unit, page.Topics)
			}
		}
		notices, err := w.Notices(ctx, w.as(w.finHead), 0)
		w.must(err)
		if said := notify.Sentence("zh", notices.Items[0]); said != "《重点工作推进座谈会》待报汇报材料：2026-03-18 已到期，现已逾期。" {
			t.Errorf("it is said as %s", said)
		}
		if n := len(w.verbs(docket.VerbUrge)); n != 0 {
			t.Errorf("%d slips went out", n)
		}
	})
}

// The days ahead count statements, and what falls on a day off on the working day before.
func TestTheDaysAheadCountStatements(t *testing.T) {
	w := newHall(t, openSQLite(t))
	saturday := docket.NewDate(2026, time.March, 21)
	w.now = time.Date(2026, 3, 16, 9, 0, 0, 0, time.UTC)
	friday := func() int {
		desk, err := w.Desk(t.Context(), w.as(w.zj))
		w.must(err)
		if len(desk.Upcoming) != 10 {
			t.Fatalf("%d days ahead", len(desk.Upcoming))
		}
		for _, x := range desk.Upcoming {
			if x.Date == saturday-1 {
				return x.Count
			}
		}
		t.Fatalf("no Friday in %+v", desk.Upcoming)
		return 0
	}
	before := friday()
	p := w.plan()
	p.On, p.DaysBefore = saturday, 0
	page, err := w.PlanStocktake(t.Context(), w.office, p, 0)
	w.must(err)
	_, err = w.Convene(t.Context(), w.office, page.ID, page.Version)
	w.must(err)
	if n := friday(); n != before+1 {
		t.Errorf("%d fall due on Friday, before the meeting was convened %d", n, before)
	}
}
