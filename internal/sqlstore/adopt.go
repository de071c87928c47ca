package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// AdoptMatters turns drafts into registered matters: number, status, dates,
// provisional, dues and the instant of assignment are kept; what else changed
// in the given matters is not. When one is no longer the draft of that version
// it fails with docket.Conflict.
func (t *tx) AdoptMatters(ctx context.Context, m []*docket.Matter) error {
	if len(m) == 0 {
		return nil
	}
	full := adoptText(rowsAtOnce)
	for some := range slices.Chunk(m, rowsAtOnce) {
		text := full
		if len(some) < rowsAtOnce {
			text = adoptText(len(some))
		}
		args := make([]any, 0, 11*len(some))
		for _, x := range some {
			args = append(args, x.ID, x.Version, x.No, string(x.Status), x.Due.String(), x.FirstDue.String(), x.ReviewOn.String(),
				flag(x.Provisional), asJSON(x.Dues), ms(x.AssignedAt), ms(t.now))
		}
		n, err := t.exec(ctx, text, args...)
		if errors.Is(err, ErrTaken) {
			return docket.Errorf(docket.Conflict, "store.number_taken", "a matter's number is already given; try again")
		}
		if err != nil {
			return fmt.Errorf("adopt %d matters: %w", len(m), err)
		}
		if n != len(some) {
			return notDraft()
		}
	}
	for _, x := range m {
		x.Version, x.UpdatedAt = x.Version+1, t.now
	}
	t.touch(m...)
	return nil
}

// adoptText is the update of n matters from a table of values.
func adoptText(n int) string {
	types := []string{"BIGINT", "BIGINT", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "BIGINT", "TEXT", "BIGINT", "BIGINT"}
	var casts strings.Builder // PostgreSQL takes a column's type from its first row
	for i, name := range types {
		if i > 0 {
			casts.WriteString(", ")
		}
		fmt.Fprintf(&casts, "CAST($%d AS %s)", i+1, name)
	}
	_, rest, _ := strings.Cut(tuples(n, len(types)), ")")
	return `UPDATE matter SET no = v.column3, status = v.column4, due = v.column5, first_due = v.column6, review_on = v.column7,
		provisional = v.column8, dues = v.column9, assigned_at = v.column10, updated_at = v.column11, version = version + 1
		FROM (VALUES (` + casts.String() + ")" + rest + `) v
		WHERE id = v.column1 AND version = v.column2 AND matter.status = 'draft'`
}

// NextMatterNo reserves n numbers of a unit and year and returns the first. They
// are free again when the transaction is undone.
func (t *tx) NextMatterNo(ctx context.Context, owner docket.UnitID, year, n int) (int, error) {
	last, err := one(ctx, t, scanInt, `INSERT INTO numbering (owner, year, last) VALUES ($1, $2, $3)
		ON CONFLICT (owner, year) DO UPDATE SET last = numbering.last + excluded.last RETURNING last`, owner, year, n)
	return int(last) - n + 1, err
}
