package typeset

import (
	"math"
	"slices"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
)

func (t Trajectory) height() float64 { return 55 * mm }

// axes maps days and values into the frame of a chart.
type axes struct {
	x0, y0, w, h float64
	from, to     docket.Date
	scale        scale
}

func (a *axes) x(d docket.Date) float64 {
	return a.x0 + a.w*float64(d-a.from)/float64(max(a.to-a.from, 1))
}

func (a *axes) y(v float64) float64 {
	return a.y0 + a.h*(1-(v-a.scale.low)/(a.scale.high-a.scale.low))
}

func (a *axes) at(pt Point) spot { return spot{a.x(pt.Day), a.y(pt.Value)} }

func (t Trajectory) draw(p *plotter) {
	t.Planned, t.Actual, t.Band = inOrder(t.Planned), inOrder(t.Actual), bandInOrder(t.Band)
	a, any := t.axes(p)
	if !any {
		p.box(gridLine, 0.5, 0.5, 0.5, p.w-1, p.h-1)
		p.text(ink(Grey), 10, Center, spot{p.w / 2, p.h/2 + 3}, "–")
		return
	}
	t.grid(p, a)
	t.band(p, a)
	if t.Target != nil && sound(t.Target.Value) {
		t.target(p, a)
	}
	plan := t.Planned
	if t.Steps {
		plan = steps(plan)
	}
	p.stroke(ink(Grey), 1.2, []float64{4, 2.5}, spots(a, plan)...)
	if !t.AsOf.IsZero() && t.AsOf >= a.from && t.AsOf <= a.to {
		t.asOf(p, a)
	}
	p.stroke(ink(Blue), 1.8, nil, spots(a, t.Actual)...)
	for i, pt := range t.Actual {
		if len(t.Actual) <= 40 || i == len(t.Actual)-1 {
			p.disc(ink(Blue), a.at(pt), 2.4)
		}
	}
	if n := len(t.Actual); n > 0 {
		t.lastValue(p, a, t.Actual[n-1])
	}
	t.legend(p)
}

// inOrder is the points that can be drawn, by day.
func inOrder(pts []Point) []Point {
	pts = slices.DeleteFunc(slices.Clone(pts), func(p Point) bool { return p.Day.IsZero() || !sound(p.Value) })
	slices.SortStableFunc(pts, func(a, b Point) int { return int(a.Day) - int(b.Day) })
	return pts
}

func bandInOrder(rs []Range) []Range {
	rs = slices.DeleteFunc(slices.Clone(rs), func(r Range) bool { return r.Day.IsZero() || !sound(r.Low) || !sound(r.High) })
	slices.SortStableFunc(rs, func(a, b Range) int { return int(a.Day) - int(b.Day) })
	return rs
}

// axes finds what the chart spans; false where there is nothing to show.
func (t Trajectory) axes(p *plotter) (*axes, bool) {
	a := &axes{}
	low, high := math.Inf(1), math.Inf(-1)
	see := func(d docket.Date, values ...float64) {
		if a.from == 0 || d < a.from {
			a.from = d
		}
		a.to = max(a.to, d)
		for _, v := range values {
			low, high = min(low, v), max(high, v)
		}
	}
	for _, pt := range slices.Concat(t.Planned, t.Actual) {
		see(pt.Day, pt.Value)
	}
	for _, r := range t.Band {
		see(r.Day, r.Low, r.High)
	}
	if a.from == 0 {
		return nil, false
	}
	if t.Target != nil && sound(t.Target.Value) {
		low, high = min(low, t.Target.Value), max(high, t.Target.Value)
	}
	a.scale = niceScale(low, high)
	if a.to == a.from {
		a.from, a.to = a.from-15, a.to+15
	}
	wide := 0.0
	for _, v := range []float64{a.scale.low, a.scale.high, a.scale.low + a.scale.step} {
		wide = max(wide, p.width(small, figure(v)))
	}
	a.x0, a.y0 = wide+6, 5
	if t.Unit != "" || t.Names.Planned != "" || t.Names.Actual != "" {
		a.y0 += 13 // the legend's row
	}
	if !t.AsOf.IsZero() {
		a.y0 += 13
	}
	a.w, a.h = p.w-a.x0-10, p.h-a.y0-16
	return a, true
}

// grid draws the axes: values left, months below.
func (t Trajectory) grid(p *plotter, a *axes) {
	every := 1 // in a low chart values would stand on each other
	for float64(every)*a.h*a.scale.step/(a.scale.high-a.scale.low) < small+2 && every < 12 {
		every++
	}
	for i := 0; i <= 12; i += every {
		v := a.scale.low + float64(i)*a.scale.step
		if v > a.scale.high+a.scale.step/2 {
			break
		}
		y := a.y(v)
		p.stroke(gridLine, 0.5, nil, spot{a.x0, y}, spot{a.x0 + a.w, y})
		p.text(ink(Grey), small, Right, spot{a.x0 - 4, y + small*0.36}, figure(v))
	}
	base := a.y0 + a.h
	p.stroke(axisLine, 0.8, nil, spot{a.x0, base}, spot{a.x0 + a.w, base})
	for _, d := range months(a.from, a.to, max(2, int(a.w/38))) {
		x := a.x(d)
		p.stroke(axisLine, 0.8, nil, spot{x, base}, spot{x, base + 3})
		p.text(ink(Grey), small, Center, spot{x, base + 12}, monthName(d, p.lang))
	}
	p.text(ink(Grey), small, Left, spot{0, 9}, p.cut(small, p.w/3, t.Unit))
}

