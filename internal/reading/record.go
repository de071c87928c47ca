package reading

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// recordName is the name of a place in a form: 工作要求：
var recordName = pattern.New(`^[\p{Han}A-Za-z ]{2,24}[：:]`)

// recordLine hands on what a numbered line of a form says of the matter above it:
// 三、承办单位：…, 五、办结时限：…. It reports whether the clause is such a line. In a form,
// where every line has a name, it speaks of all lines before; else of the last.
func (r *reader) recordLine(c int) bool {
	nd := &r.nodes[c]
	from := r.wordsFrom(c)
	text := r.clauses[c].Text
	f, value, ok := fieldLine(text[from:])
	if !ok || nd.label.style == "" || len(nd.fields) > 0 || !f.party() && f != fieldDue {
		return false
	}
	value = shift(value, from)
	x := cell{text: text[value.Start:value.End], clause: c, span: value}
	found := false
	for d := c - 1; d >= 0 && d >= c-maxFields && r.nodes[d].reg == nd.reg; d-- {
		if r.clauses[d].Parent != r.clauses[c].Parent || r.nodes[d].row != nil || len(r.clauses[d].Tasks) == 0 {
			continue
		}
		form := recordName.MatchString(r.clauses[d].Text[r.wordsFrom(d):])
		if found && !form {
			break
		}
		found = true
		for i := range r.clauses[d].Tasks {
			t := &r.clauses[d].Tasks[i]
			switch {
			case t.Duty:
			case f == fieldDue && len(t.Dues) == 0:
				r.dueCell(t, x, d)
			case f.party():
				r.partyCell(t, x, d, f, r.hasLead(t.Parties))
			}
		}
		if !form {
			break
		}
	}
	if found {
		r.clauses[c].Kind = docket.KindText
	}
	return found
}

// past are sentences that tell what was: none of them is a demand that somebody
// forgot to note.
var (
	past    = pattern.Both(`^(?:(?:Last year|Over the (?:last|past)|In (?:19|20)[0-9]{2}\b|Since (?:19|20)[0-9]{2}\b|To date)|(?:去年|上年|前年|近年来|[0-9]{4}年以来|截至))`)
	asksNow = pattern.Both(`(?i)\b(?:will|shall|must|should|by 20[0-9]{2})\b|要|将|应|须|确保|力争|底前`)
)

// ofItself is what a paper says of itself: who explains it, from when it holds.
var ofItself = pattern.Both(`^(?:本|上述|以上|此).{0,16}(?:由.{2,24}负责解释|自.{2,20}起?(?:施行|实施|执行))`)

func (r *reader) tellsOfPast(c int) bool {
	text := r.clauses[c].Text[r.wordsFrom(c):]
	return past.MatchString(text) && !asksNow.MatchString(text)
}
