package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/measure"
)

// MatterView is a matter with its units named.
type MatterView struct {
	docket.Matter
	Assignments []AssignmentView `json:"assignments"`
	AssignedAt  time.Time        `json:"assigned_at,omitzero"`
	UpdatedAt   time.Time        `json:"updated_at,omitzero"`
}

func (m MatterView) version() int64 { return m.Version }

// AssignmentView is a unit's part in a matter.
type AssignmentView struct {
	docket.Party
	Unit      docket.UnitID `json:"unit" doc:"0 while the name is not matched to the directory"`
	UnitName  string        `json:"unit_name"`
	Suggested []app.UnitRef `json:"suggested" doc:"Close or former names; a person picks"`
	Accepted  time.Time     `json:"accepted,omitzero"`
	docket.Share
}

// matter turns a matter whose provenance points into these texts.
func (t texts) matter(m app.MatterView) MatterView {
	out := MatterView{Matter: m.Matter, AssignedAt: m.AssignedAt, UpdatedAt: m.UpdatedAt}
	out.Span, out.Milestones = t.span(m.ClauseOrd, m.Span), full(m.Milestones)
	out.Findings = t.findings(m.ClauseOrd, m.Findings)
	out.Dues = each(m.Dues, func(d docket.Due) docket.Due { d.Prov = t.provenance(d.Prov); return d })
	out.Measures = each(m.Measures, func(r docket.MeasureRead) docket.MeasureRead { r.From = t.provenance(r.From); return r })
	out.Assignments = each(m.Assignments, func(a app.AssignmentView) AssignmentView {
		w := AssignmentView{Party: a.Party, Unit: a.Unit, UnitName: a.UnitName, Suggested: full(a.Suggested), Accepted: a.Accepted, Share: a.Share}
		w.From = t.provenance(a.From)
		return w
	})
	return out
}

// NewMatter is a draft taken from a sentence by a person.
type NewMatter struct {
	ClauseOrd   int          `json:"clause_ord" minimum:"0"`
	Span        *docket.Span `json:"span,omitempty" doc:"UTF-16 code units of the clause's text; the reader's own proposal when absent"`
	Requirement string       `json:"requirement,omitempty" maxLength:"20000"`
}

// PatchMatter corrects a draft; what is absent stays.
type PatchMatter struct {
	Title       *string          `json:"title,omitempty" maxLength:"500"`
	Requirement *string          `json:"requirement,omitempty" maxLength:"20000"`
	Assignments *[]NewAssignment `json:"assignments,omitempty" maxItems:"500"`
	Due         *docket.Date     `json:"due,omitempty"`
	ReviewOn    *docket.Date     `json:"review_on,omitempty"`
	Aside       *bool            `json:"aside,omitempty"`
	Duty        *bool            `json:"duty,omitempty"`
	Measures    *[]NewMeasure    `json:"measures,omitempty" maxItems:"100"`
}

// NewAssignment is a unit's part as a person set it; unit 0 asks the directory
// for the name.
type NewAssignment struct {
	Role docket.PartyRole `json:"role"`
	Name string           `json:"name,omitempty" maxLength:"200"`
	Unit docket.UnitID    `json:"unit,omitempty" minimum:"0"`
}

// NewMeasure is a target as a person set it.
type NewMeasure struct {
	Name      string           `json:"name,omitempty" maxLength:"200"`
	Value     float64          `json:"value"`
	High      float64          `json:"high,omitempty"`
	Unit      string           `json:"unit,omitempty" maxLength:"50"`
	Direction docket.Direction `json:"direction"`
	Strength  docket.Strength  `json:"strength,omitempty"`
	Words     string           `json:"words,omitempty" maxLength:"500"`
}

// NameBody settles a written name, or a vague group, for all drafts of a
// directive: by units, by one to create, or (neither) by setting it aside.
type NameBody struct {
	Name   string          `json:"name" maxLength:"200"`
	Units  []docket.UnitID `json:"units,omitempty" maxItems:"500"`
	Alias  bool            `json:"alias,omitempty" doc:"Keep the name as another name of the one unit"`
	Create *NameCreate     `json:"create,omitempty" doc:"Found a unit of that name"`
}

// NameCreate says where a unit founded from a written name stands.
type NameCreate struct {
	Parent docket.UnitID `json:"parent" minimum:"0"`
	Level  docket.Level  `json:"level,omitempty"`
}

// ChangedMatters lists the drafts that an act changed.
type ChangedMatters struct {
	Matters []MatterView `json:"matters"`
}

// ObligationView is something owed for a matter.
type ObligationView struct {
	docket.Obligation
	UnitName string    `json:"unit_name"`
	Late     bool      `json:"late"`
	Met      time.Time `json:"met,omitzero"`
	Void     time.Time `json:"void,omitzero"`
	At       time.Time `json:"at,omitzero"`
}

// MatterPage is a matter with its sentence in context and its history.
type MatterPage struct {
	Matter      MatterView       `json:"matter"`
	Lamp        docket.Lamp      `json:"lamp"`
	Reason      measure.Reason   `json:"reason"`
	Directive   app.DirectiveRef `json:"directive"`
	Context     []docket.Clause  `json:"context" doc:"Headings above, the clause and its neighbours; empty when the directive is outside the reader's scope"`
	Obligations []ObligationView `json:"obligations"`
	History     []app.EntryView  `json:"history"`
	May         []docket.Act     `json:"may"`
	Next        []app.NextAct    `json:"next" doc:"Moves the reader can make now, what carries it forward first"`
	WriteFor    []app.UnitRef    `json:"write_for" doc:"Units with a part the reader writes reports and requests for"`
	Units       []app.UnitLamp   `json:"units" doc:"Where units answer each for a part of its own: its own lamp"`
	Reports     []ReportView     `json:"reports"`
	Requests    []RequestView    `json:"requests"`
	Notes       []NoteView       `json:"notes" doc:"Instructions"`
	Checks      []CheckView      `json:"checks" doc:"Verifications and looks back"`
	Urges       []app.UrgeView   `json:"urges"`
	UrgeFor     []app.UnitRef    `json:"urge_for" doc:"Units that owe something the reader may press for"`
	Why         []measure.Reason `json:"why" doc:"Why this reader may see it"`
}

func (p MatterPage) version() int64 { return p.Matter.Version }

func wireMatterPage(p app.MatterPage) MatterPage {
	return MatterPage{
		Matter: textsOf(p.Context).matter(p.Matter), Lamp: p.Lamp, Reason: p.Reason, Directive: p.Directive,
		Context: each(p.Context, wireClause),
		Obligations: each(p.Obligations, func(o app.ObligationView) ObligationView {
			return ObligationView{Obligation: o.Obligation, UnitName: o.UnitName, Late: o.Late, Met: o.Met, Void: o.Void, At: o.At}
		}),
		History: each(p.History, wireEntry), May: full(p.May), Why: full(p.Why), Next: full(p.Next), WriteFor: full(p.WriteFor), Units: full(p.Units),
		Reports: each(p.Reports, wireReport), Requests: each(p.Requests, wireRequest), Notes: each(p.Notes, wireNote), Checks: each(p.Checks, wireCheck),
		Urges: full(p.Urges), UrgeFor: full(p.UrgeFor),
	}
}
