package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/jpeg"
	"io"
	"net/http"
	"strings"
	"testing"
)

// asks sends a request as liaison-here and reads its answer.
func (w *town) asks(t *testing.T, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	res := w.send(method, "/api/v1/matters/1"+path, body, w.cookie(t, "liaison-here"), header...)
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	checkProblem(t, res, raw)
	return res, string(raw)
}

// offer brings a file in piece by piece and returns the evidence's id.
func (w *town) offer(t *testing.T, name, content string) int {
	t.Helper()
	announced, _ := json.Marshal(map[string]any{"unit": here, "name": name, "size": len(content)})
	res, answer := w.asks(t, "POST", "/uploads", string(announced))
	var at struct{ ID, Offset int }
	if err := json.Unmarshal([]byte(answer), &at); err != nil || res.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", res.StatusCode, answer)
	}
	for at.Offset < len(content) {
		next := content[at.Offset:min(at.Offset+10, len(content))]
		path := fmt.Sprintf("/uploads/%d?offset=%d", at.ID, at.Offset)
		if res, answer = w.asks(t, "PATCH", path, next, "Content-Type", "application/octet-stream"); res.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", res.StatusCode, answer)
		}
		if err := json.Unmarshal([]byte(answer), &at); err != nil {
			t.Fatal(err)
		}
	}
	res, answer = w.asks(t, "POST", fmt.Sprintf("/uploads/%d/finish", at.ID), `{"caption":"说明"}`, "Idempotency-Key", name)
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", res.StatusCode, answer)
	}
	again, same := w.asks(t, "POST", fmt.Sprintf("/uploads/%d/finish", at.ID), `{"caption":"说明"}`, "Idempotency-Key", name)
	if again.StatusCode != http.StatusCreated || same != answer {
		t.Errorf("a finish whose answer was lost gives %d %s", again.StatusCode, same)
	}
	var e struct{ ID int }
	if err := json.Unmarshal([]byte(answer), &e); err != nil {
		t.Fatal(err)
	}
	return e.ID
}

// Whatever was uploaded never runs as a page of ours, and only pictures that we
// drew ourselves are shown inline.
func TestUploadedFilesNeverRun(t *testing.T) {
	w := build(t)
	for name, content := range map[string]string{
		"画.svg":  `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"页.html": "<!doctype html><script>alert(1)</script>",
	} {
		id := w.offer(t, name, content)
		res, got := w.asks(t, "GET", fmt.Sprintf("/evidence/%d/content", id), "")
		if got != content {
			t.Errorf("%s came back as %q", name, got)
		}
		for header, want := range map[string]string{"Content-Type": "application/octet-stream", "Content-Security-Policy": "sandbox; default-src 'none'",
			"X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment; "} {
			if h := res.Header.Get(header); !strings.HasPrefix(h, want) {
				t.Errorf("%s: %s is %q", name, header, h)
			}
		}
		if res, _ := w.asks(t, "GET", fmt.Sprintf("/evidence/%d/pages/1", id), ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s is drawn: %d", name, res.StatusCode)
		}
		if _, p := w.asks(t, "GET", fmt.Sprintf("/evidence/%d/preview", id), ""); strings.Contains(p, "alert(1)") && !strings.Contains(p, `"kind":"text"`) {
			t.Errorf("%s is previewed as %s", name, p)
		}
	}
	res, picture := w.asks(t, "GET", "/evidence/1/pages/1", "")
	cfg, err := jpeg.DecodeConfig(bytes.NewReader([]byte(picture)))
	if err != nil || cfg.Width != 360 || res.Header.Get("Content-Type") != "image/jpeg" || res.Header.Get("Content-Disposition") != "inline" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the photo is sent as %v, %+v, %v", res.Header, cfg, err)
	}
	if res, _ := w.asks(t, "GET", "/evidence/1/pages/2", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("the photo's second page: %d", res.StatusCode)
	}
}

func TestPiecesAreMeasured(t *testing.T) {
	w := build(t)
	res, answer := w.asks(t, "PATCH", "/uploads/1?offset=0", strings.Repeat("x", 5<<20), "Content-Type", "application/octet-stream")
	if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(answer, "evidence.piece") {
		t.Errorf("5 MiB at once: %d %s", res.StatusCode, answer)
	}
	res, answer = w.asks(t, "PATCH", "/uploads/1?offset=3", "abc", "Content-Type", "application/octet-stream")
	if res.StatusCode != http.StatusConflict || !strings.Contains(answer, `"offset":"0"`) {
		t.Errorf("a gap: %d %s", res.StatusCode, answer)
	}
	res, answer = w.asks(t, "POST", "/uploads", fmt.Sprintf(`{"unit":%d,"name":"a","size":52428801}`, here))
	if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(answer, "evidence.too_large") {
		t.Errorf("too large: %d %s", res.StatusCode, answer)
	}
}
