package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

const obligationColumns = "id, kind, matter, unit, due, since, met, role, ref, at, term, provisional, void"

func scanObligation(r scanner) (o docket.Obligation, err error) {
	var t string
	if err = r.Scan(&o.ID, &o.Kind, &o.Matter, &o.Unit, day{&o.Due}, instant{&o.Since}, instant{&o.Met}, &o.Role, &o.Ref, instant{&o.At},
		&t, truth{&o.Provisional}, instant{&o.Void}); err != nil {
		return o, err
	}
	o.Term, err = docket.ParseTerm(t)
	return o, err
}

func obligationValues(o *docket.Obligation) []any {
	return []any{o.ID, string(o.Kind), o.Matter, o.Unit, o.Due.String(), ms(o.Since), ms(o.Met), string(o.Role), o.Ref, ms(o.At),
		o.Term.String(), flag(o.Provisional), ms(o.Void)}
}

// Owed returns what posts of a role still owe in units, earliest due first, what
// has no fixed day last.
func (t *tx) Owed(ctx context.Context, role docket.Role, units docket.UnitSet) ([]docket.Obligation, error) {
	q := newScope(docket.Scope{Read: units}, string(role))
	return all(ctx, t, scanObligation, "SELECT "+obligationColumns+" FROM obligation WHERE met = 0 AND void = 0 AND role = $1 AND "+q.read("unit")+
		" ORDER BY CASE due WHEN '' THEN 1 ELSE 0 END, due, id", q.args...)
}

// OwedBy returns what of a kind is still owed and due by a day, earliest first.
func (t *tx) OwedBy(ctx context.Context, kind docket.ObligationKind, day docket.Date) ([]docket.Obligation, error) {
	return all(ctx, t, scanObligation, "SELECT "+obligationColumns+" FROM obligation WHERE void = 0 AND met = 0 AND kind = $1 AND due <> '' AND due <= $2 ORDER BY due, id", string(kind), day.String())
}

// DueBetween yields what fell or falls due in units from one day to another and
// is not void.
func (t *tx) DueBetween(ctx context.Context, units docket.UnitSet, from, to docket.Date) ([]docket.Obligation, error) {
	q := newScope(docket.Scope{Read: units}, from.String(), to.String())
	return all(ctx, t, scanObligation, "SELECT "+obligationColumns+" FROM obligation WHERE void = 0 AND due >= $1 AND due <= $2 AND "+q.read("unit")+" ORDER BY due, id", q.args...)
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
		if o[i].Role == "" {
			o[i].Role = docket.Liaison
		}
		t.touchID(o[i].Matter)
	}
	return t.insert(ctx, "obligation", obligationColumns, len(o), func(i int) []any {
		return obligationValues(&o[i])
	})
}

// PutObligations keeps rows as they are: those without an id are new.
func (t *tx) PutObligations(ctx context.Context, o []docket.Obligation) error {
	var fresh []docket.Obligation
	for i := range o {
		if o[i].ID == 0 {
			fresh = append(fresh, o[i])
			continue
		}
		x := &o[i]
		if _, err := t.exec(ctx, `UPDATE obligation SET due = $2, met = $3, at = $4, term = $5, provisional = $6, void = $7, unit = $8 WHERE id = $1`,
			x.ID, x.Due.String(), ms(x.Met), ms(x.At), x.Term.String(), flag(x.Provisional), ms(x.Void), x.Unit); err != nil {
			return err
		}
		t.touchID(x.Matter)
	}
	return t.InsertObligations(ctx, fresh)
}

// CountedObligations returns the open obligations that a new calendar may move.
func (t *tx) CountedObligations(ctx context.Context, from docket.Date) ([]docket.Obligation, error) {
	return all(ctx, t, scanObligation, "SELECT "+obligationColumns+` FROM obligation WHERE met = 0 AND void = 0
		AND (provisional = 1 OR due >= $1 AND (term LIKE '%wd' OR kind = 'part')) ORDER BY matter, id`, from.String())
}
