package docket_test

import (
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

func clock(t *testing.T, s string) docket.Clock {
	t.Helper()
	c, err := docket.ParseClock(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTimesOfDay(t *testing.T) {
	for _, s := range []string{"00:00", "08:30", "23:59"} {
		if got := clock(t, s).String(); got != s {
			t.Errorf("%s became %s", s, got)
		}
	}
	for _, s := range []string{"", "24:00", "8:3", "08:60", "08:30:00", "noon"} {
		if c, err := docket.ParseClock(s); err == nil {
			t.Errorf("%q was read as %s", s, c)
		}
	}
}

func TestQuietHours(t *testing.T) {
	for _, c := range []struct{ from, to, at, want string }{
		{"20:00", "07:00", "19:59", "no"}, {"20:00", "07:00", "20:00", "yes"}, {"20:00", "07:00", "00:00", "yes"}, {"20:00", "07:00", "06:59", "yes"}, {"20:00", "07:00", "07:00", "no"},
		{"12:00", "13:00", "12:30", "yes"}, {"12:00", "13:00", "13:00", "no"}, {"12:00", "13:00", "11:59", "no"},
		{"00:00", "00:00", "00:00", "no"}, {"09:00", "09:00", "09:00", "no"},
	} {
		q := docket.Quiet{From: clock(t, c.from), To: clock(t, c.to)}
		if got := q.Has(clock(t, c.at)); got != (c.want == "yes") {
			t.Errorf("%s in %s–%s: %v", c.at, c.from, c.to, got)
		}
	}
}

func TestTheNextDigest(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	weekday := func(d docket.Date) bool { w := d.Time().Weekday(); return w != time.Saturday && w != time.Sunday }
	never := func(docket.Date) bool { return false }
	c := docket.DefaultChannels() // 08:30, quiet from 20:00 to 07:00
	six, nine, evening := clock(t, "06:00"), clock(t, "09:00"), clock(t, "21:00")
	for _, x := range []struct {
		now    string
		wishes docket.Wishes
		works  func(docket.Date) bool
		want   string
	}{
		{"2026-03-05T08:29:59+08:00", docket.Wishes{}, weekday, "2026-03-05T08:30:00+08:00"},
		{"2026-03-05T08:30:00+08:00", docket.Wishes{}, weekday, "2026-03-06T08:30:00+08:00"},
		{"2026-03-06T08:30:00+08:00", docket.Wishes{}, weekday, "2026-03-09T08:30:00+08:00"}, // a Friday
		{"2026-03-04T23:00:00Z", docket.Wishes{}, weekday, "2026-03-05T08:30:00+08:00"},      // 7:00 there
		{"2026-03-05T00:00:00+08:00", docket.Wishes{Digest: &nine}, weekday, "2026-03-05T09:00:00+08:00"},
		{"2026-03-05T00:00:00+08:00", docket.Wishes{Digest: &six}, weekday, "2026-03-05T07:00:00+08:00"},
		{"2026-03-05T10:00:00+08:00", docket.Wishes{Digest: &evening}, weekday, "2026-03-06T07:00:00+08:00"},
		{"2026-03-05T10:00:00+08:00", docket.Wishes{Digest: &evening, Quiet: &docket.Quiet{}}, weekday, "2026-03-05T21:00:00+08:00"},
		{"2026-03-05T10:00:00+08:00", docket.Wishes{}, never, "2026-04-06T08:30:00+08:00"}, // a calendar without work silences nobody
	} {
		now, err := time.Parse(time.RFC3339, x.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.HoursOf(&x.wishes).Next(now, shanghai, x.works).Format(time.RFC3339); got != x.want {
			t.Errorf("after %s: %s, want %s", x.now, got, x.want)
		}
	}
}

func TestWhomAChannelReaches(t *testing.T) {
	c := docket.DefaultChannels()
	c.Mail.On = true
	c.Hooks = []docket.Hook{{ID: 1, Kind: docket.ByWebhook, On: true}, {ID: 2, Kind: docket.ByWeCom, On: true, Unit: 4}, {ID: 3, Kind: docket.ByWebhook}}
	for _, x := range []struct {
		to     docket.Receiver
		email  string
		wishes docket.Wishes
		want   string
	}{
		{docket.Receiver{Person: 1}, "a@b", docket.Wishes{}, "mail hook1 "},
		{docket.Receiver{Person: 1}, "", docket.Wishes{}, "hook1 "},
		{docket.Receiver{Person: 1}, "a@b", docket.Wishes{Off: []docket.ChannelID{"hook1"}}, "mail "},
		{docket.Receiver{Unit: 4}, "", docket.Wishes{}, "hook2 "},
		{docket.Receiver{Unit: 5}, "", docket.Wishes{}, ""},
	} {
		got := ""
		for _, by := range c.All() {
			if by.Reaches(x.to, x.email, &x.wishes) {
				got += string(by.ID) + " "
			}
		}
		if got != x.want {
			t.Errorf("%+v: %q, want %q", x.to, got, x.want)
		}
	}
}

func TestSlipsAreNumberedByYear(t *testing.T) {
	for n, want := range map[int]string{1: "2026-0001", 147: "2026-0147", 12345: "2026-12345"} {
		if got := docket.SlipNo(2026, n); got != want {
			t.Errorf("slip %d: %s", n, got)
		}
	}
}
