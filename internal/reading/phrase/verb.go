package phrase

import (
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// verb is a role word found behind its names (or 会同, before them).
type verb struct {
	lo, hi   int
	role     docket.PartyRole
	how      said
	together bool
}

var (
	// notAfter are words that make a role word part of something else.
	notAfter  = pattern.New(`^(?:单位|部门|人(?:[^民]|$)|作用|工作机制|的|制|同志|领导|责任|处室|科室|能力|度)`)
	verbClose = pattern.New(`^(?:[,、;。)(\n|·]|$|和|并|会同|联合)`)
	// meets end a name that 会 may follow to join another: 市财政局会市审计局, not 人力资源社会保障局.
	meets     = pattern.New(`[局厅部署]$`)
	joinRight = pattern.New(`^(?:省|市|区|县|州|旗|盟|各|有关|相关|国家|自治区)`)
)

// verbs finds the role words of a statement, outside brackets and names: 指导 in
// 就业指导中心 is none, for no name stands before it.
func (v *view) verbs(lo, hi int) []verb {
	var out []verb
	depth, seen := 0, lo
	for _, m := range verbRE.FindAllStringSubmatchIndex(v.s[lo:hi], -1) {
		w := verb{lo: lo + m[0], hi: lo + m[1]}
		depth += strings.Count(v.s[seen:w.lo], "(") - strings.Count(v.s[seen:w.lo], ")")
		seen = w.lo
		if depth > 0 {
			continue
		}
		group := 0
		for g := 1; g < len(m)/2; g++ {
			if m[2*g] >= 0 {
				group = g - 1
			}
		}
		w.role, w.together = verbRoles[group], group == togetherGroup
		if w.role == unsaid {
			w.how = byVerb
			if t := v.s[w.lo:w.hi]; !strings.Contains(t, "负责") && (strings.HasSuffix(t, "落实") || strings.HasSuffix(t, "实施") || strings.HasSuffix(t, "推进")) {
				w.how = byPlace
			}
		}
		start := lo
		if n := len(out); n > 0 {
			start = out[n-1].hi
		}
		if v.isVerb(w, start, hi) {
			out = append(out, w)
		}
	}
	return out
}

// isVerb judges a role word by what stands around it.
func (v *view) isVerb(w verb, start, hi int) bool {
	next := v.s[w.hi:min(hi, w.hi+120)]
	before := v.s[start:w.lo]
	if notAfter.MatchString(next) {
		return false
	}
	left := lastName(before)
	if w.together {
		if v.s[w.lo:w.hi] == "会同" {
			return true
		}
		if v.s[w.lo:w.hi] == "会" && !(meets.MatchString(left) || strings.HasSuffix(left, "委") && isTail(departments, left)) {
			return false
		}
		return whole(left) && (joinRight.MatchString(next) || whole(lastName(firstName(next))))
	}
	if left == "" {
		return false
	}
	return w.role == docket.Lead || verbClose.MatchString(next) || whole(left)
}

// lastName is the name a stretch ends with: what follows its last separator.
func lastName(s string) string {
	if i := strings.LastIndexAny(s, ",;、。:\n"); i >= 0 {
		s = strings.TrimLeft(s[i:], ",;、。:\n")
	}
	if m := listLead.FindStringIndex(s); m != nil {
		s = s[m[1]:]
	}
	if m := findOpen(s); m != nil {
		s = s[:m[0]]
	}
	return strings.TrimSpace(s)
}

// firstName is what stands before the first separator.
func firstName(s string) string {
	if i := strings.IndexAny(s, ",;、。:\n"); i >= 0 {
		return s[:i]
	}
	return s
}

// stretch reads the names between two role words. Right after a role word may
// stand its object (X牵头制定方案,Y配合): that is passed over.
func (r *reader) stretch(lo, hi int, afterVerb bool) []item {
	v := r.v
	if !afterVerb || lo >= hi {
		return v.list(lo, hi)
	}
	if strings.ContainsRune(",; \n、。", firstRune(v.s[lo:hi])) || v.gap[lo] {
		return r.namesOnly(lo, hi)
	}
	items := v.list(lo, hi)
	if len(items) > 0 && (items[0].kind == unitName || items[0].kind == groupName) {
		return items
	}
	object := hi
	if i := strings.IndexAny(v.s[lo:hi], ",;\n"); i >= 0 {
		object = lo + i
	}
	r.passOver(lo, object)
	return r.namesOnly(object, hi)
}

func firstRune(s string) rune {
	c, _ := utf8.DecodeRuneInString(s)
	return c
}

// namesOnly is list without the parts that are no names at all, such as a
// deadline or an object between two groups.
func (r *reader) namesOnly(lo, hi int) []item {
	var out []item
	for _, it := range r.v.list(lo, hi) {
		if it.kind == notName || it.kind == looseName && r.isDue(it.lo, it.hi) {
			r.passOver(it.lo, it.hi)
			continue
		}
		out = append(out, it)
	}
	return out
}

// passOver leaves a stretch out; where only names are allowed, it must be a deadline.
func (r *reader) passOver(lo, hi int) {
	if r.strict && lo < hi && !r.isDue(lo, hi) {
		r.refused++
	}
}

func (r *reader) isDue(lo, hi int) bool { return r.due != nil && r.due(lo, hi) }

// clip ends a list that runs on into the sentence: 会同医政处、基卫处组成专班…
func (v *view) clip(in []item) []item {
	for i, it := range in {
		if it.kind != notName && it.kind != looseName && !runsOn.MatchString(v.s[it.lo:it.hi]) {
			continue
		}
		m := runsOn.FindStringSubmatchIndex(v.s[it.lo:it.hi])
		if m == nil || !whole(v.s[it.lo:it.lo+m[3]]) {
			return in[:i]
		}
		it.hi = it.lo + m[3]
		it.kind = kindOf(v.s[it.lo:it.hi])
		return append(append([]item(nil), in[:i]...), it)
	}
	return in
}

// runsOn splits a name from the verb after it.
var runsOn = pattern.New(`^(.+?)(?:组成|在|于|提出|制定|研究|开展|按照|按|抓|做好|尽快|负责|落实|完成|共同|认真|适时|根据|结合|推进|加强|组织|建立|形成|报|就|加快|统筹|牵头|成立|对|将|向|每|及时|进一步|抓紧|编制|印发|出台|分别|办理|起草|拟订|修订|配合|解决)`)
