package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// glyph is one visible character; space says that white space stands before it.
type glyph struct {
	r     rune
	b     box
	space bool
}

// line is one line of a page or of a cell, its pieces in order from the left.
type line struct {
	box
	text string
	size float32 // usual size of its characters
	page int     // 1-based
	wide bool    // mostly Chinese
}

// glyphs are the visible characters of a page in the order they are painted.
// Spaces that PDFium made up have no width and are believed only where a gap is.
func (p page) glyphs() []glyph {
	out := make([]glyph, 0, len(p.Runes))
	space, made := false, false
	for i, r := range p.Runes {
		b := p.Boxes[i]
		if r == 2 || r == 0xfffe { // how PDFium writes a hyphen at a line end
			r = '-'
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) || !unicode.IsPrint(r) && r < 0x80 {
			space, made = true, made || b.width() <= 0
			continue
		}
		if b.height() <= 0 || b.width() < 0 || b.height() != b.height() || b.width() != b.width() {
			b = box{b.L, b.B, b.L + 1, b.B + 1} // a place that says nothing
		}
		g := glyph{r: r, b: b, space: space}
		if n := len(out); space && made && n > 0 {
			need := float32(0.15)
			if wide(r) != wide(out[n-1].r) {
				need = 0.4 // Word sets a quarter of an em between Chinese and digits by itself
			}
			g.space = b.L-out[n-1].b.R > need*b.height() || b.L < out[n-1].b.L
		}
		out = append(out, g)
		space, made = false, false
	}
	return out
}

// segment is a run of glyphs painted one after the other on one line.
type segment struct {
	box
	glyphs []glyph
}

// columnGap is the gap, in character heights, beyond which text on one line
// belongs to different pieces.
const columnGap = 1.5

func segments(gs []glyph) []segment {
	var out []segment
	for i, g := range gs {
		if n := len(out); n > 0 {
			last := &out[n-1]
			prev := gs[i-1].b
			h := min(prev.height(), g.b.height())
			apart := abs(prev.midY()-g.b.midY()) > 0.5*max(prev.height(), g.b.height())
			if !apart && g.b.L >= prev.L-0.5*h && g.b.L-prev.R < columnGap*max(h, 1) {
				last.box = last.join(g.b)
				last.glyphs = append(last.glyphs, g)
				continue
			}
		}
		out = append(out, segment{g.b, []glyph{g}})
	}
	return out
}

// linesOf puts glyphs into lines from the top down.
func linesOf(gs []glyph, page int) []line {
	segs := segments(gs)
	slices.SortStableFunc(segs, func(a, b segment) int { return cmp.Compare(b.midY(), a.midY()) })
	var rows [][]segment
	var around box
	for _, s := range segs {
		if n := len(rows); n > 0 {
			overlap := min(around.T, s.T) - max(around.B, s.B)
			if overlap > 0.5*min(around.height(), s.height()) {
				rows[n-1] = append(rows[n-1], s)
				continue
			}
		}
		around = s.box
		rows = append(rows, []segment{s})
	}
	out := make([]line, 0, len(rows))
	for _, row := range rows {
		slices.SortStableFunc(row, func(a, b segment) int { return cmp.Compare(a.L, b.L) })
		out = append(out, lineOf(row, page))
	}
	return out
}

func lineOf(row []segment, page int) line {
	l := line{box: row[0].box, page: page}
	var text strings.Builder
	var heights, widths []float32
	total := 0
	var prev glyph
	for i, s := range row {
		l.box = l.join(s.box)
		for j, g := range s.glyphs {
			if total > 0 {
				gap := g.b.L - prev.b.R
				switch {
				case g.r == '.' && prev.r == '.': // leaders of a table of contents
				case i > 0 && j == 0 && gap > 2*g.b.height():
					text.WriteByte('\t')
				case i > 0 && j == 0 && gap > 0.3*g.b.height(), g.space && j > 0, gap > 0.25*g.b.height() && !wide(g.r) && !wide(prev.r):
					text.WriteByte(' ')
				}
			}
			text.WriteRune(g.r)
			heights = append(heights, g.b.height())
			total++
			if wide(g.r) {
				widths = append(widths, g.b.width())
			}
			prev = g
		}
	}
	sizes := heights
	if len(widths) > 0 { // a Chinese character is as wide as its size; heights vary with the font
		sizes = widths
	}
	slices.Sort(sizes)
	l.text, l.size, l.wide = text.String(), max(sizes[len(sizes)/2], 1), len(widths)*2 > total
	return l
}

// wide reports the characters of Chinese text, its punctuation included.
func wide(r rune) bool {
	return r >= 0x2e80 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe4f || r >= 0xff00 && r <= 0xff60 || r >= 0x20000
}

func abs(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}
