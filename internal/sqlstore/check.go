package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
)

// Check verifies what the schema alone cannot promise and returns one sentence
// for each breach, at most a hundred of each kind; none means sound.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	var out []string
	err := s.View(ctx, func(r docket.Reader) error {
		out = nil
		t := r.(*tx)
		for _, check := range []func(context.Context) ([]string, error){t.checkEngine, t.checkIndexes, t.checkTree, t.checkJournal, t.checkDerived} {
			found, err := check(ctx)
			if err != nil {
				return fmt.Errorf("check the store: %w", err)
			}
			out = append(out, found[:min(len(found), maxBreaches)]...)
		}
		return nil
	})
	return out, err
}

const maxBreaches = 100

func (t *tx) checkEngine(ctx context.Context) ([]string, error) {
	return all(ctx, t, scanText, "{{faults}}")
}

// checkIndexes compares the indexes that stand with those the migrations make.
func (t *tx) checkIndexes(ctx context.Context) ([]string, error) {
	stand, err := all(ctx, t, scanText, "{{indexes}}")
	if err != nil {
		return nil, err
	}
	steps, err := readMigrations()
	if err != nil {
		return nil, err
	}
	var out []string
	gone := map[string]bool{}
	for _, step := range steps {
		for _, m := range dropIndex.FindAllStringSubmatch(step.text, -1) {
			gone[m[1]] = true
		}
	}
	for _, step := range steps {
		for _, m := range createIndex.FindAllStringSubmatch(step.text, -1) {
			if !gone[m[1]] && !slices.Contains(stand, m[1]) {
				out = append(out, "index "+m[1]+" is missing: lists that need it are slow")
			}
		}
	}
	return out, nil
}

// checkTree compares the closure table with the units' parents.
func (t *tx) checkTree(ctx context.Context) ([]string, error) {
	units, _, err := t.Units(ctx)
	if err != nil {
		return nil, err
	}
	type link struct{ below, above docket.UnitID }
	type row struct {
		link
		depth int
	}
	kept, err := all(ctx, t, func(r scanner) (x row, err error) { return x, r.Scan(&x.below, &x.above, &x.depth) },
		"SELECT below, above, depth FROM unit_closure ORDER BY below, depth")
	if err != nil {
		return nil, err
	}
	parent := make(map[docket.UnitID]docket.UnitID, len(units))
	for i := range units {
		parent[units[i].ID] = units[i].Parent
	}
	var out []string
	want := make(map[link]int, len(kept))
	for _, u := range units {
		depth := 0
		for at := u.ID; at != 0; at = parent[at] {
			if depth > len(units) {
				out = append(out, fmt.Sprintf("unit %d (%s) stands below itself", u.ID, u.Name))
				break
			}
			want[link{u.ID, at}] = depth
			depth++
		}
	}
	for _, k := range kept {
		if depth, ok := want[k.link]; !ok || depth != k.depth {
			out = append(out, fmt.Sprintf("the closure table has unit %d at %d above unit %d, its parents do not", k.above, k.depth, k.below))
		}
		delete(want, k.link)
	}
	for l, depth := range want {
		out = append(out, fmt.Sprintf("the closure table lacks unit %d at %d above unit %d", l.above, depth, l.below))
	}
	slices.Sort(out)
	return out, nil
}

// checkJournal proves that the numbers run from 1 without gaps.
func (t *tx) checkJournal(ctx context.Context) ([]string, error) {
	type count struct{ n, first, last, given int64 }
	c, err := one(ctx, t, func(r scanner) (c count, err error) { return c, r.Scan(&c.n, &c.first, &c.last, &c.given) },
		`SELECT COUNT(*), COALESCE(MIN(seq), 1), COALESCE(MAX(seq), 0),
		COALESCE((SELECT value FROM counter WHERE name = 'journal'), 0) FROM journal`)
	if err != nil || c.n == c.last && c.first == 1 && c.last == c.given {
		return nil, err
	}
	return []string{fmt.Sprintf("the journal holds %d entries numbered %d to %d where 1 to %d were written", c.n, c.first, c.last, c.given)}, nil
}

// checkDerived compares what is derived with what it is derived from, and
// finds what points nowhere.
func (t *tx) checkDerived(ctx context.Context) ([]string, error) {
	var out []string
	for _, c := range []struct{ breach, query string }{
		{"the board's line of matter %s differs from the matter", "SELECT m.id FROM matter m LEFT JOIN matter_row r ON r.matter = m.id WHERE r.line IS NULL OR r.line <> " + lineText},
		{"there is a board's line for matter %s, which does not exist", "SELECT r.matter FROM matter_row r WHERE r.matter NOT IN (SELECT id FROM matter)"},
		{"matter %s cannot be found by its words", "SELECT id FROM matter WHERE id NOT IN (SELECT rowid FROM matter_words)"},
		{"the words of matter %s remain, the matter does not exist", "SELECT rowid FROM matter_words WHERE rowid NOT IN (SELECT id FROM matter)"},
		{"clause %s cannot be found by its words", "SELECT id FROM clause WHERE kind <> 'furniture' AND id NOT IN (SELECT rowid FROM clause_words)"},
		{"the words of clause %s remain, the clause does not exist", "SELECT rowid FROM clause_words WHERE rowid NOT IN (SELECT id FROM clause)"},
		{"directive %s cannot be found by its words", "SELECT id FROM directive WHERE id NOT IN (SELECT rowid FROM directive_words)"},
		{"an assignment names matter %s, which does not exist", "SELECT DISTINCT matter FROM assignment WHERE matter NOT IN (SELECT id FROM matter)"},
		{"the assignments of matter %s name another directive than the matter", "SELECT DISTINCT m.id FROM matter m JOIN assignment a ON a.matter = m.id WHERE COALESCE(a.directive, 0) <> COALESCE(m.directive, 0)"},
		{"an obligation names matter %s, which does not exist", "SELECT DISTINCT matter FROM obligation WHERE matter NOT IN (SELECT id FROM matter)"},
		{"a report, request, verification or instruction names matter %s, which does not exist", `SELECT DISTINCT matter FROM (SELECT matter FROM report
			UNION SELECT matter FROM request UNION SELECT matter FROM verification UNION SELECT matter FROM instruction) x WHERE matter NOT IN (SELECT id FROM matter)`},
		{"clauses name directive %s, which does not exist", "SELECT DISTINCT directive FROM clause WHERE directive NOT IN (SELECT id FROM directive)"},
		{"matter %s stands under one directive and names a clause of another", "SELECT m.id FROM matter m JOIN clause c ON c.id = m.clause WHERE c.directive <> m.directive"},
		{"the draft %s already has a number", "SELECT id FROM matter WHERE status = 'draft' AND no <> ''"},
	} {
		ids, err := all(ctx, t, scanInt, c.query+" LIMIT "+strconv.Itoa(maxBreaches))
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			out = append(out, fmt.Sprintf(c.breach, strconv.FormatInt(id, 10)))
		}
	}
	return out, nil
}
