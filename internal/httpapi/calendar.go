package httpapi

import (
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/worktime"
)

func (s *server) workingTime(c call, in *struct {
	Year int `query:"year" minimum:"1990" maximum:"2099" doc:"Whose days are listed; the present year when absent"`
}) (app.CalendarView, error) {
	v, err := s.app.Calendar(c, c.actor, in.Year)
	v.Years, v.Days = full(v.Years), full(v.Days)
	return v, err
}

// CalendarBody chooses what the working calendar is built on.
type CalendarBody struct {
	Base   worktime.Base `json:"base"`
	Rules  string        `json:"rules,omitempty" maxLength:"65536" doc:"The body's own calendar, one rule a line; with base rules"`
	Forget []int         `json:"forget,omitempty" maxItems:"200" doc:"Imported years to let go"`
	DryRun bool          `json:"dry_run,omitempty" doc:"Say what would happen and keep nothing"`
}

func (s *server) setWorkingTime(c call, in *asks[CalendarBody]) (app.CalendarChange, error) {
	b := in.Body
	change, err := s.app.SetCalendar(c, c.actor, app.CalendarSet{Base: b.Base, Rules: b.Rules, Forget: b.Forget}, b.DryRun)
	return wireCalendarChange(change), err
}

func (s *server) importWorkingTime(c call, in *struct {
	DryRun bool `query:"dry_run" doc:"Say what would happen and keep nothing"`
}, u upload) (app.CalendarChange, error) {
	change, err := s.app.ImportCalendar(c, c.actor, u.name, u.content, in.DryRun)
	return wireCalendarChange(change), err
}

func wireCalendarChange(c app.CalendarChange) app.CalendarChange {
	c.Years, c.Moved = full(c.Years), full(c.Moved)
	return c
}
