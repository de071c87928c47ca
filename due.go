package docket

// DueKind is how a document states a deadline (field.md §5.3.5).
type DueKind string

// The kinds.
const (
	DueDate        DueKind = "date"        // a day, a month's, quarter's or year's end
	DueRelative    DueKind = "relative"    // Count Units after Event
	DueRecurring   DueKind = "recurring"   // every month, quarter, …, until further notice
	DueContinuing  DueKind = "continuing"  // 持续推进, 尽快, ongoing: review date required
	DueConditional DueKind = "conditional" // 成熟一个、启动一个; subject to funding
	DueValidity    DueKind = "validity"    // the document's own term; not a task's due
)

// DueUnit is what a relative due counts in.
type DueUnit string

// The units.
const (
	Hours       DueUnit = "h"
	Days        DueUnit = "d"  // calendar days
	WorkingDays DueUnit = "wd" // days of the calendar of worktime
	Months      DueUnit = "m"
)

// Due is one deadline as read. A task may have several: staged targets, an
// output due and then continuing work.
type Due struct {
	Kind DueKind `json:"kind"`
	// On is the last day that still counts (前 includes the day, 底 is the last
	// calendar day); zero while the day cannot be told from the document alone.
	On    Date       `json:"on"`
	From  Date       `json:"from"`            // first day of a period
	At    string     `json:"at,omitempty"`    // hour "17:00" on the last day
	Count int        `json:"count,omitempty"` // relative: number of Unit
	Unit  DueUnit    `json:"unit,omitempty"`
	Event string     `json:"event,omitempty"` // relative: receipt, meeting, issue
	Every string     `json:"every,omitempty"` // recurring: day, week, twoweeks, tenday, halfmonth, month, twomonths, quarter, half, year
	Day   int        `json:"day,omitempty"`   // recurring: day of the month, 0 = its last day; weekly: Monday 1 to Sunday 7
	Stage string     `json:"stage,omitempty"` // what is due then: "出台相关政策"
	Words string     `json:"words"`           // as written
	Prov  Provenance `json:"from_text"`
	// Assumed is set where the year was supplied from the document's date.
	Assumed bool `json:"assumed,omitempty"`
	// Report marks a duty to report rather than to finish (报送市政府督查室).
	Report bool `json:"report,omitempty"`
	// Former marks a date the document itself struck out and replaced.
	Former bool `json:"former,omitempty"`
}
