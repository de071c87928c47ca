package phrase

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

const (
	countRE = `([0-9]{1,4}|[一二三四五六七八九十两百]{1,4}|半)`
	unitRE  = `个?(工作日|自然日|工作天|日历天|小时|日|天|周|星期|月|季度|年)`
)

var (
	receiptRE = `(?:收到|接到|接收|接件|收件|收文|受理|签收|交办|转办|领办|下达|收悉|正式交办)`
	issueRE   = `(?:印发|发布|公布|下发|发文|颁布|施行|实施|执行|出台|生效)`
	// relRE: 1 event words, 2 count, 3 unit.
	relRE = pattern.New(`^(?:自|从|在|于)?((?:会|会议(?:结束|召开|闭幕)?|本?(?:通知|方案|意见|办法|规定|计划|文件|纪要|细则)?(?:正式)?` + issueRE +
		`|[^,;。、()\n]{0,12}?` + receiptRE + `[^,;。、()\n0-9]{0,14}?|[^,;。、()\n0-9]{2,16}?))(?:之日|当日|之时|次日)?(?:起|后|之后|以后|算起)(?:的)?,?(?:计)?` + countRE + unitRE + `(?:之内|以内|内|前)?`)
	withinRE = pattern.New(`^` + countRE + unitRE + `(?:之内|以内|内)`)
	// dayOfMonth is what makes 6月 a month of the year.
	dayOfMonth = pattern.New(`^(?:[0-9底末初前中下上]|份)`)
	meetingRE  = pattern.New(`^会`)
	recvRE     = pattern.New(receiptRE)
	pubRE      = pattern.New(issueRE)
	// durationOf: a length of time, not a limit (压缩至3个工作日以内)
	durationOf = pattern.New(`(?:至|到|压缩|缩短|减少|延长|提前)$`)
	doVerb     = pattern.New(`^(?:,|务必|必须|要|应|须|应当|全面|全部|一次性|及时|尽快|抓紧|认真|集中|分别|逐[条项一级个]|基本|向|将|就|对|书面|联合|提前|予以)*(?:完成|报|上报|提出|制定|办结|反馈|答复|回复|出台|印发|整改|落实|提交|公布|公开|解决|处理|处置|办理|拿出|形成|签收|启动|建成|实现|开展|组织|召开|作出|作出|函告|告知|移交|转办|分解|研究|送达|核查|修订|到位|见效|发现|把|查漏补缺|对照)`)
)

// relative reads a limit counted from an event: 印发之日起30日内. Event is receipt,
// meeting or issue, else the words of the document.
func (r *dueReader) relative(i int) (docket.Due, int, bool) {
	m := relRE.FindStringSubmatchIndex(r.s[i:min(len(r.s), i+150)])
	if m == nil {
		return docket.Due{}, 0, false
	}
	words := r.s[i+m[2] : i+m[3]]
	d, ok := counted(r.s[i+m[4]:i+m[5]], r.s[i+m[6]:i+m[7]])
	if !ok {
		return docket.Due{}, 0, false
	}
	hi := i + m[1]
	if r.s[i+m[6]:i+m[7]] == "月" && !strings.HasSuffix(r.s[:i+m[6]], "个") && dayOfMonth.MatchString(r.s[i+m[7]:]) {
		return docket.Due{}, 0, false // 会议结束后,6月20日前: a date, not six months
	}
	limited := endsAny(r.s[i:hi], "内", "前") || doVerb.MatchString(r.after(hi))
	switch {
	case recvRE.MatchString(words):
		d.Event = "receipt"
	case meetingRE.MatchString(words):
		d.Event = "meeting"
	case pubRE.MatchString(words):
		d.Event = "issue"
	default:
		if !startsAny(r.s[i:], "自", "从") && !strings.HasPrefix(r.s[i+m[3]:], "之日") {
			return docket.Due{}, 0, false
		}
		d.Event = words
	}
	return d, hi, limited
}

// within reads a limit without its event: 15个工作日内提出…
func (r *dueReader) within(i int) (docket.Due, int, bool) {
	m := withinRE.FindStringSubmatch(r.s[i:min(len(r.s), i+60)])
	if m == nil {
		return docket.Due{}, 0, false
	}
	d, ok := counted(m[1], m[2])
	hi := i + len(m[0])
	if alone, _ := r.segment(i, hi); !ok || durationOf.MatchString(r.s[max(0, i-12):i]) || !alone && !r.told && !doVerb.MatchString(r.after(hi)) {
		return docket.Due{}, 0, false
	}
	return d, hi, true
}

// counted makes a relative due of a count and its unit.
func counted(count, unit string) (docket.Due, bool) {
	d := docket.Due{Kind: docket.DueRelative}
	n, ok := number(count)
	if count == "半" {
		switch unit {
		case "年":
			d.Count, d.Unit = 6, docket.Months
		case "月":
			d.Count, d.Unit = 15, docket.Days
		case "日", "天":
			d.Count, d.Unit = 12, docket.Hours
		default:
			return d, false
		}
		return d, true
	}
	if !ok || n == 0 || n > 3660 {
		return d, false
	}
	switch unit {
	case "工作日", "工作天":
		d.Count, d.Unit = n, docket.WorkingDays
	case "小时":
		d.Count, d.Unit = n, docket.Hours
	case "周", "星期":
		d.Count, d.Unit = 7*n, docket.Days
	case "月":
		d.Count, d.Unit = n, docket.Months
	case "季度":
		d.Count, d.Unit = 3*n, docket.Months
	case "年":
		if n > 100 {
			return d, false
		}
		d.Count, d.Unit = 12*n, docket.Months
	default:
		d.Count, d.Unit = n, docket.Days
	}
	return d, true
}

