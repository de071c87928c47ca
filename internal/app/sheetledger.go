package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/sheet"
)

// ledgerTrade is an office's ledger. What may be filled in is what the office may
// do by an act that exists: give a matter to other units, with another due
// (reassign), or give a late one a day to chase it by (chase), both with a reason.
type ledgerTrade struct {
	*ledgerBook
	ask   SheetAsk
	names map[string][]docket.UnitID // standing units by name
}

// Columns that may be filled in.
const (
	colLeads    = "leads"
	colSupports = "supports"
	colSeveral  = "several"
	colDue      = "due"
	colWhy      = "why"
)

// partColumns are the columns of units, with the part each names.
var partColumns = []struct {
	column string
	role   docket.PartyRole
}{{colLeads, docket.Lead}, {colSupports, docket.Support}, {colSeveral, docket.Several}}

var unitColumns = []string{colLeads, colSupports, colSeveral}

func (t *ledgerTrade) columns() []sheet.Column {
	units := func(name string) sheet.Column {
		return sheet.Column{Name: name, Kind: sheet.Names, Width: 22, Open: true, List: listUnits, Most: 4000}
	}
	return []sheet.Column{colNo, colTitle, {Name: "requirement", Width: 46}, colSource, {Name: "clause", Width: 8},
		units(colLeads), units(colSupports), units(colSeveral), {Name: colDue, Kind: sheet.Day, Width: 12, Open: true},
		{Name: "status", Width: 10}, colLamp, {Name: "reason", Width: 26}, colLast, {Name: colWhy, Width: 30, Open: true, Most: docket.MaxWords}}
}

func (t *ledgerTrade) keys(ctx context.Context, _ docket.Reader) ([]sheetKey, error) {
	q, err := t.app.ask(ctx, t.actor, t.place, LedgerRequest{Query: t.ask.Query})
	if err != nil {
		return nil, err
	}
	ids := t.view.Each(board.Query(q))
	out := make([]sheetKey, len(ids))
	for i, id := range ids {
		out[i] = sheetKey{matter: id}
	}
	return out, nil
}

func (t *ledgerTrade) load(ctx context.Context, r docket.Reader, keys []sheetKey) (map[sheetKey]*standing, error) {
	found, lines, err := t.matters(ctx, r, keys)
	if err != nil {
		return nil, err
	}
	for k, s := range found {
		reports, err := r.MatterReports(ctx, k.matter)
		if err != nil {
			return nil, err
		}
		var last *docket.Report
		for i := range reports {
			if reports[i].SentOn != 0 && reports[i].Kind != docket.PartReport {
				last = &reports[i]
			}
		}
		t.stand(s, lines[k.matter], last)
	}
	return found, nil
}

func (t *ledgerTrade) stand(s *standing, line LedgerRow, last *docket.Report) {
	m := &s.matter
	s.base = strconv.FormatInt(m.Version, 10)
	part := func(role docket.PartyRole) sheet.Value {
		var names []string
		for _, as := range m.Assignments {
			if as.Role == role {
				names = append(names, cmp.Or(t.place.tree.Name(as.Unit), as.Name))
			}
		}
		return sheet.Value{Text: sheet.JoinNames(t.actor.Person.Lang, names)}
	}
	s.cells = []sheet.Value{{Text: m.No}, {Text: m.Title}, {Text: m.Requirement}, sourceCell(&line), {Text: line.ClauseLabel},
		part(docket.Lead), part(docket.Support), part(docket.Several), {Text: m.Due.String()},
		said("ledger.status.", m.Status), said("ledger.lamp.", line.Lamp), {Key: line.Reason.Key, Args: line.Reason.Args}, lastValue(last), {}}
	switch {
	case !docket.MayAct(t.actor, docket.ActAssign, docket.SubjectOfMatter(m)):
		s.fault = docket.Fault{Key: "sheet.not_office", Message: "another office supervises this matter"}
	case t.reassignable(m):
	case t.chaseable(m):
		s.shut = unitColumns
	default:
		s.fault = docket.Fault{Key: "sheet.no_move", Args: map[string]string{"status": "@ledger.status." + string(m.Status)}, Message: "a matter that is " + string(m.Status) + " is not given to others, nor given another due"}
	}
	if s.fault.Key != "" {
		s.shut = slices.Concat(unitColumns, []string{colDue, colWhy})
	}
}

func (t *ledgerTrade) reassignable(m *docket.Matter) bool {
	_, err := docket.MoveOf(m.Status, docket.VerbReassign)
	return err == nil
}

