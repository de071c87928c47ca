package reading_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading"
)

var (
	someUnits   = []string{"市教育局", "市财政局", "市住房城乡建设局", "市水务局", "市人力资源社会保障局", "市政府办公室", "各区县政府"}
	somePhrases = []string{"建设服务站点", "完善运行机制", "加强人员培训", "扩大服务范围", "推动资源共享", "健全管理制度", "提升服务质量", "优化办事流程"}
)

// stated is a clause as its author meant it.
type stated struct {
	text     string
	lead     string
	supports []string
}

func clauses(t *rapid.T) []stated {
	n := 100 // every phrase counts something else: no two lines of a real paper are alike
	phrase := func() string {
		n += 7
		return fmt.Sprintf("%s%d处", rapid.SampledFrom(somePhrases).Draw(t, "phrase"), n)
	}
	out := make([]stated, rapid.IntRange(6, 16).Draw(t, "clauses"))
	for i := range out {
		units := rapid.Permutation(someUnits).Draw(t, "units")
		words := make([]string, rapid.IntRange(6, 18).Draw(t, "phrases"))
		for j := range words {
			words[j] = phrase()
		}
		out[i] = stated{strings.Join(words, "，") + "。", units[0], units[1 : 2+rapid.IntRange(0, 2).Draw(t, "supports")]}
	}
	return out
}

// TestPageBreaksChangeNothing prints a paper at a fixed width with page numbers
// between its lines; what is read must be what was written.
func TestPageBreaksChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := clauses(t)
		width := rapid.IntRange(24, 40).Draw(t, "width")
		perPage := rapid.IntRange(5, 30).Draw(t, "lines a page")
		page, line := 1, 0
		var b strings.Builder
		b.WriteString("云州市公共服务工作方案\n一、工作任务\n")
		for i, c := range want {
			s := []rune(fmt.Sprintf("（%s）%s（牵头单位：%s；配合单位：%s）", han(i+1), c.text, c.lead, strings.Join(c.supports, "、")))
			for len(s) > 0 {
				n := fits(s, 2*width)
				b.WriteString(string(s[:n]) + "\n")
				s = s[n:]
				if line++; line%perPage == 0 {
					fmt.Fprintf(&b, "— %d —\n", page)
					page++
				}
			}
		}
		doc := parse(t, "plan.txt", b.String())
		res := reading.Read(doc, reading.Options{})
		checkInvariants(t, doc, res)
		i := 0
		for _, c := range res.Clauses {
			for _, task := range c.Tasks {
				if i >= len(want) {
					t.Fatalf("more tasks than written: %q", task.Text)
				}
				compareStated(t, want[i], task)
				i++
			}
		}
		if i != len(want) {
			t.Fatalf("%d tasks of %d", i, len(want))
		}
	})
}

// fits counts the characters that fill a line of w columns, two for a Chinese one.
func fits(s []rune, w int) int {
	for i, r := range s {
		if w--; r > 0x2000 {
			w--
		}
		if w < 0 {
			return i
		}
	}
	return len(s)
}

func compareStated(t *rapid.T, want stated, got reading.Task) {
	if got.Text != want.text {
		t.Fatalf("text %q, written %q", got.Text, want.text)
	}
	var lead, supports []string
	for _, p := range got.Parties {
		if p.Role == docket.Lead {
			lead = append(lead, p.Name)
		} else {
			supports = append(supports, p.Name)
		}
	}
	if strings.Join(lead, "、") != want.lead || strings.Join(supports, "、") != strings.Join(want.supports, "、") {
		t.Fatalf("%v + %v, written %s + %v", lead, supports, want.lead, want.supports)
	}
}
