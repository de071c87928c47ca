package notify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

func hook(kind docket.ChannelKind, url string) docket.Channel {
	h := docket.Hook{ID: 1, Kind: kind, Name: "网关", On: true, URL: url + "/hook?access_token=geheimnis", Secret: "SECabcdef"}
	return docket.Channel{ID: h.ChannelID(), Kind: kind, Hook: h}
}

// receive checks a webhook as docs/operations.md tells receivers to.
func receive(secret string, h http.Header, body string, now time.Time, seen map[string]bool) error {
	stamp, err := strconv.ParseInt(h.Get("Docket-Timestamp"), 10, 64)
	if err != nil || now.Sub(time.Unix(stamp, 0)).Abs() > 5*time.Minute {
		return errors.New("too old or too new")
	}
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", stamp, body)
	want := "v1=" + hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(want), []byte(h.Get("Docket-Signature"))) {
		return errors.New("not signed by us")
	}
	if seen[h.Get("Docket-Message")] {
		return errors.New("seen before")
	}
	seen[h.Get("Docket-Message")] = true
	return nil
}

func TestAWebhookIsSignedAndCarriesItsID(t *testing.T) {
	url, got := listen(t, http.StatusAccepted, "")
	c, by := courier(), hook(docket.ByWebhook, url)
	for range 2 {
		if err := c.Send(t.Context(), by, message("zh")); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	first, again := (*got)[0], (*got)[1]
	if err := receive("SECabcdef", first.header, first.body, morning, seen); err != nil {
		t.Error(err)
	}
	for what, err := range map[string]error{
		"a repetition":    receive("SECabcdef", again.header, again.body, morning, seen),
		"an old one":      receive("SECabcdef", first.header, first.body, morning.Add(6*time.Minute), map[string]bool{}),
		"another body":    receive("SECabcdef", first.header, first.body+" ", morning, map[string]bool{}),
		"another's words": receive("SECother", first.header, first.body, morning, map[string]bool{}),
	} {
		if err == nil {
			t.Errorf("%s was taken", what)
		}
	}
	var e struct {
		ID    string
		To    map[string]string
		Items []struct{ Kind, Text, No, Due, Slip, URL string }
		Text  string
	}
	if err := json.Unmarshal([]byte(first.body), &e); err != nil {
		t.Fatal(err)
	}
	if e.ID != "0123456789abcdef" || e.To["login"] != "wang" || len(e.Items) != 2 || e.Items[1].Slip != "2026-0003" || e.Items[0].URL != "https://docket.example.org/matters/7" {
		t.Errorf("sent %+v", e)
	}
	if want := "2026-0147《新建学位》 待签收：2026-03-09 到期。"; e.Items[0].Text != want {
		t.Errorf("said %q", e.Items[0].Text)
	}
	if strings.Contains(e.Items[1].Text, "\n") || strings.Contains(e.Items[1].Text, "\u202e") || !strings.Contains(e.Items[1].Text, "{due}") {
		t.Errorf("said %q", e.Items[1].Text)
	}
}

func TestAWebhookThatFails(t *testing.T) {
	for status, unsure := range map[int]bool{400: false, 401: false, 404: false, 429: false, 500: true, 502: true} {
		url, _ := listen(t, status, "access_token=geheimnis")
		err := courier().Send(t.Context(), hook(docket.ByWebhook, url), message("zh"))
		var e *docket.Error
		if !errors.As(err, &e) || e.Key != "outbound.status" || errors.Is(err, docket.ErrUnsure) != unsure {
			t.Errorf("%d: %v", status, err)
		}
		silent(t, err)
	}
	by := hook(docket.ByWebhook, "http://127.0.0.1:1")
	err := courier().Send(t.Context(), by, message("zh"))
	if err == nil || errors.Is(err, docket.ErrUnsure) {
		t.Errorf("nobody there: %v", err)
	}
	silent(t, err)
	by.Hook.URL = "://"
	if err := courier().Send(t.Context(), by, message("zh")); docket.CodeOf(err) != docket.Invalid {
		t.Errorf("no address: %v", err)
	}
}

// silent fails when an error tells a secret.
func silent(t *testing.T, err error) {
	t.Helper()
	for _, secret := range []string{"geheimnis", "SECabcdef"} {
		if strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
			t.Errorf("the error tells a secret: %v", err)
		}
	}
}
