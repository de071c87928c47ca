package reading_test

import (
	"strings"
	"testing"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading"
)

// TestHostileTextEnds reads texts made to cost: each would take minutes if any
// step were quadratic in it, and the test's own limit would tell.
func TestHostileTextEnds(t *testing.T) {
	struck := paper.Block{Text: strings.Repeat("一2026年3月底前x", 20_000)}
	for i := 0; i+3 < len(struck.Text); i += 25 {
		struck.Struck = append(struck.Struck, paper.Span{Start: i, End: i + 3})
	}
	for name, doc := range map[string]*paper.Document{
		"labelled lines":  linesOf(strings.Repeat("牵头单位：市教育局\n", 8_000)),
		"struck words":    {Format: "md", Blocks: []paper.Block{struck}},
		"one letter":      linesOf(strings.Repeat("在\n", 40_000)),
		"annexes":         linesOf(strings.Repeat("附件1\n列第一位的为牵头单位\n", 6_000)),
		"dates":           linesOf(strings.Repeat("某某局\n2026年3月5日\n", 6_000)),
		"open brackets":   linesOf(strings.Repeat("（（（\n", 15_000)),
		"contents":        linesOf("目录\n" + strings.Repeat("第一章 总则\n", 15_000)),
		"deep numbers":    linesOf(strings.Repeat("一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n", 5_000)),
		"notes in a line": linesOf("1." + strings.Repeat("建设站点（市教育局牵头）；", 10_000)),
	} {
		t.Run(name, func(t *testing.T) {
			checkInvariants(t, doc, reading.Read(doc, reading.Options{}))
		})
	}
}

func linesOf(s string) *paper.Document {
	doc := &paper.Document{Format: "txt"}
	for i, l := range strings.Split(strings.TrimSpace(s), "\n") {
		doc.Blocks = append(doc.Blocks, paper.Block{Text: l, Line: i + 1})
	}
	return doc
}
