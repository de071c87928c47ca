package docket

import (
	"encoding/json"
	"slices"
	"time"
)

// Life is what moves change in a matter: the part of its state that the journal
// can give back for any moment.
type Life struct {
	No         string       `json:"no"`
	Status     MatterStatus `json:"status"`
	Result     Result       `json:"result"`
	Due        Date         `json:"due"`
	FirstDue   Date         `json:"first_due"`
	AssessOn   Date         `json:"assess_on"`
	ReviewOn   Date         `json:"review_on"`
	Was        MatterStatus `json:"was"`
	LookOn     Date         `json:"look_on"`
	Condition  string       `json:"condition"`
	Round      int          `json:"round"`
	Effect     Effect       `json:"effect"`
	Milestones []Milestone  `json:"milestones"`
	Units      []LifePart   `json:"units"`
}

// LifePart is how far one unit is with its part.
type LifePart struct {
	Unit     UnitID    `json:"unit"`
	Role     PartyRole `json:"role"`
	Name     string    `json:"name,omitempty"` // where the part is no unit's
	Accepted time.Time `json:"accepted,omitzero"`
	Share
}

// LifeOf is the life of a matter as it stands.
func LifeOf(m *Matter) Life {
	l := Life{No: m.No, Status: m.Status, Result: m.Result, Due: m.Due, FirstDue: m.FirstDue, AssessOn: m.AssessOn, ReviewOn: m.ReviewOn, Was: m.Was,
		LookOn: m.LookOn, Condition: m.Condition, Round: m.Round, Effect: m.Effect, Milestones: slices.Clone(m.Milestones), Units: []LifePart{}}
	if l.Milestones == nil {
		l.Milestones = []Milestone{}
	}
	for i := range m.Assignments {
		a := &m.Assignments[i]
		p := LifePart{Unit: a.Unit, Role: a.Role, Accepted: a.Accepted, Share: a.Share}
		if a.Unit == 0 {
			p.Name = a.Name
		}
		l.Units = append(l.Units, p)
	}
	return l
}

// besides are the verbs whose entries tell of what belongs to a matter, not of
// its own life; their fields may bear the same names.
var besides = []Verb{VerbSetMeasures, VerbObserve, VerbOffer, VerbTakeBack, VerbDescribe}

// Relive gives the life of a matter back from its entries, oldest first: every
// entry bears the fields it changed. Entries of its time as a draft say nothing.
func Relive(entries []Entry) (Life, error) {
	var l Life
	begun := false
	for _, e := range entries {
		begun = begun || e.Verb == VerbRegister
		if !begun || len(e.After) == 0 || slices.Contains(besides, e.Verb) {
			continue
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(e.After, &fields); err != nil {
			return l, err
		}
		if _, ok := fields["milestones"]; ok {
			l.Milestones = nil // lists are given whole
		}
		if _, ok := fields["units"]; ok {
			l.Units = nil
		}
		if err := json.Unmarshal(e.After, &l); err != nil {
			return l, err
		}
	}
	return l, nil
}
