package reading_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading"
)

// TestLines reads the lines of testdata/*.lines as if typed on Tuesday 10 November
// 2026. A case is a line "> text" with what must be read below it, and an empty line;
// "known A; B" before it gives the directory; # begins a remark.
func TestLines(t *testing.T) {
	files, err := filepath.Glob("testdata/*.lines")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lines: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			for block := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
				head, rest, _ := strings.Cut("\n"+block, "\n> ")
				text, _, _ := strings.Cut(rest, "\n")
				line := reading.ReadLine(strings.ReplaceAll(text, `\n`, "\n"), options(head))
				checkLine(t, strings.ReplaceAll(text, `\n`, "\n"), line)
				fmt.Fprintf(&out, "%s\n> %s\n%s\n", head, text, dumpLine(line))
			}
			got := strings.TrimPrefix(strings.ReplaceAll(out.String(), "\n\n\n", "\n\n"), "\n")
			if *update {
				if err := os.WriteFile(file, []byte(strings.TrimRight(got, "\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(string(data), strings.TrimRight(got, "\n")+"\n"); diff != "" {
				t.Errorf("read differently (-want +got):\n%s", diff)
			}
		})
	}
}

func options(head string) reading.LineOptions {
	opt := reading.LineOptions{On: docket.NewDate(2026, 11, 10)}
	for l := range strings.SplitSeq(head, "\n") {
		if list, ok := strings.CutPrefix(l, "known "); ok {
			names := strings.Split(list, "; ")
			opt.Known = func(name string) bool { return slices.Contains(names, name) }
		}
	}
	return opt
}

func dumpLine(l reading.Line) string {
	var b strings.Builder
	fmt.Fprintf(&b, "(%s) %s\n", l.Kind, oneLine(l.Text))
	for _, p := range l.Parties {
		fmt.Fprintf(&b, "  %s %s%s\n", p.Role, p.Name, flags(p))
	}
	for _, d := range l.Dues {
		fmt.Fprintf(&b, "  due %s\n", due(d))
	}
	for _, m := range l.Measures {
		fmt.Fprintf(&b, "  measure %s: %s %v %s %q\n", m.Name, m.Direction, m.Value, m.Unit, m.Words)
	}
	if s := findings(l.Findings); s != "" {
		fmt.Fprintf(&b, " %s\n", s)
	}
	return b.String()
}

// checkLine: whatever was read stands where it says it stands; no name is invented.
func checkLine(t tester, text string, l reading.Line) {
	t.Helper()
	words := func(s docket.Span, what string) string {
		if s.Start < 0 || s.End < s.Start || s.End > len(text) {
			t.Fatalf("%s: span %v outside %q", what, s, text)
		}
		return text[s.Start:s.End]
	}
	if got := letters(words(l.Span, "text")); utf8.ValidString(text) && got != letters(l.Text) {
		t.Errorf("text %q stands at %q in %q", l.Text, got, text)
	}
	for _, p := range l.Parties {
		written := p.Written
		if written == "" {
			written = p.Name
		}
		if at := words(p.From.Span, "party"); p.Role == "" || written != at {
			t.Errorf("unit %q (%s, written %q) stands at %q", p.Name, p.Role, p.Written, at)
		}
	}
	for _, d := range l.Dues {
		if at := words(d.Prov.Span, "due"); at != d.Words {
			t.Errorf("due %q stands at %q", d.Words, at)
		}
	}
	for _, m := range l.Measures {
		if at := words(m.From.Span, "measure"); at != m.Words {
			t.Errorf("measure %q stands at %q", m.Words, at)
		}
		if m.From.Span.Start < l.Span.Start || m.From.Span.End > l.Span.End {
			t.Errorf("measure %q stands outside what is to be done %q", m.Words, l.Text)
		}
	}
	for _, f := range l.Findings {
		if f.Span != nil {
			words(*f.Span, f.Code)
		}
	}
}

// TestLongLine: a pasted minute is read in a moment, whatever stands in it.
func TestLongLine(t *testing.T) {
	for _, unit := range []string{"市教育局会同", "由市教育局牵头，", "，会同市财政局", "12月20日前", "请", "(", "Housing with ", "by Friday ", ", led by ", "A: ", "3所"} {
		text := strings.Repeat(unit, 50_000/utf8.RuneCountInString(unit))
		checkLine(t, text, reading.ReadLine(text, reading.LineOptions{On: docket.NewDate(2026, 11, 10), Known: func(s string) bool { return s == "Housing" }}))
	}
}

// FuzzReadLine reads arbitrary lines: no panic, nothing invented.
func FuzzReadLine(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.lines")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for l := range strings.SplitSeq(string(data), "\n") {
			if text, ok := strings.CutPrefix(l, "> "); ok {
				f.Add(text)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, known := range []func(string) bool{nil, func(s string) bool { return len(s)%2 == 0 }} {
			checkLine(t, text, reading.ReadLine(text, reading.LineOptions{On: docket.NewDate(2026, 11, 10), Known: known}))
		}
	})
}
