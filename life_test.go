package docket_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"pgregory.net/rapid"
)

// Every sequence of acts by anybody keeps the law: no status without a row that
// leads there, the first due never lost, nobody verifies in the own line, what
// is stored as owed is what stands, and the journal tells the same life.
func TestRandomLivesKeepTheLaw(t *testing.T) {
	tree := town(t)
	actors := everybody(tree)
	rapid.Check(t, func(t *rapid.T) { (&life{T: t, tree: tree, actors: actors}).live() })
}

// everybody is a person for each role at each standing unit.
func everybody(tree *docket.Tree) []docket.Actor {
	var out []docket.Actor
	var visit func(docket.UnitID)
	visit = func(at docket.UnitID) {
		for _, unit := range tree.Children(at) {
			for _, role := range docket.Roles() {
				id := docket.PersonID(len(out) + 1)
				out = append(out, docket.NewActor(docket.Person{ID: id, Active: true}, []docket.Post{{Person: id, Role: role, Unit: unit}}, tree))
			}
			visit(unit)
		}
	}
	visit(0)
	return out
}

type life struct {
	*rapid.T
	tree    *docket.Tree
	actors  []docket.Actor
	m       docket.Matter
	now     time.Time
	owed    []docket.Obligation
	journal []docket.Entry
}

func (l *life) live() {
	units := slices.DeleteFunc(l.tree.Below(1).List(), func(u docket.UnitID) bool { return !l.tree.Unit(u).Stands(l.tree.On()) })
	l.now = l.tree.On().Time().Add(9 * time.Hour)
	l.m = docket.Matter{ID: 1, Owner: 1, Requirement: "新建学位", Status: docket.Draft, Due: l.tree.On() + 30, Round: 1, Assignments: l.parts(units)}
	l.step(docket.VerbRegister, 0, docket.Deed{})
	l.m.FirstDue = l.m.Due
	if l.m.Status == docket.Registered {
		l.step(docket.VerbAssign, 0, docket.Deed{})
	}
	for range rapid.IntRange(1, 40).Draw(l.T, "acts") {
		l.now = l.now.Add(time.Duration(rapid.IntRange(0, 72).Draw(l.T, "hours")) * time.Hour)
		verbs := docket.Verbs()
		verb := verbs[rapid.IntRange(0, len(verbs)-1).Draw(l.T, "verb")]
		if l.Bool("offered") {
			verb = l.offered(verb)
		}
		l.act(verb, units[rapid.IntRange(0, len(units)-1).Draw(l.T, "unit")], units)
	}
}

// Bool draws a truth value.
func (l *life) Bool(label string) bool { return rapid.Bool().Draw(l.T, label) }

// offered picks an act that somebody is offered, so that lives get far.
func (l *life) offered(or docket.Verb) docket.Verb {
	a := &l.actors[rapid.IntRange(0, len(l.actors)-1).Draw(l.T, "who is offered")]
	next := docket.Next(a, &l.m, docket.SubjectOfMatter(&l.m), l.on(0, docket.Deed{}))
	if len(next) == 0 {
		return or
	}
	return next[rapid.IntRange(0, len(next)-1).Draw(l.T, "which")].Verb
}

func (l *life) on(unit docket.UnitID, d docket.Deed) docket.MoveContext {
	look := []docket.Outcome{"", docket.FoundTrue, docket.FoundUntrue}
	return docket.MoveContext{Tree: l.tree, Today: docket.DateOf(l.now), Now: l.now, Unit: unit, Deed: d,
		Known: docket.Known{Evidence: l.Bool("evidence"), WindowPast: l.Bool("window past"), Notes: rapid.IntRange(0, 1).Draw(l.T, "notes"),
			LookBack: look[rapid.IntRange(0, 2).Draw(l.T, "look")]}}
}

func (l *life) parts(units []docket.UnitID) []docket.Assignment {
	roles := docket.PartyRoles()[:3]
	var out []docket.Assignment
	for range rapid.IntRange(1, 4).Draw(l.T, "parts") {
		unit, role := units[rapid.IntRange(0, len(units)-1).Draw(l.T, "part")], roles[rapid.IntRange(0, 2).Draw(l.T, "role")]
		if !slices.ContainsFunc(out, func(a docket.Assignment) bool { return a.Unit == unit && a.Role == role }) {
			out = append(out, docket.Assignment{Party: docket.Party{Role: role, Name: l.tree.Name(unit)}, Unit: unit})
		}
	}
	return out
}

// act lets a random person try a verb with plausible or empty fields.
func (l *life) act(verb docket.Verb, unit docket.UnitID, units []docket.UnitID) {
	who := docket.ActOf(verb)
	a := &l.actors[rapid.IntRange(0, len(l.actors)-1).Draw(l.T, "actor")]
	if l.Bool("a part's unit") {
		unit = l.m.Assignments[rapid.IntRange(0, len(l.m.Assignments)-1).Draw(l.T, "whose")].Unit
	}
	d := docket.Deed{Of: unit}
	if l.Bool("filled in") {
		d = docket.Deed{Words: "说明", Reason: docket.NotDone, Due: docket.DateOf(l.now) + docket.Date(rapid.IntRange(-5, 60).Draw(l.T, "due")), LookOn: docket.DateOf(l.now) + 9,
			Condition: "资金到位", Result: docket.ResultMet, Effect: docket.EffectVerdict, Of: units[rapid.IntRange(0, len(units)-1).Draw(l.T, "of")], Assignments: l.parts(units)}
	}
	s := docket.SubjectOfMatter(&l.m)
	if docket.OnBehalf(who) {
		s = docket.Subject{Units: []docket.UnitID{unit}}
	}
	if who != "" && !docket.MayAct(a, who, s) {
		return
	}
	if who == docket.ActVerify {
		for _, p := range a.Posts {
			for _, as := range l.m.Assignments {
				if p.Role != docket.Verifier || p.Unit == as.Unit || l.tree.Within(p.Unit, as.Unit) {
					l.Fatalf("%+v verifies a matter of unit %d", p, as.Unit)
				}
			}
		}
	}
	l.step(verb, unit, d)
}

