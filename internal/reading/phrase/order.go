package phrase

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// Speech is what the first or last words of a line say it is: a decision, an
// instruction, a commitment, praise, or a yes in principle that is no approval.
type Speech string

// The speeches; the empty one is not said.
const (
	Decides  Speech = "decision"
	Asks     Speech = "instruction"
	Commits  Speech = "commitment"
	Commends Speech = "commendation"
	Agrees   Speech = "principle"
)

// Order is one line as somebody says it at a meeting: who, until when, and what.
type Order struct {
	Speech   Speech
	Parties  []docket.Party
	Dues     []docket.Due
	Measures []docket.MeasureRead // of What only
	Findings []docket.Finding
	What     docket.Span // what is to be done; the whole line where names and deadline stand inside it
	Text     string      // the words of What, without white space between Chinese characters
}

// liner reads one line. What is left of it, [lo,hi), shrinks from both ends.
type liner struct {
	v      *view
	ctx    Context
	dues   []dated
	r      *reader
	lo, hi int
	speech Speech
	that   bool // a decision in English: its verb may stand bare (RESOLVED that X report)
}

// maxHead bounds in bytes how far from either end of a line names are looked for.
const maxHead = 600

// maxParts bounds how many names, segments or targets are taken from a line.
const maxParts = 60

// ReadOrder reads a line of speech. The names stand at its head (X会同Y…, X to …) or its
// tail (…，由X牵头, …, with X); whatever else notes of responsibility say counts too.
func ReadOrder(text string, ctx Context) Order {
	v := newView(text)
	v.known = ctx.Known
	l := &liner{v: v, ctx: ctx, dues: readDues(v, ctx)}
	l.r = l.reader()
	l.lo, l.hi = v.trim(0, len(v.s), ",;。.!！*·|")
	l.lo += len(lineLabel.FindString(v.s[l.lo:l.hi]))
	whole := [2]int{l.lo, l.hi}
	l.opening()
	if l.speech == Commends {
		l.dues = nil // praise has no deadline
	}
	said := l.lo
	named := *l
	named.who()
	if l.notes(); len(l.r.parties) <= len(named.r.parties) {
		l = &named
	}
	l.r.resolve()
	if !l.limited() {
		l.lo, l.hi = said, whole[1]
		if l.lo >= l.hi {
			l.lo = whole[0]
		}
		if rest := *l; rest.limited() {
			l.lo, l.hi = rest.lo, rest.hi
		}
	}
	o := Order{Speech: l.speech, Parties: l.r.parties, Findings: l.r.findings, What: v.span(l.lo, l.hi), Text: strings.TrimSpace(v.name(l.lo, l.hi))}
	for _, d := range l.dues {
		o.Dues = append(o.Dues, d.due)
	}
	o.Measures = v.measures(l.lo, l.hi, l.dues, maxParts)
	return o
}

func (l *liner) reader() *reader {
	return &reader{v: l.v, heir: newHeir(l.ctx.Prefix), strict: true, due: func(lo, hi int) bool { _, ok := l.dueAt(lo); return ok }}
}

