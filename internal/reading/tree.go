package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// node is what the reader knows of a clause beyond what it hands out.
type node struct {
	reg    int // region
	label  label
	kids   int // clauses below it
	labels int // labelled ones among them
	front  bool
	bold   bool
	row    *row
	fields []fieldSpan
	bare   bool // its words are a title
	notes  []note
	hands  []docket.Party // of a heading: who answers for what stands below
	dues   []docket.Due   // of a heading: until when
	// proposed: the clause is a task whether or not it names anybody.
	proposed bool
	decided  bool // a meeting decided it, or an inquiry recommends it
	frame    int8 // 1 under a frame, 0 not looked at
}

// fieldSpan is a labelled line inside a clause: 牵头单位：….
type fieldSpan struct {
	field field
	line  docket.Span // the whole line
	value docket.Span // behind the colon
}

// outline keeps the open headings while the clauses of a region are built.
type outline struct {
	open []openNode
	text bool          // the paragraph before was one without number
	last map[style]int // last number of a style in the region, wherever it stood
}

type openNode struct {
	clause int
	style  style
	rank   int
	kids   map[style]label // last label of each style directly below
}

// build turns the paragraphs of region n into clauses.
func (r *reader) build(n int) {
	reg := &r.regions[n]
	items := r.group(reg)
	o := &outline{last: map[style]int{}, open: []openNode{{clause: -1, kids: map[style]label{}}}}
	for i := range items {
		it := &items[i]
		switch {
		case it.furniture():
			r.add(n, &it.para, docket.KindFurniture, -1, nil)
		case it.front:
			c := r.add(n, &it.para, docket.KindFront, -1, nil)
			r.nodes[c].front = true
		case it.table != nil:
			r.table(n, o, &it.para)
		default:
			r.place(n, o, it)
		}
	}
}

// belowHeadings is the rank from which typed labels start: whatever a style sheet
// or markup calls a heading stands above them.
const belowHeadings = 100

// add appends a clause under parent.
func (r *reader) add(n int, q *para, kind docket.ClauseKind, parent int, path []string) int {
	c := Clause{Kind: kind, Part: r.regions[n].part, Parent: parent, Text: q.text, Page: q.page, Line: q.line,
		Block: q.block, Struck: q.struck}
	if parent >= 0 {
		path = r.clauses[parent].Path
		r.nodes[parent].kids++
	}
	if q.labeled && kind != docket.KindFurniture && kind != docket.KindFront {
		c.Label = q.label.text
		c.Path = append(path[:len(path):len(path)], c.Label)
	} else {
		c.Path = path
	}
	r.clauses = append(r.clauses, c)
	r.nodes = append(r.nodes, node{reg: n, label: q.label, bold: q.bold})
	return len(r.clauses) - 1
}

// place finds the clause above a paragraph and adds it.
func (r *reader) place(n int, o *outline, it *item) {
	p := &it.para
	st, rk, heading := p.label.style, belowHeadings+p.label.rank(), false
	stays := 0
	switch {
	case p.kind == paper.Heading:
		// The style sheet says how deep; of one depth, 一、 stands above （一）.
		rk, heading = min(max(p.level, 1), 9)*10+p.label.rank()/11, true
		if !p.labeled { // side by side with any heading of its depth
			stays = rk + 9
			st = styleHead + style(rune('0'+p.level))
		}
	case p.labeled:
	case p.bold && p.title() && it.values == nil:
		st, heading = styleBold, true
		rk = o.open[len(o.open)-1].rank + 1
	default: // a paragraph without number stands under the open heading
		if it.closes && len(o.open) > 1 {
			o.open = o.open[:len(o.open)-1]
		}
		c := r.add(n, p, docket.KindText, o.above(r), nil)
		r.nodes[c].fields = it.fieldsIn()
		o.text = true
		return
	}
	if st == styleBullet && o.text && o.open[len(o.open)-1].style != styleBullet {
		o.backTo(o.above(r)) // bullets behind a paragraph go with it, not with the clause before
	}
	o.text = false
	o.closeTo(st, rk)
	top := &o.open[len(o.open)-1]
	c := r.add(n, p, docket.KindClause, top.clause, nil)
	nd := &r.nodes[c]
	nd.fields = it.fieldsIn()
	nd.bare = heading || bareTitle(p.text[:it.headEnd()], p.label.end)
	if top.clause >= 0 && st != "专栏" { // a box beside the text divides nothing
		r.nodes[top.clause].labels++
	}
	if p.labeled && p.label.n > 0 {
		if f, ok := o.jump(top, p.label); ok {
			r.clauses[c].Findings = append(r.clauses[c].Findings, f)
		}
		top.kids[st] = p.label
		o.last[st] = p.label.n
	}
	if heading && !p.labeled {
		nd.label = label{style: st}
	}
	o.open = append(o.open, openNode{clause: c, style: st, rank: max(rk, stays), kids: map[style]label{}})
}

