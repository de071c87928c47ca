package phrase

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

var update = flag.Bool("update", false, "rewrite the expected part of the scripts in testdata")

// TestScripts runs testdata/*.txt. A script is a list of cases:
//
//	notes prefix=省 issued=2026-08-10     what is read, and the context
//	（市科技局牵头）                        the text, one or more lines; \n is a line end
//	----
//	lead 市科技局                          what must be read
//
// followed by an empty line. Lines that start with # are remarks. The text is
// read once as written and once in the other width; both must say the same.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			for _, c := range splitCases(t, string(data)) {
				got := c.run(t, c.text)
				if other := c.run(t, otherWidth(c.text)); toHalf(other) != toHalf(got) {
					t.Errorf("%s: the other width reads differently\nas written:\n%sother width:\n%s", c.text, got, other)
				}
				if got != c.want && !*update {
					t.Errorf("%s\ngot:\n%swant:\n%s", c.text, got, c.want)
				}
				fmt.Fprintf(&out, "%s%s\n%s\n----\n%s\n", c.remarks, c.head, c.text, got)
			}
			if *update {
				if err := os.WriteFile(file, bytes.TrimRight(out.Bytes(), "\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

type scriptCase struct{ remarks, head, text, want string }

func splitCases(t *testing.T, data string) []scriptCase {
	var out []scriptCase
	for _, block := range strings.Split(strings.TrimSpace(data), "\n\n") {
		var c scriptCase
		lines := strings.Split(block, "\n")
		for len(lines) > 0 && strings.HasPrefix(lines[0], "#") {
			c.remarks += lines[0] + "\n"
			lines = lines[1:]
		}
		if len(lines) == 0 {
			continue
		}
		c.head = lines[0]
		text, want, found := strings.Cut(strings.Join(lines[1:], "\n"), "\n----")
		if !found {
			t.Fatalf("case without ----: %q", block)
		}
		c.text = text
		if want = strings.TrimPrefix(want, "\n"); want != "" {
			c.want = want + "\n"
		}
		out = append(out, c)
	}
	return out
}

func (c scriptCase) run(t *testing.T, text string) string {
	text = strings.ReplaceAll(text, `\n`, "\n")
	var ctx Context
	fields := strings.Fields(c.head)
	for _, kv := range fields[1:] {
		k, v, _ := strings.Cut(kv, "=")
		var err error
		switch k {
		case "prefix":
			ctx.Prefix = v
		case "role":
			ctx.Role = docket.PartyRole(v)
		case "issued":
			ctx.Issued, err = docket.ParseDate(v)
		default:
			t.Fatalf("unknown context %q", kv)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	switch fields[0] {
	case "notes":
		dumpNotes(&b, text, Notes(text, ctx))
	case "parties":
		ps, fs := Parties(text, ctx)
		dumpParties(&b, "", ps)
		dumpFindings(&b, "", fs)
	case "dues":
		dumpDues(&b, "", Dues(text, ctx))
	case "measures":
		dumpMeasures(&b, Measures(text, ctx))
	case "strength":
		fmt.Fprintln(&b, Strength(text, ctx.Lang))
	default:
		t.Fatalf("unknown kind of case %q", fields[0])
	}
	return b.String()
}

func dumpNotes(b *strings.Builder, text string, notes []Note) {
	for _, n := range notes {
		fmt.Fprintf(b, "note %q", text[n.Outer.Start:n.Outer.End])
		if n.FirstLeads != nil {
			fmt.Fprintf(b, " first-leads-below")
		}
		if n.AllBelow {
			fmt.Fprintf(b, " all-below")
		}
		b.WriteByte('\n')
		dumpParties(b, "  ", n.Parties)
		dumpDues(b, "  due ", n.Dues)
		dumpFindings(b, "  ", n.Findings)
	}
}

func dumpParties(b *strings.Builder, pad string, ps []docket.Party) {
	for _, p := range ps {
		fmt.Fprintf(b, "%s%s %s", pad, p.Role, p.Name)
		if p.Written != "" {
			fmt.Fprintf(b, " (written %q)", p.Written)
		}
		for _, f := range []struct {
			on   bool
			word string
		}{{p.Vague, "vague"}, {p.Open, "open"}, {p.Unsure, "unsure"}, {p.From.Origin == docket.ByRule, "by rule"}} {
			if f.on {
				fmt.Fprintf(b, " %s", f.word)
			}
		}
		b.WriteByte('\n')
	}
}

func dumpFindings(b *strings.Builder, pad string, fs []docket.Finding) {
	for _, f := range fs {
		fmt.Fprintf(b, "%s! %s", pad, f.Code)
		if n := f.Args["name"]; n != "" {
			fmt.Fprintf(b, " %s", n)
		}
		b.WriteByte('\n')
	}
}

func dumpDues(b *strings.Builder, pad string, ds []docket.Due) {
	for _, d := range ds {
		fmt.Fprintf(b, "%s%s", pad, d.Kind)
		if !d.From.IsZero() {
			fmt.Fprintf(b, " from %s", d.From)
		}
		if !d.On.IsZero() {
			fmt.Fprintf(b, " on %s", d.On)
		}
		if d.At != "" {
			fmt.Fprintf(b, " at %s", d.At)
		}
		if d.Every != "" {
			fmt.Fprintf(b, " every %s day %d", d.Every, d.Day)
		}
		if d.Unit != "" {
			fmt.Fprintf(b, " %d%s after %s", d.Count, d.Unit, d.Event)
		}
		for _, f := range []struct {
			on   bool
			word string
		}{{d.Assumed, "assumed"}, {d.Report, "report"}, {d.Former, "former"}} {
			if f.on {
				fmt.Fprintf(b, " %s", f.word)
			}
		}
		fmt.Fprintf(b, " %q", d.Words)
		if d.Stage != "" {
			fmt.Fprintf(b, " → %s", d.Stage)
		}
		b.WriteByte('\n')
	}
}

func dumpMeasures(b *strings.Builder, ms []docket.MeasureRead) {
	for _, m := range ms {
		fmt.Fprintf(b, "%s %s %g", m.Name, m.Direction, m.Value)
		if m.High != 0 {
			fmt.Fprintf(b, "–%g", m.High)
		}
		fmt.Fprintf(b, " %s", m.Unit)
		if m.Strength != "" {
			fmt.Fprintf(b, " %s", m.Strength)
		}
		fmt.Fprintf(b, " %q\n", m.Words)
	}
}

// otherWidth turns half-width punctuation and figures into full-width ones and
// back. English text stays as it is: it has no full-width form in practice.
func otherWidth(s string) string {
	if !hasHan(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("(),:;", r) || r >= '0' && r <= '9':
			return r + 0xfee0
		case strings.ContainsRune("（），：；", r) || r >= '０' && r <= '９':
			return r - 0xfee0
		}
		return r
	}, s)
}

func toHalf(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xff00 && r < 0xff5f {
			return r - 0xfee0
		}
		return r
	}, s)
}
