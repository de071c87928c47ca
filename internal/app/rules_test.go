package app_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// Two people adopt at the same moment: one does it, the other is told what happened.
func TestTwoAdoptionsAtOnce(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			id := w.importPlan().Directive
			w.settle(id)
			version := w.version(id)
			nodes := []*app.App{w.App, w.another()}
			errs := make([]error, len(nodes))
			var wg sync.WaitGroup
			for i, node := range nodes {
				wg.Go(func() { _, errs[i] = node.Adopt(t.Context(), w.office, id, version) })
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("one of two must win: %v, %v", errs[0], errs[1])
			}
			w.refused("the later adoption", errors.Join(errs...), docket.Conflict, "adopt.done")
			if n := len(w.ledgerOf(nodes[0]).Items) + len(w.ledgerOf(nodes[1]).Items); n != 4 {
				t.Errorf("before the other node has caught up the two show %d matters, want 4 on one", n)
			}
			for _, node := range nodes {
				w.must(node.CatchUp(t.Context()))
				if n := w.ledgerOf(node).Total; n != 4 {
					t.Errorf("a node shows %d matters, want 4", n)
				}
			}
		})
	}
}

func (w *town) ledgerOf(a *app.App) app.LedgerPage {
	w.t.Helper()
	page, err := a.Ledger(w.t.Context(), w.office, app.LedgerRequest{})
	w.must(err)
	return page
}

func TestClassifiedIsRefusedAtEveryDoor(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	id := w.importPlan().Directive
	drafts, err := w.Drafts(ctx, w.office, id)
	w.must(err)
	const mark = "机密★1年"
	text := mark + "\n关于某事的通知\n1.办成一件。（市教育局负责）"
	yes, secret := true, mark+" 暗号甲乙丙"
	doors := map[string]func() error{
		"file": func() error { _, err := w.Import(ctx, w.office, "暗号甲乙丙.txt", []byte(text)); return err },
		"file name": func() error {
			_, err := w.Import(ctx, w.office, "机密 暗号甲乙丙.txt", []byte("1.办成一件。"))
			return err
		},
		"pasted text": func() error { _, err := w.ImportText(ctx, w.office, "暗号甲乙丙", text); return err },
		"title":       func() error { _, err := w.ImportText(ctx, w.office, secret, "1.办成一件。"); return err },
		"dry run":     func() error { _, err := w.ImportDryRun(ctx, w.office, "a.txt", []byte(text)); return err },
		"front": func() error {
			_, err := w.EditFront(ctx, w.office, id, w.version(id), app.FrontEdit{Title: &secret})
			return err
		},
		"requirement": func() error {
			_, err := w.EditDraft(ctx, w.office, id, drafts[0].ID, drafts[0].Version, app.DraftEdit{Requirement: &secret})
			return err
		},
		"matter title": func() error {
			_, err := w.EditDraft(ctx, w.office, id, drafts[0].ID, drafts[0].Version, app.DraftEdit{Title: &secret, Aside: &yes})
			return err
		},
		"unit of a matter": func() error {
			_, err := w.EditDraft(ctx, w.office, id, drafts[0].ID, drafts[0].Version, app.DraftEdit{Assignments: &[]app.AssignmentEdit{{Role: docket.Lead, Name: secret}}})
			return err
		},
		"new draft": func() error {
			_, err := w.AddDraft(ctx, w.office, id, app.NewDraft{ClauseOrd: drafts[0].ClauseOrd, Requirement: secret})
			return err
		},
		"unit": func() error { _, err := w.AddUnit(ctx, w.admin, docket.Unit{Name: secret}); return err },
		"unit alias": func() error {
			_, err := w.AddUnit(ctx, w.admin, docket.Unit{Name: "甲", Aliases: []string{secret}})
			return err
		},
		"unit rename": func() error {
			_, err := w.RenameUnit(ctx, w.admin, w.unit["市教育局"], 1, secret, 0, "")
			return err
		},
		"unit file": func() error {
			_, err := w.ImportUnits(ctx, w.admin, "u.csv", []byte("名称\n"+secret+"\n"), false)
			return err
		},
		"person": func() error {
			_, err := w.AddPerson(ctx, w.admin, docket.Person{Login: "z", Name: secret})
			return err
		},
		"mail address": func() error {
			_, err := w.AddPerson(ctx, w.admin, docket.Person{Login: "z", Name: "z", Email: secret})
			return err
		},
		"reason": func() error {
			_, err := w.RenameUnit(ctx, w.admin, w.unit["市教育局"], 1, "市教育体育局", 0, secret)
			return err
		},
		"long title": func() error {
			_, err := w.ImportText(ctx, w.office, strings.Repeat("长", 70)+" "+secret, "1.办成一件。")
			return err
		},
		"hidden joiner": func() error {
			_, err := w.ImportText(ctx, w.office, "暗号甲乙丙", "机\u2060密★1年\n1.办成一件。")
			return err
		},
		"column of a view": func() error {
			_, err := w.AddView(ctx, w.office, docket.SavedView{Name: "v", Columns: []string{secret}})
			return err
		},
		"view": func() error { _, err := w.AddView(ctx, w.office, docket.SavedView{Name: secret}); return err },
	}
	for door, try := range doors {
		w.refused(door, try(), docket.Classified, "")
	}
	w.nothingKept("暗号甲乙丙")
}