var weekRE = pattern.New(`^(本|下)?(?:周|星期|礼拜)([一二三四五六日天])(?:(?:上午|下午|中午|晚上?)?(?:([01]?[0-9]|2[0-4])(?::([0-5][0-9])|[时点]))?)(?:下班)?(之前|以前|前)?`)

// weekday reads 本周五前, 下周三17:00前 from the document's date.
func (r *dueReader) weekday(i int) (docket.Due, int, bool) {
	m := weekRE.FindStringSubmatch(r.s[i:min(len(r.s), i+60)])
	if m == nil || endsAny(r.s[:i], "每", "本", "下", "上") {
		return r.thisWeek(i)
	}
	if m[5] == "" && !r.told {
		return docket.Due{}, 0, false
	}
	d := docket.Due{Kind: docket.DueDate, At: clock(pick(m[0], "下午", "晚"), m[3], m[4], false)}
	if !r.issued.IsZero() {
		want := weekdayNo(m[2])
		have := (int(r.issued)+3)%7 + 1 // 1970-01-01 was a Thursday
		days := want - have
		if m[1] == "下" || m[1] == "" && days < 0 {
			days += 7
		}
		d.On, d.Assumed = r.issued+docket.Date(days), true
	}
	return d, i + len(m[0]), true
}

var thisWeekRE = pattern.New(`^(本|下)(?:周|星期|礼拜)(?:末|之内|以内|内)?(之前|以前|前)?`)

// thisWeek reads 本周内, 下周末前: the week ends on Sunday.
func (r *dueReader) thisWeek(i int) (docket.Due, int, bool) {
	m := thisWeekRE.FindStringSubmatch(r.s[i:min(len(r.s), i+40)])
	if m == nil || r.issued.IsZero() || m[2] == "" && !strings.HasSuffix(m[0], "内") {
		return docket.Due{}, 0, false
	}
	on := r.issued + 7 - docket.Date((int(r.issued)+3)%7+1)
	if m[1] == "下" {
		on += 7
	}
	return docket.Due{Kind: docket.DueDate, On: on, Assumed: true}, i + len(m[0]), true
}

func weekdayNo(s string) int {
	if s == "日" || s == "天" {
		return 7
	}
	n, _ := number(s)
	return n
}

func pick(s string, words ...string) string {
	for _, w := range words {
		if strings.Contains(s, w) {
			return w
		}
	}
	return ""
}

var dayWordRE = pattern.New(`^(今日|今天|当日|当天|明日|明天|后天|次日)` + hourRE + `(?:下班)?(之前|以前|前|内)?`)

// dayWord reads 今日17时前 from the document's date, and 当日办结 as a limit of no days.
func (r *dueReader) dayWord(i int) (docket.Due, int, bool) {
	m := dayWordRE.FindStringSubmatch(r.s[i:min(len(r.s), i+60)])
	if m == nil {
		return r.hourOnly(i)
	}
	hi := i + len(m[0])
	at := clock(m[2], m[3], m[4]+m[5], m[6] != "")
	if strings.HasPrefix(m[1], "当") || m[1] == "次日" {
		n := 0
		if m[1] == "次日" {
			n = 1
		}
		ok := m[7] != "" || doVerb.MatchString(r.after(hi))
		return docket.Due{Kind: docket.DueRelative, Count: n, Unit: docket.Days, Event: "receipt", At: at}, hi, ok
	}
	if m[7] == "" {
		return docket.Due{}, 0, false
	}
	d := docket.Due{Kind: docket.DueDate, At: at}
	if !r.issued.IsZero() {
		n := map[string]docket.Date{"明日": 1, "明天": 1, "后天": 2}[m[1]]
		d.On, d.Assumed = r.issued+n, true
	}
	return d, hi, true
}

var hourOnlyRE = pattern.New(`^(?:(上午|下午|中午|晚上?|凌晨)([01]?[0-9]|2[0-4])|([01]?[0-9]|2[0-4])())(?::([0-5][0-9])|[时点](?:([0-5]?[0-9])分|(半)|整|钟)?)(?:之前|以前|前)`)

// hourOnly reads 下午5时前: the hour is told, the day is not.
func (r *dueReader) hourOnly(i int) (docket.Due, int, bool) {
	m := hourOnlyRE.FindStringSubmatch(r.s[i:min(len(r.s), i+40)])
	if m == nil {
		return docket.Due{}, 0, false
	}
	at := clock(m[1], m[2]+m[3], m[5]+m[6], m[7] != "")
	return docket.Due{Kind: docket.DueDate, At: at}, i + len(m[0]), at != ""
}
