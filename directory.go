package docket

import (
	"slices"
	"strings"
)

// How says by what a written name was tied to a unit.
type How string

// The ways. Only exact, alias and code tie a name to its unit; former and close
// names are proposed to a person, never merged silently.
const (
	HowExact  How = "exact"  // the unit's name, its place said in full, by its level word or not at all
	HowAlias  How = "alias"  // another name of the unit, or an official short form
	HowCode   How = "code"   // the body's own code
	HowFormer How = "former" // a name it bore once, or a unit that has ended
	HowClose  How = "close"  // spelled alike
	HowNone   How = ""
)

// Match is what the directory says about a written name. Unit is 0 unless How
// is exact, alias or code.
type Match struct {
	Unit      UnitID
	How       How
	Suggested []UnitID // at most MaxSuggested, best first
}

// MaxSuggested is how many units are proposed for a name.
const MaxSuggested = 5

// Directory finds units by the names documents give them. It is built once from
// a tree and only read; it may be used by any number of goroutines.
type Directory struct {
	tree   *Tree
	codes  map[string]UnitID
	keys   map[string][]nameKey // short form without its place -> who bears it
	places map[string][]UnitID  // "云州市", "云州" -> places of that name
	place  map[UnitID]UnitID    // nearest place at or above a unit, 0 when there is none
	close  closeNames
}

// nameKey is one name of a unit under a key; written is its folded full form.
type nameKey struct {
	unit    UnitID
	written string
	how     How // exact, alias or former
}

// NewDirectory indexes every name the tree's units bear or bore.
func NewDirectory(t *Tree) *Directory {
	d := &Directory{
		tree: t, codes: map[string]UnitID{}, keys: make(map[string][]nameKey, 2*t.Len()),
		places: map[string][]UnitID{}, place: make(map[UnitID]UnitID, t.Len()),
	}
	ids := make([]UnitID, 0, t.Len())
	for id := range t.units {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		d.addPlace(id)
	}
	for _, id := range ids {
		d.place[id] = d.findPlace(id)
	}
	for _, id := range ids {
		d.addNames(t.units[id])
	}
	d.close.build(d, ids)
	return d
}

func (d *Directory) addPlace(id UnitID) {
	u := d.tree.units[id]
	name, ok := placeName(fold(d.tree.Name(id)))
	if !ok || !u.Stands(d.tree.on) {
		return
	}
	d.places[name] = append(d.places[name], id)
	if bare, _ := cutLevelSuffix(name); len([]rune(bare)) >= 2 {
		d.places[bare] = append(d.places[bare], id)
	}
}

// levelWords are the suffixes of places and, before a body's name, the words
// that stand for the place at hand (市财政局).
var levelWords = []string{"自治区", "省", "市", "新区", "区", "县", "自治州", "州", "旗", "盟", "街道", "镇", "乡"}

// placeName gives the name of the place when the whole name is that of a place
// or its government.
func placeName(folded string) (string, bool) {
	name := strings.TrimSuffix(strings.TrimSuffix(folded, "人民政府"), "政府")
	if _, ok := cutLevelSuffix(name); !ok || len([]rune(name)) < 2 {
		return "", false
	}
	return name, true
}

func cutLevelSuffix(name string) (string, bool) {
	for _, w := range levelWords {
		if bare, ok := strings.CutSuffix(name, w); ok && bare != "" {
			return bare, true
		}
	}
	return name, false
}

func (d *Directory) findPlace(id UnitID) UnitID {
	for at := id; at != 0; at = d.tree.parent[at] {
		if _, ok := placeName(fold(d.tree.Name(at))); ok {
			return at
		}
	}
	return 0
}

func (d *Directory) addNames(u *Unit) {
	if u.Code != "" && u.Stands(d.tree.on) {
		d.codes[fold(u.Code)] = u.ID
	}
	current := d.tree.Name(u.ID)
	how := HowExact
	if !u.Stands(d.tree.on) {
		how = HowFormer
	}
	d.addName(u.ID, current, how)
	for _, a := range u.Aliases {
		d.addName(u.ID, a, weaker(how, HowAlias))
	}
	for _, v := range u.Versions {
		if v.Name != current && v.From <= d.tree.on {
			d.addName(u.ID, v.Name, HowFormer)
		}
	}
	if name, ok := placeName(fold(current)); ok {
		d.add(u.ID, name, "政府", weaker(how, HowAlias))
		d.add(u.ID, name, name, how)
	}
}

// weaker: any name of a unit that has ended is a former name.
func weaker(unit, name How) How {
	if unit == HowFormer {
		return HowFormer
	}
	return name
}

func (d *Directory) addName(u UnitID, name string, how How) {
	written := fold(name)
	for _, r := range d.readings(written) {
		d.add(u, written, r.core, how)
	}
}

func (d *Directory) add(u UnitID, written, core string, how How) {
	key := shorten(core)
	k := nameKey{u, written, how}
	if key != "" && !slices.Contains(d.keys[key], k) {
		d.keys[key] = append(d.keys[key], k)
	}
}

// reading is one way to take a written name apart: a place, and what is left.
// With both places and word empty, the name says nothing of its place.
type reading struct {
	places []UnitID
	word   string // 市, 省: the place at hand of that level
	core   string
}