func TestTheSameFileTwiceNamesTheFirst(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	first := w.importPlan()
	_, err := w.Import(ctx, w.office, "别名.txt", []byte(plan))
	w.refused("again", err, docket.Conflict, "import.again")
	if e := (*docket.Error)(nil); !errors.As(err, &e) || e.Args["directive"] != fmt.Sprint(first.Directive) {
		t.Errorf("the refusal does not name the first import: %v", err)
	}
	w.must(w.Discard(ctx, w.office, first.Directive, w.version(first.Directive)))
	if _, err := w.Import(ctx, w.office, "实事.txt", []byte(plan)); err != nil {
		t.Errorf("after the first was discarded: %v", err)
	}
	src, err := w.Source(ctx, w.office, first.Directive+1)
	w.must(err)
	if string(src.Content) != plan {
		t.Error("the kept file is not the one imported")
	}
}

func TestDryRunKeepsNothing(t *testing.T) {
	w := newTown(t, openSQLite(t))
	run, err := w.ImportDryRun(t.Context(), w.office, "实事.txt", []byte(plan))
	w.must(err)
	if len(run.Matters) != 4 || run.Directive.Number != "云政发〔2026〕7号" || run.Unmatched != 2 {
		t.Errorf("dry run: %d matters, %q, %d unmatched", len(run.Matters), run.Directive.Number, run.Unmatched)
	}
	list, err := w.Directives(t.Context(), w.office)
	w.must(err)
	if len(list) != 0 {
		t.Errorf("%d directives were kept", len(list))
	}
}

func TestTooManyClausesAreRefusedWithTheNumber(t *testing.T) {
	w := newTown(t, openSQLite(t))
	var b strings.Builder
	for i := range app.MaxClauses + 1 {
		fmt.Fprintf(&b, "%d.修好第%d座桥。\n", i+1, i+1)
	}
	_, err := w.Import(t.Context(), w.office, "长.txt", []byte(b.String()))
	w.refused("too long", err, docket.TooLarge, "import.too_many_clauses")
}

func TestParentsAreLinkedByNumber(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	child, err := w.ImportText(ctx, w.office, "分工方案", `云州市人民政府办公室关于印发民生实事分工方案的通知
云政办发〔2026〕9号
市政府各部门：
根据《云州市人民政府关于办好民生实事的通知》（云政发〔2026〕7号），制定本方案。
一、办好教育
1.修桥一座。（市教育局负责，2026年8月底前完成）
`)
	w.must(err)
	before, err := w.Directive(ctx, w.office, child.Directive)
	w.must(err)
	if len(before.Parents) == 0 || before.Parents[0].Directive != 0 {
		t.Fatalf("parents before the upper document came: %+v", before.Parents)
	}
	upper := w.importPlan()
	after, err := w.Directive(ctx, w.office, child.Directive)
	w.must(err)
	if after.Parents[0].Directive != upper.Directive {
		t.Errorf("the upper document is in the docket and is not linked: %+v", after.Parents)
	}
}

