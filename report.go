package docket

import (
	"slices"
	"strconv"
	"time"
)

// ReportID names a report.
type ReportID int64

// ReportKind is what a report says.
type ReportKind string

// The kinds.
const (
	ProgressReport ReportKind = "progress" // what changed
	PartReport     ReportKind = "part"     // a support's part, to the lead
	ClaimReport    ReportKind = "claim"    // it is done
	ReplyReport    ReportKind = "reply"    // the result of an instruction, to its leader
)

// ReportKinds lists the kinds.
func ReportKinds() []ReportKind {
	return []ReportKind{ProgressReport, PartReport, ClaimReport, ReplyReport}
}

// ReportStatus is where a report stands. Reports do not move a matter's status,
// but for the claim: its approval does.
type ReportStatus string

// The statuses of a report.
const (
	ReportDraft    ReportStatus = "draft"    // being written; nobody else's business
	ReportFiled    ReportStatus = "filed"    // before the unit's head
	ReportSent     ReportStatus = "sent"     // approved; before the office, a part before the lead
	ReportAccepted ReportStatus = "accepted" // taken
	ReportReturned ReportStatus = "returned" // back for rework, with the reason
	ReportRedone   ReportStatus = "redone"   // returned, and filed anew since
)

// Report is what a unit says of a matter: only what changed (product.md B7).
type Report struct {
	ID     ReportID      `json:"id"`
	Matter MatterID      `json:"matter"`
	Unit   UnitID        `json:"unit"`
	Kind   ReportKind    `json:"kind"`
	Status ReportStatus  `json:"status"`
	Round  RoundID       `json:"round"` // of reports it answers; 0: none
	Note   InstructionID `json:"note"`  // reply: the instruction it answers

	Changed  string        `json:"changed"`  // what changed
	Problems string        `json:"problems"` // what is stuck
	Help     string        `json:"help"`     // what is wanted of whom
	Next     string        `json:"next"`     // next steps
	Percent  int           `json:"percent"`  // done so far, 0 to 100
	Result   Result        `json:"result"`   // claim: how good
	Steps    []Milestone   `json:"steps"`    // the unit's plan with what is reached
	Evidence []EvidenceID  `json:"evidence"` // what it carries
	Figures  []Observation `json:"figures"`  // of the matter\'s measures; they count once it is out

	Author   PersonID     `json:"author"`
	FiledAt  time.Time    `json:"filed_at"`
	Approver PersonID     `json:"approver"`
	SentAt   time.Time    `json:"sent_at"`
	SentOn   Date         `json:"sent_on"` // the day of SentAt where the body is
	Reviewer PersonID     `json:"reviewer"`
	JudgedAt time.Time    `json:"judged_at"`
	Reason   ReturnReason `json:"reason"`  // of a return
	Words    string       `json:"words"`   // of a return or acceptance
	Returns  int          `json:"returns"` // how often it came back

	UpdatedAt time.Time `json:"updated_at"`
	Version   int64     `json:"version"`
}

// ReturnReason is why a report or claim goes back (field.md §3: the criteria of
// the review).
type ReturnReason string

// The reasons.
const (
	FactsUnclear    ReturnReason = "facts_unclear"
	NotSolved       ReturnReason = "not_solved"
	NotDone         ReturnReason = "not_done"
	ConclusionWrong ReturnReason = "conclusion_wrong"
	NotLawful       ReturnReason = "not_lawful"
	FormWrong       ReturnReason = "form_wrong"
	EvidenceWeak    ReturnReason = "evidence_weak"
	EmptyReport     ReturnReason = "empty"
)

// ReturnReasons lists the reasons in the order screens show them.
func ReturnReasons() []ReturnReason {
	return []ReturnReason{FactsUnclear, NotSolved, NotDone, ConclusionWrong, NotLawful, FormWrong, EvidenceWeak, EmptyReport}
}

