package docket_test

import (
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// A turn that was called and ended without a network took as long as it took,
// however late both acts arrive; and no wait, true or not, reaches further than it can.
func TestTurnsAreTimedFromWhenTheyWereMade(t *testing.T) {
	open := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	at := func(minutes float64) time.Time { return open.Add(time.Duration(minutes * float64(time.Minute))) }
	ago := func(minutes float64) time.Duration { return time.Duration(minutes * float64(time.Minute)) }
	s := docket.Stocktake{Status: docket.StocktakeSitting, ConvenedAt: open.AddDate(0, 0, -9), OpenedAt: open, ActedAt: open,
		Slots: []docket.Slot{{Unit: 1, State: docket.SlotWaiting}, {Unit: 2, State: docket.SlotWaiting}}}
	act := func(now time.Time, waited time.Duration, do func(time.Time)) {
		made := s.Made(now, waited)
		s.ActedAt = made
		do(made)
	}
	call := func(unit docket.UnitID) func(time.Time) {
		return func(made time.Time) {
			if err := s.Call(unit, made); err != nil {
				t.Fatal(err)
			}
		}
	}
	act(at(10), ago(8), call(1))   // made at 2
	act(at(10), ago(3), s.Pause)   // made at 7
	act(at(10), ago(2.5), call(2)) // made at 7.5
	act(at(10), ago(2.5), call(2)) // sent again
	act(at(12), ago(11), s.Pause)  // another's, said to be older than the act before it
	if one := s.Slots[0]; one.Spent != ago(5).Milliseconds() {
		t.Errorf("the first spoke %d ms", one.Spent)
	}
	if two := s.Slots[1]; two.Spent != 0 || two.State != docket.SlotSpoken {
		t.Errorf("the second is %+v", two)
	}
	for _, c := range []struct {
		what string
		now  time.Time
		ago  time.Duration
		want time.Time
	}{
		{"in the future", at(20), -ago(5), at(20)},
		{"on its way", at(20), 900 * time.Millisecond, at(20)},
		{"waited", at(20), ago(5), at(15)},
		{"before the act before it", at(20), ago(15), at(7.5)},
		{"before the room was open", at(20), ago(600), at(7.5)},
		{"longer than any meeting", at(60 * 24), 23 * time.Hour, at(60*24 - 6*60)},
	} {
		if got := s.Made(c.now, c.ago); !got.Equal(c.want) {
			t.Errorf("%s: made at %s, want %s", c.what, got, c.want)
		}
	}
	fresh := docket.Stocktake{Status: docket.StocktakeConvened, ConvenedAt: open}
	if got := fresh.Made(at(5), ago(30)); !got.Equal(open) {
		t.Errorf("an opening is made no earlier than it was convened, not at %s", got)
	}
}
