package app

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/measure"
)

// maxDesk bounds each list of the desk: nobody works through more in a day.
const maxDesk = 200

// aheadDays is how many working days the desk looks ahead.
const aheadDays = 10

// desk is the gathering of one person's desk.
type desk struct {
	Desk
	app   *App
	actor *docket.Actor
	place *place
	view  board.View
	hands hands
	dues  []docket.Date // of what the actor's units owe, for the days ahead
}

func newDesk(a *App, actor *docket.Actor, pl *place) *desk {
	return &desk{app: a, actor: actor, place: pl, view: a.board.View(a.lampDay(pl.day)), hands: hands{app: a}}
}

func (d *desk) fill(ctx context.Context, r docket.Reader) error {
	d.Desk = Desk{Owed: []DeskRow{}, Waiting: []DeskRow{}, CameBack: []DeskRow{}, Upcoming: []DayCount{}, Today: d.place.day,
		Mine: DeskMine{Lamps: map[docket.Lamp]int{}}}
	for _, step := range []func(context.Context, docket.Reader) error{d.owed, d.waiting, d.meetings, d.readings, d.overdue, d.cameBack, d.done} {
		if err := step(ctx, r); err != nil {
			return err
		}
	}
	if !d.actor.File.Empty() {
		d.ahead()
	}
	return d.mine()
}

// owed lists what the actor's units owe, the most urgent first.
func (d *desk) owed(ctx context.Context, r docket.Reader) error {
	if d.actor.File.Empty() {
		return nil
	}
	all, err := r.Owed(ctx, docket.Liaison, d.actor.File)
	if err != nil {
		return err
	}
	for i := range all {
		d.dues = append(d.dues, all[i].Due)
	}
	// what is far off is not yet on the desk: receipts and plans always are, work
	// from when its due comes near
	soon, _ := d.app.calendar().AddWorkingDays(d.place.day, aheadDays)
	all = slices.DeleteFunc(all, func(o docket.Obligation) bool {
		return o.Kind != docket.OweAcknowledge && o.Kind != docket.OwePlan && (o.Due == 0 || o.Due > soon)
	})
	d.Owed, err = d.rows(ctx, r, all)
	return err
}

