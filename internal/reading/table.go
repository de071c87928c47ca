package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// row is a row of a table as a clause: where each cell stands in its text.
type row struct {
	fields []field
	cells  []cell
	head   bool
	task   int // column of the task, -1 none
}

// cell is a place of a row. Clause is the clause in whose text its words stand:
// another row's where a merged cell covers this one.
type cell struct {
	text   string
	clause int
	span   docket.Span
	merged bool
	seen   bool // it says "see above", and stands for the cell there
}

// table turns each row of a table into a clause whose text is the row's share
// of the block's own text, so that nothing is lost and nothing doubled.
func (r *reader) table(n int, o *outline, p *para) {
	t := p.table
	spans := rowSpans(p.text, t)
	heads, hasTask := readHeads(t, r.regions[n].voice)
	header := t.Header
	if hasTask {
		header = headEnd(t, headRow(t))
	}
	parent := o.above(r)
	var above []cell // the last filled cells, for merged places
	section := -1
	for i := range t.Rows {
		q := para{text: p.text[spans[i].row.Start:spans[i].row.End], page: p.page, line: p.line, block: p.block, lastBlock: p.block, table: t}
		lead := len(q.text) - len(strings.TrimLeftFunc(q.text, unicode.IsSpace))
		q.text = strings.TrimSpace(q.text)
		if t.Rows[i].Page > 0 {
			q.page = t.Rows[i].Page
		}
		if t.Rows[i].Line > 0 {
			q.line = t.Rows[i].Line
		}
		if q.text == "" {
			continue
		}
		under := parent
		if section >= 0 {
			under = section
		}
		rw := &row{fields: heads, task: -1, head: i < header}
		rw.cells = cellsOf(t.Rows[i].Cells, spans[i], lead, len(r.clauses), above)
		only := onlyCell(t.Rows[i].Cells)
		q.label, q.labeled = rowLabel(rw, q.text, only)
		kind := docket.KindClause
		if rw.head {
			kind = docket.KindHeading
			q.labeled = false
		} else if !hasTask {
			kind = docket.KindText
		}
		if only && !rw.head && len(t.Rows[i].Cells) > 1 { // a row across the table: a section
			kind, under = docket.KindHeading, parent
			if footNote.MatchString(q.text) {
				kind = docket.KindText
			}
		}
		c := r.add(n, &q, kind, under, nil)
		if kind == docket.KindHeading && !rw.head {
			section = c
		}
		r.strike(c, t.Rows[i].Cells, rw)
		r.nodes[c].row, r.nodes[c].bare = rw, kind == docket.KindHeading
		if kind == docket.KindClause && under >= 0 {
			r.nodes[under].labels++
		}
		above = rw.cells
	}
}

// footNote is a row across the table that explains it.
var footNote = pattern.Both(`^(?:注|备注|说明|附注|(?i:notes?))\s*[：:]`)

// tableTitle is the row across the top of the paper's first table, where a
// spreadsheet keeps its title.
func (r *reader) tableTitle() string {
	for i := range r.paras {
		if t := r.paras[i].table; t != nil && len(t.Rows) > 1 {
			if cells := t.Rows[0].Cells; len(cells) > 1 && onlyCell(cells) && runes(cells[0].Text) <= 60 && headRow(t) > 0 {
				return joinTitle(strings.Fields(cells[0].Text))
			}
			return ""
		}
	}
	return ""
}

// strike carries a cell's struck-through words over to the clause.
func (r *reader) strike(c int, cells []paper.Cell, rw *row) {
	for i := range cells {
		for _, s := range cells[i].Struck {
			if i < len(rw.cells) && rw.cells[i].clause == c && !rw.cells[i].merged && s.Start >= 0 && s.End <= len(cells[i].Text) && s.Start < s.End {
				at := rw.cells[i].span.Start
				r.clauses[c].Struck = append(r.clauses[c].Struck, docket.Span{Start: at + s.Start, End: at + s.End})
			}
		}
	}
}

// placed is where a row and its cells stand in the block's text.
type placed struct {
	row   docket.Span
	cells []docket.Span // empty where the words stand in another row
}

// rowSpans finds every cell in the block's text, in order; a merged cell's words
// stand there once, at its first place.
func rowSpans(text string, t *paper.Table) []placed {
	out := make([]placed, len(t.Rows))
	at := 0
	for i := range t.Rows {
		start := at
		out[i].cells = make([]docket.Span, len(t.Rows[i].Cells))
		for j, c := range t.Rows[i].Cells {
			from := skipSpace(text, at)
			words := strings.TrimSpace(c.Text)
			if words != "" && strings.HasPrefix(text[from:], words) && !c.Merged {
				out[i].cells[j] = docket.Span{Start: from, End: from + len(words)}
				at = from + len(words)
			}
		}
		out[i].row = docket.Span{Start: start, End: at}
	}
	if len(out) > 0 {
		out[len(out)-1].row.End = len(text)
	}
	return out
}

func skipSpace(s string, at int) int {
	for at < len(s) {
		r, w := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += w
	}
	return at
}

