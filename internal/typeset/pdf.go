package typeset

import (
	"io"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
)

// setter sets a document on PDF pages from top to bottom. y is the upper edge
// of what comes next, from the top of the paper.
type setter struct {
	doc    *Doc
	sheet  *sheet
	pdf    *fpdf.Fpdf
	fonts  *library
	loaded map[string]bool // families the PDF has
	count  counter
	page   int
	y      float64
	fresh  bool // nothing stands on the page yet
	deep   int  // level of the last bookmark
	err    error
}

// WritePDF writes the document as PDF, the characters used embedded and its
// text searchable. It needs the fonts the program was built with.
func (d *Doc) WritePDF(w io.Writer) error {
	s := d.sheet()
	fonts, err := newLibrary(d.Lang)
	if err != nil {
		return err
	}
	t := &setter{doc: d, sheet: s, fonts: fonts, loaded: map[string]bool{}, count: counter{lang: d.Lang}}
	t.pdf = fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: s.w, Ht: s.h}})
	t.properties()
	t.newPage()
	for i, b := range d.Blocks {
		t.block(b, i)
	}
	t.runningText()
	if t.err != nil {
		return t.err
	}
	return t.pdf.Output(w)
}

func (t *setter) properties() {
	d, p := t.doc, t.pdf
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(0, 0, 0)
	p.SetCellMargin(0)
	p.SetCatalogSort(true)
	p.SetCompression(true)
	p.SetCreationDate(d.Made.UTC())
	p.SetModificationDate(d.Made.UTC())
	p.SetProducer("Docket", true)
	p.SetCreator("Docket", true)
	p.SetTitle(oneLine(d.Title), true)
	p.SetAuthor(oneLine(d.Issuer), true)
	p.SetLang(langTag(d.Lang))
	p.SetLineCapStyle("round")
	p.SetLineJoinStyle("round")
}

// langTag is the language as PDF and Word name it.
func langTag(lang string) string {
	if lang == "zh" {
		return "zh-CN"
	}
	return "en-GB"
}

func (t *setter) block(b Block, i int) {
	switch b := b.(type) {
	case Masthead:
		t.masthead(b)
	case Title:
		t.para(titleRole, Text(clean(b.Text)), setting{})
	case Heading:
		t.heading(b)
	case Para:
		st := setting{align: b.Align}
		if !b.NoIndent && (b.Align == Natural || b.Align == Left) {
			st.first = t.sheet.firstIndent(body)
		}
		t.para(body, b.Runs, st)
	case Labelled:
		if t.doc.opensLabels(i) {
			t.space(t.sheet.blank())
		}
		t.labelled(b)
	case List:
		t.list(b)
	case Table:
		t.table(b)
	case Chart:
		t.chart(b)
	case Signature:
		t.signature(b)
	case Attachments:
		t.attachments(b)
	case Imprint:
		t.imprint(b)
	case PageBreak:
		if !t.fresh {
			t.newPage()
		}
	case Rule:
		t.need(10)
		t.rule(t.left(), t.y+5, t.sheet.width(), 0.5, ink(Grey))
		t.advance(10)
	}
}

func (t *setter) newPage() {
	t.pdf.AddPage()
	t.page++
	t.y, t.fresh = t.sheet.top, true
}

func (t *setter) left() float64   { return t.sheet.left(t.page) }
func (t *setter) bottom() float64 { return t.sheet.h - t.sheet.bottom }

// advance moves down over what was set.
func (t *setter) advance(h float64) { t.y, t.fresh = t.y+h, false }

// space leaves room above a block, except at the top of a page.
func (t *setter) space(h float64) {
	if !t.fresh {
		t.y += h
	}
}

// need begins a new page unless h fits on this one or nothing stands on it.
func (t *setter) need(h float64) {
	if !t.fits(h) && !t.fresh {
		t.newPage()
	}
}

func (t *setter) fits(h float64) bool { return t.y+h <= t.bottom()+0.05 }

func (t *setter) heading(h Heading) {
	n := level(h.Level)
	text := oneLine(h.Text)
	if h.Numbered {
		text = t.count.next(n) + text
	}
	r := t.sheet.headingRole(n)
	l := t.sheet.looks[r]
	lines := fold(t.atoms(r, Text(text), setting{}), t.sheet.width(), t.sheet.firstIndent(r))
	after := 2 * t.sheet.looks[body].line
	if t.sheet.style == Official { // 22 lines a page: none is left free for looks
		after /= 2
	}
	t.need(l.before + float64(len(lines))*l.line + l.after + after)
	if len(lines[0].atoms) == 0 {
		return
	}
	t.useFamily(lines[0].atoms[0].dress.family, l.size) // the bookmark is written in its encoding
	t.deep = min(n, t.deep+1)
	t.pdf.Bookmark(text, t.deep-1, t.y)
	t.para(r, Text(text), setting{first: t.sheet.firstIndent(r)})
}

// runningText sets head and foot of every page, when their number is known.
func (t *setter) runningText() {
	s, l := t.sheet, t.sheet.looks[running]
	head, foot := oneLine(t.doc.Header), oneLine(t.doc.Footer)
	small := setting{size: s.runningSize(), align: Left}
	for p := 1; p <= t.page; p++ {
		t.pdf.SetPage(p)
		if f := t.pdf.GetFontFamily(); f != "" { // the library takes the font of the last page to be set here
			t.pdf.SetFont(f, "", 1)
		}
		x, w := s.left(p), s.width()
		if head != "" {
			t.single(running, head, x, s.head, w, small)
			if s.style == Plain {
				t.rule(x, s.head+l.line+2, w, 0.4, ink(Grey))
			}
		}
		if s.style == Official {
			t.officialNumber(p, x, w)
			small.align = Center
			t.single(running, foot, x, s.h-s.foot-l.line, w, small)
			continue
		}
		y := s.h - s.foot - l.line
		t.single(running, foot, x, y, w*0.8, small)
		t.single(running, strconv.Itoa(p)+" / "+strconv.Itoa(t.page), x, y, w, setting{align: Right})
	}
}

// officialNumber sets "— 1 —" in size 4, its dashes 7 mm below the text, one
// character in from the outer edge (GB/T 9704-2012, 7.5).
func (t *setter) officialNumber(p int, x, w float64) {
	l := t.sheet.looks[running]
	st := setting{align: Right}
	if p%2 == 0 {
		st.align = Left
		x += l.size
	}
	t.single(running, "— "+strconv.Itoa(p)+" —", x, t.bottom()+7*mm-l.line/2, w-l.size, st)
}
