package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// keyOf is the catalogue key of an error for people.
func keyOf(err error) string {
	var e *docket.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// bomb is a Word file whose body expands to size bytes of spaces.
func bomb(t testing.TB, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range size >> 20 {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBadFiles(t *testing.T) {
	good := pack(t, p("甲"), nil)
	doc := func(xml string) []byte { return zipped(t, map[string]string{"word/document.xml": xml}) }
	locked := bytes.Clone(good)
	for i := 0; i+10 < len(locked); i++ { // general purpose flag: encrypted
		if bytes.HasPrefix(locked[i:], []byte("PK\x01\x02")) {
			locked[i+8] |= 1
		}
	}
	many := map[string]string{"word/document.xml": ""}
	for i := range 40 {
		many["p"+strings.Repeat("x", i)] = ""
	}
	ole := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...)
	lockedOLE := bytes.Clone(ole)
	for i, c := range "EncryptedPackage" {
		lockedOLE[512+2*i] = byte(c)
	}
	for _, c := range []struct {
		name string
		file string
		data []byte
		l    paper.Limits
		key  string
		code docket.Code
	}{
		{"empty", "a.docx", nil, paper.Limits{}, "paper.empty", docket.Invalid},
		{"text named docx", "a.docx", []byte("一、任务"), paper.Limits{}, "paper.mismatch", docket.Invalid},
		{"cut short", "a.docx", good[:len(good)/2], paper.Limits{}, "paper.broken", docket.Invalid},
		{"no body", "a.docx", zipped(t, map[string]string{"word/x.xml": "<a/>"}), paper.Limits{}, "paper.broken", docket.Invalid},
		{"half XML", "a.docx", doc("<w:document><w:body><w:p>"), paper.Limits{}, "paper.broken", docket.Invalid},
		{"no text", "a.docx", pack(t, p(""), nil), paper.Limits{}, "paper.no_text", docket.Invalid},
		{"zip with password", "a.docx", locked, paper.Limits{}, "paper.encrypted", docket.Invalid},
		{"office password", "a.docx", lockedOLE, paper.Limits{}, "paper.encrypted", docket.Invalid},
		{"old word under a new name", "a.docx", ole, paper.Limits{}, "paper.convert_doc", docket.Unsupported},
		{"old word", "a.doc", ole, paper.Limits{}, "paper.convert_doc", docket.Unsupported},
		{"doctype", "a.docx", doc(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>`), paper.Limits{}, "paper.doctype", docket.Invalid},
		{"entity without doctype", "a.docx", doc(`<w:document>&a;</w:document>`), paper.Limits{}, "paper.broken", docket.Invalid},
		{"bomb by ratio", "a.docx", bomb(t, 64<<20), paper.Limits{}, "paper.bomb", docket.TooLarge},
		{"bomb by size", "a.docx", bomb(t, 4<<20), paper.Limits{PartBytes: 1 << 20}, "paper.bomb", docket.TooLarge},
		{"too many parts", "a.docx", zipped(t, many), paper.Limits{Parts: 20}, "paper.bomb", docket.TooLarge},
		{"nested too deeply", "a.docx", doc("<w:document>" + strings.Repeat("<w:sdt>", 1000)), paper.Limits{}, "paper.broken", docket.Invalid},
		{"too many paragraphs", "a.docx", pack(t, strings.Repeat(p("甲"), 30), nil), paper.Limits{Blocks: 20}, "paper.too_many_paragraphs", docket.TooLarge},
		{"too many characters", "a.docx", pack(t, p(strings.Repeat("甲", 300)), nil), paper.Limits{Characters: 200}, "paper.too_many_characters", docket.TooLarge},
		{"endless paragraph", "a.docx", pack(t, "<w:p>"+strings.Repeat("<w:r><w:t>甲甲甲甲甲</w:t></w:r>", 200), nil), paper.Limits{Characters: 100}, "paper.too_many_characters", docket.TooLarge},
		{"too many cells", "a.docx", pack(t, "<w:tbl>"+strings.Repeat("<w:tr><w:tc>"+p("甲")+"</w:tc></w:tr>", 40)+"</w:tbl>", nil), paper.Limits{Cells: 20}, "paper.too_many_cells", docket.TooLarge},
		{"too large", "a.docx", good, paper.Limits{FileBytes: 10}, "paper.too_large", docket.TooLarge},
		{"marked secret", "a.docx", pack(t, p("机密★1年")+p("关于演练的通知"), nil), paper.Limits{}, "paper.classified", docket.Classified},
		{"secret watermark", "a.docx", pack(t, p("通知"), map[string]string{"header1": `<w:p><w:r><w:pict><v:shape><v:textpath string="秘密"/></v:shape></w:pict></w:r></w:p>`}), paper.Limits{}, "paper.classified", docket.Classified},
		{"another office file", "a.docx", zipped(t, map[string]string{"ppt/presentation.xml": "<a/>"}), paper.Limits{}, "paper.broken", docket.Invalid},
		{"a zip", "a.zip", zipped(t, map[string]string{"a.txt": "x"}), paper.Limits{}, "paper.convert_archive", docket.Unsupported},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := paper.Readers{Reader()}.Read(t.Context(), paper.Bytes(c.file, c.data), c.l)
			if keyOf(err) != c.key || !errors.Is(err, c.code) {
				t.Errorf("got %v (%s), want %s", err, keyOf(err), c.key)
			}
		})
	}
}

func TestWrongExtensionIsReadByContent(t *testing.T) {
	data := pack(t, p("甲"), nil)
	for _, name := range []string{"a.doc", "a.txt", "a", "a.pdf"} {
		d, err := paper.Readers{Reader()}.Read(t.Context(), paper.Bytes(name, data), paper.Limits{})
		if err != nil || d.Format != "docx" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoTextLost: whatever runs, paragraphs and tables a body is made of, their
// text stands in the document in order.
func TestNoTextLost(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringMatching(`[一-十甲-癸a-z0-9、。]{1,6}`)
		var all strings.Builder
		run := func() string {
			s := word.Draw(r, "run")
			all.WriteString(s)
			return "<w:r><w:rPr>" + rapid.SampledFrom([]string{"", "<w:b/>", "<w:strike/>"}).Draw(r, "dress") + "</w:rPr><w:t>" + s + "</w:t></w:r>"
		}
		wrap := func(s string) string {
			w := rapid.SampledFrom([][2]string{{"", ""}, {"<w:ins>", "</w:ins>"}, {"<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"}, {"<w:hyperlink>", "</w:hyperlink>"}}).Draw(r, "wrap")
			return w[0] + s + w[1]
		}
		para := func() string {
			var b strings.Builder
			b.WriteString("<w:p>")
			for range rapid.IntRange(0, 4).Draw(r, "runs") {
				b.WriteString(wrap(run()))
			}
			return b.String() + "</w:p>"
		}
		var body strings.Builder
		body.WriteString(p("始"))
		for range rapid.IntRange(1, 6).Draw(r, "blocks") {
			if rapid.Bool().Draw(r, "table") {
				body.WriteString("<w:tbl><w:tr><w:tc>" + para() + para() + "</w:tc><w:tc>" + para() + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + para() + "</w:tc></w:tr></w:tbl>")
			} else {
				body.WriteString(para())
			}
		}
		doc, err := Reader().Read(t.Context(), paper.Bytes("a.docx", pack(t, body.String(), nil)), paper.Limits{})
		if err != nil {
			r.Fatal(err)
		}
		got := strings.Map(func(c rune) rune {
			if c == '\n' || c == '\t' {
				return -1
			}
			return c
		}, doc.Text())
		if got != "始"+all.String() {
			r.Fatalf("got %q, want %q", got, all.String())
		}
	})
}

func FuzzDocument(f *testing.F) {
	f.Add([]byte(p("甲", numPr(1, 0))), []byte(official))
	f.Add([]byte(`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="3"/></w:trPr><w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val="999999"/></w:tcPr></w:tc></w:tr></w:tbl>`), []byte(`<w:num w:numId="1"/>`))
	f.Add([]byte(`<w:p><w:p><w:r><w:txbxContent><w:p/></w:txbxContent></w:r></w:p></w:p><w:r><w:t>x</w:t></w:r>`), []byte(`<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="x"/></w:abstractNum>`))
	f.Fuzz(func(t *testing.T, body, numbering []byte) {
		doc, err := Reader().Read(t.Context(), paper.Bytes("a.docx", pack(t, string(body), map[string]string{"numbering": string(numbering)})), paper.Limits{Blocks: 1000, Characters: 100000, Cells: 10000})
		if err == nil {
			checkSpans(t, doc)
		}
	})
}

func FuzzPackage(f *testing.F) {
	f.Add(pack(f, p("甲"), map[string]string{"styles": "", "numbering": official}))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := paper.Readers{Reader()}.Read(t.Context(), paper.Bytes("a.docx", data), paper.Limits{PartBytes: 1 << 20})
		if err == nil {
			checkSpans(t, doc)
		}
	})
}

func checkSpans(t *testing.T, d *paper.Document) {
	for _, k := range d.Blocks {
		for _, s := range append(k.Struck, k.Bold...) {
			if s.Start < 0 || s.End > len(k.Text) || s.Start >= s.End {
				t.Fatalf("span %v outside %q", s, k.Text)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data := pack(b, strings.Repeat(p("（一）由市科技局牵头，市财政局配合，12月底前完成示范应用场景建设。", numPr(1, 1)), 2000), map[string]string{"numbering": official})
	chars := 0
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		doc, err := Reader().Read(b.Context(), paper.Bytes("a.docx", data), paper.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		chars += len([]rune(doc.Text()))
	}
	b.ReportMetric(float64(chars)/b.Elapsed().Seconds(), "chars/s")
}
