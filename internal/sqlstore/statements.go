package sqlstore

import (
	"context"
	"database/sql"
	"sync"
)

// statements keeps the statements of one pool prepared, so that a short
// transaction does not spend a third of its time on parsing. A statement is
// prepared between transactions, never inside one: there the pool may have no
// connection left to prepare on.
type statements struct {
	pool *sql.DB
	mu   sync.Mutex
	kept map[string]*sql.Stmt // by common text; nil: ran once, prepared when it runs again
}

// maxStatements bounds what is kept: texts with many rows of values differ.
const maxStatements = 500

func newStatements(pool *sql.DB) *statements {
	return &statements{pool: pool, kept: map[string]*sql.Stmt{}}
}

// of returns the statement kept for a text, nil without one.
func (s *statements) of(text string) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[text]
}

// learn prepares those of the texts of an ended transaction that have run in an
// earlier one too. That one cannot be prepared is no fault: it runs as before.
func (s *statements) learn(ctx context.Context, store *Store, texts map[string]*sql.Stmt) {
	var due []string
	s.mu.Lock()
	for text := range texts {
		kept, again := s.kept[text]
		switch {
		case kept == nil && again:
			due = append(due, text)
		case !again && len(s.kept) < maxStatements:
			s.kept[text] = nil
		}
	}
	s.mu.Unlock()
	for _, text := range due {
		stmt, err := s.pool.PrepareContext(ctx, store.text(text))
		if err != nil {
			return
		}
		if !s.keep(text, stmt) {
			_ = stmt.Close() // another transaction was faster
		}
	}
}

// keep keeps a prepared statement unless another is kept for the text. What is not
// kept is closed by the caller, outside of the lock: closing waits for the statement's
// connection, which may stand behind a transaction that waits for this lock.
func (s *statements) keep(text string, stmt *sql.Stmt) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[text] != nil {
		return false
	}
	s.kept[text] = stmt
	return true
}
