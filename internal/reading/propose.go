package reading

import (
	"slices"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

// propose decides which clauses are tasks, by the rules stated at voice, and
// reads them.
func (r *reader) propose() {
	type group struct{ noted, rows bool }
	groups := make([]group, len(r.regions))
	led := map[int]bool{}    // headings that say who leads, and those below them
	beside := map[int]bool{} // headings directly under which a clause bears a note
	for c := range r.clauses {
		nd := &r.nodes[c]
		if len(nd.hands) > 0 || r.clauses[c].Kind == docket.KindHeading && r.tells(c) {
			beside[c] = true
			groups[nd.reg].noted = true
		}
		if r.clauses[c].Kind == docket.KindHeading && (beside[c] || led[r.clauses[c].Parent]) {
			led[c], beside[c] = true, true // what a heading hands over reaches all that stands below
		}
		switch {
		case nd.row != nil && r.clauses[c].Kind == docket.KindClause:
			groups[nd.reg].rows = true
		case r.bearsNote(c) && r.clauses[c].Kind != docket.KindHeading:
			groups[nd.reg].noted = true
			if nd.label.style != "" {
				beside[r.clauses[c].Parent] = true
			}
		}
	}
	covering := len(r.regions) > 0 && r.covers()
	for c := range r.clauses {
		cl, nd := &r.clauses[c], &r.nodes[c]
		g, v := groups[nd.reg], r.regions[nd.reg].voice
		switch {
		case cl.Kind == docket.KindFurniture || v == glossary:
		case nd.row != nil:
			if cl.Kind == docket.KindClause && !nd.row.declined() {
				r.rowTask(c)
			}
		case r.minuted(c):
		case r.declined(c):
			if cl.Kind == docket.KindClause {
				cl.Kind = docket.KindText
			}
		case cl.Kind == docket.KindHeading:
			r.heading(c)
		case !nd.front && v != narrative && r.recordLine(c):
		case ofItself.MatchString(cl.Text[r.wordsFrom(c):]):
		case r.tells(c) && !nd.front:
			nd.proposed = v == directive || v == rules
			r.clauseTasks(c)
		case nd.decided && nd.labels == 0 && !nd.front:
			nd.proposed = true
			r.clauseTasks(c)
		case cl.Kind != docket.KindClause && !r.prose(c) && !(r.regions[nd.reg].unnumbered && r.requests(c)) || nd.labels > 0 || v == narrative || r.frame(c) || words(cl.Text) < 4 || r.tellsOfPast(c):
		case covering && nd.reg == 0 && !r.hasTerm(c):
		case nd.label.style == styleBullet && r.outcome(c):
			cl.Kind = docket.KindText
		case (g.noted || g.rows) && v != rules:
			if r.lang == "en" && nd.label.style == "" && r.prose(c) || nd.label.style != "" && (beside[cl.Parent] && g.noted || r.hasTerm(c)) {
				nd.proposed = true
				r.clauseTasks(c)
			}
		case v == rules && !asked.MatchString(noModal.ReplaceAllString(cl.Text, "")):
		default:
			nd.proposed = true
			r.clauseTasks(c)
		}
		if (v != narrative || cl.Part == docket.PartLetter) && v != glossary && cl.Kind != docket.KindFurniture && !nd.front {
			r.duties(c)
		}
		if cl.Kind == docket.KindClause && len(cl.Tasks) == 0 && nd.row == nil && r.frame(c) {
			cl.Kind = docket.KindText
		}
	}
}

// hasTerm reports whether a clause says a day until which it is to be done: among
// noted sections, one without any note is a demand all the same.
func (r *reader) hasTerm(c int) bool {
	return slices.ContainsFunc(r.duesIn(c, docket.Span{Start: r.wordsFrom(c), End: len(r.clauses[c].Text)}), func(d docket.Due) bool {
		return d.Kind == docket.DueDate && (!d.Report || forLeave.MatchString(r.clauses[c].Text)) && !d.Former && !d.On.IsZero() && d.On >= r.issued
	})
}

// outcomes heads a list of what success looks like, which is not what is to be done.
var outcomes = pattern.Both(`^(?i:(?:(?:expected|intended|key|desired) )?outcomes?|success (?:criteria|measures?)|measures? of success|(?:key )?(?:performance )?indicators?|what success (?:will )?looks? like|how (?:will )?we(?: will)? (?:know|measure)[^\n]{0,60})\s*[:：?]?$|^(?:预期成效|考核指标|衡量标准)[:：]?$`)

// outcome reports whether a bullet stands in such a list.
func (r *reader) outcome(c int) bool {
	for d := c - 1; d >= 0 && d > c-maxFields; d-- {
		if nd := &r.nodes[d]; nd.label.style != styleBullet {
			return nd.label.style == "" && outcomes.MatchString(r.clauses[d].Text)
		}
	}
	return false
}

// asked is how a rule asks for something.
var asked = pattern.Both(`要|应|必须|须|不得|严禁|禁止|\b(?:shall|must|will|should)\b`)

// noModal are words that hold 要 or 应 without asking.
var noModal = pattern.Both(`重要|主要|需要|要求|纪要|必要|要点|概要|摘要|首要|要素|响应|适应|相应|供应|效应|反应|应用|应邀|要么|要案|法律要|不要求|应急|对应|应对`)

// tells reports whether a clause says who is responsible for it.
func (r *reader) tells(c int) bool {
	for _, n := range r.nodes[c].notes {
		if len(n.Parties) > 0 && !n.AllBelow {
			return true
		}
	}
	return false
}

// bearsNote reports whether a clause bears a note of its own: a bracket, a labelled
// line, a sentence that does nothing else. 请财政部…, 由X… in running text say who acts
// here, not that this paper notes who answers for what.
func (r *reader) bearsNote(c int) bool {
	return slices.ContainsFunc(r.nodes[c].notes, func(n note) bool {
		return len(n.Parties) > 0 && !n.AllBelow && (n.kind != ahead || r.nodes[c].decided || r.nodes[c].label.style == "")
	})
}

// requests reports whether a paragraph of a paper without any numbers asks for
// something: a leader's instruction, a short notice.
func (r *reader) requests(c int) bool {
	return r.clauses[c].Part != docket.PartLetter && !r.nodes[c].front && request.MatchString(r.clauses[c].Text)
}

var request = pattern.Both(`(?:^|[，。；])(?:请|责成|由|务必|务于|限|建议由|拟请|同意.{0,12}请|各.{1,20}要)|务必|务于|必须`)

// prose reports whether a paragraph without number is a demand: the paragraphs
// under a numbered title that has nothing numbered below it are its clauses.
func (r *reader) prose(c int) bool {
	p := r.clauses[c].Parent
	if r.lang == "en" {
		return r.clauses[c].Kind == docket.KindText && r.handedDown(p) && askedEN.MatchString(r.clauses[c].Text)
	}
	return p >= 0 && r.clauses[c].Kind == docket.KindText && r.nodes[p].label.n > 0 && r.nodes[p].bare &&
		r.nodes[p].labels == 0 && ended(r.clauses[c].Text)
}

// askedEN is how English prose asks for something.
var askedEN = pattern.New(`\b(?:should|shall|must|will)\b`)

// handedDown reports whether an English heading, or one above it, says who answers for
// what stands below: Responsibility: Department of Health.
func (r *reader) handedDown(p int) bool {
	for ; p >= 0; p = r.clauses[p].Parent {
		if len(r.nodes[p].hands) > 0 {
			return true
		}
	}
	return false
}

// heading keeps what a heading says about who answers for the clauses below it.
func (r *reader) heading(c int) {
	nd := &r.nodes[c]
	for _, n := range nd.notes {
		nd.hands = append(nd.hands, r.unstruck(c, n.Parties)...)
		nd.dues = append(nd.dues, n.Dues...)
	}
	for _, f := range nd.fields {
		if f.field == fieldDue {
			nd.dues = append(nd.dues, r.duesIn(c, f.value)...)
		}
	}
}

// apply brings the rules of the document to bear, in order: "first named leads,
// likewise below", "all items below also by", leads at heading level.
func (r *reader) apply() {
	general := r.generalRule()
	first := -1 // clause that states who leads
	var also []docket.Party
	alsoRegion := -1
	for c := range r.clauses {
		if r.nodes[c].reg != alsoRegion {
			also = nil
		}
		var next []docket.Party
		for _, n := range r.nodes[c].notes {
			if n.FirstLeads != nil {
				first = c
			}
			if n.AllBelow {
				next, alsoRegion = append(next, n.Parties...), r.nodes[c].reg
			}
			if len(n.Below) > 0 {
				next, alsoRegion = append(next, n.Below...), r.nodes[c].reg
			}
		}
		for i := range r.clauses[c].Tasks {
			t := &r.clauses[c].Tasks[i]
			if rule, ok := general[r.nodes[c].reg]; ok {
				r.leadFirst(t, rule)
			} else if first >= 0 {
				r.leadFirst(t, first)
			}
			if t.Duty {
				continue
			}
			r.inherit(c, t)
			if len(also) > 0 {
				t.Parties = append(t.Parties, inherited(also, nil)...)
			}
		}
		if len(next) > 0 {
			also = next
		}
	}
}

var leadsFirst = pattern.Both(`(?:列|排|排名|位列|名列|排序)(?:在|为|名)?(?:第一|首)(?:位|个|名|家)?.{0,12}(?:牵头|主办|主责|主要责任|第一责任)`)

// generalRule finds the rule "first named leads" where it is stated apart from
// any note, in a letter, a title or at the foot of a table: it then holds for the
// whole stretch it stands in, from the letter for the annexes too.
func (r *reader) generalRule() map[int]int {
	out := map[int]int{}
	for c := range r.clauses {
		cl, reg := &r.clauses[c], r.nodes[c].reg
		if cl.Kind == docket.KindFurniture || r.tells(c) || len(cl.Tasks) > 0 || r.nodes[c].row != nil && !r.nodes[c].row.head ||
			!leadsFirst.MatchString(cl.Text) {
			continue
		}
		to := reg
		if cl.Part != docket.PartAnnex && len(out) == 0 {
			to = len(r.regions) - 1
		}
		for ; to >= reg; to-- {
			if _, ok := out[to]; !ok {
				out[to] = c
			}
		}
	}
	return out
}

// leadFirst applies the rule stated in clause rule.
func (r *reader) leadFirst(t *Task, rule int) {
	was := t.Parties
	t.Parties = phrase.LeadFirst(t.Parties)
	changed := false
	for i := range t.Parties {
		if t.Parties[i].From.Origin == docket.ByRule || t.Parties[i].Role != was[i].Role {
			t.Parties[i].From.Origin, t.Parties[i].From.Rule = docket.ByRule, rule
			changed = true
		}
	}
	if changed {
		kept := t.Findings[:0]
		for _, f := range t.Findings {
			if f.Code != docket.FindRoleUnsaid {
				kept = append(kept, f)
			}
		}
		t.Findings = kept
	}
}

// inherit gives a task without a lead that of the nearest heading above it; a
// task that names nobody takes the whole of it. 按职责分工负责 divides the work and
// says nothing of who leads it, so the heading's lead stands, and a unit that the
// clause repeats beside it is that lead. A list whose role is not said (A、B负责)
// may be meant instead of the heading's lead: it stays as written, in doubt.
func (r *reader) inherit(c int, t *Task) {
	if r.hasLead(t.Parties) || hasUnsure(t.Parties, docket.Several) {
		return
	}
	for p := r.clauses[c].Parent; p >= 0; p = r.clauses[p].Parent {
		hands := r.nodes[p].hands
		if len(hands) == 0 {
			continue
		}
		if len(t.Parties) == 0 {
			t.Parties = append(t.Parties, inherited(hands, nil)...)
		} else {
			lead := inherited(hands, func(x docket.Party) bool { return x.Role == docket.Lead })
			t.Parties = append(lead, without(t.Parties, lead)...)
		}
		if len(t.Dues) == 0 {
			for _, d := range r.nodes[p].dues {
				d.Prov.Origin = docket.Inherited
				t.Dues = append(t.Dues, d)
			}
		}
		return
	}
}

func inherited(ps []docket.Party, keep func(docket.Party) bool) []docket.Party {
	var out []docket.Party
	for _, p := range ps {
		if keep == nil || keep(p) {
			p.From.Origin = docket.Inherited
			out = append(out, p)
		}
	}
	return out
}

// without leaves out the parties that are among the leads in a part of their own.
func without(ps, leads []docket.Party) []docket.Party {
	return slices.DeleteFunc(slices.Clone(ps), func(p docket.Party) bool {
		return p.Role == docket.Several && slices.ContainsFunc(leads, func(l docket.Party) bool { return l.Name == p.Name })
	})
}

func hasUnsure(ps []docket.Party, role docket.PartyRole) bool {
	return slices.ContainsFunc(ps, func(p docket.Party) bool { return p.Role == role && p.Unsure })
}

func (r *reader) hasLead(ps []docket.Party) bool { return hasRole(ps, docket.Lead) }

func hasRole(ps []docket.Party, role docket.PartyRole) bool {
	for _, p := range ps {
		if p.Role == role {
			return true
		}
	}
	return false
}
