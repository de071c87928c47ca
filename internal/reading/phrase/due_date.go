package phrase

import (
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

const (
	yearRE  = `(?:((?:19|20)[0-9]{2}|二〇[〇一二三四五六七八九]{2})年度?|(今年|明年|后年|本年度?|当年|去年|上年|前年))`
	monthRE = `(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?`
	dayRE   = `(3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|二十|[一二三四五六七八九])[日号](?:\((?:星期|周|礼拜)[一二三四五六日天]\))?`
	partRE  = `(上旬|中旬|下旬|底|末|初|中)`
	hourRE  = `(?:(上午|下午|中午|晚上?|凌晨)?([01]?[0-9]|2[0-4])(?::([0-5][0-9])|[时点](?:([0-5]?[0-9])分|(半)|整|钟)?))?`
)

// dateRE is an absolute date of any fineness. Groups: 1 year, 2 year word,
// 3 month, 4 day, 5 part of month, 6 month word, 7 day, 8 part, 9 quarter,
// 10 quarter end, 11 part of year, 12–16 hour.
var dateRE = pattern.New(`^` + yearRE + `?(?:` + monthRE + `(?:` + dayRE + `|` + partRE + `)?|(本月|当月|次月|下月|下个月|月)(?:` + dayRE + `|` + partRE + `)|第?([一二三四1-4])季度(末|底)?|(上半年|下半年|年底|年末|年终|年中|年内|年初|底|末|内|中|初)?)` + hourRE)

// when is a date as written, not yet a deadline.
type when struct {
	year, month, day int
	rel              int  // years after the document's own: 明年 1; set with relYear
	relYear          bool // 今年, 明年, 年底: the year hangs on the document's date
	bareYear         bool // a year and nothing finer
	exact            bool // a day is given
	end              bool // 底, 末, 年底, 上旬 …: the last day of something
	unclear          bool // 年初, 月初: no day can be told
	at               string
	lo, hi           int
	span             string // year, half, quarter, month, part, day
	quarter, half    int
	monthShift       int // 次月 1
	docMonth         bool
	part             string
	past             bool // 去年
	former           bool // 原定: the document replaces it
}

// parseWhen reads a date at byte i.
func (r *dueReader) parseWhen(i int) (when, bool) {
	m := dateRE.FindStringSubmatchIndex(r.s[i:min(len(r.s), i+80)])
	if m == nil || m[1] == 0 {
		return when{}, false
	}
	g := func(k int) string {
		if m[2*k] < 0 {
			return ""
		}
		return r.s[i+m[2*k] : i+m[2*k+1]]
	}
	w := when{lo: i, hi: i + m[1]}
	w.year, _ = number(g(1))
	if y := g(2); y != "" {
		w.relYear = true
		w.rel = map[string]int{"明年": 1, "后年": 2, "去年": -1, "上年": -1, "前年": -2}[y]
		w.past = w.rel < 0
	}
	switch {
	case g(3) != "":
		w.month, _ = number(g(3))
		w.day, _ = number(g(4))
		w.part, w.span = g(5), "month"
	case g(6) != "":
		w.docMonth, w.span = true, "month"
		if strings.HasPrefix(g(6), "次") || strings.HasPrefix(g(6), "下") {
			w.monthShift = 1
		}
		w.day, _ = number(g(7))
		w.part = g(8)
	case g(9) != "":
		w.quarter, _ = number(g(9))
		w.end, w.span = g(10) != "", "quarter"
	default:
		if w.year == 0 && !w.relYear && !strings.HasPrefix(g(11), "年") && !strings.HasSuffix(g(11), "半年") {
			return when{}, false
		}
		w.yearPart(g(11))
	}
	if w.day > 0 {
		w.exact, w.span = true, "day"
	}
	if w.part != "" {
		w.end, w.unclear = w.part != "初", w.part == "初"
	}
	w.at = clock(g(12), g(13), g(14)+g(15), g(16) != "")
	if w.at != "" && !w.exact {
		return when{}, false
	}
	return w, true
}

func (w *when) yearPart(p string) {
	w.span = "year"
	switch p {
	case "上半年", "下半年":
		w.half, w.span = 1, "half"
		if p == "下半年" {
			w.half = 2
		}
		w.relYear = w.relYear || w.year == 0
		return
	case "年中", "中":
		w.half, w.span, w.end = 1, "half", true
	case "年初", "初":
		w.unclear = true
	case "":
		w.bareYear = true
	default:
		w.end = true
	}
	w.relYear = w.relYear || w.year == 0
}

// clock writes an hour as "17:00"; half hours and 下午 are resolved.
func clock(word, hour, minute string, half bool) string {
	if hour == "" {
		return ""
	}
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	if half {
		m = 30
	}
	if (word == "下午" || strings.HasPrefix(word, "晚")) && h < 12 {
		h += 12
	}
	if h > 24 || m > 59 {
		return ""
	}
	return time.Date(2000, 1, 1, h, m, 0, 0, time.UTC).Format("15:04")
}

// days gives the first and last day meant; ok is false while the year is unknown.
// assumed says that the year came from the document's date or an earlier deadline.
func (r *dueReader) days(w when) (from, on docket.Date, assumed, ok bool) {
	y := w.year
	if y == 0 {
		switch {
		case w.relYear || w.docMonth:
			if r.issued.IsZero() {
				return 0, 0, false, false
			}
			y, assumed = r.issued.Time().Year()+w.rel, true
		case r.year > 0:
			y = r.year
		case !r.issued.IsZero():
			y, assumed = r.issued.Time().Year(), true
			if _, on := w.inYear(y, r.issued); on < r.issued && !w.former {
				y++
			}
		default:
			return 0, 0, false, false
		}
	}
	if w.unclear {
		return 0, 0, assumed, false
	}
	from, on = w.inYear(y, r.issued)
	return from, on, assumed, true
}

// inYear places a date in a year; issued tells which month 本月 is.
func (w when) inYear(y int, issued docket.Date) (from, on docket.Date) {
	m := time.Month(w.month)
	if w.docMonth {
		m = issued.Time().Month() + time.Month(w.monthShift)
	}
	switch {
	case w.quarter > 0:
		return docket.NewDate(y, time.Month(3*w.quarter-2), 1), docket.NewDate(y, time.Month(3*w.quarter+1), 0)
	case w.half > 0:
		return docket.NewDate(y, time.Month(6*w.half-5), 1), docket.NewDate(y, time.Month(6*w.half+1), 0)
	case w.span == "year":
		return docket.NewDate(y, 1, 1), docket.NewDate(y, 12, 31)
	case w.day > 0:
		last := docket.NewDate(y, m+1, 0)
		d := min(docket.NewDate(y, m, w.day), last)
		return d, d
	}
	switch w.part {
	case "上旬":
		return docket.NewDate(y, m, 1), docket.NewDate(y, m, 10)
	case "中旬", "中":
		if w.part == "中" {
			return docket.NewDate(y, m, 1), docket.NewDate(y, m, 15)
		}
		return docket.NewDate(y, m, 11), docket.NewDate(y, m, 20)
	case "下旬":
		return docket.NewDate(y, m, 21), docket.NewDate(y, m+1, 0)
	}
	return docket.NewDate(y, m, 1), docket.NewDate(y, m+1, 0)
}
