package reading

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

// actionLine is how English minutes set down what was agreed: "Action: Highways
// Team to publish …".
var actionLine = pattern.New(`(?m)^(?i:agreed\s+)?(?i:actions?(?:\s+points?)?)\s*(?:[:–—-]\s*([A-Z][^\n.;:]{1,60}?)\s+(?:to|will)\s+[a-z]|\(([A-Z][^()\n]{1,60})\)\s*[:–—-])`)

// actions reads the action lines of a clause as requests to the one named.
func (r *reader) actions(c int) {
	if r.lang != "en" {
		return
	}
	text := r.clauses[c].Text
	for _, m := range actionLine.FindAllStringSubmatchIndex(text, 50) {
		who := docket.Span{Start: max(m[2], m[4]), End: max(m[3], m[5])}
		if r.noted(c, who) {
			continue
		}
		ps, fs := phrase.Parties(text[who.Start:who.End], r.context(docket.Lead))
		if len(ps) == 0 {
			continue
		}
		r.locate(c, ps, fs, who.Start)
		n := phrase.Note{Outer: docket.Span{Start: m[0], End: who.End}, Inner: who, Parties: ps, Findings: fs}
		r.nodes[c].notes = append(r.nodes[c].notes, note{Note: n, kind: ahead})
	}
}
