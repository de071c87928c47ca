package measure

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
)

// Candidate is a matter that may be drawn for a spot check, and how much it
// weighs in the draw.
type Candidate struct {
	Matter docket.MatterID `json:"matter"`
	Risk   float64         `json:"risk"` // above 0; twice the risk is drawn about twice as often
}

// RiskOf is how much a matter weighs by what its lamp shows: what is behind, or
// said without fresh data, is looked at more often than what is on course, and
// what counts as done is never left out.
func RiskOf(l docket.Lamp) float64 {
	switch l {
	case docket.LampAct:
		return 4
	case docket.LampWatch, docket.LampNoData:
		return 3
	case docket.LampCompleted:
		return 2
	}
	return 1
}

// Draw picks n of the candidates without putting any back, by their risk, from a
// published seed: anybody with the seed and the list gets the same. Each
// candidate's number in (0, 1] is the SHA-256 of the seed and its id; the largest
// number^(1/risk) are drawn (Efraimidis and Spirakis, Weighted random sampling
// with a reservoir, 2006). The order of the list does not matter.
func Draw(seed string, from []Candidate, n int) []docket.MatterID {
	type drawn struct {
		id  docket.MatterID
		key float64
	}
	keys := make([]drawn, 0, len(from))
	for _, c := range from {
		if c.Risk <= 0 || math.IsInf(c.Risk, 0) || math.IsNaN(c.Risk) {
			continue
		}
		sum := sha256.Sum256([]byte(seed + "|" + strconv.FormatInt(int64(c.Matter), 10)))
		u := (float64(binary.BigEndian.Uint64(sum[:8])>>11) + 1) / (1 << 53)
		keys = append(keys, drawn{c.Matter, math.Log(u) / c.Risk})
	}
	slices.SortFunc(keys, func(a, b drawn) int { return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(a.id, b.id)) })
	out := make([]docket.MatterID, 0, max(0, min(n, len(keys))))
	for _, k := range keys[:max(0, min(n, len(keys)))] {
		out = append(out, k.id)
	}
	return out
}
