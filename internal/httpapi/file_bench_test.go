package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// BenchmarkFile measures a report from the request to where it is durable (an
// fsync of the database) and visible on the board, among 100,000 matters (issue
// 3: at most 10 ms at the median), and how many a second 50 clients get through
// side by side (issue 3: 500, the aim 1,000). The reference writes a bare entry
// to the same store.
func BenchmarkFile(b *testing.B) {
	w := crowded(b, 100_000)
	ids := w.received(b, 20_000)
	bare := w.bareCommit(b)
	w.serve(b) // the board as a start would load it
	cookie := w.cookie(b, "head-here")
	var next atomic.Int64
	file := func() time.Duration {
		id := ids[int(next.Add(1)-1)%len(ids)]
		began := time.Now()
		res := w.send("POST", fmt.Sprintf("/api/v1/matters/%d/reports", id), fmt.Sprintf(`{"unit":%d,"kind":"progress","changed":"完成主体工程","percent":40,"version":0}`, here), cookie)
		if res.StatusCode != http.StatusCreated {
			b.Errorf("report on %d: %d", id, res.StatusCode)
		}
		return time.Since(began)
	}
	var times []time.Duration
	for b.Loop() {
		times = append(times, file())
	}
	slices.Sort(times)
	p50 := times[len(times)/2]
	b.ReportMetric(p50.Seconds()*1000, "p50-ms")
	b.ReportMetric(times[len(times)*95/100].Seconds()*1000, "p95-ms")
	b.ReportMetric(float64(p50)/float64(bare), "x-bare-commit")

	const clients, each = 50, 60
	began := time.Now()
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for range each {
				file()
			}
		})
	}
	wg.Wait()
	b.ReportMetric(clients*each/time.Since(began).Seconds(), "reports/s-50clients")
}

// BenchmarkDesk measures My desk of an office and of a unit among 100,000
// matters (issue 3: at most 10 ms).
func BenchmarkDesk(b *testing.B) {
	w := crowded(b, 100_000)
	floor := median(b, w, "/api/v1/health", 200)
	for b.Loop() { // the figures below are what counts; a loop would forget them
	}
	for _, login := range []string{"office-here", "liaison-here"} {
		k := w.cookie(b, login)
		w.ask(b, "/api/v1/desk", k)
		times := make([]time.Duration, 100)
		for i := range times {
			times[i] = w.ask(b, "/api/v1/desk", k)
		}
		slices.Sort(times)
		b.ReportMetric(times[50].Seconds()*1000, login+"-p50-ms")
		b.ReportMetric(float64(times[50])/float64(floor), login+"/floor")
	}
}

// received confirms the receipt of the first n matters that 临江区 answers for.
func (w *town) received(b *testing.B, n int) []docket.MatterID {
	b.Helper()
	var ids []docket.MatterID
	for row, err := range func(yield func(docket.MatterRow, error) bool) {
		_ = w.store.View(b.Context(), func(r docket.Reader) error {
			for row, err := range r.MatterRows(b.Context()) {
				if !yield(row, err) {
					break
				}
			}
			return nil
		})
	} {
		if err != nil {
			b.Fatal(err)
		}
		if row.Status == docket.Assigned && len(ids) < n && slices.Contains(row.Units, docket.RoleUnit{Unit: here, Role: docket.Lead}) {
			ids = append(ids, row.ID)
		}
	}
	err := w.store.Update(b.Context(), morning, func(tx docket.Writer) error {
		for _, id := range ids {
			m, err := tx.Matter(b.Context(), docket.SystemScope(), id)
			if err != nil {
				return err
			}
			m.Status = docket.Accepted
			if err := tx.PutLife(b.Context(), &m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || len(ids) == 0 {
		b.Fatal(len(ids), err)
	}
	return ids
}

// bareCommit is the median of one entry written and made durable.
func (w *town) bareCommit(b *testing.B) time.Duration {
	b.Helper()
	times := make([]time.Duration, 200)
	for i := range times {
		began := time.Now()
		if err := w.store.Update(b.Context(), morning, func(tx docket.Writer) error {
			return tx.Append(b.Context(), docket.Entry{Verb: docket.VerbEdit})
		}); err != nil {
			b.Fatal(err)
		}
		times[i] = time.Since(began)
	}
	slices.Sort(times)
	return times[100]
}
