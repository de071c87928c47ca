package worktime_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"
)

func off(y int, m time.Month, d int) worktime.Day {
	return worktime.Day{Date: docket.NewDate(y, m, d), Off: true, Name: "元旦"}
}

// An imported year stands in place of what the base says of it, and of nothing
// else; its break may begin in the December before.
func TestPlanTakesYearsIn(t *testing.T) {
	plan := worktime.Plan{Years: map[int][]worktime.Day{2027: {off(2026, 12, 31), off(2027, 1, 1)}}}
	c, err := plan.Build()
	if err != nil {
		t.Fatal(err)
	}
	china := worktime.China()
	if years := c.Years(); !slices.Contains(years, 2027) || len(years) != len(china.Years())+1 {
		t.Errorf("known %v", years)
	}
	if c.IsWorkingDay(docket.NewDate(2026, 12, 31)) || c.IsWorkingDay(docket.NewDate(2026, 1, 1)) || !c.IsWorkingDay(docket.NewDate(2027, 1, 4)) {
		t.Error("the days of 2026 that the file does not name changed, or those it names did not")
	}
	if at := china.Differs(c); at != docket.NewDate(2026, 12, 31) {
		t.Errorf("differ from %v on", at)
	}
	if at := c.Differs(c); at <= docket.NewDate(2099, 12, 30) {
		t.Errorf("a calendar differs from itself on %v", at)
	}
	if n := c.Count(2027); n != (worktime.YearCount{Off: 1, Worked: 260}) {
		t.Errorf("2027 counts %+v", n)
	}
	again, err := worktime.Plan{Years: map[int][]worktime.Day{2026: {off(2026, 1, 1)}}}.Build()
	if err != nil || again.Count(2026) != (worktime.YearCount{Off: 1, Worked: 260}) {
		t.Errorf("2026 anew: %+v, %v", again.Count(2026), err)
	}
}

func TestPlanBases(t *testing.T) {
	for _, b := range worktime.Bases() {
		if _, err := (worktime.Plan{Base: b, Rules: "years 2020-2030\nweekend fri sat"}).Build(); err != nil {
			t.Errorf("%s: %v", b, err)
		}
	}
	for _, p := range []worktime.Plan{{Base: "moon"}, {Base: worktime.BaseRules}, {Base: worktime.BaseRules, Rules: strings.Repeat("# \n", 30_000)}} {
		if _, err := p.Build(); docket.CodeOf(err) != docket.Invalid {
			t.Errorf("%.20v: %v", p, err)
		}
	}
}

// December days alone before a year with more belong to that year's break: taken
// for a year of their own they would wipe out the holidays of the old one.
func TestDaysOfAFileFallIntoYears(t *testing.T) {
	got := worktime.ByYear([]worktime.Day{off(2027, 1, 1), off(2026, 12, 31), off(2028, 12, 25), off(2029, 12, 25)})
	want := map[int][]worktime.Day{2027: {off(2026, 12, 31), off(2027, 1, 1)}, 2028: {off(2028, 12, 25)}, 2029: {off(2029, 12, 25)}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

// Rows are read as spreadsheets write them, and every fault is named.
func TestReadRows(t *testing.T) {
	days, err := worktime.ReadRows([]worktime.Row{{1, []string{"\ufeff日期", "类别"}}, {2, []string{"2027/1/1", "休", " 元旦 "}}, {3, []string{"2027年1月3日", "班"}}, {5, []string{"2027-01-04", "OFF", ""}}})
	if err != nil || len(days) != 3 || days[0] != off(2027, 1, 1) || days[1].Off || !days[2].Off {
		t.Errorf("%v, %v", days, err)
	}
	_, err = worktime.ReadRows([]worktime.Row{{4, []string{"1989-12-31", "off"}}, {7, []string{"2027-01-01", "off", strings.Repeat("长", 101)}}, {9, nil}})
	var e *docket.Error
	if !errors.As(err, &e) || len(e.Fields) != 3 || e.Fields[0].Key != "calendar.date" || e.Fields[1].Key != "calendar.name" || e.Fields[2].Args["row"] != "9" {
		t.Errorf("%+v", e)
	}
}
