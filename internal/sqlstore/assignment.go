package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

const assignmentColumns = "matter, ord, role, unit, name, reading, accepted, share"

// reading is what is kept of an assignment only to be shown with it.
type reading struct {
	Written   string            `json:"written,omitempty"`
	Vague     bool              `json:"vague,omitempty"`
	Open      bool              `json:"open,omitempty"`
	Unsure    bool              `json:"unsure,omitempty"`
	From      docket.Provenance `json:"from"`
	Suggested []docket.UnitID   `json:"suggested,omitempty"`
}

type assignmentRow struct {
	matter docket.MatterID
	docket.Assignment
}

func scanAssignment(r scanner) (a assignmentRow, err error) {
	var ord int64
	var x reading
	err = r.Scan(&a.matter, &ord, &a.Role, optID(&a.Unit), &a.Name, jsonValue{&x}, instant{&a.Accepted}, jsonValue{&a.Share})
	a.Written, a.Vague, a.Open, a.Unsure, a.From, a.Suggested = x.Written, x.Vague, x.Open, x.Unsure, x.From, x.Suggested
	return a, err
}

// insertAssignments keeps the assignments of matters that have none stored.
func (t *tx) insertAssignments(ctx context.Context, m []*docket.Matter) error {
	type place struct{ matter, ord int }
	var places []place
	for i, x := range m {
		for ord := range x.Assignments {
			places = append(places, place{i, ord})
		}
	}
	return t.insert(ctx, "assignment", assignmentColumns+", directive", len(places), func(i int) []any {
		p := places[i]
		a := &m[p.matter].Assignments[p.ord]
		return []any{m[p.matter].ID, p.ord, string(a.Role), opt(a.Unit), a.Name,
			asJSON(reading{a.Written, a.Vague, a.Open, a.Unsure, a.From, a.Suggested}), ms(a.Accepted), asJSON(a.Share), opt(m[p.matter].Directive)}
	})
}