// readings takes a folded name apart in every way its beginning allows. Wrong
// ways do no harm: what is left must be a name the directory knows.
func (d *Directory) readings(folded string) []reading {
	out := []reading{{core: folded}}
	n := 0
	for i := range folded {
		if n++; n > 1 && n <= 16 {
			if ids := d.places[folded[:i]]; len(ids) > 0 && len([]rune(folded[i:])) > 1 {
				out = append(out, reading{places: ids, core: folded[i:]})
			}
		}
	}
	for _, w := range levelWords {
		if core, ok := strings.CutPrefix(folded, w); ok && len([]rune(core)) > 1 {
			out = append(out, reading{word: w, core: core})
		}
	}
	return out
}

// Match looks a written name up as the office of near would mean it: 市财政局 is
// that of near's own city. Groups (各有关部门) are never matched.
func (d *Directory) Match(name string, near UnitID) Match {
	if len(name) > 4*MaxUnitName {
		return Match{} // no unit can be called that
	}
	folded := fold(name)
	if folded == "" || IsGroupName(folded) {
		return Match{}
	}
	if u, ok := d.codes[folded]; ok {
		return Match{Unit: u, How: HowCode}
	}
	var rest []nameKey // borne formerly, or by units elsewhere
	readings := d.readings(folded)
	for _, r := range readings {
		best, others := d.fitting(r, near)
		if len(best) == 0 && len(readings) == 1 {
			best, others = others, nil // no place is said and none at hand has it: one elsewhere will do if it is the only one
		}
		if m, ok := d.settle(best, folded, r); ok {
			return m
		}
		rest = append(append(rest, best...), others...)
	}
	if m, ok := d.proposeFormer(rest); ok {
		return m
	}
	if m, ok := d.proposeReformed(readings, near); ok {
		return m
	}
	if s := d.close.find(d, folded, near, rest); len(s) > 0 {
		return Match{How: HowClose, Suggested: s}
	}
	return Match{}
}

// fitting splits who bears the name into those in the place that is meant and others.
func (d *Directory) fitting(r reading, near UnitID) (best, others []nameKey) {
	keys := d.keys[shorten(r.core)]
	if len(keys) == 0 {
		return nil, nil
	}
	means := d.meant(r, near)
	for _, k := range keys {
		if means(d.place[k.unit]) {
			best = append(best, k)
		} else {
			others = append(others, k)
		}
	}
	return best, others
}

// meant answers whether a unit of that place can be what the reading means.
func (d *Directory) meant(r reading, near UnitID) func(place UnitID) bool {
	at := d.place[near]
	switch {
	case r.places != nil:
		return func(p UnitID) bool { return slices.Contains(r.places, p) }
	case at == 0:
		return func(UnitID) bool { return true }
	case r.word != "":
		at = d.placeAbove(near, r.word)
		return func(p UnitID) bool { return at != 0 && p == at }
	}
	return func(p UnitID) bool { return p == at }
}

// placeAbove finds the nearest place at or above id whose name ends in word.
func (d *Directory) placeAbove(id UnitID, word string) UnitID {
	for at := d.place[id]; at != 0; at = d.place[d.tree.parent[at]] {
		if name, _ := placeName(fold(d.tree.Name(at))); strings.HasSuffix(name, word) {
			return at
		}
	}
	return 0
}

// settle decides for a unit when exactly one stands behind the name, the full
// name before aliases and short forms.
func (d *Directory) settle(keys []nameKey, folded string, r reading) (Match, bool) {
	for _, same := range []func(nameKey) bool{
		func(k nameKey) bool { return k.how == HowExact && k.written == folded },
		func(k nameKey) bool { return k.how == HowExact && strings.HasSuffix(k.written, r.core) },
		func(k nameKey) bool { return k.how != HowFormer && k.written == folded },
		func(k nameKey) bool { return k.how != HowFormer },
	} {
		if u, n := only(keys, same); n == 1 {
			how := HowAlias
			if i := slices.IndexFunc(keys, same); keys[i].how == HowExact && strings.HasSuffix(keys[i].written, r.core) {
				how = HowExact
			}
			return Match{Unit: u, How: how}, true
		} else if n > 1 {
			return Match{}, false
		}
	}
	return Match{}, false
}

// only counts the different units among the keys that hold; n is 0, 1 or 2 for "several".
func only(keys []nameKey, holds func(nameKey) bool) (u UnitID, n int) {
	for _, k := range keys {
		if holds(k) && k.unit != u {
			if u, n = k.unit, n+1; n > 1 {
				return 0, 2
			}
		}
	}
	return u, n
}

// proposeFormer proposes who bore the name once, or today's heirs of a unit that has ended.
func (d *Directory) proposeFormer(keys []nameKey) (Match, bool) {
	m := Match{How: HowFormer}
	for _, k := range keys {
		if k.how != HowFormer {
			continue
		}
		for _, heir := range d.tree.AsIs(k.unit) {
			if u := d.tree.Unit(heir); u != nil && u.Stands(d.tree.on) && !slices.Contains(m.Suggested, heir) && len(m.Suggested) < MaxSuggested {
				m.Suggested = append(m.Suggested, heir)
			}
		}
	}
	return m, len(m.Suggested) > 0
}

// IsGroupName reports whether a name means a group whose members a person must
// name: 各有关部门, 市直相关单位, all agencies.
func IsGroupName(name string) bool {
	for _, w := range []string{"各", "有关", "相关", "其他", "市直单位", "全市", "全省", "全区", "全县", "all ", "other ", "relevant ", "various "} {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	for _, w := range []string{"有关部门", "有关单位", "相关部门", "相关单位", "各部门", "各单位", "各地"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}
