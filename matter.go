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
	AssessOn    Date          `json:"assess_on"`   // the day it is judged by where a decision or a new calendar moved it; zero: FirstDue
	Was         MatterStatus  `json:"was"`         // while Parked or Terminated: the status it left
	LookOn      Date          `json:"look_on"`     // while Parked: the next look
	Condition   string        `json:"condition"`   // while Parked: what must come about before it is resumed
	Round       int           `json:"round"`       // 1, and one more each time it is reopened
	Effect      Effect        `json:"effect"`      // how the effect was confirmed when it was struck off
	Milestones  []Milestone   `json:"milestones"`  // the plan; empty with status past Accepted: a single step
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
	Share
}

// Share is how far a unit is with its part, beyond its receipt. Each instant is
// zero until it comes; those of the round go when a matter is sent back.
type Share struct {
	Lapsed    time.Time `json:"lapsed,omitzero"`    // the window for a receipt passed in silence: counts as accepted, shows as late
	Disputed  time.Time `json:"disputed,omitzero"`  // when the unit disputed; it may do so once
	Planned   time.Time `json:"planned,omitzero"`   // when its plan was filed
	Delivered time.Time `json:"delivered,omitzero"` // a support's part, taken over by the lead
	Waived    bool      `json:"waived,omitempty"`   // the lead needs no part of this support
	Claimed   time.Time `json:"claimed,omitzero"`   // when the unit claimed its part done
}

// Milestone is one step of a plan.
type Milestone struct {
	Title string `json:"title"`
	Due   Date   `json:"due"`
	Unit  UnitID `json:"unit"` // whose plan it belongs to
	Done  Date   `json:"done"` // zero while it is not reached
}

// Effect is what showed that a completed matter works (product.md B5).
type Effect string

// The ways to confirm an effect.
const (
	EffectMeasure  Effect = "measure"  // the measure was reached
	EffectVerdict  Effect = "verdict"  // the residents' verdict
	EffectLookback Effect = "lookback" // a look-back found it true
)

// Effects lists the ways to confirm an effect.
func Effects() []Effect { return []Effect{EffectMeasure, EffectVerdict, EffectLookback} }

// AssessedOn is the day a matter is judged by: the first due for ever, unless a
// decision said otherwise.
func (m *Matter) AssessedOn() Date {
	if m.AssessOn != 0 {
		return m.AssessOn
	}
	return m.FirstDue
}

// Open reports whether work is still owed: neither finished nor stopped.
func (s MatterStatus) Open() bool {
	switch s {
	case Completed, StruckOff, Archived, Terminated:
		return false
	}
	return true
}
