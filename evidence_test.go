package docket_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

func TestGradesAreOrdered(t *testing.T) {
	grades := docket.EvidenceGrades()
	for i, g := range grades {
		for j, other := range grades {
			if g.AtLeast(other) != (i >= j) {
				t.Errorf("%s at least %s: %v", g, other, g.AtLeast(other))
			}
		}
		if docket.EvidenceGrade("made_up").AtLeast(g) {
			t.Errorf("an unknown grade is as good as %s", g)
		}
	}
}

// A unit's own file is a document at most; only a unit outside every line of the
// matter gives an outside check.
func TestTheGradeOfAnOffer(t *testing.T) {
	tree := town(t)
	m := docket.Matter{Status: docket.Assigned, Assignments: []docket.Assignment{{Unit: 10}, {Party: docket.Party{Role: docket.LeaderRole}}}}
	for _, c := range []struct {
		unit  docket.UnitID
		grade docket.EvidenceGrade
		code  docket.Code
	}{{10, docket.GradeDocument, ""}, {20, docket.GradeOutside, ""}, {1, "", docket.Forbidden}} {
		g, err := m.OfferGrade(c.unit, tree)
		if g != c.grade || c.code == "" && err != nil || c.code != "" && !errors.Is(err, c.code) {
			t.Errorf("unit %d: %q, %v", c.unit, g, err)
		}
	}
	for _, s := range docket.Statuses() {
		m.Status = s
		_, err := m.OfferGrade(10, tree)
		if never := s == docket.Draft || s == docket.Registered || s == docket.Archived; never != errors.Is(err, docket.Conflict) {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestWhatAReportCanCarry(t *testing.T) {
	today := docket.NewDate(2026, 3, 5)
	own := docket.Evidence{Unit: 1, Name: "a.jpg", Grade: docket.GradeDocument}
	with := func(change func(*docket.Evidence)) docket.Evidence { e := own; change(&e); return e }
	for name, c := range map[string]struct {
		pieces []docket.Evidence
		key    string
	}{
		"own":              {[]docket.Evidence{own, own}, ""},
		"none":             {nil, ""},
		"its own already":  {[]docket.Evidence{with(func(e *docket.Evidence) { e.Report = 7 })}, ""},
		"too many":         {[]docket.Evidence{own, own, own}, "evidence.too_many"},
		"another unit's":   {[]docket.Evidence{with(func(e *docket.Evidence) { e.Unit = 2 })}, "evidence.others"},
		"another report's": {[]docket.Evidence{with(func(e *docket.Evidence) { e.Report = 8 })}, "evidence.carried"},
		"expired":          {[]docket.Evidence{with(func(e *docket.Evidence) { e.Expires = today - 1 })}, "evidence.expired"},
		"valid to today":   {[]docket.Evidence{with(func(e *docket.Evidence) { e.Expires = today })}, ""},
	} {
		err := docket.Carriable(c.pieces, 1, 7, 2, today)
		var e *docket.Error
		errors.As(err, &e)
		if c.key == "" && err != nil || c.key != "" && (e == nil || e.Key != c.key && (len(e.Fields) == 0 || e.Fields[0].Key != c.key)) {
			t.Errorf("%s: %v, want %q", name, err, c.key)
		}
	}
	if !docket.Proves([]docket.Evidence{own}, docket.GradeDocument, today) || docket.Proves([]docket.Evidence{own}, docket.GradeSystem, today) ||
		docket.Proves([]docket.Evidence{with(func(e *docket.Evidence) { e.Expires = today - 1 })}, docket.GradeOwnWord, today) {
		t.Error("what proves and what does not are mixed up")
	}
}

func TestOnlyOwnUncarriedEvidenceIsTakenBack(t *testing.T) {
	e := docket.Evidence{By: 3}
	if err := e.Removable(3); err != nil {
		t.Error(err)
	}
	if err := e.Removable(4); !errors.Is(err, docket.Forbidden) {
		t.Error(err)
	}
	if err := (&docket.Evidence{}).Removable(0); !errors.Is(err, docket.Forbidden) {
		t.Error("nobody takes back what is nobody's:", err)
	}
	e.Report = 1
	if err := e.Removable(3); !errors.Is(err, docket.Conflict) {
		t.Error(err)
	}
}

func TestEvidenceAndUploadsAsEntered(t *testing.T) {
	now := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	good := docket.Evidence{Kind: docket.EvidencePhoto, Name: "a.jpg", TakenAt: now}
	if err := good.Validate(now); err != nil {
		t.Error(err)
	}
	for field, change := range map[string]func(*docket.Evidence){
		"kind": func(e *docket.Evidence) { e.Kind = "song" }, "name": func(e *docket.Evidence) { e.Name = " " },
		"caption": func(e *docket.Evidence) { e.Caption = strings.Repeat("字", 301) }, "taken_at": func(e *docket.Evidence) { e.TakenAt = now.Add(2 * time.Hour) },
	} {
		bad := good
		change(&bad)
		var e *docket.Error
		if err := bad.Validate(now); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	announced := docket.Upload{Name: "a.jpg", Size: 1, SHA256: strings.Repeat("a", 64)}
	if err := announced.Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*docket.Upload){
		"no name": func(u *docket.Upload) { u.Name = "" }, "long name": func(u *docket.Upload) { u.Name = strings.Repeat("字", 201) },
		"hash": func(u *docket.Upload) { u.SHA256 = strings.Repeat("G", 64) }, "empty": func(u *docket.Upload) { u.Size = 0 },
		"large": func(u *docket.Upload) { u.Size = docket.MaxEvidenceBytes + 1 }, "negative": func(u *docket.Upload) { u.Size = -1 },
	} {
		bad := announced
		change(&bad)
		var e *docket.Error
		if err := bad.Validate(); !errors.As(err, &e) {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
}
