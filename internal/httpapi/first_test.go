package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

var withManifest = fstest.MapFS{
	"index.html": {Data: []byte(`<!doctype html>
<html>
  <head>
    <script>
      const own = 1
    </script>
    <script type="module" crossorigin src="/assets/index-1.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/ui-1.js">
    <link rel="stylesheet" crossorigin href="/assets/index-1.css">
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>
`)},
	".vite/manifest.json": {Data: []byte(`{
		"index.html": {"file": "assets/index-1.js", "imports": ["_ui.js"], "css": ["assets/index-1.css"]},
		"_ui.js": {"file": "assets/ui-1.js"},
		"_lamp.js": {"file": "assets/lamp-1.js", "imports": ["_ui.js"]},
		"src/features/ledger/Page.svelte": {"file": "assets/ledger-1.js", "imports": ["_ui.js", "_lamp.js"], "css": ["assets/ledger-1.css"]},
		"src/features/matter/Page.svelte": {"file": "assets/matter-1.js", "imports": ["_lamp.js"]},
		"src/features/signin/Page.svelte": {"file": "assets/signin-1.js"},
		"src/features/link/Page.svelte": {"file": "assets/link-1.js"},
		"src/i18n/zh.pack.ts": {"file": "assets/zh-1.js"},
		"src/i18n/en.pack.ts": {"file": "assets/en-1.js"},
		"src/i18n/en.ts?area=matter&texts": {"file": "assets/en-matter-1.js"}}`)},
	".vite/first.json": {Data: []byte(`{
		"src/first/ledger.ts": {"file": "assets/first-ledger-1.js", "imports": ["_first.js"], "css": ["assets/unsaid.css"]},
		"_first.js": {"file": "assets/first-1.js"}}`)},
}

// asked stands for the API: it knows one session, and keeps what it was asked.
type asked struct{ paths []string }

func (a *asked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.paths = append(a.paths, r.URL.String())
	switch k, err := r.Cookie(sessionCookie); {
	case err != nil || k.Value != "here" || r.Header.Get("Authorization") != "":
		w.WriteHeader(http.StatusUnauthorized)
	case r.URL.Path == "/api/v1/units":
		w.WriteHeader(http.StatusForbidden)
	default:
		_, _ = io.WriteString(w, `{"at":"`+r.URL.Path+`","text":"</script><b>&"}`)
	}
}

var (
	given     = regexp.MustCompile(`<script type="application/json" id="given">(.*)</script>`)
	postponed = regexp.MustCompile(`(?s)<template id="program">(.*)</template>`)
	linked    = regexp.MustCompile(`(?:src|href)="/([^"]*)"`)
)

func addresses(part string) string {
	var all []string
	for _, m := range linked.FindAllStringSubmatch(part, -1) {
		all = append(all, strings.TrimPrefix(m[1], "assets/"))
	}
	return strings.Join(all, " ")
}

