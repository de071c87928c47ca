package httpapi

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/docket-os/docket/internal/app"
)

var withManifest = fstest.MapFS{
	"index.html": {Data: []byte(`<!doctype html><html><head><script type="module" src="/assets/index-1.js"></script></head><body></body></html>`)},
	".vite/manifest.json": {Data: []byte(`{
		"index.html": {"file": "assets/index-1.js", "imports": ["_ui.js"], "css": ["assets/index-1.css"]},
		"_ui.js": {"file": "assets/ui-1.js"},
		"_lamp.js": {"file": "assets/lamp-1.js", "imports": ["_ui.js"]},
		"src/features/ledger/Page.svelte": {"file": "assets/ledger-1.js", "imports": ["_ui.js", "_lamp.js"], "css": ["assets/ledger-1.css"]},
		"src/features/matter/Page.svelte": {"file": "assets/matter-1.js", "imports": ["_lamp.js"]},
		"src/features/signin/Page.svelte": {"file": "assets/signin-1.js"},
		"src/features/link/Page.svelte": {"file": "assets/link-1.js"},
		"src/i18n/zh.pack.ts": {"file": "assets/zh-1.js"},
		"src/i18n/en.pack.ts": {"file": "assets/en-1.js"}}`)},
}

func TestAPageComesWithLinksToAllItNeedsFirst(t *testing.T) {
	h, err := New(Config{App: &app.App{}, Screens: withManifest, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	in, zh, en := "docket_session=x", "zh-CN,en;q=0.8", "en-GB"
	for _, c := range []struct{ path, cookie, lang, want string }{
		{"/docket", in, zh, "assets/ledger-1.js assets/ledger-1.css assets/lamp-1.js assets/zh-1.js api/v1/me api/v1/ledger?limit=50"},
		{"/docket?lamp=act", in, zh, "assets/ledger-1.js assets/ledger-1.css assets/lamp-1.js assets/zh-1.js api/v1/me"},
		{"/docket", in + "; docket_lang=en", zh, "assets/ledger-1.js assets/ledger-1.css assets/lamp-1.js assets/en-1.js api/v1/me api/v1/ledger?limit=50"},
		{"/matters/7", in, en, "assets/matter-1.js assets/lamp-1.js assets/en-1.js api/v1/me"},
		{"/docket", "", zh, "assets/signin-1.js assets/zh-1.js"},
		{"/link/abc", "", en, "assets/link-1.js assets/en-1.js"},
		{"/nowhere/at/all", in, en, "assets/en-1.js api/v1/me"},
		{"/docket/", in, en, "assets/en-1.js api/v1/me"},
	} {
		res := get(h, "GET", c.path, "Cookie", c.cookie, "Accept-Language", c.lang)
		page, _ := io.ReadAll(res.Body)
		var got []string
		for _, m := range regexp.MustCompile(`<link [^>]*href="/([^"]*)">`).FindAllStringSubmatch(string(page), -1) {
			got = append(got, m[1])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %s %s:\n got %s\nwant %s", c.path, c.cookie, c.lang, strings.Join(got, " "), c.want)
		}
		if res.Header.Get("Cache-Control") != "no-cache" || !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Cookie") {
			t.Errorf("%s: headers %v", c.path, res.Header)
		}
	}
	if res := get(h, "GET", "/.vite/manifest.json"); res.StatusCode != http.StatusNotFound {
		t.Errorf("the manifest is served: %d", res.StatusCode)
	}
}

// The server and the screens' router name the same pages, in two languages.
func TestFirstPagesAreThePagesOfTheRouter(t *testing.T) {
	text, err := os.ReadFile("../../web/src/app/routes.ts")
	if err != nil {
		t.Fatal(err)
	}
	var router, here []string
	for _, m := range regexp.MustCompile(`pattern: '([^']*)'.*import\('\.\./([^']*)'\)`).FindAllStringSubmatch(string(text), -1) {
		router = append(router, m[1]+" "+m[2])
	}
	for _, p := range firstPages {
		pattern := regexp.MustCompile(`\{(\w+)\}`).ReplaceAllString(strings.TrimSuffix(p.pattern, "{$}"), ":$1")
		here = append(here, pattern+" "+p.module)
	}
	slices.Sort(router)
	slices.Sort(here)
	if !slices.Equal(router, here) {
		t.Errorf("web/src/app/routes.ts and firstPages differ:\n%s\n%s", strings.Join(router, "\n"), strings.Join(here, "\n"))
	}
}

// What is asked early is asked of routes there are.
func TestFirstAsksAreRoutes(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	text, err := Document()
	if err != nil || json.Unmarshal(text, &doc) != nil {
		t.Fatal("the document cannot be read: ", err)
	}
	for _, p := range firstPages {
		for _, ask := range p.asks {
			path, _, _ := strings.Cut(ask, "?")
			if doc.Paths[path]["get"] == nil {
				t.Errorf("%s asks for %s, which is no route", p.pattern, ask)
			}
		}
	}
}
