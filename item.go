package docket

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// ItemID names one line of a meeting's record.
type ItemID int64

// ItemKind is what a line of the record is.
type ItemKind string

// The kinds.
const (
	ItemDecision     ItemKind = "decision"     // 议定事项
	ItemInstruction  ItemKind = "instruction"  // 要求: what the leader asks for
	ItemCommitment   ItemKind = "commitment"   // 承诺: what a unit, or the leader, promises
	ItemCommendation ItemKind = "commendation" // 表扬、肯定
	ItemPrinciple    ItemKind = "principle"    // 原则同意: agreed in principle is not approved, and nobody has to act yet
	ItemNote         ItemKind = "note"         // for the record only
)

// ItemKinds lists the kinds in the order screens show them.
func ItemKinds() []ItemKind {
	return []ItemKind{ItemDecision, ItemInstruction, ItemCommitment, ItemCommendation, ItemPrinciple, ItemNote}
}

// Acts reports whether somebody has to act on such a line, so that it becomes a matter.
func (k ItemKind) Acts() bool {
	return k == ItemDecision || k == ItemInstruction || k == ItemCommitment
}

// Item is one line of the record of a meeting. What somebody has to act on stands
// as a clause in the meeting's directive and became a matter when it was recorded.
type Item struct {
	ID        ItemID      `json:"id"`
	Stocktake StocktakeID `json:"stocktake"`
	Key       string      `json:"key"` // given by who recorded it: the same line sent twice is one
	Kind      ItemKind    `json:"kind"`
	Unit      UnitID      `json:"unit"` // who had the floor; 0: nobody
	Text      string      `json:"text"` // as typed
	Topic     string      `json:"topic"`
	ClauseOrd int         `json:"clause_ord"` // in the meeting's directive; -1 without a matter
	Matter    MatterID    `json:"matter"`     // 0 where nobody has to act
	No        string      `json:"no"`
	Due       Date        `json:"due"`
	ByRule    bool        `json:"by_rule"` // no day was said: Due is the rule's
	Leads     []UnitID    `json:"leads"`
	Supports  []UnitID    `json:"supports"`
	Leader    PersonID    `json:"leader"` // a promise of the leader's own: theirs to keep; 0 otherwise
	KeptOn    Date        `json:"kept_on"`
	By        PersonID    `json:"by"`
	At        time.Time   `json:"at"`
	Struck    time.Time   `json:"struck,omitzero"` // taken off the record; it stays visible, struck out
	Reason    string      `json:"reason"`
	Version   int64       `json:"version"`
}

// Bounds of a line.
const (
	MaxItemWords = 2000
	maxItemKey   = 64
)

// Validate reports every fault of a line's own fields.
func (i *Item) Validate() error {
	var f []FieldError
	if strings.TrimSpace(i.Text) == "" {
		f = append(f, FieldError{Field: "text", Key: "field.required", Message: "type what was said"})
	}
	if len([]rune(i.Text)) > MaxItemWords {
		f = append(f, FieldError{Field: "text", Key: "stocktake.long_line", Args: map[string]string{"max": strconv.Itoa(MaxItemWords)}, Message: "one line at a time: at most " + strconv.Itoa(MaxItemWords) + " characters; bring a whole paper in as a document"})
	}
	if !slices.Contains(ItemKinds(), i.Kind) {
		f = append(f, FieldError{Field: "kind", Key: "field.required", Message: "say what it is"})
	}
	if i.Key == "" || len(i.Key) > maxItemKey {
		f = append(f, FieldError{Field: "key", Key: "field.required", Message: "a line needs a key of its own"})
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "item.invalid", Message: "the line cannot be recorded as it stands", Fields: f}
	}
	return nil
}

// Stands reports whether the line still is part of the record.
func (i *Item) Stands() bool { return i.Struck.IsZero() }

// Keeping is how a promise or decision was kept.
type Keeping string

// The outcomes. A line that need not be done any more has none.
const (
	KeepingOpen   Keeping = "open"   // not yet due
	KeepingKept   Keeping = "kept"   // done by its day
	KeepingLate   Keeping = "late"   // done after it
	KeepingBroken Keeping = "broken" // past its day and not done
)

// Keepings lists the outcomes.
func Keepings() []Keeping {
	return []Keeping{KeepingKept, KeepingLate, KeepingBroken, KeepingOpen}
}

// KeepingOf judges a line by the day it was to be done and the day it was: the day
// of the claim that proved true. A matter that was stopped is judged not at all.
func KeepingOf(status MatterStatus, due, done, today Date) Keeping {
	switch {
	case status == Terminated:
		return ""
	case done != 0 && (due == 0 || done <= due):
		return KeepingKept
	case done != 0:
		return KeepingLate
	case due != 0 && today > due:
		return KeepingBroken
	}
	return KeepingOpen
}

// Landed reports whether a decision came to its effect: its matter is completed
// or struck off.
func (s MatterStatus) Landed() bool { return s == Completed || s == StruckOff || s == Archived }

// RoleUnits are the units that have one part in a line.
type RoleUnits struct {
	Role  PartyRole `json:"role"`
	Units []UnitID  `json:"units"`
}
