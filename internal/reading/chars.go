package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// fold maps a full-width letter, digit or sign to its half-width form and
// leaves every other rune alone, so that １． and 1. are one grammar.
func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '　' || r == '\u00a0':
		return ' '
	}
	return r
}

// folded is fold over a whole string; byte positions are lost.
func folded(s string) string { return strings.Map(fold, s) }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '〇' || r == '○' }

// cjk reports whether r is set without spaces around it: Han or Chinese punctuation.
func cjk(r rune) bool {
	return isHan(r) || r >= '\u3000' && r <= '\u303f' || r >= '\uff00' && r <= '\uffef' ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…'
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
func runes(s string) int      { return utf8.RuneCountInString(s) }

// width is how much of a line s fills: two for a Chinese character, one for a Latin one.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if cjk(r) {
			n++
		}
	}
	return n
}

// squeeze removes all white space: the form in which texts are compared.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// ended reports whether s ends a sentence: what follows on the next line is
// then not its continuation.
func ended(s string) bool {
	s = strings.TrimRight(s, "”’\"')）】〕」 ")
	return s == "" || strings.ContainsRune("。．！？；：.!?;:…", lastRune(s))
}

// sentences counts the sentence ends in s, and pauses the commas.
func sentences(s string) (n int) {
	for _, r := range s {
		if strings.ContainsRune("。；！？", r) {
			n++
		}
	}
	return n
}

// tidy sets the white space of a paragraph right: no indent, single spaces, and
// none between the characters of a line that was spaced out (国 务 院) or read
// by a machine. Nothing but white space is ever changed.
func tidy(s string, struck []paper.Span) (string, []docket.Span) {
	spaced := spacedOut(s)
	var b strings.Builder
	b.Grow(len(s))
	at := func(int) {}
	var pos []int
	if len(struck) > 0 {
		pos = make([]int, len(s)+1)
		at = func(i int) { pos[i] = b.Len() }
	}
	var prev rune
	gap := false
	for i, w := 0, 0; i < len(s); i += w {
		var r rune
		r, w = utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			gap = prev != 0
			at(i)
			continue
		}
		if gap && !(spaced && cjk(prev) && cjk(r)) {
			b.WriteByte(' ')
		}
		gap = false
		at(i)
		b.WriteString(s[i : i+w])
		prev = r
	}
	if pos == nil {
		return b.String(), nil
	}
	pos[len(s)] = b.Len()
	var out []docket.Span
	for _, x := range struck {
		if x.Start >= 0 && x.Start < x.End && x.End <= len(s) {
			sp := docket.Span{Start: pos[x.Start], End: pos[x.End]}
			if sp.Start < sp.End {
				out = append(out, sp)
			}
		}
	}
	return b.String(), out
}

// spacedOut reports whether at least every third Chinese character is followed
// by a space and another one.
func spacedOut(s string) bool {
	han, pairs := 0, 0
	prevHan, gap := false, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = true
		case isHan(r):
			han++
			if gap && prevHan {
				pairs++
			}
			prevHan, gap = true, false
		default:
			prevHan, gap = false, false
		}
	}
	return pairs >= 2 && pairs*3 >= han
}

// unclosed returns the position of the last bracket in s that is still open, or -1.
// Only the last 600 bytes are looked at: notes are short.
func unclosed(s string) int {
	from := max(0, len(s)-600)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from++
	}
	depth := 0
	for i := len(s); i > from; {
		r, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
		switch r {
		case '）', ')', '〕', '】', '》', '］', ']':
			depth++
		case '（', '(', '〔', '【', '《', '［', '[':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}
