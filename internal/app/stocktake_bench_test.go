package app_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/brief"
)

// bureaus names n made-up units.
func bureaus(n int) []string {
	chars := []rune("安宁平和永昌盛福康泰祥瑞")
	out := make([]string, n)
	for i := range out {
		out[i] = "市" + string(chars[i/len(chars)%len(chars)]) + string(chars[i%len(chars)]) + "局"
	}
	return out
}

// gathering is a town with a convened meeting of so many units over so many
// matters, three of each unit measured.
func gathering(b *testing.B, units, matters int) (*town, docket.StocktakeID) {
	b.Helper()
	w := newTown(b, openSQLite(b))
	names := bureaus(units)
	var list strings.Builder
	list.WriteString("名称,代码,上级单位,级别,别名\n")
	for i, n := range names {
		fmt.Fprintf(&list, "%s,B%d,YZ,unit,\n", n, i)
	}
	if done, err := w.ImportUnits(b.Context(), w.admin, "units.csv", []byte(list.String()), false); err != nil || done.Added != units {
		b.Fatal(err, done)
	}
	tree, err := w.Units(b.Context(), w.admin, 0)
	w.must(err)
	for _, u := range tree.Items {
		w.unit[u.Name] = u.ID
	}
	leader := w.person("leader", docket.Leader, "云州市")
	for part := 0; part*app.MaxClauses < matters; part++ {
		var plan strings.Builder
		fmt.Fprintf(&plan, "云州市人民政府关于办好第%d批实事的通知\n云政发〔2026〕%d号\n市政府各部门：\n现将有关事项通知如下。\n一、办好实事\n", part+1, 20+part)
		for i := range min(app.MaxClauses, matters-part*app.MaxClauses) {
			fmt.Fprintf(&plan, "%d.新建第%d处便民服务点，服务居民%d户。（%s牵头，2026年%d月底前完成）\n", i+1, i+1, 100+i, names[i%units], 3+i%10)
		}
		in, err := w.Import(b.Context(), w.office, fmt.Sprint(part, ".txt"), []byte(plan.String()))
		w.must(err)
		_, err = w.Adopt(b.Context(), w.office, in.Directive, w.version(in.Directive))
		w.must(err)
	}
	for i := range docket.MatterID(3 * units) {
		_, err := w.SetMeasures(b.Context(), w.office, i+1, []docket.Measure{{Name: "服务点", Unit: "处", Direction: docket.AtLeast, Baseline: docket.Point{Day: docket.NewDate(2026, time.January, 1)}, Target: 100, Due: docket.NewDate(2026, time.December, 31)}})
		w.must(err)
		page, err := w.Measures(b.Context(), w.office, i+1, 0, 0)
		w.must(err)
		_, err = w.Observe(b.Context(), w.office, i+1, docket.Observation{Measure: page.Items[0].ID, Value: float64(i), AsOf: docket.NewDate(2026, time.March, 1)})
		w.must(err)
	}
	plan := app.StocktakePlan{Kind: docket.Quarterly, Title: "盘点会", On: docket.NewDate(2026, time.June, 30), Begins: "09:00", Convener: leader.Person.ID, DaysBefore: 2}
	for _, n := range names {
		plan.Slots = append(plan.Slots, app.SlotPlan{Unit: w.unit[n]})
	}
	page, err := w.PlanStocktake(b.Context(), w.office, plan, 0)
	w.must(err)
	page, err = w.Convene(b.Context(), w.office, page.ID, page.Version)
	w.must(err)
	w.now = w.now.AddDate(0, 3, 0)
	return w, page.ID
}

// look is how often the benchmark asks how far a freezing is.
const look = 20 * time.Millisecond

// BenchmarkFreeze seals a pack and reads it back (issue 4: nine units over 2,000
// matters in at most 1 s, .docx and .pdf in at most 3 s; a hundred units over
// 100,000 matters in at most 20 s). The reference is one page of the ledger of the
// same docket for each unit.
func BenchmarkFreeze(b *testing.B) {
	for _, size := range []struct{ units, matters int }{{9, 2_000}, {100, 100_000}} {
		b.Run(fmt.Sprintf("%dunits/%dmatters", size.units, size.matters), func(b *testing.B) {
			w, id := gathering(b, size.units, size.matters)
			began := time.Now()
			for range size.units {
				w.ledger(w.office)
			}
			floor := time.Since(began)
			var freeze, papers time.Duration
			n, steps := 0, 0
			for b.Loop() {
				n++
				began := time.Now()
				f, err := w.FreezePack(b.Context(), w.office, id, look)
				for seen := 0; f.Running; f, err = w.Freezing(b.Context(), w.office, id, look) {
					if f.Done > seen {
						seen, steps = f.Done, steps+1
					}
				}
				w.must(err)
				body, head, err := w.Pack(b.Context(), w.office, id, 0)
				w.must(err)
				freeze += time.Since(began)
				began = time.Now()
				doc := brief.Pack("zh", time.UTC, &body, head.No, head.Seal)
				w.must(doc.WriteDOCX(io.Discard))
				w.must(doc.WritePDF(io.Discard))
				papers += time.Since(began)
			}
			b.ReportMetric(freeze.Seconds()/float64(n), "s-frozen-and-read")
			b.ReportMetric(float64(steps)/float64(n), "steps-seen")
			b.ReportMetric(papers.Seconds()/float64(n), "s-docx+pdf")
			b.ReportMetric(freeze.Seconds()/float64(n)/floor.Seconds(), "x-ledger-pages")
		})
	}
}
