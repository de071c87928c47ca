package docket

// Direction says which side of a target is good.
type Direction string

// The directions.
const (
	AtLeast  Direction = "at_least" // 以上, 不低于, 超过
	AtMost   Direction = "at_most"  // 以下, 不超过, 控制在
	About    Direction = "about"    // 左右
	Exactly  Direction = "exactly"  // a plain number to be reached
	Between  Direction = "between"  // Value to High
	Maintain Direction = "maintain" // 保持
	Full     Direction = "full"     // 全覆盖, 100 %, 清零
	Rank     Direction = "rank"     // 前列, 前三
)

// Strength is how firmly a document promises.
type Strength string

// The strengths; the empty Strength is a plain statement.
const (
	Must    Strength = "must"    // 确保
	Stretch Strength = "stretch" // 力争
)

// MeasureRead is a target as a document states it: number, unit, direction.
type MeasureRead struct {
	Name      string     `json:"name,omitempty"` // what is measured, as near as the words tell
	Value     float64    `json:"value"`
	High      float64    `json:"high,omitempty"` // Between: the upper end
	Unit      string     `json:"unit,omitempty"` // 公里, 万个, %
	Direction Direction  `json:"direction"`
	Strength  Strength   `json:"strength,omitempty"`
	Words     string     `json:"words"` // as written
	From      Provenance `json:"from"`
}
