package phrase

import (
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	// orderWith stands before those who help.
	orderWith = pattern.New(`^(?:会同|联合|协同|商|携手|与)`)
	// orderTogether may close a list of those who help: 与市财政局一起.
	orderTogether = pattern.New(`^(?:一起|共同|一道)`)
	// orderJoint stands between names.
	orderJoint = pattern.New(`^(?:[、,; ]|以及|和|及|与|并|暨|还有)+(?:由|请)?`)
	// orderRole is a role word right behind its names.
	orderRole = pattern.New(`^(?:(` + leadVerb + `)|(` + partVerb + `)|(` + helpVerb + `)|(` + joinVerb + `)|(` + guideVrb + `)|(负责))`)
	// promises makes the one named before it somebody who gave his word.
	promises = pattern.New(`^(?:现场|当场|公开|,)*(?:承诺|保证|表态|表示|立下军令状)(?:要|将|会)?[,:]?`)
	// ought stands before the deed and adds nothing.
	ought = pattern.New(`^(?:应当?|须|必须|务必|要)`)
	// isPost goes on from a unit to a person of it.
	isPost = pattern.New(`^(?:局长|主任|部长|处长|科长|主席|书记|市长|县长|区长|厅长|副|同志)`)
	// doesFirst begins a line that names nobody: 新建养老服务中心5个.
	doesFirst = pattern.New(`^(?:新建|建成|建好|建设|改造|完成|召开|举办|打造|启动|整治|修复|修建|新增|开工|拿出|报送|上报|继续|全面|全力|确保|力争|关于|对于|凡|把|为|办好|用好|管好|抓紧|争取)`)
	// mayFollow may stand right behind a name.
	mayFollow = pattern.New(`^(?:` + toldVerbs + `|要|应|须|需|必须|务必|负责|牵头|配合|协助|协同|参与|参加|指导|承诺|保证|表态|拿出|建成|报|分别|各|再|不|也|都|还|可|把|继续|全面|全力|年底|月底|新增|改造|督促|主动|修改|启动|召开|做|上报|发|出|整改|排查|核|查|的|一起|共同|[,、;:。()]|和|与|及|以及|关于|方案|汇报)`)
)

// headHan reads X会同Y, X、Y, 各单位 at the head of a Chinese line.
func (l *liner) headHan() {
	v, r := l.v, l.r
	var group []item
	role, how := unsaid, byNone
	flush := func(as docket.PartyRole, by said) {
		for _, it := range group {
			r.add(it, as, by)
		}
		group = nil
	}
	at := l.lo
	for range maxParts {
		from := at + len(orderJoint.FindString(v.s[at:min(l.hi, at+30)]))
		if len(r.parties) == 0 && len(group) == 0 {
			from = at
		}
		if w := orderWith.FindString(v.s[from:l.hi]); w != "" && (len(group) > 0 || len(r.parties) > 0) {
			if end := l.nameAt(from + len(w)); end > 0 {
				if role == unsaid && len(group) > 0 {
					flush(docket.Lead, byWord)
				} else {
					flush(role, how)
				}
				role, how = docket.Support, byWord
				group = l.items(from+len(w), end)
				at = end + len(orderTogether.FindString(v.s[end:l.hi]))
				continue
			}
		}
		if m := orderRole.FindStringSubmatchIndex(v.s[at:min(l.hi, at+90)]); m != nil && len(group) > 0 && !notAfter.MatchString(v.s[at+m[1]:l.hi]) {
			as, by := l.roleOf(m), byWord
			if as == unsaid {
				by = byVerb
			}
			if as == docket.Support { // X配合Y: Y leads
				if end := l.nameAt(at + m[1]); end > 0 {
					flush(as, by)
					role, how = docket.Lead, byWord
					group, at = l.items(at+m[1], end), end
					continue
				}
			}
			flush(as, by)
			role, how = unsaid, byNone
			at += m[1]
			continue
		}
		end := l.nameAt(from)
		if end == 0 || at > l.lo && from == at && !v.gap[at] && !r.knows(v.s[from:end]) {
			break // 市总工会职工驿站: the words go on, no second name
		}
		both := orderTogether.FindString(v.s[end:l.hi])
		if both != "" && len(group) > 0 { // X与Y一起
			flush(docket.Lead, byWord)
			role, how = docket.Support, byWord
		}
		group = append(group, l.items(from, end)...)
		at = end + len(both)
		if d, ok := l.dueAt(at); ok {
			if m := orderJoint.FindString(v.s[d.hi:l.hi]); m == "" && orderWith.MatchString(v.s[d.hi:l.hi]) {
				at = d.hi // X 12月20日前 会同 Y …
			}
		}
	}
	flush(role, how)
	if len(r.parties) == 0 {
		return
	}
	if l.speech == Agrees {
		for i := range r.parties {
			r.parties[i].Unsure = true
		}
		return // 原则同意市教育局方案: the name says whose
	}
	if isPost.MatchString(v.s[at:l.hi]) {
		return
	}
	l.lo, _ = v.trim(l.beside(at), l.hi, ",:、")
	l.skipDues()
	if m := ought.FindString(v.s[l.lo:l.hi]); !strings.HasPrefix(v.s[l.lo:l.hi], "要求") {
		l.lo += len(m)
	}
	if m := promises.FindString(v.s[l.lo:l.hi]); m != "" && len(m) < l.hi-l.lo {
		l.lo += len(m)
		if l.speech == "" {
			l.speech = Commits
		}
		l.skipDues()
	}
}

