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
	places := make([]place, len(v.id)) // side by side in memory: sorting them is twice as fast as sorting rows
	for i := range places {
		places[i] = v.place(sort, o, v.lamps, i)
		places[i].id = docket.MatterID(i) // rows ascend by id
	}
	slices.SortFunc(places, place.compare)
	for i := range places {
		o.rows[i] = uint32(places[i].id)
	}
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
		return dayKey(c.due(i))
	case docket.SortLead:
		return o.leadKey(c.lead[i])
	case docket.SortStatus:
		return uint64(c.status(i))
	case docket.SortSource:
		return uint64(uint32(c.directive[i]))<<32 | uint64(uint32(c.ord[i]))
	}
	return uint64(lamps[i])<<40 | dayKey(c.due(i)) // SortLamp: the most urgent of a colour first
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

// patched gives the order after the rows at changed: each is cut out of its old
// place and put in at its new one, found by halving; the rest is copied.
func (o *order) patched(old, next *version, sort docket.LedgerSort, at []int) *order {
	was := func(i uint32) place { return old.place(sort, o, old.lampsIf(sort), int(i)) }
	find := func(p place) int {
		n, _ := slices.BinarySearchFunc(o.rows, p, func(i uint32, p place) int { return was(i).compare(p) })
		return n
	}
	type edit struct {
		at  int // position in the old order
		put place
		row uint32
		cut bool // take the row at this position out, rather than put one in before it
	}
	edits := make([]edit, 0, 2*len(at))
	for _, i := range at {
		now := next.place(sort, o, next.lampsIf(sort), i)
		edits = append(edits, edit{at: find(was(uint32(i))), cut: true}, edit{at: find(now), put: now, row: uint32(i)})
	}
	slices.SortFunc(edits, func(a, b edit) int {
		if a.cut != b.cut && a.at == b.at { // what comes in stands before what goes out
			return cmp.Compare(asInt(a.cut), asInt(b.cut))
		}
		return cmp.Or(cmp.Compare(a.at, b.at), a.put.compare(b.put))
	})
	p := &order{lit: o.lit, tree: o.tree, rank: o.rank, rows: make([]uint32, 0, len(o.rows))}
	from := 0
	for _, e := range edits {
		p.rows = append(p.rows, o.rows[from:e.at]...)
		if from = e.at; e.cut {
			from++
		} else {
			p.rows = append(p.rows, e.row)
		}
	}
	p.rows = append(p.rows, o.rows[from:]...)
	return p
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// lampsIf gives the lamps an order by lamp was made from, nil for other orders.
func (v *version) lampsIf(sort docket.LedgerSort) []uint8 {
	if sort != docket.SortLamp {
		return nil
	}
	return v.lit.lamps
}
