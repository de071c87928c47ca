package sqlstore

import (
	"context"
	"errors"

	docket "github.com/docket-os/docket"
)

const unitColumns = "id, code, name, parent, level, ord, aliases, versions, from_day, to_day, version"

func scanUnit(r scanner) (u docket.Unit, err error) {
	return u, r.Scan(&u.ID, &u.Code, &u.Name, optID(&u.Parent), &u.Level, &u.Ord, jsonValue{&u.Aliases},
		jsonValue{&u.Versions}, day{&u.From}, day{&u.To}, &u.Version)
}

func scanSuccession(r scanner) (s docket.Succession, err error) {
	return s, r.Scan(&s.From, &s.To, day{&s.On}, &s.Kind)
}

// Units returns every unit by id, and who succeeded whom.
func (t *tx) Units(ctx context.Context) ([]docket.Unit, []docket.Succession, error) {
	units, err := all(ctx, t, scanUnit, "SELECT "+unitColumns+" FROM unit ORDER BY id")
	if err != nil {
		return nil, nil, err
	}
	successions, err := all(ctx, t, scanSuccession,
		"SELECT from_unit, to_unit, on_day, kind FROM succession ORDER BY on_day, from_unit, to_unit")
	return units, successions, err
}

// PutUnit keeps a unit and its place in the tree. A code in use, a parent that
// does not exist and a unit below itself are docket.Invalid.
func (t *tx) PutUnit(ctx context.Context, u *docket.Unit) error {
	move, err := t.placeUnit(ctx, u)
	if err != nil {
		return err
	}
	if u.ID == 0 {
		err = t.insertUnit(ctx, u)
	} else {
		err = t.updateUnit(ctx, u)
	}
	switch {
	case errors.Is(err, ErrTaken):
		return invalidField("unit.invalid", "the unit cannot be kept as it is", "code", "unit.code_taken", "another unit has this code")
	case err != nil || !move:
		return err
	}
	return t.moveUnit(ctx, u.ID, u.Parent)
}

// placeUnit reports whether the unit's place in the tree changes, and refuses
// places that cannot be.
func (t *tx) placeUnit(ctx context.Context, u *docket.Unit) (moves bool, err error) {
	if u.Parent != 0 {
		if _, err := one(ctx, t, scanInt, "SELECT id FROM unit WHERE id = $1", u.Parent); errors.Is(err, docket.NotFound) {
			return false, docket.Errorf(docket.Invalid, "unit.no_parent", "unit "+u.Name+" names a parent that does not exist", "unit", u.Name)
		} else if err != nil {
			return false, err
		}
	}
	if u.ID == 0 {
		return true, nil
	}
	was, err := one(ctx, t, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE id = $1", u.ID)
	if err != nil || was.Parent == u.Parent {
		return false, err
	}
	below, err := maybe(ctx, t, scanInt, "SELECT 1 FROM unit_closure WHERE below = $1 AND above = $2", opt(u.Parent), u.ID)
	if err == nil && below == 1 {
		err = docket.Errorf(docket.Invalid, "unit.circle", "unit "+u.Name+" would stand below itself", "unit", u.Name)
	}
	return true, err
}

func (t *tx) insertUnit(ctx context.Context, u *docket.Unit) error {
	id, err := t.next(ctx, "unit", 1)
	if err != nil {
		return err
	}
	if err := t.insert(ctx, "unit", unitColumns, 1, func(int) []any {
		return []any{id, u.Code, u.Name, opt(u.Parent), string(u.Level), u.Ord, asJSON(u.Aliases), asJSON(u.Versions), u.From.String(), u.To.String(), 1}
	}); err != nil {
		return err
	}
	u.ID, u.Version = docket.UnitID(id), 1
	_, err = t.exec(ctx, "INSERT INTO unit_closure (below, above, depth) VALUES ($1, $1, 0)", id)
	return err
}

func (t *tx) updateUnit(ctx context.Context, u *docket.Unit) error {
	n, err := t.exec(ctx, `UPDATE unit SET code = $3, name = $4, parent = $5, level = $6, ord = $7, aliases = $8, versions = $9,
		from_day = $10, to_day = $11, version = version + 1 WHERE id = $1 AND version = $2`,
		u.ID, u.Version, u.Code, u.Name, opt(u.Parent), string(u.Level), u.Ord, asJSON(u.Aliases), asJSON(u.Versions), u.From.String(), u.To.String())
	if err == nil && n == 0 {
		err = t.changed(ctx, "unit", int64(u.ID))
	}
	if err == nil {
		u.Version++
	}
	return err
}

// moveUnit hangs the unit with all below it under parent, in the closure table.
func (t *tx) moveUnit(ctx context.Context, id, parent docket.UnitID) error {
	if _, err := t.exec(ctx, `DELETE FROM unit_closure WHERE below IN (SELECT below FROM unit_closure WHERE above = $1)
		AND above NOT IN (SELECT below FROM unit_closure WHERE above = $1)`, id); err != nil {
		return err
	}
	if parent == 0 {
		return nil
	}
	_, err := t.exec(ctx, `INSERT INTO unit_closure (below, above, depth)
		SELECT b.below, a.above, b.depth + a.depth + 1 FROM unit_closure b CROSS JOIN unit_closure a
		WHERE b.above = $1 AND a.below = $2`, id, parent)
	return err
}

// PutSuccession keeps who carries on, replacing what was said about the pair.
func (t *tx) PutSuccession(ctx context.Context, s docket.Succession) error {
	_, err := t.exec(ctx, `INSERT INTO succession (from_unit, to_unit, on_day, kind) VALUES ($1, $2, $3, $4)
		ON CONFLICT (from_unit, to_unit) DO UPDATE SET on_day = excluded.on_day, kind = excluded.kind`,
		s.From, s.To, s.On.String(), s.Kind)
	return err
}

// invalidField is the error of one field that only the store can judge.
func invalidField(key, message, field, fieldKey, fieldMessage string) error {
	return &docket.Error{Code: docket.Invalid, Key: key, Message: message,
		Fields: []docket.FieldError{{Field: field, Key: fieldKey, Message: fieldMessage}}}
}