func TestStaleEditsAreRefused(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	id := w.importPlan().Directive
	drafts, err := w.Drafts(ctx, w.office, id)
	w.must(err)
	d := drafts[0]
	one, two := "第一次", "第二次"
	_, err = w.EditDraft(ctx, w.office, id, d.ID, d.Version, app.DraftEdit{Title: &one})
	w.must(err)
	_, err = w.EditDraft(ctx, w.office, id, d.ID, d.Version, app.DraftEdit{Title: &two})
	w.refused("an edit on an older state", err, docket.Conflict, "error.conflict")
	_, err = w.EditFront(ctx, w.office, id, 99, app.FrontEdit{Title: &one})
	w.refused("front", err, docket.Conflict, "")
	_, err = w.RenameUnit(ctx, w.admin, w.unit["市教育局"], 99, "x", 0, "")
	w.refused("unit", err, docket.Conflict, "")
}

func TestEditingADraftSettlesItsDoubts(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	id := w.importPlan().Directive
	drafts, err := w.Drafts(ctx, w.office, id)
	w.must(err)
	d := drafts[3] // 市建材办牵头, no day
	has := func(m app.MatterView, code string) bool {
		for _, f := range m.Findings {
			if f.Code == code {
				return true
			}
		}
		return false
	}
	if !has(d, docket.FindUnknownUnit) || !has(d, docket.FindVagueDue) {
		t.Fatalf("doubts: %+v", d.Findings)
	}
	day := docket.NewDate(2026, 12, 31)
	got, err := w.EditDraft(ctx, w.office, id, d.ID, d.Version, app.DraftEdit{
		Assignments: &[]app.AssignmentEdit{{Role: docket.Lead, Name: "市住建局"}, {Role: docket.Support, Unit: w.unit["市财政局"]}}, Due: &day})
	w.must(err)
	if has(got, docket.FindUnknownUnit) || has(got, docket.FindVagueDue) || got.Assignments[0].UnitName != "云州市住房和城乡建设局" || got.Due != day {
		t.Errorf("after the correction: %+v", got)
	}
	if got.Assignments[0].From.Origin != docket.ByHand {
		t.Errorf("a part entered by hand says it comes from %q", got.Assignments[0].From.Origin)
	}
}

func TestSettledAliasAndFoundedUnitServeTheNextImport(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	id := w.importPlan().Directive
	both := w.office
	alias := app.NameSettled{Name: "市建材办", Units: []docket.UnitID{w.unit["云州市住房和城乡建设局"]}, Alias: true}
	_, err := w.SettleName(ctx, both, id, alias)
	w.refused("an alias by somebody who does not keep the units", err, docket.Forbidden, "")
	_, err = w.AddPost(ctx, w.admin, docket.Post{Person: w.office.Person.ID, Role: docket.Admin, Unit: w.unit["云州市"]})
	w.must(err)
	link, err := w.NewLink(ctx, w.admin, w.office.Person.ID)
	w.must(err)
	w.office = w.signIn(link.Token)
	changed, err := w.SettleName(ctx, w.office, id, alias)
	w.must(err)
	if len(changed) != 1 || changed[0].Assignments[0].Unit != w.unit["云州市住房和城乡建设局"] {
		t.Errorf("settled: %+v", changed)
	}
	_, err = w.SettleName(ctx, w.office, id, app.NameSettled{Name: "市建材办", Units: []docket.UnitID{1}})
	w.must(err) // the name still stands in the row and may be settled otherwise
	next, err := w.ImportText(ctx, w.office, "又一份", "1.清点仓库。（市建材办负责，2026年5月底前完成）")
	w.must(err)
	if next.Unmatched != 0 {
		t.Errorf("the next paper has %d unmatched names", next.Unmatched)
	}
	third, err := w.ImportText(ctx, w.office, "第三份", "1.设立窗口。（市数据中心牵头，2026年5月底前完成）")
	w.must(err)
	founded, err := w.SettleName(ctx, w.office, third.Directive, app.NameSettled{Name: "市数据中心", Create: &app.UnitCreate{Parent: w.unit["云州市"], Level: docket.UnitLevel}})
	w.must(err)
	if founded[0].Assignments[0].UnitName != "市数据中心" {
		t.Errorf("founded: %+v", founded[0].Assignments)
	}
}

