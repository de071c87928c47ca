package pdf

import (
	"strconv"
	"strings"
	"unicode"
)

// job is what the parent asks of a child: one line of JSON on its standard
// input, followed by the file. The input then stays open: its end means that
// the parent is gone.
type job struct {
	Size    int64  `json:"size"`
	Cache   string `json:"cache"`
	Pages   int    `json:"pages"`
	Chars   int    `json:"chars"`
	Memory  uint32 `json:"memory"` // in WebAssembly pages of 64 KiB
	Seconds int    `json:"seconds"`
	Draw    int    `json:"draw,omitempty"` // the page to draw instead of reading, from 1
	Edge    int    `json:"edge,omitempty"` // pixels of the drawn page's longer edge
}

// reply is one gob value on the child's standard output: a page, or the end.
type reply struct {
	Page  *page
	Done  bool
	Fault string // password, format, pages, chars, other; empty when all went well
	Count int    // pages the file has
	Title string
	JPEG  []byte // the page drawn
}

// page is what a page shows, in points, the origin at the bottom left.
type page struct {
	Width, Height float32
	Runes         []rune
	Boxes         []box // one for each rune
	Rules         []box // ruling lines and edges of filled boxes
	Images        int
}

// box is a place on a page.
type box struct{ L, B, R, T float32 }

func (b box) width() float32  { return b.R - b.L }
func (b box) height() float32 { return b.T - b.B }
func (b box) midX() float32   { return (b.L + b.R) / 2 }
func (b box) midY() float32   { return (b.B + b.T) / 2 }

// join is the smallest box around both.
func (b box) join(c box) box {
	return box{min(b.L, c.L), min(b.B, c.B), max(b.R, c.R), max(b.T, c.T)}
}

// quality counts the visible characters that mean something and those that do not.
func (p page) quality() (good, bad int) {
	for _, r := range p.Runes {
		switch {
		case unicode.IsSpace(r) || r == 2 || r == 0xfffe:
		case r == 0 || r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) || unicode.IsControl(r):
			bad++
		default:
			good++
		}
	}
	return good, bad
}

// pageList writes page numbers as 1–3, 7.
func pageList(pages []int) string {
	var out []string
	for i := 0; i < len(pages); {
		j := i
		for j+1 < len(pages) && pages[j+1] == pages[j]+1 {
			j++
		}
		s := strconv.Itoa(pages[i])
		if j > i {
			s += "–" + strconv.Itoa(pages[j])
		}
		out = append(out, s)
		i = j + 1
	}
	return strings.Join(out, ", ")
}
