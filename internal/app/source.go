package app

import (
	"context"
	"sync"

	docket "github.com/docket-os/docket"
)

// source is what a ledger row shows of its directive. No scope is asked for: a
// registered matter in scope brings its directive into scope (docket.Scope).
type source struct {
	number, title string
	labels        []string // of its clauses, by position
}

func (s *source) label(ord int) string {
	if ord < 0 || ord >= len(s.labels) {
		return ""
	}
	return s.labels[ord]
}

// sources remembers directives, so that a page of the ledger reads each once
// and not once for every row. Edits of a directive make it forget.
type sources struct {
	mu   sync.Mutex
	gen  int
	kept map[docket.DirectiveID]*source
}

// maxSources bounds what is remembered.
const maxSources = 512

func newSources() *sources { return &sources{kept: map[docket.DirectiveID]*source{}} }

func (s *sources) of(ctx context.Context, r docket.Reader, id docket.DirectiveID) (*source, error) {
	s.mu.Lock()
	got, gen := s.kept[id], s.gen
	s.mu.Unlock()
	if got != nil {
		return got, nil
	}
	d, err := r.Directive(ctx, docket.SystemScope(), id)
	if err != nil {
		return nil, err
	}
	clauses, err := r.Clauses(ctx, docket.SystemScope(), id)
	if err != nil {
		return nil, err
	}
	got = &source{number: d.Number, title: d.Title, labels: make([]string, len(clauses))}
	for i := range clauses {
		got.labels[i] = clauses[i].Label
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= maxSources {
		clear(s.kept)
	}
	if s.gen == gen {
		s.kept[id] = got
	}
	return got, nil
}

func (s *sources) forget(ids ...docket.DirectiveID) {
	if len(ids) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gen++
	for _, id := range ids {
		delete(s.kept, id)
	}
}
