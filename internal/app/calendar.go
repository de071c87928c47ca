package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/worktime"
)

// calendarSetting is the body's working calendar as it was set.
const calendarSetting = "calendar"

// calendar is the working calendar that holds now.
func (a *App) calendar() *worktime.Calendar { return a.worked.Load() }

// loadCalendar reads the calendar anew: at the start, and when the journal tells
// that it changed.
func (a *App) loadCalendar(ctx context.Context) error {
	return a.cfg.Store.View(ctx, func(r docket.Reader) error {
		_, c, err := a.calendarIn(ctx, r)
		if err == nil {
			a.worked.Store(c)
		}
		return err
	})
}

func (a *App) calendarIn(ctx context.Context, r docket.Reader) (worktime.Plan, *worktime.Calendar, error) {
	plan := a.cfg.Calendar
	raw, err := r.Setting(ctx, calendarSetting)
	if err == nil && raw != nil {
		plan = worktime.Plan{}
		err = json.Unmarshal(raw, &plan)
	}
	if err != nil {
		return plan, nil, fmt.Errorf("read the calendar: %w", err)
	}
	plan.Base = cmp.Or(plan.Base, worktime.BaseChina)
	c, err := plan.Build()
	return plan, c, err
}

// Calendar gives the working calendar, with the days of a year that are out of
// the ordinary; year 0 is the present one.
func (a *App) Calendar(ctx context.Context, actor docket.Actor, year int) (v CalendarView, err error) {
	if actor.Person.ID == 0 {
		return v, permit(&actor, docket.ActRead, docket.Subject{})
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		plan, c, err := a.calendarIn(ctx, r)
		if err != nil {
			return err
		}
		v = CalendarView{Base: plan.Base, Rules: plan.Rules, Year: cmp.Or(year, a.today().Time().Year())}
		v.Days = c.Exceptions(v.Year)
		for _, y := range c.Years() {
			_, imported := plan.Years[y]
			v.Years = append(v.Years, CalendarYear{Year: y, Imported: imported, YearCount: c.Count(y)})
		}
		return nil
	})
	return v, err
}

// SetCalendar chooses what the calendar is built on, and lets imported years go.
// Those of another base go as well: they were published for another place.
func (a *App) SetCalendar(ctx context.Context, actor docket.Actor, set CalendarSet, dryRun bool) (CalendarChange, error) {
	return a.changeCalendar(ctx, actor, dryRun, "", func(was worktime.Plan) (worktime.Plan, error) {
		is := worktime.Plan{Base: set.Base, Years: maps.Clone(was.Years)}
		if set.Base == worktime.BaseRules {
			is.Rules = strings.TrimSpace(set.Rules)
		}
		if is.Base != was.Base {
			is.Years = nil
		}
		for _, y := range set.Forget {
			delete(is.Years, y)
		}
		return is, guardWords(is.Rules)
	})
}

// ImportCalendar takes in years that were published: a year in the shape of
// holiday-cn, or a table of date, off or work, and name.
func (a *App) ImportCalendar(ctx context.Context, actor docket.Actor, name string, content []byte, dryRun bool) (CalendarChange, error) {
	if err := allow(&actor, docket.ActSetRules); err != nil {
		return CalendarChange{}, err
	}
	years, err := a.readYears(ctx, name, content)
	if err != nil {
		return CalendarChange{}, err
	}
	for _, days := range years {
		for _, d := range days {
			if err := guardNames(d.Name); err != nil {
				return CalendarChange{}, err
			}
		}
	}
	return a.changeCalendar(ctx, actor, dryRun, name, func(was worktime.Plan) (worktime.Plan, error) {
		is := was
		if is.Years = maps.Clone(was.Years); is.Years == nil {
			is.Years = map[int][]worktime.Day{}
		}
		maps.Copy(is.Years, years)
		return is, nil
	})
}

