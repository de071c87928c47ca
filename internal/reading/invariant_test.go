package reading_test

import (
	"strings"
	"unicode"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading"
)

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// checkInvariants holds for every document: no character is lost, doubled or
// moved except that furniture may step behind the clause it tore; parents come
// first; every value stands where it says it stands.
func checkInvariants(t tester, doc *paper.Document, res *reading.Result) {
	t.Helper()
	checkText(t, doc, res)
	for i, c := range res.Clauses {
		if c.Parent >= i || c.Parent < -1 {
			t.Errorf("clause %d under %d", i, c.Parent)
		}
		for _, s := range c.Struck {
			inText(t, res, i, s, "struck words")
		}
		for _, task := range c.Tasks {
			inText(t, res, i, task.Span, "task")
			for _, p := range task.Parties {
				checkParty(t, res, p)
			}
			for _, d := range task.Dues {
				inText(t, res, d.Prov.Clause, d.Prov.Span, "due "+d.Words)
			}
			for _, m := range task.Measures {
				inText(t, res, m.From.Clause, m.From.Span, "measure "+m.Words)
			}
		}
	}
}

// checkParty: a unit is never invented.
func checkParty(t tester, res *reading.Result, p docket.Party) {
	t.Helper()
	if !inText(t, res, p.From.Clause, p.From.Span, p.Name) {
		return
	}
	words := p.Written
	if words == "" {
		words = p.Name
	}
	at := res.Clauses[p.From.Clause].Text[p.From.Span.Start:p.From.Span.End]
	if letters(at) != letters(words) {
		t.Errorf("unit %q (written %q) stands at words %q", p.Name, p.Written, at)
	}
}

func inText(t tester, res *reading.Result, c int, s docket.Span, what string) bool {
	t.Helper()
	if c < 0 || c >= len(res.Clauses) || s.Start < 0 || s.End < s.Start || s.End > len(res.Clauses[c].Text) {
		t.Errorf("%s: span %v outside clause %d", what, s, c)
		return false
	}
	return true
}

// checkText compares the text outside the furniture, in order, and the
// furniture with the lines of its blocks.
func checkText(t tester, doc *paper.Document, res *reading.Result) {
	t.Helper()
	type place struct {
		block int
		line  string
	}
	aside := map[place]int{}
	var got, want strings.Builder
	for _, c := range res.Clauses {
		if c.Kind == docket.KindFurniture {
			aside[place{c.Block, letters(c.Text)}]++
		} else {
			got.WriteString(letters(c.Text))
		}
	}
	for i, b := range doc.Blocks {
		for l := range strings.SplitSeq(b.Text, "\n") {
			l = letters(l)
			if aside[place{i, l}] > 0 {
				aside[place{i, l}]--
			} else if l != "" && b.Kind == paper.Furniture {
				t.Fatalf("furniture %.40q is not set aside", l)
			} else {
				want.WriteString(l)
			}
		}
	}
	if a, b := want.String(), got.String(); a != b {
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		t.Fatalf("text lost or moved at byte %d: the document has %.80q, the clauses have %.80q", i, a[i:], b[i:])
	}
	for p, n := range aside {
		if n != 0 {
			t.Fatalf("furniture %.40q is not the document's (%+d)", p.line, n)
		}
	}
}

// tester is what helpers need of a test, a benchmark or a property.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Fatal(args ...any)
}
