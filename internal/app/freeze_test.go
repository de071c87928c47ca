package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// freeze has a pack of the meeting frozen and waits for it.
func (w *hall) freeze() app.PackHead {
	w.t.Helper()
	f, err := w.FreezePack(w.t.Context(), w.office, w.id, time.Hour)
	w.must(err)
	if f.Pack == nil || f.Running || f.Done != f.Of {
		w.t.Fatalf("frozen it is %+v", f)
	}
	return *f.Pack
}

// gate is a store with a door: once it is shut, who reads what a unit owes knocks
// and waits until somebody opens, or the program ends.
type gate struct {
	docket.Store
	shut  bool // before anything is frozen
	knock chan struct{}
	open  chan error
}

func newGate(t testing.TB) *gate {
	return &gate{Store: openSQLite(t), knock: make(chan struct{}), open: make(chan error)}
}

func (g *gate) View(ctx context.Context, fn func(docket.Reader) error) error {
	return g.Store.View(ctx, func(r docket.Reader) error { return fn(guarded{r, g}) })
}

type guarded struct {
	docket.Reader
	gate *gate
}

func (r guarded) DueBetween(ctx context.Context, units docket.UnitSet, from, to docket.Date) ([]docket.Obligation, error) {
	if r.gate.shut {
		r.gate.knock <- struct{}{}
		select {
		case err := <-r.gate.open:
			if err != nil {
				return nil, err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return r.Reader.DueBetween(ctx, units, from, to)
}

// begun is a meeting whose pack is at its first unit.
func begun(t *testing.T) (*hall, *gate) {
	g := newGate(t)
	w := newHall(t, g)
	w.convened()
	g.shut = true
	f, err := w.FreezePack(t.Context(), w.office, w.id, 0)
	w.must(err)
	<-g.knock
	if !f.Running || f.Of != 3 || f.Pack != nil {
		t.Fatalf("begun it is %+v", f)
	}
	return w, g
}

func (w *hall) freezing(patience time.Duration) app.Freezing {
	w.t.Helper()
	f, err := w.Freezing(w.t.Context(), w.office, w.id, patience)
	w.must(err)
	return f
}

func (w *hall) packs() int {
	w.t.Helper()
	page, err := w.Stocktake(w.t.Context(), w.office, w.id)
	w.must(err)
	return len(page.Packs)
}

// A pack is frozen without the one who asked; who asks again joins in, and all see
// unit by unit how far it is.
func TestAPackIsFrozenInTheBackground(t *testing.T) {
	w, g := begun(t)
	type answer struct {
		app.Freezing
		err error
	}
	joined := make(chan answer)
	go func() {
		f, err := w.FreezePack(t.Context(), w.office, w.id, time.Hour)
		joined <- answer{f, err}
	}()
	var seen []int
	for range 3 {
		seen = append(seen, w.freezing(0).Done)
		page, err := w.Stocktake(t.Context(), w.office, w.id)
		w.must(err)
		if page.Freezing == nil || !page.Freezing.Running {
			t.Errorf("the meeting's page shows %+v", page.Freezing)
		}
		if page, err = w.Stocktake(t.Context(), w.edu, w.id); err != nil || page.Freezing != nil {
			t.Errorf("a unit is shown %+v, %v", page.Freezing, err)
		}
		g.open <- nil
		if len(seen) < 3 {
			<-g.knock
		}
	}
	if !slices.Equal(seen, []int{0, 1, 2}) {
		t.Errorf("the units done were %v", seen)
	}
	got := <-joined
	w.must(got.err)
	if got.Pack == nil || got.Pack.No != 1 || got.Done != 3 {
		t.Errorf("who joined in got %+v", got.Freezing)
	}
	if n, f := w.packs(), w.freezing(time.Hour); n != 1 || f != (app.Freezing{}) {
		t.Errorf("afterwards there are %d packs and %+v", n, f)
	}
}

// The one who asked may leave; the work does not.
func TestAFreezingOutlivesItsRequest(t *testing.T) {
	g := newGate(t)
	w := newHall(t, g)
	w.convened()
	g.shut = true
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan struct{})
	go func() {
		defer close(left)
		_, _ = w.FreezePack(ctx, w.office, w.id, time.Hour) // nobody is there to read it
	}()
	<-g.knock
	leave()
	<-left
	for i := range 3 {
		g.open <- nil
		if i < 2 {
			<-g.knock
		}
	}
	w.freezing(time.Hour)
	if n := w.packs(); n != 1 {
		t.Errorf("there are %d packs", n)
	}
}

// How a freezing failed is told to whoever asks next, once; then it may be tried again.
func TestAFreezingThatFailsSaysSo(t *testing.T) {
	w, g := begun(t)
	full := docket.Errorf(docket.Unavailable, "store.full", "the disk is full")
	g.open <- full
	_, err := w.Freezing(t.Context(), w.office, w.id, time.Hour)
	w.refused("a freezing that failed", err, docket.Unavailable, "store.full")
	if f := w.freezing(time.Hour); f != (app.Freezing{}) {
		t.Errorf("told, it is still %+v", f)
	}
	if n := w.packs(); n != 0 {
		t.Errorf("%d packs are left of it", n)
	}
	g.shut = false
	if head := w.freeze(); head.No != 1 {
		t.Errorf("tried again it is %+v", head)
	}
}

// The program ends: what is being frozen ends with it and leaves nothing behind,
// and nothing is begun any more.
func TestAFreezingEndsWithTheProgram(t *testing.T) {
	w, g := begun(t)
	w.EndFreezing()
	for _, ask := range []func() (app.Freezing, error){
		func() (app.Freezing, error) { return w.Freezing(t.Context(), w.office, w.id, time.Hour) },
		func() (app.Freezing, error) { return w.FreezePack(t.Context(), w.office, w.id, time.Hour) },
	} {
		if f, err := ask(); err != nil || f.Running || f.Pack != nil {
			t.Errorf("broken off it is %+v, %v", f, err)
		}
	}
	if n := w.packs(); n != 0 {
		t.Errorf("%d packs are left of it", n)
	}
	entries, err := w.Journal(t.Context(), w.auditor, app.JournalQuery{Verb: docket.VerbFreeze}, 0, 10)
	w.must(err)
	if len(entries.Items) != 0 {
		t.Errorf("the journal has %+v", entries.Items)
	}
	g.shut = false
	w.App = w.another()
	w.freeze()
}

// Only the office that runs the meeting has its pack frozen, or sees how far it is.
func TestWhoMayFreeze(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.convened()
	for _, ask := range []func(docket.Actor) error{
		func(who docket.Actor) error { _, err := w.FreezePack(t.Context(), who, w.id, time.Hour); return err },
		func(who docket.Actor) error { _, err := w.Freezing(t.Context(), who, w.id, time.Hour); return err },
	} {
		w.refused("a liaison", ask(w.edu), docket.Forbidden, "refuse.convene")
		w.refused("another office", ask(w.district), docket.NotFound, "")
		if err := ask(docket.Actor{}); !errors.Is(err, docket.Unauthorized) {
			t.Errorf("nobody: %v", err)
		}
	}
	if n := w.packs(); n != 0 {
		t.Errorf("there are %d packs", n)
	}
}
