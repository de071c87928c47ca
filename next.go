package docket

import "slices"

// NextAct is something this person may do to a matter now.
type NextAct struct {
	Verb Verb   `json:"verb"`
	Unit UnitID `json:"unit"` // on whose behalf; 0 where it is not a unit's act
	Of   UnitID `json:"of"`   // waive: the support
}

// offered are the moves a person makes as such, in the order they are offered:
// what carries the matter forward first. The others come with a report, a
// request or an adoption.
var offered = []Verb{
	VerbAcknowledge, VerbPlan, VerbVerify, VerbRefute, VerbConfirm, VerbReassign, VerbStrikeOff, VerbArchive, VerbResume, VerbRestart, VerbReopen,
	VerbDispute, VerbReturn, VerbWaive, VerbChase, VerbPark, VerbStop,
}

// entered are the fields a person fills in with a move: a fault there is asked
// for in the form; any other fault means that the act is not offered.
var entered = []string{"words", "reason", "condition", "look_on", "due", "effect", "assignments", "of"}

// Next gives what the actor may do to a matter as it stands. Every act it names
// the law will take, once its fields are filled in.
func Next(a *Actor, m *Matter, s Subject, on MoveContext) []NextAct {
	out := []NextAct{}
	for _, verb := range offered {
		mv, err := MoveOf(m.Status, verb)
		if err != nil {
			continue
		}
		for _, by := range onBehalf(mv.Who, m) {
			subject := s
			if by.Unit != 0 {
				subject = Subject{Units: []UnitID{by.Unit}}
			}
			at := on
			at.Unit = by.Unit
			if mv.Verb == VerbPlan && m.planned(by.Unit) {
				continue // a second plan is a change of the first, offered where that is shown
			}
			if mv.Verb == VerbWaive {
				for i := range m.Assignments {
					if of := &m.Assignments[i]; of.OwesPart() && MayAct(a, mv.Who, subject) && m.answersFor(by.Unit) {
						out = append(out, NextAct{verb, by.Unit, of.Unit})
					}
				}
				continue
			}
			if MayAct(a, mv.Who, subject) && !slices.ContainsFunc(mv.Faults(m, at), func(f FieldError) bool { return !slices.Contains(entered, f.Field) }) {
				out = append(out, NextAct{Verb: verb, Unit: by.Unit})
			}
		}
	}
	return out
}

// OnBehalf reports whether an act is done for a unit, which then is the subject.
func OnBehalf(act Act) bool {
	return slices.Contains([]Act{ActAcknowledge, ActDispute, ActPlan, ActReport, ActAsk, ActApprove}, act)
}

// onBehalf are the units an act can be done for: each with a part, once.
func onBehalf(act Act, m *Matter) []RoleUnit {
	if !OnBehalf(act) {
		return []RoleUnit{{}}
	}
	var out []RoleUnit
	for i := range m.Assignments {
		a := &m.Assignments[i]
		if a.Unit != 0 && !slices.ContainsFunc(out, func(x RoleUnit) bool { return x.Unit == a.Unit }) {
			out = append(out, RoleUnit{a.Unit, a.Role})
		}
	}
	return out
}

func (m *Matter) planned(unit UnitID) bool {
	return slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Unit == unit && !a.Planned.IsZero() })
}
