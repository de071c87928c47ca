package typeset

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/docx"
	"github.com/docket-os/docket/internal/paper/pdf"
)

// TestMain lets the test binary be the child that reads PDF files.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "pdf-child" {
		os.Exit(pdf.ChildMain())
	}
	os.Exit(m.Run())
}

func wordOf(t testing.TB, d *Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.WriteDOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pdfOf(t testing.TB, d *Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.WritePDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readWord(t testing.TB, data []byte) *paper.Document {
	t.Helper()
	doc, err := paper.Readers{docx.Reader()}.Read(t.Context(), paper.Bytes("a.docx", data), paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func readPDF(t testing.TB, data []byte) *paper.Document {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := pdf.New(pdf.Config{Exe: exe, CacheDir: filepath.Join(os.TempDir(), "docket-test-pdfium")})
	doc, err := paper.Readers{r}.Read(t.Context(), paper.Bytes("a.pdf", data), paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// What is written for Word reads back as the same text, with the numbers Word
// would compute, headings as headings and tables as tables.
func TestWordReadsBack(t *testing.T) {
	d := &Doc{Lang: "zh", Style: Official, Title: "纪要", Header: "内部", Made: made, Blocks: []Block{
		Heading{Level: 1, Text: "任务", Numbered: true},
		Heading{Level: 2, Text: "建设", Numbered: true},
		Heading{Level: 3, Text: "拨付", Numbered: true},
		Heading{Level: 4, Text: "首次", Numbered: true},
		Heading{Level: 2, Text: "资金", Numbered: true},
		Heading{Level: 1, Text: "要求", Numbered: true},
		Para{Runs: []Run{{Text: "甲"}, {Text: "乙", Bold: true}, {Text: "<丙>&\n丁"}}},
		Labelled{Label: "出席：", Runs: Text("李明、王芳")},
		List{Ordered: true, Items: []Para{{Runs: Text("第一")}, {Runs: Text("第二")}}},
		List{Ordered: true, Items: []Para{{Runs: Text("另起")}}},
		List{Items: []Para{{Runs: Text("一点")}}},
		Table{Head: []string{"单位", "状态"}, Rows: [][]Cell{{{Runs: Text("教育局")}, {Runs: Text("■ 逾期")}}, {{Runs: Text("合计"), Span: 2}}}},
		Attachments{Items: []string{"汇总表", "分解表"}},
	}}
	type block struct {
		Kind  paper.Kind
		Level int
		Text  string
	}
	var got []block
	for _, b := range readWord(t, wordOf(t, d)).Blocks {
		if b.Kind == paper.Furniture {
			continue
		}
		got = append(got, block{b.Kind, b.Level, b.Text})
	}
	want := []block{
		{paper.Heading, 1, "一、任务"}, {paper.Heading, 2, "（一）建设"}, {paper.Heading, 3, "1.拨付"}, {paper.Heading, 4, "（1）首次"},
		{paper.Heading, 2, "（二）资金"}, {paper.Heading, 1, "二、要求"},
		{paper.Paragraph, 0, "甲乙<丙>&\n丁"}, {paper.Paragraph, 0, "出席：李明、王芳"},
		{paper.ListItem, 0, "1.第一"}, {paper.ListItem, 0, "2.第二"}, {paper.ListItem, 0, "1.另起"}, {paper.ListItem, 0, "一点"},
		{paper.TableBlock, 0, "单位\t状态\n教育局\t■ 逾期\n合计\t"},
		{paper.Paragraph, 0, "附件：1.\t汇总表"}, {paper.Paragraph, 0, "2.\t分解表"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The text of both formats is the document's text: numbers, tables, running
// text and the imprint included, nothing lost over the ends of lines and pages.
func TestBothFormatsSayTheSame(t *testing.T) {
	for name, d := range map[string]*Doc{"minutes": minutes(), "pack zh": pack("zh", 3), "pack en": pack("en", 3)} {
		t.Run(name, func(t *testing.T) {
			word, pages := squeeze(readWord(t, wordOf(t, d)).Text()), squeeze(readPDF(t, pdfOf(t, d)).Text())
			for _, s := range textsOf(d) {
				s = squeeze(s)
				if !strings.Contains(word, s) {
					t.Errorf("Word lacks %q", s)
				}
				if !strings.Contains(pages, s) && !strings.Contains(pages, strings.ReplaceAll(s, "◌", "")) {
					t.Errorf("PDF lacks %q", s)
				}
			}
		})
	}
}

func TestPagesAreNumbered(t *testing.T) {
	text := squeeze(readPDF(t, pdfOf(t, minutes())).Text())
	for _, n := range []string{"—1—", "—2—", "—3—"} {
		if !strings.Contains(text, n) {
			t.Errorf("no %s", n)
		}
	}
	text = squeeze(readPDF(t, pdfOf(t, pack("en", 2))).Text())
	for _, n := range []string{"1/2", "2/2"} {
		if !strings.Contains(text, n) {
			t.Errorf("no %s", n)
		}
	}
}

// squeeze drops the spaces: where lines end is not the text's business.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// textsOf is every sentence of a document, but for what no reader can join again:
// cells that were broken into lines.
func textsOf(d *Doc) []string {
	var out []string
	join := func(runs []Run) (s string) {
		for _, r := range runs {
			s += r.Text
		}
		return s
	}
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case Masthead:
			out = append(out, b.Text, b.Number, b.Left, b.Right)
		case Title:
			out = append(out, b.Text)
		case Heading:
			out = append(out, b.Text)
		case Para:
			out = append(out, join(b.Runs))
		case Labelled:
			out = append(out, b.Label, join(b.Runs))
		case List:
			for _, it := range b.Items {
				out = append(out, join(it.Runs))
			}
		case Table:
			out = append(out, b.Head...)
			out = append(out, join(b.Rows[0][1].Runs))
		case Chart:
			out = append(out, b.Title)
		case Signature:
			out = append(out, b.Unit, b.Date)
		case Attachments:
			out = append(out, b.Items...)
		case Imprint:
			out = append(append(out, b.Lines...), b.Office, b.Date)
		}
	}
	return slices.Concat(out, []string{d.Header, d.Footer})
}
