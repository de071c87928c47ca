// Package app is what people do with Docket: who may, what changes, what is
// recorded, who owes what afterwards. Every write goes through change; every
// read is narrowed to the actor's scope. Screens, API and commands are thin
// coats over it.
package app

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/measure"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/worktime"
)

// Config is what an App is built from. Store, Files, Clock, Location and Readers
// are required.
type Config struct {
	Store    docket.Store
	Files    docket.Files
	Clock    func() time.Time
	Location *time.Location // of the body: decides which day it is
	Calendar worktime.Plan  // while the body has set none; zero: China
	Readers  paper.Readers
	Pages    PageDrawer         // draws pages of PDF files; nil shows their text instead
	Limits   paper.Limits       // of one imported file; zero fields mean the defaults
	Lamps    measure.Thresholds // while the body has set none; zero: measure.DefaultThresholds
	Courier  Courier            // nil: people are told in the program only
	URL      string             // address people reach the program at, for links in messages
	Log      *slog.Logger       // nil: slog.Default

	Provider  Provider  // nil: nobody signs in by one
	Directory Directory // as above
}

// Location is where the body is: its clock tells the instants of papers.
func (a *App) Location() *time.Location { return a.cfg.Location }

// Courier carries messages out; *notify.Courier does. An error of Send is a
// sentence for people without any secret; with docket.ErrUnsure in its chain the
// message may have arrived.
type Courier interface {
	Send(ctx context.Context, by docket.Channel, m docket.Message) error
}

// PageDrawer draws a page of a PDF file, counted from 1, as a JPEG whose longer
// edge has so many pixels, and counts the pages; *pdf.Drawer does.
type PageDrawer interface {
	Draw(ctx context.Context, src paper.Source, page, edge int) (jpeg []byte, pages int, err error)
}

// App is the use cases over one store. Its methods may be called by any number
// of goroutines.
type App struct {
	cfg       Config
	log       *slog.Logger
	board     *board.Board
	units     placeCache
	titles    *titles
	dayStart  dayStart
	passwords *passwords
	tries     *tries
	lamps     atomic.Pointer[measure.Thresholds] // as set by the body
	worked    atomic.Pointer[worktime.Calendar]  // likewise
	shown     *shown
	rooms     *rooms
	freezer   *freezer
	ladder    ladder
	hurried   chan struct{} // work that somebody waits for
}

// New builds an App and loads its board.
func New(ctx context.Context, cfg Config) (*App, error) {
	if cfg.Lamps == (measure.Thresholds{}) {
		cfg.Lamps = measure.DefaultThresholds()
	}
	a := &App{cfg: cfg, log: cfg.Log, passwords: newPasswords(defaultCost), tries: newTries(cfg.Store, cfg.Clock), titles: newTitles(), shown: newShown(), rooms: newRooms(), freezer: newFreezer(), hurried: make(chan struct{}, 1)}
	if a.log == nil {
		a.log = slog.Default()
	}
	err := errors.Join(a.loadLamps(ctx), a.loadCalendar(ctx))
	if err != nil {
		return nil, err
	}
	a.board, err = board.Load(ctx, cfg.Store)
	return a, err
}

// Follow keeps the board and the directory abreast of what other nodes write,
// until ctx ends. The program runs it once beside its server.
func (a *App) Follow(ctx context.Context, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := a.CatchUp(ctx); err != nil && ctx.Err() == nil {
				a.log.ErrorContext(ctx, "following the journal failed; trying again", "err", err)
			}
		}
	}
}

// KeepTime lets time pass: it ticks at once, then every so often and as soon as
// a new day begins, until ctx ends. The program runs it once beside its server.
func (a *App) KeepTime(ctx context.Context, every time.Duration) {
	for {
		if err := a.Tick(ctx); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "what time itself brings about was not done; trying again", "err", err)
		}
		now := a.cfg.Clock()
		wait := min(every, a.startOf(a.dayOf(now)+1).Sub(now))
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(wait, time.Second)):
		}
	}
}

// CatchUp takes in what other nodes have written since the last time.
func (a *App) CatchUp(ctx context.Context) error {
	news, err := a.board.Follow(ctx, a.cfg.Store)
	if news.Units {
		a.forgetPlace()
	}
	a.titles.forget(news.Directives...)
	if news.Calendar {
		err = errors.Join(err, a.loadCalendar(ctx))
	}
	if news.Lamps {
		err = errors.Join(err, a.loadLamps(ctx))
	}
	return err
}
