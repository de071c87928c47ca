package reading

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

// segment is a stretch of a clause that is one task, with the notes about it.
type segment struct {
	span  docket.Span
	notes []note
}

// segments cuts a clause into tasks. A note closes the words before it; a
// request (请…牵头) opens those behind it; a note behind a bare title, and a sentence
// of its own, speak of the whole clause.
func (r *reader) segments(c int) []segment {
	nd := &r.nodes[c]
	text := r.clauses[c].Text
	start := r.wordsFrom(c)
	var out []segment
	pos := start
	add := func(from, to int, ns ...note) {
		sp := trim(text, from, to)
		if s := text[sp.Start:sp.End]; words(s) == 0 || len(out) > 0 && namedLine.MatchString(s) && !moreLine(s) {
			if len(out) > 0 {
				out[len(out)-1].notes = append(out[len(out)-1].notes, ns...)
			} else if len(ns) > 0 {
				out = append(out, segment{span: sp, notes: ns})
			}
			return
		}
		out = append(out, segment{span: sp, notes: ns})
	}
	parted := slices.ContainsFunc(nd.notes, func(n note) bool { return len(n.Parties) > 0 })
	var over []note // notes about the whole clause
	for i, n := range nd.notes {
		switch n.kind {
		case whole:
			over = append(over, n)
		case ahead:
			from := n.Outer.Start
			if bareTitle(text[pos:from], 0) || len(nd.notes) == 1 {
				from = pos // 一、清理死角。请各村…
			}
			add(pos, from)
			end := len(text)
			if i+1 < len(nd.notes) {
				end = nd.notes[i+1].Outer.Start
			}
			out = append(out, segment{span: trim(text, from, end), notes: []note{n}})
			pos = end
		default:
			if parted && len(n.Parties) == 0 && len(out) == 0 && i+1 < len(nd.notes) {
				over = append(over, n) // 整改目标：… stands among the words: who acts parts tasks
				continue
			}
			add(pos, n.Outer.Start, n)
			pos = n.Outer.End
		}
	}
	if rest := trim(text, pos, len(text)); words(text[rest.Start:rest.End]) >= 6 {
		if len(out) == 1 && nd.notes[0].kind == closing && bareTitle(text[out[0].span.Start:out[0].span.End], 0) {
			out[0].span.End = rest.End // （一）健全机制（市科技局牵头）。建立…
		} else {
			add(pos, len(text))
		}
	}
	if len(over) > 0 || len(out) == 0 {
		all := segment{span: trim(text, start, len(text))}
		for _, s := range out {
			all.notes = append(all.notes, s.notes...)
		}
		all.notes = append(all.notes, over...)
		if len(over) == len(nd.notes) || len(out) < 2 {
			return []segment{all}
		}
		out[len(out)-1].notes = append(out[len(out)-1].notes, over...)
	}
	return out
}

// wordsFrom is where the words of a clause begin: behind its label.
func (r *reader) wordsFrom(c int) int {
	l, text := r.nodes[c].label, r.clauses[c].Text
	if l.end == 0 || l.end > len(text) || r.nodes[c].row != nil {
		return 0
	}
	return l.end
}

// trim narrows a range to its words: no white space, no comma before and none
// but the last stop behind.
func trim(s string, from, to int) docket.Span {
	if from > to {
		from = to
	}
	sub := s[from:to]
	left := strings.TrimLeftFunc(sub, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("。；;，,、", r) })
	from += len(sub) - len(left)
	right := strings.TrimRightFunc(left, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("；;，,、", r) })
	return docket.Span{Start: from, End: from + len(right)}
}

