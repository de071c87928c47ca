package docket

import (
	"encoding/json"
	"time"
)

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
	Fault    string    // sentence key of the last failure, with its arguments as JSON; never a secret
	Done     time.Time
	Outcome  string // how it ended: a word of its kind
}

// Queue is how the work to be done stands.
type Queue struct {
	Waiting int       `json:"waiting"` // due and not done
	Oldest  time.Time `json:"oldest"`  // when the oldest of these was due
	Failing int       `json:"failing"` // of the waiting, those tried before
	Fault   string    `json:"fault"`   // of the last failure among them
}