// step makes a move and holds what came of it to the law.
func (l *life) step(verb docket.Verb, unit docket.UnitID, d docket.Deed) {
	before := l.m
	before.Assignments, before.Milestones = slices.Clone(l.m.Assignments), slices.Clone(l.m.Milestones)
	err := docket.Step(&l.m, verb, l.on(unit, d))
	if err != nil {
		if docket.CodeOf(err) != docket.Conflict || !reflect.DeepEqual(before, l.m) {
			l.Fatalf("%s from %s was refused (%v) and left %+v", verb, before.Status, err, l.m)
		}
		return
	}
	mv, err := docket.MoveOf(before.Status, verb)
	if err != nil {
		l.Fatalf("%s from %s has no row", verb, before.Status)
	}
	to := mv.To
	if to == "" {
		to = before.Was
	}
	if l.m.Status != to && !(mv.Holds != nil && l.m.Status == before.Status) {
		l.Fatalf("%s led from %s to %s, the law says %s", verb, before.Status, l.m.Status, to)
	}
	if before.FirstDue != 0 && l.m.FirstDue != before.FirstDue {
		l.Fatalf("%s changed the first due from %s to %s", verb, before.FirstDue, l.m.FirstDue)
	}
	if l.m.Round < before.Round || (l.m.Round > before.Round) != (verb == docket.VerbReopen) {
		l.Fatalf("%s led from round %d to %d", verb, before.Round, l.m.Round)
	}
	l.settle(verb)
	l.tell(verb, &before)
}

// settle writes what Settle says and compares the open rows with what stands.
func (l *life) settle(verb docket.Verb) {
	rules := docket.DefaultRules()
	for _, o := range docket.Settle(l.owed, &l.m, verb, &rules, fixed{}, l.now) {
		if o.ID != 0 {
			l.owed[o.ID-1] = o
			continue
		}
		o.ID = docket.ObligationID(len(l.owed) + 1)
		l.owed = append(l.owed, o)
	}
	var open, stands []string
	for _, o := range l.owed {
		if o.Open() {
			open = append(open, fmt.Sprint(o.Kind, " ", o.Unit))
		}
	}
	for _, o := range docket.Standing(&l.m, &rules, fixed{}) {
		stands = append(stands, fmt.Sprint(o.Kind, " ", o.Unit))
	}
	slices.Sort(open)
	slices.Sort(stands)
	if !slices.Equal(open, stands) {
		l.Fatalf("after %s (%s): owed %v, stands %v", verb, l.m.Status, open, stands)
	}
}

// tell appends the entry the app would, and lives the life again.
func (l *life) tell(verb docket.Verb, before *docket.Matter) {
	after, err := json.Marshal(docket.LifeOf(&l.m))
	if err != nil {
		l.Fatal(err)
	}
	l.journal = append(l.journal, docket.Entry{Verb: verb, After: after})
	got, err := docket.Relive(l.journal)
	again, _ := json.Marshal(got)
	if err != nil || string(again) != string(after) {
		l.Fatalf("relived after %s: %s, %v, want %s", verb, again, err, after)
	}
}

type fixed struct{}

func (fixed) Reckon(t docket.Term) (docket.Date, time.Time, bool) {
	return docket.Date(20_000 + t.Count), time.Time{}, false
}
func (fixed) Before(d docket.Date, n int) docket.Date { return d - docket.Date(n) }

// A part of the law in words a person can check against field.md §3.
func TestEveryRowOfTheLawIsInTheField(t *testing.T) {
	var rows []string
	for _, m := range docket.Moves() {
		to := m.To
		if to == "" {
			to = "(as before)"
		}
		rows = append(rows, fmt.Sprintf("%s: %s → %s by %s", m.From, m.Verb, to, m.Who))
	}
	for _, must := range []string{
		"draft: register → registered by adopt", "registered: assign → assigned by adopt",
		"assigned: acknowledge → accepted by acknowledge", "assigned: dispute → disputed by dispute", "assigned: lapse → accepted by ",
		"disputed: confirm → assigned by assign", "disputed: reassign → assigned by assign",
		"accepted: plan → in_progress by plan", "in_progress: claim → claimed by approve",
		"claimed: return → in_progress by review", "claimed: verify → completed by verify", "claimed: refute → in_progress by verify",
		"completed: strike_off → struck_off by strike_off", "struck_off: archive → archived by strike_off",
		"completed: reopen → reopened by strike_off", "struck_off: reopen → reopened by strike_off", "archived: reopen → reopened by strike_off",
		"reopened: plan → in_progress by plan", "parked: resume → (as before) by park", "terminated: restart → (as before) by stop",
		"in_progress: park → parked by park", "in_progress: stop → terminated by stop",
	} {
		if !slices.Contains(rows, must) {
			t.Errorf("the law lacks %q", must)
		}
	}
	for _, s := range docket.Statuses() {
		if !slices.ContainsFunc(docket.Moves(), func(m docket.Move) bool { return m.To == s || m.From == s }) {
			t.Errorf("no move touches %s", s)
		}
	}
	if slices.ContainsFunc(docket.Moves(), func(m docket.Move) bool { return m.From == docket.Archived && m.Verb != docket.VerbReopen }) {
		t.Error("something but reopening leaves the archive")
	}
}
