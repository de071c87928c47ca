package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// Bench measures what the store must do fast on any engine. Each figure comes
// with a ratio to a plain statement run on the same store in the same run.
func Bench(b *testing.B, open func(t testing.TB) Opened) {
	b.Run("Adopt10000", func(b *testing.B) { benchAdopt(b, open) })
	full := newCity(b, open(b))
	full.fill(100, 1000)
	for name, bench := range map[string]func(*testing.B, *city){
		"Rows100000": benchRows, "Matters50": benchMatters, "LedgerLines50": benchLines, "Search": benchSearch, "SearchMatters": benchSearchMatters, "Directives": benchDirectives,
	} {
		b.Run(name, func(b *testing.B) { bench(b, full) })
	}
}

// Fill puts directives of n adopted matters each into an empty store.
func Fill(t testing.TB, s Opened, directives, n int) { newCity(t, s).fill(directives, n) }

// fill imports and adopts directives of n matters each.
func (c *city) fill(directives, n int) {
	for i := range directives {
		c.adopted(fmt.Sprintf("云政发〔2026〕%d号", i), n, []docket.UnitID{c.bureau, c.division}[i%2])
	}
}

// benchAdopt adopts 10,000 matters with their entries, obligations and lines.
// The reference writes as many journal-sized rows into a bare table.
func benchAdopt(b *testing.B, open func(t testing.TB) Opened) {
	c := newCity(b, open(b))
	must(c, 0, c.Raw(ctx, "CREATE TABLE plain (id BIGINT PRIMARY KEY, value TEXT NOT NULL)"))
	var adopting, plain time.Duration
	for i := range b.N {
		d, _, drafts := c.imported(fmt.Sprint(i), 10_000, c.bureau)
		start := time.Now()
		c.update(func(w docket.Writer) error { return adopt(c, w, &d, drafts) })
		adopting += time.Since(start)
		start = time.Now()
		must(c, 0, c.Raw(ctx, plainInsert(10_000)))
		plain += time.Since(start)
		must(c, 0, c.Raw(ctx, "DELETE FROM plain"))
	}
	b.ReportMetric(0, "ns/op") // import and reference would count
	b.ReportMetric(adopting.Seconds()/float64(b.N), "s/adoption")
	b.ReportMetric(adopting.Seconds()/plain.Seconds(), "x-plain-insert")
}

// plainInsert writes the bytes of n matters' entries, two obligations each and
// lines in n single rows.
func plainInsert(n int) string {
	var b strings.Builder
	for from := 0; from < n; from += 100 {
		b.WriteString("INSERT INTO plain (id, value) VALUES ")
		for i := from; i < from+100; i++ {
			if i > from {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, "(%d,'%s')", i, strings.Repeat("x", 300))
		}
		b.WriteString(";")
	}
	return "BEGIN;" + b.String() + "COMMIT"
}

func benchRows(b *testing.B, c *city) {
	n := 0
	for b.Loop() {
		n = 0
		c.view(func(r docket.Reader) error {
			for _, err := range r.MatterRows(ctx) {
				n++
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	if n != 100_000 {
		b.Fatal(n)
	}
	reference(b, c, func(r docket.Reader) error { // the same store reading as many short rows
		_, err := r.SearchMatters(ctx, "食堂")
		return err
	})
}

// picker draws matters.
func picker() func(n int) []docket.MatterID {
	random := rand.New(rand.NewPCG(1, 1))
	return func(n int) (ids []docket.MatterID) {
		for range n {
			ids = append(ids, docket.MatterID(random.IntN(100_000)+1))
		}
		return ids
	}
}

func benchLines(b *testing.B, c *city) {
	pick := picker()
	for b.Loop() {
		c.view(func(r docket.Reader) error {
			_, err := r.LedgerLines(ctx, fromUnit(c.top, c.county), pick(50))
			return err
		})
	}
	reference(b, c, func(r docket.Reader) error { _, err := r.LedgerLines(ctx, fromUnit(c.county), pick(1)); return err })
}

func benchMatters(b *testing.B, c *city) {
	pick := picker()
	ask50 := func(r docket.Reader) error { _, err := r.Matters(ctx, fromUnit(c.top, c.county), pick(50)); return err }
	for b.Loop() {
		c.view(ask50)
	}
	reference(b, c, func(r docket.Reader) error { _, err := r.Matters(ctx, fromUnit(c.county), pick(1)); return err })
}

func benchSearch(b *testing.B, c *city) {
	for b.Loop() {
		c.view(func(r docket.Reader) error {
			_, err := r.Search(ctx, fromUnit(c.county), "社区食堂", 20)
			return err
		})
	}
	reference(b, c, func(r docket.Reader) error { _, err := r.Matter(ctx, fromUnit(c.county), 5); return err })
}

func benchSearchMatters(b *testing.B, c *city) {
	for b.Loop() {
		c.view(func(r docket.Reader) error { _, err := r.SearchMatters(ctx, "食堂77"); return err })
	}
	reference(b, c, func(r docket.Reader) error { _, err := r.Matter(ctx, fromUnit(c.county), 5); return err })
}

func benchDirectives(b *testing.B, c *city) {
	for b.Loop() {
		c.view(func(r docket.Reader) error { _, err := r.Directives(ctx, fromUnit(c.county)); return err })
	}
	reference(b, c, func(r docket.Reader) error { _, err := r.Directives(ctx, docket.SystemScope()); return err })
}

// reference reports how many times longer the measured question took than a plain one.
func reference(b *testing.B, c *city, plain func(docket.Reader) error) {
	const times = 5
	start := time.Now()
	for range times {
		c.view(plain)
	}
	each := time.Since(start) / times
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(each), "x-reference")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/op")
}
