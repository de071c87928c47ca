package sheet

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/opc"
	"github.com/docket-os/docket/internal/words"
)

// Book is a workbook that came back, its signature proven.
type Book struct {
	Meta    Meta
	Rows    []Back
	Missing int            // rows that went out and are not there any more
	Notes   []docket.Fault // what was passed over
}

// Back is a row that came back.
type Back struct {
	Line  int
	Key   string
	Base  string
	Was   []string // of the columns, as they went out
	Is    []string // as they came back
	Shut  []string
	Fault docket.Fault   // of the row: its key is unknown, or stands there twice
	Cells []docket.Fault // of the cells: a formula, an error value
}

// Limits of the package a workbook is: expanded, it is read as a stream.
var limits = paper.Limits{PartBytes: 160 << 20, TotalBytes: 256 << 20, Parts: 1000}

// Read reads a workbook this docket gave out. One that it did not, or whose
// hidden sheet was touched, is refused with the reason; faults of rows and cells
// are told with them.
func Read(ctx context.Context, src paper.Source, k Key) (*Book, error) {
	if ext := strings.ToLower(src.Ext()); ext == ".xlsm" || ext == ".xltm" || ext == ".xlsb" {
		return nil, macros(src.Name)
	}
	if head := src.Head(4); !strings.HasPrefix(string(head), "PK") {
		if src.Size == 0 {
			return nil, paper.Empty(src.Name)
		}
		if refusal := paper.Foreign(src); refusal != nil {
			return nil, refusal
		}
		return nil, paper.Mismatch(src.Name, "xlsx")
	}
	pkg, err := opc.Open(ctx, src, limits)
	if err != nil {
		return nil, err
	}
	p, err := open(pkg)
	if err != nil {
		return nil, err
	}
	out, err := p.signed(k)
	if err != nil {
		return nil, err
	}
	r := reader{parts: p, signed: out, book: &Book{Meta: out.meta}}
	part, err := r.seen()
	if err == nil {
		err = p.rows(part, r.row)
	}
	if err == nil && r.columns == nil {
		err = r.unknown()
	}
	if err != nil {
		return nil, err
	}
	r.book.Missing = len(out.rows) - len(r.lines)
	return r.book, nil
}

// signed is what the hidden sheet says went out.
type signed struct {
	meta Meta
	rows map[string]sent
}

type sent struct {
	base  string
	shut  []string
	cells []string
}

// unsigned refuses a workbook that this program did not make.
func (p *parts) unsigned() error {
	return docket.Errorf(docket.Invalid, "sheet.unsigned", p.pkg.Name+" is no workbook this docket gave out; download one and fill it in", "file", p.pkg.Name)
}

func (p *parts) tampered() error {
	return docket.Errorf(docket.Invalid, "sheet.tampered", "the hidden sheet of "+p.pkg.Name+" was changed, so nothing in it can be trusted; download a new workbook and copy your texts over", "file", p.pkg.Name)
}

// signed reads the hidden sheet and proves its signature.
func (p *parts) signed(k Key) (*signed, error) {
	part := p.find(hiddenSheet)
	if part == "" {
		return nil, p.unsigned()
	}
	out, seal, proven := &signed{}, newSeal(k), false
	err := p.rows(part, func(_ int, cells map[int]cell) error {
		if proven {
			return p.tampered()
		}
		if cells[1].text == "sum" {
			if proven = seal.is(cells[2].text); !proven {
				return p.tampered()
			}
			return nil
		}
		var text strings.Builder
		for i := 1; i <= len(cells); i++ {
			text.WriteString(cells[i].text)
		}
		var line []string
		if json.Unmarshal([]byte(text.String()), &line) != nil || len(line) == 0 {
			return p.tampered()
		}
		seal.line(line)
		if out.rows == nil {
			return p.first(out, line[0], k)
		}
		n := len(out.meta.Columns)
		if len(line) != 3+n || len(out.rows) >= docket.MaxSheetRows {
			return p.tampered()
		}
		out.rows[line[0]] = sent{base: line[1], shut: strings.Fields(line[2]), cells: line[3:]}
		return nil
	})
	if err == nil && !proven {
		err = p.tampered()
	}
	return out, err
}

// first reads the first line: where the workbook comes from.
func (p *parts) first(out *signed, text string, k Key) error {
	switch err := json.Unmarshal([]byte(text), &out.meta); {
	case err != nil:
		return p.tampered()
	case out.meta.Docket != k.Docket():
		return docket.Errorf(docket.Invalid, "sheet.foreign", p.pkg.Name+" was given out by another docket; bring it back there", "file", p.pkg.Name)
	case out.meta.Format != format:
		return docket.Errorf(docket.Unsupported, "sheet.format", p.pkg.Name+" was made by another version of the program; download a new one", "file", p.pkg.Name)
	case len(out.meta.Columns) == 0 || len(out.meta.Columns) > mostColumns/2:
		return p.tampered()
	}
	out.rows = map[string]sent{}
	return nil
}

