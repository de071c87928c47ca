package app

import (
	"context"
	"errors"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/jobs"
	"github.com/docket-os/docket/internal/sheet"
)

// ownSheet loads a workbook the actor brought back, unless its days are over.
func (a *App) ownSheet(ctx context.Context, r docket.Reader, actor *docket.Actor, id docket.SheetID) (docket.Sheet, error) {
	s, err := r.Sheet(ctx, actor.Person.ID, id)
	if err == nil && s.BroughtAt.Before(a.cfg.Clock().AddDate(0, 0, -docket.SheetsKept)) {
		err = notFound()
	}
	return s, err
}

// SheetOf gives a workbook that the actor brought back, with its progress.
func (a *App) SheetOf(ctx context.Context, actor docket.Actor, id docket.SheetID) (v SheetView, err error) {
	if err := mayBring(&actor); err != nil {
		return v, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		s, err := a.ownSheet(ctx, r, &actor, id)
		if err == nil {
			v, err = sheetView(ctx, r, s)
		}
		return err
	})
	return v, err
}

// SheetsOf lists the workbooks the actor brought back, newest first.
func (a *App) SheetsOf(ctx context.Context, actor docket.Actor) (out []SheetView, err error) {
	if err := mayBring(&actor); err != nil {
		return nil, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		all, err := r.Sheets(ctx, actor.Person.ID)
		if err != nil {
			return err
		}
		out = nil
		for _, s := range slices.Backward(all) {
			if s.BroughtAt.Before(a.cfg.Clock().AddDate(0, 0, -docket.SheetsKept)) {
				continue
			}
			v, err := sheetView(ctx, r, s)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

func sheetView(ctx context.Context, r docket.Reader, s docket.Sheet) (SheetView, error) {
	counts, err := r.SheetCounts(ctx, s.ID)
	v := SheetView{Sheet: s, Counts: counts}
	switch s.Phase {
	case docket.SheetReading:
		v.Of = s.Total
		for _, n := range counts {
			v.Done += n
		}
	case docket.SheetApplying:
		v.Of = s.Confirmed
		v.Done = s.Confirmed - counts[docket.RowQueued]
	}
	return v, err
}

// SheetRows gives rows of a workbook that the actor brought back.
func (a *App) SheetRows(ctx context.Context, actor docket.Actor, id docket.SheetID, q docket.SheetQuery) (rows []docket.SheetRow, err error) {
	if err := mayBring(&actor); err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = defaultPage
	}
	q.Limit = min(q.Limit, maxPage)
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		if _, err := a.ownSheet(ctx, r, &actor, id); err != nil {
			return err
		}
		rows, err = r.SheetRows(ctx, id, q)
		return err
	})
	return rows, err
}

// RowMend is what a person does to a row in the preview.
type RowMend struct {
	Texts   map[string]string      // by column: what the workbook should have said
	Take    map[string]docket.Take // by column: which of two changes holds
	PutBack []string               // columns to be as they went out
	Leave   bool                   // the whole row is to be left as it is in the docket
}

// MendRow mends or decides a row that is not done yet, and compares it anew.
func (a *App) MendRow(ctx context.Context, actor docket.Actor, id docket.SheetID, ord int, mend RowMend) (row docket.SheetRow, err error) {
	if err := mayBring(&actor); err != nil {
		return row, err
	}
	s, was, err := a.rowOf(ctx, &actor, id, ord)
	if err != nil {
		return row, err
	}
	if s.Phase != docket.SheetReady || was.State == docket.RowDone || was.State == docket.RowQueued {
		return row, docket.Errorf(docket.Conflict, "sheet.not_now", "this row is done, or is being worked on")
	}
	row = was
	row.Cells = slices.Clone(was.Cells)
	if was.Key == "" && !mend.Leave {
		return row, docket.Errorf(docket.Conflict, "sheet.no_key", "nobody can tell what this row is about; mend it in a new workbook")
	}
	t, err := a.trade(ctx, &actor, SheetAsk{Kind: s.Kind})
	if err != nil {
		return row, err
	}
	if err := mend.on(&row, t.columns(), s.Lang); err != nil {
		return row, err
	}
	if was.Key != "" {
		now, there, err := a.standingOf(ctx, t, row.Key)
		if err != nil {
			return row, err
		}
		reckonRow(t, &row, now, there)
	} else {
		row.Settle()
	}
	err = a.putRow(ctx, &row, was.State)
	return row, err
}

