package sheet

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/docket-os/docket/internal/words"
)

// Out is a workbook to be written.
type Out struct {
	Meta  Meta
	Lists map[string][]string // to choose from, by the names columns give
	Wrong bool                // a last column says what is wrong: Row.Wrong
}

// writer is a workbook being written, both sheets side by side and streaming:
// memory does not grow with the rows.
type writer struct {
	out    Out
	book   *excelize.File
	seen   *excelize.StreamWriter
	hidden *excelize.StreamWriter
	seal   seal
	style  map[string]int
	line   int // last written, of the sheet people see
	below  int // last written, of the hidden one
}

// Write writes a workbook with these rows.
func Write(w io.Writer, k Key, out Out, rows iter.Seq2[Row, error]) error {
	out.Meta.Format, out.Meta.Docket = format, k.Docket()
	b := &writer{out: out, book: excelize.NewFile(), seal: newSeal(k), style: map[string]int{}}
	defer func() { _ = b.book.Close() }() // temporary files of the streams only
	for _, step := range []func() error{b.begin, b.headings} {
		if err := step(); err != nil {
			return err
		}
	}
	for r, err := range rows {
		if err == nil {
			err = b.row(r)
		}
		if err != nil {
			return err
		}
	}
	if err := b.end(); err != nil {
		return err
	}
	return b.book.Write(w)
}

func (b *writer) begin() (err error) {
	m := &b.out.Meta
	if err := b.book.SetSheetName("Sheet1", m.Sheet); err != nil {
		return err
	}
	for _, name := range []string{listSheet, hiddenSheet} {
		if _, err := b.book.NewSheet(name); err != nil {
			return err
		}
		if err := b.book.SetSheetVisible(name, false, true); err != nil {
			return err
		}
	}
	if err := b.lists(); err != nil {
		return err
	}
	if b.seen, err = b.book.NewStreamWriter(m.Sheet); err != nil {
		return err
	}
	if b.hidden, err = b.book.NewStreamWriter(hiddenSheet); err != nil {
		return err
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return b.under([]string{string(raw)})
}

// lists puts each list into a column of a hidden sheet under a name of its own,
// for dropdowns longer than a validation may hold by itself.
func (b *writer) lists() error {
	for i, name := range slices.Sorted(keysOf(b.out.Lists)) {
		items := b.out.Lists[name]
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		for n, item := range items {
			if err := b.book.SetCellStr(listSheet, col+strconv.Itoa(n+1), item); err != nil {
				return err
			}
		}
		if len(items) == 0 {
			continue
		}
		ref := fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, col, col, len(items))
		if err := b.book.SetDefinedName(&excelize.DefinedName{Name: "list_" + name, RefersTo: ref}); err != nil {
			return err
		}
	}
	return nil
}

func keysOf[V any](m map[string]V) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// say is a sentence in the workbook's language.
func (b *writer) say(key string) string { return words.Say(b.out.Meta.Lang, key, nil) }

func (b *writer) headings() error {
	cols := b.out.Meta.Columns
	names, heads := []string{keyColumn}, []any{excelize.Cell{}}
	if err := b.seen.SetColWidth(1, 1, 10); err != nil {
		return err
	}
	if err := b.seen.SetColVisible(1, 1, false); err != nil {
		return err
	}
	for i, c := range cols {
		names = append(names, c.Name)
		look := "head"
		if c.Open {
			look = "head open"
		}
		style, err := b.styled(look)
		if err != nil {
			return err
		}
		heads = append(heads, excelize.Cell{StyleID: style, Value: b.say("sheet.column." + c.Name)})
		if err := b.seen.SetColWidth(i+2, i+2, c.Width); err != nil {
			return err
		}
	}
	if b.out.Wrong {
		style, err := b.styled("head")
		if err != nil {
			return err
		}
		names, heads = append(names, noteColumn), append(heads, excelize.Cell{StyleID: style, Value: b.say("sheet.column." + noteColumn)})
		if err := b.seen.SetColWidth(len(names), len(names), 50); err != nil {
			return err
		}
	}
	if err := b.seen.SetPanes(&excelize.Panes{Freeze: true, XSplit: 2, YSplit: headingLine, TopLeftCell: "C3", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	shown := make([]any, len(names))
	for i, n := range names {
		shown[i] = excelize.Cell{Value: n}
	}
	if err := b.seen.SetRow("A1", shown, excelize.RowOpts{Hidden: true}); err != nil {
		return err
	}
	if err := b.seen.SetRow("A2", heads, excelize.RowOpts{Height: 32}); err != nil {
		return err
	}
	b.line = headingLine
	return nil
}

// noteColumn says what is wrong with a row that goes out again.
const noteColumn = "wrong"

func (b *writer) row(r Row) error {
	lang := b.out.Meta.Lang
	texts := make([]string, len(r.Cells))
	for i := range r.Cells {
		texts[i] = r.Cells[i].in(lang)
	}
	if err := b.under(append([]string{r.Key, r.Base, strings.Join(r.Shut, " ")}, texts...)); err != nil {
		return err
	}
	cells := []any{excelize.Cell{Value: r.Key}}
	for i, c := range b.out.Meta.Columns {
		text := texts[i]
		if shown, ok := r.Shown[c.Name]; ok {
			text = Clean(shown)
		}
		cell, err := b.cell(c, text, c.Open && !slices.Contains(r.Shut, c.Name))
		if err != nil {
			return err
		}
		cells = append(cells, cell)
	}
	if b.out.Wrong {
		style, err := b.styled("wrong")
		if err != nil {
			return err
		}
		said := make([]string, len(r.Wrong))
		for i, f := range r.Wrong {
			said[i] = Say(lang, f)
		}
		cells = append(cells, excelize.Cell{StyleID: style, Value: strings.Join(said, "\n")})
	}
	b.line++
	return b.seen.SetRow("A"+strconv.Itoa(b.line), cells)
}

// cell is a value typed as what it is: a Go string becomes an inline text cell,
// which no program takes for a formula.
func (b *writer) cell(c Column, text string, open bool) (excelize.Cell, error) {
	look := "text"
	if c.Kind == Percent {
		look = "percent"
	}
	if open {
		look += " open"
	}
	style, err := b.styled(look)
	if n, bad := strconv.Atoi(text); c.Kind == Percent && bad == nil {
		return excelize.Cell{StyleID: style, Value: n}, err
	}
	return excelize.Cell{StyleID: style, Value: text}, err
}

// under writes a line of the hidden sheet and signs it. A cell holds 32,767
// UTF-16 units, so a long line is cut into pieces of one column each and joined
// again when it is read.
func (b *writer) under(cells []string) error {
	b.seal.line(cells)
	raw, err := json.Marshal(cells)
	if err != nil {
		return err
	}
	var pieces []any
	for text := string(raw); text != ""; {
		n := min(len(text), maxPiece)
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n--
		}
		pieces, text = append(pieces, text[:n]), text[n:]
	}
	b.below++
	return b.hidden.SetRow("A"+strconv.Itoa(b.below), pieces)
}

// maxPiece is how many bytes of a line one cell of the hidden sheet takes.
const maxPiece = 30_000

func (b *writer) end() error {
	m := &b.out.Meta
	b.below++
	if err := b.hidden.SetRow("A"+strconv.Itoa(b.below), []any{"sum", b.seal.sum()}); err != nil {
		return err
	}
	if err := b.hidden.Flush(); err != nil {
		return err
	}
	if err := b.validations(); err != nil {
		return err
	}
	if err := b.book.ProtectSheet(m.Sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, AutoFilter: true, Sort: true,
	}); err != nil {
		return err
	}
	if err := b.page(); err != nil {
		return err
	}
	return b.seen.Flush()
}

