package sqlstore

import (
	"context"
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
