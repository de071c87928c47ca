package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	docket "github.com/docket-os/docket"
)

// Freezing is how far the freezing of a meeting's pack is. All zero: none runs.
type Freezing struct {
	Running bool      `json:"running"`
	Done    int       `json:"done"` // units whose page is made
	Of      int       `json:"of"`
	Pack    *PackHead `json:"pack,omitempty"` // once it is frozen
}

// FreezePack has a pack of a meeting sealed as everything stands now, or joins in
// where that is being done already. It answers when the pack is frozen or patience
// is over; the work goes on without the one who asked. A pack is the same for
// ever; a later one gets the next number.
func (a *App) FreezePack(ctx context.Context, actor docket.Actor, id docket.StocktakeID, patience time.Duration) (Freezing, error) {
	s, err := a.freezable(ctx, actor, id)
	if err != nil {
		return Freezing{}, err
	}
	z := a.freezer.begin(id, len(s.Slots), func(ctx context.Context, done func(int)) (PackHead, error) {
		return a.freeze(ctx, actor, id, done)
	})
	return a.freezer.watch(ctx, id, z, patience)
}

// Freezing tells how far the freezing of a meeting's pack is, when it is over or
// after that long. How one failed is told once.
func (a *App) Freezing(ctx context.Context, actor docket.Actor, id docket.StocktakeID, patience time.Duration) (Freezing, error) {
	if _, err := a.freezable(ctx, actor, id); err != nil {
		return Freezing{}, err
	}
	return a.freezer.watch(ctx, id, a.freezer.find(id), patience)
}

// EndFreezing breaks off what is being frozen and waits for that: nothing of it is
// kept. The program ends.
func (a *App) EndFreezing() { a.freezer.end() }

// freezable gives the meeting to who may have its pack frozen.
func (a *App) freezable(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (s docket.Stocktake, err error) {
	if err := allow(&actor, docket.ActConvene); err != nil {
		return s, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		if s, err = r.Stocktake(ctx, actor.Scope(), id); err != nil {
			return err
		}
		return permit(&actor, docket.ActConvene, docket.SubjectOfStocktake(&s))
	})
	return s, err
}

// freezeFor is how long one may take.
const freezeFor = 10 * time.Minute

// freeze gathers a pack and seals it. A fault of ours in it ends this freezing, not
// the program.
func (a *App) freeze(ctx context.Context, actor docket.Actor, id docket.StocktakeID, done func(units int)) (head PackHead, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("freeze a pack of stocktake %d: %v", id, p)
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			a.log.ErrorContext(ctx, "a pack was not frozen", "stocktake", id, "err", err)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, freezeFor)
	defer cancel()
	body, err := a.packBody(ctx, actor, id, done)
	if err != nil {
		return head, err
	}
	err = a.onStocktake(ctx, actor, docket.VerbFreeze, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		before, err := c.Packs(ctx, id)
		if err != nil {
			return docket.Entry{}, err
		}
		p, err := body.Freeze(len(before)+1, actor.Person.ID)
		if err != nil {
			return docket.Entry{}, err
		}
		if err := c.PutPack(ctx, &p); err != nil {
			return docket.Entry{}, err
		}
		head = PackHead{No: p.No, At: p.At, Seal: p.Seal}
		return docket.Entry{After: note("pack", p.No, "at", p.At, "seal", p.Seal, "seq", body.Seq, "matters", len(body.Lamps))}, nil
	})
	return head, err
}

// freezer runs freezings beside the requests that ask for them, at most one of a
// meeting. It remembers in memory only: what is broken off has written nothing and
// is begun anew.
type freezer struct {
	life context.Context
	stop context.CancelFunc
	work sync.WaitGroup

	mu  sync.Mutex
	all map[docket.StocktakeID]*freezing // that run, or failed and have told nobody
}

// freezing is one of them; head and err count once over is closed.
type freezing struct {
	of   int
	done atomic.Int64
	over chan struct{}
	head PackHead
	err  error
}

func newFreezer() *freezer {
	f := &freezer{all: map[docket.StocktakeID]*freezing{}}
	f.life, f.stop = context.WithCancel(context.Background())
	return f
}

// begin starts the work for a meeting, or finds the one that runs.
func (f *freezer) begin(id docket.StocktakeID, of int, work func(ctx context.Context, done func(int)) (PackHead, error)) *freezing {
	f.mu.Lock()
	defer f.mu.Unlock()
	if z := f.all[id]; z != nil && !z.isOver() {
		return z
	}
	z := &freezing{of: of, over: make(chan struct{})}
	f.all[id] = z
	if z.err = f.life.Err(); z.err != nil {
		close(z.over)
		return z
	}
	f.work.Go(func() {
		defer close(z.over)
		z.head, z.err = work(f.life, func(n int) { z.done.Store(int64(n)) })
		if z.err == nil {
			f.forget(id, z)
		}
	})
	return z
}

// find gives what is known of a meeting's freezing, nil for nothing.
func (f *freezer) find(id docket.StocktakeID) *freezing {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.all[id]
}

func (f *freezer) forget(id docket.StocktakeID, z *freezing) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.all[id] == z {
		delete(f.all, id)
	}
}

// watch says how far one is, at the latest when patience is over.
func (f *freezer) watch(ctx context.Context, id docket.StocktakeID, z *freezing, patience time.Duration) (Freezing, error) {
	if z == nil {
		return Freezing{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case <-z.over:
	case <-ctx.Done():
	}
	switch {
	case !z.isOver():
		return z.sofar(), nil
	case errors.Is(z.err, context.Canceled): // the program ends: it is begun anew when that is back
		return Freezing{}, nil
	case z.err != nil:
		f.forget(id, z)
		return Freezing{}, z.err
	}
	return Freezing{Done: z.of, Of: z.of, Pack: &z.head}, nil
}

// end breaks off all that run and waits for them; none begins after it.
func (f *freezer) end() {
	f.mu.Lock()
	f.stop()
	f.mu.Unlock()
	f.work.Wait()
}

func (z *freezing) sofar() Freezing {
	return Freezing{Running: !z.isOver(), Done: int(z.done.Load()), Of: z.of}
}

func (z *freezing) isOver() bool {
	select {
	case <-z.over:
		return true
	default:
		return false
	}
}
