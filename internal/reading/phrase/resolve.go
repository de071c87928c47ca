package phrase

import docket "github.com/docket-os/docket"

// resolve settles the roles the words left open (field.md §5.3.1): one unit
// alone leads, also beside supports; a list is Several and flagged, unless a "first named leads" rule
// is in force; beside a lead, the responsible units are its supports.
func (r *reader) resolve() {
	lead, others, several, open := false, false, false, 0
	for i, p := range r.parties {
		switch {
		case r.said[i] == byWord:
			lead = lead || p.Role == docket.Lead
			others = others || p.Role != docket.LeaderRole
			several = several || p.Role == docket.Several
		case p.Role == unsaid:
			open++
		}
	}
	unsure := false
	for i := range r.parties {
		p := &r.parties[i]
		if p.Role != unsaid {
			continue
		}
		switch {
		case lead && r.said[i] == byPlace:
			p.Role = docket.Several
		case lead:
			p.Role, p.Unsure = docket.Support, r.said[i] != byLabel
		case others && r.said[i] == byPlace:
			p.Role = docket.Several
		case open == 1 && !p.Vague && !p.Open && !several:
			p.Role = docket.Lead
		case open == 1 && p.Vague:
			p.Role = docket.Several
		default:
			p.Role, p.Unsure, unsure = docket.Several, true, true
		}
	}
	if r.firstLeads != nil {
		r.parties = LeadFirst(r.parties)
		return
	}
	if unsure {
		span := docket.Span{Start: r.parties[0].From.Span.Start, End: r.parties[len(r.parties)-1].From.Span.End}
		r.findings = append(r.findings, docket.Finding{Code: docket.FindRoleUnsaid, Severity: docket.Doubt, Field: "lead", Span: &span})
	}
}

// Parties reads text that is known to name who is responsible: the inside of a
// note or a table cell. Text that says nobody (无, —, N/A) gives none.
func Parties(text string, ctx Context) ([]docket.Party, []docket.Finding) {
	v := newView(text)
	v.known = ctx.Known
	r := &reader{v: v, heir: newHeir(ctx.Prefix), known: true}
	lo, hi := v.trim(0, len(v.s), "|*")
	if lo < hi && v.s[lo] == '(' && v.s[hi-1] == ')' && balanced(v.s[lo+1:hi-1]) {
		lo, hi = lo+1, hi-1
	}
	r.cell(lo, hi, ctx.Role)
	r.resolve()
	return r.parties, r.findings
}

// cell reads a range whose column says the role: a bare list has it outright.
func (r *reader) cell(lo, hi int, role docket.PartyRole) {
	if lo >= hi {
		return
	}
	r.read(lo, hi, role)
	for i := range r.parties {
		if role != unsaid && r.parties[i].Role == unsaid {
			r.parties[i].Role = role
		}
	}
}
