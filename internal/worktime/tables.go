package worktime

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

// chinaCSV are the holidays and make-up days the State Council published for
// 2007 to 2026, as facts (docs/decisions/0005-dependencies.md names the source).
//
//go:embed china.csv
var chinaCSV []byte

// China is the calendar of the Chinese mainland as far as it is published.
func China() *Calendar { return china() }

var china = sync.OnceValue(func() *Calendar {
	days, err := ReadCSV(bytes.NewReader(chinaCSV))
	if err != nil {
		panic("worktime: china.csv: " + err.Error()) // a build fault, caught by the package's test
	}
	var years []int
	for y := 2007; y <= 2026; y++ {
		years = append(years, y)
	}
	return New(days, years...)
})

// ReadCSV reads rows of date,kind,name, where kind is off or work; a head row
// is passed over. Its error names every faulty row.
func ReadCSV(r io.Reader) ([]Day, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxYear+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxYear {
		return nil, errLarge()
	}
	rows := csv.NewReader(bytes.NewReader(raw))
	rows.FieldsPerRecord = -1
	seen := map[docket.Date]bool{}
	var days []Day
	var faults []docket.FieldError
	for n := 1; ; n++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if n == 1 && len(row) > 0 && row[0] == "date" {
			continue
		}
		day, fault := readRow(row, err)
		if fault == "" && seen[day.Date] {
			fault = "calendar.twice"
		}
		if fault != "" {
			faults = append(faults, rowFault(n, fault))
			continue
		}
		seen[day.Date] = true
		days = append(days, day)
	}
	if len(faults) > 0 {
		return nil, &docket.Error{Code: docket.Invalid, Key: "calendar.invalid", Message: "the calendar was not taken in", Fields: faults}
	}
	return days, nil
}

func readRow(row []string, err error) (Day, string) {
	if err != nil || len(row) < 2 {
		return Day{}, "calendar.row"
	}
	date, err := docket.ParseDate(row[0])
	if err != nil || date.IsZero() {
		return Day{}, "calendar.date"
	}
	if row[1] != "off" && row[1] != "work" {
		return Day{}, "calendar.kind"
	}
	day := Day{Date: date, Off: row[1] == "off"}
	if len(row) > 2 {
		day.Name = row[2]
	}
	return day, ""
}

func rowFault(n int, key string) docket.FieldError {
	message := "is not of the form date,off|work,name with a date like 2026-10-01"
	switch key {
	case "calendar.twice":
		message = "repeats a date given above: keep one of the two"
	case "calendar.year":
		message = "lies outside the year of the file"
	}
	return docket.FieldError{
		Field: fmt.Sprintf("row %d", n), Key: key, Args: map[string]string{"row": strconv.Itoa(n)},
		Message: "row " + strconv.Itoa(n) + " " + message,
	}
}

func errLarge() error {
	return docket.Errorf(docket.Invalid, "calendar.large", "the file is larger than 1 MB; a calendar has a few kilobytes")
}

// maxYear bounds a file in bytes; the real ones have about 5,000.
const maxYear = 1 << 20

// ReadJSON reads a year in the shape of holiday-cn: {year, papers, days: [{name,
// date, isOffDay}]}. A year without papers is not published: published is false.
// New Year's break may begin in the December before (2022-12-31 is in 2023's file).
// Its error names every faulty entry of days, counted from 1.
func ReadJSON(raw []byte) (year int, days []Day, published bool, err error) {
	var in struct {
		Year   int      `json:"year"`
		Papers []string `json:"papers"`
		Days   []struct {
			Name     string `json:"name"`
			Date     string `json:"date"`
			IsOffDay *bool  `json:"isOffDay"`
		} `json:"days"`
	}
	if len(raw) > maxYear {
		return 0, nil, false, errLarge()
	}
	if json.Unmarshal(raw, &in) != nil || in.Year < first.Time().Year() || in.Year > last.Time().Year() {
		return 0, nil, false, docket.Errorf(docket.Invalid, "calendar.json", "this is not a calendar year: {year, papers, days} is expected")
	}
	seen := map[docket.Date]bool{}
	var faults []docket.FieldError
	for i, d := range in.Days {
		date, err := docket.ParseDate(d.Date)
		switch {
		case err != nil || date < first || date > last:
			faults = append(faults, rowFault(i+1, "calendar.date"))
		case d.IsOffDay == nil:
			faults = append(faults, rowFault(i+1, "calendar.kind"))
		case date < docket.NewDate(in.Year-1, time.December, 1) || date > docket.NewDate(in.Year, time.December, 31):
			faults = append(faults, rowFault(i+1, "calendar.year"))
		case seen[date]:
			faults = append(faults, rowFault(i+1, "calendar.twice"))
		default:
			seen[date] = true
			days = append(days, Day{Date: date, Off: *d.IsOffDay, Name: d.Name})
		}
	}
	if len(faults) > 0 {
		return 0, nil, false, &docket.Error{Code: docket.Invalid, Key: "calendar.invalid", Message: "the calendar was not taken in", Fields: faults}
	}
	return in.Year, days, len(in.Papers) > 0, nil
}
