package app_test

import (
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func TestUnitsFromAFile(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	file := `code,name,parent,level,aliases
C1,丙科,B1,,
B1,乙处,A1,,
A1,甲局,YZ,,甲
X1,环一,X3,,
X2,环二,X1,,
X3,环三,X2,,
Y1,无主处,没有的单位,,
Y2,其下科,Y1,,
A1,重码局,YZ,,
,,YZ,,
Z1,怪级局,YZ,大,
JY,云州市教育和体育局,YZ,unit,
`
	plan, err := w.ImportUnits(ctx, w.admin, "u.csv", []byte(file), true)
	w.must(err)
	done, err := w.ImportUnits(ctx, w.admin, "u.csv", []byte(file), false)
	w.must(err)
	if plan.Added != done.Added || len(plan.Errors) != len(done.Errors) {
		t.Errorf("the dry run promised %d/%d, the import did %d/%d", plan.Added, len(plan.Errors), done.Added, len(done.Errors))
	}
	if done.Added != 3 || done.Changed != 1 {
		t.Errorf("added %d, changed %d, want 3 and 1", done.Added, done.Changed)
	}
	faults := map[int]string{}
	for _, e := range done.Errors {
		faults[e.Row] = e.Key
	}
	want := map[int]string{5: "unit.circle_rows", 6: "unit.circle_rows", 7: "unit.circle_rows", 8: "unit.parent_unknown",
		9: "unit.parent_faulty", 10: "unit.code_twice", 11: "field.required", 12: "unit.level"}
	for row, key := range want {
		if faults[row] != key {
			t.Errorf("row %d: %q, want %q", row, faults[row], key)
		}
	}
	if len(faults) != len(want) {
		t.Errorf("faults: %v", faults)
	}
	for _, e := range done.Errors {
		if e.Key == "unit.circle_rows" && !strings.Contains(e.Message, "环一 → 环三 → 环二 → 环一") {
			t.Errorf("the circle is not named: %s", e.Message)
		}
	}
	again, err := w.ImportUnits(ctx, w.admin, "u.csv", []byte(file), false)
	w.must(err)
	if again.Added != 0 || again.Changed != 0 || again.Unchanged != 4 {
		t.Errorf("the same file again: %+v", again)
	}
	edu, err := w.Unit(ctx, w.admin, w.unit["市教育局"])
	w.must(err)
	if edu.Name != "云州市教育和体育局" || len(edu.Versions) != 2 || edu.Versions[0].Name != "市教育局" {
		t.Errorf("the former name is lost: %+v", edu.Versions)
	}
}

// After a merger the heir sees and answers for what the old unit was assigned;
// the ledger shows it as it was and as it is.
func TestMergersCarryWorkOn(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	w.adopted()
	w.now = w.now.AddDate(0, 0, 1)
	edu, fin := w.unit["市教育局"], w.unit["市财政局"]
	page, err := w.Unit(ctx, w.admin, edu)
	w.must(err)
	_, err = w.MergeUnit(ctx, w.office, edu, page.Version, fin, 0, "机构改革")
	w.refused("merging by the office", err, docket.Forbidden, "")
	_, err = w.MergeUnit(ctx, w.admin, edu, page.Version, edu, 0, "")
	w.refused("merging into itself", err, docket.Invalid, "unit.into_itself")
	merged, err := w.MergeUnit(ctx, w.admin, edu, page.Version, fin, 0, "机构改革")
	w.must(err)
	if len(merged.Heirs) != 1 || merged.Heirs[0].ID != fin {
		t.Errorf("heirs: %+v", merged.Heirs)
	}
	link, err := w.NewLink(ctx, w.admin, w.fin.Person.ID)
	w.must(err)
	heir := w.signIn(link.Token)
	first := w.ledger(heir).Items[0]
	if _, err := w.Acknowledge(ctx, heir, first.ID, edu, 0); err != nil {
		t.Errorf("the heir cannot confirm receipt for what it carries on: %v", err)
	}
	for as, want := range map[app.As]string{app.AsIs: "市财政局", app.AsWas: "市教育局"} {
		page, err := w.Ledger(ctx, heir, app.LedgerRequest{As: as, Query: docket.LedgerQuery{Sort: docket.SortNo}})
		w.must(err)
		if got := page.Items[0].Leads[0].Name; got != want {
			t.Errorf("as %s the lead is %s, want %s", as, got, want)
		}
	}
	asIs, err := w.Ledger(ctx, w.office, app.LedgerRequest{As: app.AsIs, Query: docket.LedgerQuery{Unit: fin, Role: docket.Lead}})
	w.must(err)
	asWas, err := w.Ledger(ctx, w.office, app.LedgerRequest{As: app.AsWas, Query: docket.LedgerQuery{Unit: fin, Role: docket.Lead}})
	w.must(err)
	if asIs.Total != 1 || asWas.Total != 0 {
		t.Errorf("财政局 leads %d as is and %d as was, want 1 and 0", asIs.Total, asWas.Total)
	}
}

func TestTheTreeStaysATree(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	version := func(name string) int64 {
		p, err := w.Unit(ctx, w.admin, w.unit[name])
		w.must(err)
		return p.Version
	}
	_, err := w.MoveUnit(ctx, w.admin, w.unit["临江区"], version("临江区"), w.unit["临江区教育局"], 0, "")
	w.refused("below itself", err, docket.Invalid, "unit.circle")
	_, err = w.EndUnit(ctx, w.admin, w.unit["临江区"], version("临江区"), 0, "")
	w.refused("ending with units below", err, docket.Conflict, "unit.has_children")
	_, err = w.AddUnit(ctx, w.admin, docket.Unit{Name: "市教育局", Parent: w.unit["云州市"]})
	w.refused("a namesake in the same place", err, docket.Invalid, "unit.name_taken")
	_, err = w.RenameUnit(ctx, w.admin, w.unit["市教育局"], version("市教育局"), "未来局", docket.NewDate(2027, 1, 1), "")
	w.refused("ahead of time", err, docket.Invalid, "unit.in_future")
	w.now = w.now.AddDate(0, 0, 10)
	today := docket.DateOf(w.now)
	move := func(name, under string, on docket.Date) error {
		_, err := w.MoveUnit(ctx, w.admin, w.unit[name], version(name), w.unit[under], on, "")
		return err
	}
	w.must(move("云州市住房和城乡建设局", "市教育局", today-6))
	w.must(move("云州市住房和城乡建设局", "云州市", today-2))
	w.refused("a circle for four days of the past", move("市教育局", "云州市住房和城乡建设局", today-8), docket.Invalid, "unit.circle_on")
	w.must(move("市教育局", "云州市住房和城乡建设局", today-1))
	for day := today - 10; day <= today; day++ {
		_, err := w.Units(ctx, w.admin, day)
		w.must(err)
	}
	w.must(move("市教育局", "云州市", today))
	split, err := w.SplitUnit(ctx, w.admin, w.unit["市财政局"], version("市财政局"), []app.UnitShare{{Name: "市税务局"}, {Unit: w.unit["市教育局"]}}, 0, "分设")
	w.must(err)
	if len(split.Heirs) != 2 || split.To != docket.DateOf(w.now)-1 {
		t.Errorf("split: %+v until %s", split.Heirs, split.To)
	}
}
