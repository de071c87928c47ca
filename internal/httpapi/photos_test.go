package httpapi_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

// A verifier of the city files a spot check with a photo for a matter of the
// city's; who has a part in it looks at the photo, and it never runs.
func TestPhotosOfAVerification(t *testing.T) {
	w := build(t)
	w.spot(t)
	do := func(login, method, path, body string, header ...string) (*http.Response, string) {
		t.Helper()
		res := w.send(method, "/api/v1/matters/3"+path, body, w.cookie(t, login), header...)
		raw, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		checkProblem(t, res, raw)
		return res, string(raw)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 800, 400)), nil); err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))
	form := `{"outcome":"true","key":"k1","seen_at":"2026-03-05T01:00:00Z","photos":[{"sha256":"` + sum + `","source":"camera","taken_at":"2026-03-03T01:00:00Z","time_by":"phone","where":{"lat":31.2304,"lon":121.4737,"accuracy":12},"where_by":"phone"}]}`
	if res, answer := do("checker", "POST", "/verifications", form, "Idempotency-Key", "k1"); res.StatusCode != http.StatusConflict || !strings.Contains(answer, `"verification.photos_missing"`) {
		t.Fatalf("before its photo: %d %s", res.StatusCode, answer)
	}
	res, answer := do("checker", "POST", "/photos", fmt.Sprintf(`{"name":"现场.jpg","size":%d,"sha256":%q}`, b.Len(), sum))
	var at struct{ ID, Offset int }
	if err := json.Unmarshal([]byte(answer), &at); err != nil || res.StatusCode != http.StatusCreated {
		t.Fatalf("announced: %d %s", res.StatusCode, answer)
	}
	if res, answer := do("checker", "PATCH", fmt.Sprintf("/photos/%d?offset=0", at.ID), b.String(), "Content-Type", "application/octet-stream"); res.StatusCode != http.StatusOK {
		t.Fatalf("sent: %d %s", res.StatusCode, answer)
	}
	for range 2 { // the second time its answer is the kept one
		if res, answer := do("checker", "POST", "/verifications", form, "Idempotency-Key", "k1"); res.StatusCode != http.StatusCreated {
			t.Fatalf("filed: %d %s", res.StatusCode, answer)
		}
	}
	_, answer = do("liaison-there", "GET", "", "")
	var page struct {
		Checks []struct {
			ID     int
			Photos []struct {
				Name, Source string
				Apart        bool
				Where        struct{ Lat, Accuracy float64 }
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &page); err != nil || len(page.Checks) != 1 || len(page.Checks[0].Photos) != 1 {
		t.Fatalf("%v %s", err, answer)
	}
	if p := page.Checks[0].Photos[0]; p.Name != "现场.jpg" || p.Source != "camera" || !p.Apart || p.Where.Lat != 31.2304 || p.Where.Accuracy != 12 {
		t.Errorf("read as %+v", p)
	}
	path := fmt.Sprintf("/verifications/%d/photos/1", page.Checks[0].ID)
	res, picture := do("liaison-there", "GET", path+"?full=true", "")
	if cfg, err := jpeg.DecodeConfig(strings.NewReader(picture)); err != nil || cfg.Width != 800 || res.Header.Get("Content-Disposition") != "inline" {
		t.Errorf("drawn: %v %+v", err, res.Header)
	}
	res, kept := do("liaison-there", "GET", path+"/content", "")
	if kept != b.String() || res.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment; ") ||
		res.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("kept as %d bytes with %+v", len(kept), res.Header)
	}
	if res, _ := do("liaison-here", "GET", path, ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("out of scope: %d", res.StatusCode)
	}
}

// spot adds a verifier of the city's and a matter (3) of the city's that there answers for.
func (w *town) spot(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	err := w.store.Update(ctx, morning, func(tx docket.Writer) error {
		p := docket.Person{Login: "checker", Name: "checker", Lang: "zh", Active: true}
		if err := tx.PutPerson(ctx, &p); err != nil {
			return err
		}
		if err := tx.PutPost(ctx, &docket.Post{Person: p.ID, Role: docket.Verifier, Unit: city, From: docket.NewDate(2020, 1, 1)}); err != nil {
			return err
		}
		m := &docket.Matter{Owner: city, Title: "修桥", Requirement: "修桥", Status: docket.Draft, Due: docket.NewDate(2026, 9, 30),
			Assignments: []docket.Assignment{{Party: docket.Party{Role: docket.Lead, Name: "青禾县"}, Unit: there}}}
		if err := tx.InsertMatters(ctx, []*docket.Matter{m}); err != nil {
			return err
		}
		m.No, m.Status, m.AssignedAt = "2026-0001", docket.Assigned, morning
		return tx.AdoptMatters(ctx, []*docket.Matter{m})
	})
	if err != nil {
		t.Fatal(err)
	}
}
