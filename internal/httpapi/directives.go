package httpapi

import (
	"net/http"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func (s *server) importPaper(c call, _ *none, u upload) (app.Imported, error) {
	if u.pasted {
		return s.app.ImportText(c, c.actor, u.name, string(u.content))
	}
	return s.app.Import(c, c.actor, u.name, u.content)
}

func (s *server) directives(c call, _ *none) (List[DirectiveRow], error) {
	rows, err := s.app.Directives(c, c.actor)
	return list(each(rows, wireDirectiveRow)), err
}

func (s *server) directive(c call, in *DirectivePath) (DirectivePage, error) {
	p, err := s.app.Directive(c, c.actor, in.ID)
	return wireDirectivePage(p), err
}

func (s *server) editFront(c call, in *directiveEdit[PatchDirective]) (DirectivePage, error) {
	seen, err := in.seen()
	if err != nil {
		return DirectivePage{}, err
	}
	p, err := s.app.EditFront(c, c.actor, in.ID, seen, app.FrontEdit(in.Body))
	return wireDirectivePage(p), err
}

func (s *server) discard(c call, in *struct {
	DirectivePath
	Edit
}) error {
	seen, err := in.seen()
	if err != nil {
		return err
	}
	return s.app.Discard(c, c.actor, in.ID, seen)
}

func (s *server) clauses(c call, in *DirectivePath) (List[ClauseView], error) {
	clauses, err := s.app.Clauses(c, c.actor, in.ID)
	return list(each(clauses, wireClauseView)), err
}

func (s *server) source(c call, in *DirectivePath) (*file, error) {
	f, err := s.app.Source(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	return wholeFile(f.Name, "application/octet-stream", f.Content), nil
}

// texts gives the texts that the drafts of a directive point into.
func (s *server) texts(c call, id docket.DirectiveID) (texts, error) {
	clauses, err := s.app.Clauses(c, c.actor, id)
	t := make(texts, len(clauses))
	for _, v := range clauses {
		t[v.Ord] = v.Text
	}
	return t, err
}

func (s *server) drafts(c call, in *DirectivePath) (List[MatterView], error) {
	drafts, err := s.app.Drafts(c, c.actor, in.ID)
	if err != nil {
		return List[MatterView]{}, err
	}
	t, err := s.texts(c, in.ID)
	return list(each(drafts, t.matter)), err
}

func (s *server) addDraft(c call, in *struct {
	DirectivePath
	Body NewMatter
}) (MatterView, error) {
	t, err := s.texts(c, in.ID)
	if err != nil {
		return MatterView{}, err
	}
	n := app.NewDraft{ClauseOrd: in.Body.ClauseOrd, Requirement: in.Body.Requirement}
	if in.Body.Span != nil {
		span, ok := fromWire(t[n.ClauseOrd], *in.Body.Span)
		if !ok {
			return MatterView{}, problem(http.StatusUnprocessableEntity, docket.Invalid, "request.invalid", nil, []docket.FieldError{field("span", "request.span", nil)})
		}
		n.Span = &span
	}
	m, err := s.app.AddDraft(c, c.actor, in.ID, n)
	return t.matter(m), err
}

func (s *server) editDraft(c call, in *struct {
	DirectivePath
	Matter docket.MatterID `path:"mid" minimum:"1"`
	Edit
	Body PatchMatter
}) (MatterView, error) {
	seen, err := in.seen()
	if err != nil {
		return MatterView{}, err
	}
	m, err := s.app.EditDraft(c, c.actor, in.ID, in.Matter, seen, in.Body.edit())
	if err != nil {
		return MatterView{}, err
	}
	t, err := s.texts(c, in.ID)
	return t.matter(m), err
}

// edit is the patch in the app's words. What a person enters was read nowhere.
func (p PatchMatter) edit() app.DraftEdit {
	e := app.DraftEdit{Title: p.Title, Requirement: p.Requirement, Due: p.Due, ReviewOn: p.ReviewOn, Aside: p.Aside, Duty: p.Duty}
	if p.Assignments != nil {
		parts := each(*p.Assignments, func(a NewAssignment) app.AssignmentEdit { return app.AssignmentEdit(a) })
		e.Assignments = &parts
	}
	if p.Measures != nil {
		measures := each(*p.Measures, func(m NewMeasure) docket.MeasureRead {
			return docket.MeasureRead{
				Name: m.Name, Value: m.Value, High: m.High, Unit: m.Unit, Direction: m.Direction, Strength: m.Strength, Words: m.Words,
				From: docket.Provenance{Origin: docket.ByHand},
			}
		})
		e.Measures = &measures
	}
	return e
}

func (s *server) settleName(c call, in *struct {
	DirectivePath
	Body NameBody
}) (ChangedMatters, error) {
	n := app.NameSettled{Name: in.Body.Name, Units: in.Body.Units, Alias: in.Body.Alias}
	if in.Body.Create != nil {
		n.Create = &app.UnitCreate{Parent: in.Body.Create.Parent, Level: in.Body.Create.Level}
	}
	changed, err := s.app.SettleName(c, c.actor, in.ID, n)
	if err != nil {
		return ChangedMatters{}, err
	}
	t, err := s.texts(c, in.ID)
	return ChangedMatters{Matters: each(changed, t.matter)}, err
}

func (s *server) adoption(c call, in *DirectivePath) (app.Adoption, error) {
	a, err := s.app.AdoptionPreview(c, c.actor, in.ID)
	return wireAdoption(a), err
}

func (s *server) adopt(c call, in *struct {
	DirectivePath
	Body AdoptBody
}) (app.Adoption, error) {
	a, err := s.app.Adopt(c, c.actor, in.ID, in.Body.Version)
	return wireAdoption(a), err
}

func (s *server) history(c call, in *DirectivePath) (List[app.EntryView], error) {
	entries, err := s.app.History(c, c.actor, in.ID)
	return list(each(entries, wireEntry)), err
}
