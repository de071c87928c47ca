package docket

import (
	"slices"
	"testing"
	"time"
)

// What is recorded after reopening joins its kind; what was struck off goes; what the
// office wrote stays where it is.
func TestMinutesTakeTheRecord(t *testing.T) {
	line := func(id ItemID, kind ItemKind) Item { return Item{ID: id, Kind: kind, Text: string(kind)} }
	record := []Item{line(1, ItemNote), line(2, ItemDecision), line(3, ItemDecision)}
	var m Minutes
	order := func() (ids []ItemID) {
		for _, p := range m.Body {
			ids = append(ids, p.Item)
		}
		return ids
	}
	m.Take(record)
	if got := order(); !slices.Equal(got, []ItemID{2, 3, 1}) {
		t.Fatalf("the draft holds %v", got)
	}
	m.Body = append(m.Body, MinutesPara{Text: "the office's own"})
	record[1].Struck = time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)
	record = append(record, line(4, ItemDecision), line(5, ItemPrinciple))
	for range 2 {
		m.Take(record)
		if got := order(); !slices.Equal(got, []ItemID{3, 4, 1, 0, 5}) {
			t.Fatalf("after reopening it holds %v", got)
		}
	}
}

// Closed again, minutes say who came since and to whom they go now; a line the office
// wrote itself stays.
func TestMinutesAttendAgain(t *testing.T) {
	var m Minutes
	m.Attend(Attendance{Present: "chair, one", Absent: "two", Sent: "one, two"})
	m.Absent = "two (ill)"
	for range 2 {
		m.Attend(Attendance{Present: "chair, one, three", Absent: "two, four", Sent: "one, two, three"})
		if m.Present != "chair, one, three" || m.Absent != "two (ill)" || m.Sent != "one, two, three" {
			t.Fatalf("there were %q, not %q; it goes to %q", m.Present, m.Absent, m.Sent)
		}
	}
}
