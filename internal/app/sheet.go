package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/sheet"
)

// trade is one kind of workbook: what goes out, what may come back, and by which
// act it is done. There is no second way of writing: rows are written by the use
// cases that the screens use.
type trade interface {
	columns() []sheet.Column
	// keys lists what goes out.
	keys(ctx context.Context, r docket.Reader) ([]sheetKey, error)
	// load reads how things stand; what the actor may not see is not in it.
	load(ctx context.Context, r docket.Reader, keys []sheetKey) (map[sheetKey]*standing, error)
	// check adds faults that only this kind knows of to a row that was edited.
	check(row *docket.SheetRow, now *standing)
	// write does what a row says. also is part of the same transaction.
	write(ctx context.Context, row *docket.SheetRow, now *standing, file bool, also also) error
}

// also is what a use case does beside its own change, in the same transaction; nil: nothing.
type also func(context.Context, docket.Writer) error

func (f also) do(ctx context.Context, w docket.Writer) error {
	if f == nil {
		return nil
	}
	return f(ctx, w)
}

// sheetKey names what a row is about.
type sheetKey struct {
	matter docket.MatterID
	unit   docket.UnitID // 0 in a ledger
}

func (k sheetKey) String() string { return fmt.Sprintf("%d.%d", k.matter, k.unit) }

func parseSheetKey(s string) (k sheetKey, ok bool) {
	m, u, ok := strings.Cut(s, ".")
	matter, err1 := strconv.ParseInt(m, 10, 64)
	unit, err2 := strconv.ParseInt(u, 10, 64)
	return sheetKey{docket.MatterID(matter), docket.UnitID(unit)}, ok && err1 == nil && err2 == nil
}

// standing is how things stand for a row.
type standing struct {
	key    sheetKey
	no     string
	title  string
	base   string        // names this state
	round  string        // names what must not have ended since: another one makes every edit a conflict
	cells  []sheet.Value // of the columns
	shut   []string      // columns that may not be filled in
	fault  docket.Fault  // why nothing may be filled in; none: something may
	matter docket.Matter
	report docket.Report // unfinished, or new with the last values
}

func (s *standing) row() sheet.Row {
	return sheet.Row{Key: s.key.String(), Base: s.base + "/" + s.round, Cells: s.cells, Shut: s.shut}
}

// SheetAsk says which workbook is wanted.
type SheetAsk struct {
	Kind  docket.SheetKind
	Query docket.LedgerQuery // of reports, Unit is the one that writes; 0: all the actor writes for
}

// trade is the kind's way, for an actor who may do it at all.
func (a *App) trade(ctx context.Context, actor *docket.Actor, ask SheetAsk) (trade, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	book := newLedgerBook(a, actor, pl, a.board.View(a.lampDay(pl.day)), AsIs)
	switch ask.Kind {
	case docket.SheetReports:
		return &reportTrade{book, ask}, allow(actor, docket.ActReport)
	case docket.SheetLedger:
		return &ledgerTrade{ledgerBook: book, ask: ask}, allow(actor, docket.ActAssign)
	}
	return nil, docket.Errorf(docket.Invalid, "query.unknown_value", "there is no such kind of workbook")
}

// Workbook is a workbook ready to be written.
type Workbook struct {
	Rows  int
	app   *App
	trade trade
	keys  []sheetKey
	out   sheet.Out
	key   sheet.Key
	again map[sheetKey]*docket.SheetRow // rows that go out again with what was wrong
}

// SheetOut prepares a workbook to be filled in: what can be refused is refused here.
func (a *App) SheetOut(ctx context.Context, actor docket.Actor, ask SheetAsk, name string) (*Workbook, error) {
	t, err := a.trade(ctx, &actor, ask)
	if err != nil {
		return nil, err
	}
	var keys []sheetKey
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) { keys, err = t.keys(ctx, r); return err })
	if err != nil {
		return nil, err
	}
	return a.workbook(ctx, &actor, ask.Kind, t, keys, actor.Person.Lang, name)
}

func (a *App) workbook(ctx context.Context, actor *docket.Actor, kind docket.SheetKind, t trade, keys []sheetKey, lang, name string) (*Workbook, error) {
	if len(keys) > docket.MaxSheetRows {
		return nil, docket.Errorf(docket.TooLarge, "sheet.too_many_rows", "a workbook holds at most "+strconv.Itoa(docket.MaxSheetRows)+" rows; narrow the filter", "limit", strconv.Itoa(docket.MaxSheetRows))
	}
	key, err := a.sheetKey(ctx)
	if err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	w := &Workbook{Rows: len(keys), app: a, trade: t, keys: keys, key: key}
	w.out = sheet.Out{Meta: sheet.Meta{Kind: kind, Lang: lang, Person: actor.Person.ID, At: a.cfg.Clock().In(a.cfg.Location), Sheet: name, Columns: t.columns()},
		Lists: map[string][]string{listUnits: pl.unitNames()}}
	return w, nil
}

// listUnits is the list of the directory's units.
const listUnits = "units"

// unitNames are the names of the units that stand, parents before children.
func (p *place) unitNames() []string {
	var out []string
	var walk func(parent docket.UnitID)
	walk = func(parent docket.UnitID) {
		for _, id := range p.tree.Children(parent) {
			if name := p.tree.Name(id); !slices.Contains(out, name) {
				out = append(out, name)
			}
			walk(id)
		}
	}
	walk(0)
	return out
}

// Write writes the workbook, a few hundred rows at a time so that a large one is
// never held in memory.
func (w *Workbook) Write(ctx context.Context, to io.Writer) error {
	return sheet.Write(to, w.key, w.out, w.rows(ctx))
}

// rowsAtOnce is how many rows are read or kept in one transaction.
const rowsAtOnce = 250

func (w *Workbook) rows(ctx context.Context) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		for keys := range slices.Chunk(w.keys, rowsAtOnce) {
			found, err := w.app.standings(ctx, w.trade, keys)
			if err != nil {
				yield(sheet.Row{}, err)
				return
			}
			for _, k := range keys {
				s := found[k]
				if s == nil {
					continue
				}
				row := s.row()
				if was := w.again[k]; was != nil {
					row.Shown, row.Wrong = map[string]string{}, wrongs(was)
					for i := range was.Cells {
						if c := &was.Cells[i]; !c.Locked && (c.Fault.Key == "" || c.Is != "") {
							row.Shown[c.Column] = c.Is
						}
					}
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

func (a *App) standings(ctx context.Context, t trade, keys []sheetKey) (found map[sheetKey]*standing, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) { found, err = t.load(ctx, r, keys); return err })
	return found, err
}

// sheetSetting holds the key that workbooks are signed with.
const sheetSetting = "sheet_key"

// sheetKey returns the docket's own key, made when it is first needed.
func (a *App) sheetKey(ctx context.Context) (key sheet.Key, err error) {
	read := func(r docket.Reader) error {
		raw, err := r.Setting(ctx, sheetSetting)
		if err != nil || raw == nil {
			return err
		}
		return json.Unmarshal(raw, &key)
	}
	if err := a.cfg.Store.View(ctx, read); err != nil || key != nil {
		return key, err
	}
	fresh := make(sheet.Key, 32)
	_, _ = rand.Read(fresh) // never fails (crypto/rand)
	err = a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error {
		if err := read(w); err != nil || key != nil {
			return err
		}
		raw, err := json.Marshal(fresh)
		if err != nil {
			return err
		}
		return w.PutSetting(ctx, sheetSetting, raw)
	})
	if key == nil {
		key = fresh
	}
	return key, err
}
