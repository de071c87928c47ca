package paper

import "strings"

// maxAcross bounds how many columns one merged cell may claim; the widest real
// tables have a few dozen.
const maxAcross = 256

// Grid builds a Table cell by cell from sources that write a merged cell once
// and say how far it reaches (HTML, Word). The zero value is ready.
type Grid struct {
	rows  []Row
	reach []held // per column, what hangs down from above
	width int
}

type held struct {
	rows int // further rows it covers
	cell Cell
}

// Row starts a new row.
func (g *Grid) Row(line, page int) {
	g.fill()
	g.rows = append(g.rows, Row{Line: line, Page: page})
}

// Cell adds a cell covering across columns and down rows, both at least 1.
func (g *Grid) Cell(c Cell, across, down int) {
	if len(g.rows) == 0 {
		g.Row(0, 0)
	}
	g.hang()
	row := &g.rows[len(g.rows)-1]
	for i := range min(max(across, 1), maxAcross) {
		at := len(row.Cells)
		if i > 0 {
			c = covered(c)
		}
		row.Cells = append(row.Cells, c)
		for len(g.reach) <= at {
			g.reach = append(g.reach, held{})
		}
		g.reach[at] = held{max(down, 1) - 1, covered(c)}
	}
	g.width = max(g.width, len(row.Cells))
}

// Continue adds a place covered by the cell above it (Word's vMerge).
func (g *Grid) Continue(across int) {
	n := len(g.rows)
	if n < 2 {
		g.Cell(Cell{}, across, 1)
		return
	}
	row, above := &g.rows[n-1], g.rows[n-2].Cells
	for range min(max(across, 1), maxAcross) {
		c := Cell{Merged: true}
		if at := len(row.Cells); at < len(above) {
			c = covered(above[at])
		}
		row.Cells = append(row.Cells, c)
	}
	g.width = max(g.width, len(row.Cells))
}

// Cells is the number of places so far.
func (g *Grid) Cells() int { return len(g.rows) * g.width }

// Table ends the grid: every row gets the same width.
func (g *Grid) Table(header int) *Table {
	g.fill()
	for i := range g.rows {
		for len(g.rows[i].Cells) < g.width {
			g.rows[i].Cells = append(g.rows[i].Cells, Cell{})
		}
	}
	return &Table{Header: min(header, len(g.rows)), Rows: g.rows}
}

// hang appends the cells that reach down into the current place.
func (g *Grid) hang() {
	row := &g.rows[len(g.rows)-1]
	for at := len(row.Cells); at < len(g.reach) && g.reach[at].rows > 0; at++ {
		g.reach[at].rows--
		row.Cells = append(row.Cells, g.reach[at].cell)
	}
	g.width = max(g.width, len(row.Cells))
}

// fill ends the current row: what still reaches down into it is placed.
func (g *Grid) fill() {
	if len(g.rows) == 0 {
		return
	}
	g.hang()
	row := &g.rows[len(g.rows)-1]
	for at := len(row.Cells); at < len(g.reach); at++ {
		c := Cell{}
		if g.reach[at].rows > 0 {
			g.reach[at].rows--
			c = g.reach[at].cell
		}
		row.Cells = append(row.Cells, c)
	}
	g.width = max(g.width, len(row.Cells))
}

func covered(c Cell) Cell {
	c.Merged = true
	return c
}

// LooksLikeHeader reports a row of column names: every value says something,
// none is a number, all are short.
func LooksLikeHeader(values []string) bool {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if v == "" || len(v) > 90 || strings.Trim(v, "0123456789.,%-/ :") == "" {
			return false
		}
	}
	return len(values) > 1
}
