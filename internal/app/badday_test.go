package app_test

import (
	"slices"
	"sync"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// led takes the first matter that 教育局 leads to where it is being worked on.
func (w *town) led() docket.MatterID {
	w.t.Helper()
	w.adopted()
	ctx, edu := w.t.Context(), w.unit["市教育局"]
	page, err := w.Ledger(ctx, w.office, app.LedgerRequest{Query: docket.LedgerQuery{Unit: edu, Role: docket.Lead, Sort: docket.SortNo}})
	w.must(err)
	id := page.Items[0].ID
	_, err = w.Acknowledge(ctx, w.edu, id, edu, 0)
	w.must(err)
	_, err = w.Move(ctx, w.edu, id, docket.VerbPlan, edu, docket.Deed{}, 0)
	w.must(err)
	return id
}

// Two people who decide the same request at once: one word counts, the other is
// told that somebody was first.
func TestTwoDecideTheSameRequestAtOnce(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			id := w.led()
			later := docket.NewDate(2026, 11, 30)
			page, err := w.Ask(t.Context(), w.edu, id, docket.Request{Kind: docket.AskExtension, Unit: w.unit["市教育局"], Due: later, Words: "用地手续在办"}, 0)
			w.must(err)
			rid := page.Requests[0].ID
			second := w.person("duban2", docket.Office, "云州市")
			errs := make([]error, 2)
			var wg sync.WaitGroup
			for i, by := range []docket.Actor{w.office, second} {
				wg.Go(func() {
					_, errs[i] = w.Decide(t.Context(), by, id, rid, app.Decision{Grant: i == 0, Due: later, Words: "已研究"}, 0)
				})
			}
			wg.Wait()
			refused := slices.IndexFunc(errs, func(err error) bool { return err != nil })
			if refused < 0 || errs[1-refused] != nil {
				t.Fatalf("both or none were heard: %v", errs)
			}
			w.refused("the second word", errs[refused], docket.Conflict, "")
			m, err := w.Matter(t.Context(), w.office, id)
			w.must(err)
			if granted := refused == 1; (m.Matter.Due == later) != granted || m.Matter.FirstDue == later {
				t.Errorf("granted %v, yet the due is %s and the first one %s", granted, m.Matter.Due, m.Matter.FirstDue)
			}
		})
	}
}

// A unit that is merged away while its report waits for its head: the heir's head
// lets the report out, the office takes it, and nothing stays owed by nobody.
func TestAUnitMergedWhileItsReportIsOpen(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			ctx := t.Context()
			id := w.led()
			edu, fin := w.unit["市教育局"], w.unit["市财政局"]
			filed, err := w.FileReport(ctx, w.edu, id, docket.Report{Unit: edu, Kind: docket.ProgressReport, Changed: "主体完工", Percent: 40})
			w.must(err)
			page, err := w.Unit(ctx, w.admin, edu)
			w.must(err)
			_, err = w.MergeUnit(ctx, w.admin, edu, page.Version, fin, 0, "机构改革")
			w.must(err)
			head := w.person("fin-head", docket.Head, "市财政局")
			desk, err := w.Desk(ctx, head)
			w.must(err)
			if !slices.ContainsFunc(desk.Waiting, func(r app.DeskRow) bool { return r.Act == "approve" && r.Matter == id }) {
				t.Errorf("the report waits on nobody's desk: %+v", desk.Waiting)
			}
			_, err = w.ApproveReport(ctx, head, id, filed.ID, filed.Version)
			w.must(err)
			sent, err := w.Matter(ctx, w.office, id)
			w.must(err)
			_, err = w.AcceptReport(ctx, w.office, id, filed.ID, sent.Reports[0].Version)
			w.must(err)
			heir := w.person("fin-2", docket.Liaison, "市财政局")
			if _, err := w.FileReport(ctx, heir, id, docket.Report{Unit: edu, Kind: docket.ProgressReport, Changed: "内部装修", Percent: 60}); err != nil {
				t.Errorf("the heir cannot go on reporting: %v", err)
			}
		})
	}
}
