package httpapi_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// Every move by hand × every role × own and other place: the law's column says
// who gets in; how the matter stands may still refuse, in another way.
func TestEveryActOnAMatterKeepsToTheLaw(t *testing.T) {
	w := build(t)
	logins := []string{"", "nobody"}
	for _, role := range docket.Roles() {
		logins = append(logins, string(role)+"-here", string(role)+"-there")
	}
	for _, login := range logins {
		w.cookie(t, login)
	}
	w.underWay(t)
	type visit struct {
		deed
		login string
	}
	var allowed []visit
	for _, a := range w.acts(t) {
		for _, login := range logins {
			want := a.law(t, w, login)
			if want == http.StatusOK {
				allowed = append(allowed, visit{a, login}) // these change the town
				continue
			}
			a.check(t, w, login, want)
		}
	}
	_ = w.store.Close() // everything is in the file now
	for _, v := range allowed {
		v.check(t, copyOf(t, w), v.login, http.StatusOK)
	}
}

func (d deed) check(t *testing.T, w *town, login string, want int) {
	t.Helper()
	status, answer := w.post(t, "/matters/1"+d.path, d.body, login)
	if want == http.StatusOK && (status == http.StatusConflict || status == http.StatusUnprocessableEntity) && d.stateMayRefuse {
		status = want
	}
	if status != want {
		t.Errorf("%s by %q: %d, the law says %d\n%.300s", d.name, login, status, want, answer)
	}
}

// deed is one act on the matter of the town, with what it takes.
type deed struct {
	name, path, body string
	acts             []docket.Act
	own              string // login of the only one who has it
	stateMayRefuse   bool
}

// acts are the moves by hand, and what can be done to a filed report, an open
// request and an instruction.
func (w *town) acts(t *testing.T) []deed {
	var out []deed
	for _, verb := range app.ByHand() {
		out = append(out, deed{"move " + string(verb), "/moves",
			fmt.Sprintf(`{"verb":%q,"unit":%d,"words":"说明","effect":"verdict","reason":"not_done","due":"2027-01-05","condition":"资金到位","look_on":"2026-06-01","of":%d,"assignments":[{"role":"lead","unit":%d}]}`, verb, here, there, here),
			[]docket.Act{docket.ActOf(verb)}, "", true})
	}
	reason := `{"reason":"facts_unclear","words":"请补充"}`
	return append(out,
		deed{"approve", "/reports/1/approve", "", []docket.Act{docket.ActApprove}, "", false},
		deed{"return before it is out", "/reports/1/return", reason, []docket.Act{docket.ActApprove}, "", false},
		deed{"withdraw", "/reports/1/withdraw", "", []docket.Act{docket.ActReport}, "", false},
		deed{"accept", "/reports/1/accept", "", []docket.Act{docket.ActReview}, "", true}, // it is not out yet
		deed{"decide", "/requests/1/decide", `{"grant":true,"words":"同意"}`, []docket.Act{docket.ActDecide}, "", false},
		deed{"withdraw a request", "/requests/1/withdraw", "", []docket.Act{docket.ActAsk}, "", false},
		deed{"close an instruction", "/instructions/1/close", "", []docket.Act{docket.ActInstruct}, "leader-here", false})
}

func (d deed) law(t *testing.T, w *town, login string) int {
	if login == "" {
		return http.StatusUnauthorized
	}
	actor := w.actor(t, login)
	s := docket.Subject{Owner: here, Units: []docket.UnitID{here}, State: docket.InProgress}
	if !docket.May(&actor, docket.ActRead) || !docket.MayAct(&actor, docket.ActRead, s) {
		return http.StatusNotFound
	}
	// what is being written is its unit's own business
	if len(d.path) > 9 && d.path[:9] == "/reports/" && !actor.File.Has(here) {
		return http.StatusNotFound
	}
	if !slices.ContainsFunc(d.acts, func(a docket.Act) bool { return docket.MayAct(&actor, a, s) }) {
		return http.StatusForbidden
	}
	if d.own != "" && d.own != login {
		return http.StatusForbidden
	}
	return http.StatusOK
}

// underWay brings the town's matter to work under way, with a report before its
// head, a request before the office and an instruction of the leader.
func (w *town) underWay(t *testing.T) {
	t.Helper()
	for _, step := range []struct{ login, path, body string }{
		{"liaison-here", "/moves", fmt.Sprintf(`{"verb":"acknowledge","unit":%d}`, here)},
		{"liaison-here", "/moves", fmt.Sprintf(`{"verb":"plan","unit":%d}`, here)},
		{"liaison-here", "/reports", fmt.Sprintf(`{"unit":%d,"kind":"progress","changed":"已开工","percent":10,"version":0}`, here)},
		{"liaison-here", "/requests", fmt.Sprintf(`{"unit":%d,"kind":"extension","words":"雨季","due":"2026-12-01"}`, here)},
		{"leader-here", "/instructions", `{"text":"请抓紧","urgency":"urgent"}`},
	} {
		if status, answer := w.post(t, "/matters/1"+step.path, step.body, step.login); status >= 300 {
			t.Fatalf("%s %s: %d %s", step.login, step.path, status, answer)
		}
	}
}

// post sends a request naming the versions it saw; 200 stands for any success.
func (w *town) post(t *testing.T, path, body, login string) (int, string) {
	t.Helper()
	match := `"1"`
	if strings.HasPrefix(path, "/matters/1/reports/") {
		match = `"2"` // kept, then filed
	}
	if path == "/matters/1/moves" {
		res := w.send("GET", "/api/v1/matters/1", "", w.cookie(t, "auditor-here"))
		var page struct {
			Matter struct{ Version int64 }
		}
		if err := json.NewDecoder(res.Body).Decode(&page); err != nil {
			t.Fatal(err)
		}
		match = fmt.Sprintf(`"%d"`, page.Matter.Version)
	}
	res := w.send("POST", "/api/v1"+path, body, w.cookie(t, login), "If-Match", match)
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode >= 200 && res.StatusCode < 300 {
		return http.StatusOK, string(raw)
	}
	return res.StatusCode, string(raw)
}