// cellsOf ties the places of a row to clause c; merged ones keep the place of
// the cell that covers them.
func cellsOf(cells []paper.Cell, at placed, lead, c int, above []cell) []cell {
	out := make([]cell, len(cells))
	for j := range cells {
		text := strings.TrimSpace(cells[j].Text)
		out[j] = cell{text: text, clause: c, merged: cells[j].Merged}
		sp := at.cells[j]
		switch {
		case sp.End > sp.Start:
			out[j].span = docket.Span{Start: sp.Start - at.row.Start - lead, End: sp.End - at.row.Start - lead}
		case text == "":
		}
		switch {
		case seeAbove.MatchString(text) && j < len(above) && above[j].text != "":
			out[j].text, out[j].clause, out[j].span, out[j].seen = above[j].text, above[j].clause, above[j].span, true
		case text == "" || sp.End > sp.Start:
		case j < len(above) && above[j].text == text:
			out[j].clause, out[j].span = above[j].clause, above[j].span
		case j > 0 && out[j-1].text == text:
			out[j].clause, out[j].span = out[j-1].clause, out[j-1].span
		default:
			out[j].text = "" // its words stand nowhere: not taken
		}
	}
	return out
}

func onlyCell(cells []paper.Cell) bool {
	n, words := 0, ""
	for i := range cells {
		t := strings.TrimSpace(cells[i].Text)
		if t != "" && !(n > 0 && cells[i].Merged && t == words) {
			n, words = n+1, t
		}
	}
	return n == 1
}

// headRow is the row whose cells name most columns, among the first four.
func headRow(t *paper.Table) int {
	best, at := 0, -1
	for i := 0; i < len(t.Rows) && i < 4; i++ {
		n := 0
		for j := range t.Rows[i].Cells {
			if c := &t.Rows[i].Cells[j]; !c.Merged && fieldOf(c.Text) != fieldNone {
				n++
			}
		}
		if n > best {
			best, at = n, i
		}
	}
	if best < 2 {
		return -1
	}
	return at
}

// headEnd is the first row behind the heads: those the paper marks as such, the one
// that names the columns, and the rows below it that divide its cells further.
func headEnd(t *paper.Table, at int) int {
	end := max(t.Header, at+1)
	for end < len(t.Rows) && end < 4 && at >= 0 && subHead(t.Rows[end].Cells) {
		end++
	}
	return min(end, len(t.Rows))
}

// subHead reports whether a row divides the heads above it: its own words name
// columns, and its other places are empty or belong to the row above.
func subHead(cells []paper.Cell) bool {
	own, other := 0, 0
	for i := range cells {
		switch text := strings.TrimSpace(cells[i].Text); {
		case cells[i].Merged || text == "":
			other++
		case fieldOf(text) == fieldNone:
			return false
		default:
			own++
		}
	}
	return own >= 2 && other > 0
}

// readHeads reads the columns. hasTask says that the table lists tasks: there
// is a column for the work and one for who, when or how measured; in a
// narrative, whose tables are figures, only who counts.
func readHeads(t *paper.Table, told voice) (heads []field, hasTask bool) {
	at := headRow(t)
	if at < 0 {
		return nil, false
	}
	rows := []int{at}
	for i := range headEnd(t, at) {
		if i != at {
			rows = append(rows, i)
		}
	}
	for _, i := range rows {
		for j := range t.Rows[i].Cells {
			if j >= len(heads) {
				heads = append(heads, fieldNone)
			}
			cell := &t.Rows[i].Cells[j]
			if f := fieldOf(cell.Text); heads[j] == fieldNone || i > at && !cell.Merged && f != fieldNone {
				heads[j] = f // 牵头单位 below 责任分工 says more
			}
			if j == 0 && squeeze(t.Rows[i].Cells[j].Text) == "" {
				heads[j] = fieldNo // the column of numbers often has no head
			}
		}
	}
	if !slices.Contains(heads, fieldTask) { // beside figures, 单位 is what they are counted in
		for j, c := range t.Rows[at].Cells {
			if squeeze(c.Text) == "单位" {
				heads[j] = fieldOther
			}
		}
	}
	task, who, party := -1, false, false
	for j, f := range heads {
		switch {
		case f == fieldTask && task < 0:
			task = j
		case f.party():
			who, party = true, true
		case f == fieldDue || f == fieldMeasure:
			who = true
		}
	}
	if task < 0 && party {
		for _, want := range []field{fieldDetail, fieldGroup, fieldMeasure, fieldNone} {
			for j, f := range heads {
				if task < 0 && f == want && (want != fieldNone || j < 2) {
					heads[j], task = fieldTask, j
				}
			}
		}
	}
	return heads, task >= 0 && (party || who && told == directive)
}

// rowLabel is the number of a row: that of its number column, or the ordinal its
// task begins with.
func rowLabel(rw *row, text string, only bool) (label, bool) {
	if only {
		return readLabel(text)
	}
	for j, f := range rw.fields {
		if j < len(rw.cells) && f == fieldNo && rw.cells[j].text != "" && runes(rw.cells[j].text) <= 12 {
			n, _ := numeral(strings.TrimRight(rw.cells[j].text, ".、．"))
			return label{style: styleRow, n: n, text: rw.cells[j].text}, true
		}
	}
	for j, f := range rw.fields {
		if j < len(rw.cells) && f == fieldTask {
			if l, ok := readLabel(rw.cells[j].text); ok {
				return l, true
			}
		}
	}
	return label{}, false
}
