package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading"
)

// matterView adds the names of units to a matter.
func (p *place) matterView(m docket.Matter) MatterView {
	v := MatterView{Matter: m, Assignments: make([]AssignmentView, 0, len(m.Assignments))}
	for _, as := range m.Assignments {
		v.Assignments = append(v.Assignments, AssignmentView{Assignment: as, UnitName: p.tree.Name(as.Unit), Suggested: p.refs(as.Suggested)})
	}
	return v
}

// Drafts gives the correction table of a directive: its drafts and, once it is
// adopted, those added since.
func (a *App) Drafts(ctx context.Context, actor docket.Actor, id docket.DirectiveID) ([]MatterView, error) {
	if err := allow(&actor, docket.ActCorrect); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	out := []MatterView{}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		d, err := r.Directive(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := permit(&actor, docket.ActCorrect, docket.SubjectOf(&d)); err != nil {
			return err
		}
		all, err := r.DirectiveMatters(ctx, actor.Scope(), id)
		out = out[:0]
		for _, m := range all {
			if m.Status == docket.Draft {
				out = append(out, pl.matterView(m))
			}
		}
		return err
	})
	return out, err
}

// AddDraft makes a draft from a sentence, on a reading or on an adopted
// directive. The reader's own proposal for that stretch is filled in.
func (a *App) AddDraft(ctx context.Context, actor docket.Actor, id docket.DirectiveID, n NewDraft) (MatterView, error) {
	var m docket.Matter
	var pl *place
	err := a.changeDirective(ctx, actor, docket.VerbAdd, docket.ActCorrect, id, func(ctx context.Context, c *Change, d docket.Directive) error {
		clauses, err := c.Clauses(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if n.ClauseOrd < 0 || n.ClauseOrd >= len(clauses) {
			return notFound()
		}
		cl := clauses[n.ClauseOrd]
		span, err := spanIn(cl.Text, n.Span)
		if err != nil {
			return err
		}
		all, err := c.DirectiveMatters(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if len(all) >= MaxClauses {
			return docket.Errorf(docket.TooLarge, "matter.too_many", fmt.Sprintf("a directive has at most %d matters", MaxClauses), "limit", fmt.Sprint(MaxClauses))
		}
		m = *proposalFor(clauses, cl, span, c.Place.knows(d.Owner))
		if r := strings.TrimSpace(n.Requirement); r != "" {
			m.Requirement, m.Title = r, titleOf(r)
		}
		m.Owner, m.Directive, m.Clause, m.ClauseOrd, m.Status = d.Owner, id, cl.ID, cl.Ord, docket.Draft
		if len(all) > 0 {
			m.Ord = all[len(all)-1].Ord + 1
		}
		pl = c.Place
		a.propose(pl, &m, d.IssuedOn, map[string]docket.Match{})
		if err := checkDraft(&m); err != nil {
			return err
		}
		if err := c.InsertMatters(ctx, []*docket.Matter{&m}); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Directive: id, Matter: m.ID, After: note("clause", cl.Label, "requirement", m.Requirement)})
	})
	if err != nil {
		return MatterView{}, err
	}
	return pl.matterView(m), nil
}

// spanIn checks a stretch of a clause's text: none means all of it.
func spanIn(text string, s *docket.Span) (docket.Span, error) {
	if s == nil {
		return docket.Span{End: len(text)}, nil
	}
	cuts := func(i int) bool { return i < len(text) && text[i]&0xC0 == 0x80 } // inside a character
	if s.Start < 0 || s.Start >= s.End || s.End > len(text) || cuts(s.Start) || cuts(s.End) {
		return *s, docket.Errorf(docket.Invalid, "matter.span", "the marked words do not lie in the clause")
	}
	return *s, nil
}

