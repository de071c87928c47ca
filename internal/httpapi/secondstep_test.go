package httpapi_test

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

func hash(text string) [32]byte { return sha256.Sum256([]byte(text)) }

// cookies reads the cookies an answer sets.
func cookies(res *http.Response) map[string]*http.Cookie {
	out := map[string]*http.Cookie{}
	for _, k := range res.Cookies() {
		out[k.Name] = k
	}
	return out
}

func TestSigningInTakesTwoSteps(t *testing.T) {
	w := build(t)
	in := func(cookie string) string { return "docket_session=" + cookie }
	cookie := w.cookie(t, "office-here")
	res := w.send("PUT", "/api/v1/me/password", `{"new":"a long enough phrase to be taken"}`, cookie)
	fresh := cookies(res)["docket_session"]
	if res.StatusCode != http.StatusNoContent || fresh == nil || in(fresh.Value) == cookie {
		t.Fatalf("password: %d, cookie %v", res.StatusCode, fresh)
	}
	if res := w.send("GET", "/api/v1/me", "", cookie); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("the cookie from before the password: %d", res.StatusCode)
	}
	cookie = in(fresh.Value)
	var made struct{ Key, URI string }
	res = w.send("POST", "/api/v1/me/second-factor", `{"current":"a long enough phrase to be taken"}`, cookie)
	if err := json.NewDecoder(res.Body).Decode(&made); err != nil || !strings.HasPrefix(made.URI, "otpauth://totp/Docket:office-here?secret="+made.Key) {
		t.Fatalf("secret: %d %+v %v", res.StatusCode, made, err)
	}
	secret, err := base32.StdEncoding.DecodeString(made.Key)
	if err != nil {
		t.Fatal(err)
	}
	code := func(step int64) string {
		return `{"code":"` + docket.FactorCode(secret, docket.StepAt(morning)+step, 6) + `"}`
	}
	res = w.send("POST", "/api/v1/me/second-factor/confirm", code(-1), cookie)
	var codes struct{ Codes []string }
	if err := json.NewDecoder(res.Body).Decode(&codes); err != nil || len(codes.Codes) != 10 {
		t.Fatalf("confirm: %d %+v %v", res.StatusCode, codes, err)
	}
	if again := w.send("GET", "/api/v1/me", "", cookie); again.StatusCode != http.StatusUnauthorized {
		t.Errorf("the cookie from before the second factor: %d", again.StatusCode)
	}

	res = w.send("POST", "/api/v1/session", `{"login":"office-here","password":"a long enough phrase to be taken"}`, "")
	var p struct{ Key string }
	_ = json.NewDecoder(res.Body).Decode(&p)
	set := cookies(res)
	pending := set["docket_second_step"]
	if res.StatusCode != http.StatusUnauthorized || p.Key != "auth.code_needed" || set["docket_session"] != nil || pending == nil ||
		!pending.HttpOnly || pending.SameSite != http.SameSiteStrictMode || pending.Path != "/api/v1/session" {
		t.Fatalf("first step: %d %s %v", res.StatusCode, p.Key, set)
	}
	if res := w.send("GET", "/api/v1/me", "", in(pending.Value)); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("the pending sign-in as a session: %d", res.StatusCode)
	}
	step := "docket_second_step=" + pending.Value
	if res := w.send("POST", "/api/v1/session/code", `{"code":"000000"}`, step); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a wrong code: %d", res.StatusCode)
	}
	res = w.send("POST", "/api/v1/session/code", code(0), step)
	session := cookies(res)["docket_session"]
	if res.StatusCode != http.StatusOK || session == nil {
		t.Fatalf("second step: %d", res.StatusCode)
	}
	if res := w.send("GET", "/api/v1/me", "", in(session.Value)); res.StatusCode != http.StatusOK {
		t.Errorf("signed in: %d", res.StatusCode)
	}
}

// Whose post asks for a second factor sees nothing before it is set up, from
// the next request on.
func TestARequiredFactorComesFirst(t *testing.T) {
	w := build(t)
	office := w.cookie(t, "office-here")
	rules := strings.Replace(signInOff, `"second_factor_for":[]`, `"second_factor_for":["office"]`, 1)
	if res := w.send("PUT", "/api/v1/settings/sign-in", rules, w.cookie(t, "admin-here"), "If-Match", `"1"`); res.StatusCode != http.StatusOK {
		t.Fatalf("settings: %d", res.StatusCode)
	}
	for path, want := range map[string]int{"/me": 200, "/me/second-factor": 200, "/ledger": 403, "/units": 403, "/me/tokens": 403} {
		if res := w.send("GET", "/api/v1"+path, "", office); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, res.StatusCode, want)
		}
	}
	if res := w.send("GET", "/api/v1/ledger", "", w.cookie(t, "head-here")); res.StatusCode != http.StatusOK {
		t.Errorf("somebody of another post: %d", res.StatusCode)
	}
}

func TestSecretsAreWrittenAndNeverRead(t *testing.T) {
	w := build(t)
	admin := w.cookie(t, "admin-here")
	rules := strings.Replace(signInOff, `"client_secret":""`, `"client_secret":"s3cr3t"`, 1)
	put := w.send("PUT", "/api/v1/settings/sign-in", rules, admin, "If-Match", `"1"`)
	get := w.send("GET", "/api/v1/settings/sign-in", "", admin)
	for _, res := range []*http.Response{put, get} {
		if body := read(t, res); res.StatusCode != http.StatusOK || strings.Contains(body, "s3cr3t") || !strings.Contains(body, `"secret_set":true`) {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	}
	if res := w.send("PUT", "/api/v1/settings/sign-in", signInOff, admin, "If-Match", `"1"`); res.StatusCode != http.StatusPreconditionFailed {
		t.Errorf("an older version: %d", res.StatusCode)
	}
	err := w.store.View(t.Context(), func(r docket.Reader) error {
		entries, err := r.Entries(t.Context(), docket.EntryQuery{}, 0, 1000)
		for _, e := range entries {
			if strings.Contains(string(e.After)+string(e.Before), "s3cr3t") {
				t.Errorf("the journal keeps the secret: %s", e.After)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// read takes an answer's whole body.
func read(t testing.TB, res *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
