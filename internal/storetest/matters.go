package storetest

import (
	"math/rand/v2"
	"slices"

	docket "github.com/docket-os/docket"
)

var matterTests = map[string]func(*city){
	"a matter is kept whole": func(c *city) {
		_, clauses, drafts := c.imported("1号", 1, c.bureau)
		want := *drafts[0]
		want.Assignments = slices.Clone(want.Assignments)
		c.same("version", int64(1), want.Version)
		one := func(r docket.Reader) (docket.Matter, error) { return r.Matter(ctx, docket.SystemScope(), want.ID) }
		want.UpdatedAt = Noon
		c.same("inserted", want, ask(c, one))
		want.Assignments[0], want.Assignments[2].Unit, want.Assignments[2].Accepted = want.Assignments[1], c.county, Noon
		want.Requirement, want.Dues, want.Findings, want.Due = "改为新建食堂", nil, nil, 0
		c.update(func(w docket.Writer) error { return w.PutMatter(ctx, &want) })
		c.same("version", int64(2), want.Version)
		c.same("put", want, ask(c, one))
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutMatter(ctx, drafts[0]) })
		lone := docket.Matter{Owner: c.office, Clause: clauses[0].ID, Directive: clauses[0].Directive, Status: docket.Draft, Ord: 7}
		c.update(func(w docket.Writer) error { return w.PutMatter(ctx, &lone) })
		c.same("bare", lone, ask(c, func(r docket.Reader) (docket.Matter, error) { return r.Matter(ctx, docket.SystemScope(), lone.ID) }))
	},
	"a matter names units, owners and clauses that exist": func(c *city) {
		_, clauses, _ := c.imported("1号", 1, c.bureau)
		for _, wrong := range []func(*docket.Matter){
			func(m *docket.Matter) { m.Assignments[0].Unit = 9999 }, func(m *docket.Matter) { m.Owner = 9999 },
			func(m *docket.Matter) { m.Clause = 9999 }, func(m *docket.Matter) { m.Directive = 9999 },
		} {
			m := c.draft(&clauses[0], 1, c.bureau)
			wrong(m)
			c.refused(docket.Invalid, func(w docket.Writer) error { return w.PutMatter(ctx, m) })
		}
	},
	"many by their ids, in the order asked for": func(c *city) {
		_, _, drafts := c.imported("1号", 50, c.bureau)
		ids := []docket.MatterID{9999}
		var want []docket.Matter
		for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(50) {
			ids = append(ids, drafts[i].ID)
			want = append(want, *drafts[i])
		}
		c.same("matters", want, ask(c, func(r docket.Reader) ([]docket.Matter, error) { return r.Matters(ctx, fromOffice(c.office), ids) }))
		c.same("none", 0, len(ask(c, func(r docket.Reader) ([]docket.Matter, error) { return r.Matters(ctx, fromOffice(c.office), nil) })))
	},
	"a directive's matters by their order": func(c *city) {
		d, _, drafts := c.imported("1号", 30, c.bureau)
		c.update(func(w docket.Writer) error {
			drafts[0].Ord, drafts[29].Ord = 29, 0
			must(c, 0, w.PutMatter(ctx, drafts[0]))
			return w.PutMatter(ctx, drafts[29])
		})
		got := ask(c, func(r docket.Reader) ([]docket.Matter, error) {
			return r.DirectiveMatters(ctx, fromOffice(c.office), d.ID)
		})
		c.same("length, first, last", []any{30, drafts[29].ID, drafts[0].ID}, []any{len(got), got[0].ID, got[29].ID})
	},
	"only drafts are deleted, all or none": func(c *city) {
		_, firm := c.adopted("1号", 1, c.bureau)
		_, _, drafts := c.imported("2号", 3, c.bureau)
		c.refused(docket.Conflict, func(w docket.Writer) error {
			return w.DeleteDrafts(ctx, []docket.MatterID{drafts[0].ID, firm[0].ID})
		})
		c.same("kept", 4, len(c.rows()))
		c.update(func(w docket.Writer) error {
			return w.DeleteDrafts(ctx, []docket.MatterID{drafts[0].ID, drafts[2].ID})
		})
		c.same("left", 2, len(c.rows()))
	},
}
