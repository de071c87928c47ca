package phrase

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// view is a text folded for matching: half-width, simplified, all brackets
// round, white space between Chinese characters gone. Every byte of the folded
// text knows the bytes of the source it stands for.
type view struct {
	src  string
	s    string
	from []int32 // per byte of s: where its rune starts in src
	to   []int32 // per byte of s: where its rune ends in src
	gap  []bool  // per byte of s: white space stood before it and was dropped

	known func(name string) bool // Context.Known
}

func newView(text string) *view {
	v := &view{
		src:  text,
		from: make([]int32, 0, len(text)),
		to:   make([]int32, 0, len(text)),
		gap:  make([]bool, 0, len(text)),
	}
	var b strings.Builder
	b.Grow(len(text))
	put := func(r rune, from, to int, gap bool) {
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			v.from = append(v.from, int32(from))
			v.to = append(v.to, int32(to))
			v.gap = append(v.gap, gap)
			gap = false
		}
	}
	marks := pageMark.FindAllStringSubmatchIndex(text, -1)
	var prev rune
	marked := false           // a page mark is among the pending white space
	space, newlines := -1, -1 // offsets of the pending white space and of its first newline
	for i, r := range text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[i:])
		}
		for len(marks) > 0 && marks[0][3] <= i {
			marks = marks[1:]
		}
		inMark := len(marks) > 0 && i >= marks[0][2]
		if inMark || unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			if space < 0 {
				space = i
			}
			if r == '\n' && newlines < 0 {
				newlines = i
			}
			marked = marked || inMark
			continue
		}
		f := fold(r)
		if r == '〈' || r == '〉' {
			f = levelBracket(text, i, r)
		}
		gap := space >= 0
		if gap {
			switch {
			case newlines >= 0 && !marked && hardBreak(prev, f, text[newlines:i], text[i:]):
				put('\n', newlines, newlines+1, false)
			case f < 0x2e80 && prev < 0x2e80 && prev != 0 && prev != '\n':
				put(' ', space, i, false)
			}
			space, newlines, marked = -1, -1, false
		}
		put(f, i, i+size, gap)
		prev = f
	}
	v.s = b.String()
	return v
}

// pageMark is a page number left in the text: — 5 — on its own line or between
// Chinese characters. It is read as white space.
var pageMark = pattern.New(`[\p{Han}、，。；：,;（(\n](\s*[—–－-]{1,2}\s*[0-9０-９]{1,4}\s*[—–－-]{1,2})\s*[\p{Han}、，。；：,;）)\n]`)

// hardBreak tells a line end that separates statements from one that only
// breaks a line of print: after a full stop, before a label or a number, or a
// blank line.
func hardBreak(prev, next rune, white, rest string) bool {
	if strings.Count(white, "\n") > 1 || strings.ContainsRune("。;!?", prev) || next == '|' || prev == '|' {
		return true
	}
	if len(rest) > 90 {
		rest = rest[:90]
	}
	return lineStart.MatchString(strings.Map(fold, strings.ToValidUTF8(rest, "")))
}

// angled are levels of government in pointed brackets: 各区、县〈市〉政府.
var angled = pattern.New(`^〈[省市县区旗州盟镇乡街道、]{1,9}〉|^[省市县区旗州盟镇乡街道、]{1,9}〉`)

// levelBracket folds a pointed bracket at i to a round one where it holds levels
// of government; a title inside a title keeps its own.
func levelBracket(text string, i int, r rune) rune {
	if r == '〈' {
		if angled.MatchString(text[i:min(len(text), i+60)]) {
			return '('
		}
		return r
	}
	if at := strings.LastIndex(text[max(0, i-40):i], "〈"); at >= 0 && angled.MatchString(text[max(0, i-40)+at:]) {
		return ')'
	}
	return r
}

// span translates a range of the folded text to the source.
func (v *view) span(lo, hi int) docket.Span {
	if lo >= hi {
		return docket.Span{}
	}
	return docket.Span{Start: int(v.from[lo]), End: int(v.to[hi-1])}
}

// words is the source text of a folded range, as written.
func (v *view) words(lo, hi int) string {
	sp := v.span(lo, hi)
	return v.src[sp.Start:sp.End]
}

// name is the source text of a folded range without white space and page marks;
// words of a language that has spaces keep one between them.
func (v *view) name(lo, hi int) string {
	var b strings.Builder
	for i := lo; i < hi; {
		_, n := utf8.DecodeRuneInString(v.s[i:])
		if v.s[i] == ' ' {
			b.WriteByte(' ')
		} else {
			b.WriteString(v.src[v.from[i]:v.to[i]])
		}
		i += n
	}
	return b.String()
}

// at finds the folded offset of a source offset.
func (v *view) at(src int) int {
	return sort.Search(len(v.from), func(i int) bool { return int(v.from[i]) >= src })
}

// fold maps a rune to its half-width, simplified, plain-bracket form.
func fold(r rune) rune {
	switch r {
	case '〔', '［', '【', '｛', '〖', '﹝', '[', '﹙':
		return '('
	case '〕', '］', '】', '｝', '〗', '﹞', ']', '﹚':
		return ')'
	case '﹑', '､':
		return '、'
	case '，', '﹐':
		return ','
	case '｡':
		return '。'
	case '；', '﹔':
		return ';'
	case '∶', '﹕':
		return ':'
	case '•', '・', '‧':
		return '·'
	case '–', '―', '‐', '‑', '−', '－':
		return '—'
	case '〇', '○', '零':
		return '〇'
	}
	if r > 0xff00 && r < 0xff5f {
		return r - 0xfee0
	}
	return pattern.Plain(r)
}

// isHan reports whether r is a Chinese character.
func isHan(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r == '〇' }

func hasHan(s string) bool { return strings.IndexFunc(s, isHan) >= 0 }

func runes(s string) int { return utf8.RuneCountInString(s) }

// trim narrows [lo,hi) past white space and the cut set.
func (v *view) trim(lo, hi int, cut string) (int, int) {
	t := v.s[lo:hi]
	u := strings.TrimLeft(t, cut+" \n")
	lo += len(t) - len(u)
	return lo, lo + len(strings.TrimRight(u, cut+" \n"))
}
