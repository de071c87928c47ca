package sample

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// figures are the measures of the city's matters and what was reported of them, as
// measures.csv tells it: the office sets each measure so many days before loading, the
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
			at := &line{login: row[1], verb: "figure", holds: row[2], measure: m}
			if _, err := fmt.Sscanf(f, "%d:%g", &at.days, &at.value); err != nil {
				return nil, fmt.Errorf("measures.csv, row %d, figure %q: %w", n+2, f, err)
			}
			at.days = -at.days // written as steps of plans are: -20 is twenty days ago
			out = append(out, at)
		}
	}
	return out, nil
}

// measure sets a measure beside those the matter has, from today to its due day; what
// goes on for good is measured until the end of the quarter after loading.
func (l *loader) measure(ctx context.Context, at *line) error {
	page, err := l.app.Matter(ctx, l.admin, at.matter)
	if err != nil {
		return err
	}
	m := at.measure
	m.Baseline.Day, m.Due = docket.DateOf(l.now), page.Matter.Due
	if m.Due == 0 {
		m.Due = docket.DateOf(l.today) + 90
	}
	have, err := l.app.Measures(ctx, l.admin, at.matter, 0, 0)
	if err != nil {
		return err
	}
	all := []docket.Measure{}
	for _, v := range have.Items {
		all = append(all, v.Measure)
	}
	_, err = l.app.SetMeasures(ctx, l.admin, at.matter, append(all, m))
	return err
}

// figure reports a value of the measure as of the day.
func (l *loader) figure(ctx context.Context, at *line) error {
	have, err := l.app.Measures(ctx, at.by.actor, at.matter, 0, 0)
	if err != nil {
		return err
	}
	for _, v := range have.Items {
		if v.Name == at.measure.Name {
			_, err = l.app.Observe(ctx, at.by.actor, at.matter, docket.Observation{Measure: v.ID, Value: at.value, AsOf: docket.DateOf(l.now)})
			return err
		}
	}
	return fmt.Errorf("%q has no measure %q", at.holds, at.measure.Name)
}
