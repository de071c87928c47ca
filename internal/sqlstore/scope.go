package sqlstore

import (
	"fmt"
	"strconv"

	docket "github.com/docket-os/docket"
)

// The rule of docket.Scope stands in two forms. Rows addressed by their ids are
// judged by docket.Scope.InScope itself, after they were read in the same
// snapshot: handing 10,000 units to the engine for one row would cost more than
// the row. Lists over everything use the conditions below. The conformance
// suite compares the two on random scopes.

// scopeSQL writes the conditions of one reader's scope. Every condition stands
// in brackets. A set of units is one parameter however large, and none at all
// when it holds every unit.
type scopeSQL struct {
	scope docket.Scope
	args  []any // of the query so far; the sets are added when first used
	lists map[string]string
}

// newScope begins a query that already has args.
func newScope(s docket.Scope, args ...any) *scopeSQL {
	return &scopeSQL{scope: s, args: args, lists: map[string]string{}}
}

// param adds a value to the query and returns its parameter.
func (q *scopeSQL) param(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// in is the condition that a column's unit is in a set.
func (q *scopeSQL) in(column, name string, set docket.UnitSet) string {
	switch {
	case set.All():
		return "(1 = 1)"
	case set.Empty():
		return "(1 = 0)"
	case q.lists[name] == "":
		q.lists[name] = q.param(list(set.List()))
	}
	return "(" + column + " IN ({{list " + q.lists[name] + "}}))"
}

func (q *scopeSQL) office(column string) string { return q.in(column, "office", q.scope.Office) }
func (q *scopeSQL) read(column string) string   { return q.in(column, "read", q.scope.Read) }

// matter is the condition for matter m where few rows are met: it looks at
// each matter's units.
func (q *scopeSQL) matter() string {
	return q.matterWhere("EXISTS (SELECT 1 FROM assignment a WHERE (a.matter = m.id) AND (a.unit IS NOT NULL) AND %s)")
}

// everyMatter is the same condition where all rows are met: it lists the units' matters once.
func (q *scopeSQL) everyMatter() string {
	return q.matterWhere("m.id IN (SELECT a.matter FROM assignment a WHERE (a.unit IS NOT NULL) AND %s)")
}

func (q *scopeSQL) matterWhere(assigned string) string {
	if q.scope.Office.All() {
		return "(1 = 1)"
	}
	return "(" + q.office("m.owner") + " OR (m.status <> 'draft' AND (" + q.read("m.owner") + " OR " + fmt.Sprintf(assigned, q.read("a.unit")) + ")))"
}

// directive is the condition for directive d. The record of a meeting is seen by the
// units that reported there, any other by the units of its matters.
func (q *scopeSQL) directive() string {
	if q.scope.Office.All() {
		return "(1 = 1)"
	}
	return "(" + q.office("d.owner") + " OR (d.status = 'adopted' AND (" + q.read("d.owner") +
		" OR EXISTS (SELECT 1 FROM statement st WHERE (st.stocktake = d.stocktake) AND " + q.read("st.unit") + ")" +
		" OR (d.stocktake IS NULL AND (EXISTS (SELECT 1 FROM assignment a JOIN matter x ON x.id = a.matter WHERE (a.directive = d.id) AND (x.status <> 'draft') AND (a.unit IS NOT NULL) AND " + q.read("a.unit") + ")" +
		" OR EXISTS (SELECT 1 FROM matter x WHERE (x.directive = d.id) AND (" + q.office("x.owner") + " OR (x.status <> 'draft' AND " + q.read("x.owner") + "))))))))"
}
