package worktime

import (
	"time"

	docket "github.com/docket-os/docket"
)

// The years calendars made by rule answer for.
const (
	ruleFrom = 2007
	ruleTo   = 2040
)

// Weekends is the calendar of a body that keeps no public holidays.
func Weekends() *Calendar { return New(nil, ruleYears()...) }

// England is the calendar of England and Wales: the bank holidays of the Banking
// and Financial Dealings Act 1971 by rule, with the days moved or added by
// proclamation. Later proclamations come in by import.
func England() *Calendar {
	var days []Day
	for y := ruleFrom; y <= ruleTo; y++ {
		days = append(days, englishYear(y)...)
	}
	for _, d := range proclaimed {
		days = append(days, Day{Date: docket.NewDate(d.y, d.m, d.d), Off: d.off, Name: d.name})
	}
	return New(days, ruleYears()...)
}

// proclaimed are the single days by which a year differed from the rule.
var proclaimed = []struct {
	y    int
	m    time.Month
	d    int
	off  bool
	name string
}{
	{2011, time.April, 29, true, "Royal wedding"},
	{2012, time.May, 28, false, "Spring bank holiday moved"},
	{2012, time.June, 4, true, "Spring bank holiday"},
	{2012, time.June, 5, true, "Diamond Jubilee"},
	{2020, time.May, 4, false, "Early May bank holiday moved"},
	{2020, time.May, 8, true, "Early May bank holiday (VE day)"},
	{2022, time.May, 30, false, "Spring bank holiday moved"},
	{2022, time.June, 2, true, "Spring bank holiday"},
	{2022, time.June, 3, true, "Platinum Jubilee"},
	{2022, time.September, 19, true, "State Funeral"},
	{2023, time.May, 8, true, "Coronation"},
}

func englishYear(y int) []Day {
	easter := easterSunday(y)
	days := []Day{
		{easter - 2, true, "Good Friday"},
		{easter + 1, true, "Easter Monday"},
		{monday(y, time.May), true, "Early May bank holiday"},
		{monday(y, time.June) - 7, true, "Spring bank holiday"},
		{monday(y, time.September) - 7, true, "Summer bank holiday"},
	}
	// A holiday on a weekend moves to the next weekday that is none itself.
	taken := map[docket.Date]bool{}
	for _, h := range []Day{
		{docket.NewDate(y, time.January, 1), true, "New Year's Day"},
		{docket.NewDate(y, time.December, 25), true, "Christmas Day"},
		{docket.NewDate(y, time.December, 26), true, "Boxing Day"},
	} {
		for weekend(h.Date) || taken[h.Date] {
			h.Date++
		}
		if h.Name == "Christmas Day" && h.Date.Time().Day() == 26 { // Sunday: Boxing Day keeps the Monday
			h.Date++
		}
		taken[h.Date] = true
		days = append(days, h)
	}
	return days
}

func weekend(d docket.Date) bool {
	w := d.Time().Weekday()
	return w == time.Saturday || w == time.Sunday
}

// monday is the first Monday of a month.
func monday(y int, m time.Month) docket.Date {
	on := docket.NewDate(y, m, 1)
	return on + docket.Date((8-int(on.Time().Weekday()))%7)
}

// easterSunday follows the Gregorian computus (Meeus, Jones and Butcher).
func easterSunday(y int) docket.Date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return docket.NewDate(y, time.Month(n/31), n%31+1)
}

func ruleYears() []int {
	var years []int
	for y := ruleFrom; y <= ruleTo; y++ {
		years = append(years, y)
	}
	return years
}
