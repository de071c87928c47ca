package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/opc"
)

// dress is how a run is set.
type dress struct{ bold, struck bool }

func (w *walker) run(xml.StartElement) error {
	var bold, struck toggle
	styleID := ""
	resolved := false
	var d dress
	settle := func() {
		if resolved {
			return
		}
		resolved = true
		if styleID != "" {
			b, s := w.f.st.dress(styleID)
			bold, struck = bold.or(b), struck.or(s)
		}
		b, s := w.f.st.dress(w.para.styleID)
		d = dress{bold: bold.or(b) > 0, struck: struck.or(s) > 0}
	}
	return w.x.Children(func(s xml.StartElement) error {
		if s.Name.Local == "rPr" {
			return w.x.Children(func(s xml.StartElement) error {
				switch s.Name.Local {
				case "b":
					bold = toggleOf(s)
				case "strike", "dstrike":
					struck = struck.or(toggleOf(s))
				case "rStyle":
					styleID = opc.Attr(s, "val")
				}
				return w.x.Skip()
			}, nil)
		}
		settle()
		return w.inRun(s, d)
	}, nil)
}

// inRun handles what may stand in a run.
func (w *walker) inRun(s xml.StartElement, d dress) error {
	put := func(t string) error {
		w.para.text.Write(t, d.struck, d.bold)
		return w.x.Skip()
	}
	switch s.Name.Local {
	case "t":
		return w.write(d)
	case "tab", "ptab":
		return put("\t")
	case "br":
		return w.lineBreak(s, put)
	case "cr":
		return put("\n")
	case "noBreakHyphen":
		return put("-")
	case "sym":
		return put(symbol(opc.Attr(s, "font"), opc.Attr(s, "char")))
	case "textpath": // a watermark
		return put(opc.Attr(s, "string"))
	case "lastRenderedPageBreak":
		w.page++
		return w.x.Skip()
	case "footnoteReference", "endnoteReference":
		return put(w.noteMark(s))
	case "delText", "delInstrText", "instrText", "Fallback", "rPr", "sdtPr", "softHyphen":
		return w.x.Skip()
	case "txbxContent":
		return w.textBox()
	case "p": // text of a drawing (a:p): its runs, on a line of their own
		if w.para.text.Len() > 0 && w.para.text.Last() != '\n' {
			w.para.text.Write("\n", false, false)
		}
	}
	return w.x.Children(func(s xml.StartElement) error { return w.inRun(s, d) }, nil)
}

// write adds the characters of a text element.
func (w *walker) write(d dress) error {
	p := w.para
	if p.page == 0 {
		p.page = w.page
	}
	err := w.x.Children(func(xml.StartElement) error { return w.x.Skip() }, func(t []byte) {
		p.text.Write(string(t), d.struck, d.bold)
	})
	if err == nil && p.text.Len() > w.f.limit {
		err = paper.TooMany(w.f.pkg.Name, "characters", w.f.limit/4)
	}
	return err
}

func (w *walker) lineBreak(s xml.StartElement, put func(string) error) error {
	if opc.Attr(s, "type") == "page" {
		if !w.rendered {
			w.page++
		}
		if w.para.text.Len() == 0 {
			return w.x.Skip()
		}
	}
	return put("\n")
}

// noteMark numbers notes in the order of the text, as Word does by default.
func (w *walker) noteMark(s xml.StartElement) string {
	kind := "footnote"
	if s.Name.Local == "endnoteReference" {
		kind = "endnote"
	}
	marks, id := w.f.marks[kind], opc.Attr(s, "id")
	if marks[id] == "" {
		marks[id] = "[" + strconv.Itoa(len(marks)+1) + "]"
	}
	return marks[id]
}

// symbols are the signs of symbol fonts that papers use as tick boxes and bullets.
var symbols = map[string]string{
	"wingdings f0fe": "☑", "wingdings f0a8": "□", "wingdings f06f": "□", "wingdings f0fc": "✓", "wingdings f0fd": "☒",
	"wingdings 2 f052": "☑", "wingdings 2 f0a3": "□", "wingdings 2 f051": "☒", "wingdings 2 f050": "✓", "wingdings f06c": "●",
	"wingdings f06e": "■", "wingdings f0b2": "◇", "wingdings f0d8": "➢", "symbol f0b7": "•", "symbol f0b4": "×", "symbol f0b0": "°", "symbol f0b3": "≥", "symbol f0a3": "≤",
}

// symbol is the sign of a w:sym; unknown ones keep their code point.
func symbol(font, char string) string {
	if s, ok := symbols[strings.ToLower(font+" "+char)]; ok {
		return s
	}
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil || n == 0 {
		return ""
	}
	if n >= 0xf020 && n <= 0xf07e { // symbol fonts keep ASCII at this offset
		n -= 0xf000
	}
	return string(rune(n))
}
