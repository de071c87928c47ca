package phrase

import (
	"strings"
	"unicode/utf8"

	"github.com/docket-os/docket/internal/reading/pattern"
)

// item is one name of a list: a range of the folded text.
type item struct {
	lo, hi int
	comma  bool // a comma, not 、, stands before it
	// tail is the range of a shared ending (五华区、官渡区政府): the organ of a later item.
	tail string
	kind nameKind
	open bool
	// leads is set where a mark behind the name says so.
	leads bool
}

var (
	listLead = pattern.New(`^(?:其中|建议|拟|请|并|再|以及|由|及|和|与|会同|报|即|均|都|分别|为|[:·—|*]| )+`)
	openTail = pattern.New(`等(?:[0-9一二三四五六七八九十]+(?:个|家))?(?:市直|市级|省直|省级|省|市|区|县|州|有关|相关|其他|各)*(?:(?:单位|(?:项目)?(?:主管)?部门|机构|机关|地区|地方|方面|企业|中央单位)(?:(?:和|及|与|、)(?:单位|部门|机构))?)?$`)
	// openThen is a list left open and joined to one more name: 省总工会等和各市政府.
	openThen = pattern.New(`^(.+?)(等(?:市直|市级|省直|省级|省|市|区|县|州|有关|相关|其他|各)*(?:单位|部门|机构)?(?:以及|和|及|与))(.{6,})$`)
	// joint parts two names that each stand on their own.
	joints = []string{"以及", "和", "及", "与", "暨"}
	// emptyCell says that nobody is meant.
	emptyCell = pattern.New(`(?i)^(?:无|暂无|没有|none|nil|n/?a|not applicable|[-—/*.。…]+)[。.]?$`)
)

// list splits a range that holds nothing but names and their separators.
func (v *view) list(lo, hi int) []item {
	var out []item
	comma := false
	depth, start := 0, lo
	cut := func(end int, c bool) {
		out = v.names(out, start, end, comma)
		comma = c
	}
	for i := lo; i < hi; {
		r, n := utf8.DecodeRuneInString(v.s[i:])
		switch r {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case '、', '·', '|', '/':
			if depth == 0 {
				cut(i, false)
				start = i + n
			}
		case ':':
			if depth == 0 { // the name of a place to be filled in: 姓名：
				from := len(out)
				cut(i, true)
				for j := from; j < len(out); j++ {
					if out[j].kind == looseName {
						out[j].kind = notName
					}
				}
				start = i + n
			}
		case ',', ';', '\n', '。':
			if depth == 0 {
				cut(i, true)
				start = i + n
			}
		}
		i += n
	}
	cut(hi, false)
	return share(v.s, mergeLevels(v.s, out))
}

// maxNames bounds in bytes a stretch that is searched for several joined names;
// a longer one is a sentence.
const maxNames = 400

// names appends the names of a stretch without separators: usually one, more
// where 和 or white space joins whole names.
func (v *view) names(out []item, lo, hi int, comma bool) []item {
	lo, hi = v.trim(lo, hi, "*")
	if m := listLead.FindStringIndex(v.s[lo:hi]); m != nil {
		lo += m[1]
	}
	if lo >= hi {
		return out
	}
	if i := lastBracket(v.s[lo:hi]); i > 0 && aside.MatchString(v.s[lo+i+1:hi]) {
		hi = lo + i
	}
	open := false
	if m := findOpen(v.s[lo:hi]); m != nil {
		if m[0] == 0 {
			if len(out) > 0 {
				out[len(out)-1].open = true
			}
			return out
		}
		hi, open = lo+m[0], true
	}
	if hi-lo > maxNames {
		return append(out, item{lo: lo, hi: hi, comma: comma})
	}
	if m := openThen.FindStringSubmatchIndex(v.s[lo:hi]); m != nil && !open && whole(v.s[lo:lo+m[3]]) && standsAlone(v.s[lo+m[6]:hi]) {
		out = append(out, item{lo: lo, hi: lo + m[3], comma: comma, kind: kindOf(v.s[lo : lo+m[3]]), open: true})
		lo, comma = lo+m[6], false
	}
	for {
		at, n := v.joint(lo, hi)
		if at < 0 {
			break
		}
		out = append(out, item{lo: lo, hi: at, comma: comma, kind: kindOf(v.s[lo:at])})
		lo, comma = at+n, false
	}
	return append(out, item{lo: lo, hi: hi, comma: comma, kind: kindOf(v.s[lo:hi]), open: open})
}

// lastBracket is where the bracket opens that closes s, -1 where none does.
func lastBracket(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
		if depth == 0 {
			break
		}
	}
	return -1
}

// findOpen finds the 等, 等单位 a list is closed with.
func findOpen(s string) []int {
	if !strings.Contains(s, "等") {
		return nil
	}
	return openTail.FindStringIndex(s)
}

