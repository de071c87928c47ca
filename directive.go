package docket

// Level is the level of government a document or unit belongs to.
type Level string

// The levels.
const (
	National   Level = "national"
	Provincial Level = "provincial"
	City       Level = "city" // 地级
	County     Level = "county"
	Township   Level = "township"
	UnitLevel  Level = "unit" // a body's own plan
)
