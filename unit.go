package docket

import (
	"cmp"
	"slices"
	"strings"
)

// Unit is a body that can be made responsible: a bureau, a district, an office.
// Its id never changes; names and places in the tree do, and Versions keeps
// what held when. Name and Parent are those of the newest version.
type Unit struct {
	ID       UnitID        `json:"id"`
	Code     string        `json:"code"` // the body's own code; unique, may be empty
	Name     string        `json:"name"`
	Parent   UnitID        `json:"parent"` // 0 at the top
	Level    Level         `json:"level"`
	Ord      int           `json:"ord"` // order among its siblings
	Aliases  []string      `json:"aliases"`
	Versions []UnitVersion `json:"versions"` // oldest first, without gaps
	From     Date          `json:"from"`     // founded; zero = before anyone asked
	To       Date          `json:"to"`       // last day it exists; zero = stands
	Version  int64         `json:"version"`  // for If-Match
}

// UnitVersion is a name and a place in the tree that held from a day on.
type UnitVersion struct {
	From   Date   `json:"from"`
	Name   string `json:"name"`
	Parent UnitID `json:"parent"`
}

// Succession says that, from a day on, To carries what From carried: a merger
// (several From, one To) or a split (one From, several To).
type Succession struct {
	From UnitID `json:"from"`
	To   UnitID `json:"to"`
	On   Date   `json:"on"`
	Kind string `json:"kind"` // merge, split
}

// Limits of a unit's fields, in characters.
const (
	MaxUnitName = 200
	MaxUnitCode = 64
)

// Validate reports every fault of the unit's own fields.
func (u *Unit) Validate() error {
	var f []FieldError
	if strings.TrimSpace(u.Name) == "" {
		f = append(f, FieldError{Field: "name", Key: "field.required", Message: "a unit needs a name"})
	}
	if len([]rune(u.Name)) > MaxUnitName {
		f = append(f, FieldError{Field: "name", Key: "field.too_long", Args: map[string]string{"max": "200"}, Message: "at most 200 characters"})
	}
	if len([]rune(u.Code)) > MaxUnitCode {
		f = append(f, FieldError{Field: "code", Key: "field.too_long", Args: map[string]string{"max": "64"}, Message: "at most 64 characters"})
	}
	if !u.To.IsZero() && !u.From.IsZero() && u.To < u.From {
		f = append(f, FieldError{Field: "to", Key: "unit.ends_before_start", Message: "the unit would end before it begins"})
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "unit.invalid", Message: "the unit cannot be kept as it is", Fields: f}
	}
	return nil
}

// At returns the version that held on day d (the first one for earlier days).
func (u *Unit) At(d Date) UnitVersion {
	held := UnitVersion{Name: u.Name, Parent: u.Parent}
	for i, v := range u.Versions {
		if i == 0 || v.From <= d {
			held = v
		}
	}
	return held
}

// Stands reports whether the unit exists on day d.
func (u *Unit) Stands(d Date) bool {
	return (u.From.IsZero() || u.From <= d) && (u.To.IsZero() || d <= u.To)
}

// Tree is the units as they stood on one day. It is built once and only read.
type Tree struct {
	on       Date
	units    map[UnitID]*Unit
	parent   map[UnitID]UnitID
	children map[UnitID][]UnitID
	next     map[UnitID][]UnitID // successions
	before   map[UnitID][]UnitID // the same, backwards
}

// NewTree builds the tree of day on. It fails, naming a unit, when the parents
// run in a circle or name a unit that is not there.
func NewTree(units []Unit, successions []Succession, on Date) (*Tree, error) {
	t := &Tree{
		on: on, units: make(map[UnitID]*Unit, len(units)), parent: make(map[UnitID]UnitID, len(units)),
		children: make(map[UnitID][]UnitID, len(units)), next: map[UnitID][]UnitID{},
		before: map[UnitID][]UnitID{},
	}
	for i := range units {
		t.units[units[i].ID] = &units[i]
	}
	for i := range units {
		u := &units[i]
		p := u.At(on).Parent
		if p != 0 && t.units[p] == nil {
			return nil, Errorf(Invalid, "unit.no_parent", "unit "+u.Name+" names a parent that does not exist", "unit", u.Name)
		}
		t.parent[u.ID] = p
		if u.Stands(on) {
			t.children[p] = append(t.children[p], u.ID)
		}
	}
	for _, kids := range t.children {
		slices.SortFunc(kids, func(a, b UnitID) int {
			return cmp.Or(cmp.Compare(t.units[a].Ord, t.units[b].Ord), cmp.Compare(a, b))
		})
	}
	for _, s := range successions {
		if s.On <= on {
			t.next[s.From] = append(t.next[s.From], s.To)
			t.before[s.To] = append(t.before[s.To], s.From)
		}
	}
	return t, t.checkCircles()
}