// above is the clause a paragraph without number belongs to: the innermost open
// heading; a full clause is no heading, its sentence is over, nor is a bullet.
func (o *outline) above(r *reader) int {
	for i := len(o.open) - 1; i > 0; i-- {
		if c := o.open[i].clause; r.nodes[c].bare && (o.open[i].style != styleBullet || strings.HasPrefix(r.clauses[c].Label, "—")) {
			return c
		}
	}
	return -1
}

// backTo closes what is open below clause c.
func (o *outline) backTo(c int) {
	for len(o.open) > 1 && o.open[len(o.open)-1].clause != c {
		o.open = o.open[:len(o.open)-1]
	}
}

// closeTo closes the headings that a label of this style and rank ends: back to
// the last of the same style if there is one, else to the first of an outer rank.
func (o *outline) closeTo(st style, rk int) {
	for i := len(o.open) - 1; i > 0; i-- {
		if o.open[i].style == st {
			o.open = o.open[:i]
			return
		}
		if o.open[i].rank < rk && (st == styleBold || o.open[i].rank < belowHeadings) {
			break // a heading by style or markup is not jumped over
		}
	}
	for len(o.open) > 1 && o.open[len(o.open)-1].rank >= rk {
		o.open = o.open[:len(o.open)-1]
	}
}

// jump tells a label that does not follow the one before it. Numbers may start
// anew under each heading or run through the whole paper.
func (o *outline) jump(top *openNode, l label) (docket.Finding, bool) {
	prev, sibling := top.kids[l.style]
	last := o.last[l.style]
	want := 1
	switch {
	case l.upper != "":
		if !sibling || prev.upper != l.upper {
			return docket.Finding{}, false
		}
		want = prev.n + 1
	case sibling:
		want = prev.n + 1
	case last > 0 && l.n == last+1:
		want = l.n
	}
	if l.n == want || l.n == 1 && !sibling {
		return docket.Finding{}, false
	}
	return docket.Finding{Code: docket.FindLabelJump, Severity: docket.Doubt, Field: "text",
		Args: map[string]string{"label": l.text, "after": itoa(want - 1)}, Span: &docket.Span{End: len(l.text)}}, true
}

// bareTitle reports whether the words behind the label are a title: one phrase,
// at most a stop at its end, or a note in brackets that is not parted from it by one.
func bareTitle(text string, from int) bool {
	t := strings.TrimSpace(text[min(from, len(text)):])
	if m := closingNote.FindStringSubmatch(t); m != nil {
		t = m[1]
	}
	t = strings.TrimRight(t, "。.：:")
	return runes(t) <= 60 && sentences(t) == 0 && !strings.ContainsAny(t, "\n")
}

// closingNote is a title with the note that closes it: 二、巡查（牵头单位：…；配合单位：…）.
var closingNote = pattern.New(`^([^。；;]{2,60})[（(〔【［\[][^（）()]{4,200}[）)〕】］\]]$`)
