package docket

import "slices"

// Lamp is the derived warning of a matter: a shape and a word, then a colour.
type Lamp string

// The seven lamps, worst first (screens.md).
const (
	LampAct       Lamp = "act"        // ■ act now
	LampWatch     Lamp = "watch"      // ▲ watch
	LampNoData    Lamp = "no_data"    // ◌ no fresh data; never shown green
	LampOnCourse  Lamp = "on_course"  // ● on course
	LampNotDue    Lamp = "not_due"    // ○ not yet due to start
	LampCompleted Lamp = "completed"  // ✓ completed
	LampStruckOff Lamp = "struck_off" // ★ struck off
)

// Lamps lists the lamps, worst first.
func Lamps() []Lamp {
	return []Lamp{LampAct, LampWatch, LampNoData, LampOnCourse, LampNotDue, LampCompleted, LampStruckOff}
}

// LedgerQuery says which matters a reader wants to see, in which order. Empty
// fields do not filter. It never widens what the reader may see.
type LedgerQuery struct {
	Directive DirectiveID    `json:"directive,omitempty"`
	Unit      UnitID         `json:"unit,omitempty"`  // with any part in the matter
	Below     bool           `json:"below,omitempty"` // Unit stands for its whole subtree
	Role      PartyRole      `json:"role,omitempty"`  // Unit's part, or any unit's where Unit is 0
	Status    []MatterStatus `json:"status,omitempty"`
	Lamp      []Lamp         `json:"lamp,omitempty"`
	Level     Level          `json:"level,omitempty"` // of the directive
	DueFrom   Date           `json:"due_from"`
	DueTo     Date           `json:"due_to"`
	Text      string         `json:"text,omitempty"`
	Sort      LedgerSort     `json:"sort,omitempty"` // empty: SortLamp, worst first
	Desc      bool           `json:"desc,omitempty"`
}

// LedgerSort is a column the ledger can be ordered by; ties go by number.
type LedgerSort string

// The columns.
const (
	SortLamp   LedgerSort = "lamp"
	SortNo     LedgerSort = "no"
	SortDue    LedgerSort = "due"
	SortLead   LedgerSort = "lead" // name of the first lead
	SortStatus LedgerSort = "status"
	SortSource LedgerSort = "source" // directive, then position in it
)

// LedgerSorts lists every allowed order.
func LedgerSorts() []LedgerSort {
	return []LedgerSort{SortLamp, SortNo, SortDue, SortLead, SortStatus, SortSource}
}

// Validate refuses orders and values that do not exist, naming the field.
func (q *LedgerQuery) Validate() error {
	var f []FieldError
	if q.Sort != "" && !slices.Contains(LedgerSorts(), q.Sort) {
		f = append(f, FieldError{Field: "sort", Key: "query.unknown_value", Message: "there is no such order"})
	}
	for _, s := range q.Status {
		if !slices.Contains(Statuses(), s) {
			f = append(f, FieldError{Field: "status", Key: "query.unknown_value", Message: "there is no such status"})
		}
	}
	for _, l := range q.Lamp {
		if !slices.Contains(Lamps(), l) {
			f = append(f, FieldError{Field: "lamp", Key: "query.unknown_value", Message: "there is no such lamp"})
		}
	}
	if !q.DueFrom.IsZero() && !q.DueTo.IsZero() && q.DueTo < q.DueFrom {
		f = append(f, FieldError{Field: "due_to", Key: "query.range", Message: "the last day lies before the first"})
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "query.invalid", Message: "the filter cannot be used", Fields: f}
	}
	return nil
}

// SavedView is a ledger query with its columns, kept under a name by a person.
type SavedView struct {
	ID      ViewID      `json:"id"`
	Person  PersonID    `json:"person"`
	Name    string      `json:"name"`
	Query   LedgerQuery `json:"query"`
	Columns []string    `json:"columns"`
	Group   string      `json:"group"` // "", unit, directive, status, lamp
}
