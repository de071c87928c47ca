package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dress is how a stretch of text in the PDF looks.
type dress struct {
	family            string
	stroke            float64 // ems
	size              float64
	pitch             float64 // from one wide character to the next
	italic, underline bool
	color             rgb
	kin               *dress // the same in the other family its text needs
}

// in is the dress in a family.
func (d *dress) in(family string) *dress {
	if d.family == family {
		return d
	}
	if d.kin == nil || d.kin.family != family {
		kin := *d
		kin.family, kin.kin = family, nil
		d.kin = &kin
	}
	return d.kin
}

// atom is what a line is never broken within: a word, a wide character, spaces.
type atom struct {
	text  string
	dress *dress
	width float64
	air   float64 // behind it, except at the end of a line
	kind  atomKind
}

type atomKind uint8

const (
	letters atomKind = iota // of a word
	square                  // one wide character
	blank                   // spaces
	brk                     // a forced end of line
)

// line is a laid-out line; slack is what is left of its width.
type line struct {
	atoms []atom
	width float64
	room  float64 // the width it was broken for
	last  bool    // of its paragraph, or before a forced break: not justified
}

// Characters that must not begin or end a line (GB/T 15834-2011, 5.1.10).
const (
	noStart = "，。、；：？！）》」』】〉〕…—％”’·～々!,.:;?)]}%"
	noEnd   = "（《「『【〈〔“‘([{￥"
)

// closing is punctuation whose right half is empty: it may stand with half its
// square, or lend it to the line.
const closing = "，。、；：！？）》」』】〉〕”"

// atomizer cuts text into atoms.
type atomizer struct {
	fonts *library
	room  float64 // words wider than this come in pieces
	out   []atom
	word  strings.Builder
	dress *dress // of the word
	width float64
}

func (a *atomizer) flush() {
	if a.word.Len() > 0 {
		a.out = append(a.out, atom{text: a.word.String(), dress: a.dress, width: a.width, kind: letters})
		a.word.Reset()
		a.width = 0
	}
}

func (a *atomizer) add(text string, d *dress) {
	before := ' '
	for _, r := range text {
		if r == '\n' {
			a.flush()
			a.out = append(a.out, atom{dress: d, kind: brk})
			continue
		}
		family, shown, em := a.fonts.pick(d.family, r, before)
		before = r
		if shown != 0 {
			a.char(shown, em, d.in(family))
		}
	}
	a.flush()
}

func (a *atomizer) char(r rune, em float64, d *dress) {
	switch {
	case r == ' ' || r == '\u3000':
		a.flush()
		a.out = append(a.out, atom{text: string(r), dress: d, width: em * d.size, kind: blank})
	case wide(r) && d.family != latin:
		a.flush()
		a.out = append(a.out, atom{text: string(r), dress: d, width: em*d.size + d.pitch - d.size, kind: square})
	default:
		if a.width+em*d.size > a.room || (a.word.Len() > 0 && a.dress != d) {
			a.flush()
		}
		a.dress = d
		a.word.WriteRune(r)
		a.width += em * d.size
		if r == '-' || r == '/' {
			a.flush()
		}
	}
}

// air leaves a quarter of a character free between Chinese and Latin letters or
// digits, as Word does.
func air(atoms []atom) {
	for i := 1; i < len(atoms); i++ {
		a, b := &atoms[i-1], &atoms[i]
		if (a.han(false) && b.latin(true)) || (a.latin(false) && b.han(true)) {
			a.air = a.dress.size / 4
		}
	}
}

// han and latin report what stands at the beginning or end of an atom.
func (a *atom) han(begin bool) bool {
	return a.kind == square && unicode.Is(unicode.Han, a.edge(begin))
}

func (a *atom) latin(begin bool) bool {
	r := a.edge(begin)
	return a.kind == letters && r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func (a *atom) edge(begin bool) rune {
	r, _ := utf8.DecodeLastRuneInString(a.text)
	if begin {
		r, _ = utf8.DecodeRuneInString(a.text)
	}
	return r
}

// fold breaks atoms into lines; the first is first narrower than the others.
func fold(atoms []atom, width, first float64) []line {
	var out []line
	for start := 0; start < len(atoms); {
		room := width
		if len(out) == 0 {
			room -= first
		}
		end, used := start, 0.0
		for end < len(atoms) && atoms[end].kind != brk && fits(atoms[end], used, room) {
			used += atoms[end].width + atoms[end].air
			end++
		}
		if end < len(atoms) && atoms[end].kind == blank { // a space at the end hangs
			end++
		}
		forced := end < len(atoms) && atoms[end].kind == brk
		if end < len(atoms) && !forced {
			end = retreat(atoms, start, max(end, start+1))
		}
		out = append(out, newLine(atoms[start:end], room, forced || end == len(atoms)))
		if forced {
			end++
			if end == len(atoms) { // the paragraph ends with a forced break
				break
			}
		}
		start = end
	}
	if len(out) == 0 {
		out = append(out, line{room: width - first, last: true})
	}
	return out
}

// fits reports whether an atom may still stand on the line. Closing punctuation
// needs no room of its own: the line is drawn together for it.
func fits(a atom, used, room float64) bool {
	const rounding = 0.01
	if a.kind == square && strings.Contains(closing, a.text) {
		return used <= room+rounding
	}
	return used+a.width <= room+rounding
}

// retreat moves a break before end back to where a line may end.
func retreat(atoms []atom, start, end int) int {
	for e := end; e > start+1 && e > end-4; e-- {
		if !startsBadly(atoms[e]) && !endsBadly(atoms[e-1]) {
			return e
		}
	}
	return end
}

func startsBadly(a atom) bool {
	return a.text != "" && strings.ContainsRune(noStart, a.edge(true))
}

func endsBadly(a atom) bool {
	return a.text != "" && strings.Contains(noEnd, a.text)
}

// newLine drops the spaces at the end and sums up the rest.
func newLine(atoms []atom, room float64, last bool) line {
	for len(atoms) > 0 && atoms[len(atoms)-1].kind == blank {
		atoms = atoms[:len(atoms)-1]
	}
	l := line{atoms: atoms, room: room, last: last}
	for i, a := range atoms {
		l.width += a.width
		if i+1 < len(atoms) {
			l.width += a.air
		}
	}
	return l
}
