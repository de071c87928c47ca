package app

import (
	"context"
	"slices"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// Matter gives a matter with its sentence in context, what is owed, its history
// and why this reader may see it.
func (a *App) Matter(ctx context.Context, actor docket.Actor, id docket.MatterID) (MatterPage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return MatterPage{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return MatterPage{}, err
	}
	var page MatterPage
	var m docket.Matter
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		page = MatterPage{May: []docket.Act{}}
		if m, err = r.Matter(ctx, actor.Scope(), id); err != nil {
			return err
		}
		if err := a.matterSource(ctx, r, &actor, m, &page); err != nil {
			return err
		}
		owed, err := r.MatterObligations(ctx, id)
		if err != nil {
			return err
		}
		page.Obligations = a.obligationViews(pl, owed)
		entries, err := r.Entries(ctx, docket.EntryQuery{Matter: id}, 0, maxHistory)
		if err != nil {
			return err
		}
		if !docket.MayAct(&actor, docket.ActReadJournal, docket.SubjectOfMatter(&m)) && !actor.Office.Has(m.Owner) {
			entries = sinceRegistered(entries)
		}
		if page.History, err = a.entryViews(ctx, r, pl, entries); err != nil {
			return err
		}
		page.Lamp, page.Reason = a.lampOf(a.board.View(a.lampDay(pl.day)), id)
		return (&matterFiller{app: a, actor: &actor, place: pl, m: &m, owed: owed, page: &page, names: names{0: ""}}).fill(ctx, r)
	})
	if err != nil {
		return MatterPage{}, err
	}
	page.Matter = pl.matterView(m)
	page.Why = pl.why(&actor, &m)
	if m.Status == docket.Draft {
		page.May = append(page.May, docket.MayList(&actor, docket.SubjectOfMatter(&m), docket.ActCorrect, docket.ActAdopt)...)
	}
	return page, nil
}

// sinceRegistered leaves the time as a draft out: who was thought of and what was
// struck out before adoption is the office's own (a draft is in nobody else's scope).
func sinceRegistered(entries []docket.Entry) []docket.Entry {
	i := slices.IndexFunc(entries, func(e docket.Entry) bool { return e.Verb == docket.VerbRegister })
	return entries[max(0, i):]
}

// neighbours is how many clauses before and after the sentence are shown.
const neighbours = 1

// matterSource fills in the directive and the sentence with the headings above
// it and its neighbours.
func (a *App) matterSource(ctx context.Context, r docket.Reader, actor *docket.Actor, m docket.Matter, page *MatterPage) error {
	page.Context = []docket.Clause{}
	page.Directive = DirectiveRef{ID: m.Directive}
	d, err := r.Directive(ctx, actor.Scope(), m.Directive)
	if docket.CodeOf(err) == docket.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	page.Directive.Number, page.Directive.Title = d.Number, d.Title
	clauses, err := r.Clauses(ctx, actor.Scope(), m.Directive)
	if err != nil || m.ClauseOrd >= len(clauses) {
		return err
	}
	shown := map[int]bool{}
	for ord := max(0, m.ClauseOrd-neighbours); ord <= min(len(clauses)-1, m.ClauseOrd+neighbours); ord++ {
		shown[ord] = clauses[ord].Kind != docket.KindFurniture || ord == m.ClauseOrd
	}
	for ord := m.ClauseOrd; ord >= 0 && len(shown) < len(clauses); ord = clauses[ord].Parent {
		shown[ord] = true
	}
	for i := range clauses {
		if shown[i] {
			page.Context = append(page.Context, clauses[i])
		}
	}
	return nil
}

func (a *App) obligationViews(pl *place, owed []docket.Obligation) []ObligationView {
	out := make([]ObligationView, 0, len(owed))
	for _, o := range owed {
		by := pl.day
		if !o.Met.IsZero() {
			by = a.dayOf(o.Met)
		}
		out = append(out, ObligationView{Obligation: o, UnitName: pl.tree.Name(o.Unit), Late: o.Due != 0 && by > o.Due})
	}
	return out
}

// why says in words by which posts and scopes the actor sees a matter
// (product.md F4).
func (p *place) why(actor *docket.Actor, m *docket.Matter) []measure.Reason {
	out := []measure.Reason{}
	for _, post := range actor.Posts {
		before := len(out)
		args := map[string]string{"role": string(post.Role), "unit": p.tree.Name(post.Unit)}
		below := p.tree.Below(p.tree.Carried(post.Unit)...)
		switch {
		case post.Role == docket.Admin:
		case post.Role == docket.Auditor:
			out = append(out, measure.Reason{Key: "why.auditor"})
		case post.Role == docket.Office && below.Has(m.Owner):
			args["owner"] = p.tree.Name(m.Owner)
			out = append(out, measure.Reason{Key: "why.office", Args: args})
		case m.Status == docket.Draft:
		case below.Has(m.Owner):
			args["owner"] = p.tree.Name(m.Owner)
			out = append(out, measure.Reason{Key: "why.owner", Args: args})
		default:
			if i := slices.IndexFunc(m.Assignments, func(as docket.Assignment) bool { return as.Unit != 0 && below.Has(as.Unit) }); i >= 0 {
				args["assigned"] = p.tree.Name(m.Assignments[i].Unit)
				out = append(out, measure.Reason{Key: "why.assigned", Args: args})
			}
		}
		out = inPlaceOf(post, out, before)
	}
	return out
}

