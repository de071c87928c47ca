package phrase

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

const (
	maxAsked = 8 // requests tried in one sentence
	maxDepth = 3 // brackets within brackets that may hold a note
)

// maxNote bounds the length of a note in bytes of folded text; a longer bracket
// is a passage of text.
const maxNote = 3000

// Notes finds every responsibility note in a clause, in order: those in
// brackets, labelled ones (牵头单位：…), and whole sentences that consist of names
// and role words. A sentence with a subject of its own is none.
func Notes(text string, ctx Context) []Note {
	v := newView(text)
	v.known = ctx.Known
	f := finder{v: v, ctx: ctx, dues: readDues(v, ctx)}
	pos := 0
	for _, b := range v.brackets() {
		if b.lo < pos {
			continue
		}
		if n, ok := f.bracket(b); ok {
			f.bare(pos, b.lo)
			f.notes = append(f.notes, n)
			pos = b.hi
		}
	}
	f.bare(pos, len(v.s))
	return f.notes
}

type finder struct {
	v     *view
	ctx   Context
	dues  []dated
	notes []Note
}

// bracketed is a pair of brackets: lo and hi include them.
type bracketed struct{ lo, hi int }

// brackets pairs the round brackets of the folded text, in order of their start.
// An opening bracket that is never closed ends at its line's end.
func (v *view) brackets() []bracketed {
	var out []bracketed
	var open []int
	for i := 0; i < len(v.s); i++ {
		switch v.s[i] {
		case '(':
			open = append(open, i)
		case ')':
			if n := len(open); n > 0 {
				if n <= maxDepth && i+1-open[n-1] <= maxNote {
					out = append(out, bracketed{open[n-1], i + 1})
				}
				open = open[:n-1]
			}
		}
	}
	slices.SortFunc(out, func(a, b bracketed) int { return a.lo - b.lo })
	return out
}

// bracket reads a bracket as a note, if it is one.
func (f *finder) bracket(b bracketed) (Note, bool) {
	v := f.v
	lo, hi := v.trim(b.lo+1, b.hi-1, ",。;")
	if lo >= hi || aside.MatchString(v.s[lo:hi]) && !saysRole.MatchString(v.s[lo:hi]) {
		return Note{}, false
	}
	role := unsaid
	if m := actionFor.FindStringIndex(v.s[lo:hi]); m != nil { // （Action: Department for Transport, by March 2027）
		lo, role = lo+m[1], docket.Lead
	}
	below := f.below(lo, hi)
	if len(below) > 0 {
		_, hi = v.trim(lo, lo+restBelow.FindStringIndex(v.s[lo:hi])[0], ",。;")
	}
	r := f.reader(false)
	r.read(lo, hi, role)
	if role != unsaid {
		if slices.ContainsFunc(r.parties, func(p docket.Party) bool { return kindEnglish(p.Name) == looseName }) {
			return Note{}, false // what is to be done, not who does it
		}
		r.spoke++
	}
	if len(r.parties) == 0 && r.firstLeads == nil {
		return Note{}, false
	}
	if r.spoke == 0 && !f.bareList(b, r) || r.spoke > 0 && r.refused > len(r.parties) {
		return Note{}, false
	}
	end := b.hi
	if end < len(v.s) && strings.HasPrefix(v.s[end:], "。") && b.lo > 0 && strings.HasSuffix(v.s[:b.lo], "。") {
		end += len("。")
	}
	n := f.note(r, b.lo, end, lo, hi)
	n.Below = below
	return n, true
}

// below reads who answers for all that follows a note.
func (f *finder) below(lo, hi int) []docket.Party {
	if !strings.Contains(f.v.s[lo:hi], "不再") {
		return nil
	}
	m := restBelow.FindStringSubmatchIndex(f.v.s[lo:hi])
	if m == nil {
		return nil
	}
	r := f.reader(false)
	r.read(lo+m[2], lo+m[3], unsaid)
	for i := range r.parties {
		r.parties[i].Role = docket.Several
	}
	return r.parties
}

// restBelow closes a note with who answers for all that follows: 以下均需各地区落实,不再列出.
var restBelow = pattern.New(`以下(?:各项|任务|工作|政策|措施|举措|事项|内容)*(?:均|都)(?:需|须|要|由)+(.{2,60}?)(?:负责|配合|参与|组织|贯彻|认真)*(?:落实|实施|推进)?(?:工作)?[,;](?:以下|后面)?不再(?:逐一|一一|逐项|单独|重复)*(?:列出|列明|标注|注明)`)

// aside opens a bracket that says more of the name before it: （含开发区管委会，下同）.
var aside = pattern.New(`^(?:以下|不?含|不?包括|包含|以下(?:统|简|并)?称|下称|简称)`)

// actionFor opens a bracket that says who acts on a recommendation.
var actionFor = pattern.New(`^(?i:actions?(?: by| for)?|for action(?: by)?) ?: ?`)

