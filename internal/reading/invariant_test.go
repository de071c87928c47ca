package reading_test

import (
	"strings"
	"testing"
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
func checkInvariants(t testing.TB, doc *paper.Document, res *reading.Result) {
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
func checkParty(t testing.TB, res *reading.Result, p docket.Party) {
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

func inText(t testing.TB, res *reading.Result, c int, s docket.Span, what string) bool {
	t.Helper()
	if c < 0 || c >= len(res.Clauses) || s.Start < 0 || s.End < s.Start || s.End > len(res.Clauses[c].Text) {
		t.Errorf("%s: span %v outside clause %d", what, s, c)
		return false
	}
	return true
}

// checkText compares the text outside the furniture, in order, and all of it as
// a bag of lines.
func checkText(t testing.TB, doc *paper.Document, res *reading.Result) {
	t.Helper()
	aside := map[string]int{}
	var got strings.Builder
	for _, c := range res.Clauses {
		if c.Kind == docket.KindFurniture {
			for l := range strings.SplitSeq(c.Text, "\n") {
				aside[letters(l)]++
			}
		} else {
			got.WriteString(letters(c.Text))
		}
	}
	rest := got.String()
	for _, b := range doc.Blocks {
		for l := range strings.SplitSeq(b.Text, "\n") {
			l = letters(l)
			if b.Kind != paper.TableBlock && aside[l] > 0 && (b.Kind == paper.Furniture || !strings.HasPrefix(rest, l)) {
				aside[l]--
				continue
			}
			after, ok := strings.CutPrefix(rest, l)
			if !ok && aside[l] > 0 {
				aside[l]--
				continue
			}
			if !ok || b.Kind == paper.Furniture && l != "" {
				t.Fatalf("text lost or moved: the document has %.80q where the clauses have %.80q", l, rest)
			}
			rest = after
		}
	}
	if rest != "" {
		t.Fatalf("clauses say more than the document: %.80q", rest)
	}
	for l, n := range aside {
		if n != 0 && l != "" {
			t.Fatalf("furniture %.40q is not the document's (%+d)", l, n)
		}
	}
}