// reader reads the sheet people see.
type reader struct {
	*parts
	signed  *signed
	book    *Book
	columns map[int]int // of the sheet → of the signed columns; nil until the names are read
	key     int         // column of the keys
	lines   map[string]int
	extra   map[int]bool
}

// seen finds the sheet people see: by its name, else the only one left.
func (r *reader) seen() (string, error) {
	if part := r.find(r.signed.meta.Sheet); part != "" {
		return part, nil
	}
	others := slices.DeleteFunc(slices.Clone(r.sheets), func(s worksheet) bool { return s.name == hiddenSheet || s.name == listSheet })
	if len(others) == 1 {
		return others[0].part, nil
	}
	return "", docket.Errorf(docket.Invalid, "sheet.no_sheet", "the sheet “"+r.signed.meta.Sheet+"” is not in "+r.pkg.Name+"; give it its name back", "file", r.pkg.Name, "sheet", r.signed.meta.Sheet)
}

// unknown refuses a sheet whose line of names is gone.
func (r *reader) unknown() error {
	return docket.Errorf(docket.Invalid, "sheet.no_names", "the hidden first row of the sheet “"+r.signed.meta.Sheet+"” is gone or was changed, so its columns cannot be told apart; undo that, or download a new workbook",
		"sheet", r.signed.meta.Sheet)
}

// row reads one row: the names, the headings, or what was filled in.
func (r *reader) row(line int, cells map[int]cell) error {
	if r.columns == nil {
		return r.names(cells)
	}
	if line == headingLine {
		return r.headings(cells)
	}
	if r.empty(cells) {
		return nil
	}
	if len(r.book.Rows) >= docket.MaxSheetRows {
		return docket.Errorf(docket.TooLarge, "sheet.too_many_rows", "the workbook holds more than "+strconv.Itoa(docket.MaxSheetRows)+" rows; bring it back in parts", "limit", strconv.Itoa(docket.MaxSheetRows))
	}
	r.book.Rows = append(r.book.Rows, r.back(line, cells))
	return nil
}

// names finds the columns by the names of the hidden first row, so that columns
// that were moved are found where they are now.
func (r *reader) names(cells map[int]cell) error {
	found := map[int]int{}
	seen := map[string]bool{}
	r.key = 0
	for col, c := range cells {
		name := c.text
		i := slices.IndexFunc(r.signed.meta.Columns, func(x Column) bool { return x.Name == name })
		switch {
		case name == keyColumn && !seen[name]:
			r.key = col
		case i >= 0 && !seen[name]:
			found[col] = i
		case i >= 0 || name == keyColumn:
			return docket.Errorf(docket.Invalid, "sheet.column_twice", "column "+letters(col)+" of the sheet is there twice; delete the copy", "sheet", r.signed.meta.Sheet, "column", letters(col))
		case name != noteColumn:
			continue
		}
		seen[name] = true
	}
	if len(found) == 0 {
		return r.unknown()
	}
	if r.key == 0 {
		return docket.Errorf(docket.Invalid, "sheet.no_keys", "the hidden first column of the sheet “"+r.signed.meta.Sheet+"” is gone, so its rows cannot be told apart; undo that, or download a new workbook", "sheet", r.signed.meta.Sheet)
	}
	for _, c := range r.signed.meta.Columns {
		if !seen[c.Name] && c.Open {
			r.book.Notes = append(r.book.Notes, docket.Fault{Key: "sheet.column_gone", Args: map[string]string{"column": "@sheet.column." + c.Name}, Message: "the column " + c.Name + " is gone; it stays as it is"})
		}
	}
	r.columns, r.lines, r.extra = found, map[string]int{}, map[int]bool{r.key: true}
	for col, c := range cells {
		if _, known := found[col]; known || c.text == noteColumn {
			r.extra[col] = true
		}
	}
	return nil
}

// headings makes sure that what people read above a column is what the program
// takes it for: who fills in by headings that were exchanged fills in the wrong cells.
func (r *reader) headings(cells map[int]cell) error {
	say := func(i int) string {
		return words.Say(r.signed.meta.Lang, "sheet.column."+r.signed.meta.Columns[i].Name, nil)
	}
	for col, i := range r.columns {
		head := cells[col].text
		if head == say(i) {
			continue
		}
		for j := range r.signed.meta.Columns {
			if j != i && head == say(j) {
				return docket.Errorf(docket.Invalid, "sheet.headings", "column "+letters(col)+" is headed “"+head+"” but is “"+say(i)+"”; put the headings back and check what was filled in",
					"sheet", r.signed.meta.Sheet, "column", letters(col), "heading", head, "is", say(i))
			}
		}
	}
	return nil
}

