package board

import (
	"slices"

	docket "github.com/docket-os/docket"
)

// bits is a set of rows.
type bits []uint64

func newBits(n int) bits         { return make(bits, (n+63)/64) }
func (b bits) add(i uint32)      { b[i>>6] |= 1 << (i & 63) }
func (b bits) has(i uint32) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bits) addAll(i []uint32) {
	for _, x := range i {
		b.add(x)
	}
}

// and keeps what both hold; a nil set holds everything.
func (b bits) and(c bits) bits {
	if b == nil {
		return c
	}
	if c != nil {
		for i := range b {
			b[i] &= c[i]
		}
	}
	return b
}

// hits is what a query found.
type hits struct {
	rows     bits
	total    int
	lamps    [8]int
	statuses [16]int
}

// match finds the rows of a query: sets for what has an index, then one pass
// over the columns that are left.
func (v View) match(q *Query) hits {
	h := hits{rows: newBits(len(v.id))}
	within := v.visible(q.Scope).and(v.ofUnits(q)).and(v.found(q))
	status, lamp := mask(statuses, q.Status), mask(lamps, q.Lamp)
	level := codeOf(levels, q.Level)
	from, to := q.DueFrom, q.DueTo
	dated := from != 0 || to != 0
	if to == 0 {
		to = 1<<31 - 1
	}
	judge := func(i uint32) {
		if within != nil && !within.has(i) || q.Level != "" && v.level[i] != level ||
			dated && (v.due(int(i)) == 0 || v.due(int(i)) < from || v.due(int(i)) > to) {
			return
		}
		okStatus, okLamp := status&(1<<v.status(int(i))) != 0, lamp&(1<<v.lamps[i]) != 0
		if okStatus {
			h.lamps[v.lamps[i]]++
		}
		if okLamp {
			h.statuses[v.status(int(i))]++
		}
		if okStatus && okLamp {
			h.rows.add(i)
			h.total++
		}
	}
	if q.Directive != 0 {
		for _, i := range v.byDirective[int32(q.Directive)] {
			judge(i)
		}
		return h
	}
	for i := range v.id {
		judge(uint32(i))
	}
	return h
}

// mask is the set of chosen words as bits; none chosen means all.
func mask[T comparable](list, chosen []T) uint32 {
	if len(chosen) == 0 {
		return 1<<32 - 1
	}
	m := uint32(0)
	for _, c := range chosen {
		m |= 1 << codeOf(list, c)
	}
	return m
}

// visible is the rows in scope, nil when all are. It is docket.Scope.InScope for
// registered matters: their owner, or a unit with a part, may be read.
func (v View) visible(s docket.Scope) bits {
	allowed := map[int32]bool{}
	for _, o := range v.owners {
		if s.Office.Has(docket.UnitID(o)) || s.Read.Has(docket.UnitID(o)) {
			allowed[o] = true
		}
	}
	if len(allowed) == len(v.owners) {
		return nil
	}
	b := newBits(len(v.id))
	if len(allowed) > 0 {
		for i, o := range v.owner {
			if allowed[o] {
				b.add(uint32(i))
			}
		}
	}
	for u, rows := range v.byUnit {
		if s.Read.Has(docket.UnitID(u)) {
			b.addAll(rows)
		}
	}
	return b
}

// ofUnits is the rows in which the asked units have the asked part, nil when
// neither is asked.
func (v View) ofUnits(q *Query) bits {
	role := codeOf(roles, q.Role)
	if q.Unit == 0 {
		if q.Role == "" {
			return nil
		}
		b := newBits(len(v.id))
		for i := range v.id {
			if slices.Contains(v.role[v.start[i]:v.start[i+1]], role) {
				b.add(uint32(i))
			}
		}
		return b
	}
	b := newBits(len(v.id))
	for _, u := range q.Units {
		rows := v.byUnit[int32(u)]
		if q.Role == "" {
			b.addAll(rows)
			continue
		}
		for _, i := range rows {
			for k := v.start[i]; k < v.start[i+1]; k++ {
				if v.unit[k] == int32(u) && v.role[k] == role {
					b.add(i)
				}
			}
		}
	}
	return b
}

// found is the rows whose words hold the asked text, nil when none is asked.
func (v View) found(q *Query) bits {
	if q.Text == "" {
		return nil
	}
	b := newBits(len(v.id))
	at := 0
	for _, id := range q.Found {
		i, ok := slices.BinarySearch(v.id[at:], id)
		if at += i; ok {
			b.add(uint32(at))
		}
	}
	return b
}
