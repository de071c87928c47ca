package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/docket-os/docket/internal/app"
)

// BenchmarkStart builds an App over 100,000 matters and asks for the first page
// of its ledger: the time from start to first answer, without the process itself.
func BenchmarkStart(b *testing.B) {
	w := newTown(b, openSQLite(b))
	for i := range 10 {
		in, err := w.Import(b.Context(), w.office, fmt.Sprint(i, ".txt"), slices.Concat(longPlan(10_000), fmt.Append(nil, i)))
		w.must(err)
		if _, err := w.Adopt(b.Context(), w.office, in.Directive, w.version(in.Directive)); err != nil {
			b.Fatal(err)
		}
	}
	var times []float64
	for b.Loop() {
		began := time.Now()
		a := w.another()
		if _, err := a.Ledger(b.Context(), w.office, app.LedgerRequest{}); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began).Seconds()*1e3)
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "ms-median")
}
