package markup

import (
	"slices"
	"strings"

	"github.com/docket-os/docket/internal/paper"
)

// maxCellBlocks is how many blocks a cell may hold before its table counts as
// page layout: a cell of data has a few paragraphs, a page in a cell has many.
const maxCellBlocks = 12

type htmlTable struct {
	open         bool // a cell is open
	cell         []paper.Block
	across, down int
	head         bool // the open cell is a th
	grid         paper.Grid
	line         int
	header       int  // rows at the start made of th only
	plain        bool // a td was seen: the header is over
	rows         int
	heads        int             // th in the current row
	flow         [][]paper.Block // every cell's blocks in order, for a layout table
	width        int
	inRow        int
}

func (p *page) tableTag(name string, attr map[string]string) {
	if name == "table" {
		p.tables = append(p.tables, &htmlTable{line: p.line})
		return
	}
	if len(p.tables) == 0 {
		return
	}
	p.endCell()
	t := p.tables[len(p.tables)-1]
	if name == "tr" {
		t.endRow()
		t.grid.Row(p.line, 0)
		t.rows++
		return
	}
	if t.rows == 0 {
		t.rows++
	}
	t.open, t.head = true, name == "th"
	t.across, t.down = spansOf(attr)
}

// endRow tells whether the row that ends was a row of headings.
func (t *htmlTable) endRow() {
	if t.rows > 0 && !t.plain && t.heads > 0 {
		t.header = t.rows
	}
	t.heads, t.inRow = 0, 0
}

func (p *page) endCell() {
	n := len(p.tables)
	if n == 0 || !p.tables[n-1].open {
		return
	}
	t := p.tables[n-1]
	t.open = false
	if t.head {
		t.heads++
	} else {
		t.plain = true
	}
	t.inRow++
	t.width = max(t.width, t.inRow)
	var parts []string
	var struck []paper.Span
	at := 0
	for _, k := range t.cell {
		for _, s := range k.Struck {
			struck = append(struck, paper.Span{Start: at + s.Start, End: at + s.End})
		}
		text := k.Text
		if k.Table != nil {
			text = k.Table.Text()
		}
		parts = append(parts, text)
		at += len(text) + 1
	}
	t.grid.Cell(paper.Cell{Text: strings.Join(parts, "\n"), Struck: struck}, t.across, t.down)
	if t.grid.Cells() > p.limit {
		p.out.Add(paper.Block{Table: t.grid.Table(0)}) // over the limit: the builder says so
	}
	t.flow = append(t.flow, t.cell)
	t.cell = nil
}

// endTable writes the table, or, when it only laid out the page, what its cells hold.
func (p *page) endTable() {
	p.endCell()
	n := len(p.tables)
	if n == 0 {
		return
	}
	t := p.tables[n-1]
	p.tables = p.tables[:n-1]
	t.endRow()
	layout := t.width <= 1 || slices.ContainsFunc(t.flow, func(c []paper.Block) bool { return len(c) > maxCellBlocks })
	if layout {
		for _, cell := range t.flow {
			for _, k := range cell {
				p.add(k)
			}
		}
		return
	}
	p.add(paper.Block{Kind: paper.TableBlock, Table: t.grid.Table(t.header), Line: t.line})
}
