package reading

import (
	"slices"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	zhDateRe  = pattern.Both(`([0-9０-９]{4}|[〇○零一二三四五六七八九0O]{4})\s*年\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*([0-9０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*日`)
	zhDateAll = pattern.Both(`^[（(]?(?:[0-9０-９]{4}|[〇○零一二三四五六七八九0O]{4})\s*年\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*日[)）]?$`)
	months    = `(?i:(January|February|March|April|May|June|July|August|September|October|November|December))`
	monthList = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	enDateRe  = pattern.New(`(?:\b([0-9]{1,2})(?:st|nd|rd|th)?\s+)?\b` + months + `\s+(?:([0-9]{1,2}),?\s+)?([0-9]{4})\b`)
	isoDateRe = pattern.New(`\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b`)
	// numberRe is a document number: body code, year in brackets that web copies
	// lose or change (国办函38号, 〔20203, 〔201597号), running number.
	numberRe    = pattern.Both(`([\p{Han}]{1,14})\s*[〔［\[（(【﹝]\s*([0-9０-９]{4})\s*[〕］\]）)】﹞]\s*([\p{Han}]{0,3}字)?(第\s*)?([0-9０-９]{1,5})\s*号`)
	numberLoose = pattern.Both(`^([\p{Han}]{1,12}(?:发|函|办|字|规|政|通|电|纪|督|文))\s*([〔［\[（(【﹝]?)\s*((?:19|20)[0-9]{2})?\s*([〕］\]）)】﹞]?)\s*(?:第\s*)?([0-9]{1,5})\s*号?$`)
	// issueRe is the number of minutes and bulletins, which bears no body code.
	issueRe    = pattern.Both(`^[〔\[(（【]?(20[0-9]{2})[〕\])）】年]?第?([0-9]{1,3})(号|期)$`)
	numberHead = pattern.Both(`^(?:编\s*号|文\s*号|发文字号)\s*[:：]\s*`)
	enNumberRe = pattern.New(`^(?:(?i:document|report|ref(?:erence)?|paper|policy|circular|memorandum|no|number)\.?\s*(?i:no|number|ref)?\.?\s*[:#]?\s*)([A-Z0-9][A-Za-z0-9/.\-]{1,30}[0-9][A-Za-z0-9/.\-]*)$`)
	docKind    = pattern.Both(`(?:意见|方案|计划|通知|通告|公告|办法|规则|规定|规划|纲要|清单|分工|要点|措施|决定|决议|批复|纪要|细则|条例|报告|公报|函|通报|规程|指引|目录|安排|行动|说明|讲话|举措|任务书|要求|制度|章程|预案|名单|一览表|汇总表|公约|标准|提示|（[^（）]*）|\([^()]*\)|》)$`)
	addressee  = pattern.New(`^[^。；]{2,300}[：:]$`)
	// leadsOn is a sentence that leads on to what follows: …有关事项通知如下：
	leadsOn = pattern.Both(`^(?:为|根据|按照|依据|经.{2,30}(?:同意|批准|研究)|现[将就把]|兹|鉴于|今年|近[期日来]|接到|请).{4,300}[:：]$|(?:如下|以下(?:事项|意见|要求|工作)?|批示|指示)[:：]$`)
	opening = pattern.Both(`^(?:各位代表|各位委员|同志们|各位同志|女士们|各位领导|尊敬的)`)
	session = pattern.Both(`^[（(]?.{0,40}(?:通过|修订|发布|公布|批准|讨论|会议上|大会上|印发)[)）]?$`)
)

// dateLine reports whether a line is a date and nothing else.
func dateLine(s string) bool {
	if len(s) > 90 {
		return false
	}
	if zhDateAll.MatchString(s) {
		return true
	}
	s = s[len(publishedOn.FindString(s)):]
	m := enDateRe.FindString(s)
	return m != "" && m == strings.TrimRight(s, ".")
}

// publishedOn stands before the date of a paper on a line of its own.
var publishedOn = pattern.New(`^(?i:(?:first )?(?:published|issued|dated|date of (?:issue|publication)|date)(?: on)?:? )`)

