package docket_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// FuzzRoom does whatever the bytes say in a room and holds it to what must be
// true of every meeting: one unit has the floor, no turn is lost or doubled, no
// unit speaks longer than the room was open, and an act sent twice is done once.
func FuzzRoom(f *testing.F) {
	f.Add([]byte{0x00, 0x11, 0x00, 0x20, 0x31, 0x01})
	f.Add([]byte{0x02, 0x22, 0x12, 0x02, 0x30, 0x43, 0x10})
	f.Add([]byte{0x50, 0x51, 0x52, 0x03, 0x13})
	f.Fuzz(func(t *testing.T, acts []byte) {
		began := time.Date(2026, 3, 20, 9, 30, 0, 0, time.UTC)
		s := docket.Stocktake{Status: docket.StocktakeSitting}
		for u := range docket.UnitID(4) {
			s.Slots = append(s.Slots, docket.Slot{Unit: u + 1, Name: "unit", Minutes: 5, State: docket.SlotWaiting})
		}
		now := began
		for _, b := range acts {
			unit, act := docket.UnitID(b&7), b>>4
			now = now.Add(time.Duration(b&15) * time.Second)
			do := func() error {
				switch act % 6 {
				case 0, 1:
					return s.Call(unit, now)
				case 2:
					s.Pause(now)
					return nil
				case 3:
					return s.Miss(unit, b&8 != 0)
				case 4:
					order := s.Units()
					slices.Reverse(order)
					return s.Reorder(order)
				default:
					return s.Grant(unit, int(b&15))
				}
			}
			before := slices.Clone(s.Slots)
			err := do()
			if err != nil && !slices.Equal(before, s.Slots) {
				t.Fatalf("a refused act (%v) changed %+v to %+v", err, before, s.Slots)
			}
			if after := slices.Clone(s.Slots); err == nil && act%6 != 4 {
				if err := do(); err != nil || !slices.Equal(after, s.Slots) {
					t.Fatalf("done twice (%v) %+v became %+v", err, after, s.Slots)
				}
			}
			room(t, &s, now.Sub(began))
		}
	})
}

func room(t *testing.T, s *docket.Stocktake, open time.Duration) {
	t.Helper()
	speaking, spent, units := 0, int64(0), s.Units()
	for _, x := range s.Slots {
		if (x.State == docket.SlotSpeaking) == x.Began.IsZero() {
			t.Fatalf("the clock and the floor disagree: %+v", x)
		}
		if x.State == docket.SlotAbsent && x.Spent > 0 {
			t.Fatalf("absent, having spoken: %+v", x)
		}
		if x.State == docket.SlotSpeaking {
			speaking++
		}
		spent += x.Spent
	}
	slices.Sort(units)
	if speaking > 1 || !slices.Equal(units, []docket.UnitID{1, 2, 3, 4}) {
		t.Fatalf("%d have the floor, of %v", speaking, units)
	}
	if spent > open.Milliseconds() {
		t.Fatalf("units spoke %d ms in a room open for %d", spent, open.Milliseconds())
	}
}

func TestHowAPromiseWasKept(t *testing.T) {
	day := func(d int) docket.Date { return docket.NewDate(2026, time.June, d) }
	for _, c := range []struct {
		what             string
		status           docket.MatterStatus
		due, done, today docket.Date
		want             docket.Keeping
	}{
		{"before its day", docket.InProgress, day(20), 0, day(19), docket.KeepingOpen},
		{"on its day", docket.InProgress, day(20), 0, day(20), docket.KeepingOpen},
		{"the day after", docket.InProgress, day(20), 0, day(21), docket.KeepingBroken},
		{"claimed, not yet proved", docket.Claimed, day(20), 0, day(21), docket.KeepingBroken},
		{"done on its day, looked at later", docket.Completed, day(20), day(20), day(28), docket.KeepingKept},
		{"done the day after", docket.Completed, day(20), day(21), day(28), docket.KeepingLate},
		{"done, no day", docket.Completed, 0, day(21), day(28), docket.KeepingKept},
		{"no day", docket.InProgress, 0, 0, day(28), docket.KeepingOpen},
		{"stopped, past its day", docket.Terminated, day(20), 0, day(28), ""},
	} {
		if got := docket.KeepingOf(c.status, c.due, c.done, c.today); got != c.want {
			t.Errorf("%s: %q, not %q", c.what, got, c.want)
		}
	}
}

func TestHowLongAStatementTakes(t *testing.T) {
	for _, c := range []struct {
		text string
		want time.Duration
	}{
		{"", 0},
		{strings.Repeat("字", 220), time.Minute},
		{strings.Repeat("字，", 220), time.Minute}, // marks are breathed, not read
		{strings.Repeat("word ", 130), time.Minute},
		{strings.Repeat("新建 school ", 110), time.Minute + 110*time.Minute/130},
	} {
		if got := docket.SpeakingTime(c.text); got != c.want {
			t.Errorf("%.20q takes %s, not %s", c.text, got, c.want)
		}
	}
}

func TestAMeetingThatCannotBeKept(t *testing.T) {
	today := docket.NewDate(2026, time.March, 2)
	sound := func() docket.Stocktake {
		return docket.Stocktake{Kind: docket.Symposium, Title: "座谈会", On: today, Begins: "09:30", Convener: 1, DaysBefore: 2, Status: docket.StocktakePlanned,
			Slots: []docket.Slot{{Unit: 1, Name: "市教育局", Minutes: 8}, {Unit: 2, Name: "市财政局", Minutes: 8}}}
	}
	if s := sound(); s.Validate(today) != nil {
		t.Fatalf("a sound meeting is refused: %v", s.Validate(today))
	}
	for what, c := range map[string]struct {
		spoil      func(s *docket.Stocktake)
		field, key string
	}{
		"no title":                {func(s *docket.Stocktake) { s.Title = "  " }, "title", "field.required"},
		"a title too long":        {func(s *docket.Stocktake) { s.Title = strings.Repeat("长", docket.MaxMeetingName+1) }, "title", "field.too_long"},
		"yesterday":               {func(s *docket.Stocktake) { s.On = today - 1 }, "on", "stocktake.past"},
		"half past":               {func(s *docket.Stocktake) { s.Begins = "25:00" }, "begins", "stocktake.clock"},
		"nobody convenes":         {func(s *docket.Stocktake) { s.Convener = 0 }, "convener", "field.required"},
		"standing in for oneself": {func(s *docket.Stocktake) { s.Standin = 1 }, "standin", "stocktake.own_standin"},
		"nobody reports":          {func(s *docket.Stocktake) { s.Slots = nil }, "slots", "stocktake.no_units"},
		"the same unit twice":     {func(s *docket.Stocktake) { s.Slots[1].Unit = 1 }, "slots", "stocktake.twice"},
		"no minutes":              {func(s *docket.Stocktake) { s.Slots[0].Minutes = 0 }, "slots", "field.range"},
		"weeks before":            {func(s *docket.Stocktake) { s.DaysBefore = 60 }, "days_before", "field.range"},
	} {
		s := sound()
		c.spoil(&s)
		var e *docket.Error
		if err := s.Validate(today); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != c.field || e.Fields[0].Key != c.key {
			t.Errorf("%s: %v", what, err)
		}
	}
	held := sound()
	held.Status = docket.StocktakeIssued
	if err := held.Validate(today + 30); err != nil {
		t.Errorf("a meeting that was held is refused for its day: %v", err)
	}
}
