package docket

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// PackID names a pack.
type PackID int64

// PartKind is what a part of a pack's page is about.
type PartKind string

// The parts, in the order a page shows them. Forecasts and judgements become
// parts of the same shape when they exist.
const (
	PartCompare   PartKind = "compare"   // front page: units side by side
	PartChanges   PartKind = "changes"   // what changed since the last pack
	PartTopics    PartKind = "topics"    // front page: what is to be decided
	PartPromises  PartKind = "promises"  // promises and decisions since last time: kept, late, broken
	PartMeasures  PartKind = "measures"  // top measures, planned against actual
	PartLamps     PartKind = "lamps"     // lamps with reason
	PartGaps      PartKind = "gaps"      // clauses without a matter; matters without plan, report, evidence, verification
	PartLoad      PartKind = "load"      // how much the unit carries, what was returned
	PartQuestions PartKind = "questions" // worth asking, each with its source
)

// PartKinds lists the parts in the order a page shows them.
func PartKinds() []PartKind {
	return []PartKind{PartCompare, PartChanges, PartTopics, PartPromises, PartMeasures, PartLamps, PartGaps, PartLoad, PartQuestions}
}

// PackLine is one line of a part, the same shape for every part and for the facts
// of a statement: a sentence of the catalogue, and what it is about.
type PackLine struct {
	Said
	Matter  MatterID `json:"matter,omitempty"`
	No      string   `json:"no,omitempty"`
	Title   string   `json:"title,omitempty"` // in the document's or the people's own words
	Due     Date     `json:"due,omitzero"`
	Lamp    Lamp     `json:"lamp,omitempty"`
	Was     Lamp     `json:"was,omitempty"` // the lamp in the last pack, where it differs
	Why     *Said    `json:"why,omitempty"` // the lamp's reason; of a question, where it comes from
	Keeping Keeping  `json:"keeping,omitempty"`
	Figure  *Figure  `json:"figure,omitempty"`
	Tally   *Compare `json:"tally,omitempty"`
}

// Figure is a measure as it stood: its plan as a line, what was reported, and the
// gap at the day of the pack in percentage points.
type Figure struct {
	Name      string    `json:"name"`
	Unit      string    `json:"unit"`
	Direction Direction `json:"direction"`
	Target    float64   `json:"target"`
	High      float64   `json:"high,omitempty"` // of a range
	Plan      []Point   `json:"plan"`
	Actual    []Point   `json:"actual"`
	Low       []Point   `json:"low,omitempty"`  // of a forecast, when there is one
	Top       []Point   `json:"top,omitempty"`  // likewise
	Gap       float64   `json:"gap"`            // actual minus planned progress, in points; below 0 is behind
	AsOf      Date      `json:"as_of,omitzero"` // of the newest figure; zero without one
}

// Compare is one unit's row on the front page; counts, and what they are of.
type Compare struct {
	Unit      UnitID       `json:"unit"`
	Name      string       `json:"name"`
	Matters   int          `json:"matters"` // open or finished this year, with a part that answers
	Open      int          `json:"open"`
	Lamps     map[Lamp]int `json:"lamps"` // of Matters
	Due       int          `json:"due"`   // things owed that fell due since the last pack, or in 90 days
	OnTime    int          `json:"on_time"`
	Late      int          `json:"late"` // owed and past their day, now
	Returned  int          `json:"returned"`
	Kept      int          `json:"kept"`
	KeptLate  int          `json:"kept_late"`
	Broken    int          `json:"broken"`
	Gaps      int          `json:"gaps"`
	Questions int          `json:"questions"`
}

// PackPart is one part of a page. More counts lines beyond those shown: a page is
// one page, never two.
type PackPart struct {
	Kind  PartKind   `json:"kind"`
	Lines []PackLine `json:"lines"`
	More  int        `json:"more,omitempty"`
}

// PackPage is the front page (Unit 0) or one unit's.
type PackPage struct {
	Unit  UnitID     `json:"unit"`
	Name  string     `json:"name"`
	Head  string     `json:"head"` // who heads the unit
	Parts []PackPart `json:"parts"`
}

// PackBody is all a pack shows, with nothing left to look up: names, reasons and
// figures as they stood. Lamps holds every matter's, for the next pack to compare
// with.
type PackBody struct {
	Stocktake StocktakeID       `json:"stocktake"`
	Kind      StocktakeKind     `json:"kind"`
	Title     string            `json:"title"`
	On        Date              `json:"on"`
	Begins    string            `json:"begins"`
	Place     string            `json:"place"`
	Convener  string            `json:"convener"`
	Owner     string            `json:"owner"`
	At        time.Time         `json:"at"`  // the instant it shows
	Day       Date              `json:"day"` // that instant's day where the body is
	Seq       int64             `json:"seq"` // the last journal entry it takes in
	Since     Date              `json:"since,omitzero"`
	Front     PackPage          `json:"front"`
	Pages     []PackPage        `json:"pages"` // in speaking order
	Lamps     map[MatterID]Lamp `json:"lamps"`
}

// Pack is a frozen pack: its body as bytes, so that it is the same for ever, and
// their hash, which the journal keeps too.
type Pack struct {
	ID        PackID          `json:"id"`
	Stocktake StocktakeID     `json:"stocktake"`
	No        int             `json:"no"` // 1 for the first of the meeting; a later one does not replace it
	At        time.Time       `json:"at"`
	By        PersonID        `json:"by"`
	Seal      string          `json:"seal"` // SHA-256 of Body, hex
	Body      json.RawMessage `json:"body"`
	Version   int64           `json:"version"`
}

// Freeze makes a pack of a body.
func (b *PackBody) Freeze(no int, by PersonID) (Pack, error) {
	raw, err := json.Marshal(b)
	if err != nil {
		return Pack{}, fmt.Errorf("write the pack of stocktake %d: %w", b.Stocktake, err)
	}
	return Pack{Stocktake: b.Stocktake, No: no, At: b.At, By: by, Seal: seal(raw), Body: raw}, nil
}

// Open gives back the body; bytes that are no longer those that were sealed are an
// error.
func (p *Pack) Open() (PackBody, error) {
	var b PackBody
	if seal(p.Body) != p.Seal {
		return b, fmt.Errorf("the pack %d of stocktake %d is not what was sealed", p.No, p.Stocktake)
	}
	err := json.Unmarshal(p.Body, &b)
	return b, err
}

// Page is one unit's page, nil when there is none.
func (b *PackBody) Page(unit UnitID) *PackPage {
	if unit == 0 {
		return &b.Front
	}
	for i := range b.Pages {
		if b.Pages[i].Unit == unit {
			return &b.Pages[i]
		}
	}
	return nil
}

func seal(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
