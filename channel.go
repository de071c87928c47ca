package docket

import (
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Clock is a time of day in minutes after midnight, written "08:30".
type Clock int

// ParseClock reads "08:30".
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, Errorf(Invalid, "clock.form", "write a time of day like 08:30")
	}
	return Clock(t.Hour()*60 + t.Minute()), nil
}

func (c Clock) String() string {
	two := func(n int) string { return strconv.Itoa(n/10) + strconv.Itoa(n%10) }
	return two(int(c)/60) + ":" + two(int(c)%60)
}

// MarshalText writes "08:30".
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (c *Clock) UnmarshalText(b []byte) (err error) { *c, err = ParseClock(string(b)); return err }

// Quiet are hours in which nothing leaves; From equal to To means none. They
// may run over midnight.
type Quiet struct {
	From Clock `json:"from"`
	To   Clock `json:"to"`
}

// Has reports whether a time of day is quiet.
func (q Quiet) Has(c Clock) bool {
	if q.From <= q.To {
		return q.From <= c && c < q.To
	}
	return q.From <= c || c < q.To
}

// ChannelKind is a way out of the program.
type ChannelKind string

// The kinds.
const (
	ByMail     ChannelKind = "mail"
	ByWebhook  ChannelKind = "webhook"
	ByWeCom    ChannelKind = "wecom"    // 企业微信 group robot
	ByDingTalk ChannelKind = "dingtalk" // 钉钉 group robot
	ByFeishu   ChannelKind = "feishu"   // 飞书 group robot
)

// ChannelKinds lists the kinds.
func ChannelKinds() []ChannelKind {
	return []ChannelKind{ByMail, ByWebhook, ByWeCom, ByDingTalk, ByFeishu}
}

// MailTLS is how the connection to a mail server is protected.
type MailTLS string

// The ways.
const (
	MailStartTLS MailTLS = "starttls" // begins in the clear, must then be encrypted
	MailImplicit MailTLS = "tls"      // encrypted from the first byte
	MailPlain    MailTLS = "plain"    // not at all; for a server on the same machine or net
)

// MailTLSs lists the ways.
func MailTLSs() []MailTLS { return []MailTLS{MailStartTLS, MailImplicit, MailPlain} }

// MailChannel is the body's mail server. Password never leaves the store but to it.
type MailChannel struct {
	On       bool    `json:"on"`
	Host     string  `json:"host"`
	Port     int     `json:"port"`
	TLS      MailTLS `json:"tls"`
	User     string  `json:"user"`
	Password string  `json:"password"`
	From     string  `json:"from"`      // sender's address
	FromName string  `json:"from_name"` // sender's name
	CA       string  `json:"ca"`        // certificates in PEM that the server's may be signed by; "": the machine's
}

// Hook is a webhook or the robot of a group chat. Its whole address is a secret,
// as robots carry their key in it.
type Hook struct {
	ID     int         `json:"id"` // never given twice
	Kind   ChannelKind `json:"kind"`
	Name   string      `json:"name"`
	On     bool        `json:"on"`
	URL    string      `json:"url"`
	Secret string      `json:"secret"` // what it signs with
	Unit   UnitID      `json:"unit"`   // whose group it tells; 0: a webhook that tells every person
	Lang   string      `json:"lang"`   // of the group
}

