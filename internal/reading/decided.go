package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

var (
	// decides leads on to what a meeting decided: 会议决定：, RESOLVED that:
	decides = pattern.Both(`(?:决定|议定|明确|要求|确定|同意)(?:事项)?(?:如下|以下(?:事项|意见)|下列事项)?[：:]$|^(?:(?:(?i:it was )?(?i:resolved|agreed)|RECOMMENDED)(?:\W+(?:that|That|THAT|to recommend|unanimously))*(?:\W*(?:the |The )?(?:Cabinet|Committee|Board|Council|Executive|Panel))?|Decisions?|(?:The )?(?:Cabinet|Committee|Board|Council|Executive|Panel|Members) (?:resolved|agreed|decided)(?: to)?|That (?:the )?(?:Cabinet|Committee|Board|Council|Executive|Panel))(?:\s*[:–—-][\s:–—-]*| that| That|)$`)
	// decisionsHead is a heading over decisions.
	decisionsHead = pattern.Both(`^(?:会议)?(?:议定|决定)(?:的)?事项(?:如下)?[：:]?$`)
	// demandsHead is the heading in a circular under which the telling ends.
	demandsHead = pattern.Both(`^下一?步(?:工作)?要求[。：:]?$|^(?:有关|相关|几点|工作)要求[。：:]?$`)
	// resolved is a decision in one sentence: RESOLVED – That the Director of … , It was
	// agreed that the Parks team would ….
	resolved = pattern.New(`(?m)(?:^(?:IT WAS )?(?:RESOLVED|Resolved|AGREED|Agreed)\b\W+(?i:that )|(?:^|[.;] )(?i:it was (?:unanimously )?(?:agreed|resolved|decided),? that |the (?:board|cabinet|committee|council|meeting) (?:agreed|resolved|decided) that ))`)
	// noted are decisions that leave nothing to do.
	noted = pattern.New(`(?i)\bbe (?:noted|received|approved|agreed|endorsed|adopted|accepted|acknowledged|deferred|confirmed|signed|welcomed|thanked)\b[^,;]*$|\bbe (?:re-?)?(?:appointed|nominated|elected)\b|^(?:that )?(?:to )?(?:notes?|receives?|welcomes?|endorses?|thanks?|acknowledges?|approves?|agrees?|adopts?|supports?)\b[^;]*$`)
	// told is who is told to do what in an English decision: "the Head of Finance identify …".
	told = pattern.New(`^(?:(?i:that) )?(?:(?i:the) )?((?:(?:convener|chair|clerk|head|leader) of (?:the )?)?[A-Z][A-Za-z&'’() -]{2,70}?)(?:, in consultation with (?:the )?([A-Z][^,;.]{2,70}),)? (?:` + phrase.BeAsked + `|(?:(?:would|will|should|shall|must)(?: be (?:asked|requested) to)? )?(?:` + phrase.Bare + `)|(?:would|will|shall|must|is to) [a-z]+)\b`)
)

// decisions marks the clauses that a meeting decided, or an inquiry recommends:
// they ask for something whatever the voice of the paper around them.
func (r *reader) decisions() {
	r.hearMinutes()
	run := map[int]label{}  // the last item of a list of decisions
	leadIn := -2            // the last paragraph that leads on to decisions
	leads := map[int]bool{} // headings whose last plain paragraph leads on to decisions
	for c := range r.clauses {
		cl, nd := &r.clauses[c], &r.nodes[c]
		text := strings.TrimSpace(cl.Text[r.wordsFrom(c):])
		mine := r.lang == "en" || r.regions[nd.reg].voice == directive
		switch {
		case r.regions[nd.reg].voice == narrative && nd.label.style != "" && demandsHead.MatchString(text):
			leads[c] = true
		case nd.row == nil && nd.label.style != "" && !mine && cl.Parent >= 0 && leads[cl.Parent]:
			nd.decided = true
		case nd.row != nil || cl.Kind == docket.KindFurniture || !mine:
		case nd.label.style == "" && cl.Kind == docket.KindText:
			leads[cl.Parent] = decides.MatchString(text)
			if leads[cl.Parent] {
				leadIn = c
			}
		case nd.label.style == "recommendation":
			nd.decided = strings.ContainsAny(cl.Text[:r.wordsFrom(c)], ":.–—-") || r.lang == "en" && told.MatchString(text)
		case nd.label.style != "":
			leads[c] = decisionsHead.MatchString(text)
			if was := run[cl.Parent]; nd.label.style == was.style && nd.label.n == was.n+1 || leadIn == c-1 {
				leads[cl.Parent] = true // a paragraph between two items does not end their list
			}
			if leads[cl.Parent] {
				run[cl.Parent] = nd.label
			}
			nd.decided = leads[cl.Parent] && !(r.lang == "en" && r.moot(c, text))
		}
		if r.lang == "en" && resolved.MatchString(cl.Text) && !decides.MatchString(text) && !r.moot(c, text) {
			nd.decided = true
		}
	}
}

