package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// region is a stretch of the paper that was written as one: the letter, the
// body, one annex. Positions are those of reader.paras.
type region struct {
	start, end int
	frontEnd   int // first paragraph behind title, number, addressees
	tail       int // first paragraph of signature and date; 0 where there is none
	part       docket.Part
	marked     bool // opened by the word 附件 or Annex
	title      string
	voice      voice
	unnumbered bool // no paragraph bears a number, and there is no table
}

var (
	annexRe = pattern.Both(`^(?:附\s*[件表录]\s*[0-9０-９一二三四五六七八九十]{0,3}\s*(?:[：:．.、\s]|$)|附\s*[：:]|(?i:annex|appendix|attachment|schedule)\s+[0-9A-Z]{1,3}\s*(?:[：:.–—-]|$))`)
	// attachNote is the list of annexes at the foot of a letter.
	attachNote = pattern.Both(`^附\s*件?\s*[：:]\s*\S`)
	footLine   = pattern.Both(`^[（(]?(?:(?:此件|此文|本文件?)(?:公开|主动|依申请|不予|有删减|发至)|(?:联\s*系\s*(?:人|电\s*话|方\s*式)(?:及.{0,8})?|抄\s*送|主\s*送|分\s*送|(?:出\s*席|列\s*席|请\s*假|缺\s*席|参\s*会|记\s*录)(?:人员?|单位|领导)?|公开方式|信息公开.{0,6}|电\s*话|传\s*真|公开属性)\s*[:：]|主动公开[）)]?$|.{2,30}(?:办公室|办公厅|秘书处)\s*[0-9]{4}年.{0,12}印发)`)
)

func (p *para) furniture() bool { return p.kind == paper.Furniture }

// split cuts the paper into letter, body and annexes.
//
// An annex begins at its mark (附件1) when no signature follows at once (then the
// mark is the list of annexes at the foot of the letter), or, in papers printed
// without marks, at a title line after which the outermost numbering starts anew.
// What stands behind signature and date without a mark is the paper that the
// letter hands down.
func (r *reader) split() {
	cur := region{part: docket.PartBody}
	top := label{} // outermost label of the region so far
	closeAt := func(i int, next region) {
		cur.end = i
		if cur.end > cur.start {
			r.regions = append(r.regions, cur)
		}
		next.start = i
		cur, top = next, label{}
	}
	bodySeen := false
	for i := 0; i < len(r.paras); i++ {
		p := &r.paras[i]
		switch {
		case p.furniture():
		case p.table != nil:
			bodySeen = true
		case annexRe.MatchString(p.text) && runes(p.text) < 60 && !r.signedSoon(i):
			closeAt(i, region{part: docket.PartAnnex, marked: true})
			bodySeen = false
		case bodySeen && cur.tail == 0 && dateLine(p.text) && r.signs(i):
			cur.tail = r.tailStart(i, cur.start)
			end := r.tailEnd(i)
			if next := r.nextText(end); next >= 0 && !annexRe.MatchString(r.paras[next].text) {
				closeAt(next, region{part: docket.PartBody})
				bodySeen = false
			}
			i = max(i, end-1)
		case p.labeled && p.label.style != styleBullet:
			bodySeen = true
			if top.style == p.label.style && p.label.n == 1 && top.n >= 2 {
				if t := r.titleBefore(i); t > cur.start {
					closeAt(t, region{part: docket.PartAnnex})
				}
			}
			if top.style == "" || p.label.rank() <= top.rank() {
				top = p.label
			}
		case runes(p.text) >= 15 && ended(p.text) && !addressee.MatchString(p.text):
			bodySeen = true
		}
	}
	closeAt(len(r.paras), region{})
	for i := range r.regions {
		r.findFront(i)
	}
	r.nameParts()
}

// signedSoon reports whether a date line follows within a few lines: paragraph
// i then belongs to the foot of the letter.
func (r *reader) signedSoon(i int) bool {
	if !attachNote.MatchString(r.paras[i].text) {
		return false
	}
	n := 0
	for j := i + 1; j < len(r.paras) && n < 12; j++ {
		if p := &r.paras[j]; !p.furniture() {
			if p.table != nil || runes(p.text) > 80 {
				return false
			}
			if dateLine(p.text) {
				return true
			}
			n++
		}
	}
	return false
}

// signs reports whether the date at i closes a letter: a short line without a
// stop stands before it, or nothing but feet and annexes behind it.
func (r *reader) signs(i int) bool {
	if j := r.prevText(i); j >= 0 && r.paras[j].title() && !r.paras[j].labeled {
		return true
	}
	next := r.nextText(r.tailEnd(i))
	return next < 0 || annexRe.MatchString(r.paras[next].text) || r.titled(next)
}

