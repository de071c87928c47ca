package reading

import (
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

func itoa(n int) string { return strconv.Itoa(n) }

// item is one future clause: a paragraph with the lines that belong to it.
type item struct {
	para
	front  bool
	head   int         // end of its own first paragraph in text, 0 for all of it
	closes bool        // 请各责任单位于每周四前…: it closes a list and speaks of all of it
	body   int         // paragraphs joined below a bare title
	values []fieldSpan // labelled lines joined to it
}

func (it *item) headEnd() int {
	if it.head == 0 {
		return len(it.text)
	}
	return it.head
}

func (it *item) fieldsIn() []fieldSpan { return it.values }

// append joins a paragraph on a line of its own.
func (it *item) append(p para) (at int) {
	if it.head == 0 {
		it.head = len(it.text)
	}
	at = len(it.text) + 1
	it.join(p, "\n")
	return at
}

// group puts together what one number covers: lines that carry a label
// (牵头单位：…) go to the clause above them, and with them the paragraphs between
// them and its title; a single paragraph below a bare title joins the title.
func (r *reader) group(reg *region) []item {
	g := grouper{head: -1}
	end := reg.end
	if reg.tail > 0 {
		end = reg.tail
	}
	for i := reg.start; i < reg.end; i++ {
		p := &r.paras[i]
		switch {
		case p.furniture():
			g.out = append(g.out, item{para: *p})
		case i < reg.frontEnd || i >= end || p.table == nil && footLine.MatchString(p.text):
			g.settle(nil)
			g.out = append(g.out, item{para: *p, front: true})
			g.head = -1
		case p.table != nil:
			g.settle(nil)
			g.out = append(g.out, item{para: *p})
			g.head = -1
		default:
			g.line(p)
		}
	}
	g.settle(nil)
	return g.out
}

type grouper struct {
	out   []item
	head  int   // position of the last item that a line may join, -1 none
	loose []int // positions of the unlabelled paragraphs since then
}

// maxFields bounds the labelled lines that one item takes; more are a list of their own.
const maxFields = 24

// maxBody bounds the paragraphs that are gathered under one title.
const maxBody = 12

func (g *grouper) line(p *para) {
	f, value, ok := fieldLine(p.text)
	switch {
	case ok && g.head >= 0 && len(g.out[g.head].values) < maxFields:
		g.gather()
		h := &g.out[g.head]
		at := h.append(*p)
		h.values = append(h.values, fieldSpan{f, docket.Span{Start: at, End: at + len(p.text)},
			docket.Span{Start: at + value.Start, End: at + value.End}})
		return
	case p.labeled || p.kind == paper.Heading:
		g.settle(p)
	case g.head >= 0 && answerRe.MatchString(p.text):
		g.gather()
		g.out[g.head].append(*p)
		return
	case g.head >= 0 && len(g.out[g.head].values) > 0 && (moreLine(p.text) || namedLine.MatchString(p.text) && !ended(p.text)):
		g.gather()
		g.out[g.head].append(*p)
		return
	}
	it := item{para: *p}
	if ok {
		it.values = []fieldSpan{{f, docket.Span{End: len(p.text)}, value}}
	}
	g.out = append(g.out, it)
	at := len(g.out) - 1
	switch {
	case p.labeled || p.kind == paper.Heading:
		g.head, g.loose = at, nil
	case g.head < 0 || len(g.out[g.head].values) > 0 || len(g.loose) >= maxBody || !g.out[g.head].bareHead():
		g.head, g.loose = at, nil // labelled lines go to this paragraph
	default:
		g.loose = append(g.loose, at)
	}
}

// namedLine is a line that some name opens, among labelled ones: Budget code: 4410.
var namedLine = pattern.New(`^[A-Z][A-Za-z /&-]{2,30}: \S[^\n]{0,100}$`)

// moreLine reports whether a line among labelled ones says more of the task:
// 工作措施：…, Milestones: ….
func moreLine(s string) bool {
	i := strings.IndexAny(s[:min(len(s), 60)], ":：")
	if i <= 0 {
		return false
	}
	f := fieldOf(s[:i])
	return f == fieldDetail || f == fieldTask
}

func (it *item) bareHead() bool {
	return (it.labeled || it.kind == paper.Heading) && bareTitle(it.text[:it.headEnd()], it.label.end)
}

// untitled is a word and its number and nothing else, over what is asked: Recommendation 5.
func (it *item) untitled() bool {
	switch it.label.style {
	case "recommendation", "commitment", "action", "finding", "任务", "问题":
		return it.labeled && it.kind != paper.Heading && strings.TrimSpace(it.text[min(it.label.end, len(it.text)):it.headEnd()]) == ""
	}
	return false
}

// asksAll begins what is asked of all who are named in a paper.
var asksAll = pattern.Both(`^(?:请|望|要求)?各(?:责任|牵头|承办|有关|相关|成员)*(?:单位|部门|地区|地|乡镇)`)

// gather joins the paragraphs below the bare title to it.
func (g *grouper) gather() {
	h := &g.out[g.head]
	if len(g.loose) == 0 {
		return
	}
	gone := map[int]bool{}
	for _, i := range g.loose {
		h.append(g.out[i].para)
		h.body++
		gone[i] = true
	}
	kept := g.out[:g.head+1]
	for i := g.head + 1; i < len(g.out); i++ {
		if !gone[i] {
			kept = append(kept, g.out[i])
		}
	}
	g.out, g.loose = kept, nil
}

// settle decides, when the next label comes, whether the single paragraph below
// a bare title joins it: not when the label opens a level below that title.
func (g *grouper) settle(next *para) {
	if g.head < 0 || len(g.loose) == 0 {
		return
	}
	h := &g.out[g.head]
	if h.untitled() {
		g.gather()
	}
	if len(g.loose) != 1 {
		g.loose = nil
		return
	}
	deeper := next != nil && next.labeled && next.kind != paper.Heading && next.label.style != h.label.style &&
		next.label.rank() > h.label.rank()
	if next != nil && next.kind == paper.Heading {
		deeper = next.level > h.level
	}
	if text := g.out[g.loose[0]].text; asksAll.MatchString(text) && h.labeled && next == nil {
		g.out[g.loose[0]].closes, g.loose = true, nil
		return
	}
	if h.kind != paper.Heading && !deeper && !ended(h.text) && strings.TrimSpace(g.out[g.loose[0]].text) != "" && ended(g.out[g.loose[0]].text) {
		g.gather()
	}
	g.loose = nil
}
