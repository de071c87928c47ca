package docket_test

import (
	"slices"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

// The law of product.md, "Who uses it", written out: for each role and act, on
// which matters it is allowed. own: a matter registered by the holder's own unit
// and assigned to it; draft: one not yet adopted; other: one of a unit elsewhere; none: asked without any unit.
var lawTable = []struct {
	role docket.Role
	act  docket.Act
	on   string // the subjects allowed
}{
	{docket.Office, docket.ActImport, "own"},
	{docket.Office, docket.ActCorrect, "own"},
	{docket.Office, docket.ActAdopt, "own"},
	{docket.Office, docket.ActDiscard, "own"},
	{docket.Office, docket.ActEditFront, "own"},
	{docket.Office, docket.ActRead, "own draft"},
	{docket.Office, docket.ActExport, "own other none draft"},
	{docket.Office, docket.ActSetMeasures, "own draft"},
	{docket.Office, docket.ActObserve, "own draft"},
	{docket.Head, docket.ActObserve, "own"},
	{docket.Liaison, docket.ActObserve, "own"},
	{docket.Office, docket.ActReadPeople, "own other none draft"},
	{docket.Office, docket.ActSearch, "own other none draft"},
	{docket.Leader, docket.ActRead, "own"},
	{docket.Leader, docket.ActExport, "own other none draft"},
	{docket.Leader, docket.ActSearch, "own other none draft"},
	{docket.Head, docket.ActRead, "own"},
	{docket.Head, docket.ActExport, "own other none draft"},
	{docket.Head, docket.ActAcknowledge, "own"},
	{docket.Head, docket.ActOffer, "own draft"},
	{docket.Head, docket.ActSearch, "own other none draft"},
	{docket.Liaison, docket.ActRead, "own"},
	{docket.Liaison, docket.ActExport, "own other none draft"},
	{docket.Liaison, docket.ActAcknowledge, "own"},
	{docket.Liaison, docket.ActOffer, "own draft"},
	{docket.Liaison, docket.ActSearch, "own other none draft"},
	{docket.Verifier, docket.ActRead, "own"},
	{docket.Verifier, docket.ActExport, "own other none draft"},
	{docket.Verifier, docket.ActOffer, "outside"},
	{docket.Verifier, docket.ActSearch, "own other none draft"},
	{docket.Auditor, docket.ActRead, "own other none"},
	{docket.Auditor, docket.ActExport, "own other none draft"},
	{docket.Auditor, docket.ActSearch, "own other none draft"},
	{docket.Auditor, docket.ActReadJournal, "own other none draft"},
	{docket.Office, docket.ActRegister, "own other none draft"},
	{docket.Office, docket.ActAssign, "own draft"},
	{docket.Office, docket.ActReview, "own draft"},
	{docket.Office, docket.ActStrikeOff, "own draft"},
	{docket.Office, docket.ActPark, "own draft"},
	{docket.Office, docket.ActChase, "own draft"},
	{docket.Office, docket.ActDecide, "own draft"},
	{docket.Office, docket.ActRound, "own draft"},
	{docket.Office, docket.ActDraw, "own draft"},
	{docket.Liaison, docket.ActDispute, "own"},
	{docket.Liaison, docket.ActPlan, "own"},
	{docket.Liaison, docket.ActReport, "own"},
	{docket.Liaison, docket.ActAsk, "own"},
	{docket.Head, docket.ActDispute, "own"},
	{docket.Head, docket.ActPlan, "own"},
	{docket.Head, docket.ActReport, "own"},
	{docket.Head, docket.ActAsk, "own"},
	{docket.Head, docket.ActApprove, "own"},
	{docket.Leader, docket.ActPark, "own"},
	{docket.Leader, docket.ActStop, "own"},
	{docket.Leader, docket.ActChase, "own"},
	{docket.Leader, docket.ActDecide, "own"},
	{docket.Leader, docket.ActConsent, "own"},
	{docket.Leader, docket.ActInstruct, "own"},
	{docket.Verifier, docket.ActVerify, "own"},
	{docket.Admin, docket.ActSetRules, "own other none draft"},
	{docket.Admin, docket.ActManageUnits, "own other none draft"},
	{docket.Admin, docket.ActManagePeople, "own other none draft"},
	{docket.Admin, docket.ActReadPeople, "own other none draft"},
	{docket.Admin, docket.ActManageSignIn, "own other none draft"},
	{docket.Admin, docket.ActManageTelling, "own other none draft"},
	{docket.Office, docket.ActUrge, "own draft"},
	{docket.Leader, docket.ActUrge, "own"},
	{docket.Office, docket.ActArrange, "own draft"},
	{docket.Admin, docket.ActArrange, "own other none draft"},
	{docket.Office, docket.ActConvene, "own draft"},
	{docket.Head, docket.ActState, "own draft"},
	{docket.Liaison, docket.ActState, "own draft"},
	{docket.Leader, docket.ActIssue, "own"},
}

func TestEveryRoleMayExactlyWhatTheLawSays(t *testing.T) {
	tree := town(t)
	const own, other = 10, 20 // 临江区 and 青禾县
	subjects := map[string]docket.Subject{
		"own":   {Owner: own, Units: []docket.UnitID{own}, State: docket.Assigned, For: own, Chair: []docket.PersonID{1}},
		"other": {Owner: other, Units: []docket.UnitID{other}, State: docket.Assigned, For: other},
		"none":  {},
		"draft": {Owner: own, Units: []docket.UnitID{own}, State: docket.Draft, Draft: true, For: own},
		// another's, evidence for it offered from the own unit
		"outside": {Owner: other, Units: []docket.UnitID{other}, State: docket.Assigned, For: own},
	}
	// what a draft's own office may do to a draft it may do to "own" as well
	drafted := []docket.Act{docket.ActImport, docket.ActCorrect, docket.ActAdopt, docket.ActDiscard, docket.ActEditFront}
	for _, role := range docket.Roles() {
		actor := docket.NewActor(docket.Person{ID: 1, Active: true}, []docket.Post{{Person: 1, Role: role, Unit: own}}, tree)
		for _, act := range docket.Acts() {
			allowed := ""
			for _, row := range lawTable {
				if row.role == role && row.act == act {
					allowed = row.on
				}
			}
			if slices.Contains(drafted, act) && allowed != "" {
				allowed += " draft"
			}
			if docket.OnBehalf(act) && allowed != "" {
				allowed += " draft" // what a state lets a unit do is the law of moves, not of permission
			}
			for name, s := range subjects {
				want := slices.Contains(strings.Fields(allowed), name) || name == "outside" && slices.Contains(strings.Fields(allowed), "other")
				if act == docket.ActVerify && name == "own" {
					s.Units = []docket.UnitID{other} // nobody verifies for the own unit
				}
				if got := docket.MayAct(&actor, act, s); got != want {
					t.Errorf("%s %s on %s: got %v, want %v", role, act, name, got, want)
				}
			}
			if got, want := docket.May(&actor, act), allowed != ""; got != want {
				t.Errorf("%s %s anywhere: got %v, want %v", role, act, got, want)
			}
		}
	}
}

func TestNobodyMayAnything(t *testing.T) {
	tree := town(t)
	day := tree.On()
	held := docket.Post{Person: 1, Role: docket.Auditor, Unit: 1, From: day - 10}
	for name, actor := range map[string]docket.Actor{
		"nobody":             {},
		"without a post":     docket.NewActor(docket.Person{ID: 1, Active: true}, nil, tree),
		"post ended":         docket.NewActor(docket.Person{ID: 1, Active: true}, []docket.Post{{Role: held.Role, Unit: 1, From: day - 10, To: day - 1}}, tree),
		"post not begun":     docket.NewActor(docket.Person{ID: 1, Active: true}, []docket.Post{{Role: held.Role, Unit: 1, From: day + 1}}, tree),
		"account out of use": docket.NewActor(docket.Person{ID: 1}, []docket.Post{held}, tree),
	} {
		for _, act := range docket.Acts() {
			if docket.May(&actor, act) {
				t.Errorf("%s may %s", name, act)
			}
		}
	}
}

// Who takes a body over reads and files for what it left behind.
func TestHeirsActForWhatTheyCarryOn(t *testing.T) {
	actor := docket.NewActor(docket.Person{ID: 1, Active: true}, []docket.Post{{Person: 1, Role: docket.Liaison, Unit: 31}}, town(t))
	old := docket.Subject{Owner: 1, Units: []docket.UnitID{30}, State: docket.Assigned}
	for _, act := range []docket.Act{docket.ActRead, docket.ActAcknowledge} {
		if !docket.MayAct(&actor, act, old) {
			t.Errorf("the heir may not %s what its forebear was assigned", act)
		}
	}
}

func TestMovesLeadThroughTheLife(t *testing.T) {
	tree := town(t)
	on := docket.MoveContext{Tree: tree}
	ready := func(change func(*docket.Matter)) *docket.Matter {
		m := &docket.Matter{Requirement: "新增公办学位 12 万个", Due: tree.On() + 30, Status: docket.Draft,
			Assignments: []docket.Assignment{{Party: docket.Party{Role: docket.Lead, Name: "市财政局"}, Unit: 3}}}
		if change != nil {
			change(m)
		}
		return m
	}
	for name, c := range map[string]struct {
		m    *docket.Matter
		keys []string
	}{
		"ready":          {ready(nil), nil},
		"set aside":      {ready(func(m *docket.Matter) { m.Requirement, m.Aside = "", true }), nil},
		"no words":       {ready(func(m *docket.Matter) { m.Requirement = " " }), []string{"adopt.no_requirement"}},
		"no day":         {ready(func(m *docket.Matter) { m.Due = 0 }), []string{"adopt.no_due"}},
		"review is fine": {ready(func(m *docket.Matter) { m.Due, m.ReviewOn = 0, tree.On() }), nil},
		"nobody":         {ready(func(m *docket.Matter) { m.Assignments = nil }), []string{"adopt.no_lead"}},
		"only supports":  {ready(func(m *docket.Matter) { m.Assignments[0].Role = docket.Support }), []string{"adopt.no_lead"}},
		"all several":    {ready(func(m *docket.Matter) { m.Assignments[0].Role = docket.Several }), nil},
		"a person leads": {ready(func(m *docket.Matter) { m.Assignments[0].Role, m.Assignments[0].Unit = docket.LeaderRole, 0 }), []string{"adopt.no_lead"}},
		"unknown":        {ready(func(m *docket.Matter) { m.Assignments[0].Unit = 0 }), []string{"adopt.unmatched_name"}},
		"group":          {ready(func(m *docket.Matter) { m.Assignments[0].Unit, m.Assignments[0].Vague = 0, true }), []string{"adopt.vague_group"}},
		"ended":          {ready(func(m *docket.Matter) { m.Assignments[0].Unit = 30 }), []string{"adopt.ended_unit"}},
		"twice":          {ready(func(m *docket.Matter) { m.Assignments = append(m.Assignments, m.Assignments[0]) }), []string{"adopt.twice"}},
	} {
		var got []string
		for _, f := range c.m.Blockers(on) {
			got = append(got, f.Key)
		}
		if !slices.Equal(got, c.keys) {
			t.Errorf("%s: blocked by %v, want %v", name, got, c.keys)
		}
	}
	for _, from := range docket.Statuses() {
		step, err := docket.MoveOf(from, docket.VerbAcknowledge)
		if allowed := from == docket.Assigned || from == docket.Accepted || from == docket.InProgress; allowed != (err == nil) {
			t.Errorf("acknowledge from %s: %v", from, err)
		} else if allowed && from != docket.InProgress && step.To != docket.Accepted {
			t.Errorf("acknowledge from %s leads to %s", from, step.To)
		}
	}
}
