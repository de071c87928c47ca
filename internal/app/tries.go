package app

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	docket "github.com/docket-os/docket"
)

// tries counts failed sign-ins by login and by address. The counters live
// outside every transaction, so nothing rolls them back. After freeTries or freeFrom
// failures each further one doubles the wait, from lockFirst to lockMost.
type tries struct {
	mu  sync.Mutex
	of  map[string]*tally
	all *rate.Limiter // of failures altogether: a wide attack from many addresses
}

type tally struct {
	failures int
	until    time.Time // no further try before
	last     time.Time
}

// The limits.
const (
	freeTries = 5   // of a login
	freeFrom  = 100 // of an address: a whole office may stand behind one router or proxy
	lockFirst = 15 * time.Second
	lockMost  = 15 * time.Minute
	forget    = 24 * time.Hour
	maxTally  = 50_000
)

func newTries() *tries {
	return &tries{of: map[string]*tally{}, all: rate.NewLimiter(rate.Every(100*time.Millisecond), 300)}
}

// allowed refuses a try under any of the keys that is locked, saying for how long.
func (t *tries) allowed(now time.Time, keys ...string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range keys {
		if at := t.of[k]; at != nil && now.Before(at.until) {
			s := strconv.Itoa(int(at.until.Sub(now).Seconds()) + 1)
			return docket.Errorf(docket.RateLimited, "auth.locked", "too many failed tries; try again in "+s+" seconds", "seconds", s)
		}
	}
	if t.all.TokensAt(now) < 1 {
		return docket.Errorf(docket.RateLimited, "error.rate_limited", "too many tries; come back later")
	}
	return nil
}

// failed counts a failure under every key.
func (t *tries) failed(now time.Time, keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all.AllowN(now, 1)
	t.clean(now)
	for _, k := range keys {
		at := t.of[k]
		if at == nil || now.Sub(at.last) > forget {
			at = &tally{}
			t.of[k] = at
		}
		at.failures++
		at.last = now
		free := freeTries
		if strings.HasPrefix(k, "from:") {
			free = freeFrom
		}
		if over := at.failures - free; over >= 0 {
			at.until = now.Add(min(lockFirst<<min(over, 10), lockMost))
		}
	}
}

// passed forgets the failures of a key.
func (t *tries) passed(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.of, key)
}

// clean keeps the table bounded: when it is full, everything not locked goes.
func (t *tries) clean(now time.Time) {
	if len(t.of) < maxTally {
		return
	}
	for k, at := range t.of {
		if now.After(at.until) {
			delete(t.of, k)
		}
	}
}
