package docket

import (
	"slices"
	"time"
)

// SlipID names an assignment slip.
type SlipID int64

// Slip is the assignment slip (交办单, field.md §1) by which a unit gets what a
// meeting decided and it acts on, leading or helping. It goes out under the next
// number of its owner's year, of which urges take theirs too, and is never changed:
// what is decided later goes out by another, what is struck off stays on it, marked.
type Slip struct {
	ID        SlipID      `json:"id"`
	No        string      `json:"no"` // SlipNo
	Owner     UnitID      `json:"owner"`
	Stocktake StocktakeID `json:"stocktake"`
	Unit      UnitID      `json:"unit"`
	Items     []ItemID    `json:"items"` // as they were said
	By        PersonID    `json:"by"`
	At        time.Time   `json:"at"`
	Day       Date        `json:"day"`
	Version   int64       `json:"version"`
}

// SlipsOwed are the slips that have still to go out for a meeting's record, without
// numbers: one for each unit that acts on a standing line no slip of its carries yet,
// in the order in which units are first named.
func SlipsOwed(record []Item, sent []Slip) []Slip {
	owed := []Slip{}
	for i := range record {
		it := &record[i]
		if !it.Stands() || it.Matter == 0 {
			continue
		}
		for _, unit := range it.Acting() {
			if slices.ContainsFunc(sent, func(s Slip) bool { return s.Unit == unit && slices.Contains(s.Items, it.ID) }) {
				continue
			}
			at := slices.IndexFunc(owed, func(s Slip) bool { return s.Unit == unit })
			if at < 0 {
				at = len(owed)
				owed = append(owed, Slip{Stocktake: it.Stocktake, Unit: unit})
			}
			owed[at].Items = append(owed[at].Items, it.ID)
		}
	}
	return owed
}

// Acting are the units with a part in the line, leads first, each once.
func (i *Item) Acting() []UnitID {
	out := slices.Clone(i.Leads)
	for _, u := range i.Supports {
		if !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}
