package board

import (
	"slices"
	"sync"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// version is one immutable state of the board. Lamps and orders are worked out
// when first asked for and then kept with it.
type version struct {
	*columns

	lighting sync.Mutex // held while lamps are worked out, before mu

	mu     sync.Mutex
	lit    *litOn
	orders map[docket.LedgerSort]*order
}

// litOn is the lamps of one day.
type litOn struct {
	today measure.Today
	lamps []uint8
}

// lampsOf gives the lamps of a day, computed once for a version and day. Who
// still reads the day before does not wait meanwhile.
func (v *version) lampsOf(today measure.Today) []uint8 {
	if lit := v.litNow(); lit != nil && lit.today.Same(today) {
		return lit.lamps
	}
	v.lighting.Lock()
	defer v.lighting.Unlock()
	if lit := v.litNow(); lit != nil && lit.today.Same(today) {
		return lit.lamps
	}
	out := make([]uint8, len(v.id))
	for i := range out {
		out[i] = measure.Rank(today.Lamp(v.facts(i)))
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.lit = &litOn{today, out}
	delete(v.orders, docket.SortLamp)
	return out
}

func (v *version) litNow() *litOn {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.lit
}

// with gives the version that follows when the matters ids now are as rows say;
// those without a row are gone. Both ascend by id.
func (v *version) with(ids []docket.MatterID, rows []docket.MatterRow) *version {
	if len(ids) == len(rows) {
		if next := v.moved(rows); next != nil {
			return next
		}
	}
	c := &columns{}
	i, k := 0, 0
	for i < len(v.id) || k < len(rows) {
		switch {
		case k < len(rows) && (i == len(v.id) || rows[k].ID <= v.id[i]):
			if i < len(v.id) && rows[k].ID == v.id[i] {
				i++
			}
			c.add(&rows[k])
			k++
		default:
			if _, gone := slices.BinarySearch(ids, v.id[i]); !gone {
				c.copyRow(v.columns, i)
			}
			i++
		}
	}
	c.index()
	return &version{columns: c}
}

// moved gives the next version where nothing but moving facts changed, sharing
// all other columns; nil where more did.
func (v *version) moved(rows []docket.MatterRow) *version {
	at := make([]int, len(rows))
	for k := range rows {
		i, ok := slices.BinarySearch(v.id, rows[k].ID)
		if !ok || !v.sameShape(i, &rows[k]) {
			return nil
		}
		at[k] = i
	}
	c := *v.columns
	c.moving = v.moving.with(at, rows)
	next := &version{columns: &c, orders: map[docket.LedgerSort]*order{}}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.lit != nil {
		lamps := slices.Clone(v.lit.lamps)
		for _, i := range at {
			lamps[i] = measure.Rank(v.lit.today.Lamp(c.facts(i)))
		}
		next.lit = &litOn{v.lit.today, lamps}
	}
	for sort, o := range v.orders {
		if sort != docket.SortLamp || v.lit != nil && o.lit.Same(v.lit.today) {
			next.orders[sort] = o.patched(v, next, sort, at)
		}
	}
	return next
}
