package typeset

import (
	"strings"
	"unicode"
)

// clean is s as it may stand on a page: what XML cannot hold, control and
// format characters (bidirectional overrides among them) are dropped, line ends
// are \n, tabs are spaces. Characters for private use stay: names are written in them.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), r&0xFFFE == 0xFFFE:
			return -1
		}
		return r
	}, s)
}

// oneLine is s cleaned, on a single line.
func oneLine(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(clean(s), "\n", " "))
}

// wide reports whether r takes a full square, as Chinese characters and their
// punctuation do; text may be broken before and after it.
func wide(r rune) bool {
	switch {
	case r < 0x2E80:
		return r == '—' || r == '…' || r == '“' || r == '”' || r == '‘' || r == '’' || (r >= 0x2460 && r < 0x2700)
	case r < 0xA4D0, r >= 0xAC00 && r < 0xD7A4, r >= 0xF900 && r < 0xFB00, r >= 0xFE30 && r < 0xFE50:
		return true
	}
	return (r >= 0xFF00 && r < 0xFF61) || (r >= 0xFFE0 && r < 0xFFE7) || (r >= 0x1F000 && r < 0x40000)
}

// ems is about how many squares s is wide.
func ems(s string) float64 {
	n := 0.0
	for _, r := range s {
		if wide(r) {
			n++
		} else {
			n += 0.5
		}
	}
	return n
}
