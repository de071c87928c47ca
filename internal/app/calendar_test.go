package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/worktime"
)

const year2027 = `{"year": 2027, "papers": ["https://www.gov.cn/"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}`

// given is a matter in a count of working days across the end of 2026, handed
// over on the last but one day of the year.
func (w *town) given() docket.MatterID {
	w.t.Helper()
	ctx := w.t.Context()
	w.now = time.Date(2026, 12, 30, 9, 0, 0, 0, time.UTC)
	in, err := w.ImportText(ctx, w.office, "关于修桥的通知", "一、修桥3座。（市教育局牵头，市财政局配合，5个工作日内完成）")
	w.must(err)
	_, err = w.Adopt(ctx, w.office, in.Directive, w.version(in.Directive))
	w.must(err)
	return w.ledgerOf(w.App).Items[0].ID
}

func (w *town) lifeOn(a *app.App, id docket.MatterID) app.MatterPage {
	w.t.Helper()
	page, err := a.Matter(w.t.Context(), w.office, id)
	w.must(err)
	return page
}

func (w *town) receipt(a *app.App, id docket.MatterID) docket.Obligation {
	w.t.Helper()
	page := w.lifeOn(a, id)
	i := slices.IndexFunc(page.Obligations, func(o app.ObligationView) bool { return o.Kind == docket.OweAcknowledge })
	if i < 0 {
		w.t.Fatalf("no receipt is owed: %+v", page.Obligations)
	}
	return page.Obligations[i].Obligation
}

// What was counted past the known calendar is provisional until its year comes
// in; then it moves, on every node, and the first due stays as it was promised.
func TestAPublishedYearMovesWhatWasProvisional(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			ctx, day := t.Context(), func(n int) docket.Date { return docket.NewDate(2027, 1, n) }
			id, other := w.given(), w.another()
			m := w.lifeOn(w.App, id).Matter
			if m.Due != day(6) || !m.Provisional || !w.receipt(w.App, id).Provisional {
				t.Fatalf("due %v, provisional %v, receipt %+v", m.Due, m.Provisional, w.receipt(w.App, id))
			}

			tried, err := w.ImportCalendar(ctx, w.admin, "2027.json", []byte(year2027), true)
			w.must(err)
			if !tried.DryRun || len(tried.Years) != 1 || tried.Years[0].Year != 2027 || tried.Years[0].Is.Worked != 260 {
				t.Errorf("tried: %+v", tried)
			}
			if m := w.lifeOn(w.App, id).Matter; m.Due != day(6) || !m.Provisional {
				t.Errorf("a dry run moved the due to %v", m.Due)
			}

			done, err := w.ImportCalendar(ctx, w.admin, "2027.json", []byte(year2027), false)
			w.must(err)
			if done.Moved[0].Title != "" || done.Moved[0].Matter != 0 {
				t.Errorf("an administrator reads no matters, but is told %+v", done.Moved[0])
			}
			if done.Moves != tried.Moves || done.Moves == 0 || done.Moved[0].No != m.No || done.Moved[0].From != day(6) || done.Moved[0].To != day(7) {
				t.Errorf("done: %+v", done)
			}
			w.must(other.CatchUp(ctx))
			for node, a := range map[string]*app.App{"own": w.App, "other": other} {
				m := w.lifeOn(a, id).Matter
				if m.Due != day(7) || m.FirstDue != day(6) || m.AssessedOn() != day(7) || m.Provisional {
					t.Errorf("%s: due %v, first %v, judged by %v, provisional %v", node, m.Due, m.FirstDue, m.AssessedOn(), m.Provisional)
				}
				if o := w.receipt(a, id); o.Due != day(4) || o.Provisional {
					t.Errorf("%s: receipt %+v", node, o)
				}
				if row := w.ledgerOf(a).Items[0]; row.Due != day(7) {
					t.Errorf("%s: the ledger says %v", node, row.Due)
				}
				v, err := a.Calendar(ctx, w.fin, 2027)
				w.must(err)
				if last := v.Years[len(v.Years)-1]; v.Base != worktime.BaseChina || last.Year != 2027 || !last.Imported || len(v.Days) != 1 {
					t.Errorf("%s: %+v", node, v)
				}
			}
			if owed := w.lifeOn(w.App, id).Obligations; !slices.ContainsFunc(owed, func(o app.ObligationView) bool { return o.Kind == docket.OweFinish && o.Due == day(7) }) {
				t.Errorf("the matter itself is owed by %+v", owed)
			}
			w.recounted(id)
			if got, want := w.ledgerOf(w.another()).Items, w.ledgerOf(w.App).Items; len(got) != len(want) || got[0].Due != want[0].Due {
				t.Errorf("a node that starts shows %v", got)
			}
			again, err := w.ImportCalendar(ctx, w.admin, "2027.json", []byte(year2027), false)
			w.must(err)
			if again.Moves != 0 || len(again.Years) != 0 {
				t.Errorf("the same file again: %+v", again)
			}
		})
	}
}