// words counts letters and digits.
func words(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// clauseTasks proposes the tasks of a clause outside tables.
func (r *reader) clauseTasks(c int) {
	cl, nd := &r.clauses[c], &r.nodes[c]
	segs := r.segments(c)
	s, asked := r.demand(c)
	if asked = asked && len(nd.hands) == 0; asked {
		segs = []segment{{span: s, notes: nd.notes}}
	}
	for _, s := range segs {
		if len(segs) > 1 && len(s.notes) == 0 && !nd.proposed {
			continue // words beside a note in a text that is no list of tasks
		}
		t := Task{Span: s.span}
		for _, n := range s.notes {
			t.Parties = append(t.Parties, r.unstruck(c, n.Parties)...)
			t.Findings = append(t.Findings, n.Findings...)
			t.Dues = append(t.Dues, n.Dues...)
		}
		r.fill(c, &t, s)
		if asked {
			r.promised(c, &t)
		}
		cl.Tasks = append(cl.Tasks, t)
	}
	if leads(cl.Tasks) > 1 {
		for i := range cl.Tasks {
			cl.Tasks[i].Findings = append(cl.Tasks[i].Findings, docket.Finding{Code: docket.FindSeveralTasks, Severity: docket.Note, Field: "text"})
		}
	}
	if len(cl.Tasks) > 0 {
		cl.Kind = docket.KindClause
	}
}

func leads(ts []Task) (n int) {
	for i := range ts {
		if len(ts[i].Parties) > 0 {
			n++
		}
	}
	return n
}

// maxRead bounds the deadlines, and the measures, of one task: what has more is
// a text without numbers, and nobody would correct them one by one.
const maxRead = 60

// fill reads text, strength, deadlines and measures of a task from its words.
func (r *reader) fill(c int, t *Task, s segment) {
	cl := &r.clauses[c]
	t.Text = r.text(c, s)
	t.Strength = phrase.Strength(t.Text, r.lang)
	own := cl.Text[s.span.Start:s.span.End]
	dues, measures := phrase.Figures(own, r.context(""))
	for _, d := range dues {
		if len(t.Dues) >= maxRead {
			break
		}
		d.Prov.Clause, d.Prov.Span = c, shift(d.Prov.Span, s.span.Start)
		if !inNotes(d.Prov.Span, s.notes) && !hasDue(t.Dues, d) {
			t.Dues = append(t.Dues, d)
		}
	}
	for _, m := range measures {
		if len(t.Measures) >= maxRead {
			break
		}
		m.From.Clause, m.From.Span = c, shift(m.From.Span, s.span.Start)
		if !inNotes(m.From.Span, s.notes) && !r.struck(c, m.From.Span) {
			t.Measures = append(t.Measures, m)
		}
	}
	for _, f := range r.nodes[c].fields {
		x := cell{text: cl.Text[f.value.Start:f.value.End], clause: c, span: f.value}
		switch {
		case f.line.Start < s.span.Start:
		case f.field == fieldDue:
			r.dueCell(t, x, c)
		case f.field == fieldMeasure:
			r.measureCell(t, x, c)
			for _, d := range r.duesIn(c, f.value) { // Target: at least 70% by March 2029
				if !hasDue(t.Dues, d) {
					t.Dues = append(t.Dues, d)
				}
			}
		}
	}
	for i := range t.Dues {
		t.Dues[i].Former = t.Dues[i].Former || r.struck(c, t.Dues[i].Prov.Span)
	}
}

func shift(s docket.Span, by int) docket.Span {
	return docket.Span{Start: s.Start + by, End: s.End + by}
}

func inNotes(s docket.Span, ns []note) bool {
	for _, n := range ns {
		if n.kind != ahead && s.Start >= n.Outer.Start && s.End <= n.Outer.End {
			return true
		}
	}
	return false
}

func hasDue(ds []docket.Due, d docket.Due) bool {
	for _, x := range ds {
		if x.Prov.Clause == d.Prov.Clause && x.Prov.Span.Start < d.Prov.Span.End && d.Prov.Span.Start < x.Prov.Span.End {
			return true
		}
	}
	return false
}

// struck reports whether a span lies in struck-through words.
func (r *reader) struck(c int, s docket.Span) bool { return len(r.struckIn(c, s)) > 0 }

// struckIn gives the struck-through ranges that touch a span; they are in order.
func (r *reader) struckIn(c int, s docket.Span) []docket.Span {
	all := r.clauses[c].Struck
	from := sort.Search(len(all), func(i int) bool { return all[i].End > s.Start })
	to := from
	for to < len(all) && all[to].Start < s.End {
		to++
	}
	return all[from:to]
}

func (r *reader) unstruck(c int, ps []docket.Party) []docket.Party {
	var out []docket.Party
	for _, p := range ps {
		if !r.struck(c, p.From.Span) {
			out = append(out, p)
		}
	}
	return out
}

// text is the words of a segment without notes inside it and without
// struck-through words.
func (r *reader) text(c int, s segment) string {
	text := r.clauses[c].Text
	var gaps []docket.Span
	for _, n := range s.notes {
		if n.kind == closing {
			gaps = append(gaps, n.Outer)
		}
	}
	gaps = append(gaps, r.struckIn(c, s.span)...)
	slices.SortFunc(gaps, func(a, b docket.Span) int { return a.Start - b.Start })
	var b strings.Builder
	at := s.span.Start
	for _, g := range gaps {
		if g.Start >= at && g.End <= s.span.End {
			b.WriteString(text[at:g.Start])
			at = g.End
		}
	}
	b.WriteString(text[min(at, s.span.End):s.span.End])
	s2 := twoStops.ReplaceAllString(spaces.ReplaceAllString(b.String(), " "), "$1 ")
	return strings.TrimSpace(listEnd.ReplaceAllString(s2, ""))
}

// twoStops is what a labelled statement leaves behind that stood between two stops.
var twoStops = pattern.New(`([.!?])\s+\.(?:\s|$)`)

// listEnd joins an item to the next one and says nothing itself.
var listEnd = pattern.New(`;\s+(?:and|or)$`)

var spaces = pattern.New(`[ \t]{2,}|\t`)
