package typeset

import "strconv"

// mm is a millimetre in points; every measure of the package is in points.
const mm = 72 / 25.4

// face is a kind of type. Word is told the names of the fonts Chinese offices
// have (words.ascii, words.han), the PDF uses the two families it embeds, set
// heavier by a stroke where the face is.
type face uint8

const (
	fang  face = iota // 仿宋, the body of official papers
	hei               // 黑体
	kai               // 楷体
	title             // 小标宋
	song              // 宋体, page numbers
	plain             // sans-serif
)

type typeface struct {
	ascii, han string // in Word
	family     string // in the PDF: serif or sans
	stroke     float64
}

var fontsOf = [...]typeface{
	fang:  {"Times New Roman", "仿宋_GB2312", serif, 0},
	hei:   {"Arial", "黑体", sans, 0.012},
	kai:   {"Times New Roman", "楷体_GB2312", serif, 0.012},
	title: {"Times New Roman", "方正小标宋简体", serif, 0.03},
	song:  {"Times New Roman", "宋体", serif, 0},
	plain: {"Arial", "微软雅黑", sans, 0},
}

// boldStroke is the width of the stroke that makes a family bold, in ems.
const boldStroke = 0.032

// role is what a paragraph is for.
type role uint8

const (
	body role = iota
	heading1
	heading2
	heading3
	heading4
	titleRole
	masthead
	number
	byline
	labelled
	item
	cell
	cellHead
	caption
	signature
	imprint
	running
	roles
)

// look is how a role is set. It becomes a style in Word.
type look struct {
	id, name      string // of the style in Word
	face          face
	size, line    float64 // line is exact
	before, after float64
	indent        float64 // of the first line, in ems
	bold          bool
	color         Tone
	align         Align
	keep          bool // with the next
	outline       int  // level of a heading, 0 for none
}

// sheet is the page and the looks of everything on it.
type sheet struct {
	lang            string
	style           Style
	w, h            float64
	top, bottom     float64
	inside, outside float64 // binding edge, other edge
	head, foot      float64 // edge of the paper to the running text
	mirror          bool    // even pages are bound at their right
	pitch           float64 // from one wide character of the body to the next; 0: its size
	looks           [roles]look
}

func (s *sheet) width() float64  { return s.w - s.inside - s.outside }
func (s *sheet) height() float64 { return s.h - s.top - s.bottom }

// left is the left margin of a page (1-based).
func (s *sheet) left(page int) float64 {
	if s.mirror && page%2 == 0 {
		return s.outside
	}
	return s.inside
}

// justified reports whether a paragraph of this alignment is set flush on both sides.
func (s *sheet) justified(a Align) bool { return a == Natural && s.lang == "zh" }

func (d *Doc) sheet() *sheet {
	s := plainSheet(d.Lang)
	switch d.Style {
	case Official:
		s = officialSheet(d.Lang)
	case Dense:
		s.dense()
	}
	if d.Landscape {
		s.w, s.h = s.h, s.w
		if d.Style == Official { // the page turned a quarter: its top is bound (7.4)
			s.top, s.bottom, s.inside, s.outside = s.inside, s.outside, s.bottom, s.top
			s.head, s.foot, s.mirror = 15*mm, 15*mm, false
		}
	}
	return s
}

// Lines and characters of an official page: 22 lines of 28 characters of size 3
// (16 pt) in 156 × 225 mm (GB/T 9704-2012, 5.2.1 and 5.2.4).
const (
	officialSize  = 16.0
	officialLines = 22
	officialChars = 28
	officialLine  = 28.95 // 225 mm / 22, rounded down to a twentieth of a point
)

func officialSheet(lang string) *sheet {
	s := &sheet{lang: lang, style: Official, w: 210 * mm, h: 297 * mm, top: 37 * mm, bottom: 35 * mm, inside: 28 * mm, outside: 26 * mm,
		head: 20 * mm, foot: 25.5 * mm, mirror: true, pitch: 156 * mm / officialChars}
	text := func(id, name string, f face) look {
		return look{id: id, name: name, face: f, size: officialSize, line: officialLine}
	}
	heading := func(n int, f face) look {
		l := text("Heading"+string(rune('0'+n)), "heading "+string(rune('0'+n)), f)
		l.indent, l.outline, l.keep = 2, n, true
		return l
	}
	small := func(id, name string, f face) look {
		return look{id: id, name: name, face: f, size: 12, line: 17}
	}
	s.looks = [roles]look{
		body:      text("BodyText", "Body Text", fang),
		heading1:  heading(1, hei),
		heading2:  heading(2, kai),
		heading3:  heading(3, fang),
		heading4:  heading(4, fang),
		titleRole: {id: "Title", name: "Title", face: title, size: 22, line: 32, after: officialLine, align: Center, keep: true},
		masthead:  {id: "Masthead", name: "Masthead", face: title, color: Red, align: Center, keep: true},
		number:    text("IssueNumber", "Issue Number", fang),
		byline:    text("Byline", "Byline", fang),
		labelled:  text("Labelled", "Labelled", fang),
		item:      text("ListParagraph", "List Paragraph", fang),
		cell:      small("TableText", "Table Text", fang),
		cellHead:  small("TableHead", "Table Head", hei),
		caption:   small("Caption", "caption", hei),
		signature: text("Signature", "Signature", fang),
		imprint:   {id: "Imprint", name: "Imprint", face: fang, size: 14, line: 24},
		running:   {id: "Running", name: "Running", face: song, size: 14, line: 14},
	}
	s.looks[body].indent, s.looks[item].indent = 2, 2
	s.looks[number].align, s.looks[number].before = Center, 6
	s.looks[number].keep, s.looks[byline].keep = true, true
	s.looks[cellHead].align, s.looks[cellHead].keep, s.looks[caption].align = Center, true, Center
	s.looks[caption].before, s.looks[caption].after, s.looks[caption].keep = 6, 3, true
	return s
}

