package reading

import (
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

// reports is how a paper asks to be told; alsoReport joins such a request to
// another demand (完成…，并将…报).
var (
	reports = pattern.Both(`(?:报送|上报|报告|反馈|函告|抄送|书面报|汇总报|报)(?:至|到|给|市|县|区|省|州|旗|镇|我|本|各位|委|局|办|国|《?.{0,20}(?:办公室|督查室|督考办|领导小组|专班|人民政府|政府|委员会|管委会|办公厅|[局委厅办]))|[报反馈]{1,2}(?:送|告)?(?:.{0,12})(?:进展|落实|完成|工作|贯彻).{0,6}情况|(?:报送|上报|反馈)(?:工作|整改|推进|最新)?(?:进展|进度|台账)|向[^，。；,;]{2,20}?(?:报送|上报|汇报|反馈)|(?:进展|落实|完成|工作|贯彻|实施).{0,8}情况.{0,20}(?:报送|上报|反馈|报)|(?i:\breport(?:s|ed)? (?:back )?(?:to|on)\b|\bsubmit\b.{0,60}\breports?\b)`)
	// forLeave is a draft handed up to be decided on, which is the work itself.
	forLeave   = pattern.Both(`(?:呈)?报(?:送|请|经)?[^，。；,;]{0,16}?(?:审定|审批|批准|审议|审核|核准|研究|同意|备案)`)
	alsoReport = pattern.Both(`[，,](?:并|同时|及时|请|务)(?:将|把|向|于|及时|书面|在)`)
)

// duties reads the sentences that ask for reports: 于每月28日前将进展情况报送市政府督查室.
// They become reporting duties, not tasks.
func (r *reader) duties(c int) {
	cl := &r.clauses[c]
	if cl.Kind == docket.KindHeading || r.nodes[c].row != nil && !footNote.MatchString(cl.Text) || r.tells(c) || !reports.MatchString(cl.Text) {
		return
	}
	for from := r.wordsFrom(c); from < len(cl.Text); {
		to := from + sentenceEnd(cl.Text[from:])
		whole := trim(cl.Text, from, to)
		from = to
		if !reports.MatchString(forLeave.ReplaceAllString(cl.Text[whole.Start:whole.End], "")) {
			continue
		}
		t := Task{Span: reportPart(cl.Text, whole), Duty: true}
		if onlyReports(r.duesIn(c, whole)) {
			t.Span = whole // 5日内报送计划，每月28日前报送进展: one duty with two dates
		}
		r.fill(c, &t, segment{span: t.Span})
		if len(t.Dues) == 0 {
			t.Dues = r.duesIn(c, whole)
		}
		if len(t.Dues) == 0 {
			continue
		}
		for i := range t.Dues {
			t.Dues[i].Report = true
		}
		r.addDuty(c, t)
	}
}

// onlyReports reports whether every one of several deadlines is one for a report.
func onlyReports(ds []docket.Due) bool {
	return len(ds) > 1 && !slices.ContainsFunc(ds, func(d docket.Due) bool { return !d.Report })
}

// reportPart is the share of a sentence that asks for the report.
func reportPart(text string, s docket.Span) docket.Span {
	if m := alsoReport.FindStringIndex(text[s.Start:s.End]); m != nil && words(text[s.Start:s.Start+m[0]]) >= 6 &&
		reports.MatchString(text[s.Start+m[0]:s.End]) {
		s = trim(text, s.Start+m[0], s.End)
	}
	for i := strings.LastIndex(text[s.Start:s.End], "，"); i > 0; i = strings.LastIndex(text[s.Start:s.Start+i], "，") {
		part := text[s.Start+i : s.End]
		if reports.MatchString(part) && len(phrase.Dues(part, phrase.Context{})) > 0 {
			return trim(text, s.Start+i, s.End)
		}
	}
	return s
}

// duesIn reads the deadlines of a stretch of clause c.
func (r *reader) duesIn(c int, s docket.Span) []docket.Due {
	ds := phrase.Dues(r.clauses[c].Text[s.Start:s.End], r.context(""))
	for i := range ds {
		ds[i].Prov.Clause, ds[i].Prov.Span = c, shift(ds[i].Prov.Span, s.Start)
	}
	return ds
}

// addDuty adds a reporting duty; a clause that was proposed as a task only
// because it is numbered becomes the duty.
func (r *reader) addDuty(c int, t Task) {
	cl := &r.clauses[c]
	kept := cl.Tasks[:0]
	for _, x := range cl.Tasks {
		head := cl.Text[min(x.Span.Start, t.Span.Start):t.Span.Start]
		only := t.Span.End >= x.Span.End && strings.HasSuffix(strings.TrimSpace(head), "。") && bareTitle(head, 0) // 总结经验。各地于…报送
		if x.Duty || words(x.Text) >= words(t.Text)+6 && !only {
			kept = append(kept, x)
		}
	}
	cl.Tasks = append(kept, t)
	if cl.Kind == docket.KindText {
		cl.Kind = docket.KindClause
	}
}

// sentenceEnd is the length of the first sentence of s with its stop.
func sentenceEnd(s string) int {
	for i, c := range s {
		if c == '。' || c == '；' || c == '\n' || c == ';' {
			return i + len(string(c))
		}
	}
	return len(s)
}