// on changes the row as the person says.
func (m RowMend) on(row *docket.SheetRow, columns []sheet.Column, lang string) error {
	if m.Leave {
		row.Fault, row.Cells = docket.Fault{}, slices.DeleteFunc(row.Cells, func(c docket.SheetCell) bool { return c.Locked })
		for i := range row.Cells {
			row.Cells[i].Is, row.Cells[i].Fault, row.Cells[i].Take = row.Cells[i].Was, docket.Fault{}, ""
		}
		return nil
	}
	for i := range row.Cells { // what only a comparison found is found again
		if f := &row.Cells[i].Fault; !row.Cells[i].Locked && !fromFile(f.Key) {
			*f = docket.Fault{}
		}
	}
	for _, name := range m.PutBack {
		if c := row.Cell(name); c != nil {
			c.Is, c.Fault, c.Take = c.Was, docket.Fault{}, ""
		}
	}
	row.Cells = slices.DeleteFunc(row.Cells, func(c docket.SheetCell) bool { return c.Locked && c.Is == c.Was && c.Fault.Key == "" })
	for name, text := range m.Texts {
		c := row.Cell(name)
		k := slices.IndexFunc(columns, func(x sheet.Column) bool { return x.Name == name })
		if c == nil || c.Locked || k < 0 {
			return docket.Errorf(docket.Invalid, "sheet.not_open", "this cell is not to be filled in")
		}
		c.Is, c.Fault, c.Take = columns[k].Typed(lang, text), docket.Fault{}, ""
	}
	for name, take := range m.Take {
		c := row.Cell(name)
		if c == nil || take != docket.TakeMine && take != docket.TakeTheirs {
			return docket.Errorf(docket.Invalid, "query.unknown_value", "choose mine or theirs for a cell of this row")
		}
		c.Take = take
	}
	return nil
}

// fromFile are faults that the file itself had: comparing anew does not find them.
func fromFile(key string) bool {
	return key == "sheet.formula" || key == "sheet.error_value" || key == "paper.classified"
}

func (a *App) rowOf(ctx context.Context, actor *docket.Actor, id docket.SheetID, ord int) (s docket.Sheet, row docket.SheetRow, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		if s, err = a.ownSheet(ctx, r, actor, id); err != nil {
			return err
		}
		rows, err := r.SheetRows(ctx, id, docket.SheetQuery{After: ord - 1, Limit: 1})
		if err == nil && (len(rows) == 0 || rows[0].Ord != ord) {
			err = notFound()
		}
		if err == nil {
			row = rows[0]
		}
		return err
	})
	return s, row, err
}

func (a *App) standingOf(ctx context.Context, t trade, key string) (*standing, bool, error) {
	k, _ := parseSheetKey(key)
	found, err := a.standings(ctx, t, []sheetKey{k})
	if s := found[k]; s != nil {
		return s, true, err
	}
	return &standing{key: k}, false, err
}

// ConfirmSheet has rows that are changed written: those of ords, or all for nil.
// Those of reports become drafts, or go before the head.
func (a *App) ConfirmSheet(ctx context.Context, actor docket.Actor, id docket.SheetID, ords []int, file bool) (v SheetView, err error) {
	if err := mayBring(&actor); err != nil {
		return v, err
	}
	err = a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error {
		s, err := a.ownSheet(ctx, w, &actor, id)
		if err != nil {
			return err
		}
		if s.Phase != docket.SheetReady {
			return docket.Errorf(docket.Conflict, "sheet.not_ready", "the workbook is being read or worked on; wait until that is over")
		}
		if s.Confirmed, err = w.QueueSheetRows(ctx, id, ords); err != nil {
			return err
		}
		if s.Confirmed == 0 {
			return docket.Errorf(docket.Conflict, "sheet.nothing", "none of these rows is to be changed; decide conflicts and mend faults first")
		}
		s.Phase, s.File = docket.SheetApplying, file && s.Kind == docket.SheetReports
		if err := w.PutSheet(ctx, &s); err != nil {
			return err
		}
		if v, err = sheetView(ctx, w, s); err != nil {
			return err
		}
		return laterSheet(ctx, w, &s)
	})
	if err == nil {
		a.hurry()
	}
	return v, err
}

// stint is how long one job applies rows before it lets others have their turn.
const stint = 20 * time.Second

// applySheet writes what was confirmed, row by row, each in a transaction of its
// own that also marks the row: what was done is never done again.
func (a *App) applySheet(ctx context.Context, actor *docket.Actor, s docket.Sheet) error {
	t, err := a.trade(ctx, actor, SheetAsk{Kind: s.Kind})
	if err != nil && !sheet.IsRefusal(err) {
		return err
	}
	refusal, begun := err, a.cfg.Clock()
	for {
		var rows []docket.SheetRow
		err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
			rows, err = r.SheetRows(ctx, s.ID, docket.SheetQuery{States: []docket.SheetState{docket.RowQueued}, Limit: rowsAtOnce})
			return err
		})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			s.Phase = docket.SheetReady
			return a.putSheet(ctx, &s)
		}
		for i := range rows {
			if err := a.applyRow(ctx, t, refusal, &s, &rows[i]); err != nil {
				return err
			}
			if a.cfg.Clock().Sub(begun) > stint {
				return jobs.Later(a.cfg.Clock())
			}
		}
	}
}