// inPlaceOf puts before the reasons a post gave that it is somebody else's.
func inPlaceOf(post docket.Post, out []measure.Reason, before int) []measure.Reason {
	if post.For == 0 || len(out) == before {
		return out
	}
	return slices.Insert(out, before, measure.Reason{Key: "why.for", Args: map[string]string{"name": post.ForName}})
}

// Acknowledge confirms receipt for a unit. The matter counts as accepted once
// everybody who answers for it has confirmed. Version 0 does not ask which state
// was seen: receipts of two units do not stand in each other's way.
func (a *App) Acknowledge(ctx context.Context, actor docket.Actor, id docket.MatterID, unit docket.UnitID, version int64) (MatterPage, error) {
	return a.Move(ctx, actor, id, docket.VerbAcknowledge, unit, docket.Deed{}, version)
}

// maxHistory bounds a history shown on a page.
const maxHistory = 1000

// History gives a directive's own journal: what happened to it and its drafts.
func (a *App) History(ctx context.Context, actor docket.Actor, id docket.DirectiveID) ([]EntryView, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	var out []EntryView
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		d, err := r.Directive(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		own := docket.MayAct(&actor, docket.ActCorrect, docket.SubjectOf(&d))
		var entries []docket.Entry
		for after := int64(0); ; {
			some, err := r.Entries(ctx, docket.EntryQuery{Directive: id}, after, 10_000)
			if err != nil {
				return err
			}
			if len(some) == 0 {
				break
			}
			after = some[len(some)-1].Seq
			for _, e := range some {
				if e.Matter == 0 || own && (e.Verb == docket.VerbEdit || e.Verb == docket.VerbAdd) {
					entries = append(entries, e)
				}
			}
			entries = entries[max(0, len(entries)-maxHistory):]
		}
		out, err = a.entryViews(ctx, r, pl, entries)
		return err
	})
	return out, err
}

// entryViews puts names to entries, newest first.
func (a *App) entryViews(ctx context.Context, r docket.Reader, pl *place, entries []docket.Entry) ([]EntryView, error) {
	known := names{0: ""}
	out := make([]EntryView, 0, len(entries))
	for _, e := range slices.Backward(entries) {
		v, err := known.entry(ctx, r, pl, &e)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// names are the people met so far on a page.
type names map[docket.PersonID]string

func (n names) of(ctx context.Context, r docket.Reader, id docket.PersonID) (string, error) {
	if name, ok := n[id]; ok {
		return name, nil
	}
	p, err := r.Person(ctx, id)
	if err != nil && docket.CodeOf(err) != docket.NotFound {
		return "", err
	}
	n[id] = p.Name
	return p.Name, nil
}

// Desk gives what the actor owes, what waits for a decision and what came back.
func (a *App) Desk(ctx context.Context, actor docket.Actor) (Desk, error) {
	if actor.Person.ID == 0 {
		return Desk{}, permit(&actor, docket.ActRead, docket.Subject{})
	}
	pl, err := a.place(ctx)
	if err != nil {
		return Desk{}, err
	}
	d := newDesk(a, &actor, pl)
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error { return d.fill(ctx, r) })
	return d.Desk, err
}

// Search finds matters, clauses and directives in scope.
func (a *App) Search(ctx context.Context, actor docket.Actor, text string, limit int) ([]docket.Hit, error) {
	if err := allow(&actor, docket.ActSearch); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > 100 {
		limit = 20
	}
	var hits []docket.Hit
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		hits, err = r.Search(ctx, actor.Scope(), cut(text, 200), limit)
		return err
	})
	return hits, err
}

// Replayed returns the answer kept under an idempotency key, nil when the key is
// new. The same key with another request is a Conflict.
func (a *App) Replayed(ctx context.Context, actor docket.Actor, key string, request [32]byte) (*docket.Replay, error) {
	var kept *docket.Replay
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		kept, err = r.Replay(ctx, actor.Person.ID, key)
		return err
	})
	if err == nil && kept != nil && kept.Request != request {
		return nil, docket.Errorf(docket.Conflict, "request.key_reused", "this idempotency key was used for another request")
	}
	return kept, err
}

// KeepReplay keeps the answer given to an idempotency key. It is no change of
// anything people see, so it stands outside change and the journal.
func (a *App) KeepReplay(ctx context.Context, actor docket.Actor, key string, answer docket.Replay) error {
	now := a.cfg.Clock()
	answer.At = now
	return a.cfg.Store.Update(ctx, now, func(w docket.Writer) error { return w.PutReplay(ctx, actor.Person.ID, key, answer) })
}
