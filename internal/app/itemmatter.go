package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading"
)

// becomeMatter makes a line the next clause of the meeting's directive and a
// matter of it, and hands that over.
func (a *App) becomeMatter(ctx context.Context, c *Change, s *docket.Stocktake, it *docket.Item, n NewItem) error {
	if err := c.freshPlace(ctx); err != nil { // a unit may have ended since the meeting was convened
		return err
	}
	rules, err := rulesOf(ctx, c)
	if err != nil {
		return err
	}
	line := a.readLine(c.Place, s, it.Text, c.Today)
	m := &docket.Matter{Owner: s.Owner, Status: docket.Draft, Requirement: it.Text, Title: titleOf(line.Text), Strength: docket.Deliver,
		Dues: append([]docket.Due{}, line.Dues...), Measures: append([]docket.MeasureRead{}, line.Measures...), Findings: []docket.Finding{},
		Span: docket.Span{End: len(it.Text)}}
	if m.Title == "" {
		m.Title = titleOf(it.Text)
	}
	if m.Assignments, err = a.lineParts(c, s, it, n, line); err != nil {
		return err
	}
	if m.Due = n.Due; m.Due == 0 {
		m.Due, it.ByRule = a.lineDue(line.Dues, rules, c.Today)
	}
	if m.Due < c.Today {
		return pastDay(m.Due)
	}
	m.FirstDue, it.Due = m.Due, m.Due
	if err := m.Validate(); err != nil {
		return err
	}
	if f := m.Blockers(docket.MoveContext{Tree: c.Place.tree}); len(f) > 0 {
		return &docket.Error{Code: docket.Invalid, Key: "item.invalid", Message: "the line cannot be recorded as it stands", Fields: f}
	}
	if err := a.placeClause(ctx, c, s, it, m); err != nil {
		return err
	}
	if err := c.InsertMatters(ctx, []*docket.Matter{m}); err != nil {
		return err
	}
	if err := a.assign(ctx, c, []*docket.Matter{m}); err != nil {
		return err
	}
	it.Matter, it.No = m.ID, m.No
	for i := range m.Assignments {
		as := &m.Assignments[i]
		if as.Answers() {
			it.Leads = append(it.Leads, as.Unit)
		} else {
			it.Supports = append(it.Supports, as.Unit)
		}
	}
	return nil
}

// lineParts are who acts: as the secretary chose, else as read. Everybody, where
// a line says 各单位, is everybody who reports; what a unit promises is its own.
func (a *App) lineParts(c *Change, s *docket.Stocktake, it *docket.Item, n NewItem, line reading.Line) ([]docket.Assignment, error) {
	var out []docket.Assignment
	add := func(role docket.PartyRole, unit docket.UnitID, p docket.Party) {
		if slices.ContainsFunc(out, func(x docket.Assignment) bool { return x.Unit == unit && unit != 0 }) {
			return
		}
		p.Role = role
		if p.Name == "" {
			p.Name = c.Place.tree.Name(unit)
		}
		out = append(out, docket.Assignment{Party: p, Unit: unit})
	}
	if n.Parties != nil {
		for _, p := range n.Parties {
			for _, u := range p.Units {
				add(p.Role, u, docket.Party{From: docket.Provenance{Origin: docket.ByHand}})
			}
		}
		return out, c.partsStand(out)
	}
	for _, p := range line.Parties {
		if p.Vague {
			for _, u := range s.Units() {
				add(docket.Several, u, docket.Party{From: p.From, Written: p.Name})
			}
			continue
		}
		as := docket.Assignment{Party: p}
		c.Place.match(&as, s.Owner, map[string]docket.Match{})
		if as.Unit == 0 && p.Role != docket.LeaderRole {
			return nil, &docket.Error{Code: docket.Invalid, Key: "item.invalid", Message: "the line cannot be recorded as it stands", Fields: []docket.FieldError{
				{Field: "parties", Key: "stocktake.unknown_unit", Args: map[string]string{"name": p.Name}, Message: "the directory knows no unit called " + p.Name}}}
		}
		p.Vague, p.Open, p.Unsure = false, false, false
		add(p.Role, as.Unit, p)
	}
	if len(out) == 0 && it.Kind == docket.ItemCommitment && it.Unit != 0 {
		add(docket.Lead, it.Unit, docket.Party{From: docket.Provenance{Origin: docket.ByHand}})
	}
	return out, nil
}

// partsStand refuses parts of units that do not exist or have ended.
func (c *Change) partsStand(parts []docket.Assignment) error {
	units := make([]docket.UnitID, len(parts))
	for i := range parts {
		units[i] = parts[i].Unit
	}
	return c.standingUnits(units)
}

// placeClause makes the line the next clause of the meeting's directive, which
// comes to be with its first.
func (a *App) placeClause(ctx context.Context, c *Change, s *docket.Stocktake, it *docket.Item, m *docket.Matter) error {
	if s.Directive == 0 {
		d := docket.Directive{Owner: s.Owner, Title: s.Title, Issuer: c.Place.tree.Name(s.Owner), IssuedOn: s.On, Level: docket.UnitLevel, Lang: LangOf(s.Title), Status: docket.Adopted, Stocktake: s.ID,
			Addressees: []string{}, Parents: []docket.ParentRef{}, Findings: []docket.Finding{}, ImportedBy: c.Actor.Person.ID, ImportedAt: c.Now(), AdoptedAt: c.Now()}
		if u := c.Place.tree.Unit(s.Owner); u != nil {
			d.Level = u.Level
		}
		for _, id := range s.Scope.Directives {
			if p, err := c.Directive(ctx, c.Actor.Scope(), id); err == nil {
				d.Parents = append(d.Parents, docket.ParentRef{Title: p.Title, Number: p.Number, Directive: id})
			}
		}
		if err := c.PutDirective(ctx, &d); err != nil {
			return err
		}
		s.Directive = d.ID
	}
	n, err := c.CountClauses(ctx, s.Directive)
	if err != nil {
		return err
	}
	label := fmt.Sprintf("%d.", n+1)
	added := []docket.Clause{{Directive: s.Directive, Ord: n, Parent: -1, Kind: docket.KindClause, Part: docket.PartBody, Label: label, Path: label, Text: it.Text}}
	if err := c.InsertClauses(ctx, added); err != nil {
		return err
	}
	it.ClauseOrd = n
	m.Directive, m.Clause, m.ClauseOrd, m.Ord = s.Directive, added[0].ID, it.ClauseOrd, it.ClauseOrd
	return nil
}

// LangOf is the language a title is in.
func LangOf(title string) string {
	if strings.ContainsFunc(title, func(c rune) bool { return c >= 0x3400 && c <= 0x9FFF }) {
		return "zh"
	}
	return "en"
}

// undo stops a matter that was recorded by mistake. Once a unit has taken it up it
// is a matter like any other, stopped by its leader only.
func (a *App) undo(ctx context.Context, c *Change, id docket.MatterID, reason string) error {
	st, err := a.bring(ctx, c, docket.SystemScope(), id)
	if err != nil {
		return err
	}
	if st.m.Status != docket.Assigned {
		return docket.Errorf(docket.Conflict, "stocktake.taken_up", "a unit has taken "+st.m.No+" up already: stop the matter instead", "no", st.m.No)
	}
	if err := st.proceed(docket.VerbStop, 0, docket.Deed{Words: reason}); err != nil {
		return err
	}
	if err := st.leave(ctx); err != nil {
		return err
	}
	c.Verb = docket.VerbStrike // what is recorded next is the line's again
	return st.record(ctx, docket.Entry{Verb: docket.VerbStop, Reason: reason})
}
