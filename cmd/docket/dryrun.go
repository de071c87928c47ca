package main

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading"
)

// taskLine is one task as a dry run shows it.
type taskLine struct {
	Clause   string   `json:"clause"`
	Task     string   `json:"task"`
	Leads    []string `json:"leads,omitempty"`
	Others   []string `json:"others,omitempty"`
	Due      []string `json:"due,omitempty"`
	Measures []string `json:"measures,omitempty"`
	Doubts   []string `json:"doubts,omitempty"`
}

func (t taskLine) String() string {
	parts := []string{t.Clause, shorten(t.Task, 40), strings.Join(t.Leads, "、")}
	for _, list := range [][]string{t.Others, t.Due, t.Measures} {
		parts = append(parts, strings.Join(list, "、"))
	}
	line := strings.Join(parts, " | ")
	if len(t.Doubts) > 0 {
		line += " | ? " + strings.Join(t.Doubts, ", ")
	}
	return line
}

// shorten keeps the first n characters.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// summary is a reading as a dry run shows it.
func summary(r *reading.Result) imported {
	out := imported{Title: strings.TrimSpace(r.Front.Title + " " + r.Front.Number)}
	for _, c := range r.Clauses {
		if c.Kind == docket.KindClause {
			out.Clauses++
		}
		for _, t := range c.Tasks {
			line := newTaskLine(strings.Join(c.Path, " "), t)
			out.Matters++
			out.Doubts += len(line.Doubts)
			out.Tasks = append(out.Tasks, line)
		}
	}
	return out
}

func newTaskLine(path string, t reading.Task) taskLine {
	line := taskLine{Clause: path, Task: t.Text}
	for _, p := range t.Parties {
		if p.Role == docket.Lead {
			line.Leads = append(line.Leads, p.Name)
		} else {
			line.Others = append(line.Others, p.Name)
		}
	}
	for _, d := range t.Dues {
		line.Due = append(line.Due, d.Words)
	}
	for _, m := range t.Measures {
		line.Measures = append(line.Measures, m.Words)
	}
	for _, f := range t.Findings {
		if f.Severity == docket.Doubt {
			line.Doubts = append(line.Doubts, f.Code)
		}
	}
	return line
}
