package typeset

import "codeberg.org/go-pdf/fpdf"

// pdfCanvas draws on the current page, its corner at x, y.
type pdfCanvas struct {
	t    *setter
	x, y float64
}

func (c *pdfCanvas) stroke(col rgb, width float64, dash []float64, path ...spot) {
	if len(path) < 2 {
		return
	}
	p := c.t.pdf
	p.SetDrawColor(int(col.r), int(col.g), int(col.b))
	p.SetLineWidth(width)
	p.SetDashPattern(dash, 0)
	p.MoveTo(c.x+path[0].x, c.y+path[0].y)
	for _, s := range path[1:] {
		p.LineTo(c.x+s.x, c.y+s.y)
	}
	p.DrawPath("D")
	if dash != nil {
		p.SetDashPattern(nil, 0)
	}
}

func (c *pdfCanvas) fill(col rgb, path ...spot) {
	points := make([]fpdf.PointType, len(path))
	for i, s := range path {
		points[i] = fpdf.PointType{X: c.x + s.x, Y: c.y + s.y}
	}
	c.t.pdf.SetFillColor(int(col.r), int(col.g), int(col.b))
	c.t.pdf.Polygon(points, "F")
}

func (c *pdfCanvas) text(col rgb, size float64, at Align, p spot, s string) {
	x := c.x + anchor(at, p.x, c.width(size, s))
	for _, part := range c.t.fonts.pieces(sans, s) {
		w := part.em * size
		c.t.show(part.text, &dress{family: part.family, size: size, color: col}, x, c.y+p.y, w, 0)
		x += w
	}
}

func (c *pdfCanvas) width(size float64, s string) float64 { return c.t.fonts.width(sans, s) * size }

// chart sets a chart with its title above.
func (t *setter) chart(c Chart) {
	l := t.sheet.looks[caption]
	h := c.height()
	titled := 0.0
	if c.Title != "" {
		titled = l.before + 2*l.line + l.after
	}
	t.need(titled + h)
	if c.Title != "" {
		t.para(caption, Text(clean(c.Title)), setting{})
	}
	if c.Plot != nil {
		c.Plot.draw(&plotter{&pdfCanvas{t, t.left(), t.y}, t.sheet.width(), h, t.doc.Lang})
	}
	t.advance(h + 8)
}
