package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

// shownMoves is how many moved days an answer lists.
const shownMoves = 200

// recount is what a new calendar does to days that were counted by the former
// one: worked out first, then kept.
type recount struct {
	*Change
	app     *App
	was, is *worktime.Calendar
	rules   docket.Rules

	matters []docket.Matter
	owed    []docket.Obligation
	entries []docket.Entry
	moves   []DueMoved
}

// perRecount is how many matters are looked at together.
const perRecount = 500

// lookBefore reaches the parts due before a day that moved: they are counted
// back from it, at most 60 working days (docket.Rules).
const lookBefore = 120

// work finds what moves. Nothing is written.
func (re *recount) work(ctx context.Context) (err error) {
	if re.rules, err = rulesOf(ctx, re); err != nil {
		return err
	}
	ids, err := re.ProvisionalMatters(ctx)
	if err != nil {
		return err
	}
	counted, err := re.CountedObligations(ctx, re.was.Differs(re.is)-lookBefore)
	if err != nil {
		return err
	}
	touched := map[docket.MatterID]bool{} // matters of which an obligation was counted
	for _, o := range counted {
		if !touched[o.Matter] {
			touched[o.Matter], ids = true, append(ids, o.Matter)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	issued := map[docket.DirectiveID]docket.Directive{}
	for some := range slices.Chunk(ids, perRecount) {
		found, err := re.Writer.Matters(ctx, docket.SystemScope(), some)
		if err != nil {
			return err
		}
		for i := range found {
			if err := re.matter(ctx, &found[i], counted, issued); err != nil {
				return err
			}
		}
	}
	return nil
}

// matter reckons one matter anew, and all that is owed in it.
func (re *recount) matter(ctx context.Context, m *docket.Matter, counted []docket.Obligation, issued map[docket.DirectiveID]docket.Directive) error {
	before := *m
	if m.Provisional && m.Directive != 0 && m.Status.Open() {
		d, ok := issued[m.Directive]
		if !ok {
			var err error
			if d, err = re.Directive(ctx, docket.SystemScope(), m.Directive); err != nil {
				return err
			}
			issued[m.Directive] = d
		}
		received := re.app.dayOf(d.ImportedAt)
		m.Recount(daysOf(re.was, m.Dues, d.IssuedOn, received), daysOf(re.is, m.Dues, d.IssuedOn, received), re.Today)
	}
	dated := m.Due != before.Due || m.AssessOn != before.AssessOn || m.ReviewOn != before.ReviewOn
	changed := dated || m.Provisional != before.Provisional
	from, _ := slices.BinarySearchFunc(counted, m.ID, func(o docket.Obligation, id docket.MatterID) int { return cmp.Compare(o.Matter, id) })
	var owed []docket.Obligation
	for _, o := range counted[from:] {
		if o.Matter != m.ID {
			break
		}
		owed = append(owed, o)
	}
	if changed { // what follows from the matter's own day need not be counted itself
		all, err := re.MatterObligations(ctx, m.ID)
		if err != nil {
			return err
		}
		owed = slices.DeleteFunc(all, func(o docket.Obligation) bool { return !o.Open() })
	}
	var extra []any
	if m.Provisional != before.Provisional {
		extra = append(extra, "provisional", m.Provisional)
	}
	if m.Due != before.Due {
		re.tell(m, DueMoved{From: before.Due, To: m.Due})
	}
	if moved := re.obligations(m, owed, m.Due != before.Due); len(moved) > 0 {
		extra = append(extra, "owed", moved)
	} else if !changed {
		return nil
	}
	if changed {
		re.matters = append(re.matters, *m)
	}
	re.enter(&before, m, extra)
	return nil
}

// obligations reckons what is owed in a matter anew, and gives what changed. The
// matter itself is not listed again beside its own day.
func (re *recount) obligations(m *docket.Matter, owed []docket.Obligation, listed bool) (moved []owedMoved) {
	for _, o := range owed {
		was := o
		o.Recount(m, &re.rules, reckoner{re.app, re.is, o.Since}, re.Today)
		if o == was {
			continue
		}
		re.owed = append(re.owed, o)
		moved = append(moved, owedMoved{o.Kind, o.Unit, was.Due, o.Due, o.Provisional})
		if o.Due != was.Due && !(listed && o.Kind == docket.OweFinish) {
			re.tell(m, DueMoved{Kind: o.Kind, UnitName: re.Place.tree.Name(o.Unit), From: was.Due, To: o.Due})
		}
	}
	return moved
}

// tell lists a day that moved. Of a matter that is not the administrator's to
// read it gives the number and the days, no more.
func (re *recount) tell(m *docket.Matter, d DueMoved) {
	d.No = m.No
	if docket.MayAct(&re.Actor, docket.ActRead, docket.SubjectOfMatter(m)) {
		d.Matter, d.Title = m.ID, m.Title
	}
	re.moves = append(re.moves, d)
}

// owedMoved is an obligation that was reckoned anew, as the journal keeps it.
type owedMoved struct {
	Kind        docket.ObligationKind `json:"kind"`
	Unit        docket.UnitID         `json:"unit"`
	From        docket.Date           `json:"from"`
	To          docket.Date           `json:"to"`
	Provisional bool                  `json:"provisional"`
}

func (re *recount) enter(before, m *docket.Matter, extra []any) {
	was, is := diff(docket.LifeOf(before), docket.LifeOf(m))
	fields := fieldsOf(note(extra...))
	for k, v := range fieldsOf(is) {
		fields[k] = v
	}
	re.entries = append(re.entries, docket.Entry{Verb: docket.VerbRecount, Directive: m.Directive, Matter: m.ID, Before: was, After: packed(fields)})
}

// keep writes what work found.
func (re *recount) keep(ctx context.Context) error {
	for i := range re.matters {
		if err := re.PutLife(ctx, &re.matters[i]); err != nil {
			return err
		}
	}
	if err := re.PutObligations(ctx, re.owed); err != nil {
		return err
	}
	for i := range re.owed {
		if err := re.slip(ctx, &re.owed[i]); err != nil {
			return err
		}
	}
	for _, e := range re.entries {
		re.Change.matters = append(re.Change.matters, e.Matter)
	}
	return re.Record(ctx, re.entries...)
}

// slip lets an instruction show the day its answer is due.
func (re *recount) slip(ctx context.Context, o *docket.Obligation) error {
	if o.Kind != docket.OweReply {
		return nil
	}
	given, err := re.MatterInstructions(ctx, o.Matter)
	if err != nil {
		return err
	}
	for i := range given {
		if in := &given[i]; int64(in.ID) == o.Ref && in.Due != o.Due {
			in.Due = o.Due
			return re.PutInstruction(ctx, in)
		}
	}
	return nil
}

// reckoner is a calendar at an instant.
type reckoner struct {
	app *App
	cal *worktime.Calendar
	at  time.Time
}

// Reckon gives the end of a term that begins at the instant.
func (r reckoner) Reckon(t docket.Term) (docket.Date, time.Time, bool) {
	out := r.cal.Reckon(t, r.at, r.app.cfg.Location)
	return out.On, out.At, out.Provisional()
}

// Before gives the n-th working day before d.
func (r reckoner) Before(d docket.Date, n int) docket.Date {
	day, _ := r.cal.AddWorkingDays(d, -n)
	return day
}
