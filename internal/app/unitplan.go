package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// unitPlan is what becomes of each row of a unit file, worked out before
// anything is written.
type unitPlan struct {
	place  *place
	rows   []plannedUnit
	order  []int // rows that are kept, parents first
	byCode map[string]int
	byName map[string][]int
	today  docket.Date
}

// plannedUnit is a row with its fate. A row is faulty when fault is set.
type plannedUnit struct {
	unitRow
	level  docket.Level
	above  int           // row of the parent, -1 when that is a unit already there or the top
	parent docket.UnitID // when above is -1
	id     docket.UnitID // unit already there, 0 for a new one; set for all once kept
	does   string
	fault  *docket.FieldError
}

func planUnits(pl *place, rows []unitRow) *unitPlan {
	p := &unitPlan{place: pl, today: pl.day, byCode: map[string]int{}, byName: map[string][]int{}}
	for _, r := range rows {
		p.rows = append(p.rows, plannedUnit{unitRow: r, above: -1})
	}
	for i := range p.rows {
		p.checkRow(i)
	}
	existing := newUnitIndex(pl)
	for i := range p.rows {
		if p.rows[i].fault == nil {
			p.findParent(i, existing)
		}
	}
	p.sort()
	for _, i := range p.order {
		p.findUnit(i, existing)
	}
	return p
}

func (p *unitPlan) fail(i int, field, key, message string, args ...string) {
	e := docket.Errorf(docket.Invalid, key, message, args...)
	p.rows[i].fault, p.rows[i].does = &docket.FieldError{Field: field, Key: key, Args: e.Args, Message: message}, "faulty"
}

func (p *unitPlan) checkRow(i int) {
	r := &p.rows[i]
	var ok bool
	r.level, ok = levelOfWord(r.levels)
	first, taken := p.byCode[r.code]
	switch {
	case r.name == "":
		p.fail(i, "name", "field.required", "a unit needs a name")
	case len([]rune(r.name)) > docket.MaxUnitName:
		p.fail(i, "name", "field.too_long", "at most 200 characters", "max", "200")
	case len([]rune(r.code)) > docket.MaxUnitCode:
		p.fail(i, "code", "field.too_long", "at most 64 characters", "max", "64")
	case !ok:
		p.fail(i, "level", "unit.level", r.levels+" is no level; use national, provincial, city, county, township or unit", "level", r.levels)
	case r.code != "" && taken:
		p.fail(i, "code", "unit.code_twice", "the code "+r.code+" stands in row "+strconv.Itoa(p.rows[first].line)+" too", "code", r.code, "row", strconv.Itoa(p.rows[first].line))
	}
	if r.code != "" && !taken {
		p.byCode[r.code] = i
	}
	p.byName[r.name] = append(p.byName[r.name], i)
}

// unitIndex finds units that are already there.
type unitIndex struct {
	code map[string]docket.UnitID
	name map[string][]docket.UnitID
}

func newUnitIndex(pl *place) unitIndex {
	x := unitIndex{map[string]docket.UnitID{}, map[string][]docket.UnitID{}}
	for i := range pl.units {
		u := &pl.units[i]
		if u.Code != "" {
			x.code[u.Code] = u.ID
		}
		if u.Stands(pl.day) {
			x.name[u.Name] = append(x.name[u.Name], u.ID)
		}
	}
	return x
}

// findParent looks the parent up: a code in the file, a code already known, a
// name in the file, a name already known.
func (p *unitPlan) findParent(i int, x unitIndex) {
	r := &p.rows[i]
	if r.unitRow.parent == "" {
		return
	}
	said := r.unitRow.parent
	names, known := p.byName[said], x.name[said]
	if k, ok := p.byCode[said]; ok {
		r.above = k
	} else if id, ok := x.code[said]; ok {
		r.parent = id
	} else if len(names) == 1 {
		r.above = names[0]
	} else if len(names) == 0 && len(known) == 1 {
		r.parent = known[0]
	} else if len(names)+len(known) > 1 {
		p.fail(i, "parent", "unit.parent_ambiguous", "several units are named "+said+"; give the code of the one meant", "parent", said)
	} else {
		p.fail(i, "parent", "unit.parent_unknown", "there is no unit with the code or name "+said, "parent", said)
	}
	if r.above < 0 && r.parent != 0 && r.fault == nil && !p.place.tree.Unit(r.parent).Stands(p.today) {
		p.fail(i, "parent", "unit.parent_gone", "the unit above does not exist or has ended")
	}
}

