// Package storetest says what any docket.Store must do: one suite, run on every
// engine by a test of a few lines beside it.
package storetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Opened is a store under test.
type Opened struct {
	docket.Store
	// Raw runs SQL past the store, as an intruder or a fault would.
	Raw func(ctx context.Context, text string) error
}

// Run tests the store that open opens: empty, and closed by the test's cleanup.
func Run(t *testing.T, open func(t testing.TB) Opened) {
	for _, group := range []map[string]func(*city){
		transactionTests, clockTests, unitTests, personTests, directiveTests, matterTests, scopeTests,
		adoptTests, boardTests, measureTests, obligationTests, journalTests, searchTests, keptTests, lookTests, checkTests, evidenceTests, signInTests, noticeTests, jobTests, ladderTests, sheetTests, stocktakeTests,
	} {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			t.Run(name, func(t *testing.T) {
				c := newCity(t, open(t))
				group[name](c)
				if !t.Failed() && !c.broken {
					c.sound()
				}
			})
		}
	}
}

// Noon is the instant of the suite's writes: 2026-11-18 12:00 in UTC.
var Noon = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)

var ctx = context.Background()

// city is a made-up place with a store of its own for one test.
type city struct {
	testing.TB
	Opened
	top, office, bureau, division, county docket.UnitID
	clerk, other                          docket.PersonID
	broken                                bool // the test left breaches on purpose
}

func newCity(t testing.TB, s Opened) *city {
	c := &city{TB: t, Opened: s}
	c.update(func(w docket.Writer) error {
		for _, u := range []struct {
			id     *docket.UnitID
			name   string
			parent *docket.UnitID
		}{{&c.top, "云州市", new(docket.UnitID)}, {&c.office, "市督查室", &c.top}, {&c.bureau, "市民政局", &c.top}, {&c.division, "养老服务处", &c.bureau}, {&c.county, "青禾县", &c.top}} {
			unit := docket.Unit{Name: u.name, Parent: *u.parent, Code: u.name, Level: docket.City}
			if err := w.PutUnit(ctx, &unit); err != nil {
				return err
			}
			*u.id = unit.ID
		}
		for login, id := range map[string]*docket.PersonID{"clerk": &c.clerk, "other": &c.other} {
			p := docket.Person{Login: login, Name: login, Lang: "zh", Active: true}
			if err := w.PutPerson(ctx, &p); err != nil {
				return err
			}
			*id = p.ID
		}
		return nil
	})
	return c
}

// update and view run a transaction that must succeed.
func (c *city) update(fn func(docket.Writer) error) {
	c.Helper()
	if err := c.Update(ctx, Noon, fn); err != nil {
		c.Fatal(err)
	}
}

func (c *city) view(fn func(docket.Reader) error) {
	c.Helper()
	if err := c.View(ctx, fn); err != nil {
		c.Fatal(err)
	}
}

// refused runs an update that must fail with a code and leave nothing behind.
func (c *city) refused(code docket.Code, fn func(docket.Writer) error) *docket.Error {
	c.Helper()
	err := c.Update(ctx, Noon, fn)
	if !errors.Is(err, code) {
		c.Errorf("got %v, want %s", err, code)
	}
	var e *docket.Error
	if errors.As(err, &e) && (e.Key == "" || e.Message == "") {
		c.Errorf("%#v lacks its sentence", e)
	}
	return e
}

// same compares what was kept with what was given.
func (c *city) same(what string, want, got any) {
	c.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		c.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func (c *city) sound() {
	c.Helper()
	breaches, err := c.Check(ctx)
	if err != nil || len(breaches) > 0 {
		c.Errorf("Check = %v, %v", breaches, err)
	}
}

// must returns v of a call that may not fail.
func must[T any](c *city, v T, err error) T {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
	return v
}

// ask runs one question in a View of its own.
func ask[T any](c *city, question func(docket.Reader) (T, error)) T {
	c.Helper()
	v, err := try(c, question)
	return must(c, v, err)
}

func try[T any](c *city, question func(docket.Reader) (T, error)) (v T, err error) {
	err = c.View(ctx, func(r docket.Reader) error { v, err = question(r); return err })
	return v, err
}

// absent fails unless a question finds nothing.
func absent[T any](c *city, what string, question func(docket.Reader) (T, error)) {
	c.Helper()
	if v, err := try(c, question); !errors.Is(err, docket.NotFound) {
		c.Errorf("%s: got %v, %v, want not found", what, v, err)
	}
}

// set is the set of exactly these units.
func set(ids ...docket.UnitID) docket.UnitSet {
	units := make([]docket.Unit, len(ids))
	for i, id := range ids {
		units[i].ID = id
	}
	tree, err := docket.NewTree(units, nil, 0)
	if err != nil {
		panic(err) // units without parents are a tree
	}
	return tree.Below(ids...)
}

// fromOffice and fromUnit are the scopes of an office's and of a unit's people.
func fromOffice(ids ...docket.UnitID) docket.Scope {
	return docket.Scope{Read: set(ids...), Office: set(ids...)}
}
func fromUnit(ids ...docket.UnitID) docket.Scope { return docket.Scope{Read: set(ids...)} }
