package docket_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

var update = flag.Bool("update", false, "write the answers into the scripts; review the diff")

// TestTheLadder lives through testdata/ladder.txt.
func TestTheLadder(t *testing.T) {
	const file = "testdata/ladder.txt"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	var c *climber
	var want []string
	end := func() {
		if c == nil {
			return
		}
		for _, line := range c.told {
			out = append(out, "| "+line)
		}
		if got := strings.Join(c.told, "\n"); got != strings.Join(want, "\n") && !*update {
			t.Errorf("%s: told\n%s\nwant\n%s", c.name, got, strings.Join(want, "\n"))
		}
		c, want = nil, nil
	}
	for _, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		verb, rest, _ := strings.Cut(line, " ")
		switch {
		case verb == "|":
			want = append(want, rest)
			continue
		case line == "":
			end()
		case verb == "case":
			c = &climber{t: t, name: rest, rules: docket.DefaultRules(), days: worktime.China()}
		case verb != "#":
			c.do(verb, strings.Fields(rest))
		}
		out = append(out, line)
	}
	end()
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(out, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// climber is one thing owed and what was told of it so far.
type climber struct {
	docket.Climbing
	t     *testing.T
	name  string
	rules docket.Rules
	days  *worktime.Calendar
	today docket.Date
	told  []string
}

func (c *climber) do(verb string, args []string) {
	switch verb {
	case "owe":
		c.Obligation = docket.Obligation{ID: c.ID + 1, Kind: docket.ObligationKind(args[0]), Role: docket.Role(args[1])}
		c.Status, c.Heard, c.Ends, c.Statement = docket.InProgress, docket.Heard{}, 0, 0
		for i := 2; i < len(args); i += 2 {
			c.set(args[i], args[i+1])
		}
		c.today = max(c.today, docket.DateOf(c.Since))
	case "run":
		for until := c.day(args[0]); c.today < until; {
			c.today++
			c.look()
		}
	case "jump":
		c.today = c.day(args[0])
		c.look()
	case "met":
		c.Met = c.now()
	case "void":
		c.Void = c.now()
	default:
		c.set(verb, args[0])
	}
}

func (c *climber) set(name, value string) {
	switch name {
	case "since":
		c.Since = c.day(value).Time()
	case "due":
		c.Due = c.day(value)
	case "ends":
		c.Ends, c.Statement = c.day(value), 1
	case "provisional":
		c.Provisional = value == "yes"
	case "with":
		c.Role = docket.Role(value)
	case "status":
		c.Status = docket.MatterStatus(value)
	case "at":
		at, err := time.Parse(time.RFC3339, value)
		if err != nil {
			c.t.Fatal(err)
		}
		c.At = at
	case "climb":
		if _, err := fmt.Sscanf(value, "%d/%d/%d", &c.rules.ToHead, &c.rules.ToOffice, &c.rules.ToLeader); err != nil {
			c.t.Fatal(err)
		}
	default:
		c.t.Fatalf("%s: what is %q?", c.name, name)
	}
}

func (c *climber) day(s string) docket.Date {
	d, err := docket.ParseDate(s)
	if err != nil {
		c.t.Fatal(err)
	}
	return d
}

func (c *climber) now() time.Time { return c.today.Time().Add(9 * time.Hour) }

func (c *climber) look() {
	rung := c.rules.Climb(&c.Climbing, docket.DateOf(c.Since), c.today, c.Late(c.now(), time.UTC), c.days)
	if rung == 0 {
		return
	}
	roles := make([]string, 0, 4)
	for _, r := range c.Told(rung) {
		roles = append(roles, string(r))
	}
	c.told = append(c.told, fmt.Sprintf("%s %s %s", c.today, rung, strings.Join(roles, ", ")))
	c.Heard = docket.Heard{Due: c.Due, Rung: rung}
}

// The settings of the ladder are held to what it can keep.
func TestLadderSettings(t *testing.T) {
	for name, spoil := range map[string]func(*docket.Rules){
		"remind":    func(r *docket.Rules) { r.Remind = []int{61} },
		"to_head":   func(r *docket.Rules) { r.ToHead = -1 },
		"to_leader": func(r *docket.Rules) { r.ToOffice = 9 },
	} {
		r := docket.DefaultRules()
		spoil(&r)
		var e *docket.Error
		if err := r.Validate(); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}
