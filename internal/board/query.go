package board

import (
	"encoding/base64"
	"fmt"
	"slices"

	docket "github.com/docket-os/docket"
)

// Query is a ledger query made ready: words turned into ids by the caller, who
// knows units and texts, and narrowed to what the reader may see.
type Query struct {
	docket.LedgerQuery
	Scope docket.Scope
	// Units are those LedgerQuery.Unit stands for, with its subtree and what it
	// carries on; used when Unit is given.
	Units []docket.UnitID
	// Found are the matters whose words hold LedgerQuery.Text, ascending; used
	// when Text is given.
	Found  []docket.MatterID
	Tree   *docket.Tree // for names to sort by
	Group  string       // "", unit, directive, status, lamp
	Heirs  func(docket.UnitID) []docket.UnitID
	Cursor string
	Limit  int // rows of the page; 0: only the totals
}

// Page is one page of an answer with the totals of all of it.
type Page struct {
	IDs   []docket.MatterID
	Total int
	// Lamps counts what the query without its lamps finds, Statuses what it finds
	// without its statuses: each total can be used to switch.
	Lamps    map[docket.Lamp]int
	Statuses map[docket.MatterStatus]int
	Groups   []Group
	Next     string // "" after the last page
}

// Ask answers a query. The cursor says after which place to go on, not how many
// rows to skip, so a page neither repeats nor leaves out rows that did not move.
func (v View) Ask(q Query) (Page, error) {
	if q.Sort == "" {
		q.Sort = docket.SortLamp
	}
	hits := v.match(&q)
	page := Page{Total: hits.total, Lamps: map[docket.Lamp]int{}, Statuses: map[docket.MatterStatus]int{}}
	for i, n := range hits.lamps {
		if n > 0 {
			page.Lamps[lamps[i]] = n
		}
	}
	for i, n := range hits.statuses[:len(statuses)] {
		if n > 0 {
			page.Statuses[statuses[i]] = n
		}
	}
	page.Groups = v.groups(&q, hits.rows)
	return page, v.cut(&q, hits.rows, &page)
}

// cut fills the page from the rows found.
func (v View) cut(q *Query, found bits, page *Page) error {
	if q.Limit <= 0 {
		return nil // only the totals are wanted
	}
	o := v.orderOf(q.Sort, q.Tree)
	at, err := v.after(q, o)
	if err != nil {
		return err
	}
	page.IDs = make([]docket.MatterID, 0, min(q.Limit, page.Total))
	for ; at < len(o.rows); at++ {
		i := o.rows[at]
		if q.Desc {
			i = o.rows[len(o.rows)-1-at]
		}
		if !found.has(i) {
			continue
		}
		if len(page.IDs) == q.Limit {
			page.Next = v.cursor(q, o, page.IDs[q.Limit-1])
			return nil
		}
		page.IDs = append(page.IDs, v.id[i])
	}
	return nil
}

func (v View) cursor(q *Query, o *order, id docket.MatterID) string {
	i, _ := slices.BinarySearch(v.id, id)
	p := v.place(q.Sort, o, v.lamps, i)
	if q.Sort == docket.SortLead {
		p.key = uint64(uint32(v.lead[i])) // names may change their order: the unit is kept instead of its rank
	}
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s %t %d %d %d", q.Sort, q.Desc, p.key, p.no, p.id))
}

// after finds how many rows of the order come up to the cursor's place.
func (v View) after(q *Query, o *order) (int, error) {
	if q.Cursor == "" {
		return 0, nil
	}
	var sort docket.LedgerSort
	var desc bool
	var p place
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err == nil {
		_, err = fmt.Sscanf(string(raw), "%s %t %d %d %d", &sort, &desc, &p.key, &p.no, &p.id)
	}
	if err != nil || sort != q.Sort || desc != q.Desc {
		return 0, docket.Errorf(docket.Invalid, "query.cursor", "this page mark belongs to another list; start at the first page")
	}
	if sort == docket.SortLead {
		p.key = o.leadKey(int32(uint32(p.key)))
	}
	at, found := slices.BinarySearchFunc(o.rows, p, func(i uint32, p place) int { return v.place(q.Sort, o, v.lamps, int(i)).compare(p) })
	switch {
	case desc:
		return len(o.rows) - at, nil
	case found:
		return at + 1, nil
	}
	return at, nil
}

// Each gives the ids of every row a query finds, in its order.
func (v View) Each(q Query) []docket.MatterID {
	if q.Sort == "" {
		q.Sort = docket.SortLamp
	}
	hits := v.match(&q)
	q.Cursor, q.Limit = "", hits.total
	page := Page{Total: hits.total}
	_ = v.cut(&q, hits.rows, &page) // fails on a faulty cursor only
	return page.IDs
}
