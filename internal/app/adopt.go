package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
)

// AdoptionPreview says what adopting a directive would do now, and what keeps it
// from being adopted.
func (a *App) AdoptionPreview(ctx context.Context, actor docket.Actor, id docket.DirectiveID) (Adoption, error) {
	if err := allow(&actor, docket.ActAdopt); err != nil {
		return Adoption{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return Adoption{}, err
	}
	var ad Adoption
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		d, err := r.Directive(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := permit(&actor, docket.ActAdopt, docket.SubjectOf(&d)); err != nil {
			return err
		}
		all, err := r.DirectiveMatters(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		ad = weigh(pl.tree, &d, draftsOf(all))
		return nil
	})
	return ad, err
}

func draftsOf(all []docket.Matter) []*docket.Matter {
	var out []*docket.Matter
	for i := range all {
		if all[i].Status == docket.Draft {
			out = append(out, &all[i])
		}
	}
	return out
}

// weigh counts what an adoption takes in and what blocks it.
func weigh(tree *docket.Tree, d *docket.Directive, drafts []*docket.Matter) Adoption {
	ad := Adoption{Blockers: []Blocker{}, Version: d.Version, Warnings: doubts(d.Findings)}
	units := map[docket.UnitID]bool{}
	for _, m := range drafts {
		if m.Aside {
			ad.Aside++
			continue
		}
		ad.Matters++
		ad.Warnings += doubts(m.Findings)
		for _, as := range m.Assignments {
			if as.Unit != 0 {
				units[as.Unit] = true
			}
		}
		for _, f := range m.Blockers(docket.MoveContext{Tree: tree}) {
			ad.Blockers = append(ad.Blockers, Blocker{Matter: m.ID, ClauseOrd: m.ClauseOrd, Field: f.Field, Key: f.Key, Args: f.Args, Message: f.Message})
		}
	}
	ad.Units = len(units)
	return ad
}

// Adopt registers and assigns all drafts of a directive that are not set aside,
// in one transaction: numbers, two entries for each matter, receipts owed within
// the window. On an adopted directive it takes in what was added since.
func (a *App) Adopt(ctx context.Context, actor docket.Actor, id docket.DirectiveID, version int64) (Adoption, error) {
	var ad Adoption
	err := a.changeDirective(ctx, actor, docket.VerbAdopt, docket.ActAdopt, id, func(ctx context.Context, c *Change, d docket.Directive) error {
		drafts, err := c.drafts(ctx, id)
		if err != nil {
			return err
		}
		drafts = slices.DeleteFunc(drafts, func(m *docket.Matter) bool { return m.Aside })
		if err := adoptable(&d, version, len(drafts)); err != nil {
			return err
		}
		if err := c.freshPlace(ctx); err != nil { // a unit may have ended a moment ago
			return err
		}
		ad = weigh(c.Place.tree, &d, drafts)
		if len(ad.Blockers) > 0 {
			return notReady(ad)
		}
		if err := a.assign(ctx, c, drafts); err != nil {
			return err
		}
		d.Status = docket.Adopted
		if d.AdoptedAt.IsZero() {
			d.AdoptedAt = c.Now()
		}
		if err := c.PutDirective(ctx, &d); err != nil {
			return err
		}
		ad.Version = d.Version
		return c.Record(ctx, docket.Entry{Directive: id, After: note("matters", ad.Matters, "units", ad.Units)})
	})
	return ad, err
}

// adoptable refuses a second adoption of the same drafts, saying what happened.
func adoptable(d *docket.Directive, version int64, drafts int) error {
	switch {
	case drafts == 0 && d.Status == docket.Adopted:
		return docket.Errorf(docket.Conflict, "adopt.done", "“"+d.Title+"” has already been adopted; nothing new is left to adopt", "title", d.Title)
	case drafts == 0:
		return docket.Errorf(docket.Conflict, "adopt.nothing", "there is no draft left to adopt in “"+d.Title+"”", "title", d.Title)
	case d.Version != version:
		return docket.Errorf(docket.Conflict, "adopt.changed", "“"+d.Title+"” was changed while you were looking at it; look at it again before adopting", "title", d.Title)
	}
	return nil
}

// notReady lists the blockers, each at its matter.
func notReady(ad Adoption) error {
	e := docket.Errorf(docket.Conflict, "adopt.not_ready", fmt.Sprintf("%d points must be settled before adoption", len(ad.Blockers)), "count", strconv.Itoa(len(ad.Blockers)))
	for _, b := range ad.Blockers {
		e.Fields = append(e.Fields, docket.FieldError{Field: fmt.Sprintf("matters[%d].%s", b.Matter, b.Field), Key: b.Key, Args: b.Args, Message: b.Message})
	}
	return e
}

// assign moves drafts through the law to assigned.
func (a *App) assign(ctx context.Context, c *Change, drafts []*docket.Matter) error {
	first, err := c.NextMatterNo(ctx, drafts[0].Owner, c.Today.Time().Year(), len(drafts))
	if err != nil {
		return fmt.Errorf("number %d matters: %w", len(drafts), err)
	}
	rules, err := rulesOf(ctx, c)
	if err != nil {
		return err
	}
	entries := make([]docket.Entry, 0, 2*len(drafts))
	var owed []docket.Obligation
	for i, m := range drafts {
		m.No = fmt.Sprintf("%d-%04d", c.Today.Time().Year(), first+i)
		for _, verb := range []docket.Verb{docket.VerbRegister, docket.VerbAssign} {
			if err := docket.Step(m, verb, docket.MoveContext{Tree: c.Place.tree, Today: c.Today, Now: c.Now()}); err != nil {
				return err
			}
		}
		m.FirstDue, m.AssignedAt = m.Due, c.Now()
		entries = append(entries, docket.Entry{Verb: docket.VerbRegister, Directive: m.Directive, Matter: m.ID, After: note("no", m.No)},
			docket.Entry{Verb: docket.VerbAssign, Directive: m.Directive, Matter: m.ID, After: lifeNote(m)})
		owed = append(owed, docket.Standing(m, &rules, &stage{Change: c, app: a})...)
		c.matters = append(c.matters, m.ID)
	}
	if err := c.AdoptMatters(ctx, drafts); err != nil {
		return err
	}
	if err := c.InsertObligations(ctx, owed); err != nil {
		return err
	}
	return c.Record(ctx, entries...)
}

// lifeNote is all of a matter's life at its beginning: what the slip says.
func lifeNote(m *docket.Matter) []byte {
	raw, _ := json.Marshal(docket.LifeOf(m)) // plain values only
	return raw
}
