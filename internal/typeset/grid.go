package typeset

import docket "github.com/docket-os/docket"

// maxColumns is Word's limit.
const maxColumns = 63

// grid is a table with equally long rows.
type grid struct {
	widths []float64 // points
	head   []Cell
	rows   [][]Cell
}

// gridOf completes a table: rows are filled up with empty cells, spans end at
// the last column, and shares become points.
func gridOf(t Table, width float64) (*grid, error) {
	n := max(len(t.Widths), len(t.Head))
	for _, r := range t.Rows {
		n = max(n, columns(r))
	}
	if n > maxColumns {
		return nil, docket.Errorf(docket.Invalid, "typeset.columns", "A table has at most 63 columns; leave some out or make two tables.")
	}
	g := &grid{widths: shares(t.Widths, n, width)}
	for _, h := range t.Head {
		g.head = append(g.head, Cell{Runs: Text(h)})
	}
	if len(g.head) > 0 {
		g.head = fill(g.head, n)
	}
	for _, r := range t.Rows {
		g.rows = append(g.rows, fill(r, n))
	}
	if len(g.rows) > 0 && len(g.head) == n && len(g.rows[0]) == n { // figures stand right, so do their names
		for i := range g.head {
			g.head[i].Align = g.rows[0][i].Align
		}
	}
	return g, nil
}

func columns(row []Cell) int {
	n := 0
	for _, c := range row {
		n += max(c.Span, 1)
	}
	return n
}

// fill gives a row n columns.
func fill(row []Cell, n int) []Cell {
	out := make([]Cell, 0, n)
	at := 0
	for _, c := range row {
		c.Span = min(max(c.Span, 1), n-at)
		at += c.Span
		out = append(out, c)
	}
	for ; at < n; at++ {
		out = append(out, Cell{Span: 1})
	}
	return out
}

// shares divides width among n columns; missing or senseless shares are 1.
func shares(given []float64, n int, width float64) []float64 {
	out := make([]float64, n)
	total := 0.0
	for i := range out {
		out[i] = 1
		if i < len(given) && given[i] > 0 && given[i] < 1e6 {
			out[i] = given[i]
		}
		total += out[i]
	}
	for i := range out {
		out[i] *= width / total
	}
	return out
}
