package phrase

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// Labels of English plans (field.md §5.4), in the order of englishRoles. A colon
// is required: most of these words are ordinary English.
var englishLabel = pattern.New(`^(?i:(?:` +
	`(lead(?: (?:officer|agency|department|team|service|service area|unit|body|partner|organi[sz]ation|directorate))?|(?:lead )?responsib(?:le|ility)(?: (?:officers?|officials?|teams?|departments?|body|bodies|agency|agencies|owner|unit|service|party|parties|manager|minister|organi[sz]ations?))?|(?:agency|officer|department|body|person) responsible|(?:action |task |delivery )?owner|accountable(?: (?:officer|owner|body))?|sro|senior responsible owner|delivered by|led by|who|team)|` +
	`((?:key |delivery |supporting |other )*(?:partners?|contributors?|stakeholders?)(?: (?:organi[sz]ations?|agencies))?|support(?:ing|ed by)?(?: (?:agencies|departments?|teams?|services?|officers?|units?))?|with)|` +
	`(consultees?|consult(?:ed)?|informed|participants?)|` +
	`(overseen by|oversight|advised by|governance)|` +
	`(cabinet member|lead member|portfolio holder|(?:executive )?sponsor|political lead)|` +
	`(time ?scales?|time ?frames?|time ?lines?|timing|target(?: date)?|by when|when|by|deadline|due(?: date)?|(?:implementation|completion|start|end) date|milestones?|status|priority|risk|cost|budget|funding|measure(?:ment)?|success measure|outcome|reporting(?: mechanism)?))) ?: ?`)

var englishRoles = []docket.PartyRole{docket.Lead, docket.Support, docket.Participate, docket.Guide, docket.LeaderRole, noRole}

func englishRole(m []int) docket.PartyRole {
	for g := 1; g < len(m)/2; g++ {
		if m[2*g] >= 0 {
			return englishRoles[g-1]
		}
	}
	return unsaid
}

// englishLink is a phrase between two groups of names; its groups are in the
// order of linkRoles. Those that stand behind their names (to lead) come last.
var englishLink = pattern.New(`(?i:(?:^|[ ,])(?:and )?(?:` +
	`(led by|to be led by|lead by|delivered by|(?:is )?the responsibility of|responsibility of)|` +
	`((?:jointly )?supported by|\(with|(?:with|and) (?:the )?support (?:from|of)|with (?:input|help|assistance) from|in (?:partnership|collaboration|conjunction|association|cooperation) with|working (?:jointly |closely )?with|together with|alongside|jointly with|with)|` +
	`(in consultation with|consulting(?: with)?|with advice from)|` +
	`(overseen by|under the (?:guidance|oversight|direction) of|advised by)|` +
	`((?:will |shall |to )?(?:jointly )?leads?(?: on(?: this)?)?|(?:is|are) (?:jointly )?responsible|to deliver|responsible)|` +
	`(to support|supports?|will support|shall support|supporting)|(to (?:be )?consult(?:ed)?)` +
	`)(?:[ ,;.]|$))`)

var linkRoles = []docket.PartyRole{docket.Lead, docket.Support, docket.Participate, docket.Guide, docket.Lead, docket.Support, docket.Participate}

// behindNames is the first group of englishLink whose words follow their names.
const behindNames = 4

// english reads a statement without Chinese: X to lead, supported by Y and Z.
func (r *reader) english(lo, hi int, role docket.PartyRole, how said) {
	lo, hi = r.v.trim(lo, hi, ",.;:*|—")
	if lo >= hi {
		return
	}
	links := englishLink.FindAllStringSubmatchIndex(r.v.s[lo:hi], -1)
	pos, next := lo, role
	for _, m := range links {
		group := 0
		for g := 1; g < len(m)/2; g++ {
			if m[2*g] >= 0 {
				group = g - 1
			}
		}
		wlo, whi := lo+m[2*(group+1)], lo+m[2*(group+1)+1]
		if wlo < pos {
			continue
		}
		if v := r.v.s[wlo:whi]; v == "Lead" && whi == hi && how != byNone {
			continue // a post: Transport Planning Lead
		}
		if group >= behindNames {
			if !r.namesEnglish(pos, lo+m[0], linkRoles[group], byWord) {
				continue
			}
			r.spoke++
			pos, next = whi, unsaid
			continue
		}
		if strings.Trim(r.v.s[pos:lo+m[0]], " ,.;") != "" {
			if next == unsaid && linkRoles[group] != docket.Lead {
				next = docket.Lead // X, supported by Y
			}
			if linkRoles[group] != docket.Lead || pos > lo {
				r.namesEnglish(pos, lo+m[0], next, byWord)
			} else {
				r.refused++
			}
		}
		r.spoke++
		pos, next = whi, linkRoles[group]
	}
	if strings.Trim(r.v.s[pos:hi], " ,.;") == "" {
		return
	}
	if len(links) > 0 && pos > lo {
		how = byWord
		if next == unsaid { // the object of the sentence: no note of names alone
			r.refused++
			return
		}
	}
	r.namesEnglish(pos, hi, next, how)
}

