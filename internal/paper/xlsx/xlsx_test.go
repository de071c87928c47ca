package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// book makes a workbook in memory.
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// must fails on a step of building a workbook.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, data []byte) *paper.Document {
	t.Helper()
	d, err := paper.Readers{Reader()}.Read(t.Context(), paper.Bytes("a.xlsx", data), paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSheetsAsShown(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		s := "Sheet1"
		must(t, f.SetSheetName(s, "任务分解"))
		s = "任务分解"
		must(t, f.SetCellValue(s, "A1", "云州市2027年重点任务"), f.MergeCell(s, "A1", "D1"))
		must(t, f.SetSheetRow(s, "A2", &[]any{"序号", "任务", "完成时限", "牵头单位"}))
		must(t, f.SetCellValue(s, "A4", 1), f.SetCellValue(s, "B4", "建成三座泵站"), f.SetCellValue(s, "C4", time.Date(2027, 6, 30, 0, 0, 0, 0, time.UTC)), f.SetCellValue(s, "D4", "市水务局"))
		must(t, f.MergeCell(s, "A4", "A5"), f.SetCellValue(s, "B5", "疏浚河道"), f.SetCellValue(s, "D5", "市水务局\n市城管局"))
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
		must(t, err, f.SetCellValue(s, "C5", 0.955), f.SetCellStyle(s, "C5", "C5", percent))
		_, err = f.NewSheet("旧表")
		must(t, err, f.SetCellValue("旧表", "B2", "留存"), f.SetSheetVisible("旧表", false))
		_, err = f.NewSheet("空表")
		must(t, err)
	})
	d := open(t, data)
	var got []string
	for _, k := range d.Blocks {
		got = append(got, fmt.Sprint(k.Kind, k.Line, " ", k.Text))
	}
	want := []string{
		fmt.Sprint(paper.Heading, 0, " 任务分解"),
		fmt.Sprint(paper.TableBlock, 1, " 云州市2027年重点任务\t\t\t\n序号\t任务\t完成时限\t牵头单位\n1\t建成三座泵站\t2027-06-30\t市水务局\n\t疏浚河道\t95.50%\t市水务局\n市城管局"),
		fmt.Sprint(paper.Furniture, 0, " [hidden sheet / 隐藏工作表] 旧表"),
		fmt.Sprint(paper.Heading, 0, " 旧表"),
		fmt.Sprint(paper.TableBlock, 2, " \t留存"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	tab := d.Blocks[1].Table
	if tab.Header != 2 || tab.Rows[2].Line != 4 {
		t.Errorf("header %d, line %d", tab.Header, tab.Rows[2].Line)
	}
	if diff := cmp.Diff(paper.Cell{Text: "1", Merged: true}, tab.Rows[3].Cells[0]); diff != "" {
		t.Error(diff)
	}
}

// raw makes a workbook of one sheet from the XML of its rows.
func raw(t testing.TB, rows, after string) []byte {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + rel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + rel + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + ns + `><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + ns + `><sheetData>` + rows + `</sheetData>` + after + `</worksheet>`},
	} {
		w, err := z.Create(part[0])
		must(t, err)
		_, err = w.Write([]byte(part[1]))
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

func cell(ref, v string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + v + `</t></is></c>`
}

func TestFormulasGiveTheirLastValue(t *testing.T) {
	d := open(t, raw(t, `<row r="1">`+cell("A1", "合计")+`<c r="B1"><f>SUM(C1:C9)</f><v>42</v></c><c r="C1"><f>HYPERLINK("http://x")</f></c></row>`, ""))
	if got := d.Blocks[1].Text; got != "合计\t42" {
		t.Errorf("got %q", got)
	}
}

// TestEmptyRowsCostNothing: rows without values make no rows, however many.
func TestEmptyRowsCostNothing(t *testing.T) {
	empty := strings.Repeat("<row/>", 400_000)
	d := open(t, raw(t, `<row r="1">`+cell("A1", "首")+`</row>`+empty+`<row r="1048576">`+cell("A1048576", "末")+`</row>`, ""))
	tab := d.Blocks[1].Table
	if len(tab.Rows) != 2 || tab.Rows[1].Line != 1048576 {
		t.Errorf("%d rows, last %d", len(tab.Rows), tab.Rows[len(tab.Rows)-1].Line)
	}
}

func TestBadWorkbooks(t *testing.T) {
	wide := strings.Builder{}
	for i := range 300 {
		fmt.Fprintf(&wide, `<row r="%d"><c r="XFD%d"><f>A1</f></c></row>`, i+1, i+1)
	}
	good := raw(t, `<row r="1">`+cell("A1", "甲")+`</row>`, "")
	for _, c := range []struct {
		name string
		data []byte
		l    paper.Limits
		key  string
	}{
		{"empty sheets", raw(t, "", ""), paper.Limits{}, "paper.no_text"},
		{"too many cells", raw(t, strings.Repeat(`<row>`+strings.Repeat("<c><v>1</v></c>", 10)+`</row>`, 30), ""), paper.Limits{Cells: 100}, "paper.too_many_cells"},
		{"endless empty places", raw(t, wide.String(), ""), paper.Limits{Cells: 20_000}, "paper.too_many_cells"},
		{"merged over everything", raw(t, `<row r="1">`+cell("A1", "甲")+`</row><row r="2">`+cell("B2", "乙")+`</row>`, `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`), paper.Limits{Cells: 100}, ""},
		{"cut short", good[:len(good)-200], paper.Limits{}, "paper.broken"},
		{"sheet that breaks off", raw(t, `<row r="1">`+cell("A1", "甲")+`</row><row r="2"><c r="A2"`, ""), paper.Limits{}, "paper.broken"},
		{"doctype", raw(t, `<!DOCTYPE x [<!ENTITY a "b">]>`, ""), paper.Limits{}, "paper.doctype"},
		{"bomb", raw(t, strings.Repeat(" ", 16<<20), ""), paper.Limits{}, "paper.bomb"},
		{"marked secret", raw(t, `<row r="1">`+cell("A1", "密级")+cell("B1", "机密")+`</row>`, ""), paper.Limits{}, "paper.classified"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := paper.Readers{Reader()}.Read(t.Context(), paper.Bytes("a.xlsx", c.data), c.l)
			var e *docket.Error
			errors.As(err, &e)
			if (e == nil) != (c.key == "") || e != nil && e.Key != c.key {
				t.Errorf("got %v, want %s", err, c.key)
			}
		})
	}
}

// TestNoTextLost: every value of every sheet stands in the document, in order.
func TestNoTextLost(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		grid := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[甲-癸a-z]{0,3}`), 1, 5), 1, 6).Draw(r, "grid")
		var all strings.Builder
		data := book(t, func(f *excelize.File) {
			for i, row := range grid {
				for j, v := range row {
					at, err := excelize.CoordinatesToCellName(j+1, i+1)
					must(t, err, f.SetCellStr("Sheet1", at, v))
					all.WriteString(v)
				}
			}
		})
		doc, err := Reader().Read(t.Context(), paper.Bytes("a.xlsx", data), paper.Limits{})
		if all.Len() == 0 {
			if !errors.Is(err, docket.Invalid) {
				r.Fatal("empty workbook accepted")
			}
			return
		}
		if err != nil {
			r.Fatal(err)
		}
		got := strings.NewReplacer("\t", "", "\n", "").Replace(doc.Text())
		if got != "Sheet1"+all.String() {
			r.Fatalf("got %q want %q", got, all.String())
		}
	})
}