// sort puts parents before children. Rows in a circle, and rows below a faulty
// one, are faulty themselves; the circle is named from unit to unit.
func (p *unitPlan) sort() {
	const visiting, done = 1, 2
	state := make([]byte, len(p.rows))
	for start := range p.rows {
		var trail []int
		at := start
		for at >= 0 && state[at] == 0 {
			state[at] = visiting
			trail = append(trail, at)
			at = p.rows[at].above
		}
		if at >= 0 && state[at] == visiting {
			p.nameCircle(trail[slices.Index(trail, at):])
		}
		for _, i := range slices.Backward(trail) {
			state[i] = done
			if up := p.rows[i].above; p.rows[i].fault == nil && up >= 0 && p.rows[up].fault != nil {
				row := strconv.Itoa(p.rows[up].line)
				p.fail(i, "parent", "unit.parent_faulty", "the unit above stands in row "+row+", which is faulty", "row", row)
			}
			if p.rows[i].fault == nil {
				p.order = append(p.order, i)
			}
		}
	}
}

func (p *unitPlan) nameCircle(circle []int) {
	var names []string
	for _, i := range circle {
		names = append(names, p.rows[i].name)
	}
	chain := strings.Join(append(names, names[0]), " → ")
	if len(names) > 10 {
		chain = strings.Join(names[:10], " → ") + " → …"
	}
	for _, i := range circle {
		p.fail(i, "parent", "unit.circle_rows", "the units stand below each other in a circle: "+chain, "chain", chain)
	}
}

// findUnit ties a row to the unit it changes, by code or else by name and place.
func (p *unitPlan) findUnit(i int, x unitIndex) {
	r := &p.rows[i]
	parent := r.parent
	if r.above >= 0 {
		parent = p.rows[r.above].id
	}
	if id, ok := x.code[r.code]; ok && r.code != "" {
		r.id = id
	} else if parent != 0 || r.unitRow.parent == "" {
		for _, id := range x.name[r.name] {
			if u := p.place.tree.Unit(id); u.Parent == parent && (u.Code == "" || r.code == "") {
				r.id = id
			}
		}
	}
	r.does = "added"
	if r.id != 0 {
		u := p.place.tree.Unit(r.id)
		r.does = "unchanged"
		if u.Name != r.name || u.Parent != parent || u.Level != r.level || u.Code != r.code && r.code != "" || len(tidy(append(slices.Clone(u.Aliases), r.aliases...))) != len(u.Aliases) {
			r.does = "changed"
		}
		if parent != 0 && p.place.tree.Within(parent, r.id) {
			p.fail(i, "parent", "unit.circle", u.Name+" would stand below itself", "unit", u.Name)
		} else if !u.Stands(p.today) {
			p.fail(i, "code", "unit.has_ended", u.Name+" has ended", "unit", u.Name)
		}
	}
}

// apply writes the rows that are kept, parents first, and gives their entries.
func (p *unitPlan) apply(ctx context.Context, c *Change) ([]docket.Entry, error) {
	var entries []docket.Entry
	for n, i := range p.order {
		r := &p.rows[i]
		if r.fault != nil || r.does == "unchanged" {
			continue
		}
		parent := r.parent
		if r.above >= 0 {
			if parent = p.rows[r.above].id; parent == 0 {
				p.fail(i, "parent", "unit.parent_faulty", "the unit above was not kept", "row", strconv.Itoa(p.rows[r.above].line))
				continue
			}
		}
		u := docket.Unit{Name: r.name, Code: r.code, Parent: parent, Level: r.level, Aliases: r.aliases, Ord: n,
			Versions: []docket.UnitVersion{{Name: r.name, Parent: parent}}}
		verb, before := docket.VerbAdd, docket.Unit{}
		if r.id != 0 {
			verb, before = docket.VerbEdit, *p.place.tree.Unit(r.id)
			u = before
			u.Versions = slices.Clone(u.Versions)
			u.Level, u.Aliases = r.level, tidy(append(slices.Clone(u.Aliases), r.aliases...))
			if r.code != "" {
				u.Code = r.code
			}
			if u.Name != r.name || u.Parent != parent {
				if err := c.newVersion(&u, c.Today, r.name, parent); err != nil {
					return nil, err
				}
			}
		}
		if err := c.PutUnit(ctx, &u); err != nil {
			return nil, err
		}
		r.id = u.ID
		was, is := diff(before, u)
		entries = append(entries, docket.Entry{Verb: verb, Unit: u.ID, Before: was, After: is})
	}
	return entries, nil
}

func (p *unitPlan) report(dryRun bool) UnitImport {
	out := UnitImport{Errors: []RowError{}, Rows: []UnitImportRow{}, DryRun: dryRun}
	for i := range p.rows {
		r := &p.rows[i]
		switch r.does {
		case "added":
			out.Added++
		case "changed":
			out.Changed++
		case "unchanged":
			out.Unchanged++
		case "faulty":
			out.Errors = append(out.Errors, RowError{Row: r.line, FieldError: *r.fault})
		}
		if len(out.Rows) < shownUnitRows {
			out.Rows = append(out.Rows, UnitImportRow{Row: r.line, Code: r.code, Name: r.name, Parent: r.unitRow.parent, Does: r.does})
		}
	}
	return out
}
