package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/docket-os/docket/internal/paper"
)

const wNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="w" xmlns:m="m"`

// pack writes a small Word file: the body and whatever further parts by name.
// Parts are wrapped in their root element.
func pack(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	roots := map[string]string{"styles": "w:styles", "numbering": "w:numbering", "footnotes": "w:footnotes", "endnotes": "w:endnotes", "comments": "w:comments", "header1": "w:hdr", "footer1": "w:ftr"}
	rel := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
	}
	rels := ""
	files := map[string]string{"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wNS + `><w:body>` + body + `</w:body></w:document>`}
	for name, content := range parts {
		root := roots[name]
		files["word/"+name+".xml"] = "<" + root + " " + wNS + ">" + content + "</" + root + ">"
		rels += rel("r"+name, strings.TrimRight(name, "1"), name+".xml")
	}
	files["word/_rels/document.xml.rels"] = `<Relationships>` + rels + `</Relationships>`
	files["_rels/.rels"] = `<Relationships>` + rel("r1", "officeDocument", "word/document.xml") + `</Relationships>`
	return zipped(t, files)
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func p(text string, props ...string) string {
	pr := strings.Join(props, "")
	if pr != "" {
		pr = "<w:pPr>" + pr + "</w:pPr>"
	}
	return "<w:p>" + pr + `<w:r><w:t xml:space="preserve">` + text + "</w:t></w:r></w:p>"
}

func numPr(id, ilvl int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, ilvl, id)
}

func pStyle(id string) string { return `<w:pStyle w:val="` + id + `"/>` }

func open(t testing.TB, data []byte) *paper.Document {
	t.Helper()
	doc, err := paper.Readers{Reader()}.Read(t.Context(), paper.Bytes("a.docx", data), paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func texts(d *paper.Document) []string {
	var out []string
	for _, k := range d.Blocks {
		out = append(out, k.Text)
	}
	return out
}
