package docket

import (
	"slices"
	"strings"
)

// Move is one row of the law of a matter's life (field.md §3): from which
// status, by which verb, to which, who may, and what must hold. Later parts of
// the life are further rows, never code elsewhere.
type Move struct {
	From  MatterStatus
	Verb  Verb
	To    MatterStatus
	Who   Act
	Guard func(m *Matter, on MoveContext) []FieldError // nil: nothing more is asked
}

// MoveContext is what a guard may know beyond the matter.
type MoveContext struct {
	Tree *Tree  // of the day of the move
	Unit UnitID // on whose behalf, 0 where it is the owner's office
}

// moves is the law. A unit that confirms receipt after the lead has already
// done so does not move the matter: its row leads back to the same status.
var moves = []Move{
	{Draft, VerbRegister, Registered, ActAdopt, registrable},
	{Registered, VerbAssign, Assigned, ActAdopt, assignable},
	{Assigned, VerbAcknowledge, Accepted, ActAcknowledge, owesReceipt},
	{Accepted, VerbAcknowledge, Accepted, ActAcknowledge, owesReceipt},
}

// Moves returns the law, for documents and tests.
func Moves() []Move { return slices.Clone(moves) }

// MoveOf finds the row for a verb from a status; Conflict when there is none.
func MoveOf(from MatterStatus, verb Verb) (Move, error) {
	i := slices.IndexFunc(moves, func(m Move) bool { return m.From == from && m.Verb == verb })
	if i < 0 {
		return Move{}, Errorf(Conflict, "matter.no_such_move", "a matter that is "+string(from)+" cannot be moved by "+string(verb),
			"status", string(from), "verb", string(verb))
	}
	return moves[i], nil
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

func registrable(m *Matter, _ MoveContext) []FieldError {
	if strings.TrimSpace(m.Requirement) == "" {
		return []FieldError{{Field: "requirement", Key: "adopt.no_requirement", Message: "the requirement is empty"}}
	}
	return nil
}

// assignable: somebody answers (a lead, or those who answer each for their own
// part), every name is a unit that stands, and there is a day to look at it.
func assignable(m *Matter, on MoveContext) []FieldError {
	var f []FieldError
	answers := false
	seen := map[RoleUnit]bool{}
	for _, a := range m.Assignments {
		if a.Role == LeaderRole {
			continue // a person, not a unit
		}
		switch unit := on.Tree.Unit(a.Unit); {
		case a.Unit == 0 && a.Vague:
			f = append(f, nameFault("adopt.vague_group", a.Name, "is a group: name its members"))
		case a.Unit == 0:
			f = append(f, nameFault("adopt.unmatched_name", a.Name, "is not matched to a unit"))
		case unit == nil || !unit.Stands(on.Tree.On()):
			f = append(f, nameFault("adopt.ended_unit", a.Name, "is a unit that has ended"))
		case seen[RoleUnit{a.Unit, a.Role}]:
			f = append(f, nameFault("adopt.twice", a.Name, "is named twice in the same part"))
		}
		seen[RoleUnit{a.Unit, a.Role}] = a.Unit != 0
		answers = answers || a.Role == Lead || a.Role == Several
	}
	if !answers {
		f = append(f, FieldError{Field: "assignments", Key: "adopt.no_lead", Message: "nobody answers for it: name a lead, or those who answer each for their own part"})
	}
	if m.Due.IsZero() && m.ReviewOn.IsZero() {
		f = append(f, FieldError{Field: "due", Key: "adopt.no_due", Message: "it has neither a due nor a date to look at it again"})
	}
	return f
}

func nameFault(key, name, what string) FieldError {
	return FieldError{Field: "assignments", Key: key, Args: map[string]string{"name": name}, Message: name + " " + what}
}

// owesReceipt: only a unit with a part in the matter that has not yet confirmed
// receipt can do so.
func owesReceipt(m *Matter, on MoveContext) []FieldError {
	for _, a := range m.Assignments {
		if a.Unit == on.Unit && a.OwesReceipt() {
			return nil
		}
	}
	return []FieldError{{Field: "unit", Key: "matter.no_receipt_owed", Message: "this unit owes no confirmation of receipt here"}}
}

// OwesReceipt reports whether the part must still be confirmed: leads, supports
// and those who answer separately do so; guides and participants need not.
func (a *Assignment) OwesReceipt() bool {
	return a.Unit != 0 && a.Accepted.IsZero() && (a.Answers() || a.Role == Support)
}

// Answers reports whether the unit answers for the matter or its own part of it.
func (a *Assignment) Answers() bool { return a.Role == Lead || a.Role == Several }

// Received reports whether every unit that answers has confirmed receipt: then
// the matter itself counts as accepted. Supports owe their receipt but do not
// hold the matter back.
func (m *Matter) Received() bool {
	return !slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Answers() && a.Accepted.IsZero() })
}

// MaxTitle is how many characters of a requirement the lists show.
const MaxTitle = 60

// Limits of a matter's fields, in characters and members.
const (
	MaxRequirement = 20_000
	MaxParties     = 500
)

// Validate reports every fault of the fields a person may enter in a draft.
// What is merely missing is no fault: it is a blocker of adoption.
func (m *Matter) Validate() error {
	var f []FieldError
	if n := len([]rune(m.Title)); n > 4*MaxTitle {
		f = append(f, FieldError{Field: "title", Key: "field.too_long", Args: map[string]string{"max": "240"}, Message: "at most 240 characters"})
	}
	if len([]rune(m.Requirement)) > MaxRequirement {
		f = append(f, FieldError{Field: "requirement", Key: "field.too_long", Args: map[string]string{"max": "20000"}, Message: "at most 20,000 characters"})
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
