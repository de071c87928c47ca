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
}

func newDesk(a *App, actor *docket.Actor, pl *place) *desk {
	return &desk{app: a, actor: actor, place: pl, view: a.board.View(a.lampDay(pl.day))}
}

func (d *desk) fill(ctx context.Context, r docket.Reader) error {
	d.Desk = Desk{Owed: []DeskRow{}, Waiting: []DeskRow{}, CameBack: []DeskRow{}, Upcoming: []DayCount{}, Today: d.place.day,
		Mine: DeskMine{Lamps: map[docket.Lamp]int{}}}
	for _, step := range []func(context.Context, docket.Reader) error{d.owed, d.readings, d.overdue, d.done} {
		if err := step(ctx, r); err != nil {
			return err
		}
	}
	return d.mine()
}

// owed lists what the actor's units owe, the most urgent first, and how much
// falls due on the days ahead.
func (d *desk) owed(ctx context.Context, r docket.Reader) error {
	if d.actor.File.Empty() {
		return nil
	}
	all, err := r.Obligations(ctx, d.actor.File)
	if err != nil {
		return err
	}
	d.ahead(all)
	// what is far off is not yet on the desk: receipts always are, work from
	// when its due comes near
	soon, _ := d.app.cfg.Calendar.AddWorkingDays(d.place.day, aheadDays)
	all = slices.DeleteFunc(all, func(o docket.Obligation) bool {
		return o.Kind != docket.OweAcknowledge && (o.Due == 0 || o.Due > soon)
	})
	all = all[:min(len(all), maxDesk)]
	ids := make([]docket.MatterID, len(all))
	for i, o := range all {
		ids[i] = o.Matter
	}
	matters, err := d.matters(ctx, r, ids)
	if err != nil {
		return err
	}
	for _, o := range all {
		m, ok := matters[o.Matter]
		if !ok || !m.Status.Open() {
			continue
		}
		row := d.row(string(o.Kind), m)
		row.Due, row.Unit, row.UnitName, row.Act = o.Due, o.Unit, d.place.tree.Name(o.Unit), "open"
		if o.Kind == docket.OweAcknowledge {
			row.Act = "acknowledge"
		}
		d.Owed = append(d.Owed, row)
	}
	return nil
}

func (d *desk) ahead(all []docket.Obligation) {
	for n := range aheadDays {
		day, _ := d.app.cfg.Calendar.AddWorkingDays(d.place.day-1, n+1)
		count := 0
		for _, o := range all {
			if o.Due == day {
				count++
			}
		}
		d.Upcoming = append(d.Upcoming, DayCount{day, count})
	}
}

// readings are the imports an office has not adopted yet.
func (d *desk) readings(ctx context.Context, r docket.Reader) error {
	if d.actor.Office.Empty() {
		return nil
	}
	all, err := r.Directives(ctx, d.actor.Scope())
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Status == docket.Reading && docket.MayAct(d.actor, docket.ActCorrect, docket.SubjectOf(&s.Directive)) && len(d.Waiting) < maxDesk {
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

// done counts what the actor has finished today.
func (d *desk) done(ctx context.Context, r docket.Reader) error {
	after, err := d.app.dayStart.before(ctx, r, d.place.day, d.app.dayOf)
	if err != nil {
		return err
	}
	some, err := r.Entries(ctx, docket.EntryQuery{Person: d.actor.Person.ID}, after, 10_000)
	for _, e := range some {
		if e.Verb == docket.VerbAcknowledge || e.Verb == docket.VerbAdopt {
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

// mine sums up the open matters of the units the actor files for or, for an
// office, of what it registered.
func (d *desk) mine() error {
	q := board.Query{Tree: d.place.tree, Scope: d.actor.Scope(), LedgerQuery: docket.LedgerQuery{Status: openStatuses()}}
	switch units := d.actor.File.List(); {
	case len(units) > 0:
		q.Unit, q.Units = units[0], units
	case !d.actor.Office.Empty():
		q.Scope = docket.Scope{Office: d.actor.Office}
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
