package app

import (
	"context"
	"sync"

	docket "github.com/docket-os/docket"
)

// titles remembers the titles of directives, so that a grouped ledger reads each
// once. No scope is asked for: a registered matter in scope brings its directive
// into scope (docket.Scope). Edits of a directive make it forget.
type titles struct {
	mu   sync.Mutex
	gen  int
	kept map[docket.DirectiveID]string
}

// maxTitles bounds what is remembered.
const maxTitles = 4096

func newTitles() *titles { return &titles{kept: map[docket.DirectiveID]string{}} }

func (s *titles) of(ctx context.Context, r docket.Reader, id docket.DirectiveID) (string, error) {
	s.mu.Lock()
	got, ok := s.kept[id]
	gen := s.gen
	s.mu.Unlock()
	if ok {
		return got, nil
	}
	d, err := r.Directive(ctx, docket.SystemScope(), id)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= maxTitles {
		clear(s.kept)
	}
	if s.gen == gen {
		s.kept[id] = d.Title
	}
	return d.Title, nil
}

func (s *titles) forget(ids ...docket.DirectiveID) {
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
