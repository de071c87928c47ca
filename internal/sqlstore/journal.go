package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	docket "github.com/docket-os/docket"
)

const journalColumns = "seq, at, actor, verb, directive, matter, unit, person, reason, before_value, after_value, acted_for"

func scanEntry(r scanner) (e docket.Entry, err error) {
	var before, after sql.NullString
	err = r.Scan(&e.Seq, instant{&e.At}, optID(&e.Actor), &e.Verb, optID(&e.Directive), optID(&e.Matter), optID(&e.Unit), optID(&e.Person), &e.Reason, &before, &after, optID(&e.For))
	e.Before, e.After = raw(before), raw(after)
	return e, err
}

func raw(s sql.NullString) json.RawMessage {
	if !s.Valid {
		return nil
	}
	return json.RawMessage(s.String)
}

// optJSON is a raw value as stored: nil is NULL.
func optJSON(v json.RawMessage) any {
	if v == nil {
		return nil
	}
	return string(v)
}

// maxEntries bounds one page of the journal.
const maxEntries = 10_000

// Entries returns the journal after seq, oldest first: at most limit entries
// (and never more than 10,000), narrowed by q, which may ask for the newest
// first. Following seq misses nothing:
// numbers are given in the order of commits, without gaps.
func (t *tx) Entries(ctx context.Context, q docket.EntryQuery, after int64, limit int) ([]docket.Entry, error) {
	where, args := []string{"seq > $1"}, []any{after, max(0, min(limit, maxEntries))}
	narrow := func(when bool, test string, value any) {
		if when {
			args = append(args, value)
			where = append(where, fmt.Sprintf("%s $%d", test, len(args)))
		}
	}
	narrow(q.Directive != 0, "directive =", int64(q.Directive))
	narrow(q.Matter != 0, "matter =", int64(q.Matter))
	narrow(q.Unit != 0, "unit =", int64(q.Unit))
	narrow(q.Person != 0, "actor =", int64(q.Person))
	narrow(q.Verb != "", "verb =", string(q.Verb))
	narrow(!q.Since.IsZero(), "at >=", ms(q.Since))
	narrow(!q.Until.IsZero(), "at <", ms(q.Until))
	narrow(q.Before != 0, "seq <", q.Before)
	order := " ORDER BY seq LIMIT $2"
	if q.Before != 0 {
		order = " ORDER BY seq DESC LIMIT $2"
	}
	return all(ctx, t, scanEntry, "SELECT "+journalColumns+" FROM journal WHERE "+strings.Join(where, " AND ")+order, args...)
}

// LastSeq returns the number of the newest entry, 0 for an empty journal.
func (t *tx) LastSeq(ctx context.Context) (int64, error) {
	return one(ctx, t, scanInt, "SELECT COALESCE(MAX(seq), 0) FROM journal")
}

// Append adds entries to the journal at the transaction's instant, in order.
func (t *tx) Append(ctx context.Context, e ...docket.Entry) error {
	if len(e) == 0 {
		return nil
	}
	first, err := t.next(ctx, "journal", len(e))
	if err != nil {
		return err
	}
	return t.insert(ctx, "journal", journalColumns, len(e), func(i int) []any {
		x := &e[i]
		return []any{first + int64(i), ms(t.now), opt(x.Actor), string(x.Verb), opt(x.Directive), opt(x.Matter), opt(x.Unit), opt(x.Person), x.Reason, optJSON(x.Before), optJSON(x.After), opt(x.For)}
	})
}
