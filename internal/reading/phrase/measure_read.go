package phrase

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	notBefore = pattern.New(`(?:第|前|No\.|M-|(?i:figure|table|section|action|goal|phase|step|page|version|article|item|appendix|chapter)|约谈|电话:?|热线|传真:?)\s?$|[A-Za-z]-?$|\d[-—]$`)
	lessWord  = pattern.New(`(?:不(?:得|应|能|宜|可)?(?:超过|高于|大于|多于|超)|控制在|压减到|压缩到|压缩至|压降至|降到|降至|下降到|降低到|低于|少于|小于|最多|至多)` + against)
	moreWord  = pattern.New(`(?:不(?:得|应|能|宜|可)?(?:低于|少于|小于)|至少|超过|突破|超|高于|大于|多于|最少)` + against)
	keepWord  = pattern.New(`(?:保持在|稳定在|维持在|保持|稳定|巩固在|控制和保持在)(?:约)?$`)
	nearWord  = pattern.New(`(?:约|近|大约|接近)$`)
	above     = pattern.New(`^(?:[(（][^()]{1,12}[)）])?(?:及)?(?:以上|及以上|或以上)`)
	below     = pattern.New(`^(?:以下|以内|之内|及以下)`)
	around    = pattern.New(`^(?:左右|上下)`)
	lessEN    = pattern.New(`(?i)(?:less than|fewer than|no more than|not more than|at most|up to|below|under|maximum of|reduce[^,.;]{0,60} to)\s?[£$€]?$`)
	moreEN    = pattern.New(`(?i)(?:at least|more than|over|above|not less than|no fewer than|no less than|minimum of|exceed(?:ing)?|in excess of)\s?[£$€]?$`)
	nearEN    = pattern.New(`(?i)(?:about|around|approximately|roughly|some)\s?[£$€]?$`)
	keepEN    = pattern.New(`(?i)(?:maintain(?:ed|ing)?(?: at)?|hold at|keep(?: at)?)\s?$`)
	orMore    = pattern.New(`^(?i: or (?:more|higher|above|greater)|\+)`)
	orLess    = pattern.New(`^(?i: or (?:less|fewer|lower|below))`)
	fromEN    = pattern.New(`(?i)\bfrom (?:about |around )?[£$€]?$`)
	toEN      = pattern.New(`^(?i:[^,.;0-9]{0,30} to (?:about |at least |over )?[£$€]?[0-9])`)
	mustWord  = pattern.New(`确保|务必|必须|坚决`)
	wishWord  = pattern.New(`力争|争取|努力|奋力|力促|(?i:\baim(?:s|ing)? to\b|\baspire|\bstrive)`)
	timeUnit  = pattern.New(`^(?:岁|周岁|小时|分钟|秒|天|个月|个工作日|工作日|年|位|级台阶|强|度|期班|档|成)$`)
	timeGoal  = pattern.New(`(?:压缩|缩短|减少|控制|不超过|提速|降至|降到|压减|延长|提高|增加|达到|达)[^,;。]{0,14}$`)
	ageOf     = pattern.New(`^(?:以上|以下|及以上)?的?(?:老年人|老人|儿童|妇女|居民|人口|学生|人群|青年|职工|周岁)`)
	englishNo = pattern.New(`^(?i:and|or|of|the|to|in|on|at|for|with|by|from|th|st|nd|rd|is|are|was|were|which|that|years?|days?|months?|weeks?|hours?|minutes?|january|february|march|april|may|june|july|august|september|october|november|december|working|calendar|budget|action|plan|actions)\b`)
)

// against is what a limit may be measured by: 不低于上年110%, 不高于全省平均水平的80%.
const against = `(?:约|平均|(?:上年|去年|全[国省市县区]|国家|同期)(?:同期|总量)?(?:平均)?(?:水平)?的?)?$`

