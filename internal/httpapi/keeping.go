package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// KeepingQuery narrows the commitment record.
type KeepingQuery struct {
	Since day `query:"since" doc:"Meetings held on this day or later; the first day of the year when absent"`
}

// KeepingLinesQuery names one row of the commitment record.
type KeepingLinesQuery struct {
	KeepingQuery
	Unit   docket.UnitID   `query:"unit" minimum:"0"`
	Person docket.PersonID `query:"person" minimum:"0" doc:"A leader's own promises"`
}

func (s *server) keeping(c call, in *KeepingQuery) (app.KeepingRecord, error) {
	since, err := in.Since.date("since")
	if err != nil {
		return app.KeepingRecord{}, err
	}
	return s.app.Keeping(c, c.actor, since)
}

func (s *server) keepingLines(c call, in *KeepingLinesQuery) (List[app.KeepingLine], error) {
	since, err := in.Since.date("since")
	if err != nil {
		return List[app.KeepingLine]{}, err
	}
	lines, err := s.app.KeepingLines(c, c.actor, since, in.Unit, in.Person)
	return list(lines), err
}
