package board

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
	"github.com/docket-os/docket/internal/worktime"
)

var today = measure.NewToday(docket.NewDate(2026, 9, 28), worktime.China(), measure.DefaultThresholds())

const testUnits = 40

// testTree is unit 1 at the top, 2 to 9 below it and the rest below those.
func testTree(t testing.TB) *docket.Tree {
	t.Helper()
	var units []docket.Unit
	for id := docket.UnitID(1); id <= testUnits; id++ {
		parent := docket.UnitID(1)
		if id == 1 {
			parent = 0
		} else if id > 9 {
			parent = 2 + id%8
		}
		name := fmt.Sprintf("unit %c%d", 'a'+rune(id*7%26), id)
		units = append(units, docket.Unit{ID: id, Name: name, Parent: parent, Versions: []docket.UnitVersion{{Name: name, Parent: parent}}})
	}
	tree, err := docket.NewTree(units, nil, today.Date)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// randomRow makes a matter as the store could give it.
func randomRow(rng *rand.Rand, id docket.MatterID) docket.MatterRow {
	open := docket.Statuses()[1:]
	r := docket.MatterRow{ID: id, No: fmt.Sprintf("2026-%04d", id), Owner: docket.UnitID(1 + rng.IntN(3)), Directive: docket.DirectiveID(1 + rng.IntN(20)),
		ClauseOrd: rng.IntN(30), Ord: int(id), Level: levels[1+rng.IntN(4)], Status: open[rng.IntN(len(open))]}
	day := func(odds int) docket.Date {
		if rng.IntN(odds) == 0 {
			return 0
		}
		return today.Date - 40 + docket.Date(rng.IntN(80))
	}
	r.Due, r.ReviewOn, r.AckDue = day(4), day(2), day(3)
	r.FirstDue = r.Due
	for k := range 1 + rng.IntN(3) {
		role := []docket.PartyRole{docket.Lead, docket.Support, docket.Several}[min(k, rng.IntN(3))]
		r.Units = append(r.Units, docket.RoleUnit{Unit: docket.UnitID(1 + rng.IntN(testUnits)), Role: role})
	}
	return r
}

func build(rows []docket.MatterRow) *version {
	c := &columns{}
	for i := range rows {
		c.add(&rows[i])
	}
	c.index()
	return &version{columns: c}
}

func viewOf(v *version) View { return View{version: v, today: today, lamps: v.lampsOf(today)} }

// naive answers a query the plain way: look at every matter, sort, cut.
func naive(rows []docket.MatterRow, q Query) (ids []docket.MatterID, lampCount map[docket.Lamp]int) {
	lampCount = map[docket.Lamp]int{}
	type kept struct {
		row  docket.MatterRow
		lamp docket.Lamp
	}
	var found []kept
	for _, r := range rows {
		l := today.Lamp(measure.Facts{Status: r.Status, Due: r.Due, ReviewOn: r.ReviewOn, AckDue: r.AckDue})
		units := func(yield func(docket.UnitID) bool) {
			for _, u := range r.Units {
				if !yield(u.Unit) {
					return
				}
			}
		}
		part := slices.ContainsFunc(r.Units, func(u docket.RoleUnit) bool {
			return (q.Unit == 0 || slices.Contains(q.Units, u.Unit)) && (q.Role == "" || u.Role == q.Role)
		})
		if !q.Scope.InScope(r.Owner, r.Status, units) || !part || q.Directive != 0 && r.Directive != q.Directive || q.Level != "" && r.Level != q.Level ||
			len(q.Status) > 0 && !slices.Contains(q.Status, r.Status) || q.DueFrom != 0 && r.Due < q.DueFrom ||
			q.DueTo != 0 && (r.Due == 0 || r.Due > q.DueTo) || q.Text != "" && !slices.Contains(q.Found, r.ID) {
			continue
		}
		lampCount[l]++
		if len(q.Lamp) == 0 || slices.Contains(q.Lamp, l) {
			found = append(found, kept{r, l})
		}
	}
	key := func(k kept) (a, b int, s string) {
		due := int(k.row.Due)
		if due == 0 {
			due = 1 << 30
		}
		switch q.Sort {
		case docket.SortNo:
		case docket.SortDue:
			a = due
		case docket.SortStatus:
			a = slices.Index(docket.Statuses(), k.row.Status)
		case docket.SortSource:
			a, b = int(k.row.Directive), k.row.Ord
		case docket.SortLead:
			s = "~" // after every name
			for _, u := range k.row.Units {
				if u.Role == docket.Lead || u.Role == docket.Several {
					s = q.Tree.Name(u.Unit)
					break
				}
			}
		default:
			a, b = slices.Index(docket.Lamps(), k.lamp), due
		}
		return a, b, s
	}
	slices.SortStableFunc(found, func(x, y kept) int {
		a1, b1, s1 := key(x)
		a2, b2, s2 := key(y)
		c := cmp.Or(cmp.Compare(a1, a2), cmp.Compare(b1, b2), cmp.Compare(s1, s2), cmp.Compare(x.row.ID, y.row.ID))
		if q.Desc {
			return -c
		}
		return c
	})
	for _, k := range found {
		ids = append(ids, k.row.ID)
	}
	return ids, lampCount
}

func randomQuery(rng *rand.Rand, tree *docket.Tree, rows []docket.MatterRow) Query {
	q := Query{Tree: tree, Limit: 1 + rng.IntN(30), Scope: docket.SystemScope()}
	pick := func(odds int) bool { return rng.IntN(odds) == 0 }
	if pick(2) {
		q.Scope = docket.Scope{Read: tree.Below(docket.UnitID(2 + rng.IntN(12))), Office: tree.Below(docket.UnitID(3 + rng.IntN(30)))}
	}
	if pick(3) {
		q.Unit = docket.UnitID(1 + rng.IntN(testUnits))
		if q.Units = []docket.UnitID{q.Unit}; pick(2) {
			q.Units = tree.Below(q.Unit).List()
		}
	}
	if pick(3) {
		q.Role = []docket.PartyRole{docket.Lead, docket.Support, docket.Several}[rng.IntN(3)]
	}
	if pick(4) {
		q.Directive = docket.DirectiveID(1 + rng.IntN(20))
	}
	if pick(3) {
		q.Status = docket.Statuses()[1+rng.IntN(4) : 6+rng.IntN(3)]
	}
	if pick(3) {
		q.Lamp = docket.Lamps()[rng.IntN(3) : 3+rng.IntN(4)]
	}
	if pick(4) {
		q.Level = levels[1+rng.IntN(4)]
	}
	if pick(3) {
		q.DueFrom = today.Date - docket.Date(rng.IntN(30))
		q.DueTo = q.DueFrom + docket.Date(rng.IntN(50))
	}
	if pick(4) {
		q.Text = "words"
		for _, r := range rows {
			if pick(3) {
				q.Found = append(q.Found, r.ID)
			}
		}
	}
	q.Sort, q.Desc = docket.LedgerSorts()[rng.IntN(6)], pick(2)
	return q
}

// Every page of every query, taken one after the other, is what looking at every
// matter gives; so is it after changes that the board took in one by one.
func TestAnswersEqualThoseOfLookingAtEveryMatter(t *testing.T) {
	tree := testTree(t)
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 7))
		var rows []docket.MatterRow
		for id := docket.MatterID(1); id <= 200; id += docket.MatterID(1 + rng.IntN(3)) {
			rows = append(rows, randomRow(rng, id))
		}
		v := build(rows)
		for range 12 {
			for range 8 {
				compare(t, viewOf(v), rows, randomQuery(rng, tree, rows))
			}
			v, rows = changed(rng, v, rows)
		}
	}
}

