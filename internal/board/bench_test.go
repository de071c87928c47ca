package board

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

const benchMatters = 100_000

func benchRows() []docket.MatterRow {
	rng := rand.New(rand.NewPCG(3, 4))
	rows := make([]docket.MatterRow, benchMatters)
	for i := range rows {
		rows[i] = randomRow(rng, docket.MatterID(i+1))
		rows[i].Directive = docket.DirectiveID(1 + i/200)
		rows[i].Owner = 1
	}
	return rows
}

// BenchmarkPage asks for a page of 50 from 100,000 matters, filtered and sorted,
// and gives the ratio to looking at every matter.
func BenchmarkPage(b *testing.B) {
	tree, rows := testTree(b), benchRows()
	v := build(rows)
	head := docket.Scope{Read: tree.Below(3)}
	for _, c := range []struct {
		name string
		q    Query
	}{
		{"all by lamp", Query{Scope: docket.SystemScope()}},
		{"subtree overdue by due", Query{Scope: docket.SystemScope(), Units: tree.Below(3).List(),
			LedgerQuery: docket.LedgerQuery{Unit: 3, Below: true, Lamp: []docket.Lamp{docket.LampAct}, Sort: docket.SortDue}}},
		{"one unit's reader by lead", Query{Scope: head, LedgerQuery: docket.LedgerQuery{Sort: docket.SortLead, Status: []docket.MatterStatus{docket.Assigned, docket.InProgress}}}},
		{"a directive by source", Query{Scope: docket.SystemScope(), LedgerQuery: docket.LedgerQuery{Directive: 77, Sort: docket.SortSource}}},
		{"grouped by unit", Query{Scope: docket.SystemScope(), Group: "unit"}},
	} {
		c.q.Tree, c.q.Limit = tree, 50
		b.Run(c.name, func(b *testing.B) {
			if _, err := viewOf(v).Ask(c.q); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := viewOf(v).Ask(c.q); err != nil {
					b.Fatal(err)
				}
			}
			fast := b.Elapsed().Seconds() / float64(b.N)
			began := time.Now()
			naive(rows, c.q)
			slow := time.Since(began).Seconds()
			b.ReportMetric(fast*1e3, "ms/page")
			b.ReportMetric(slow/fast, "x-naive")
		})
	}
}

// BenchmarkChange takes one acknowledged matter in, with every order built.
func BenchmarkChange(b *testing.B) {
	tree, rows := testTree(b), benchRows()
	v := build(rows)
	for _, s := range docket.LedgerSorts() {
		viewOf(v).orderOf(s, tree)
	}
	for b.Loop() {
		r := rows[b.N%benchMatters]
		r.Status, r.AckDue = docket.Accepted, 0
		v = v.with([]docket.MatterID{r.ID}, []docket.MatterRow{r})
	}
}

// BenchmarkBuild makes the board of 100,000 matters and its first page, and says
// what it keeps in memory.
func BenchmarkBuild(b *testing.B) {
	rows, tree := benchRows(), testTree(b)
	var before, after runtime.MemStats
	var v *version
	for b.Loop() {
		v = build(rows)
		if _, err := viewOf(v).Ask(Query{Scope: docket.SystemScope(), Tree: tree, Limit: 50}); err != nil {
			b.Fatal(err)
		}
	}
	v = nil
	runtime.GC()
	runtime.ReadMemStats(&before)
	fresh := make([]docket.MatterRow, len(rows)) // numbers of its own, as a store would give
	for i := range rows {
		fresh[i] = rows[i]
		fresh[i].No = fmt.Sprintf("2026-%04d", i)
	}
	v = build(fresh)
	for _, s := range docket.LedgerSorts() {
		viewOf(v).orderOf(s, tree)
	}
	fresh = nil
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/(1<<20), "MiB-kept")
	runtime.KeepAlive(v)
	runtime.KeepAlive(rows)
}

// BenchmarkMidnight works the lamps of a million matters out for a new day, every
// second of them measured by twelve monthly points, and gives the ratio to
// copying the columns a lamp is worked out from.
func BenchmarkMidnight(b *testing.B) {
	const million = 1_000_000
	rng := rand.New(rand.NewPCG(5, 6))
	c := &columns{}
	for i := range million {
		r := randomRow(rng, docket.MatterID(i+1))
		r.Reported = today.Date - docket.Date(rng.IntN(40))
		if i%2 == 0 {
			p := measure.Pace{Actual: int32(rng.IntN(measure.Whole)), Seen: today.Date - docket.Date(rng.IntN(60))}
			for k := range 13 {
				p.Plan = append(p.Plan, measure.Step{Day: today.Date - 180 + docket.Date(30*k), At: int32(k * measure.Whole / 12)})
			}
			r.Pace = p.Encode()
		}
		c.add(&r)
	}
	c.index()
	v := &version{columns: c}
	b.ResetTimer()
	for b.Loop() {
		v.lit = nil
		v.lampsOf(today)
	}
	lit := b.Elapsed().Seconds() / float64(b.N)
	began := time.Now()
	copied := slices.Clone(c.moving)
	for i, p := range copied {
		copied[i] = new(*p)
	}
	ratio := lit / time.Since(began).Seconds()
	runtime.KeepAlive(copied)
	b.ReportMetric(lit*1e3, "ms/midnight")
	b.ReportMetric(ratio, "x-copy")
}
