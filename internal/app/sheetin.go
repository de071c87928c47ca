package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/jobs"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/sheet"
)

// jobSheet reads a workbook that came back, and later does what was confirmed of it.
const jobSheet = "sheet"

// sheetWork is the body of its jobs.
type sheetWork struct {
	Sheet  docket.SheetID  `json:"sheet"`
	Person docket.PersonID `json:"person"`
}

// maxSheets is how many workbooks are kept for a person; older ones go.
const maxSheets = 20

// SheetView is a workbook that came back with the counts of its rows.
type SheetView struct {
	docket.Sheet
	Counts map[docket.SheetState]int `json:"counts"`
	Done   int                       `json:"done"`  // of the phase that runs
	Of     int                       `json:"of"`    // likewise
	Again  docket.SheetID            `json:"again"` // an earlier one of the very same file
}

// BringSheet takes a workbook back. It is read and compared later, by a job;
// nothing is changed before its person says so.
func (a *App) BringSheet(ctx context.Context, actor docket.Actor, name string, content []byte) (SheetView, error) {
	if err := mayBring(&actor); err != nil {
		return SheetView{}, err
	}
	if err := paper.GuardName(name); err != nil {
		return SheetView{}, err
	}
	if limit := a.cfg.Limits.WithDefaults().FileBytes; int64(len(content)) > limit {
		return SheetView{}, paper.FileTooLarge(name, limit)
	}
	sum := sha256.Sum256(content)
	s := docket.Sheet{Person: actor.Person.ID, Name: name, Hash: hex.EncodeToString(sum[:]), Staged: "sheet-" + strings.ToLower(rand.Text()), Phase: docket.SheetReading, Notes: []docket.Fault{}}
	if err := a.cfg.Files.Stage(ctx, s.Staged, content); err != nil {
		return SheetView{}, err
	}
	var again docket.SheetID
	var gone []docket.Sheet
	fresh := s
	err := a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error {
		s, again = fresh, 0 // fn may run twice
		own, err := w.Sheets(ctx, actor.Person.ID)
		if err != nil {
			return err
		}
		gone = nil
		if over := len(own) - maxSheets + 1; over > 0 {
			gone = own[:over]
		}
		for _, old := range gone {
			if err := w.DeleteSheet(ctx, old.ID); err != nil {
				return err
			}
		}
		for _, x := range own {
			if x.Hash == s.Hash && x.Phase != docket.SheetFailed {
				again = x.ID
			}
		}
		s.BroughtAt = w.Now()
		if err := w.PutSheet(ctx, &s); err != nil {
			return err
		}
		return laterSheet(ctx, w, &s)
	})
	if err != nil {
		a.unstageSheet(ctx, s.Staged)
		return SheetView{}, err
	}
	for _, old := range gone {
		a.unstageSheet(ctx, old.Staged)
	}
	a.hurry()
	return SheetView{Sheet: s, Counts: map[docket.SheetState]int{}, Again: again}, nil
}

