package typeset

// pad is the empty edge of a cell, left and right; above and below it is less.
const (
	padX = 4.0
	padY = 2.5
)

// row is a table row laid out.
type row struct {
	cells []Cell
	lines [][]line
	x, w  []float64
	most  int // lines of the tallest cell
	role  role
}

// table sets a table. A row that fits on a page stays in one piece; its head is
// repeated on every page unless it would fill half of it.
func (t *setter) table(b Table) {
	g, err := gridOf(b, t.sheet.width())
	if err != nil {
		t.err = err
		return
	}
	if len(g.widths) == 0 {
		return
	}
	t.space(4)
	var head *row
	if len(g.head) > 0 {
		head = t.layRow(g, g.head, cellHead)
		if t.rowHeight(head, head.most) > t.sheet.height()/2 {
			t.row(head, nil)
			head = nil
		} else {
			first := t.sheet.looks[cell].line + 2*padY
			if len(g.rows) > 0 {
				first = min(t.rowHeight(t.layRow(g, g.rows[0], cell), 0), t.sheet.height()/2)
			}
			t.need(t.rowHeight(head, head.most) + first)
			t.piece(head, 0, head.most)
		}
	}
	for _, cells := range g.rows {
		t.row(t.layRow(g, cells, cell), head)
	}
	t.advance(8)
}

func (t *setter) layRow(g *grid, cells []Cell, r role) *row {
	out := &row{cells: cells, role: r}
	at, x := 0, 0.0
	for _, c := range cells {
		w := 0.0
		for range c.Span {
			w += g.widths[at]
			at++
		}
		room := max(w-2*padX, 1)
		lines := fold(t.atomsIn(r, c.Runs, setting{}, room), room, 0)
		out.lines = append(out.lines, lines)
		out.x, out.w = append(out.x, x), append(out.w, w)
		out.most = max(out.most, len(lines))
		x += w
	}
	return out
}

// rowHeight is the height of n lines of a row, all of them where n is 0.
func (t *setter) rowHeight(r *row, n int) float64 {
	if n == 0 {
		n = r.most
	}
	return float64(n)*t.sheet.looks[r.role].line + 2*padY
}

// row sets a row, in pieces where it is taller than a page.
func (t *setter) row(r *row, head *row) {
	for from := 0; from < r.most; {
		n := r.most - from
		if !t.fits(t.rowHeight(r, n)) {
			top := t.sheet.height()
			if head != nil {
				top -= t.rowHeight(head, head.most)
			}
			n = min(n, int((t.bottom()-t.y-2*padY)/t.sheet.looks[r.role].line))
			if (n < 1 || t.rowHeight(r, r.most-from) <= top) && !t.fresh {
				t.newPage()
				if head != nil {
					t.piece(head, 0, head.most)
					t.fresh = true // the head alone is no reason to break again
				}
				continue
			}
			n = max(n, 1)
		}
		t.piece(r, from, n)
		from += n
	}
}

// piece draws n lines of a row, from a line on.
func (t *setter) piece(r *row, from, n int) {
	l := t.sheet.looks[r.role]
	h := t.rowHeight(r, n)
	for i, c := range r.cells {
		x := t.left() + r.x[i]
		t.cellGround(c, r.role, x, r.w[i], h)
		lines := r.lines[i][min(from, len(r.lines[i])):min(from+n, len(r.lines[i]))]
		y := t.y + padY
		if t.sheet.style == Official && n == r.most { // in the middle, as offices set tables
			y += float64(n-len(lines)) * l.line / 2
		}
		for _, ln := range lines {
			t.line(ln, x+padX, y, l.line, t.cellAlign(c, r.role))
			y += l.line
		}
	}
	t.advance(h)
}

func (t *setter) cellAlign(c Cell, r role) Align {
	if c.Align != Natural {
		return c.Align
	}
	if a := t.sheet.looks[r].align; a != Natural {
		return a
	}
	return Left
}

// cellGround draws the ground and the lines of a cell.
func (t *setter) cellGround(c Cell, r role, x, w, h float64) {
	shade := c.Shade
	if r == cellHead && t.sheet.style == Plain {
		shade = Grey
	}
	if shade != Inherit {
		g := tint(shade)
		t.pdf.SetFillColor(int(g.r), int(g.g), int(g.b))
		t.pdf.Rect(x, t.y, w, h, "F")
	}
	if t.sheet.style == Official {
		t.pdf.SetDrawColor(0, 0, 0)
		t.pdf.SetLineWidth(0.5)
		t.pdf.Rect(x, t.y, w, h, "D")
		return
	}
	line := tableLine
	if r == cellHead {
		line = ink(Grey)
	}
	t.rule(x, t.y+h, w, 0.5, line)
}

// tableLine is the colour of the lines between rows of a plain table.
var tableLine = rgb{196, 202, 210}
