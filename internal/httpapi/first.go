package httpapi

import (
	"bytes"
	"encoding/json"
	"html"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
)

// firstPage is what one page of the screens needs before it can show anything.
type firstPage struct {
	pattern string   // of its address
	module  string   // its code, below web/src
	asks    []string // of the API, when its address has no query: the answers come inside the page
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
	{"/stocktakes/keeping", "features/keeping/Page.svelte", nil},
	{"/stocktakes/{id}", "features/stocktakes/Meeting.svelte", nil},
	{"/stocktakes/{id}/plan", "features/stocktakes/Plan.svelte", nil},
	{"/stocktakes/{id}/statements/{unit}", "features/stocktakes/Statement.svelte", nil},
	{"/stocktakes/{id}/minutes", "features/stocktakes/Minutes.svelte", nil},
	{"/stocktakes/{id}/room", "features/room/Page.svelte", nil},
	{"/stocktakes/{id}/screen", "features/room/Screen.svelte", nil},
	{"/stocktakes/{id}/packs/{no}", "features/room/PackPage.svelte", nil},
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
	answered bool // every question of the page has its answer inside
}

// first holds index.html in every form: with the links that make a browser ask
// at once for all the first page needs, instead of finding out file by file.
type first struct {
	pages *http.ServeMux // only finds the pattern of an address
	asks  map[string][]string
	forms map[visit]*asset
}

// newFirst makes the forms; without a manifest they are all index itself.
func newFirst(built fs.FS, index *asset) *first {
	f := &first{pages: http.NewServeMux(), asks: map[string][]string{}, forms: map[visit]*asset{}}
	m, views := readManifest(built, "manifest.json"), readManifest(built, "first.json")
	for _, p := range append(firstPages, firstPage{}) {
		if p.pattern != "" {
			f.pages.Handle(p.pattern, http.NotFoundHandler())
		}
		f.asks[p.pattern] = p.asks
		for _, lang := range []string{"zh", "en"} {
			for _, v := range []visit{{p.pattern, lang, false, false}, {p.pattern, lang, true, false}, {p.pattern, lang, true, true}} {
				f.forms[v] = dressed(index, m.links(p, v))
				if view := views.view(p.module); v.answered && view != "" {
					f.forms[v] = later(f.forms[v], view)
				}
			}
		}
	}
	return f
}

func readManifest(built fs.FS, name string) (m manifest) {
	if text, err := fs.ReadFile(built, ".vite/"+name); err == nil {
		_ = json.Unmarshal(text, &m) // an unreadable manifest is none: pages come slower
	}
	return m
}

// view is the elements that write a page's first view, "" where it has none.
func (m manifest) view(module string) string {
	var out strings.Builder
	name := strings.TrimSuffix(strings.TrimPrefix(module, "features/"), "/Page.svelte")
	for i, file := range m.files("src/first/"+name+".ts", map[string]bool{}) {
		switch {
		case path.Ext(file) != ".js": // its styles are the page's
		case i == 0:
			out.WriteString(`<script type="module" crossorigin src="/` + html.EscapeString(file) + `"></script>` + "\n")
		default:
			out.WriteString(`<link rel="modulepreload" crossorigin href="/` + html.EscapeString(file) + `">` + "\n")
		}
	}
	return out.String()
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
	texts := "src/i18n/" + v.lang
	own := texts + ".ts?area=" + path.Base(path.Dir(module)) + "&texts" // where its feature has some
	for _, key := range []string{"src/" + module, texts + ".pack.ts", own} {
		for _, file := range m.files(key, seen) {
			rel := "modulepreload"
			if path.Ext(file) == ".css" {
				rel = "stylesheet"
			}
			out.WriteString(`<link rel="` + rel + `" crossorigin href="/` + html.EscapeString(file) + `">` + "\n")
		}
	}
	return out.String()
}

// dressed puts links at the end of the head of index.
func dressed(index *asset, links string) *asset {
	head, rest, found := strings.Cut(string(index.plain()), "</head>")
	if links == "" || !found {
		return index
	}
	return newPage(head + links + "</head>" + rest)
}

// program is what of a page's head loads the program itself.
var program = regexp.MustCompile(`(?m)^ *<(?:script type="module"|link rel="modulepreload")[^>]*>(?:</script>)?\n`)

// later makes a page show its first view before anything of the program is asked
// for: what loads it waits in a template, and the view puts it into the head.
func later(page *asset, view string) *asset {
	waits := bytes.Join(program.FindAll(page.plain(), -1), nil)
	head, rest, found := strings.Cut(string(program.ReplaceAll(page.plain(), nil)), "</head>")
	body, end, closed := strings.Cut(rest, "</body>")
	if !found || !closed {
		return page
	}
	return newPage(head + view + "</head>" + body + `<template id="program">` + "\n" + string(waits) + "</template>\n</body>" + end)
}

// of is the visit a request pays.
func (f *first) of(r *http.Request) visit {
	_, pattern := f.pages.Handler(&http.Request{Method: http.MethodGet, URL: r.URL, Host: r.Host})
	v := visit{pattern: pattern, lang: "en"}
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
	return v
}
