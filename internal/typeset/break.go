package typeset

import "strings"

// dress is how a stretch of text in the PDF looks.
type dress struct {
	family            string
	stroke            float64 // ems
	size              float64
	pitch             float64 // from one wide character to the next
	italic, underline bool
	color             rgb
}

// atom is what a line is never broken within: a word, a wide character, spaces.
type atom struct {
	text  string
	dress *dress
	width float64
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

// atomize cuts text into atoms. Long words come in pieces of at most room.
func (t *setter) atomize(out []atom, text string, d *dress, room float64) []atom {
	m := t.fonts[d.family]
	var w strings.Builder
	width := 0.0
	flush := func() {
		if w.Len() > 0 {
			out = append(out, atom{w.String(), d, width, letters})
			w.Reset()
			width = 0
		}
	}
	for _, r := range text {
		em := m.em(r)
		if r == '\n' {
			flush()
			out = append(out, atom{dress: d, kind: brk})
			continue
		}
		if em < 0 {
			if drop(r) {
				continue
			}
			r, em = geta, m.em(geta)
		}
		switch {
		case r == ' ' || r == '\u3000':
			flush()
			out = append(out, atom{string(r), d, em * d.size, blank})
		case wide(r):
			flush()
			out = append(out, atom{string(r), d, em*d.size + d.pitch - d.size, square})
		default:
			if width+em*d.size > room {
				flush()
			}
			w.WriteRune(r)
			width += em * d.size
			if r == '-' || r == '/' {
				flush()
			}
		}
	}
	flush()
	return out
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
			used += atoms[end].width
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
	return a.text != "" && strings.ContainsAny(firstRune(a.text), noStart)
}

func endsBadly(a atom) bool {
	return a.text != "" && strings.Contains(noEnd, a.text)
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// newLine drops the spaces at the end and sums up the rest.
func newLine(atoms []atom, room float64, last bool) line {
	for len(atoms) > 0 && atoms[len(atoms)-1].kind == blank {
		atoms = atoms[:len(atoms)-1]
	}
	l := line{atoms: atoms, room: room, last: last}
	for _, a := range atoms {
		l.width += a.width
	}
	return l
}
