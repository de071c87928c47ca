package docket

import (
	"slices"
	"time"
)

// InstructionID names an instruction.
type InstructionID int64

// Urgency is how soon an instruction is to be answered.
type Urgency string

// The urgencies (特急, 加急, none).
const (
	Ordinary  Urgency = "ordinary"
	Urgent    Urgency = "urgent"
	TopUrgent Urgency = "top_urgent"
)

// Urgencies lists them, the calmest first.
func Urgencies() []Urgency { return []Urgency{Ordinary, Urgent, TopUrgent} }

// InstructionStatus is where an instruction stands.
type InstructionStatus string

// The statuses.
const (
	InstructionOpen     InstructionStatus = "open"     // to be answered
	InstructionAnswered InstructionStatus = "answered" // the result is back with the same leader
	InstructionClosed   InstructionStatus = "closed"   // no further note
)

// Instruction is a leader's note on a matter (批示): a slip of its own with its
// own clock, whose result goes back to the same leader.
type Instruction struct {
	ID       InstructionID     `json:"id"`
	Matter   MatterID          `json:"matter"`
	No       string            `json:"no"` // of the slip: the matter's number, then a running one
	Leader   PersonID          `json:"leader"`
	Text     string            `json:"text"`
	Urgency  Urgency           `json:"urgency"`
	Due      Date              `json:"due"`
	Status   InstructionStatus `json:"status"`
	At       time.Time         `json:"at"`
	Reply    ReportID          `json:"reply"` // the report that answers it
	ClosedAt time.Time         `json:"closed_at"`
	Version  int64             `json:"version"`
}

// Validate reports every fault of what the leader entered.
func (i *Instruction) Validate() error {
	var f []FieldError
	switch {
	case blank(i.Text):
		f = append(f, required("text"))
	case len([]rune(i.Text)) > MaxWords:
		f = append(f, tooLong("text", MaxWords))
	}
	if !slices.Contains(Urgencies(), i.Urgency) {
		f = append(f, FieldError{Field: "urgency", Key: "query.unknown_value", Message: "there is no such urgency"})
	}
	return invalid("instruction.invalid", "the instruction cannot be given like this", f)
}

// ReplyIn is how long the rules allow for an answer.
func (r *Rules) ReplyIn(u Urgency) Term {
	switch u {
	case TopUrgent:
		return r.ReplyTop
	case Urgent:
		return r.ReplyUrgent
	}
	return r.Reply
}
