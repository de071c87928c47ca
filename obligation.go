package docket

import (
	"slices"
	"time"
)

// ObligationKind is what is owed.
type ObligationKind string

// The kinds. The first group follows from how a matter stands (Standing), the
// second from a report, request, instruction, round or look-back of its own.
const (
	OweAcknowledge ObligationKind = "acknowledge" // confirm receipt
	OwePlan        ObligationKind = "plan"        // say how and by which steps
	OwePart        ObligationKind = "part"        // a support's part, to the lead, before the lead's own due
	OweFinish      ObligationKind = "finish"      // the matter itself, by the day it is judged by
	OweVerify      ObligationKind = "verify"      // check a claim, from outside
	OweLook        ObligationKind = "look"        // look again at a parked or continuing matter

	OweReport   ObligationKind = "report"    // a report, in a round or every so often
	OweApprove  ObligationKind = "approve"   // the head's word on what the unit files
	OweReview   ObligationKind = "review"    // the office's word on a report
	OweDecide   ObligationKind = "decide"    // a word on a request
	OweReply    ObligationKind = "reply"     // the result of an instruction, to its leader
	OweNote     ObligationKind = "note"      // the leader's word on that result
	OweLookBack ObligationKind = "look_back" // go and see whether it is still true
)

// ObligationKinds lists the kinds.
func ObligationKinds() []ObligationKind {
	return []ObligationKind{OweAcknowledge, OwePlan, OwePart, OweFinish, OweVerify, OweLook, OweReport, OweApprove, OweReview, OweDecide, OweReply, OweNote, OweLookBack}
}

// Obligation is one thing owed by a post of one unit, a stored row from the
// moment it arises; rates are divisions over these rows. It is open until it is
// met or void: void is what need no longer be done, and counts nowhere.
type Obligation struct {
	ID          ObligationID   `json:"id"`
	Kind        ObligationKind `json:"kind"`
	Matter      MatterID       `json:"matter"`
	Unit        UnitID         `json:"unit"`
	Role        Role           `json:"role"`        // whose post: liaison stands for the unit's own people
	Ref         int64          `json:"ref"`         // the report, request, instruction or round it belongs to; 0 where it follows from the matter
	Due         Date           `json:"due"`         // last day that counts; zero = no fixed day
	At          time.Time      `json:"at"`          // the instant, where the term counts hours; else zero
	Term        Term           `json:"term"`        // what Due was reckoned from, so that a new calendar can reckon it again
	Provisional bool           `json:"provisional"` // reckoned past the known calendar
	Since       time.Time      `json:"since"`
	Met         time.Time      `json:"met"`  // zero while owed
	Void        time.Time      `json:"void"` // zero while it stands
}

// Open reports whether it is still owed.
func (o *Obligation) Open() bool { return o.Met.IsZero() && o.Void.IsZero() }

// Late reports whether it was met late or is owed past its due, as of an
// instant in the place whose days count.
func (o *Obligation) Late(now time.Time, place *time.Location) bool {
	by := now
	if !o.Met.IsZero() {
		by = o.Met
	}
	if !o.At.IsZero() {
		return by.After(o.At)
	}
	return o.Due != 0 && DateOf(by.In(place)) > o.Due
}

// Reckoner turns terms into days; the working calendar answers it.
type Reckoner interface {
	// Reckon gives the last day of a term that begins now, the instant where it
	// counts hours, and whether it ran past the known calendar.
	Reckon(t Term) (due Date, at time.Time, provisional bool)
	// Before gives the n-th working day before d.
	Before(d Date, n int) Date
}

// Standing gives what is owed because of how a matter stands, without regard to
// what already is: receipts, plans, parts, the matter itself, its verification,
// the next look. Every change of a matter is followed by Settle, so that the
// stored rows always are these.
func Standing(m *Matter, r *Rules, by Reckoner) []Obligation {
	var out []Obligation
	owe := func(o Obligation, t Term) {
		o.Matter = m.ID
		if !t.IsZero() {
			o.Term = t
			o.Due, o.At, o.Provisional = by.Reckon(t)
		}
		if !slices.ContainsFunc(out, func(x Obligation) bool { return x.same(&o) }) {
			out = append(out, o)
		}
	}
	working := slices.Contains([]MatterStatus{Assigned, Disputed, Accepted, InProgress, Claimed, Reopened}, m.Status)
	for i := range m.Assignments {
		a := &m.Assignments[i]
		if !working || a.Unit == 0 {
			continue
		}
		own := Obligation{Unit: a.Unit, Role: Liaison}
		if a.OwesReceipt() && (m.Status != Disputed || a.Disputed.IsZero()) {
			own.Kind = OweAcknowledge
			owe(own, r.Receipt)
		}
		if a.OwesPart() && m.Status == InProgress && m.Due != 0 {
			own.Kind = OwePart
			o := own
			o.Due = by.Before(m.Due, r.PartBefore)
			owe(o, Term{})
		}
		if a.Answers() && m.AssessedOn() != 0 {
			o := own
			o.Kind, o.Due, o.Provisional = OweFinish, m.AssessedOn(), m.Provisional
			owe(o, Term{})
		}
		if a.Answers() && a.Planned.IsZero() && (m.Status == Accepted || m.Status == Reopened) && (a.Role == Several || m.firstLead() == a.Unit) {
			own.Kind = OwePlan
			owe(own, r.Plan)
		}
	}
	switch {
	case m.Status == Claimed:
		owe(Obligation{Kind: OweVerify, Unit: m.Owner, Role: Verifier}, r.Verify)
	case m.Status == Parked:
		owe(Obligation{Kind: OweLook, Unit: m.Owner, Role: Office, Due: m.LookOn}, Term{})
	case working && m.Due == 0 && m.ReviewOn != 0:
		owe(Obligation{Kind: OweLook, Unit: m.Owner, Role: Office, Due: m.ReviewOn}, Term{})
	}
	return out
}

