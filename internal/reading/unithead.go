package reading

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
	"github.com/docket-os/docket/internal/reading/phrase"
)

var unitName = pattern.Both(`^[\p{Han}（）()、，]{2,60}(?:局|委|委员会|办|办公室|部|厅|署|政府|管委会|公司|集团|中心|研究院|法院|检察院|会|支队|大队|银行|学校|医院|街道|乡|镇|办事处)$`)

// unitHeads finds headings that are nothing but the name of a unit, two or more
// side by side: in a paper divided by units, that unit answers for the items below.
func (r *reader) unitHeads() {
	type side struct {
		parent int
		style  style
	}
	titles := map[side][]int{}
	for c := range r.clauses {
		nd := &r.nodes[c]
		if r.clauses[c].Kind == docket.KindHeading && nd.bare && nd.label.style != "" && nd.row == nil &&
			r.regions[nd.reg].voice == directive {
			k := side{r.clauses[c].Parent, nd.label.style}
			titles[k] = append(titles[k], c)
		}
	}
	for _, cs := range titles {
		var units []int
		for _, c := range cs {
			if unitName.MatchString(squeeze(r.clauses[c].Text[r.wordsFrom(c):])) {
				units = append(units, c)
			}
		}
		if len(units) < 2 || len(units)*10 < len(cs)*7 {
			continue
		}
		for _, c := range units {
			from := r.wordsFrom(c)
			ps, _ := phrase.Parties(r.clauses[c].Text[from:], r.context(docket.Lead))
			r.locate(c, ps, nil, from)
			r.nodes[c].hands = append(r.nodes[c].hands, ps...)
		}
	}
}