// counts decides whether a number with its unit is a target.
func (m *measurer) counts(f figure) bool {
	head, tail := m.s[max(0, f.lo-60):f.lo], m.s[f.hi:min(len(m.s), f.hi+40)]
	if notBefore.MatchString(head) || atLabel(m.s, f) || fromEN.MatchString(head) && toEN.MatchString(tail) {
		return false
	}
	if f.doubled || f.fraction {
		return true
	}
	if f.chinese {
		return m.hanCounts(f, head, tail)
	}
	if f.unit == "" {
		return moreEN.MatchString(head) || lessEN.MatchString(head) || moreWord.MatchString(head) || lessWord.MatchString(head) || orMore.MatchString(tail) || orLess.MatchString(tail)
	}
	if !hasHan(f.unit) && f.unit != "%" {
		return !englishNo.MatchString(f.unit) && !(f.value >= 1900 && f.value < 2100 && f.value == float64(int(f.value)) && !f.ranged)
	}
	if timeUnit.MatchString(f.unit) {
		return timeGoal.MatchString(head) && !ageOf.MatchString(tail) && !startsAny(tail, "养老", "生活圈", "服务圈", "便民", "圈")
	}
	if f.value >= 1e6 && f.unit == "" {
		return false
	}
	return !(startsAny(tail, "五年规划", "规划") || f.unit == "次" && startsAny(tail, "会议", "全会", "常务"))
}

// hanCounts: a Chinese numeral counts only with a measure word in a plain count
// (建成三个中心), never in idiom (三个清单, 一项).
func (m *measurer) hanCounts(f figure, head, tail string) bool {
	if f.unit == "" || timeUnit.MatchString(f.unit) || f.value < 2 {
		return false
	}
	if strings.HasSuffix(head, "(") || strings.HasPrefix(tail, ")") || strings.HasSuffix(head, "第") || strings.HasSuffix(head, "双") {
		return false
	}
	switch f.unit {
	case "级", "度", "部", "类", "门", "家", "户", "人", "口", "对", "组", "片", "块", "批", "次", "元", "只", "头", "起", "班", "架", "场", "篇", "件", "张", "间", "支", "种", "条":
		return verbBefore.MatchString(head) && f.unit != "度" && f.unit != "级"
	}
	return verbBefore.MatchString(head) || above.MatchString(tail)
}

var verbBefore = pattern.New(`(?:建成|建设|完成|新建|新增|打造|培育|实施|启动|开工|推出|落实|创建|举办|开展|引进|形成|办好|办成|改造|设立|布局|争创|争取|达到|不少于|至少|超过|以上|出台|制定|开通|组建|抓好|推进)(?:了|约)?$`)

// atLabel reports whether the number is the label of its line: 1.  7.2
func atLabel(s string, f figure) bool {
	from := max(0, f.lo-24)
	if f.lo > 24 && strings.IndexByte(s[from:f.lo], '\n') < 0 {
		return false
	}
	line := s[from+strings.LastIndexByte(s[from:f.lo], '\n')+1 : f.lo]
	before := strings.TrimLeft(line, " *#|(-")
	if before != "" {
		return false
	}
	rest := s[f.hi:]
	return f.unit == "" && startsAny(rest, ".", "、", ")", " ") || f.unit != "" && f.unitAt < f.hi && s[f.unitAt] == ' ' && !hasHan(f.unit)
}

// add makes a measure of a figure, with direction and strength from the words around it.
func (m *measurer) add(f figure) {
	segLo := m.segment(f.lo)
	head, tail := m.s[segLo:f.lo], m.s[f.hi:min(len(m.s), f.hi+60)]
	r := docket.MeasureRead{Value: f.value, Unit: f.unit, Direction: docket.Exactly}
	lo, hi := f.lo, f.hi
	set := func(d docket.Direction) { r.Direction = d }
	if f.ranged {
		r.High = f.high
		set(docket.Between)
	} else if f.doubled {
		set(docket.AtLeast)
	}
	cue := ""
	for _, c := range []struct {
		re *pattern.Pattern
		d  docket.Direction
	}{{nearWord, docket.About}, {nearEN, docket.About}, {moreWord, docket.AtLeast}, {moreEN, docket.AtLeast}, {lessWord, docket.AtMost}, {lessEN, docket.AtMost}, {keepWord, docket.Maintain}, {keepEN, docket.Maintain}} {
		// the longest cue counts: 不低于 holds 低于
		if x := c.re.FindString(head); len(x) > len(cue) && !f.ranged {
			cue = x
			set(c.d)
		}
	}
	lo -= len(cue)
	for _, c := range []struct {
		re *pattern.Pattern
		d  docket.Direction
	}{{above, docket.AtLeast}, {orMore, docket.AtLeast}, {below, docket.AtMost}, {orLess, docket.AtMost}, {around, docket.About}} {
		if x := c.re.FindString(tail); x != "" {
			hi += len(x)
			if r.Direction != docket.Maintain && !f.ranged {
				set(c.d)
			}
		}
	}
	if r.Unit == "%" && r.Value == 100 && r.Direction == docket.Exactly {
		set(docket.Full)
	}
	r.Strength = m.strengthAt(f.lo)
	r.Name = m.nameOf(segLo, lo, hi)
	r.Words = m.v.words(lo, hi)
	r.From = docket.Provenance{Origin: docket.OwnWords, Span: m.v.span(lo, hi)}
	m.out = append(m.out, r)
}

