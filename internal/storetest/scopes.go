package storetest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	docket "github.com/docket-os/docket"
)

var scopeTests = map[string]func(*city){
	"a draft is its office's alone, a matter also its units'": func(c *city) {
		d, _, drafts := c.imported("1号", 1, c.bureau)
		id := drafts[0].ID
		see := func(when string, want map[string]bool) {
			for who, scope := range map[string]docket.Scope{
				"its office": fromOffice(c.office), "another office": fromOffice(c.bureau, c.division), "a reader of the owner": fromUnit(c.office),
				"the lead": fromUnit(c.bureau), "the lead's division": fromUnit(c.division), "nobody": {}, "the auditor": {Read: docket.AllUnits()},
			} {
				c.sees(when+", "+who, scope, d.ID, id, want[who])
			}
		}
		see("draft", map[string]bool{"its office": true})
		c.update(func(w docket.Writer) error { return adopt(c, w, &d, drafts) })
		see("adopted", map[string]bool{"its office": true, "another office": true, "a reader of the owner": true, "the lead": true, "the auditor": true})
	},
	"a matter assigned out of a directive still being read shows the matter, not the directive": func(c *city) {
		d, _, drafts := c.imported("1号", 1, c.bureau)
		drafts[0].Status, drafts[0].No = docket.Assigned, "2026-0009"
		c.update(func(w docket.Writer) error { return w.PutMatter(ctx, drafts[0]) })
		ask(c, func(r docket.Reader) (docket.Matter, error) { return r.Matter(ctx, fromUnit(c.bureau), drafts[0].ID) })
		absent(c, "directive", func(r docket.Reader) (docket.Directive, error) { return r.Directive(ctx, fromUnit(c.bureau), d.ID) })
		c.same("list", 0, len(ask(c, func(r docket.Reader) ([]docket.DirectiveSummary, error) { return r.Directives(ctx, fromUnit(c.bureau)) })))
	},
	"the record of a meeting is seen by who reported there, not by who was given a matter": func(c *city) {
		s := c.meeting(docket.StocktakeSitting)
		c.update(func(w docket.Writer) error {
			return w.PutStatement(ctx, &docket.Statement{Stocktake: s.ID, Unit: c.bureau, Since: Noon, Status: docket.StatementDraft, Sections: []docket.Section{}, Promises: []docket.Promise{}})
		})
		d, ms := c.adopted("会议", 1, c.county)
		d = ask(c, func(r docket.Reader) (docket.Directive, error) { return r.Directive(ctx, docket.SystemScope(), d.ID) })
		ask(c, func(r docket.Reader) (docket.Directive, error) { return r.Directive(ctx, fromUnit(c.county), d.ID) }) // a document
		d.Stocktake = s.ID
		c.update(func(w docket.Writer) error { return w.PutDirective(ctx, &d) })
		c.same("kept", d, ask(c, func(r docket.Reader) (docket.Directive, error) { return r.Directive(ctx, fromOffice(c.office), d.ID) }))
		for who, x := range map[string]struct {
			scope docket.Scope
			want  int
		}{"who reported": {fromUnit(c.bureau), 1}, "who was given a matter": {fromUnit(c.county), 0}, "the owner's reader": {fromUnit(c.office), 1}, "the auditor": {docket.Scope{Read: docket.AllUnits()}, 1}} {
			list := ask(c, func(r docket.Reader) ([]docket.DirectiveSummary, error) { return r.Directives(ctx, x.scope) })
			_, byID := try(c, func(r docket.Reader) (docket.Directive, error) { return r.Directive(ctx, x.scope, d.ID) })
			clauses, _ := try(c, func(r docket.Reader) ([]docket.Clause, error) { return r.Clauses(ctx, x.scope, d.ID) })
			c.same(who+": listed", x.want, len(list))
			c.same(who+": by its id", x.want == 1, byID == nil)
			c.same(who+": its clauses", x.want == 1, len(clauses) > 0)
		}
		ask(c, func(r docket.Reader) (docket.Matter, error) { return r.Matter(ctx, fromUnit(c.county), ms[0].ID) })
	},
	"absent and out of scope look the same": func(c *city) {
		_, _, drafts := c.imported("1号", 1, c.bureau)
		_, hidden := try(c, func(r docket.Reader) (docket.Matter, error) { return r.Matter(ctx, fromUnit(c.bureau), drafts[0].ID) })
		_, none := try(c, func(r docket.Reader) (docket.Matter, error) { return r.Matter(ctx, fromUnit(c.bureau), 9999) })
		c.same("error", fmt.Sprint(none), fmt.Sprint(hidden))
	},
	"SQL and memory agree on random scopes": agree,
}

// sees checks every way to a matter and its directive.
func (c *city) sees(what string, s docket.Scope, d docket.DirectiveID, m docket.MatterID, want bool) {
	c.Helper()
	c.view(func(r docket.Reader) error {
		_, byID := r.Matter(ctx, s, m)
		_, directive := r.Directive(ctx, s, d)
		_, clauses := r.Clauses(ctx, s, d)
		among, err1 := r.Matters(ctx, s, []docket.MatterID{m})
		lines, err5 := r.LedgerLines(ctx, s, []docket.MatterID{m})
		under, err2 := r.DirectiveMatters(ctx, s, d)
		listed, err3 := r.Directives(ctx, s)
		hits, err4 := r.Search(ctx, s, "食堂", 10)
		kinds := map[string]bool{}
		for _, h := range hits {
			kinds[h.Kind] = true
		}
		got := []any{byID == nil, directive == nil, clauses == nil, len(among) == 1, len(lines) == 1, len(under) == 1, len(listed) == 1, kinds["matter"], kinds["clause"], err1, err2, err3, err4, err5}
		c.same(what, []any{want, want, want, want, want, want, want, want, want, nil, nil, nil, nil, nil}, got)
		return nil
	})
}

