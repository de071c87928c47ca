package worktime

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
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

// ReadCSV reads rows of date,kind,name as ReadRows does.
func ReadCSV(r io.Reader) ([]Day, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxYear+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxYear {
		return nil, errLarge()
	}
	in := csv.NewReader(bytes.NewReader(raw))
	in.FieldsPerRecord = -1
	var rows []Row
	for n := 1; ; n++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return ReadRows(rows)
		}
		if err != nil {
			cells = nil // a fault of its own
		}
		rows = append(rows, Row{n, cells})
	}
}

// Row is a row of a table, with the number people find it under.
type Row struct {
	Line  int
	Cells []string
}

// Words a table may use.
var (
	dateHeads = []string{"date", "日期"}
	offWords  = []string{"off", "休", "放假", "休息"}
	workWords = []string{"work", "班", "上班", "调休上班"}
	dateForms = []string{time.DateOnly, "2006/1/2", "2006-1-2", "2006年1月2日"} // spreadsheets write dates their own way
)

// ReadRows reads the days of a calendar: date, off or work, name; a head row is
// passed over. Its error names every faulty row.
func ReadRows(rows []Row) ([]Day, error) {
	seen := map[docket.Date]bool{}
	var days []Day
	var faults []docket.FieldError
	for i, row := range rows {
		if i == 0 && len(row.Cells) > 0 && slices.Contains(dateHeads, strings.ToLower(clean(row.Cells[0]))) {
			continue
		}
		day, fault := readRow(row.Cells)
		if fault == "" && seen[day.Date] {
			fault = "calendar.twice"
		}
		if fault != "" {
			faults = append(faults, rowFault(row.Line, fault))
			continue
		}
		seen[day.Date] = true
		days = append(days, day)
	}
	return days, faulty(faults)
}

// clean is a cell without the marks that spreadsheets put before and after.
func clean(cell string) string { return strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")) }

func readRow(row []string) (Day, string) {
	if len(row) < 2 {
		return Day{}, "calendar.row"
	}
	date := readDate(clean(row[0]))
	if date == 0 {
		return Day{}, "calendar.date"
	}
	kind := strings.ToLower(clean(row[1]))
	day := Day{Date: date, Off: slices.Contains(offWords, kind)}
	if !day.Off && !slices.Contains(workWords, kind) {
		return Day{}, "calendar.kind"
	}
	if len(row) > 2 {
		day.Name = clean(row[2])
	}
	if len([]rune(day.Name)) > maxName {
		return Day{}, "calendar.name"
	}
	return day, ""
}

// readDate is a day the calendar answers for, else 0.
func readDate(text string) docket.Date {
	for _, form := range dateForms {
		if t, err := time.Parse(form, text); err == nil {
			if d := docket.DateOf(t); d >= first && d <= last {
				return d
			}
		}
	}
	return 0
}

// maxName bounds the name of a day, in characters.
const maxName = 100

// faulty is the error of a file with faulty rows, nil without any.
func faulty(faults []docket.FieldError) error {
	if len(faults) == 0 {
		return nil
	}
	if len(faults) > maxFaults {
		faults = faults[:maxFaults]
	}
	return &docket.Error{Code: docket.Invalid, Key: "calendar.invalid", Message: "the calendar was not taken in", Fields: faults}
}

// maxFaults is how many rows an error names: nobody mends more at a time.
const maxFaults = 200

func rowFault(n int, key string) docket.FieldError {
	message := "is not of the form date,off|work,name with a date like 2026-10-01"
	switch key {
	case "calendar.twice":
		message = "repeats a date given above: keep one of the two"
	case "calendar.name":
		message = "has a name of more than 100 characters"
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
		case len([]rune(d.Name)) > maxName:
			faults = append(faults, rowFault(i+1, "calendar.name"))
		case date < docket.NewDate(in.Year-1, time.December, 1) || date > docket.NewDate(in.Year, time.December, 31):
			faults = append(faults, rowFault(i+1, "calendar.year"))
		case seen[date]:
			faults = append(faults, rowFault(i+1, "calendar.twice"))
		default:
			seen[date] = true
			days = append(days, Day{Date: date, Off: *d.IsOffDay, Name: d.Name})
		}
	}
	if err := faulty(faults); err != nil {
		return 0, nil, false, err
	}
	return in.Year, days, len(in.Papers) > 0, nil
}
