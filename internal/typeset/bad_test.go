package typeset

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/words"
)

// The same document gives the same bytes, also when others are made at the same time.
func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	for name, make := range map[string]func() *Doc{"minutes": minutes, "pack": func() *Doc { return pack("en", 2) }} {
		word, pages := wordOf(t, make()), pdfOf(t, make())
		for i := range 4 {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				if !bytes.Equal(word, wordOf(t, make())) {
					t.Errorf("Word file %d differs", i)
				}
				if !bytes.Equal(pages, pdfOf(t, make())) {
					t.Errorf("PDF %d differs", i)
				}
			})
		}
	}
}

// Every part of a Word file is well-formed, whatever was typed.
func wellFormed(t testing.TB, data []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		dec := xml.NewDecoder(r)
		for err == nil {
			_, err = dec.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
}

// everywhere is a document that says text in every place.
func everywhere(lang string, style Style, text string) *Doc {
	runs := []Run{{Text: text}, {Text: text, Bold: true, Italic: true, Underline: true, Color: Tone(len(text))}}
	return &Doc{Lang: lang, Style: style, Title: text, Issuer: text, Header: text, Footer: text, Made: made, Blocks: []Block{
		Masthead{text, text, text, text}, Title{text}, Heading{Level: len(text) % 7, Text: text, Numbered: true},
		Para{Runs: runs, Align: Align(len(text) % 4)}, Labelled{text, runs}, List{Items: []Para{{Runs: runs}}, Ordered: true}, List{Items: []Para{{Runs: runs}}},
		Table{Widths: []float64{1, 9}, Head: []string{text, "b"}, Rows: [][]Cell{{{Runs: runs}, {Runs: runs, Shade: Red}}, {{Runs: runs, Span: 5}}}},
		Chart{Title: text, Alt: text, Plot: Bars{Parts: []Part{{text, text, Red}}, Rows: []Bar{{text, []float64{float64(len(text))}}}}},
		Chart{Title: text, Plot: Trajectory{Unit: text, Names: Names{text, text, text, text}, Actual: []Point{{day(1, 1), float64(len(text))}}, AsOf: day(1, 1), Target: &Level{3, text}}},
		Signature{text, text}, Attachments{[]string{text, text}}, PageBreak{}, Imprint{[]string{text}, text, text}, Rule{}, PageBreak{},
	}}
}

func TestWhateverIsTyped(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":            "",
		"control characters": "a\x00b\x07c\x1bd\u0085e\uFFFEf\uFFFFg",
		"broken UTF-8":       "a\xff\xfeb\xc3",
		"markup":             `</w:t><w:p>&amp;<!--"'`,
		"PDF syntax":         `\) Tj ET (\`,
		"right to left":      "שלום مرحبا \u202Eabc\u202C",
		"emoji":              "👨‍👩‍👧‍👦🏳️‍🌈👍🏽",
		"rare characters":    "𠮷𪚥龘〇",
		"white space":        " \t \u00a0\u3000\n\n\r\n\u2028",
		"combining":          strings.Repeat("e\u0301\u0323", 50),
		"a long word":        strings.Repeat("Donaudampfschiff", 300),
		"only punctuation":   strings.Repeat("，。”（", 100),
	} {
		for _, lang := range []string{"zh", "en"} {
			for _, style := range []Style{Plain, Official} {
				t.Run(name+" "+lang, func(t *testing.T) {
					d := everywhere(lang, style, text)
					word := wordOf(t, d)
					wellFormed(t, word)
					readWord(t, word)
					pdfOf(t, d)
				})
			}
		}
	}
}

// within fails when making both formats takes longer than any machine should need.
func within(t *testing.T, limit time.Duration, d *Doc) []byte {
	t.Helper()
	began := time.Now()
	wellFormed(t, wordOf(t, d))
	pages := pdfOf(t, d)
	if took := time.Since(began); took > limit {
		t.Errorf("took %v", took)
	}
	return pages
}

func TestLargeDocuments(t *testing.T) {
	long := strings.Repeat("各级各部门要切实压实责任，加强协同，2026年底前落实到位。", 1800) // 50,400 characters
	var rows [][]Cell
	for range 500 {
		rows = append(rows, []Cell{{Runs: Text("2026-0007")}, {Runs: Text("建成3所义务教育学校，新增学位4,500个")}, {Runs: Text("■ 逾期")}})
	}
	for name, d := range map[string]*Doc{
		"a paragraph": {Lang: "zh", Style: Official, Blocks: []Block{Para{Runs: Text(long)}}},
		"a cell":      {Lang: "zh", Blocks: []Block{Table{Head: []string{"甲", "乙"}, Rows: [][]Cell{{{Runs: Text("一")}, {Runs: Text(long)}}}}}},
		"a head":      {Lang: "zh", Blocks: []Block{Table{Head: []string{long, "乙"}, Rows: [][]Cell{{{Runs: Text("一")}}}}}},
		"a heading":   {Lang: "zh", Blocks: []Block{Heading{Level: 1, Text: long}, Title{long}, Masthead{Text: long}}},
		"one word":    {Lang: "en", Blocks: []Block{Para{Runs: Text(strings.Repeat("x", 50_000))}}},
		"500 rows":    {Lang: "zh", Style: Official, Blocks: []Block{Table{Widths: []float64{1, 4, 1}, Head: []string{"编号", "事项", "状态"}, Rows: rows}}},
		"an imprint":  {Lang: "zh", Style: Official, Blocks: []Block{Imprint{Lines: []string{long}}}},
	} {
		t.Run(name, func(t *testing.T) { within(t, 20*time.Second, d) })
	}
}

// The head of a table stands on each of its pages, and no row is lost.
func TestTablesOverPages(t *testing.T) {
	var rows [][]Cell
	for i := range 120 {
		rows = append(rows, []Cell{{Runs: Text("row " + figure(float64(i)))}, {Runs: Text(strings.Repeat("word ", 20))}})
	}
	d := &Doc{Lang: "en", Made: made, Blocks: []Block{Table{Head: []string{"Number", "Words"}, Rows: rows}}}
	heads, seen := map[int]int{}, map[string]bool{}
	last := 0
	for _, s := range textOf(t, pdfOf(t, d)) {
		if s.text == "Number" {
			heads[s.page]++
		}
		seen[s.text] = true
		last = s.page
	}
	if last < 3 || len(heads) != last {
		t.Errorf("%d pages, heads on %v", last, heads)
	}
	for _, r := range rows {
		if !seen[r[0].Runs[0].Text] {
			t.Errorf("%s is lost", r[0].Runs[0].Text)
		}
	}
}

func TestOddTables(t *testing.T) {
	for name, table := range map[string]Table{
		"empty": {}, "only a head": {Head: []string{"a", "b"}}, "only widths": {Widths: []float64{1, 2}},
		"ragged":          {Head: []string{"a"}, Rows: [][]Cell{{}, {{Runs: Text("x")}, {Runs: Text("y"), Span: 9}, {}}, {{Span: -3}}}},
		"senseless width": {Widths: []float64{math.NaN(), -1, math.Inf(1), 0}, Rows: [][]Cell{{{}, {}, {}, {Runs: Text("z")}}}},
		"narrow":          {Widths: []float64{1, 100000}, Rows: [][]Cell{{{Runs: Text("很窄的一列 narrow")}, {Runs: Text("z")}}}},
		"63 columns":      {Rows: [][]Cell{make([]Cell, 63)}},
	} {
		t.Run(name, func(t *testing.T) {
			within(t, 20*time.Second, &Doc{Lang: "zh", Blocks: []Block{table, table}})
		})
	}
	tooWide := &Doc{Lang: "zh", Blocks: []Block{Table{Rows: [][]Cell{make([]Cell, 64)}}}}
	for _, err := range []error{tooWide.WriteDOCX(io.Discard), tooWide.WritePDF(io.Discard)} {
		refused(t, err, docket.Invalid, "typeset.columns")
	}
}

// refused checks that err is of this code and has its sentence in both languages.
func refused(t *testing.T, err error, code docket.Code, key string) {
	t.Helper()
	var e *docket.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Fatalf("error %v, want %s", err, key)
	}
	for _, lang := range words.Langs {
		if !words.Has(lang, key) {
			t.Errorf("no sentence of %s in %s", key, lang)
		}
	}
	if words.Say("en", key, nil) != e.Message {
		t.Errorf("the sentence %q is not that of the catalogue", e.Message)
	}
}

// A program built without its fonts says so.
func TestNoFonts(t *testing.T) {
	_, err := newMetrics("fraktur")
	refused(t, err, docket.Unavailable, "typeset.fonts")
	_, err = fontBytes("fraktur")
	refused(t, err, docket.Unavailable, "typeset.fonts")
}

func FuzzWhateverIsTyped(f *testing.F) {
	for _, s := range []string{"一、关于", "don’t (“x”) – 3 × 4", "a\x00\n\tb", "𠮷👍🏽\u202e", "\\)(", "<w:p>&"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, zh bool) {
		if len(text) > 2000 {
			return
		}
		lang, style := "en", Plain
		if zh {
			lang, style = "zh", Official
		}
		d := everywhere(lang, style, text)
		wellFormed(t, wordOf(t, d))
		pdfOf(t, d)
	})
}
