package docket

import (
	"slices"
	"strconv"
	"time"
)

// VerificationID names a verification.
type VerificationID int64

// VerificationKind is the occasion of a look at the work itself.
type VerificationKind string

// The kinds.
const (
	VerifyClaim VerificationKind = "claim"     // a claim is checked
	VerifyLater VerificationKind = "look_back" // a look back after completion
	VerifySpot  VerificationKind = "spot"      // a spot check that was drawn
)

// Outcome is what a verification found.
type Outcome string

// The outcomes.
const (
	FoundTrue   Outcome = "true"
	FoundUntrue Outcome = "untrue"
)

// Verification is what somebody from outside saw: by whom, when, where, against
// which list, with which outcome. Key makes a form filled in without a network
// count once, however often it is sent.
type Verification struct {
	ID      VerificationID   `json:"id"`
	Matter  MatterID         `json:"matter"`
	Kind    VerificationKind `json:"kind"`
	Round   int              `json:"round"` // of the matter
	Outcome Outcome          `json:"outcome"`
	Checks  []Check          `json:"checks"`
	Photos  []Photo          `json:"photos"`
	Words   string           `json:"words"`
	Place   string           `json:"place"`
	SeenAt  time.Time        `json:"seen_at"` // on the spot; At is when it was filed
	By      PersonID         `json:"by"`
	At      time.Time        `json:"at"`
	Key     string           `json:"key"`
	Version int64            `json:"version"`
}

// Check is one line of a verifier's list.
type Check struct {
	Text string `json:"text"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty"`
}

// MaxChecks is how many lines a verifier's list may have.
const MaxChecks = 50

// Validate reports every fault of what the verifier entered. Who finds a thing
// untrue says what was seen.
func (v *Verification) Validate(now time.Time) error {
	var f []FieldError
	if v.Outcome != FoundTrue && v.Outcome != FoundUntrue {
		f = fault("outcome", "verification.no_outcome", "say whether it is true")
	}
	if v.Outcome == FoundUntrue && blank(v.Words) {
		f = append(f, required("words"))
	}
	if len([]rune(v.Words)) > MaxWords {
		f = append(f, tooLong("words", MaxWords))
	}
	if len([]rune(v.Place)) > 200 {
		f = append(f, tooLong("place", 200))
	}
	if len(v.Checks) > MaxChecks {
		f = append(f, FieldError{Field: "checks", Key: "verification.too_many", Args: map[string]string{"max": strconv.Itoa(MaxChecks)}, Message: "too many lines"})
	}
	for i, c := range v.Checks {
		if blank(c.Text) || len([]rune(c.Text)) > 500 || len([]rune(c.Note)) > MaxWords {
			f = append(f, FieldError{Field: "checks[" + strconv.Itoa(i) + "]", Key: "verification.check", Message: "a line is 1 to 500 characters"})
		}
	}
	if v.Outcome == FoundTrue && slices.ContainsFunc(v.Checks, func(c Check) bool { return !c.OK }) && blank(v.Words) {
		f = append(f, FieldError{Field: "words", Key: "verification.unexplained", Message: "a line of the list is not met: say why it is true all the same"})
	}
	if v.SeenAt.After(now.Add(10 * time.Minute)) {
		f = append(f, FieldError{Field: "seen_at", Key: "verification.future", Message: "the time on the spot lies in the future"})
	}
	f = append(f, photoFaults(v.Photos, now)...)
	return invalid("verification.invalid", "the verification cannot be kept as entered", f)
}
