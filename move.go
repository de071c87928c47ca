package docket

import (
	"slices"
	"strings"
	"time"
)

// Move is one row of the law of a matter's life (field.md §3): from which
// status, by which verb, to which, who may, what must hold and what changes
// besides the status. The law is this table; nothing of it stands elsewhere.
type Move struct {
	From MatterStatus
	Verb Verb
	To   MatterStatus // "": the status that was left when it was parked or stopped
	Who  Act          // "": nobody, the program does it by itself
	// Guard gives what stands in the way; nil: nothing more is asked.
	Guard func(m *Matter, on MoveContext) []FieldError
	// Apply changes what else the move changes.
	Apply func(m *Matter, on MoveContext)
	// Holds keeps the status as it is after Apply: others have not done their part.
	Holds func(m *Matter) bool
}

// MoveContext is what a move may know beyond the matter.
type MoveContext struct {
	Tree  *Tree // of the day of the move
	Today Date
	Now   time.Time
	Unit  UnitID // on whose behalf, 0 where it is the owner's office
	Deed  Deed
	Known Known
}

// Deed is what a person enters with a move. Which fields count depends on the verb.
type Deed struct {
	Words       string       // reason, result or remark
	Reason      ReturnReason // return: from the list
	Due         Date         // reassign, chase, extend: the new due
	Assess      bool         // extend: judge it by the new due too
	LookOn      Date         // park: the next look
	Condition   string       // park: what must come about first
	Milestones  []Milestone  // plan; none: a single step
	Result      Result       // claim
	Effect      Effect       // strike off
	Assignments []Assignment // reassign: the new parts
	Of          UnitID       // deliver, waive: the support
}

// Known is what other nouns say about a matter's present round.
type Known struct {
	Evidence   bool    // evidence of grade document or better is there
	Notes      int     // instructions that the leader has not closed with "no further note"
	LookBack   Outcome // of the newest look-back, "" when there was none
	WindowPast bool    // the window for receipts and disputes is over
}

// moves is the law. A unit that confirms receipt after the matter has moved on
// does not move it: its row leads back to the same status.
var moves = slices.Concat([]Move{
	{From: Draft, Verb: VerbRegister, To: Registered, Who: ActAdopt, Guard: registrable},
	{From: Registered, Verb: VerbAssign, To: Assigned, Who: ActAdopt, Guard: assignable},

	{From: Assigned, Verb: VerbAcknowledge, To: Accepted, Who: ActAcknowledge, Guard: owesReceipt, Apply: receive, Holds: unreceived},
	{From: Accepted, Verb: VerbAcknowledge, To: Accepted, Who: ActAcknowledge, Guard: owesReceipt, Apply: receive},
	{From: InProgress, Verb: VerbAcknowledge, To: InProgress, Who: ActAcknowledge, Guard: owesReceipt, Apply: receive},
	{From: Assigned, Verb: VerbLapse, To: Accepted, Guard: windowPast, Apply: lapse, Holds: unreceived},
	{From: Assigned, Verb: VerbDispute, To: Disputed, Who: ActDispute, Guard: disputable, Apply: dispute},
	{From: Disputed, Verb: VerbConfirm, To: Assigned, Who: ActAssign, Guard: reasoned},

	{From: Accepted, Verb: VerbPlan, To: InProgress, Who: ActPlan, Guard: plannable, Apply: plan, Holds: unplanned},
	{From: Reopened, Verb: VerbPlan, To: InProgress, Who: ActPlan, Guard: plannable, Apply: plan, Holds: unplanned},
	{From: InProgress, Verb: VerbPlan, To: InProgress, Who: ActPlan, Guard: plannable, Apply: plan},
	{From: InProgress, Verb: VerbDeliver, To: InProgress, Who: ActReport, Guard: takesPart, Apply: deliver},
	{From: InProgress, Verb: VerbWaive, To: InProgress, Who: ActPlan, Guard: waivable, Apply: waive},
	{From: InProgress, Verb: VerbClaim, To: Claimed, Who: ActApprove, Guard: claimable, Apply: claim, Holds: unclaimed},

	{From: Claimed, Verb: VerbReturn, To: InProgress, Who: ActReview, Guard: returnable, Apply: sendBack},
	{From: Claimed, Verb: VerbRefute, To: InProgress, Who: ActVerify, Guard: reasoned, Apply: sendBack},
	{From: Claimed, Verb: VerbVerify, To: Completed, Who: ActVerify},
	{From: Completed, Verb: VerbStrikeOff, To: StruckOff, Who: ActStrikeOff, Guard: effective, Apply: func(m *Matter, on MoveContext) { m.Effect = on.Deed.Effect }},
	{From: StruckOff, Verb: VerbArchive, To: Archived, Who: ActStrikeOff},

	{From: Parked, Verb: VerbResume, Who: ActPark, Apply: goOn},
	{From: Terminated, Verb: VerbRestart, Who: ActStop, Guard: reasoned, Apply: goOn},
},
	from([]MatterStatus{Assigned, Disputed, Accepted, InProgress}, Move{Verb: VerbReassign, To: Assigned, Who: ActAssign, Guard: reassignable, Apply: reassign}),
	from([]MatterStatus{Completed, StruckOff, Archived}, Move{Verb: VerbReopen, To: Reopened, Who: ActStrikeOff, Guard: untrue, Apply: reopen}),
	from(working(), Move{Verb: VerbPark, To: Parked, Who: ActPark, Guard: parkable, Apply: park}),
	from(working(), Move{Verb: VerbStop, To: Terminated, Who: ActStop, Guard: reasoned, Apply: leave}),
	same([]MatterStatus{Accepted, InProgress, Reopened}, Move{Verb: VerbChase, Who: ActChase, Guard: chaseable, Apply: func(m *Matter, on MoveContext) { m.Due = on.Deed.Due }}),
	same([]MatterStatus{Assigned, Accepted, InProgress, Reopened}, Move{Verb: VerbExtend, Who: ActDecide, Guard: extendable, Apply: extend}),
)

