package reading

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/phrase"
)

// LineKind is what the words of a line say it is; empty where they do not say.
type LineKind string

// The kinds. A yes in principle is no approval: somebody must say what it is to be.
const (
	LineDecision     LineKind = LineKind(phrase.Decides)
	LineInstruction  LineKind = LineKind(phrase.Asks)
	LineCommitment   LineKind = LineKind(phrase.Commits)
	LineCommendation LineKind = LineKind(phrase.Commends)
	LinePrinciple    LineKind = LineKind(phrase.Agrees)
)

// LineOptions are what is known where a line is typed. The zero value works.
type LineOptions struct {
	// Known reports whether a name, alias or code is exactly that of a unit of the
	// directory. Nil leaves the grammar alone and skips that lint.
	Known func(name string) bool
	On    docket.Date // the day of the meeting; dates without a year hang on it
	Lang  string      // hint, "zh" or "en"; both grammars are tried
}

// Line is one line typed at a meeting, read. Spans are byte offsets into it.
type Line struct {
	Kind     LineKind
	Text     string      // what is to be done, without the names and the deadline at its ends
	Span     docket.Span // where that stands
	Parties  []docket.Party
	Dues     []docket.Due
	Measures []docket.MeasureRead // targets of Text
	Findings []docket.Finding
}

// ReadLine reads a line by the grammar that reads documents. It never fails, and takes
// time and memory linear in the text; several sentences are still one Line.
func ReadLine(text string, opt LineOptions) Line {
	o := phrase.ReadOrder(text, phrase.Context{Issued: opt.On, Lang: opt.Lang, Known: opt.Known})
	line := Line{Kind: LineKind(o.Speech), Text: o.Text, Span: o.What, Parties: o.Parties, Dues: first(o.Dues), Measures: first(o.Measures)}
	task := Task{Parties: o.Parties, Dues: line.Dues, Findings: o.Findings}
	l := linter{task: &task, yearless: opt.On.IsZero()}
	if line.Text != "" {
		l.parties(opt.Known)
		if line.Kind != LineCommendation && line.Kind != LinePrinciple {
			l.dues(opt.On)
		}
	}
	line.Findings = task.Findings
	return line
}

// first keeps as many values as somebody would correct one by one.
func first[T any](all []T) []T { return all[:min(len(all), maxRead)] }