// bareList reports whether a bracket without a role word is a note all the same:
// it closes a sentence and names nothing but units, （市教育局、市财政局）.
func (f *finder) bareList(b bracketed, r *reader) bool {
	v := f.v
	rest := strings.TrimLeft(v.s[b.hi:], " ")
	if rest != "" && !strings.HasPrefix(rest, "\n") && !strings.HasPrefix(rest, "。") && !strings.HasPrefix(rest, ";") && !strings.HasSuffix(strings.TrimRight(v.s[:b.lo], " "), "。") {
		return false
	}
	if r.refused > 0 || v.s[b.hi-2] == '(' {
		return false
	}
	bodies := slices.ContainsFunc(r.parties, func(p docket.Party) bool {
		return official.MatchString(v.s[v.at(p.From.Span.Start):v.at(p.From.Span.End)])
	})
	closed := endsSentence.MatchString(strings.TrimRight(v.s[:b.lo], " \n"))
	for _, p := range r.parties {
		name := v.s[v.at(p.From.Span.Start):v.at(p.From.Span.End)]
		k := kindOf(name)
		if !hasHan(name) {
			k = kindEnglish(name)
			if k == placeName && strings.Contains(v.s[b.lo:b.hi], ";") {
				k = unitName
			}
			closed = closed || k == unitName
		}
		if k != unitName && k != groupName || !closed && !bodies {
			return false
		}
	}
	return true
}

var (
	endsSentence = pattern.New(`[。;!?.]$`)
	// official is a name that is a government body beyond doubt.
	official = pattern.New(`^(?:省|市|区|县|州|旗|盟|国家|自治区|各|.{2,8}(?:省|市|区|县|州|旗|自治区)).*(?:部|委|局|厅|办|署|政府|管委会|办公室|委员会)$|^.{1,12}(?:部|总局|总署)$`)
)

func (f *finder) note(r *reader, outLo, outHi, inLo, inHi int) Note {
	r.resolve()
	n := Note{
		Outer: f.v.span(outLo, outHi), Inner: f.v.span(inLo, inHi),
		Parties: r.parties, Findings: r.findings, AllBelow: r.allBelow,
	}
	if r.likewise {
		n.FirstLeads = r.firstLeads
	}
	for _, d := range f.dues {
		if d.lo >= outLo && d.hi <= outHi {
			n.Dues = append(n.Dues, d.due)
		}
	}
	return n
}

// bare finds the notes of a range outside brackets: labelled statements first,
// then sentences made of names and role words only.
func (f *finder) bare(lo, hi int) {
	start := lo
	for i := lo; i < hi; {
		c, n := utf8.DecodeRuneInString(f.v.s[i:])
		if edge := i == lo || f.v.gap[i] || strings.ContainsRune("。;\n,:|", prevRune(f.v.s[:i])); edge {
			if l, ok := f.v.labelAt(i, hi); ok && l.role != noRole && f.opens(l) {
				end, ok := f.labelled(l, hi)
				if ok {
					f.sentences(start, i)
					start = end
				}
				i = end
				continue
			}
		}
		_ = c
		i += n
	}
	f.sentences(start, hi)
}

func prevRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " "))
	return r
}

// opens reports whether a label begins a note in running text: it has its colon,
// or is a whole word (责任单位) before a gap, or begins a line of a table (责任 X · 配合 Y).
func (f *finder) opens(l label) bool {
	s := f.v.s
	if l.hi < len(s) && s[l.hi] == '|' {
		return false // the head of a table's column
	}
	if s[l.hi-1] == ':' || runes(s[l.lo:l.hi]) >= 4 {
		return true
	}
	before := strings.TrimRight(s[:l.lo], " ")
	return before == "" || strings.HasSuffix(before, "\n")
}

// labelled reads consecutive labelled statements as one note and returns where
// they end. Behind a label without a colon only whole names count.
func (f *finder) labelled(first label, hi int) (int, bool) {
	v := f.v
	end := first.lo
	for i := first.lo; i < hi; {
		l, ok := v.labelAt(i, hi)
		if !ok {
			break
		}
		end = v.labelEnd(l.hi, hi)
		i = end + len(v.s[end:hi]) - len(strings.TrimLeft(v.s[end:hi], "; ,.\n|。*-"))
	}
	r := f.reader(!strings.HasSuffix(strings.TrimRight(v.s[:first.hi], " "), ":"))
	r.read(first.lo, end, unsaid)
	if len(r.parties) == 0 || r.strict && r.refused > 0 {
		return max(end, first.hi), false
	}
	n := f.note(r, first.lo, end, first.lo, end)
	n.Below = f.below(first.lo, end)
	f.notes = append(f.notes, n)
	return max(end, first.hi), true
}

func (f *finder) reader(strict bool) *reader {
	return &reader{v: f.v, heir: newHeir(f.ctx.Prefix), strict: strict, due: f.isDue}
}

// isDue reports whether a deadline stands in a range.
func (f *finder) isDue(lo, hi int) bool {
	i := sort.Search(len(f.dues), func(i int) bool { return f.dues[i].hi > lo })
	return i < len(f.dues) && f.dues[i].lo < hi
}