// recounted: the journal tells the old and the new day, and gives the matter back.
func (w *town) recounted(id docket.MatterID) {
	w.t.Helper()
	w.must(w.store.View(w.t.Context(), func(r docket.Reader) error {
		entries, err := r.Entries(w.t.Context(), docket.EntryQuery{Matter: id}, 0, 100)
		if err != nil {
			return err
		}
		last := entries[len(entries)-1]
		if last.Verb != docket.VerbRecount || last.Actor != w.admin.Person.ID || !strings.Contains(string(last.Before), "2027-01-06") || !strings.Contains(string(last.After), "2027-01-07") || !strings.Contains(string(last.After), `"owed"`) {
			w.t.Errorf("entry %s: %s -> %s", last.Verb, last.Before, last.After)
		}
		m, err := r.Matter(w.t.Context(), docket.SystemScope(), id)
		if err != nil {
			return err
		}
		life, err := docket.Relive(entries)
		if life.Due != m.Due || life.FirstDue != m.FirstDue || life.AssessOn != m.AssessOn {
			w.t.Errorf("relived %+v", life)
		}
		return err
	}))
}

// Another base moves what it counts differently; what fell due before the first
// day that differs, and a day that a person set, stay.
func TestAnotherBase(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	id := w.given()
	_, err := w.ImportCalendar(ctx, w.admin, "2027.json", []byte(year2027), false)
	w.must(err)
	change, err := w.SetCalendar(ctx, w.admin, app.CalendarSet{Base: worktime.BaseRules, Rules: "years 2020-2030\nweekend fri sat\n"}, false)
	w.must(err)
	if len(change.Years) == 0 {
		t.Errorf("%+v", change)
	}
	v, err := w.Calendar(ctx, w.office, 2026)
	w.must(err)
	if v.Base != worktime.BaseRules || v.Rules != "years 2020-2030\nweekend fri sat" || len(v.Days) != 0 || slices.ContainsFunc(v.Years, func(y app.CalendarYear) bool { return y.Imported }) {
		t.Errorf("%+v", v)
	}
	if o := w.receipt(w.App, id); o.Due != docket.NewDate(2027, 1, 3) { // Thursday, then Sunday
		t.Errorf("receipt due %v", o.Due)
	}
	if m := w.lifeOn(w.App, id).Matter; m.Due != docket.NewDate(2027, 1, 7) {
		t.Errorf("a due that was no longer provisional moved to %v", m.Due)
	}
	_, err = w.SetCalendar(ctx, w.admin, app.CalendarSet{Base: worktime.BaseChina}, false)
	w.must(err)
	_, err = w.ImportCalendar(ctx, w.admin, "2027.json", []byte(year2027), false)
	w.must(err)
	_, err = w.SetCalendar(ctx, w.admin, app.CalendarSet{Base: worktime.BaseChina, Forget: []int{2027}}, false)
	w.must(err)
	if v, err = w.Calendar(ctx, w.office, 0); err != nil || v.Years[len(v.Years)-1].Year != 2026 || v.Year != 2026 {
		t.Errorf("%+v, %v", v, err)
	}
	if !w.receipt(w.App, id).Provisional {
		t.Error("with the year gone the receipt is provisional again")
	}
}

