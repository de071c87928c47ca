// Package gold compares what the reader finds in real documents with answers
// written down by other means. The reader is never bent to an answer: where an
// answer is wrong, the reason stands in excuses, and the difference is shown.
package gold

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/reading"
)

// Folder is where the samples lie: dir if given, else beside the repository.
func Folder(dir string) string {
	if dir != "" {
		return dir
	}
	for up := "."; len(up) < 40; up = filepath.Join("..", up) {
		for _, p := range []string{"shared/samples", "../shared/samples"} {
			if _, err := os.Stat(filepath.Join(up, p, "gold")); err == nil {
				return filepath.Join(up, p)
			}
		}
	}
	return filepath.Join("..", "shared", "samples")
}

// Score is the outcome for one answer file.
type Score struct {
	Name               string
	Expected, Found    int // clauses (tasks) in the answers; of them found
	Extra              int // tasks proposed within the answers' scope that they do not have
	Lead, LeadRight    int // units
	Other, OtherRight  int
	Due, DueRight      int
	Invented, TextLost int // units without their words in the text; characters of text missing
	Differences        []Difference
}

// Difference is one thing the reader and an answer see differently. Excuse says
// why the answer is wrong; such a difference does not count.
type Difference struct {
	No, What, Want, Got string
	Excuse              string
}

// Run reads every document that has answers.
func Run(samples string) (*Sum, error) {
	files, err := filepath.Glob(filepath.Join(samples, "gold", "*.jsonl"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no answers in %s: name the folder with -samples or DOCKET_SAMPLES", filepath.Join(samples, "gold"))
	}
	sum := &Sum{}
	for _, f := range files {
		s, err := score(samples, f)
		if err != nil {
			return nil, err
		}
		sum.Scores = append(sum.Scores, *s)
	}
	return sum, nil
}

// Read reads a file of the samples.
func Read(file string) (*paper.Document, *reading.Result, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	doc, err := markup.Readers().Read(context.Background(), paper.Bytes(filepath.Base(file), data), paper.Limits{})
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", filepath.Base(file), err)
	}
	return doc, reading.Read(doc, reading.Options{}), nil
}

func score(samples, file string) (*Score, error) {
	name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
	path, want, err := answers(file)
	if err != nil {
		return nil, err
	}
	path, err = document(samples, path)
	if err != nil {
		return nil, err
	}
	doc, res, err := Read(path)
	if err != nil {
		return nil, err
	}
	s := &Score{Name: name, TextLost: Lost(doc, res), Invented: Invented(res)}
	s.compare(want, proposed(name, res))
	return s, nil
}

// task is a proposed task with the clause it came from.
type task struct {
	*reading.Task
	clause *reading.Clause
	used   bool
}

// proposed are the tasks within the scope of the answers.
func proposed(name string, res *reading.Result) []*task {
	var out []*task
	for i := range res.Clauses {
		c := &res.Clauses[i]
		for j := range c.Tasks {
			if !c.Tasks[j].Duty && !outOfScope(name, c) {
				out = append(out, &task{Task: &c.Tasks[j], clause: c})
			}
		}
	}
	return out
}

// compare matches answers and tasks by their words and counts.
func (s *Score) compare(want []answer, got []*task) {
	s.Expected = len(want)
	for _, a := range want {
		t := match(a, got)
		if t == nil {
			s.differ(a.no, "clause", a.text, "")
			continue
		}
		t.used = true
		s.Found++
		s.due(a, t)
		if len(a.lead)+len(a.others) == 0 {
			continue // the file has no answer on who is responsible
		}
		lead, other := units(t, a)
		s.Lead += len(a.lead)
		s.LeadRight += right(a.lead, lead)
		if !same(a.lead, lead) {
			s.differ(a.no, "lead", strings.Join(a.lead, "、"), strings.Join(lead, "、"))
		}
		s.Other += len(a.others)
		s.OtherRight += right(a.others, other)
		if !same(a.others, other) {
			s.differ(a.no, "other", strings.Join(a.others, "、"), strings.Join(other, "、"))
		}
	}
	for _, t := range got {
		if !t.used {
			s.Extra++
			s.differ(t.clause.Label, "extra", "", t.Text)
		}
	}
}

