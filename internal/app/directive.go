package app

import (
	"context"
	"errors"
	"io"
	"slices"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
)

// Directives lists those in scope, newest first.
func (a *App) Directives(ctx context.Context, actor docket.Actor) ([]DirectiveSummary, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	var out []DirectiveSummary
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		found, err := r.Directives(ctx, actor.Scope())
		out = make([]DirectiveSummary, 0, len(found))
		for _, d := range found {
			out = append(out, DirectiveSummary{DirectiveSummary: d, OwnerName: pl.tree.Name(d.Owner), Doubts: doubts(d.Findings)})
		}
		if err != nil {
			return err
		}
		return addDraftDoubts(ctx, r, &actor, out)
	})
	return out, err
}

// maxDoubted bounds how many drafts the list of directives looks through for
// doubts: readings wait for days, not for years.
const maxDoubted = 5_000

// addDraftDoubts adds what is doubtful in the drafts of readings.
func addDraftDoubts(ctx context.Context, r docket.Reader, actor *docket.Actor, list []DirectiveSummary) error {
	left := maxDoubted
	for i := range list {
		if d := &list[i]; d.Status == docket.Reading && d.Matters <= left {
			left -= d.Matters
			drafts, err := r.DirectiveMatters(ctx, actor.Scope(), d.ID)
			if err != nil {
				return err
			}
			for k := range drafts {
				d.Doubts += doubts(drafts[k].Findings)
			}
		}
	}
	return nil
}

// Directive gives the head of a directive's page.
func (a *App) Directive(ctx context.Context, actor docket.Actor, id docket.DirectiveID) (DirectivePage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return DirectivePage{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return DirectivePage{}, err
	}
	var page DirectivePage
	var clauses []docket.Clause
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		if page.Directive, err = r.Directive(ctx, actor.Scope(), id); err != nil {
			return err
		}
		if page.Parents, err = parents(ctx, r, &actor, page.Directive); err != nil {
			return err
		}
		clauses, err = r.Clauses(ctx, actor.Scope(), id)
		return err
	})
	if err != nil {
		return DirectivePage{}, err
	}
	page.OwnerName = pl.tree.Name(page.Directive.Owner)
	page.May = docket.MayList(&actor, docket.SubjectOf(&page.Directive), directiveActs(page.Directive.Status)...)
	view := a.board.View(a.lampDay(pl.day))
	page.Counts = coverage(view, clauses, id)
	got, err := view.Ask(board.Query{LedgerQuery: docket.LedgerQuery{Directive: id}, Scope: actor.Scope(), Tree: pl.tree})
	page.Lamps, page.Counts.Matters = got.Lamps, got.Total
	return page, err
}

// directiveActs are the acts a directive of that status is open to. An adopted
// one still takes drafts from sentences nobody took up, and their adoption.
func directiveActs(s docket.DirectiveStatus) []docket.Act {
	if s == docket.Adopted {
		return []docket.Act{docket.ActCorrect, docket.ActAdopt, docket.ActEditFront, docket.ActExport}
	}
	return []docket.Act{docket.ActCorrect, docket.ActAdopt, docket.ActDiscard, docket.ActEditFront}
}

// coverage counts the clauses that some matter takes up, in scope or not: that a
// clause is taken up is no secret, by whom may be.
func coverage(view board.View, clauses []docket.Clause, id docket.DirectiveID) DirectiveCounts {
	gutter := view.Gutter(id, docket.Scope{})
	var n DirectiveCounts
	for i := range clauses {
		if clauses[i].Kind != docket.KindClause {
			continue
		}
		n.Clauses++
		if gutter[clauses[i].Ord].Hidden > 0 {
			n.Covered++
		}
	}
	n.Open = n.Clauses - n.Covered
	return n
}

