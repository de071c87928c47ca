package pdf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docket-os/docket/internal/paper"
)

// put sets text on a page, its lower left corner at x, y.
func (p *page) put(x, y, size float32, text string) {
	for _, r := range text {
		w := size
		if !wide(r) {
			w = size / 2
		}
		p.Runes = append(p.Runes, r)
		p.Boxes = append(p.Boxes, box{x, y, x + w, y + size})
		x += w
	}
}

// ruled draws a grid.
func (p *page) ruled(xs, ys []float32) {
	for _, x := range xs {
		p.Rules = append(p.Rules, box{x, ys[len(ys)-1], x, ys[0]})
	}
	for _, y := range ys {
		p.Rules = append(p.Rules, box{xs[0], y, xs[len(xs)-1], y})
	}
}

// letter is a page of an official letter: margins 80 and 520, size 16, leading 28.
func letter() page { return page{Width: 600, Height: 840} }

func full(text string) string { return text + strings.Repeat("文", 27-len([]rune(text))) }

func blocks(ps ...page) []string {
	var out []string
	for _, k := range layout(ps) {
		kind := map[paper.Kind]string{paper.Paragraph: "p", paper.Heading: "h", paper.TableBlock: "table", paper.Furniture: "aside"}[k.Kind]
		out = append(out, kind+" "+k.Text)
	}
	return out
}

// TestChineseParagraphs: an indent of two characters begins a paragraph, also on
// the page after; full lines go on; a title broken into centred lines is one.
func TestChineseParagraphs(t *testing.T) {
	a, b := letter(), letter()
	a.put(157, 750, 22, "云州市人民政府关于印发行动")
	a.put(223, 720, 22, "方案的通知示例")
	a.put(80, 660, 16, "各区县人民政府：")
	a.put(112, 632, 16, full("一、")[:25*3])
	a.put(80, 604, 16, full("续一"))
	a.put(80, 576, 16, "完。")
	a.put(112, 548, 16, "（一）短句。")
	a.put(112, 520, 16, full("（二）")[:25*3])
	a.put(80, 492, 16, full("页末"))
	a.put(500, 60, 14, "— 1 —")
	b.put(80, 750, 16, "接上页。")
	b.put(112, 722, 16, "二、新段。")
	b.put(80, 60, 14, "— 2 —")
	body := func(first, second string) string { return first + second }
	want := []string{
		"h 云州市人民政府关于印发行动方案的通知示例", "p 各区县人民政府：",
		"p " + body(full("一、")[:25*3], full("续一")) + "完。", "p （一）短句。",
		"p " + body(full("（二）")[:25*3], full("页末")) + "接上页。",
		"aside — 1 —", "p 二、新段。", "aside — 2 —",
	}
	if diff := cmp.Diff(want, blocks(a, b)); diff != "" {
		t.Error(diff)
	}
}

// TestOrdinalsSetFlushLeft: in a paper without indents an ordinal behind a sentence that fills its line begins
// a paragraph, one in the middle of a sentence does not.
func TestOrdinalsSetFlushLeft(t *testing.T) {
	a := letter()
	a.put(80, 632, 16, "1."+strings.Repeat("甲", 25)+"。")
	a.put(80, 604, 16, "2."+strings.Repeat("乙", 26))
	a.put(80, 576, 16, "3.丙丙丙。")
	want := []string{"p 1." + strings.Repeat("甲", 25) + "。", "p 2." + strings.Repeat("乙", 26) + "3.丙丙丙。"}
	if diff := cmp.Diff(want, blocks(a)); diff != "" {
		t.Errorf("read differently (-want +got):\n%s", diff)
	}
}

// TestTableOverPages: merged cells keep their place, wrapped cells are one line,
// and a table that goes on at the top of the next page is one table.
func TestTableOverPages(t *testing.T) {
	a, b := letter(), letter()
	xs := []float32{80, 140, 340, 520}
	a.put(112, 700, 16, "表一如下。")
	a.ruled(xs, []float32{680, 640, 600})
	a.put(90, 650, 12, "序号")
	a.put(150, 650, 12, "任务")
	a.put(350, 650, 12, "牵头单位")
	a.put(90, 620, 12, "1")
	a.put(146, 622, 12, "建成三座泵站并疏浚主要河道工")
	a.put(146, 606, 12, "程")
	a.put(350, 620, 12, "市水务局")
	b.ruled(xs, []float32{760, 720, 680})
	b.Rules[1] = box{140, 680, 140, 720} // in the first row the first two columns are one cell
	b.put(90, 730, 12, "合计")
	b.put(350, 730, 12, "2项")
	b.put(350, 690, 12, "完")
	got := layout([]page{a, b})
	if len(got) != 2 || got[1].Text != "序号\t任务\t牵头单位\n1\t建成三座泵站并疏浚主要河道工程\t市水务局\n合计\t\t2项\n\t\t完" {
		t.Fatalf("%q", blocks(a, b))
	}
	tab := got[1].Table
	if tab.Header != 1 || tab.Rows[2].Page != 2 {
		t.Errorf("header %d, page %d", tab.Header, tab.Rows[2].Page)
	}
	if diff := cmp.Diff(paper.Cell{Text: "合计", Merged: true}, tab.Rows[2].Cells[1]); diff != "" {
		t.Error(diff)
	}
	c := letter()
	c.ruled([]float32{80, 200, 520}, []float32{760, 720})
	c.put(90, 730, 12, "另")
	c.put(250, 730, 12, "表")
	if got := layout([]page{a, c}); len(got) != 3 {
		t.Errorf("tables of different columns joined: %q", blocks(a, c))
	}
}

// TestMarkingStaysALine: a secrecy banner never disappears in a paragraph.
func TestMarkingStaysALine(t *testing.T) {
	p := letter()
	p.put(80, 700, 16, full("甲"))
	p.put(80, 672, 16, "机密★1年")
	p.put(80, 644, 16, "乙")
	if diff := cmp.Diff([]string{"p " + full("甲"), "p 机密★1年", "p 乙"}, blocks(p)); diff != "" {
		t.Error(diff)
	}
}

func TestPageNumbers(t *testing.T) {
	for text, want := range map[string]bool{"3": true, "— 12 —": true, "- 3 -": true, "第 3 页": true, "第3页 共9页": true, "Page 3 of 9": true, "3 / 9": true, "iv": true,
		"2027年": false, "3.": false, "第三章": false, "12月底前": false, "3项": false} {
		if got := pageNumber.MatchString(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
