package measure

import (
	"time"

	docket "github.com/docket-os/docket"
)

// Rate is a live division over what was owed: completeness is Met ÷ Due,
// timeliness is OnTime ÷ Due. The counts are given, never only the share.
type Rate struct {
	Due    int `json:"due"`     // asked for and not void
	Met    int `json:"met"`     // done, late or not
	OnTime int `json:"on_time"` // done by their due
	Late   int `json:"late"`    // still owed past their due
}

func (r *Rate) count(o *docket.Obligation, now time.Time, place *time.Location) {
	late := o.Late(now, place)
	r.Due++
	switch {
	case o.Met.IsZero() && late:
		r.Late++
	case o.Met.IsZero():
	case late:
		r.Met++
	default:
		r.Met, r.OnTime = r.Met+1, r.OnTime+1
	}
}

// Rates counts rows as of an instant, in all and by unit. Void rows count
// nowhere. carriers gives who answers today for what a unit owed, so that what a
// merged unit left behind counts for its heir; of a unit that was split a row
// counts once for each heir, and once in all.
func Rates(rows []docket.Obligation, carriers func(docket.UnitID) []docket.UnitID, now time.Time, place *time.Location) (all Rate, by map[docket.UnitID]Rate) {
	by = map[docket.UnitID]Rate{}
	for i := range rows {
		o := &rows[i]
		if !o.Void.IsZero() {
			continue
		}
		all.count(o, now, place)
		for _, unit := range carriers(o.Unit) {
			r := by[unit]
			r.count(o, now, place)
			by[unit] = r
		}
	}
	return all, by
}
