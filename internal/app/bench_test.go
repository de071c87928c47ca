package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// longPlan is a paper of n sound clauses.
func longPlan(n int) []byte {
	var b strings.Builder
	b.WriteString("云州市人民政府关于办好民生实事的通知\n云政发〔2026〕8号\n市政府各部门：\n现将有关事项通知如下。\n一、办好实事\n")
	for i := range n {
		fmt.Fprintf(&b, "%d.新建第%d处便民服务点，服务居民%d户。（市教育局牵头，市财政局、市住建局配合，2026年%d月底前完成）\n", i+1, i+1, 100+i, 4+i%9)
	}
	b.WriteString("云州市人民政府\n2026年3月1日\n")
	return []byte(b.String())
}

// longTown is a town that has read a plan of n clauses.
func longTown(b *testing.B, n int) (*town, docket.DirectiveID) {
	w := newTown(b, openSQLite(b))
	in, err := w.Import(b.Context(), w.office, "长.txt", longPlan(n))
	w.must(err)
	if in.Matters != n {
		b.Fatalf("read %d matters", in.Matters)
	}
	return w, in.Directive
}

// BenchmarkAdopt adopts 10,000 matters in one go on SQLite, and says what it
// costs against one insert of as many bare rows of the journal.
func BenchmarkAdopt(b *testing.B) {
	const n = 10_000
	for b.Loop() {
		b.StopTimer()
		w, id := longTown(b, n)
		version := w.version(id)
		b.StartTimer()
		began := time.Now()
		done, err := w.Adopt(b.Context(), w.office, id, version)
		took := time.Since(began)
		b.StopTimer()
		w.must(err)
		if done.Matters != n {
			b.Fatalf("adopted %d", done.Matters)
		}
		b.ReportMetric(took.Seconds(), "s/10,000matters")
		b.ReportMetric(took.Seconds()/bareRows(b, w.store, 2*n), "x-bare-journal")
		b.StartTimer()
	}
}

// bareRows is the seconds that n bare entries cost the same store.
func bareRows(b *testing.B, s docket.Store, n int) float64 {
	entries := slices.Repeat([]docket.Entry{{Verb: docket.VerbEdit}}, n)
	began := time.Now()
	if err := s.Update(context.Background(), began, func(w docket.Writer) error { return w.Append(b.Context(), entries...) }); err != nil {
		b.Fatal(err)
	}
	return time.Since(began).Seconds()
}

// BenchmarkLedgerPage asks for pages of 50 out of the matters of five long plans.
func BenchmarkLedgerPage(b *testing.B) {
	w := newTown(b, openSQLite(b))
	for i := range 5 {
		in, err := w.Import(b.Context(), w.office, fmt.Sprint(i, ".txt"), slices.Concat(longPlan(10_000), fmt.Append(nil, i)))
		w.must(err)
		if _, err := w.Adopt(b.Context(), w.office, in.Directive, w.version(in.Directive)); err != nil {
			b.Fatal(err)
		}
	}
	for name, q := range map[string]docket.LedgerQuery{
		"by lamp":         {},
		"one unit by due": {Unit: w.unit["市财政局"], Sort: docket.SortDue, Desc: true},
		"words by source": {Text: "第77", Sort: docket.SortSource},
		"overdue by lead": {Lamp: []docket.Lamp{docket.LampAct, docket.LampWatch}, Sort: docket.SortLead},
	} {
		b.Run(name, func(b *testing.B) {
			var times []float64
			for b.Loop() {
				began := time.Now()
				if _, err := w.Ledger(b.Context(), w.office, app.LedgerRequest{Query: q}); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(began).Seconds()*1e3)
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "ms-median")
		})
	}
}

// BenchmarkSheet takes 10,000 reports out, brings them back filled in, compares
// them and keeps each as a draft in a transaction of its own, and says what that
// costs against as many of the smallest transactions.
func BenchmarkSheet(b *testing.B) {
	const n = 10_000
	for b.Loop() {
		b.StopTimer()
		w, id := longTown(b, n)
		_, err := w.Adopt(b.Context(), w.office, id, w.version(id))
		w.must(err)
		w.now = w.now.AddDate(0, 0, 14)
		w.must(w.Tick(b.Context())) // the window for receipts is over
		b.StartTimer()
		phase := func(name string, work func()) {
			began := time.Now()
			work()
			b.ReportMetric(time.Since(began).Seconds(), "s-"+name)
		}
		var out *book
		phase("out", func() { out = w.sheetOut(w.edu, docket.SheetReports) })
		b.StopTimer()
		for line := range n {
			w.must(out.SetCellStr(out.name, fmt.Sprint("I", line+3), "本月新增服务居民两千户"))
		}
		raw := out.bytes()
		b.StartTimer()
		var v app.SheetView
		phase("compared", func() {
			v, err = w.BringSheet(b.Context(), w.edu, "进展.xlsx", raw)
			w.must(err)
			v = w.drained(w.edu, v.ID)
		})
		if v.Counts[docket.RowChanged] != n {
			b.Fatalf("compared: %+v %+v", v, w.sheetRows(w.edu, v.ID)[0])
		}
		began := time.Now()
		v = w.confirm(w.edu, v.ID, false)
		took := time.Since(began).Seconds()
		if v.Counts[docket.RowDone] != n {
			b.Fatalf("written: %+v", v)
		}
		b.ReportMetric(took, "s-written")
		b.StopTimer()
		began = time.Now()
		for range n / 10 {
			w.must(w.store.Update(b.Context(), w.now, func(tx docket.Writer) error { return tx.PutSetting(b.Context(), "bench", []byte("1")) }))
		}
		b.ReportMetric(took/(10*time.Since(began).Seconds()), "x-bare-transactions")
		b.StartTimer()
	}
}
