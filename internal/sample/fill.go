package sample

import (
	"regexp"
	"strconv"
	"time"
)

var blank = regexp.MustCompile(`\{(y|[dm][+-]\d+)\}`)

// fill puts days into a paper: {y} is this year, {d-20} the day twenty days
// ago, {m+1} the end of next month, as papers of the city write them.
func fill(text string, city City, today time.Time) string {
	return blank.ReplaceAllStringFunc(text, func(b string) string {
		what := b[1 : len(b)-1]
		if what == "y" {
			return strconv.Itoa(today.Year())
		}
		n, _ := strconv.Atoi(what[1:]) // the pattern admits numbers only
		if what[0] == 'd' {
			return day(city, today.AddDate(0, 0, n))
		}
		return monthEnd(city, time.Date(today.Year(), today.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
	})
}

func day(city City, t time.Time) string {
	if city == Yunzhou {
		return t.Format("2006年1月2日")
	}
	return t.Format("2 January 2006")
}

func monthEnd(city City, t time.Time) string {
	if city == Yunzhou {
		return t.Format("2006年1月底")
	}
	return "end of " + t.Format("January 2006")
}
