package board

import (
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// columns are the matters by ascending id, a slice for each fact. Ids of units
// and directives are kept in 32 bits: they are counted from 1.
type columns struct {
	id        []docket.MatterID
	no        []string
	noKey     []uint64 // year and number, to sort by
	owner     []int32
	directive []int32
	clauseOrd []int32
	ord       []int32
	level     []uint8
	lead      []int32 // the first unit that answers, 0 when none does
	start     []uint32
	unit      []int32 // parts of row i stand at start[i]:start[i+1]
	role      []uint8

	moving

	byUnit      map[int32][]uint32 // rows in which the unit has a part, ascending
	byDirective map[int32][]uint32
	owners      []int32 // the different owners
}

// moving is what changes while a matter lives, in pages of perPage rows: a new
// version copies the pages of the rows that changed and shares the others.
type moving []*page

// perPage rows of 45 bytes are copied in about a microsecond.
const perPage = 256

// page is perPage rows, an array for each fact.
type page struct {
	status                          [perPage]uint8
	due, first, look, ack, reported [perPage]docket.Date
	course                          [perPage]measure.Course // nil where nothing is measured
}

// at gives the page of a row and its place there.
func (m moving) at(i int) (*page, int) { return m[i/perPage], i % perPage }

func (m moving) status(i int) uint8    { return m[i/perPage].status[i%perPage] }
func (m moving) due(i int) docket.Date { return m[i/perPage].due[i%perPage] }

// with gives the moving facts after the rows at changed.
func (m moving) with(at []int, rows []docket.MatterRow) moving {
	next := slices.Clone(m)
	for k, i := range at {
		if p := i / perPage; next[p] == m[p] { // not copied yet
			next[p] = new(*m[p])
		}
		next.set(i, &rows[k])
	}
	return next
}

func (m moving) set(i int, r *docket.MatterRow) {
	p, k := m.at(i)
	p.status[k], p.due[k], p.first[k], p.look[k], p.ack[k], p.reported[k] = codeOf(statuses, r.Status), r.Due, r.FirstDue, r.ReviewOn, r.AckDue, r.Reported
	p.course[k] = courseOf(r.Pace)
}

// courseOf reads a matter's paces; what cannot be read is shown as lacking figures.
func courseOf(pace docket.MeasurePace) measure.Course {
	c, _ := measure.ReadCourse(string(pace))
	return c
}

// The words of a column as small numbers: their position in these lists.
var (
	statuses = docket.Statuses()
	roles    = docket.PartyRoles()
	lamps    = docket.Lamps()
	levels   = []docket.Level{"", docket.National, docket.Provincial, docket.City, docket.County, docket.Township, docket.UnitLevel}
)

// codeOf gives the position of a word; words that are not in the list share the one past its end.
func codeOf[T comparable](list []T, word T) uint8 {
	if i := slices.Index(list, word); i >= 0 {
		return uint8(i)
	}
	return uint8(len(list))
}

// add appends a matter; rows come by ascending id.
func (c *columns) add(r *docket.MatterRow) {
	c.id, c.no, c.noKey = append(c.id, r.ID), append(c.no, r.No), append(c.noKey, noKey(r.No))
	c.owner, c.directive = append(c.owner, int32(r.Owner)), append(c.directive, int32(r.Directive))
	c.clauseOrd, c.ord = append(c.clauseOrd, int32(r.ClauseOrd)), append(c.ord, int32(r.Ord))
	c.level = append(c.level, codeOf(levels, r.Level))
	i := len(c.id) - 1
	if i%perPage == 0 {
		c.moving = append(c.moving, new(page))
	}
	c.set(i, r)
	if len(c.start) == 0 {
		c.start = append(c.start, 0)
	}
	lead := int32(0)
	for _, u := range r.Units {
		c.unit, c.role = append(c.unit, int32(u.Unit)), append(c.role, codeOf(roles, u.Role))
		if lead == 0 && (u.Role == docket.Lead || u.Role == docket.Several) {
			lead = int32(u.Unit)
		}
	}
	c.lead, c.start = append(c.lead, lead), append(c.start, uint32(len(c.unit)))
}

// copyRow appends row i of another set of columns.
func (c *columns) copyRow(from *columns, i int) {
	r := from.row(i)
	c.add(&r)
	p, k := c.at(len(c.id) - 1)
	was, j := from.at(i)
	p.course[k] = was.course[j]
}

// row gives a row back as it was read, but for the instant of assignment and the pace.
func (c *columns) row(i int) docket.MatterRow {
	p, k := c.at(i)
	r := docket.MatterRow{ID: c.id[i], No: c.no[i], Owner: docket.UnitID(c.owner[i]), Directive: docket.DirectiveID(c.directive[i]),
		ClauseOrd: int(c.clauseOrd[i]), Ord: int(c.ord[i]), Level: levels[c.level[i]], Status: statuses[p.status[k]],
		Due: p.due[k], FirstDue: p.first[k], ReviewOn: p.look[k], AckDue: p.ack[k], Reported: p.reported[k]}
	for k := c.start[i]; k < c.start[i+1]; k++ {
		r.Units = append(r.Units, docket.RoleUnit{Unit: docket.UnitID(c.unit[k]), Role: roles[c.role[k]]})
	}
	return r
}

// index builds what finds rows without scanning.
func (c *columns) index() {
	if len(c.start) == 0 {
		c.start = []uint32{0}
	}
	counts := map[int32]int{}
	for _, u := range c.unit {
		counts[u]++
	}
	c.byUnit = make(map[int32][]uint32, len(counts))
	for u, n := range counts {
		c.byUnit[u] = make([]uint32, 0, n)
	}
	c.byDirective = map[int32][]uint32{}
	owners := map[int32]bool{}
	for i := range c.id {
		row := uint32(i)
		for k := c.start[i]; k < c.start[i+1]; k++ {
			rows := c.byUnit[c.unit[k]]
			if len(rows) == 0 || rows[len(rows)-1] != row {
				c.byUnit[c.unit[k]] = append(rows, row)
			}
		}
		c.byDirective[c.directive[i]] = append(c.byDirective[c.directive[i]], row)
		owners[c.owner[i]] = true
	}
	for o := range owners {
		c.owners = append(c.owners, o)
	}
	slices.Sort(c.owners)
}

func (c *columns) facts(i int) measure.Facts {
	p, k := c.at(i)
	return measure.Facts{Status: statuses[p.status[k]], Due: p.due[k], ReviewOn: p.look[k], AckDue: p.ack[k], Reported: p.reported[k], Course: p.course[k]}
}

// sameShape reports whether a row may stay where it is and only its moving facts change.
func (c *columns) sameShape(i int, r *docket.MatterRow) bool {
	if c.no[i] != r.No || c.owner[i] != int32(r.Owner) || c.directive[i] != int32(r.Directive) || c.clauseOrd[i] != int32(r.ClauseOrd) ||
		c.ord[i] != int32(r.Ord) || levels[c.level[i]] != r.Level || int(c.start[i+1]-c.start[i]) != len(r.Units) {
		return false
	}
	for k, u := range r.Units {
		at := int(c.start[i]) + k
		if c.unit[at] != int32(u.Unit) || roles[c.role[at]] != u.Role {
			return false
		}
	}
	return true
}

// noKey makes "2026-0147" a number that sorts by year, then number; what has
// another form sorts first.
func noKey(no string) uint64 {
	year, n, ok := strings.Cut(no, "-")
	y, err1 := strconv.ParseUint(year, 10, 16)
	k, err2 := strconv.ParseUint(n, 10, 40)
	if !ok || err1 != nil || err2 != nil {
		return 0
	}
	return y<<40 | k
}
