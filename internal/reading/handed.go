package reading

import (
	"slices"
	"strings"

	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

var (
	handedRe = pattern.Both(`[，,；;](?:由|请)[^，,。；;\n]{2,60}?(?:牵头|负责|主办|承办|组织实施|落实)`)
	roleWord = pattern.Both(`牵头|负责|配合|主办|会同|协助|协同|参与|单位`)
)

// handed finds what a sentence hands over at its end: 安排资金，由市财政局负责落实. The
// words before are the demand and name nobody.
func (r *reader) handed(c int) {
	text, nd := r.clauses[c].Text, &r.nodes[c]
	for _, m := range handedRe.FindAllStringIndex(text, 40) {
		from := m[0] + len("，")
		if text[m[0]] < 0x80 {
			from = m[0] + 1
		}
		begin := strings.LastIndexAny(text[:m[0]], "。；;\n") + 1
		for begin < m[0] && text[begin]&0xc0 == 0x80 {
			begin++
		}
		if roleWord.MatchString(text[begin:m[0]]) {
			continue
		}
		end := from + sentenceEnd(text[from:])
		ns := phrase.Notes(text[from:end], r.context(""))
		if len(ns) == 0 || ns[0].Outer.Start != 0 || len(ns[0].Parties) == 0 {
			continue
		}
		n := ns[0]
		n.Outer, n.Inner = shift(n.Outer, from), shift(n.Inner, from)
		if slices.ContainsFunc(nd.notes, func(x note) bool { return x.Outer.Start >= from && x.Outer.Start < n.Outer.End }) {
			continue
		}
		nd.notes = slices.DeleteFunc(nd.notes, func(x note) bool { return x.Outer.Start < from && x.Outer.End > from })
		r.locate(c, n.Parties, n.Findings, from)
		for i := range n.Dues {
			n.Dues[i].Prov.Clause, n.Dues[i].Prov.Span = c, shift(n.Dues[i].Prov.Span, from)
		}
		nd.notes = append(nd.notes, note{Note: n, kind: whole})
	}
}
