package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading"
)

// MaxClauses bounds the clauses and, apart, the tasks of one directive: more is
// no document that a person could correct, and would hold every other writer up.
const MaxClauses = 20_000

// Import reads a file into a directive, its clauses and one draft matter for
// every task found, in one transaction, and keeps the file. It belongs to the
// actor's own office. The same file a second time is a Conflict that names the first.
func (a *App) Import(ctx context.Context, actor docket.Actor, name string, content []byte) (Imported, error) {
	owner, err := a.importer(&actor)
	if err != nil {
		return Imported{}, err
	}
	sum := sha256.Sum256(content)
	if err := a.cfg.Store.View(ctx, func(r docket.Reader) error { return again(ctx, r, owner, hex.EncodeToString(sum[:]), name) }); err != nil {
		return Imported{}, err
	}
	b, err := a.read(ctx, owner, name, content)
	if err != nil {
		return Imported{}, err
	}
	if b.directive.File.SHA256, _, err = a.cfg.Files.Put(ctx, bytes.NewReader(content)); err != nil {
		return Imported{}, fmt.Errorf("keep %s: %w", name, err)
	}
	return a.keep(ctx, actor, b)
}

// ImportText imports pasted text; it is kept as a file like any other.
func (a *App) ImportText(ctx context.Context, actor docket.Actor, title, text string) (Imported, error) {
	title = strings.TrimSpace(title)
	if err := guardNames(title); err != nil { // all of it: the label made of it is shorter
		return Imported{}, err
	}
	if title == "" {
		title, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	}
	if strings.TrimSpace(text) == "" {
		return Imported{}, docket.Errorf(docket.Invalid, "import.no_text", "there is no text to import")
	}
	return a.Import(ctx, actor, textFileName(title), []byte(text))
}

