package docket

import (
	"strconv"
	"time"
)

// Tally counts failed tries to sign in under one name: a login, an address, a
// person's second step. It is kept in a transaction of its own, so that what
// fails afterwards does not undo it, and every node sees it.
type Tally struct {
	Name     string
	Failures int
	Last     time.Time
	Until    time.Time // no further try before
}

// The limits. Past the free tries each failure doubles the wait; a day without
// failures forgets them.
const (
	FreeTries     = 5   // of a login or of somebody's second step
	FreeFrom      = 100 // of an address: a whole office may stand behind one router or proxy
	lockFirst     = 15 * time.Second
	lockMost      = 15 * time.Minute
	TallyForgiven = 24 * time.Hour
)

// Locked refuses a try before the wait is over, saying how long it is.
func (t *Tally) Locked(now time.Time) error {
	if !now.Before(t.Until) {
		return nil
	}
	s := strconv.Itoa(int(t.Until.Sub(now).Seconds()) + 1)
	return Errorf(RateLimited, "auth.locked", "too many failed tries; try again in "+s+" seconds", "seconds", s)
}

// Fail counts one more failure; free is how many cost no wait.
func (t *Tally) Fail(now time.Time, free int) {
	if now.Sub(t.Last) > TallyForgiven {
		t.Failures = 0
	}
	t.Failures++
	t.Last = now
	if over := t.Failures - free; over >= 0 {
		t.Until = now.Add(min(lockFirst<<min(over, 10), lockMost))
	}
}

// TakeBack undoes the last Fail: the try it stood for was a good one.
func (t *Tally) TakeBack() {
	t.Failures = max(t.Failures-1, 0)
	t.Until = time.Time{}
}