// namesEnglish adds the names of an English list; it reports whether all were names.
func (r *reader) namesEnglish(lo, hi int, role docket.PartyRole, how said) bool {
	items := slices.DeleteFunc(r.v.listEnglish(lo, hi), func(it item) bool { return r.due != nil && r.isDue(it.lo, it.hi) }) // led by Highways, by the end of 2027
	ok := len(items) > 0
	for _, it := range items {
		ok = ok && it.kind != notName && (!r.strict || it.kind != looseName)
	}
	if !ok && (r.strict || len(items) == 0) {
		r.refused++
		return false
	}
	n := 0
	for _, it := range items {
		if it.kind == notName {
			r.refused++
			continue
		}
		r.add(it, role, how)
		n++
	}
	return n > 0
}

var (
	etc      = pattern.New(`(?i),?\s*(?:(?:and )?etc\.?|and others|et al\.?)$`)
	vagueEN  = pattern.New(`^(?i:(?:all|any|other|relevant|appropriate|various|each|every|key|local|external|wider|delivery|community)(?: (?:other|relevant|key|local|delivery|external|community|service|partner|government|federal))* (?:agencies|departments|services?(?: areas?)?|partners?|stakeholders|teams|organi[sz]ations|bodies|councils|directorates|units|authorities|offices|providers|groups)|partners|stakeholders|agencies|all|others|partner agencies|everyone|(?:cfo act |all )?agencies)$`)
	unitEN   = pattern.New(`(?i)\b(?:department|directorate|team|agency|councils?|offices?|officers?|services?|boards?|authority|authorities|agencies|departments|directorates|teams|ministries|committees|trusts|partnerships|universities|colleges|commission|committee|ministry|unit|division|bureau|institute|university|college|trust|partnership|group|association|society|police|director|manager|head of|chief|commissioner|secretary|administration|foundation|corporation|company|ltd|inc|nhs|hospital|group|taskforce|task force|forum|federation|union|library|museum|treasury|constabulary|registry)\b`)
	leadIn   = pattern.New(`^(?i:the |and |with |& |by |as well as )+`)
	notPlain = pattern.New(`(?i)\b(?:will|shall|must|should|have|has|been|are|is|was|were|that|which|when|if|this|these|their|its|our|we|to|by|not|see|above|below|appendix|figure|table|page|including|e\.g|i\.e|per|than|from)\b|[0-9]{3,}|[%$£€=<>“”"?!]`)
)

// listEnglish splits at commas and semicolons, and at "and" where both sides are
// names: "Energy and Sustainability Team" is one, "Housing and Finance" two.
func (v *view) listEnglish(lo, hi int) []item {
	var out []item
	depth, start := 0, lo
	cut := func(end int) {
		a, b := v.trim(start, end, ",;.*·|—")
		if strings.HasSuffix(v.s[a:b], ")") && !balanced(v.s[a:b]) {
			b-- // X (with Y)
		}
		out = v.andEnglish(out, a, b)
	}
	for i, c := range v.s[lo:hi] {
		p := lo + i
		switch c {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case ',', ';', '\n', '|', '·', '、':
			if depth == 0 && !(c == ',' && (barePost.MatchString(v.s[start:p]) || v.fieldsGoOn(start, p, hi))) {
				cut(p)
				start = p + utf8.RuneLen(c)
			}
		case '/':
			if depth == 0 && p > lo && p+1 < hi && v.s[p-1] == ' ' && v.s[p+1] == ' ' {
				cut(p)
				start = p + 1
			}
		}
	}
	cut(hi)
	return out
}

