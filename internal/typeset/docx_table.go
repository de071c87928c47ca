package typeset

import (
	"fmt"
	"strings"
)

func (x *word) table(t Table) {
	g, err := gridOf(t, x.sheet.width())
	if err != nil {
		x.err = err
		return
	}
	if len(g.widths) == 0 || len(g.head)+len(g.rows) == 0 {
		return
	}
	x.spacer(4)
	x.b.WriteString(`<w:tbl><w:tblPr>` + fmt.Sprintf(`<w:tblW w:w="%d" w:type="dxa"/>`, twips(x.sheet.width())))
	x.b.WriteString(x.tableBorders() + `<w:tblLayout w:type="fixed"/>` + cellMargins() + `</w:tblPr><w:tblGrid>`)
	for _, w := range g.widths {
		fmt.Fprintf(&x.b, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	x.b.WriteString("</w:tblGrid>")
	if len(g.head) > 0 {
		x.row(g, g.head, cellHead)
	}
	for _, r := range g.rows {
		x.row(g, r, cell)
	}
	x.b.WriteString("</w:tbl>")
	x.spacer(8) // also keeps tables that follow each other apart
}

// spacer is a paragraph that is only as high as a gap.
func (x *word) spacer(h float64) {
	if x.gap > 0 {
		h, x.gap = h+x.gap, 0
	}
	x.raw(props{style: "Gap", line: h}, "")
}

func cellMargins() string {
	return fmt.Sprintf(`<w:tblCellMar><w:top w:w="%[1]d" w:type="dxa"/><w:left w:w="%[2]d" w:type="dxa"/><w:bottom w:w="%[1]d" w:type="dxa"/><w:right w:w="%[2]d" w:type="dxa"/></w:tblCellMar>`, twips(padY), twips(padX))
}

func (x *word) tableBorders() string {
	sides := []string{"top", "left", "bottom", "right", "insideH", "insideV"}
	c := rgb{}
	if x.sheet.style == Plain {
		sides, c = []string{"bottom", "insideH"}, tableLine
	}
	out := "<w:tblBorders>"
	for _, s := range sides {
		out += edge(s, 4, 0, c)
	}
	return out + "</w:tblBorders>"
}

func (x *word) row(g *grid, cells []Cell, r role) {
	x.b.WriteString("<w:tr><w:trPr><w:cantSplit/>")
	if r == cellHead {
		x.b.WriteString("<w:tblHeader/>")
	}
	x.b.WriteString("</w:trPr>")
	at := 0
	for _, c := range cells {
		w := 0.0
		for range c.Span {
			w += g.widths[at]
			at++
		}
		x.b.WriteString("<w:tc>" + x.tcPr(c, r, w))
		x.para(r, c.Runs, props{align: c.Align})
		x.b.WriteString("</w:tc>")
	}
	x.b.WriteString("</w:tr>")
}

func (x *word) tcPr(c Cell, r role, w float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(w))
	if c.Span > 1 {
		fmt.Fprintf(&b, `<w:gridSpan w:val="%d"/>`, c.Span)
	}
	shade := c.Shade
	if r == cellHead && x.sheet.style == Plain {
		shade = Grey
		b.WriteString("<w:tcBorders>" + edge("bottom", 4, 0, ink(Grey)) + "</w:tcBorders>")
	}
	if shade != Inherit {
		fmt.Fprintf(&b, `<w:shd w:val="clear" w:color="auto" w:fill="%s"/>`, hex(tint(shade)))
	}
	if x.sheet.style == Official {
		b.WriteString(`<w:vAlign w:val="center"/>`)
	}
	return b.String() + "</w:tcPr>"
}

// imprint is a frame at the foot of the last page: paragraphs that say the same
// of their frame share it.
func (x *word) imprint(m Imprint) {
	s := x.sheet
	in := 0.0
	if s.style == Official {
		in = s.looks[imprint].size
	}
	p := props{left: in, right: in, frame: fmt.Sprintf(`<w:framePr w:w="%d" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>`, twips(s.width()))}
	rule := func(eighths int) {
		x.raw(props{style: "Gap", line: 4, frame: p.frame, border: edge("top", eighths, 0, rgb{})}, "")
	}
	thick, thin := 8, 6 // 1 pt for 0.35 mm, 0.75 pt for 0.25 mm
	rule(thick)
	for _, l := range m.Lines {
		x.para(imprint, Text(l), p)
	}
	if m.Office != "" || m.Date != "" {
		if len(m.Lines) > 0 {
			rule(thin)
		}
		x.pair(imprint, m.Office, m.Date, props{frame: p.frame})
	}
	rule(thick)
}

// chart writes a picture, with its title above and what it shows for who cannot see it.
func (x *word) chart(c Chart) {
	if c.Title != "" {
		x.para(caption, Text(oneLine(c.Title)), props{})
	}
	png, err := c.picture(x.sheet.width(), x.sheet.lang)
	if err != nil {
		x.err = err
		return
	}
	x.charts = append(x.charts, png)
	x.drawn++
	const emu = 12700 // a point
	cx, cy := int(x.sheet.width()*emu), int(c.height()*emu)
	x.raw(props{style: "Figure"}, fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:docPr id="%[3]d" name="Chart %[3]d" descr="%[4]s"/>`+
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic><pic:nvPicPr><pic:cNvPr id="%[3]d" name="chart%[3]d.png" descr="%[4]s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="chart%[3]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		cx, cy, x.drawn, escape(c.alt())))
}
