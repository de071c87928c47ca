package phrase

import (
	"slices"
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// said tells how firmly the role of a read party stands.
type said uint8

const (
	byWord  said = iota // 牵头, 配合, 按职责分工负责
	byLabel             // under 责任单位, which does not tell who leads
	byVerb              // X负责
	byPlace             // X结合实际落实
	byNone              // a bare list
)

// reader reads the parties of one note.
type reader struct {
	v    *view
	heir heir
	// strict takes only what is a unit or group by its form, and counts all
	// else as refused, except the deadlines of due.
	strict bool
	// known is set where the text is known to name who is responsible.
	known    bool
	due      func(lo, hi int) bool
	parties  []docket.Party
	said     []said
	findings []docket.Finding
	// spoke counts role words and labels; refused counts stretches that stood
	// where a name should and are none.
	spoke, refused int
	firstLeads     *docket.Span
	likewise       bool
	allBelow       bool
}

// read takes in a range of labels, names and role words; role is that of the
// column or label above it.
func (r *reader) read(lo, hi int, role docket.PartyRole) {
	v := r.v
	if emptyCell.MatchString(strings.TrimSpace(v.s[lo:hi])) {
		return
	}
	if m := allBelow.FindStringIndex(v.s[lo:hi]); m != nil {
		r.allBelow = true
		lo += m[1]
	}
	if m := firstLeads.FindStringIndex(v.s[lo:hi]); m != nil {
		sp := v.span(lo+m[0], lo+m[1])
		r.firstLeads = &sp
		r.likewise = strings.HasSuffix(strings.TrimRight(v.s[lo+m[0]:lo+m[1]], "。"), "同")
		r.sections(lo, lo+m[0], role)
		r.sections(lo+m[1], hi, role)
		return
	}
	if m := likewise.FindStringIndex(v.s[lo:hi]); m != nil && m[0] > 0 {
		r.allBelow = true
		hi = lo + m[0]
	}
	r.sections(lo, hi, role)
}

// sections parts a range at its labels and reads each part under its role.
func (r *reader) sections(lo, hi int, role docket.PartyRole) {
	how, start := byNone, lo
	edge, depth := true, 0
	flush := func(end int) {
		if role != noRole {
			r.statements(start, end, role, how)
		}
	}
	for i := lo; i < hi; {
		c, n := utf8.DecodeRuneInString(r.v.s[i:])
		if depth == 0 && (edge || r.v.gap[i]) {
			if l, ok := r.v.labelAt(i, hi); ok {
				flush(i)
				role, how, start = l.role, byWord, l.hi
				if role == unsaid {
					how = byLabel
				}
				if role != noRole {
					r.spoke++
				}
				i, edge = l.hi, true
				continue
			}
		}
		switch c {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		}
		edge = strings.ContainsRune(",;:。、\n|· *-", c)
		i += n
	}
	flush(hi)
}

// statements parts a range at ; and 。 and reads each statement.
func (r *reader) statements(lo, hi int, role docket.PartyRole, how said) {
	depth, start := 0, lo
	for i, c := range r.v.s[lo:hi] {
		switch c {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case ';', '。', '\n':
			if depth == 0 {
				r.statement(start, lo+i, role, how)
				start = lo + i + utf8.RuneLen(c)
			}
		}
	}
	r.statement(start, hi, role, how)
}

// statement reads names and the role words among them: X牵头, Y会同Z负责.
func (r *reader) statement(lo, hi int, role docket.PartyRole, how said) {
	lo, hi = r.v.trim(lo, hi, ",、。")
	if lo >= hi || emptyCell.MatchString(r.v.s[lo:hi]) {
		return
	}
	if !hasHan(r.v.s[lo:hi]) {
		r.english(lo, hi, role, how)
		return
	}
	if role == docket.LeaderRole {
		r.take(r.v.list(lo, hi), role, how)
		return
	}
	verbs := r.v.verbs(lo, hi)
	if len(verbs) == 0 {
		if r.strict && how == byNone {
			r.refused++
			return
		}
		r.take(r.v.list(lo, hi), role, how)
		return
	}
	r.spoke++
	var pending []item // names before 会同, whose role the later word tells
	help := false      // between 会同 and the next role word
	pos, after := lo, false
	for _, w := range verbs {
		names := r.stretch(pos, w.lo, after)
		if w.together {
			pending = append(pending, names...)
			help, pos, after = true, w.hi, false
			continue
		}
		if help {
			r.with(pending, names, w.role)
		} else {
			r.take(names, w.role, w.how)
		}
		pending, help, pos, after = nil, false, w.hi, true
	}
	if help {
		names := r.v.clip(r.v.list(pos, hi))
		r.with(pending, names, docket.Lead)
		if n := len(names); n == 0 || names[n-1].hi < hi && !names[n-1].open {
			r.refused++
		}
		return
	}
	r.rest(pos, hi)
}

// with takes X会同Y: X has the role of the word that follows, Y supports.
func (r *reader) with(main, help []item, role docket.PartyRole) {
	if role == unsaid || role == docket.Several {
		role = docket.Lead
	}
	if len(main) == 0 && role != docket.Lead {
		r.take(help, role, byWord)
		return
	}
	r.take(main, role, byWord)
	r.take(help, docket.Support, byWord)
}

// rest reads what follows the last role word: its object, a deadline, or names
// whose role is not said. Only whole names count.
func (r *reader) rest(lo, hi int) {
	items := r.stretch(lo, hi, true)
	for _, it := range items {
		if it.kind != unitName && it.kind != groupName {
			r.refused++
			return
		}
	}
	for _, it := range items {
		r.add(it, docket.Support, byWord)
		r.parties[len(r.parties)-1].Unsure = true
	}
}

// take adds the items that may be names in this place.
func (r *reader) take(items []item, role docket.PartyRole, how said) {
	for i := range items {
		r.marked(&items[i])
	}
	solid := slices.ContainsFunc(items, func(it item) bool { return it.kind == unitName || it.kind == groupName })
	for _, it := range items {
		if r.known && local[r.v.s[it.lo:it.hi]] {
			it.kind = unitName
		}
		ok := it.kind != notName
		if it.kind == looseName {
			ok = !r.strict && (r.known || solid || how == byWord || how == byLabel)
		}
		if r.strict && it.kind == placeName {
			ok = it.tail != "" || solid
		}
		if !ok {
			if !r.isDue(it.lo, it.hi) {
				r.refused++
			}
			continue
		}
		if it.leads {
			r.add(it, docket.Lead, byWord)
			continue
		}
		r.add(it, role, how)
	}
}

// local are units of a township that have no name of their own: in prose they are a kind
// of place, under 责任单位 they are this township's.
var local = set("派出所 卫生院 服务中心 服务站")

// leadMark is a role in brackets behind a name: 县卫健局（牵头）.
var leadMark = pattern.New(`\((?:总?牵头|主办|主责|第一责任)(?:单位|部门)?\)$`)

// marked takes the mark of a lead off a name.
func (r *reader) marked(it *item) {
	if m := leadMark.FindStringIndex(r.v.s[it.lo:it.hi]); m != nil && m[0] > 0 {
		it.hi = it.lo + m[0]
		it.kind, it.leads = kindOf(r.v.s[it.lo:it.hi]), true
		r.spoke++
	}
}

// add makes a party of an item.
func (r *reader) add(it item, role docket.PartyRole, how said) {
	v := r.v
	span := v.span(it.lo, it.hi)
	written := v.src[span.Start:span.End]
	name := v.name(it.lo, it.hi)
	p := docket.Party{Role: role, Vague: it.kind == groupName, Open: it.open}
	if role != docket.LeaderRole && !p.Vague {
		if pre := r.heir.complete(v.s[it.lo:it.hi], name); pre != "" {
			r.find(docket.FindPrefixAssumed, span, "name", pre+name)
			name = pre + name
		}
	}
	name += it.tail
	p.Name = name
	if name != written {
		p.Written = written
	}
	p.From = docket.Provenance{Origin: docket.OwnWords, Span: span}
	if p.Vague {
		r.find(docket.FindVagueGroup, span, "name", name)
	}
	if p.Open {
		r.find(docket.FindOpenList, span, "name", name)
	}
	r.parties = append(r.parties, p)
	r.said = append(r.said, how)
}

func (r *reader) find(code string, span docket.Span, arg, value string) {
	sev := docket.Doubt
	if code == docket.FindPrefixAssumed {
		sev = docket.Note
	}
	r.findings = append(r.findings, docket.Finding{Code: code, Severity: sev, Field: "lead", Args: map[string]string{arg: value}, Span: &span})
}
