package phrase

import (
	"strings"
	"testing"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
)

// page is a made-up page of a division paper, about 400 characters.
const page = `（三）改造老旧小区。2027年6月底前，完成老旧小区改造100个，惠及居民6.5万户，加装电梯不少于200部；力争绿化覆盖率达到45%以上。建立由街道、社区参与的协调机制，持续完善管护办法。（市住建局牵头，市财政局、规划和自然资源局按职责分工负责，各县（市、区）人民政府落实）
（四）优化公交线路。新开和调整线路20条，早高峰准点率保持在90%以上，每季度末将进展情况报市政府督查室。（责任单位：市交通运输局、市公安局、云州公交集团公司）
（五）办好人民满意的教育。新建改扩建中小学校11所，新增学位1.53万个，加强教师队伍建设，推进优质教育资源均衡配置，扩大普惠性学前教育供给，提高课后服务质量。（市教育局牵头，市发展改革委、市人力资源社会保障局等部门配合，年内持续推进）
`

// BenchmarkRead reports characters a second for a 60,000-character plan, against
// the time a plain scan for the same brackets and figures takes.
func BenchmarkRead(b *testing.B) {
	text := strings.Repeat(page, 60_000/utf8.RuneCountInString(page))
	ctx := Context{Issued: docket.NewDate(2026, 8, 10)}
	clauses := strings.SplitAfter(text, "\n")
	chars := float64(utf8.RuneCountInString(text))
	b.Run("phrase", func(b *testing.B) {
		for b.Loop() {
			for _, c := range clauses {
				Notes(c, ctx)
				Dues(c, ctx)
				Measures(c, ctx)
				Strength(c, "zh")
			}
		}
		b.ReportMetric(chars*float64(b.N)/b.Elapsed().Seconds(), "chars/s")
	})
	b.Run("scan", func(b *testing.B) {
		n := 0
		for b.Loop() {
			for _, c := range text {
				if strings.ContainsRune("（）0123456789", c) {
					n++
				}
			}
		}
		b.ReportMetric(chars*float64(b.N)/b.Elapsed().Seconds(), "chars/s")
	})
}