// subject is the post or unit that an item of an English plan says will act, and
// with whom: "The Chief Executive, working with the Director of Finance, will report".
//
// A limit may stand before it: "Within 60 days of …, the Administrator of …, in
// consultation with the Secretary of …, shall issue".
var subject = pattern.New(`^\s*(?:(?:Within|By|Before|In|No later than|Not later than|On or before|From|Starting|Beginning) [^;\n]{3,110}?, )?(?:(?i:the) )?([A-Z][A-Za-z&'’ -]{2,70}?)(?:,? (?:working |together |jointly |in (?:partnership|consultation|coordination|collaboration|cooperation|conjunction) )?with (?:the )?([A-Z][^,;.]{2,70}?),?)? (?:will|shall|must|is to)(?: [a-z]+ly)? [a-z]`)

// proposal is a decision on what a unit brought before the meeting, which takes it
// further: 会议原则同意县住建局提交的…, 会后修改完善.
var proposal = pattern.Both(`会议(?:原则(?:上)?|一致)?(?:同意|通过|审议通过)了?([^，。；,;《》的]{2,40}?)(?:关于|提出的?|提交的?|起草的?|拟[定订]的?|制定的?|汇报的?|所提)`)

// bareKind is the kind of a body and no name: the Ministry will ….
var bareKind = pattern.New(`^(?:Ministry|Department|Agency|Office|Bureau|Institute|College|Service|Division|Unit)$`)

// runIn is a title at the head of a paragraph, and the first item's letter behind it:
// Actions. (a) Within 60 days ….
var runIn = pattern.New(`^\s*[A-Z][A-Za-z ,&'’-]{2,70}\.\s+(?:\([a1i]\)\s+)?`)

// post is a word of the names that may be such a subject: the body itself ("the
// Council will") is none.
var post = pattern.New(`\b(?:Director|Head|Chief|Officer|Manager|Lead|Team|team|Department|Directorate|Division|Unit|Service|Services|Secretary|Commissioner|Administrator|Minister|Ministry|Agency|Office|Bureau|Treasurer|Coordinator|Superintendent|Comptroller|General|Clerk|College|Institute)\b`)

// subjects reads who the items of a plan say will act; in Chinese only where nothing in
// that stretch bears a note: beside noted clauses such a sentence is the frame
// (各乡镇要高度重视).
func (r *reader) subjects() {
	noted := make([]bool, len(r.regions))
	for c := range r.clauses {
		noted[r.nodes[c].reg] = noted[r.nodes[c].reg] || r.tells(c) || r.nodes[c].row != nil
	}
	for c := range r.clauses {
		text, nd := r.clauses[c].Text, &r.nodes[c]
		if noted[nd.reg] && r.lang == "zh" || nd.label.style == "" || len(nd.notes) > 0 || r.regions[nd.reg].voice != directive || !mayTell.MatchString(text) {
			continue
		}
		from := r.wordsFrom(c)
		if r.lang == "zh" {
			ps := phrase.Told(text[from:], r.context(docket.Lead))
			if m := proposal.FindStringSubmatchIndex(text[from:]); m != nil && len(ps) == 0 {
				ps = r.named(text, from, m, docket.Lead)
			}
			r.acts(c, from, ps)
			continue
		}
		if m := charges.FindStringSubmatchIndex(text[from:]); m != nil {
			r.acts(c, from, r.named(text, from, m, docket.Lead, docket.Participate))
			continue
		}
		m := subject.FindStringSubmatchIndex(text[from:])
		if m == nil {
			from += len(runIn.FindString(text[from:]))
			m = subject.FindStringSubmatchIndex(text[from:])
		}
		if m != nil && !bareKind.MatchString(text[from+m[2]:from+m[3]]) && post.MatchString(text[from+m[2]:from+m[3]]) {
			r.acts(c, from, r.named(text, from, m, docket.Lead, docket.Support))
		}
	}
}