func (a *App) readYears(ctx context.Context, name string, content []byte) (map[int][]worktime.Day, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if strings.EqualFold(filepath.Ext(name), ".json") || bytes.HasPrefix(bytes.TrimSpace(content), []byte("{")) {
		year, days, published, err := worktime.ReadJSON(content)
		if err == nil && !published {
			err = docket.Errorf(docket.Invalid, "calendar.unpublished", fmt.Sprintf("the file of %d names no papers: the year is not published", year), "year", strconv.Itoa(year))
		}
		return map[int][]worktime.Day{year: days}, err
	}
	doc, err := a.cfg.Readers.Read(ctx, paper.Bytes(name, content), a.cfg.Limits)
	if err != nil {
		return nil, err
	}
	for _, b := range doc.Blocks {
		if b.Table == nil {
			continue
		}
		days, err := worktime.ReadRows(tableRows(b.Table))
		if err != nil || len(days) > 0 {
			return worktime.ByYear(days), err
		}
	}
	return nil, docket.Errorf(docket.Invalid, "calendar.no_table", name+" holds no calendar: a year in JSON, or a table of date, off or work, and name", "file", name)
}

func tableRows(t *paper.Table) []worktime.Row {
	var rows []worktime.Row
	for _, r := range t.Rows {
		row := worktime.Row{Line: r.Line}
		blank := true
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, c.Text)
			blank = blank && strings.TrimSpace(c.Text) == ""
		}
		if !blank {
			rows = append(rows, row)
		}
	}
	return rows
}

// changeCalendar puts another calendar in place of the present one, and reckons
// anew what was counted by that. A dry run says what would come of it.
func (a *App) changeCalendar(ctx context.Context, actor docket.Actor, dryRun bool, file string, alter func(worktime.Plan) (worktime.Plan, error)) (out CalendarChange, err error) {
	err = a.change(ctx, actor, docket.VerbSetCalendar, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActSetRules, docket.Subject{}); err != nil {
			return err
		}
		was, former, err := a.calendarIn(ctx, c)
		if err != nil {
			return err
		}
		is, err := alter(was)
		if err != nil {
			return err
		}
		next, err := is.Build()
		if err != nil {
			return err
		}
		re := recount{app: a, Change: c, was: former, is: next}
		if err := re.work(ctx); err != nil {
			return err
		}
		out = CalendarChange{Years: changedYears(former, next), Moves: len(re.moves), Moved: re.moves[:min(len(re.moves), shownMoves)], DryRun: dryRun}
		if dryRun {
			return errDry
		}
		raw, err := json.Marshal(is)
		if err != nil {
			return err
		}
		if err := c.PutSetting(ctx, calendarSetting, raw); err != nil {
			return err
		}
		if err := re.keep(ctx); err != nil {
			return err
		}
		c.calendar = true
		before, after := planDiff(was, is)
		if file != "" {
			after["file"] = file
		}
		after["moved"] = out.Moves
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, Before: noteOf(before), After: noteOf(after)})
	})
	if err == error(errDry) {
		err = nil
	}
	return out, err
}

// planDiff is what of a calendar changed, as the journal keeps it: of the years
// those whose days did.
func planDiff(was, is worktime.Plan) (before, after map[string]any) {
	before, after = map[string]any{}, map[string]any{}
	if was.Base != is.Base {
		before["base"], after["base"] = was.Base, is.Base
	}
	if was.Rules != is.Rules {
		before["rules"], after["rules"] = was.Rules, is.Rules
	}
	gone, come := map[int][]worktime.Day{}, map[int][]worktime.Day{}
	for y, days := range was.Years {
		if !slices.Equal(days, is.Years[y]) {
			gone[y] = days
		}
	}
	for y, days := range is.Years {
		if !slices.Equal(days, was.Years[y]) {
			come[y] = days
		}
	}
	if len(gone) > 0 {
		before["years"] = gone
	}
	if len(come) > 0 {
		after["years"] = come
	}
	return before, after
}

func noteOf(fields map[string]any) json.RawMessage {
	if len(fields) == 0 {
		return nil
	}
	raw, _ := json.Marshal(fields) // plain values only
	return raw
}

// changedYears are the years of which two calendars say different things.
func changedYears(was, is *worktime.Calendar) []CalendarYearChange {
	all := append(was.Years(), is.Years()...)
	slices.Sort(all)
	var out []CalendarYearChange
	for _, y := range slices.Compact(all) {
		c := CalendarYearChange{Year: y, Known: is.Known(docket.NewDate(y, 1, 1)), Was: was.Count(y), Is: is.Count(y)}
		if c.Known != was.Known(docket.NewDate(y, 1, 1)) || !slices.Equal(was.Exceptions(y), is.Exceptions(y)) {
			out = append(out, c)
		}
	}
	return out
}
