package httpapi

import (
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// A calendar holds to RFC 5545 whatever the titles hold: lines end in CRLF and
// are at most 75 octets, no character is cut, and nothing breaks out of a value.
func TestTheCalendarIsWellFormed(t *testing.T) {
	due := docket.NewDate(2026, 12, 31)
	hour := time.Date(2026, 3, 5, 9, 30, 0, 0, time.FixedZone("", 8*3600))
	nasty := "修桥; 20 座, \\一期\r\nEND:VEVENT\nATTACH:http://evil.example/\x00" + strings.Repeat("汉", 60) + "🚧"
	out := icalendar([]app.FeedItem{
		{Obligation: docket.Obligation{ID: 7, Kind: docket.OwePlan, Matter: 3, Due: due}, No: "2026-0001", Title: nasty, UnitName: "市教育局"},
		{Obligation: docket.Obligation{ID: 8, Kind: docket.OweReply, Matter: 3, Due: due, At: hour}, No: "2026-0001"},
	}, "zh", "https://docket.example", hour)
	lines := strings.Split(strings.TrimSuffix(out, "\r\n"), "\r\n")
	for _, line := range lines {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n\x00") || strings.ToValidUTF8(line, "?") != line {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	whole := strings.ReplaceAll(out, "\r\n ", "")
	for _, want := range []string{
		"UID:obligation-7@docket\r\n", "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n", "DTSTART:20260305T013000Z\r\n",
		`SUMMARY:待报方案 2026-0001 修桥\; 20 座\, \\一期\nEND:VEVENT\nATTACH:http://evil.example/汉`, "🚧\r\n", "URL:https://docket.example/matters/3\r\n",
	} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is missing in\n%s", want, whole)
		}
	}
	if n := strings.Count(whole, "\r\nEND:VEVENT\r\n"); n != 2 || strings.Contains(whole, "\r\nATTACH") {
		t.Errorf("a title broke out of its line:\n%s", whole)
	}
}
