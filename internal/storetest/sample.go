package storetest

import (
	"fmt"
	"time"

	docket "github.com/docket-os/docket"
)

// directive is a directive of the city's office with every field filled.
func (c *city) directive(number string) docket.Directive {
	return docket.Directive{
		Owner: c.office, Title: "关于推进养老服务高质量发展的实施方案", Number: number, Issuer: "云州市人民政府",
		IssuedOn: docket.NewDate(2026, 3, 1), Level: docket.City, Lang: "zh", Addressees: []string{"各县区人民政府"},
		Parents: []docket.ParentRef{{Title: "省实施意见", Number: "云发〔2026〕1号"}}, Status: docket.Reading,
		File:       docket.FileRef{SHA256: "ab" + number, Name: "方案.docx", Format: "docx", Size: 1 << 33},
		Findings:   []docket.Finding{{Code: docket.FindLabelJump, Severity: docket.Doubt, Args: map[string]string{"label": "三、"}}},
		ImportedBy: c.clerk, ImportedAt: Noon.Add(-time.Hour),
	}
}

// imported keeps a directive of n clauses and a draft for each, led by unit.
func (c *city) imported(number string, n int, lead docket.UnitID) (d docket.Directive, clauses []docket.Clause, drafts []*docket.Matter) {
	c.Helper()
	c.update(func(w docket.Writer) error {
		d = c.directive(number)
		if err := w.PutDirective(ctx, &d); err != nil {
			return err
		}
		clauses = make([]docket.Clause, n)
		for i := range clauses {
			clauses[i] = docket.Clause{Directive: d.ID, Ord: i, Parent: -1, Kind: docket.KindClause, Part: docket.PartBody, Label: fmt.Sprintf("%d.", i+1),
				Path: fmt.Sprintf("一、 / %d.", i+1), Text: fmt.Sprintf("新建社区食堂%d家。（市民政局牵头）", i+1), Page: 1, Line: i, Struck: []docket.Span{{Start: 0, End: 3}}}
		}
		if err := w.InsertClauses(ctx, clauses); err != nil {
			return err
		}
		drafts = nil
		for i := range clauses {
			drafts = append(drafts, c.draft(&clauses[i], i, lead))
		}
		return w.InsertMatters(ctx, drafts)
	})
	return d, clauses, drafts
}

// draft is a draft matter with every field filled.
func (c *city) draft(clause *docket.Clause, ord int, lead docket.UnitID) *docket.Matter {
	from := docket.Provenance{Origin: docket.OwnWords, Clause: clause.Ord, Span: docket.Span{Start: 3, End: 9}}
	return &docket.Matter{
		Owner: c.office, Directive: clause.Directive, Clause: clause.ID, ClauseOrd: clause.Ord, Ord: ord, Span: docket.Span{Start: 0, End: 12},
		Title: "新建社区食堂", Requirement: clause.Text, Strength: docket.Deliver, Duty: ord%2 == 1, Status: docket.Draft, Result: docket.ResultPartly,
		Due: docket.NewDate(2026, 12, 31), FirstDue: docket.NewDate(2026, 12, 30), ReviewOn: docket.NewDate(2027, 1, 5), Provisional: true,
		Assignments: []docket.Assignment{
			{Party: docket.Party{Role: docket.Support, Name: "青禾县", From: from}, Unit: c.county},
			{Party: docket.Party{Role: docket.Lead, Name: "市民政局", Written: "民政局", Open: true, From: from}, Unit: lead, Suggested: []docket.UnitID{c.division}},
			{Party: docket.Party{Role: docket.Several, Name: "各有关部门", Vague: true, Unsure: true, From: from}},
		},
		Dues:     []docket.Due{{Kind: docket.DueDate, On: docket.NewDate(2026, 12, 31), Words: "年底前", Prov: from}},
		Measures: []docket.MeasureRead{{Value: 12.5, Unit: "家", Direction: docket.AtLeast, Strength: docket.Must, Words: "12.5家", From: from}},
		Findings: []docket.Finding{{Code: docket.FindVagueGroup, Severity: docket.Doubt, Field: "several", Span: &docket.Span{Start: 1, End: 2}}},
	}
}

// adopted imports a directive and adopts it with its matters.
func (c *city) adopted(number string, n int, lead docket.UnitID) (docket.Directive, []*docket.Matter) {
	c.Helper()
	d, _, matters := c.imported(number, n, lead)
	c.update(func(w docket.Writer) error { return adopt(c, w, &d, matters) })
	return d, matters
}

// adopt does in the store what adoption does: numbers, statuses, obligations, entries.
func adopt(c *city, w docket.Writer, d *docket.Directive, matters []*docket.Matter) error {
	first, err := w.NextMatterNo(ctx, d.Owner, 2026, len(matters))
	if err != nil {
		return err
	}
	var owed []docket.Obligation
	entries := []docket.Entry{{Actor: c.clerk, Verb: docket.VerbAdopt, Directive: d.ID}}
	for i, m := range matters {
		m.No, m.Status, m.AssignedAt = fmt.Sprintf("2026-%04d", first+i), docket.Assigned, w.Now()
		entries = append(entries, docket.Entry{Actor: c.clerk, Verb: docket.VerbAssign, Directive: d.ID, Matter: m.ID, After: []byte(`{"status":"assigned"}`)})
		for _, a := range m.Assignments {
			if a.Unit != 0 {
				owed = append(owed, docket.Obligation{Kind: docket.OweAcknowledge, Matter: m.ID, Unit: a.Unit, Due: docket.NewDate(2026, 11, 20)})
			}
		}
	}
	d.Status, d.AdoptedAt = docket.Adopted, w.Now()
	if err := w.AdoptMatters(ctx, matters); err != nil {
		return err
	}
	if err := w.PutDirective(ctx, d); err != nil {
		return err
	}
	if err := w.InsertObligations(ctx, owed); err != nil {
		return err
	}
	return w.Append(ctx, entries...)
}
