package docket

import (
	"cmp"
	"slices"
	"sync"
)

// closeNames finds names spelled alike by the pairs of characters they share.
type closeNames struct {
	units   []UnitID
	lengths []int
	pairs   map[[2]rune][]int32 // pair -> positions in units, ascending, once each
	scratch sync.Pool           // *[]uint16: shared pairs per position, all zero between uses
}

func (c *closeNames) build(d *Directory, ids []UnitID) {
	c.pairs = map[[2]rune][]int32{}
	for _, id := range ids {
		if !d.tree.units[id].Stands(d.tree.on) {
			continue
		}
		at := int32(len(c.units))
		pairs := pairsOf(d.core(fold(d.tree.Name(id))))
		c.units, c.lengths = append(c.units, id), append(c.lengths, len(pairs))
		for _, p := range pairs {
			c.pairs[p] = append(c.pairs[p], at)
		}
	}
	c.scratch.New = func() any { s := make([]uint16, len(c.units)); return &s }
}

// core is the short form of what is left when the longest place is taken off.
func (d *Directory) core(folded string) string {
	rs := d.readings(folded)
	best := slices.MinFunc(rs, func(a, b reading) int { return cmp.Compare(len(a.core), len(b.core)) })
	return shorten(best.core)
}

// pairsOf gives the different pairs of neighbouring characters, ends included.
func pairsOf(s string) [][2]rune {
	prev, out := rune(0), make([][2]rune, 0, 12)
	for _, r := range s + "\x00" {
		if p := [2]rune{prev, r}; !slices.Contains(out, p) {
			out = append(out, p)
		}
		prev = r
	}
	return out
}

// minAlike is how much of two names' pairs must be shared (Dice's measure);
// samePlace is added for units of the place at hand, so that a bureau's own
// namesake comes before the neighbour's.
const (
	minAlike  = 0.5
	samePlace = 0.1
)

func (c *closeNames) find(d *Directory, folded string, near UnitID, same []nameKey) []UnitID {
	pairs := pairsOf(d.core(folded))
	shared := c.scratch.Get().(*[]uint16)
	defer c.scratch.Put(shared)
	var touched []int32
	for _, p := range pairs {
		for _, at := range c.pairs[p] {
			if (*shared)[at]++; (*shared)[at] == 1 {
				touched = append(touched, at)
			}
		}
	}
	type scored struct {
		unit  UnitID
		score float64
	}
	var found []scored
	for _, at := range touched {
		score := 2 * float64((*shared)[at]) / float64(len(pairs)+c.lengths[at])
		(*shared)[at] = 0
		if score < minAlike {
			continue
		}
		if d.place[c.units[at]] == d.place[near] {
			score += samePlace
		}
		found = append(found, scored{c.units[at], score})
	}
	for _, k := range same {
		if d.tree.units[k.unit].Stands(d.tree.on) && !slices.ContainsFunc(found, func(s scored) bool { return s.unit == k.unit }) {
			found = append(found, scored{k.unit, 1})
		}
	}
	slices.SortFunc(found, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.unit, b.unit)) })
	var out []UnitID
	for _, s := range found[:min(len(found), MaxSuggested)] {
		out = append(out, s.unit)
	}
	return out
}
