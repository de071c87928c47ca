package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// para is a paragraph on its way to become a clause: first a line of a block,
// then, healed, the lines that belong together.
type para struct {
	text      string
	kind      paper.Kind
	level     int
	block     int // position of its first block
	page      int
	line      int
	lastLine  int
	lastBlock int
	tail      int  // width of its last line
	bold      bool // set in bold from end to end
	struck    []docket.Span
	table     *paper.Table

	label   label
	labeled bool
}

// lines cuts the blocks of a document into lines, white space set right. Empty
// ones are left out: they say nothing.
func lines(doc *paper.Document) []para {
	var out []para
	var run numbers
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Kind == paper.TableBlock && b.Table != nil {
			out = append(out, para{text: b.Text, kind: b.Kind, block: i, lastBlock: i, page: b.Page, line: b.Line, table: b.Table})
			continue
		}
		start := 0
		for n, s := range strings.Split(b.Text, "\n") {
			end := start + len(s)
			text, struck := tidy(s, within(b.Struck, start, end))
			if text != "" {
				p := para{text: text, kind: b.Kind, level: b.Level, block: i, lastBlock: i, page: b.Page, line: b.Line,
					tail: width(text), bold: covers(b.Bold, b.Text, start, end), struck: struck}
				if b.Line > 0 {
					p.line += n
				}
				p.lastLine = p.line
				p.label, p.labeled = run.read(text)
				out = append(out, p)
			}
			start = end + 1
		}
	}
	return out
}

// within returns the part of spans inside [start, end), counted from start.
func within(spans []paper.Span, start, end int) []paper.Span {
	var out []paper.Span
	for _, s := range spans {
		if a, b := max(s.Start, start), min(s.End, end); a < b {
			out = append(out, paper.Span{Start: a - start, End: b - start})
		}
	}
	return out
}

// covers reports whether the spans cover the non-space text of [start, end).
func covers(spans []paper.Span, text string, start, end int) bool {
	for _, s := range spans {
		if s.Start < 0 || s.End > len(text) || s.Start > s.End || s.Start >= end || s.End <= start {
			continue
		}
		a, b := max(s.Start, start), min(s.End, end)
		if strings.TrimSpace(text[start:a]) == "" && strings.TrimSpace(text[b:end]) == "" {
			return true
		}
	}
	return false
}

// join adds q's words to p. Chinese lines join without a space, Latin ones with one.
func (p *para) join(q para, sep string) {
	at := len(p.text) + len(sep)
	p.text += sep + q.text
	for _, s := range q.struck {
		p.struck = append(p.struck, docket.Span{Start: s.Start + at, End: s.End + at})
	}
	p.tail, p.lastLine, p.lastBlock = q.tail, q.lastLine, q.lastBlock
	p.bold = p.bold && q.bold
}

func digit(r rune) bool { r = fold(r); return r >= '0' && r <= '9' || r == '.' || r == '%' }

func sepFor(a, b string) string {
	last, first := lastRune(a), firstRune(b)
	if cjk(last) || cjk(first) {
		return ""
	}
	if digit(last) && digit(first) && strings.ContainsFunc(a[max(0, len(a)-40):], isHan) {
		return "" // 服务群众1|00人次: a number broken at the edge of a Chinese line
	}
	return " "
}

// title reports whether the paragraph reads like a title: one line without the
// end of a sentence.
func (p *para) title() bool {
	return p.table == nil && runes(p.text) <= 80 && !ended(p.text) && sentences(p.text) == 0
}
