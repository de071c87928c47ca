package typeset

import (
	"fmt"
	"strconv"
	"strings"
)

// props is how a paragraph differs from its style.
type props struct {
	style               string
	align               Align
	keep                bool // with the next
	flush               bool // no indent at the first line
	left, hang, right   float64
	first               float64
	before, after, line float64 // line: exact; 0: that of the style
	border, tabs        string
	list, level         int // numbering; list 0 for none
}

// para writes a paragraph of a role.
func (x *word) para(r role, runs []Run, p props) {
	p.style = x.sheet.looks[r].id
	p.before += x.gap
	if x.gap > 0 {
		p.before += x.sheet.looks[r].before
	}
	x.gap = 0
	x.raw(p, x.runs(runs, nil))
}

// raw writes a paragraph with what is in it.
func (x *word) raw(p props, content string) {
	x.b.WriteString("<w:p>" + x.pPr(p) + content + "</w:p>")
}

// pPr is the properties of a paragraph, in the order of the schema.
func (x *word) pPr(p props) string {
	var b strings.Builder
	put := func(yes bool, s string) {
		if yes {
			b.WriteString(s)
		}
	}
	put(p.style != "", `<w:pStyle w:val="`+p.style+`"/>`)
	put(p.keep, "<w:keepNext/>")
	put(x.broken, "<w:pageBreakBefore/>")
	x.broken = false
	put(p.list > 0, fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, p.level, p.list))
	put(p.border != "", "<w:pBdr>"+p.border+"</w:pBdr>")
	put(p.tabs != "", "<w:tabs>"+p.tabs+"</w:tabs>")
	if p.before > 0 || p.after > 0 || p.line > 0 {
		b.WriteString("<w:spacing")
		put(p.before > 0, fmt.Sprintf(` w:before="%d"`, twips(p.before)))
		put(p.after > 0, fmt.Sprintf(` w:after="%d"`, twips(p.after)))
		put(p.line > 0, fmt.Sprintf(` w:line="%d" w:lineRule="exact"`, twips(p.line)))
		b.WriteString("/>")
	}
	b.WriteString(indents(p))
	put(p.align != Natural, `<w:jc w:val="`+jc(p.align)+`"/>`)
	if b.Len() == 0 {
		return ""
	}
	return "<w:pPr>" + b.String() + "</w:pPr>"
}

func indents(p props) string {
	out := ""
	if p.left > 0 || p.hang > 0 {
		out += fmt.Sprintf(` w:left="%d"`, twips(p.left))
	}
	if p.right > 0 {
		out += fmt.Sprintf(` w:right="%d"`, twips(p.right))
	}
	switch {
	case p.hang > 0:
		out += fmt.Sprintf(` w:hanging="%d"`, twips(p.hang))
	case p.first > 0:
		out += fmt.Sprintf(` w:firstLineChars="0" w:firstLine="%d"`, twips(p.first))
	case p.flush:
		out += ` w:firstLineChars="0" w:firstLine="0"`
	}
	if out == "" {
		return ""
	}
	return "<w:ind" + out + "/>"
}

func jc(a Align) string {
	return [...]string{Natural: "both", Left: "left", Center: "center", Right: "right"}[a]
}

// runs writes runs; f is their face where it is not that of the style.
func (x *word) runs(runs []Run, f *face) string {
	var b strings.Builder
	for _, r := range runs {
		rpr := x.rPr(r, f)
		for i, line := range strings.Split(clean(r.Text), "\n") {
			if i > 0 {
				b.WriteString("<w:r><w:br/></w:r>")
			}
			if line != "" {
				b.WriteString("<w:r>" + rpr + `<w:t xml:space="preserve">` + escaper.Replace(line) + "</w:t></w:r>")
			}
		}
	}
	return b.String()
}

func (x *word) rPr(r Run, f *face) string {
	out := ""
	if f != nil {
		out += rFonts(*f)
	}
	if r.Bold {
		out += "<w:b/><w:bCs/>"
	}
	if r.Italic {
		out += "<w:i/><w:iCs/>"
	}
	switch {
	case r.Color != Inherit:
		out += `<w:color w:val="` + hex(ink(r.Color)) + `"/>`
	case r.Muted:
		out += `<w:color w:val="` + hex(ink(Grey)) + `"/>`
	}
	if r.Underline {
		out += `<w:u w:val="single"/>`
	}
	if out == "" {
		return ""
	}
	return "<w:rPr>" + out + "</w:rPr>"
}

