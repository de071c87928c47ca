package sqlstore

import (
	"context"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// climbing is the condition of the index obligation_climb, word for word.
const climbing = "o.met = 0 AND o.void = 0 AND o.due <> '' AND (o.heard_rung < 104 OR o.heard_due <> o.due)"

var climbingSelect = "SELECT o." + strings.ReplaceAll(obligationColumns, ", ", ", o.") +
	", m.owner, m.status, o.heard_due, o.heard_rung FROM obligation o JOIN matter m ON m.id = o.matter WHERE " + climbing

func scanClimbing(r scanner) (c docket.Climbing, err error) {
	o, t := &c.Obligation, ""
	if err = r.Scan(&o.ID, &o.Kind, &o.Matter, &o.Unit, day{&o.Due}, instant{&o.Since}, instant{&o.Met}, &o.Role, &o.Ref, instant{&o.At},
		&t, truth{&o.Provisional}, instant{&o.Void}, &c.Owner, &c.Status, day{&c.Heard.Due}, &c.Heard.Rung); err != nil {
		return c, err
	}
	o.Term, err = docket.ParseTerm(t)
	return c, err
}

// Climbing returns what is open, has a day and is not at the end of the ladder.
func (t *tx) Climbing(ctx context.Context, q docket.ClimbingQuery) ([]docket.Climbing, error) {
	const order = " ORDER BY o.due, o.id"
	switch {
	case len(q.IDs) > 0:
		return all(ctx, t, scanClimbing, climbingSelect+" AND o.id IN ({{list $1}})"+order, list(q.IDs))
	case !q.HourTo.IsZero():
		return all(ctx, t, scanClimbing, climbingSelect+" AND o.at > 0 AND o.at > $1 AND o.at <= $2"+order, ms(q.HourFrom), ms(q.HourTo))
	}
	return all(ctx, t, scanClimbing, climbingSelect+" AND o.due <= $1 AND (o.due > $2 OR o.due = $2 AND o.id > $3)"+order+" LIMIT "+strconv.Itoa(q.Limit),
		q.Until.String(), q.AfterDue.String(), q.After)
}

// Hear keeps what was told last about a thing owed.
func (t *tx) Hear(ctx context.Context, id docket.ObligationID, h docket.Heard) error {
	_, err := t.exec(ctx, "UPDATE obligation SET heard_due = $2, heard_rung = $3 WHERE id = $1", id, h.Due.String(), int64(h.Rung))
	return err
}

// ClimbingStatements returns the statements that units owe for convened meetings.
// Meetings ahead are few, and what is owed of one is the noun's to say.
func (t *tx) ClimbingStatements(ctx context.Context, ids ...docket.StatementID) ([]docket.Climbing, error) {
	text, args := `SELECT st.id, st.body, s.id, s.body, st.heard_due, st.heard_rung FROM statement st JOIN stocktake s ON s.id = st.stocktake
		WHERE s.status = 'convened'`, []any{}
	if len(ids) > 0 {
		text, args = text+" AND st.id IN ({{list $1}})", []any{list(ids)}
	}
	scan := func(r scanner) (docket.Climbing, error) {
		var st docket.Statement
		var s docket.Stocktake
		var h docket.Heard
		err := r.Scan(&st.ID, jsonValue{&st}, &s.ID, jsonValue{&s}, day{&h.Due}, &h.Rung)
		return st.Climbing(&s, h), err
	}
	found, err := all(ctx, t, scan, text+" ORDER BY st.id", args...)
	return slices.DeleteFunc(found, func(c docket.Climbing) bool { return !c.Open() }), err
}

// HearStatement keeps what was told last about a statement owed.
func (t *tx) HearStatement(ctx context.Context, id docket.StatementID, h docket.Heard) error {
	_, err := t.exec(ctx, "UPDATE statement SET heard_due = $2, heard_rung = $3 WHERE id = $1", id, h.Due.String(), int64(h.Rung))
	return err
}
