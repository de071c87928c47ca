package sample

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// figures are what the city's matters are measured by, one each, and what was reported
// of it, as measures.csv tells it: the office sets each measure so many days before loading, the
// unit gives each figure so many days before.
func (l *loader) figures() ([]*line, error) {
	rows, err := l.table("measures.csv")
	if err != nil {
		return nil, err
	}
	var out []*line
	for n, row := range rows {
		m := docket.Measure{Name: row[3], Unit: row[4], Direction: docket.Direction(row[5])}
		days, err := strconv.Atoi(row[0])
		if err != nil {
			return nil, fmt.Errorf("measures.csv, row %d: %w", n+2, err)
		}
		if _, err := fmt.Sscanf(row[6]+" "+row[7], "%g %g", &m.Baseline.Value, &m.Target); err != nil {
			return nil, fmt.Errorf("measures.csv, row %d: %w", n+2, err)
		}
		out = append(out, &line{days: days, login: row[1], verb: "measure", holds: row[2], measure: m})
		for _, f := range strings.Split(row[8], ";") {
			at := &line{login: row[1], verb: "figure", holds: row[2]}
			if _, err := fmt.Sscanf(f, "%d:%g", &at.days, &at.value); err != nil {
				return nil, fmt.Errorf("measures.csv, row %d, figure %q: %w", n+2, f, err)
			}
			at.days = -at.days // written as steps of plans are: -20 is twenty days ago
			out = append(out, at)
		}
	}
	return out, nil
}

// measure sets what a matter is measured by, from this day to its due day; what goes
// on for good is measured until the end of the quarter after loading.
func (l *loader) measure(ctx context.Context, at *line) error {
	m := at.measure
	m.Baseline.Day, m.Due = docket.DateOf(l.now), at.due
	if m.Due == 0 {
		m.Due = docket.DateOf(l.today) + 90
	}
	page, err := l.app.SetMeasures(ctx, l.admin, at.matter, []docket.Measure{m})
	if err != nil {
		return err
	}
	l.measured[at.matter] = page.Items[0].ID
	return nil
}

// figure reports a value of the measure as of the day.
func (l *loader) figure(ctx context.Context, at *line) error {
	_, err := l.app.Observe(ctx, at.by.actor, at.matter, docket.Observation{Measure: l.measured[at.matter], Value: at.value, AsOf: docket.DateOf(l.now)})
	return err
}
