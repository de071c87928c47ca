package httpapi

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	docket "github.com/docket-os/docket"

	"golang.org/x/time/rate"
)

// tries limits how often one address, and one login from anywhere, may try to
// sign in. It stands before the app's own lockout and costs no hashing.
type tries struct {
	now   func() time.Time
	mu    sync.Mutex
	known map[string]*rate.Limiter
}

// Ten tries at once, then one every six seconds; an address may serve an office
// of many people behind one router, so it gets ten times that.
const (
	triesAtOnce    = 10
	tryEvery       = 6 * time.Second
	addressShare   = 10
	mostRemembered = 50_000
)

func newTries(now func() time.Time) *tries {
	return &tries{now: now, known: map[string]*rate.Limiter{}}
}

// allow counts one try and refuses it when there were too many.
func (t *tries) allow(address, login string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := t.take("address "+address, addressShare)
	if login != "" {
		wait = max(wait, t.take("login "+strings.ToLower(login), 1))
	}
	if wait == 0 {
		return nil
	}
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	return docket.Errorf(docket.RateLimited, "request.too_often", "too many tries to sign in; wait "+seconds+" seconds", "seconds", seconds)
}

// take uses one try of who up and returns how long to wait, 0 when it is allowed.
func (t *tries) take(who string, share int) time.Duration {
	now := t.now()
	limiter := t.known[who]
	if limiter == nil {
		t.forget(now)
		limiter = rate.NewLimiter(rate.Every(tryEvery/time.Duration(share)), triesAtOnce*share)
		t.known[who] = limiter
	}
	r := limiter.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// forget drops those who have all their tries back, once the table is full; if
// none has, all of them: bounded memory goes before a perfect count.
func (t *tries) forget(now time.Time) {
	if len(t.known) < mostRemembered {
		return
	}
	for who, l := range t.known {
		if l.TokensAt(now) >= float64(l.Burst()) {
			delete(t.known, who)
		}
	}
	if len(t.known) >= mostRemembered {
		clear(t.known)
	}
}
