// Package jobs does work that was kept to be done later: it takes a due job up
// for a while, hands it to the handler of its kind, and keeps how it ended, each
// in a transaction of its own. A program that dies leaves a job held until its
// time is over; then another takes it up. What takes effect outside the store is
// announced with Begin before it is done, so that only the moment between the
// two is in doubt after a crash, and a handler is told of it.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

// Times of the work. A handler is stopped well before its job can be taken up
// by somebody else.
const (
	held      = 2 * time.Minute
	workFor   = time.Minute
	firstWait = time.Minute
	longest   = time.Hour
	hands     = 4 // jobs worked on at once
)

// Work is a job taken up.
type Work struct {
	docket.Job
	begin func(context.Context) error
}

// InDoubt reports whether an earlier holder began the effect and nobody knows
// whether it came about.
func (w *Work) InDoubt() bool { return w.Attempts > 1 && !w.Begun.IsZero() }

// Begin announces that the effect happens next. When it fails, it must not.
func (w *Work) Begin(ctx context.Context) error { return w.begin(ctx) }

// Handler does one kind of work. It gives a word for how it ended; with an error
// the job is tried again later, in doubt where docket.ErrUnsure is in the error's
// chain.
type Handler func(ctx context.Context, w *Work) (outcome string, err error)

// laterError asks for another time, without a failure.
type laterError struct{ at time.Time }

func (e *laterError) Error() string { return "to be done at " + e.at.Format(time.RFC3339) }

// Later is what a handler returns whose job shall run at another time.
func Later(at time.Time) error { return &laterError{at} }

// Runner takes jobs up and hands them to their handlers.
type Runner struct {
	store    docket.Store
	clock    func() time.Time
	handlers map[string]Handler
	log      *slog.Logger
}

// New builds a Runner.
func New(store docket.Store, clock func() time.Time, handlers map[string]Handler, log *slog.Logger) *Runner {
	return &Runner{store: store, clock: clock, handlers: handlers, log: log}
}

// Run looks for work every so often, and as soon as hurry says so, until ctx
// ends; then it lets what is being worked on come to its end.
func (r *Runner) Run(ctx context.Context, every time.Duration, hurry <-chan struct{}) {
	var busy sync.WaitGroup
	defer busy.Wait()
	turns := make(chan struct{}, hands)
	for ctx.Err() == nil {
		turns <- struct{}{}
		w, err := r.take(ctx)
		if err == nil {
			busy.Go(func() {
				defer func() { <-turns }()
				r.do(ctx, w)
			})
			continue
		}
		<-turns
		if !errors.Is(err, docket.NotFound) && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "no work could be taken up; trying again", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-hurry:
		case <-time.After(every):
		}
	}
}

// Drain does all that is due now, one after the other, and says how much it was.
func (r *Runner) Drain(ctx context.Context) (n int, err error) {
	for ; ; n++ {
		w, err := r.take(ctx)
		if errors.Is(err, docket.NotFound) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		r.do(ctx, w)
	}
}

func (r *Runner) take(ctx context.Context) (*Work, error) {
	kinds := slices.Sorted(maps.Keys(r.handlers))
	w := &Work{}
	err := r.store.Update(ctx, r.clock(), func(t docket.Writer) (err error) {
		w.Job, err = t.TakeJob(ctx, kinds, t.Now().Add(held))
		return err
	})
	w.begin = func(ctx context.Context) error {
		j := w.Job
		err := r.keep(ctx, &j, func(now time.Time) { j.Begun = now })
		if err == nil {
			w.Job = j
		}
		return err
	}
	return w, err
}

func (r *Runner) keep(ctx context.Context, j *docket.Job, change func(now time.Time)) error {
	return r.store.Update(ctx, r.clock(), func(t docket.Writer) error {
		change(t.Now())
		return t.PutJob(ctx, j)
	})
}

// do hands a job to its handler and keeps how it ended. That the program is
// asked to stop does not stop a handler: its time is short.
func (r *Runner) do(ctx context.Context, w *Work) {
	ctx = context.WithoutCancel(ctx)
	outcome, err := r.handle(ctx, w)
	var later *laterError
	postponed := errors.As(err, &later)
	if err != nil && !postponed {
		r.log.WarnContext(ctx, "work failed; trying again later", "kind", w.Kind, "key", w.Key, "attempt", w.Attempts, "err", err)
	}
	j := w.Job
	kept := r.keep(ctx, &j, func(now time.Time) {
		j.Leased = time.Time{}
		if err != nil && !errors.Is(err, docket.ErrUnsure) {
			j.Begun = time.Time{}
		}
		switch {
		case err == nil:
			j.Done, j.Outcome, j.Fault = now, outcome, docket.Fault{}
		case postponed:
			j.RunAt = later.at
		default:
			j.Fault, j.RunAt = docket.FaultOf(err), now.Add(wait(j.Attempts))
		}
	})
	if kept != nil { // it stays held, and in doubt if it was begun
		r.log.ErrorContext(ctx, "how work ended was not kept", "kind", w.Kind, "key", w.Key, "err", kept)
	}
}

// handle runs the handler within its time; a fault of ours in it ends this job's
// try, not the program.
func (r *Runner) handle(ctx context.Context, w *Work) (outcome string, err error) {
	ctx, cancel := context.WithTimeout(ctx, workFor)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: %v: %w", w.Kind, p, docket.ErrUnsure)
		}
	}()
	return r.handlers[w.Kind](ctx, w)
}

// wait is how long to wait after a failed try: a minute, doubling up to an hour.
func wait(attempts int) time.Duration {
	return min(firstWait<<min(max(attempts-1, 0), 10), longest)
}
