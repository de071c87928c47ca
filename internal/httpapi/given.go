package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// patience is how long a page waits for its answers. What takes longer it asks
// for itself, and shows meanwhile that it does.
const patience = 300 * time.Millisecond

// servePage sends index.html for a visit: to who is signed in with the answers
// to the page's first questions inside, so that nothing is asked a second time.
func (s *screens) servePage(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("Vary", "Accept-Language, Cookie")
	if s.policy != "" {
		h.Set("Content-Security-Policy", s.policy)
	}
	v := s.first.of(r)
	var given []byte
	if v.signedIn && s.api != nil && r.Method == http.MethodGet && opened(r) {
		given, v = s.answers(r, v)
	}
	page := s.first.forms[v]
	if given == nil {
		page.serve(w, r)
		return
	}
	plain := page.plain()
	at := bytes.LastIndex(plain, []byte("</body>"))
	if at < 0 {
		at = len(plain)
	}
	h.Set("Content-Type", page.media)
	h.Set("Cache-Control", "no-store")                           // like the answers in it
	_, _ = w.Write(slices.Concat(plain[:at], given, plain[at:])) // the client is gone: nobody to tell
}

// opened reports whether somebody opens the page. A service worker that keeps it
// for later asks otherwise, and must not keep what only its reader may see.
func opened(r *http.Request) bool {
	dest := r.Header.Get("Sec-Fetch-Dest") // not sent everywhere
	return dest == "" || dest == "document"
}

// answers asks the API in the reader's name what the page will ask, and gives the
// element to put into it. A session that has ended makes it another visit.
func (s *screens) answers(r *http.Request, v visit) ([]byte, visit) {
	asks := []string{"/me"}
	if r.URL.RawQuery == "" {
		asks = append(asks, s.first.asks[v.pattern]...)
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	given := map[string]json.RawMessage{}
	for _, ask := range asks {
		a := answer{header: http.Header{}}
		s.api.ServeHTTP(&a, question(ctx, r, ask))
		if a.status == http.StatusUnauthorized {
			v.signedIn = false
			return nil, v
		}
		if a.status == http.StatusOK {
			given[ask] = a.body.Bytes()
		}
	}
	if len(given) == 0 {
		return nil, v
	}
	text, err := json.Marshal(given) // which escapes what HTML would read
	if err != nil {
		return nil, v
	}
	v.answered = len(given) > 1 && len(given) == len(asks)
	return slices.Concat([]byte(`<script type="application/json" id="given">`), text, []byte("</script>\n")), v
}

// question is a request of the reader's browser for an answer of the API.
func question(ctx context.Context, r *http.Request, ask string) *http.Request {
	q := r.Clone(ctx)
	path, query, _ := strings.Cut(ask, "?")
	q.URL = &url.URL{Path: "/api/v1" + path, RawQuery: query}
	q.RequestURI = q.URL.String()
	q.Header = http.Header{"Cookie": r.Header["Cookie"], "Accept-Language": r.Header["Accept-Language"]}
	return q
}

// answer keeps what the API answers.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}
