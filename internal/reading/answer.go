package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// A paper that answers findings or recommendations says of each what was found,
// what is asked, and what the one addressed says to it:
//
//	Finding 2 – Stock records / Risk: … / Recommendation: … / Management response: Agreed.
//	问题2：… / 整改目标：… / 整改措施：…
//
// What is asked is the task; the rest stays in the clause. What was declined asks
// for nothing.
var (
	// answerRe is the line in which the one addressed answers.
	answerRe = pattern.Both(`^(?i:(?:[a-z]+(?:['’]s?)? ){0,3}(?:response|reply)(?: to (?:the )?[a-z]+)?|accepted\??|agreed\??|(?:management|officer)(?:['’]s?)? comments?) ?[:–—-]|^(?:采纳情况|采纳意见|答复意见|是否采纳)\s*[：:]`)
	// answerLine is the same in the text of a clause, with the yes behind it.
	answerLine = pattern.New(`(?m)^(?i:(?:[a-z]+(?:['’]s?)? ){0,3}(?:response|reply)(?: to (?:the )?[a-z]+)?) ?[:–—-]+ ?(?i:(?:partially |partly |fully )?(?:accept|agree)(?:e?d)?(?: (?:in (?:principle|part|full)|subject to [^.\n]{3,60}))?[.,;:–—-]? *)?`)
	// declinedRe is an answer that leaves nothing to do.
	declinedRe = pattern.Both(`(?m)^(?i:(?:[a-z]+(?:['’]s?)? ){0,3}(?:response|reply)(?: to (?:the )?[a-z]+)? ?[:–—-]+ ?(?:the [a-z]+ |we |this (?:recommendation|finding) )?(?:(?:does|do|is|was|has been|have) )?(?:not (?:be )?(?:(?:accept|support|adopt)(?:ed)?|agreed?)|rejects?|rejected|declined?|disagrees?d?|noted?(?: only)?)(?:[ .,;:–—-]|$)|(?:accepted|agreed)\?? ?: ?no\b)|^(?:采纳情况|采纳意见|答复意见|是否采纳)\s*[：:]\s*(?:不|未|否|暂不|暂未)`)
	// mayDecline is a cheap test that spares most clauses the others.
	mayDecline = pattern.Both(`esponse|eply|ccepted|greed|upported|ejected|eclined|采纳|答复`)
	// declinedTitle is a recommendation whose title says so.
	declinedTitle = pattern.New(`^(?i:\(?(?:not (?:accepted|agreed|supported)|rejected|declined)\)?\.?)\s*(?:\n|$)`)
	// declinedCell is a place of a table that says so.
	declinedCell = pattern.Both(`^(?i:not (?:accept(?:ed)?|agreed?|support(?:ed)?|adopt(?:ed)?)|rejected?|declined?|disagreed?)(?:[ .,;:–—-]|$)|^(?:不予?采纳|未采纳|不接受)`)
	// demandRe is the line that says what is asked; an action that was agreed on outranks
	// what was recommended.
	demandRe = pattern.Both(`(?m)^(?:(?i:((?:agreed|proposed|planned|management|corrective) actions?(?: plan(?:ned)?)?|action (?:to be taken|agreed|plan))|recommendations?)(?: [0-9]{1,3})?(?: \([^()\n]{1,30}\))?|整改(?:措施|任务|要求|举措)|(?:具体|工作)措施) ?[:：]\s*`)
	// foundRe is a line that says what was found.
	foundRe = pattern.Both(`(?m)^(?:(?i:risks?|findings?|issues?|observations?|implications?|root causes?|causes?|conditions?|criteria|effects?|weakness(?:es)?|(?:[a-z]+ )?(?:response|reply))|(?:存在|主要|反馈|具体)?问题(?:表现|描述)?|整改目标|问题[0-9０-９一二三四五六七八九十]{0,3}) ?[:：]`)
	// lineName is the name at the start of a line: Risk:, 整改目标：.
	lineName = pattern.New(`\n(?:[A-Z][A-Za-z ()]{2,40}|[\p{Han}]{2,10}) ?[:：]`)
)

// declined reports whether the clause, or a heading above it, was answered by a no.
func (r *reader) declined(c int) bool {
	for ; c >= 0; c = r.clauses[c].Parent {
		nd, text := &r.nodes[c], r.clauses[c].Text
		if nd.row != nil || nd.label.style == "" || !mayDecline.MatchString(text) {
			continue
		}
		from := min(nd.label.end, len(text))
		if declinedTitle.MatchString(text[from:]) || declinedRe.MatchString(text) {
			return true
		}
	}
	return false
}

