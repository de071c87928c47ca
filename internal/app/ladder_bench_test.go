package app_test

import (
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// BenchmarkTheLadder is a morning with 100,000 things owed: of those due within
// the window, 2,000 reach a rung. Then a tick with nothing to do, and the first
// one after a restart.
func BenchmarkTheLadder(b *testing.B) {
	w := newTown(b, openSQLite(b))
	w.adopted()
	m := w.ledger(w.office).Items[0].ID
	day := docket.NewDate(2026, 3, 2)
	const open, near = 100_000, 2_000
	w.must(w.store.Update(b.Context(), w.now, func(tx docket.Writer) error {
		owed := make([]docket.Obligation, open)
		for i := range owed {
			due := day + 8 + docket.Date(i%300) // mostly far off
			if i < near {
				due = day + 2 // tomorrow it is one working day ahead
			}
			owed[i] = docket.Obligation{Kind: docket.OweReport, Matter: m, Unit: w.unit["市教育局"], Role: docket.Liaison, Due: due, Ref: int64(i + 1)}
		}
		return tx.InsertObligations(b.Context(), owed)
	}))
	for b.Loop() {
		w.now = w.now.AddDate(0, 0, 1)
		for !w.works() {
			w.now = w.now.AddDate(0, 0, 1)
		}
		took := func() float64 {
			began := time.Now()
			w.must(w.Climb(b.Context()))
			return time.Since(began).Seconds() * 1e3
		}
		b.ReportMetric(took(), "ms-morning")
		b.ReportMetric(took(), "ms-idle")
		again := *w
		again.App = w.another()
		began := time.Now()
		again.must(again.Climb(b.Context()))
		b.ReportMetric(time.Since(began).Seconds()*1e3, "ms-restart")
	}
}

func (w *town) works() bool { wd := w.now.Weekday(); return wd != time.Saturday && wd != time.Sunday }