func FuzzWorkbook(f *testing.F) {
	f.Add(raw(f, `<row r="1">`+cell("A1", "甲")+`</row>`, `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = paper.Readers{Reader()}.Read(t.Context(), paper.Bytes("a.xlsx", data), paper.Limits{TotalBytes: 4 << 20, Cells: 10_000})
	})
}

func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1">`+cell("A1", "甲")+`</row>`, `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, rows, after string) {
		_, _ = paper.Readers{Reader()}.Read(t.Context(), paper.Bytes("a.xlsx", raw(t, rows, after)), paper.Limits{TotalBytes: 4 << 20, Cells: 10_000})
	})
}

func BenchmarkRead(b *testing.B) {
	data := book(b, func(f *excelize.File) {
		for i := range 2000 {
			must(b, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &[]any{i, "由市科技局牵头建设示范应用场景", "2027-06-30", "市科技局", "市财政局", "在办"}))
		}
	})
	cells := 0
	for b.Loop() {
		doc, err := Reader().Read(b.Context(), paper.Bytes("a.xlsx", data), paper.Limits{})
		must(b, err)
		cells += len(doc.Blocks[1].Table.Rows) * 6
	}
	b.ReportMetric(float64(cells)/b.Elapsed().Seconds(), "cells/s")
}
