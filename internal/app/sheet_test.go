package app_test

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// book is a workbook in the hands of a person with a spreadsheet program.
type book struct {
	*excelize.File
	w    *town
	name string
}

func (w *town) sheetOut(actor docket.Actor, kind docket.SheetKind) *book {
	w.t.Helper()
	out, err := w.SheetOut(w.t.Context(), actor, app.SheetAsk{Kind: kind, Query: docket.LedgerQuery{Sort: docket.SortNo}}, "台账")
	w.must(err)
	return w.opened(out)
}

func (w *town) opened(out *app.Workbook) *book {
	w.t.Helper()
	var b bytes.Buffer
	w.must(out.Write(w.t.Context(), &b))
	f, err := excelize.OpenReader(&b)
	w.must(err)
	w.t.Cleanup(func() { _ = f.Close() }) // in memory
	return &book{f, w, f.GetSheetName(0)}
}

// at finds the cell of a column in the row of a matter.
func (b *book) at(no, column string) string {
	b.w.t.Helper()
	rows, err := b.GetRows(b.name)
	b.w.must(err)
	col, line, num := 0, 0, 0
	for i, name := range rows[0] {
		if name == column {
			col = i + 1
		}
		if name == "no" {
			num = i
		}
	}
	for i, row := range rows[2:] {
		if len(row) > num && row[num] == no {
			line = i + 3
		}
	}
	cell, err := excelize.CoordinatesToCellName(col, line)
	b.w.must(err)
	return cell
}

func (b *book) fill(no, column string, value any) *book {
	b.w.t.Helper()
	b.w.must(b.SetCellValue(b.name, b.at(no, column), value))
	return b
}

func (b *book) bytes() []byte {
	b.w.t.Helper()
	out, err := b.WriteToBuffer()
	b.w.must(err)
	return out.Bytes()
}

// bring brings a workbook back and waits until it is compared.
func (w *town) bringSheet(actor docket.Actor, b *book) app.SheetView {
	w.t.Helper()
	v, err := w.BringSheet(w.t.Context(), actor, "台账.xlsx", b.bytes())
	w.must(err)
	return w.drained(actor, v.ID)
}

func (w *town) drained(actor docket.Actor, id docket.SheetID) app.SheetView {
	w.t.Helper()
	_, err := w.SheetRunner().Drain(w.t.Context())
	w.must(err)
	v, err := w.SheetOf(w.t.Context(), actor, id)
	w.must(err)
	return v
}

func (w *town) confirm(actor docket.Actor, id docket.SheetID, file bool) app.SheetView {
	w.t.Helper()
	_, err := w.ConfirmSheet(w.t.Context(), actor, id, nil, file)
	w.must(err)
	return w.drained(actor, id)
}

func (w *town) sheetRows(actor docket.Actor, id docket.SheetID, states ...docket.SheetState) []docket.SheetRow {
	w.t.Helper()
	rows, err := w.SheetRows(w.t.Context(), actor, id, docket.SheetQuery{States: states, Limit: 500})
	w.must(err)
	return rows
}

// working are the plan's matters, those of 教育局 received.
func working(t *testing.T, open func(testing.TB) docket.Store) *town {
	w := newTown(t, open(t))
	w.cfg.Log = nil
	w.adopted()
	for _, row := range w.ledger(w.edu).Items {
		for _, as := range []docket.Actor{w.edu, w.fin} {
			for _, u := range []string{"市教育局", "市财政局"} {
				_, _ = w.Acknowledge(t.Context(), as, row.ID, w.unit[u], 0) // not all of them owe one
			}
		}
	}
	return w
}

