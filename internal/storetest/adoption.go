package storetest

import (
	"fmt"
	"slices"
	"sync"

	docket "github.com/docket-os/docket"
)

var adoptTests = map[string]func(*city){
	"many are adopted in one act": func(c *city) {
		d, matters := c.adopted("1号", 350, c.bureau)
		got := ask(c, func(r docket.Reader) ([]docket.Matter, error) {
			return r.DirectiveMatters(ctx, fromUnit(c.bureau), d.ID)
		})
		c.same("count", 350, len(got))
		for i, m := range got {
			want := *matters[i]
			c.same("version", int64(2), want.Version)
			c.same(m.No, want, m)
			if c.Failed() {
				break
			}
		}
	},
	"two adoptions at once: one is told": func(c *city) {
		d, _, drafts := c.imported("1号", 150, c.bureau)
		second := make([]*docket.Matter, len(drafts))
		for i, m := range drafts {
			second[i] = new(*m)
		}
		c.update(func(w docket.Writer) error { return adopt(c, w, &d, drafts) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return adopt(c, w, new(d), second) })
		c.same("draft that changed in the meantime", int64(1), second[0].Version)
	},
	"a draft edited in the meantime is not adopted": func(c *city) {
		d, _, drafts := c.imported("1号", 3, c.bureau)
		edited := *drafts[1]
		c.update(func(w docket.Writer) error { return w.PutMatter(ctx, &edited) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return adopt(c, w, &d, drafts) })
		for _, r := range c.rows() {
			c.same("status", docket.Draft, r.Status)
		}
	},
	"a number is given once per owner": func(c *city) {
		_, matters := c.adopted("1号", 1, c.bureau)
		_, _, drafts := c.imported("2号", 1, c.bureau)
		drafts[0].No, drafts[0].Status = matters[0].No, docket.Registered
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.AdoptMatters(ctx, drafts) })
	},
	"numbers run on without gaps or doubles, however many ask at once": func(c *city) {
		var mu sync.Mutex
		var given []int
		var wg sync.WaitGroup
		for n := range 8 {
			wg.Go(func() {
				for range 5 {
					first := 0
					err := c.Update(ctx, Noon, func(w docket.Writer) (err error) {
						if first, err = w.NextMatterNo(ctx, c.office, 2026, n+1); err == nil && n == 3 {
							err = docket.Errorf(docket.Invalid, "x", "undone")
						}
						return err
					})
					if n == 3 {
						continue
					}
					if err != nil {
						c.Error(err)
					}
					mu.Lock()
					for i := range n + 1 {
						given = append(given, first+i)
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		slices.Sort(given)
		for i, no := range given {
			if no != i+1 {
				c.Fatalf("numbers %v", given)
			}
		}
		c.update(func(w docket.Writer) error {
			for _, q := range []struct {
				owner docket.UnitID
				year  int
			}{{c.office, 2027}, {c.bureau, 2026}} {
				first, err := w.NextMatterNo(ctx, q.owner, q.year, 1)
				c.same(fmt.Sprint(q), 1, must(c, first, err))
			}
			return nil
		})
	},
}
