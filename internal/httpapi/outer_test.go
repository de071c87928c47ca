package httpapi

import (
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

var built = fstest.MapFS{
	"index.html":            {Data: []byte("<!doctype html><title>Docket</title>" + strings.Repeat("<!-- -->", 300))},
	"assets/app-1a2b3c.js":  {Data: []byte(strings.Repeat("export const a = 1;\n", 200))},
	"icon.svg":              {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
	"assets/font-4d5e.woff": {Data: []byte(strings.Repeat("\x00\x01", 2000))},
}

// bare is the whole handler over an app that is never reached.
func bare(log io.Writer) http.Handler {
	now := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	h, err := New(Config{App: &app.App{}, Screens: built, Clock: func() time.Time { return now }, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		panic(err)
	}
	return h
}

func get(h http.Handler, method, target string, header ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestScreensAreServedForEveryPageOfTheirs(t *testing.T) {
	h := bare(io.Discard)
	for _, c := range []struct {
		path, media, cache string
		status             int
	}{
		{"/", "text/html; charset=utf-8", "no-cache", 200},
		{"/ledger", "text/html; charset=utf-8", "no-cache", 200},
		{"/link/abcdef", "text/html; charset=utf-8", "no-cache", 200},
		{"/directives/12", "text/html; charset=utf-8", "no-cache", 200},
		{"/assets/app-1a2b3c.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", 200},
		{"/icon.svg", "image/svg+xml", "no-cache", 200},
		{"/assets/gone-000.js", "", "", 404},
	} {
		res := get(h, "GET", c.path)
		if res.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.path, res.StatusCode, c.status)
			continue
		}
		if c.status == 200 && (res.Header.Get("Content-Type") != c.media || res.Header.Get("Cache-Control") != c.cache) {
			t.Errorf("%s: %s, %s", c.path, res.Header.Get("Content-Type"), res.Header.Get("Cache-Control"))
		}
	}
}

func TestScreensAreSentCompressedWhereItPays(t *testing.T) {
	h := bare(io.Discard)
	for name, want := range map[string]string{"index.html": "gzip", "assets/app-1a2b3c.js": "gzip", "assets/font-4d5e.woff": ""} {
		res := get(h, "GET", "/"+strings.TrimSuffix(name, "index.html"), "Accept-Encoding", "br, gzip")
		if got := res.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%s: encoding %q, want %q", name, got, want)
		}
		if want == "gzip" {
			z, err := gzip.NewReader(res.Body)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if content, err := io.ReadAll(z); err != nil || string(content) != string(built[name].Data) {
				t.Errorf("%s: unpacked content differs (%v)", name, err)
			}
		}
	}
	if res := get(h, "GET", "/", "Accept-Encoding", "gzip;q=0"); res.Header.Get("Content-Encoding") != "" {
		t.Error("compressed for a client that refuses it")
	}
}

func TestUnchangedScreensAreNotSentAgain(t *testing.T) {
	h := bare(io.Discard)
	tag := get(h, "GET", "/").Header.Get("ETag")
	if res := get(h, "GET", "/", "If-None-Match", tag); res.StatusCode != http.StatusNotModified {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestEveryAnswerCarriesTheGuards(t *testing.T) {
	h := bare(io.Discard)
	for _, path := range []string{"/", "/api/v1/health", "/api/v1/nowhere", "/api/v1/me"} {
		head := get(h, "GET", path).Header
		csp := head.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if head.Get("X-Content-Type-Options") != "nosniff" || head.Get("X-Request-Id") == "" || head.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: headers %v", path, head)
		}
		if strings.HasPrefix(path, "/api/") && head.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept on the way: %q", path, head.Get("Cache-Control"))
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	h := bare(io.Discard)
	res := get(h, "DELETE", "/api/v1/session", "Sec-Fetch-Site", "cross-site")
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "request.other_site") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestTheLogHoldsNoSecrets(t *testing.T) {
	var log strings.Builder
	h := bare(&log)
	get(h, "GET", "/link/secret-token-1")
	get(h, "GET", "/api/v1/health?token=secret-token-2", "Cookie", "docket_session=secret-token-3")
	if strings.Contains(log.String(), "secret-token") || !strings.Contains(log.String(), "path=/link/…") {
		t.Errorf("log:\n%s", log.String())
	}
}

func TestPanicsAreAnsweredAndLogged(t *testing.T) {
	var log strings.Builder
	s := &server{cfg: Config{Clock: time.Now}, log: slog.New(slog.NewTextHandler(&log, nil))}
	h := s.outer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("row 7 of the secret plan") }))
	res := get(h, "GET", "/api/v1/x", "Accept-Encoding", "gzip")
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != 500 || !strings.Contains(string(body), "error.internal") || strings.Contains(string(body), "secret plan") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if !strings.Contains(log.String(), "secret plan") || !strings.Contains(log.String(), res.Header.Get("X-Request-Id")) {
		t.Errorf("log:\n%s", log.String())
	}
}

func TestTriesToSignInAreLimited(t *testing.T) {
	now := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	tr := newTries(func() time.Time { return now })
	var err error
	n := 0
	for ; err == nil && n < 100; n++ {
		err = tr.allow("192.0.2.1", "Li.Ming")
	}
	if docket.CodeOf(err) != docket.RateLimited || n != triesAtOnce+1 {
		t.Fatalf("%d tries, then %v", n, err)
	}
	if p := problemOf(err); p.header.Get("Retry-After") != "6" {
		t.Errorf("Retry-After %q", p.header.Get("Retry-After"))
	}
	if err := tr.allow("198.51.100.7", "li.ming"); err == nil {
		t.Error("the same login from elsewhere may go on")
	}
	if err := tr.allow("192.0.2.1", "wang.fang"); err != nil {
		t.Errorf("somebody else behind the same address: %v", err)
	}
	now = now.Add(7 * time.Second)
	if err := tr.allow("192.0.2.1", "li.ming"); err != nil {
		t.Errorf("after waiting: %v", err)
	}
}

func TestTriesRememberABoundedNumber(t *testing.T) {
	now := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	tr := newTries(func() time.Time { return now })
	for i := range mostRemembered + 10 {
		_ = tr.allow(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}).String(), "")
	}
	if len(tr.known) > mostRemembered {
		t.Errorf("%d remembered", len(tr.known))
	}
}

func TestAProxysWordIsTakenOnlyWhereNamed(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.9:5000", "198.51.100.1", "192.0.2.9"},
		{"10.0.0.2:5000", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.2:5000", "203.0.113.5, 198.51.100.1, 10.0.0.3", "198.51.100.1"},
		{"10.0.0.2:5000", "not an address", "10.0.0.2"},
		{"10.0.0.2:5000", "", "10.0.0.2"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		r.Header.Set("X-Forwarded-For", c.forwarded)
		if got := (call{request: r, proxies: proxies}).address(); got != c.want {
			t.Errorf("%v: %s", c, got)
		}
	}
}

func TestDownloadsKeepTheirNamesHarmlessly(t *testing.T) {
	got := attachment("云州市 “十五五”\r\n规划\".docx")
	if strings.ContainsAny(got, "\r\n") || !strings.HasPrefix(got, "attachment; filename=") || !strings.Contains(got, "filename*=UTF-8''%E4%BA%91%E5%B7%9E%E5%B8%82%20") {
		t.Errorf("%q", got)
	}
}
