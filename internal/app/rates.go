package app

import (
	"cmp"
	"context"
	"slices"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// UnitRate is what one unit has done of what it owed.
type UnitRate struct {
	UnitRef
	measure.Rate
}

// RatesPage is completeness and timeliness over a span of days: of each unit, as
// units are today, and of all together.
type RatesPage struct {
	From  docket.Date  `json:"from"`
	To    docket.Date  `json:"to"`
	All   measure.Rate `json:"all"`
	Units []UnitRate   `json:"units"` // in the order of the tree
}

// maxRateDays bounds the span of one question.
const maxRateDays = 3 * 366

// Rates divides what was met by what fell due between two days in the units the
// actor may read, or in one of them with or without those below.
func (a *App) Rates(ctx context.Context, actor docket.Actor, from, to docket.Date, unit docket.UnitID, below bool) (RatesPage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return RatesPage{}, err
	}
	if from == 0 || to < from || to-from > maxRateDays {
		return RatesPage{}, docket.Errorf(docket.Invalid, "query.range", "the last day lies before the first, or the span is longer than three years")
	}
	pl, err := a.place(ctx)
	if err != nil {
		return RatesPage{}, err
	}
	units := docket.AllUnits()
	switch {
	case unit != 0 && pl.tree.Unit(unit) == nil:
		return RatesPage{}, notFound()
	case unit != 0:
		units = pl.tree.Below(pl.tree.Carried(unit)...)
	case !actor.Read.All():
		units = pl.tree.Below(append(actor.Read.List(), actor.Office.List()...)...)
	}
	var rows []docket.Obligation
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		rows, err = r.DueBetween(ctx, units, from, to)
		return err
	})
	carried := pl.tree.Carried(unit)
	rows = slices.DeleteFunc(rows, func(o docket.Obligation) bool {
		return !actor.Read.Has(o.Unit) && !actor.Office.Has(o.Unit) || unit != 0 && !below && !slices.Contains(carried, o.Unit)
	})
	return a.ratesOf(pl, rows, from, to), err
}

// RoundRates divides the reports filed for a round by those it asks for.
func (a *App) RoundRates(ctx context.Context, actor docket.Actor, id docket.RoundID) (RatesPage, error) {
	all, err := a.Rounds(ctx, actor)
	if err != nil {
		return RatesPage{}, err
	}
	i := slices.IndexFunc(all, func(r docket.Round) bool { return r.ID == id })
	if i < 0 {
		return RatesPage{}, notFound()
	}
	pl, err := a.place(ctx)
	if err != nil {
		return RatesPage{}, err
	}
	rd := &all[i]
	var rows []docket.Obligation
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		// no report of a round is due before its opening, nor after its own due
		rows, err = r.DueBetween(ctx, pl.tree.Below(pl.tree.Carried(rd.Owner)...), a.dayOf(rd.OpenedAt), rd.Due)
		return err
	})
	rows = slices.DeleteFunc(rows, func(o docket.Obligation) bool {
		return o.Kind != docket.OweReport || o.Ref != int64(id) || !actor.Read.Has(o.Unit) && !actor.Office.Has(rd.Owner)
	})
	return a.ratesOf(pl, rows, rd.From, rd.To), err
}

func (a *App) ratesOf(pl *place, rows []docket.Obligation, from, to docket.Date) RatesPage {
	page := RatesPage{From: from, To: to, Units: []UnitRate{}}
	all, by := measure.Rates(rows, pl.tree.AsIs, a.cfg.Clock(), a.cfg.Location)
	page.All = all
	for id, r := range by {
		page.Units = append(page.Units, UnitRate{pl.ref(id), r})
	}
	order := pl.order()
	slices.SortFunc(page.Units, func(x, y UnitRate) int { return cmp.Or(cmp.Compare(order[x.ID], order[y.ID]), cmp.Compare(x.ID, y.ID)) })
	return page
}

// order numbers the units as a reader meets them going down the tree.
func (p *place) order() map[docket.UnitID]int {
	out := make(map[docket.UnitID]int, len(p.units))
	var walk func(docket.UnitID)
	walk = func(id docket.UnitID) {
		for _, kid := range p.tree.Children(id) {
			out[kid] = len(out)
			walk(kid)
		}
	}
	walk(0)
	return out
}