// readDate finds the first full date in s, in digits or in Chinese characters.
func readDate(s string) docket.Date {
	if m := zhDateRe.FindStringSubmatch(s); m != nil {
		y, ok := hanYear(m[1])
		if !ok {
			y, _ = numeral(m[1])
		}
		mo, _ := numeral(m[2])
		d, _ := numeral(m[3])
		return day(y, mo, d)
	}
	if m := enDateRe.FindStringSubmatch(s); m != nil {
		y, _ := numeral(m[4])
		d, ok := numeral(m[1] + m[3])
		if !ok {
			d = 1
		}
		return day(y, 1+slices.Index(monthList, strings.ToLower(m[2][:3])), d)
	}
	if m := isoDateRe.FindStringSubmatch(s); m != nil {
		y, _ := numeral(m[1])
		mo, _ := numeral(m[2])
		d, _ := numeral(m[3])
		return day(y, mo, d)
	}
	return 0
}

func day(y, m, d int) docket.Date {
	if y < 1900 || y > 2200 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	return docket.NewDate(y, time.Month(m), d)
}

// readNumber reads a document number. unsure is set where brackets or the year
// were lost or changed on the way, or where the year had to be cut out of a run of digits.
func readNumber(s string) (number string, unsure, ok bool) {
	if m := numberRe.FindStringSubmatch(s); m != nil {
		series := m[3]
		if series != "" {
			series += squeeze(m[4]) // 〔2026〕批字第37号: the series is part of the number
		}
		return m[1] + "〔" + folded(m[2]) + "〕" + series + folded(m[5]) + "号", false, true
	}
	f := folded(squeeze(s))
	if m := numberLoose.FindStringSubmatch(f); m != nil && (m[2]+m[3]+m[4] != "" || strings.HasSuffix(f, "号")) {
		if m[3] == "" {
			return m[1] + m[5] + "号", true, true
		}
		return m[1] + "〔" + m[3] + "〕" + m[5] + "号", true, true
	}
	return "", false, false
}

// numberLine reads a line that is a document number and little else.
func numberLine(s string) (number string, unsure, ok bool) {
	if len(s) > 240 {
		return "", false, false
	}
	if m := issueRe.FindStringSubmatch(squeeze(folded(s))); m != nil {
		return "〔" + m[1] + "〕" + m[2] + m[3], false, true
	}
	if runes(s) > 40 || ended(s) {
		return "", false, false
	}
	s = numberHead.ReplaceAllString(s, "")
	if number, unsure, ok = readNumber(s); ok {
		return number, unsure, runes(squeeze(s)) <= runes(number)+8
	}
	if m := enNumberRe.FindStringSubmatch(s); m != nil {
		return m[1], false, true
	}
	return "", false, false
}

