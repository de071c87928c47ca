package reading

import (
	"slices"
	"strings"

	"github.com/docket-os/docket/internal/paper"
)

// heal joins what a page or a line break tore apart and sets the furniture
// between the pieces behind them. The words outside the furniture keep their order.
func heal(in []para, format string) []para {
	full := 0
	if format != "md" && format != "html" && format != "docx" {
		full = wrapWidth(in)
	}
	out := make([]para, 0, len(in))
	open := -1    // position in out of the paragraph that may go on
	torn := false // furniture stands behind it
	for _, p := range in {
		if p.kind == paper.Furniture {
			out = append(out, p)
			torn = true
			continue
		}
		if open >= 0 {
			if q := &out[open]; goesOn(q, &p, full, torn) {
				q.join(p, sepFor(q.text, p.text))
				torn = false
				continue
			}
		}
		out = append(out, p)
		open, torn = len(out)-1, false
	}
	return out
}

// maxClause bounds how much hard-wrapped text is joined into one paragraph
// (bytes), so that a file of endless short lines costs a bounded factor.
const maxClause = 8_000

// goesOn reports whether line p continues paragraph q. full is the width to
// which lines were broken, 0 for unbroken text; torn says that a page mark
// stands between the two.
func goesOn(q, p *para, full int, torn bool) bool {
	if q.table != nil || p.table != nil || p.kind != paper.Paragraph || q.kind == paper.Heading ||
		p.labeled || annexRe.MatchString(p.text) || len(q.text) > maxClause {
		return false
	}
	if openBracket(q, p) || footGoesOn(q, p) {
		return true
	}
	if _, _, ok := fieldLine(p.text); ok || moreLine(p.text) {
		return false
	}
	if dateLine(p.text) || q.bold != p.bold {
		return false
	}
	last, first := lastRune(q.text), firstRune(p.text)
	if last == '、' || last == '，' {
		return true
	}
	if torn && !ended(q.text) && q.tail > 24 && !(docKind.MatchString(q.text) && addressee.MatchString(p.text)) {
		return true
	}
	sameBlock := q.lastBlock == p.block
	if !cjk(last) && !cjk(first) && last != ':' {
		lower := first >= 'a' && first <= 'z'
		if lower && !ended(q.text) && (sameBlock || adjacent(q, p)) {
			return true
		}
		if sameBlock && q.tail > 50 {
			return true
		}
	}
	if full == 0 || !sameBlock && !adjacent(q, p) && !torn {
		return false
	}
	if _, _, ok := numberLine(p.text); ok {
		return false
	}
	if ended(q.text) {
		return q.tail >= full && last != '：' && last != ':'
	}
	return q.tail >= full-6
}

// openBracket reports whether a bracket opened in q may close in p. Document
// numbers lose their closing brackets on the web (〔20203): they open nothing.
func openBracket(q, p *para) bool {
	at := unclosed(q.text)
	if at < 0 || len(p.text) > 1000 || dateLine(p.text) || addressee.MatchString(p.text) {
		return false
	}
	if _, _, ok := numberLine(q.text); ok {
		return false
	}
	return !strings.ContainsRune("。！？.!?", lastRune(q.text)) || strings.ContainsAny(p.text, "）)〕】")
}

// footGoesOn joins the lines of a foot: 抄送：省发展改革委，省财|政厅。
func footGoesOn(q, p *para) bool {
	return len(q.text) < 1000 && footLine.MatchString(q.text) && !ended(q.text) && adjacent(q, p) && p.page == q.page &&
		!footLine.MatchString(p.text) && !dateLine(p.text) && !p.title()
}

// adjacent reports whether no empty line stands between q and p. Formats
// without lines say so by having none.
func adjacent(q, p *para) bool { return p.line-q.lastLine <= 1 }

// wrapWidth finds the width at which the lines of a text were broken: that of
// the lines that end in the middle of a sentence, when most of them agree. 0 means
// one paragraph a line.
func wrapWidth(in []para) int {
	var widths []int
	for i := 0; i+1 < len(in); i++ {
		p, q := &in[i], &in[i+1]
		if p.kind == paper.Paragraph && q.kind == paper.Paragraph && !q.labeled && !ended(p.text) && q.line-p.line <= 1 {
			widths = append(widths, p.tail)
		}
	}
	if len(widths) < 4 { // the foot of a letter alone: annexes, signer, date
		return 0
	}
	slices.Sort(widths)
	full := widths[len(widths)*9/10]
	near := 0
	for _, w := range widths {
		if w >= full-6 && w <= full+4 {
			near++
		}
	}
	if full < 30 || full > 160 || near*10 < len(widths)*6 {
		return 0
	}
	return full
}
