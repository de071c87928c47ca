package typeset

import (
	"fmt"
	"slices"
	"strings"
)

// setting is how one paragraph differs from its role.
type setting struct {
	first float64 // indent of the first line, from the margin
	hang  float64 // indent of the others
	right float64 // indent at the right
	align Align   // Natural: that of the role
	size  float64 // 0: that of the role
	face  *face   // nil: that of the role
}

// useFamily makes a family current, and known to the PDF at its first use.
func (t *setter) useFamily(family string, size float64) {
	if !t.loaded[family] {
		raw, err := fontBytes(family)
		if err != nil {
			t.err = err
			return
		}
		t.pdf.AddUTF8FontFromBytes(family, "", raw)
		t.loaded[family] = true
	}
	t.pdf.SetFont(family, "", size)
}

// dressOf is how a run looks in a role.
func (t *setter) dressOf(r role, run Run, st setting) *dress {
	l := t.sheet.looks[r]
	f := l.face
	if st.face != nil {
		f = *st.face
	}
	d := &dress{family: fontsOf[f].family, stroke: fontsOf[f].stroke, size: l.size, italic: run.Italic, underline: run.Underline, color: ink(l.color)}
	if st.size > 0 {
		d.size = st.size
	}
	if r == masthead {
		d.color = redHead
	}
	d.pitch = d.size
	if d.size == officialSize && t.sheet.pitch > 0 {
		d.pitch = t.sheet.pitch
	}
	if l.bold || run.Bold {
		d.stroke = boldStroke
	}
	if run.Muted {
		d.color = ink(Grey)
	}
	if run.Color != Inherit {
		d.color = ink(run.Color)
	}
	return d
}

// atoms cuts runs into atoms; the narrowest line decides where words are cut.
func (t *setter) atoms(r role, runs []Run, st setting) []atom {
	room := t.sheet.width() - max(st.first, st.hang) - st.right
	return t.atomsIn(r, runs, st, room)
}

func (t *setter) atomsIn(r role, runs []Run, st setting, room float64) []atom {
	a := atomizer{fonts: t.fonts, room: room}
	for _, run := range runs {
		a.add(clean(run.Text), t.dressOf(r, run, st))
	}
	if t.sheet.lang == "zh" {
		air(a.out)
	}
	return a.out
}

// para sets a paragraph, over as many pages as it takes.
func (t *setter) para(r role, runs []Run, st setting) {
	l := t.sheet.looks[r]
	if st.align == Natural {
		st.align = l.align
	}
	width := t.sheet.width() - st.right
	lines := fold(t.atoms(r, runs, st), width-st.hang, st.first-st.hang)
	t.space(l.before)
	for i, ln := range lines {
		if !t.fits(l.line) || (t.sheet.style == Plain && t.lonely(i, len(lines), l.line)) {
			t.need(t.sheet.h)
		}
		x := t.left() + st.hang
		if i == 0 {
			x = t.left() + st.first
		}
		t.line(ln, x, t.y, l.line, st.align)
		t.advance(l.line)
	}
	t.y += l.after
}

// lonely reports whether line i of n must go to the next page although it fits:
// it would stand alone at the foot, or leave the last alone at the top.
func (t *setter) lonely(i, n int, h float64) bool {
	return n > 1 && !t.fits(2*h) && (i == 0 || i == n-2)
}

// single sets one line of text; what does not fit is cut.
func (t *setter) single(r role, text string, x, y, width float64, st setting) {
	if text == "" {
		return
	}
	l := t.sheet.looks[r]
	lines := fold(t.atomsIn(r, Text(text), st, width), width, 0)
	if len(lines) > 1 {
		lines[0] = t.ellipsis(lines[0])
	}
	lines[0].last = true
	t.line(lines[0], x, y, l.line, st.align)
}

// ellipsis ends a line that was cut.
func (t *setter) ellipsis(l line) line {
	a := atomizer{fonts: t.fonts, room: l.room}
	a.add("…", l.atoms[0].dress)
	for len(l.atoms) > 1 && l.width+a.out[0].width > l.room {
		l = newLine(l.atoms[:len(l.atoms)-1], l.room, true)
	}
	return newLine(append(slices.Clone(l.atoms), a.out...), l.room, true)
}

// line draws a line whose upper edge is at y and whose height is h.
func (t *setter) line(l line, x, y, h float64, align Align) {
	if len(l.atoms) == 0 {
		return
	}
	end := l.atoms[len(l.atoms)-1]
	seen := l.width
	if end.kind == square && strings.Contains(closing, end.text) && align != Center {
		seen -= min(end.dress.size/2, max(0, l.width-l.room)) // its empty half may stand outside
	}
	extra := 0.0
	switch slack := l.room - seen; {
	case slack < 0 || (t.sheet.justified(align) && !l.last):
		extra = min(slack/float64(max(len(l.atoms)-1, 1)), end.dress.size/2) // never spread further than half a character
	case align == Center:
		x += slack / 2
	case align == Right:
		x += slack
	}
	base := y + h/2 + end.dress.size*0.36
	for i := 0; i < len(l.atoms); {
		text, width, n := gather(l.atoms[i:], extra)
		d := l.atoms[i].dress
		spread := 0.0
		if l.atoms[i].kind == square {
			spread = d.pitch - d.size + extra
		}
		t.show(text, d, x, base, width, spread)
		x += width
		i += n
	}
}

// gather takes the atoms that can be shown in one go: squares of one dress,
// else words and spaces of one dress where nothing is spread between them.
func gather(atoms []atom, extra float64) (text string, width float64, n int) {
	first := atoms[0]
	var b strings.Builder
	for _, a := range atoms {
		same := a.dress == first.dress && (a.kind == square) == (first.kind == square)
		if n > 0 && (!same || (a.kind != square && extra != 0)) {
			break
		}
		b.WriteString(a.text)
		width += a.width + a.air + extra
		n++
		if a.air > 0 {
			break
		}
	}
	return b.String(), width, n
}

// show draws text with its baseline at y, spread points between characters.
func (t *setter) show(text string, d *dress, x, y, width, spread float64) {
	p := t.pdf
	t.useFamily(d.family, d.size)
	p.SetTextColor(int(d.color.r), int(d.color.g), int(d.color.b))
	if spread != 0 {
		p.RawWriteStr(fmt.Sprintf("%.3f Tc", spread))
	}
	if d.stroke > 0 {
		p.SetDrawColor(int(d.color.r), int(d.color.g), int(d.color.b))
		p.SetLineWidth(d.stroke * d.size)
		p.SetTextRenderingMode(2)
	}
	if d.italic {
		p.TransformBegin()
		p.TransformSkewX(12, x, y)
	}
	p.Text(x, y, text)
	if d.italic {
		p.TransformEnd()
	}
	if d.stroke > 0 {
		p.SetTextRenderingMode(0)
	}
	if spread != 0 {
		p.RawWriteStr("0 Tc")
	}
	if d.underline {
		t.rule(x, y+d.size*0.13, width, d.size*0.05, d.color)
	}
}

// rule draws a horizontal line.
func (t *setter) rule(x, y, w, thick float64, c rgb) {
	t.pdf.SetDrawColor(int(c.r), int(c.g), int(c.b))
	t.pdf.SetLineWidth(thick)
	t.pdf.Line(x, y, x+w, y)
}
