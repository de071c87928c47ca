package app

import (
	"slices"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

// propose fills in what a draft can be given without a person: units for its
// names, days for its dues, and the doubts that remain.
func (a *App) propose(pl *place, m *docket.Matter, issued docket.Date, known map[string]docket.Match) {
	for i := range m.Assignments {
		pl.match(&m.Assignments[i], m.Owner, known)
	}
	noteNames(m)
	a.proposeDays(m, issued)
}

// knows reports whether a name is that of a unit, as the office of near would mean it.
func (p *place) knows(near docket.UnitID) func(name string) bool {
	return func(name string) bool { return p.names().Match(name, near).Unit != 0 }
}

// match ties one written name to a unit, or proposes some. Groups and persons
// are left alone: nobody but a person names the members of a group.
func (p *place) match(as *docket.Assignment, near docket.UnitID, known map[string]docket.Match) {
	as.Unit, as.Suggested = 0, nil
	if as.Vague || as.Role == docket.LeaderRole {
		return
	}
	m, ok := known[as.Name]
	if !ok {
		m = p.names().Match(as.Name, near)
		known[as.Name] = m
	}
	as.Unit, as.Suggested = m.Unit, m.Suggested
}

// proposeDays gives a draft its due (the last stage that is to be finished), and
// a day to look at it again: the first stage, the next recurrence or, where
// nothing fixes a day, the end of a quarter at least a month away.
func (a *App) proposeDays(m *docket.Matter, issued docket.Date) {
	set := daysOf(a.calendar(), m.Dues, issued, a.today())
	m.Due, m.ReviewOn, m.Provisional = set.Due, set.ReviewOn, set.Provisional
	m.FirstDue = m.Due
}

// daysOf is what a calendar makes of dues as read.
func daysOf(c *worktime.Calendar, dues []docket.Due, issued, received docket.Date) docket.ReadDays {
	var due, review, first docket.Date
	provisional := false
	for _, d := range dues {
		if d.Former || d.Kind == docket.DueValidity {
			continue
		}
		on, prov := c.Resolve(d, issued, received)
		if on == 0 {
			continue
		}
		if d.Kind == docket.DueRecurring {
			review = earliest(review, on)
			continue
		}
		provisional = provisional || prov
		due, first = max(due, on), earliest(first, on)
	}
	if first != due {
		review = earliest(review, first)
	}
	if due == 0 && review == 0 {
		review = worktime.QuarterEnd(received + reviewAfter)
	}
	return docket.ReadDays{Due: due, ReviewOn: review, Provisional: provisional}
}

// reviewAfter is how many days at least a matter without a day is left alone.
const reviewAfter = 30

func earliest(a, b docket.Date) docket.Date {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// noteNames brings the doubts about names up to date: unknown and former names,
// groups, a missing lead, a unit that leads and supports.
func noteNames(m *docket.Matter) {
	m.Findings = dropFindings(m.Findings, docket.FindUnknownUnit, docket.FindFormerName, docket.FindLeadSupports)
	part := map[docket.UnitID]docket.PartyRole{}
	for _, as := range m.Assignments {
		field := "support"
		if as.Answers() {
			field = "lead"
		}
		add := func(code string) {
			m.Findings = append(m.Findings, docket.Finding{Code: code, Severity: docket.Doubt, Field: field, Args: map[string]string{"name": as.Name}})
		}
		switch {
		case as.Role == docket.LeaderRole || as.Vague:
		case as.Unit == 0 && as.Name != "":
			add(docket.FindUnknownUnit)
		case as.Role == docket.Support && part[as.Unit] == docket.Lead, as.Role == docket.Lead && part[as.Unit] == docket.Support:
			add(docket.FindLeadSupports)
		}
		if as.Unit != 0 {
			part[as.Unit] = as.Role
		}
	}
}

// settledByNames drops the doubts that a person answers by entering who has
// which part, and says anew what is still open.
func settledByNames(m *docket.Matter) {
	m.Findings = dropFindings(m.Findings, docket.FindNoLead, docket.FindRoleUnsaid, docket.FindVagueGroup, docket.FindOpenList, docket.FindPrefixAssumed, docket.FindSeveralTasks)
	noteNames(m)
	answers := false
	for _, as := range m.Assignments {
		answers = answers || as.Answers()
		if as.Vague && as.Unit == 0 {
			m.Findings = append(m.Findings, docket.Finding{Code: docket.FindVagueGroup, Severity: docket.Doubt, Field: "lead", Args: map[string]string{"name": as.Name}})
		}
	}
	if !answers {
		m.Findings = append(m.Findings, docket.Finding{Code: docket.FindNoLead, Severity: docket.Doubt, Field: "lead"})
	}
}

func dropFindings(f []docket.Finding, codes ...string) []docket.Finding {
	return slices.DeleteFunc(slices.Clone(f), func(f docket.Finding) bool { return slices.Contains(codes, f.Code) })
}
