package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/opc"
)

// walker goes through one part and emits its blocks.
type walker struct {
	f        *file
	x        *opc.XML
	emit     func(paper.Block)
	num      *numbering
	rendered bool // the part says where Word broke the pages
	page     int
	line     int        // paragraphs so far
	para     *paragraph // the open paragraph
	noteID   func(xml.StartElement)
}

// all walks the whole part.
func (w *walker) all() error {
	if err := w.x.Children(w.block, nil); err != nil {
		return err
	}
	w.flush() // a paragraph whose mark was deleted and that nothing followed
	return nil
}

// block handles an element where paragraphs and tables stand; whatever else
// may wrap them (sections, content controls, custom XML) is looked into.
func (w *walker) block(s xml.StartElement) error {
	if err := w.f.out.Err(); err != nil {
		return err
	}
	switch s.Name.Local {
	case "p":
		return w.paragraph()
	case "tbl":
		return w.table()
	case "del", "moveFrom", "sdtPr", "Fallback":
		return w.x.Skip()
	case "footnote", "endnote", "comment":
		if t := opc.Attr(s, "type"); t == "separator" || t == "continuationSeparator" || t == "continuationNotice" {
			return w.x.Skip()
		}
		if w.noteID != nil {
			w.noteID(s)
		}
	}
	return w.x.Children(w.block, nil)
}

// paragraph is one open paragraph.
type paragraph struct {
	text    paper.Rich
	styleID string
	numID   string
	ilvl    int
	outline int // -1 when not set
	page    int
	line    int
	breaks  bool          // a section that starts a new page follows
	joined  bool          // its mark is a tracked deletion: the next paragraph goes on with it
	after   []paper.Block // text boxes anchored in it
}

func (w *walker) paragraph() error {
	outer := w.para
	if outer == nil || !outer.joined {
		w.line++
		w.para = &paragraph{outline: -1, ilvl: -1, line: w.line, styleID: w.f.st.def}
	}
	w.para.joined = false
	if err := w.x.Children(w.inPara, nil); err != nil {
		return err
	}
	if !w.para.joined {
		w.flush()
	}
	return nil
}

// inPara handles what may stand in a paragraph.
func (w *walker) inPara(s xml.StartElement) error {
	switch s.Name.Local {
	case "pPr":
		return w.x.Children(w.paraProperty, nil)
	case "r":
		return w.run(s)
	case "del", "moveFrom", "sdtPr", "Fallback", "instrText":
		return w.x.Skip()
	case "txbxContent":
		return w.textBox()
	case "t":
		return w.write(dress{})
	}
	return w.x.Children(w.inPara, nil)
}

func (w *walker) paraProperty(s xml.StartElement) error {
	p, v := w.para, opc.Attr(s, "val")
	switch s.Name.Local {
	case "pStyle":
		p.styleID = v
	case "outlineLvl":
		if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < 9 {
			p.outline = n
		}
	case "numPr":
		return w.x.Children(w.paraProperty, nil)
	case "numId":
		p.numID = v
	case "ilvl":
		p.ilvl = level(v)
	case "pageBreakBefore":
		if !w.rendered && toggleOf(s) > 0 {
			w.page++
		}
	case "sectPr":
		p.breaks = true
		return w.x.Children(func(s xml.StartElement) error {
			if s.Name.Local == "type" && opc.Attr(s, "val") == "continuous" {
				p.breaks = false
			}
			return w.x.Skip()
		}, nil)
	case "rPr": // of the paragraph mark
		return w.x.Children(func(s xml.StartElement) error {
			if s.Name.Local == "del" {
				p.joined = true
			}
			return w.x.Skip()
		}, nil)
	}
	return w.x.Skip()
}

// textBox reads the paragraphs of a text box; they follow their anchor.
func (w *walker) textBox() error {
	host := w.para
	inner := &walker{f: w.f, x: w.x, num: w.num, rendered: w.rendered, page: w.page, line: w.line,
		emit: func(k paper.Block) { host.after = append(host.after, k) }}
	return inner.x.Children(inner.block, nil)
}

// flush ends the open paragraph.
func (w *walker) flush() {
	p := w.para
	w.para = nil
	if p == nil {
		return
	}
	text, struck, bold := p.text.Take()
	k := paper.Block{Text: text, Struck: struck, Bold: bold, Page: p.page, Line: p.line}
	if k.Page == 0 {
		k.Page = w.page
	}
	w.number(&k, p)
	if text != "" {
		w.emit(k)
	}
	for _, b := range p.after {
		w.emit(b)
	}
	if p.breaks && !w.rendered {
		w.page++
	}
}

// number gives a paragraph its kind and its computed label. Word counts empty
// paragraphs of a list too.
func (w *walker) number(k *paper.Block, p *paragraph) {
	outline := p.outline
	if outline < 0 {
		outline = w.f.st.outline(p.styleID)
	}
	numID, ilvl := w.num.of(p.numID, p.ilvl, p.styleID)
	inList := numID != "" && numID != "0"
	switch {
	case w.f.st.isTOC(p.styleID):
		k.Kind = paper.Furniture
	case outline >= 0:
		k.Kind, k.Level = paper.Heading, outline+1
	case inList:
		k.Kind, k.Level = paper.ListItem, ilvl
	}
	if !inList {
		return
	}
	label, gap := w.num.next(numID, ilvl)
	if label == "" {
		return
	}
	k.Label, k.Text = label, label+gap+k.Text
	n := len(label) + len(gap)
	for i := range k.Struck {
		k.Struck[i] = paper.Span{Start: k.Struck[i].Start + n, End: k.Struck[i].End + n}
	}
	for i := range k.Bold {
		k.Bold[i] = paper.Span{Start: k.Bold[i].Start + n, End: k.Bold[i].End + n}
	}
}

// noteBlocks appends the footnotes or endnotes, each with the mark it has in the text.
func (f *file) noteBlocks(part, kind string) error {
	if part == "" {
		return nil
	}
	x, err := f.pkg.XML(part)
	if err != nil {
		return err
	}
	defer x.Close()
	mark := ""
	w := &walker{f: f, x: x, num: f.num.fresh()}
	w.noteID = func(s xml.StartElement) { mark = f.marks[kind][opc.Attr(s, "id")] }
	w.emit = func(k paper.Block) {
		if mark != "" && !strings.HasPrefix(k.Text, mark) {
			k.Text = mark + " " + k.Text
			k.Struck, k.Bold = nil, nil
		}
		mark = ""
		f.out.Add(k)
	}
	return w.all()
}
