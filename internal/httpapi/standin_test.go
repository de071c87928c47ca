package httpapi_test

import (
	"fmt"
	"net/http"
	"testing"

	docket "github.com/docket-os/docket"
)

// An administrator names a stand-in for anybody, an office for the heads and
// liaisons of its own units; everybody else is refused, and learns nothing.
func TestWhoMayNameAStandin(t *testing.T) {
	w := build(t)
	id := map[string]docket.PersonID{}
	for _, login := range []string{"liaison-here", "leader-here", "verifier-there"} {
		id[login] = w.actor(t, login).Person.ID
	}
	for _, c := range []struct {
		login, away string
		want        int
	}{
		{"", "liaison-here", http.StatusUnauthorized},
		{"nobody", "liaison-here", http.StatusForbidden},
		{"liaison-there", "liaison-here", http.StatusForbidden},
		{"office-there", "liaison-here", http.StatusForbidden},
		{"office-here", "leader-here", http.StatusForbidden},
		{"office-here", "liaison-here", http.StatusCreated},
		{"admin-here", "leader-here", http.StatusCreated},
	} {
		body := `{"login":"verifier-there","to":"2026-03-20"}`
		res := w.send("POST", fmt.Sprintf("/api/v1/people/%d/standins", id[c.away]), body, w.cookie(t, c.login), "Content-Type", "application/json")
		if res.StatusCode != c.want {
			t.Errorf("%q for %s: %d, want %d", c.login, c.away, res.StatusCode, c.want)
		}
	}
	if a := w.actor(t, "verifier-there"); len(a.Posts) == 0 {
		t.Error("the stand-in has lost their own posts")
	}
}
