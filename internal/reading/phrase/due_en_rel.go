package phrase

import (
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	enRel = pattern.New(`^(?i:(?:within|in) (?:the (?:next |first )?)?)?([0-9]{1,4}|(?i:one|two|three|four|five|six|seven|eight|nine|ten|twelve|a)) (?i:(working|business|calendar) )?((?i:hour|day|week|month|quarter|year))s?(?i: (?:of|after|from|following) (?:the )?([^,.;()\n|]{1,80}))?`)
	enNum = map[string]int{"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
)

var (
	// sentenceOver is what stands behind a limit that closes its sentence: to be done in 8 weeks.
	sentenceOver = pattern.New(`^ ?(?:[.;)\n]|$)`)
	// dayOne is the day a limit without "within" may be counted from: 90 days after the date of ….
	dayOne = pattern.New(`^(?i:(?:date|day|issu|publication|approval|adoption|enactment|commencement|receipt|signature|award|completion)\w*\b)`)
	// paperDay is the day of the paper itself.
	paperDay = pattern.New(`^(?i:issu|publication|(?:date|day) (?:of|on) (?:(?:the|this) )?(?:issu|publication|memorandum|order|report|letter|circular|notice|plan|response|guidance|directive|policy)|this (?:memorandum|order|report|letter|circular|notice|plan|response|guidance|directive|policy))`)
)

// enRelative reads within 10 working days of receipt, in 8 weeks, 90 days after the date of ….
func (r *dueReader) enRelative(i int) (docket.Due, int, bool) {
	m := enRel.FindStringSubmatch(r.s[i:min(len(r.s), i+160)])
	if m == nil {
		return docket.Due{}, 0, false
	}
	head := strings.ToLower(m[0][:min(len(m[0]), len("within"))])
	hi := i + len(strings.TrimRight(m[0], " "))
	switch alone, _ := r.segment(i, hi); {
	case head == "within":
	case strings.HasPrefix(head, "in ") && m[4] == "" && (alone || sentenceOver.MatchString(r.after(hi))):
	case m[4] == "" || m[2] == "" && !dayOne.MatchString(m[4]):
		return docket.Due{}, 0, false
	}
	n, ok := enNum[strings.ToLower(m[1])]
	if !ok {
		n, _ = strconv.Atoi(m[1])
	}
	unit := map[string]string{"hour": "小时", "day": "日", "week": "周", "month": "月", "quarter": "季度", "year": "年"}[strings.ToLower(m[3])]
	if w := strings.ToLower(m[2]); unit == "日" && (w == "working" || w == "business") {
		unit = "工作日"
	}
	d, ok := counted(strconv.Itoa(n), unit)
	ev := strings.ToLower(m[4])
	switch {
	case strings.HasPrefix(ev, "receipt") || strings.HasPrefix(ev, "receiving") || strings.HasPrefix(ev, "being received"):
		d.Event = "receipt"
	case strings.HasPrefix(ev, "meeting"):
		d.Event = "meeting"
	case paperDay.MatchString(ev):
		d.Event = "issue"
	default:
		d.Event = strings.TrimSpace(m[4])
	}
	return d, hi, ok
}