// applyRow writes one row as it was confirmed. When the docket says something
// else than it did in the preview, the person is asked again.
func (a *App) applyRow(ctx context.Context, t trade, refusal error, s *docket.Sheet, queued *docket.SheetRow) error {
	row := *queued
	row.Cells = slices.Clone(queued.Cells)
	err := refusal
	if err == nil {
		now, there, failed := a.standingOf(ctx, t, row.Key)
		if failed != nil {
			return failed
		}
		seen := row.Since
		for i := range row.Cells {
			c := &row.Cells[i]
			before := c.Now
			if !c.Locked && there {
				c.Now = nowOf(t, now, c.Column)
			}
			if c.Now != before {
				c.Take = "" // it was chosen over something else
			}
		}
		reckonRow(t, &row, now, there)
		if row.Moved && row.Since != seen && there {
			for i := range row.Cells {
				row.Cells[i].Take = ""
			}
			row.Settle()
		}
		if row.State != docket.RowChanged {
			return a.putRow(ctx, &row, docket.RowQueued)
		}
		done := row
		done.State = docket.RowDone
		err = t.write(ctx, &row, now, s.File, func(ctx context.Context, w docket.Writer) error { return w.PutSheetRow(ctx, &done, docket.RowQueued) })
		if err == nil {
			return nil
		}
	}
	var e *docket.Error
	if !errors.As(err, &e) || e.Code == docket.Unavailable {
		return err // nobody's fault here: tried again
	}
	row.State, row.Fault = docket.RowRefused, docket.FaultOf(err)
	if len(e.Fields) > 0 {
		row.Fault = docket.Fault{Key: e.Fields[0].Key, Args: e.Fields[0].Args, Message: e.Fields[0].Message}
	}
	return a.putRow(ctx, &row, docket.RowQueued)
}

func nowOf(t trade, now *standing, column string) string {
	k := slices.IndexFunc(t.columns(), func(x sheet.Column) bool { return x.Name == column })
	if k < 0 || k >= len(now.cells) {
		return ""
	}
	return sheet.Clean(now.cells[k].Text)
}

func (a *App) putRow(ctx context.Context, row *docket.SheetRow, was docket.SheetState) error {
	return a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error { return w.PutSheetRow(ctx, row, was) })
}

// FaultySheet prepares a workbook of the rows that are faulty, in conflict or
// refused, with what was filled in and what is wrong, to be mended and brought back.
func (a *App) FaultySheet(ctx context.Context, actor docket.Actor, id docket.SheetID, name string) (*Workbook, error) {
	if err := mayBring(&actor); err != nil {
		return nil, err
	}
	again := map[sheetKey]*docket.SheetRow{}
	var keys []sheetKey
	var s docket.Sheet
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		if s, err = a.ownSheet(ctx, r, &actor, id); err != nil {
			return err
		}
		rows, err := r.SheetRows(ctx, id, docket.SheetQuery{States: []docket.SheetState{docket.RowFaulty, docket.RowConflict, docket.RowRefused}, Limit: docket.MaxSheetRows})
		clear(again)
		keys = nil
		for i := range rows {
			if k, ok := parseSheetKey(rows[i].Key); ok {
				keys, again[k] = append(keys, k), &rows[i]
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return nil, docket.Errorf(docket.NotFound, "sheet.none_faulty", "there is no row left to mend")
	}
	t, err := a.trade(ctx, &actor, SheetAsk{Kind: s.Kind})
	if err != nil {
		return nil, err
	}
	w, err := a.workbook(ctx, &actor, s.Kind, t, keys, s.Lang, name)
	if err != nil {
		return nil, err
	}
	w.again, w.out.Wrong = again, true
	return w, nil
}

// DropSheet throws a workbook that came back away; what was done of it stays.
func (a *App) DropSheet(ctx context.Context, actor docket.Actor, id docket.SheetID) error {
	if err := mayBring(&actor); err != nil {
		return err
	}
	staged := ""
	err := a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error {
		s, err := a.ownSheet(ctx, w, &actor, id)
		if err != nil {
			return err
		}
		if s.Phase == docket.SheetApplying {
			return docket.Errorf(docket.Conflict, "sheet.not_ready", "the workbook is being read or worked on; wait until that is over")
		}
		staged = s.Staged
		return w.DeleteSheet(ctx, id)
	})
	if err == nil {
		a.unstageSheet(ctx, staged)
	}
	return err
}
