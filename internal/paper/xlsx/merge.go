package xlsx

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/docket-os/docket/internal/paper"
)

// maxMergeBytes bounds the list of merged ranges that is looked at, which
// stands behind the rows of a sheet.
const maxMergeBytes = 8 << 20

var mergeRef = regexp.MustCompile(`<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"`)

// area is a merged range, 1-based and inclusive.
type area struct {
	row, col, lastRow, lastCol int
	text                       string // of its first cell, once met
}

// merges are the merged ranges of a sheet, swept from the top row down.
type merges struct {
	waiting []area // by first row
	open    []area // that reach into the current row
}

// merges reads the ranges of a sheet without loading its rows.
func (w *workbook) merges(sheet string) (*merges, error) {
	m := &merges{}
	part := w.partOf(sheet)
	if part == "" {
		return m, nil
	}
	tail, err := w.pkg.Tail(part, "mergeCells", maxMergeBytes)
	if err != nil {
		return nil, err
	}
	for _, ref := range mergeRef.FindAllSubmatch(tail, -1) {
		c1, r1, err1 := excelize.CellNameToCoordinates(string(ref[1]))
		c2, r2, err2 := excelize.CellNameToCoordinates(string(ref[2]))
		if err1 == nil && err2 == nil && r1 <= r2 && c1 <= c2 {
			m.waiting = append(m.waiting, area{row: r1, col: c1, lastRow: r2, lastCol: c2})
		}
	}
	slices.SortFunc(m.waiting, func(a, b area) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col)) })
	return m, nil
}

// partOf is the part that holds a sheet.
func (w *workbook) partOf(sheet string) string {
	x, err := w.pkg.XML("xl/workbook.xml")
	if err != nil {
		return ""
	}
	defer x.Close()
	id := ""
	for {
		s, err := x.NextStart()
		if err != nil {
			return ""
		}
		if s.Name.Local != "sheet" {
			continue
		}
		match := false
		for _, a := range s.Attr {
			if a.Name.Local == "name" && a.Value == sheet {
				match = true
			}
			if a.Name.Local == "id" {
				id = a.Value
			}
		}
		if match {
			break
		}
	}
	for _, r := range w.pkg.Rels("xl/workbook.xml") {
		if r.ID == id && w.pkg.Has(r.Target) {
			return r.Target
		}
	}
	return ""
}

// fill makes the cells of row n: values, and on places covered by a merged range
// the text of its first cell. It returns nil for a row that says nothing of its
// own. Coverage beyond the sheet's width so far is left out.
func (m *merges) fill(n int, values []string, width int) []paper.Cell {
	m.open = slices.DeleteFunc(m.open, func(a area) bool { return a.lastRow < n })
	for len(m.waiting) > 0 && m.waiting[0].row <= n {
		a := m.waiting[0]
		m.waiting = m.waiting[1:]
		if a.lastRow < n {
			continue
		}
		if a.col <= len(values) {
			a.text = strings.TrimSpace(values[a.col-1])
		}
		m.open = append(m.open, a)
	}
	values = trimTail(values)
	if len(values) == 0 {
		return nil
	}
	row := make([]paper.Cell, len(values), max(len(values), width))
	for i, v := range values {
		row[i].Text = strings.TrimSpace(strings.ReplaceAll(v, "\r\n", "\n"))
	}
	for _, a := range m.open {
		for col := a.col; col <= min(a.lastCol, max(len(row), width)); col++ {
			if n == a.row && col == a.col {
				continue
			}
			for len(row) < col {
				row = append(row, paper.Cell{})
			}
			row[col-1] = paper.Cell{Text: a.text, Merged: true}
		}
	}
	return row
}
