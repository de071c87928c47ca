package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

var (
	ground   = pattern.Both(`根据|按照|依据|依照|遵照|贯彻|落实|执行|对照|结合`)
	bookName = pattern.New(`《[^《》]{2,120}(?:《[^《》]{2,80}》[^《》]{0,60})?》`)
	numberIn = pattern.Both(`^\s*[（(]\s*([\p{Han}]{1,12}[^（）()]{0,4}[0-9０-９〔［\[【（(][^（）()]{2,30}号?)\s*[）)]`)
	enGround = pattern.New(`(?i:in accordance with|pursuant to|under|implements?|delivers?|in line with|as required by|as outlined in)\s+(?:the\s+)?([A-Z][\w'’-]*(?:\s+(?:[A-Z][\w'’-]*|of|and|for|the|on|to|[0-9]{4}(?:[–-][0-9]{2,4})?))*\s+(?:Act|Strategy|Plan|Framework|Policy|Order|Directive|Code|Regulations?)(?:\s+[0-9]{4}(?:[–-][0-9]{2,4})?)?)`)
)

// parents finds the documents this one says it carries out: 根据《…》（文号）. They
// are looked for before the first task and in the frame, where a paper states its
// grounds; a mere mention elsewhere makes no parent.
func (r *reader) parents() (out []Parent) {
	seen := map[string]bool{}
	for c := range r.clauses {
		cl := &r.clauses[c]
		if len(out) >= 20 {
			break
		}
		if cl.Kind == docket.KindFurniture || cl.Kind == docket.KindHeading || r.nodes[c].row != nil ||
			r.nodes[c].label.style != "" && !r.frame(c) {
			continue
		}
		if r.lang == "en" && r.nodes[c].reg > 0 || c > 200 {
			break
		}
		for _, p := range r.parentsIn(c) {
			if !seen[p.Title+p.Number] {
				seen[p.Title+p.Number] = true
				out = append(out, p)
			}
		}
	}
	return out
}

func (r *reader) parentsIn(c int) (out []Parent) {
	text := r.clauses[c].Text
	at := func(from, to int) docket.Provenance {
		return docket.Provenance{Origin: docket.OwnWords, Clause: c, Span: docket.Span{Start: from, End: to}}
	}
	chained := -1 // end of the last parent: 《甲》《乙》和《丙》 share one 根据
	for _, m := range bookName.FindAllStringIndex(text, 40) {
		before := text[max(0, m[0]-120):m[0]]
		if i := strings.LastIndexAny(before, "。；"); i >= 0 {
			before = before[i:]
		}
		joined := chained >= 0 && m[0]-chained <= len("以及要求和、")
		if !ground.MatchString(before) && !joined || isTitleOf(r, text[m[0]:m[1]]) {
			continue
		}
		p := Parent{Title: text[m[0]+len("《") : m[1]-len("》")]}
		end := m[1]
		if n := numberIn.FindStringSubmatchIndex(text[m[1]:]); n != nil {
			words := text[m[1]+n[2] : m[1]+n[3]]
			if number, _, ok := readNumber(words); ok {
				p.Number, end = number, m[1]+n[1]
			}
		}
		p.From = at(m[0], end)
		out = append(out, p)
		chained = end
	}
	if len(out) == 0 && r.lang == "en" {
		for _, m := range enGround.FindAllStringSubmatchIndex(text, 5) {
			out = append(out, Parent{Title: text[m[2]:m[3]], From: at(m[2], m[3])})
		}
	}
	return out
}

// isTitleOf reports whether a name in book marks is the paper's own.
func isTitleOf(r *reader, name string) bool {
	own := squeeze(strings.Trim(name, "《》"))
	for i := range r.regions {
		if t := squeeze(r.regions[i].title); t != "" && (t == own || i == 0 && strings.Contains(t, "《"+own+"》")) {
			return true
		}
	}
	return false
}

var term = pattern.Both(`有效期|施行|实施期限|执行期限|试行期|有效至|起实施|起执行`)

// validity finds the paper's own term: 本办法自…起施行，有效期至….
func (r *reader) validity() *docket.Due {
	for c := len(r.clauses) - 1; c >= 0; c-- {
		cl := &r.clauses[c]
		if cl.Kind == docket.KindFurniture || r.nodes[c].row != nil || !term.MatchString(cl.Text) {
			continue
		}
		for _, d := range phrase.Dues(cl.Text, r.context("")) {
			if d.Kind == docket.DueValidity {
				d.Prov.Clause = c
				return &d
			}
		}
	}
	return nil
}