// proposalFor reads the marked words as the reader reads a paper that holds
// nothing but the headings above and this one sentence, and ties what it finds
// to where it stands in the clauses. Where it finds nothing, the words stand alone.
func proposalFor(clauses []docket.Clause, cl docket.Clause, span docket.Span, knows func(string) bool) *docket.Matter {
	words := cl.Text[span.Start:span.End]
	doc := &paper.Document{Format: "txt"}
	var ords []int // of the blocks
	for ord := cl.Parent; ord >= 0 && ord < len(clauses) && len(ords) < len(clauses); ord = clauses[ord].Parent {
		ords = append([]int{ord}, ords...)
	}
	for i, ord := range ords {
		doc.Blocks = append(doc.Blocks, paper.Block{Text: clauses[ord].Text, Line: i + 1})
	}
	const number = "1." // a numbered sentence is a demand to the reader
	doc.Blocks = append(doc.Blocks, paper.Block{Text: number + strings.TrimPrefix(words, cl.Label), Line: len(ords) + 1})
	ords = append(ords, cl.Ord)
	shift := span.End - len(strings.TrimPrefix(words, cl.Label)) - len(number)
	res := reading.Read(doc, reading.Options{Known: knows})
	for i := range res.Clauses {
		if b := res.Clauses[i].Block; b == len(ords)-1 && len(res.Clauses[i].Tasks) > 0 && strings.HasPrefix(doc.Blocks[b].Text, res.Clauses[i].Text) {
			m := draftOf(&res.Clauses[i].Tasks[0], cl.Ord)
			place := placing{read: res.Clauses, ords: ords, here: i, shift: shift}
			place.all(m)
			return m
		}
	}
	return &docket.Matter{Span: span, Requirement: strings.TrimSpace(words), Title: titleOf(words), Strength: docket.Deliver}
}

// placing moves what was read from the small paper to where it stands in the
// directive: the sentence by shift bytes, headings as they are.
type placing struct {
	read  []reading.Clause
	ords  []int // of the directive's clauses, by block
	here  int   // the sentence's clause in the small paper
	shift int
}

func (p placing) all(m *docket.Matter) {
	m.Span.Start, m.Span.End = max(0, m.Span.Start+p.shift), m.Span.End+p.shift
	for i := range m.Assignments {
		p.move(&m.Assignments[i].From)
	}
	for i := range m.Dues {
		p.move(&m.Dues[i].Prov)
	}
	for i := range m.Measures {
		p.move(&m.Measures[i].From)
	}
	for i := range m.Findings {
		if s := m.Findings[i].Span; s != nil {
			m.Findings[i].Span = &docket.Span{Start: max(0, s.Start+p.shift), End: s.End + p.shift}
		}
	}
}

func (p placing) move(from *docket.Provenance) {
	at := from.Clause
	if at == p.here {
		from.Span.Start, from.Span.End = max(0, from.Span.Start+p.shift), from.Span.End+p.shift
	}
	if at >= 0 && at < len(p.read) && p.read[at].Block < len(p.ords) {
		from.Clause = p.ords[p.read[at].Block]
	}
	if from.Origin == docket.ByRule && from.Rule >= 0 && from.Rule < len(p.read) && p.read[from.Rule].Block < len(p.ords) {
		from.Rule = p.ords[p.read[from.Rule].Block]
	}
}

// EditDraft corrects one row of the table; each correction is kept at once.
func (a *App) EditDraft(ctx context.Context, actor docket.Actor, id docket.DirectiveID, matter docket.MatterID, version int64, e DraftEdit) (MatterView, error) {
	var m docket.Matter
	var pl *place
	err := a.changeDirective(ctx, actor, docket.VerbEdit, docket.ActCorrect, id, func(ctx context.Context, c *Change, d docket.Directive) (err error) {
		if m, err = c.draft(ctx, id, matter); err != nil {
			return err
		}
		if err := expect(m.Version, version); err != nil {
			return err
		}
		pl = c.Place
		before := m
		before.Assignments = slices.Clone(m.Assignments)
		if err := pl.edit(&m, e); err != nil {
			return err
		}
		if err := c.PutMatter(ctx, &m); err != nil {
			return err
		}
		was, is := diff(before, m)
		return c.Record(ctx, docket.Entry{Directive: id, Matter: m.ID, Before: was, After: is})
	})
	if err != nil {
		return MatterView{}, err
	}
	return pl.matterView(m), nil
}

