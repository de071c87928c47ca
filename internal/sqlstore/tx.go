package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
)

// tx is one transaction: a docket.Reader and, begun by Update, a docket.Writer.
type tx struct {
	store *Store
	sql   *sql.Tx
	now   time.Time
	stale map[docket.MatterID]struct{} // matters whose matter_row is out of date
	kept  *statements                  // of the pool; nil while the schema is made
	asked map[string]*sql.Stmt         // statements run before; prepared when run again
}

var _ docket.Writer = (*tx)(nil)

// Now returns the instant of the transaction.
func (t *tx) Now() time.Time { return t.now }

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(ctx context.Context, text string, args ...any) (int, error) {
	if err := checkText(args); err != nil {
		return 0, err
	}
	stmt, err := t.prepared(ctx, text)
	if err != nil {
		return 0, t.fail(err, text)
	}
	var r sql.Result
	if stmt != nil {
		r, err = stmt.ExecContext(ctx, args...)
	} else {
		r, err = t.sql.ExecContext(ctx, t.store.text(text), args...)
	}
	if err != nil {
		return 0, t.fail(err, text)
	}
	n, err := r.RowsAffected()
	return int(n), err
}

// prepared returns the statement for a text that the pool keeps, or that this
// transaction ran before; nil otherwise, when preparing would be one trip too many.
func (t *tx) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	stmt, again := t.asked[text]
	if stmt != nil {
		return stmt, nil
	}
	if t.asked == nil {
		t.asked = map[string]*sql.Stmt{}
	}
	if !again && t.kept != nil {
		if kept := t.kept.of(text); kept != nil {
			stmt = t.sql.StmtContext(ctx, kept)
		}
	}
	if again {
		var err error // closed with the transaction
		if stmt, err = t.sql.PrepareContext(ctx, t.store.text(text)); err != nil {
			return nil, err
		}
	}
	t.asked[text] = stmt
	return stmt, nil
}

// fail explains a driver's error and names the statement in what is not for people.
func (t *tx) fail(err error, text string) error {
	if err = t.store.explain(err); isOwn(err) {
		return err
	}
	return fmt.Errorf("%w (in %.60q)", err, strings.Join(strings.Fields(text), " "))
}

// checkText refuses what one engine would take and the other not: text that is
// not UTF-8 or holds a NUL character.
func checkText(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return docket.Errorf(docket.Invalid, "store.text", "a text holds characters that cannot be kept (NUL or broken UTF-8); remove them and try again")
		}
	}
	return nil
}

// all runs a query and turns every row into a T.
func all[T any](ctx context.Context, t *tx, scan func(scanner) (T, error), text string, args ...any) ([]T, error) {
	if err := checkText(args); err != nil {
		return nil, err
	}
	stmt, err := t.prepared(ctx, text)
	if err != nil {
		return nil, t.fail(err, text)
	}
	var rows *sql.Rows
	if stmt != nil {
		rows, err = stmt.QueryContext(ctx, args...)
	} else {
		rows, err = t.sql.QueryContext(ctx, t.store.text(text), args...)
	}
	if err != nil {
		return nil, t.fail(err, text)
	}
	defer rows.Close()
	out := []T{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, t.fail(err, text)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, t.fail(err, text)
	}
	return out, nil
}

// one is all for a query of at most one row; without a row it fails with docket.NotFound.
func one[T any](ctx context.Context, t *tx, scan func(scanner) (T, error), text string, args ...any) (T, error) {
	return first(all(ctx, t, scan, text, args...))
}

// first is the only row that was asked for.
func first[T any](found []T, err error) (T, error) {
	if err == nil && len(found) == 0 {
		err = notFound()
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// maybe is one, with the zero T where there is no row.
func maybe[T any](ctx context.Context, t *tx, scan func(scanner) (T, error), text string, args ...any) (T, error) {
	v, err := one(ctx, t, scan, text, args...)
	if errors.Is(err, docket.NotFound) {
		err = nil
	}
	return v, err
}

func notFound() error {
	return docket.Errorf(docket.NotFound, "store.not_found", "there is no such thing, or it is not yours to see")
}

// changed tells why an update that names a version found no row.
func (t *tx) changed(ctx context.Context, table string, id int64) error {
	if _, err := one(ctx, t, scanInt, "SELECT version FROM "+table+" WHERE id = $1", id); err != nil {
		return err
	}
	return changedMeanwhile()
}

func changedMeanwhile() error {
	return docket.Errorf(docket.Conflict, "store.changed", "somebody else changed this in the meantime; load it again and repeat your change")
}

// next reserves n ids or numbers of a kind and returns the first.
func (t *tx) next(ctx context.Context, kind string, n int) (int64, error) {
	last, err := one(ctx, t, scanInt, `INSERT INTO counter (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value`, kind, n)
	return last - int64(n) + 1, err
}
