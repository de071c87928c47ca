package storetest

import (
	"slices"

	docket "github.com/docket-os/docket"
)

var directiveTests = map[string]func(*city){
	"a directive is kept whole": func(c *city) {
		want := c.directive("云政发〔2026〕6号")
		c.update(func(w docket.Writer) error { return w.PutDirective(ctx, &want) })
		stale := want
		want.Status, want.AdoptedAt, want.Title = docket.Adopted, Noon, "修订方案"
		c.update(func(w docket.Writer) error { return w.PutDirective(ctx, &want) })
		c.same("directive", want, ask(c, func(r docket.Reader) (docket.Directive, error) {
			return r.Directive(ctx, docket.SystemScope(), want.ID)
		}))
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutDirective(ctx, &stale) })
	},
	"clauses are kept whole and in order": func(c *city) {
		d, clauses, _ := c.imported("1号", 250, c.bureau)
		got := ask(c, func(r docket.Reader) ([]docket.Clause, error) { return r.Clauses(ctx, fromOffice(c.office), d.ID) })
		c.same("clauses", clauses, got)
		c.same("counted", len(clauses), ask(c, func(r docket.Reader) (int, error) { return r.CountClauses(ctx, d.ID) }))
		c.refused(docket.Conflict, func(w docket.Writer) error {
			twice := clauses[:1:1]
			twice[0].ID = 0
			return w.InsertClauses(ctx, twice)
		})
	},
	"found again by file and number, by its owner": func(c *city) {
		d, _, _ := c.imported("云政发〔2026〕6号", 1, c.bureau)
		for _, q := range []struct {
			owner        docket.UnitID
			file, number string
			want         docket.DirectiveID
		}{{c.office, d.File.SHA256, d.Number, d.ID}, {c.county, d.File.SHA256, d.Number, 0}, {c.office, "", "", 0}, {c.office, "cd", "7号", 0}} {
			byFile := ask(c, func(r docket.Reader) (docket.DirectiveID, error) { return r.DirectiveByFile(ctx, q.owner, q.file) })
			byNumber := ask(c, func(r docket.Reader) (docket.DirectiveID, error) { return r.DirectiveByNumber(ctx, q.owner, q.number) })
			c.same("by file", q.want, byFile)
			c.same("by number", q.want, byNumber)
		}
	},
	"a directive not adopted is discarded with everything of it": func(c *city) {
		d, _, drafts := c.imported("1号", 5, c.bureau)
		c.update(func(w docket.Writer) error { return w.DeleteDirective(ctx, d.ID) })
		absent(c, "directive", func(r docket.Reader) (docket.Directive, error) { return r.Directive(ctx, docket.SystemScope(), d.ID) })
		absent(c, "matter", func(r docket.Reader) (docket.Matter, error) { return r.Matter(ctx, docket.SystemScope(), drafts[0].ID) })
		c.same("hits", 0, len(ask(c, func(r docket.Reader) ([]docket.Hit, error) { return r.Search(ctx, docket.SystemScope(), "食堂", 9) })))
		c.same("rows", 0, len(c.rows()))
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.DeleteDirective(ctx, d.ID) })
		_, _, again := c.imported("2号", 1, c.bureau)
		if again[0].ID <= drafts[4].ID {
			c.Error("an id was given twice: the journal would name the wrong matter")
		}
	},
	"an adopted directive is not discarded": func(c *city) {
		d, _ := c.adopted("1号", 2, c.bureau)
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.DeleteDirective(ctx, d.ID) })
	},
	"the list counts what the reader may see": func(c *city) {
		old, _, drafts := c.imported("1号", 4, c.bureau)
		c.update(func(w docket.Writer) error {
			drafts[3].Aside = true
			drafts[2].Assignments = drafts[2].Assignments[:1] // the county only
			must(c, 0, w.InsertClauses(ctx, []docket.Clause{{Directive: old.ID, Ord: 4, Kind: docket.KindFurniture, Text: "— 1 —"}}))
			must(c, 0, w.PutMatter(ctx, drafts[2]))
			must(c, 0, w.PutMatter(ctx, drafts[3]))
			return adopt(c, w, &old, drafts[:3])
		})
		reading, _, _ := c.imported("2号", 2, c.bureau)
		type row struct {
			ID                        docket.DirectiveID
			Clauses, Covered, Matters int
		}
		for name, q := range map[string]struct {
			scope docket.Scope
			want  []row
		}{
			"system":       {docket.SystemScope(), []row{{reading.ID, 2, 0, 2}, {old.ID, 4, 3, 3}}},
			"its office":   {fromOffice(c.office), []row{{reading.ID, 2, 0, 2}, {old.ID, 4, 3, 3}}},
			"the auditor":  {docket.Scope{Read: docket.AllUnits()}, []row{{old.ID, 4, 3, 3}}},
			"the bureau":   {fromUnit(c.bureau), []row{{old.ID, 4, 2, 2}}},
			"the county":   {fromUnit(c.county), []row{{old.ID, 4, 3, 3}}},
			"the division": {fromUnit(c.division), []row{}},
			"nobody":       {docket.Scope{}, []row{}},
		} {
			got := []row{}
			for _, s := range ask(c, func(r docket.Reader) ([]docket.DirectiveSummary, error) { return r.Directives(ctx, q.scope) }) {
				got = append(got, row{s.ID, s.Clauses, s.Covered, s.Matters})
			}
			c.same("list of "+name, q.want, got)
			var unread []docket.DirectiveID
			for _, d := range ask(c, func(r docket.Reader) ([]docket.Directive, error) { return r.Readings(ctx, q.scope) }) {
				unread = append(unread, d.ID)
			}
			c.same("readings of "+name, slices.Contains(q.want, row{reading.ID, 2, 0, 2}), slices.Equal(unread, []docket.DirectiveID{reading.ID}))
		}
	},
}

func (c *city) rows(ids ...docket.MatterID) (rows []docket.MatterRow) {
	c.Helper()
	c.view(func(r docket.Reader) error {
		for row, err := range r.MatterRows(ctx, ids...) {
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows
}
