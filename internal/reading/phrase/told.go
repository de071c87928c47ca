package phrase

import (
	"slices"
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// tells opens a sentence that gives somebody an order.
var tells = pattern.New(`^(?:会议)?(?:决定|要求|同意)?,?(?:责成|责令|委托|由|请)`)

// Told reads who is given an order in the sentences of a text that names no role:
// 责成市财政局于…提出…, 由市财政局会同市城管局提出…, 安全科每月组织…. Only a body counts
// that stands right before what it is to do: 由市政府批准 tells of a leave to be had. Where
// several are told, each has a part of its own.
func Told(text string, ctx Context) []docket.Party {
	v := newView(text)
	r := &reader{v: v, heir: newHeir(ctx.Prefix), known: true}
	told := 0
	for _, lo := range v.starts() {
		if r.order(lo) {
			told++
		}
	}
	for i := range r.parties {
		if told > 1 && r.parties[i].Role == docket.Lead {
			r.parties[i].Role = docket.Several
		}
	}
	return r.parties
}

// ToldGroup reads the group that the first sentence with such a subject tells to act:
// 各县区、各有关部门要…. A person says who its members are.
func ToldGroup(text string, ctx Context) ([]docket.Party, []docket.Finding) {
	v := newView(text)
	for _, lo := range v.starts() {
		lo, hi := v.trim(lo, len(v.s), "")
		if i := strings.IndexAny(v.s[lo:hi], ",;。:\n"); i >= 0 {
			hi = lo + i
		}
		end := v.body(lo, hi, toldSelf, func(name string) bool { return kindOf(name) == groupName })
		if end == 0 {
			continue
		}
		r := &reader{v: v, heir: newHeir(ctx.Prefix), known: true}
		r.take(slices.DeleteFunc(v.list(lo, end), func(it item) bool { return it.kind != groupName && it.kind != unitName }), docket.Several, byWord)
		return r.parties, r.findings
	}
	return nil, nil
}

// starts are where the sentences of a text begin, and the orders inside them (，由…).
func (v *view) starts() []int {
	out := []int{0}
	for i := 0; i < len(v.s); {
		c, n := utf8.DecodeRuneInString(v.s[i:])
		i += n
		if strings.ContainsRune("。;\n", c) || c == ',' && tells.MatchString(v.s[i:]) {
			out = append(out, i)
		}
	}
	return out
}

// order reads one order that begins at lo.
func (r *reader) order(lo int) bool {
	v := r.v
	lo, hi := v.trim(lo, len(v.s), "")
	to := toldSelf
	if m := tells.FindStringIndex(v.s[lo:hi]); m != nil {
		asked := outright.MatchString(v.s[lo : lo+m[1]])
		lo, to = lo+m[1], toldTo
		if asked {
			return r.told(lo, hi, to, true)
		}
	}
	return r.told(lo, hi, to, false)
}

// outright is an order that names its addressee outright: whatever body stands there is meant.
var outright = pattern.New(`(?:请|责成|责令)$`)

// told reads who is told from lo on, up to what is to be done; any takes every body.
func (r *reader) told(lo, hi int, to *pattern.Pattern, any bool) bool {
	v := r.v
	if i := strings.IndexAny(v.s[lo:hi], ",;。:\n"); i >= 0 {
		hi = lo + i
	}
	end := v.body(lo, hi, to, func(name string) bool {
		return kindOf(name) == unitName && (any || official.MatchString(name) || section.MatchString(name))
	})
	if end == 0 {
		return false
	}
	names := v.list(lo, end) // 东城区、西城区政府要…: each for its own
	role := docket.Lead
	if len(names) > 1 {
		role = docket.Several
	}
	for _, it := range names {
		it.kind = unitName
		r.add(it, role, byWord)
	}
	if with := togetherWith.FindString(v.s[end:hi]); with != "" {
		if help := v.body(end+len(with), hi, toldTo, helper); help > 0 {
			r.take(v.list(end+len(with), help), docket.Support, byWord)
		}
	}
	return true
}

// helper is who may be named behind 会同: a body beyond doubt, or a group.
func helper(name string) bool {
	k := kindOf(name)
	return k == groupName || k == unitName && (official.MatchString(name) || section.MatchString(name))
}

// togetherWith goes on to those who help.
var togetherWith = pattern.New(`^(?:要|应当?|须|必须|务必)?(?:会同|联合)`)

// maxTold bounds in bytes how far from the head of an order its verb is looked for.
const maxTold = 120

// body finds the end of the longest name at lo that stands right before what it is
// to do: 市政府研究室 rather than 市政府.
func (v *view) body(lo, hi int, to *pattern.Pattern, is func(name string) bool) (end int) {
	s := strings.ToValidUTF8(v.s[lo:min(hi, lo+maxTold)], "")
	for _, m := range to.FindAllStringIndex(s, -1) {
		name := s[:m[0]]
		last := lastOf(name)
		if m := findOpen(last); m != nil {
			last = last[:m[0]] // 请省财政厅、省审计厅等部门于…
		}
		if is(last) {
			end = lo + m[0]
			if togetherWith.MatchString(s[m[0]:]) { // who helps comes next
				break
			}
		}
	}
	return end
}

// lastOf is the last name of a list; 各省(区、市)政府 is one.
func lastOf(s string) string {
	depth, from := 0, 0
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case '、':
			if depth == 0 {
				from = i + len("、")
			}
		}
	}
	return s[from:]
}

// section is a part of a unit: 财务科, 安全生产处.
var section = pattern.New(`^[\p{Han}]{2,8}(?:科|股|处|室|中心|大队|支队)$`)

// toldTo is what may follow the one who is told.
var toldTo = pattern.New(`(?:` + toldVerbs + `)`)

const toldVerbs = `会同|联合|组成|在|于|提出|制定|研究|开展|按|抓|做|尽快|完成|认真|适时|根据|结合|推进|加强|组织|建立|形成|就|加快|统筹|对|将|向|每|及时|进一步|抓紧|编制|印发|出台|办理|起草|拟订|修订|解决|落实|商|吸收|充分|健全|完善|优化|强化|搭建|设立|成立|实施|启动|探索|召开|举办|构建|建设|排查|核查|检查|每[日周月季半年]|密切|注意|追查|查明|查处|妥善|依法|牵头|梳理|汇总|跟踪|督促|指导|另行|再`

// toldSelf is what makes a body at the head of a sentence one that is told, without
// an order before it.
var toldSelf = pattern.New(`(?:都|均|也)?(?:会同|联合|要|应当?|须|必须|务必|每[日周月季年]|于[0-9]|做好|抓好)`)
