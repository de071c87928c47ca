package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/worktime"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A city of 40 units lives through its fourth quarter, National Day and all, day
// by day: everybody does what their desk shows, some late, some carelessly, some
// claiming what is not done. Nothing is done that no desk offered.
func TestAQuarterOfACity(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			matters := 400
			if raced || testing.Short() {
				matters = 60
			}
			q := newQuarter(newTown(t, open(t)), matters)
			if name == "sqlite" {
				q.post()
			}
			for day := docket.NewDate(2026, 9, 21); day <= docket.NewDate(2026, 12, 31); day++ {
				q.live(day)
			}
			q.end()
		})
	}
}

// quarter is the city with its people and what must stay true of it.
type quarter struct {
	*town
	rand     *rand.Rand
	people   []docket.Actor
	leader   docket.Actor
	firstDue map[docket.MatterID]docket.Date
	seen     map[docket.Verb]int
	box      *postbox // nil: nothing leaves the program
}

const quarterUnits = 40

func newQuarter(w *town, matters int) *quarter {
	q := &quarter{town: w, rand: rand.New(rand.NewPCG(2026, 4)), firstDue: map[docket.MatterID]docket.Date{}, seen: map[docket.Verb]int{}}
	w.now = time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)
	ctx := w.t.Context()
	var rows strings.Builder
	rows.WriteString("名称,代码,上级单位,级别,别名\n")
	for i := range quarterUnits {
		fmt.Fprintf(&rows, "第%d局,D%d,YZ,unit,\n", i+1, i+1)
	}
	_, err := w.ImportUnits(ctx, w.admin, "units.csv", []byte(rows.String()), false)
	w.must(err)
	list, err := w.Units(ctx, w.admin, 0)
	w.must(err)
	for _, u := range list.Items {
		w.unit[u.Name] = u.ID
	}
	q.leader = w.person("leader", docket.Leader, "云州市")
	q.people = []docket.Actor{w.office, q.leader, w.person("check1", docket.Verifier, "云州市"), w.person("check2", docket.Verifier, "云州市")}
	for i := range quarterUnits {
		unit := fmt.Sprintf("第%d局", i+1)
		q.people = append(q.people, w.person(fmt.Sprintf("l%d", i+1), docket.Liaison, unit), w.person(fmt.Sprintf("h%d", i+1), docket.Head, unit))
	}
	var paper strings.Builder
	paper.WriteString("云州市人民政府关于四季度重点工作的通知\n云政发〔2026〕21号\n各有关单位：\n现将任务分解如下。\n")
	for i := range matters {
		lead, support := i%quarterUnits+1, (i*7+3)%quarterUnits+1
		due := docket.NewDate(2026, 10, 9) + docket.Date(i*79/matters)
		y, m, d := due.Time().Date()
		switch {
		case i%5 == 4:
			fmt.Fprintf(&paper, "%d.整治第%d处积水点。（第%d局、第%d局按职责分工负责，%d年%d月%d日前完成）\n", i+1, i+1, lead, support, y, m, d)
		case lead == support || i%5 == 0:
			fmt.Fprintf(&paper, "%d.新建第%d处口袋公园。（第%d局牵头，%d年%d月%d日前完成）\n", i+1, i+1, lead, y, m, d)
		default:
			fmt.Fprintf(&paper, "%d.改造第%d条道路。（第%d局牵头，第%d局配合，%d年%d月%d日前完成）\n", i+1, i+1, lead, support, y, m, d)
		}
	}
	in, err := w.Import(ctx, w.office, "任务.txt", []byte(paper.String()))
	w.must(err)
	done, err := w.Adopt(ctx, w.office, in.Directive, w.version(in.Directive))
	w.must(err)
	if done.Matters != matters {
		w.t.Fatalf("adopted %d matters, want %d", done.Matters, matters)
	}
	for _, row := range q.all() {
		q.firstDue[row.ID] = row.FirstDue
	}
	return q
}

func (q *quarter) all() []app.LedgerRow {
	var out []app.LedgerRow
	for row, err := range q.LedgerRows(q.t.Context(), q.office, docket.LedgerQuery{}, app.AsIs) {
		q.must(err)
		out = append(out, row)
	}
	return out
}

// chance is true n times in a hundred.
func (q *quarter) chance(n int) bool { return q.rand.IntN(100) < n }

