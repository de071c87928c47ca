package httpapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/docket-os/docket/internal/httpapi"
)

// A field that the route does not list is refused by name, on every route that
// takes a body: nobody sets an owner, a status or a version by guessing.
func TestNoRouteTakesFieldsItDoesNotList(t *testing.T) {
	w := build(t)
	w.cookie(t, "office-here")
	w.cookie(t, "admin-here")
	before := w.journal(t)
	for _, r := range httpapi.Routes() {
		s := requestSchema(t, r)
		if s == nil || strings.HasPrefix(r.Pattern, "/session") || strings.Contains(r.Pattern, "import") || r.Pattern == "/sheets" {
			continue // uploads read pasted text on their own; a story covers it
		}
		body, ok := least(t, *s).(map[string]any)
		if !ok {
			t.Fatalf("%s %s: the body is no object", r.Method, r.Pattern)
		}
		for _, extra := range []string{"owner", "status", "version_", "active_", "person"} {
			body[extra] = 1
		}
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		path := strings.NewReplacer("{id}", "2", "{mid}", "2", "{rid}", "2", "{eid}", "1", "{uid}", "2", "{row}", "1", "{item}", "1", "{unit}", "2", "{no}", "1", "{n}", "0").Replace(r.Pattern)
		for _, login := range []string{"office-here", "admin-here"} {
			res := w.send(r.Method, "/api/v1"+path, string(raw), w.cookie(t, login), "If-Match", `"1"`)
			answer, _ := io.ReadAll(res.Body)
			if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(string(answer), "request.unknown_field") || !strings.Contains(string(answer), `"field":"owner"`) {
				t.Errorf("%s %s: %d %s", r.Method, r.Pattern, res.StatusCode, answer)
			}
		}
	}
	if after := w.journal(t); after != before {
		t.Errorf("refused requests left %d entries in the journal", after-before)
	}
}

func TestBodiesAreMeasuredWhileReading(t *testing.T) {
	w := build(t)
	k := w.cookie(t, "office-here")
	long := `{"name":"` + strings.Repeat("长", 1<<19) + `","query":{},"columns":[],"group":""}`
	huge := form("plan.txt", strings.Repeat("一、植树。\n", 34<<20/16))
	for _, c := range []struct {
		name, path, body, media, limit string
		header                         []string
	}{
		{"JSON", "/views", long, "application/json", "1 MB", nil},
		{"JSON with a key", "/views", long, "application/json", "1 MB", []string{"Idempotency-Key", "k"}},
		{"file", "/imports", huge, formMedia, "32 MB", nil},
		{"file with a key", "/imports", huge, formMedia, "32 MB", []string{"Idempotency-Key", "k"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := w.send("POST", "/api/v1"+c.path, c.body, k, append(c.header, "Content-Type", c.media)...)
			answer, _ := io.ReadAll(res.Body)
			if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(answer), "request.too_large") || !strings.Contains(string(answer), c.limit) {
				t.Errorf("%d %s", res.StatusCode, answer)
			}
			checkProblem(t, res, answer)
		})
	}
}

// Browsers read an answer only when they have sent everything, so a refused
// upload is read to its end, without being kept.
func TestARefusedUploadIsReadToItsEnd(t *testing.T) {
	w := build(t)
	body := strings.NewReader(form("plan.docx", strings.Repeat("x", 50<<20)))
	r := httptest.NewRequest("POST", "/api/v1/imports", body)
	r.Header.Set("Content-Type", formMedia)
	r.Header.Set("Cookie", w.cookie(t, "office-here"))
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	if rec.Code != http.StatusRequestEntityTooLarge || body.Len() != 0 {
		t.Errorf("status %d, %d bytes left unread", rec.Code, body.Len())
	}
}

func TestTheSessionsCookieIsForTheServerAlone(t *testing.T) {
	w := build(t)
	link, err := w.app.FirstLink(t.Context(), "office-here")
	if err != nil {
		t.Fatal(err)
	}
	token := `{"token":"` + link.Token + `"}`
	first := w.send("POST", "/api/v1/session/link", token, "")
	k := first.Cookies()[0]
	if !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Secure || k.Expires.Before(morning) {
		t.Errorf("cookie %v", k)
	}
	again := w.send("POST", "/api/v1/session/link", token, "")
	if body, _ := io.ReadAll(again.Body); again.StatusCode != http.StatusUnauthorized || len(again.Cookies()) != 0 {
		t.Errorf("the link was used twice: %d %s", again.StatusCode, body)
	}
	old := "docket_session=" + k.Value

	next, err := w.app.FirstLink(t.Context(), "office-here")
	if err != nil {
		t.Fatal(err)
	}
	second := w.send("POST", "/api/v1/session/link", `{"token":"`+next.Token+`"}`, old)
	if second.Cookies()[0].Value == k.Value {
		t.Error("signing in again kept the session's id")
	}
	if res := w.send("GET", "/api/v1/me", "", old); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("the former session still stands: %d", res.StatusCode)
	}
	now := "docket_session=" + second.Cookies()[0].Value
	out := w.send("DELETE", "/api/v1/session", "", now)
	if out.StatusCode != http.StatusNoContent || out.Cookies()[0].MaxAge >= 0 {
		t.Errorf("sign-out: %d %v", out.StatusCode, out.Cookies())
	}
	if res := w.send("GET", "/api/v1/me", "", now); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("signed out, and yet %d", res.StatusCode)
	}
}

