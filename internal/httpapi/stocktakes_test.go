package httpapi_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// sits is a meeting of here that sits, planned and opened through the API.
func (w *town) sits(t testing.TB) (path string) {
	t.Helper()
	office := w.cookie(t, "office-here")
	var page struct{ ID, Version int64 }
	post := func(path, body, match string) {
		t.Helper()
		res := w.send("POST", path, body, office, "Content-Type", "application/json", "If-Match", match)
		if res.StatusCode >= 300 {
			t.Fatalf("%s: %d", path, res.StatusCode)
		}
		if err := json.NewDecoder(res.Body).Decode(&page); err != nil {
			t.Fatal(err)
		}
	}
	post("/api/v1/stocktakes", fmt.Sprintf(`{"kind":"dispatch","title":"河道整治调度会","on":"2026-03-05","begins":"09:30","place":"会议室","convener":%d,"scope":{"directives":[],"field":""},"days_before":0,"slots":[{"unit":%d},{"unit":%d}]}`, chairHere, here, bureau), `"1"`)
	path = fmt.Sprintf("/api/v1/stocktakes/%d", page.ID)
	post(path+"/convene", "", fmt.Sprintf("%q", fmt.Sprint(page.Version)))
	post(path+"/room", `{"act":"open"}`, `"1"`)
	return path
}

// A room is watched over a real connection: the state now, and each change as it
// is made; who may not see it gets a refusal in words, not a stream.
func TestARoomIsWatched(t *testing.T) {
	w := build(t)
	path := w.sits(t)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close) // after the streams have ended
	watch := func(login string) *http.Response {
		ctx, stop := context.WithCancel(t.Context())
		t.Cleanup(stop)
		req, _ := http.NewRequestWithContext(ctx, "GET", srv.URL+path+"/watch", nil)
		req.Header.Set("Cookie", "docket_session="+strings.TrimPrefix(w.cookie(t, login), "docket_session="))
		req.Header.Set("Accept-Encoding", "gzip")
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	for login, want := range map[string]int{"": 401, "nobody": 403, "office-there": 404} {
		if res := watch(login); res.StatusCode != want || !strings.Contains(res.Header.Get("Content-Type"), "problem+json") {
			t.Errorf("%q gets %d %s, not %d", login, res.StatusCode, res.Header.Get("Content-Type"), want)
		}
	}
	res := watch("liaison-here")
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("the stream is %s", got)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	frame := func() (room struct {
		Status docket.StocktakeStatus
		Items  []struct{ Text string }
	}) {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				if err := json.Unmarshal([]byte(data), &room); err != nil {
					t.Fatal(err)
				}
				return room
			}
		}
		t.Fatal("the stream ended")
		return room
	}
	if first := frame(); first.Status != docket.StocktakeSitting || len(first.Items) != 0 {
		t.Errorf("at first it shows %+v", first)
	}
	w.send("POST", path+"/items", `{"key":"k","kind":"note","text":"河道巡查已全覆盖"}`, w.cookie(t, "office-here"), "Content-Type", "application/json")
	if next := frame(); len(next.Items) != 1 || next.Items[0].Text != "河道巡查已全覆盖" {
		t.Errorf("then it shows %+v", next)
	}
}

// The papers of a meeting come as files of their kind, in scope only.
func TestPapersOfAMeeting(t *testing.T) {
	w := build(t)
	for path, magic := range map[string]string{"packs/1/pack.docx": "PK", "packs/1/pack.pdf": "%PDF", "minutes.docx": "PK", "minutes.pdf": "%PDF", "follow-up.docx": "PK", "follow-up.pdf": "%PDF", "slips.docx": "PK", "slips.pdf": "%PDF",
		"statements/2/statement.docx": "PK", "invitation.ics": "BEGIN:VCALENDAR\r\n"} {
		res := w.send("GET", "/api/v1/stocktakes/1/"+path, "", w.cookie(t, "office-here"))
		head := make([]byte, len(magic))
		if _, err := res.Body.Read(head); res.StatusCode != 200 || err != nil && string(head) != magic || string(head) != magic {
			t.Errorf("%s: %d, begins with %q", path, res.StatusCode, head)
		}
		if got := res.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") || !strings.Contains(got, path[strings.LastIndexByte(path, '.'):]) {
			t.Errorf("%s is sent as %q", path, got)
		}
		if res := w.send("GET", "/api/v1/stocktakes/1/"+path, "", w.cookie(t, "office-there")); res.StatusCode != 404 {
			t.Errorf("%s for another office: %d", path, res.StatusCode)
		}
	}
}

