package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// DirectiveView is a directive as stored.
type DirectiveView struct {
	docket.Directive
	AdoptedAt time.Time `json:"adopted_at,omitzero"`
}

func wireDirective(d docket.Directive) DirectiveView {
	d.Addressees, d.Parents = full(d.Addressees), full(d.Parents)
	// A finding about the whole document has no clause to count its span in.
	d.Findings = each(d.Findings, func(f docket.Finding) docket.Finding { f.Span = nil; return f })
	return DirectiveView{Directive: d, AdoptedAt: d.AdoptedAt}
}

// DirectiveRow is a directive in the list.
type DirectiveRow struct {
	DirectiveView
	OwnerName string `json:"owner_name"`
	Clauses   int    `json:"clauses"`
	Covered   int    `json:"covered" doc:"Clauses with at least one registered matter"`
	Matters   int    `json:"matters"`
	Doubts    int    `json:"doubts" doc:"Doubts a person should look at"`
}

func wireDirectiveRow(d app.DirectiveSummary) DirectiveRow {
	return DirectiveRow{
		DirectiveView: wireDirective(d.Directive), OwnerName: d.OwnerName,
		Clauses: d.Clauses, Covered: d.Covered, Matters: d.Matters, Doubts: d.Doubts,
	}
}

// DirectivePage heads a directive's page.
type DirectivePage struct {
	Directive DirectiveView       `json:"directive"`
	OwnerName string              `json:"owner_name"`
	Parents   []docket.ParentRef  `json:"parents"`
	Counts    app.DirectiveCounts `json:"counts"`
	Lamps     Lamps               `json:"lamps" doc:"Of the matters in the reader's scope"`
	May       []docket.Act        `json:"may"`
}

func (p DirectivePage) version() int64 { return p.Directive.Version }

func wireDirectivePage(p app.DirectivePage) DirectivePage {
	return DirectivePage{
		Directive: wireDirective(p.Directive), OwnerName: p.OwnerName, Parents: full(p.Parents),
		Counts: p.Counts, Lamps: counts(p.Lamps), May: full(p.May),
	}
}

// PatchDirective corrects what was read from the head of the document; what is
// absent stays.
type PatchDirective struct {
	Title      *string       `json:"title,omitempty" maxLength:"1000"`
	Number     *string       `json:"number,omitempty" maxLength:"200"`
	Issuer     *string       `json:"issuer,omitempty" maxLength:"500"`
	IssuedOn   *docket.Date  `json:"issued_on,omitempty"`
	Level      *docket.Level `json:"level,omitempty"`
	Addressees *[]string     `json:"addressees,omitempty" maxItems:"500"`
}

// PastedText is a document pasted instead of uploaded.
type PastedText struct {
	Text  string `json:"text"`
	Title string `json:"title,omitempty"`
}

// ClauseView is one unit of the text with its gutter.
type ClauseView struct {
	docket.Clause
	Matters []app.GutterMark `json:"matters"`
	Hidden  int              `json:"hidden" doc:"Matters of this clause outside the reader's scope"`
	Lamp    docket.Lamp      `json:"lamp,omitempty" doc:"The worst lamp of its matters; absent without any"`
}

func wireClauseView(c app.ClauseView) ClauseView {
	return ClauseView{Clause: wireClause(c.Clause), Matters: full(c.Matters), Hidden: c.Hidden, Lamp: c.Lamp}
}

func wireAdoption(a app.Adoption) app.Adoption {
	a.Blockers = full(a.Blockers)
	return a
}

// AdoptBody names the version of the directive the person has seen.
type AdoptBody struct {
	Version int64 `json:"version"`
}

func wireEntry(e app.EntryView) app.EntryView {
	e.Changes = full(e.Changes)
	return e
}
