package board

import (
	"math/rand/v2"
	"testing"

	docket "github.com/docket-os/docket"
)

// FuzzCursor: a page mark from outside is refused or leads to a page, never
// further than the rows there are.
func FuzzCursor(f *testing.F) {
	rng := rand.New(rand.NewPCG(1, 2))
	var rows []docket.MatterRow
	for id := docket.MatterID(1); id <= 30; id++ {
		rows = append(rows, randomRow(rng, id))
	}
	view, tree := viewOf(build(rows)), testTree(f)
	q := Query{Limit: 7, Tree: tree, Scope: docket.SystemScope()}
	for _, sort := range docket.LedgerSorts() {
		q.Sort = sort
		page, err := view.Ask(q)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(page.Next, string(sort), false)
	}
	f.Add("bGVhZCB0cnVlIDE4NDQ2NzQ0MDczNzA5NTUxNjE1IDAgLTE", "lead", true)
	f.Fuzz(func(t *testing.T, mark, sort string, desc bool) {
		ask := q
		ask.Cursor, ask.Sort, ask.Desc = mark, docket.LedgerSort(sort), desc
		page, err := view.Ask(ask)
		if err == nil && len(page.IDs) > 7 || err != nil && docket.CodeOf(err) != docket.Invalid {
			t.Errorf("%q: %v %v", mark, page.IDs, err)
		}
	})
}