func (r ReturnReason) faults(words string) []FieldError {
	var f []FieldError
	if !slices.Contains(ReturnReasons(), r) {
		f = fault("reason", "report.no_reason", "choose a reason from the list")
	}
	return append(f, reasoned(nil, MoveContext{Deed: Deed{Words: words}})...)
}

// Returnable gives what keeps a report from being returned with this reason.
func (r ReturnReason) Returnable(words string) error {
	return invalid("report.invalid", "the report cannot be returned like this", r.faults(words))
}

// Editable reports whether the unit may still write in it. What went out stays as
// it was: after a return a new report begins with its words.
func (r *Report) Editable() bool { return r.Status == ReportDraft }

// Writes is what kind of report a unit writes on a matter as it stands; false
// when it has no part that reports.
func (m *Matter) Writes(unit UnitID) (ReportKind, bool) {
	kind, ok := ReportKind(""), false
	for i := range m.Assignments {
		switch a := &m.Assignments[i]; {
		case a.Unit != unit || unit == 0:
		case a.Answers():
			return ProgressReport, true
		case a.Role == Support:
			kind, ok = PartReport, true
		}
	}
	return kind, ok
}

// Reportable reports whether reports are written on a matter as it stands: from
// its receipt until it is done.
func (m *Matter) Reportable() bool {
	return slices.Contains([]MatterStatus{Accepted, InProgress, Claimed, Reopened, Parked}, m.Status)
}

// Reporters are the units whose report is asked for: the lead writes the one
// report, of those who answer separately each its own.
func (m *Matter) Reporters() []UnitID {
	var out []UnitID
	if lead := m.firstLead(); lead != 0 {
		out = append(out, lead)
	}
	for i := range m.Assignments {
		if a := &m.Assignments[i]; a.Role == Several && a.Unit != 0 && !slices.Contains(out, a.Unit) {
			out = append(out, a.Unit)
		}
	}
	return out
}

// LeadUnit is the unit that leads, the first named; 0 where nobody does.
func (m *Matter) LeadUnit() UnitID { return m.firstLead() }

// NewReport is an empty report with the last values filled in: only what changed
// is asked.
func NewReport(m *Matter, unit UnitID, kind ReportKind, last *Report) Report {
	r := Report{Matter: m.ID, Unit: unit, Kind: kind, Status: ReportDraft, Steps: []Milestone{}, Evidence: []EvidenceID{}, Figures: []Observation{}}
	if last != nil {
		r.Percent, r.Problems, r.Help, r.Next = last.Percent, last.Problems, last.Help, last.Next
		if last.Status == ReportReturned {
			r.Changed, r.Result, r.Kind, r.Note, r.Returns = last.Changed, last.Result, last.Kind, last.Note, last.Returns
		}
	}
	for _, s := range m.Milestones {
		if s.Unit == unit {
			r.Steps = append(r.Steps, s)
		}
	}
	return r
}

// Write takes over what was typed; everything else of the report stays. A unit
// that answers may make its report a claim or a reply, nobody else may.
func (r *Report) Write(e Report, m *Matter) error {
	if !r.Editable() {
		return Errorf(Conflict, "report.not_here", "the report is "+string(r.Status)+": somebody else has dealt with it", "status", string(r.Status))
	}
	r.Changed, r.Problems, r.Help, r.Next, r.Percent, r.Result = e.Changed, e.Problems, e.Help, e.Next, e.Percent, e.Result
	if e.Steps != nil {
		r.Steps = e.Steps
	}
	if e.Evidence != nil {
		r.Evidence = e.Evidence
	}
	if e.Figures != nil {
		r.Figures = e.Figures
	}
	if own, _ := m.Writes(r.Unit); own == ProgressReport && slices.Contains([]ReportKind{ProgressReport, ClaimReport, ReplyReport}, e.Kind) {
		r.Kind, r.Note = e.Kind, e.Note
	}
	return r.Validate()
}

