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
	x.spacer(4, true) // with what follows, as the heading above is
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
	x.spacer(8, false) // also keeps tables that follow each other apart
}

// spacer is a paragraph that is only as high as a gap.
func (x *word) spacer(h float64, keep bool) {
	if x.gap > 0 {
		h, x.gap = h+x.gap, 0
	}
	x.raw(props{style: "Gap", line: h, keep: keep}, "")
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
