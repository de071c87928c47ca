package phrase

import (
	"strconv"
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// figure is one number with its unit, found in the folded text.
type figure struct {
	lo, hi   int // number and unit
	value    float64
	high     float64
	ranged   bool
	unit     string
	unitAt   int // where the unit begins
	chinese  bool
	fraction bool
	doubled  bool // 翻一番
}

// Measures reads the targets a text states (field.md §5.3.6): number, unit and
// direction. Value is in the written unit: 5.65万人 is 5.65 with the unit 万人.
// Dates, document numbers, ordinals (1号线, 一期), labels, telephone numbers and
// slogans in quotation marks are no measures.
func Measures(text string, ctx Context) []docket.MeasureRead {
	_, out := Figures(text, ctx)
	return out
}

// Figures is Dues and Measures of a text, for less than both: what is a deadline
// is no target.
func Figures(text string, ctx Context) ([]docket.Due, []docket.MeasureRead) {
	v := newView(text)
	read := readDues(v, ctx)
	var dues []docket.Due
	for _, d := range read {
		dues = append(dues, d.due)
	}
	return dues, v.measures(0, len(v.s), read, 0)
}

// measures reads the targets of a range, at most as many as said (0 for all); what stands
// outside it names nothing in it.
func (v *view) measures(lo, hi int, dues []dated, most int) []docket.MeasureRead {
	m := &measurer{v: v, s: v.s[:hi], from: lo, most: most}
	for _, d := range dues {
		m.taken = append(m.taken, [2]int{d.lo, min(d.hi, hi)})
	}
	m.walk()
	return m.out
}

type measurer struct {
	v     *view
	s     string
	from  int      // where the range read begins
	most  int      // how many are read; 0 for all
	taken [][2]int // ranges that are deadlines
	next  int      // first of taken not yet passed
	out   []docket.MeasureRead
}

func (m *measurer) walk() {
	var prev rune
	for i := m.from; i < len(m.s) && (m.most == 0 || len(m.out) < m.most); {
		for m.next < len(m.taken) && m.taken[m.next][1] <= i {
			m.next++
		}
		if m.next < len(m.taken) && m.taken[m.next][0] <= i {
			i = m.taken[m.next][1]
			prev = 0
			continue
		}
		c, n := utf8.DecodeRuneInString(m.s[i:])
		if c == '“' || c == '《' {
			i = m.skipQuote(i, c)
			prev = 0
			continue
		}
		if hi := m.try(i, c, prev); hi > i {
			prev, _ = utf8.DecodeLastRuneInString(m.s[:hi])
			i = hi
			continue
		}
		prev = c
		i += n
	}
}

// skipQuote passes over a short quotation or a title: “650”工程, 《…（2025—2027年）》.
func (m *measurer) skipQuote(i int, open rune) int {
	closing := "”"
	if open == '《' {
		closing = "》"
	}
	_, n := utf8.DecodeRuneInString(m.s[i:])
	if j := strings.Index(m.s[i:min(len(m.s), i+200)], closing); j > 0 {
		return i + j + len(closing)
	}
	return i + n
}

// try reads a measure that starts at byte i; it returns its end, or where to go
// on after a number that is none.
func (m *measurer) try(i int, c, prev rune) int {
	switch {
	case c >= '0' && c <= '9':
		if isWord(prev) || prev == '.' && i > 1 || prev == '/' && !isHan(c) {
			return 0
		}
	case strings.ContainsRune("一二三四五六七八九十两百翻", c):
		if strings.ContainsRune(han+"十百千第", prev) {
			return 0
		}
	case c == '全' || c == '清' || c == '前' || c == '应':
		return m.word(i)
	default:
		return 0
	}
	f, ok := m.figure(i)
	if !ok {
		return f.hi
	}
	if !m.counts(f) {
		return f.hi
	}
	m.add(f)
	return f.hi
}

var (
	numRE   = pattern.New(`^([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)`)
	toRE    = pattern.New(`^(?:%|个百分点)?(?:—|-|~|至|到)`)
	percent = pattern.New(`^百分之([一二三四五六七八九十百〇]+(?:点[一二三四五六七八九〇]+)?)`)
	hanNum  = pattern.New(`^(一百|二百|三百|十[一二三四五六七八九]?|[二三四五六七八九]十[一二三四五六七八九]?|[二三四五六七八九两])`)
	double  = pattern.New(`^翻(一|两|二|三)番`)
	partOf  = pattern.New(`^([一二三四五六七八九十])分之([一二三四五六七八九十])|^([1-9])/([1-9][0-9]?)`)
	unitZH  = pattern.New(`^(?:余|多)?((?:千|百|十)?(?:万|亿)?(?:` + unitWords + `)|(?:万|亿|万亿)(?:以上|左右)?)`)
	unitEN2 = pattern.New(`^ ?(%|percent(?:age points?)?|per cent|(?:million|billion|thousand)(?: [a-z]+)?|[a-z][a-z-]{2,24}(?: [a-z]{3,20})?)`)
)

// unitStop are words that are no part of a unit.
var unitStop = pattern.New(`^(?:before|after|until|within|during|per|each|every|across|and|with|from|for|the|are|were|have|has|will|that|which)$`)

// unitWords are the units and measure words of plans, longest first.
const unitWords = `个百分点|个工作日|个月|百分点|平方公里|平方千米|平方米|立方米/日|立方米|公里|千米|公顷|公斤|千克|千瓦时|千瓦|兆瓦|吨标准煤|吨/日|标箱|标准箱|` +
	`亿美元|万美元|美元|欧元|元/[^,;。、]{1,6}|元|人次|人份|份|人|名|户次|户|家次|家|个|项次|项|所|座|处|条|辆|台套|台|套|件次|件|例|场次|场|次|张|间|栋|幢|部|亩|米|吨|床位|张床位|床|个点|支|批|类|种|只|头|株|棵|宗|起|班次|班|架次|架|艘|对|组|片|幅|册|篇|门|期班|剂次|剂|箱|盏|口|眼|块|度|倍|成|档|级台阶|强|位|学位|岁|周岁|小时|分钟|秒|天|个月|个工作日|工作日|年|%|‰|℃|微克/立方米|毫克/升|Ⅱ类|dB|MW|GW|TB|PB|EFLOPS|TEU|GB`

// figure reads number and unit at byte i. When ok is false, hi says where the
// number ends.
func (m *measurer) figure(i int) (figure, bool) {
	w := m.s[i:min(len(m.s), i+90)]
	f := figure{lo: i, hi: i}
	if x := double.FindStringSubmatch(w); x != nil {
		n, _ := number(x[1])
		f.value, f.unit, f.hi, f.unitAt, f.doubled = float64(int(1)<<n), "倍", i+len(x[0]), i+len(x[0]), true
		return f, true
	}
	if x := percent.FindStringSubmatch(w); x != nil {
		n, ok := number(strings.SplitN(x[1], "点", 2)[0])
		f.value, f.unit, f.hi, f.unitAt = float64(n), "%", i+len(x[0]), i
		return f, ok
	}
	if x := partOf.FindStringSubmatch(w); x != nil {
		den, _ := number(x[1] + x[4])
		num, _ := number(x[2] + x[3])
		f.hi, f.unitAt, f.fraction = i+len(x[0]), i+len(x[0]), true
		if den == 0 || num >= den || startsAny(m.s[f.hi:], "/", "月", "日", "期", "号") {
			return f, false
		}
		f.value = float64(num) / float64(den)
		return f, true
	}
	if x := hanNum.FindString(w); x != "" {
		n, _ := number(x)
		f.value, f.hi, f.chinese = float64(n), i+len(x), true
		return m.withUnit(f)
	}
	x := numRE.FindString(w)
	if x == "" {
		return f, false
	}
	f.value, _ = strconv.ParseFloat(strings.ReplaceAll(x, ",", ""), 64)
	f.hi = i + len(x)
	if t := toRE.FindString(m.s[f.hi:]); t != "" {
		if y := numRE.FindString(m.s[f.hi+len(t):]); y != "" {
			if hi, _ := strconv.ParseFloat(strings.ReplaceAll(y, ",", ""), 64); hi > f.value {
				f.high, f.ranged = hi, true
			}
			f.hi += len(t) + len(y)
		}
	}
	return m.withUnit(f)
}

// withUnit reads the unit behind a number.
func (m *measurer) withUnit(f figure) (figure, bool) {
	f.unitAt = f.hi
	rest := m.s[f.hi:min(len(m.s), f.hi+60)]
	if startsAny(rest, "号", "年", "月", "日", "时", "点", "期", "路", "届", "周年", "世纪", "×", ":", "热线", "级以上", "级", "层", "楼", "版", "条措施") && !startsAny(rest, "年内", "个月", "月均", "日均") {
		return f, false
	}
	if x := unitZH.FindStringSubmatch(rest); x != nil {
		f.unit = x[1]
		f.unit = strings.TrimSuffix(strings.TrimSuffix(f.unit, "以上"), "左右")
		f.hi += strings.Index(x[0], x[1]) + len(f.unit)
		return f, true
	}
	if f.chinese {
		return f, false
	}
	if x := unitEN2.FindStringSubmatch(rest); x != nil {
		first, second, two := strings.Cut(x[1], " ")
		if two && unitStop.MatchString(second) { // 25 shops before Christmas
			x[0], x[1] = strings.TrimSuffix(x[0], " "+second), first
		}
		f.unit = x[1]
		f.hi += len(x[0])
		return f, true
	}
	return f, m.s[f.hi-1] != '.'
}