// labelEnd finds where the names after a label stop: at a full stop or a line's
// end. A rule "列第一位…" may follow the stop.
func (v *view) labelEnd(lo, hi int) int {
	for i := lo; i < hi; {
		c, n := utf8.DecodeRuneInString(v.s[i:])
		if c == '。' {
			if m := firstLeads.FindStringIndex(v.s[i+n : min(hi, i+n+150)]); m != nil && m[0] == 0 {
				return i + n + m[1]
			}
			return i
		}
		if c == '\n' && i > lo || c == '.' && (i+1 == hi || v.s[i+1] == ' ' && !v.labelFollows(i+2, hi)) {
			return i
		}
		i += n
	}
	return hi
}

// sentences reads the sentences of a range that are notes in themselves.
func (f *finder) sentences(lo, hi int) {
	start, depth := lo, 0
	for i, c := range f.v.s[lo:hi] {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case '.':
			if at := lo + i + 1; depth <= 0 && at < hi && f.v.s[at] == ' ' {
				f.sentence(start, lo+i)
				start = at
			}
		case '。', '\n':
			if depth <= 0 {
				f.sentence(start, lo+i)
				start = lo + i + utf8.RuneLen(c)
			}
		}
	}
	f.sentence(start, hi)
}

// labelFollows reports whether a label begins at i.
func (v *view) labelFollows(i, hi int) bool {
	_, ok := v.labelAt(min(i, hi), hi)
	return ok
}

var (
	saysRole = pattern.New(`牵头|负责|配合|主办|落实|各负其责|(?i:\bto lead\b|\bleads\b|\bled by\b|\bwill lead\b|\bresponsib)`)
	ledBy    = pattern.New(`(?i)[,;] ?((?:to be )?led by )`)
	// asksLater is a request inside a sentence.
	asksLater = pattern.New(`[,;:](?:由|请|建议由)`)
	asks      = pattern.New(`^(?:建议|拟|请|由|要)+`)
)

// sentence reads one sentence as a note: all of it, or from a trailing 由X牵头 on.
func (f *finder) sentence(lo, hi int) {
	v := f.v
	lo, hi = v.trim(lo, hi, ",;|*")
	if hi-lo < 6 || hi-lo > maxNote || !saysRole.MatchString(v.s[lo:hi]) {
		return
	}
	if asks.MatchString(v.s[lo:hi]) && f.asked(lo, hi) || f.plain(lo, hi) || f.asked(lo, hi) {
		return
	}
	if m := ledBy.FindStringSubmatchIndex(v.s[lo:hi]); m != nil && f.plain(lo+m[2], hi) {
		return
	}
	for _, m := range asksLater.FindAllStringIndex(v.s[lo:hi], maxAsked) {
		if f.asked(lo+m[0]+1, hi) {
			return
		}
	}
}

// plain takes a sentence of names, role words and deadlines, nothing else.
func (f *finder) plain(lo, hi int) bool {
	r := f.reader(true)
	r.read(lo, hi, unsaid)
	if len(r.parties) == 0 || r.spoke == 0 || r.refused > 0 {
		return false
	}
	f.notes = append(f.notes, f.note(r, lo, hi, lo, hi))
	return true
}

// asked takes the head of an instruction, 请X牵头,会同Y…, or of a rule, 市政府办公室负责…;
// the task follows.
func (f *finder) asked(lo, hi int) bool {
	v := f.v
	verbs := v.verbs(lo, hi)
	m := asks.FindStringIndex(v.s[lo:hi])
	if m == nil {
		if len(verbs) == 0 || !isDuty(v.s[verbs[0].lo:verbs[0].hi]) || !official.MatchString(v.s[lo:verbs[0].lo]) || whole(v.s[lo:hi]) {
			return false
		}
		m = []int{0, 0}
	}
	if len(verbs) == 0 || verbs[0].role != docket.Lead && verbs[0].how != byVerb && !verbs[0].together {
		return false
	}
	r := f.reader(true)
	r.statements(lo, hi, unsaid, byNone)
	if len(r.parties) == 0 || r.parties[0].From.Span.Start != int(v.from[lo+m[1]]) {
		return false
	}
	end := v.at(r.parties[len(r.parties)-1].From.Span.End)
	for _, w := range verbs {
		if w.lo >= end && w.lo < end+12 {
			end = max(end, w.hi)
		}
	}
	f.notes = append(f.notes, f.note(r, lo, min(end, hi), lo, min(end, hi)))
	return true
}

// isDuty reports whether a role word alone makes the subject of a sentence responsible.
func isDuty(verb string) bool { return verb == "负责" || verb == "牵头" || verb == "牵头负责" }

// LabelLine reads a label at the start of a line (牵头单位：). The span covers the
// label with its colon. The role is empty for labels that do not say who leads
// (责任单位): pass it on as Context.Role all the same.
func LabelLine(text string) (docket.PartyRole, docket.Span, bool) {
	head := text
	if len(head) > 400 {
		head = strings.ToValidUTF8(head[:400], "")
	}
	v := newView(head)
	lo, hi := v.trim(0, len(v.s), "*|-·")
	if l, ok := v.labelAt(lo, hi); ok && l.role != noRole {
		return l.role, v.span(l.lo, l.hi), true
	}
	return "", docket.Span{}, false
}
