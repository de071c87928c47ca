package phrase

import (
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// dated is a due and where it stands in the folded text.
type dated struct {
	lo, hi int
	due    docket.Due
}

// Dues reads the deadlines of a text (field.md §5.3.5). A date counts only with
// a word that makes it a limit (前, 底, 到…年, 完成, by, until) or where it fills its
// cell or segment; a date in narrative (2023年印发的) does not.
//
// 前 includes the day, the month or the year it follows; 底 and 末 are the last
// calendar day; 上旬 ends on the 10th, 中旬 on the 20th. A missing year is taken
// from an earlier deadline of the same sentence, else the first such day on or
// after ctx.Issued is taken and Assumed set; without either, On stays zero.
// For weekly dues Day is the weekday, Monday 1 to Sunday 7.
func Dues(text string, ctx Context) []docket.Due {
	var out []docket.Due
	for _, d := range readDues(newView(text), ctx) {
		out = append(out, d.due)
	}
	return out
}

// dueReader walks a text once, trying the rules at every place where a deadline may start.
type dueReader struct {
	v      *view
	s      string
	issued docket.Date
	year   int  // year of the last deadline of this sentence, 0 none
	told   bool // the words stand right behind the one told: no word need make them a limit
	out    []dated
}

// dueRule reads a deadline that starts at byte i; it returns where it ends.
type dueRule func(r *dueReader, i int) (docket.Due, int, bool)

// dueRules lists the rules by the characters a deadline may start with; the
// first that accepts wins.
var dueRules = ruleTable([]struct {
	start string
	rule  dueRule
}{
	{"有实试执施规自", (*dueReader).validity},
	{"自从收接会印发公签交受下本转颁施领在批正文会完验", (*dueReader).relative},
	{"0123456789一二三四五六七八九十两半", (*dueReader).within},
	{"每", (*dueReader).every},
	{"按逐日周旬月季半年", (*dueReader).periodic},
	{"0123456789二今明后本当年月次下上第一三四五六七八九十全", (*dueReader).absolute},
	{"“十\"", (*dueReader).planPeriod},
	{"本下周星", (*dueReader).weekday},
	{"今当明后次上下中晚0123456789", (*dueReader).dayWord},
	{"年持长常全", (*dueReader).continuing},
	{"尽适择", (*dueReader).vague},
	{"成条具待视需", (*dueReader).conditional},
})

func ruleTable(rows []struct {
	start string
	rule  dueRule
}) map[rune][]dueRule {
	m := map[rune][]dueRule{}
	for _, row := range rows {
		for _, c := range row.start {
			m[c] = append(m[c], row.rule)
		}
	}
	return m
}

func readDues(v *view, ctx Context) []dated {
	r := &dueReader{v: v, s: v.s, issued: ctx.Issued}
	var prev rune
	for i := 0; i < len(r.s); {
		c, n := utf8.DecodeRuneInString(r.s[i:])
		if c == '。' || c == '\n' {
			r.year = 0
		}
		if hi, ok := r.try(i, c, prev); ok {
			i = hi
			prev, _ = utf8.DecodeLastRuneInString(r.s[:i])
			continue
		}
		prev = c
		i += n
	}
	r.finish()
	return r.out
}

// try runs the rules that may start with c at byte i.
func (r *dueReader) try(i int, c, prev rune) (int, bool) {
	if c < 0x80 && isWord(c) && isWord(prev) {
		return 0, false // inside a number or an English word
	}
	rules := dueRules[c]
	if c < 0x80 && c >= 'A' {
		rules = englishDueRules
	} else if c < 0x80 && c >= '0' && c <= '9' {
		rules = append(englishDateRules[:len(englishDateRules):len(englishDateRules)], rules...)
	}
	skip := 0
	for _, rule := range rules {
		d, hi, ok := rule(r, i)
		if !ok {
			skip = max(skip, hi) // a date that is no limit is not read again from its middle
			continue
		}
		if hi > i {
			d.Words = r.v.words(i, hi)
			d.Prov = docket.Provenance{Origin: docket.OwnWords, Span: r.v.span(i, hi)}
			r.out = append(r.out, dated{i, hi, d})
			if d.Kind == docket.DueDate && !d.On.IsZero() && !d.Former {
				r.year = d.On.Time().Year()
			}
			return hi, true
		}
	}
	return skip, skip > i
}

// after is the text behind byte i as far as any rule looks.
func (r *dueReader) after(i int) string { return r.s[i:min(len(r.s), i+160)] }

func isWord(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

var (
	reports = pattern.New(`上报|报送|报备|报(?:市|省|区|县|旗|州|国|我|至|给|督|办|本|党|委|局|各|领导|请)|备案|汇报|反馈(?:至|给|到|情况|落实|办理|进展)|书面反馈|函告|报告(?:市|省|区|县|进展|工作|落实|至)|(?:情况|进展).{0,12}报告|(?i:\breport(?:s|ed)?\b (?:to|back)|\bsubmit(?:ted)? .{0,40}report|\breport(?:ing)? progress)`)
	plainDo = pattern.New(`^(?:全面|全部|务必)?(?:完成|办结|落实|落实到位|完成任务|整改到位)?$`)
	tailPre = pattern.New(`[,、]?(?:并|且|后)*(?:力争|确保|务必|务|须|应|争取|不迟于|最迟|于|在|到|至|自)*$`)
	former  = pattern.New(`^[,、]?(?:延期|延长|延后|推迟|顺延|调整|变更|提前)(?:为|至|到)`)
)

// finish adds what the surroundings of each deadline tell: the stage due then,
// a duty to report, and dates the document itself replaced.
func (r *dueReader) finish() {
	for k := range r.out {
		d := &r.out[k]
		end := len(r.s)
		if k+1 < len(r.out) {
			end = r.out[k+1].lo
		}
		rest := r.s[d.hi:end]
		if i := stageEnd(rest); i >= 0 {
			rest = rest[:i]
		} else if k+1 < len(r.out) {
			if i := strings.LastIndexByte(rest, ','); i > 0 {
				rest = rest[:i]
			}
		}
		d.due.Report = reports.MatchString(rest) || d.due.Report
		d.due.Former = former.MatchString(r.after(d.hi)) || struck(r.s, d.lo, d.hi) || d.due.Former
		if d.due.Kind == docket.DueValidity || d.due.Former {
			continue
		}
		d.due.Stage = r.stage(d.hi, d.hi+len(rest))
	}
}

// stageEnd finds where the words about a deadline end, -1 for nowhere: at a stop,
// or at the end of the bracket that the deadline itself stands in.
func stageEnd(s string) int {
	depth := 0
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return i
			}
		case '。', ';', '\n', '|', '·':
			return i
		}
	}
	return -1
}