// page makes the sheet print as the ledgers offices know: A4 across, as wide as
// the page, headings on each.
func (b *writer) page() error {
	m := &b.out.Meta
	size, across, wide, high := 9, "landscape", 1, 0
	if err := b.book.SetPageLayout(m.Sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &across, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	fit := true
	if err := b.book.SetSheetProps(m.Sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.book.SetHeaderFooter(m.Sheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + m.At.Format("2006-01-02") + "&R&P/&N"}); err != nil {
		return err
	}
	return b.book.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + strings.ReplaceAll(m.Sheet, "'", "''") + "'!$2:$2", Scope: m.Sheet})
}

// validations let the spreadsheet program itself refuse what would be refused later.
func (b *writer) validations() error {
	last := max(b.line, firstLine)
	for i, c := range b.out.Meta.Columns {
		if !c.Open {
			continue
		}
		col, err := excelize.ColumnNumberToName(i + 2)
		if err != nil {
			return err
		}
		dv := excelize.NewDataValidation(true)
		dv.Sqref = fmt.Sprintf("%s%d:%s%d", col, firstLine, col, last)
		title, prompt := b.say("sheet.column."+c.Name), b.say("sheet.prompt."+c.Name)
		switch {
		case c.List != "" && len(b.out.Lists[c.List]) > 0:
			dv.SetSqrefDropList("list_" + c.List)
			dv.SetError(excelize.DataValidationErrorStyleInformation, title, prompt) // several may be named, which no dropdown does
		case c.Kind == Percent:
			if err := dv.SetRange(0, 100, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
				return err
			}
			dv.SetError(excelize.DataValidationErrorStyleStop, title, prompt)
		case c.Most > 0:
			if err := dv.SetRange(0, c.Most, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween); err != nil {
				return err
			}
			dv.SetError(excelize.DataValidationErrorStyleStop, title, prompt)
		}
		dv.SetInput(title, prompt)
		if err := b.book.AddDataValidation(b.out.Meta.Sheet, dv); err != nil {
			return err
		}
	}
	return nil
}

// styled returns the number of a style by its look.
func (b *writer) styled(look string) (int, error) {
	if id, ok := b.style[look]; ok {
		return id, nil
	}
	line := []excelize.Border{}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		line = append(line, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	s := excelize.Style{Border: line, NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, Protection: &excelize.Protection{Locked: true}} // 49: text
	fill := func(color string) { s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}} }
	switch {
	case strings.HasPrefix(look, "head"):
		s.Font, s.Alignment.Vertical = &excelize.Font{Bold: true}, "center"
		fill("E7E6E6")
	case strings.HasPrefix(look, "percent"):
		s.NumFmt = 1 // whole
	case look == "wrong":
		s.Font = &excelize.Font{Color: "9C0006"}
	}
	if strings.HasSuffix(look, " open") {
		fill("FFF8DC")
		s.Protection = &excelize.Protection{Locked: strings.HasPrefix(look, "head")}
	}
	id, err := b.book.NewStyle(&s)
	b.style[look] = id
	return id, err
}
