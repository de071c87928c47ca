package phrase

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// everyRE: 1 period, 2 month, 3 first/last month words, 4 day, 5 part or weekday,
// 6 bracket, 7 count after the period's end, 8 its unit, 9–13 hour, 14 前.
var everyRE = pattern.New(`^每(?:个)?(工作日|日|天|两周|双周|周|星期|旬|半月|半个月|月|两个?月|双月|季度|季|半年度?|年度?|学期)(?:(1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])月份?)?(首月|末月|次月|第[一二三1-3]个月的?|首日|的)?(?:` + dayRE + `|(底|末|初|中旬|上旬|下旬|月底|季末|[一二三四五六日天]))?(\([^()]{1,40}\))?(?:(?:结束|终了)后` + countRE + unitRE + `内)?` + hourRE + `(之前|以前|前)?`)

var everyOf = map[string]string{
	"工作日": "day", "日": "day", "天": "day", "周": "week", "星期": "week", "两周": "twoweeks", "双周": "twoweeks",
	"旬": "tenday", "半月": "halfmonth", "半个月": "halfmonth", "月": "month", "两月": "twomonths", "两个月": "twomonths", "双月": "twomonths",
	"季": "quarter", "季度": "quarter", "半年": "half", "半年度": "half", "年": "year", "年度": "year", "学期": "half",
}

// regular are the acts that make 每月 a deadline rather than a rate (每月653元).
var regular = pattern.New(`^(?:,|至少|不少于|定期|集中|要|应|须|向|将|对|由|组织|牵头|分别|以书面形式|[一二两三四1-9]次)*(?:报|上报|报送|汇报|调度|通报|反馈|汇总|召开|开展|检查|督查|督导|抽查|评估|公布|发布|刊发|编发|推送|更新|分析|研究|梳理|总结|推进|一次|1次|听取|专题|会商|考核|巡查|监测|统计|晾晒|排名|公示|盘点|复盘|完成|市|省|区|县|州|旗|[^,;。]{1,20}(?:报送|上报|报告|汇报|通报|备案))`)

var rate = pattern.New(`[人户生家亩吨床位]$`)

// every reads a deadline that comes again: 每月25日前, 每季度末.
func (r *dueReader) every(i int) (docket.Due, int, bool) {
	m := everyRE.FindStringSubmatch(r.s[i:min(len(r.s), i+160)])
	if m == nil || rate.MatchString(r.s[max(0, i-3):i]) && !endsAny(r.s[:i], "单位", "国家", "专家", "企业家") {
		return docket.Due{}, 0, false
	}
	hi := i + len(m[0])
	if m[3] == "的" && m[4] == "" && m[5] == "" {
		return docket.Due{}, 0, false
	}
	d := docket.Due{Kind: docket.DueRecurring, Every: everyOf[m[1]]}
	weekly := m[1] == "周" || m[1] == "星期"
	switch {
	case m[4] != "":
		d.Day, _ = number(m[4])
	case weekly && m[5] != "":
		d.Day = weekdayNo(m[5])
	case m[5] == "中旬":
		d.Day = 20
	case m[5] == "上旬":
		d.Day = 10
	}
	if m[7] != "" {
		c, ok := counted(m[7], m[8])
		if !ok {
			return docket.Due{}, 0, false
		}
		d.Count, d.Unit = c.Count, c.Unit
	}
	if mon, ok := number(m[2]); ok && m[2] != "" {
		r.firstOf(&d, mon, m[5])
	}
	stated := m[4] != "" || m[5] != "" && (weekly || m[5] != "一" && m[5] != "二" && m[5] != "三" && m[5] != "日") || m[7] != "" || m[14] != "" || m[2] != ""
	d.At = clock(m[9], m[10], m[11]+m[12], m[13] != "")
	alone, _ := r.segment(i, hi)
	return d, hi, stated || alone || regular.MatchString(r.s[hi:min(len(r.s), hi+120)])
}

// firstOf sets the first day of a yearly deadline from the document's date.
func (r *dueReader) firstOf(d *docket.Due, month int, part string) {
	if r.issued.IsZero() {
		return
	}
	w := when{month: month, day: d.Day, part: part}
	y := r.issued.Time().Year()
	_, on := w.inYear(y, r.issued)
	if on < r.issued {
		_, on = w.inYear(y+1, r.issued)
	}
	d.On, d.Assumed = on, true
}

var (
	byPeriod   = pattern.New(`^(?:按|逐)(日|周|旬|月|季度|季|半年|年度|年)(?:度)?`)
	reportName = pattern.New(`^(日|周|旬|半月|月|季|半年|年)报(?:告)?(?:制度|制)?`)
	periodDo   = pattern.New(`^(?:调度|报|通报|推进|汇总|更新|公布|督|分析|研判|检查|考核|反馈|会商|盘点|评估|晾晒|监测|统计|落实|分解|梳理|销号|清零|总结)`)
	runs       = pattern.New(`(?:实行|执行|建立|落实|坚持|实施|严格|按|[,;。:()、·|\n])$`)
)

