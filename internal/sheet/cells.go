package sheet

import (
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"encoding/xml"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/opc"
)

// Bounds of a workbook that comes back. Rows beyond those Excel itself has, and
// cells beyond what any ledger needs, are not looked at: they end the reading.
const (
	mostLines   = 1 << 20  // of a worksheet, empty ones included
	mostCells   = 4 << 20  // visited, empty ones included
	mostColumns = 200      // looked at in a row
	mostText    = 64 << 20 // bytes of all texts of a sheet together
	mostShared  = 2 << 20  // texts in the shared table
)

// cell is what stands in one place.
type cell struct {
	text    string
	number  bool
	formula bool // a formula stands there; its value is not looked at
	broken  bool // an error value such as #REF!
}

// Clean is a text as cells compare: one kind of line end, nothing a cell cannot
// hold, no blanks at the end.
func Clean(s string) string {
	if strings.ContainsRune(s, '\r') {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	return strings.TrimRight(s, " \t\n")
}

// parts are the worksheets of a package by name, and its table of shared texts.
type parts struct {
	pkg    *opc.Package
	main   string
	sheets []worksheet
	shared []string
}

type worksheet struct{ name, part string }

// open reads the list of sheets and the shared texts. A workbook with macros is
// refused before anything else.
func open(pkg *opc.Package) (*parts, error) {
	p := &parts{pkg: pkg, main: pkg.Main()}
	if !strings.HasPrefix(p.main, "xl/") {
		return nil, paper.Mismatch(pkg.Name, "xlsx")
	}
	rels := map[string]string{}
	for _, r := range pkg.Rels(p.main) {
		if r.Kind == "vbaProject" {
			return nil, macros(pkg.Name)
		}
		rels[r.ID] = r.Target
		if r.Kind == "sharedStrings" {
			if err := p.readShared(r.Target); err != nil {
				return nil, err
			}
		}
	}
	if pkg.Has("xl/vbaProject.bin") {
		return nil, macros(pkg.Name)
	}
	return p, p.each(p.main, "sheet", func(_ *opc.XML, s xml.StartElement) error {
		id := ""
		for _, a := range s.Attr {
			if a.Name.Local == "id" { // r:id, not sheetId
				id = a.Value
			}
		}
		if len(p.sheets) >= 1000 {
			return paper.Bomb(pkg.Name, p.main)
		}
		p.sheets = append(p.sheets, worksheet{opc.Attr(s, "name"), rels[id]})
		return nil
	})
}

// each calls fn at every element of a name in a part, wherever it stands.
func (p *parts) each(part, element string, fn func(x *opc.XML, s xml.StartElement) error) error {
	x, err := p.pkg.XML(part)
	if err != nil {
		return err
	}
	defer x.Close()
	for {
		s, err := x.NextStart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && s.Name.Local == element {
			err = fn(x, s)
		}
		if err != nil {
			return err
		}
	}
}

func macros(file string) error {
	return docket.Errorf(docket.Unsupported, "sheet.macros", file+" holds macros and was refused; save it as .xlsx without macros", "file", file)
}

func (p *parts) find(name string) string {
	for _, s := range p.sheets {
		if s.name == name {
			return s.part
		}
	}
	return ""
}

func (p *parts) readShared(part string) error {
	size := 0
	return p.each(part, "si", func(x *opc.XML, _ xml.StartElement) error {
		text, err := richText(x)
		if err != nil {
			return err
		}
		if size += len(text); size > mostText || len(p.shared) >= mostShared {
			return paper.Bomb(p.pkg.Name, part)
		}
		p.shared = append(p.shared, text)
		return nil
	})
}

// richText joins the runs of a text and leaves its reading aids (rPh) out.
func richText(x *opc.XML) (string, error) {
	var b strings.Builder
	var walk func(s xml.StartElement) error
	walk = func(s xml.StartElement) error {
		switch s.Name.Local {
		case "t":
			t, err := x.Text()
			b.WriteString(t)
			return err
		case "r":
			return x.Children(walk, nil)
		}
		return x.Skip()
	}
	if err := x.Children(walk, nil); err != nil {
		return "", err
	}
	return unescape(b.String()), nil
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads the _xHHHH_ that stand for characters XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}

// rows calls fn for each row of a sheet that holds anything, with its cells by
// column from 1. Empty rows and cells cost time, not memory, and only so much.
func (p *parts) rows(part string, fn func(line int, cells map[int]cell) error) error {
	line, work, size := 0, 0, 0
	return p.each(part, "row", func(x *opc.XML, s xml.StartElement) error {
		line++
		if n, err := strconv.Atoi(opc.Attr(s, "r")); err == nil {
			line = n
		}
		if work++; line > mostLines || work > mostLines {
			return docket.Errorf(docket.TooLarge, "sheet.too_long", p.pkg.Name+" claims more rows than a worksheet has; delete the empty rows below the table", "file", p.pkg.Name)
		}
		cells, n, err := p.row(x)
		if err != nil {
			return err
		}
		work += n
		for _, c := range cells {
			size += len(c.text)
		}
		if work > mostCells || size > 2*mostText {
			return docket.Errorf(docket.TooLarge, "sheet.too_wide", p.pkg.Name+" holds far more cells than a ledger needs; delete what stands beside and below the table", "file", p.pkg.Name)
		}
		if len(cells) == 0 {
			return nil
		}
		return fn(line, cells)
	})
}

func (p *parts) row(x *opc.XML) (cells map[int]cell, visited int, err error) {
	col := 0
	err = x.Children(func(s xml.StartElement) error {
		if s.Name.Local != "c" {
			return x.Skip()
		}
		visited++
		if col = columnOf(opc.Attr(s, "r"), col); col > mostColumns {
			return x.Skip()
		}
		c, err := p.cell(x, opc.Attr(s, "t"))
		if err == nil && c != (cell{}) {
			if cells == nil {
				cells = map[int]cell{}
			}
			cells[col] = c
		}
		return err
	}, nil)
	return cells, visited, err
}

// columnOf reads the letters of a place such as AB12; without any it is the
// column after the last.
func columnOf(ref string, last int) int {
	n := 0
	for _, r := range ref {
		switch {
		case r >= 'A' && r <= 'Z':
			n = n*26 + int(r-'A') + 1
		case r >= 'a' && r <= 'z':
			n = n*26 + int(r-'a') + 1
		}
		if n > 1<<14 {
			return mostColumns + 1
		}
	}
	if n == 0 {
		return last + 1
	}
	return n
}

// letters is the name of a column.
func letters(col int) string {
	s := ""
	for ; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}

func (p *parts) cell(x *opc.XML, kind string) (c cell, err error) {
	raw := ""
	err = x.Children(func(s xml.StartElement) (err error) {
		switch s.Name.Local {
		case "f":
			c.formula = true
			return x.Skip()
		case "v":
			raw, err = x.Text()
			return err
		case "is":
			c.text, err = richText(x)
			return err
		}
		return x.Skip()
	}, nil)
	if err != nil {
		return c, err
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || i < 0 || i >= len(p.shared) {
			return c, paper.Broken(p.pkg.Name, "xl/sharedStrings.xml", nil)
		}
		c.text = p.shared[i]
	case "inlineStr":
	case "e":
		c.text, c.broken = raw, true
	case "str", "d":
		c.text = unescape(raw)
	case "b":
		c.text = map[bool]string{true: "TRUE", false: "FALSE"}[strings.TrimSpace(raw) == "1"]
	default:
		c.text, c.number = numeral(strings.TrimSpace(raw)), raw != ""
	}
	c.text = Clean(c.text)
	return c, nil
}

// numeral writes a number as people would: 40, not 4.0E1.
func numeral(raw string) string {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return raw
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