// segment is where the segment before a number begins, at most 240 bytes back.
func (m *measurer) segment(at int) int {
	lo := max(m.from, at-240)
	lo += strings.LastIndexAny(m.s[lo:at], ",;。\n") + 1
	for lo < at && m.s[lo]&0xc0 == 0x80 {
		lo++
	}
	return lo
}

// besideDue leaves the last deadline out of the words before a number: those behind it
// name what is measured, or if there are none, those before it.
func (m *measurer) besideDue(lo, hi int) (int, int) {
	if m.next == 0 {
		return lo, hi
	}
	d := m.taken[m.next-1]
	switch {
	case d[1] <= lo || d[1] > hi:
		return lo, hi
	case d[0] > lo && runes(linkTail.ReplaceAllString(strings.Trim(m.s[d[1]:hi], " "), "")) < 2:
		return lo, d[0]
	}
	return d[1], hi
}

// strengthAt looks for 确保 and 力争 in the sentence before the number; the nearest wins.
func (m *measurer) strengthAt(at int) docket.Strength {
	lo := max(0, at-180)
	s := m.s[lo:at]
	if i := strings.LastIndexAny(s, "。;\n"); i >= 0 {
		s = s[i:]
	}
	if !strings.ContainsAny(s, "确务必坚力争努奋") && hasHan(s) {
		return ""
	}
	must, wish := lastMatch(mustWord, s), lastMatch(wishWord, s)
	switch {
	case must < 0 && wish < 0:
		return ""
	case wish > must:
		return docket.Stretch
	}
	return docket.Must
}

func lastMatch(re *pattern.Pattern, s string) int {
	all := re.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return -1
	}
	return all[len(all)-1][0]
}

var (
	leadVerbs = pattern.New(`^(?:其中|并|以及|和|及|、|力争|确保|争取|努力|全市|全省|全区|全年|年内|累计|计划|要|将|使|推动|推进|实现|完成|建成运营|建成投用|建成|新建|新增|改造|建设|打造|开展|组织|实施|提供|培训|创建|培育|新开工|开工建设|竣工|发放|整治|举办|扶持|资助|引进|选派|力促|创新|提升|发展|打通|打造|完善|为|对|至少|共|达到)+`)
	lineLabel = pattern.New(`^[*#\s-]*(?:[(]?[一二三四五六七八九十0-9]{1,3}[)、.．]+\s*)`)
	linkTail  = pattern.New(`(?:分别|均|都|总量|数量)?(?:达到|达|提高到|提升到|提高至|增加到|增长到|增长|提高|提升|突破|超过|下降|降低|减少|压减|压缩|控制在|保持在|稳定在|保持|实现|完成|为|到|至|由|从|约|近|不低于|不少于|不超过|超)+$`)
	afterNoun = pattern.New(`^(?:的)?([^,;。、()\n0-9]{2,20})`)
)