// actors reads who acts in the sentences of tasks that name nobody beside noted ones:
// （五）网络安全。省委网信办会同省公安厅…. It makes no task of what is none.
func (r *reader) actors() {
	if r.lang != "zh" {
		return
	}
	for c := range r.clauses {
		cl, nd := &r.clauses[c], &r.nodes[c]
		if nd.row != nil || len(cl.Tasks) != 1 || len(nd.notes) > 0 || r.regions[nd.reg].voice != directive || len(cl.Tasks[0].Parties) > 0 {
			continue
		}
		from := cl.Tasks[0].Span.Start
		ps := phrase.Told(cl.Text[from:cl.Tasks[0].Span.End], r.context(docket.Lead))
		r.locate(c, ps, nil, from)
		cl.Tasks[0].Parties = ps
	}
}

// mayGroup is a cheap test for a group.
var mayGroup = pattern.Both(`各|有关|相关|地方|成员单位`)

// groups reads, for the tasks nobody is named for, the group that is told to act; it
// makes no task of what is none.
func (r *reader) groups() {
	for c := range r.clauses {
		cl, nd := &r.clauses[c], &r.nodes[c]
		if r.lang != "zh" || nd.row != nil || len(cl.Tasks) != 1 || len(cl.Tasks[0].Parties) > 0 {
			continue
		}
		t := &cl.Tasks[0]
		own := cl.Text[t.Span.Start:t.Span.End]
		if !mayGroup.MatchString(own) {
			continue
		}
		ps, fs := phrase.ToldGroup(own, r.context(docket.Several))
		r.locate(c, ps, fs, t.Span.Start)
		t.Parties, t.Findings = ps, append(t.Findings, fs...)
	}
}

// named reads the names that the groups of a match hold, a role for each group.
func (r *reader) named(text string, from int, m []int, roles ...docket.PartyRole) (ps []docket.Party) {
	for i, role := range roles {
		if a, b := m[2*i+2], m[2*i+3]; a >= 0 {
			more, _ := phrase.Parties(text[from+a:from+b], r.context(role))
			r.shift(more, a)
			ps = append(ps, more...)
		}
	}
	return ps
}

// commanded reads who is told to act in a decision that names no role: 由X根据…,
// 责成X于…, "the Director of Housing report back".
func (r *reader) commanded(c int) {
	text, nd := r.clauses[c].Text, &r.nodes[c]
	if !nd.decided || len(nd.notes) > 0 {
		return
	}
	from := r.wordsFrom(c)
	if m := resolved.FindStringIndex(text); m != nil {
		from = m[1]
	}
	from += len(text[from:]) - len(strings.TrimLeft(text[from:], " \n"))
	var ps []docket.Party
	if r.lang == "zh" {
		ps = phrase.Told(text[from:], r.context(docket.Lead))
	} else {
		ps = r.charged(text, from)
	}
	if more, at := r.promises(c); len(more) > 0 {
		ps, from = more, at
	}
	r.acts(c, from, ps)
}

// acts notes who acts: those read from the words of clause c behind byte from.
func (r *reader) acts(c, from int, ps []docket.Party) {
	if len(ps) == 0 {
		return
	}
	r.locate(c, ps, nil, from)
	at := docket.Span{Start: from, End: ps[len(ps)-1].From.Span.End}
	r.nodes[c].notes = append(r.nodes[c].notes, note{Note: phrase.Note{Outer: at, Inner: at, Parties: ps}, kind: ahead})
}

func (r *reader) shift(ps []docket.Party, by int) {
	for i := range ps {
		ps[i].From.Span = shift(ps[i].From.Span, by)
	}
}
