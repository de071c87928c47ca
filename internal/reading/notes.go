package reading

import (
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

// readNotes finds what each clause says about who is responsible.
func (r *reader) readNotes() {
	for c := range r.clauses {
		cl, nd := &r.clauses[c], &r.nodes[c]
		if cl.Kind == docket.KindFurniture || nd.row != nil || r.regions[nd.reg].voice == glossary {
			continue
		}
		if !mayNote(cl.Text) && len(nd.fields) == 0 && !nd.decided {
			continue
		}
		start := r.wordsFrom(c)
		for _, n := range phrase.Notes(cl.Text[start:], r.context("")) {
			n.Outer, n.Inner = shift(n.Outer, start), shift(n.Inner, start)
			k := noteKind(cl.Text, n)
			if r.regions[nd.reg].voice == narrative && k != closing {
				continue // who leads what, told in passing
			}
			r.locate(c, n.Parties, n.Findings, start)
			r.locate(c, n.Below, nil, start)
			for i := range n.Dues {
				n.Dues[i].Prov.Clause, n.Dues[i].Prov.Span = c, shift(n.Dues[i].Prov.Span, start)
			}
			nd.notes = append(nd.notes, note{Note: n, kind: k})
		}
		r.labelled(c)
		r.actions(c)
		if r.regions[nd.reg].voice != narrative {
			r.handed(c)
		}
		r.commanded(c)
		slices.SortStableFunc(nd.notes, func(a, b note) int { return a.Outer.Start - b.Outer.Start })
	}
	r.subjects()
}

// mayNote is a cheap test that spares most prose the grammar of notes.
func mayNote(s string) bool {
	return strings.ContainsAny(s, "(（〔【[［〖") || strings.Contains(s, "牵头") || strings.Contains(s, "牽頭") ||
		strings.Contains(s, "负责") || strings.Contains(s, "負責") || strings.Contains(s, "单位") || strings.Contains(s, "單位") || strings.Contains(s, "配合") ||
		strings.Contains(s, "落实") || strings.Contains(s, "落實") || strings.ContainsAny(s, ":：") || englishRole.MatchString(s)
}

// mayTell is a cheap test for a subject that is told to act.
var mayTell = pattern.Both(`[要应须由请每]|于[0-9０-９]|[做抓]好|责[成令]|同意|通过|\b(?:will|shall|must|is to|delegates?|requests?|instructs?|authori[sz]es?)\b`)

// englishRole are the words by which English prose says who does what.
var englishRole = pattern.New(`(?i)\b(?:led by|to lead|will lead|leads|responsib\w+|actions?(?: points?)?\s*[(–—-])`)

// note is a responsibility note of a clause and how it stands to the words around it.
type note struct {
	phrase.Note
	kind reach
}

type reach uint8

const (
	closing reach = iota // the words before it are what it speaks of
	ahead                // the words behind it: 请市教育局牵头，…
	whole                // a sentence of its own in running text: all of the clause
)

func noteKind(text string, n phrase.Note) reach {
	head := strings.TrimSpace(text[n.Outer.Start:n.Outer.End])
	if head == "" || strings.ContainsRune("（(〔【[［〖", firstRune(head)) {
		return closing
	}
	if _, _, ok := phrase.LabelLine(head); ok {
		return closing
	}
	if _, _, ok := fieldLine(head); ok {
		return closing
	}
	rest := strings.TrimLeft(text[n.Outer.End:], " ")
	if rest == "" || strings.ContainsRune("。；;.\n", firstRune(rest)) {
		return whole
	}
	return ahead
}

func (r *reader) context(role docket.PartyRole) phrase.Context {
	return phrase.Context{Role: role, Issued: r.issued, Lang: r.lang, Known: r.opt.Known}
}

// locate ties what a phrase said to clause c, whose text holds the phrase at byte at.
func (r *reader) locate(c int, ps []docket.Party, fs []docket.Finding, at int) {
	for i := range ps {
		ps[i].From.Clause = c
		ps[i].From.Span.Start += at
		ps[i].From.Span.End += at
	}
	for i := range fs {
		if fs[i].Span != nil {
			s := *fs[i].Span
			fs[i].Span = &docket.Span{Start: s.Start + at, End: s.End + at}
		}
	}
}

// labelled reads the labelled lines of a clause that no note has taken: the
// English ones, and those that hold a deadline or a measure.
func (r *reader) labelled(c int) {
	cl, nd := &r.clauses[c], &r.nodes[c]
	for _, f := range nd.fields {
		if r.noted(c, f.line) {
			continue
		}
		n := phrase.Note{Outer: f.line, Inner: f.value}
		if f.field.party() {
			role, _ := f.field.role()
			n.Parties, n.Findings = phrase.Parties(cl.Text[f.value.Start:f.value.End], r.context(role))
			r.locate(c, n.Parties, n.Findings, f.value.Start)
		}
		nd.notes = append(nd.notes, note{Note: n})
	}
}

func (r *reader) noted(c int, line docket.Span) bool {
	for _, n := range r.nodes[c].notes {
		if n.Outer.Start < line.End && line.Start < n.Outer.End {
			return true
		}
	}
	return false
}
