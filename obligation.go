package docket

import "time"

// ObligationKind is what is owed.
type ObligationKind string

// The kinds that exist so far.
const (
	OweAcknowledge ObligationKind = "acknowledge" // confirm receipt, within 2 working days by default
	OweFinish      ObligationKind = "finish"      // the matter itself, at its due
)

// Obligation is one thing owed by one unit, a stored row from the moment it
// arises; rates are divisions over these rows.
type Obligation struct {
	ID     ObligationID   `json:"id"`
	Kind   ObligationKind `json:"kind"`
	Matter MatterID       `json:"matter"`
	Unit   UnitID         `json:"unit"`
	Due    Date           `json:"due"` // last day that counts; zero = no fixed day
	Since  time.Time      `json:"since"`
	Met    time.Time      `json:"met"` // zero while owed
}