// working are the statuses a matter can be parked or stopped in.
func working() []MatterStatus {
	return []MatterStatus{Registered, Assigned, Disputed, Accepted, InProgress, Claimed, Reopened}
}

// from makes one row for each status a move starts in; same leads back to it.
func from(statuses []MatterStatus, mv Move) []Move {
	out := make([]Move, len(statuses))
	for i, s := range statuses {
		out[i] = mv
		out[i].From = s
	}
	return out
}

func same(statuses []MatterStatus, mv Move) []Move {
	out := from(statuses, mv)
	for i := range out {
		out[i].To = out[i].From
	}
	return out
}

// Moves returns the law, for documents and tests.
func Moves() []Move { return slices.Clone(moves) }

// ActOf is what it takes to make a move, the same from wherever it starts; "" for
// a verb that is no move or nobody's.
func ActOf(verb Verb) Act {
	for i := range moves {
		if moves[i].Verb == verb {
			return moves[i].Who
		}
	}
	return ""
}

// MoveOf finds the row for a verb from a status; Conflict when there is none.
func MoveOf(from MatterStatus, verb Verb) (Move, error) {
	i := slices.IndexFunc(moves, func(m Move) bool { return m.From == from && m.Verb == verb })
	if i < 0 {
		return Move{}, Errorf(Conflict, "matter.no_such_move", "a matter that is "+string(from)+" cannot be moved by "+string(verb),
			"status", string(from), "verb", string(verb))
	}
	return moves[i], nil
}

// Step takes a matter one step along the law: its guard must hold, else the
// matter stays as it was and the faults are told. Who may is not asked here.
func Step(m *Matter, verb Verb, on MoveContext) error {
	mv, err := MoveOf(m.Status, verb)
	if err != nil {
		return err
	}
	if faults := mv.Faults(m, on); len(faults) > 0 {
		return &Error{Code: Conflict, Key: faults[0].Key, Args: faults[0].Args, Message: faults[0].Message, Fields: faults}
	}
	next := mv.To
	if next == "" {
		next = m.Was
	}
	if mv.Apply != nil {
		mv.Apply(m, on)
	}
	if mv.Holds == nil || !mv.Holds(m) {
		m.Status = next
	}
	return nil
}

// Faults gives what stands in the way of a move; none means that it may be made.
func (mv Move) Faults(m *Matter, on MoveContext) []FieldError {
	if mv.Guard == nil {
		return nil
	}
	return mv.Guard(m, on)
}

// Blockers returns everything that keeps a draft from being registered and
// assigned, in the order of the fields; none means that it can be adopted.
// A draft set aside is never blocked: it is not adopted.
func (m *Matter) Blockers(on MoveContext) []FieldError {
	if m.Aside {
		return nil
	}
	return append(registrable(m, on), assignable(m, on)...)
}

// MaxTitle is how many characters of a requirement the lists show.
const MaxTitle = 60

// Limits of a matter's fields, in characters and members.
const (
	MaxRequirement = 20_000
	MaxParties     = 500
	MaxWords       = 4_000 // of a reason, remark or condition
	MaxMilestones  = 100
)

// Validate reports every fault of the fields a person may enter in a draft.
// What is merely missing is no fault: it is a blocker of adoption.
func (m *Matter) Validate() error {
	var f []FieldError
	if n := len([]rune(m.Title)); n > 4*MaxTitle {
		f = append(f, tooLong("title", 4*MaxTitle))
	}
	if len([]rune(m.Requirement)) > MaxRequirement {
		f = append(f, tooLong("requirement", MaxRequirement))
	}
	if len(m.Assignments) > MaxParties {
		f = append(f, FieldError{Field: "assignments", Key: "matter.too_many_units", Args: map[string]string{"max": "500"}, Message: "at most 500 units"})
	}
	for _, a := range m.Assignments {
		if !slices.Contains(PartyRoles(), a.Role) {
			f = append(f, FieldError{Field: "assignments", Key: "matter.role", Message: "there is no such part: " + string(a.Role)})
			break
		}
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "matter.invalid", Message: "the matter cannot be kept as entered", Fields: f}
	}
	return nil
}

// PartyRoles lists the parts a document gives, those that answer first.
func PartyRoles() []PartyRole {
	return []PartyRole{Lead, Several, Support, Guide, Participate, LeaderRole}
}

// blank reports whether a text says nothing.
func blank(s string) bool { return strings.TrimSpace(s) == "" }
