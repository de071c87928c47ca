package reading

import (
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// voice is how a stretch of a paper speaks, and so whether its sentences are
// demands.
//
// The rule, in general: a sentence is a matter to see through when somebody who
// may command asks somebody for it. A report or a speech addresses an assembly
// and tells (各位代表, 工作报告, 公报); its numbers are those of a story, and only
// what names who must act (a note, a labelled line, a responsibility column) is
// lifted out of it. An annex that explains words tells nothing to do. Everything
// else, opinions, plans, division papers, lists, notices, minutes, rules, speaks
// in the imperative, and there:
//
//  1. what bears its own responsibility, in a note, a label or a column, is a task;
//  2. in a stretch where clauses bear notes, a clause that stands beside noted
//     ones under the same heading and bears none is a task without a lead (somebody
//     forgot), while the sections without any note are the frame;
//  3. where nothing bears notes, every numbered clause without clauses below it is a
//     task, except under headings that say why and not what (指导思想, 总体要求,
//     现状) and, in rules, where nothing is asked.
type voice uint8

const (
	directive voice = iota
	narrative
	glossary
	rules // working rules, measures: standing duties, article by article
)

var (
	glossaryRe  = pattern.Both(`(?i)名词解释|名词注释|注释$|术语|释义|解读|编制说明|起草说明|图例|缩略语|词汇|^(?:glossary|abbreviations|acronyms|definitions|footnotes|endnotes|references|bibliography)\b`)
	divisionRe  = pattern.Both(`(?i)(?:分工|分解|任务|清单|方案|计划|要点|措施|意见|实事|目标|部署|行动|办法|(?:action|delivery|implementation|business|improvement|service) plan)(?:[^\p{Han}]|（.{0,20}）|一览)*表?$`)
	narrativeRe = pattern.Both(`(?i)工作报告|(?:建议|提案).{0,12}(?:复函|答复)$|(?:办理|整改|落实|进展|完成|执行)情况$|公报|讲话|致辞|总结|述职|汇报|情况的?(?:报告|通报)|的说明|说明$|回顾|综述|发言|\b(?:annual report|communiqu|speech|lessons|review of|minutes)`)
	rulesRe     = pattern.Both(`(?:规则|规定|办法|条例|章程|准则|制度|规程|细则|守则)(?:（.{0,20}）)?》?$`)
	// noticeOf is what makes a title that of a notice: the voice is that of what it is about.
	noticeOf   = pattern.Both(`的(?:通知|函)(?:（[^（）]*）)?$`)
	assemblyRe = pattern.Both(`^(?:各位代表|各位委员|同志们|各位同志)|向大会(?:报告|作)`)
)

// hear decides the voice of a region by its title and the way it opens.
func (r *reader) hear(n int, title string) voice {
	reg := &r.regions[n]
	t := noticeOf.ReplaceAllString(strings.TrimSpace(title), "")
	switch {
	case glossaryRe.MatchString(t):
		return glossary
	case divisionRe.MatchString(t) && !rulesRe.MatchString(t):
		return directive
	case narrativeRe.MatchString(t):
		return narrative
	}
	for i, seen := reg.start, 0; i < reg.end && seen < 15; i++ {
		if p := &r.paras[i]; !p.furniture() {
			seen++
			if assemblyRe.MatchString(p.text) {
				return narrative
			}
		}
	}
	if rulesRe.MatchString(t) {
		return rules
	}
	return directive
}

// frameRe are headings that say why, on what ground or for whom: what stands
// under them is no task.
var frameRe = pattern.Both(`(?i)^(?:指导思想|指导方针|基本原则|工作原则|遵循的?原则|必须遵循的原则|总体要求|总体思路|总体目标|总体考虑|总则|附则|主要目标|发展目标|工作目标|目标要求|战略导向|重要意义|重大意义|充分认识.{0,30}(?:意义|重要性|必要性)|发展环境|发展基础|发展现状|基本情况|工作基础|现实基础|面临.{0,12}形势|形势|背景|(?:20[0-9]{2}年)?(?:主要)?工作回顾|.{0,20}(?:主要)?成就|.{0,10}远景目标|(?:第.{1,20}次会议)?关于.{2,60}的说明|.{0,20}主要目标(?:任务)?|(?:适用|试点|实施)(?:范围|时间)|名词解释|注释|.{0,6}(?:以来|过去).{0,6}(?:成就|回顾)|foreword|introduction|background|context|vision|our vision|purpose|scope|definitions?|general provisions?|glossary|executive summary|summary|acknowledgements?|contents|footnotes?|references|methodology|consultation|policy context|strategic context)(?:和.{0,12}|与.{0,12}|、.{0,12})?(?:[。．.：:，\s]|$)`)

// frame reports whether the clause or one above it is a frame.
func (r *reader) frame(c int) bool {
	for ; c >= 0; c = r.clauses[c].Parent {
		if f := r.nodes[c].frame; f != 0 {
			return f > 0
		}
		text := r.clauses[c].Text
		from := min(r.nodes[c].label.end, len(text))
		if frameRe.MatchString(strings.TrimSpace(text[from:min(len(text), from+200)])) {
			r.nodes[c].frame = 1
			return true
		}
	}
	return false
}

// kinds says what each clause is once its surroundings are known: numbered
// titles with something below them are headings; in a narrative the rest is text.
func (r *reader) kinds() {
	for c := range r.clauses {
		cl, nd := &r.clauses[c], &r.nodes[c]
		if cl.Kind != docket.KindClause || nd.row != nil {
			continue
		}
		switch {
		case nd.labels == 0 && nd.bare && r.ownFields(c): // what it says of itself makes it a task
		case nd.labels > 0 && r.ownFields(c): // a problem that hands its units down to the measures below it
			cl.Kind = docket.KindHeading
		case nd.label.style == styleBold || strings.HasPrefix(string(nd.label.style), string(styleHead)),
			nd.bare && (nd.labels > 0 || nd.kids > 0 && (!ended(cl.Text) || r.headline(c))):
			cl.Kind = docket.KindHeading
		case nd.decided:
		case r.regions[nd.reg].voice == narrative || r.regions[nd.reg].voice == glossary:
			cl.Kind = docket.KindText
		}
	}
}

// headline reports a title that ends in a stop, with paragraphs below it that say what
// is to be done: （一）统筹建设平台。
func (r *reader) headline(c int) bool {
	text := r.clauses[c].Text[r.wordsFrom(c):]
	return r.lang == "zh" && r.regions[r.nodes[c].reg].voice == directive && runes(text) <= 30 &&
		!strings.ContainsAny(text, "，,") && !asked.MatchString(noModal.ReplaceAllString(text, ""))
}

// ownFields reports whether a labelled line of the clause itself says who answers for it.
func (r *reader) ownFields(c int) bool {
	return slices.ContainsFunc(r.nodes[c].fields, func(f fieldSpan) bool { return f.field.party() })
}
