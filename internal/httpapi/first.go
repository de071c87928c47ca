package httpapi

import (
	"encoding/json"
	"html"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// firstPage is what one page of the screens needs before it can show anything.
type firstPage struct {
	pattern string   // of its address
	module  string   // its code, below web/src
	asks    []string // of the API, when its address has no query
}

// firstPages are the pages of web/src/app/routes.ts. A test holds the two together.
var firstPages = []firstPage{
	{"/{$}", "features/desk/Page.svelte", []string{"/desk"}},
	{"/directives", "features/directives/Page.svelte", []string{"/directives"}},
	{"/import", "features/directives/ImportPage.svelte", nil},
	{"/directives/{id}", "features/directive/Page.svelte", nil},
	{"/directives/{id}/correct", "features/correct/Page.svelte", nil},
	{"/docket", "features/ledger/Page.svelte", []string{"/ledger?limit=50"}},
	{"/matters/{id}", "features/matter/Page.svelte", nil},
	{"/verify", "features/verify/Page.svelte", nil},
	{"/verify/{id}", "features/verify/Page.svelte", nil},
	{"/rounds", "features/rounds/Page.svelte", nil},
	{"/journal", "features/journal/Page.svelte", nil},
	{"/units", "features/units/Page.svelte", []string{"/units"}},
	{"/units/{id}", "features/units/Page.svelte", []string{"/units"}},
	{"/people", "features/people/Page.svelte", []string{"/people"}},
	{"/settings", "features/settings/Page.svelte", nil},
	{"/settings/sign-in", "features/signon/Page.svelte", nil},
	{"/settings/channels", "features/channels/Page.svelte", nil},
	{"/notices", "features/notices/Page.svelte", []string{"/notices"}},
	{"/sheets", "features/sheets/Page.svelte", []string{"/sheets"}},
	{"/sheets/{id}", "features/sheets/OneSheet.svelte", nil},
	{"/stocktakes", "features/stocktakes/Page.svelte", []string{"/stocktakes"}},
	{"/stocktakes/new", "features/stocktakes/Plan.svelte", nil},
	{"/stocktakes/{id}", "features/stocktakes/Meeting.svelte", nil},
	{"/stocktakes/{id}/plan", "features/stocktakes/Plan.svelte", nil},
	{"/stocktakes/{id}/statements/{unit}", "features/stocktakes/Statement.svelte", nil},
	{"/stocktakes/{id}/minutes", "features/stocktakes/Minutes.svelte", nil},
	{"/link/{token}", "features/link/Page.svelte", nil},
}

// signInModule is shown instead of a page to who is not signed in.
const signInModule = "features/signin/Page.svelte"

// langCookie holds the language the screens were last shown in. They write it;
// it only chooses which texts are sent along with a page.
const langCookie = "docket_lang"

// manifest says which files a module became, as Vite writes it.
type manifest map[string]struct {
	File    string   `json:"file"`
	Imports []string `json:"imports"`
	CSS     []string `json:"css"`
}

// files lists all files a module needs to run, without those already seen.
func (m manifest) files(key string, seen map[string]bool) []string {
	chunk := m[key]
	if chunk.File == "" || seen[chunk.File] {
		return nil
	}
	seen[chunk.File] = true
	out := []string{chunk.File}
	for _, css := range chunk.CSS {
		if !seen[css] {
			seen[css] = true
			out = append(out, css)
		}
	}
	for _, next := range chunk.Imports {
		out = append(out, m.files(next, seen)...)
	}
	return out
}

// visit is what of a request decides which index.html is sent.
type visit struct {
	pattern  string // "" is every other address
	lang     string
	signedIn bool
	bare     bool // the address has no query
}

// first holds index.html in every form: with the links that make a browser ask
// at once for all the first page needs, instead of finding out file by file.
type first struct {
	pages *http.ServeMux // only finds the pattern of an address
	forms map[visit]*asset
}

// newFirst makes the forms; without a manifest they are all index itself.
func newFirst(built fs.FS, index *asset) *first {
	f := &first{pages: http.NewServeMux(), forms: map[visit]*asset{}}
	var m manifest
	if text, err := fs.ReadFile(built, ".vite/manifest.json"); err == nil {
		_ = json.Unmarshal(text, &m) // an unreadable manifest is none: pages come slower
	}
	for _, p := range append(firstPages, firstPage{}) {
		if p.pattern != "" {
			f.pages.Handle(p.pattern, http.NotFoundHandler())
		}
		for _, lang := range []string{"zh", "en"} {
			for _, signedIn := range []bool{false, true} {
				for _, bare := range []bool{false, true} {
					v := visit{p.pattern, lang, signedIn, bare}
					f.forms[v] = withLinks(index, m.links(p, v))
				}
			}
		}
	}
	return f
}

// links are the elements to add for a visit to p.
func (m manifest) links(p firstPage, v visit) string {
	if m == nil {
		return ""
	}
	seen := map[string]bool{}
	m.files("index.html", seen) // index.html links these itself
	module := p.module
	if !v.signedIn && !strings.HasPrefix(p.pattern, "/link/") {
		module = signInModule
	}
	var out strings.Builder
	for _, key := range []string{"src/" + module, "src/i18n/" + v.lang + ".pack.ts"} {
		for _, file := range m.files(key, seen) {
			rel := "modulepreload"
			if path.Ext(file) == ".css" {
				rel = "stylesheet"
			}
			out.WriteString(`<link rel="` + rel + `" crossorigin href="/` + html.EscapeString(file) + `">` + "\n")
		}
	}
	if !v.signedIn {
		return out.String()
	}
	asks := []string{"/me"}
	if v.bare {
		asks = append(asks, p.asks...)
	}
	for _, ask := range asks {
		out.WriteString(`<link rel="preload" as="fetch" crossorigin href="/api/v1` + html.EscapeString(ask) + `">` + "\n")
	}
	return out.String()
}

// withLinks puts links at the end of the head of index.
func withLinks(index *asset, links string) *asset {
	head, rest, found := strings.Cut(string(index.plain), "</head>")
	if links == "" || !found {
		return index
	}
	return newAsset("index.html", []byte(head+links+"</head>"+rest))
}

// of is the form for a request.
func (f *first) of(r *http.Request) *asset {
	_, pattern := f.pages.Handler(&http.Request{Method: http.MethodGet, URL: r.URL, Host: r.Host})
	v := visit{pattern: pattern, lang: "en", bare: r.URL.RawQuery == ""}
	if _, err := r.Cookie(sessionCookie); err == nil {
		v.signedIn = true
	}
	lang := r.Header.Get("Accept-Language")
	if kept, err := r.Cookie(langCookie); err == nil {
		lang = kept.Value
	}
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		v.lang = "zh"
	}
	return f.forms[v]
}
