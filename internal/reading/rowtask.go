package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

var (
	seeAbove = pattern.Both(`(?i)^[（(]?(?:同上|上同|见上|〃|″|"|''|ditto|(?:see|as) (?:above|below|previous)(?: row)?)[)）]?$`)
	bound    = pattern.New(`^(?i)(?:required|mandatory|encouraged|applies) (?:for|to|of) `)
	nobody   = pattern.Both(`(?i)^[（(]?(?:无|暂无|没有|/|\\|-+|—+|－+|n/?a|none|nil|tbc|tbd|not applicable)[)）]?$`)
)

// rowTask proposes the task of a table's row.
func (r *reader) rowTask(c int) {
	cl, nd := &r.clauses[c], &r.nodes[c]
	rw := nd.row
	own, ok := rw.requirement(c)
	if !ok {
		return
	}
	t := Task{Span: own}
	s := segment{span: own}
	inCell := cl.Text[own.Start:own.End]
	for _, n := range phrase.Notes(inCell, r.context("")) {
		if !strings.ContainsRune("（(〔【[［〖", firstRune(inCell[n.Outer.Start:])) {
			continue
		}
		r.locate(c, n.Parties, n.Findings, own.Start)
		n.Outer = shift(n.Outer, own.Start)
		s.notes = append(s.notes, note{Note: n})
		t.Parties = append(t.Parties, n.Parties...)
		t.Findings = append(t.Findings, n.Findings...)
	}
	if l, ok := readLabel(inCell); ok {
		s.span.Start += l.end
		t.Span.Start += l.end
	}
	r.fill(c, &t, s)
	hasLead := rw.has(fieldLead) || r.hasLead(t.Parties)
	for j, f := range rw.fields {
		if j >= len(rw.cells) || rw.cells[j].text == "" || rw.repeated(j) {
			continue
		}
		switch {
		case f.party():
			r.partyCell(&t, rw.cells[j], c, f, hasLead)
		case f == fieldDue:
			r.dueCell(&t, rw.cells[j], c)
		case f == fieldMeasure && !inside(rw.cells[j], own, c):
			r.measureCell(&t, rw.cells[j], c)
		}
	}
	if elsewhere.MatchString(strings.TrimSpace(t.Text)) {
		t.Findings = append(t.Findings, docket.Finding{Code: docket.FindSeeOther, Severity: docket.Doubt, Field: "text"})
	}
	cl.Tasks = append(cl.Tasks, t)
}

// elsewhere is a requirement that is written somewhere else.
var elsewhere = pattern.Both(`(?i)^[（(]?(?:详?见|参见|see)\s?.{1,20}$`)

func inside(x cell, s docket.Span, c int) bool {
	return x.clause == c && x.span.Start >= s.Start && x.span.End <= s.End
}

// repeated reports whether column j only repeats the merged cell to its left.
func (rw *row) repeated(j int) bool {
	return j > 0 && rw.cells[j].merged && rw.cells[j].clause == rw.cells[j-1].clause && rw.cells[j].span == rw.cells[j-1].span
}

// has reports whether a column of this field says something.
func (rw *row) has(f field) bool {
	for j, x := range rw.fields {
		if x == f && j < len(rw.cells) && rw.cells[j].text != "" && !nobody.MatchString(rw.cells[j].text) {
			return true
		}
	}
	return false
}

// requirement is what the row asks for: the cells of task and detail that stand
// in the row itself, side by side. A row that has none goes with the one above.
func (rw *row) requirement(c int) (docket.Span, bool) {
	var s docket.Span
	last := -1
	for j, f := range rw.fields {
		if f != fieldTask && f != fieldDetail || j >= len(rw.cells) {
			continue
		}
		x := rw.cells[j]
		if x.clause != c || x.merged || x.span.End <= x.span.Start || last >= 0 && j != last+1 {
			continue
		}
		if last < 0 {
			s = x.span
		}
		s.End, last = x.span.End, j
	}
	return s, last >= 0
}