// Reached takes over into the plan which of the unit's steps a report says are
// reached, and reports whether that changed anything.
func (m *Matter) Reached(r *Report) bool {
	changed := false
	for i := range m.Milestones {
		s := &m.Milestones[i]
		at := slices.IndexFunc(r.Steps, func(x Milestone) bool { return x.Title == s.Title && x.Due == s.Due })
		if at >= 0 && s.Unit == r.Unit && s.Done != r.Steps[at].Done {
			s.Done, changed = r.Steps[at].Done, true
		}
	}
	return changed
}

// Visible reports whether an actor who may read the matter may read this report:
// an unfinished one is its unit's own business.
func (r *Report) Visible(a *Actor, m *Matter) bool {
	if r.SentOn != 0 {
		return true
	}
	return a.File.Has(r.Unit)
}

// Validate reports every fault of what was typed, however unfinished it is.
func (r *Report) Validate() error {
	var f []FieldError
	for name, text := range map[string]string{"changed": r.Changed, "problems": r.Problems, "help": r.Help, "next": r.Next} {
		if len([]rune(text)) > MaxWords {
			f = append(f, tooLong(name, MaxWords))
		}
	}
	if r.Percent < 0 || r.Percent > 100 {
		f = append(f, FieldError{Field: "percent", Key: "field.range", Args: map[string]string{"min": "0", "max": "100"}, Message: "0 to 100"})
	}
	if r.Result != ResultUnknown && !slices.Contains(Results(), r.Result) {
		f = fault("result", "query.unknown_value", "there is no such result")
	}
	if len(r.Steps) > MaxMilestones {
		f = append(f, FieldError{Field: "steps", Key: "matter.too_many_steps", Args: map[string]string{"max": strconv.Itoa(MaxMilestones)}, Message: "too many steps"})
	}
	return invalid("report.invalid", "the report cannot be kept as entered", f)
}

// Ready reports what is missing before it can be put before the head.
func (r *Report) Ready() error {
	var f []FieldError
	if blank(r.Changed) {
		f = append(f, FieldError{Field: "changed", Key: "report.empty", Message: "say what changed since the last report"})
	}
	if r.Kind == ClaimReport && r.Result == ResultUnknown {
		f = append(f, FieldError{Field: "result", Key: "matter.no_result", Message: "say how good the result is"})
	}
	return invalid("report.unready", "the report is not ready", f)
}

// invalid makes faults an error; nil without any.
func invalid(key, message string, f []FieldError) error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Key: key, Message: message, Fields: f}
}

// RoundID names a round of reports.
type RoundID int64

// Round asks everybody with an open matter of a body for a report on a period.
type Round struct {
	ID       RoundID   `json:"id"`
	Owner    UnitID    `json:"owner"`
	Title    string    `json:"title"`
	From     Date      `json:"from"` // the period it asks about
	To       Date      `json:"to"`
	Due      Date      `json:"due"` // of the units directly below; each lower level is due earlier
	OpenedAt time.Time `json:"opened_at"`
	LockedAt time.Time `json:"locked_at"` // zero while reports are taken
	Reopened []UnitID  `json:"reopened"`  // units that may still file after the lock
	Version  int64     `json:"version"`
}

// Takes reports whether the round still takes a unit's report.
func (r *Round) Takes(unit UnitID) bool {
	return r.LockedAt.IsZero() || slices.Contains(r.Reopened, unit)
}

// Validate reports every fault of a round about to be opened on a day.
func (r *Round) Validate(today Date) error {
	var f []FieldError
	switch {
	case blank(r.Title):
		f = append(f, required("title"))
	case len([]rune(r.Title)) > 100:
		f = append(f, tooLong("title", 100))
	}
	if r.From == 0 || r.To < r.From {
		f = append(f, FieldError{Field: "to", Key: "query.range", Message: "the last day lies before the first"})
	}
	if r.Due < today {
		f = append(f, FieldError{Field: "due", Key: "matter.due_past", Message: "the due lies in the past"})
	}
	return invalid("round.invalid", "the round cannot be opened as entered", f)
}
