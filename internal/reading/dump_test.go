package reading_test

import (
	"fmt"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading"
)

// dump writes a result so that a person of the field can read and check it.
func dump(res *reading.Result) string {
	var b strings.Builder
	dumpFront(&b, res.Front)
	for i, c := range res.Clauses {
		fmt.Fprintf(&b, "%d %s %s", i, c.Part, c.Kind)
		if c.Parent >= 0 {
			fmt.Fprintf(&b, " under %d", c.Parent)
		}
		if len(c.Path) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(c.Path, " / "))
		}
		fmt.Fprintf(&b, " %s%s\n", oneLine(c.Text), findings(c.Findings))
		for _, t := range c.Tasks {
			dumpTask(&b, res, i, t)
		}
	}
	return b.String()
}

func dumpFront(b *strings.Builder, f reading.Front) {
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s: %s\n", name, value)
		}
	}
	line("title", f.Title)
	line("number", f.Number)
	line("issuer", f.Issuer)
	line("issued", f.IssuedOn.String())
	line("level", string(f.Level))
	line("to", strings.Join(f.Addressees, " | "))
	for _, p := range f.Parents {
		line("parent", p.Title+" "+p.Number)
	}
	if f.Validity != nil {
		line("validity", fmt.Sprintf("%s – %s %q", f.Validity.From, f.Validity.On, f.Validity.Words))
	}
	if len(f.Findings) > 0 {
		line("findings", strings.TrimSpace(findings(f.Findings)))
	}
}

func dumpTask(b *strings.Builder, res *reading.Result, at int, t reading.Task) {
	name := "task"
	if t.Duty {
		name = "duty"
	}
	fmt.Fprintf(b, "  %s (%s) %s\n", name, t.Strength, oneLine(t.Text))
	for _, p := range t.Parties {
		fmt.Fprintf(b, "    %s %s%s", p.Role, p.Name, flags(p))
		fmt.Fprintf(b, "%s\n", from(p.From, at))
	}
	for _, d := range t.Dues {
		fmt.Fprintf(b, "    due %s%s\n", due(d), from(d.Prov, at))
	}
	for _, m := range t.Measures {
		fmt.Fprintf(b, "    measure %s %v", m.Direction, m.Value)
		if m.High != 0 {
			fmt.Fprintf(b, "–%v", m.High)
		}
		fmt.Fprintf(b, " %s %s %q%s\n", m.Unit, m.Strength, m.Words, from(m.From, at))
	}
	if s := findings(t.Findings); s != "" {
		fmt.Fprintf(b, "   %s\n", s)
	}
}

func flags(p docket.Party) string {
	s := ""
	if p.Written != "" {
		s += " written " + p.Written
	}
	if p.Vague {
		s += " vague"
	}
	if p.Open {
		s += " open"
	}
	if p.Unsure {
		s += " unsure"
	}
	return s
}

func from(p docket.Provenance, at int) string {
	switch {
	case p.Origin == docket.ByRule:
		return fmt.Sprintf(" (rule of %d)", p.Rule)
	case p.Origin == docket.OwnWords && p.Clause == at:
		return ""
	}
	return fmt.Sprintf(" (%s %d)", p.Origin, p.Clause)
}

func due(d docket.Due) string {
	s := string(d.Kind)
	if !d.From.IsZero() {
		s += " from " + d.From.String()
	}
	if !d.On.IsZero() {
		s += " " + d.On.String()
	}
	if d.At != "" {
		s += " " + d.At
	}
	if d.Count > 0 {
		s += fmt.Sprintf(" %d%s after %s", d.Count, d.Unit, d.Event)
	}
	if d.Every != "" {
		s += fmt.Sprintf(" every %s/%d", d.Every, d.Day)
	}
	s += fmt.Sprintf(" %q", d.Words)
	if d.Stage != "" {
		s += " stage " + d.Stage
	}
	for name, set := range map[string]bool{" assumed": d.Assumed} {
		if set {
			s += name
		}
	}
	if d.Report {
		s += " report"
	}
	if d.Former {
		s += " former"
	}
	return s
}

func findings(fs []docket.Finding) string {
	s := ""
	for _, f := range fs {
		s += " ?" + f.Code
		var args []string
		for k, v := range f.Args {
			args = append(args, k+"="+v)
		}
		slices.Sort(args)
		if len(args) > 0 {
			s += "(" + strings.Join(args, ",") + ")"
		}
	}
	return s
}

func oneLine(s string) string { return strings.NewReplacer("\n", "⏎", "\t", "⇥").Replace(s) }
