package docket_test

import (
	"slices"
	"testing"

	docket "github.com/docket-os/docket"
)

// A paper may name a bureau as it was called before a reform that the
// directory never saw: today's is proposed, and never taken without a person.
func TestDirectoryProposesTodaysBureauForANameBeforeTheReforms(t *testing.T) {
	var units []docket.Unit
	for i, x := range []struct {
		name  string
		above docket.UnitID
	}{
		{"云州市人民政府", 0}, {"云州市生态环境局", 1}, {"云州市卫生健康委员会", 1}, {"云州市自然资源和规划局", 1},
		{"云州市市场监督管理局", 1}, {"云州市农业农村局", 1}, {"青禾县人民政府", 1}, {"青禾县卫生健康局", 7}, {"云州市文化广电和旅游局", 1},
	} {
		units = append(units, docket.Unit{ID: docket.UnitID(i + 1), Name: x.name, Parent: x.above, Versions: []docket.UnitVersion{{Name: x.name, Parent: x.above}}})
	}
	tree, err := docket.NewTree(units, nil, docket.NewDate(2026, 3, 1))
	if err != nil {
		t.Fatal(err)
	}
	d := docket.NewDirectory(tree)
	for name, want := range map[string][]docket.UnitID{
		"市环保局": {2}, "云州市环境保护局": {2}, "市卫计委": {3}, "市卫生和计划生育委员会": {3}, "市国土资源局": {4}, "市规划局": {4},
		"市工商局": {5}, "市质量技术监督局": {5}, "市食品药品监督管理局": {5}, "市农委": {6}, "市扶贫办": {6}, "市文广新局": {9},
		"青禾县卫计局": {8}, // the county's own, not the city's
	} {
		if got := d.Match(name, 1); got.Unit != 0 || got.How != docket.HowFormer || !slices.Equal(got.Suggested, want) {
			t.Errorf("%s: unit %d by %q, proposed %v; want %v proposed as former", name, got.Unit, got.How, got.Suggested, want)
		}
	}
}
