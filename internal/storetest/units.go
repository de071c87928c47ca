package storetest

import (
	"errors"
	"math/rand/v2"

	docket "github.com/docket-os/docket"
)

var unitTests = map[string]func(*city){
	"a unit is kept whole": func(c *city) {
		want := docket.Unit{Code: "YZ-07", Name: "临江区", Parent: c.top, Level: docket.County, Ord: 3, Aliases: []string{"临江", "Linjiang"},
			Versions: []docket.UnitVersion{{From: docket.NewDate(2020, 1, 1), Name: "临江县", Parent: c.top}},
			From:     docket.NewDate(2020, 1, 1), To: docket.NewDate(2030, 1, 1)}
		c.update(func(w docket.Writer) error { return w.PutUnit(ctx, &want) })
		c.same("version", int64(1), want.Version)
		want.Name, want.To = "临江新区", 0
		c.update(func(w docket.Writer) error { return w.PutUnit(ctx, &want) })
		c.same("version", int64(2), want.Version)
		c.view(func(r docket.Reader) error {
			units, _, err := r.Units(ctx)
			c.same("unit", want, units[len(units)-1])
			return err
		})
	},
	"the second of two editors learns of the first": func(c *city) {
		u := docket.Unit{Name: "临江区"}
		c.update(func(w docket.Writer) error { return w.PutUnit(ctx, &u) })
		second := u
		c.update(func(w docket.Writer) error { return w.PutUnit(ctx, &u) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutUnit(ctx, &second) })
		c.same("version untouched", int64(1), second.Version)
		second.ID = 9999
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.PutUnit(ctx, &second) })
	},
	"a code is unique, no code is not": func(c *city) {
		c.update(func(w docket.Writer) error {
			return errors.Join(w.PutUnit(ctx, &docket.Unit{Name: "a"}), w.PutUnit(ctx, &docket.Unit{Name: "b"}))
		})
		e := c.refused(docket.Invalid, func(w docket.Writer) error { return w.PutUnit(ctx, &docket.Unit{Name: "c", Code: "市民政局"}) })
		c.same("field", "code", e.Fields[0].Field)
	},
	"a unit cannot stand below itself or nowhere": func(c *city) {
		units := c.units()
		for id, parent := range map[docket.UnitID]docket.UnitID{c.bureau: c.division, c.top: c.division, c.county: c.county, c.office: 9999} {
			u := units[id]
			u.Parent = parent
			c.refused(docket.Invalid, func(w docket.Writer) error { return w.PutUnit(ctx, &u) })
		}
	},
	"the closure follows any sequence of moves": func(c *city) {
		random := rand.New(rand.NewPCG(1, 2))
		for range 60 {
			units := c.units()
			ids := make([]docket.UnitID, 0, len(units)+1)
			for id := range docket.UnitID(len(units) + 1) { // 0: the top
				ids = append(ids, id)
			}
			u := units[ids[random.IntN(len(ids))]] // the zero unit: a new one
			u.Name, u.Parent = "某单位", ids[random.IntN(len(ids))]
			err := c.Update(ctx, Noon, func(w docket.Writer) error { return w.PutUnit(ctx, &u) })
			if err != nil && !errors.Is(err, docket.Invalid) {
				c.Fatal(err)
			}
		}
		c.sound()
	},
	"successions": func(c *city) {
		want := docket.Succession{From: c.division, To: c.bureau, On: docket.NewDate(2026, 1, 1), Kind: "merge"}
		c.update(func(w docket.Writer) error { return w.PutSuccession(ctx, want) })
		want.On = docket.NewDate(2026, 2, 1)
		c.update(func(w docket.Writer) error { return w.PutSuccession(ctx, want) })
		c.view(func(r docket.Reader) error {
			_, got, err := r.Units(ctx)
			c.same("successions", []docket.Succession{want}, got)
			return err
		})
		c.refused(docket.Invalid, func(w docket.Writer) error {
			return w.PutSuccession(ctx, docket.Succession{From: c.bureau, To: 9999, Kind: "merge"})
		})
	},
}

func (c *city) units() map[docket.UnitID]docket.Unit {
	found := map[docket.UnitID]docket.Unit{}
	c.view(func(r docket.Reader) error {
		units, _, err := r.Units(ctx)
		for _, u := range units {
			found[u.ID] = u
		}
		return err
	})
	return found
}