func TestGuessingPasswordsIsSlow(t *testing.T) {
	w := build(t)
	last := http.StatusUnauthorized
	for i := 0; i < 40 && last == http.StatusUnauthorized; i++ {
		res := w.send("POST", "/api/v1/session", `{"login":"office-here","password":"guess"}`, "")
		body, _ := io.ReadAll(res.Body)
		checkProblem(t, res, body)
		if last = res.StatusCode; last == http.StatusTooManyRequests && res.Header.Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("forty guesses in a row, last answer %d", last)
	}
}

// A kept answer is not repeated to somebody whose post has ended since, and a
// one-time link is kept under no key at all: its token is nowhere in the clear.
func TestKeptAnswersGiveNothingAway(t *testing.T) {
	w := build(t)
	ask := func(k, path, body string) *http.Response {
		return w.send("POST", path, body, k, "Idempotency-Key", "again")
	}
	admin := w.cookie(t, "admin-here")
	const link = "/api/v1/people/1/link"
	first, _ := io.ReadAll(ask(admin, link, "").Body)
	if second, _ := io.ReadAll(ask(admin, link, "").Body); string(first) == string(second) || !strings.Contains(string(first), "/link/") {
		t.Errorf("the same link twice: %s", second)
	}
	if res := ask(w.cookie(t, "liaison-here"), "/api/v1/imports", `{"text":"1.修路。"}`); res.StatusCode != http.StatusForbidden {
		t.Errorf("an import by a liaison: %d", res.StatusCode)
	}
}

// A browser that sends its post twice at once gets one deed and one answer.
func TestTheSamePostTwiceAtOnceIsDoneOnce(t *testing.T) {
	w := build(t)
	k := w.cookie(t, "office-here")
	answers := make([]string, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			res := w.send("POST", "/api/v1/views", `{"name":"a","query":{},"columns":[],"group":""}`, k, "Idempotency-Key", "once")
			body, _ := io.ReadAll(res.Body)
			answers[i] = string(body)
		})
	}
	all.Wait()
	for _, a := range answers {
		if a != answers[0] || !strings.Contains(a, `"id":2`) {
			t.Errorf("%q and %q", answers[0], a)
		}
	}
}

// A form sent again gets a new boundary from the browser; it is the same form.
func TestAFormSentAgainIsTheSameForm(t *testing.T) {
	w := build(t)
	k := w.cookie(t, "office-here")
	var first string
	for i, cut := range []string{"cut", "other"} {
		body := strings.ReplaceAll(form("plan.md", "# 绿化通知\n\n一、植树一千棵，由临江区牵头，10月底前完成。\n"), "cut", cut)
		res := w.send("POST", "/api/v1/imports", body, k, "Idempotency-Key", "form", "Content-Type", "multipart/form-data; boundary="+cut)
		answer, _ := io.ReadAll(res.Body)
		if res.StatusCode != http.StatusCreated {
			t.Fatalf("%d %s", res.StatusCode, answer)
		}
		if i == 0 {
			first = string(answer)
		} else if string(answer) != first {
			t.Errorf("%s and %s", first, answer)
		}
	}
}

// Whatever an address holds, the answer is JSON with a status that blames the
// right side.
func FuzzLedgerAddress(f *testing.F) {
	w := build(f)
	k := w.cookie(f, "office-here")
	for _, q := range []string{
		"", "cursor=abc", "cursor=MDAwMDAw&limit=1", "lamp=act,watch&status=assigned", "due_from=2026-03-05&due_to=", "sort=due&desc=true",
		"text=%E5%AD%A6", "unit=2&below=1&role=lead", "as=was&group=unit", "directive=-1", "limit=-5", "text=%ff%fe", "cursor=%00", "=&&;",
	} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequest("GET", "/api/v1/ledger", nil)
		r.URL.RawQuery = query // whatever a server lets through
		r.Header.Set("Cookie", k)
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		if rec.Code >= 500 || !json.Valid(rec.Body.Bytes()) {
			t.Errorf("%q: %d %s", query, rec.Code, rec.Body)
		}
	})
}

// Bodies too: nothing a client sends makes the server fault.
func FuzzDraftPatch(f *testing.F) {
	w := build(f)
	k := w.cookie(f, "office-here")
	for _, b := range []string{
		`{}`, `{"title":"x"}`, `{"assignments":[{"role":"lead","unit":2}]}`, `{"due":"2026-02-30"}`, `{"measures":[{"value":1e400,"direction":"at_least"}]}`,
		`{"aside":null}`, `[]`, `null`, `{"title":"\ud800"}`, `{"due":"","review_on":"9999-99-99"}`,
	} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if body == "" {
			return
		}
		res := w.send("PATCH", "/api/v1/directives/2/matters/2", body, k, "If-Match", `"1"`)
		answer, _ := io.ReadAll(res.Body)
		if res.StatusCode >= 500 || !json.Valid(answer) {
			t.Errorf("%q: %d %s", body, res.StatusCode, answer)
		}
	})
}
