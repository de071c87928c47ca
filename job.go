package docket

import (
	"encoding/json"
	"errors"
	"time"
)

// ErrUnsure is in the chain of an error after which nobody knows whether what
// was asked of the outside has happened: no answer came.
var ErrUnsure = errors.New("no answer came, it may have happened")

// JobID is the id of a Job.
type JobID int64

// Job is one piece of work to be done later, kept in the transaction that asked
// for it: it is there if and only if what it follows from is. One of each kind
// and key exists. Whoever works on it holds it until Leased; what takes effect
// outside the store is announced by Begun first, so that a job found begun
// after its holder is gone is known to be in doubt.
type Job struct {
	ID       JobID
	Kind     string
	Key      string
	Body     json.RawMessage
	RunAt    time.Time
	Leased   time.Time // until when somebody works on it; zero: nobody
	Begun    time.Time // since when its effect may have happened; zero: surely not
	Attempts int       // how often it was taken up
	Fault    Fault     // the last failure
	Done     time.Time
	Outcome  string // how it ended: a word of its kind
}

// Queue is how the work to be done stands.
type Queue struct {
	Waiting int       `json:"waiting"`         // due and not done
	Oldest  time.Time `json:"oldest,omitzero"` // when the oldest of these was due
	Failing int       `json:"failing"`         // of the waiting, those tried before
	Fault   Fault     `json:"fault"`           // the last failure among them
}

// Fault is a failure as it may be shown: a sentence's key with its arguments,
// never a secret. The zero Fault is none.
type Fault struct {
	Key     string            `json:"key"`
	Args    map[string]string `json:"args,omitempty"`
	Message string            `json:"message"` // the same in plain English
}

// FaultOf is what may be shown of an error; of one that is nobody's fault but
// ours, no more than that.
func FaultOf(err error) Fault {
	var e *Error
	if errors.As(err, &e) {
		return Fault{Key: e.Key, Args: e.Args, Message: e.Message}
	}
	return Fault{Key: "error.internal", Message: "an unexpected fault; the log says more"}
}
