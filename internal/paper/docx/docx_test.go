package docx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docket-os/docket/internal/paper"
)

// official is the numbering of Chinese official documents (GB/T 9704-2012 §7.3.3).
const official = `<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%4）"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%5"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`

func TestNumbering(t *testing.T) {
	legal := `<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Part %1"/><w:suff w:val="space"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>`
	linked := `<w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H1"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num>`
	linkedStyles := `<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="Heading 2"/><w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="own"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>`
	for name, c := range map[string]struct {
		numbering, styles, body string
		want                    []string
	}{
		"official": {official, "", p("甲", numPr(1, 0)) + p("乙", numPr(1, 1)) + p("丙", numPr(1, 1)) + p("丁", numPr(1, 2)) + p("戊", numPr(1, 3)) + p("己", numPr(1, 4)) + p("正文") + p("庚", numPr(1, 0)) + p("辛", numPr(1, 1)) + p("", numPr(1, 1)) + p("壬", numPr(1, 1)),
			[]string{"一、甲", "（一）乙", "（二）丙", "1. 丁", "（1）戊", "① 己", "正文", "二、庚", "（一）辛", "（三）壬"}},
		"override restarts once": {official, "", p("甲", numPr(1, 0)) + p("乙", numPr(2, 0)) + p("丙", numPr(2, 0)) + p("丁", numPr(1, 0)),
			[]string{"一、甲", "五、乙", "六、丙", "七、丁"}},
		"legal, start, no restart": {legal, "", p("a", numPr(7, 0)) + p("b", numPr(7, 1)) + p("c", numPr(7, 2)) + p("d", numPr(7, 0)) + p("e", numPr(7, 1)) + p("f", numPr(7, 2)),
			[]string{"Part III a", "3.1 b", "a) c", "Part IV d", "4.1 e", "b) f"}},
		"levels by style": {linked, linkedStyles, p("总则", pStyle("H1")) + p("目的", pStyle("H2")) + p("范围", pStyle("H2")) + p("任务", pStyle("Own")) + p("其一", pStyle("H2")) + p("不编号", pStyle("H2"), numPr(0, 0)) + p("圈", pStyle("A")),
			[]string{"第一章 总则", "1.1 目的", "1.2 范围", "第二章 任务", "2.1 其一", "不编号", "圈"}},
		"sublevel before its parent": {official, "", p("甲", numPr(1, 2)) + p("乙", numPr(1, 0)), []string{"1. 甲", "二、乙"}},
		"unknown list":               {official, "", p("甲", numPr(99, 0)), []string{"甲"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, pack(t, c.body, map[string]string{"numbering": c.numbering, "styles": c.styles}))
			if diff := cmp.Diff(c.want, texts(d)); diff != "" {
				t.Error(diff)
			}
			for _, k := range d.Blocks {
				if !strings.HasPrefix(k.Text, k.Label) {
					t.Errorf("label %q does not start %q", k.Label, k.Text)
				}
			}
		})
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"chineseCounting", 10, "十"}, {"chineseCounting", 11, "十一"}, {"chineseCounting", 20, "二十"}, {"chineseCounting", 68, "六十八"}, {"chineseCounting", 105, "一百零五"},
		{"chineseCountingThousand", 1010, "一千零一十"}, {"chineseLegalSimplified", 12, "壹拾贰"}, {"ideographTraditional", 3, "丙"}, {"ideographTraditional", 11, "11"}, {"decimalEnclosedCircle", 20, "⑳"},
		{"decimalEnclosedCircle", 21, "21"}, {"upperLetter", 27, "AA"}, {"lowerRoman", 49, "xlix"}, {"decimalZero", 7, "07"}, {"ordinal", 112, "112th"}, {"ordinal", 22, "22nd"}, {"decimalFullWidth", 12, "１２"}, {"none", 4, ""}, {"unknown", 4, "4"},
		{"ideographDigital", 10, "一〇"}, {"upperRoman", 0, "0"}, {"lowerLetter", -3, "-3"}, {"chineseCounting", -1, "-1"},
	} {
		if got := numeral(c.format, c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.format, c.n, got, c.want)
		}
	}
}

