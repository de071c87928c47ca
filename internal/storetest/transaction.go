package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

var transactionTests = map[string]func(*city){
	"an error undoes everything": func(c *city) {
		wrong := errors.New("changed my mind")
		before := ask(c, func(r docket.Reader) (int64, error) { return r.LastSeq(ctx) })
		err := c.Update(ctx, Noon, func(w docket.Writer) error {
			u := docket.Unit{Name: "临江区"}
			return errors.Join(w.PutUnit(ctx, &u), w.Append(ctx, docket.Entry{Verb: docket.VerbAdd, Unit: u.ID}), wrong)
		})
		if !errors.Is(err, wrong) {
			c.Errorf("got %v", err)
		}
		c.view(func(r docket.Reader) error {
			units, _, err := r.Units(ctx)
			c.same("units", 5, len(units))
			after, _ := r.LastSeq(ctx)
			c.same("last entry", before, after)
			return err
		})
	},
	"a panic undoes everything and the store goes on": func(c *city) {
		func() {
			defer func() { c.same("panic", "stop", recover()) }()
			c.Update(ctx, Noon, func(w docket.Writer) error {
				must(c, 0, w.PutUnit(ctx, &docket.Unit{Name: "临江区"}))
				panic("stop")
			})
		}()
		c.update(func(w docket.Writer) error {
			units, _, err := w.Units(ctx)
			c.same("units", 5, len(units))
			return err
		})
	},
	"one instant, to the millisecond, in UTC": func(c *city) {
		at := time.Date(2026, 11, 18, 20, 0, 0, 123456789, time.FixedZone("", 8*3600))
		want := time.Date(2026, 11, 18, 12, 0, 0, 123e6, time.UTC)
		err := c.Update(ctx, at, func(w docket.Writer) error {
			c.same("Now", want, w.Now())
			return w.Append(ctx, docket.Entry{Verb: docket.VerbEdit, At: Noon.AddDate(1, 0, 0)})
		})
		e := must(c, ask(c, func(r docket.Reader) ([]docket.Entry, error) { return r.Entries(ctx, docket.EntryQuery{}, 0, 10) }), err)
		c.same("entry's instant", want, e[0].At)
	},
	"a view is one state while others write": func(c *city) {
		c.view(func(r docket.Reader) error {
			units, _, err := r.Units(ctx)
			c.same("units before", 5, len(units))
			c.update(func(w docket.Writer) error { return w.PutUnit(ctx, &docket.Unit{Name: "临江区"}) })
			units, _, err2 := r.Units(ctx)
			c.same("units after", 5, len(units))
			return errors.Join(err, err2)
		})
	},
	"a cancelled context ends it without effect": func(c *city) {
		stopped, cancel := context.WithCancel(ctx)
		err := c.Update(stopped, Noon, func(w docket.Writer) error {
			must(c, 0, w.PutUnit(stopped, &docket.Unit{Name: "临江区"}))
			cancel()
			return w.PutUnit(stopped, &docket.Unit{Name: "青禾县"})
		})
		if !errors.Is(err, context.Canceled) {
			c.Errorf("Update = %v", err)
		}
		if err := c.View(stopped, func(docket.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
			c.Errorf("View = %v", err)
		}
		c.view(func(r docket.Reader) error {
			units, _, err := r.Units(ctx)
			c.same("units", 5, len(units))
			return err
		})
	},
	"a transaction kept beyond its end answers no more": func(c *city) {
		var kept docket.Writer
		c.update(func(w docket.Writer) error { kept = w; return nil })
		if err := kept.PutUnit(ctx, &docket.Unit{Name: "临江区"}); err == nil {
			c.Error("written after the end")
		}
	},
	"text no engine can keep is refused": func(c *city) {
		for _, name := range []string{"a\x00b", "a\xffb"} {
			c.refused(docket.Invalid, func(w docket.Writer) error { return w.PutUnit(ctx, &docket.Unit{Name: name}) })
			if _, err := try(c, func(r docket.Reader) (docket.Person, error) { return r.PersonByLogin(ctx, name) }); !errors.Is(err, docket.Invalid) {
				c.Errorf("asked for %q: %v", name, err)
			}
		}
	},
}

// RunRetry proves that Update runs its function again after a failed
// serialization, which again stands for, and that the first run leaves nothing.
func RunRetry(t *testing.T, open func(t testing.TB) Opened, again error) {
	c := newCity(t, open(t))
	runs := 0
	c.update(func(w docket.Writer) error {
		runs++
		u := docket.Unit{Name: "临江区"}
		must(c, 0, w.PutUnit(ctx, &u))
		must(c, 0, w.Append(ctx, docket.Entry{Verb: docket.VerbAdd, Unit: u.ID}))
		if runs == 1 {
			return again
		}
		return nil
	})
	c.same("runs", 2, runs)
	c.view(func(r docket.Reader) error {
		units, _, err := r.Units(ctx)
		c.same("units", 6, len(units))
		last, err2 := r.LastSeq(ctx)
		c.same("entries", int64(1), last)
		return errors.Join(err, err2)
	})
	e := c.refused(docket.Conflict, func(docket.Writer) error { return again })
	c.same("key", "store.busy", e.Key)
	c.sound()
}

// clockTests: the journal is in the order of time whatever clocks do.
var clockTests = map[string]func(*city){
	"a clock a little behind waits, one set back is refused": func(c *city) {
		at := func(now time.Time) error {
			return c.Update(ctx, now, func(w docket.Writer) error { return w.Append(ctx, docket.Entry{Verb: docket.VerbEdit}) })
		}
		must(c, 0, at(Noon.Add(time.Hour)))
		must(c, 0, at(Noon.Add(time.Hour-20*time.Second)))
		if err := at(Noon); !errors.Is(err, docket.Unavailable) {
			c.Errorf("a clock set back by an hour: %v", err)
		}
		var last time.Time
		for _, e := range ask(c, func(r docket.Reader) ([]docket.Entry, error) { return r.Entries(ctx, docket.EntryQuery{}, 0, 10) }) {
			if e.At.Before(last) {
				c.Errorf("entry %d of %s follows %s", e.Seq, e.At, last)
			}
			last = e.At
		}
	},
}
