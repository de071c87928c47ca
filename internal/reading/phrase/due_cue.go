package phrase

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	before   = pattern.New(`^(?:之前|以前|前|以内|之内|止|为止)`)
	oldThing = pattern.New(`^(?:已)?(?:建成|出生|竣工|登记|注册|参加|退休|毕业|入学|形成|发生|印发|出台|发布|购买|开工|获批|认定|存量|遗留|实施|签订|取得)[^,;。]{0,8}的|^(?:的|出生|建成交付)`)
	toBe     = pattern.New(`^(?:起|要|将|计划|拟|预计|力争|争取|确保|全面|全部|基本|正式|如期|年内|可|实现|逐步|初步|率先|,)*(?:完成|建成|实现|达到|达|投入|开通|竣工|启动|开工|复工|封顶|出台|印发|提交|报送|上线|投用|投产|达产|开园|开业|挂牌|通车|交付|办结|整改到位|到位|形成|取得|建立|落地|见效|见成效|见到成效|验收|基本|发布|制定|消除|解决)`)
	done     = pattern.New(`^[^,;。]{0,14}?(?:了|的|过)`)
	toward   = pattern.New(`(?:^|[,;。:()\n、·|]|力争|确保|争取|并|目标|即|务必|必须|(?:即|今)日起)(?:到|至)$`)
	latest   = pattern.New(`(?:不迟于|不晚于|最迟|最晚|最晚于|最迟于|务于|务必于|须于|应于|限|限期至?|延期[至到为]|延长[至到]|调整[为至]|推迟[至到]|顺延[至到]|截止日期[为:]|截止时间[为:]|时限[为:]?|时间[为:]|节点[为:]?)$`)
	sinceOf  = pattern.New(`(?:截至|截止|截止到|自|从|以|据|依据|根据)$`)
	rangeTo  = pattern.New(`^(?:—|-|~|至|到){1,2}`)
	replaced = pattern.New(`(?:原定|原计划|原为|原|由)(?:于|的|在)?$`)
	years    = pattern.New(`^((?:19|20)[0-9]{2})年?(?:—|-|~|至|到){1,2}((?:19|20)[0-9]{2})年(?:期间)?`)
	planTerm = pattern.New(`有效期|实施期|试行期|执行期|施行期|有效期限|期限`)
)

// absolute reads a date that is a limit, or a period that is.
func (r *dueReader) absolute(i int) (docket.Due, int, bool) {
	if m := years.FindStringSubmatch(r.s[i:min(len(r.s), i+40)]); m != nil {
		return r.yearRange(i, m)
	}
	w, ok := r.parseWhen(i)
	if !ok || w.past {
		return docket.Due{}, w.hi, false
	}
	w.former = replaced.MatchString(r.s[max(0, i-24):i])
	if t := rangeTo.FindString(r.after(w.hi)); t != "" && w.at == "" {
		if w2, ok := r.parseWhen(w.hi + len(t)); ok && (w2.month > 0 || w2.quarter > 0 || w2.year > 0) {
			return r.period(w, w2)
		}
	}
	hi := w.hi
	limit := before.FindString(r.after(hi))
	if limit != "" && w.bareYear && strings.HasSuffix(limit, "内") {
		limit = ""
	}
	hi += len(limit)
	if !r.isLimit(w, i, hi, limit != "") {
		return docket.Due{}, hi, false
	}
	d := docket.Due{Kind: docket.DueDate, At: w.at, Former: w.former}
	from, on, assumed, known := r.days(w)
	if known {
		d.On, d.Assumed = on, assumed
		if limit == "" && !w.exact && !w.end && !toward.MatchString(r.s[max(0, i-36):i]) {
			d.From = from
		}
	}
	return d, hi, true
}