// draft loads a draft through its directive.
func (c *Change) draft(ctx context.Context, id docket.DirectiveID, matter docket.MatterID) (docket.Matter, error) {
	m, err := c.Matter(ctx, c.Actor.Scope(), matter)
	switch {
	case err != nil:
		return m, err
	case m.Directive != id:
		return m, notFound()
	case m.Status != docket.Draft:
		return m, docket.Errorf(docket.Conflict, "matter.adopted", "this matter has been adopted in the meantime and is no longer a draft", "no", m.No)
	}
	return m, nil
}

// edit applies a correction and settles the doubts that it answers.
func (p *place) edit(m *docket.Matter, e DraftEdit) error {
	if e.Requirement != nil {
		was := titleOf(m.Requirement)
		m.Requirement = strings.TrimSpace(*e.Requirement)
		if m.Title == was {
			m.Title = titleOf(m.Requirement)
		}
	}
	if e.Title != nil {
		m.Title = strings.TrimSpace(*e.Title)
	}
	set(&m.Aside, e.Aside)
	set(&m.Duty, e.Duty)
	if e.Measures != nil {
		m.Measures = *e.Measures
		m.Findings = dropFindings(m.Findings, docket.FindNoMeasure)
	}
	if e.Due != nil || e.ReviewOn != nil {
		set(&m.Due, e.Due)
		set(&m.ReviewOn, e.ReviewOn)
		m.FirstDue, m.Provisional = m.Due, false
		m.Findings = dropFindings(m.Findings, docket.FindNoDue, docket.FindVagueDue, docket.FindDueBefore, docket.FindYearUnsure, docket.FindConditional)
	}
	if e.Assignments != nil {
		if err := p.editAssignments(m, *e.Assignments); err != nil {
			return err
		}
	}
	return checkDraft(m)
}

// editAssignments replaces the parts. A part that stays keeps where it was read
// from; a new one was entered by hand.
func (p *place) editAssignments(m *docket.Matter, edits []AssignmentEdit) error {
	known := map[string]docket.Match{}
	var out []docket.Assignment
	for i, e := range edits {
		e.Name = strings.TrimSpace(e.Name)
		as := docket.Assignment{Party: docket.Party{Role: e.Role, Name: e.Name, From: docket.Provenance{Origin: docket.ByHand, Clause: m.ClauseOrd}}, Unit: e.Unit}
		if k := slices.IndexFunc(m.Assignments, func(o docket.Assignment) bool { return o.Name == e.Name }); k >= 0 {
			as.Party = m.Assignments[k].Party
			as.Unsure = as.Unsure && as.Role == e.Role
			as.Role = e.Role
		}
		if e.Unit != 0 {
			if p.tree.Unit(e.Unit) == nil {
				return faultAt("matter.invalid", fmt.Sprintf("assignments[%d].unit", i), "matter.unit", "there is no such unit")
			}
			as.Vague = false
			if as.Name == "" {
				as.Name = p.tree.Name(e.Unit)
			}
		} else {
			if as.Name == "" {
				return faultAt("matter.invalid", fmt.Sprintf("assignments[%d].name", i), "field.required", "a part needs a unit or a name")
			}
			as.Vague = as.Vague || docket.IsGroupName(as.Name)
			p.match(&as, m.Owner, known)
		}
		out = append(out, as)
	}
	m.Assignments = out
	settledByNames(m)
	return nil
}

// checkDraft asks the matter's own rules and the guard for what people type.
func checkDraft(m *docket.Matter) error {
	if err := m.Validate(); err != nil {
		return err
	}
	if err := paper.GuardText(m.Requirement); err != nil {
		return err
	}
	names := []string{m.Title}
	for _, as := range m.Assignments {
		names = append(names, as.Name)
	}
	for _, ms := range m.Measures {
		names = append(names, ms.Name, ms.Words)
	}
	return guardNames(names...)
}
