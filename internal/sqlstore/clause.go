package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

const clauseColumns = "id, directive, ord, parent, kind, part, label, path, text, page, line, struck"

func scanClause(r scanner) (c docket.Clause, err error) {
	return c, r.Scan(&c.ID, &c.Directive, &c.Ord, &c.Parent, &c.Kind, &c.Part, &c.Label, &c.Path, &c.Text, &c.Page, &c.Line, jsonValue{&c.Struck})
}

// Clauses returns the text of a directive in scope, in order.
func (t *tx) Clauses(ctx context.Context, s docket.Scope, id docket.DirectiveID) ([]docket.Clause, error) {
	if _, err := t.Directive(ctx, s, id); err != nil {
		return nil, err
	}
	return all(ctx, t, scanClause, "SELECT "+clauseColumns+" FROM clause WHERE directive = $1 ORDER BY ord", id)
}

// CountClauses counts them.
func (t *tx) CountClauses(ctx context.Context, id docket.DirectiveID) (int, error) {
	n, err := one(ctx, t, scanInt, "SELECT COUNT(*) FROM clause WHERE directive = $1", id)
	return int(n), err
}

// InsertClauses keeps a directive's text, with its words for the search except
// those of page furniture.
func (t *tx) InsertClauses(ctx context.Context, c []docket.Clause) error {
	if len(c) == 0 {
		return nil
	}
	first, err := t.next(ctx, "clause", len(c))
	if err != nil {
		return err
	}
	if err := t.insert(ctx, "clause", clauseColumns, len(c), func(i int) []any {
		x := &c[i]
		return []any{first + int64(i), x.Directive, x.Ord, x.Parent, string(x.Kind), string(x.Part), x.Label, x.Path, x.Text, x.Page, x.Line, asJSON(x.Struck)}
	}); err != nil {
		return err
	}
	var words []indexed
	for i := range c {
		c[i].ID = docket.ClauseID(first + int64(i))
		if c[i].Kind != docket.KindFurniture {
			words = append(words, indexed{int64(c[i].ID), c[i].Text})
		}
	}
	return t.index(ctx, "clause_words", words)
}
