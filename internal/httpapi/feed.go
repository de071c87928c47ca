package httpapi

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/words"
)

const mediaICS = "text/calendar; charset=utf-8"

// FeedView tells whether the reader has a calendar feed, and, when it has just
// been made, its address.
type FeedView struct {
	On    bool      `json:"on"`
	Since time.Time `json:"since,omitzero"`
	URL   string    `json:"url,omitempty" doc:"Only in the answer that made it: it is kept nowhere in the clear"`
}

func (s *server) feed(c call, _ *none) (FeedView, error) {
	f, err := s.app.Feed(c, c.actor)
	return FeedView{On: f.On, Since: f.Since}, err
}

func (s *server) newFeed(c call, _ *none) (FeedView, error) {
	key, err := s.app.NewFeed(c, c.actor)
	if err != nil {
		return FeedView{}, err
	}
	return FeedView{On: true, Since: s.cfg.Clock(), URL: s.base(c) + "/api/v1/calendar.ics?key=" + key}, nil
}

func (s *server) endFeed(c call, _ *none) error { return s.app.EndFeed(c, c.actor) }

func (s *server) calendar(c call, in *struct {
	Key string `query:"key" required:"true" maxLength:"200"`
}) (*file, error) {
	person, items, err := s.app.FeedItems(c, in.Key)
	if err != nil {
		return nil, err
	}
	now, base := s.cfg.Clock(), s.base(c)
	return &file{name: "docket.ics", media: mediaICS, write: func(w io.Writer) error {
		_, err := io.WriteString(w, icalendar(items, person.Lang, base, now))
		return err
	}}, nil
}

// icalendar writes what is owed as events of a calendar (RFC 5545): the day of
// its due, or the hour where hours count. An event keeps its UID for as long as
// the thing is owed, so that a moved due moves the event.
func icalendar(items []app.FeedItem, lang, base string, now time.Time) string {
	var c ics
	line := c.line
	c.open()
	line("CALSCALE", "GREGORIAN")
	line("X-WR-CALNAME", escaped(words.Say(lang, "feed.title", nil)))
	line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
	for _, o := range items {
		line("BEGIN", "VEVENT")
		line("UID", "obligation-"+strconv.FormatInt(int64(o.ID), 10)+"@docket")
		line("DTSTAMP", now.UTC().Format(icsInstant))
		if o.At.IsZero() {
			line("DTSTART;VALUE=DATE", calendarDay(o.Due))
			line("DTEND;VALUE=DATE", calendarDay(o.Due+1))
			line("TRANSP", "TRANSPARENT")
		} else {
			line("DTSTART", o.At.UTC().Format(icsInstant))
		}
		line("SUMMARY", escaped(words.Say(lang, "owe."+string(o.Kind), nil)+" "+o.No+" "+o.Title))
		line("DESCRIPTION", escaped(o.UnitName))
		line("URL", base+"/matters/"+strconv.FormatInt(int64(o.Matter), 10))
		line("END", "VEVENT")
	}
	return c.close()
}

// ics is a calendar file being written.
type ics struct{ strings.Builder }

func (c *ics) line(name, value string) { c.WriteString(folded(name + ":" + value)) }

func (c *ics) open() {
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//Docket//Docket//EN")
}

func (c *ics) close() string {
	c.line("END", "VCALENDAR")
	return c.String()
}

// icsInstant is how calendars write an instant, in UTC.
const icsInstant = "20060102T150405Z"

func calendarDay(d docket.Date) string { return d.Time().Format("20060102") }

// escaped writes a text value: RFC 5545, 3.3.11. Control characters have no
// place in one.
func escaped(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	s = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// folded ends a content line and breaks it after 75 octets, never inside a
// character: RFC 5545, 3.1.
func folded(s string) string {
	var b strings.Builder
	room := 75
	for _, r := range s {
		if n := utf8.RuneLen(r); n > room {
			b.WriteString("\r\n ")
			room = 74
		}
		room -= utf8.RuneLen(r)
		b.WriteRune(r)
	}
	return b.String() + "\r\n"
}