func TestReportsGoOutAndComeBack(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := working(t, open)
			out := w.sheetOut(w.edu, docket.SheetReports)
			none := w.bringSheet(w.edu, out)
			if none.Phase != docket.SheetReady || none.Counts[docket.RowSame] != none.Total || none.Total == 0 {
				t.Fatalf("nothing was filled in, and %+v", none)
			}
			out.fill("2026-0001", "changed", "=1+1 校舍开工").fill("2026-0001", "percent", 30).fill("2026-0002", "next", "六月验收")
			v := w.bringSheet(w.edu, out)
			if v.Counts[docket.RowChanged] != 2 || v.Counts[docket.RowFaulty]+v.Counts[docket.RowConflict] != 0 {
				t.Fatalf("two rows were filled in: %+v", v)
			}
			v = w.confirm(w.edu, v.ID, false)
			if v.Phase != docket.SheetReady || v.Counts[docket.RowDone] != 2 {
				t.Fatalf("written: %+v %+v", v, w.sheetRows(w.edu, v.ID))
			}
			id := w.ledger(w.edu).Items[0].ID
			form, err := w.ReportForm(t.Context(), w.edu, id, w.unit["市教育局"])
			w.must(err)
			if r := form.Report; r.Changed != "=1+1 校舍开工" || r.Percent != 30 || r.Status != docket.ReportDraft || r.ID == 0 {
				t.Errorf("the draft: %+v", r)
			}
			if _, err := w.ConfirmSheet(t.Context(), w.edu, v.ID, nil, false); err == nil {
				t.Error("what was done could be done again")
			}
			// the workbook knows what it had said: the same file again changes nothing
			again := w.bringSheet(w.edu, out)
			if again.Counts[docket.RowSame] != again.Total {
				t.Errorf("again: %+v", again.Counts)
			}
			if n := w.sheetOut(w.edu, docket.SheetReports); n.cell("2026-0001", "changed") != "=1+1 校舍开工" {
				t.Error("the next workbook does not begin with the draft")
			}
		})
	}
}

func (b *book) cell(no, column string) string {
	b.w.t.Helper()
	at := b.at(no, column)
	if f, err := b.GetCellFormula(b.name, at); err != nil || f != "" {
		b.w.t.Errorf("%s is a formula: %q, %v", at, f, err)
	}
	s, err := b.GetCellValue(b.name, at)
	b.w.must(err)
	return s
}

func TestBothSidesChanged(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := working(t, open)
			out := w.sheetOut(w.edu, docket.SheetReports).fill("2026-0001", "changed", "表里写的").fill("2026-0001", "percent", 40)
			id := w.ledger(w.edu).Items[0].ID
			_, err := w.SaveReport(t.Context(), w.edu, id, docket.Report{Unit: w.unit["市教育局"], Kind: docket.ProgressReport, Changed: "网上写的"})
			w.must(err)
			v := w.bringSheet(w.edu, out)
			if v.Counts[docket.RowConflict] != 1 {
				t.Fatalf("%+v", v)
			}
			row := w.sheetRows(w.edu, v.ID, docket.RowConflict)[0]
			if c := row.Cell("changed"); c.Was != "" || c.Now != "网上写的" || c.Is != "表里写的" || !c.Clash(row.Moved) {
				t.Errorf("the conflict: %+v", c)
			}
			_, err = w.ConfirmSheet(t.Context(), w.edu, v.ID, nil, false)
			w.refused("a conflict nobody decided", err, docket.Conflict, "sheet.nothing")
			row, err = w.MendRow(t.Context(), w.edu, v.ID, row.Ord, app.RowMend{Take: map[string]docket.Take{"changed": docket.TakeTheirs}})
			w.must(err)
			if row.State != docket.RowChanged {
				t.Errorf("decided: %s", row.State)
			}
			// and changed once more before it is written: the choice was made over something else
			_, err = w.SaveReport(t.Context(), w.edu, id, docket.Report{Unit: w.unit["市教育局"], Kind: docket.ProgressReport, Changed: "又改了", Version: 1})
			w.must(err)
			if v = w.confirm(w.edu, v.ID, false); v.Counts[docket.RowConflict] != 1 {
				t.Fatalf("overtaken: %+v", v.Counts)
			}
			_, err = w.MendRow(t.Context(), w.edu, v.ID, row.Ord, app.RowMend{Take: map[string]docket.Take{"changed": docket.TakeMine}})
			w.must(err)
			if v = w.confirm(w.edu, v.ID, true); v.Counts[docket.RowDone] != 1 {
				t.Fatalf("filed: %+v", w.sheetRows(w.edu, v.ID))
			}
			page, err := w.Matter(t.Context(), w.edu, id)
			w.must(err)
			if r := page.Reports[len(page.Reports)-1]; r.Status != docket.ReportFiled || r.Changed != "表里写的" || r.Percent != 40 {
				t.Errorf("before the head: %+v", r)
			}
			// the same file again after the report has left: every edit is a question
			v = w.bringSheet(w.edu, out)
			if row := w.sheetRows(w.edu, v.ID, docket.RowConflict); len(row) != 1 || !row[0].Moved {
				t.Errorf("after it was filed: %+v", v.Counts)
			}
		})
	}
}