// dropOldSheets throws workbooks away whose days are over.
func (a *App) dropOldSheets(ctx context.Context) error {
	var old []docket.Sheet
	find := func(r docket.Reader) (err error) {
		old, err = r.OldSheets(ctx, a.cfg.Clock().AddDate(0, 0, -docket.SheetsKept))
		return err
	}
	if err := a.cfg.Store.View(ctx, find); err != nil || len(old) == 0 {
		return err
	}
	err := a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error {
		for _, s := range old {
			if err := w.DeleteSheet(ctx, s.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		for _, s := range old {
			a.unstageSheet(ctx, s.Staged)
		}
	}
	return err
}

// mayBring: who may fill in any kind of workbook.
func mayBring(actor *docket.Actor) error {
	if docket.May(actor, docket.ActAssign) {
		return nil
	}
	return allow(actor, docket.ActReport)
}

func laterSheet(ctx context.Context, w docket.Writer, s *docket.Sheet) error {
	body, err := json.Marshal(sheetWork{s.ID, s.Person})
	if err != nil {
		return err
	}
	_, err = w.InsertJob(ctx, &docket.Job{Kind: jobSheet, Key: strings.ToLower(rand.Text()), Body: body, RunAt: w.Now()})
	return err
}

func (a *App) unstageSheet(ctx context.Context, key string) {
	if key == "" {
		return
	}
	if err := a.cfg.Files.Unstage(ctx, key); err != nil {
		a.log.WarnContext(ctx, "a workbook that was read was not cleared away", "err", err)
	}
}

// workSheet is the handler of its jobs: what is to be done is told by the phase.
func (a *App) workSheet(ctx context.Context, w *jobs.Work) (string, error) {
	var body sheetWork
	if err := json.Unmarshal(w.Body, &body); err != nil {
		return "", err
	}
	var s docket.Sheet
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) { s, err = r.Sheet(ctx, body.Person, body.Sheet); return err })
	if errors.Is(err, docket.NotFound) {
		return "gone", nil
	}
	if err != nil {
		return "", err
	}
	actor, err := a.actor(ctx, body.Person)
	if err != nil {
		return "", err
	}
	if !actor.Person.Active {
		return nobody, nil
	}
	switch s.Phase {
	case docket.SheetReading:
		return "read", a.readSheet(ctx, &actor, s)
	case docket.SheetApplying:
		return "applied", a.applySheet(ctx, &actor, s)
	}
	return nothing, nil
}

// readSheet reads and compares. What is wrong with the file itself is kept as the
// end of it; anything else lets the job be tried again, going on where it was.
func (a *App) readSheet(ctx context.Context, actor *docket.Actor, s docket.Sheet) error {
	book, err := a.stagedBook(ctx, &s)
	var t trade
	if err == nil {
		t, err = a.trade(ctx, actor, SheetAsk{Kind: book.Meta.Kind})
	}
	if err != nil {
		if !sheet.IsRefusal(err) {
			return err
		}
		s.Phase, s.Fault = docket.SheetFailed, docket.FaultOf(err)
		return a.endReading(ctx, &s)
	}
	if s.Total == 0 {
		s.Kind, s.Lang, s.Total, s.Missing, s.GivenOut = book.Meta.Kind, book.Meta.Lang, len(book.Rows), book.Missing, book.Meta.At
		s.Notes = append(s.Notes, book.Notes...)
		if err := a.putSheet(ctx, &s); err != nil {
			return err
		}
	}
	done, err := a.countRows(ctx, s.ID)
	if err != nil {
		return err
	}
	for rows := range slices.Chunk(book.Rows[min(done, len(book.Rows)):], rowsAtOnce) {
		out, err := a.compare(ctx, t, book, rows)
		if err != nil {
			return err
		}
		for i := range out {
			out[i].Sheet, out[i].Ord = s.ID, done+i+1
		}
		done += len(out)
		if err := a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error { return w.InsertSheetRows(ctx, out) }); err != nil {
			return err
		}
	}
	s.Phase = docket.SheetReady
	return a.endReading(ctx, &s)
}

func (a *App) putSheet(ctx context.Context, s *docket.Sheet) error {
	return a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error { return w.PutSheet(ctx, s) })
}

func (a *App) endReading(ctx context.Context, s *docket.Sheet) error {
	staged := s.Staged
	s.Staged = ""
	if err := a.putSheet(ctx, s); err != nil {
		return err
	}
	a.unstageSheet(ctx, staged)
	return nil
}

func (a *App) countRows(ctx context.Context, id docket.SheetID) (n int, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		counts, err := r.SheetCounts(ctx, id)
		n = 0
		for _, k := range counts {
			n += k
		}
		return err
	})
	return n, err
}