func plainSheet(lang string) *sheet {
	s := &sheet{lang: lang, style: Plain, w: 210 * mm, h: 297 * mm, top: 24 * mm, bottom: 22 * mm, inside: 22 * mm, outside: 22 * mm,
		head: 12 * mm, foot: 11 * mm}
	line, indent := 15.5, 0.0
	if lang == "zh" {
		line, indent = 18, 2
	}
	text := func(id, name string, size, line, before, after float64) look {
		return look{id: id, name: name, face: plain, size: size, line: line, before: before, after: after}
	}
	heading := func(n int, size, line, before, after float64) look {
		l := text("Heading"+string(rune('0'+n)), "heading "+string(rune('0'+n)), size, line, before, after)
		l.bold, l.outline, l.keep, l.align = true, n, true, Left
		return l
	}
	s.looks = [roles]look{
		body:      text("BodyText", "Body Text", 10.5, line, 0, 5),
		heading1:  heading(1, 14, 21, 14, 5),
		heading2:  heading(2, 12, 18, 10, 4),
		heading3:  heading(3, 10.5, line, 8, 3),
		heading4:  heading(4, 10.5, line, 6, 2),
		titleRole: text("Title", "Title", 20, 28, 8, 10),
		masthead:  {id: "Masthead", name: "Masthead", face: plain, bold: true, color: Red, align: Center, keep: true},
		number:    text("IssueNumber", "Issue Number", 10.5, line, 4, 0),
		byline:    text("Byline", "Byline", 10.5, line, 4, 0),
		labelled:  text("Labelled", "Labelled", 10.5, line, 0, 3),
		item:      text("ListParagraph", "List Paragraph", 10.5, line, 0, 3),
		cell:      text("TableText", "Table Text", 9, 13, 0, 0),
		cellHead:  text("TableHead", "Table Head", 9, 13, 0, 0),
		caption:   text("Caption", "caption", 9.5, 14, 8, 3),
		signature: text("Signature", "Signature", 10.5, line, 0, 0),
		imprint:   text("Imprint", "Imprint", 9, 15, 0, 0),
		running:   text("Running", "Running", 8.5, 12, 0, 0),
	}
	s.looks[body].indent = indent
	s.looks[titleRole].bold, s.looks[titleRole].align, s.looks[titleRole].keep = true, Center, true
	s.looks[heading4].color = Grey
	s.looks[cellHead].bold, s.looks[cellHead].keep, s.looks[cellHead].align, s.looks[cell].align = true, true, Left, Left
	s.looks[caption].bold, s.looks[caption].keep, s.looks[caption].align = true, true, Left
	s.looks[number].align, s.looks[number].keep, s.looks[byline].keep = Center, true, true
	s.looks[running].color = Grey
	return s
}

// dense makes a plain sheet hold about twice as much.
func (s *sheet) dense() {
	s.top, s.bottom, s.inside, s.outside, s.head, s.foot = 14*mm, 15*mm, 16*mm, 16*mm, 8*mm, 8*mm
	set := func(r role, size, line, before, after float64) {
		l := &s.looks[r]
		l.size, l.line, l.before, l.after = size, line, before, after
	}
	set(body, 9, 12.5, 0, 2)
	set(heading1, 14, 19, 0, 2)
	set(heading2, 10, 13, 5, 2)
	set(item, 9, 12.5, 0, 1)
	set(titleRole, 17, 23, 0, 4)
	set(cell, 8, 11, 0, 0)
	set(cellHead, 8, 11, 0, 0)
	set(caption, 8.5, 11, 3, 1)
	set(running, 7.5, 10, 0, 0)
	s.looks[body].indent = 0
}

// mastheadSize is the size of type at which a masthead fills the width, within
// what looks like a masthead.
func (s *sheet) mastheadSize(text string) float64 {
	largest := 48.0
	if s.style == Plain {
		largest = 24
	}
	return float64(int(2*min(largest, max(20, 0.98*s.width()/max(ems(text), 1))))) / 2
}

// mastheadLine is the height of a masthead's line, in its size.
const mastheadLine = 1.25