func TestFaultyRowsAreKeptAside(t *testing.T) {
	w := working(t, openSQLite)
	out := w.sheetOut(w.edu, docket.SheetReports)
	out.fill("2026-0001", "percent", 140).fill("2026-0001", "changed", "好的").fill("2026-0002", "title", "别的任务")
	w.must(out.SetCellFormula(out.name, out.at("2026-0002", "next"), "1+1"))
	v := w.bringSheet(w.edu, out)
	if v.Counts[docket.RowFaulty] != 2 {
		t.Fatalf("%+v", v.Counts)
	}
	rows := w.sheetRows(w.edu, v.ID, docket.RowFaulty)
	keys := map[string]string{}
	for i := range rows {
		for _, c := range rows[i].Cells {
			if c.Fault.Key != "" {
				keys[strconv.Itoa(i)+c.Column] = c.Fault.Key
			}
		}
	}
	if len(keys) != 3 || keys["0percent"] != "sheet.percent" || keys["1title"] != "sheet.locked" || keys["1next"] != "sheet.formula" {
		t.Errorf("faults: %v", keys)
	}
	mended, err := w.MendRow(t.Context(), w.edu, v.ID, rows[0].Ord, app.RowMend{Texts: map[string]string{"percent": " 14% "}})
	w.must(err)
	if mended.State != docket.RowChanged || mended.Cell("percent").Is != "14" {
		t.Errorf("mended: %+v", mended)
	}
	faulty, err := w.FaultySheet(t.Context(), w.edu, v.ID, "待更正")
	w.must(err)
	again := w.opened(faulty)
	if got := again.cell("2026-0002", "wrong"); got == "" {
		t.Error("the workbook of faulty rows does not say what is wrong")
	}
	again.fill("2026-0002", "next", "写成文字")
	second := w.bringSheet(w.edu, again)
	if second.Total != 1 || second.Counts[docket.RowChanged] != 1 {
		t.Errorf("brought back mended: %+v", second)
	}
	mended, err = w.MendRow(t.Context(), w.edu, v.ID, rows[1].Ord, app.RowMend{PutBack: []string{"title", "next"}})
	w.must(err)
	if mended.State != docket.RowSame {
		t.Errorf("put back: %+v", mended)
	}
	_, err = w.SheetOf(t.Context(), w.fin, v.ID)
	w.refused("somebody else's", err, docket.NotFound, "")
}

func TestAnOfficesLedgerComesBack(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := working(t, open)
			out := w.sheetOut(w.office, docket.SheetLedger)
			none := w.bringSheet(w.office, out)
			if none.Counts[docket.RowSame] != none.Total || none.Total != 4 {
				t.Fatalf("nothing was filled in: %+v", none.Counts)
			}
			out.fill("2026-0001", "leads", "市财政局").fill("2026-0001", "supports", "").fill("2026-0001", "due", "2026/10/31").fill("2026-0001", "why", "职责调整")
			out.fill("2026-0002", "leads", "没有的局").fill("2026-0003", "due", "2026-12-01")
			v := w.bringSheet(w.office, out)
			if v.Counts[docket.RowChanged] != 1 || v.Counts[docket.RowFaulty] != 2 {
				t.Fatalf("%+v", w.sheetRows(w.office, v.ID))
			}
			if v = w.confirm(w.office, v.ID, false); v.Counts[docket.RowDone] != 1 {
				t.Fatalf("%+v", w.sheetRows(w.office, v.ID))
			}
			m := w.ledger(w.office).Items[0]
			if len(m.Leads) != 1 || m.Leads[0].Name != "市财政局" || len(m.Supports) != 0 || m.Due != docket.NewDate(2026, 10, 31) || m.Status != docket.Assigned {
				t.Errorf("reassigned: %+v", m)
			}
		})
	}
}

