package notify_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/notify"
	"github.com/docket-os/docket/internal/outbound"
)

var morning = time.Date(2026, 3, 5, 0, 30, 0, 0, time.UTC)

// courier reaches this test's own servers.
func courier() *notify.Courier {
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	return notify.New(outbound.New(outbound.Config{Allow: loopback, Within: 2 * time.Second}), func() time.Time { return morning })
}

// message tells of two matters; the second's title and words are hostile.
func message(lang string) docket.Message {
	return docket.Message{
		ID: "0123456789abcdef", Lang: lang, Day: docket.NewDate(2026, 3, 5), At: morning, Name: "王芳", Login: "wang", Email: "wang@example.org", Link: "https://docket.example.org",
		Lines: []docket.NoticeLine{
			{Notice: docket.Notice{Kind: docket.NoticeRemind, Matter: 7, Args: map[string]string{"what": "acknowledge", "due": "2026-03-09"}}, No: "2026-0147", Title: "新建学位"},
			{Notice: docket.Notice{Kind: docket.NoticeUrge, Matter: 8, Args: map[string]string{"what": "report", "due": "2026-03-10", "slip": "2026-0003", "words": hostile}}, No: "2026-0148", Title: hostile},
		},
	}
}

// hostile holds what each sink might take for its own: links, mentions, markup,
// headers, placeholders, pictures.
const hostile = "[点此](http://evil.example) ![](https://pix.example/x.png) <@all> <at user_id=\"all\"></at> @13800000000 www.evil.com evil.com **x**\r\nBcc: victim@example.org\u202e {due} <b>"

// heard is what an in-test server was sent.
type heard struct {
	header http.Header
	query  string
	body   string
}

// listen is a server that keeps what it hears and answers as told.
func listen(t *testing.T, status int, answer string) (url string, got *[]heard) {
	t.Helper()
	got = new([]heard)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*got = append(*got, heard{r.Header, r.URL.RawQuery, string(body)})
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	return s.URL, got
}

// harmless fails when a chat could make more of the text than text.
func harmless(t *testing.T, text string) {
	t.Helper()
	for _, live := range []string{"evil.example", "pix.example", "www.evil", "evil.com", "<@", "<at", "@138", "@all", "<b>", "](http://evil", "**x**", "\u202e"} {
		if strings.Contains(text, live) {
			t.Errorf("%q is live in %s", live, text)
		}
	}
}