// The papers of a frozen pack are the same bytes for ever, whatever happens to what
// they speak of.
func TestThePapersOfAPackAreTheSameForEver(t *testing.T) {
	w := build(t)
	paper := func(path string) string {
		t.Helper()
		res := w.send("GET", "/api/v1/stocktakes/1/packs/1/"+path, "", w.cookie(t, "office-here"))
		raw, err := io.ReadAll(res.Body)
		if res.StatusCode != http.StatusOK || err != nil {
			t.Fatalf("%s: %d, %v", path, res.StatusCode, err)
		}
		return string(raw)
	}
	docx, pdf := paper("pack.docx"), paper("pack.pdf")
	var unit struct{ Version int64 }
	res := w.send("GET", fmt.Sprintf("/api/v1/units/%d", here), "", w.cookie(t, "admin-here"))
	if err := json.NewDecoder(res.Body).Decode(&unit); err != nil {
		t.Fatal(err)
	}
	res = w.send("POST", fmt.Sprintf("/api/v1/units/%d/rename", here), `{"name":"临江新区","on":"2026-03-05"}`, w.cookie(t, "admin-here"), "If-Match", fmt.Sprintf(`"%d"`, unit.Version))
	if res.StatusCode != http.StatusOK {
		t.Fatalf("renamed: %d", res.StatusCode)
	}
	if status, answer := w.post(t, "/matters/1/moves", fmt.Sprintf(`{"verb":"acknowledge","unit":%d}`, here), "liaison-here"); status != http.StatusOK {
		t.Fatalf("acknowledged: %d %s", status, answer)
	}
	if paper("pack.docx") != docx || paper("pack.pdf") != pdf {
		t.Error("a paper of the pack is no longer what it was")
	}
}

// BenchmarkRoom measures a decision in a room with 200 screens, from the request to
// where it is durable and the last screen has it (issue 4: at most 150 ms at the
// median). The reference is the same with one screen.
func BenchmarkRoom(b *testing.B) {
	one, _ := room(b, 1)
	for b.Loop() { // the figures below are what counts; a loop would forget them
	}
	p50, p95 := room(b, 200)
	b.ReportMetric(p50.Seconds()*1000, "p50-ms")
	b.ReportMetric(p95.Seconds()*1000, "p95-ms")
	b.ReportMetric(float64(p50)/float64(one), "x-one-screen")
}

// room records decisions before so many screens and tells how long they took.
func room(b *testing.B, screens int) (p50, p95 time.Duration) {
	w := build(b)
	path := w.sits(b)
	srv := httptest.NewServer(w.handler)
	defer srv.Close()
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	cookie := w.cookie(b, "liaison-here")
	seen := make(chan int, 10_000) // how many lines a screen has
	for range screens {
		req, _ := http.NewRequestWithContext(ctx, "GET", srv.URL+path+"/watch", nil)
		req.Header.Set("Cookie", cookie)
		res, err := (&http.Transport{DisableCompression: true}).RoundTrip(req)
		if err != nil || res.StatusCode != http.StatusOK {
			b.Fatal(err, res)
		}
		go func() {
			lines := bufio.NewScanner(res.Body)
			lines.Buffer(nil, 4<<20)
			for lines.Scan() {
				if strings.HasPrefix(lines.Text(), "data: ") {
					seen <- strings.Count(lines.Text(), `"key":"line`)
				}
			}
		}()
	}
	have := func(lines int) {
		for left := screens; left > 0; {
			if <-seen == lines {
				left--
			}
		}
	}
	have(0)
	office := w.cookie(b, "office-here")
	var times []time.Duration
	for n := range 40 {
		began := time.Now()
		res := w.send("POST", path+"/items", fmt.Sprintf(`{"key":"line%d","kind":"decision","text":"第%d处河道","parties":[{"role":"lead","units":[%d]}],"due":"2026-06-30"}`, n, n, here), office, "Content-Type", "application/json")
		if res.StatusCode != http.StatusCreated {
			b.Fatal(res.StatusCode)
		}
		have(n + 1)
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*95/100]
}
