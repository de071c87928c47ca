package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/sheet"
)

// reportTrade is what a person's units report on their open matters, a row each.
type reportTrade struct {
	*ledgerBook
	ask SheetAsk
}

// Columns both kinds show of a matter, the office's usual ones.
var (
	colNo     = sheet.Column{Name: "no", Width: 12}
	colTitle  = sheet.Column{Name: "title", Width: 36}
	colSource = sheet.Column{Name: "source", Width: 26}
	colLamp   = sheet.Column{Name: "lamp", Width: 10}
	colLast   = sheet.Column{Name: "last", Width: 36}
)

func (t *reportTrade) columns() []sheet.Column {
	words := func(name string, width float64) sheet.Column {
		return sheet.Column{Name: name, Width: width, Open: true, Most: docket.MaxWords}
	}
	return []sheet.Column{colNo, colTitle, colSource, {Name: "unit", Width: 18}, {Name: "due", Kind: sheet.Day, Width: 12}, colLamp, colLast,
		words("changed", 44), {Name: "percent", Kind: sheet.Percent, Width: 8, Open: true}, words("problems", 30), words("help", 24), words("next", 30)}
}

// keys are the open matters the actor's units write on, in the ledger's order.
func (t *reportTrade) keys(ctx context.Context, r docket.Reader) ([]sheetKey, error) {
	units := t.actor.File.List()
	if t.ask.Query.Unit != 0 {
		if err := permit(t.actor, docket.ActReport, docket.Subject{Units: []docket.UnitID{t.ask.Query.Unit}}); err != nil {
			return nil, err
		}
		units = []docket.UnitID{t.ask.Query.Unit}
	}
	if len(units) == 0 {
		return nil, nil
	}
	q, err := t.app.ask(ctx, t.actor, t.place, LedgerRequest{Query: t.ask.Query, As: AsWas})
	if err != nil {
		return nil, err
	}
	q.Unit, q.Units, q.Status = units[0], units, reportable()
	var out []sheetKey
	for ids := range slices.Chunk(t.view.Each(board.Query(q)), rowsAtOnce) {
		all, err := r.Matters(ctx, t.actor.Scope(), ids)
		if err != nil {
			return nil, err
		}
		for i := range all {
			for _, u := range units {
				if _, writes := all[i].Writes(u); writes && all[i].Reportable() {
					out = append(out, sheetKey{all[i].ID, u})
				}
			}
		}
	}
	return out, nil
}

// reportable are the statuses reports are written in.
func reportable() []docket.MatterStatus {
	return slices.DeleteFunc(docket.Statuses(), func(s docket.MatterStatus) bool { return !(&docket.Matter{Status: s}).Reportable() })
}

func (t *reportTrade) load(ctx context.Context, r docket.Reader, keys []sheetKey) (map[sheetKey]*standing, error) {
	found, lines, err := t.matters(ctx, r, keys)
	if err != nil {
		return nil, err
	}
	for k, s := range found {
		if !docket.MayAct(t.actor, docket.ActReport, docket.Subject{Units: []docket.UnitID{k.unit}}) {
			delete(found, k)
			continue
		}
		reports, err := r.MatterReports(ctx, k.matter)
		if err != nil {
			return nil, err
		}
		t.stand(s, lines[k.matter], reports)
	}
	return found, nil
}

// matters loads the matters of keys in the actor's scope, and their rows of the ledger.
func (b *ledgerBook) matters(ctx context.Context, r docket.Reader, keys []sheetKey) (map[sheetKey]*standing, map[docket.MatterID]LedgerRow, error) {
	ids := make([]docket.MatterID, 0, len(keys))
	for _, k := range keys {
		if len(ids) == 0 || ids[len(ids)-1] != k.matter {
			ids = append(ids, k.matter)
		}
	}
	all, err := r.Matters(ctx, b.actor.Scope(), ids)
	if err != nil {
		return nil, nil, err
	}
	rows, err := b.rows(ctx, r, ids)
	if err != nil {
		return nil, nil, err
	}
	matters, lines := map[docket.MatterID]*docket.Matter{}, map[docket.MatterID]LedgerRow{}
	for i := range all {
		matters[all[i].ID] = &all[i]
	}
	for _, row := range rows {
		lines[row.ID] = row
	}
	found := make(map[sheetKey]*standing, len(keys))
	for _, k := range keys {
		if m := matters[k.matter]; m != nil {
			found[k] = &standing{key: k, no: m.No, title: m.Title, matter: *m}
		}
	}
	return found, lines, nil
}

