package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/outbound"
)

// The headers of a webhook (docs/operations.md). A receiver computes the
// signature anew, refuses a timestamp further than five minutes from its own
// clock, and takes a message it has seen before as done.
const (
	headerMessage   = "Docket-Message"   // id, the same at every attempt
	headerTimestamp = "Docket-Timestamp" // seconds since 1970
	headerSignature = "Docket-Signature" // v1=hex of HMAC-SHA256(secret, timestamp "." body)
)

// event is the body of a webhook.
type event struct {
	ID      string      `json:"id"`
	Day     docket.Date `json:"day"`
	SentAt  time.Time   `json:"sent_at"`
	Test    bool        `json:"test"`
	To      eventTo     `json:"to"`
	Lang    string      `json:"lang"`
	Subject string      `json:"subject"`
	Text    string      `json:"text"`
	Items   []eventItem `json:"items"`
	More    int         `json:"more"`
}

// eventTo is a person by login, or the group of a unit.
type eventTo struct {
	Login string        `json:"login,omitempty"`
	Name  string        `json:"name"`
	Email string        `json:"email,omitempty"`
	Unit  docket.UnitID `json:"unit,omitempty"`
}

type eventItem struct {
	Kind   docket.NoticeKind `json:"kind"`
	Text   string            `json:"text"`
	Matter docket.MatterID   `json:"matter,omitempty"`
	No     string            `json:"no,omitempty"`
	Title  string            `json:"title,omitempty"`
	Due    string            `json:"due,omitempty"`
	Slip   string            `json:"slip,omitempty"`
	URL    string            `json:"url,omitempty"`
}

func (c *Courier) webhook(ctx context.Context, h docket.Hook, m docket.Message) error {
	l := compose(m)
	e := event{ID: m.ID, Day: m.Day, SentAt: c.clock().UTC().Truncate(time.Second), Test: m.Test, Lang: m.Lang, Subject: l.subject, Text: l.text(), More: m.More,
		To: eventTo{Login: m.Login, Name: m.Name, Email: m.Email, Unit: m.Unit}, Items: []eventItem{}}
	for _, x := range l.lines {
		e.Items = append(e.Items, eventItem{Kind: x.Kind, Text: x.text, Matter: x.Matter, No: x.No, Title: x.Title, Due: x.Args["due"], Slip: x.Args["slip"], URL: x.url})
	}
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	stamp := strconv.FormatInt(c.clock().Unix(), 10)
	header := http.Header{headerMessage: {m.ID}, headerTimestamp: {stamp}, headerSignature: {"v1=" + hex.EncodeToString(sign(h.Secret, stamp+"."+string(body)))}}
	answer, err := c.post(ctx, h.URL, header, body)
	if err != nil {
		return err
	}
	return accepted(h, answer)
}

// sign is the HMAC-SHA256 of a text.
func sign(key, text string) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func (c *Courier) post(ctx context.Context, url string, header http.Header, body []byte) (outbound.Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return outbound.Answer{}, docket.Errorf(docket.Invalid, "outbound.address", "an address begins with https:// or http:// and names a host, without user or password")
	}
	if header != nil {
		req.Header = header
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "Docket")
	return c.out.Do(req)
}

// accepted turns an answer's status into an error. Of a gateway that fails
// nobody knows how far the request came.
func accepted(h docket.Hook, a outbound.Answer) error {
	if a.Status >= 200 && a.Status < 300 {
		return nil
	}
	status := strconv.Itoa(a.Status)
	e := docket.Errorf(docket.Unavailable, "outbound.status", h.Host()+" answered "+status+" and took nothing", "host", h.Host(), "status", status)
	if a.Status >= 500 {
		e.Err = docket.ErrUnsure
	}
	return e
}
