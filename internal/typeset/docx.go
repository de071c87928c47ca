package typeset

import (
	"archive/zip"
	"fmt"
	"io"
	"math"
	"strings"
)

// word is a document being written for Word (ECMA-376, transitional).
type word struct {
	doc     *Doc
	sheet   *sheet
	b       strings.Builder // of word/document.xml
	charts  [][]byte        // pictures, in order
	ordered int             // numbered lists so far
	drawn   int             // ids of drawings
	gap     float64         // to leave above the next paragraph
	broken  bool            // the next paragraph begins a page
	err     error
}

// part is a file of the package.
type part struct{ name, text string }

// WriteDOCX writes the document for Word: real styles, headings and numbers, so
// that it can be worked on. Charts need the fonts the program was built with.
func (d *Doc) WriteDOCX(w io.Writer) error {
	s := d.sheet()
	x := &word{doc: d, sheet: s}
	for i, b := range d.Blocks {
		x.block(b, i)
	}
	if x.err != nil {
		return x.err
	}
	x.broken = false // nothing followed
	if x.b.Len() == 0 {
		x.raw(props{}, "") // a document has a paragraph
	}
	z := zip.NewWriter(w)
	for _, p := range x.parts() {
		if err := store(z, p.name, []byte(p.text)); err != nil {
			return err
		}
	}
	for i, png := range x.charts {
		if err := store(z, fmt.Sprintf("word/media/chart%d.png", i+1), png); err != nil {
			return err
		}
	}
	return z.Close()
}

// store adds a file without the time, so that the same document gives the same bytes.
func store(z *zip.Writer, name string, data []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = f.Write(data)
	}
	return err
}

func (x *word) block(b Block, i int) {
	switch b := b.(type) {
	case Masthead:
		x.masthead(b)
	case Title:
		x.para(titleRole, Text(b.Text), props{})
	case Heading:
		x.heading(b)
	case Para:
		p := props{align: b.Align}
		if b.NoIndent || (b.Align != Natural && b.Align != Left) {
			p.flush = true
		}
		x.para(body, b.Runs, p)
	case Labelled:
		if x.doc.opensLabels(i) {
			x.gap += x.sheet.blank()
		}
		x.labelled(b)
	case List:
		x.list(b)
	case Table:
		x.table(b)
	case Chart:
		x.chart(b)
	case Signature:
		unitRight, dateRight := x.sheet.signOff(oneLine(b.Unit), oneLine(b.Date))
		x.gap += x.sheet.blank()
		x.para(signature, Text(oneLine(b.Unit)), props{align: Right, right: unitRight, keep: true})
		x.para(signature, Text(oneLine(b.Date)), props{align: Right, right: dateRight})
	case Attachments:
		x.attachments(b)
	case Imprint:
		x.imprint(b)
	case PageBreak:
		x.broken = i > 0
	case Rule:
		x.raw(props{border: edge("bottom", 4, 1, ink(Grey)), line: 5, after: 5}, "")
	}
}

// twips is points in twentieths, Word's measure.
func twips(points float64) int { return int(math.Round(points * 20)) }

// escape is text cleaned for XML.
func escape(s string) string { return escaper.Replace(clean(s)) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func hex(c rgb) string { return fmt.Sprintf("%02X%02X%02X", c.r, c.g, c.b) }

// edge is one border of a paragraph or cell: eighths of a point, distance in points.
func edge(side string, eighths, space int, c rgb) string {
	return fmt.Sprintf(`<w:%s w:val="single" w:sz="%d" w:space="%d" w:color="%s"/>`, side, eighths, space, hex(c))
}
