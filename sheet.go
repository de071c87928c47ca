package docket

import (
	"slices"
	"time"
)

// SheetID names a workbook that was brought back.
type SheetID int64

// SheetKind is what a workbook is for.
type SheetKind string

// The kinds.
const (
	SheetReports SheetKind = "reports" // what a person's units report on their matters
	SheetLedger  SheetKind = "ledger"  // an office's ledger: parts and dues
)

// SheetPhase is how far a workbook that came back is.
type SheetPhase string

// The phases.
const (
	SheetReading  SheetPhase = "reading"  // being read and compared
	SheetReady    SheetPhase = "ready"    // compared; its person looks and decides
	SheetApplying SheetPhase = "applying" // what was confirmed is being done
	SheetFailed   SheetPhase = "failed"   // could not be read; Fault says why
)

// Sheet is a workbook that came back: a batch of rows that belongs to the person
// who brought it. It changes nothing until they say so, and no row twice.
type Sheet struct {
	ID        SheetID    `json:"id"`
	Person    PersonID   `json:"person"`
	Kind      SheetKind  `json:"kind"`
	Name      string     `json:"name"`   // of the file
	Lang      string     `json:"lang"`   // of the workbook
	Hash      string     `json:"hash"`   // SHA-256 of the file
	Staged    string     `json:"staged"` // where the file waits to be read; "" afterwards
	Phase     SheetPhase `json:"phase"`
	File      bool       `json:"file"` // reports: put before the head, not only kept as drafts
	Total     int        `json:"total"`
	Confirmed int        `json:"confirmed"` // rows of the last confirmation
	Missing   int        `json:"missing"`   // rows that went out and did not come back: untouched
	Notes     []Fault    `json:"notes"`     // what was passed over, in words
	Fault     Fault      `json:"fault"`
	GivenOut  time.Time  `json:"given_out"` // when the workbook was made
	BroughtAt time.Time  `json:"brought_at"`
	Version   int64      `json:"version"`
}

// SheetState is where a row stands.
type SheetState string

// The states of a row.
const (
	RowSame     SheetState = "same"     // nothing to do
	RowChanged  SheetState = "changed"  // to be confirmed
	RowConflict SheetState = "conflict" // changed here as well meanwhile: a person chooses
	RowFaulty   SheetState = "faulty"   // to be mended first
	RowQueued   SheetState = "queued"   // confirmed
	RowDone     SheetState = "done"
	RowRefused  SheetState = "refused" // Fault says why
)

// SheetStates lists the states.
func SheetStates() []SheetState {
	return []SheetState{RowSame, RowChanged, RowConflict, RowFaulty, RowQueued, RowDone, RowRefused}
}

// SheetRow is one row of a workbook that came back.
type SheetRow struct {
	Sheet  SheetID     `json:"sheet"`
	Ord    int         `json:"ord"`  // 1 and up
	Line   int         `json:"line"` // in the workbook
	Key    string      `json:"key"`
	Matter MatterID    `json:"matter"`
	Unit   UnitID      `json:"unit"`
	No     string      `json:"no"`
	Title  string      `json:"title"`
	State  SheetState  `json:"state"`
	Base   string      `json:"base"`  // state of the docket when the workbook was made
	Since  string      `json:"since"` // the same when it was compared
	Moved  bool        `json:"moved"` // what the row is about went on since: every edit is to be looked at
	Fault  Fault       `json:"fault"` // of the row as a whole
	Cells  []SheetCell `json:"cells"` // those that may be filled in, and others that were touched
}

// SheetCell is one cell in three states: as it went out, as the docket has it
// now, and as it came back.
type SheetCell struct {
	Column string `json:"column"`
	Was    string `json:"was"`
	Now    string `json:"now"`
	Is     string `json:"is"`
	Locked bool   `json:"locked,omitempty"` // may not be filled in
	Take   Take   `json:"take,omitempty"`
	Fault  Fault  `json:"fault,omitzero"`
}

// Take is what a person chose where a cell was changed on both sides.
type Take string

// The choices.
const (
	TakeMine   Take = "mine"   // what the workbook says
	TakeTheirs Take = "theirs" // what the docket has
)

// Edited reports that the workbook says something else than it did when it went
// out, and than the docket does now.
func (c *SheetCell) Edited() bool { return c.Is != c.Was && c.Is != c.Now }

// Clash reports that the docket, too, says something else than it did, or went
// on otherwise, and that nobody has chosen yet.
func (c *SheetCell) Clash(moved bool) bool {
	return c.Edited() && (moved || c.Now != c.Was) && c.Take == ""
}

// Written reports that the cell is to be written into the docket.
func (c *SheetCell) Written() bool { return c.Edited() && c.Take != TakeTheirs && !c.Locked }

// Settle gives a row that is not decided yet the state its cells add up to. A row
// nobody touched is never faulty.
func (r *SheetRow) Settle() {
	some := func(f func(*SheetCell) bool) bool {
		return slices.ContainsFunc(r.Cells, func(c SheetCell) bool { return f(&c) })
	}
	switch {
	case some(func(c *SheetCell) bool { return c.Fault.Key != "" }), r.Fault.Key != "":
		r.State = RowFaulty
	case some(func(c *SheetCell) bool { return c.Clash(r.Moved) }):
		r.State = RowConflict
	case some((*SheetCell).Written):
		r.State = RowChanged
	default:
		r.State = RowSame
	}
}

// Cell finds a cell by its column; nil without one.
func (r *SheetRow) Cell(column string) *SheetCell {
	i := slices.IndexFunc(r.Cells, func(c SheetCell) bool { return c.Column == column })
	if i < 0 {
		return nil
	}
	return &r.Cells[i]
}

// SheetQuery asks for rows of a sheet, by their order.
type SheetQuery struct {
	States []SheetState // none: all
	After  int
	Limit  int
}

// MaxSheetRows bounds a workbook.
const MaxSheetRows = 20_000

// SheetsKept is how long a workbook that came back is kept, in days.
const SheetsKept = 30