// live is one day: time does its part, and on working days people theirs.
func (q *quarter) live(day docket.Date) {
	q.now = day.Time().Add(9 * time.Hour)
	q.must(q.Tick(q.t.Context()))
	q.deliver()
	if !worktime.China().IsWorkingDay(day) {
		return
	}
	if d := day.Time().Day(); d == 20 || d == 21 && q.seen[docket.VerbOpenRound] == 0 {
		_, err := q.OpenRound(q.t.Context(), q.office, docket.Round{Title: day.String(), From: day - 30, To: day, Due: day + 5})
		q.must(err)
		q.seen[docket.VerbOpenRound]++
	}
	for i := range q.people {
		if q.chance(25) {
			continue // away, busy, late
		}
		q.now = q.now.Add(time.Minute)
		q.work(&q.people[i])
	}
	if day%14 == 0 {
		q.invariants()
	}
}

// work is what one person does with one desk.
func (q *quarter) work(who *docket.Actor) {
	desk, err := q.Desk(q.t.Context(), *who)
	q.must(err)
	for _, row := range slices.Concat(desk.Owed, desk.Waiting, desk.CameBack) {
		if row.Matter == 0 || q.chance(30) {
			continue
		}
		err := q.deal(who, row)
		if code := docket.CodeOf(err); err != nil && code != docket.Conflict {
			q.t.Fatalf("%s: the desk of %s offered %s of %s (%s): %v", q.now, who.Person.Login, row.Act, row.No, row.Kind, err)
		}
	}
}

// deal does the one act of a row, now and then another than the plain one.
func (q *quarter) deal(who *docket.Actor, row app.DeskRow) error {
	ctx := q.t.Context()
	move := func(verb docket.Verb, d docket.Deed) error {
		q.seen[verb]++
		_, err := q.Move(ctx, *who, row.Matter, verb, row.Unit, d, 0)
		return err
	}
	page := func() app.MatterPage {
		p, err := q.Matter(ctx, *who, row.Matter)
		q.must(err)
		return p
	}
	switch row.Act {
	case "acknowledge":
		if q.chance(3) {
			return move(docket.VerbDispute, docket.Deed{Words: "不属于本局职责"})
		}
		return move(docket.VerbAcknowledge, docket.Deed{})
	case "plan":
		due := page().Matter.Due
		return move(docket.VerbPlan, docket.Deed{Milestones: []docket.Milestone{{Title: "开工", Due: min(due, q.today()+5)}}})
	case "report", "part", "reply":
		return q.report(who, row, page())
	case "open":
		if row.Kind == string(docket.OweFinish) && q.chance(30) {
			return q.report(who, row, page())
		}
	case "approve", "review":
		return q.judge(who, row)
	case "decide":
		return q.decideOne(who, row, page())
	case "note":
		_, err := q.CloseInstruction(ctx, *who, row.Matter, docket.InstructionID(row.Ref), 0)
		return err
	case "verify", "look_back":
		v := docket.Verification{Outcome: docket.FoundTrue, Place: "现场", Checks: []docket.Check{{Text: "已完工", OK: true}}}
		if q.chance(15) {
			v = docket.Verification{Outcome: docket.FoundUntrue, Words: "现场未见完工"}
		}
		q.seen[docket.Verb(v.Outcome)]++
		_, err := q.Verify(ctx, *who, row.Matter, v, 0)
		return err
	}
	return nil
}

func (q *quarter) today() docket.Date { return docket.DateOf(q.now) }

