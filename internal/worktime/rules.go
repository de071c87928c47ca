package worktime

import (
	_ "embed"
	"sync"
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

//go:embed england.txt
var englandText string

// England is the calendar of England and Wales: the bank holidays of the Banking
// and Financial Dealings Act 1971 by rule, with the days moved or added by
// proclamation. Later proclamations come in by import.
func England() *Calendar { return england() }

var england = sync.OnceValue(func() *Calendar {
	c, err := ReadRules(englandText)
	if err != nil {
		panic("worktime: england.txt: " + err.Error()) // a build fault, caught by the package's test
	}
	return c
})

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
