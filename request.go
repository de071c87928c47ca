package docket

import (
	"slices"
	"time"
)

// RequestID names a request.
type RequestID int64

// RequestKind is what a unit asks for.
type RequestKind string

// The kinds.
const (
	AskExtension RequestKind = "extension" // a later due
	AskDispute   RequestKind = "dispute"   // not ours, or the time is wrong
	AskPark      RequestKind = "park"      // cannot be done now
	AskStop      RequestKind = "stop"      // need not be done any more
	AskPlan      RequestKind = "plan"      // consent to a plan, where the body asks for it
)

// RequestKinds lists what a unit may ask for by itself, in the order of screens.
func RequestKinds() []RequestKind { return []RequestKind{AskExtension, AskDispute, AskPark, AskStop} }

// RequestStatus is where a request stands.
type RequestStatus string

// The statuses of a request.
const (
	RequestOpen      RequestStatus = "open"
	RequestGranted   RequestStatus = "granted"
	RequestRefused   RequestStatus = "refused"
	RequestWithdrawn RequestStatus = "withdrawn"
)

// Request is something a unit asks for in a matter, decided once.
type Request struct {
	ID         RequestID     `json:"id"`
	Matter     MatterID      `json:"matter"`
	Unit       UnitID        `json:"unit"`
	Kind       RequestKind   `json:"kind"`
	Status     RequestStatus `json:"status"`
	Words      string        `json:"words"`      // why
	Due        Date          `json:"due"`        // extension: the day asked for
	LookOn     Date          `json:"look_on"`    // park
	Condition  string        `json:"condition"`  // park
	Milestones []Milestone   `json:"milestones"` // plan
	By         PersonID      `json:"by"`
	At         time.Time     `json:"at"`
	DecidedBy  PersonID      `json:"decided_by"`
	DecidedAt  time.Time     `json:"decided_at"`
	Answer     string        `json:"answer"`  // the words of the decision
	Granted    Date          `json:"granted"` // extension: the day given
	Assess     bool          `json:"assess"`  // extension: judged by the day given
	Version    int64         `json:"version"`
}

// Move is the verb by which the law grants a request.
func (r *Request) Move() Verb {
	switch r.Kind {
	case AskExtension:
		return VerbExtend
	case AskPark:
		return VerbPark
	case AskStop:
		return VerbStop
	case AskPlan:
		return VerbPlan
	}
	return VerbReassign // a dispute is granted by handing over anew
}

// Decider is whose word is waited for; a leader may say it wherever the office may.
func (r *Request) Decider() Role {
	if r.Kind == AskStop || r.Kind == AskPlan {
		return Leader
	}
	return Office
}

// Act is what it takes to decide the request.
func (r *Request) Act() Act {
	switch r.Kind {
	case AskPark:
		return ActPark
	case AskStop:
		return ActStop
	case AskPlan:
		return ActConsent
	case AskDispute:
		return ActAssign
	}
	return ActDecide
}

// Check reports what keeps a request from being made in a matter as it stands:
// an extension is asked for before the due, with a reason and a later day.
func (r *Request) Check(m *Matter, today Date) error {
	f := reasoned(m, MoveContext{Deed: Deed{Words: r.Words}})
	if !slices.Contains(RequestKinds(), r.Kind) && r.Kind != AskPlan {
		f = append(f, FieldError{Field: "kind", Key: "query.unknown_value", Message: "there is no such request"})
	}
	if !slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Unit == r.Unit && a.Unit != 0 }) {
		f = append(f, FieldError{Field: "unit", Key: "matter.no_part", Message: "this unit has no part in the matter"})
	}
	if r.Kind == AskExtension {
		switch {
		case m.Due == 0:
			f = append(f, FieldError{Field: "due", Key: "request.no_due", Message: "the matter has no due to extend"})
		case m.Due < today:
			f = append(f, FieldError{Field: "due", Key: "request.expired", Args: map[string]string{"due": m.Due.String()}, Message: "the due has passed; an extension must be asked for before"})
		case r.Due <= m.Due:
			f = append(f, FieldError{Field: "due", Key: "request.not_later", Args: map[string]string{"due": m.Due.String()}, Message: "the new due must be later than the present one"})
		}
	}
	if r.Kind == AskPark {
		f = append(f, parkable(m, MoveContext{Today: today, Deed: Deed{Words: "-", Condition: r.Condition, LookOn: r.LookOn}})...)
	}
	if mv := r.Move(); r.Kind != AskDispute && len(f) == 0 {
		if _, err := MoveOf(m.Status, mv); err != nil {
			return err
		}
	}
	return invalid("request.invalid", "the request cannot be made like this", f)
}

// Settled is the Conflict of deciding what somebody has decided already.
func (r *Request) Settled() error {
	if r.Status == RequestOpen {
		return nil
	}
	return Errorf(Conflict, "request.settled", "this request has already been settled: "+string(r.Status), "status", string(r.Status))
}
