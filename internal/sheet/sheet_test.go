package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

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

// edited is a workbook after somebody's hands, as excelize writes it anew.
func edited(t testing.TB, raw []byte, hands func(f *excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // in memory
	if err := hands(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatCannotBeTrustedIsRefused(t *testing.T) {
	good := written(t, three())
	macro := repacked(t, good, func(name string, content []byte) (string, []byte) { return name, content }, "xl/vbaProject.bin")
	for name, c := range map[string]struct {
		raw  []byte
		file string
		key  string
	}{
		"macros":        {macro, "a.xlsx", "sheet.macros"},
		"macros, named": {good, "a.xlsm", "sheet.macros"},
		"not ours":      {edited(t, good, func(f *excelize.File) error { return f.DeleteSheet("_docket") }), "a.xlsx", "sheet.unsigned"},
		"hidden sheet changed": {edited(t, good, func(f *excelize.File) error {
			return f.SetCellStr("_docket", "A2", `["1.4","9.9","","2026-0001","","","","",""]`)
		}), "a.xlsx", "sheet.tampered"},
		"hidden row gone":  {edited(t, good, func(f *excelize.File) error { return f.RemoveRow("_docket", 3) }), "a.xlsx", "sheet.tampered"},
		"signature gone":   {edited(t, good, func(f *excelize.File) error { return f.RemoveRow("_docket", 5) }), "a.xlsx", "sheet.tampered"},
		"sheet renamed":    {edited(t, good, func(f *excelize.File) error { return f.SetSheetName("进展", "别名") }), "a.xlsx", ""},
		"names gone":       {edited(t, good, func(f *excelize.File) error { return f.RemoveRow("进展", 1) }), "a.xlsx", "sheet.no_names"},
		"keys gone":        {edited(t, good, func(f *excelize.File) error { return f.RemoveCol("进展", "A") }), "a.xlsx", "sheet.no_keys"},
		"column twice":     {edited(t, good, func(f *excelize.File) error { return f.SetCellStr("进展", "H1", "changed") }), "a.xlsx", "sheet.column_twice"},
		"headings swapped": {edited(t, good, func(f *excelize.File) error { return f.SetCellStr("进展", "E2", "完成百分比") }), "a.xlsx", "sheet.headings"},
		"empty":            {nil, "a.xlsx", "paper.empty"},
		"text":             {[]byte("编号,任务\n"), "a.xlsx", "paper.mismatch"},
		"old format":       {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a.xls", "paper.convert_xls"},
		"damaged":          {good[:len(good)/2], "a.xlsx", "paper.broken"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sheet.Read(t.Context(), paper.Bytes(c.file, c.raw), key)
			var e *docket.Error
			if c.key == "" && err != nil || c.key != "" && (!errors.As(err, &e) || e.Key != c.key) {
				t.Errorf("got %v, want %s", err, c.key)
			}
		})
	}
	if _, err := sheet.Read(t.Context(), paper.Bytes("a.xlsx", good), sheet.Key("another docket")); err == nil || !strings.Contains(err.Error(), "another docket") {
		t.Errorf("another docket's: %v", err)
	}
}

// repacked is a package with its parts changed and some added.
func repacked(t testing.TB, raw []byte, change func(string, []byte) (string, []byte), more ...string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	put := func(name string, content []byte) {
		w, err := out.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		put(change(f.Name, content))
	}
	for _, name := range more {
		put(name, []byte("x"))
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRowsAndColumnsThatMoved(t *testing.T) {
	good := written(t, three())
	at := func(b *sheet.Book, k, column string) string {
		for _, r := range b.Rows {
			if r.Key == k {
				return r.Is[slices.IndexFunc(columns, func(c sheet.Column) bool { return c.Name == column })]
			}
		}
		return ""
	}
	t.Run("a row deleted stays as it is", func(t *testing.T) {
		b := read(t, edited(t, good, func(f *excelize.File) error { return f.RemoveRow("进展", 4) }))
		if b.Missing != 1 || len(b.Rows) != 2 || at(b, "3.4", "changed") != "+7\t-8" {
			t.Errorf("%d missing, %+v", b.Missing, b.Rows)
		}
	})
	t.Run("columns exchanged are found", func(t *testing.T) {
		b := read(t, edited(t, good, func(f *excelize.File) error {
			rows, err := f.GetRows("进展")
			for i, row := range rows {
				for len(row) < 7 {
					row = append(row, "")
				}
				_ = f.SetCellStr("进展", "E"+strconv.Itoa(i+1), row[6]) // due
				_ = f.SetCellStr("进展", "G"+strconv.Itoa(i+1), row[4]) // changed
			}
			return err
		}))
		if at(b, "1.4", "changed") != "=1+1" || at(b, "1.4", "due") != "2026-09-30" {
			t.Errorf("%+v", b.Rows[0])
		}
	})
	t.Run("keys that were changed, copied or made up are named with their row", func(t *testing.T) {
		b := read(t, edited(t, good, func(f *excelize.File) error {
			return errors.Join(f.SetCellStr("进展", "A4", "99.4"), f.SetCellStr("进展", "A5", "1.4"), f.SetCellStr("进展", "E7", "新的事"))
		}))
		var got []string
		for _, r := range b.Rows {
			got = append(got, strconv.Itoa(r.Line)+" "+r.Fault.Key)
		}
		if want := []string{"3 ", "4 sheet.row_unknown", "5 sheet.row_twice", "7 sheet.row_added"}; !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
	t.Run("a column deleted or added is told", func(t *testing.T) {
		b := read(t, edited(t, good, func(f *excelize.File) error {
			return errors.Join(f.SetCellStr("进展", "K3", "我的备注"), f.RemoveCol("进展", "F"))
		}))
		if len(b.Notes) != 2 || b.Notes[0].Key != "sheet.column_gone" || b.Notes[1].Key != "sheet.column_extra" || at(b, "1.4", "percent") != "40" {
			t.Errorf("%+v", b.Notes)
		}
	})
	t.Run("formulas and error values", func(t *testing.T) {
		b := read(t, edited(t, good, func(f *excelize.File) error { return f.SetCellFormula("进展", "E3", "CONCAT(\"a\",\"b\")") }))
		if f := b.Rows[0].Cells[3]; f.Key != "sheet.formula" || f.Args["cell"] != "E3" || b.Rows[0].Is[3] != "" {
			t.Errorf("%+v %q", f, b.Rows[0].Is[3])
		}
	})
	t.Run("what people type is read as meant", func(t *testing.T) {
		b := read(t, edited(t, good, func(f *excelize.File) error {
			return errors.Join(f.SetCellValue("进展", "F3", 41.0), f.SetCellStr("进展", "F4", "42％"), f.SetCellStr("进展", "G3", "2026年10月1日"), f.SetCellValue("进展", "G4", 46357), f.SetCellStr("进展", "G5", "年底"), f.SetCellStr("进展", "D3", "青禾县，市民政局 "))
		}))
		for where, want := range map[[2]string]string{{"1.4", "percent"}: "41", {"2.4", "percent"}: "42", {"1.4", "due"}: "2026-10-01", {"2.4", "due"}: "2026-12-01", {"3.4", "due"}: "年底"} {
			if got := at(b, where[0], where[1]); got != want {
				t.Errorf("%v: %q, want %q", where, got, want)
			}
		}
		if f := columns[5].Fits("年底"); f.Key != "sheet.day" {
			t.Errorf("%+v", f)
		}
	})
}

// Whatever is edited, exactly that is found.
func TestRandomEditsAreFoundExactly(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	letters := []rune("=+-@甲乙 \n\t\"'<>&_x0041_0123456789")
	word := func() string {
		out := make([]rune, random.IntN(12))
		for i := range out {
			out[i] = letters[random.IntN(len(letters))]
		}
		return string(out)
	}
	var all []sheet.Row
	for i := range 60 {
		all = append(all, sheet.Row{Key: strconv.Itoa(i+1) + ".4", Base: "0.0", Cells: texts("2026-"+strconv.Itoa(i), word(), "", word(), strconv.Itoa(random.IntN(101)), "")})
	}
	want := map[string]string{}
	raw := edited(t, written(t, rows(all...)), func(f *excelize.File) error {
		for range 40 {
			i, text := random.IntN(len(all)), word()
			if err := f.SetCellStr("进展", "E"+strconv.Itoa(i+3), text); err != nil {
				return err
			}
			want[all[i].Key] = sheet.Clean(text)
			if want[all[i].Key] == sheet.Clean(all[i].Cells[3].Text) {
				delete(want, all[i].Key)
			}
		}
		return nil
	})
	got := map[string]string{}
	for _, r := range read(t, raw).Rows {
		for i := range r.Is {
			if r.Is[i] != r.Was[i] {
				got[r.Key] = r.Is[i]
			}
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("edited %q\nfound %q", want, got)
	}
}

// Sheets that claim far more than a ledger needs end in a sentence, in bounded
// time and memory.
func TestHugeSheets(t *testing.T) {
	good := written(t, three())
	with := func(end string) []byte {
		return repacked(t, good, func(name string, content []byte) (string, []byte) {
			if name == "xl/worksheets/sheet1.xml" {
				content = bytes.Replace(content, []byte("</sheetData>"), []byte(end+"</sheetData>"), 1)
			}
			return name, content
		})
	}
	t.Run("many formatted empty rows are passed over", func(t *testing.T) {
		var b strings.Builder
		for i := 6; i <= 200_000; i++ {
			fmt.Fprintf(&b, `<row r="%d" s="3" customFormat="1"/>`, i)
		}
		if got := read(t, with(b.String())); len(got.Rows) != 3 {
			t.Errorf("%d rows", len(got.Rows))
		}
	})
	for name, end := range map[string]string{
		"ten million empty rows":  strings.Repeat("<row/>", 10_000_000),
		"rows beyond the last":    `<row r="9000000"><c r="A9000000" t="inlineStr"><is><t>x</t></is></c></row>`,
		"millions of empty cells": strings.Repeat("<row>"+strings.Repeat("<c/>", 10_000)+"</row>", 1000),
	} {
		t.Run(name, func(t *testing.T) {
			raw := with(end)
			begun := time.Now()
			_, err := sheet.Read(t.Context(), paper.Bytes("a.xlsx", raw), key)
			if docket.CodeOf(err) != docket.TooLarge {
				t.Errorf("got %v", err)
			}
			if took := time.Since(begun); took > 20*time.Second {
				t.Errorf("%d bytes took %s", len(raw), took)
			}
		})
	}
}

// BenchmarkRoundTrip writes a workbook of 10,000 rows and reads it back.
func BenchmarkRoundTrip(b *testing.B) {
	many := func(yield func(sheet.Row, error) bool) {
		for i := range 10_000 {
			no := strconv.Itoa(i + 1)
			if !yield(sheet.Row{Key: no + ".4", Base: "0.0", Cells: texts("2026-"+no, "新增公办学位三千个", "市民政局", strings.Repeat("已开工，正在施工。", 8), "40", "2026-09-30")}, nil) {
				return
			}
		}
	}
	for b.Loop() {
		if got := read(b, written(b, many)); len(got.Rows) != 10_000 {
			b.Fatal(len(got.Rows))
		}
	}
}
