package phrase

import (
	"regexp"
	"strings"

	docket "github.com/docket-os/docket"
)

// tells opens a sentence that gives somebody an order.
var tells = regexp.MustCompile(`^(?:会议)?(?:决定|要求|同意)?,?(?:责成|责令|委托|由|请)`)

// Told reads who is given an order at the start of a sentence, 责成市财政局于…提出….
// Only an official body counts, and only right before what it is to do: 由市政府批准
// tells of a leave to be had.
func Told(text string, ctx Context) (docket.Party, bool) {
	v := newView(text)
	lo, hi := v.trim(0, len(v.s), "")
	m := tells.FindStringIndex(v.s[lo:hi])
	if m == nil {
		return docket.Party{}, false
	}
	lo += m[1]
	if i := strings.IndexAny(v.s[lo:hi], ",;。:\n"); i >= 0 {
		hi = lo + i
	}
	end := 0
	for i := range v.s[lo:min(hi, lo+120)] {
		name := v.s[lo : lo+i]
		if i > 0 && official.MatchString(name) && kindOf(name) == unitName && toldTo.MatchString(v.s[lo+i:hi]) {
			end = lo + i // the longest: 市政府研究室 rather than 市政府
		}
	}
	if end == 0 {
		return docket.Party{}, false
	}
	r := &reader{v: v, heir: newHeir(ctx.Prefix), known: true}
	r.add(item{lo: lo, hi: end, kind: unitName}, docket.Lead, byWord)
	return r.parties[0], true
}

// toldTo is what may follow the one who is told.
var toldTo = regexp.MustCompile(`^(?:组成|在|于|提出|制定|研究|开展|按|抓|做|尽快|完成|认真|适时|根据|结合|推进|加强|组织|建立|形成|就|加快|统筹|对|将|向|每|及时|进一步|抓紧|编制|印发|出台|办理|起草|拟订|修订|解决|落实|商|吸收|充分|梳理|汇总|跟踪|督促|指导|另行|再)`)