func (r *reader) empty(cells map[int]cell) bool {
	some := false
	for col, c := range cells {
		some = some || c.text != "" || c.formula
		if c.text != "" && !r.extra[col] {
			r.extra[col] = true
			r.book.Notes = append(r.book.Notes, docket.Fault{Key: "sheet.column_extra", Args: map[string]string{"column": letters(col)}, Message: "column " + letters(col) + " is none of ours and was passed over"})
		}
	}
	return !some
}

// back compares a row with what went out under its key.
func (r *reader) back(line int, cells map[int]cell) Back {
	k := cells[r.key]
	out, known := r.signed.rows[k.text]
	b := Back{Line: line, Key: k.text}
	first, twice := r.lines[k.text]
	switch {
	case k.text == "":
		b.Fault = docket.Fault{Key: "sheet.row_added", Args: map[string]string{"row": strconv.Itoa(line)}, Message: "a row was added that the docket knows nothing of; new matters are registered in the docket"}
		return b
	case !known:
		b.Key = ""
		b.Fault = docket.Fault{Key: "sheet.row_unknown", Args: map[string]string{"row": strconv.Itoa(line)}, Message: "the hidden key of this row was changed; copy it from a new workbook"}
		return b
	case twice:
		b.Fault = docket.Fault{Key: "sheet.row_twice", Args: map[string]string{"row": strconv.Itoa(line), "first": strconv.Itoa(first)}, Message: "this row is a copy; keep one of them"}
		b.Key = ""
		return b
	}
	r.lines[k.text] = line
	b.Base, b.Was, b.Shut = out.base, out.cells, out.shut
	b.Is, b.Cells = slices.Clone(out.cells), make([]docket.Fault, len(out.cells))
	for col, i := range r.columns {
		b.Is[i], b.Cells[i] = r.value(r.signed.meta.Columns[i], cells[col], line, col)
	}
	return b
}

// value is what a cell says for its column.
func (r *reader) value(c Column, in cell, line, col int) (string, docket.Fault) {
	at := map[string]string{"cell": letters(col) + strconv.Itoa(line)}
	switch {
	case in.formula:
		return "", docket.Fault{Key: "sheet.formula", Args: at, Message: "a formula stands in " + at["cell"] + "; write the value itself"}
	case in.broken:
		at["value"] = in.text
		return "", docket.Fault{Key: "sheet.error_value", Args: at, Message: "an error value stands in " + at["cell"] + "; write what is meant"}
	}
	return c.read(r.signed.meta.Lang, in), docket.Fault{}
}

// read is a cell's text in the column's own writing where it can be read so; the
// text itself otherwise, for Fits to refuse.
func (c Column) read(lang string, in cell) string {
	switch c.Kind {
	case Percent:
		text := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(in.text), "%％"))
		if n, err := strconv.Atoi(text); err == nil {
			return strconv.Itoa(n)
		}
	case Names:
		return JoinNames(lang, SplitNames(lang, in.text))
	case Day:
		if in.number {
			if n, err := strconv.Atoi(in.text); err == nil && n > 0 && n < 200_000 {
				return (docket.NewDate(1899, 12, 30) + docket.Date(n)).String()
			}
		}
		return readDay(in.text)
	}
	return in.text
}

// Typed is a text that was typed for the column elsewhere than in a workbook, in
// the column's own writing.
func (c Column) Typed(lang, text string) string { return c.read(lang, cell{text: Clean(text)}) }

// readDay takes the ways a day is written: 2026-11-30, 2026/11/30, 2026年11月30日.
func readDay(text string) string {
	plain := strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(strings.TrimSpace(text))
	f := strings.Split(plain, "-")
	if len(f) != 3 {
		return text
	}
	for i := 1; i < 3; i++ {
		if len(f[i]) == 1 {
			f[i] = "0" + f[i]
		}
	}
	d, err := docket.ParseDate(strings.Join(f, "-"))
	if err != nil || d == 0 {
		return text
	}
	return d.String()
}

// Fits gives what keeps a text from standing in the column; none: nothing.
func (c Column) Fits(text string) docket.Fault {
	switch c.Kind {
	case Percent:
		if n, err := strconv.Atoi(text); err != nil || n < 0 || n > 100 {
			return docket.Fault{Key: "sheet.percent", Message: "give a whole number from 0 to 100"}
		}
	case Day:
		if d, err := docket.ParseDate(text); err != nil || d == 0 && text != "" {
			return docket.Fault{Key: "sheet.day", Message: "give a day such as 2026-11-30"}
		}
	}
	if c.Most > 0 && len([]rune(text)) > c.Most {
		return docket.Fault{Key: "sheet.too_much", Args: map[string]string{"max": strconv.Itoa(c.Most)}, Message: "at most " + strconv.Itoa(c.Most) + " characters"}
	}
	return docket.Fault{}
}

// IsRefusal reports that an error says in words what is wrong with the file
// itself, so that reading it again is of no use.
func IsRefusal(err error) bool {
	var e *docket.Error
	return errors.As(err, &e) && e.Code != docket.Unavailable
}
