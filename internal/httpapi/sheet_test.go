package httpapi

import (
	"bytes"
	"encoding/csv"
	"io"
	"iter"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/words"

	"github.com/xuri/excelize/v2"
)

// hostile are cells that a spreadsheet program would run if it could.
var hostile = []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\")", "-"}

func ledgerOf(titles ...string) iter.Seq2[app.LedgerRow, error] {
	return func(yield func(app.LedgerRow, error) bool) {
		for _, title := range titles {
			row := app.LedgerRow{No: "2026-0001", Title: title, Status: docket.Assigned, Lamp: docket.LampWatch, Due: docket.NewDate(2026, 9, 30)}
			row.Leads = []app.LedgerUnit{{Unit: 1, Name: "市教育局"}, {Unit: 2, Name: "市财政局"}}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func sheetOf(t *testing.T, lang string, rows iter.Seq2[app.LedgerRow, error], names ...string) sheet {
	t.Helper()
	cols, err := chosen(names)
	if err != nil {
		t.Fatal(err)
	}
	return sheet{title: words.Say(lang, "ledger.title", nil), lang: lang, columns: cols, rows: rows}
}

func TestCSVCellsAreNeverFormulas(t *testing.T) {
	var buf bytes.Buffer
	if err := writeCSV(&buf, sheetOf(t, "zh", ledgerOf(hostile...), "no", "title", "leads", "due")); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(buf.String(), "\ufeff")
	if !marked {
		t.Error("no byte order mark: spreadsheet programs would read Chinese wrongly")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], "|"); got != "编号|任务|牵头单位|完成时限" {
		t.Errorf("headings %s", got)
	}
	for i, h := range hostile {
		cell := rows[i+1][1]
		if strings.ContainsAny(cell[:1], "=+-@\t\r\n") || strings.TrimPrefix(cell, "'") != strings.ReplaceAll(h, "\r", "") && strings.TrimPrefix(cell, "'") != h {
			t.Errorf("%q came out as %q", h, cell)
		}
	}
	if rows[1][2] != "市教育局、市财政局" {
		t.Errorf("leads %q", rows[1][2])
	}
}

// A workbook that is read again holds the very words, as text.
func TestWorkbookCellsAreTextAsWritten(t *testing.T) {
	var buf bytes.Buffer
	if err := writeWorkbook(&buf, sheetOf(t, "en", ledgerOf(hostile...), "no", "title", "leads")); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }() // read only
	name := book.GetSheetName(0)
	rows, err := book.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	if name != "Ledger" || strings.Join(rows[0], "|") != "No.|Task|Lead" || len(rows) != len(hostile)+1 {
		t.Errorf("sheet %s: %v", name, rows)
	}
	for i, h := range hostile {
		at, err := excelize.CoordinatesToCellName(2, i+2)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := book.GetCellType(name, at)
		formula, _ := book.GetCellFormula(name, at)
		if err != nil || kind != excelize.CellTypeInlineString || formula != "" {
			t.Errorf("%q: type %v, formula %q, %v", h, kind, formula, err)
		}
		if got := rows[i+1][1]; got != h && got != strings.ReplaceAll(h, "\r", "\n") {
			t.Errorf("%q came back as %q", h, got)
		}
	}
}

func TestEveryColumnHasItsHeadingInBothLanguages(t *testing.T) {
	for _, lang := range words.Langs {
		for _, c := range columns {
			if !words.Has(lang, "ledger.column."+c.name) {
				t.Errorf("no %s heading for %s", lang, c.name)
			}
		}
		for _, s := range docket.Statuses() {
			if !words.Has(lang, "ledger.status."+string(s)) {
				t.Errorf("no %s word for the status %s", lang, s)
			}
		}
		for _, l := range docket.Lamps() {
			if !words.Has(lang, "ledger.lamp."+string(l)) {
				t.Errorf("no %s word for the lamp %s", lang, l)
			}
		}
	}
}

func TestEveryFaultOfARequestHasItsSentence(t *testing.T) {
	for _, f := range faults {
		for _, lang := range words.Langs {
			if !words.Has(lang, f.key) {
				t.Errorf("no %s sentence for %s", lang, f.key)
			}
		}
	}
}

func BenchmarkExport(b *testing.B) {
	titles := make([]string, 10_000)
	for i := range titles {
		titles[i] = "新建城镇公办学位3000个"
	}
	cols, err := chosen(nil)
	if err != nil {
		b.Fatal(err)
	}
	for name, write := range map[string]func(io.Writer, sheet) error{"xlsx": writeWorkbook, "csv": writeCSV} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := write(io.Discard, sheet{title: "x", lang: "zh", columns: cols, rows: ledgerOf(titles...)}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(titles)*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
