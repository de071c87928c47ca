package httpapi

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"

	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/words"

	"github.com/xuri/excelize/v2"
)

// sheet is a table on its way into a file, row by row.
type sheet struct {
	title   string
	lang    string
	columns []column
	rows    iter.Seq2[app.LedgerRow, error]
}

// pull makes a sequence one that is asked for its next row.
func pull(rows iter.Seq2[app.LedgerRow, error]) (next func() (app.LedgerRow, error, bool), stop func()) {
	return iter.Pull2(rows)
}

// resumed is the sequence of first and whatever next still gives.
func resumed(first app.LedgerRow, ok bool, next func() (app.LedgerRow, error, bool)) iter.Seq2[app.LedgerRow, error] {
	return func(yield func(app.LedgerRow, error) bool) {
		row, err := first, error(nil)
		for ; ok; row, err, ok = next() {
			if !yield(row, err) {
				return
			}
		}
	}
}

func (s sheet) headings() []string {
	return each(s.columns, func(c column) string { return words.Say(s.lang, "ledger.column."+c.name, nil) })
}

func (s sheet) cells(r app.LedgerRow) []string {
	return each(s.columns, func(c column) string { return c.cell(r, s.lang) })
}

// writeCSV writes the sheet with a byte order mark, without which spreadsheet
// programs take Chinese for another encoding.
func writeCSV(w io.Writer, s sheet) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(s.headings()); err != nil {
		return err
	}
	for r, err := range s.rows {
		if err != nil {
			return err
		}
		if err := out.Write(each(s.cells(r), harmless)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet program from running a CSV cell as a formula:
// what begins like one gets an apostrophe before it (pitfalls 12).
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// writeWorkbook writes the sheet as a workbook with a fixed head row, streaming:
// memory does not grow with the rows. Every cell is typed as text, so nothing in
// it can be a formula.
func writeWorkbook(w io.Writer, s sheet) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // temporary files of the stream only
	name := s.title
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	head, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	body, err := book.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}) // 49: text
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, c := range s.columns {
		if err := out.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := writeRows(out, s, head, body); err != nil {
		return err
	}
	return book.Write(w)
}

// mostRows is what a worksheet holds.
const mostRows = 1 << 20

func writeRows(out *excelize.StreamWriter, s sheet, head, body int) error {
	if err := out.SetRow("A1", typed(s.headings(), head)); err != nil {
		return err
	}
	line := 1
	for r, err := range s.rows {
		if err != nil {
			return err
		}
		if line++; line > mostRows {
			break // the rest stands in the CSV, which has no end
		}
		at, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, typed(s.cells(r), body)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// typed gives every cell its style; a Go string becomes an inline text cell.
func typed(cells []string, style int) []any {
	return each(cells, func(c string) any { return excelize.Cell{StyleID: style, Value: c} })
}
