package docket_test

import (
	"testing"

	docket "github.com/docket-os/docket"
)

// FuzzDirectory: whatever is written, the directory answers with a standing unit,
// with proposals of standing units, or with nothing; never with both.
func FuzzDirectory(f *testing.F) {
	for _, s := range []string{"市发改委", "云州市人民政府", "各有关部门", "ＹＺ０３", "the 〔Housing〕 & co", "\xff\xfe市", "临江区临江区", "市市市", "中共", " "} {
		f.Add(s, int64(1))
	}
	tree := town(f)
	d := docket.NewDirectory(tree)
	f.Fuzz(func(t *testing.T, name string, near int64) {
		m := d.Match(name, docket.UnitID(near))
		if m.Unit != 0 && (len(m.Suggested) > 0 || !tree.Unit(m.Unit).Stands(tree.On())) {
			t.Errorf("%q: %+v", name, m)
		}
		if (m.How == docket.HowFormer || m.How == docket.HowClose) != (len(m.Suggested) > 0) || len(m.Suggested) > docket.MaxSuggested {
			t.Errorf("%q: %+v", name, m)
		}
		for _, id := range m.Suggested {
			if !tree.Unit(id).Stands(tree.On()) {
				t.Errorf("%q: proposes %d, which has ended", name, id)
			}
		}
	})
}
