package httpapi_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

// provider starts a real provider (web/scripts/provider.js) and gives its issuer.
func provider(t *testing.T, people, back string) string {
	t.Helper()
	_, err := os.Stat("../../web/node_modules/oidc-provider")
	if _, node := exec.LookPath("node"); err != nil || node != nil {
		if os.Getenv("CI") != "" || os.Getenv("DOCKET_NO_SKIP") == "1" {
			t.Fatalf("no provider for the tests: %v %v", err, node)
		}
		t.Skip("*** NOT TESTED with an OpenID Connect provider: run npm ci in web/")
	}
	cmd := exec.Command("node", "scripts/provider.js", people, back)
	cmd.Dir = "../../web"
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // ends it
		_ = cmd.Wait()
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "http://") {
			return lines.Text()
		}
	}
	t.Fatal("the provider did not start")
	return ""
}

// undated takes the dates off cookies: the town lives in a March of its own, and
// the jar would throw them away.
type undated struct{}

func (undated) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		for i, k := range res.Header["Set-Cookie"] {
			res.Header["Set-Cookie"][i] = expires.ReplaceAllString(k, "")
		}
	}
	return res, err
}

var expires = regexp.MustCompile(`(?i); expires=[^;]+`)

var action = regexp.MustCompile(`action="([^"]+)"`)

// throughProvider goes the whole way as a browser does, and gives where it ends.
func throughProvider(t *testing.T, browser *http.Client, site, to, login string) *http.Response {
	t.Helper()
	res, err := browser.Get(site + "/api/v1/session/provider?return=" + url.QueryEscape(to))
	for range 5 { // the provider asks for the login, then for consent
		if err != nil {
			t.Fatal(err)
		}
		page := read(t, res)
		form := action.FindStringSubmatch(page)
		if form == nil || strings.HasPrefix(res.Request.URL.String(), site) {
			return res
		}
		prompt := "consent"
		if strings.Contains(page, `name="login"`) {
			prompt = "login"
		}
		res, err = browser.PostForm(form[1], url.Values{"prompt": {prompt}, "login": {login}, "password": {"any"}})
	}
	t.Fatal("the provider asks without end")
	return nil
}

func TestSigningInByAProvider(t *testing.T) {
	w := build(t)
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.handler.ServeHTTP(rw, r) }))
	t.Cleanup(site.Close)
	issuer := provider(t, `{"s-lin":{"name":"林某","preferred_username":"lin","email":"lin@example.org","email_verified":true,"groups":["duban"]},
		"s-nobody":{"name":"n","preferred_username":"n","email":"nobody@example.org","email_verified":true},
		"s-thief":{"name":"t","preferred_username":"thief","email":"head@example.org","email_verified":false}}`, site.URL+"/api/v1/session/provider/done")
	admin := w.cookie(t, "admin-here")
	err := w.store.Update(t.Context(), morning, func(tx docket.Writer) error {
		for login, mail := range map[string]string{"nobody": "nobody@example.org", "head-here": "head@example.org"} {
			p, err := tx.PersonByLogin(t.Context(), login)
			if err != nil {
				return err
			}
			p.Email = mail
			if err := tx.PutPerson(t.Context(), &p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	set := func(version string, create bool) {
		t.Helper()
		rules := map[string]any{}
		_ = json.Unmarshal([]byte(signInOff), &rules)
		p := rules["provider"].(map[string]any)
		p["on"], p["name"], p["issuer"], p["client_id"], p["client_secret"], p["create_persons"] = true, "统一认证", issuer, "docket", "a-secret-of-the-test", create
		rules["groups"] = []any{map[string]any{"group": "duban", "role": "office", "unit": here}}
		body, _ := json.Marshal(rules)
		if res := w.send("PUT", "/api/v1/settings/sign-in", string(body), admin, "If-Match", version); res.StatusCode != http.StatusOK {
			t.Fatalf("settings: %d %s", res.StatusCode, read(t, res))
		}
	}
	browser := func() *http.Client {
		jar, _ := cookiejar.New(nil)
		return &http.Client{Jar: jar, Transport: undated{}}
	}
	who := func(b *http.Client) string {
		res, err := b.Get(site.URL + "/api/v1/me")
		if err != nil {
			t.Fatal(err)
		}
		return read(t, res)
	}
	set(`"1"`, false)
	b := browser()
	if end := throughProvider(t, b, site.URL, "/docket", "s-lin").Request.URL; end.Path != "/" || end.Query().Get("fault") != "auth.no_account" {
		t.Errorf("nobody is entered unasked: %s", end)
	}
	b = browser()
	if end := throughProvider(t, b, site.URL, "/docket", "s-nobody").Request.URL; end.Path != "/docket" || !strings.Contains(who(b), `"login":"nobody"`) {
		t.Errorf("by a verified mail address: %s %s", end, who(b))
	}
	set(`"2"`, true)
	for _, to := range []string{"//evil.example/", "https://evil.example/", "/\\evil.example"} {
		b = browser()
		if end := throughProvider(t, b, site.URL, to, "s-lin").Request.URL; end.String() != site.URL+"/" || !strings.Contains(who(b), `"role":"office"`) {
			t.Errorf("back to %q: %s %s", to, end, who(b))
		}
	}
	b = browser()
	throughProvider(t, b, site.URL, "/", "s-thief")
	if me := who(b); !strings.Contains(me, `"login":"thief"`) || !strings.Contains(me, `"email":""`) {
		t.Errorf("an address nobody verified ties to nobody: %s", me)
	}
	for what, query := range map[string]string{"no state": "?code=x", "a foreign state": "?code=x&state=abc"} {
		res, err := browser().Get(site.URL + "/api/v1/session/provider/done" + query)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		if res.Request.URL.Query().Get("fault") != "auth.step_gone" {
			t.Errorf("%s: %s", what, res.Request.URL)
		}
	}
}