// report writes and files what the unit has to say: a claim when it is ready,
// a request for more time now and then.
func (q *quarter) report(who *docket.Actor, row app.DeskRow, p app.MatterPage) error {
	ctx := q.t.Context()
	if p.Matter.Status == docket.InProgress && p.Matter.Due >= q.today() && q.chance(8) {
		q.seen[docket.VerbAsk]++
		_, err := q.Ask(ctx, *who, row.Matter, docket.Request{Kind: docket.AskExtension, Unit: row.Unit, Words: "雨季影响施工", Due: p.Matter.Due + 10}, 0)
		return err
	}
	form, err := q.ReportForm(ctx, *who, row.Matter, row.Unit)
	if err != nil {
		return err
	}
	r := form.Report
	r.Changed, r.Percent = "完成一段", min(100, r.Percent+20)
	own := r.Kind == docket.ProgressReport || r.Kind == docket.ClaimReport
	waits := slices.ContainsFunc(p.Matter.Assignments, func(a app.AssignmentView) bool { return a.OwesPart() })
	if waits && r.Percent >= 60 && q.chance(10) {
		return q.waive(who, row, p)
	}
	switch {
	case row.Act == "reply":
		r.Kind, r.Note = docket.ReplyReport, docket.InstructionID(row.Ref)
	case own && p.Matter.Status == docket.InProgress && (r.Percent >= 60 || row.Late) && (!waits || q.chance(5)):
		r.Kind, r.Result, r.Evidence = docket.ClaimReport, docket.ResultMet, []docket.EvidenceID{q.prove(who, row)}
	case own:
		r.Kind = docket.ProgressReport
	}
	q.seen[docket.VerbFile]++
	_, err = q.FileReport(ctx, *who, row.Matter, r)
	return err
}

// waive does without the part of a support, where the page offers that.
func (q *quarter) waive(who *docket.Actor, row app.DeskRow, p app.MatterPage) error {
	i := slices.IndexFunc(p.Next, func(n app.NextAct) bool { return n.Verb == docket.VerbWaive && n.Unit == row.Unit })
	if i < 0 {
		return nil
	}
	q.seen[docket.VerbWaive]++
	_, err := q.Move(q.t.Context(), *who, row.Matter, docket.VerbWaive, row.Unit, docket.Deed{Of: p.Next[i].Of, Words: "本局自行完成"}, 0)
	return err
}

// prove offers a paper as evidence.
func (q *quarter) prove(who *docket.Actor, row app.DeskRow) docket.EvidenceID {
	ctx, paper := q.t.Context(), fmt.Appendf(nil, "竣工验收记录 %s %s %d\n", row.No, q.now, q.rand.Int())
	up, err := q.BeginUpload(ctx, *who, row.Matter, app.NewUpload{Unit: row.Unit, Name: "验收记录.txt", Size: int64(len(paper))})
	q.must(err)
	_, err = q.AppendUpload(ctx, *who, row.Matter, up.ID, 0, paper)
	q.must(err)
	piece, err := q.FinishUpload(ctx, *who, row.Matter, up.ID, app.EvidenceEdit{})
	q.must(err)
	return piece.ID
}

func (q *quarter) judge(who *docket.Actor, row app.DeskRow) error {
	ctx, id := q.t.Context(), docket.ReportID(row.Ref)
	if q.chance(10) {
		q.seen[docket.VerbReturn]++
		_, err := q.ReturnReport(ctx, *who, row.Matter, id, docket.FactsUnclear, "请补充现场情况", 0)
		return err
	}
	if row.Act == "approve" {
		_, err := q.ApproveReport(ctx, *who, row.Matter, id, 0)
		return err
	}
	if q.chance(5) && who.Person.ID == q.office.Person.ID {
		q.seen[docket.VerbInstruct]++
		_, err := q.Instruct(ctx, q.leader, row.Matter, "请倒排工期", docket.Urgent)
		q.must(err)
	}
	_, err := q.AcceptReport(ctx, *who, row.Matter, id, 0)
	return err
}

// decideOne settles a request, or reopens what a look back found untrue.
func (q *quarter) decideOne(who *docket.Actor, row app.DeskRow, p app.MatterPage) error {
	ctx := q.t.Context()
	if row.Ref == 0 {
		q.seen[docket.VerbReopen]++
		_, err := q.Move(ctx, *who, row.Matter, docket.VerbReopen, 0, docket.Deed{Words: "回头看发现不实"}, 0)
		return err
	}
	i := slices.IndexFunc(p.Requests, func(r app.RequestView) bool { return int64(r.ID) == row.Ref })
	d := app.Decision{Grant: q.chance(60), Words: "按程序办理"}
	if d.Grant && p.Requests[i].Kind == docket.AskDispute {
		d.Assignments = []docket.Assignment{{Party: docket.Party{Role: docket.Lead}, Unit: q.unit[fmt.Sprintf("第%d局", q.rand.IntN(quarterUnits)+1)]}}
	}
	q.seen[docket.VerbDecide]++
	_, err := q.Decide(ctx, *who, row.Matter, docket.RequestID(row.Ref), d, 0)
	return err
}