func (t *ledgerTrade) chaseable(m *docket.Matter) bool {
	_, err := docket.MoveOf(m.Status, docket.VerbChase)
	return err == nil && m.Due != 0 && m.Due < t.place.day
}

// partsEdited reports that a row names other units.
func partsEdited(row *docket.SheetRow) bool {
	return slices.ContainsFunc(row.Cells, func(c docket.SheetCell) bool {
		return c.Written() && slices.Contains(unitColumns, c.Column)
	})
}

// check asks for names the directory knows, a reason, and an act that does it.
func (t *ledgerTrade) check(row *docket.SheetRow, now *standing) {
	fail := func(column string, f docket.Fault) {
		if c := row.Cell(column); c != nil && c.Fault.Key == "" {
			c.Fault = f
		}
	}
	for _, p := range partColumns {
		if c := row.Cell(p.column); c != nil && c.Written() {
			for _, name := range sheet.SplitNames(t.actor.Person.Lang, c.Is) {
				switch known := t.unitsCalled(name); {
				case len(known) == 0:
					fail(p.column, docket.Fault{Key: "sheet.no_unit", Args: map[string]string{"name": name}, Message: "the directory has no unit “" + name + "”; take one from the list"})
				case len(known) > 1:
					fail(p.column, docket.Fault{Key: "sheet.many_units", Args: map[string]string{"name": name}, Message: "several units are called “" + name + "”; reassign this matter on its page"})
				}
			}
		}
	}
	due, why := row.Cell(colDue), row.Cell(colWhy)
	parts, dueEdited := partsEdited(row), due != nil && due.Written()
	switch {
	case dueEdited && !parts && !t.chaseable(&now.matter):
		fail(colDue, docket.Fault{Key: "sheet.due_alone", Message: "a due that has not passed is moved by granting a request, or together with other units"})
	case dueEdited && due.Is == "":
		fail(colDue, docket.Fault{Key: "field.required", Message: "give a day"})
	}
	switch {
	case (parts || dueEdited) && why != nil && why.Is == "":
		fail(colWhy, docket.Fault{Key: "sheet.no_reason", Message: "give the reason for the change"})
	case !parts && !dueEdited && why != nil && why.Written():
		fail(colWhy, docket.Fault{Key: "sheet.only_reason", Message: "a reason is given, but nothing else was changed"})
	}
}

// unitsCalled are the standing units of exactly that name.
func (t *ledgerTrade) unitsCalled(name string) []docket.UnitID {
	if t.names == nil {
		t.names = map[string][]docket.UnitID{}
		for _, u := range t.place.units {
			if t.place.tree.Unit(u.ID) != nil && slices.Equal(t.place.tree.AsIs(u.ID), []docket.UnitID{u.ID}) {
				called := t.place.tree.Name(u.ID)
				t.names[called] = append(t.names[called], u.ID)
			}
		}
	}
	return t.names[name]
}

// write reassigns or chases, by the moves of the law, on the state that was compared.
func (t *ledgerTrade) write(ctx context.Context, row *docket.SheetRow, now *standing, _ bool, also also) error {
	m := &now.matter
	deed := docket.Deed{}
	if why := row.Cell(colWhy); why != nil {
		deed.Words = why.Is
	}
	if due := row.Cell(colDue); due != nil && due.Written() {
		day, err := docket.ParseDate(due.Is)
		if err != nil {
			return err
		}
		deed.Due = day
	}
	verb := docket.VerbChase
	if partsEdited(row) {
		verb = docket.VerbReassign
		deed.Assignments = t.assignments(row, m)
	}
	return t.app.move(ctx, *t.actor, m.ID, verb, 0, deed, m.Version, also)
}

// assignments are the parts as the row names them; parts it has no column for stay.
func (t *ledgerTrade) assignments(row *docket.SheetRow, m *docket.Matter) []docket.Assignment {
	var out []docket.Assignment
	for _, p := range partColumns {
		c := row.Cell(p.column)
		if c == nil || !c.Written() {
			out = append(out, slices.DeleteFunc(slices.Clone(m.Assignments), func(as docket.Assignment) bool { return as.Role != p.role })...)
			continue
		}
		for _, name := range sheet.SplitNames(t.actor.Person.Lang, c.Is) {
			for _, unit := range t.unitsCalled(name) {
				out = append(out, docket.Assignment{Party: docket.Party{Role: p.role, Name: name}, Unit: unit})
			}
		}
	}
	return append(out, slices.DeleteFunc(slices.Clone(m.Assignments), func(as docket.Assignment) bool {
		return as.Role == docket.Lead || as.Role == docket.Support || as.Role == docket.Several
	})...)
}
