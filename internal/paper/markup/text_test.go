package markup

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

func TestTextEncodings(t *testing.T) {
	zh := "云州市人民政府关于２０２７年工作的通知\r\n\r\n　　一、由市科技局牵头，12月底前完成。\r\n"
	en := "Northford’s plan\nThe café opens – by May\n"
	le := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	bare := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	for _, c := range []struct {
		name, text string
		enc        encoding.Encoding
	}{
		{"utf-8", zh, encoding.Nop}, {"utf-8 bom", zh, unicode.UTF8BOM}, {"utf-16le", zh, le}, {"utf-16be", zh, be},
		{"utf-16le without mark", zh, bare}, {"gb18030", zh, simplifiedchinese.GB18030}, {"gbk", zh, simplifiedchinese.GBK},
		{"utf-8 en", en, encoding.Nop}, {"windows-1252", en, charmap.Windows1252}, {"utf-16le en", en, le},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := c.enc.NewEncoder().String(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if c.text == zh {
				want(t, read(t, "a.txt", data), `p 1 "云州市人民政府关于２０２７年工作的通知"`, `p 3 "　　一、由市科技局牵头，12月底前完成。"`)
			} else {
				want(t, read(t, "a.txt", data), `p 1 "Northford’s plan"`, `p 2 "The café opens – by May"`)
			}
		})
	}
}

func TestTextThatIsNone(t *testing.T) {
	_, err := Readers().Read(t.Context(), paper.Bytes("a.txt", []byte("\x01\x02\x03\x04\x05\x06\x07\x08\x00\x00\xff\xfe\xfa")), paper.Limits{})
	if !errors.Is(err, docket.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestPaste(t *testing.T) {
	d, err := Paste(t.Context(), "一、任务\n\n二、要求\n", paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want(t, d, `p 1 "一、任务"`, `p 3 "二、要求"`)
}

// A table copied out of Word or Excel arrives as lines with tabs.
func TestPastedTableIsATable(t *testing.T) {
	const text = "重点任务分解表\n序号\t重点任务\t牵头单位\t完成时限\n1\t新建学校6所\t市教育局\t9月底前\n2\t改造管网\t市水务局\t\n说明：各单位按月报送。"
	doc, err := Paste(t.Context(), text, paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Blocks) != 3 || doc.Blocks[1].Table == nil {
		t.Fatalf("blocks: %+v", doc.Blocks)
	}
	table := doc.Blocks[1].Table
	if len(table.Rows) != 3 || table.Header != 1 || table.Rows[1].Cells[2].Text != "市教育局" || table.Rows[2].Line != 4 {
		t.Errorf("table: %+v", table)
	}
	plain, err := Paste(t.Context(), "联系人：\t科员\t电话 010\n此件公开发布", paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if plain.Blocks[0].Table != nil {
		t.Error("one line with tabs was taken for a table")
	}
}

// A table copied from a web page has bars between its cells, at the end of a line or not.
func TestBarredTableIsATable(t *testing.T) {
	for _, text := range []string{
		"序号 | 重点任务 | 牵头单位 |\n1 | 新建学校 | 市教育局 |\n2 | 改造管网 | 市水务局 |\n说明：各单位按月报送。",
		"序号｜重点任务｜牵头单位\n1｜新建学校｜市教育局\n2｜改造管网｜市水务局\n说明：各单位按月报送。",
	} {
		doc, err := Paste(t.Context(), text, paper.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Blocks) != 2 || doc.Blocks[0].Table == nil || doc.Blocks[0].Table.Rows[2].Cells[2].Text != "市水务局" {
			t.Errorf("blocks: %+v", doc.Blocks)
		}
	}
	plain, err := Paste(t.Context(), "首页 | 新闻 | 公开\n本市召开会议。", paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if plain.Blocks[0].Table != nil {
		t.Error("the links of a page were taken for a table")
	}
}

// A table drawn with lines, or kept apart by spaces, is a table; the lines that only
// draw say nothing.
func TestDrawnTableIsATable(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want [][]string
	}{
		"box": {"┌──┬────┬────┐\n│序号│项目│单位│\n├──┼────┼────┤\n│1 │新建食堂│区民政│\n│  │3个   │局  │\n├──┼────┼────┤\n│2 │改造管网│区水务局│\n└──┴────┴────┘",
			[][]string{{"序号", "项目", "单位"}, {"1", "新建食堂3个", "区民政局"}, {"2", "改造管网", "区水务局"}}},
		"letters": {"+----+-------+------+\n| No | Action | Owner |\n+----+-------+------+\n| 1  | Open a | Parks |\n|    | hub    | Team  |\n+----+-------+------+\n| 2  | Close  | Ports |\n+----+-------+------+",
			[][]string{{"No", "Action", "Owner"}, {"1", "Open a hub", "Parks Team"}, {"2", "Close", "Ports"}}},
		"no rules between rows": {"+----+-------+\n| No | Action |\n+----+-------+\n| 1  | Open a |\n|    | hub    |\n| 2  | Close  |\n+----+-------+",
			[][]string{{"No", "Action"}, {"1", "Open a hub"}, {"2", "Close"}}},
		"bars": {"| Ref | Action |\n|-----|--------|\n| 1 | Open |\n| 2 | Close |",
			[][]string{{"Ref", "Action"}, {"1", "Open"}, {"2", "Close"}}},
		"spaces": {"序号 工 作 任 务 牵头部门\n1 修路120公里 县交通局\n2 改造危房200户、 改厕 县住建局",
			[][]string{{"序号", "工作任务", "牵头部门"}, {"1", "修路120公里", "县交通局"}, {"2", "改造危房200户、 改厕", "县住建局"}}},
		"wide spaces": {"No   Action        Owner\n1    Open a hub    Parks Team\n2    Close it      Ports",
			[][]string{{"No", "Action", "Owner"}, {"1", "Open a hub", "Parks Team"}, {"2", "Close it", "Ports"}}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Paste(t.Context(), "前言\n"+c.text+"\n后记", paper.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Blocks) != 3 || doc.Blocks[1].Table == nil {
				t.Fatalf("blocks: %+v", doc.Blocks)
			}
			var got [][]string
			for _, r := range doc.Blocks[1].Table.Rows {
				var row []string
				for _, x := range r.Cells {
					row = append(row, x.Text)
				}
				got = append(got, row)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// Lines that only look like a drawing stay text, and many of them cost little.
func TestDrawingThatIsNoTable(t *testing.T) {
	for _, s := range []string{"----------", "| 一句话 |\n后文", "+--+--+\n| a | b |\n| c |", "序号 名称\n1 甲", strings.Repeat("+--+--+\n", 20_000) + "| a | b |"} {
		doc, err := Paste(t.Context(), s, paper.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range doc.Blocks {
			if b.Table != nil {
				t.Errorf("%.30q was taken for a table", s)
			}
		}
	}
}