// changed lets some matters move, some come and, seldom, one go.
func changed(rng *rand.Rand, v *version, rows []docket.MatterRow) (*version, []docket.MatterRow) {
	rows = slices.Clone(rows)
	touched := map[docket.MatterID]bool{}
	for range 1 + rng.IntN(6) {
		i := rng.IntN(len(rows))
		was := rows[i]
		rows[i] = randomRow(rng, was.ID)
		if rng.IntN(4) > 0 { // mostly only its moving facts
			now := rows[i]
			rows[i] = was
			rows[i].Status, rows[i].Due, rows[i].ReviewOn, rows[i].AckDue = now.Status, now.Due, now.ReviewOn, now.AckDue
		}
		touched[was.ID] = true
	}
	if rng.IntN(3) == 0 {
		id := rows[len(rows)-1].ID + 1
		rows = append(rows, randomRow(rng, id))
		touched[id] = true
	}
	if rng.IntN(8) == 0 {
		touched[rows[0].ID] = true
		rows = rows[1:]
	}
	var ids []docket.MatterID
	for id := range touched {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var now []docket.MatterRow
	for _, r := range rows {
		if touched[r.ID] {
			now = append(now, r)
		}
	}
	return v.with(ids, now), rows
}

func compare(t *testing.T, view View, rows []docket.MatterRow, q Query) {
	t.Helper()
	want, lampCount := naive(rows, q)
	var got []docket.MatterID
	for pages := 0; ; pages++ {
		page, err := view.Ask(q)
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != len(want) {
			t.Fatalf("%+v: total %d, want %d", q.LedgerQuery, page.Total, len(want))
		}
		if diff := gocmp.Diff(lampCount, page.Lamps); diff != "" {
			t.Fatalf("%+v: lamps (-want +got)\n%s", q.LedgerQuery, diff)
		}
		got = append(got, page.IDs...)
		if q.Cursor = page.Next; q.Cursor == "" || pages > len(want) {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%+v:\n got %v\nwant %v", q.LedgerQuery, got, want)
	}
}

// A matter that changes between two pages is neither shown twice nor pushes
// another one out, unless it is itself the one that moved.
func TestPagesHoldWhileMattersChange(t *testing.T) {
	tree := testTree(t)
	rng := rand.New(rand.NewPCG(1, 1))
	var rows []docket.MatterRow
	for id := docket.MatterID(1); id <= 100; id++ {
		r := randomRow(rng, id)
		r.Status, r.Due, r.AckDue = docket.InProgress, today.Date+10+docket.Date(id), 0
		rows = append(rows, r)
	}
	v := build(rows)
	q := Query{Tree: tree, Limit: 50, Scope: docket.SystemScope(), LedgerQuery: docket.LedgerQuery{Sort: docket.SortDue}}
	first, err := viewOf(v).Ask(q)
	if err != nil {
		t.Fatal(err)
	}
	moved := rows[9] // the tenth becomes the last
	moved.Due = today.Date + 500
	v = v.with([]docket.MatterID{moved.ID}, []docket.MatterRow{moved})
	q.Cursor = first.Next
	second, err := viewOf(v).Ask(q)
	if err != nil {
		t.Fatal(err)
	}
	if len(second.IDs) != 50 || second.IDs[0] != 51 || second.IDs[49] != 100 {
		t.Errorf("the second page holds %v", second.IDs)
	}
}

func TestForeignPageMarksAreRefused(t *testing.T) {
	v := viewOf(build([]docket.MatterRow{randomRow(rand.New(rand.NewPCG(1, 1)), 1)}))
	for _, mark := range []string{"x", "bm8gZmFsc2UgMSAyIDM", "%%%"} {
		_, err := v.Ask(Query{Cursor: mark, Limit: 10, Scope: docket.SystemScope(), LedgerQuery: docket.LedgerQuery{Sort: docket.SortDue}})
		if docket.CodeOf(err) != docket.Invalid {
			t.Errorf("%q: %v", mark, err)
		}
	}
}

func TestGutterHidesWhatIsOutOfScopeButCountsIt(t *testing.T) {
	tree := testTree(t)
	row := func(id docket.MatterID, unit docket.UnitID, due docket.Date) docket.MatterRow {
		return docket.MatterRow{ID: id, No: fmt.Sprintf("2026-%04d", id), Owner: 1, Directive: 5, ClauseOrd: 3, Ord: int(id), Status: docket.InProgress, Due: due,
			Units: []docket.RoleUnit{{Unit: unit, Role: docket.Lead}}}
	}
	v := viewOf(build([]docket.MatterRow{row(1, 12, today.Date+90), row(2, 12, today.Date+1), row(3, 13, today.Date-1)}))
	got := v.Gutter(5, docket.Scope{Read: tree.Below(12)})[3]
	if len(got.Marks) != 2 || got.Hidden != 1 || got.Lamp != docket.LampWatch {
		t.Errorf("the margin is %+v; the worst lamp in scope is watch, the overdue matter is another unit's", got)
	}
}

// With the next day the lamps are computed anew.
func TestLampsChangeWithTheDay(t *testing.T) {
	r := docket.MatterRow{ID: 1, Owner: 1, Status: docket.InProgress, Due: today.Date}
	v := build([]docket.MatterRow{r})
	q := Query{Limit: 1, Scope: docket.SystemScope()}
	for day, want := range []docket.Lamp{docket.LampWatch, docket.LampAct, docket.LampAct} {
		on := measure.NewToday(today.Date+docket.Date(day), worktime.China(), measure.DefaultThresholds())
		page, err := (View{version: v, today: on, lamps: v.lampsOf(on)}).Ask(q)
		if err != nil || page.Lamps[want] != 1 {
			t.Errorf("day %d: %v %v, want %s", day, page.Lamps, err, want)
		}
	}
}