// beside reads who helps in a bracket right behind the names: 市残联（市民政局配合）.
func (l *liner) beside(at int) int {
	v := l.v
	if at >= l.hi || v.s[at] != '(' {
		return at
	}
	end := strings.IndexByte(v.s[at:min(l.hi, at+maxHead)], ')')
	if end < 0 {
		return at
	}
	r := l.reader()
	r.read(at+1, at+end, unsaid)
	if r.spoke == 0 || r.refused > 0 {
		return at
	}
	l.r.parties, l.r.said = append(l.r.parties, r.parties...), append(l.r.said, r.said...)
	l.r.findings = append(l.r.findings, r.findings...)
	return at + end + 1
}

func (l *liner) roleOf(m []int) docket.PartyRole {
	for g := 1; g < len(m)/2; g++ {
		if m[2*g] >= 0 {
			return []docket.PartyRole{docket.Lead, docket.Several, docket.Support, docket.Participate, docket.Guide, unsaid}[g-1]
		}
	}
	return unsaid
}

// items are the names of a range that nameAt found: usually one.
func (l *liner) items(lo, hi int) []item {
	out := l.v.list(lo, hi)
	for i := range out {
		if out[i].kind != groupName {
			out[i].kind = unitName
		}
	}
	return out
}

// edge reports whether a name may end at byte p.
func (l *liner) edge(p int) bool {
	v := l.v
	if p >= l.hi || v.gap[p] {
		return true
	}
	if _, ok := l.dueAt(p); ok {
		return true
	}
	if v.s[p] < 0x80 {
		return !isWord(rune(v.s[p]))
	}
	return mayFollow.MatchString(v.s[p:min(l.hi, p+30)])
}

// maxName bounds in bytes the longest name of a line.
const maxName = 140

// nameAt finds where the name that begins at lo ends, 0 for none. A name of the directory
// counts, the longest of them; else one by its form: a department, or a unit or group
// that an edge follows. A part of it may stand behind: 市政府 goes on as 市政府研究室.
func (l *liner) nameAt(lo int) int {
	v := l.v
	known, firm, weak := 0, 0, 0
	verb := doesFirst.MatchString(v.s[lo:l.hi])
	for i, c := range v.s[lo:min(l.hi, lo+maxName)] {
		p := lo + i + utf8.RuneLen(c)
		if c == utf8.RuneError || strings.ContainsRune(",;。:\n、!?", c) {
			break
		}
		if _, due := l.dueAt(lo + i); due || i > 0 && v.gap[lo+i] && firm > 0 {
			break
		}
		s := v.s[lo:p]
		if runes(s) < 2 {
			continue
		}
		if v.known != nil && (p >= l.hi || c >= 0x80 || !isWord(rune(v.s[p]))) && (v.known(s) || v.known(v.name(lo, p))) {
			known = p
		}
		switch dept := isTail(departments, s) || isTail(partyOrgans, s); {
		case dept && !stopWords.MatchString(s) && (firm == 0 || l.goesOn(firm, p) || runes(v.s[firm:p]) <= 3 && !levelStart.MatchString(v.s[firm:p])):
			firm = p
		case verb || !unitEndings.ends(s) && !placeEndings.ends(s) && !groupWords.MatchString(s) || !whole(s):
		case firm == 0 && l.edge(p), firm > 0 && l.goesOn(firm, p) && l.edge(p):
			firm = p
		case firm == 0 && weak == 0 && runes(s) >= 3 && (strongEndings.ends(s) || l.speech == Commends && zone.MatchString(s)):
			weak = p
		}
	}
	if weak > 0 && firm > weak && !l.goesOn(weak, firm) && !isTail(departments, v.s[lo:firm]) {
		firm = weak
	}
	if known == 0 && firm == 0 {
		return weak
	}
	return max(known, firm)
}

