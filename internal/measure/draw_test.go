package measure_test

import (
	"slices"
	"strconv"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

func TestADrawIsTheSameForEverybody(t *testing.T) {
	var list []measure.Candidate
	for i := range 50 {
		list = append(list, measure.Candidate{Matter: docket.MatterID(i + 1), Risk: float64(i%4 + 1)})
	}
	first := measure.Draw("2026-11-26 · 07 13 22 31 32 33 · 4", list, 8)
	slices.Reverse(list)
	if again := measure.Draw("2026-11-26 · 07 13 22 31 32 33 · 4", list, 8); !slices.Equal(first, again) {
		t.Errorf("the same seed drew %v, then %v", first, again)
	}
	if other := measure.Draw("another seed", list, 8); slices.Equal(first, other) {
		t.Error("another seed drew the same")
	}
	slices.Sort(first)
	if len(slices.Compact(first)) != 8 || len(measure.Draw("x", list, 99)) != 50 || len(measure.Draw("x", list, -1)) != 0 {
		t.Error("a draw takes each once, and no more than there are")
	}
}

// Over many seeds a risk of four is drawn about four times as often as one of one.
func TestADrawGoesByRisk(t *testing.T) {
	list := make([]measure.Candidate, 0, 100)
	for i := range 100 {
		list = append(list, measure.Candidate{Matter: docket.MatterID(i + 1), Risk: []float64{1, 4}[i%2]})
	}
	counts := [2]int{}
	for i := range 4000 {
		for _, id := range measure.Draw(strconv.Itoa(i), list, 2) {
			counts[(id-1)%2]++
		}
	}
	if ratio := float64(counts[1]) / float64(counts[0]); ratio < 3.4 || ratio > 4.4 {
		t.Errorf("risks of 4 to 1 were drawn %v times, %.2f to 1", counts, ratio)
	}
}
