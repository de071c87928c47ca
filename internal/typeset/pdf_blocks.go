package typeset

import "strconv"

// masthead sets the red head: name, number, office and date, rule.
func (t *setter) masthead(m Masthead) {
	s := t.sheet
	text := oneLine(m.Text)
	size := s.mastheadSize(text)
	t.y += s.mastheadDrop(size)
	for _, l := range fold(t.atomsIn(masthead, Text(text), setting{size: size}, s.width()), s.width(), 0) {
		l.last = true
		t.line(l, t.left(), t.y, size*mastheadLine, Center)
		t.advance(size * mastheadLine)
	}
	if m.Number != "" {
		t.para(number, Text(oneLine(m.Number)), setting{})
	}
	t.pair(byline, m.Left, m.Right)
	t.y += 4 * mm
	thick := 1.5
	t.rule(t.left(), t.y, s.width(), thick, redHead)
	t.advance(thick)
	if s.style == Official { // the title stands two lines below the rule (7.3.1)
		t.advance(2 * s.blank())
		return
	}
	t.advance(12)
}

// pair sets one text left and one right on the same line, each a character in.
func (t *setter) pair(r role, left, right string) {
	left, right = oneLine(left), oneLine(right)
	if left == "" && right == "" {
		return
	}
	l := t.sheet.looks[r]
	in := t.sheet.inset(l)
	t.space(l.before)
	t.need(l.line)
	w := t.sheet.width() - 2*in
	beside := max(w-t.fonts.width(fontsOf[l.face].family, right)*l.size-2*l.size, w/3)
	lines := fold(t.atomsIn(r, Text(left), setting{}, beside), beside, 0)
	t.single(r, right, t.left()+in, t.y, w, setting{align: Right})
	for _, ln := range lines {
		ln.last = true
		t.line(ln, t.left()+in, t.y, l.line, Left)
		t.advance(l.line)
	}
}

func (t *setter) labelled(b Labelled) {
	label := oneLine(b.Label)
	first, hang := t.sheet.labelHang(label)
	t.need(t.sheet.looks[labelled].line)
	head, st := Run{Text: label}, setting{}
	if heavy := hei; t.sheet.style == Official {
		st.face = &heavy
	} else {
		head.Bold = true
	}
	atoms := t.atomsIn(labelled, []Run{head}, st, hang)
	if newLine(atoms, hang, true).width > hang-first+t.sheet.looks[labelled].size { // too long to stand beside its text
		t.para(labelled, append([]Run{head}, b.Runs...), setting{first: first, hang: hang})
		return
	}
	t.hung(labelled, atoms, first, hang, b.Runs)
	t.y += t.sheet.looks[labelled].after
}

// hung sets a label and, beside it, text whose every line begins at hang.
func (t *setter) hung(r role, label []atom, first, hang float64, runs []Run) {
	l := t.sheet.looks[r]
	room := t.sheet.width() - hang
	for i, ln := range fold(t.atomsIn(r, runs, setting{}, room), room, 0) {
		t.need(l.line)
		if i == 0 {
			t.line(newLine(label, hang, true), t.left()+first, t.y, l.line, Left)
		}
		t.line(ln, t.left()+hang, t.y, l.line, Natural)
		t.advance(l.line)
	}
}

func (t *setter) list(b List) {
	l := t.sheet.looks[item]
	for i, it := range b.Items {
		label := "•"
		if b.Ordered {
			label = strconv.Itoa(i+1) + "."
		}
		if t.sheet.style == Official {
			t.para(item, append(Text(label), it.Runs...), setting{first: t.sheet.firstIndent(item)})
			continue
		}
		t.need(l.line)
		hang := t.sheet.listHang(len(b.Items))
		t.hung(item, t.atomsIn(item, Text(label), setting{}, hang), 2, hang, it.Runs)
		t.y += l.after
	}
}

func (t *setter) signature(b Signature) {
	l := t.sheet.looks[signature]
	unit, date := oneLine(b.Unit), oneLine(b.Date)
	t.need(t.sheet.blank() + 2*l.line)
	t.space(t.sheet.blank())
	unitRight, dateRight := t.sheet.signOff(unit, date)
	t.para(signature, Text(unit), setting{align: Right, right: unitRight})
	t.para(signature, Text(date), setting{align: Right, right: dateRight})
}

func (t *setter) attachments(b Attachments) {
	if len(b.Items) == 0 {
		return
	}
	l := t.sheet.looks[labelled]
	t.need(t.sheet.blank() + l.line)
	t.space(t.sheet.blank())
	for i, line := range t.sheet.attachmentLines(b) {
		label := line.number
		if i == 0 {
			label = t.sheet.attachLabel() + label
		}
		first := line.hang - t.sheet.wideWidth(label, l)
		t.hung(labelled, t.atomsIn(labelled, Text(label), setting{}, line.hang), first, line.hang, Text(line.text))
	}
}

// imprint sets the lines between rules at the foot of the page, on a page of
// its own if this one has no room.
func (t *setter) imprint(b Imprint) {
	l := t.sheet.looks[imprint]
	in := t.sheet.inset(l)
	w := t.sheet.width() - 2*in
	var lines []line
	for _, s := range b.Lines {
		lines = append(lines, fold(t.atomsIn(imprint, Text(s), setting{}, w), w, 0)...)
	}
	ends := b.Office != "" || b.Date != ""
	h := float64(len(lines))*l.line + 4
	if ends {
		h += l.line + 4
	}
	t.need(h)
	if t.fits(h) {
		t.y = t.bottom() - h
	}
	t.rule(t.left(), t.y, t.sheet.width(), thickRule, ink(Inherit))
	t.y += 2
	for _, ln := range lines {
		t.need(l.line)
		t.line(ln, t.left()+in, t.y, l.line, Natural)
		t.advance(l.line)
	}
	t.y += 2
	if ends {
		if len(lines) > 0 {
			t.rule(t.left(), t.y, t.sheet.width(), thinRule, ink(Inherit))
		}
		t.y += 2
		t.pair(imprint, b.Office, b.Date)
		t.y += 2
	}
	t.rule(t.left(), t.y, t.sheet.width(), thickRule, ink(Inherit))
}
