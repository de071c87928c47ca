package reading_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/reading"
)

// plan makes up a plan of about n characters: headings, numbered clauses with
// notes, dues and targets.
func plan(n int) string {
	var b strings.Builder
	b.WriteString("云州市综合发展行动方案\n云政发〔2026〕1号\n各区县人民政府，市政府各部门：\n为推动发展，制定本方案。\n")
	for i := 1; utf8.RuneCountInString(b.String()) < n && i < 99; i++ {
		fmt.Fprintf(&b, "%s、推进第%d项工程\n", han(i), i)
		for j := 1; j <= max(1, n/100/120); j++ {
			fmt.Fprintf(&b, "%d.建设第%d批服务站点，完善运行机制，加强人员培训，扩大服务范围，全年新建站点%d个，服务群众%d万人次以上，满意率不低于95%%，2026年%d月底前完成。（牵头单位：市民政局；配合单位：市财政局、市住房城乡建设局，各区县政府）\n", j, j, j+10, j, j%12+1)
		}
	}
	return b.String()
}

func han(n int) string {
	d := []rune("零一二三四五六七八九")
	s := ""
	if n >= 20 {
		s += string(d[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(d[n%10])
	}
	return s
}

func benchmark(b *testing.B, doc *paper.Document) {
	chars := utf8.RuneCountInString(doc.Text())
	b.ReportAllocs()
	for b.Loop() {
		reading.Read(doc, reading.Options{})
	}
	b.ReportMetric(float64(chars)*float64(b.N)/b.Elapsed().Seconds(), "chars/s")
	b.ReportMetric(float64(chars), "chars")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(scan(doc.Text())), "x-rune-scan")
}

// scan is the reference of the same run: nanoseconds for one pass over the
// runes of the text.
func scan(text string) int64 {
	const passes = 20
	sum, start := 0, time.Now()
	for range passes {
		for _, r := range text {
			sum += int(r)
		}
	}
	if sum == 1 {
		return 1
	}
	return max(1, time.Since(start).Nanoseconds()/passes)
}

func BenchmarkReadPlan60k(b *testing.B)  { benchmark(b, parse(b, "plan.txt", plan(60_000))) }
func BenchmarkReadPlan240k(b *testing.B) { benchmark(b, parse(b, "plan.txt", plan(240_000))) }

// BenchmarkReadClauses100k reads 100,000 numbered clauses.
func BenchmarkReadClauses100k(b *testing.B) {
	var s strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&s, "%d.完成事项。（市民政局负责）\n", i%9999+1)
	}
	doc := &paper.Document{Name: "many.txt", Format: "txt"}
	for i, l := range strings.Split(strings.TrimSpace(s.String()), "\n") {
		doc.Blocks = append(doc.Blocks, paper.Block{Text: l, Line: i + 1})
	}
	benchmark(b, doc)
}

func BenchmarkReadFiveYearPlan(b *testing.B) {
	dir := os.Getenv("DOCKET_SAMPLES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "samples")
	}
	file := filepath.Join(dir, "zh", "2021-十四五规划纲要.md")
	data, err := os.ReadFile(file)
	if err != nil {
		b.Skipf("NOT MEASURED: %v", err)
	}
	doc, err := markup.Readers().Read(context.Background(), paper.Bytes(filepath.Base(file), data), paper.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, doc)
}
