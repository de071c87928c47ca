package board

import (
	"cmp"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// order is the rows in one order, ascending.
type order struct {
	rows []uint32
	lit  measure.Today    // SortLamp: whose lamps were sorted
	tree *docket.Tree     // SortLead: whose names were sorted
	rank map[int32]uint64 // SortLead: place of a unit among the names
}

// place is where a row stands in an order: by key, then by number, then by id.
type place struct {
	key, no uint64
	id      docket.MatterID
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.key, q.key), cmp.Compare(p.no, q.no), cmp.Compare(p.id, q.id))
}

// orderOf gives the rows in an order, sorted once for a version.
func (v View) orderOf(sort docket.LedgerSort, tree *docket.Tree) *order {
	v.mu.Lock()
	defer v.mu.Unlock()
	o := v.orders[sort]
	if o != nil && (sort != docket.SortLead || o.tree == tree) && (sort != docket.SortLamp || o.lit.Same(v.today)) {
		return o
	}
	o = &order{rows: make([]uint32, len(v.id)), lit: v.today}
	if sort == docket.SortLead {
		o.tree, o.rank = tree, v.rankNames(tree)
	}
	for i := range o.rows {
		o.rows[i] = uint32(i)
	}
	keys := make([]uint64, len(v.id))
	for i := range keys {
		keys[i] = v.key(sort, o, v.lamps, i)
	}
	slices.SortFunc(o.rows, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(v.noKey[a], v.noKey[b]), cmp.Compare(a, b))
	})
	if v.orders == nil {
		v.version.orders = map[docket.LedgerSort]*order{}
	}
	v.orders[sort] = o
	return o
}

// last sorts what has no day or no lead after everything that has.
const last = 1<<40 - 1

// key is the first thing a row is sorted by; rows without one come last.
func (c *columns) key(sort docket.LedgerSort, o *order, lamps []uint8, i int) uint64 {
	switch sort {
	case docket.SortNo:
		return c.noKey[i]
	case docket.SortDue:
		return dayKey(c.due[i])
	case docket.SortLead:
		return o.leadKey(c.lead[i])
	case docket.SortStatus:
		return uint64(c.status[i])
	case docket.SortSource:
		return uint64(uint32(c.directive[i]))<<32 | uint64(uint32(c.ord[i]))
	}
	return uint64(lamps[i])<<40 | dayKey(c.due[i]) // SortLamp: the most urgent of a colour first
}

func dayKey(d docket.Date) uint64 {
	if d == 0 {
		return last
	}
	return uint64(int64(d) + 1<<32) // days before 1970 too
}

func (o *order) leadKey(unit int32) uint64 {
	if r, ok := o.rank[unit]; ok {
		return r
	}
	return last
}

// rankNames numbers the leads in the order of their names.
func (c *columns) rankNames(tree *docket.Tree) map[int32]uint64 {
	names := map[int32]string{}
	for _, u := range c.lead {
		if _, ok := names[u]; !ok && u != 0 {
			names[u] = tree.Name(docket.UnitID(u))
		}
	}
	units := make([]int32, 0, len(names))
	for u := range names {
		units = append(units, u)
	}
	slices.SortFunc(units, func(a, b int32) int { return cmp.Or(strings.Compare(names[a], names[b]), cmp.Compare(a, b)) })
	rank := make(map[int32]uint64, len(units))
	for i, u := range units {
		rank[u] = uint64(i)
	}
	return rank
}

func (c *columns) place(sort docket.LedgerSort, o *order, lamps []uint8, i int) place {
	return place{c.key(sort, o, lamps, i), c.noKey[i], c.id[i]}
}

// patched gives the order after the rows at changed: they are taken out and
// merged in anew, which is linear where sorting again is not.
func (o *order) patched(next *version, sort docket.LedgerSort, at []int) *order {
	var lamps []uint8
	if next.lit != nil {
		lamps = next.lit.lamps
	}
	p := &order{lit: o.lit, tree: o.tree, rank: o.rank, rows: make([]uint32, 0, len(o.rows))}
	where := func(i uint32) place { return next.place(sort, p, lamps, int(i)) }
	moved := make([]uint32, 0, len(at))
	taken := make(map[uint32]bool, len(at))
	for _, i := range at {
		moved, taken[uint32(i)] = append(moved, uint32(i)), true
	}
	slices.SortFunc(moved, func(a, b uint32) int { return where(a).compare(where(b)) })
	for _, i := range o.rows {
		if taken[i] {
			continue
		}
		for len(moved) > 0 && where(moved[0]).compare(where(i)) < 0 {
			p.rows, moved = append(p.rows, moved[0]), moved[1:]
		}
		p.rows = append(p.rows, i)
	}
	p.rows = append(p.rows, moved...)
	return p
}