func rFonts(f face) string {
	t := fontsOf[f]
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[2]s" w:cs="%[1]s"/>`, t.ascii, t.han)
}

const tabRun = "<w:r><w:tab/></w:r>"

func (x *word) heading(h Heading) {
	p := props{}
	if h.Numbered {
		p.list, p.level = headingList, level(h.Level)-1
	}
	x.para(x.sheet.headingRole(h.Level), Text(oneLine(h.Text)), p)
}

func (x *word) list(l List) {
	p := props{list: bulletList}
	if l.Ordered {
		x.ordered++
		p.list = orderedList + x.ordered - 1
	}
	if n := len(l.Items); n >= 100 && x.sheet.style == Plain {
		p.left, p.hang = x.sheet.listHang(n), x.sheet.listHang(n)-2
	}
	for _, it := range l.Items {
		x.para(item, it.Runs, p)
	}
}

// labelled writes a label and its text; the label's face is heavier.
func (x *word) labelled(l Labelled) {
	label := oneLine(l.Label)
	first, hang := x.sheet.labelHang(label)
	run, f := Run{Text: label}, hei
	heavy := &f
	if x.sheet.style == Plain {
		run.Bold, heavy = true, nil
	}
	content := x.runs([]Run{run}, heavy)
	if x.sheet.lang != "zh" { // Chinese labels are as wide as their indent
		content += tabRun
	}
	x.hung(first, hang, content+x.runs(l.Runs, nil))
}

// hung writes a paragraph whose first line begins at first, the others at hang.
func (x *word) hung(first, hang float64, content string) {
	p := props{style: x.sheet.looks[labelled].id, left: hang, hang: hang - first, before: x.gap}
	x.gap = 0
	x.raw(p, content)
}

func (x *word) attachments(a Attachments) {
	for i, line := range x.sheet.attachmentLines(a) {
		label := line.number
		if i == 0 {
			x.gap += x.sheet.blank()
			label = x.sheet.attachLabel() + label
		}
		first := line.hang - x.sheet.wideWidth(label, x.sheet.looks[labelled])
		x.hung(first, line.hang, x.runs(Text(strings.TrimRight(label, " ")), nil)+tabRun+x.runs(Text(line.text), nil))
	}
}

func (x *word) masthead(m Masthead) {
	s := x.sheet
	text := oneLine(m.Text)
	size := s.mastheadSize(text)
	run := fmt.Sprintf(`<w:r><w:rPr><w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/></w:rPr><w:t xml:space="preserve">%[2]s</w:t></w:r>`, int(2*size), escape(text))
	x.raw(props{style: s.looks[masthead].id, before: s.mastheadDrop(size), line: size * mastheadLine}, run)
	if m.Number != "" {
		x.para(number, Text(oneLine(m.Number)), props{})
	}
	rule := edge("bottom", 12, 11, redHead)
	if m.Left != "" || m.Right != "" {
		x.pair(byline, m.Left, m.Right, rule)
	} else {
		x.raw(props{line: 2, border: rule}, "")
	}
	x.gap = 12
	if s.style == Official {
		x.gap = 2 * s.blank()
	}
}

// pair writes one text left and one right on the same line, each a character
// in where the style has it so.
func (x *word) pair(r role, left, right, border string) {
	l := x.sheet.looks[r]
	in, w := x.sheet.inset(l), x.sheet.width()
	tabs := fmt.Sprintf(`<w:tab w:val="right" w:pos="%d"/>`, twips(w-in))
	content := x.runs(Text(oneLine(left)), nil) + tabRun + x.runs(Text(oneLine(right)), nil)
	if in > 0 {
		tabs = `<w:tab w:val="left" w:pos="` + strconv.Itoa(twips(in)) + `"/>` + tabs
		content = tabRun + content
	}
	x.raw(props{style: l.id, tabs: tabs, border: border, align: Left}, content)
}
