package httpapi

import (
	"unicode/utf8"

	docket "github.com/docket-os/docket"
)

// The domain counts bytes of UTF-8, browsers count UTF-16 code units. Spans are
// turned from the one to the other here and nowhere else.

// texts are the texts of a directive's clauses by position.
type texts map[int]string

// textsOf gathers the texts of clauses.
func textsOf(clauses []docket.Clause) texts {
	t := make(texts, len(clauses))
	for _, c := range clauses {
		t[c.Ord] = c.Text
	}
	return t
}

// toWire turns a span of bytes into one of UTF-16 code units. Ends outside the
// text or within a character move inwards to the next place that exists.
func toWire(text string, s docket.Span) docket.Span {
	start := min(max(s.Start, 0), len(text))
	end := min(max(s.End, start), len(text))
	for start < end && !utf8.RuneStart(text[start]) {
		start++
	}
	for end > start && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	from := codeUnits(text[:start])
	return docket.Span{Start: from, End: from + codeUnits(text[start:end])}
}

// codeUnits counts the UTF-16 code units of s.
func codeUnits(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 { // outside the basic plane: a surrogate pair
			n++
		}
	}
	return n
}

// fromWire turns a span of UTF-16 code units into one of bytes. It reports false
// when the span is reversed, lies outside the text or cuts a character.
func fromWire(text string, s docket.Span) (docket.Span, bool) {
	start, ok1 := byteAt(text, s.Start)
	end, ok2 := byteAt(text, s.End)
	return docket.Span{Start: start, End: end}, ok1 && ok2 && s.Start <= s.End
}

// byteAt returns the byte position of the n-th UTF-16 code unit of text.
func byteAt(text string, n int) (int, bool) {
	at := 0
	for i, r := range text {
		if at == n {
			return i, true
		}
		at++
		if r >= 0x10000 {
			at++
		}
	}
	return len(text), at == n
}

// span turns a span of the clause at ord; one in a clause not at hand becomes empty.
func (t texts) span(ord int, s docket.Span) docket.Span {
	text, ok := t[ord]
	if !ok {
		return docket.Span{}
	}
	return toWire(text, s)
}

func (t texts) provenance(p docket.Provenance) docket.Provenance {
	p.Span = t.span(p.Clause, p.Span)
	return p
}

func (t texts) findings(ord int, found []docket.Finding) []docket.Finding {
	return each(found, func(f docket.Finding) docket.Finding {
		if f.Span != nil {
			s := t.span(ord, *f.Span)
			f.Span = &s
		}
		return f
	})
}

func wireClause(c docket.Clause) docket.Clause {
	if len(c.Struck) > 0 {
		c.Struck = each(c.Struck, func(s docket.Span) docket.Span { return toWire(c.Text, s) })
	}
	return c
}