// barePost is a post whose field follows its comma: Director General, Skills.
var barePost = pattern.New(`^\s*(?i:(?:deputy |assistant |executive |strategic |corporate |service )?director(?: general)?|(?:deputy |assistant |under |associate |permanent )+secretary|(?:deputy |assistant |associate )+(?:commissioner|administrator|manager|chief)|(?:general|group|executive|senior) manager|vice[- ]president|portfolio holder|cabinet member|head of service|(?:cllr|councillor|mr|mrs|ms|dr|prof|professor|sir|dame)\.? [^,]{2,40})$`)

func (v *view) andEnglish(out []item, lo, hi int) []item {
	if m := leadIn.FindStringIndex(v.s[lo:hi]); m != nil {
		lo += m[1]
	}
	if m := etc.FindStringIndex(v.s[lo:hi]); m != nil {
		if m[0] == 0 {
			if len(out) > 0 {
				out[len(out)-1].open = true
			}
			return out
		}
		out = v.andEnglish(out, lo, lo+m[0])
		out[len(out)-1].open = true
		return out
	}
	if lo >= hi {
		return out
	}
	for _, and := range []string{" as well as ", " and ", " & "} {
		for at := lo; ; {
			i := strings.Index(v.s[at:hi], and)
			if i < 0 {
				break
			}
			at += i
			left, right := v.s[lo:at], v.s[at+len(and):hi]
			if balanced(left) && v.parts(left, right, and) {
				out = append(out, item{lo: lo, hi: at, kind: kindEnglish(left)})
				return v.andEnglish(out, at+len(and), hi)
			}
			at += len(and)
		}
	}
	return append(out, item{lo: lo, hi: hi, kind: kindEnglish(v.s[lo:hi])})
}

// parts reports whether "left and right" are two names. The directory decides
// where it knows them; the grammar does elsewhere.
func (v *view) parts(left, right, and string) bool {
	if v.known != nil {
		if v.known(left + and + right) {
			return false
		}
		if v.known(left) && v.known(right) {
			return true
		}
	}
	return partEnglish(left, right, and)
}

// partEnglish reports whether "left and right" are two names by their words alone.
func partEnglish(left, right, and string) bool {
	if s := left + and + right; tiers.FindString(s) == s {
		return false
	}
	if kindEnglish(left) == notName || kindEnglish(right) == notName {
		return false
	}
	l, r := unitEN.MatchString(left), unitEN.MatchString(right)
	if vagueEN.MatchString(right) || vagueEN.MatchString(left) {
		return true
	}
	if !r && fieldOf.MatchString(left) && !ownName.MatchString(right) {
		return false // Office of Rail and Road
	}
	if and == " & " || strings.HasPrefix(strings.ToLower(left), "director") || strings.HasPrefix(strings.ToLower(left), "head of") {
		return l && r && capital(right)
	}
	return l == r || l && !r
}

func capital(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// kindEnglish judges an English stretch as a name: capital words, a few of them,
// and no verb.
func kindEnglish(s string) nameKind {
	s = strings.TrimSpace(s)
	if vagueEN.MatchString(s) || tiers.FindString(s) == s && s != "" {
		return groupName
	}
	if len(s) < 2 || len(s) > 90 || notPlain.MatchString(s) || emptyCell.MatchString(s) || !hasLetter(s) || hasHan(s) {
		return notName
	}
	if words := strings.Fields(s); len(words) > 9 {
		return notName
	}
	switch {
	case unitEN.MatchString(s) && capital(s):
		return unitName
	case capital(s) && capitals(s):
		return placeName // a plain proper name: Housing, Northford
	}
	return looseName
}

// capitals reports whether every word but the small ones starts with a capital.
func capitals(s string) bool {
	for _, w := range strings.Fields(s) {
		switch w {
		case "and", "of", "the", "for", "in", "&", "-", "on":
			continue
		}
		if c, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "(")); unicode.IsLower(c) {
			return false
		}
	}
	return true
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }
