package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func asError(err error, e **docket.Error) bool { return errors.As(err, e) }

// The first whole walk: a document comes in, is corrected, adopted and received.
func TestFromDocumentToDocket(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) { walk(newTown(t, open(t))) })
	}
}

func walk(w *town) {
	t, ctx := w.t, w.t.Context()
	in := w.importPlan()
	if in.Matters != 4 || in.Clauses != 4 {
		t.Fatalf("imported %+v", in)
	}
	drafts, err := w.Drafts(ctx, w.office, in.Directive)
	w.must(err)
	lead := func(i int) app.AssignmentView { return drafts[i].Assignments[0] }
	if lead(0).Unit != w.unit["市教育局"] || lead(2).Unit != w.unit["云州市住房和城乡建设局"] || lead(3).Unit != 0 {
		t.Errorf("leads were matched to %d, %d, %d", lead(0).Unit, lead(2).Unit, lead(3).Unit)
	}
	if drafts[0].Due != docket.NewDate(2026, 9, 30) || drafts[1].Due != docket.NewDate(2026, 6, 30) || drafts[3].ReviewOn.IsZero() {
		t.Errorf("days: %s, %s, review %s", drafts[0].Due, drafts[1].Due, drafts[3].ReviewOn)
	}
	if len(w.ledger(w.office).Items) != 0 {
		t.Error("drafts stand in the ledger")
	}
	pre, err := w.AdoptionPreview(ctx, w.office, in.Directive)
	w.must(err)
	var keys []string
	for _, b := range pre.Blockers {
		keys = append(keys, b.Key)
	}
	if !slices.Equal(keys, []string{"adopt.vague_group", "adopt.unmatched_name"}) {
		t.Errorf("blocked by %v", keys)
	}
	_, err = w.Adopt(ctx, w.office, in.Directive, pre.Version)
	w.refused("adopting what is not ready", err, docket.Conflict, "adopt.not_ready")

	w.settle(in.Directive)
	// every correction is kept at once: a browser that reloads, or a second node, sees it
	again, err := w.another().Drafts(ctx, w.office, in.Directive)
	w.must(err)
	if n := len(again[2].Assignments); n != 3 {
		t.Errorf("the group has become %d parts in all, want lead and two members", n)
	}
	done, err := w.Adopt(ctx, w.office, in.Directive, pre.Version)
	w.must(err)
	if done.Matters != 4 || done.Units != 3 {
		t.Errorf("adopted %+v", done)
	}
	page := w.ledger(w.office)
	if page.Total != 4 || page.Items[0].No != "2026-0001" || page.Items[0].Status != docket.Assigned || page.Items[0].ClauseLabel != "1." || page.Items[0].DirectiveNumber != "云政发〔2026〕7号" {
		t.Errorf("ledger: %d, %+v", page.Total, page.Items[0])
	}
	receive(w, page.Items[0].ID)
	gutter(w, in.Directive)
}

// receive has the lead and the support confirm: the lead's word moves the matter.
func receive(w *town, id docket.MatterID) {
	t, ctx := w.t, w.t.Context()
	desk, err := w.Desk(ctx, w.edu)
	w.must(err)
	acks := 0
	for _, row := range desk.Owed {
		if row.Act == "acknowledge" {
			acks++
			if row.Due != docket.NewDate(2026, 3, 4) {
				t.Errorf("receipt is due %s, want two working days after 2026-03-02", row.Due)
			}
		}
	}
	if acks != 3 {
		t.Errorf("教育局 owes %d receipts, want 3", acks)
	}
	_, err = w.Acknowledge(ctx, w.edu, id, w.unit["市财政局"], 0)
	w.refused("receipt for another unit", err, docket.Forbidden, "")
	got, err := w.Acknowledge(ctx, w.fin, id, w.unit["市财政局"], 0)
	w.must(err)
	if got.Matter.Status != docket.Assigned {
		t.Errorf("a support's receipt moved the matter to %s", got.Matter.Status)
	}
	got, err = w.Acknowledge(ctx, w.edu, id, w.unit["市教育局"], got.Matter.Version)
	w.must(err)
	if got.Matter.Status != docket.Accepted || got.Lamp != docket.LampNoData {
		t.Errorf("after the lead's receipt: %s, %s", got.Matter.Status, got.Lamp)
	}
	_, err = w.Acknowledge(ctx, w.edu, id, w.unit["市教育局"], 0)
	w.refused("a second receipt", err, docket.Conflict, "matter.no_receipt_owed")
	verbs := []docket.Verb{}
	for _, e := range slices.Backward(got.History) {
		verbs = append(verbs, e.Verb)
	}
	want := []docket.Verb{docket.VerbRegister, docket.VerbAssign, docket.VerbAcknowledge, docket.VerbAcknowledge}
	if !slices.Equal(verbs, want) {
		t.Errorf("history: %v, want %v", verbs, want)
	}
	if len(got.Why) != 1 || got.Why[0].Key != "why.assigned" {
		t.Errorf("why: %+v", got.Why)
	}
	if len(got.Context) == 0 || !slices.ContainsFunc(got.Context, func(c docket.Clause) bool { return strings.Contains(c.Text, "公办学位") }) {
		t.Errorf("the page does not show the matter's sentence: %+v", got.Context)
	}
	if w.ledger(w.office).Statuses[docket.Accepted] != 1 {
		t.Error("the ledger does not show what this node has just written")
	}
}

// gutter compares what the office and a liaison see in the margin.
func gutter(w *town, id docket.DirectiveID) {
	t, ctx := w.t, w.t.Context()
	page, err := w.Directive(ctx, w.office, id)
	w.must(err)
	if page.Counts.Clauses != 4 || page.Counts.Covered != 4 || page.Counts.Matters != 4 || page.Directive.Status != docket.Adopted {
		t.Errorf("counts: %+v", page.Counts)
	}
	clauses, err := w.Clauses(ctx, w.fin, id)
	w.must(err)
	seen, hidden := 0, 0
	for _, c := range clauses {
		seen, hidden = seen+len(c.Matters), hidden+c.Hidden
	}
	if seen != 3 || hidden != 1 {
		t.Errorf("财政局 sees %d matters and %d hidden ones, want 3 and 1", seen, hidden)
	}
}

func TestOthersFindNothing(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	reading := w.importPlan().Directive
	drafts, err := w.Drafts(ctx, w.office, reading)
	w.must(err)
	draft := drafts[0].ID
	ask := func(who docket.Actor, id docket.DirectiveID, m docket.MatterID) map[string]error {
		out := map[string]error{}
		_, out["directive"] = w.Directive(ctx, who, id)
		_, out["clauses"] = w.Clauses(ctx, who, id)
		_, out["source"] = w.Source(ctx, who, id)
		_, out["history"] = w.History(ctx, who, id)
		_, out["matter"] = w.Matter(ctx, who, m)
		return out
	}
	for name, who := range map[string]docket.Actor{"liaison": w.edu, "district office": w.district, "auditor": w.auditor} {
		for what, err := range ask(who, reading, draft) {
			w.refused(name+" asks for the "+what+" of a reading", err, docket.NotFound, "")
		}
	}
	for what, err := range ask(w.admin, reading, draft) {
		w.refused("administrator asks for the "+what, err, docket.Forbidden, "")
	}
	for what, err := range ask(docket.Actor{}, reading, draft) {
		w.refused("nobody asks for the "+what, err, docket.Unauthorized, "")
	}
	// what the district's office may do to its own papers it may not do to the city's
	edit := app.DraftEdit{Title: new(string)}
	_, err = w.EditDraft(ctx, w.district, reading, draft, 1, edit)
	w.refused("district edits", err, docket.NotFound, "")
	_, err = w.Adopt(ctx, w.district, reading, 1)
	w.refused("district adopts", err, docket.NotFound, "")
	w.refused("district discards", w.Discard(ctx, w.district, reading, 1), docket.NotFound, "")
	own, err := w.ImportText(ctx, w.district, "区里的文件", "1.修桥一座。（区教育局负责，2026年8月底前完成）")
	w.must(err)
	_, err = w.EditDraft(ctx, w.district, own.Directive, draft, 1, edit)
	w.refused("a draft asked for through another directive", err, docket.NotFound, "")
	_, err = w.Import(ctx, w.edu, "x.txt", []byte("1.修桥。"))
	w.refused("liaison imports", err, docket.Forbidden, "")

	w.settle(reading)
	_, err = w.Adopt(ctx, w.office, reading, w.version(reading))
	w.must(err)
	for what, err := range ask(w.district, reading, draft) {
		w.refused("district asks for the adopted "+what, err, docket.NotFound, "")
	}
	if n := w.ledger(w.district).Total; n != 0 {
		t.Errorf("the district's ledger holds %d of the city's matters", n)
	}
	if n := w.ledger(w.fin).Total; n != 3 {
		t.Errorf("财政局's ledger holds %d matters, want the 3 it has a part in", n)
	}
	if n := w.ledger(w.auditor).Total; n != 4 {
		t.Errorf("the auditor's ledger holds %d matters, want all 4", n)
	}
	for _, err := range w.LedgerRows(ctx, w.admin, docket.LedgerQuery{}, app.AsIs) {
		w.refused("administrator exports", err, docket.Forbidden, "")
	}
	n := 0
	for row, err := range w.LedgerRows(ctx, w.fin, docket.LedgerQuery{}, app.AsIs) {
		w.must(err)
		if n++; row.Title == "" {
			t.Errorf("row %+v has no title", row)
		}
	}
	if n != 3 {
		t.Errorf("财政局 exports %d rows, want 3", n)
	}
	hits, err := w.Search(ctx, w.district, "学位", 10)
	w.must(err)
	if len(hits) != 0 {
		t.Errorf("the district finds %+v", hits)
	}
}