// rows shows obligations, each with the act that deals with it.
func (d *desk) rows(ctx context.Context, r docket.Reader, all []docket.Obligation) ([]DeskRow, error) {
	out := []DeskRow{}
	all = all[:min(len(all), maxDesk)]
	ids := make([]docket.MatterID, len(all))
	for i, o := range all {
		ids[i] = o.Matter
	}
	matters, err := d.matters(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	urges, err := r.Urges(ctx, ids...)
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		m, ok := matters[o.Matter]
		if !ok || !d.concerns(&o, m) {
			continue
		}
		row := d.row(string(o.Kind), m)
		row.Due, row.Unit, row.UnitName, row.Act, row.Ref = o.Due, o.Unit, d.place.tree.Name(o.Unit), deskAct(o.Kind), o.Ref
		row.Late = o.Late(d.app.cfg.Clock(), d.app.cfg.Location)
		for i := range urges {
			if urges[i].Obligation == o.ID {
				row.Urged, row.Slip = row.Urged+1, urges[i].Slip
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// concerns: what is to be verified concerns only who stands outside of it.
func (d *desk) concerns(o *docket.Obligation, m *docket.Matter) bool {
	return o.Role != docket.Verifier || docket.MayAct(d.actor, docket.ActVerify, docket.SubjectOfMatter(m))
}

// postUnits are the units in which the actor holds posts of one role.
type postUnits struct {
	role  docket.Role
	units docket.UnitSet
}

// posts are the actor's posts that owe something, the units' own first.
func (d *desk) posts() []postUnits {
	a := d.actor
	return []postUnits{{docket.Liaison, a.File}, {docket.Head, a.Head}, {docket.Office, a.Office}, {docket.Leader, a.Portfolio}, {docket.Verifier, a.Verify}}
}

// deskAct is the one act that deals with a thing owed.
func deskAct(k docket.ObligationKind) string {
	switch k {
	case docket.OweAcknowledge, docket.OwePlan, docket.OweReport, docket.OwePart, docket.OweReply, docket.OweApprove, docket.OweReview,
		docket.OweDecide, docket.OweNote, docket.OweVerify, docket.OweLookBack:
		return string(k)
	}
	return "open"
}

// waiting is what waits for the actor's word: as head, office, leader, verifier.
func (d *desk) waiting(ctx context.Context, r docket.Reader) error {
	var all []docket.Obligation
	for _, by := range d.posts()[1:] { // what the units' own posts owe is the other list
		if by.units.Empty() {
			continue
		}
		some, err := r.Owed(ctx, by.role, by.units)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	// looks that are far off are not yet on the desk
	soon, _ := d.app.calendar().AddWorkingDays(d.place.day, aheadDays)
	all = slices.DeleteFunc(all, func(o docket.Obligation) bool {
		return (o.Kind == docket.OweLookBack || o.Kind == docket.OweLook) && o.Due > soon
	})
	slices.SortStableFunc(all, func(a, b docket.Obligation) int { return cmp.Compare(a.Due, b.Due) })
	var err error
	d.Waiting, err = d.rows(ctx, r, all)
	return err
}

// backDays is for how many days a decided request stays under "came back".
const backDays = 14

// cameBack is what others have done with what the actor's units sent: reports
// returned, requests decided.
func (d *desk) cameBack(ctx context.Context, r docket.Reader) error {
	if d.actor.File.Empty() {
		return nil
	}
	reports, err := r.ReturnedReports(ctx, d.actor.File)
	if err != nil {
		return err
	}
	decided, err := r.DecidedRequests(ctx, d.actor.File, d.app.cfg.Clock().AddDate(0, 0, -backDays))
	if err != nil {
		return err
	}
	decided = slices.DeleteFunc(decided, func(q docket.Request) bool { return q.Status == docket.RequestWithdrawn })
	var ids []docket.MatterID
	for i := range reports {
		ids = append(ids, reports[i].Matter)
	}
	for i := range decided {
		ids = append(ids, decided[i].Matter)
	}
	matters, err := d.matters(ctx, r, ids)
	if err != nil {
		return err
	}
	back := func(kind, act string, id docket.MatterID, unit docket.UnitID, words string, ref int64) {
		if m, ok := matters[id]; ok && len(d.CameBack) < maxDesk {
			row := d.row(kind, m)
			row.Unit, row.UnitName, row.Act, row.Ref, row.Words, row.Due = unit, d.place.tree.Name(unit), act, ref, words, m.Due
			d.CameBack = append(d.CameBack, row)
		}
	}
	for i := range reports {
		x := &reports[i]
		back("returned", "report", x.Matter, x.Unit, x.Words, int64(x.ID))
	}
	for i := range slices.Backward(decided) {
		q := &decided[i]
		back(string(q.Status), "open", q.Matter, q.Unit, q.Answer, int64(q.ID))
	}
	return nil
}

// ahead counts what falls due on the working days ahead; what falls on a day off is
// to be done on the working day before.
func (d *desk) ahead() {
	day, _ := d.app.calendar().AddWorkingDays(d.place.day-1, 1)
	for n := range aheadDays {
		next, _ := d.app.calendar().AddWorkingDays(d.place.day-1, n+2)
		count := 0
		for _, due := range d.dues {
			if due >= day && due < next {
				count++
			}
		}
		d.Upcoming = append(d.Upcoming, DayCount{day, count})
		day = next
	}
}

// readings are the imports an office has not adopted yet.
func (d *desk) readings(ctx context.Context, r docket.Reader) error {
	if d.actor.Office.Empty() {
		return nil
	}
	all, err := r.Readings(ctx, d.actor.Scope())
	if err != nil {
		return err
	}
	for i := range all {
		if s := &all[i]; docket.MayAct(d.actor, docket.ActCorrect, docket.SubjectOf(s)) && len(d.Waiting) < maxDesk {
			d.Waiting = append(d.Waiting, DeskRow{Kind: "reading", Directive: s.ID, No: s.Number, Title: s.Title, Lamp: docket.LampNotDue,
				Reason: measure.Reason{Key: "lamp.draft"}, Unit: s.Owner, UnitName: d.place.tree.Name(s.Owner), Act: "correct", Version: s.Version})
		}
	}
	return nil
}

// overdue are the matters an office must press: red ones it registered.
func (d *desk) overdue(ctx context.Context, r docket.Reader) error {
	if d.actor.Office.Empty() {
		return nil
	}
	found, err := d.view.Ask(board.Query{LedgerQuery: docket.LedgerQuery{Lamp: []docket.Lamp{docket.LampAct}},
		Scope: docket.Scope{Office: d.actor.Office}, Tree: d.place.tree, Limit: 20})
	if err != nil {
		return err
	}
	matters, err := d.matters(ctx, r, found.IDs)
	if err != nil {
		return err
	}
	for _, id := range found.IDs {
		if m, ok := matters[id]; ok {
			row := d.row("overdue", m)
			row.Due, row.Act = m.Due, "open"
			d.Waiting = append(d.Waiting, row)
		}
	}
	return nil
}

// meetings puts on the desk what is owed for meetings: statements to write and to
// let out, slips to send, minutes to look at, to send round, to issue.
func (d *desk) meetings(ctx context.Context, r docket.Reader) error {
	running, err := r.RunningStocktakes(ctx, d.actor.Scope())
	if err != nil {
		return err
	}
	for i := range running {
		s := &running[i]
		if s.Status != docket.StocktakeClosed {
			err = d.statements(ctx, r, s)
		} else {
			err = d.minutes(ctx, r, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// meetingRow is a row about a meeting; lamps are for matters.
func (d *desk) meetingRow(kind, act string, s *docket.Stocktake, due docket.Date, unit docket.UnitID) DeskRow {
	return DeskRow{Kind: kind, Stocktake: s.ID, Title: s.Title, Lamp: docket.LampNotDue, Due: due, Unit: unit, UnitName: d.place.tree.Name(unit), Act: act, Late: due != 0 && d.place.day > due}
}

func (d *desk) statements(ctx context.Context, r docket.Reader, s *docket.Stocktake) error {
	all, err := r.Statements(ctx, s.ID)
	for i := range all {
		switch st := &all[i]; {
		case st.Editable() && d.actor.File.Has(st.Unit):
			row := d.meetingRow(string(docket.OweStatement), "state", s, st.Due, st.Unit)
			row.Words = st.Reason
			d.Owed, d.dues = append(d.Owed, row), append(d.dues, st.Due)
		case st.Status == docket.StatementSent && d.actor.Head.Has(st.Unit):
			d.Waiting = append(d.Waiting, d.meetingRow(string(docket.OweApproveStatement), "approve_statement", s, st.Due, st.Unit))
		case st.Status == docket.StatementPassed && d.actor.Portfolio.Has(st.Unit):
			leaders, err := d.hands.people(ctx, r, st) // a leader further up may agree too, but is not waited for
			if err != nil {
				return err
			}
			if slices.Contains(leaders, d.actor.Person.ID) {
				row := d.meetingRow("agree_statement", "agree_statement", s, s.On, st.Unit)
				row.Version = st.Version
				d.Waiting = append(d.Waiting, row)
			}
		}
	}
	return err
}

func (d *desk) minutes(ctx context.Context, r docket.Reader, s *docket.Stocktake) error {
	m, err := r.Minutes(ctx, s.ID)
	if docket.CodeOf(err) == docket.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	about := docket.SubjectOfStocktake(s)
	out := m.Status == docket.MinutesCirculated
	kind := ""
	switch {
	case docket.MayAct(d.actor, docket.ActConvene, about):
		kind = "minutes" // to be finished by the office
		err = d.slips(ctx, r, s, m.Due)
	case out && docket.MayAct(d.actor, docket.ActIssue, about):
		kind = "issue"
	case out && slices.ContainsFunc(s.Units(), d.actor.File.Has):
		kind = "remark"
	}
	if kind != "" {
		d.Waiting = append(d.Waiting, d.meetingRow(kind, "minutes", s, m.Due, s.Owner))
	}
	return err
}

// slips says that a meeting's slips have still to go out.
func (d *desk) slips(ctx context.Context, r docket.Reader, s *docket.Stocktake, due docket.Date) error {
	record, err := r.Items(ctx, s.ID)
	if err != nil {
		return err
	}
	sent, err := r.Slips(ctx, s.ID)
	if err == nil && len(docket.SlipsOwed(record, sent)) > 0 {
		d.Waiting = append(d.Waiting, d.meetingRow("slips", "slips", s, due, s.Owner))
	}
	return err
}

// done counts what the actor has finished today.
func (d *desk) done(ctx context.Context, r docket.Reader) error {
	after, err := d.app.dayStart.before(ctx, r, d.place.day, d.app.dayOf)
	if err != nil {
		return err
	}
	some, err := r.Entries(ctx, docket.EntryQuery{Person: d.actor.Person.ID}, after, 10_000)
	for _, e := range some {
		if e.Matter != 0 || e.Verb == docket.VerbAdopt {
			d.DoneDay++
		}
	}
	return err
}

// dayStart remembers where today begins in the journal.
type dayStart struct {
	mu  sync.Mutex
	day docket.Date
	seq int64
}

// before gives the number of the last entry before the day. The journal is in
// the order of time, so it is found by halving.
func (s *dayStart) before(ctx context.Context, r docket.Reader, day docket.Date, dayOf func(time.Time) docket.Date) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.day == day {
		return s.seq, nil
	}
	high, err := r.LastSeq(ctx)
	if err != nil {
		return 0, err
	}
	low := int64(0)
	for low < high {
		mid := (low + high) / 2
		some, err := r.Entries(ctx, docket.EntryQuery{}, mid, 1)
		if err != nil {
			return 0, err
		}
		if len(some) == 0 || dayOf(some[0].At) >= day {
			high = mid
		} else {
			low = some[0].Seq
		}
	}
	s.day, s.seq = day, low
	return low, nil
}

// mine sums up the open matters of the units the actor files for; for an office,
// of what it registered; for a leader, of the portfolio.
func (d *desk) mine() error {
	q := board.Query{Tree: d.place.tree, Scope: d.actor.Scope(), LedgerQuery: docket.LedgerQuery{Status: openStatuses()}}
	switch units := d.actor.File.List(); {
	case len(units) > 0:
		q.Unit, q.Units = units[0], units
	case !d.actor.Office.Empty():
		q.Scope = docket.Scope{Office: d.actor.Office}
	case !d.actor.Portfolio.Empty():
		q.Scope = docket.Scope{Read: d.actor.Portfolio}
	default:
		return nil
	}
	found, err := d.view.Ask(q)
	d.Mine = DeskMine{Open: found.Total, Lamps: found.Lamps}
	return err
}

func openStatuses() []docket.MatterStatus {
	return slices.DeleteFunc(docket.Statuses(), func(s docket.MatterStatus) bool { return !s.Open() })
}

func (d *desk) matters(ctx context.Context, r docket.Reader, ids []docket.MatterID) (map[docket.MatterID]*docket.Matter, error) {
	ids = slices.Compact(slices.SortedFunc(slices.Values(ids), cmp.Compare))
	all, err := r.Matters(ctx, d.actor.Scope(), ids)
	out := make(map[docket.MatterID]*docket.Matter, len(all))
	for i := range all {
		out[all[i].ID] = &all[i]
	}
	return out, err
}

func (d *desk) row(kind string, m *docket.Matter) DeskRow {
	row := DeskRow{Kind: kind, Matter: m.ID, Directive: m.Directive, No: m.No, Title: m.Title, Version: m.Version}
	row.Lamp, row.Reason = d.app.lampOf(d.view, m.ID)
	return row
}
