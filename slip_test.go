package docket

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestSlipsCarryEveryLineToEachUnitOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	unit := func() UnitID { return UnitID(1 + rng.IntN(4)) }
	for range 200 {
		var record []Item
		var sent []Slip
		carried := map[UnitID][]ItemID{}
		for at := 1; at <= 12; at++ {
			it := Item{ID: ItemID(at), Stocktake: 7, Leads: []UnitID{unit()}, Supports: []UnitID{unit(), unit()}}
			if rng.IntN(4) > 0 {
				it.Matter = MatterID(at)
			}
			if rng.IntN(6) == 0 {
				it.Struck = time.Unix(1, 0)
			}
			record = append(record, it)
			if rng.IntN(3) > 0 {
				continue
			}
			for _, s := range SlipsOwed(record, sent) { // they go out now and then
				carried[s.Unit] = append(carried[s.Unit], s.Items...)
				sent = append(sent, s)
			}
			if left := SlipsOwed(record, sent); len(left) > 0 {
				t.Fatalf("all went out, and there are still %+v", left)
			}
		}
		for _, s := range SlipsOwed(record, sent) {
			carried[s.Unit] = append(carried[s.Unit], s.Items...)
		}
		want := map[UnitID][]ItemID{}
		for i := range record {
			if it := &record[i]; it.Stands() && it.Matter != 0 {
				for _, u := range slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(it.Leads), it.Supports...)))) {
					want[u] = append(want[u], it.ID)
				}
			}
		}
		if !reflect.DeepEqual(carried, want) {
			t.Fatalf("carried %v, want %v", carried, want)
		}
	}
}