// joint finds the first place where a range falls into two whole names: at 和,
// 及, 与, 以及, or at white space. 工业和信息化厅 has none, for 工业 is no unit.
func (v *view) joint(lo, hi int) (at, n int) {
	depth := 0
	for i, r := range v.s[lo:hi] {
		p := lo + i
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth > 0 || i == 0 {
			continue
		}
		if v.gap[p] && v.apart(lo, p, hi) {
			return p, 0
		}
		for _, j := range joints {
			if strings.HasPrefix(v.s[p:hi], j) && whole(v.s[lo:p]) && standsAlone(v.s[p+len(j):hi]) {
				return p, len(j)
			}
		}
	}
	return -1, 0
}

// whole reports whether s is a complete name by its form.
func whole(s string) bool { k := kindOf(s); return k == unitName || k == groupName || k == placeName }

// standsAlone reports whether a name follows a joint on its own, rather than
// being the second half of one name (党委和政府).
func standsAlone(s string) bool {
	if m := findOpen(s); m != nil {
		s = s[:m[0]]
	}
	if s == "政府" || s == "人民政府" || s == "" {
		return false
	}
	for _, j := range joints { // A和B和C: judge the first of them
		if i := strings.Index(s, j); i > 0 && whole(s[:i]) {
			return true
		}
	}
	return whole(s)
}

// apart reports whether white space at p parts two names: both are whole and the
// second does not simply go on (市委 宣传部 is one name, 市教育局 市财政局 two).
func (v *view) apart(lo, p, hi int) bool {
	left, right := v.s[lo:p], v.s[p:hi]
	if !whole(left) || strings.HasSuffix(left, "委") && isTail(partyOrgans, right) {
		return false
	}
	if strings.HasSuffix(left, "政府") && strings.HasPrefix(right, "办公") {
		return false
	}
	if stations.MatchString(left) && stations.MatchString(firstName(right)) {
		return true // 安监站 电管所: those of a township have no level in their names
	}
	return levelStart.MatchString(right) || strings.HasPrefix(right, "各") || isTail(departments, right) && !strings.HasSuffix(left, "委")
}

// stations are the units of a township.
var stations = pattern.New(`^[\p{Han}]{2,8}(?:站|所|中队|卫生院)$`)

// mergeLevels joins what a 、 inside one name of a group parted: 各市、县〔市、区〕政府,
// 省、市、县三级政府, 各有关部门、单位.
func mergeLevels(s string, in []item) []item {
	var out []item
	for _, it := range in {
		if n := len(out); n > 0 && !it.comma && goesOn(s[out[n-1].lo:out[n-1].hi], s[it.lo:it.hi]) {
			p := &out[n-1]
			p.hi, p.kind, p.open = it.hi, groupName, it.open
			continue
		}
		out = append(out, it)
	}
	return out
}

var (
	bareLevels  = pattern.New(`^(?:各(?:地级以上)?(?:` + level + `|[()、])+|省|市|县|区|旗|州|盟|乡|镇|街道|自治区)$`)
	levelsOrgan = pattern.New(`^(?:` + level + `|[()、])+(?:三级|两级|级)?(?:人民政府|政府|管委会|管理委员会|党委|党工委|办事处|党委和政府|党委、政府)?$`)
	bareGroup   = pattern.New(`^(?:有关|相关)?(?:部门|单位|机构|企业|科室|处室|委办局|政府|党委和政府)$`)
	groupHead   = pattern.New(`^(?:其他|市级|市直|省级|省直|区级|区直|省|市|区|县|州)?(?:各|有关|相关)|党委$`)
)

func goesOn(prev, next string) bool {
	if bareLevels.MatchString(prev) {
		return levelsOrgan.MatchString(next)
	}
	return groupHead.MatchString(prev) && bareGroup.MatchString(next)
}

var (
	organTail = pattern.New(`(?:人民政府|政府|管委会|管理委员会)$`)
	zone      = pattern.New(`(?:新区|高新区|经开区|度假区|开发区|示范区|功能区|园区|保税区|港区|风景区|合作区|试验区|产业区|科学城|新城)$`)
)

// share gives the places of a 、 list the organ that only the last one names:
// 五华区、官渡区政府 are two governments. A 管委会 is shared among zones only, a
// 政府 among places only.
func share(s string, in []item) []item {
	for i := len(in) - 1; i > 0; i-- {
		name := s[in[i].lo:in[i].hi]
		m := organTail.FindStringIndex(name)
		tail := in[i].tail
		if m != nil {
			tail = name[m[0]:]
			name = name[:m[0]]
		}
		if tail == "" || in[i].comma || in[i].kind == groupName || !placeEndings.ends(name) {
			continue
		}
		p := &in[i-1]
		before := s[p.lo:p.hi]
		if p.kind == placeName && zone.MatchString(before) == strings.HasPrefix(tail, "管") {
			p.tail = tail
		}
	}
	return in
}