// months are the first days of months to mark, at most n of them.
func months(from, to docket.Date, n int) []docket.Date {
	first := from.Time()
	all := (to.Time().Year()-first.Year())*12 + int(to.Time().Month()) - int(first.Month()) + 1
	every := 1
	for _, e := range []int{1, 2, 3, 6, 12, 24, 60, 120, 1200} {
		every = e
		if all/e+1 <= n {
			break
		}
	}
	var out []docket.Date
	month := int(first.Month()) - 1
	for m := month - month%min(every, 12); len(out) <= n; m += every {
		d := docket.NewDate(first.Year(), time.Month(m+1), 1)
		if d > to {
			break
		}
		if d >= from {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return []docket.Date{from, to}
	}
	return out
}

// monthName is the name of a mark: the month, with the year where it begins;
// the day itself where the chart spans less than a month.
func monthName(d docket.Date, lang string) string {
	t := d.Time()
	zh := lang == "zh"
	switch {
	case t.Day() != 1 && zh:
		return t.Format("1月2日")
	case t.Day() != 1:
		return t.Format("2 Jan")
	case t.Month() == time.January:
		if zh {
			return t.Format("2006年")
		}
		return strconv.Itoa(t.Year())
	case zh:
		return t.Format("1月")
	}
	return t.Format("Jan")
}

func spots(a *axes, pts []Point) []spot {
	out := make([]spot, len(pts))
	for i, pt := range pts {
		out[i] = a.at(pt)
	}
	return out
}

// steps holds each value until the next day.
func steps(pts []Point) []Point {
	var out []Point
	for i, pt := range pts {
		if i > 0 {
			out = append(out, Point{pt.Day, pts[i-1].Value})
		}
		out = append(out, pt)
	}
	return out
}

// band fills what a forecast expects, with dotted edges that print in black.
func (t Trajectory) band(p *plotter, a *axes) {
	var low, high []spot
	for i, r := range t.Band {
		low = append(low, spot{a.x(r.Day), a.y(r.Low)})
		high = append(high, spot{a.x(r.Day), a.y(r.High)})
		if i > 0 {
			p.fill(tint(Blue), low[i-1], high[i-1], high[i], low[i])
		}
	}
	p.stroke(ink(Blue), 0.6, []float64{1, 2}, low...)
	p.stroke(ink(Blue), 0.6, []float64{1, 2}, high...)
}

func (t Trajectory) target(p *plotter, a *axes) {
	y := a.y(t.Target.Value)
	p.stroke(ink(Red), 1, []float64{7, 2, 1.5, 2}, spot{a.x0, y}, spot{a.x0 + a.w, y})
	label := p.cut(small, a.w/2, t.Target.Label+" "+figure(t.Target.Value))
	above := y - 3
	if above < a.y0+4 {
		above = y + small + 2
	}
	p.text(ink(Red), small, Left, spot{a.x0 + 3, above}, label)
}

// asOf marks the day the figures are of.
func (t Trajectory) asOf(p *plotter, a *axes) {
	x := a.x(t.AsOf)
	p.stroke(axisLine, 0.8, []float64{2, 2}, spot{x, a.y0 - 4}, spot{x, a.y0 + a.h})
	if t.Names.AsOf == "" {
		return
	}
	label := oneLine(t.Names.AsOf)
	// Beside an edge the text ends at it, however wide the reader's font draws it.
	half, at := p.width(small, label)*0.6, Center
	switch {
	case x > p.w-half:
		x, at = p.w-2, Right
	case x < half:
		x, at = 2, Left
	}
	p.text(ink(Grey), small, at, spot{x, a.y0 - 6}, label)
}

// lastValue writes the newest figure beside its point, on a white ground.
func (t Trajectory) lastValue(p *plotter, a *axes, pt Point) {
	at, s := a.at(pt), figure(pt.Value)
	w := p.width(small+1, s)
	x, y := at.x+5, at.y+small+5
	if x+w > p.w-2 {
		x = at.x - 5 - w
	}
	if y > a.y0+a.h-2 {
		y = at.y - 6
	}
	p.rect(rgb{255, 255, 255}, x-1, y-small, w+2, small+2)
	p.text(ink(Blue), small+1, Left, spot{x, y}, s)
}

// legend names the lines, from the right.
func (t Trajectory) legend(p *plotter) {
	x := p.w - 2
	entry := func(name string, sample func(x, y float64)) {
		if name == "" {
			return
		}
		name = p.cut(small, p.w/4, name)
		x -= p.width(small, name)
		p.text(ink(Ink), small, Left, spot{x, 9}, name)
		x -= 24
		sample(x, 6)
		x -= 10
	}
	if len(t.Band) > 0 {
		entry(t.Names.Band, func(x, y float64) {
			p.rect(tint(Blue), x, y-3, 20, 6)
			p.stroke(ink(Blue), 0.6, []float64{1, 2}, spot{x, y - 3}, spot{x + 20, y - 3})
			p.stroke(ink(Blue), 0.6, []float64{1, 2}, spot{x, y + 3}, spot{x + 20, y + 3})
		})
	}
	entry(t.Names.Actual, func(x, y float64) {
		p.stroke(ink(Blue), 1.8, nil, spot{x, y}, spot{x + 20, y})
		p.disc(ink(Blue), spot{x + 10, y}, 2.4)
	})
	entry(t.Names.Planned, func(x, y float64) {
		p.stroke(ink(Grey), 1.2, []float64{4, 2.5}, spot{x, y}, spot{x + 20, y})
	})
}
