package typeset

import (
	"embed"
	"errors"
	"io"
	"io/fs"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	docket "github.com/docket-os/docket"
)

// The fonts are copied here by `go run ./dev build`; see docs/decisions/0022.
//
//go:embed all:fonts
var fontFiles embed.FS

// The families, by the names of their files. latin is drawn like the letters of
// sans, whose quotation marks and dots are as wide as Chinese characters.
const (
	sans  = "sans"
	serif = "serif"
	latin = "latin"
)

// geta is the mark Chinese and Japanese printers set for type they lack.
const geta = '〓'

// fontsMissing is what a program built without its fonts answers.
func fontsMissing(err error) error {
	e := docket.Errorf(docket.Unavailable, "typeset.fonts", "This program was built without its fonts, so it cannot make PDF files or charts; build it with: make build")
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

// library is the fonts of one document.
type library struct {
	lang  string
	fonts map[string]*metrics
}

func newLibrary(lang string) (*library, error) {
	l := &library{lang, map[string]*metrics{}}
	for _, family := range []string{sans, serif, latin} {
		m, err := newMetrics(family)
		if err != nil {
			return nil, err
		}
		l.fonts[family] = m
	}
	return l, nil
}

// pick says in which family a character of text in family is set, as what, and
// how wide it is. What no font has is shown as 〓; 0 is shown as nothing.
func (l *library) pick(family string, r, before rune) (in string, shown rune, em float64) {
	if family == sans && l.lang == "en" && !shape(r) || (r == '’' && before < 0x250 && unicode.IsLetter(before)) {
		if em := l.fonts[latin].em(r); em >= 0 {
			return latin, r, em
		}
	}
	if em := l.fonts[family].em(r); em >= 0 {
		return family, r, em
	}
	if unicode.In(r, unicode.Mn, unicode.Me) { // changes the character before it
		return family, 0, 0
	}
	return family, geta, l.fonts[family].em(geta)
}

// shape reports whether r is a circle, square, star or tick: lamps are to be seen,
// and those of the Latin font are small.
func shape(r rune) bool { return r >= 0x2460 && r < 0x27C0 }

// piece is text of one family.
type piece struct {
	family, text string
	em           float64
}

// pieces cuts a line of text by the families it is set in.
func (l *library) pieces(family, s string) []piece {
	var out []piece
	before := ' '
	for _, r := range oneLine(s) {
		in, shown, em := l.pick(family, r, before)
		before = r
		if shown == 0 {
			continue
		}
		if n := len(out); n == 0 || out[n-1].family != in {
			out = append(out, piece{family: in})
		}
		p := &out[len(out)-1]
		p.text += string(shown)
		p.em += em
	}
	return out
}

// width is the width of a line of text at size 1.
func (l *library) width(family, s string) float64 {
	w := 0.0
	for _, p := range l.pieces(family, s) {
		w += p.em
	}
	return w
}