// units are the names read, as written where the answer has them as written (a
// shared 政府, a dropped 市).
func units(t *task, a answer) (lead, other []string) {
	for _, p := range t.Parties {
		name := p.Name
		if p.Written != "" && (slices.Contains(a.lead, p.Written) || slices.Contains(a.others, p.Written)) {
			name = p.Written
		}
		if p.Role == docket.Lead {
			lead = append(lead, name)
		} else {
			other = append(other, name)
		}
	}
	return lead, other
}

// due looks for the words of the deadline among those read.
func (s *Score) due(a answer, t *task) {
	if a.due == "" {
		return
	}
	s.Due++
	for _, d := range t.Dues {
		if strings.Contains(plain(a.due), plain(d.Words)) && d.Words != "" {
			s.DueRight++
			return
		}
	}
	s.differ(a.no, "due", a.due, "")
}

func (s *Score) differ(no, what, want, got string) {
	s.Differences = append(s.Differences, Difference{no, what, want, got, excuse(s.Name, no, what)})
}

// match finds the task whose words are the answer's: its text, or the title its
// clause begins with.
func match(a answer, got []*task) *task {
	key := plain(a.text)
	for _, t := range got {
		if !t.used && (plain(t.Text) == key || plain(t.clause.Label+t.Text) == key) {
			return t
		}
	}
	for _, t := range got {
		title, _, _ := strings.Cut(t.Text, "\n")
		if !t.used && (plain(title) == key || plain(t.clause.Label+title) == key) {
			return t
		}
	}
	return nil
}

// plain is a text as compared: its letters and digits.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// right counts the wanted units that were found.
func right(want, got []string) (n int) {
	for _, w := range want {
		if slices.Contains(got, w) {
			n++
		}
	}
	return n
}

func same(want, got []string) bool { return len(want) == len(got) && right(want, got) == len(want) }

// Lost counts the characters, white space apart, that the clauses do not have,
// or have in another order than the document. Furniture may step behind the
// clause it tore; it is compared with the lines of its own block.
func Lost(doc *paper.Document, res *reading.Result) int {
	type place struct {
		block int
		line  string
	}
	aside := map[place]int{}
	var want, got strings.Builder
	for i := range res.Clauses {
		if c := &res.Clauses[i]; c.Kind == docket.KindFurniture {
			aside[place{c.Block, letters(c.Text)}]++
		} else {
			got.WriteString(letters(c.Text))
		}
	}
	for i := range doc.Blocks {
		for line := range strings.SplitSeq(doc.Blocks[i].Text, "\n") {
			if p := (place{i, letters(line)}); aside[p] > 0 {
				aside[p]--
			} else {
				want.WriteString(p.line)
			}
		}
	}
	x, y := []rune(want.String()), []rune(got.String())
	lost := max(len(x)-len(y), len(y)-len(x))
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return max(lost, 1)
		}
	}
	return lost
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Invented counts the units whose words do not stand at their span.
func Invented(res *reading.Result) (n int) {
	for i := range res.Clauses {
		for j := range res.Clauses[i].Tasks {
			for _, p := range res.Clauses[i].Tasks[j].Parties {
				if !Stands(res, p) {
					n++
				}
			}
		}
	}
	return n
}

// Stands reports whether the words of a party are those at its span.
func Stands(res *reading.Result, p docket.Party) bool {
	if p.From.Clause < 0 || p.From.Clause >= len(res.Clauses) {
		return false
	}
	text := res.Clauses[p.From.Clause].Text
	s := p.From.Span
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
		return false
	}
	words := p.Written
	if words == "" {
		words = p.Name
	}
	return letters(text[s.Start:s.End]) == letters(words)
}
