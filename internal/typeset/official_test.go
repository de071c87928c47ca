package typeset

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"archive/zip"
)

// wordPart is one part of a Word file.
func wordPart(t testing.TB, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// attribute is a number in the first element of this name.
func attribute(t testing.TB, xml, element, name string) float64 {
	t.Helper()
	m := regexp.MustCompile(`<w:` + element + `(?: [^>]*)? w:` + name + `="(-?[0-9]+)"`).FindStringSubmatch(xml)
	if m == nil {
		t.Fatalf("no %s of %s", name, element)
	}
	v, _ := strconv.ParseFloat(m[1], 64)
	return v
}

// style is the definition of a style.
func style(t testing.TB, styles, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(styles, `w:styleId="`+id+`"`)
	if !ok {
		t.Fatalf("no style %s", id)
	}
	def, _, _ := strings.Cut(rest, "</w:style>")
	return def
}

// The measures of GB/T 9704-2012 in the Word file, in its twentieths of a point.
func TestOfficialMeasuresInWord(t *testing.T) {
	data := wordOf(t, minutes())
	doc, styles, settings := wordPart(t, data, "word/document.xml"), wordPart(t, data, "word/styles.xml"), wordPart(t, data, "word/settings.xml")
	for _, c := range []struct {
		element, name string
		mm            float64
	}{
		{"pgSz", "w", 210}, {"pgSz", "h", 297}, {"pgMar", "top", 37}, {"pgMar", "left", 28},
		{"pgMar", "right", 210 - 28 - 156}, {"pgMar", "bottom", 297 - 37 - 225},
	} {
		if got := attribute(t, doc, c.element, c.name) / 20 / mm; math.Abs(got-c.mm) > 0.02 {
			t.Errorf("%s %s is %.2f mm, not %.0f", c.element, c.name, got, c.mm)
		}
	}
	for _, c := range []struct {
		id   string
		size float64
		font string
	}{
		{"BodyText", 16, "仿宋_GB2312"}, {"Heading1", 16, "黑体"}, {"Heading2", 16, "楷体_GB2312"}, {"Heading3", 16, "仿宋_GB2312"},
		{"Heading4", 16, "仿宋_GB2312"}, {"Title", 22, "方正小标宋简体"}, {"Imprint", 14, "仿宋_GB2312"}, {"Running", 14, "宋体"},
	} {
		s := style(t, styles, c.id)
		if got := attribute(t, s, "sz", "val") / 2; got != c.size {
			t.Errorf("%s is of %g pt", c.id, got)
		}
		if !strings.Contains(s, `w:eastAsia="`+c.font+`"`) {
			t.Errorf("%s is not set in %s", c.id, c.font)
		}
	}
	text := style(t, styles, "BodyText")
	if line := attribute(t, text, "spacing", "line") / 20; 22*line > 225*mm || 23*line < 225*mm {
		t.Errorf("a line is %g pt: not 22 a page", line)
	}
	pitch := 16 + attribute(t, text[strings.Index(text, "<w:rPr>"):], "spacing", "val")/20
	if width := 156 * mm; 28*pitch > width || 29*pitch < width {
		t.Errorf("a character is %g pt wide: not 28 a line", pitch)
	}
	if attribute(t, text, "ind", "firstLineChars") != 200 {
		t.Error("the first line is not indented by two characters")
	}
	for _, s := range []string{"<w:mirrorMargins/>", "<w:evenAndOddHeaders/>"} {
		if !strings.Contains(settings, s) {
			t.Errorf("no %s", s)
		}
	}
	odd, even := wordPart(t, data, "word/footer.xml"), wordPart(t, data, "word/footerEven.xml")
	if at := attribute(t, odd, "tab w:val=\"right\"", "pos") / 20; math.Abs(at-(156*mm-14)) > 0.1 {
		t.Errorf("the odd page number ends at %g pt, not one character in", at)
	}
	if at := attribute(t, even, "tab w:val=\"left\"", "pos") / 20; at != 14 {
		t.Errorf("the even page number begins at %g pt, not one character in", at)
	}
	for _, s := range []string{"— ", " PAGE ", " —"} {
		if !strings.Contains(odd, s) || !strings.Contains(even, s) {
			t.Errorf("page numbers lack %q", s)
		}
	}
	if drop := attribute(t, doc, "spacing", "before") / 20 / mm; drop < 33 || drop > 35 {
		t.Errorf("the masthead's line begins %g mm below the top", drop)
	}
}

// shown is a stretch of text on a PDF page: where its baseline begins, in
// points from the upper left corner of the paper.
type shown struct {
	page int
	x, y float64
	size float64
	text string
}

var (
	pageObject = regexp.MustCompile(`(?s)/Type /Page\n.*?/Contents (\d+) 0 R`)
	operators  = regexp.MustCompile(`(?s)/F[0-9a-f]+ ([0-9.]+) Tf|BT ([0-9.-]+) ([0-9.-]+) Td \(((?:\\.|[^\\)])*)\) Tj`)
)

// textOf reads what a PDF of this package shows and where.
func textOf(t testing.TB, data []byte) []shown {
	t.Helper()
	var out []shown
	for i, m := range pageObject.FindAllSubmatch(data, -1) {
		_, rest, _ := bytes.Cut(data, fmt.Appendf(nil, "\n%d 0 obj", atoi(t, m[1])))
		_, rest, _ = bytes.Cut(rest, []byte("stream\n"))
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		size := 0.0
		for _, op := range operators.FindAllSubmatch(content, -1) {
			if op[1] != nil {
				size, _ = strconv.ParseFloat(string(op[1]), 64)
				continue
			}
			x, _ := strconv.ParseFloat(string(op[2]), 64)
			y, _ := strconv.ParseFloat(string(op[3]), 64)
			out = append(out, shown{i + 1, x, 297*mm - y, size, utf16Text(op[4])})
		}
	}
	return out
}

func atoi(t testing.TB, b []byte) int {
	n, err := strconv.Atoi(string(b))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// utf16Text undoes the escapes of a PDF string.
func utf16Text(b []byte) string {
	b = regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(b, func(m []byte) []byte {
		if m[1] == 'r' {
			return []byte{'\r'}
		}
		return m[1:]
	})
	var s strings.Builder
	for i := 0; i+1 < len(b); i += 2 {
		s.WriteRune(rune(b[i])<<8 | rune(b[i+1]))
	}
	return s.String()
}

// A page of nothing but Chinese characters has 22 lines of 28 (5.2.4), in the
// place the standard gives them, on odd and even pages.
func TestOfficialGridInPDF(t *testing.T) {
	d := &Doc{Lang: "zh", Style: Official, Made: made, Blocks: []Block{Para{NoIndent: true, Runs: Text(strings.Repeat("督", 28*22*2))}}}
	var lines []shown
	for _, s := range textOf(t, pdfOf(t, d)) {
		if strings.HasPrefix(s.text, "督") {
			lines = append(lines, s)
		}
	}
	if len(lines) != 44 {
		t.Fatalf("%d lines on two pages", len(lines))
	}
	for i, l := range lines {
		page, row := i/22+1, i%22
		left := 28 * mm
		if page == 2 {
			left = 26 * mm // bound at the other edge
		}
		top := l.y - float64(row)*officialLine - officialLine/2 // the middle of the first line stands half a line below the edge
		if l.page != page || l.size != 16 || len([]rune(l.text)) != 28 || math.Abs(l.x-left) > 0.02 || math.Abs(top-37*mm) > 7 {
			t.Errorf("line %d: page %d, %g pt, %d characters, from %.1f mm, first line at %.1f mm", i+1, l.page, l.size, len([]rune(l.text)), l.x/mm, top/mm)
		}
		if row > 0 && math.Abs(l.y-lines[i-1].y-officialLine) > 0.02 {
			t.Errorf("line %d stands %g pt below the one before", i+1, l.y-lines[i-1].y)
		}
	}
}

func TestOfficialPlacesInPDF(t *testing.T) {
	find := func(all []shown, text string) shown {
		for _, s := range all {
			if strings.HasPrefix(s.text, text) {
				return s
			}
		}
		t.Fatalf("no %s", text)
		return shown{}
	}
	all := textOf(t, pdfOf(t, minutes()))
	near := func(what string, got, want, by float64) {
		if math.Abs(got-want) > by {
			t.Errorf("%s: %.1f mm, not %.1f", what, got/mm, want/mm)
		}
	}
	head := find(all, "云州市人民政府专题会议纪要")
	near("upper edge of the masthead below the top of the text", head.y-0.88*head.size, (37+35)*mm, 1*mm)
	if title := find(all, "三季度重点"); title.size != 22 {
		t.Errorf("the title is of %g pt", title.size)
	}
	near("first heading", find(all, "一、").x, 28*mm+2*156*mm/28, 0.1)
	near("text after 出席：", find(all, "李明、").x, find(all, "出席：").x+3*156*mm/28, 0.2)
	var numbers []shown
	for _, s := range all {
		if s.size == 14 && strings.HasPrefix(s.text, "—") && len(numbers) < s.page {
			numbers = append(numbers, s)
		}
	}
	if len(numbers) != 3 {
		t.Fatalf("page numbers: %v", numbers)
	}
	for _, n := range numbers {
		near("dash of the page number", n.y-0.36*n.size, (37+225+7)*mm, 1*mm)
	}
	near("even page number", numbers[1].x, 26*mm+14, 0.1)
	fonts, err := newLibrary("zh")
	if err != nil {
		t.Fatal(err)
	}
	wide := 0.0
	for _, s := range all {
		if s.page == 1 && s.y == numbers[0].y {
			for _, r := range s.text {
				wide += fonts.fonts[serif].em(r) * 14
			}
		}
	}
	near("odd page number's end", numbers[0].x+wide, (28+156)*mm-14, 0.2)
}
