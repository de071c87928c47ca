package reading

import (
	"regexp"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/phrase"
)

var (
	// decides leads on to what a meeting decided: 会议决定：, RESOLVED that:
	decides = regexp.MustCompile(`(?:决定|议定|明确|要求|确定|同意)(?:事项)?(?:如下|以下(?:事项|意见)|下列事项)?[：:]$|^(?:IT WAS )?(?:RESOLVED|Resolved|AGREED|Agreed|RECOMMENDED)(?:\W+(?:that|That|THAT|to recommend|unanimously))*\W*$`)
	// decisionsHead is a heading over decisions.
	decisionsHead = regexp.MustCompile(`^(?:会议)?(?:议定|决定)(?:的)?事项(?:如下)?[：:]?$`)
	// demandsHead is the heading in a circular under which the telling ends.
	demandsHead = regexp.MustCompile(`^下一?步(?:工作)?要求[。：:]?$|^(?:有关|相关|几点|工作)要求[。：:]?$`)
	// resolved is a decision in one sentence: RESOLVED – That the Director of … .
	resolved = regexp.MustCompile(`(?m)^(?:IT WAS )?(?:RESOLVED|Resolved)\b\W+(?i:that )`)
	// noted are decisions that leave nothing to do.
	noted = regexp.MustCompile(`(?i)\bbe (?:noted|received|approved|agreed|endorsed|adopted|accepted|deferred|confirmed|signed|welcomed|thanked)\b[^,;]*$`)
	// told is who is told to do what in an English decision: "the Head of Finance identify …".
	told = regexp.MustCompile(`^(?:(?i:that) )?(?:(?i:the) )?([A-Z][A-Za-z&'’ -]{2,70}?)(?:, in consultation with (?:the )?([A-Z][^,;.]{2,70}),)? (?:be (?:authori[sz]ed|asked|requested|instructed|tasked|invited|directed|given delegated authority) to|report|bring|submit|prepare|identify|provide|review|publish|circulate|arrange|undertake|write|consult|develop|produce|present|investigate|explore|ensure|update|complete|commission|draft|negotiate|implement|establish|convene)\b`)
)

// decisions marks the clauses that a meeting decided, or an inquiry recommends:
// they ask for something whatever the voice of the paper around them.
func (r *reader) decisions() {
	leads := map[int]bool{} // headings whose last plain paragraph leads on to decisions
	for c := range r.clauses {
		cl, nd := &r.clauses[c], &r.nodes[c]
		text := strings.TrimSpace(cl.Text[r.wordsFrom(c):])
		mine := r.lang == "en" || r.regions[nd.reg].voice == directive
		switch {
		case r.regions[nd.reg].voice == narrative && nd.label.style != "" && demandsHead.MatchString(text):
			leads[c] = true
		case nd.row == nil && nd.label.style != "" && !mine && cl.Parent >= 0 && leads[cl.Parent]:
			nd.decided = true
		case nd.row != nil || cl.Kind == docket.KindFurniture || !mine:
		case nd.label.style == "" && cl.Kind == docket.KindText:
			leads[cl.Parent] = decides.MatchString(text)
		case nd.label.style == "recommendation":
			nd.decided = strings.ContainsAny(cl.Text[:r.wordsFrom(c)], ":.–—-")
		case nd.label.style != "":
			leads[c] = decisionsHead.MatchString(text)
			nd.decided = leads[cl.Parent] && !(r.lang == "en" && noted.MatchString(text))
		}
		if r.lang == "en" && resolved.MatchString(cl.Text) && !noted.MatchString(text) {
			nd.decided = true
		}
	}
}

// commanded reads who is told to act in a decision that names no role: 由X根据…,
// 责成X于…, "the Director of Housing report back".
func (r *reader) commanded(c int) {
	text, nd := r.clauses[c].Text, &r.nodes[c]
	if !nd.decided || len(nd.notes) > 0 {
		return
	}
	from := r.wordsFrom(c)
	if m := resolved.FindStringIndex(text); m != nil {
		from = m[1]
	}
	var ps []docket.Party
	if r.lang == "zh" {
		if p, ok := phrase.Told(text[from:], r.context(docket.Lead)); ok {
			ps = append(ps, p)
		}
	} else if m := told.FindStringSubmatchIndex(text[from:]); m != nil {
		for i, role := range []docket.PartyRole{docket.Lead, docket.Participate} {
			if a, b := m[2*i+2], m[2*i+3]; a >= 0 {
				more, _ := phrase.Parties(text[from+a:from+b], r.context(role))
				r.shift(more, a)
				ps = append(ps, more...)
			}
		}
	}
	if len(ps) == 0 {
		return
	}
	r.locate(c, ps, nil, from)
	at := docket.Span{Start: from, End: ps[len(ps)-1].From.Span.End}
	nd.notes = append(nd.notes, note{Note: phrase.Note{Outer: at, Inner: at, Parties: ps}, kind: ahead})
}

func (r *reader) shift(ps []docket.Party, by int) {
	for i := range ps {
		ps[i].From.Span = shift(ps[i].From.Span, by)
	}
}
