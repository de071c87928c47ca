package reading

import (
	"strings"
	"unicode"

	docket "github.com/docket-os/docket"
)

// lint says what a person should look at before adopting (field.md §5.3.7).
func (r *reader) lint(res *Result) {
	seen := map[string]int{}
	for c := range r.clauses {
		for i := range r.clauses[c].Tasks {
			t := &r.clauses[c].Tasks[i]
			l := linter{task: t, yearless: r.issued.IsZero()}
			l.parties(r.opt.Known)
			l.dues(res.Front.IssuedOn)
			if !t.Duty && len(t.Measures) == 0 && !t.measured {
				l.note(docket.FindNoMeasure, docket.Note, "measure")
			}
			if len(r.clauses[c].Struck) > 0 && i == 0 {
				l.note(docket.FindStruckText, docket.Note, "text")
			}
			key := bare(t.Text)
			if first, ok := seen[key]; ok && len(key) > 12 && !t.Duty {
				l.note(docket.FindDuplicate, docket.Doubt, "text", "clause", itoa(first), "path", strings.Join(r.clauses[first].Path, " / "))
			} else if !ok {
				seen[key] = c
			}
		}
	}
	if f := res.Front.Findings; len(f) > 0 {
		res.Findings = append(res.Findings, f...)
	}
}

type linter struct {
	task     *Task
	yearless bool // nothing in the paper tells its year
}

func (l linter) note(code string, sev docket.Severity, field string, args ...string) {
	f := docket.Finding{Code: code, Severity: sev, Field: field}
	for _, x := range l.task.Findings {
		if x.Code == code && x.Field == field && len(args) == 0 {
			return
		}
	}
	if len(args) > 0 {
		f.Args = map[string]string{}
		for i := 0; i+1 < len(args); i += 2 {
			f.Args[args[i]] = args[i+1]
		}
	}
	l.task.Findings = append(l.task.Findings, f)
}

func (l linter) has(code, key, value string) bool {
	for _, f := range l.task.Findings {
		if f.Code == code && (key == "" || f.Args[key] == value) {
			return true
		}
	}
	return false
}

func (l linter) parties(known func(string) bool) {
	t := l.task
	lead := map[string]bool{}
	for _, p := range t.Parties {
		if p.Role == docket.Lead {
			lead[p.Name] = true
		}
	}
	if len(lead) == 0 && !t.Duty && !hasRole(t.Parties, docket.Several) {
		l.note(docket.FindNoLead, docket.Doubt, "lead")
	}
	for _, p := range t.Parties {
		field := string(p.Role)
		if lead[p.Name] && (p.Role == docket.Support || p.Role == docket.Participate) {
			l.note(docket.FindLeadSupports, docket.Doubt, "support", "name", p.Name)
		}
		if p.Vague && !l.has(docket.FindVagueGroup, "name", p.Name) {
			l.note(docket.FindVagueGroup, docket.Doubt, field, "name", p.Name)
		}
		if p.Open && !l.has(docket.FindOpenList, "", "") {
			l.note(docket.FindOpenList, docket.Doubt, field, "name", p.Name)
		}
		if known != nil && !p.Vague && p.Role != docket.LeaderRole && !known(p.Name) && (p.Written == "" || !known(p.Written)) {
			l.note(docket.FindUnknownUnit, docket.Doubt, field, "name", p.Name)
		}
	}
}

func (l linter) dues(issued docket.Date) {
	ends := false
	for _, d := range l.task.Dues {
		if d.Former {
			continue
		}
		switch d.Kind {
		case docket.DueContinuing:
			l.note(docket.FindVagueDue, docket.Note, "due", "words", d.Words)
		case docket.DueConditional:
			l.note(docket.FindConditional, docket.Note, "due", "words", d.Words)
		}
		if d.Kind != docket.DueValidity {
			ends = true
		}
		if !d.On.IsZero() && !issued.IsZero() && d.On < issued && d.Kind != docket.DueValidity {
			l.note(docket.FindDueBefore, docket.Doubt, "due", "due", d.On.String(), "issued", issued.String())
		}
		if d.Kind == docket.DueDate && d.On.IsZero() { // no day can be told: a person must say it
			code := docket.FindVagueDue
			if l.yearless {
				code = docket.FindYearUnsure
			}
			l.note(code, docket.Doubt, "due", "words", d.Words)
		}
		if d.Assumed && !l.has(docket.FindYearUnsure, "", "") {
			l.note(docket.FindYearUnsure, docket.Note, "due", "words", d.Words, "due", d.On.String())
		}
	}
	if !ends && !l.task.Duty {
		l.note(docket.FindNoDue, docket.Note, "due")
	}
}

// bare is a text as compared for duplicates: letters and digits, folded.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r = unicode.ToLower(fold(r)); unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
