package measure_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// The rates of testdata/rates.txt, counted by hand there.
func TestRates(t *testing.T) {
	raw, err := os.ReadFile("testdata/rates.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := &rateScript{t: t, heirs: map[docket.UnitID][]docket.UnitID{}}
	for n, line := range strings.Split(string(raw), "\n") {
		s.at = n + 1
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			s.do(line)
		}
	}
	s.done()
}

// rateScript plays the lines one after the other.
type rateScript struct {
	t     *testing.T
	at    int
	now   time.Time
	rows  []docket.Obligation
	heirs map[docket.UnitID][]docket.UnitID
	want  []string // what "rates" gave and no line has asked for yet
}

func (s *rateScript) do(line string) {
	word := strings.Fields(line)
	switch word[0] {
	case "now":
		s.now = s.instant(word[1])
	case "new":
		s.done()
		s.rows, s.heirs = nil, map[docket.UnitID][]docket.UnitID{}
	case "merge", "split":
		for _, heir := range word[2:] {
			s.heirs[letter(word[1])] = append(s.heirs[letter(word[1])], letter(heir))
		}
	case "rates":
		s.rates()
	case "=>":
		got := ""
		if len(s.want) > 0 {
			got, s.want = s.want[0], s.want[1:]
		}
		if want := strings.TrimSpace(strings.TrimPrefix(line, "=>")); got != want {
			s.t.Errorf("line %d: want %q, got %q", s.at, want, got)
		}
	default:
		s.rows = append(s.rows, s.row(word))
	}
}

func (s *rateScript) row(word []string) docket.Obligation {
	o := docket.Obligation{Unit: letter(word[0])}
	if word[1] != "-" {
		o.Due = date(s.t, word[1])
	}
	for _, w := range word[2:] {
		name, value, _ := strings.Cut(w, "=")
		switch name {
		case "void":
			o.Void = s.now
		case "met":
			o.Met = s.instant(value)
		case "at":
			o.At = s.instant(value)
		default:
			s.t.Fatalf("line %d: %q is not understood", s.at, w)
		}
	}
	return o
}

func (s *rateScript) rates() {
	all, by := measure.Rates(s.rows, s.carriers, s.now, time.UTC)
	show := func(name string, r measure.Rate) string {
		return fmt.Sprintf("%s %d/%d on time %d, late %d", name, r.Met, r.Due, r.OnTime, r.Late)
	}
	s.want = []string{show("all", all)}
	for _, unit := range slices.Sorted(maps.Keys(by)) {
		s.want = append(s.want, show(string(rune('a'+unit-1)), by[unit]))
	}
}

func (s *rateScript) carriers(unit docket.UnitID) []docket.UnitID {
	if len(s.heirs[unit]) == 0 {
		return []docket.UnitID{unit}
	}
	var out []docket.UnitID
	for _, h := range s.heirs[unit] {
		out = append(out, s.carriers(h)...)
	}
	return out
}

func (s *rateScript) done() {
	if len(s.want) > 0 {
		s.t.Errorf("line %d: not asked for: %q", s.at, s.want)
	}
	s.want = nil
}

func (s *rateScript) instant(text string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at
		}
	}
	s.t.Fatalf("line %d: %q is no instant", s.at, text)
	return time.Time{}
}

func letter(s string) docket.UnitID { return docket.UnitID(s[0] - 'a' + 1) }
