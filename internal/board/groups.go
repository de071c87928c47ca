package board

import (
	"cmp"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
)

// Group is the totals of the matters that share something: a unit, a directive,
// a status, a lamp. Key is an id as text, or the word.
type Group struct {
	Key   string
	Total int
	Lamps map[docket.Lamp]int
}

// groups counts the rows found by what the query groups by, the largest first.
// A matter counts once for each unit that answers for it (or has the asked part).
func (v View) groups(q *Query, found bits) []Group {
	if q.Group == "" {
		return nil
	}
	counts := map[int32]*[8]int{}
	count := func(key int32, i int) {
		n := counts[key]
		if n == nil {
			n = &[8]int{}
			counts[key] = n
		}
		n[v.lamps[i]]++
	}
	units := v.groupUnits(q)
	for i := range v.id {
		if !found.has(uint32(i)) {
			continue
		}
		switch q.Group {
		case "directive":
			count(v.directive[i], i)
		case "status":
			count(int32(v.status(i)), i)
		case "lamp":
			count(int32(v.lamps[i]), i)
		default:
			for _, u := range units(i) {
				count(u, i)
			}
		}
	}
	out := make([]Group, 0, len(counts))
	for key, n := range counts {
		g := Group{Key: groupKey(q.Group, key), Lamps: map[docket.Lamp]int{}}
		for l, k := range n[:len(lamps)] {
			if k > 0 {
				g.Lamps[lamps[l]], g.Total = k, g.Total+k
			}
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Key, b.Key)) })
	return out
}

func groupKey(by string, key int32) string {
	switch by {
	case "status":
		return string(statuses[key])
	case "lamp":
		return string(lamps[key])
	}
	return strconv.Itoa(int(key))
}

// groupUnits answers for which units a row counts, each once, as those that
// carry it on where the query says so. The answer holds until the next is asked.
func (v View) groupUnits(q *Query) func(i int) []int32 {
	var out []int32
	heirs := map[int32][]int32{}
	lead, several, asked := codeOf(roles, docket.Lead), codeOf(roles, docket.Several), codeOf(roles, q.Role)
	return func(i int) []int32 {
		out = out[:0]
		for k := v.start[i]; k < v.start[i+1]; k++ {
			role, u := v.role[k], v.unit[k]
			if q.Role != "" && role != asked || q.Role == "" && role != lead && role != several {
				continue
			}
			carried, ok := heirs[u]
			if !ok {
				carried = heirsOf(q, u)
				heirs[u] = carried
			}
			for _, h := range carried {
				if !slices.Contains(out, h) {
					out = append(out, h)
				}
			}
		}
		return out
	}
}

func heirsOf(q *Query, u int32) []int32 {
	if q.Heirs == nil {
		return []int32{u}
	}
	var out []int32
	for _, h := range q.Heirs(docket.UnitID(u)) {
		out = append(out, int32(h))
	}
	return out
}

// Mark is one matter in the margin of its clause.
type Mark struct {
	ID     docket.MatterID
	No     string
	Status docket.MatterStatus
}

// Margin is what stands beside one clause.
type Margin struct {
	Marks  []Mark      // in the reader's scope, in the order of the document
	Hidden int         // outside of it
	Lamp   docket.Lamp // the worst of Marks, "" when there is none
}

// Gutter gives the margins of a directive's clauses by their position.
func (v View) Gutter(id docket.DirectiveID, s docket.Scope) map[int]Margin {
	out := map[int]Margin{}
	rows := slices.Clone(v.byDirective[int32(id)])
	slices.SortFunc(rows, func(a, b uint32) int { return cmp.Or(cmp.Compare(v.ord[a], v.ord[b]), cmp.Compare(a, b)) })
	worst := map[int]uint8{}
	for _, i := range rows {
		at := int(v.clauseOrd[i])
		m := out[at]
		if !v.inScope(s, int(i)) {
			m.Hidden++
			out[at] = m
			continue
		}
		if w, ok := worst[at]; !ok || v.lamps[i] < w {
			worst[at], m.Lamp = v.lamps[i], lamps[v.lamps[i]]
		}
		m.Marks = append(m.Marks, Mark{v.id[i], v.no[i], statuses[v.status(int(i))]})
		out[at] = m
	}
	return out
}

func (v View) inScope(s docket.Scope, i int) bool {
	return s.InScope(docket.UnitID(v.owner[i]), statuses[v.status(i)], func(yield func(docket.UnitID) bool) {
		for k := v.start[i]; k < v.start[i+1]; k++ {
			if !yield(docket.UnitID(v.unit[k])) {
				return
			}
		}
	})
}
