package docket

import "time"

// MatterStatus is where a matter stands (field.md §3). Overdue, near due and
// lamps are derived, never stored.
type MatterStatus string

// The statuses.
const (
	Draft      MatterStatus = "draft"       // 拟办
	Registered MatterStatus = "registered"  // 立项
	Assigned   MatterStatus = "assigned"    // 已交办
	Disputed   MatterStatus = "disputed"    // 异议
	Accepted   MatterStatus = "accepted"    // 已签收
	InProgress MatterStatus = "in_progress" // 办理中
	Claimed    MatterStatus = "claimed"     // 申请办结
	Completed  MatterStatus = "completed"   // 已办结
	StruckOff  MatterStatus = "struck_off"  // 已销号
	Reopened   MatterStatus = "reopened"    // 重办
	Archived   MatterStatus = "archived"    // 已归档
	Parked     MatterStatus = "parked"      // 挂账
	Terminated MatterStatus = "terminated"  // 终止
)

// Statuses lists every status in the order of a matter's life.
func Statuses() []MatterStatus {
	return []MatterStatus{Draft, Registered, Assigned, Disputed, Accepted, InProgress, Claimed, Completed, StruckOff, Reopened, Archived, Parked, Terminated}
}

// Result is how good the outcome is, apart from status.
type Result string

// The results.
const (
	ResultUnknown  Result = ""
	ResultExceeded Result = "exceeded"
	ResultMet      Result = "met"
	ResultPartly   Result = "partly"
	ResultNotMet   Result = "not_met"
)

// Matter is one registered thing to see through. While Draft it is a proposal
// of the reader that a person corrects; adoption registers and assigns it.
type Matter struct {
	ID          MatterID      `json:"id"`
	No          string        `json:"no"` // "2026-0147", given at registration, unique per owner and year; also the slip's number
	Owner       UnitID        `json:"owner"`
	Directive   DirectiveID   `json:"directive"`
	Clause      ClauseID      `json:"clause"`
	ClauseOrd   int           `json:"clause_ord"`
	Ord         int           `json:"ord"` // position among the directive's matters, 0-based
	Span        Span          `json:"span"`
	Title       string        `json:"title"`       // the requirement's first words, for lists
	Requirement string        `json:"requirement"` // what is asked, in the document's words unless a person changed them
	Strength    Commitment    `json:"strength"`
	Duty        bool          `json:"duty"` // a reporting duty, not a task
	Status      MatterStatus  `json:"status"`
	Result      Result        `json:"result"`
	Aside       bool          `json:"aside"` // draft set aside by a person: not adopted
	Due         Date          `json:"due"`   // current due; zero when continuing
	FirstDue    Date          `json:"first_due"`
	ReviewOn    Date          `json:"review_on"`   // continuing matters: next look
	Provisional bool          `json:"provisional"` // the due was counted past the known calendar
	Assignments []Assignment  `json:"assignments"`
	Dues        []Due         `json:"dues"` // as read
	Measures    []MeasureRead `json:"measures"`
	Findings    []Finding     `json:"findings"`
	AssignedAt  time.Time     `json:"assigned_at"`
	UpdatedAt   time.Time     `json:"updated_at"`
	Version     int64         `json:"version"`
}

// Assignment gives a unit its part in a matter. Unit is 0 while the name is not
// matched to the directory; such a matter cannot be assigned.
type Assignment struct {
	Party
	Unit      UnitID    `json:"unit"`
	Suggested []UnitID  `json:"suggested,omitempty"` // close names, former names; a person picks
	Accepted  time.Time `json:"accepted"`            // when the unit acknowledged
}

// Open reports whether work is still owed: neither finished nor stopped.
func (s MatterStatus) Open() bool {
	switch s {
	case Completed, StruckOff, Archived, Terminated:
		return false
	}
	return true
}