// front reads the front matter of the first region, whose front paragraphs are
// marked by frontLines. hint is the title the file itself carries.
func (r *reader) front(reg *region, hint string) Front {
	var f Front
	var title []string
	done := false
	for i := reg.start; i < reg.frontEnd; i++ {
		p := &r.paras[i]
		if p.furniture() || p.table != nil {
			continue
		}
		n, unsure, ok := numberLine(p.text)
		switch {
		case len(title) == 0 && annexRe.MatchString(p.text) && runes(p.text) < 10: // the word above an annex's title
		case ok:
			if f.Number == "" {
				f.Number = n
				if unsure {
					f.Findings = append(f.Findings, docket.Finding{Code: docket.FindNumberUnsure, Severity: docket.Doubt,
						Field: "number", Args: map[string]string{"words": p.text}})
				}
			}
			done = len(title) > 0
		case dateLine(p.text) || strings.HasPrefix(p.text, "——") || session.MatchString(p.text):
			if f.IssuedOn.IsZero() {
				f.IssuedOn = readDate(p.text)
			}
			done = done || len(title) > 0
		case opening.MatchString(p.text):
			done = true
		case leadsOn.MatchString(p.text): // no title and nobody is addressed
			done = done || len(title) > 0
		case addressee.MatchString(p.text) && !docKind.MatchString(strings.TrimRight(p.text, "：:")):
			if (len(title) > 0 || f.Number != "") && len(f.Addressees) == 0 && (r.lang == "zh" || toWhom.MatchString(p.text)) {
				f.Addressees = names(strings.TrimRight(p.text, "：:"))
				done = true
			}
		case presentRe.MatchString(p.text), outcomes.MatchString(p.text):
			done = true
		case p.kind == paper.Heading && !done && len(title) == 0:
			title, done = []string{p.text}, true
		case !done && pageTitle.MatchString(p.text): // the page's heading: 青政办发〔2026〕3号《…的通知》
			m := pageTitle.FindStringSubmatch(p.text)
			title = []string{m[2]}
			if f.Number == "" {
				f.Number, _, _ = readNumber(m[1])
			}
		case !done && p.title() && !banner.MatchString(p.text) && !itemNo(p.text):
			whole := strings.Join(title, "")
			if len(title) > 0 && docKind.MatchString(whole) && !docKind.MatchString(p.text) {
				done = true
			} else if len(title) > 0 && (strings.HasPrefix(squeeze(whole), squeeze(p.text)) || len(whole) > 300) {
				done = true // the page's own heading, then the paper's title
			} else {
				title = append(title, p.text)
			}
		case strings.HasSuffix(p.text, "文件") && banner.MatchString(p.text):
			f.Issuer = strings.TrimSuffix(p.text, "文件")
		}
	}
	f.Title = joinTitle(title)
	if f.Title == "" || !docKind.MatchString(f.Title) && docKind.MatchString(hint) ||
		runes(f.Title) <= 8 && strings.Contains(hint, f.Title) {
		f.Title = hint
	}
	if f.Title == "" && r.lang == "en" {
		f.Title = r.shortLine(reg)
	}
	r.signature(reg, &f)
	if f.Issuer == "" {
		f.Issuer = issuerOf(f.Title)
	}
	r.fromCard(&f)
	if f.Issuer == "" {
		f.Issuer = issuerOf(f.Title)
	}
	f.Level = levelOf(f.Issuer, f.Number)
	return f
}

// shortLine is the title that a page sets as a sentence: "Scrutiny letters."
func (r *reader) shortLine(reg *region) string {
	for i := reg.start; i < reg.end; i++ {
		if p := &r.paras[i]; !p.furniture() {
			if s := strings.TrimSuffix(p.text, "."); p.table == nil && !p.labeled && runes(s) <= 60 && !ended(s) && s != p.text {
				return s
			}
			break
		}
	}
	return ""
}

// banner is the red head of a paper or a mark of urgency above it.
var banner = pattern.Both(`^(?:特急|加急|平急|特提|[0-9]{6}|.{2,30}文件|签发人：.{0,10}|索引号.{0,60}|发文字号.{0,3}|主题分类.{0,40}|新华社.{0,30}电|(?:来源|发布时间|发布日期|成文日期)：?.{0,40})$`)

// toWhom opens a line of addressees in English; another line before a colon is a heading.
var toWhom = pattern.New(`^(?i:to|dear|for|memorandum (?:for|to)|all)\b`)

// pageTitle is a title in title marks on a line of its own, behind its number or alone.
var pageTitle = pattern.Both(`^([\p{Han}]{1,14}\s*〔[0-9]{4}〕\s*[0-9]{1,5}\s*号)?\s*《([^《》]{4,120}(?:意见|方案|计划|通知|通告|办法|规划|措施|细则|决定|纪要|要点))》$`)

// presentRe opens the list of who met.
var presentRe = pattern.Both(`^(?i:(?:(?:also )?present|in attendance|attendees|attended by|apologies(?: for absence)?)\s*:)|^(?:出席|参加|列席|请假|主持|记录|时间|地点)(?:人员?|单位|会议)?\s*[:：]`)

func joinTitle(lines []string) string {
	t := ""
	for _, l := range lines {
		if t != "" {
			t += sepFor(t, l)
		}
		t += l
	}
	if isHan(firstRune(t)) && spacedOut(t) {
		return squeeze(t)
	}
	return t
}

