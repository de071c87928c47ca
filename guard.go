package docket

import (
	"slices"
	"strconv"
)

// The guards of the law: each gives what stands in the way of a move, as faults
// of the fields that can mend it.

func fault(field, key, message string) []FieldError {
	return []FieldError{{Field: field, Key: key, Message: message}}
}

func tooLong(field string, limit int) FieldError {
	n := strconv.Itoa(limit)
	return FieldError{Field: field, Key: "field.too_long", Args: map[string]string{"max": n}, Message: "at most " + n + " characters"}
}

func required(field string) FieldError {
	return FieldError{Field: field, Key: "field.required", Message: "this is required"}
}

func registrable(m *Matter, _ MoveContext) []FieldError {
	if blank(m.Requirement) {
		return fault("requirement", "adopt.no_requirement", "the requirement is empty")
	}
	return nil
}

// assignable: somebody answers (a lead, or those who answer each for their own
// part), every name is a unit that stands, and there is a day to look at it.
func assignable(m *Matter, on MoveContext) []FieldError {
	f := nameable(m.Assignments, on.Tree)
	if m.Due.IsZero() && m.ReviewOn.IsZero() {
		f = append(f, FieldError{Field: "due", Key: "adopt.no_due", Message: "it has neither a due nor a date to look at it again"})
	}
	return f
}

// nameable: the parts can be handed over.
func nameable(parts []Assignment, tree *Tree) []FieldError {
	var f []FieldError
	answers := false
	seen := map[RoleUnit]bool{}
	for i := range parts {
		a := &parts[i]
		if a.Role == LeaderRole {
			continue // a person, not a unit
		}
		switch unit := tree.Unit(a.Unit); {
		case a.Unit == 0 && a.Vague:
			f = append(f, nameFault("adopt.vague_group", a.Name, "is a group: name its members"))
		case a.Unit == 0:
			f = append(f, nameFault("adopt.unmatched_name", a.Name, "is not matched to a unit"))
		case unit == nil || !unit.Stands(tree.On()):
			f = append(f, nameFault("adopt.ended_unit", a.Name, "is a unit that has ended"))
		case seen[RoleUnit{a.Unit, a.Role}]:
			f = append(f, nameFault("adopt.twice", a.Name, "is named twice in the same part"))
		}
		seen[RoleUnit{a.Unit, a.Role}] = a.Unit != 0
		answers = answers || a.Answers()
	}
	if !answers {
		f = append(f, FieldError{Field: "assignments", Key: "adopt.no_lead", Message: "nobody answers for it: name a lead, or those who answer each for their own part"})
	}
	return f
}

func nameFault(key, name, what string) FieldError {
	return FieldError{Field: "assignments", Key: key, Args: map[string]string{"name": name}, Message: name + " " + what}
}

// reasoned: who moves a matter against its ordinary course says why.
func reasoned(_ *Matter, on MoveContext) []FieldError {
	switch {
	case blank(on.Deed.Words):
		return []FieldError{required("words")}
	case len([]rune(on.Deed.Words)) > MaxWords:
		return []FieldError{tooLong("words", MaxWords)}
	}
	return nil
}

// owesReceipt: only a unit with a part in the matter that has not yet confirmed
// receipt can do so.
func owesReceipt(m *Matter, on MoveContext) []FieldError {
	if slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Unit == on.Unit && a.OwesReceipt() }) {
		return nil
	}
	return fault("unit", "matter.no_receipt_owed", "this unit owes no confirmation of receipt here")
}

func windowPast(_ *Matter, on MoveContext) []FieldError {
	if on.Known.WindowPast {
		return nil
	}
	return fault("", "matter.window_open", "the window for receipts is not over yet")
}

// disputable: a unit may say once, within the window and before it has
// confirmed, that the matter is not its own or the time is wrong (field.md §2.3).
func disputable(m *Matter, on MoveContext) []FieldError {
	i := slices.IndexFunc(m.Assignments, func(a Assignment) bool { return a.Unit == on.Unit })
	switch {
	case i < 0:
		return fault("unit", "matter.no_part", "this unit has no part in the matter")
	case !m.Assignments[i].Disputed.IsZero():
		return fault("unit", "matter.disputed_before", "this unit has disputed before, and the office has decided")
	case !m.Assignments[i].Accepted.IsZero():
		return fault("unit", "matter.received", "this unit has already confirmed receipt")
	case on.Known.WindowPast:
		return fault("unit", "matter.window_past", "the window for a dispute is over")
	}
	return reasoned(m, on)
}

func reassignable(m *Matter, on MoveContext) []FieldError {
	f := append(reasoned(m, on), nameable(on.Deed.Assignments, on.Tree)...)
	if d := on.Deed.Due; d != 0 && d < on.Today {
		f = append(f, FieldError{Field: "due", Key: "matter.due_past", Message: "the new due lies in the past"})
	}
	return f
}