// mastheadDrop is the space above a masthead of this size, so that its
// characters begin 35 mm below the top of the text in minutes (GB/T 9704-2012, 10.3).
func (s *sheet) mastheadDrop(size float64) float64 {
	if s.style == Official {
		return 35*mm - size*(mastheadLine-1)/2
	}
	return 0
}

// blank is the space left before signature and attachments: a line.
func (s *sheet) blank() float64 { return s.looks[body].line }

// The rules of an imprint (GB/T 9704-2012, 7.4.1) and the room beside them.
const (
	thickRule  = 0.35 * mm
	thinRule   = 0.25 * mm
	imprintPad = 4.0
)

// runningSize is the size of running text; official page numbers are larger.
func (s *sheet) runningSize() float64 { return min(s.looks[running].size, 10.5) }

// inset is one character in official papers, where ends of lines stand a little in.
func (s *sheet) inset(l look) float64 {
	if s.style == Official {
		return l.size
	}
	return 0
}

// opensLabels reports whether block i is the first of several labels: official
// papers leave a line free before them.
func (d *Doc) opensLabels(i int) bool {
	if i == 0 || d.Style != Official {
		return false
	}
	_, follows := d.Blocks[i-1].(Labelled)
	return !follows
}

// firstIndent is how far the first line of a role is indented.
func (s *sheet) firstIndent(r role) float64 {
	l := s.looks[r]
	if l.size == officialSize && s.pitch > 0 {
		return l.indent * s.pitch
	}
	return l.indent * l.size
}

// alignOf is where the lines of a look stand.
func (s *sheet) alignOf(l look) Align {
	if l.align == Natural && !s.justified(Natural) {
		return Left
	}
	return l.align
}

// headingRole is the role of a heading of this level.
func (s *sheet) headingRole(n int) role { return heading1 + role(level(n)-1) }

// listHang is how far the text of a list of n items stands from the margin.
// Official lists are indented at their first line alone, as paragraphs are.
func (s *sheet) listHang(n int) float64 {
	switch {
	case s.style == Official:
		return 0
	case n < 100:
		return 18
	}
	return 30
}

// labelHang is where the text behind a label begins: (first line, other lines).
func (s *sheet) labelHang(label string) (first, hang float64) {
	l := s.looks[labelled]
	if s.lang == "zh" {
		pitch := max(s.pitch, l.size)
		if s.style == Official {
			pitch = s.pitch
			first = 2 * pitch
		}
		return first, min(first+ems(label)*pitch, s.width()/2)
	}
	return 0, min(max(28*mm, ems(label)*l.size*1.15), s.width()/2)
}

// signOff is how far unit and date of a signature stand from the right margin
// (GB/T 9704-2012, 7.3.5.2: the date begins two characters right of the unit;
// the shorter of the two gives way).
func (s *sheet) signOff(unit, date string) (unitRight, dateRight float64) {
	if s.style == Plain {
		return 0, 0
	}
	u, d := ems(unit), ems(date)
	right := max(2, d+4-u)
	return right * s.pitch, (right + u - 2 - d) * s.pitch
}

// attachLabel is what stands before the attachments.
func (s *sheet) attachLabel() string {
	if s.lang == "zh" {
		return "附件："
	}
	return "Attachments: "
}

// attachment is one line of the attachments: its text begins at hang, its
// number before it.
type attachment struct {
	number, text string
	hang         float64
}

// attachmentLines are the attachments, numbered where there are several; names
// that go on begin under their first character (GB/T 9704-2012, 7.3.4).
func (s *sheet) attachmentLines(a Attachments) []attachment {
	l := s.looks[labelled]
	var out []attachment
	for i, it := range a.Items {
		n := ""
		if len(a.Items) > 1 {
			n = strconv.Itoa(i+1) + ". "
		}
		at := s.wideWidth(s.attachLabel(), l) + s.wideWidth(n, l)
		if s.style == Official {
			at += 2 * s.pitch
		}
		out = append(out, attachment{n, oneLine(it), at})
	}
	return out
}

// wideWidth is about how wide s is in this look.
func (s *sheet) wideWidth(text string, l look) float64 {
	if l.size == officialSize && s.pitch > 0 {
		return ems(text) * s.pitch
	}
	return ems(text) * l.size
}

type rgb struct{ r, g, b uint8 }

// redHead is the red of mastheads and their rule.
var redHead = rgb{230, 0, 18}

// inks are the tones as text and lines; all reach 4.5:1 on white.
var inks = [...]rgb{Inherit: {0, 0, 0}, Ink: {28, 33, 40}, Red: {200, 16, 30}, Amber: {156, 84, 0}, Green: {18, 112, 60}, Grey: {95, 103, 114}, Blue: {24, 84, 158}}

// tints are the tones behind text.
var tints = [...]rgb{Inherit: {255, 255, 255}, Ink: {226, 229, 233}, Red: {250, 220, 217}, Amber: {253, 233, 200}, Green: {214, 238, 221}, Grey: {238, 240, 243}, Blue: {218, 231, 246}}

func ink(t Tone) rgb  { return inks[min(int(t), len(inks)-1)] }
func tint(t Tone) rgb { return tints[min(int(t), len(tints)-1)] }
