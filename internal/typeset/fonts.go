package typeset

import (
	"embed"
	"errors"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	docket "github.com/docket-os/docket"
)

// The fonts are copied here by `go run ./dev build`; see docs/decisions/0022.
//
//go:embed all:fonts
var fontFiles embed.FS

// The families, by the names of their files.
const (
	sans  = "sans"
	serif = "serif"
)

// geta is the mark Chinese and Japanese printers set for type they lack.
const geta = '〓'

// fontsMissing is what a program built without its fonts answers.
func fontsMissing(err error) error {
	e := docket.Errorf(docket.Unavailable, "typeset.fonts", "this program was built without its fonts, so it cannot make PDF files or charts; build it with: make build")
	e.Err = err
	return e
}

// openFont gives a font file of the program without copying it.
func openFont(family string) (*sfnt.Font, error) {
	f, err := fontFiles.Open("fonts/" + family + ".ttf")
	if err != nil {
		return nil, fontsMissing(err)
	}
	at, ok := f.(io.ReaderAt)
	if !ok {
		return nil, fontsMissing(errors.New("embedded files cannot be read at a place"))
	}
	parsed, err := sfnt.ParseReaderAt(at)
	if err != nil {
		return nil, fontsMissing(err)
	}
	return parsed, nil
}

// fontBytes is a copy of a font file, for the PDF library.
func fontBytes(family string) ([]byte, error) {
	raw, err := fs.ReadFile(fontFiles, "fonts/"+family+".ttf")
	if err != nil {
		return nil, fontsMissing(err)
	}
	return raw, nil
}

// metrics knows what a font holds and how wide it is; each character is looked
// up once.
type metrics struct {
	font *sfnt.Font
	buf  sfnt.Buffer
	wide map[rune]float64 // in ems; negative: not in the font
}

func newMetrics(family string) (*metrics, error) {
	f, err := openFont(family)
	if err != nil {
		return nil, err
	}
	return &metrics{font: f, wide: map[rune]float64{}}, nil
}

// em is the width of r in ems, negative for what the font lacks. Characters
// beyond the first plane are out of the PDF library's reach.
func (m *metrics) em(r rune) float64 {
	if w, known := m.wide[r]; known {
		return w
	}
	w := -1.0
	if r <= 0xFFFF {
		if i, err := m.font.GlyphIndex(&m.buf, r); err == nil && i != 0 {
			if a, err := m.font.GlyphAdvance(&m.buf, i, fixed.I(1000), font.HintingNone); err == nil {
				w = float64(a) / 64000
			}
		}
	}
	m.wide[r] = w
	return w
}

// width is the width of s at size 1.
func (m *metrics) width(s string) float64 {
	w := 0.0
	for _, r := range s {
		if em := m.em(r); em >= 0 {
			w += em
		} else if !drop(r) {
			w++ // shown as 〓
		}
	}
	return w
}

// printable is s on one line as the font can show it: what it lacks is 〓.
func (m *metrics) printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case m.em(r) >= 0:
			return r
		case drop(r):
			return -1
		}
		return geta
	}, oneLine(s))
}
