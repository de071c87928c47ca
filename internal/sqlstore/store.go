// Package sqlstore keeps a docket in a SQL database: all SQL text and scanning,
// one file per noun, one text for every engine. What differs between engines is
// a Dialect; opening a database is the engine packages' part.
//
// Writers run one at a time on both engines: SQLite has one writing connection,
// PostgreSQL writers lock the table "writer" before their snapshot is taken.
// So no update fails for a concurrent one, ids and journal numbers come from a
// table of counters without gaps, and a reader that follows the journal by
// number misses nothing.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

// Store is a docket.Store over a pool for reading and one for writing.
type Store struct {
	read, write *sql.DB
	dialect     Dialect
	texts       sync.Map // common SQL text → the engine's
	reads       *statements
	writes      *statements
}

var _ docket.Store = (*Store)(nil)

// New migrates the database behind write to the newest schema and returns the
// store over it. The two pools may be one. A schema newer than this program is
// refused with docket.Conflict.
func New(ctx context.Context, read, write *sql.DB, d Dialect) (*Store, error) {
	s := &Store{read: read, write: write, dialect: d, reads: newStatements(read), writes: newStatements(write)}
	if err := s.migrate(ctx); err != nil {
		return nil, fmt.Errorf("migrate the database: %w", s.explain(err))
	}
	return s, nil
}

// View runs fn on one consistent state, without blocking writers.
func (s *Store) View(ctx context.Context, fn func(docket.Reader) error) error {
	return s.retry(ctx, func() error {
		t, err := s.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err != nil {
			return err
		}
		defer t.Rollback()
		r := &tx{store: s, sql: t, kept: s.reads}
		if err := fn(r); err != nil {
			return err
		}
		_ = t.Rollback() // nothing was written; the connection is free again
		s.reads.learn(ctx, s, r.asked)
		return nil
	})
}

// Update runs fn in one transaction at the instant now, cut to the millisecond
// the store keeps. When it returns nil, everything fn wrote is durable.
func (s *Store) Update(ctx context.Context, now time.Time, fn func(docket.Writer) error) error {
	return s.retry(ctx, func() error {
		t, err := s.write.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
		if err != nil {
			return err
		}
		defer t.Rollback()
		w := &tx{store: s, sql: t, kept: s.writes, now: now.UTC().Truncate(time.Millisecond)}
		if lock := s.dialect.rewrite("{{lock}}"); lock != "" {
			if _, err := t.ExecContext(ctx, lock); err != nil {
				return err
			}
		}
		if err := w.keepTime(ctx); err != nil {
			return err
		}
		if err := fn(w); err != nil {
			return err
		}
		if err := w.refreshRows(ctx); err != nil {
			return err
		}
		if err := t.Commit(); err != nil {
			return err
		}
		s.writes.learn(ctx, s, w.asked)
		return nil
	})
}

// drift is how far a clock may stand before the newest entry: clocks of several
// nodes differ, and clocks are set right by a little.
const drift = time.Minute

// keepTime keeps the journal in the order of time. A clock that stands a little
// back waits at the newest entry's instant; one that was set back further would
// put dues and receipts in the wrong order, so nothing is written by it.
func (t *tx) keepTime(ctx context.Context) error {
	last, err := maybe(ctx, t, scanInt, "SELECT at FROM journal ORDER BY seq DESC LIMIT 1")
	newest := time.UnixMilli(last).UTC()
	switch {
	case err != nil || last == 0 || !t.now.Before(newest):
		return err
	case newest.Sub(t.now) > drift:
		return docket.Errorf(docket.Unavailable, "store.clock", "the clock of this machine stands at "+t.now.Format(time.DateTime)+" UTC, before the newest entry of "+
			newest.Format(time.DateTime)+"; set the clock right, nothing was changed", "now", t.now.Format(time.DateTime), "newest", newest.Format(time.DateTime))
	}
	t.now = newest
	return nil
}

// Tries and the longest first pause of a transaction that could not be serialized.
const (
	maxTries = 10
	pause    = 5 * time.Millisecond
)

// retry runs once again while the engine asks for it, waiting a little longer
// each time.
func (s *Store) retry(ctx context.Context, once func() error) error {
	for try := 1; ; try++ {
		err := s.explain(once())
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), err) // an interrupted statement does not say why it was
		}
		if errors.Is(err, ErrTaken) && !isOwn(err) {
			return &docket.Error{Code: docket.Conflict, Key: "store.taken", Message: "a value that must be unique is already in use", Err: err}
		}
		if !errors.Is(err, ErrRetry) {
			return err
		}
		if try == maxTries {
			return &docket.Error{Code: docket.Conflict, Key: "store.busy",
				Message: "too many changes were made at the same moment; try again", Err: err}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rand.N(pause << try)):
		}
	}
}

// isOwn reports whether err already is a sentence of ours.
func isOwn(err error) bool {
	var e *docket.Error
	return errors.As(err, &e)
}

// explain passes through what is already a sentence for people.
func (s *Store) explain(err error) error {
	if err == nil || isOwn(err) || errors.Is(err, ErrRetry) {
		return err
	}
	return s.dialect.Explain(err)
}

// text returns the engine's own form of a common SQL text.
func (s *Store) text(common string) string {
	if own, ok := s.texts.Load(common); ok {
		return own.(string)
	}
	own := s.dialect.rewrite(common)
	s.texts.Store(common, own)
	return own
}

// Close ends both pools.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}
