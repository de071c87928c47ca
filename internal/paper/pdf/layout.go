package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/docket-os/docket/internal/paper"
)

// item is what stands on a page from the top down: a line or a table.
type item struct {
	line      line
	table     *paper.Table
	xs        []float32 // columns of the table
	furniture bool
}

// layout turns pages of characters into blocks: tables by their ruling lines,
// running heads set aside, lines joined to paragraphs, also over page ends.
func layout(pages []page) []paper.Block {
	rest := make([][]line, len(pages))
	tables := make([][]item, len(pages))
	for i, p := range pages {
		var left []glyph
		tables[i], left = takeTables(p, i+1)
		rest[i] = linesOf(left, i+1)
	}
	aside := furnish(pages, rest)
	f := &flow{body: bodySize(rest)}
	f.levels = headingSizes(rest, f.body)
	for i := range pages {
		items := tables[i]
		for j, l := range rest[i] {
			items = append(items, item{line: l, furniture: aside[i][j]})
		}
		slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(b.line.T, a.line.T) })
		f.page(items, marginsOf(rest[i], aside[i], pages[i].Width))
		if good, bad := pages[i].quality(); good+bad == 0 && pages[i].Images > 0 {
			f.end()
			f.out = append(f.out, paper.Block{Kind: paper.Furniture, Page: i + 1, Text: fmt.Sprintf("[page %d: a picture without text / 第%d页为图片，无文字]", i+1, i+1)})
		}
	}
	f.end()
	for i := range f.out {
		if t := f.out[i].Table; t != nil {
			f.out[i].Text = t.Text()
		}
	}
	return f.out
}

// takeTables reads the ruled tables of a page and returns the glyphs outside.
func takeTables(p page, number int) ([]item, []glyph) {
	gs := p.glyphs()
	var out []item
	for _, g := range grids(p.Rules) {
		cells := map[int][]glyph{}
		var outside []glyph
		for _, c := range gs {
			if at := g.place(c.b); at >= 0 {
				cells[at] = append(cells[at], c)
			} else {
				outside = append(outside, c)
			}
		}
		if t, ok := g.table(cells, number); ok {
			out = append(out, item{table: t, xs: g.xs, line: line{box: g.box, page: number}})
			gs = outside
		}
	}
	return out, gs
}

// bodySize is the character height most of the text has.
func bodySize(pages [][]line) float32 {
	count := map[int]int{}
	for _, p := range pages {
		for _, l := range p {
			count[int(l.size*2+0.5)] += len(l.text)
		}
	}
	best := 0
	for s, n := range count {
		if n > count[best] || n == count[best] && s < best {
			best = s
		}
	}
	return max(float32(best)/2, 1)
}

// larger says that a size is set off from the body text.
const larger = 1.15

// headingSizes ranks the sizes above the body's, the largest first.
func headingSizes(pages [][]line, body float32) []int {
	found := map[int]bool{}
	for _, p := range pages {
		for _, l := range p {
			if l.size > body*larger {
				found[int(l.size+0.5)] = true
			}
		}
	}
	var out []int
	for s := range found {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(b, a) })
	return out
}

// flow joins the lines of all pages to paragraphs.
type flow struct {
	out    []paper.Block
	body   float32
	levels []int
	open   []line  // the paragraph being joined
	m      margins // of the page its last line stands on
	aside  []paper.Block
	xs     []float32 // columns of the table that ended the last page's body, nil if none
}

func (f *flow) page(items []item, m margins) {
	first := true
	for _, it := range items {
		switch {
		case it.furniture:
			f.setAside(it.line)
			continue
		case it.table != nil:
			f.table(it, first)
		default:
			f.add(it.line, m)
		}
		first = false
	}
}

// setAside adds a running head; one met inside a paragraph follows it.
func (f *flow) setAside(l line) {
	k := paper.Block{Kind: paper.Furniture, Text: l.text, Page: l.page}
	if len(f.open) == 0 {
		f.out = append(f.out, k)
		return
	}
	f.aside = append(f.aside, k)
}

func (f *flow) add(l line, m margins) {
	f.xs = nil
	if n := len(f.open); n > 0 && (f.m.startsNew(f.open, l, m, f.body) || paper.IsMarking(l.text) || paper.IsMarking(f.open[n-1].text)) {
		f.end()
	}
	f.open, f.m = append(f.open, l), m
}

// table ends the paragraph and adds a table; one that goes on from the page
// before joins its first part.
func (f *flow) table(it item, first bool) {
	goesOn := first && len(f.open) == 0 && len(f.xs) == len(it.xs)
	for i := range it.xs {
		goesOn = goesOn && abs(f.xs[i]-it.xs[i]) < near
	}
	f.end()
	f.xs = it.xs
	if n := f.lastTable(); goesOn && n >= 0 {
		t := f.out[n].Table
		t.Rows = append(t.Rows, it.table.Rows...)
		return
	}
	f.out = append(f.out, paper.Block{Kind: paper.TableBlock, Table: it.table, Page: it.line.page})
}

// lastTable is the table that nothing but furniture follows, -1 for none.
func (f *flow) lastTable() int {
	for i := len(f.out) - 1; i >= 0; i-- {
		switch f.out[i].Kind {
		case paper.TableBlock:
			return i
		case paper.Furniture:
		default:
			return -1
		}
	}
	return -1
}

// end writes the open paragraph, then the furniture met while it was open.
func (f *flow) end() {
	if len(f.open) > 0 {
		k := paper.Block{Text: joinLines(f.open), Page: f.open[0].page}
		if s := f.open[0].size; s > f.body*larger && len([]rune(k.Text)) <= 120 {
			k.Kind = paper.Heading
			k.Level = min(slices.Index(f.levels, int(s+0.5))+1, 6)
		}
		f.out, f.open = append(f.out, k), nil
	}
	f.out, f.aside = append(f.out, f.aside...), nil
}

// joinLines puts the lines of a paragraph together: a space between words, none
// between Chinese characters.
func joinLines(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			last, first := lastRune(lines[i-1].text), firstRune(l.text)
			if !wide(last) && !wide(first) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l.text)
	}
	return b.String()
}
