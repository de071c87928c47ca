package markup

import "testing"

func TestMarkdownKeepsNumbersAsWritten(t *testing.T) {
	d := read(t, "plan.md", "1.开通两条公交线。\n\n2. 建成三所学校。\n3. 改造五个集贸市场。\n\n7) 修缮河堤。\n\n- 甲\n  - 乙\n\n1．全角点。\n")
	want(t, d,
		`p 1 "1.开通两条公交线。"`,
		`li0 3 "2. 建成三所学校。" label="2."`,
		`li0 4 "3. 改造五个集贸市场。" label="3."`,
		`li0 6 "7) 修缮河堤。" label="7)"`,
		`li0 8 "甲"`,
		`li1 9 "乙"`,
		`p 11 "1．全角点。"`)
}

func TestMarkdownBoldStruckAndEscapes(t *testing.T) {
	d := read(t, "plan.md", "# 云州市2027年行动\n\n**一、 总体要求**\n\n到~~6月~~9月底前，0~6岁和7~12岁儿童**“双减”**全覆盖\\*。\n\n由<s>甲局</s>乙局负责<br>见<a href=\"x\">附件</a>和<某某单位>，30*40*50米。\n")
	want(t, d,
		`h1 1 "云州市2027年行动"`,
		`p 3 "一、 总体要求" bold="一、 总体要求"`,
		`p 5 "到6月9月底前，0~6岁和7~12岁儿童“双减”全覆盖*。" bold="“双减”" struck="6月"`,
		`p 7 "由甲局乙局负责⏎见附件和<某某单位>，30*40*50米。" struck="甲局"`)
}

func TestMarkdownFrontMatterIsTitleAndFurniture(t *testing.T) {
	d := read(t, "plan.md", "---\ntitle: \"青禾县工作报告\"\nsource:\n- http://example.org\n----\n\n<!-- 来源：县政府 -->\n\n各位代表：\n")
	if d.Title != "青禾县工作报告" {
		t.Errorf("title %q", d.Title)
	}
	want(t, d,
		`aside 1 "---"`,
		`aside 2 "title: "青禾县工作报告""`,
		`aside 3 "source:"`,
		`aside 4 "- http://example.org"`,
		`aside 5 "----"`,
		`aside 7 "来源：县政府"`,
		`p 9 "各位代表："`)
}

func TestMarkdownTableKeepsEveryCell(t *testing.T) {
	d := read(t, "plan.md", "| No. | Action |\n|---|---|\n| **1** | Open the ~~old~~ new library<br>by May | Parks Team |\n| 2 | a \\| b |\n")
	want(t, d, `table 1 "No.⇥Action⇥⏎1⇥Open the old new library⏎by May⇥Parks Team⏎2⇥a | b⇥"`)
	tab := d.Blocks[0].Table
	if tab.Header != 1 || tab.Rows[1].Line != 3 || len(tab.Rows[1].Cells) != 3 {
		t.Errorf("table %+v", tab)
	}
	if s := tab.Rows[1].Cells[1].Struck; len(s) != 1 || tab.Rows[1].Cells[1].Text[s[0].Start:s[0].End] != "old" {
		t.Errorf("struck %v", s)
	}
}

func TestMarkdownFootnotesAndIndentedParagraphsStay(t *testing.T) {
	d := read(t, "plan.md", "See the memo.[^1]\n\n    一、缩进的段落\n\n[^1]: Annex\n[ref]: http://example.org\n")
	want(t, d,
		`p 1 "See the memo.[^1]"`,
		`p 3 "一、缩进的段落"`,
		`p 5 "[^1]: Annex⏎[ref]: http://example.org"`)
}
