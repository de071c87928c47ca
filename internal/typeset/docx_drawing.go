package typeset

import (
	"fmt"
	"math"
)

// emu is a point in the measure of drawings.
const emu = 12700

// imprint is a text box at the foot of the last page. (A floating table or a
// frame would be simpler; LibreOffice leaves these where the text ends.)
func (x *word) imprint(m Imprint) {
	s := x.sheet
	l := s.looks[imprint]
	in := s.inset(l)
	if x.broken { // the page begins outside the box
		x.raw(props{style: "Gap", line: 1}, "")
	}
	outer := x.b.String()
	x.b.Reset()
	high := 0.0
	rule := func(thick float64) {
		x.raw(props{style: "Gap", line: imprintPad, border: edge("bottom", int(math.Round(thick*8)), 0, rgb{})}, "")
		high += imprintPad
	}
	rule(thickRule)
	for _, line := range m.Lines {
		x.para(imprint, Text(line), props{left: in, right: in})
		high += l.line * math.Ceil(ems(line)*l.size/(s.width()-2*in))
	}
	if m.Office != "" || m.Date != "" {
		if len(m.Lines) > 0 {
			rule(thinRule)
		}
		x.pair(imprint, m.Office, m.Date, "")
		high += l.line
	}
	rule(thickRule)
	content := x.b.String()
	x.b.Reset()
	x.b.WriteString(outer)
	x.raw(props{style: "Gap", line: 1}, x.footBox(content, high+imprintPad))
}

// footBox is a text box as wide as the text, at its lower edge; what it holds
// stands at its bottom.
func (x *word) footBox(content string, high float64) string {
	x.drawn++
	cx, cy := int(x.sheet.width()*emu), int(high*emu)
	return fmt.Sprintf(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">`+
		`<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH><wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>`+
		`<wp:extent cx="%[1]d" cy="%[2]d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/><wp:docPr id="%[3]d" name="Imprint"/><wp:cNvGraphicFramePr/>`+
		`<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>`+
		`<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>`+
		`<wps:txbx><w:txbxContent>%[4]s</w:txbxContent></wps:txbx><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>`,
		cx, cy, x.drawn, content)
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
	cx, cy := int(x.sheet.width()*emu), int(c.height()*emu)
	x.raw(props{style: "Figure"}, fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:docPr id="%[3]d" name="Chart %[3]d" descr="%[4]s"/>`+
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic><pic:nvPicPr><pic:cNvPr id="%[3]d" name="chart%[3]d.png" descr="%[4]s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="chart%[5]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		cx, cy, x.drawn, escape(c.alt()), len(x.charts)))
}