// agree compares what the store lets through with docket.Scope.InScope, on
// matters of random owners, statuses and units and readers of random sets.
func agree(c *city) {
	random := rand.New(rand.NewPCG(7, 7))
	units := []docket.UnitID{c.top, c.office, c.bureau, c.division, c.county}
	var matters []*docket.Matter
	directives := map[docket.DirectiveID]docket.Directive{}
	for n := range 12 {
		d, _, drafts := c.imported(fmt.Sprint(n, "号"), 3, c.bureau)
		d.Owner = units[random.IntN(5)]
		d.Status = []docket.DirectiveStatus{docket.Reading, docket.Adopted}[random.IntN(2)]
		c.update(func(w docket.Writer) error {
			for i, m := range drafts {
				m.Owner = units[random.IntN(5)]
				m.Status = []docket.MatterStatus{docket.Draft, docket.Registered, docket.StruckOff}[random.IntN(3)]
				if m.Status != docket.Draft {
					m.No = fmt.Sprintf("%d-%d", n, i)
				}
				for k := range m.Assignments {
					m.Assignments[k].Unit = units[random.IntN(5)]
				}
				m.Assignments = m.Assignments[:random.IntN(4)]
				must(c, 0, w.PutMatter(ctx, m))
			}
			return w.PutDirective(ctx, &d)
		})
		matters, directives[d.ID] = append(matters, drafts...), d
	}
	pick := func() docket.UnitSet {
		if random.IntN(6) == 0 {
			return docket.AllUnits()
		}
		var some []docket.UnitID
		for _, u := range units {
			if random.IntN(4) == 0 {
				some = append(some, u)
			}
		}
		return set(some...)
	}
	for range 40 {
		s := docket.Scope{Read: pick(), Office: pick()}
		c.same(fmt.Sprintf("read %v office %v", s.Read.List(), s.Office.List()), expected(s, matters, directives), c.visible(s, matters, directives))
	}
}

// seen is all that one reader gets to see.
type seen struct {
	Matters, Searched   []docket.MatterID
	Directives, Listed  []docket.DirectiveID
	Counted             map[docket.DirectiveID]int
	SearchedDirectives  []docket.DirectiveID
	ClauseHitDirectives []docket.DirectiveID
}

func expected(s docket.Scope, matters []*docket.Matter, directives map[docket.DirectiveID]docket.Directive) seen {
	out := seen{Counted: map[docket.DirectiveID]int{}}
	through := map[docket.DirectiveID]bool{}
	for _, m := range matters {
		if s.InScope(m.Owner, m.Status, assigned(m)) {
			out.Matters = append(out.Matters, m.ID)
			out.Counted[m.Directive]++
			through[m.Directive] = true
		}
	}
	for id, d := range directives {
		if s.Office.Has(d.Owner) || d.Status == docket.Adopted && (s.Read.Has(d.Owner) || through[id]) {
			out.Directives = append(out.Directives, id)
		} else {
			delete(out.Counted, id)
		}
	}
	slices.Sort(out.Directives)
	out.Searched, out.Listed, out.SearchedDirectives, out.ClauseHitDirectives = out.Matters, out.Directives, out.Directives, out.Directives
	return out
}

func assigned(m *docket.Matter) iter.Seq[docket.UnitID] {
	return func(yield func(docket.UnitID) bool) {
		for _, a := range m.Assignments {
			if a.Unit != 0 && !yield(a.Unit) {
				return
			}
		}
	}
}

func (c *city) visible(s docket.Scope, matters []*docket.Matter, directives map[docket.DirectiveID]docket.Directive) seen {
	out := seen{Counted: map[docket.DirectiveID]int{}}
	c.view(func(r docket.Reader) error {
		for _, m := range matters {
			if _, err := r.Matter(ctx, s, m.ID); err == nil {
				out.Matters = append(out.Matters, m.ID)
			}
		}
		for id := range directives {
			if _, err := r.Directive(ctx, s, id); err == nil {
				out.Directives = append(out.Directives, id)
			}
		}
		list, err := r.Directives(ctx, s)
		for _, d := range list {
			out.Listed = append(out.Listed, d.ID)
			if d.Matters > 0 {
				out.Counted[d.ID] = d.Matters
			}
		}
		for _, word := range []string{"食堂", "养老"} { // matters and clauses, directives
			hits, err := r.Search(ctx, s, word, 200)
			must(c, 0, err)
			for _, h := range hits {
				switch h.Kind {
				case "matter":
					out.Searched = append(out.Searched, h.Matter)
				case "clause":
					out.ClauseHitDirectives = append(out.ClauseHitDirectives, h.Directive)
				case "directive":
					out.SearchedDirectives = append(out.SearchedDirectives, h.Directive)
				}
			}
		}
		return err
	})
	for _, ids := range []*[]docket.DirectiveID{&out.Directives, &out.Listed, &out.SearchedDirectives, &out.ClauseHitDirectives} {
		slices.Sort(*ids)
		*ids = slices.Compact(*ids)
	}
	slices.Sort(out.Searched)
	return out
}
