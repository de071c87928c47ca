package markup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/docket-os/docket/internal/paper"
)

func TestHTMLPage(t *testing.T) {
	d := read(t, "a.html", `<!DOCTYPE html><html><head><title> 云州市通知 </title><style>p{}</style><script>var x = "<p>no</p>"</script></head>
<body><header>政府网站</header><nav><a href="/">首页</a></nav>
<article><header><h1>关于2027年
工作的<b>通知</b></h1></header>
<p>由<s>甲局</s>乙局牵头，<br>丙局配合。<p>未关闭的段落 &amp; 实体&#12289;
<ol start="3"><li>第三项<li>第四项<ul><li>其下</ul></ol>
<div>直接文字<某某单位></div>
<pre>一  二
三</pre></article>
<footer>版权</footer><!-- 注释 --></body></html>`)
	if d.Title != "云州市通知" {
		t.Errorf("title %q", d.Title)
	}
	var got []string
	for _, k := range d.Blocks {
		kind := map[paper.Kind]string{paper.Paragraph: "p", paper.Heading: "h", paper.ListItem: "li", paper.Furniture: "aside"}[k.Kind]
		got = append(got, kind+" "+k.Text)
	}
	want := []string{"aside 政府网站", "aside 首页", "h 关于2027年工作的通知", "p 由甲局乙局牵头，\n丙局配合。", "p 未关闭的段落 & 实体、",
		"li 3. 第三项", "li 4. 第四项", "li 其下", "p 直接文字<某某单位>", "p 一  二\n三", "aside 版权"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	k := d.Blocks[3]
	if len(k.Struck) != 1 || k.Text[k.Struck[0].Start:k.Struck[0].End] != "甲局" {
		t.Errorf("struck %v", k.Struck)
	}
}

func TestHTMLTables(t *testing.T) {
	d := read(t, "a.html", `<table><tr><th>序号<th>任务<th colspan=2>责任</tr>
<tr><td rowspan=2>1<td><p>甲</p><p>乙</p><td>科技局<td>财政局</tr><tr><td>丙<table><tr><td>内<td>嵌</table><td>水务局</tr></table>
<table><tr><td><h2>排版用表格</h2><p>正文一</p><p>正文二</p></td></tr></table>`)
	want(t, d,
		`table 0 "序号⇥任务⇥责任⇥⏎1⇥甲⏎乙⇥科技局⇥财政局⏎⇥丙⏎内⇥嵌⇥水务局⇥"`,
		`h2 0 "排版用表格"`, `p 0 "正文一"`, `p 0 "正文二"`)
	tab := d.Blocks[0].Table
	if tab.Header != 1 || !cmp.Equal(tab.Rows[2].Cells[0], paper.Cell{Text: "1", Merged: true}) {
		t.Errorf("%+v", tab)
	}
}

func TestHTMLCharsetFromMeta(t *testing.T) {
	data, err := simplifiedchinese.GBK.NewEncoder().String(`<html><head><meta charset="gb2312"></head><body><p>由市科技局牵头</p></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	want(t, read(t, "a.htm", data), `p 0 "由市科技局牵头"`)
	want(t, read(t, "saved.txt", data), `p 0 "由市科技局牵头"`)
}

func TestHostileHTML(t *testing.T) {
	for name, page := range map[string]string{
		"open tags":   strings.Repeat("<div><table><tr><td>", 50_000) + "甲",
		"open bolds":  strings.Repeat("<b>", 300_000) + "甲",
		"wide cells":  "<table>" + strings.Repeat("<tr><td colspan=99999>甲</td></tr>", 2000) + "</table>",
		"tall cells":  "<table><tr>" + strings.Repeat("<td rowspan=99999>甲</td>", 2000) + "</tr>" + strings.Repeat("<tr>", 3000) + "</table>",
		"lists":       strings.Repeat("<ul><li>", 100_000) + "甲",
		"attributes":  "<p " + strings.Repeat("a=b ", 300_000) + ">甲",
		"end tags":    strings.Repeat("</td></table></li>", 100_000) + "甲",
		"many titles": strings.Repeat("<title>x</title>", 50_000) + "甲",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Readers().Read(t.Context(), paper.Bytes("a.html", []byte("<html>"+page)), paper.Limits{Cells: 100_000})
			if err != nil && keyOf(err) == "" {
				t.Error(err)
			}
		})
	}
}
