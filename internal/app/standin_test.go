package app_test

import (
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// A stand-in acts on the posts of who is away, is told as they are, is named in
// the journal beside them, and has nothing of it left when the span is over.
func TestAStandinActs(t *testing.T) {
	onBoth(t, func(t *testing.T, store docket.Store) {
		w := newTown(t, store)
		ctx := t.Context()
		w.adopted()
		id := w.ledger(w.edu).Items[0].ID
		by := w.person("wang", docket.Liaison, "云州市住房和城乡建设局")
		_, err := w.Matter(ctx, by, id)
		w.refused("before", err, docket.NotFound, "")
		s, err := w.StandIn(ctx, w.edu, 0, app.NewStandin{By: "wang", To: docket.NewDate(2026, 3, 4), Words: "休假"})
		w.must(err)
		if s.From != docket.NewDate(2026, 3, 2) || !s.Now || s.ByName != "wang" || s.Name != "edu" {
			t.Errorf("kept %+v", s)
		}
		w.same("the stand-in knows", w.told(by), []string{"03-02 standin"})
		by = w.as(by)
		page, err := w.Move(ctx, by, id, docket.VerbAcknowledge, w.unit["市教育局"], docket.Deed{}, 0)
		w.must(err)
		if e := page.History[0]; e.ActorName != "wang" || e.ForName != "edu" {
			t.Errorf("the journal says %q for %q", e.ActorName, e.ForName)
		}
		if len(page.Why) < 2 || page.Why[0].Key != "why.for" || page.Why[0].Args["name"] != "edu" {
			t.Errorf("why: %+v", page.Why)
		}
		own := w.ledger(by).Items // own matters are done in one's own name
		i := slices.IndexFunc(own, func(r app.LedgerRow) bool {
			return r.ID != id && r.Directive != 0 && hasUnit(w, r, "云州市住房和城乡建设局")
		})
		page, err = w.Move(ctx, by, own[i].ID, docket.VerbAcknowledge, w.unit["云州市住房和城乡建设局"], docket.Deed{}, 0)
		w.must(err)
		if e := page.History[0]; e.ForName != "" {
			t.Errorf("one's own receipt is for %q", e.ForName)
		}
		// both are told
		other := w.ledger(w.edu).Items[1].ID
		_, err = w.Urge(ctx, w.office, other, w.unit["市教育局"], "请签收")
		w.must(err)
		if got := w.told(w.edu); len(got) != 1 {
			t.Errorf("who is away is told %v", got)
		}
		if got := w.told(by); len(got) != 2 {
			t.Errorf("the stand-in is told %v", got)
		}
		// it ends by itself
		w.now = time.Date(2026, 3, 5, 0, 1, 0, 0, time.UTC)
		by = w.as(by)
		_, err = w.Matter(ctx, by, id)
		w.refused("afterwards", err, docket.NotFound, "")
	})
}

func hasUnit(w *town, r app.LedgerRow, unit string) bool {
	page, err := w.Matter(w.t.Context(), w.office, r.ID)
	w.must(err)
	return slices.ContainsFunc(page.Matter.Assignments, func(a app.AssignmentView) bool { return a.Unit == w.unit[unit] && a.OwesReceipt() })
}

// What is lent cannot be lent on, nor does it hold an administrator's or
// auditor's posts, and nobody is their own.
func TestAStandinHoldsNoMoreThanThePost(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	w.adopted()
	to := docket.NewDate(2026, 3, 20)
	_, err := w.StandIn(ctx, w.edu, 0, app.NewStandin{By: "fin", To: to})
	w.must(err)
	wang := w.person("wang", docket.Liaison, "云州市住房和城乡建设局")
	_, err = w.StandIn(ctx, w.as(w.fin), 0, app.NewStandin{By: "wang", To: to})
	w.must(err)
	if a := w.as(wang); a.File.Has(w.unit["市教育局"]) || !a.File.Has(w.unit["市财政局"]) {
		t.Error("a stand-in's stand-in acts for the first")
	}
	_, err = w.StandIn(ctx, w.admin, 0, app.NewStandin{By: "linjiang", To: to})
	w.must(err)
	_, err = w.StandIn(ctx, w.auditor, 0, app.NewStandin{By: "linjiang", To: to})
	w.must(err)
	if a := w.as(w.district); a.Has(docket.Admin) || a.Has(docket.Auditor) || a.Read.All() {
		t.Error("an administrator's or auditor's post was lent")
	}
	for what, c := range map[string]struct {
		who docket.Actor
		n   app.NewStandin
		key string
	}{
		"oneself":                   {w.district, app.NewStandin{By: "linjiang", To: to}, "standin.invalid"},
		"nobody":                    {w.district, app.NewStandin{By: "niemand", To: to}, "standin.nobody"},
		"without an end":            {w.district, app.NewStandin{By: "duban"}, "standin.invalid"},
		"too long":                  {w.district, app.NewStandin{By: "duban", To: to + 400}, "standin.invalid"},
		"in the past":               {w.district, app.NewStandin{By: "duban", From: docket.NewDate(2026, 2, 1), To: to}, "standin.invalid"},
		"a second one":              {w.as(w.edu), app.NewStandin{By: "duban", To: to}, "standin.already"},
		"somebody who is away":      {w.district, app.NewStandin{By: "edu", To: to}, "standin.away"},
		"with classified words":     {w.district, app.NewStandin{By: "duban", To: to, Words: "机密★10年"}, ""},
		"one whose days are turned": {w.district, app.NewStandin{By: "duban", From: to, To: to - 1}, "standin.invalid"},
	} {
		_, err := w.StandIn(ctx, c.who, 0, c.n)
		w.refused(what, err, docket.CodeOf(err), c.key)
		if err == nil {
			t.Errorf("%s: taken", what)
		}
	}
}

// Who arranges it for somebody else: an administrator for anybody, an office for
// the people of its units, and never in their own favour.
func TestWhoArrangesAStandin(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	leader := w.person("leader", docket.Leader, "云州市")
	n := app.NewStandin{By: "fin", To: docket.NewDate(2026, 3, 20)}
	s, err := w.StandIn(ctx, w.office, w.edu.Person.ID, n)
	w.must(err)
	w.same("who is away is told", w.told(w.edu), []string{"03-02 away"})
	_, err = w.StandIn(ctx, w.office, leader.Person.ID, n)
	w.refused("an office for a leader", err, docket.Forbidden, "refuse.arrange")
	_, err = w.StandIn(ctx, w.district, w.fin.Person.ID, n)
	w.refused("another office", err, docket.Forbidden, "refuse.arrange")
	_, err = w.StandIn(ctx, w.fin, leader.Person.ID, n)
	w.refused("anybody", err, docket.Forbidden, "refuse.arrange")
	_, err = w.StandIn(ctx, w.office, w.fin.Person.ID, app.NewStandin{By: "duban", To: n.To})
	w.refused("in the own favour", err, docket.Invalid, "standin.third")
	_, err = w.StandIn(ctx, w.admin, leader.Person.ID, n)
	w.must(err)
	if a := w.as(w.fin); !a.Portfolio.Has(w.unit["市教育局"]) || !a.File.Has(w.unit["市教育局"]) {
		t.Error("the stand-in of two does not act for both")
	}
	_, err = w.EndStandin(ctx, w.district, s.ID)
	w.refused("ended by a stranger", err, docket.NotFound, "")
	_, err = w.EndStandin(ctx, w.as(w.fin), s.ID) // the stand-in cannot after all
	w.must(err)
	if a := w.as(w.fin); a.File.Has(w.unit["市教育局"]) {
		t.Error("it was ended, and still holds")
	}
	_, err = w.EndStandin(ctx, w.edu, s.ID)
	w.refused("ended twice", err, docket.Conflict, "standin.over")
	if n := len(w.verbs(docket.VerbStandIn)); n != 3 {
		t.Errorf("%d entries", n)
	}
}

// Neither of two who act for each other verifies what the other had a hand in.
func TestStandinsAndVerifiers(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	w.adopted()
	first := w.ledger(w.edu).Items[0].ID
	check := w.person("check", docket.Verifier, "云州市")
	if page, err := w.Matter(ctx, check, first); err != nil || !slices.Contains(page.May, docket.ActVerify) {
		t.Fatalf("a verifier from outside may not verify: %v %v", page.May, err)
	}
	_, err := w.StandIn(ctx, w.edu, 0, app.NewStandin{By: "check", To: docket.NewDate(2026, 3, 20)})
	w.must(err)
	check = w.as(check)
	if page, err := w.Matter(ctx, check, first); err != nil || slices.Contains(page.May, docket.ActVerify) {
		t.Errorf("who files for the unit may verify it: %v %v", page.May, err)
	}
}

// And the other way round: what the stand-in had a hand in meanwhile, who comes
// back does not verify either.
func TestWhoComesBackVerifiesNothingOfTheirStandin(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	w.adopted()
	first := w.ledger(w.edu).Items[0].ID
	check := w.person("check", docket.Verifier, "云州市")
	s, err := w.StandIn(ctx, check, 0, app.NewStandin{By: "edu", To: docket.NewDate(2026, 3, 20)})
	w.must(err)
	edu := w.as(w.edu)
	up, err := w.BeginUpload(ctx, edu, first, app.NewUpload{Unit: w.unit["市教育局"], Name: "记录.txt", Size: 3})
	w.must(err)
	_, err = w.AppendUpload(ctx, edu, first, up.ID, 0, []byte("abc"))
	w.must(err)
	_, err = w.FinishUpload(ctx, edu, first, up.ID, app.EvidenceEdit{})
	w.must(err)
	if page, err := w.Matter(ctx, edu, first); err != nil || slices.Contains(page.May, docket.ActVerify) {
		t.Errorf("a liaison verifies the own unit's matter by standing in for a verifier: %v %v", page.May, err)
	}
	_, err = w.EndStandin(ctx, check, s.ID)
	w.must(err)
	if page, err := w.Matter(ctx, w.as(check), first); err != nil || slices.Contains(page.May, docket.ActVerify) {
		t.Errorf("who was away may verify what the stand-in gave evidence for: %v %v", page.May, err)
	}
	_, err = w.Verify(ctx, w.as(check), first, docket.Verification{Outcome: docket.FoundTrue, Checks: []docket.Check{{Text: "看过", OK: true}}}, 0)
	w.refused("by any route", err, docket.Forbidden, "refuse.verify")
}