// Wrong files and wrong people change nothing.
func TestCalendarsThatAreNotTakenIn(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	for name, c := range map[string]struct {
		content string
		code    docket.Code
		key     string
	}{
		"a.json":       {`{"year": 2027, "papers": [], "days": []}`, docket.Invalid, "calendar.unpublished"},
		"b.json":       {`[1`, docket.Invalid, "calendar.json"},
		"c.json":       {`{"year": 2027, "papers": ["x"], "days": [{"name": "元旦", "date": "2029-01-01", "isOffDay": true}]}`, docket.Invalid, "calendar.invalid"},
		"d.csv":        {"date,kind,name\n2027-13-01,off,元旦\n", docket.Invalid, "calendar.invalid"},
		"e.csv":        {"date,kind,name\n", docket.Invalid, "calendar.no_table"},
		"f.txt":        {"明年再说。", docket.Invalid, "calendar.no_table"},
		"g.json":       {`{"year": 2027, "papers": ["x"], "days": [{"name": "机密★1年", "date": "2027-01-01", "isOffDay": true}]}`, docket.Classified, ""},
		"h.csv":        {"date,kind,name\n2027-01-01,off,绝密\n", docket.Classified, ""},
		"large.json":   {"{" + strings.Repeat(" ", 1<<20), docket.Invalid, "calendar.large"},
		"nothing.json": {"", docket.Invalid, "calendar.json"},
	} {
		_, err := w.ImportCalendar(ctx, w.admin, name, []byte(c.content), false)
		var e *docket.Error
		if !errors.As(err, &e) || e.Code != c.code || c.key != "" && e.Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := w.ImportCalendar(ctx, w.office, "2027.json", []byte(year2027), true)
	w.refused("an office", err, docket.Forbidden, "refuse.set_rules")
	_, err = w.SetCalendar(ctx, w.auditor, app.CalendarSet{Base: worktime.BaseEngland}, false)
	w.refused("an auditor", err, docket.Forbidden, "refuse.set_rules")
	_, err = w.SetCalendar(ctx, w.admin, app.CalendarSet{Base: "moon"}, false)
	w.refused("the moon", err, docket.Invalid, "calendar.base")
	_, err = w.SetCalendar(ctx, w.admin, app.CalendarSet{Base: worktime.BaseRules, Rules: "weekend sat sun"}, false)
	w.refused("rules without years", err, docket.Invalid, "calendar.frame")
	v, err := w.Calendar(ctx, w.fin, 0)
	if err != nil || v.Base != worktime.BaseChina || v.Years[len(v.Years)-1].Year != 2026 {
		t.Errorf("%+v, %v", v, err)
	}
}

// The slip of an instruction shows the day its answer is due, wherever it moves.
func TestASlipFollowsItsAnswer(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	mayor := w.person("mayor", docket.Leader, "云州市")
	rules := docket.DefaultRules()
	rules.Reply = docket.Term{Count: 5, Unit: docket.WorkingDays}
	_, err := w.SetRules(ctx, w.admin, rules)
	w.must(err)
	id := w.given()
	_, err = w.Instruct(ctx, mayor, id, "请抓紧。", docket.Ordinary)
	w.must(err)
	slip := func() (due docket.Date) {
		w.must(w.store.View(ctx, func(r docket.Reader) error {
			given, err := r.MatterInstructions(ctx, id)
			if err == nil {
				due = given[0].Due
			}
			return err
		}))
		return due
	}
	if due := slip(); due != docket.NewDate(2027, 1, 6) {
		t.Fatalf("due %v", due)
	}
	_, err = w.ImportCalendar(ctx, w.admin, "2027.json", []byte(year2027), false)
	w.must(err)
	if due := slip(); due != docket.NewDate(2027, 1, 7) {
		t.Errorf("due %v", due)
	}
}