// textFileName makes a label for pasted text; it never becomes a path.
func textFileName(title string) string {
	title = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|.`, r) {
			return ' '
		}
		return r
	}, title)
	title = strings.Join(strings.Fields(cut(title, 60)), " ")
	if title == "" {
		title = "text"
	}
	return title + ".txt"
}

// ImportDryRun reads a file as Import would and keeps nothing.
func (a *App) ImportDryRun(ctx context.Context, actor docket.Actor, name string, content []byte) (DryRun, error) {
	owner, err := a.importer(&actor)
	if err != nil {
		return DryRun{}, err
	}
	b, err := a.read(ctx, owner, name, content)
	if err != nil {
		return DryRun{}, err
	}
	run := DryRun{Directive: b.directive, Clauses: b.clauses, Imported: b.count()}
	for _, m := range b.matters {
		run.Matters = append(run.Matters, b.place.matterView(*m))
	}
	return run, nil
}

// importer gives the unit that what the actor imports will belong to.
func (a *App) importer(actor *docket.Actor) (docket.UnitID, error) {
	if err := allow(actor, docket.ActImport); err != nil {
		return 0, err
	}
	return actor.OfficeUnit(), permit(actor, docket.ActImport, docket.Subject{Owner: actor.OfficeUnit()})
}

// again refuses a file that the owner has imported before.
func again(ctx context.Context, r docket.Reader, owner docket.UnitID, sha, name string) error {
	id, err := r.DirectiveByFile(ctx, owner, sha)
	if err != nil || id == 0 {
		return err
	}
	d, err := r.Directive(ctx, docket.SystemScope(), id)
	if err != nil {
		return err
	}
	return docket.Errorf(docket.Conflict, "import.again", name+" has been imported before, as “"+d.Title+"”",
		"file", name, "directive", strconv.FormatInt(int64(id), 10), "title", d.Title)
}

// bundle is everything an import brings in, not yet kept.
type bundle struct {
	directive docket.Directive
	clauses   []docket.Clause
	matters   []*docket.Matter
	place     *place
}

// read turns a file into a bundle. The guard for classified papers stands in
// the readers (file name, title, text) and before anything is kept.
func (a *App) read(ctx context.Context, owner docket.UnitID, name string, content []byte) (*bundle, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	doc, err := a.cfg.Readers.Read(ctx, paper.Bytes(name, content), a.cfg.Limits)
	if err != nil {
		return nil, err
	}
	res := reading.Read(doc, reading.Options{Known: pl.knows(owner)})
	reading.Forget() // documents are rare, and a server is idle most of its life
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := guardNames(res.Front.Title); err != nil {
		return nil, err
	}
	b := &bundle{place: pl, directive: directiveOf(res, name, doc, len(content))}
	b.directive.Owner, b.directive.ImportedAt = owner, a.cfg.Clock()
	if err := checkSize(name, res); err != nil {
		return nil, err
	}
	a.fill(b, res)
	return b, nil
}

func checkSize(name string, res *reading.Result) error {
	tasks := 0
	for i := range res.Clauses {
		tasks += len(res.Clauses[i].Tasks)
	}
	limit := strconv.Itoa(MaxClauses)
	switch {
	case len(res.Clauses) > MaxClauses:
		return docket.Errorf(docket.TooLarge, "import.too_many_clauses", fmt.Sprintf("%s has %d clauses; at most %s can be imported at once: split it", name, len(res.Clauses), limit),
			"file", name, "count", strconv.Itoa(len(res.Clauses)), "limit", limit)
	case tasks > MaxClauses:
		return docket.Errorf(docket.TooLarge, "import.too_many_tasks", fmt.Sprintf("%s holds %d tasks; at most %s can be imported at once: split it", name, tasks, limit),
			"file", name, "count", strconv.Itoa(tasks), "limit", limit)
	}
	return nil
}

func directiveOf(res *reading.Result, name string, doc *paper.Document, size int) docket.Directive {
	d := docket.Directive{
		Title: res.Front.Title, Number: res.Front.Number, Issuer: res.Front.Issuer, IssuedOn: res.Front.IssuedOn, Level: res.Front.Level,
		Lang: res.Lang, Addressees: res.Front.Addressees, Status: docket.Reading,
		File:     docket.FileRef{Name: name, Format: doc.Format, Size: int64(size)},
		Findings: append(res.Findings, res.Front.Findings...),
	}
	if d.Title == "" {
		d.Title = strings.TrimSuffix(name, "."+doc.Format)
	}
	for _, p := range res.Front.Parents {
		d.Parents = append(d.Parents, docket.ParentRef{Title: p.Title, Number: p.Number})
	}
	return d
}

// fill makes clauses and drafts of a reading.
func (a *App) fill(b *bundle, res *reading.Result) {
	known := map[string]docket.Match{}
	for ord := range res.Clauses {
		cl := &res.Clauses[ord]
		b.clauses = append(b.clauses, docket.Clause{Ord: ord, Parent: cl.Parent, Kind: cl.Kind, Part: cl.Part, Label: cl.Label,
			Path: strings.Join(cl.Path, " / "), Text: cl.Text, Page: cl.Page, Line: cl.Line, Struck: cl.Struck})
		for _, f := range cl.Findings {
			b.directive.Findings = append(b.directive.Findings, ofClause(f, ord))
		}
		for i := range cl.Tasks {
			m := draftOf(&cl.Tasks[i], ord)
			m.Owner, m.Ord, m.Status = b.directive.Owner, len(b.matters), docket.Draft
			a.propose(b.place, m, b.directive.IssuedOn, known)
			b.matters = append(b.matters, m)
		}
	}
}

// ofClause notes at which clause of the directive a finding stands.
func ofClause(f docket.Finding, ord int) docket.Finding {
	args := map[string]string{"clause": strconv.Itoa(ord)}
	for k, v := range f.Args {
		args[k] = v
	}
	f.Args = args
	return f
}

func draftOf(t *reading.Task, ord int) *docket.Matter {
	m := &docket.Matter{ClauseOrd: ord, Span: t.Span, Requirement: strings.TrimSpace(t.Text), Title: titleOf(t.Text), Strength: t.Strength,
		Duty: t.Duty, Dues: t.Dues, Measures: t.Measures, Findings: t.Findings}
	for _, p := range t.Parties {
		m.Assignments = append(m.Assignments, docket.Assignment{Party: p})
	}
	return m
}

// titleOf is the first sentence of a requirement, or as much of it as a list shows,
// beginning as a title does: what follows "Transport:" or "to" was written small.
func titleOf(requirement string) string {
	s := strings.Join(strings.Fields(requirement), " ")
	if i := strings.IndexAny(s, "。；;!！?？"); i > 0 && len([]rune(s[:i])) >= 4 {
		s = s[:i]
	}
	r := []rune(s)
	if len(r) > 1 && !unicode.IsUpper(r[1]) { // eHealth stays
		r[0] = unicode.ToUpper(r[0])
	}
	if len(r) > docket.MaxTitle {
		r = append(r[:docket.MaxTitle-1], '…')
	}
	return string(r)
}

func (b *bundle) count() Imported {
	in := Imported{Directive: b.directive.ID, Matters: len(b.matters), Doubts: doubts(b.directive.Findings)}
	for i := range b.clauses {
		if b.clauses[i].Kind == docket.KindClause {
			in.Clauses++
		}
	}
	names := map[string]bool{}
	for _, m := range b.matters {
		in.Doubts += doubts(m.Findings)
		for _, as := range m.Assignments {
			if as.Unit == 0 && as.Role != docket.LeaderRole {
				names[as.Name] = true
			}
		}
	}
	in.Unmatched = len(names)
	return in
}

func doubts(findings []docket.Finding) (n int) {
	for _, f := range findings {
		if f.Severity == docket.Doubt {
			n++
		}
	}
	return n
}

// keep stores a bundle: all of it or nothing.
func (a *App) keep(ctx context.Context, actor docket.Actor, b *bundle) (Imported, error) {
	err := a.change(ctx, actor, docket.VerbImport, func(ctx context.Context, c *Change) error {
		d := b.directive // fn may run twice
		if err := c.May(docket.ActImport, docket.Subject{Owner: d.Owner}); err != nil {
			return err
		}
		if err := again(ctx, c, d.Owner, d.File.SHA256, d.File.Name); err != nil {
			return err
		}
		d.ImportedBy, d.ImportedAt = actor.Person.ID, c.Now()
		for i := range d.Parents {
			id, err := c.DirectiveByNumber(ctx, d.Owner, d.Parents[i].Number)
			if err != nil {
				return err
			}
			d.Parents[i].Directive = id
		}
		if err := c.PutDirective(ctx, &d); err != nil {
			return err
		}
		if err := c.putText(ctx, b, d.ID); err != nil {
			return err
		}
		b.directive.ID = d.ID
		return c.Record(ctx, docket.Entry{Directive: d.ID, After: note("title", d.Title, "number", d.Number, "file", d.File.Name,
			"sha256", d.File.SHA256, "clauses", len(b.clauses), "matters", len(b.matters))})
	})
	if err != nil {
		return Imported{}, err
	}
	return b.count(), nil
}

// putText stores clauses and drafts of a directive and ties each draft to its clause.
func (c *Change) putText(ctx context.Context, b *bundle, id docket.DirectiveID) error {
	for i := range b.clauses {
		b.clauses[i].Directive, b.clauses[i].ID = id, 0
	}
	if err := c.InsertClauses(ctx, b.clauses); err != nil {
		return fmt.Errorf("keep %d clauses: %w", len(b.clauses), err)
	}
	for _, m := range b.matters {
		m.ID, m.Version, m.Directive, m.Clause = 0, 0, id, b.clauses[m.ClauseOrd].ID
	}
	if err := c.InsertMatters(ctx, b.matters); err != nil {
		return fmt.Errorf("keep %d drafts: %w", len(b.matters), err)
	}
	return nil
}