// titled reports whether the title of a paper, over one line or more, begins at i.
func (r *reader) titled(i int) bool {
	for range 3 {
		if i < 0 || r.paras[i].labeled || !r.paras[i].title() {
			return false
		}
		if docKind.MatchString(r.paras[i].text) {
			return true
		}
		i = r.nextText(i + 1)
	}
	return false
}

func (r *reader) prevText(i int) int {
	for i--; i >= 0 && r.paras[i].furniture(); i-- {
	}
	return i
}

func (r *reader) nextText(i int) int {
	for ; i < len(r.paras); i++ {
		if !r.paras[i].furniture() {
			return i
		}
	}
	return -1
}

// bears is what a task without a number may say right above the signature, and no signer.
var bears = pattern.Both(`牵头|负责|配合|责任(?:单位|部门)`)

// tailStart goes back from the date over signers and the list of annexes.
func (r *reader) tailStart(date, start int) int {
	at := date
	for i := date - 1; i > start && date-i < 14; i-- {
		p := &r.paras[i]
		if p.furniture() {
			continue
		}
		if attachNote.MatchString(p.text) {
			for at = i; at-1 > start && footLine.MatchString(r.paras[at-1].text); at-- {
			}
			return at
		}
		if p.table != nil || ended(p.text) && !footLine.MatchString(p.text) || runes(p.text) > 60 || bears.MatchString(p.text) {
			break
		}
		if at == i+1 && !p.labeled || r.prevText(at) == i && !p.labeled {
			at = i
		}
	}
	return at
}

// tailEnd goes on from the date over the feet of the letter.
func (r *reader) tailEnd(date int) int {
	i := date + 1
	for i < len(r.paras) && (r.paras[i].furniture() || r.paras[i].table == nil && footLine.MatchString(r.paras[i].text)) {
		i++
	}
	return i
}

// titleBefore returns the first of the title lines right before paragraph i, -1 for none.
func (r *reader) titleBefore(i int) int {
	at := -1
	for j := r.prevText(i); j >= 0 && i-j < 8; j = r.prevText(j) {
		p := &r.paras[j]
		if p.labeled || p.kind == paper.Heading || !p.title() || runes(p.text) > 45 {
			break
		}
		if _, _, ok := fieldLine(p.text); ok || dateLine(p.text) {
			break
		}
		at = j
	}
	return at
}

// findFront marks title, number, addressees and the words before the first
// numbered paragraph.
func (r *reader) findFront(n int) {
	reg := &r.regions[n]
	end := reg.end
	if reg.tail > 0 {
		end = reg.tail
	}
	heads, i := 0, reg.start
	for ; i < end; i++ {
		p := &r.paras[i]
		if p.furniture() {
			continue
		}
		if p.table != nil || p.kind == paper.ListItem && !numberish(p) {
			break
		}
		if p.kind == paper.Heading {
			if heads++; heads > 1 || p.labeled {
				break
			}
			continue
		}
		if i == reg.start && reg.marked || opening.MatchString(p.text) || session.MatchString(p.text) {
			continue
		}
		if _, _, ok := fieldLine(p.text); ok || p.labeled && p.label.style != styleBullet {
			break
		}
		if ended(p.text) && !addressee.MatchString(p.text) || i > reg.start && leadsOn.MatchString(p.text) {
			break
		}
	}
	if i == end && i-reg.start > 3 { // nothing but short lines: only the first is a title
		i = reg.start + 1
	}
	reg.frontEnd = i
	reg.unnumbered = true
	for j := i; j < reg.end; j++ {
		if p := &r.paras[j]; !p.furniture() && (p.labeled || p.table != nil) {
			reg.unnumbered = false
		}
	}
	var title []string
	for j := reg.start; j < i; j++ {
		if p := &r.paras[j]; !p.furniture() && p.title() && !opening.MatchString(p.text) {
			t := p.text
			if j == reg.start && reg.marked {
				t = strings.TrimSpace(t[len(annexRe.FindString(t)):])
			}
			title = append(title, t)
		}
	}
	reg.title = joinTitle(title)
}

// numberish is a list item that carries an ordinal, as opposed to a bullet.
func numberish(p *para) bool { return p.labeled && p.label.style != styleBullet }

var handsDown = pattern.Both(`印发|转发|下发|发布|公布|批转`)

// nameParts tells the letter: what is signed and hands down the paper behind it.
func (r *reader) nameParts() {
	if len(r.regions) < 2 {
		return
	}
	first, second := &r.regions[0], r.regions[1]
	text := first.title
	for i := first.frontEnd; i < first.end && i < first.frontEnd+3; i++ {
		text += r.paras[i].text
	}
	if first.tail > 0 && (!second.marked || handsDown.MatchString(text)) {
		first.part = docket.PartLetter
	}
}
