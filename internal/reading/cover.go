package reading

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// handsOn is how a letter hands on the paper that holds the tasks.
var handsOn = pattern.Both(`(?:印发|转发|下[达发])给?(?:你们|你們|各)|(?:分解|予以)(?:下达|印发|落实)|(?:详见|詳見)附(?:件|表)`)

// covers reports whether the first stretch of the paper is a letter that hands on
// another paper and has no tasks of its own: what it asks of everybody (各单位要高度重视)
// is how that paper is to be taken. Who is named there, a day that is set and a report
// that is asked for stand all the same.
func (r *reader) covers() bool {
	reg := &r.regions[0]
	said := false
	for i, n := reg.start, 0; i < reg.end && n < 6; i++ {
		if p := &r.paras[i]; i >= reg.frontEnd-1 && !p.furniture() && !p.labeled {
			said = said || handsOn.MatchString(p.text)
			n++
		}
	}
	if !said || reg.part == docket.PartLetter {
		return said
	}
	for c := range r.clauses { // a plan printed behind its letter without a signature between
		if nd := &r.nodes[c]; nd.reg == 0 && (nd.labels > 0 || nd.row != nil || r.bearsNote(c)) {
			return false
		}
	}
	return true
}
