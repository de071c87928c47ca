package docket

// ReportID names a report; 0 is none.
type ReportID int64