// stage is what is due: the words after the date, cut at 60 characters.
func (r *dueReader) stage(lo, hi int) string {
	lo, hi = r.v.trim(lo, hi, ",:、*|·~")
	if lo >= hi || r.s[lo] == '.' {
		return ""
	}
	s := tailPre.ReplaceAllString(r.s[lo:hi], "")
	if i := strings.Index(s, ". "); i >= 0 {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '('); i >= 0 && !strings.Contains(s[i:], ")") {
		s = s[:i] // the next deadline stands in a bracket of its own
	}
	s = strings.TrimRight(s, ". ")
	for runes(s) > 60 {
		i := strings.LastIndexAny(s, ",、")
		if i <= 0 {
			return ""
		}
		s = s[:i]
	}
	if s == "" || plainDo.MatchString(s) {
		return ""
	}
	return strings.TrimSpace(r.v.words(lo, lo+len(s)))
}

// struck reports whether the range stands between strike-through marks.
func struck(s string, lo, hi int) bool {
	before, after := s[max(0, lo-40):lo], s[hi:min(len(s), hi+40)]
	for _, m := range [][2]string{{"~~", "~~"}, {"<del>", "</del>"}, {"<s>", "</s>"}} {
		i := strings.LastIndex(before, m[0])
		if i < 0 || !strings.Contains(after, m[1]) || strings.Contains(before[i+len(m[0]):], m[1]) {
			continue
		}
		if m[0] != m[1] || strings.Count(s[:lo], m[0])%2 == 1 {
			return true
		}
	}
	return false
}

// segment tells whether a range fills its segment: nothing but separators stands
// around it. whole is set where it fills the whole text.
func (r *dueReader) segment(lo, hi int) (alone, whole bool) {
	before := strings.TrimRight(r.s[:lo], " *")
	after := strings.TrimLeft(r.s[hi:], " *")
	whole = before == "" && strings.Trim(after, "。;. ") == ""
	left := before == "" || endsAny(before, ",", ";", "。", "(", "|", "·", "\n", ":", "、", "~~", ">")
	right := after == "" || startsAny(after, ",", ";", "。", ")", "|", "·", "\n", "、", "~~", "<", ". ") || after == "."
	return left && right, whole
}

func endsAny(s string, list ...string) bool {
	for _, x := range list {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}

func startsAny(s string, list ...string) bool {
	for _, x := range list {
		if strings.HasPrefix(s, x) {
			return true
		}
	}
	return false
}
