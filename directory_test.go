package docket_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

// town is 云州市 with 临江区 and 青禾县 below it: names as bodies really keep
// them, some with the place said, some with its level word, some bare.
func town(t testing.TB) *docket.Tree {
	t.Helper()
	day := docket.NewDate(2026, 3, 1)
	u := func(id, parent docket.UnitID, name string, aliases ...string) docket.Unit {
		return docket.Unit{ID: id, Parent: parent, Name: name, Aliases: aliases, Code: fmt.Sprintf("YZ%02d", id),
			Versions: []docket.UnitVersion{{Name: name, Parent: parent}}}
	}
	units := []docket.Unit{
		u(1, 0, "云州市"),
		u(2, 1, "云州市发展和改革委员会"),
		u(3, 1, "市财政局"),
		u(4, 1, "人力资源和社会保障局"),
		u(5, 1, "云州市卫生健康委员会"),
		u(6, 1, "云州市工业和信息化局"),
		u(7, 1, "市政府办公室"),
		u(8, 1, "云州市市场监督管理局", "市市场监管委"),
		u(10, 1, "临江区"),
		u(11, 10, "临江区财政局"),
		u(12, 10, "区教育局"),
		u(13, 10, "临江区发展和改革局"),
		u(20, 1, "青禾县人民政府"),
		u(21, 20, "青禾县财政局"),
		u(22, 20, "县教育局"),
		u(30, 1, "云州市大数据局"),
		u(31, 1, "云州市数据资源管理局"),
		u(32, 1, "云州市城市建设委员会"),
	}
	units[15].To = docket.NewDate(2025, 12, 31) // 大数据局, carried on by 31
	units[17].Versions = []docket.UnitVersion{{Name: "云州市规划建设局", Parent: 1}, {From: docket.NewDate(2024, 1, 1), Name: "云州市城市建设委员会", Parent: 1}}
	tree, err := docket.NewTree(units, []docket.Succession{{From: 30, To: 31, On: docket.NewDate(2026, 1, 1), Kind: "merge"}}, day)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestDirectoryMatchesNamesAsDocumentsWriteThem(t *testing.T) {
	d := docket.NewDirectory(town(t))
	city, district, county := docket.UnitID(1), docket.UnitID(10), docket.UnitID(20)
	for _, c := range []struct {
		name string
		near docket.UnitID
		unit docket.UnitID
		how  docket.How
	}{
		{"云州市发展和改革委员会", city, 2, docket.HowExact},
		{"市发展和改革委员会", city, 2, docket.HowExact},
		{"市发展改革委", city, 2, docket.HowAlias},
		{"市发改委", city, 2, docket.HowAlias},
		{"发改委", city, 2, docket.HowAlias},
		{" 市 发 改 委 ", city, 2, docket.HowAlias},
		{"区发改局", district, 13, docket.HowAlias},
		{"市财政局", city, 3, docket.HowExact},
		{"云州市财政局", city, 3, docket.HowExact},
		{"财政局", city, 3, docket.HowExact},
		{"财政局", district, 11, docket.HowExact},
		{"市财政局", district, 3, docket.HowExact},
		{"临江区财政局", city, 11, docket.HowExact},
		{"青禾县财政局", city, 21, docket.HowExact},
		{"青禾财政局", city, 21, docket.HowExact},
		{"县财政局", county, 21, docket.HowExact},
		{"市人社局", city, 4, docket.HowAlias},
		{"市人力资源社会保障局", city, 4, docket.HowAlias},
		{"市卫健委", city, 5, docket.HowAlias},
		{"市工信局", city, 6, docket.HowAlias},
		{"市政府办", city, 7, docket.HowAlias},
		{"云州市人民政府办公室", city, 7, docket.HowAlias},
		{"市市场监管局", city, 8, docket.HowAlias},
		{"市场监管局", city, 8, docket.HowAlias},
		{"市市场监管委", city, 8, docket.HowAlias},
		{"临江区", city, 10, docket.HowExact},
		{"临江区人民政府", city, 10, docket.HowAlias},
		{"临江区政府", city, 10, docket.HowAlias},
		{"青禾县", city, 20, docket.HowExact},
		{"青禾县政府", city, 20, docket.HowAlias},
		{"市政府", city, 1, docket.HowAlias},
		{"ＹＺ０３", city, 3, docket.HowCode},
		// a district's own office cannot mean a county's bureau by 县
		{"县教育局", district, 0, docket.HowClose},
		// two districts have one each, the city none: a person says which
		{"教育局", city, 0, docket.HowClose},
		{"省财政厅", city, 0, docket.HowClose},
		{"市经信局", city, 0, docket.HowClose},
		{"市规划建设局", city, 0, docket.HowFormer},
		{"市大数据局", city, 0, docket.HowFormer},
		{"各有关部门", city, 0, docket.HowNone},
		{"市直有关部门", city, 0, docket.HowNone},
		{"", city, 0, docket.HowNone},
	} {
		got := d.Match(c.name, c.near)
		if got.Unit != c.unit || got.How != c.how {
			t.Errorf("%q near %d: got unit %d by %q (suggested %v), want unit %d by %q", c.name, c.near, got.Unit, got.How, got.Suggested, c.unit, c.how)
		}
		if got.Unit != 0 && len(got.Suggested) > 0 {
			t.Errorf("%q is matched and still proposes %v", c.name, got.Suggested)
		}
	}
}

func TestDirectoryProposesFormerNamesAndHeirs(t *testing.T) {
	d := docket.NewDirectory(town(t))
	for name, want := range map[string][]docket.UnitID{"市规划建设局": {32}, "市大数据局": {31}} {
		if got := d.Match(name, 1); !slices.Equal(got.Suggested, want) {
			t.Errorf("%s: proposed %v, want %v", name, got.Suggested, want)
		}
	}
	if got := d.Match("教育局", 1); !slices.Contains(got.Suggested, 12) || !slices.Contains(got.Suggested, 22) {
		t.Errorf("both education bureaus should be proposed, got %v", got.Suggested)
	}
}

func TestDirectoryMatchesEnglishNames(t *testing.T) {
	var units []docket.Unit
	for i, n := range []string{"Northford Council", "Energy and Sustainability Team", "Department of Housing", "Chief Data Officer"} {
		units = append(units, docket.Unit{ID: docket.UnitID(i + 1), Name: n, Parent: docket.UnitID(min(i, 1)), Versions: []docket.UnitVersion{{Name: n, Parent: docket.UnitID(min(i, 1))}}})
	}
	tree, err := docket.NewTree(units, nil, docket.NewDate(2026, 3, 1))
	if err != nil {
		t.Fatal(err)
	}
	d := docket.NewDirectory(tree)
	for name, want := range map[string]docket.UnitID{
		"the energy  & sustainability team": 2, "Energy and Sustainability Team": 2, "Housing Department": 3, "Department of Housing": 3,
		"chief data officer": 4, "all agencies": 0, "Sheriff": 0,
	} {
		if got := d.Match(name, 1); got.Unit != want {
			t.Errorf("%q: got %d by %q, want %d", name, got.Unit, got.How, want)
		}
	}
}

// BenchmarkDirectory matches 500 names against 10,000 units; ns/name of a plain
// scan over folded names is the reference.
func BenchmarkDirectory(b *testing.B) {
	units := []docket.Unit{{ID: 1, Name: "云州市", Versions: []docket.UnitVersion{{Name: "云州市"}}}}
	kinds := []string{"财政局", "教育局", "卫生健康局", "发展和改革局", "农业农村局", "水利局", "交通运输局", "司法局", "审计局", "统计局"}
	places := []rune("东西南北中上下青白红黄江河湖海山林田石泉云雨风雷春夏秋冬金木水")
	for len(units) < 10_000 {
		p := docket.UnitID(len(units) + 1)
		n := len(units) / 11
		name := string([]rune{places[n%31], places[n/31%31]}) + "县"
		units = append(units, docket.Unit{ID: p, Parent: 1, Name: name, Versions: []docket.UnitVersion{{Name: name, Parent: 1}}})
		for _, k := range kinds {
			units = append(units, docket.Unit{ID: docket.UnitID(len(units) + 1), Parent: p, Name: name + k, Versions: []docket.UnitVersion{{Name: name + k, Parent: p}}})
		}
	}
	tree, err := docket.NewTree(units, nil, docket.NewDate(2026, 3, 1))
	if err != nil {
		b.Fatal(err)
	}
	d := docket.NewDirectory(tree)
	rng := rand.New(rand.NewPCG(1, 2))
	var names []string
	for range 500 {
		name := units[1+rng.IntN(len(units)-1)].Name
		if rng.IntN(2) == 0 {
			name = strings.Replace(name, "局", "中心", 1) // unknown: goes all the way to close names
		}
		names = append(names, name)
	}
	b.Run("match", func(b *testing.B) {
		for b.Loop() {
			for _, n := range names {
				d.Match(n, 1)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/500names")
	})
	b.Run("scan", func(b *testing.B) {
		hits := 0
		for b.Loop() {
			for _, n := range names[:5] {
				for i := range units {
					if strings.Contains(units[i].Name, n) {
						hits++
					}
				}
			}
		}
		b.ReportMetric(100*float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/500names")
	})
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			docket.NewDirectory(tree)
		}
	})
}
