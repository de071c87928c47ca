package storetest

import (
	"fmt"
	"strings"

	docket "github.com/docket-os/docket"
)

var searchTests = map[string]func(*city){
	"words are found in both languages": func(c *city) {
		texts := []string{"推进养老服务体系建设", "老年人服务养护", "改造老旧小区用水管网", "Repair the Northford bridge", "bridging loans for ＧＤＰ growth", "完成12.5公里道路；落实“一网通办”"}
		d := c.written(texts)
		for question, want := range map[string]string{
			"养老": "0", "养老服务": "0", "老服": "0", "服务 养老": "0", "服务": "0 1", "小区": "2", "水": "2", "网": "2 5", "bridge": "3", "BRIDG": "3 4",
			"gdp": "4", "northford repair": "3", "养护 bridge": "", "12": "5", "1": "", "公里道路": "5", "一网通办": "5", "道路；落实": "5", "x": "", "。，": "", "": "",
			`"`: "", "养老*": "0", "' OR 1=1 --": "", "NOT 养老": "", "bridge AND": "", "服务 OR 水": "",
		} {
			var got []string
			for _, h := range ask(c, func(r docket.Reader) ([]docket.Hit, error) { return r.Search(ctx, docket.SystemScope(), question, 50) }) {
				if h.Kind == "clause" {
					got = append(got, fmt.Sprint(h.Ord))
					c.same("hit", docket.Hit{Kind: "clause", Directive: d.ID, Clause: h.Clause, Ord: h.Ord, Label: h.Label, Text: texts[h.Ord]}, h)
				}
			}
			c.same(fmt.Sprintf("%q", question), want, strings.Join(got, " "))
		}
	},
	"an exact number first, then the newest": func(c *city) {
		c.adopted("云政发〔2026〕6号", 2, c.bureau)
		_, second := c.adopted("云政发〔2026〕16号", 2, c.bureau)
		c.update(func(w docket.Writer) error {
			second[1].Requirement = "参照2026-0001办理"
			return w.PutMatter(ctx, second[1])
		})
		labels := func(question string, limit int) (out []string) {
			for _, h := range ask(c, func(r docket.Reader) ([]docket.Hit, error) {
				return r.Search(ctx, docket.SystemScope(), question, limit)
			}) {
				out = append(out, h.Kind+" "+h.Label)
			}
			return out
		}
		c.same("matter's number", []string{"matter 2026-0001", "matter 2026-0004"}, labels("2026-0001", 50))
		c.same("directive's number", "directive 云政发〔2026〕6号", labels(" 云政发〔2026〕6号 ", 50)[0])
		c.same("newest directive first, in its order", []string{"clause 1.", "matter 2026-0003", "clause 2.", "clause 1."}, append(labels("食堂", 50)[:3], labels("食堂", 4)[3]))
		c.same("limit", 2, len(labels("食堂", 2)))
		c.same("no limit given", 0, len(labels("食堂", 0)))
	},
	"a changed text is found by its new words only": func(c *city) {
		d, _, drafts := c.imported("1号", 1, c.bureau)
		count := func(question, kind string) (n int) {
			for _, h := range ask(c, func(r docket.Reader) ([]docket.Hit, error) { return r.Search(ctx, docket.SystemScope(), question, 50) }) {
				if h.Kind == kind {
					n++
				}
			}
			return n
		}
		drafts[0].Requirement, d.Title = "改造公园", "园林规划"
		c.update(func(w docket.Writer) error {
			must(c, 0, w.PutDirective(ctx, &d))
			return w.PutMatter(ctx, drafts[0])
		})
		c.same("old and new", []int{0, 1, 0, 1}, []int{count("食堂", "matter"), count("公园", "matter"), count("养老", "directive"), count("园林", "directive")})
	},
	"all matters by word or by the beginning of their number": func(c *city) {
		_, matters := c.adopted("1号", 12, c.bureau)
		_, _, drafts := c.imported("2号", 1, c.bureau)
		find := func(text string) []docket.MatterID {
			return ask(c, func(r docket.Reader) ([]docket.MatterID, error) { return r.SearchMatters(ctx, text) })
		}
		c.same("by word", 13, len(find("食堂")))
		c.same("by number", []docket.MatterID{matters[9].ID, matters[10].ID, matters[11].ID}, find("2026-001"))
		c.same("by both, once", []docket.MatterID{matters[0].ID, drafts[0].ID}, find("食堂1家"))
		c.same("nothing asked", 0, len(find(" ")))
	},
	"a text of any size is kept and found by how it begins": func(c *city) {
		c.written([]string{strings.Repeat("开展专项整治行动，", 30_000), strings.Repeat("x", 1<<20), strings.Repeat("word ", 100_000)})
		hits := ask(c, func(r docket.Reader) ([]docket.Hit, error) {
			return r.Search(ctx, docket.SystemScope(), "专项整治", 5)
		})
		c.same("hits", 1, len(hits))
	},
}

// written keeps a directive of clauses with these texts, without matters.
func (c *city) written(texts []string) (d docket.Directive) {
	c.Helper()
	d, _, _ = c.imported("1号", 0, c.bureau)
	c.update(func(w docket.Writer) error {
		clauses := make([]docket.Clause, len(texts))
		for i, text := range texts {
			clauses[i] = docket.Clause{Directive: d.ID, Ord: i, Parent: -1, Kind: docket.KindClause, Label: fmt.Sprint(i), Text: text}
		}
		return w.InsertClauses(ctx, clauses)
	})
	return d
}
