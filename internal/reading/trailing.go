package reading

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// ownLine is a note that stands in brackets on a line of its own.
var ownLine = pattern.New(`\n[（(〔【［\[][^\n]{4,600}[）)〕】］\]]$`)

// trailing finds the notes on a line of their own that close a run of items none of
// which says anything itself: they speak of the whole run.
//
//	（1）…  （2）…  （3）…
//	（责任单位：市直各单位）
//
// The heading above hands them down.
func (r *reader) trailing() {
	last := map[int]int{}  // last labelled clause under a heading
	many := map[int]int{}  // how many there are
	noted := map[int]int{} // how many of them say who answers
	for c := range r.clauses {
		p, nd := r.clauses[c].Parent, &r.nodes[c]
		if p < 0 || nd.label.style == "" || nd.row != nil {
			continue
		}
		last[p] = c
		many[p]++
		if r.tells(c) || nd.kids > 0 {
			noted[p]++
		}
	}
	for p, c := range last {
		nd, top := &r.nodes[c], &r.nodes[p]
		if many[p] < 2 || noted[p] != 1 || !r.tells(c) || nd.kids > 0 || r.tells(p) || top.label.style == "" || !top.bare || !ownLine.MatchString(r.clauses[c].Text) {
			continue
		}
		for _, n := range nd.notes {
			top.hands = append(top.hands, r.unstruck(c, n.Parties)...)
			top.dues = append(top.dues, n.Dues...)
		}
		r.clauses[p].Kind = docket.KindHeading
	}
}
