package app

import (
	"context"
	"strings"
	"time"

	"golang.org/x/time/rate"

	docket "github.com/docket-os/docket"
)

// tries keeps the counts of failed sign-ins (docket.Tally) and, of this node
// alone, a limit on failures altogether: a wide attack from many addresses.
type tries struct {
	store docket.Store
	now   func() time.Time
	all   *rate.Limiter
}

func newTries(store docket.Store, now func() time.Time) *tries {
	return &tries{store: store, now: now, all: rate.NewLimiter(rate.Every(100*time.Millisecond), 300)}
}

// begin counts a try under every name as failed before it is looked at, so that
// many at once get no more than one after the other would; good takes it back.
// It stands outside change: it must outlive what fails, and nobody did anything
// yet that the journal could record. A name that is locked refuses.
func (t *tries) begin(ctx context.Context, names ...string) error {
	now := t.now()
	if t.all.TokensAt(now) < 1 {
		return docket.Errorf(docket.RateLimited, "error.rate_limited", "too many tries; come back later")
	}
	return t.store.Update(ctx, now, func(w docket.Writer) error {
		for _, name := range names {
			tally, err := w.Tally(ctx, name)
			if err != nil {
				return err
			}
			if err := tally.Locked(now); err != nil {
				return err
			}
			tally.Fail(now, free(name))
			if err := w.PutTally(ctx, tally); err != nil {
				return err
			}
		}
		return nil
	})
}

// failed notes on this node that a try was a bad one.
func (t *tries) failed() { t.all.AllowN(t.now(), 1) }

// good forgets the failures of a login or second step; of an address, which
// others share, only the try that was good.
func (t *tries) good(ctx context.Context, names ...string) error {
	return t.store.Update(ctx, t.now(), func(w docket.Writer) error {
		for _, name := range names {
			if !isAddress(name) {
				if err := w.DeleteTally(ctx, name); err != nil {
					return err
				}
				continue
			}
			tally, err := w.Tally(ctx, name)
			if err != nil {
				return err
			}
			tally.TakeBack()
			if err := w.PutTally(ctx, tally); err != nil {
				return err
			}
		}
		return nil
	})
}

func loginName(login string) string     { return "login:" + cut(login, 64) }
func addressName(address string) string { return "from:" + cut(address, 64) }
func isAddress(name string) bool        { return strings.HasPrefix(name, "from:") }

func free(name string) int {
	if isAddress(name) {
		return docket.FreeFrom
	}
	return docket.FreeTries
}