// signature reads issuer and date from the end of the region: 某某人民政府, date.
func (r *reader) signature(reg *region, f *Front) {
	for i := reg.end - 1; i >= reg.tail && reg.tail > 0; i-- {
		p := &r.paras[i]
		if p.furniture() || !dateLine(p.text) {
			continue
		}
		if d := readDate(p.text); !d.IsZero() {
			f.IssuedOn = d
		}
		var signers []string
		for j := i - 1; j >= reg.tail; j-- {
			q := &r.paras[j]
			if q.furniture() {
				continue
			}
			if q.labeled || footLine.MatchString(q.text) || !q.title() || runes(q.text) > 40 || attachNote.MatchString(q.text) {
				break
			}
			signers = append([]string{squeezeHan(q.text)}, signers...)
		}
		if len(signers) > 0 {
			f.Issuer = strings.Join(signers, "、")
		}
		return
	}
}

func squeezeHan(s string) string {
	if isHan(firstRune(s)) {
		return squeeze(s)
	}
	return s
}

// names splits the addressees: at commas, and at 、 where every part is a body
// of its own (各省、自治区、直辖市人民政府 is one). Brackets are not looked into.
func names(s string) (out []string) {
	for _, group := range splitAt(s, "，,；;") {
		parts := splitAt(group, "、")
		for _, p := range parts {
			if !bodyRe.MatchString(p) {
				parts = []string{group}
				break
			}
		}
		out = append(out, parts...)
	}
	return out
}

var bodyRe = pattern.Both(`(?:政府|部|委|局|厅|办|院|会|署|处|司|室|机构|部门|单位|公司|集团|中心|学校|大学|学院|医院|企业|党委|党组|银行|办事处|同志|[^\p{Han}])$`)

func splitAt(s, marks string) (out []string) {
	depth, from := 0, 0
	cut := func(to int) {
		if n := strings.TrimSpace(s[from:to]); n != "" {
			out = append(out, n)
		}
	}
	for i, r := range s {
		switch {
		case strings.ContainsRune("（(〔[［", r):
			depth++
		case strings.ContainsRune("）)〕]］", r):
			depth--
		case depth <= 0 && strings.ContainsRune(marks, r):
			cut(i)
			from = i + len(string(r))
		}
	}
	cut(len(s))
	return out
}

var issuerRe = pattern.Both(`^(.{1,40}?(?:国务院|人民政府|办公厅|办公室|委员会|党委|市委|省委|区委|县委|局|厅|部|委|院|会|署|总局))(?:关于|转发|印发|工作报告|工作规则|(?:专题|常务|办公)?会议纪要|20[0-9]{2}年)`)

func issuerOf(title string) string {
	t := strings.TrimPrefix(title, "中华人民共和国")
	if strings.HasPrefix(t, "国务院关于") {
		return "国务院"
	}
	if m := issuerRe.FindStringSubmatch(squeezeHan(title)); m != nil {
		return m[1]
	}
	return ""
}

var (
	national   = pattern.Both(`^(?:中共中央|国务院|中央|全国|国家|中华人民共和国|最高|[\p{Han}]{2,9}部$|[\p{Han}]{2,9}总局$|U\.?S\.|United States|Federal|HM |Office of Management)`)
	provincial = pattern.Both(`(?:^[\p{Han}]{2,4}省|^省|自治区|^(?:北京|天津|上海|重庆)市(?:人民政府|委|政府))`)
	county     = pattern.Both(`(?:[\p{Han}]+市)?[\p{Han}]{1,8}(?:区|县|旗)(?:人民政府|委|政府|[\p{Han}]{0,10}局|人民)|^(?:区|县)`)
	township   = pattern.Both(`[\p{Han}]{1,8}(?:镇|乡|街道)(?:人民政府|办事处|党委|党工委)`)
	city       = pattern.Both(`[\p{Han}]{1,6}(?:市|州|盟)|^市|City|Borough|Town`)
)

// levelOf tells the level of government from the name of the issuer, else from
// the first character of the number (国发, 国办发 are national).
func levelOf(issuer, number string) docket.Level {
	switch {
	case issuer == "" && strings.HasPrefix(number, "国"), issuer != "" && national.MatchString(issuer) && !provincial.MatchString(issuer):
		return docket.National
	case issuer == "":
		return ""
	case township.MatchString(issuer):
		return docket.Township
	case county.MatchString(issuer) && !provincial.MatchString(issuer):
		return docket.County
	case provincial.MatchString(issuer):
		return docket.Provincial
	case city.MatchString(issuer):
		return docket.City
	case strings.Contains(issuer, "County"):
		return docket.County
	}
	return ""
}
