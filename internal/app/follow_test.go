package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// After random work a node that wrote, a node that followed the journal and a
// node that has just loaded everything from the store show the same ledger.
func TestBoardsThatFollowEqualOneLoadedAnew(t *testing.T) {
	for seed := range uint64(4) {
		w := newTown(t, openSQLite(t))
		follower := w.another()
		rng := rand.New(rand.NewPCG(seed, 1))
		for step := range 12 {
			w.randomWork(rng, step)
			if rng.IntN(3) == 0 {
				w.must(follower.CatchUp(t.Context()))
			}
			w.now = w.now.AddDate(0, 0, rng.IntN(20))
		}
		w.must(follower.CatchUp(t.Context()))
		fresh := w.another()
		for _, sort := range docket.LedgerSorts() {
			for _, actor := range []docket.Actor{w.office, w.fin} {
				ask := func(a *app.App) app.LedgerPage {
					page, err := a.Ledger(t.Context(), actor, app.LedgerRequest{Query: docket.LedgerQuery{Sort: sort}, Group: "unit", Limit: 500})
					w.must(err)
					return page
				}
				want := ask(fresh)
				if want.Total == 0 {
					t.Fatalf("seed %d: the random work left nothing to compare", seed)
				}
				for name, node := range map[string]*app.App{"writer": w.App, "follower": follower} {
					if diff := cmp.Diff(want, ask(node)); diff != "" {
						t.Fatalf("seed %d, by %s: the %s differs (-fresh +%s)\n%s", seed, sort, name, name, diff)
					}
				}
			}
		}
	}
}

// randomWork does one thing people do.
func (w *town) randomWork(rng *rand.Rand, step int) {
	w.t.Helper()
	ctx := w.t.Context()
	switch rng.IntN(3) {
	case 0:
		in, err := w.ImportText(ctx, w.office, fmt.Sprint("第", step, "份"), fmt.Sprintf("%d.修桥%d座。（市教育局牵头，市财政局配合，2026年%d月底前完成）\n%d.种树%d棵。（市财政局负责，2026年12月底前完成）", step+1, step+2, 3+rng.IntN(9), step+2, step+5))
		w.must(err)
		if rng.IntN(4) > 0 {
			_, err = w.Adopt(ctx, w.office, in.Directive, w.version(in.Directive))
			w.must(err)
		}
	default:
		who, unit := w.edu, w.unit["市教育局"]
		if rng.IntN(2) == 0 {
			who, unit = w.fin, w.unit["市财政局"]
		}
		desk, err := w.Desk(ctx, who)
		w.must(err)
		if n := len(desk.Owed); n > 0 && desk.Owed[rng.IntN(n)].Act == "acknowledge" {
			for _, row := range desk.Owed {
				if row.Act == "acknowledge" {
					_, err := w.Acknowledge(ctx, who, row.Matter, unit, row.Version)
					w.must(err)
					break
				}
			}
		}
	}
}