// firstLead is the unit named first among the leads, 0 without one.
func (m *Matter) firstLead() UnitID {
	for i := range m.Assignments {
		if m.Assignments[i].Role == Lead && m.Assignments[i].Unit != 0 {
			return m.Assignments[i].Unit
		}
	}
	return 0
}

// same: two rows are about the same thing owed.
func (o *Obligation) same(x *Obligation) bool {
	return o.Kind == x.Kind && o.Matter == x.Matter && o.Unit == x.Unit && o.Role == x.Role && o.Ref == x.Ref
}

// excuses reports whether a matter that has come to this status ends a debt that
// does not follow from how it stands: of what is parked no report is asked for,
// of what is over none is written or judged any more.
func (s MatterStatus) excuses(k ObligationKind) bool {
	switch k {
	case OweReport:
		return s == Parked || !s.Open()
	case OweReview, OweApprove, OweDecide:
		return !s.Open()
	}
	return false
}

// standingKinds are those Standing speaks of; of all others Settle only ends
// what the matter's status excuses.
var standingKinds = []ObligationKind{OweAcknowledge, OwePlan, OwePart, OweFinish, OweVerify, OweLook}

// Settle compares what is stored for a matter with what is owed after a move,
// and gives the rows to write. What is no longer owed was met where the move or
// the matter says so, and is void otherwise; what was met before and is owed
// again (a claim sent back) is a new row. A row that stays keeps its due, except
// where the matter's own day moved.
func Settle(stored []Obligation, m *Matter, verb Verb, r *Rules, by Reckoner, now time.Time) []Obligation {
	var out []Obligation
	want := Standing(m, r, by)
	for _, o := range stored {
		if !o.Open() {
			continue
		}
		if !slices.Contains(standingKinds, o.Kind) {
			if m.Status.excuses(o.Kind) {
				o.Void = now
				out = append(out, o)
			}
			continue
		}
		i := slices.IndexFunc(want, func(w Obligation) bool { return w.same(&o) })
		if i < 0 {
			if met := m.metBy(verb, &o, now); !met.IsZero() {
				o.Met = met
			} else {
				o.Void = now
			}
			out = append(out, o)
			continue
		}
		if w := want[i]; w.Due != o.Due && w.Term.IsZero() {
			o.Due, o.Provisional = w.Due, w.Provisional
			out = append(out, o)
		}
		want = slices.Delete(want, i, i+1)
	}
	for i := range want {
		want[i].Since = now
	}
	return append(out, want...)
}

// metBy is when the thing owed was done, zero when it was not: as the part of
// the unit says, or by the verb itself.
func (m *Matter) metBy(verb Verb, o *Obligation, now time.Time) time.Time {
	share := func(at func(*Assignment) time.Time) (t time.Time) {
		m.each(o.Unit, func(a *Assignment) {
			if x := at(a); x.After(t) {
				t = x
			}
		})
		return t
	}
	switch o.Kind {
	case OweAcknowledge:
		return share(func(a *Assignment) time.Time { return a.Accepted })
	case OwePlan:
		return share(func(a *Assignment) time.Time { return a.Planned })
	case OwePart:
		return share(func(a *Assignment) time.Time { return a.Delivered })
	case OweFinish:
		if verb == VerbVerify {
			return m.ClaimedAt() // judged by the day of the claim that proved true
		}
	case OweVerify:
		if verb == VerbVerify || verb == VerbRefute {
			return now
		}
	case OweLook:
		if verb == VerbResume || verb == VerbEdit {
			return now
		}
	}
	return time.Time{}
}

// ClaimedBy reports whether a unit has claimed its part done and the claim stands.
func (m *Matter) ClaimedBy(unit UnitID) bool {
	return slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Unit == unit && !a.Claimed.IsZero() })
}

// ClaimedAt is when the last claim that was needed came; zero while none stands.
func (m *Matter) ClaimedAt() time.Time {
	var at time.Time
	for i := range m.Assignments {
		if c := m.Assignments[i].Claimed; c.After(at) {
			at = c
		}
	}
	return at
}