// isLimit decides whether a date is a deadline by the words around it.
func (r *dueReader) isLimit(w when, lo, hi int, limit bool) bool {
	head, tail := r.s[max(0, lo-36):lo], r.s[hi:min(len(r.s), hi+60)]
	if limit {
		return !oldThing.MatchString(tail)
	}
	if sinceOf.MatchString(head) {
		return false
	}
	if r.told {
		return !oldThing.MatchString(tail) && !startsAny(tail, "会议", "召开的", "印发", "文件")
	}
	if latest.MatchString(head) || toward.MatchString(head) && !startsAny(tail, "的", "出", "期") {
		return true
	}
	_, on, _, known := r.days(w)
	old := known && !r.issued.IsZero() && on < r.issued && w.year > 0
	alone, whole := r.segment(lo, hi)
	if whole {
		return !strings.HasPrefix(r.s[lo:hi], "年初")
	}
	if alone && !old && !w.bareYear {
		// （2026年12月31日） on its own is the date of a document, not a limit
		only := strings.HasSuffix(head, "(") && strings.HasPrefix(tail, ")")
		return !(only && w.exact) && (w.year > 0 || w.end || strings.HasSuffix(r.s[lo:hi], "内") || only || strings.HasSuffix(head, "·") || strings.HasSuffix(head, "|"))
	}
	if old || !toBe.MatchString(tail) || done.MatchString(tail) {
		return false
	}
	if w.bareYear { // "2026年完成…" is a task of that year, if the year is yet to end
		return known && !r.issued.IsZero() && on >= r.issued && !w.relYear
	}
	return true
}

// yearRange reads 2026—2028年, a period of work.
func (r *dueReader) yearRange(i int, m []string) (docket.Due, int, bool) {
	hi := i + len(m[0])
	a, _ := number(m[1])
	b, _ := number(m[2])
	alone, whole := r.segment(i, hi)
	inTitle := strings.HasSuffix(r.s[:i], "(") && strings.HasPrefix(r.s[hi:], ")")
	labelled := latest.MatchString(r.s[max(0, i-36):i])
	future := !r.issued.IsZero() && b >= r.issued.Time().Year()
	if b < a || inTitle || !(whole || labelled || alone && (future || r.issued.IsZero() && !strings.HasPrefix(r.s[hi:], ","))) {
		return docket.Due{}, hi, false
	}
	return docket.Due{Kind: docket.DueDate, From: docket.NewDate(a, 1, 1), On: docket.NewDate(b, 12, 31)}, hi, true
}

// period reads 2026年3月至10月: work from one date to another, or the term a
// document is in force when both ends are full dates.
func (r *dueReader) period(a, b when) (docket.Due, int, bool) {
	if b.year == 0 && !b.relYear {
		b.year, b.relYear, b.rel = a.year, a.relYear, a.rel
	}
	from, _, assumed, ok := r.days(a)
	_, on, _, ok2 := r.days(b)
	hi := b.hi
	if t := before.FindString(r.after(hi)); t != "" {
		hi += len(t)
	}
	d := docket.Due{Kind: docket.DueDate, At: b.at, Assumed: assumed}
	if ok && ok2 {
		if on < from {
			return docket.Due{}, 0, false
		}
		d.From, d.On = from, on
	}
	head := r.s[max(0, a.lo-60):a.lo]
	alone, whole := r.segment(a.lo, hi)
	if planTerm.MatchString(head) || a.exact && b.exact && a.year > 0 && b.year > 0 && alone {
		d.Kind, d.Assumed = docket.DueValidity, false
		return d, hi, true
	}
	old := ok2 && !r.issued.IsZero() && on < r.issued
	return d, hi, whole || r.told || !old && (alone || latest.MatchString(head) || toBe.MatchString(r.after(hi)) && !done.MatchString(r.s[hi:min(len(r.s), hi+60)]))
}

var planRE = pattern.New(`^[“"]?十([二三四五六七八])五[”"]?(期间|时期|期末|末|末期|收官)(?:内|前)?`)

// planPeriod reads “十五五”期间: the five-year plan that ends 2025+5(n−4).
func (r *dueReader) planPeriod(i int) (docket.Due, int, bool) {
	m := planRE.FindStringSubmatch(r.s[i:min(len(r.s), i+60)])
	if m == nil {
		return docket.Due{}, 0, false
	}
	n, _ := number(m[1])
	end := 2025 + 5*(n-4)
	d := docket.Due{Kind: docket.DueDate, From: docket.NewDate(end-4, 1, 1), On: docket.NewDate(end, 12, 31)}
	if m[2] != "期间" && m[2] != "时期" {
		d.From = 0
	}
	if !r.issued.IsZero() && d.On < r.issued {
		return docket.Due{}, 0, false
	}
	return d, i + len(m[0]), true
}
