// Package phrase is the grammar inside a phrase: who is responsible, until when
// and how much, as official Chinese papers and English plans write it (field.md
// §5.2–5.4). It is pure, knows no document structure, and takes time linear in
// the text.
//
// Spans are byte offsets into the text given; the caller adds the clause. A name
// is never invented: Party.Name is the text of its span without white space, or
// it is that text completed by a rule of the field (a dropped 省/市/区, a shared
// 政府), and then Party.Written holds the words that really stand there.
package phrase

import (
	docket "github.com/docket-os/docket"
)

// Note is a responsibility note found in text. Several labelled lines that
// follow each other are one note.
type Note struct {
	Outer docket.Span // brackets and closing punctuation included
	Inner docket.Span // what stands inside
	// Parties in the order written, roles resolved as far as this note tells.
	Parties []docket.Party
	Dues    []docket.Due
	// FirstLeads is the span of a rule "first named leads, likewise below"
	// stated here. It has been applied to this note; LeadFirst applies it to others.
	FirstLeads *docket.Span
	// AllBelow is set where the note says that its parties answer for every item below.
	AllBelow bool
	// Below are those who answer, beside whoever is named there, for every item below:
	// 以下均需各地区落实，不再列出.
	Below    []docket.Party
	Findings []docket.Finding
}

// Context is what is known before a phrase is read. The zero value works.
type Context struct {
	// Role is the role of the column or label the text stands under. Empty means
	// that the role is not said: one unit then leads, a list is Several and Unsure.
	Role docket.PartyRole
	// Prefix is a level or place word (省, 市, 临江区) dropped names inherit.
	Prefix string
	// Issued is the document's date; it supplies a missing year. Zero leaves such
	// dues without a day.
	Issued docket.Date
	// Lang is "zh" or "en"; a hint only, both grammars are always tried.
	Lang string
	// Known reports whether a name is in the directory: it settles whether
	// "Children and Schools" is one unit or two. Nil: the grammar decides alone.
	Known func(name string) bool
}

// LeadFirst applies a "first named leads" rule to parties whose role was not
// said: the first leads, the rest support it. Parties with a stated role are
// left as they are; if any of them leads, nothing changes.
func LeadFirst(parties []docket.Party) []docket.Party {
	out := append([]docket.Party(nil), parties...)
	for _, p := range out {
		if p.Role == docket.Lead && !p.Unsure {
			return out
		}
	}
	first := true
	for i := range out {
		p := &out[i]
		if !p.Unsure || p.Role == docket.LeaderRole {
			continue
		}
		p.Role, p.Unsure = docket.Support, false
		if first {
			p.Role, first = docket.Lead, false
		}
		p.From.Origin = docket.ByRule
	}
	return out
}