// strongEndings make a unit even where nothing tells that the name has ended.
var strongEndings = endings("局 委 厅 办 总工会 妇联 残联 集团 公司 政府 管委会 街道 委员会 办事处 办公室 指挥部 支队")

// goesOn reports whether what follows a name up to p is a part of it: 研究室, 宣传部.
func (l *liner) goesOn(end, p int) bool {
	more := l.v.s[end:p]
	if saysRole.MatchString(more) {
		return false
	}
	if more == "会" || more == "员会" {
		return strings.HasSuffix(l.v.s[:end], "委")
	}
	return section.MatchString(more) || isTail(partyOrgans, more) || strings.HasPrefix(more, "(") && strings.HasSuffix(more, ")")
}

// tailHan reads …，由X牵头，Y配合 and …，会同Y at the end of a Chinese line.
func (l *liner) tailHan() {
	v := l.v
	var found []docket.Party
	var how []said
	for range maxParts {
		floor := max(l.lo, l.hi-maxHead)
		i := strings.LastIndexAny(v.s[floor:l.hi], ",;。")
		if i < 0 {
			break
		}
		_, n := utf8.DecodeRuneInString(v.s[floor+i:])
		sub := *l
		sub.lo, sub.r, sub.speech = floor+i+n, l.reader(), ""
		if m := tailOpening.FindString(v.s[sub.lo:sub.hi]); m != "" {
			sub.lo += len(m)
		}
		role := unsaid
		if w := orderWith.FindString(v.s[sub.lo:sub.hi]); w != "" {
			sub.lo, role = sub.lo+len(w), docket.Support
		}
		if sub.lo >= sub.hi {
			break
		}
		sub.headHan()
		if len(sub.r.parties) == 0 || strings.Trim(v.s[sub.lo:sub.hi], " ,。落实工作") != "" {
			break
		}
		if role == unsaid && sub.r.said[0] == byNone && len(l.r.parties) > 0 {
			break
		}
		for k := range sub.r.parties {
			if role != unsaid && sub.r.parties[k].Role == unsaid {
				sub.r.parties[k].Role, sub.r.said[k] = role, byWord
			}
		}
		found, how = append(sub.r.parties, found...), append(sub.r.said, how...)
		l.r.findings = append(l.r.findings, sub.r.findings...)
		l.hi = floor + i
	}
	l.r.parties, l.r.said = append(l.r.parties, found...), append(l.r.said, how...)
}

var tailOpening = pattern.New(`^(?:由|请|并请|并由)+`)

// helps is a part in a task that is help for another's: 市财政局保障资金.
var helps = pattern.New(`^(?:要|应|须|负责|做好|予以|给予|提供|积极|全力|及时)*(?:保障|支持|协助|配合|资金|经费|服务保障|技术支持)`)

// others reads the units inside the line that have a part of their own: …，市财政局保障资金.
// Who helps supports; where the parts are equal, each answers for its own.
func (l *liner) others() {
	v := l.v
	if l.speech == Commends {
		return
	}
	equal, none := false, len(l.r.parties) == 0
	for i := l.lo; i < min(l.hi, l.lo+maxHead) && len(l.r.parties) < maxParts; i++ {
		if c := v.s[i]; c != ',' && c != ';' {
			continue
		}
		at := i + 1 + len(tailOpening.FindString(v.s[i+1:l.hi]))
		if none && at == i+1 {
			continue // only who is asked (…，由X修改后印发) leads
		}
		end := l.nameAt(at)
		if end == 0 || !official.MatchString(v.s[at:end]) && !l.r.knows(v.s[at:end]) || strings.HasPrefix(v.s[end:], "的") {
			continue
		}
		if none { // 关于学位问题，请X会同Y提出方案: the topic stays with the text
			sub := *l
			sub.lo = at
			sub.headHan()
			l.speech = sub.speech
			return
		}
		role := docket.Several
		if helps.MatchString(v.s[end:l.hi]) {
			role = docket.Support
		}
		equal = equal || role == docket.Several
		for _, it := range l.items(at, end) {
			l.r.add(it, role, byWord)
		}
	}
	if !equal {
		return
	}
	for i := range l.r.parties {
		if p := &l.r.parties[i]; p.Role == unsaid || p.Role == docket.Lead {
			p.Role, l.r.said[i] = docket.Several, byWord
		}
	}
}

func (r *reader) knows(s string) bool { return r.v.known != nil && r.v.known(s) }