// openings are the words a line may begin with before its names. The first that
// says something counts, but praise and a yes in principle outweigh a plain decision.
var openings = []struct {
	re     *pattern.Pattern
	speech Speech
	that   bool
}{
	{pattern.New(`^(?:会议|同意|,)*原则上?(?:性)?(?:同意|通过|赞成|认可|批准)[,:]?`), Agrees, false},
	{pattern.New(`^(?i:(?:it was )?(?:agreed?|agrees|approved?|approves|endorsed?|yes) in principle(?: (?:to|that|with)\b)?|in principle,? (?:agreed?|approved?|yes)(?: (?:to|that|with)\b)?)[:,—]? ?`), Agrees, false},
	{pattern.New(`^(?:会议|特别|点名|通报|予以|给予|充分|高度|提出|,)*(?:表扬|肯定|点赞|感谢|嘉奖|褒奖|称赞)[,:]?`), Commends, false},
	{pattern.New(`^(?i:(?:we|the (?:leader|chair|mayor|board|meeting)) )?(?i:commend(?:s|ed|ation)?|praise[sd]?|congratulat(?:e|es|ed|ions)|thank(?:s|ed)?|well done|recogni[sz]e[sd]?|applaud(?:s|ed)?)(?i: (?:to|for))?[,:—]? (?:(?i:the) )?`), Commends, false},
	{pattern.New(`^(?:会议)?承诺(?:事项)?:`), Commits, false},
	{pattern.New(`^(?i:commitment|pledge|promise) ?[:—] ?`), Commits, false},
	{pattern.New(`^(?:会议)?(?:一致|研究|讨论|经|,)*(?:决定|议定|商定|确定|同意|批准|审议通过|审定|通过)(?:事项)?[,:]?`), Decides, false},
	{pattern.New(`^(?i:(?:(?:it was|the (?:meeting|board|cabinet|committee|council)) )?(?:(?:unanimously )?(?:resolved|agreed|decided|determined))\b(?:\W+(?:that|unanimously)\b)*|decision\b)[:,—–-]* ?(?:(?i:that) )?(?:(?i:the) )?`), Decides, true},
	{pattern.New(`^(?:会议|领导|市长|书记|主任|,)*(?:要求|指示|强调|责成|责令|敦促|督促|批示|请|烦请|务请)[,:]?`), Asks, false},
	{pattern.New(`^(?i:(?:please,? )?(?:(?:the )?(?:meeting|leader|chair|mayor|board) )?(?:ask|request|instruct|direct|require|task|invite|tell)(?:s|ed)? |(?:please,? )?(?:can|could|would) |please,? |(?:action|instruction)s?(?: points?)? ?[:—–-] ?)(?:(?i:the) )?`), Asks, true},
	{pattern.New(`^(?:建议|拟|由|让|交由|交|委托|安排|并|即|下一?步|,)+`), "", false},
	{pattern.New(`^(?i:(?:to be )?led by )`), "", false},
	{pattern.New(`^(?i:the )`), "", false},
}

// praised closes a sentence of praise that begins with its object: 对…给予表扬.
var praised = pattern.New(`(?:提出|予以|给予|进行|表示)?(?:通报|充分|高度)?(?:表扬|肯定|嘉奖|赞扬|感谢)$`)

// opening takes the words before the names.
func (l *liner) opening() {
	v := l.v
	if strings.HasPrefix(v.s[l.lo:l.hi], "对") {
		if m := praised.FindStringIndex(v.s[max(l.lo, l.hi-60):l.hi]); m != nil {
			l.hi = max(l.lo, l.hi-60) + m[0]
			l.lo += len("对")
			l.speech = Commends
			return
		}
	}
	for range 4 {
		moved := false
		for _, o := range openings {
			m := o.re.FindString(v.s[l.lo:min(l.hi, l.lo+90)])
			if m == "" || len(m) >= l.hi-l.lo || l.named(l.lo, l.lo+len(m)) {
				continue
			}
			l.lo += len(m)
			if l.speech == "" {
				l.speech = o.speech
			}
			l.that = l.that || o.that
			moved = true
			break
		}
		if !moved {
			return
		}
	}
}

// named reports whether a name begins at lo and ends behind at: 督促科 is no 督促.
func (l *liner) named(lo, at int) bool {
	if v := l.v; v.known != nil {
		for p := at; p < min(l.hi, at+40); p++ {
			if c := v.s[p]; c&0xc0 != 0x80 && v.known(v.s[lo:p]) && l.edge(p) {
				return true
			}
		}
	}
	return false
}

// notes reads the line by the grammar of notes: brackets, labels, 由X牵头,Y配合. Notes at
// its ends are no part of what is to be done.
func (l *liner) notes() {
	v := l.v
	type part struct {
		role docket.PartyRole
		name string
	}
	seen := map[part]bool{}
	l.r = l.reader()
	for _, n := range Notes(v.src, l.ctx) {
		if len(l.r.parties) >= maxParts {
			return
		}
		for _, p := range n.Parties {
			if key := (part{p.Role, p.Name}); !seen[key] {
				seen[key] = true
				l.r.parties, l.r.said = append(l.r.parties, p), append(l.r.said, byWord)
			}
		}
		l.r.findings = append(l.r.findings, n.Findings...)
		lo, hi := v.at(n.Outer.Start), v.at(n.Outer.End)
		switch {
		case lo <= l.lo && hi > l.lo:
			l.lo, _ = v.trim(min(hi, l.hi), l.hi, ",;。:")
		case hi >= l.hi && lo > l.lo:
			_, l.hi = v.trim(l.lo, lo, ",;。:")
		}
	}
}