// minuteRe is the answer in a numbered paragraph of its own, as in treasury minutes:
// 1.2 The Government agrees with the Committee's recommendation.
var minuteRe = pattern.New(`^(?:The )?[A-Z][A-Za-z ]{2,40} (?:(?:partially |partly |fully )?(?:agrees|accepts)|(disagrees|rejects|does not (?:agree|accept)))(?: with)? (?:the |this )?(?:[A-Z][A-Za-z]+['’]s )?recommendations?\b[^.\n]{0,60}\.?(?:\n|$)`)

// minuted reads such an answer: what it says of the day goes to the recommendation
// above it, and a no closes all that stands beside it.
func (r *reader) minuted(c int) bool {
	cl, nd := &r.clauses[c], &r.nodes[c]
	if r.lang != "en" || nd.label.style == "" || nd.row != nil {
		return false
	}
	from := r.wordsFrom(c)
	m := minuteRe.FindStringSubmatchIndex(cl.Text[from:])
	if m == nil {
		return false
	}
	cl.Kind = docket.KindText
	for d := c - 1; d >= 0 && d >= c-maxFields; d-- {
		if r.clauses[d].Parent != cl.Parent || r.nodes[d].reg != nd.reg || len(r.clauses[d].Tasks) == 0 {
			continue
		}
		if m[2] >= 0 {
			r.clauses[d].Tasks, r.clauses[d].Kind = nil, docket.KindText
			break
		}
		for _, f := range nd.fields {
			if f.field == fieldDue {
				r.dueCell(&r.clauses[d].Tasks[0], cell{text: cl.Text[f.value.Start:f.value.End], clause: c, span: f.value}, d)
			}
		}
		break
	}
	return true
}

// declined reports whether a row says that what it lists was declined.
func (rw *row) declined() bool {
	for j, f := range rw.fields {
		if (f == fieldNone || f == fieldOther) && j < len(rw.cells) && declinedCell.MatchString(rw.cells[j].text) {
			return true
		}
	}
	return false
}

// demand finds the line of a clause that says what is asked, where others say what
// was found or answered.
func (r *reader) demand(c int) (docket.Span, bool) {
	text := r.clauses[c].Text
	if !strings.Contains(text, "\n") || !foundRe.MatchString(text) {
		return docket.Span{}, false
	}
	var at []int
	for _, m := range demandRe.FindAllStringSubmatchIndex(text, 12) {
		if at == nil || at[2] < 0 && m[2] >= 0 {
			at = m
		}
	}
	if at == nil {
		return docket.Span{}, false
	}
	end := len(text)
	if m := lineName.FindStringIndex(text[at[1]:]); m != nil {
		end = at[1] + m[0]
	}
	s := trim(text, at[1], end)
	return s, words(text[s.Start:s.End]) >= 4
}

// answers are the stretches of a clause in which the one addressed says what it will do.
func (r *reader) answers(c int) (out []docket.Span) {
	text := r.clauses[c].Text
	for _, m := range answerLine.FindAllStringIndex(text, 6) {
		end := len(text)
		if next := lineName.FindStringIndex(text[m[1]:]); next != nil {
			end = m[1] + next[0]
		}
		if s := trim(text, m[1], end); s.End > s.Start {
			out = append(out, s)
		}
	}
	return out
}

// promised adds the deadlines of the answer to the task that was asked for.
func (r *reader) promised(c int, t *Task) {
	for _, s := range r.answers(c) {
		for _, d := range r.duesIn(c, s) {
			if len(t.Dues) < maxRead && !hasDue(t.Dues, d) {
				t.Dues = append(t.Dues, d)
			}
		}
	}
}

// promises names who says in an answer that it will act: "Accepted. The Department for … will publish".
func (r *reader) promises(c int) (ps []docket.Party, from int) {
	text := r.clauses[c].Text
	for _, s := range r.answers(c) {
		if m := subject.FindStringSubmatchIndex(text[s.Start:s.End]); m != nil && post.MatchString(text[s.Start+m[2]:s.Start+m[3]]) {
			return r.named(text, s.Start, m, docket.Lead, docket.Support), s.Start
		}
	}
	return nil, 0
}