// invariants hold on every day.
func (q *quarter) invariants() {
	ctx, t := q.t.Context(), q.t
	breaches, err := q.store.Check(ctx)
	if err != nil || len(breaches) > 0 {
		t.Fatalf("%s: check: %v, %v", q.now, breaches, err)
	}
	for _, row := range q.all() {
		if row.FirstDue != q.firstDue[row.ID] {
			t.Errorf("%s: the first due %s became %s", row.No, q.firstDue[row.ID], row.FirstDue)
		}
	}
	q.must(q.store.View(ctx, func(r docket.Reader) error {
		for id := range q.firstDue {
			if err := q.sound(r, id); err != nil {
				return err
			}
		}
		return nil
	}))
}

// sound: the journal gives the same life, what is owed is what stands, and who
// verified stands outside.
func (q *quarter) sound(r docket.Reader, id docket.MatterID) error {
	ctx, t := q.t.Context(), q.t
	m, err1 := r.Matter(ctx, docket.SystemScope(), id)
	entries, err2 := r.Entries(ctx, docket.EntryQuery{Matter: id}, 0, 10_000)
	owed, err3 := r.MatterObligations(ctx, id)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	life, err := docket.Relive(entries)
	if err != nil {
		return err
	}
	if d := cmp.Diff(docket.LifeOf(&m), life, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s: the journal tells another life (-kept +told):\n%s", m.No, d)
	}
	rules := docket.DefaultRules()
	want := map[string]bool{}
	for _, o := range docket.Standing(&m, &rules, noReckoner{}) {
		want[fmt.Sprint(o.Kind, o.Unit)] = true
	}
	have := map[string]bool{}
	for _, o := range owed {
		switch o.Kind {
		case docket.OweAcknowledge, docket.OwePlan, docket.OwePart, docket.OweFinish, docket.OweVerify, docket.OweLook:
			if key := fmt.Sprint(o.Kind, o.Unit); o.Open() && have[key] {
				t.Errorf("%s: %s is owed twice", m.No, key)
			} else if o.Open() {
				have[key] = true
			}
		}
		if o.Met.After(q.now) || !o.Met.IsZero() && !o.Void.IsZero() {
			t.Errorf("%s: %+v is met in the future, or met and void", m.No, o)
		}
	}
	if !reflect.DeepEqual(want, have) {
		t.Errorf("%s (%s): owed %v, but as it stands %v", m.No, m.Status, have, want)
	}
	for _, e := range entries {
		if e.Verb == docket.VerbVerify || e.Verb == docket.VerbRefute {
			posts, err := r.Posts(ctx, e.Actor)
			if err != nil {
				return err
			}
			for _, p := range posts {
				if p.Role != docket.Verifier {
					t.Errorf("%s was verified by somebody with the post %s", m.No, p.Role)
				}
			}
		}
	}
	return nil
}

type noReckoner struct{}

func (noReckoner) Reckon(docket.Term) (d docket.Date, at time.Time, provisional bool) { return }
func (noReckoner) Before(d docket.Date, _ int) docket.Date                            { return d }

// end looks back on the quarter.
func (q *quarter) end() {
	t := q.t
	q.invariants()
	q.climbed()
	for _, verb := range []docket.Verb{docket.VerbAcknowledge, docket.VerbDispute, docket.VerbPlan, docket.VerbFile, docket.VerbReturn, docket.VerbAsk, docket.VerbDecide, docket.VerbInstruct, docket.VerbWaive, "true", "untrue"} {
		if q.seen[verb] == 0 {
			t.Errorf("nobody ever did %q: the quarter proves little", verb)
		}
	}
	page := q.ledger(q.office)
	t.Logf("after the quarter: %v; acts %v", page.Statuses, q.seen)
	if page.Statuses[docket.Completed] < page.Total/4 {
		t.Errorf("only %d of %d matters were completed", page.Statuses[docket.Completed], page.Total)
	}
	// another node, and this one after a restart, show the same
	again := *q.town
	again.App = q.another()
	if got := again.ledger(q.office); !reflect.DeepEqual(got.Lamps, page.Lamps) || !reflect.DeepEqual(got.Statuses, page.Statuses) {
		t.Errorf("a fresh board shows %v %v, this one %v %v", got.Lamps, got.Statuses, page.Lamps, page.Statuses)
	}
}