func TestTrackedChangesAndRuns(t *testing.T) {
	body := `<w:p><w:ins><w:r><w:t>由市科技局</w:t></w:r></w:ins><w:del><w:r><w:delText>市财政局</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:rPr><w:strike/></w:rPr><w:t>六月</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>九月</w:t><w:br/><w:t>底</w:t><w:tab/><w:t>前</w:t><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>` +
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上半句，</w:t></w:r></w:p>` + p("下半句。") +
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>见附件</w:t><w:fldChar w:fldCharType="end"/></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>` +
		`<w:p><w:r><w:t>宿主</w:t><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>` + p("框内") + `</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p("框内") + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
	d := open(t, pack(t, body, nil))
	want := []string{"由市科技局六月九月\n底\t前-☑", "上半句，下半句。", "见附件链接控件", "宿主", "框内"}
	if diff := cmp.Diff(want, texts(d)); diff != "" {
		t.Error(diff)
	}
	k := d.Blocks[0]
	if len(k.Struck) != 1 || k.Text[k.Struck[0].Start:k.Struck[0].End] != "六月" {
		t.Errorf("struck %v", k.Struck)
	}
	if len(k.Bold) == 0 || !strings.HasPrefix(k.Text[k.Bold[0].Start:], "九月") {
		t.Errorf("bold %v", k.Bold)
	}
}

func TestTables(t *testing.T) {
	tc := func(props, content string) string {
		return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + content + "</w:tc>"
	}
	body := "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + tc("", p("序号")) + tc(`<w:gridSpan w:val="2"/>`, p("任务")) + tc("", p("牵头单位")) + "</w:tr>" +
		"<w:tr>" + tc(`<w:vMerge w:val="restart"/>`, p("1")) + tc("", p("甲一")+p("甲二")) + tc("", "<w:tbl><w:tr>"+tc("", p("内"))+tc("", p("表"))+"</w:tr></w:tbl>"+p("")) + tc("", p("市科技局")) + "</w:tr>" +
		"<w:tr>" + tc(`<w:vMerge/>`, p("")) + tc("", p("乙")) + tc("", p("")) + tc("", `<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r></w:p>`+p("新")) + "</w:tr></w:tbl>" + p("后文")
	d := open(t, pack(t, p("前文")+body, nil))
	want := []string{"前文", "序号\t任务\t\t牵头单位\n1\t甲一\n甲二\t内\t表\t市科技局\n\t乙\t\t旧\n新", "后文"}
	if diff := cmp.Diff(want, texts(d)); diff != "" {
		t.Error(diff)
	}
	tab := d.Blocks[1].Table
	if tab.Header != 1 || len(tab.Rows) != 3 || len(tab.Rows[2].Cells) != 4 {
		t.Fatalf("table %+v", tab)
	}
	if diff := cmp.Diff(paper.Cell{Text: "1", Merged: true}, tab.Rows[2].Cells[0]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(paper.Cell{Text: "任务", Merged: true}, tab.Rows[0].Cells[2]); diff != "" {
		t.Error(diff)
	}
	if s := tab.Rows[2].Cells[3].Struck; len(s) != 1 || s[0] != (paper.Span{Start: 0, End: 3}) {
		t.Errorf("struck %v", s)
	}
}

func TestSidePartsAndPages(t *testing.T) {
	body := p("第一页") + `<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/><w:br w:type="page"/></w:r></w:p>` + p("第二页") + `<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>节末</w:t></w:r></w:p>` + p("第三页")
	d := open(t, pack(t, body, map[string]string{
		"header1":   p("云州市人民政府文件") + `<w:p><w:r><w:pict><v:shape><v:textpath string="样本"/></v:shape></w:pict></w:r></w:p>`,
		"footer1":   p("— 1 —"),
		"footnotes": `<w:footnote w:type="separator" w:id="0">` + p("x") + `</w:footnote><w:footnote w:id="2">` + p("注释") + `</w:footnote>`,
		"comments":  `<w:comment w:id="0">` + p("批注") + `</w:comment>`,
	}))
	var got []string
	for _, k := range d.Blocks {
		got = append(got, map[bool]string{true: "aside ", false: ""}[k.Kind == paper.Furniture]+string(rune('0'+k.Page))+" "+k.Text)
	}
	want := []string{"aside 0 云州市人民政府文件", "aside 0 样本", "1 第一页", "1 甲[1]", "2 第二页", "2 节末", "3 第三页", "0 [1] 注释", "aside 0 批注", "aside 0 — 1 —"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	d = open(t, pack(t, `<w:p><w:r><w:t>一</w:t><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>二</w:t></w:r></w:p>`, nil))
	if d.Blocks[0].Page != 1 || d.Blocks[1].Page != 2 {
		t.Errorf("pages %d %d", d.Blocks[0].Page, d.Blocks[1].Page)
	}
	if d = open(t, pack(t, p("甲"), nil)); d.Blocks[0].Page != 0 {
		t.Errorf("page %d where nothing tells", d.Blocks[0].Page)
	}
}
