package typeset

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// dots is how many dots of a picture are a point: 300 an inch.
const dots = 300.0 / 72

// raster is a canvas that is a picture.
type raster struct {
	img   *image.RGBA
	fonts *library
	faces map[typeSize]font.Face
	pen   vector.Rasterizer
	err   error
}

// picture draws a chart of the given width as PNG.
func (c Chart) picture(width float64, lang string) ([]byte, error) {
	fonts, err := newLibrary(lang)
	if err != nil {
		return nil, err
	}
	h := c.height()
	r := &raster{img: image.NewRGBA(image.Rect(0, 0, int(width*dots), int(h*dots))), fonts: fonts, faces: map[typeSize]font.Face{}}
	draw.Draw(r.img, r.img.Bounds(), image.White, image.Point{}, draw.Src)
	if c.Plot != nil {
		c.Plot.draw(&plotter{r, width, h, lang})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, paletted(r.img)); err != nil {
		return nil, err
	}
	return out.Bytes(), r.err
}

func (c rgb) RGBA() (r, g, b, a uint32) { return color.RGBA{c.r, c.g, c.b, 255}.RGBA() }

func (r *raster) fill(c rgb, path ...spot) {
	box := bounds(path).Intersect(r.img.Bounds())
	if box.Empty() {
		return
	}
	r.pen.Reset(box.Dx(), box.Dy())
	for i, s := range path {
		x, y := float32(s.x*dots-float64(box.Min.X)), float32(s.y*dots-float64(box.Min.Y))
		if i == 0 {
			r.pen.MoveTo(x, y)
		} else {
			r.pen.LineTo(x, y)
		}
	}
	r.pen.ClosePath()
	r.pen.Draw(r.img, box, image.NewUniform(c), image.Point{})
}

// bounds is the picture's part a path touches.
func bounds(path []spot) image.Rectangle {
	low, high := spot{math.Inf(1), math.Inf(1)}, spot{math.Inf(-1), math.Inf(-1)}
	for _, s := range path {
		low.x, low.y = min(low.x, s.x), min(low.y, s.y)
		high.x, high.y = max(high.x, s.x), max(high.y, s.y)
	}
	return image.Rect(int(math.Floor(low.x*dots)), int(math.Floor(low.y*dots)), int(math.Ceil(high.x*dots))+1, int(math.Ceil(high.y*dots))+1)
}

func (r *raster) stroke(c rgb, width float64, dash []float64, path ...spot) {
	pen := dasher{lengths: dash}
	for i := 1; i < len(path); i++ {
		pen.walk(path[i-1], path[i], func(a, b spot) { r.segment(c, width, a, b) })
		if dash == nil && i > 1 && width > 1 {
			r.joint(c, width, path[i-1])
		}
	}
}

// segment is a straight line as a thin rectangle.
func (r *raster) segment(c rgb, width float64, a, b spot) {
	dx, dy := b.x-a.x, b.y-a.y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return
	}
	ox, oy := -dy/n*width/2, dx/n*width/2
	r.fill(c, spot{a.x + ox, a.y + oy}, spot{b.x + ox, b.y + oy}, spot{b.x - ox, b.y - oy}, spot{a.x - ox, a.y - oy})
}

// joint rounds the corner where two segments of a thick line meet.
func (r *raster) joint(c rgb, width float64, at spot) {
	p := plotter{canvas: r}
	p.disc(c, at, width/2)
}

// dasher cuts lines into dashes that go on around corners.
type dasher struct {
	lengths []float64
	at      int
	used    float64 // of lengths[at]
}

// walk calls draw for every piece of a–b that is to be seen.
func (d *dasher) walk(a, b spot, draw func(a, b spot)) {
	n := math.Hypot(b.x-a.x, b.y-a.y)
	if d.lengths == nil || n == 0 {
		draw(a, b)
		return
	}
	along := func(t float64) spot { return spot{a.x + (b.x-a.x)*t/n, a.y + (b.y-a.y)*t/n} }
	for done := 0.0; done < n; {
		step := min(d.lengths[d.at]-d.used, n-done)
		if d.at%2 == 0 {
			draw(along(done), along(done+step))
		}
		done += step
		if d.used += step; d.used >= d.lengths[d.at]-1e-9 {
			d.at, d.used = (d.at+1)%len(d.lengths), 0
		}
	}
}

func (r *raster) width(size float64, s string) float64 { return r.fonts.width(sans, s) * size }

func (r *raster) text(c rgb, size float64, at Align, p spot, s string) {
	x := anchor(at, p.x, r.width(size, s))
	for _, part := range r.fonts.pieces(sans, s) {
		f := r.face(typeSize{part.family, size})
		if f == nil {
			return
		}
		d := font.Drawer{Dst: r.img, Src: image.NewUniform(c), Face: f, Dot: fixed.Point26_6{X: fixed.Int26_6(x * dots * 64), Y: fixed.Int26_6(p.y * dots * 64)}}
		d.DrawString(part.text)
		x += part.em * size
	}
}

// typeSize is a family in a size.
type typeSize struct {
	family string
	size   float64
}

func (r *raster) face(k typeSize) font.Face {
	if f, ok := r.faces[k]; ok {
		return f
	}
	f, err := opentype.NewFace(r.fonts.fonts[k.family].font, &opentype.FaceOptions{Size: k.size, DPI: 300})
	if err != nil {
		r.err = err
		return nil
	}
	r.faces[k] = f
	return f
}
