package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/search"
)

// indexed is a text to be found by its words.
type indexed struct {
	id   int64
	text string
}

// index adds texts to a word index.
func (t *tx) index(ctx context.Context, table string, rows []indexed) error {
	return t.insert(ctx, table, "rowid, words", len(rows), func(i int) []any {
		return []any{rows[i].id, t.store.dialect.Words(search.Bigrams(rows[i].text))}
	})
}

// reindex replaces texts in a word index.
func (t *tx) reindex(ctx context.Context, table string, rows []indexed) error {
	for _, r := range rows {
		if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE rowid = $1", r.id); err != nil {
			return err
		}
	}
	return t.index(ctx, table, rows)
}

// Most hits and ids a search returns.
const (
	maxHits   = 500
	maxNumber = 128 // longer texts are no matter's or directive's number
)

// Search finds directives, clauses and matters in scope that hold all words of
// text. What bears exactly that number comes first, then the newest directive's
// hits, in the order of its text.
func (t *tx) Search(ctx context.Context, s docket.Scope, text string, limit int) ([]docket.Hit, error) {
	limit = max(0, min(limit, maxHits))
	text = strings.TrimSpace(text)
	var found []docket.Hit
	if text != "" && len(text) <= maxNumber {
		for _, kind := range hitKinds {
			if kind.number == "" {
				continue
			}
			hits, err := t.hits(ctx, s, kind, kind.number, text, limit)
			if err != nil {
				return nil, err
			}
			found = append(found, hits...)
		}
	}
	first := len(found)
	if terms := search.Terms(text); len(terms) > 0 {
		for _, kind := range hitKinds {
			hits, err := t.hits(ctx, s, kind, kind.words, t.store.dialect.Match(terms), limit)
			if err != nil {
				return nil, err
			}
			found = append(found, hits...)
		}
	}
	slices.SortStableFunc(found[first:], func(a, b docket.Hit) int {
		return cmp.Or(cmp.Compare(b.Directive, a.Directive), cmp.Compare(a.Ord, b.Ord))
	})
	found = unique(found)
	return found[:min(limit, len(found))], nil
}

// unique drops what was found before.
func unique(hits []docket.Hit) []docket.Hit {
	type thing struct {
		kind string
		id   int64
	}
	seen := map[thing]bool{}
	return slices.DeleteFunc(hits, func(h docket.Hit) bool {
		k := thing{h.Kind, max(int64(h.Matter), int64(h.Clause))}
		if h.Kind == "directive" {
			k.id = int64(h.Directive)
		}
		was := seen[k]
		seen[k] = true
		return was
	})
}

// hitKind says how one kind of thing is found, by a question $1 to its word
// index w and, for what bears one, by its number $1. CROSS JOIN has SQLite walk
// the index, newest first, and look up only what it finds.
type hitKind struct {
	name          string
	columns       string // directive, clause, ord, matter, label, text
	words, number string // from where, newest first; %s stands for the scope
	scope         func(*scopeSQL) string
}

var hitKinds = []hitKind{
	{"directive", "d.id, 0, -1, 0, d.number, d.title",
		"directive_words w CROSS JOIN directive d WHERE d.id = w.rowid AND {{match $1}}%sORDER BY w.rowid DESC",
		"directive d WHERE d.number <> '' AND d.number = $1%sORDER BY d.id DESC", (*scopeSQL).directive},
	{"clause", "c.directive, c.id, c.ord, 0, c.label, c.text",
		"clause_words w CROSS JOIN clause c CROSS JOIN directive d WHERE c.id = w.rowid AND d.id = c.directive AND {{match $1}}%sORDER BY w.rowid DESC",
		"", (*scopeSQL).directive},
	{"matter", "COALESCE(m.directive, 0), COALESCE(m.clause, 0), m.clause_ord, m.id, m.no, m.requirement",
		"matter_words w CROSS JOIN matter m WHERE m.id = w.rowid AND {{match $1}}%sORDER BY w.rowid DESC",
		"matter m WHERE m.no <> '' AND m.no = $1%sORDER BY m.id DESC", (*scopeSQL).matter},
}

// hits returns the newest things of a kind that are in scope.
func (t *tx) hits(ctx context.Context, s docket.Scope, kind hitKind, from string, arg any, limit int) ([]docket.Hit, error) {
	q := newScope(s, arg)
	text := "SELECT " + kind.columns + " FROM " + fmt.Sprintf(from, " AND "+kind.scope(q)+" ") + " LIMIT " + q.param(limit)
	return all(ctx, t, func(r scanner) (h docket.Hit, err error) {
		h.Kind = kind.name
		return h, r.Scan(&h.Directive, &h.Clause, &h.Ord, &h.Matter, &h.Label, &h.Text)
	}, text, q.args...)
}

// SearchMatters returns the ids of all matters, in no scope but ascending,
// whose requirement holds all words of text or whose number begins with it.
func (t *tx) SearchMatters(ctx context.Context, text string) ([]docket.MatterID, error) {
	text = strings.TrimSpace(text)
	found := []docket.MatterID{}
	if terms := search.Terms(text); len(terms) > 0 {
		var err error
		if found, err = all(ctx, t, scanID[docket.MatterID], "SELECT w.rowid FROM matter_words w WHERE {{match $1}} ORDER BY w.rowid", t.store.dialect.Match(terms)); err != nil {
			return nil, err
		}
	}
	if text != "" && len(text) <= maxNumber {
		byNo, err := all(ctx, t, scanID[docket.MatterID], "SELECT id FROM matter WHERE no <> '' AND no >= $1 AND no < $2", text, text+"\U0010FFFF")
		if err != nil {
			return nil, err
		}
		found = append(found, byNo...)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