// who reads the names at the head of the line, else those at its tail.
func (l *liner) who() {
	l.skipDues()
	head := l.v.s[l.lo:min(l.hi, l.lo+maxHead)]
	han := hasHan(head)
	if han {
		l.headHan()
		l.tailHan()
		l.others()
	}
	if !han || len(l.r.parties) == 0 {
		l.headEnglish()
		l.tailEnglish()
	}
}

// dueAt finds the deadline that begins at byte i.
func (l *liner) dueAt(i int) (dated, bool) {
	for lo, hi := 0, len(l.dues); lo < hi; {
		mid := (lo + hi) / 2
		switch d := l.dues[mid]; {
		case d.lo == i:
			return d, true
		case d.lo < i:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return dated{}, false
}

// beforeDue may stand between a name and its deadline.
var beforeDue = pattern.New(`^(?:[,:、 ]|要求|必须|务必|确保|力争|争取|最迟|不迟于|务|要|应当?|须|需|将|于|在|到|至|得)*`)

// skipDues passes over the deadlines at the head of what is left. Right behind a name a
// day or a term needs no word to make it a limit: 市教育局12月20日报方案.
func (l *liner) skipDues() {
	v := l.v
	for range maxParts {
		at := l.lo + len(beforeDue.FindString(v.s[l.lo:min(l.hi, l.lo+90)]))
		d, ok := l.dueAt(at)
		if !ok && len(l.r.parties) > 0 {
			d, ok = l.toldDue(at)
		}
		if !ok || d.hi > l.hi {
			return
		}
		l.lo, _ = v.trim(d.hi, l.hi, ",:、")
	}
}

// toldDue reads a deadline that only its place makes one, and keeps it in order.
func (l *liner) toldDue(at int) (dated, bool) {
	if l.speech == Commends {
		return dated{}, false
	}
	r := &dueReader{v: l.v, s: l.v.s, issued: l.ctx.Issued, told: true}
	c := firstRune(l.v.s[at:l.hi])
	if c < 0x80 && (c < '0' || c > '9') {
		return dated{}, false
	}
	if _, ok := r.try(at, c, 0); !ok || len(r.out) == 0 {
		return dated{}, false
	}
	r.finish()
	d := r.out[0]
	i := 0
	for i < len(l.dues) && l.dues[i].lo < d.lo {
		i++
	}
	if i < len(l.dues) && l.dues[i].lo < d.hi {
		return dated{}, false
	}
	l.dues = append(l.dues[:i], append([]dated{d}, l.dues[i:]...)...)
	return d, true
}

// limited takes the deadlines out and reports whether anything is left.
func (l *liner) limited() bool {
	l.limits()
	return runes(l.v.s[l.lo:l.hi]) >= 2
}

// afterDue is what may close a line behind its deadline and adds nothing.
var afterDue = pattern.New(`^(?:全面|全部|务必|必须|要)?(?:完成|办结|落实到位|完成任务|整改到位|到位)?$`)

// limits takes the deadlines at both ends out of what is to be done.
func (l *liner) limits() {
	v := l.v
	l.skipDues()
	for range maxParts {
		lo, hi := v.trim(l.lo, l.hi, ",;。.:(")
		l.lo, l.hi = lo, max(lo, hi)
		last := dated{lo: -1}
		for i := len(l.dues) - 1; i >= 0 && last.lo < 0; i-- {
			if d := l.dues[i]; d.hi <= l.hi && d.lo > l.lo {
				last = d
			}
		}
		if last.lo < 0 || !afterDue.MatchString(strings.Trim(v.s[last.hi:l.hi], " )")) {
			return
		}
		head := strings.TrimRight(v.s[l.lo:last.lo], " ")
		han := hasHan(v.s[last.lo:last.hi])
		what := tailPre.ReplaceAllString(head, "")
		if han && !strings.HasPrefix(head[len(what):], ",") && !endsAny(what, ";", "(", ":", "。") {
			return // 学校12月底前完成: the deadline stands inside the sentence
		}
		l.hi = l.lo + len(what)
	}
}
