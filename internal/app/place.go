package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

// place is the units of one day, as tree and as directory of names. It is built
// when first asked for after a change of units or of the day, and only read.
type place struct {
	day         docket.Date
	units       []docket.Unit
	successions []docket.Succession
	tree        *docket.Tree
	names       func() *docket.Directory
}

// placeCache holds the newest place; gen tells a load that began before a
// change of units from one after it.
type placeCache struct {
	mu  sync.Mutex
	gen int
	at  *place
}

// place returns the units of today.
func (a *App) place(ctx context.Context) (*place, error) {
	today := a.dayOf(a.cfg.Clock())
	a.units.mu.Lock()
	at, gen := a.units.at, a.units.gen
	a.units.mu.Unlock()
	if at != nil && at.day == today {
		return at, nil
	}
	var p *place
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		p, err = loadPlace(ctx, r, today)
		return err
	})
	if err != nil {
		return nil, err
	}
	a.units.mu.Lock()
	defer a.units.mu.Unlock()
	if a.units.gen == gen {
		a.units.at = p
	}
	return p, nil
}

func (a *App) forgetPlace() {
	a.units.mu.Lock()
	defer a.units.mu.Unlock()
	a.units.at, a.units.gen = nil, a.units.gen+1
}

// loadPlace reads the units a transaction sees, for changes that depend on them.
func loadPlace(ctx context.Context, r docket.Reader, day docket.Date) (*place, error) {
	units, successions, err := r.Units(ctx)
	if err != nil {
		return nil, fmt.Errorf("load units: %w", err)
	}
	tree, err := docket.NewTree(units, successions, day)
	if err != nil {
		return nil, fmt.Errorf("build the tree of %s: %w", day, err)
	}
	return &place{day: day, units: units, successions: successions, tree: tree,
		names: sync.OnceValue(func() *docket.Directory { return docket.NewDirectory(tree) })}, nil
}

// ref names a unit as it is called on the place's day.
func (p *place) ref(id docket.UnitID) UnitRef { return UnitRef{ID: id, Name: p.tree.Name(id)} }

func (p *place) refs(ids []docket.UnitID) []UnitRef {
	out := make([]UnitRef, 0, len(ids))
	for _, id := range ids {
		out = append(out, p.ref(id))
	}
	return out
}

// dayOf is the day an instant falls on where the body is.
func (a *App) dayOf(t time.Time) docket.Date { return docket.DateOf(t.In(a.cfg.Location)) }

// today is the body's day now.
func (a *App) today() docket.Date { return a.dayOf(a.cfg.Clock()) }

// startOf is the instant a day begins where the body is.
func (a *App) startOf(d docket.Date) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, a.cfg.Location)
}
