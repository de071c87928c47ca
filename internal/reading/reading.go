// Package reading turns the blocks of a document into clauses, and each clause
// into proposed matters: who leads, who supports, until when, measured how, and
// what is in doubt. It is pure: no clock, no store, no network. The grammar it
// follows is that of field.md §5. Every value carries the span it came from.
package reading

import (
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// Options are what the reader may know beyond the document. The zero value works.
type Options struct {
	// Known reports whether a unit name is in the directory; it settles names the
	// grammar alone could cut either way. Nil skips that and its lint.
	Known func(name string) bool
}

// Result is a document read.
type Result struct {
	Lang     string // "zh" or "en"
	Front    Front
	Clauses  []Clause // in document order; their texts joined equal the document's but for white space
	Findings []docket.Finding
}

// Forget lets go of what the reader keeps between documents, some megabytes. The
// next document costs it about 20 ms more. It may be called at any time.
func Forget() { pattern.Forget() }

// Front is the front matter of a document; a field that cannot be told is empty.
type Front struct {
	Title      string
	Number     string // 发文字号, normalised: 国发〔2019〕3号
	Issuer     string
	IssuedOn   docket.Date
	Level      docket.Level
	Addressees []string
	Parents    []Parent // documents it says it carries out
	Validity   *docket.Due
	Findings   []docket.Finding
}

// Parent is another document named as the ground of this one.
type Parent struct {
	Title  string
	Number string
	From   docket.Provenance
}

// Clause is one numbered or unnumbered unit of text. Parent is the position of
// the clause above it, -1 at the top.
type Clause struct {
	Kind   docket.ClauseKind
	Part   docket.Part
	Parent int
	Label  string   // ordinal as written: 一、 （三） 1. 7.2
	Path   []string // labels from the top down to this clause
	Text   string
	Page   int
	Line   int
	Block  int // position of its first block in the paper
	Struck []docket.Span
	Tasks  []Task
	// Findings concern the clause itself: its number, its text.
	Findings []docket.Finding
}

// Task is one proposed matter of a clause.
type Task struct {
	Span     docket.Span // the words of the clause it covers, notes excluded
	Text     string      // those words: the requirement
	Strength docket.Commitment
	Parties  []docket.Party
	Dues     []docket.Due
	Measures []docket.MeasureRead
	Findings []docket.Finding
	// Duty marks a recurring or single reporting duty of the letter, not a task.
	Duty bool

	measured bool // a column or label says what will show success, in words
}

// reader is the work on one document.
type reader struct {
	opt     Options
	lang    string
	doc     *paper.Document
	paras   []para
	regions []region
	clauses []Clause
	nodes   []node // one for each clause
	issued  docket.Date
	card    map[string]string // the record card of a site, by place
}

var (
	titleYear = pattern.Both(`\b(20[0-9]{2})(?:年|\b)`)
	// met is how minutes open: 2026年6月12日上午，市政府召开…会议.
	met = pattern.Both(`召开|主持|会议|(?i:\b(?:meeting|minutes|held|notes)\b)`)
)

// sheetName is a name that a program gave, or none.
var sheetName = pattern.Both(`^(?:|(?i:sheet) ?[0-9]*|工作表 ?[0-9]*)$`)

// about gives the date that deadlines without a year hang on when the paper bears
// none: that of the meeting, else the year of the title or of the number.
func (r *reader) about(f *Front) docket.Date {
	lines := []string{f.Title}
	for i := 0; i < len(r.paras) && i < 12; i++ {
		lines = append(lines, r.paras[i].text[:min(len(r.paras[i].text), 200)])
	}
	for _, s := range lines {
		if d := readDate(s); !d.IsZero() && met.MatchString(f.Title) && met.MatchString(s) {
			return d
		}
	}
	for _, s := range []string{f.Title, strings.NewReplacer("〔", " ", "〕", " ").Replace(f.Number)} {
		if m := titleYear.FindStringSubmatch(s); m != nil {
			y, _ := numeral(m[1])
			return docket.NewDate(y, time.January, 1)
		}
	}
	return 0
}

// Read turns a document into clauses and proposed tasks. It never fails: what
// it cannot tell it leaves empty or says in a finding. Time and memory are
// linear in the text.
func Read(doc *paper.Document, opt Options) *Result {
	r := &reader{opt: opt, doc: doc}
	r.paras = lines(doc)
	r.lang = language(r.paras)
	r.markCard()
	markFurniture(r.paras, doc.Format)
	r.paras = heal(r.paras, doc.Format)
	r.split()
	res := &Result{Lang: r.lang}
	if len(r.regions) > 0 {
		res.Front = r.front(&r.regions[0], doc.Title)
	}
	if res.Front.Title == "" && len(r.regions) > 1 && r.regions[0].tail > 0 && docKind.MatchString(r.regions[1].title) {
		res.Front.Title = r.regions[1].title // a letter without a title goes by the paper it hands on
	}
	if sheetName.MatchString(res.Front.Title) {
		if t := r.tableTitle(); t != "" {
			res.Front.Title = t
		}
	}
	for i := range r.regions {
		title := r.regions[i].title
		if i == 0 {
			title = res.Front.Title
		}
		r.regions[i].voice = r.hear(i, title)
		r.build(i)
	}
	r.issued = res.Front.IssuedOn
	if r.issued.IsZero() {
		r.issued = r.about(&res.Front)
	}
	r.decisions()
	r.readNotes()
	r.kinds()
	r.unitHeads()
	r.trailing()
	r.propose()
	r.actors()
	r.apply()
	r.groups()
	res.Front.Parents, res.Front.Validity = r.parents(), r.validity()
	r.lint(res)
	res.Clauses = r.clauses
	return res
}
