package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

const obligationColumns = "id, kind, matter, unit, due, since, met"

func scanObligation(r scanner) (o docket.Obligation, err error) {
	return o, r.Scan(&o.ID, &o.Kind, &o.Matter, &o.Unit, day{&o.Due}, instant{&o.Since}, instant{&o.Met})
}

// Obligations returns what units in file still owe, earliest due first, what
// has no fixed day last.
func (t *tx) Obligations(ctx context.Context, file docket.UnitSet) ([]docket.Obligation, error) {
	q := newScope(docket.Scope{Read: file})
	return all(ctx, t, scanObligation, "SELECT "+obligationColumns+" FROM obligation WHERE met = 0 AND "+q.read("unit")+
		" ORDER BY CASE due WHEN '' THEN 1 ELSE 0 END, due, id", q.args...)
}

// MatterObligations returns all that is or was owed in a matter, as it arose.
func (t *tx) MatterObligations(ctx context.Context, id docket.MatterID) ([]docket.Obligation, error) {
	return all(ctx, t, scanObligation, "SELECT "+obligationColumns+" FROM obligation WHERE matter = $1 ORDER BY id", id)
}

// InsertObligations keeps new obligations; those without a Since arise now.
func (t *tx) InsertObligations(ctx context.Context, o []docket.Obligation) error {
	if len(o) == 0 {
		return nil
	}
	first, err := t.next(ctx, "obligation", len(o))
	if err != nil {
		return err
	}
	for i := range o {
		o[i].ID = docket.ObligationID(first + int64(i))
		if o[i].Since.IsZero() {
			o[i].Since = t.now
		}
		t.touchID(o[i].Matter)
	}
	return t.insert(ctx, "obligation", obligationColumns, len(o), func(i int) []any {
		x := &o[i]
		return []any{x.ID, string(x.Kind), x.Matter, x.Unit, x.Due.String(), ms(x.Since), ms(x.Met)}
	})
}

// MeetObligations marks what the unit owes of that kind in the matter as met
// now; that nothing is owed is no error.
func (t *tx) MeetObligations(ctx context.Context, m docket.MatterID, u docket.UnitID, k docket.ObligationKind) error {
	_, err := t.exec(ctx, "UPDATE obligation SET met = $4 WHERE matter = $1 AND unit = $2 AND kind = $3 AND met = 0", m, u, string(k), ms(t.now))
	t.touchID(m)
	return err
}