// A sentence nobody took up becomes a matter of the adopted directive.
func TestAdditionsToAnAdoptedDirective(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	id := w.adopted()
	_, err := w.Adopt(ctx, w.office, id, w.version(id))
	w.refused("adopting again with nothing new", err, docket.Conflict, "adopt.done")
	clauses, err := w.Clauses(ctx, w.office, id)
	w.must(err)
	ord := -1
	for _, c := range clauses {
		if strings.Contains(c.Text, "校园食堂") {
			ord = c.Ord
		}
	}
	text := clauses[ord].Text
	start := strings.Index(text, "改造")
	d, err := w.AddDraft(ctx, w.office, id, app.NewDraft{ClauseOrd: ord, Span: &docket.Span{Start: start, End: len(text)}})
	w.must(err)
	if len(d.Assignments) != 2 || d.Due != docket.NewDate(2026, 6, 30) || text[d.Span.Start:d.Span.End] != "改造校园食堂12所。" {
		t.Errorf("the reader's proposal was not filled in: %q, %+v, due %s", text[d.Span.Start:d.Span.End], d.Assignments, d.Due)
	}
	for _, as := range d.Assignments {
		if got := text[as.From.Span.Start:as.From.Span.End]; got != as.Name {
			t.Errorf("%s says it stands at %q", as.Name, got)
		}
	}
	bad := []*docket.Span{{Start: -1, End: 3}, {Start: 3, End: 3}, {Start: 0, End: len(text) + 1}, {Start: start + 1, End: len(text)}}
	for _, s := range bad {
		_, err := w.AddDraft(ctx, w.office, id, app.NewDraft{ClauseOrd: ord, Span: s})
		w.refused(fmt.Sprint("span ", *s), err, docket.Invalid, "matter.span")
	}
	done, err := w.Adopt(ctx, w.office, id, w.version(id))
	w.must(err)
	if done.Matters != 1 || w.ledger(w.office).Total != 5 {
		t.Errorf("adopted %+v, ledger %d", done, w.ledger(w.office).Total)
	}
	w.refused("discarding what is adopted", w.Discard(ctx, w.office, id, w.version(id)), docket.Conflict, "directive.adopted")
}

func TestSavedViewsAreOnesOwn(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	v, err := w.AddView(ctx, w.office, docket.SavedView{Name: "逾期", Query: docket.LedgerQuery{Lamp: []docket.Lamp{docket.LampAct}}, Columns: []string{"no"}, Group: "unit"})
	w.must(err)
	name := "红灯"
	_, err = w.EditView(ctx, w.edu, v.ID, app.ViewEdit{Name: &name})
	w.refused("another's view", err, docket.NotFound, "")
	w.refused("another's view", w.DeleteView(ctx, w.edu, v.ID), docket.NotFound, "")
	got, err := w.EditView(ctx, w.office, v.ID, app.ViewEdit{Name: &name})
	w.must(err)
	if got.Name != name || got.Group != "unit" {
		t.Errorf("view: %+v", got)
	}
	w.must(w.DeleteView(ctx, w.office, v.ID))
}

// What the office tried and struck out before adoption is its own: the units
// that get the matter see its history from the day it was registered.
func TestDraftingIsNotInTheHistoryOfOthers(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	id := w.importPlan().Directive
	drafts, err := w.Drafts(ctx, w.office, id)
	w.must(err)
	struck := "此句拟稿时曾写过"
	_, err = w.EditDraft(ctx, w.office, id, drafts[0].ID, drafts[0].Version, app.DraftEdit{Requirement: &struck})
	w.must(err)
	final := "新增公办学位3000个。"
	_, err = w.EditDraft(ctx, w.office, id, drafts[0].ID, drafts[0].Version+1, app.DraftEdit{Requirement: &final})
	w.must(err)
	w.settle(id)
	_, err = w.Adopt(ctx, w.office, id, w.version(id))
	w.must(err)
	sees := func(actor docket.Actor) bool {
		page, err := w.Matter(ctx, actor, drafts[0].ID)
		w.must(err)
		if !strings.Contains(fmt.Sprint(page.History), "assign") {
			t.Error("the history has no assignment")
		}
		return strings.Contains(fmt.Sprint(page.History), struck)
	}
	if sees(w.edu) || !sees(w.office) || !sees(w.auditor) {
		t.Error("what was struck out as a draft is for the office and the auditor alone")
	}
}