// periodic reads 按月调度, 逐旬, 月报.
func (r *dueReader) periodic(i int) (docket.Due, int, bool) {
	window := r.s[i:min(len(r.s), i+40)]
	if m := byPeriod.FindStringSubmatch(window); m != nil {
		hi := i + len(m[0])
		alone, _ := r.segment(i, hi)
		report := strings.HasPrefix(r.s[hi:], "报")
		return docket.Due{Kind: docket.DueRecurring, Every: everyOf[m[1]], Report: report}, hi, alone || periodDo.MatchString(r.after(hi))
	}
	if m := reportName.FindStringSubmatch(window); m != nil && (i == 0 || runs.MatchString(r.s[max(0, i-12):i])) {
		return docket.Due{Kind: docket.DueRecurring, Every: everyOf[m[1]], Report: true}, i + len(m[0]), true
	}
	return docket.Due{}, 0, false
}

var (
	continueRE = pattern.New(`^(年内|全年)?(?:持续(?:推进|实施|开展|深化|落实|抓好|用力|加强)|长期(?:坚持|推进|实施|抓好)|常态化(?:推进|开展|实施|坚持)|全年推进|常抓不懈|持续|长期|常态化|全年|常年)`)
	vagueRE    = pattern.New(`^(?:尽快|尽早|适时|择机)`)
	// openEnd is what makes 持续推进 a term rather than a verb: nothing follows it.
	conditionRE = pattern.New(`^(?:成熟一(?:个|批|项|家|条)[、,]?(?:启动|推进|实施|建设|发布|出台|推广|报批|开工)一(?:个|批|项|家|条)|(?:条件成熟|具备条件|条件具备)(?:时|后|的)?(?:,)?|待[^,;。\n]{1,30}后|需要?分(?:省|市|州|县|区|地区|部门|年度)[^,;。\n]{0,8}的|视[^,;。\n]{0,8}情况?而定|视情)`)
)

// continuing reads work without an end: 持续推进, 长期坚持 at the end of a segment.
// With 年内 the last day of the year is kept beside it.
func (r *dueReader) continuing(i int) (docket.Due, int, bool) {
	m := continueRE.FindStringSubmatch(r.s[i:min(len(r.s), i+40)])
	if m == nil {
		return docket.Due{}, 0, false
	}
	hi := i + len(m[0])
	start := i
	for _, and := range []string{"并", "且", "并将"} {
		start -= len(r.s[:start]) - len(strings.TrimSuffix(r.s[:start], and))
	}
	if alone, _ := r.segment(start, hi); !alone {
		return docket.Due{}, 0, false
	}
	d := docket.Due{Kind: docket.DueContinuing}
	if m[1] == "年内" && !r.issued.IsZero() {
		d.On, d.Assumed = docket.NewDate(r.issued.Time().Year(), 12, 31), true
	}
	return d, hi, true
}

// vague reads 尽快, 适时: no day can be told, a review date is required.
func (r *dueReader) vague(i int) (docket.Due, int, bool) {
	m := vagueRE.FindString(r.s[i:min(len(r.s), i+12)])
	return docket.Due{Kind: docket.DueContinuing}, i + len(m), m != ""
}

// conditional reads 成熟一个、启动一个.
func (r *dueReader) conditional(i int) (docket.Due, int, bool) {
	m := conditionRE.FindString(r.s[i:min(len(r.s), i+120)])
	return docket.Due{Kind: docket.DueConditional}, i + len(m), m != ""
}

var (
	termRE  = pattern.New(`^(?:有效期(?:限)?|实施期限|试行期(?:限)?|执行期(?:限)?|施行期限|规划期限?)(?:延长|延续|顺延)?(?:为|至|到|自|从|:)*`)
	forceRE = pattern.New(`^自(.{0,40}?)(?:之日)?起(?:正式)?(?:施行|执行|实施|生效|试行)`)
	spanRE  = pattern.New(`^` + countRE + `个?(年|月)`)
	untilRE = pattern.New(`^[,、]?(?:有效期(?:限)?)?(?:为|至|到)*`)
)

// validity reads the term a document is in force; it is not a task's deadline.
func (r *dueReader) validity(i int) (docket.Due, int, bool) {
	d := docket.Due{Kind: docket.DueValidity}
	if m := forceRE.FindStringSubmatchIndex(r.s[i:min(len(r.s), i+110)]); m != nil {
		hi := i + m[1]
		if w, ok := r.parseWhen(i + m[2]); ok && w.exact {
			d.From, _, _, _ = r.days(w)
		} else {
			d.Event = "issue"
		}
		n := len(untilRE.FindString(r.after(hi)))
		if end, ok := r.term(&d, hi+n); ok {
			hi = end
		}
		return d, hi, true
	}
	t := termRE.FindString(r.s[i:min(len(r.s), i+40)])
	if t == "" {
		return d, 0, false
	}
	hi, ok := r.term(&d, i+len(t))
	return d, hi, ok
}

// term reads the end of a validity: a date, a range of dates, or a count of years.
func (r *dueReader) term(d *docket.Due, i int) (int, bool) {
	if m := spanRE.FindStringSubmatch(r.s[i:min(len(r.s), i+30)]); m != nil && !strings.HasPrefix(m[0], "20") {
		c, ok := counted(m[1], m[2])
		d.Count, d.Unit, d.Event = c.Count, c.Unit, "issue"
		return i + len(m[0]), ok
	}
	w, ok := r.parseWhen(i)
	if !ok {
		return 0, false
	}
	if t := rangeTo.FindString(r.after(w.hi)); t != "" {
		if w2, ok := r.parseWhen(w.hi + len(t)); ok {
			d.From, _, _, _ = r.days(w)
			if w2.year == 0 {
				w2.year = w.year
			}
			_, d.On, _, _ = r.days(w2)
			return w2.hi, true
		}
	}
	_, d.On, _, _ = r.days(w)
	return w.hi, true
}