func TestAPageComesWithAllItNeedsFirst(t *testing.T) {
	const here, zh, en = "docket_session=here", "zh-CN,en;q=0.8", "en-GB"
	const index = "index-1.js ui-1.js index-1.css"
	for _, c := range []struct {
		path, cookie, lang string
		head, later, given string
	}{
		{"/docket", here, zh, "index-1.css ledger-1.css first-ledger-1.js first-1.js", "index-1.js ui-1.js ledger-1.js lamp-1.js zh-1.js", "/ledger?limit=50 /me"},
		{"/docket?lamp=act", here, zh, index + " ledger-1.js ledger-1.css lamp-1.js zh-1.js", "", "/me"},
		{"/docket", here + "; docket_lang=en", zh, "index-1.css ledger-1.css first-ledger-1.js first-1.js", "index-1.js ui-1.js ledger-1.js lamp-1.js en-1.js", "/ledger?limit=50 /me"},
		{"/units", here, en, index + " en-1.js", "", "/me"}, // refused: the page says so itself
		{"/directives", here, en, index + " en-1.js", "", "/directives /me"},
		{"/matters/7", here, en, index + " matter-1.js lamp-1.js en-1.js en-matter-1.js", "", "/me"},
		{"/docket", "", zh, index + " signin-1.js zh-1.js", "", ""},
		{"/docket", "docket_session=ended", zh, index + " signin-1.js zh-1.js", "", ""},
		{"/link/abc", "", en, index + " link-1.js en-1.js", "", ""},
		{"/nowhere/at/all", here, en, index + " en-1.js", "", "/me"},
		{"/docket/", here, en, index + " en-1.js", "", "/me"},
	} {
		res := get(newScreens(withManifest, &asked{}), "GET", c.path, "Cookie", c.cookie, "Accept-Language", c.lang, "Authorization", "Bearer x")
		text, _ := io.ReadAll(res.Body)
		page, later, answers := string(text), "", map[string]map[string]string{}
		if m := postponed.FindStringSubmatch(page); m != nil {
			later, page = addresses(m[1]), strings.Replace(page, m[0], "", 1)
		}
		if m := given.FindStringSubmatch(page); m != nil {
			if err := json.Unmarshal([]byte(m[1]), &answers); err != nil || strings.Contains(m[1], "<") {
				t.Errorf("%s: %v in %s", c.path, err, m[1])
			}
		}
		for ask, a := range answers {
			if path, _, _ := strings.Cut(ask, "?"); a["at"] != "/api/v1"+path || a["text"] != "</script><b>&" {
				t.Errorf("%s: %s is answered with %v", c.path, ask, a)
			}
		}
		keys := strings.Join(slices.Sorted(maps.Keys(answers)), " ")
		if head := addresses(page); head != c.head || later != c.later || keys != c.given {
			t.Errorf("%s %s %s:\n got %s | %s | %s\nwant %s | %s | %s", c.path, c.cookie, c.lang, head, later, keys, c.head, c.later, c.given)
		}
		cache := "no-cache"
		if c.given != "" {
			cache = "no-store" // as the answers in it
		}
		if res.Header.Get("Cache-Control") != cache || !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Cookie") {
			t.Errorf("%s: headers %v", c.path, res.Header)
		}
	}
	if res := get(newScreens(withManifest, &asked{}), "GET", "/.vite/manifest.json"); res.StatusCode != http.StatusNotFound {
		t.Errorf("the manifest is served: %d", res.StatusCode)
	}
}

// A service worker keeps pages for later: what only one reader may see is not in them.
func TestAPageThatIsKeptHoldsNoAnswers(t *testing.T) {
	for dest, want := range map[string]int{"document": 2, "": 2, "empty": 0} {
		api := &asked{}
		res := get(newScreens(withManifest, api), "GET", "/docket", "Cookie", "docket_session=here", "Sec-Fetch-Dest", dest)
		page, _ := io.ReadAll(res.Body)
		if len(api.paths) != want || given.Match(page) != (want > 0) {
			t.Errorf("Sec-Fetch-Dest %q: asked %v", dest, api.paths)
		}
	}
}

// A page does not wait for a slow answer: it asks for it itself.
func TestAPageDoesNotWaitForASlowAnswer(t *testing.T) {
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	res := get(newScreens(withManifest, slow), "GET", "/docket", "Cookie", "docket_session=here")
	page, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK || given.Match(page) || !strings.Contains(string(page), "ledger-1.js") {
		t.Errorf("%d %s", res.StatusCode, page)
	}
}

// The one script inside the page runs by its hash and nothing else inline does.
func TestThePolicyNamesTheScriptInside(t *testing.T) {
	sum := sha256.Sum256([]byte("\n      const own = 1\n    "))
	want := "script-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"
	for _, cookie := range []string{"", "docket_session=here"} {
		csp := get(newScreens(withManifest, &asked{}), "GET", "/docket", "Cookie", cookie).Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, want) || strings.Contains(csp, "unsafe") {
			t.Errorf("policy %q, want %q", csp, want)
		}
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

// A first view is written from answers, so its page asks for some.
func TestFirstViewsAreOfPagesThatAsk(t *testing.T) {
	views, err := filepath.Glob("../../web/src/first/*.ts")
	if err != nil || len(views) < 2 {
		t.Fatal("no first views: ", err)
	}
	for _, file := range views {
		name := strings.TrimSuffix(filepath.Base(file), ".ts")
		if name == "write" { // what they share
			continue
		}
		if !slices.ContainsFunc(firstPages, func(p firstPage) bool { return p.module == "features/"+name+"/Page.svelte" && len(p.asks) > 0 }) {
			t.Errorf("%s is the first view of no page that asks", file)
		}
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