// Host is what may be shown of a hook's address.
func (h *Hook) Host() string {
	u, err := url.Parse(h.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Channels is how the body tells people.
type Channels struct {
	Version int64       `json:"version"`
	Digest  Clock       `json:"digest"` // when the one message of a working day goes out
	Quiet   Quiet       `json:"quiet"`
	Mail    MailChannel `json:"mail"`
	Hooks   []Hook      `json:"hooks"`
	LastID  int         `json:"last_id"` // of hooks
}

// DefaultChannels tells in the program only.
func DefaultChannels() Channels {
	return Channels{Version: 1, Digest: 8*60 + 30, Quiet: Quiet{From: 20 * 60, To: 7 * 60}, Mail: MailChannel{Port: 587, TLS: MailStartTLS}, Hooks: []Hook{}}
}

// ChannelID names one channel: "mail", or "hook3".
type ChannelID string

// MailID is the mail server's id.
const MailID ChannelID = "mail"

// ChannelID is the hook's id.
func (h *Hook) ChannelID() ChannelID { return ChannelID("hook" + strconv.Itoa(h.ID)) }

// Channel is one way out with its settings.
type Channel struct {
	ID   ChannelID
	Kind ChannelKind
	Name string
	Mail MailChannel // of ByMail
	Hook Hook        // of the others
}

// Repeatable reports whether a message sent twice under the same id is one
// message to the receiver: webhooks are told to look, mail and robots do not.
func (c *Channel) Repeatable() bool { return c.Kind == ByWebhook }

// All lists the channels that are on.
func (c *Channels) All() []Channel {
	var out []Channel
	if c.Mail.On {
		out = append(out, Channel{ID: MailID, Kind: ByMail, Mail: c.Mail})
	}
	for _, h := range c.Hooks {
		if h.On {
			out = append(out, Channel{ID: h.ChannelID(), Kind: h.Kind, Name: h.Name, Hook: h})
		}
	}
	return out
}

// Find returns the channel of an id, on or off.
func (c *Channels) Find(id ChannelID) (Channel, bool) {
	if id == MailID {
		return Channel{ID: MailID, Kind: ByMail, Mail: c.Mail}, c.Mail.Host != ""
	}
	for _, h := range c.Hooks {
		if h.ChannelID() == id {
			return Channel{ID: id, Kind: h.Kind, Name: h.Name, Hook: h}, true
		}
	}
	return Channel{}, false
}

// Reaches reports whether a channel tells a receiver who wishes it so.
func (c *Channel) Reaches(r Receiver, email string, w *Wishes) bool {
	if r.Person == 0 {
		return c.Kind != ByMail && c.Hook.Unit == r.Unit
	}
	if slices.Contains(w.Off, c.ID) {
		return false
	}
	if c.Kind == ByMail {
		return email != ""
	}
	return c.Hook.Unit == 0
}

// maxHooks bounds the list: a body has some groups, not thousands.
const maxHooks = 200

// Validate reports every fault, by the field's path.
func (c *Channels) Validate() error {
	var f []FieldError
	add := func(bad bool, field, key, message string) {
		if bad {
			f = append(f, FieldError{Field: field, Key: key, Message: message})
		}
	}
	m := &c.Mail
	add(!slices.Contains(MailTLSs(), m.TLS), "mail.tls", "channel.tls", "the connection is starttls, tls or plain")
	add(m.Port < 1 || m.Port > 65535, "mail.port", "channel.port", "a port is a number from 1 to 65535")
	add(strings.ContainsAny(m.Host, " /:@\t\r\n") || m.On && m.Host == "", "mail.host", "channel.host", "the name of the mail server, such as mail.example.org")
	if m.On || m.From != "" {
		a, err := mail.ParseAddress(m.From)
		add(err != nil || a.Address != m.From, "mail.from", "channel.from", "the sender's address, such as docket@example.org")
	}
	add(strings.ContainsAny(m.FromName+m.User, "\r\n"), "mail.from_name", "channel.line", "one line only")
	add(len(c.Hooks) > maxHooks, "hooks", "channel.too_many", "at most "+strconv.Itoa(maxHooks)+" webhooks and robots")
	for i := range c.Hooks {
		h := &c.Hooks[i]
		at := "hooks[" + strconv.Itoa(i) + "]."
		u, err := url.Parse(h.URL)
		add(err != nil || u.Host == "" || u.User != nil || (u.Scheme != "https" && u.Scheme != "http"), at+"url", "outbound.address", "an address begins with https:// or http:// and names a host, without user or password")
		add(strings.TrimSpace(h.Name) == "", at+"name", "field.required", "a name is needed")
		add(h.Kind == ByMail || !slices.Contains(ChannelKinds(), h.Kind), at+"kind", "channel.kind", "a webhook or a robot of WeCom, DingTalk or Feishu")
		add(h.Lang != "zh" && h.Lang != "en", at+"lang", "person.lang", "the language is zh or en")
		add(h.Kind != ByWebhook && h.Unit == 0, at+"unit", "channel.unit", "choose the unit whose group the robot is in")
		add(h.Kind == ByWebhook && h.Secret == "", at+"secret", "channel.secret", "a webhook needs a secret that it signs with")
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "channel.invalid", Message: "the settings cannot be kept as entered", Fields: f}
	}
	return nil
}

// Wishes are how one person wants to be told; where Digest or Quiet is nil the
// body's holds.
type Wishes struct {
	Person  PersonID    `json:"person"`
	Off     []ChannelID `json:"off"` // channels that shall not tell them
	Digest  *Clock      `json:"digest"`
	Quiet   *Quiet      `json:"quiet"`
	Version int64       `json:"version"`
}

// TellHours is when a receiver may be told: once a working day at Digest, and never
// in Quiet.
type TellHours struct {
	Digest Clock
	Quiet  Quiet
}

// HoursOf puts the body's hours and a person's wishes together. A digest that
// would fall into quiet hours goes out when they end.
func (c *Channels) HoursOf(w *Wishes) TellHours {
	h := TellHours{Digest: c.Digest, Quiet: c.Quiet}
	if w.Digest != nil {
		h.Digest = *w.Digest
	}
	if w.Quiet != nil {
		h.Quiet = *w.Quiet
	}
	if h.Quiet.Has(h.Digest) {
		h.Digest = h.Quiet.To
	}
	return h
}

// Next is the first instant after now at which a digest goes out; works tells
// working days.
func (h TellHours) Next(now time.Time, place *time.Location, works func(Date) bool) time.Time {
	for day := DateOf(now.In(place)); ; day++ {
		y, m, d := day.Time().Date()
		at := time.Date(y, m, d, int(h.Digest)/60, int(h.Digest)%60, 0, 0, place)
		if at.After(now) && (works(day) || day > DateOf(now.In(place))+maxHoliday) {
			return at
		}
	}
}

// maxHoliday is after how many days without work a digest goes out all the
// same: no calendar may silence everybody.
const maxHoliday = 31

// ClockAt is the time of day of an instant.
func ClockAt(t time.Time, place *time.Location) Clock {
	t = t.In(place)
	return Clock(t.Hour()*60 + t.Minute())
}
