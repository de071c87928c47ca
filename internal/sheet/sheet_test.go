package sheet_test

import (
	"bytes"
	"iter"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/sheet"
)

var key = sheet.Key("a key of this docket")

var columns = []sheet.Column{
	{Name: "no", Width: 12}, {Name: "title", Width: 40}, {Name: "lead", Width: 20, Open: true, List: "units"},
	{Name: "changed", Width: 50, Open: true, Most: 4000}, {Name: "percent", Kind: sheet.Percent, Width: 8, Open: true}, {Name: "due", Kind: sheet.Day, Width: 12, Open: true},
}

func out() sheet.Out {
	return sheet.Out{Meta: sheet.Meta{Kind: docket.SheetReports, Lang: "zh", Person: 7, At: time.Date(2026, 3, 5, 1, 0, 0, 0, time.UTC), Sheet: "进展", Columns: columns},
		Lists: map[string][]string{"units": {"市民政局", "青禾县"}}}
}

func rows(all ...sheet.Row) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func texts(all ...string) []sheet.Value {
	out := make([]sheet.Value, len(all))
	for i, t := range all {
		out[i].Text = t
	}
	return out
}

func three() iter.Seq2[sheet.Row, error] {
	return rows(
		sheet.Row{Key: "1.4", Base: "0.0", Cells: texts("2026-0001", "新建学位", "市民政局", "=1+1", "40", "2026-09-30")},
		sheet.Row{Key: "2.4", Base: "0.0", Cells: texts("2026-0002", "修\r\n桥 _x0041_ \"<&>\"", "", "", "0", ""), Shut: []string{"due"}},
		sheet.Row{Key: "3.4", Base: "9.2", Cells: texts("2026-0003", "@SUM(A1)", "青禾县", "+7\t-8", "100", "2026-12-31")},
	)
}

func written(t testing.TB, rows iter.Seq2[sheet.Row, error]) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.Write(&b, key, out(), rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, raw []byte) *sheet.Book {
	t.Helper()
	b, err := sheet.Read(t.Context(), paper.Bytes("a.xlsx", raw), key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatGoesOutComesBackUnchanged(t *testing.T) {
	b := read(t, written(t, three()))
	if len(b.Rows) != 3 || b.Missing != 0 || len(b.Notes) != 0 {
		t.Fatalf("%d rows, %d missing, notes %v", len(b.Rows), b.Missing, b.Notes)
	}
	for _, r := range b.Rows {
		for i := range r.Is {
			if r.Is[i] != r.Was[i] || r.Cells[i].Key != "" {
				t.Errorf("row %d, %s: %q went out, %q came back %v", r.Line, columns[i].Name, r.Was[i], r.Is[i], r.Cells[i])
			}
		}
	}
	if b.Rows[0].Is[3] != "=1+1" || b.Rows[1].Is[1] != "修\n桥 _x0041_ \"<&>\"" || b.Rows[2].Is[3] != "+7\t-8" {
		t.Errorf("texts: %+v", b.Rows)
	}
}