func (a *App) stagedBook(ctx context.Context, s *docket.Sheet) (*sheet.Book, error) {
	key, err := a.sheetKey(ctx)
	if err != nil {
		return nil, err
	}
	f, err := a.cfg.Files.Staged(ctx, s.Staged)
	if errors.Is(err, docket.NotFound) {
		return nil, docket.Errorf(docket.NotFound, "sheet.gone", "the file is not here any more; bring it back once more")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return sheet.Read(ctx, paper.Bytes(s.Name, raw), key)
}

// compare sets rows that came back beside how things stand now.
func (a *App) compare(ctx context.Context, t trade, book *sheet.Book, rows []sheet.Back) ([]docket.SheetRow, error) {
	var keys []sheetKey
	for i := range rows {
		if k, ok := parseSheetKey(rows[i].Key); ok {
			keys = append(keys, k)
		}
	}
	found, err := a.standings(ctx, t, keys)
	if err != nil {
		return nil, err
	}
	out := make([]docket.SheetRow, len(rows))
	for i := range rows {
		k, _ := parseSheetKey(rows[i].Key)
		out[i] = compareRow(t, book, &rows[i], k, found[k])
	}
	return out, nil
}

// compareRow is the comparison of one row: as it went out, as things stand, as
// it came back.
func compareRow(t trade, book *sheet.Book, b *sheet.Back, k sheetKey, now *standing) docket.SheetRow {
	row := docket.SheetRow{Line: b.Line, Key: b.Key, Matter: k.matter, Unit: k.unit, Base: b.Base, Fault: b.Fault, Cells: []docket.SheetCell{}}
	if b.Fault.Key != "" {
		row.Settle()
		return row
	}
	for i, c := range book.Meta.Columns {
		cell := docket.SheetCell{Column: c.Name, Was: b.Was[i], Now: b.Was[i], Is: b.Is[i], Fault: b.Cells[i], Locked: !c.Open || slices.Contains(b.Shut, c.Name)}
		if cell.Locked && cell.Is == cell.Was && cell.Fault.Key == "" {
			continue
		}
		if cell.Locked && cell.Fault.Key == "" {
			cell.Fault = lockedFault()
			if guardWords(cell.Is) != nil {
				cell.Is = "" // nothing classified is kept, wherever it stands
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	there := now != nil
	if !there {
		now = &standing{key: k}
	}
	reckonRow(t, &row, now, there)
	return row
}

func lockedFault() docket.Fault {
	return docket.Fault{Key: "sheet.locked", Message: "this cell is not to be filled in; put it back as it was"}
}

// reckonRow brings a row up to how things stand: what each cell is now, whether
// the text may stand there, and what all of it adds up to.
func reckonRow(t trade, row *docket.SheetRow, now *standing, there bool) {
	columns := t.columns()
	row.No, row.Title, row.Since, row.Fault = now.no, now.title, now.base+"/"+now.round, docket.Fault{}
	_, round, _ := strings.Cut(row.Base, "/")
	row.Moved = there && round != now.round
	for i := range row.Cells {
		c := &row.Cells[i]
		if k := slices.IndexFunc(columns, func(x sheet.Column) bool { return x.Name == c.Column }); k >= 0 && !c.Locked {
			if there && k < len(now.cells) {
				c.Now = sheet.Clean(now.cells[k].Text)
			}
			if c.Fault.Key == "" && c.Edited() {
				c.Fault = fitting(&columns[k], c)
			}
		}
	}
	edited := slices.ContainsFunc(row.Cells, func(c docket.SheetCell) bool { return c.Edited() || c.Fault.Key != "" })
	switch {
	case !edited:
	case !there:
		row.Fault = docket.Fault{Key: "sheet.row_gone", Message: "this matter is not there any more, or is no longer yours to write on"}
	case now.fault.Key != "":
		row.Fault = now.fault
	default:
		t.check(row, now)
	}
	row.Settle()
}

// fitting refuses what may not stand in a cell. Of classified words nothing is kept.
func fitting(c *sheet.Column, cell *docket.SheetCell) docket.Fault {
	if err := guardWords(cell.Is); err != nil {
		cell.Is = ""
		return docket.FaultOf(err)
	}
	return c.Fits(cell.Is)
}

// wrongs are all faults of a row.
func wrongs(row *docket.SheetRow) []docket.Fault {
	var out []docket.Fault
	if row.Fault.Key != "" {
		out = append(out, row.Fault)
	}
	for i := range row.Cells {
		if f := row.Cells[i].Fault; f.Key != "" {
			out = append(out, f)
		}
	}
	return out
}