// plannable: the plan of a unit that answers: steps with a day each, none later
// than the due, or a single step.
func plannable(m *Matter, on MoveContext) []FieldError {
	if !m.answersFor(on.Unit) {
		return fault("unit", "matter.not_answering", "this unit does not answer for the matter or a part of its own")
	}
	var f []FieldError
	if len(on.Deed.Milestones) > MaxMilestones {
		f = append(f, FieldError{Field: "milestones", Key: "matter.too_many_steps", Args: map[string]string{"max": strconv.Itoa(MaxMilestones)}, Message: "too many steps"})
	}
	for i, s := range on.Deed.Milestones {
		at := "milestones[" + strconv.Itoa(i) + "]."
		switch {
		case blank(s.Title):
			f = append(f, required(at+"title"))
		case len([]rune(s.Title)) > 200:
			f = append(f, tooLong(at+"title", 200))
		}
		switch {
		case s.Due == 0:
			f = append(f, required(at+"due"))
		case m.Due != 0 && s.Due > m.Due:
			f = append(f, FieldError{Field: at + "due", Key: "matter.step_after_due", Args: map[string]string{"due": m.Due.String()}, Message: "the step lies after the due"})
		}
	}
	return f
}

// takesPart: the lead takes over a support's part.
func takesPart(m *Matter, on MoveContext) []FieldError { return supportOf(m, on) }

func waivable(m *Matter, on MoveContext) []FieldError {
	return append(supportOf(m, on), reasoned(m, on)...)
}

func supportOf(m *Matter, on MoveContext) []FieldError {
	if !m.answersFor(on.Unit) {
		return fault("unit", "matter.not_answering", "this unit does not answer for the matter or a part of its own")
	}
	i := slices.IndexFunc(m.Assignments, func(a Assignment) bool { return a.Unit == on.Deed.Of && a.Role == Support })
	if on.Deed.Of == 0 || i < 0 {
		return fault("of", "matter.no_support", "this unit does not support the matter")
	}
	return nil
}

// claimable: every required part of a support is there, the result is stated,
// and evidence of grade document or better is offered (field.md §3).
func claimable(m *Matter, on MoveContext) []FieldError {
	if !m.answersFor(on.Unit) {
		return fault("unit", "matter.not_answering", "this unit does not answer for the matter or a part of its own")
	}
	var f []FieldError
	for _, a := range m.Assignments {
		if a.OwesPart() {
			f = append(f, FieldError{Field: "assignments", Key: "matter.part_open", Args: map[string]string{"unit": on.Tree.Name(a.Unit)}, Message: on.Tree.Name(a.Unit) + " has not delivered its part"})
		}
	}
	if !slices.Contains(Results(), on.Deed.Result) {
		f = append(f, FieldError{Field: "result", Key: "matter.no_result", Message: "say how good the result is"})
	}
	if !on.Known.Evidence {
		f = append(f, FieldError{Field: "evidence", Key: "matter.no_evidence", Message: "a claim needs evidence of grade document or better"})
	}
	return f
}

func returnable(_ *Matter, on MoveContext) []FieldError { return on.Deed.Reason.faults(on.Deed.Words) }

// effective: what was done shows its effect, and no instruction waits for its
// leader (product.md B5, field.md §3).
func effective(m *Matter, on MoveContext) []FieldError {
	var f []FieldError
	switch on.Deed.Effect {
	case EffectMeasure:
		if m.Result != ResultMet && m.Result != ResultExceeded {
			f = fault("effect", "matter.measure_not_met", "the claimed result is not that the measure was reached")
		}
	case EffectVerdict:
		f = reasoned(m, on)
	case EffectLookback:
		if on.Known.LookBack != FoundTrue {
			f = fault("effect", "matter.no_lookback", "no look-back has found it true")
		}
	default:
		f = fault("effect", "matter.no_effect", "say what showed the effect: the measure, the residents' verdict, or a look-back")
	}
	if on.Known.Notes > 0 {
		f = append(f, FieldError{Field: "instruction", Key: "matter.note_open", Message: "an instruction waits for its leader's “no further note”"})
	}
	return f
}

func untrue(m *Matter, on MoveContext) []FieldError {
	if on.Known.LookBack != FoundUntrue {
		return fault("", "matter.not_untrue", "a matter is reopened when a look-back has found it untrue")
	}
	return reasoned(m, on)
}

func parkable(m *Matter, on MoveContext) []FieldError {
	f := reasoned(m, on)
	if blank(on.Deed.Condition) {
		f = append(f, required("condition"))
	}
	if len([]rune(on.Deed.Condition)) > MaxWords {
		f = append(f, tooLong("condition", MaxWords))
	}
	if on.Deed.LookOn <= on.Today {
		f = append(f, FieldError{Field: "look_on", Key: "matter.look_past", Message: "the next look must lie in the future"})
	}
	return f
}

// chaseable: a late matter may get a date to chase it by; it is judged as before.
func chaseable(m *Matter, on MoveContext) []FieldError {
	if m.Due == 0 || m.Due >= on.Today {
		return fault("", "matter.not_late", "the matter is not late")
	}
	if on.Deed.Due < on.Today {
		return fault("due", "matter.due_past", "the new due lies in the past")
	}
	return reasoned(m, on)
}

// extendable: only a later day extends. That it was asked for before the due is
// the request's rule (Request.Validate).
func extendable(m *Matter, on MoveContext) []FieldError {
	if m.Due == 0 {
		return fault("", "request.no_due", "the matter has no due to extend")
	}
	if on.Deed.Due <= m.Due || on.Deed.Due < on.Today {
		return []FieldError{{Field: "due", Key: "request.not_later", Args: map[string]string{"due": m.Due.String()}, Message: "the new due must be later than the present one"}}
	}
	return nil
}