// nameOf tells what is measured as near as the words do: what stands before the
// number in its segment, else what follows it.
func (m *measurer) nameOf(segLo, lo, hi int) string {
	segLo, lo = m.besideDue(segLo, lo)
	if segLo == m.from || m.s[segLo-1] == '\n' {
		segLo += len(lineLabel.FindString(m.s[segLo:lo]))
	}
	for segLo < lo && strings.ContainsRune(" *|", rune(m.s[segLo])) {
		segLo++
	}
	head := m.s[segLo:lo]
	if i := strings.LastIndex(head, "、"); i >= 0 {
		segLo += i + len("、")
		head = m.s[segLo:lo]
	}
	if i := strings.LastIndexByte(head, '('); i >= 0 && !strings.Contains(head[i:], ")") {
		segLo += i + 1
		head = m.s[segLo:lo]
	}
	direction := ""
	end := lo
	if x := linkTail.FindStringIndex(head); x != nil {
		direction = pick(head[x[0]:], "增长", "下降", "降低", "减少", "压减", "压缩", "提高", "提升")
		if strings.Contains(head[x[0]:], direction+"到") || strings.Contains(head[x[0]:], direction+"至") {
			direction = ""
		}
		end = segLo + x[0]
		if direction != "" {
			end += strings.Index(head[x[0]:], direction) + len(direction)
		}
	}
	if !hasHan(m.s[segLo:min(len(m.s), hi+60)]) {
		return m.nameEnglish(segLo, lo, hi)
	}
	if i := fromOld.FindStringIndex(m.s[segLo:end]); i != nil {
		end = segLo + i[0]
	}
	start := segLo + len(leadVerbs.FindString(m.s[segLo:end]))
	if start < end && runes(m.s[start:end]) >= 2 && runes(m.s[start:end]) <= 40 && m.s[start:end] != direction {
		return strings.TrimSpace(m.v.words(start, end))
	}
	if x := afterNoun.FindStringSubmatchIndex(m.s[hi:min(len(m.s), hi+90)]); x != nil {
		return strings.TrimSpace(m.v.words(hi+x[2], hi+x[3]))
	}
	if runes(m.s[segLo:end]) >= 2 { // 建成3所: nothing but the deed is told
		return strings.TrimSpace(m.v.words(segLo, end))
	}
	return ""
}

var (
	// fromOld begins the value before a change: 由每月653元提高到676元.
	fromOld   = pattern.New(`(?:由|从)[^,;。]{0,30}[0-9]|(?:分别)?(?:由|从)(?:每[月年人])*$`)
	nounAfter = pattern.New(`^ (?:of )?((?:[A-Za-z][A-Za-z-]* ?){1,6})`)
	verbFirst = pattern.New(`^(?i:[a-z]+) `)
)

// nameEnglish takes the words behind the figure, or failing that those before it.
func (m *measurer) nameEnglish(segLo, lo, hi int) string {
	if x := nounAfter.FindStringSubmatchIndex(m.s[hi:min(len(m.s), hi+80)]); x != nil {
		return strings.TrimSpace(m.v.words(hi+x[2], hi+x[3]))
	}
	start := segLo + len(verbFirst.FindString(m.s[segLo:lo]))
	if start < lo && strings.TrimSpace(m.s[start:lo]) != "" {
		return strings.TrimSpace(m.v.words(start, lo))
	}
	return ""
}

var (
	fullRE = pattern.New(`^(?:全覆盖|全面覆盖|清零|应[\p{Han}]尽[\p{Han}])`)
	rankRE = pattern.New(`^前(列|茅|([一二三四五六七八九十]{1,2}|[0-9]{1,3})(?:名|位|%)?)`)
	rankOf = pattern.New(`(?:位居|位列|进入|跻身|保持|居|排名|列|稳居|迈入|走在|处于|全国|全省|全市|全区|省|市|同类|一流|的)[^,;。]{0,10}$`)
)

// word reads targets without a number: 全覆盖, 清零, 前列, 前三.
func (m *measurer) word(i int) int {
	w := m.s[i:min(len(m.s), i+30)]
	r := docket.MeasureRead{Direction: docket.Full, Value: 100, Unit: "%"}
	x := fullRE.FindString(w)
	switch {
	case strings.HasPrefix(x, "应"):
		return i + len(x) // a principle, not a figure
	case x == "清零":
		r.Value, r.Unit = 0, ""
	case x == "":
		g := rankRE.FindStringSubmatch(w)
		if g == nil || !rankOf.MatchString(m.s[max(0, i-45):i]) {
			return 0
		}
		x, r.Direction, r.Value, r.Unit = g[0], docket.Rank, 0, ""
		if n, ok := number(g[2]); ok {
			r.Value = float64(n)
		}
		if strings.HasSuffix(x, "%") {
			r.Unit = "%"
		}
	}
	segLo := m.segment(i)
	hi := i + len(x)
	r.Strength = m.strengthAt(i)
	r.Name = m.nameOf(segLo, i, hi)
	r.Words = m.v.words(i, hi)
	r.From = docket.Provenance{Origin: docket.OwnWords, Span: m.v.span(i, hi)}
	m.out = append(m.out, r)
	return hi
}