// stand fills in what a unit's report stands at.
func (t *reportTrade) stand(s *standing, line LedgerRow, reports []docket.Report) {
	m, unit := &s.matter, s.key.unit
	kind, writes := m.Writes(unit)
	var last *docket.Report
	gone := docket.ReportID(0) // the newest that left the unit's desk
	for i := range reports {
		x := &reports[i]
		switch {
		case x.Unit != unit:
			continue
		case x.Editable():
			s.report = *x
			continue
		case x.SentOn != 0:
			last = x
		}
		gone = max(gone, x.ID)
	}
	switch {
	case !m.Reportable():
		s.fault = docket.Fault{Key: "report.too_early", Args: map[string]string{"status": string(m.Status)}, Message: "reports are written from receipt until completion"}
	case !writes:
		s.fault = docket.Fault{Key: "report.no_part", Message: "this unit has no part in the matter to report on"}
	}
	if s.report.ID == 0 {
		s.report = docket.NewReport(m, unit, kind, last)
	}
	r := &s.report
	s.base, s.round = fmt.Sprintf("%d.%d", r.ID, r.Version), strconv.FormatInt(int64(gone), 10)
	s.cells = []sheet.Value{{Text: m.No}, {Text: m.Title}, sourceCell(&line), {Text: t.place.tree.Name(unit)}, {Text: m.Due.String()}, said("ledger.lamp.", line.Lamp), lastValue(last),
		{Text: r.Changed}, {Text: strconv.Itoa(r.Percent)}, {Text: r.Problems}, {Text: r.Help}, {Text: r.Next}}
}

func sourceCell(r *LedgerRow) sheet.Value {
	return sheet.Value{Text: strings.TrimSpace(r.DirectiveNumber + " " + r.DirectiveTitle)}
}

// said is a word of a closed list as people read it.
func said[T ~string](list string, word T) sheet.Value { return sheet.Value{Key: list + string(word)} }

// lastValue is a report that went out, as one cell.
func lastValue(r *docket.Report) sheet.Value {
	if r == nil {
		return sheet.Value{}
	}
	return sheet.Value{Text: fmt.Sprintf("%s  %d%%\n%s", r.SentOn, r.Percent, r.Changed)}
}

func (t *reportTrade) check(*docket.SheetRow, *standing) {}

// write keeps a draft of the report, or files it.
func (t *reportTrade) write(ctx context.Context, row *docket.SheetRow, now *standing, file bool, also also) error {
	e := now.report
	e.Steps, e.Evidence, e.Figures = nil, nil, nil // these stay as they are
	for i := range row.Cells {
		c := &row.Cells[i]
		if !c.Written() {
			continue
		}
		switch c.Column {
		case "changed":
			e.Changed = c.Is
		case "problems":
			e.Problems = c.Is
		case "help":
			e.Help = c.Is
		case "next":
			e.Next = c.Is
		case "percent":
			n, err := strconv.Atoi(c.Is)
			if err != nil {
				return docket.Errorf(docket.Invalid, "sheet.percent", "give a whole number from 0 to 100")
			}
			e.Percent = n
		}
	}
	var err error
	if file {
		_, err = t.app.fileReport(ctx, *t.actor, row.Matter, e, also)
	} else {
		_, err = t.app.saveReport(ctx, *t.actor, row.Matter, e, also)
	}
	return err
}
