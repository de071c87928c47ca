package typeset

import (
	"math"
	"strconv"
)

// spot is a place on a canvas, in points from its upper left corner.
type spot struct{ x, y float64 }

// canvas is what charts are drawn on: PDF pages and pictures.
type canvas interface {
	// stroke draws lines from spot to spot; dash is lengths on and off, nil for solid.
	stroke(c rgb, width float64, dash []float64, path ...spot)
	// fill fills a convex polygon.
	fill(c rgb, path ...spot)
	// text sets s with its baseline at the spot; at is where of s the spot is.
	text(c rgb, size float64, at Align, p spot, s string)
	// width is how wide text is.
	width(size float64, s string) float64
}

// plotter draws a chart into a frame of w × h points.
type plotter struct {
	canvas
	w, h float64
	lang string
}

const small = 8.0 // size of a chart's text

var (
	gridLine = rgb{222, 226, 231}
	axisLine = rgb{140, 148, 158}
)

// height is how high the chart is, in points.
func (c Chart) height() float64 {
	h := c.Height * mm
	if c.Plot != nil && !(h > 0) {
		h = c.Plot.height()
	}
	return min(max(h, 20*mm), 200*mm)
}

// alt is what is said in place of the picture.
func (c Chart) alt() string {
	if s := oneLine(c.Alt); s != "" {
		return s
	}
	return oneLine(c.Title)
}

// anchor is where text of a width begins when the given part of it is at x.
func anchor(at Align, x, width float64) float64 {
	switch at {
	case Center:
		return x - width/2
	case Right:
		return x - width
	}
	return x
}

// rect fills a rectangle.
func (p *plotter) rect(c rgb, x, y, w, h float64) {
	p.fill(c, spot{x, y}, spot{x + w, y}, spot{x + w, y + h}, spot{x, y + h})
}

// box draws the outline of a rectangle.
func (p *plotter) box(c rgb, width, x, y, w, h float64) {
	p.stroke(c, width, nil, spot{x, y}, spot{x + w, y}, spot{x + w, y + h}, spot{x, y + h}, spot{x, y})
}

// disc fills a circle, as a polygon fine enough for print.
func (p *plotter) disc(c rgb, at spot, r float64) {
	const corners = 24
	path := make([]spot, corners)
	for i := range path {
		s, co := math.Sincos(2 * math.Pi * float64(i) / corners)
		path[i] = spot{at.x + r*co, at.y + r*s}
	}
	p.fill(c, path...)
}

// cut is s shortened with … to fit a width.
func (p *plotter) cut(size, width float64, s string) string {
	s = oneLine(s)
	if p.width(size, s) <= width {
		return s
	}
	runes := []rune(s)
	runes = runes[:min(len(runes), 200)]
	for len(runes) > 0 && p.width(size, string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// figure writes a value without needless digits.
func figure(v float64) string {
	if math.Abs(v) >= 1e15 {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// scale is an axis from low to high in steps.
type scale struct{ low, high, step float64 }

// niceScale holds all values, begins at zero unless that would flatten them,
// and counts in steps of 1, 2, 2.5 or 5.
func niceScale(low, high float64) scale {
	if low > 0 && low < high*0.7 || low == high && low > 0 {
		low = 0
	}
	if high <= low {
		high = low + 1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/4)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if (high-low)/(step*m) <= 5 {
			step *= m
			break
		}
	}
	return scale{math.Floor(low/step) * step, math.Ceil(high/step-1e-9) * step, step}
}

// sound reports whether a value can be drawn.
func sound(v float64) bool { return math.Abs(v) < 1e18 }
