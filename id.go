package docket

// Each noun has an id type of its own, so that the compiler keeps them apart.
// Ids are positive; 0 means none.
type (
	UnitID       int64
	PersonID     int64
	PostID       int64
	DirectiveID  int64
	ClauseID     int64
	MatterID     int64
	ObligationID int64
	ViewID       int64
)
