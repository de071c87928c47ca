package httpapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/httpapi"
)

// token makes a token past the API, so that it may be expired.
func (w *town) token(t *testing.T, login, text string, k docket.Token) string {
	t.Helper()
	err := w.store.Update(t.Context(), morning, func(tx docket.Writer) error {
		p, err := tx.PersonByLogin(t.Context(), login)
		if err != nil {
			return err
		}
		k.Person, k.Hash, k.Name, k.Created = p.ID, hash(text), text, morning
		return tx.PutToken(t.Context(), &k)
	})
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + text
}

// Every route refuses an expired, an ended and an unknown token, one whose scope
// does not reach it, and a token beside a good cookie: it is judged by itself.
func TestEveryRouteRefusesABadToken(t *testing.T) {
	w := build(t)
	month := morning.AddDate(0, 1, 0)
	expired := w.token(t, "office-here", "dkt_expired", docket.Token{ReadOnly: true, Expires: morning.Add(-time.Second)})
	reading := w.token(t, "office-here", "dkt_reading", docket.Token{ReadOnly: true, Expires: month})
	journal := w.token(t, "auditor-here", "dkt_journal", docket.Token{Acts: []docket.Act{docket.ActReadJournal}, Expires: month})
	cookie := w.cookie(t, "office-here")
	before := w.journal(t)
	for _, r := range httpapi.Routes() {
		if !r.Who.SignedIn() {
			continue
		}
		ask := func(authorization string) int {
			path := strings.NewReplacer("{id}", "1", "{mid}", "1").Replace(r.Pattern)
			if path == "/search" {
				path += "?q=学位"
			}
			body, media := bodyOf(t, r)
			return w.send(r.Method, "/api/v1"+path, body, cookie, "If-Match", `"1"`, "Content-Type", media, "Authorization", authorization).StatusCode
		}
		for what, bad := range map[string]string{"expired": expired, "unknown": "Bearer dkt_unknown", "empty": "Bearer ", "basic": "Basic YTpi"} {
			if got := ask(bad); got != http.StatusUnauthorized {
				t.Errorf("%s %s with an %s token: %d", r.Method, r.Pattern, what, got)
			}
		}
		want := http.StatusForbidden
		if slices.Equal(r.Who.Acts(), []docket.Act{docket.ActReadJournal}) {
			want = http.StatusOK // the one thing this token is for
		}
		if got := ask(journal); got != want {
			t.Errorf("%s %s with a token for the journal alone: %d, want %d", r.Method, r.Pattern, got, want)
		}
		if got := ask(reading); r.Method != "GET" && got != http.StatusForbidden {
			t.Errorf("%s %s with a token that only reads: %d", r.Method, r.Pattern, got)
		}
	}
	if after := w.journal(t); after != before {
		t.Errorf("refused calls left %d entries in the journal", after-before)
	}
}

func TestATokenIsMadeUsedAndEnded(t *testing.T) {
	w := build(t)
	cookie := w.cookie(t, "office-here")
	res := w.send("POST", "/api/v1/me/tokens", `{"name":"月报","read_only":true,"expires":"2026-06-01"}`, cookie)
	var made struct {
		ID    int64
		Token string
	}
	if err := json.NewDecoder(res.Body).Decode(&made); err != nil || res.StatusCode != http.StatusCreated || !strings.HasPrefix(made.Token, "dkt_") {
		t.Fatalf("made: %d %+v %v", res.StatusCode, made, err)
	}
	get := func(path string) (int, string) {
		res := w.send("GET", "/api/v1"+path, "", "", "Authorization", "Bearer "+made.Token)
		body, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(body)
	}
	if status, body := get("/ledger"); status != http.StatusOK || !strings.Contains(body, "学位") {
		t.Errorf("the ledger by token: %d %.200s", status, body)
	}
	if status, _ := get("/me/tokens"); status != http.StatusForbidden {
		t.Errorf("tokens by token: %d", status)
	}
	res = w.send("GET", "/api/v1/me/tokens", "", cookie)
	if body, _ := io.ReadAll(res.Body); strings.Contains(string(body), made.Token) || !strings.Contains(string(body), "月报") {
		t.Errorf("the list of tokens: %s", body)
	}
	if res := w.send("DELETE", "/api/v1/me/tokens/2", "", cookie); res.StatusCode != http.StatusNoContent {
		t.Fatalf("ended: %d", res.StatusCode)
	}
	if status, _ := get("/ledger"); status != http.StatusUnauthorized {
		t.Errorf("an ended token: %d", status)
	}
}
