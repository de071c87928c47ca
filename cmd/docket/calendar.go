package main

import (
	"context"
	"fmt"
	"path/filepath"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/words"
)

// calendar shows the working calendar, or takes in years that were published:
// docket calendar show, docket calendar import FILE.
func calendar(ctx context.Context, env environment, args []string) error {
	var c config
	f := newFlags(env, "calendar", "the working calendar: docket calendar show [--year 2027], or docket calendar import FILE [--dry-run]\nFILE: a year of holiday-cn, or a table of date,off|work,name")
	c.flags(f, env.getenv)
	as := f.String("as", "admin", "login of the person who imports; needs an administrator's post")
	year := f.Int("year", 0, "show: the year whose days are listed")
	dry := f.Bool("dry-run", false, "import: say which days would move; change nothing")
	said, err := parseAnywhere(f, args)
	if err != nil {
		return err
	}
	show, take := len(said) == 1 && said[0] == "show", len(said) == 2 && said[0] == "import"
	if !show && !take {
		return docket.Errorf(docket.Invalid, "cli.calendar", "say docket calendar show, or docket calendar import FILE")
	}
	return c.as(ctx, env, *as, func(a *app.App, actor docket.Actor) error {
		if show {
			return showCalendar(ctx, env, a, actor, *year)
		}
		raw, err := readFile(said[1])
		if err != nil {
			return err
		}
		change, err := a.ImportCalendar(ctx, actor, filepath.Base(said[1]), raw, *dry)
		if err != nil {
			return err
		}
		return sayChange(env, change)
	})
}

func showCalendar(ctx context.Context, env environment, a *app.App, actor docket.Actor, year int) error {
	v, err := a.Calendar(ctx, actor, year)
	if err != nil {
		return err
	}
	fmt.Fprintln(env.out, v.Base)
	for _, y := range v.Years {
		from := ""
		if y.Imported {
			from = "\t*"
		}
		fmt.Fprintf(env.out, "%d\t%d\t%d\t%d%s\n", y.Year, y.Off, y.Work, y.Worked, from)
	}
	for _, d := range v.Days {
		kind := "work"
		if d.Off {
			kind = "off"
		}
		fmt.Fprintf(env.out, "%s,%s,%s\n", d.Date, kind, d.Name)
	}
	return nil
}

func sayChange(env environment, change app.CalendarChange) error {
	for _, y := range change.Years {
		fmt.Fprintln(env.out, words.Say(env.lang, "cli.calendar_year", map[string]string{
			"year": fmt.Sprint(y.Year), "off": fmt.Sprint(y.Is.Off), "work": fmt.Sprint(y.Is.Work), "worked": fmt.Sprint(y.Is.Worked), "was": fmt.Sprint(y.Was.Worked),
		}))
	}
	said := "cli.calendar_moved"
	if change.DryRun {
		said = "cli.calendar_would_move"
	}
	fmt.Fprintln(env.out, words.Say(env.lang, said, map[string]string{"count": fmt.Sprint(change.Moves)}))
	for _, m := range change.Moved {
		what := m.Title
		if m.Kind != "" {
			what = words.Say(env.lang, "owe."+string(m.Kind), nil) + " " + m.UnitName
		}
		fmt.Fprintf(env.out, "%s\t%s → %s\t%s\n", m.No, m.From, m.To, what)
	}
	return nil
}