// checkCircles follows every unit to the top, marking what was seen to be sound.
func (t *Tree) checkCircles() error {
	sound := make(map[UnitID]bool, len(t.units))
	for id := range t.units {
		trail := map[UnitID]bool{}
		for at := id; at != 0 && !sound[at]; at = t.parent[at] {
			if trail[at] {
				return Errorf(Invalid, "unit.circle", "unit "+t.units[at].Name+" would stand below itself", "unit", t.units[at].Name)
			}
			trail[at] = true
		}
		for at := range trail {
			sound[at] = true
		}
	}
	return nil
}

// On returns the day the tree shows.
func (t *Tree) On() Date { return t.on }

// Len returns how many units the tree knows, those that ended included.
func (t *Tree) Len() int { return len(t.units) }

// Unit returns the unit with that id, nil when there is none.
func (t *Tree) Unit(id UnitID) *Unit { return t.units[id] }

// Name returns the name the unit bore on the tree's day, "" for an unknown id.
func (t *Tree) Name(id UnitID) string {
	if u := t.units[id]; u != nil {
		return u.At(t.on).Name
	}
	return ""
}

// Children returns the standing units directly below id (0: the top), in order.
func (t *Tree) Children(id UnitID) []UnitID { return t.children[id] }

// Within reports whether id is top or below it.
func (t *Tree) Within(id, top UnitID) bool {
	for at := id; at != 0; at = t.parent[at] {
		if at == top {
			return true
		}
	}
	return false
}

// Below returns the set of all roots and everything below them, ended units included.
func (t *Tree) Below(roots ...UnitID) UnitSet {
	set := UnitSet{units: make(map[UnitID]struct{})}
	if len(roots) == 0 {
		return set
	}
	for id := range t.units {
		for at := id; at != 0; at = t.parent[at] {
			if slices.Contains(roots, at) {
				set.units[id] = struct{}{}
				break
			}
		}
	}
	return set
}

// Above returns ids and every unit above them.
func (t *Tree) Above(ids ...UnitID) []UnitID {
	var out []UnitID
	for _, id := range ids {
		for at := id; at != 0; at = t.parent[at] {
			out = append(out, at)
		}
	}
	return out
}

// AsIs returns the units that today carry what id carried, following mergers
// and splits to their end; id itself when nothing succeeded it.
func (t *Tree) AsIs(id UnitID) []UnitID {
	var out []UnitID
	seen := map[UnitID]bool{}
	var walk func(UnitID)
	walk = func(at UnitID) {
		if seen[at] {
			return
		}
		seen[at] = true
		if len(t.next[at]) == 0 {
			out = append(out, at)
			return
		}
		for _, n := range t.next[at] {
			walk(n)
		}
	}
	walk(id)
	return out
}

// Carried returns ids and every unit whose work they carry on, by mergers and
// splits however long ago: who takes a body over answers for what it owed.
func (t *Tree) Carried(ids ...UnitID) []UnitID {
	out := slices.Clone(ids)
	for i := 0; i < len(out); i++ {
		for _, b := range t.before[out[i]] {
			if !slices.Contains(out, b) {
				out = append(out, b)
			}
		}
	}
	return out
}

// UnitSet is a set of units; the zero value is empty.
type UnitSet struct {
	all   bool
	units map[UnitID]struct{}
}

// unitSet is the set of exactly these units.
func unitSet(ids []UnitID) UnitSet {
	s := UnitSet{units: make(map[UnitID]struct{}, len(ids))}
	for _, id := range ids {
		s.units[id] = struct{}{}
	}
	return s
}

// AllUnits is the set that holds every unit.
func AllUnits() UnitSet { return UnitSet{all: true} }

// Has reports whether id is in the set.
func (s UnitSet) Has(id UnitID) bool {
	if s.all {
		return true
	}
	_, ok := s.units[id]
	return ok
}

// All reports whether the set holds every unit.
func (s UnitSet) All() bool { return s.all }

// Empty reports whether the set holds nothing.
func (s UnitSet) Empty() bool { return !s.all && len(s.units) == 0 }

// List returns the members in ascending order; nil when the set holds every unit.
func (s UnitSet) List() []UnitID {
	if s.all {
		return nil
	}
	out := make([]UnitID, 0, len(s.units))
	for id := range s.units {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}
