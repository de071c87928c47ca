package markup

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestCSV(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("序号,任务,牵头单位\n1,\"建成\n三座泵站\",市水务局\n2,疏浚河道\n")
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, "a.csv", gbk)
	want(t, d, `table 1 "序号⇥任务⇥牵头单位⏎1⇥建成⏎三座泵站⇥市水务局⏎2⇥疏浚河道⇥"`)
	if tab := d.Blocks[0].Table; tab.Header != 1 || tab.Rows[2].Line != 4 {
		t.Errorf("header %d, line %d", tab.Header, tab.Rows[2].Line)
	}
	want(t, read(t, "a.csv", "No.;Action;Lead\n1;Open, at last;Parks\n"), `table 1 "No.⇥Action⇥Lead⏎1⇥Open, at last⇥Parks"`)
	want(t, read(t, "a.tsv", "a\tb\n1\tsay \"hi\"\n"), `table 1 "a⇥b⏎1⇥say "hi""`)
}

// TestCSVThatHoldsATexts: a value of many lines is a document of its own.
func TestCSVThatHoldsAText(t *testing.T) {
	text := strings.Repeat("一、由市科技局牵头。\n", 25)
	d := read(t, "a.csv", "\ufeffcity,title,full_text\n云州市,政府工作报告,\""+text+"\"\n")
	if d.Title != "政府工作报告" || len(d.Blocks) != 5+25 {
		t.Fatalf("title %q, %d blocks", d.Title, len(d.Blocks))
	}
	if k := d.Blocks[29]; k.Line != 26 || k.Text != "一、由市科技局牵头。" {
		t.Errorf("%+v", k)
	}
}
