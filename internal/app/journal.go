package app

import (
	"context"
	"iter"
	"math"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// JournalQuery narrows the journal by days, beyond what an EntryQuery does.
type JournalQuery struct {
	Matter   string // number of the matter, as people write it
	Unit     docket.UnitID
	Person   docket.PersonID // who did it
	Verb     docket.Verb
	From, To docket.Date
}

// JournalRow is an entry with what it is about in words.
type JournalRow struct {
	EntryView
	No        string             `json:"no"` // of the matter
	Directive docket.DirectiveID `json:"directive"`
	Person    string             `json:"person"` // the account or post it is about
}

// JournalPage is one page of the journal, newest first.
type JournalPage struct {
	Items []JournalRow `json:"items"`
	Next  int64        `json:"next"` // pass as before for the next page; 0 on the last
}

// maxJournalPage bounds a page of the journal.
const maxJournalPage = 200

// Journal gives the newest entries before a number (0: of all) that concern q.
func (a *App) Journal(ctx context.Context, actor docket.Actor, q JournalQuery, before int64, limit int) (JournalPage, error) {
	if limit <= 0 || limit > maxJournalPage {
		limit = maxJournalPage
	}
	if before <= 0 {
		before = math.MaxInt64
	}
	page := JournalPage{Items: []JournalRow{}}
	err := a.readJournal(ctx, actor, q, func(r docket.Reader, pl *place, entries docket.EntryQuery) error {
		entries.Before = before
		some, err := r.Entries(ctx, entries, 0, limit+1)
		if err != nil {
			return err
		}
		page.Next = 0
		if len(some) > limit {
			some = some[:limit]
			page.Next = some[limit-1].Seq
		}
		page.Items, err = a.journalRows(ctx, r, pl, names{0: ""}, some)
		return err
	})
	return page, err
}

// JournalRows streams the whole journal that concerns q, oldest first, each
// thousand read on its own, so that an export keeps nobody from writing.
func (a *App) JournalRows(ctx context.Context, actor docket.Actor, q JournalQuery) iter.Seq2[JournalRow, error] {
	return func(yield func(JournalRow, error) bool) {
		known, after := names{0: ""}, int64(0)
		for {
			var rows []JournalRow
			err := a.readJournal(ctx, actor, q, func(r docket.Reader, pl *place, entries docket.EntryQuery) error {
				some, err := r.Entries(ctx, entries, after, 1000)
				if err == nil {
					rows, err = a.journalRows(ctx, r, pl, known, some)
				}
				return err
			})
			if err != nil {
				yield(JournalRow{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
				after = row.Seq
			}
			if len(rows) < 1000 {
				return
			}
		}
	}
}

// readJournal asks for permission and turns the query into the store's.
func (a *App) readJournal(ctx context.Context, actor docket.Actor, q JournalQuery, fn func(docket.Reader, *place, docket.EntryQuery) error) error {
	if err := allow(&actor, docket.ActReadJournal); err != nil {
		return err
	}
	if q.From != 0 && q.To != 0 && q.To < q.From {
		return docket.Errorf(docket.Invalid, "query.range", "the last day lies before the first")
	}
	pl, err := a.place(ctx)
	if err != nil {
		return err
	}
	entries := docket.EntryQuery{Unit: q.Unit, Person: q.Person, Verb: q.Verb}
	if q.From != 0 {
		entries.Since = a.startOf(q.From)
	}
	if q.To != 0 {
		entries.Until = a.startOf(q.To + 1)
	}
	return a.cfg.Store.View(ctx, func(r docket.Reader) error {
		entries.Matter = 0
		if q.Matter != "" {
			ids, err := r.SearchMatters(ctx, q.Matter)
			if err != nil {
				return err
			}
			matters, err := r.Matters(ctx, docket.SystemScope(), ids[:min(len(ids), maxDesk)])
			if err != nil {
				return err
			}
			for i := range matters {
				if matters[i].No == q.Matter {
					entries.Matter = matters[i].ID
				}
			}
			if entries.Matter == 0 {
				return docket.Errorf(docket.NotFound, "journal.no_matter", "there is no matter with the number "+q.Matter, "no", q.Matter)
			}
		}
		return fn(r, pl, entries)
	})
}

func (a *App) journalRows(ctx context.Context, r docket.Reader, pl *place, known names, entries []docket.Entry) ([]JournalRow, error) {
	ids := make([]docket.MatterID, 0, len(entries))
	for _, e := range entries {
		if e.Matter != 0 {
			ids = append(ids, e.Matter)
		}
	}
	matters, err := r.Matters(ctx, docket.SystemScope(), ids)
	if err != nil {
		return nil, err
	}
	no := make(map[docket.MatterID]string, len(matters))
	for i := range matters {
		no[matters[i].ID] = matters[i].No
	}
	rows := make([]JournalRow, 0, len(entries))
	for _, e := range entries {
		row := JournalRow{No: no[e.Matter], Directive: e.Directive}
		if row.EntryView, err = known.entry(ctx, r, pl, &e); err != nil {
			return nil, err
		}
		if row.Person, err = known.of(ctx, r, e.Person); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Why says in words by which posts the actor sees a directive, a unit or people
// (product.md F4); a matter's page says so itself.
func (a *App) Why(ctx context.Context, actor docket.Actor, kind string, id int64) ([]measure.Reason, error) {
	if actor.Person.ID == 0 {
		return nil, permit(&actor, docket.ActRead, docket.Subject{})
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	switch kind {
	case "directive":
		return a.whyDirective(ctx, &actor, pl, docket.DirectiveID(id))
	case "unit":
		if pl.tree.Unit(docket.UnitID(id)) == nil {
			return nil, notFound()
		}
		return append([]measure.Reason{{Key: "why.unit"}}, pl.whyMatters(&actor, docket.UnitID(id))...), nil
	case "people":
		if err := allow(&actor, docket.ActReadPeople); err != nil {
			return nil, err
		}
		return pl.whyPeople(&actor), nil
	}
	return nil, docket.Errorf(docket.Invalid, "query.unknown_value", "there is no such kind of page")
}

func (a *App) whyDirective(ctx context.Context, actor *docket.Actor, pl *place, id docket.DirectiveID) ([]measure.Reason, error) {
	if err := allow(actor, docket.ActRead); err != nil {
		return nil, err
	}
	out := []measure.Reason{}
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		d, err := r.Directive(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		// a directive is seen like a matter of its owner without a part of anybody
		own := docket.Matter{Owner: d.Owner, Status: docket.Registered}
		if d.Status != docket.Adopted {
			own.Status = docket.Draft
		}
		out = directiveWords(pl.why(actor, &own))
		if len(out) > 0 {
			return nil
		}
		matters, err := r.DirectiveMatters(ctx, actor.Scope(), id)
		if err == nil && len(matters) > 0 {
			out = append(out, measure.Reason{Key: "why.directive_matter", Args: map[string]string{"no": matters[0].No}})
			out = append(out, pl.why(actor, &matters[0])...)
		}
		return err
	})
	return out, err
}

// ofDirective are the reasons to see a matter that hold for its directive as well.
var ofDirective = map[string]string{"why.office": "why.directive_office", "why.owner": "why.directive_owner"}

// directiveWords says of a directive what was said of a matter.
func directiveWords(all []measure.Reason) []measure.Reason {
	for i := range all {
		if key, ok := ofDirective[all[i].Key]; ok {
			all[i].Key = key
		}
	}
	return all
}

// whyMatters says through which posts the matters of a unit are seen.
func (p *place) whyMatters(actor *docket.Actor, unit docket.UnitID) []measure.Reason {
	var out []measure.Reason
	for _, post := range actor.Posts {
		before := len(out)
		args := map[string]string{"role": string(post.Role), "unit": p.tree.Name(post.Unit), "of": p.tree.Name(unit)}
		switch {
		case post.Role == docket.Auditor:
			out = append(out, measure.Reason{Key: "why.auditor"})
		case post.Role != docket.Admin && p.tree.Below(p.tree.Carried(post.Unit)...).Has(unit):
			out = append(out, measure.Reason{Key: "why.unit_matters", Args: args})
		}
		out = inPlaceOf(post, out, before)
	}
	return out
}

func (p *place) whyPeople(actor *docket.Actor) []measure.Reason {
	var out []measure.Reason
	for _, post := range actor.Posts {
		before := len(out)
		switch post.Role {
		case docket.Admin:
			out = append(out, measure.Reason{Key: "why.people_admin"})
		case docket.Office:
			out = append(out, measure.Reason{Key: "why.people_office", Args: map[string]string{"unit": p.tree.Name(post.Unit)}})
		}
		out = inPlaceOf(post, out, before)
	}
	return out
}
