package phrase

import (
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// Bare are the verbs an English decision may give without "to": RESOLVED that the
// Head of Finance identify …. They are a part of a regular expression.
const Bare = `report|bring|submit|prepare|identify|provide|review|publish|circulate|arrange|undertake|write|consult|develop|produce|present|investigate|explore|ensure|update|complete|commission|draft|negotiate|implement|establish|convene|send|share|confirm|check|set out|set up|come back|open|close|hold|begin|launch|appoint|deliver|carry out|email|contact|liaise|meet|consider|monitor|work with`

// BeAsked is how an English decision charges somebody in the passive voice.
const BeAsked = `be (?:authori[sz]ed|asked|requested|instructed|tasked|invited|directed|required|given delegated authority) to`

var (
	// orderTo stands between the names and what they are to do.
	orderTo = pattern.New(`(?i:: ?| ?[—–] |,? (?:(?:both |each |jointly )?(?:to|will|shall|must|should|would|is to|are to|needs? to|ha(?:s|ve) to|(?:is|are) asked to|` + BeAsked + `)\b ?|(?:also |jointly )?((?:(?:has|have) )?(?:commit(?:s|ted)?(?: (?:itself|themselves))? to|promise[sd]?(?: to)?|pledge[sd]?(?: to)?|undert(?:akes?|ook) to)) ))`)
	// orderBare is the same where the verb stands bare.
	orderBare = pattern.New(`(?i: )(?:` + Bare + `)\b`)
	// orderFor stands between the one praised and what for.
	orderFor = pattern.New(`(?i: (?:for|on|over)(?: (?:its|their|the))? )`)
	// helpLink stands before those who help, in a head or at the tail of a line.
	helpLink = pattern.New(`(?i:,? ?\(?(?:and )?(?:(?:working |together |jointly |in partnership )?with(?: (?:the )?(?:support|help) (?:of|from))?|(?:jointly )?supported by|alongside|assisted by) (?:the )?)`)
	leadLink = pattern.New(`(?i:,? ?\(?(?:to be )?(?:led by|lead:|lead) (?:the )?)`)
	// dutyOf is a role in words or brackets behind the names: Housing (lead), Housing to lead.
	dutyOf = pattern.New(`(?i: \((?:lead|leads|leading)\)| (?:to )?leads?(?:ing)?$)`)
)

// headEnglish reads X with Y: …, X and Y to …, Commend X for ….
func (l *liner) headEnglish() {
	v := l.v
	end := min(l.hi, l.lo+maxHead)
	links := orderTo.FindAllStringSubmatchIndex(v.s[l.lo:end], 6)
	if l.speech == Commends {
		links = orderFor.FindAllStringSubmatchIndex(v.s[l.lo:end], 3)
	} else if l.that {
		links = append(links, orderBare.FindAllStringSubmatchIndex(v.s[l.lo:end], 3)...)
		slices.SortStableFunc(links, func(a, b []int) int { return a[0] - b[0] })
	}
	for _, m := range links {
		a, b := l.lo+m[0], l.lo+m[1]
		bare := len(m) < 4 && l.speech != Commends
		if bare {
			b = a + 1
		}
		r := l.reader()
		if !l.people(r, l.lo, a) || b >= l.hi {
			continue
		}
		l.r = r
		if len(m) >= 4 && m[2] >= 0 && l.speech == "" {
			l.speech = Commits
		}
		l.lo = b
		l.skipDues()
		return
	}
	if l.speech == Commends {
		r := l.reader()
		if l.people(r, l.lo, l.hi) {
			l.r = r
			return
		}
	}
	if l.speech == Agrees || l.speech == Commends {
		l.knownHead()
	}
}

// people reads a range that must hold nothing but names: X, X and Y, X with Y and Z.
func (l *liner) people(r *reader, lo, hi int) bool {
	v := l.v
	lo, hi = v.trim(lo, hi, ",.;:")
	if lo >= hi || hi-lo > 300 {
		return false
	}
	if l.nobody(lo, hi) {
		return false
	}
	role, how := unsaid, byNone
	if m := helpLink.FindStringIndex(v.s[lo:hi]); m != nil && !r.knows(v.s[lo:hi]) {
		if m[0] == 0 || !l.list(r, lo, lo+m[0], docket.Lead, byWord) {
			return false
		}
		lo, role, how = lo+m[1], docket.Support, byWord
	}
	return l.list(r, lo, hi, role, how)
}

// list reads the names of a range; a directory's name counts however it is written.
func (l *liner) list(r *reader, lo, hi int, role docket.PartyRole, how said) bool {
	v := l.v
	if m := dutyOf.FindStringIndex(v.s[lo:hi]); m != nil {
		if !l.list(r, lo, lo+m[0], docket.Lead, byWord) {
			return false
		}
		if lo += m[1]; strings.Trim(v.s[lo:hi], " ,;") == "" {
			return true
		}
		role, how = docket.Support, byWord
	}
	items := v.listEnglish(lo, hi)
	for i := range items {
		it := &items[i]
		if r.knows(v.s[it.lo:it.hi]) {
			it.kind = unitName
		}
		if it.kind == notName || it.kind == looseName {
			return false
		}
	}
	for _, it := range items {
		r.add(it, role, how)
	}
	return len(items) > 0
}

// notPeople begins what looks like a name before a colon and is the head of a matter.
var notPeople = pattern.New(`^(?i:(?:note|item|matter|topic|re|subject|next|agenda|update|question|open|close|build|send|draft|publish|review|report|finish|complete|prepare|start|stop|deliver|we|i|he|she|they|it|this|that|there|what|why|how|no|yes|if|when|by|in principle|agreed)\b)`)

func (l *liner) nobody(lo, hi int) bool {
	s := l.v.s[lo:hi]
	return notPeople.MatchString(s) && (l.v.known == nil || !l.v.known(s))
}

// knownHead finds a name of the directory at the head: the Parks plan.
func (l *liner) knownHead() {
	v := l.v
	if v.known == nil {
		return
	}
	lo := l.lo + len(theHead.FindString(v.s[l.lo:l.hi]))
	end := 0
	for p := lo + 1; p <= min(l.hi, lo+90); p++ {
		if (p == l.hi || !isWord(rune(v.s[p]))) && isWord(rune(v.s[p-1])) && v.known(v.s[lo:p]) {
			end = p
		}
	}
	if end > 0 {
		l.r.add(item{lo: lo, hi: end, kind: unitName}, docket.Lead, byWord)
		l.r.parties[len(l.r.parties)-1].Unsure = l.speech == Agrees
	}
}

var theHead = pattern.New(`^(?i:the )`)

// tailEnglish reads …, with Finance and …, led by Housing at the end of a line, before
// or behind its deadline, and names alone in a closing bracket.
func (l *liner) tailEnglish() {
	for range 4 {
		l.limits()
		floor := max(l.lo, l.hi-200)
		if !l.bracketed(floor) && !l.tail(floor, helpLink, docket.Support) && !l.tail(floor, leadLink, docket.Lead) {
			return
		}
	}
}

// tail takes the names behind the last link, if they are all that follows it.
func (l *liner) tail(floor int, link *pattern.Pattern, role docket.PartyRole) bool {
	all := link.FindAllStringIndex(l.v.s[floor:l.hi], 12)
	if len(all) == 0 {
		return false
	}
	m := all[len(all)-1]
	lo, hi := floor+m[1], len(strings.TrimRight(l.v.s[:l.hi], " ).;"))
	if lo >= hi || floor+m[0] <= l.lo || !l.list(l.r, lo, hi, role, byWord) {
		return false
	}
	l.hi = floor + m[0]
	return true
}

// bracketed takes a closing bracket of names: 3 schools (Transport with Finance).
func (l *liner) bracketed(floor int) bool {
	v := l.v
	i := strings.LastIndexByte(v.s[floor:l.hi], '(')
	if i <= 0 || len(l.r.parties) > 0 {
		return false
	}
	end := len(strings.TrimRight(v.s[:l.hi], " )."))
	if end <= floor+i+1 || !l.people(l.r, floor+i+1, end) {
		return false
	}
	l.hi = floor + i
	return true
}
