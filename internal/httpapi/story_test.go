package httpapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/docket-os/docket/internal/words"
)

// A story is what somebody does in order in a town of its own, with what must
// and what must not be answered. The stories are testdata/*.json.
type story struct {
	Story string
	Steps []step
}

type step struct {
	As     string // login; "" is nobody signed in
	Do     string // "GET /me"
	Header map[string]string
	Body   json.RawMessage
	Raw    string // a body that is not JSON
	Status int
	Has    []string // in the body
	Not    []string
	Head   map[string]string // headers of the answer
}

var null = regexp.MustCompile(`"(\w+)":null`)

func TestStories(t *testing.T) {
	names, err := filepath.Glob("testdata/*.json")
	if err != nil || len(names) == 0 {
		t.Fatal("no stories", err)
	}
	first := build(t)
	for _, login := range []string{"office-here", "office-there", "head-here", "admin-here", "liaison-there"} {
		first.cookie(t, login)
	}
	_ = first.store.Close() // everything is in the file now
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var stories []story
		if err := json.Unmarshal(raw, &stories); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, s := range stories {
			t.Run(s.Story, func(t *testing.T) {
				w := copyOf(t, first)
				for _, st := range s.Steps {
					st.take(t, w)
				}
			})
		}
	}
}

func (s step) take(t *testing.T, w *town) {
	t.Helper()
	method, path, _ := strings.Cut(s.Do, " ")
	body := s.Raw
	if body == "" {
		body = string(s.Body)
	}
	var header []string
	for k, v := range s.Header {
		header = append(header, k, v)
	}
	res := w.send(method, "/api/v1"+path, body, w.cookie(t, s.As), header...)
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := string(raw)
	if res.StatusCode != s.Status {
		t.Errorf("%s by %q: %d, want %d\n%s", s.Do, s.As, res.StatusCode, s.Status, answer)
	}
	for _, want := range s.Has {
		if !strings.Contains(answer, want) {
			t.Errorf("%s by %q: no %s in\n%s", s.Do, s.As, want, answer)
		}
	}
	for _, not := range append(s.Not, "goroutine ", ".go:", "sqlite", "SELECT ", "0001-01-01") {
		if strings.Contains(answer, not) {
			t.Errorf("%s by %q: %s stands in\n%s", s.Do, s.As, not, answer)
		}
	}
	for _, m := range null.FindAllStringSubmatch(answer, -1) {
		if m[1] != "before" && m[1] != "after" { // a field that was not there before or is not after
			t.Errorf("%s by %q: %s is null; lists are empty and what is not there is absent", s.Do, s.As, m[1])
		}
	}
	for name, want := range s.Head {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s by %q: %s: %q, want %q", s.Do, s.As, name, got, want)
		}
	}
	checkProblem(t, res, raw)
}

// checkProblem holds every refusal to its form: problem+json whose keys have a
// sentence in both languages.
func checkProblem(t *testing.T, res *http.Response, raw []byte) {
	t.Helper()
	if res.StatusCode < 400 {
		return
	}
	var p struct {
		Status        int
		Title, Detail string
		Code, Key     string
		Fields        []struct{ Key, Message string }
	}
	if err := json.Unmarshal(raw, &p); err != nil || res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d is no problem+json: %v %s", res.StatusCode, err, raw)
		return
	}
	if p.Status != res.StatusCode || p.Title == "" || p.Detail == "" || p.Code == "" {
		t.Errorf("the problem is not complete: %s", raw)
	}
	keys := []string{p.Key}
	for _, f := range p.Fields {
		keys = append(keys, f.Key)
	}
	for _, key := range keys {
		for _, lang := range words.Langs {
			if !words.Has(lang, key) {
				t.Errorf("no %s sentence for %q", lang, key)
			}
		}
	}
}
