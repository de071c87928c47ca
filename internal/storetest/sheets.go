package storetest

import (
	docket "github.com/docket-os/docket"
)

var sheetTests = map[string]func(*city){
	"a workbook belongs to who brought it": func(c *city) {
		s := docket.Sheet{Person: c.clerk, Kind: docket.SheetReports, Name: "a.xlsx", Phase: docket.SheetReading, BroughtAt: Noon, Notes: []docket.Fault{{Key: "k", Message: "m"}}}
		c.update(func(w docket.Writer) error { return w.PutSheet(ctx, &s) })
		c.same("kept", s, ask(c, func(r docket.Reader) (docket.Sheet, error) { return r.Sheet(ctx, c.clerk, s.ID) }))
		absent(c, "by another", func(r docket.Reader) (docket.Sheet, error) { return r.Sheet(ctx, c.other, s.ID) })
		stale := s
		s.Phase = docket.SheetReady
		c.update(func(w docket.Writer) error { return w.PutSheet(ctx, &s) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutSheet(ctx, &stale) })
		second := docket.Sheet{Person: c.clerk, Name: "b.xlsx", BroughtAt: Noon.AddDate(0, 0, 9)}
		c.update(func(w docket.Writer) error { return w.PutSheet(ctx, &second) })
		c.same("the clerk's", []docket.Sheet{s, second}, ask(c, func(r docket.Reader) ([]docket.Sheet, error) { return r.Sheets(ctx, c.clerk) }))
		c.same("another's", 0, len(ask(c, func(r docket.Reader) ([]docket.Sheet, error) { return r.Sheets(ctx, c.other) })))
		c.same("old ones", []docket.Sheet{s}, ask(c, func(r docket.Reader) ([]docket.Sheet, error) { return r.OldSheets(ctx, Noon.AddDate(0, 0, 1)) }))
	},
	"rows are found by state, confirmed, done once and dropped with their workbook": func(c *city) {
		s := docket.Sheet{Person: c.clerk, BroughtAt: Noon}
		c.update(func(w docket.Writer) error { return w.PutSheet(ctx, &s) })
		rows := make([]docket.SheetRow, 230) // more than one INSERT takes
		for i := range rows {
			rows[i] = docket.SheetRow{Sheet: s.ID, Ord: i + 1, Line: i + 3, Key: "1.2", No: "2026-0001", Title: "学位", State: docket.RowSame,
				Cells: []docket.SheetCell{{Column: "changed", Was: "a", Now: "b", Is: "=1+1", Take: docket.TakeMine}}}
			if i%23 == 0 {
				rows[i].State = docket.RowChanged
			}
		}
		rows[5].State = docket.RowFaulty
		c.update(func(w docket.Writer) error { return w.InsertSheetRows(ctx, rows) })
		find := func(q docket.SheetQuery) []docket.SheetRow {
			return ask(c, func(r docket.Reader) ([]docket.SheetRow, error) { return r.SheetRows(ctx, s.ID, q) })
		}
		counts := func() map[docket.SheetState]int {
			return ask(c, func(r docket.Reader) (map[docket.SheetState]int, error) { return r.SheetCounts(ctx, s.ID) })
		}
		c.same("page", rows[3:5], find(docket.SheetQuery{After: 3, Limit: 2}))
		c.same("two states", []docket.SheetRow{rows[0], rows[5], rows[23]}, find(docket.SheetQuery{States: []docket.SheetState{docket.RowFaulty, docket.RowChanged}, Limit: 3}))
		c.same("counts", map[docket.SheetState]int{docket.RowSame: 219, docket.RowChanged: 10, docket.RowFaulty: 1}, counts())
		queue := func(ords []int) (n int) {
			c.update(func(w docket.Writer) (err error) { n, err = w.QueueSheetRows(ctx, s.ID, ords); return err })
			return n
		}
		c.same("some, faulty ones never", 2, queue([]int{1, 6, 24}))
		c.same("all the rest", 8, queue(nil))
		c.same("no more", 0, queue(nil))
		first := find(docket.SheetQuery{States: []docket.SheetState{docket.RowQueued}, Limit: 1})[0]
		c.same("as it stands", docket.RowQueued, first.State)
		first.State = docket.RowDone
		c.update(func(w docket.Writer) error { return w.PutSheetRow(ctx, &first, docket.RowQueued) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutSheetRow(ctx, &first, docket.RowQueued) })
		c.same("done", 1, counts()[docket.RowDone])
		c.update(func(w docket.Writer) error { return w.DeleteSheet(ctx, s.ID) })
		c.same("dropped", 0, len(counts()))
		absent(c, "dropped", func(r docket.Reader) (docket.Sheet, error) { return r.Sheet(ctx, c.clerk, s.ID) })
	},
}
