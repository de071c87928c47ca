package docket

import (
	"slices"
	"time"
)

// What moves change besides the status.

func receive(m *Matter, on MoveContext) {
	for i := range m.Assignments {
		if a := &m.Assignments[i]; a.Unit == on.Unit && a.OwesReceipt() {
			a.Accepted = on.Now
		}
	}
}

// lapse: silence past the window counts as accepted and shows as late.
func lapse(m *Matter, on MoveContext) {
	for i := range m.Assignments {
		if a := &m.Assignments[i]; a.Answers() && a.Accepted.IsZero() && a.Lapsed.IsZero() {
			a.Lapsed = on.Now
		}
	}
}

func dispute(m *Matter, on MoveContext) {
	m.each(on.Unit, func(a *Assignment) { a.Disputed = on.Now })
}

// reassign hands the matter over anew: everybody confirms receipt again. The
// first due stays for ever.
func reassign(m *Matter, on MoveContext) {
	m.Assignments = slices.Clone(on.Deed.Assignments)
	for i := range m.Assignments {
		m.Assignments[i].Accepted, m.Assignments[i].Share = time.Time{}, Share{}
	}
	if on.Deed.Due != 0 {
		m.Due = on.Deed.Due
		if m.FirstDue == 0 {
			m.FirstDue = m.Due
		}
	}
	m.Milestones, m.AssignedAt = nil, on.Now
}

// plan replaces the unit's own steps; those of others who answer for a part of
// their own stay.
func plan(m *Matter, on MoveContext) {
	steps := slices.DeleteFunc(slices.Clone(m.Milestones), func(s Milestone) bool { return s.Unit == on.Unit })
	for _, s := range on.Deed.Milestones {
		s.Unit = on.Unit
		steps = append(steps, s)
	}
	slices.SortStableFunc(steps, func(a, b Milestone) int { return int(a.Due) - int(b.Due) })
	m.Milestones = steps
	receive(m, on) // who plans has received
	m.each(on.Unit, func(a *Assignment) { a.Planned = on.Now })
}

func deliver(m *Matter, on MoveContext) {
	of := on
	of.Unit = on.Deed.Of
	receive(m, of) // who delivers has received
	m.each(of.Unit, func(a *Assignment) { a.Delivered = on.Now })
}

func waive(m *Matter, on MoveContext) {
	m.each(on.Deed.Of, func(a *Assignment) { a.Waived = true })
}

func claim(m *Matter, on MoveContext) {
	m.each(on.Unit, func(a *Assignment) { a.Claimed = on.Now })
	if m.Result == ResultUnknown || worse(on.Deed.Result, m.Result) {
		m.Result = on.Deed.Result // as good as its worst part
	}
}

// sendBack undoes the claims: what was claimed is to be done.
func sendBack(m *Matter, _ MoveContext) {
	m.Result = ResultUnknown
	for i := range m.Assignments {
		m.Assignments[i].Claimed = time.Time{}
	}
}

// reopen begins a new round: the parts are owed again, the history stays.
func reopen(m *Matter, on MoveContext) {
	sendBack(m, on)
	m.Round++
	m.Effect = ""
	for i := range m.Assignments {
		a := &m.Assignments[i]
		a.Planned, a.Delivered, a.Waived = time.Time{}, time.Time{}, false
	}
}

func park(m *Matter, on MoveContext) {
	leave(m, on)
	m.LookOn, m.Condition = on.Deed.LookOn, on.Deed.Condition
}

func leave(m *Matter, _ MoveContext) { m.Was = m.Status }

func goOn(m *Matter, _ MoveContext) { m.Was, m.LookOn, m.Condition = "", 0, "" }

func extend(m *Matter, on MoveContext) {
	m.Due = on.Deed.Due
	if on.Deed.Assess {
		m.AssessOn = on.Deed.Due
	}
}

// each does something to every part of a unit.
func (m *Matter) each(unit UnitID, do func(*Assignment)) {
	for i := range m.Assignments {
		if m.Assignments[i].Unit == unit && unit != 0 {
			do(&m.Assignments[i])
		}
	}
}

// OwesReceipt reports whether the part must still be confirmed: leads, supports
// and those who answer separately do so; guides and participants need not.
func (a *Assignment) OwesReceipt() bool {
	return a.Unit != 0 && a.Accepted.IsZero() && (a.Answers() || a.Role == Support)
}

// OwesPart reports whether a support's part is still to be delivered.
func (a *Assignment) OwesPart() bool {
	return a.Role == Support && a.Unit != 0 && a.Delivered.IsZero() && !a.Waived
}

// Answers reports whether the unit answers for the matter or its own part of it.
func (a *Assignment) Answers() bool { return a.Role == Lead || a.Role == Several }

// answersFor reports whether a unit answers for the matter or a part of its own.
func (m *Matter) answersFor(unit UnitID) bool {
	return unit != 0 && slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Unit == unit && a.Answers() })
}

// Received reports whether every unit that answers has confirmed receipt or let
// the window pass: then the matter itself counts as accepted. Supports owe their
// receipt but do not hold the matter back.
func (m *Matter) Received() bool {
	return !slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Answers() && a.Accepted.IsZero() && a.Lapsed.IsZero() })
}

func unreceived(m *Matter) bool { return !m.Received() }
func unplanned(m *Matter) bool {
	return !m.answered(func(a *Assignment) bool { return !a.Planned.IsZero() })
}
func unclaimed(m *Matter) bool {
	return !m.answered(func(a *Assignment) bool { return !a.Claimed.IsZero() })
}

// answered: a lead answers for the whole, so one of joint leads is enough; of
// those who answer for a part of their own, everybody is needed.
func (m *Matter) answered(did func(*Assignment) bool) bool {
	leads, led := false, false
	for i := range m.Assignments {
		switch a := &m.Assignments[i]; a.Role {
		case Lead:
			leads, led = true, led || did(a)
		case Several:
			if !did(a) {
				return false
			}
		}
	}
	return led || !leads
}

// Results lists what a claim may say of its result, best first.
func Results() []Result { return []Result{ResultExceeded, ResultMet, ResultPartly, ResultNotMet} }

// worse reports whether a result is worse than another.
func worse(a, b Result) bool { return slices.Index(Results(), a) > slices.Index(Results(), b) }
