package docket_test

import (
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// RFC 6238, appendix B, the rows for SHA-1.
func TestCodesAreThoseOfTheRFC(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := docket.FactorCode(secret, docket.StepAt(time.Unix(at, 0)), 8); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func TestACodeIsTakenOnce(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	f := docket.Factor{Secret: []byte("12345678901234567890"), Confirmed: now}
	code := func(steps int64) string { return docket.FactorCode(f.Secret, docket.StepAt(now)+steps, 6) }
	for _, c := range []struct {
		what string
		code string
		want bool
	}{
		{"two steps late", code(-2), false},
		{"two steps early", code(2), false},
		{"one step late, with a space as apps show it", code(-1)[:3] + " " + code(-1)[3:], true},
		{"the same again", code(-1), false},
		{"this step", code(0), true},
		{"an older one after it", code(-1), false},
		{"one step early", code(1), true},
		{"nothing", "", false},
	} {
		if got := f.Take(c.code, now); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

func TestARecoveryCodeIsTakenOnceHoweverItIsTyped(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	f := docket.Factor{Secret: []byte("x"), Confirmed: now, Recovery: [][32]byte{docket.RecoveryHash("AAAA-BBBB-CCCC-DDDD"), docket.RecoveryHash("EEEE")}}
	if !f.Take("aaaa bbbb ccccdddd", now) || f.Take("AAAA-BBBB-CCCC-DDDD", now) || len(f.Recovery) != 1 {
		t.Errorf("recovery codes left: %d", len(f.Recovery))
	}
	f.Confirmed = time.Time{}
	if f.Take("EEEE", now) {
		t.Error("a recovery code of a factor that was never confirmed")
	}
}

func TestTheWaitGrowsAndIsForgotten(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	var tally docket.Tally
	for i := range 30 {
		tally.Fail(now, docket.FreeTries)
		wait := tally.Until.Sub(now)
		switch {
		case i < 4 && wait > 0, i == 4 && wait != 15*time.Second, i == 5 && wait != 30*time.Second, i > 12 && wait != 15*time.Minute:
			t.Errorf("after %d failures: wait %v", i+1, wait)
		}
	}
	if tally.Locked(now) == nil || tally.Locked(now.Add(15*time.Minute)) != nil {
		t.Error("locked at the wrong time")
	}
	tally.Fail(now.Add(25*time.Hour), docket.FreeTries)
	if tally.Failures != 1 {
		t.Errorf("%d failures after a day of peace", tally.Failures)
	}
}