// partyCell reads a cell that names who is responsible.
func (r *reader) partyCell(t *Task, x cell, c int, f field, hasLead bool) {
	if nobody.MatchString(x.text) {
		return
	}
	role, _ := f.role()
	if f == fieldResponsible && hasLead {
		role = docket.Support
	}
	if m := bound.FindString(x.text); m != "" {
		role = docket.Several // who is bound: each for its own part
		x.text, x.span.Start = x.text[len(m):], x.span.Start+len(m)
	}
	ps, fs := phrase.Parties(x.text, r.context(role))
	if len(ps) == 0 && role == docket.LeaderRole {
		ps = people(x.text)
	}
	r.locate(x.clause, ps, fs, x.span.Start)
	for i := range ps {
		if x.clause != c && ps[i].From.Origin == docket.OwnWords {
			ps[i].From.Origin = docket.Inherited
		}
	}
	if x.clause != c {
		for i := range fs {
			fs[i].Span = nil
		}
	}
	t.Parties = append(t.Parties, r.unstruck(x.clause, ps)...)
	t.Findings = append(t.Findings, fs...)
	if x.seen {
		t.Findings = append(t.Findings, docket.Finding{Code: docket.FindSeeOther, Severity: docket.Note, Field: string(f)})
	}
}

// people reads the persons of a leader's column: a list and nothing else.
func people(s string) (ps []docket.Party) {
	from := 0
	for i, c := range s + "\n" {
		if !strings.ContainsRune("、，,；;/\n ", c) {
			continue
		}
		if sp := trim(s, from, i); words(s[sp.Start:sp.End]) >= 2 && sp.End-sp.Start < 60 {
			ps = append(ps, docket.Party{Role: docket.LeaderRole, Name: s[sp.Start:sp.End],
				From: docket.Provenance{Origin: docket.OwnWords, Span: sp}})
		}
		from = min(i+len(string(c)), len(s))
	}
	return ps
}

// dueCell reads a cell or a labelled line that holds a deadline. Words that tell
// no day are kept as a condition: they were written to bind.
func (r *reader) dueCell(t *Task, x cell, c int) {
	if nobody.MatchString(x.text) {
		return
	}
	if former, now := r.strikes(x); len(former) > 0 {
		for _, y := range append(former, now...) {
			r.dueCell(t, y, c)
		}
		return
	}
	ds := phrase.Dues(x.text, r.context(""))
	if len(ds) == 0 && words(x.text) > 0 {
		ds = []docket.Due{{Kind: docket.DueConditional, Words: x.text, Prov: docket.Provenance{Span: docket.Span{End: len(x.text)}}}}
	}
	for _, d := range ds {
		d.Prov.Clause, d.Prov.Span, d.Prov.Origin = x.clause, shift(d.Prov.Span, x.span.Start), docket.OwnWords
		if x.clause != c {
			d.Prov.Origin = docket.Inherited
		}
		d.Former = d.Former || r.struck(x.clause, d.Prov.Span)
		if !hasDue(t.Dues, d) {
			t.Dues = append(t.Dues, d)
		}
	}
}

// strikes cuts a cell into the words struck through and those that replaced them.
func (r *reader) strikes(x cell) (former, now []cell) {
	text := r.clauses[x.clause].Text
	at := x.span.Start
	piece := func(from, to int) cell {
		sp := trim(text, from, to)
		return cell{text: text[sp.Start:sp.End], clause: x.clause, span: sp}
	}
	for _, s := range r.struckIn(x.clause, x.span) {
		if s.Start < at || s.End > x.span.End || s == x.span {
			continue
		}
		former = append(former, piece(s.Start, s.End))
		if p := piece(at, s.Start); p.text != "" {
			now = append(now, p)
		}
		at = s.End
	}
	if p := piece(at, x.span.End); p.text != "" {
		now = append(now, p)
	}
	return former, now
}

// measureCell reads a cell that says what will show success. Words without a
// number stay in the clause's text; the task counts as measurable all the same.
func (r *reader) measureCell(t *Task, x cell, c int) {
	if nobody.MatchString(x.text) {
		return
	}
	for _, m := range phrase.Measures(x.text, r.context("")) {
		m.From.Clause, m.From.Span, m.From.Origin = x.clause, shift(m.From.Span, x.span.Start), docket.OwnWords
		if x.clause != c {
			m.From.Origin = docket.Inherited
		}
		if !r.struck(x.clause, m.From.Span) {
			t.Measures = append(t.Measures, m)
		}
	}
	t.measured = true
}
