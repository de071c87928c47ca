package typeset

// Measures of bars: a row, the bar in it, the legend above.
const (
	barRow    = 17.0
	barHigh   = 11.0
	barLegend = 18.0
)

func (b Bars) height() float64 { return barLegend + barRow*float64(len(b.Rows)) + 4 }

func (b Bars) draw(p *plotter) {
	b.legend(p)
	names, largest := 0.0, 0.0
	for _, r := range b.Rows {
		names = max(names, p.width(small+0.5, p.cut(small+0.5, p.w/3, r.Label)))
		largest = max(largest, b.sum(r))
	}
	row := min(barRow, (p.h-barLegend-2)/float64(max(len(b.Rows), 1)))
	x := names + 8
	room := p.w - x - 28 // the sum stands behind the bar
	for i, r := range b.Rows {
		y := barLegend + float64(i)*row
		high := min(barHigh, row*0.8)
		p.text(ink(Ink), small+0.5, Right, spot{names, y + row/2 + small*0.36}, p.cut(small+0.5, p.w/3, r.Label))
		sum := b.sum(r)
		full := room
		if !b.Shares && largest > 0 {
			full = room * sum / largest
		}
		b.bar(p, r, sum, x, y+(row-high)/2, full, high)
		p.text(ink(Grey), small, Left, spot{x + full + 4, y + row/2 + small*0.36}, figure(sum))
	}
	p.stroke(axisLine, 0.8, nil, spot{x, barLegend - 2}, spot{x, barLegend + row*float64(len(b.Rows))})
}

// value is what counts of part i of a bar.
func value(r Bar, i int) float64 {
	if i < len(r.Values) && r.Values[i] > 0 && sound(r.Values[i]) {
		return r.Values[i]
	}
	return 0
}

func (b Bars) sum(r Bar) float64 {
	s := 0.0
	for i := range b.Parts {
		s += value(r, i)
	}
	return s
}

// bar draws the parts of one bar, each with its pattern, mark and figure.
func (b Bars) bar(p *plotter, r Bar, sum, x, y, w, h float64) {
	if sum == 0 {
		return
	}
	for i, part := range b.Parts {
		v := value(r, i)
		if v == 0 {
			continue
		}
		wide := w * v / sum
		p.segment(part.Color, x, y, wide, h)
		label := figure(v)
		if long := oneLine(part.Mark) + label; p.width(small, long) <= wide-4 {
			label = long
		}
		if lw := p.width(small, label); lw <= wide-2 && h >= small {
			p.rect(tint(part.Color), x+wide/2-lw/2-1.5, y+1, lw+3, h-2)
			p.text(ink(part.Color), small, Center, spot{x + wide/2, y + h/2 + small*0.36}, label)
		}
		x += wide
	}
}

// segment is a part of a bar: tinted, patterned, outlined.
func (p *plotter) segment(t Tone, x, y, w, h float64) {
	p.rect(tint(t), x, y, w, h)
	c := ink(t)
	switch t {
	case Red:
		p.hatch(c, x, y, w, h, 3, 1)
	case Amber:
		p.hatch(c, x, y, w, h, 5, -1)
	case Blue:
		p.hatch(c, x, y, w, h, 4, 0)
	case Ink:
		p.hatch(c, x, y, w, h, 3, 1)
		p.hatch(c, x, y, w, h, 3, -1)
	}
	p.box(c, 0.6, x, y, w, h)
}

// hatch draws parallel lines through a rectangle, every so many points, rising
// (lean 1), falling (-1) or upright (0), cut at its edges.
func (p *plotter) hatch(c rgb, x, y, w, h, every, lean float64) {
	for u := -h; u < w; u += every {
		low, high := max(0, -u), min(h, w-u) // how far along the line is inside
		if lean == 0 {
			low, high = 0, h
			if u < 0 {
				continue
			}
		}
		if low >= high {
			continue
		}
		a, b := spot{x + u + low, y + h - low}, spot{x + u + high, y + h - high}
		switch {
		case lean < 0:
			a.y, b.y = y+low, y+high
		case lean == 0:
			a, b = spot{x + u, y}, spot{x + u, y + h}
		}
		p.stroke(c, 0.5, nil, a, b)
	}
}

// legend names the parts, from the left.
func (b Bars) legend(p *plotter) {
	x := 0.0
	for _, part := range b.Parts {
		name := p.cut(small, p.w/3, part.Mark+" "+part.Name)
		need := 22 + p.width(small, name)
		if x+need > p.w {
			return
		}
		p.segment(part.Color, x, 2, 14, 8)
		p.text(ink(Ink), small, Left, spot{x + 18, 9}, name)
		x += need + 10
	}
}
