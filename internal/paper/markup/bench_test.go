package markup

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/docket-os/docket/internal/paper"
)

// plan is about 60,000 characters in the shape of a city's plan.
func plan(before, between string) string {
	var b strings.Builder
	for b.Len() < 180_000 {
		b.WriteString(before + "一、建设示范应用场景。由市科技局牵头，市财政局、市城管局配合，12月底前建成10个以上，力争15个。（责任单位：市科技局，各区县人民政府）" + between)
	}
	return b.String()
}

// BenchmarkRead gives characters a second for each format, and for plain
// copying of the same text as the reference.
func BenchmarkRead(b *testing.B) {
	for _, c := range []struct{ name, file, text string }{
		{"txt", "a.txt", plan("", "\n")},
		{"md", "a.md", plan("## 标题\n\n**要求** ", "\n\n")},
		{"html", "a.html", "<html><body>" + plan("<p>", "</p>\n")},
		{"csv", "a.csv", plan("1,", ",x\n")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			rs := Readers()
			for b.Loop() {
				if _, err := rs.Read(b.Context(), paper.Bytes(c.file, []byte(c.text)), paper.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(utf8.RuneCountInString(c.text)*b.N)/b.Elapsed().Seconds(), "chars/s")
		})
	}
	text := plan("", "\n")
	b.Run("reference: split lines", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		n := 0
		for b.Loop() {
			n += len(strings.Split(strings.ToValidUTF8(text, ""), "\n"))
		}
		b.ReportMetric(float64(utf8.RuneCountInString(text)*b.N)/b.Elapsed().Seconds(), "chars/s")
	})
}