// What was confirmed is done once, however often the work is taken up, also by a
// program that starts anew; and the law is asked again when it is done.
func TestConfirmedRowsAreDoneOnce(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := working(t, open)
			out := w.sheetOut(w.edu, docket.SheetReports).fill("2026-0001", "changed", "甲").fill("2026-0002", "changed", "乙")
			v, err := w.BringSheet(t.Context(), w.edu, "台账.xlsx", out.bytes())
			w.must(err)
			w.App = w.another() // the program starts anew before anything was read
			if v = w.drained(w.edu, v.ID); v.Counts[docket.RowChanged] != 2 {
				t.Fatalf("%+v", v)
			}
			first := w.sheetRows(w.edu, v.ID, docket.RowChanged)[0]
			_, err = w.ConfirmSheet(t.Context(), w.edu, v.ID, []int{first.Ord}, true)
			w.must(err)
			w.App = w.another()
			_, err = w.ConfirmSheet(t.Context(), w.edu, v.ID, nil, true)
			w.refused("while it is written", err, docket.Conflict, "sheet.not_ready")
			_, err = w.MendRow(t.Context(), w.edu, v.ID, first.Ord, app.RowMend{Leave: true})
			w.refused("mending what is confirmed", err, docket.Conflict, "sheet.not_now")
			w.refused("dropping it", w.DropSheet(t.Context(), w.edu, v.ID), docket.Conflict, "sheet.not_ready")
			if v = w.drained(w.edu, v.ID); v.Counts[docket.RowDone] != 1 || v.Counts[docket.RowChanged] != 1 {
				t.Fatalf("one was chosen: %+v", v.Counts)
			}
			// the job comes once more, as after a crash: nothing is left to do
			w.must(w.store.Update(t.Context(), w.now, func(tx docket.Writer) error {
				s, err := tx.Sheet(t.Context(), w.edu.Person.ID, v.ID)
				if err != nil {
					return err
				}
				s.Phase = docket.SheetApplying
				if err := tx.PutSheet(t.Context(), &s); err != nil {
					return err
				}
				_, err = tx.InsertJob(t.Context(), &docket.Job{Kind: "sheet", Key: "again", RunAt: w.now, Body: []byte(`{"sheet":` + strconv.Itoa(int(v.ID)) + `,"person":` + strconv.Itoa(int(w.edu.Person.ID)) + `}`)})
				return err
			}))
			w.drained(w.edu, v.ID)
			if n := len(w.verbs(docket.VerbFile)); n != 1 {
				t.Errorf("%d reports were filed", n)
			}
			// who loses the post meanwhile writes nothing
			_, err = w.ConfirmSheet(t.Context(), w.edu, v.ID, nil, false)
			w.must(err)
			w.endPosts(w.edu)
			_, err = w.SheetRunner().Drain(t.Context())
			w.must(err)
			w.must(w.store.View(t.Context(), func(r docket.Reader) error {
				counts, err := r.SheetCounts(t.Context(), v.ID)
				if counts[docket.RowRefused] != 1 {
					t.Errorf("without a post: %v", counts)
				}
				return err
			}))
		})
	}
}

func TestClassifiedWordsAndOldWorkbooks(t *testing.T) {
	w := working(t, openSQLite)
	out := w.sheetOut(w.edu, docket.SheetReports).fill("2026-0001", "changed", "机密★1年\n部队番号").fill("2026-0001", "title", "机密★1年\n部队番号")
	v := w.bringSheet(w.edu, out)
	rows := w.sheetRows(w.edu, v.ID, docket.RowFaulty)
	if len(rows) != 1 || rows[0].Cell("changed").Fault.Key != "paper.classified" || rows[0].Cell("changed").Is != "" || rows[0].Cell("title").Is != "" {
		t.Fatalf("%+v", rows)
	}
	if n := w.keptFiles(); n != 1 { // the plan
		t.Errorf("%d files are kept after the workbook was read", n)
	}
	_, err := w.MendRow(t.Context(), w.edu, v.ID, rows[0].Ord, app.RowMend{Texts: map[string]string{"changed": "机密★1年\n部队番号"}})
	w.must(err)
	if again := w.sheetRows(w.edu, v.ID, docket.RowFaulty); len(again) != 1 || again[0].Cell("changed").Is != "" {
		t.Errorf("typed in the preview: %+v", again)
	}
	w.now = w.now.AddDate(0, 0, docket.SheetsKept+1)
	_, err = w.SheetOf(t.Context(), w.edu, v.ID)
	w.refused("after its days", err, docket.NotFound, "")
	w.must(w.Tick(t.Context()))
	w.must(w.store.View(t.Context(), func(r docket.Reader) error {
		left, err := r.Sheets(t.Context(), w.edu.Person.ID)
		if len(left) != 0 {
			t.Errorf("%d old workbooks are left", len(left))
		}
		return err
	}))
}