// parents gives the documents a directive carries out, each with its place in
// the docket where it is there and the reader may see it.
func parents(ctx context.Context, r docket.Reader, actor *docket.Actor, d docket.Directive) ([]docket.ParentRef, error) {
	out := slices.Clone(d.Parents)
	for i := range out {
		id, err := r.DirectiveByNumber(ctx, d.Owner, out[i].Number)
		if err != nil {
			return nil, err
		}
		if out[i].Directive = id; id == 0 {
			continue
		}
		switch _, err := r.Directive(ctx, actor.Scope(), id); docket.CodeOf(err) {
		case docket.NotFound:
			out[i].Directive = 0
		default:
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Clauses gives a directive's whole text with its gutter.
func (a *App) Clauses(ctx context.Context, actor docket.Actor, id docket.DirectiveID) ([]ClauseView, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	var clauses []docket.Clause
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		clauses, err = r.Clauses(ctx, actor.Scope(), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	view := a.board.View(a.lampDay(a.today()))
	gutter := view.Gutter(id, actor.Scope())
	out := make([]ClauseView, 0, len(clauses))
	for _, cl := range clauses {
		m := gutter[cl.Ord]
		cv := ClauseView{Clause: cl, Matters: make([]GutterMark, 0, len(m.Marks)), Hidden: m.Hidden, Lamp: m.Lamp}
		for _, mark := range m.Marks {
			lamp, reason := a.lampOf(view, mark.ID)
			cv.Matters = append(cv.Matters, GutterMark{ID: mark.ID, No: mark.No, Status: mark.Status, Lamp: lamp, Reason: reason})
		}
		out = append(out, cv)
	}
	return out, nil
}

// Source gives the kept file of a directive.
func (a *App) Source(ctx context.Context, actor docket.Actor, id docket.DirectiveID) (SourceFile, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return SourceFile{}, err
	}
	var f SourceFile
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		d, err := r.Directive(ctx, actor.Scope(), id)
		f.FileRef = d.File
		return err
	})
	if err != nil {
		return SourceFile{}, err
	}
	kept, err := a.cfg.Files.Open(ctx, f.SHA256)
	if err != nil {
		return SourceFile{}, err
	}
	f.Content, err = io.ReadAll(kept)
	return f, errors.Join(err, kept.Close())
}

// changeDirective runs one change of a directive by its owner's office.
func (a *App) changeDirective(ctx context.Context, actor docket.Actor, verb docket.Verb, act docket.Act, id docket.DirectiveID, fn func(context.Context, *Change, docket.Directive) error) error {
	return a.change(ctx, actor, verb, func(ctx context.Context, c *Change) error {
		d, err := c.Directive(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.May(act, docket.SubjectOf(&d)); err != nil {
			return err
		}
		return fn(ctx, c, d)
	})
}

// EditFront corrects the front matter. With another date of issue, the dues that
// nobody has touched are reckoned anew.
func (a *App) EditFront(ctx context.Context, actor docket.Actor, id docket.DirectiveID, version int64, e FrontEdit) (DirectivePage, error) {
	err := a.changeDirective(ctx, actor, docket.VerbEdit, docket.ActEditFront, id, func(ctx context.Context, c *Change, d docket.Directive) error {
		if err := expect(d.Version, version); err != nil {
			return err
		}
		before := d
		set(&d.Title, e.Title)
		set(&d.Number, e.Number)
		set(&d.Issuer, e.Issuer)
		set(&d.IssuedOn, e.IssuedOn)
		set(&d.Level, e.Level)
		if e.Addressees != nil {
			d.Addressees = tidy(*e.Addressees)
		}
		if err := checkFront(&d); err != nil {
			return err
		}
		if e.Number != nil {
			d.Findings = dropFindings(d.Findings, docket.FindNumberUnsure)
		}
		if err := c.PutDirective(ctx, &d); err != nil {
			return err
		}
		if d.IssuedOn != before.IssuedOn {
			if err := a.reckonAnew(ctx, c, d, before.IssuedOn); err != nil {
				return err
			}
		}
		was, is := diff(before, d)
		return c.Record(ctx, docket.Entry{Directive: id, Before: was, After: is})
	})
	if err != nil {
		return DirectivePage{}, err
	}
	return a.Directive(ctx, actor, id)
}

func checkFront(d *docket.Directive) error {
	var f []docket.FieldError
	if d.Title == "" {
		f = append(f, docket.FieldError{Field: "title", Key: "field.required", Message: "a directive needs a title"})
	}
	for name, v := range map[string]string{"title": d.Title, "number": d.Number, "issuer": d.Issuer} {
		if len([]rune(v)) > 500 {
			f = append(f, docket.FieldError{Field: name, Key: "field.too_long", Args: map[string]string{"max": "500"}, Message: "at most 500 characters"})
		}
	}
	if !slices.Contains([]docket.Level{"", docket.National, docket.Provincial, docket.City, docket.County, docket.Township, docket.UnitLevel}, d.Level) {
		f = append(f, docket.FieldError{Field: "level", Key: "query.unknown_value", Message: "there is no such level"})
	}
	if len(f) > 0 {
		return &docket.Error{Code: docket.Invalid, Key: "directive.invalid", Message: "the directive cannot be kept as entered", Fields: f}
	}
	return guardNames(append([]string{d.Title, d.Number, d.Issuer}, d.Addressees...)...)
}

// reckonAnew gives drafts whose days still are what the former date of issue
// proposed the days of the new one.
func (a *App) reckonAnew(ctx context.Context, c *Change, d docket.Directive, former docket.Date) error {
	drafts, err := c.drafts(ctx, d.ID)
	if err != nil {
		return err
	}
	received := a.dayOf(d.ImportedAt)
	for _, m := range drafts {
		was := daysOf(a.calendar(), m.Dues, former, received)
		if m.Due != was.Due || m.ReviewOn != was.ReviewOn {
			continue
		}
		is := daysOf(a.calendar(), m.Dues, d.IssuedOn, received)
		m.Due, m.FirstDue, m.ReviewOn, m.Provisional = is.Due, is.Due, is.ReviewOn, is.Provisional
		if is.Due == was.Due && is.ReviewOn == was.ReviewOn {
			continue
		}
		if err := c.PutMatter(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// drafts gives the drafts of a directive, in order.
func (c *Change) drafts(ctx context.Context, id docket.DirectiveID) ([]*docket.Matter, error) {
	all, err := c.DirectiveMatters(ctx, c.Actor.Scope(), id)
	if err != nil {
		return nil, err
	}
	var out []*docket.Matter
	for i := range all {
		if all[i].Status == docket.Draft {
			out = append(out, &all[i])
		}
	}
	return out, nil
}

// Discard throws an unadopted reading away, its drafts with it.
func (a *App) Discard(ctx context.Context, actor docket.Actor, id docket.DirectiveID, version int64) error {
	return a.changeDirective(ctx, actor, docket.VerbDiscard, docket.ActDiscard, id, func(ctx context.Context, c *Change, d docket.Directive) error {
		if d.Status == docket.Adopted {
			return docket.Errorf(docket.Conflict, "directive.adopted", "“"+d.Title+"” has been adopted and cannot be discarded", "title", d.Title)
		}
		if err := expect(d.Version, version); err != nil {
			return err
		}
		if err := c.DeleteDirective(ctx, id); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Before: note("directive", id, "title", d.Title, "number", d.Number, "file", d.File.Name)})
	})
}
