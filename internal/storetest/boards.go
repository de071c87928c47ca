package storetest

import (
	"errors"
	"fmt"

	docket "github.com/docket-os/docket"
)

var boardTests = map[string]func(*city){
	"a row holds what the board needs": func(c *city) {
		d, matters := c.adopted("1号", 2, c.bureau)
		m := matters[1]
		want := docket.MatterRow{ID: m.ID, No: "2026-0002", Owner: c.office, Directive: d.ID, ClauseOrd: 1, Ord: 1, Level: docket.City,
			Status: docket.Assigned, Due: m.Due, FirstDue: m.FirstDue, ReviewOn: m.ReviewOn, AckDue: docket.NewDate(2026, 11, 20), AssignedAt: Noon,
			Units: []docket.RoleUnit{{Unit: c.bureau, Role: docket.Lead}, {Unit: c.county, Role: docket.Support}}}
		c.same("row", []docket.MatterRow{want}, c.rows(m.ID))
		m.No, m.Aside, m.Due, m.Assignments = "督|2026|7", true, 0, nil
		c.update(func(w docket.Writer) error { return w.PutMatter(ctx, m) })
		want.No, want.Aside, want.Due, want.Units = m.No, true, 0, nil
		c.same("row", []docket.MatterRow{want}, c.rows(m.ID))
	},
	"the acknowledgement still owed is the last": func(c *city) {
		_, matters := c.adopted("1号", 1, c.bureau)
		id := matters[0].ID
		c.update(func(w docket.Writer) error {
			return w.InsertObligations(ctx, []docket.Obligation{
				{Kind: docket.OweAcknowledge, Matter: id, Unit: c.division, Due: docket.NewDate(2026, 11, 25)},
				{Kind: docket.OweFinish, Matter: id, Unit: c.bureau, Due: docket.NewDate(2026, 12, 31)}})
		})
		c.same("last", docket.NewDate(2026, 11, 25), c.rows(id)[0].AckDue)
		c.update(func(w docket.Writer) error { return c.meet(w, id, c.division) })
		c.same("the others'", docket.NewDate(2026, 11, 20), c.rows(id)[0].AckDue)
		c.update(func(w docket.Writer) error {
			return errors.Join(c.meet(w, id, c.bureau), c.meet(w, id, c.county))
		})
		c.same("none", docket.Date(0), c.rows(id)[0].AckDue)
	},
	"rows stream by id, past any page, and may be left early": func(c *city) {
		_, _, drafts := c.imported("1号", 4200, c.bureau)
		rows := c.rows()
		c.same("count", 4200, len(rows))
		for i, r := range rows {
			if r.ID != drafts[i].ID {
				c.Fatalf("row %d is matter %d", i, r.ID)
			}
		}
		c.same("some, by id", []docket.MatterRow{rows[3], rows[4100]}, c.rows(rows[4100].ID, 9999, rows[3].ID))
		c.view(func(r docket.Reader) error {
			for row, err := range r.MatterRows(ctx) {
				must(c, row, err)
				break
			}
			for row, err := range r.MatterRows(ctx) { // questions may be asked in between
				must(c, row, err)
				_, err := r.Matter(ctx, docket.SystemScope(), row.ID)
				return err
			}
			return nil
		})
	},
	"lines of the ledger are the board's rows with their words, in the order asked for": func(c *city) {
		d, clauses, drafts := c.imported("1号", 9, c.bureau)
		rows := c.rows()
		var ids []docket.MatterID
		var want []docket.LedgerLine
		for _, i := range []int{7, 0, 3} {
			m := drafts[i]
			ids = append(ids, m.ID)
			want = append(want, docket.LedgerLine{MatterRow: rows[i], Title: m.Title, Requirement: m.Requirement,
				DirectiveTitle: d.Title, DirectiveNumber: d.Number, ClauseLabel: clauses[m.ClauseOrd].Label})
		}
		ids = append(ids, 9999)
		c.same("lines", want, ask(c, func(r docket.Reader) ([]docket.LedgerLine, error) {
			return r.LedgerLines(ctx, fromOffice(c.office), ids)
		}))
	},
	"rows within an update show what it did so far": func(c *city) {
		_, clauses, _ := c.imported("1号", 1, c.bureau)
		c.update(func(w docket.Writer) error {
			m := c.draft(&clauses[0], 9, c.county)
			must(c, 0, w.PutMatter(ctx, m))
			for row, err := range w.MatterRows(ctx, m.ID) {
				c.same("row", fmt.Sprint(m.ID, 9), fmt.Sprint(must(c, row, err).ID, row.Ord))
			}
			must(c, 0, w.DeleteDrafts(ctx, []docket.MatterID{m.ID}))
			for row := range w.MatterRows(ctx, m.ID) {
				c.Errorf("deleted, but in a row: %v", row)
			}
			return nil
		})
	},
}

var obligationTests = map[string]func(*city){
	"what units owe, earliest first": func(c *city) {
		_, matters := c.adopted("1号", 2, c.bureau)
		id := matters[0].ID
		c.update(func(w docket.Writer) error {
			return w.InsertObligations(ctx, []docket.Obligation{
				{Kind: docket.OweFinish, Matter: id, Unit: c.bureau},
				{Kind: docket.OweFinish, Matter: id, Unit: c.bureau, Due: docket.NewDate(2026, 11, 19), Since: Noon.AddDate(0, 0, -1)}})
		})
		owed := func(s docket.UnitSet) (out []string) {
			for _, o := range ask(c, func(r docket.Reader) ([]docket.Obligation, error) { return r.Owed(ctx, docket.Liaison, s) }) {
				out = append(out, fmt.Sprintf("%s %d %s", o.Kind, o.Matter, o.Due))
			}
			return out
		}
		ack, other := fmt.Sprintf("acknowledge %d 2026-11-20", id), fmt.Sprintf("acknowledge %d 2026-11-20", matters[1].ID)
		first, last := fmt.Sprintf("finish %d 2026-11-19", id), fmt.Sprintf("finish %d ", id)
		c.same("bureau's", []string{first, ack, other, last}, owed(set(c.bureau)))
		c.same("all", 6, len(owed(docket.AllUnits())))
		c.same("none", 0, len(owed(docket.UnitSet{})))
		c.update(func(w docket.Writer) error { return c.meet(w, id, c.bureau) })
		c.same("bureau's", []string{first, other, last}, owed(set(c.bureau)))
		by := func(kind docket.ObligationKind, day docket.Date) (n int) {
			return len(ask(c, func(r docket.Reader) ([]docket.Obligation, error) { return r.OwedBy(ctx, kind, day) }))
		}
		c.same("receipts by their day, those met and those without a day left out", []int{0, 3, 1},
			[]int{by(docket.OweAcknowledge, docket.NewDate(2026, 11, 19)), by(docket.OweAcknowledge, docket.NewDate(2026, 11, 20)), by(docket.OweFinish, docket.NewDate(2026, 12, 31))})
		all := ask(c, func(r docket.Reader) ([]docket.Obligation, error) { return r.MatterObligations(ctx, id) })
		c.same("met now", []any{4, Noon, Noon}, []any{len(all), all[1].Met, all[1].Since})
		c.refused(docket.Invalid, func(w docket.Writer) error {
			return w.InsertObligations(ctx, []docket.Obligation{{Kind: docket.OweFinish, Matter: 9999, Unit: c.bureau}})
		})
	},
	"what a new calendar may move": func(c *city) {
		_, matters := c.adopted("1号", 2, c.bureau)
		id, wd := matters[0].ID, docket.Term{Count: 3, Unit: docket.WorkingDays}
		day := func(n int) docket.Date { return docket.NewDate(2027, 1, n) }
		c.update(func(w docket.Writer) error {
			return w.InsertObligations(ctx, []docket.Obligation{
				{Kind: docket.OweReview, Matter: id, Unit: c.bureau, Due: day(3), Term: wd},
				{Kind: docket.OweReview, Matter: id, Unit: c.bureau, Due: day(4), Term: wd},
				{Kind: docket.OweReview, Matter: id, Unit: c.bureau, Due: day(2), Term: wd, Provisional: true},
				{Kind: docket.OweReview, Matter: id, Unit: c.bureau, Due: day(9), Term: wd, Provisional: true, Met: Noon},
				{Kind: docket.OweReview, Matter: id, Unit: c.bureau, Due: day(9), Term: wd, Provisional: true, Void: Noon},
				{Kind: docket.OweReply, Matter: id, Unit: c.bureau, Due: day(9), Term: docket.Term{Count: 3, Unit: docket.Days}},
				{Kind: docket.OwePart, Matter: id, Unit: c.bureau, Due: day(5)}})
		})
		var got []string
		for _, o := range ask(c, func(r docket.Reader) ([]docket.Obligation, error) { return r.CountedObligations(ctx, day(4)) }) {
			got = append(got, fmt.Sprintf("%s %s", o.Kind, o.Due))
		}
		c.same("counted", []string{"review 2027-01-04", "review 2027-01-02", "part 2027-01-05"}, got)
		all := ask(c, func(r docket.Reader) ([]docket.Matter, error) {
			return r.Matters(ctx, docket.SystemScope(), []docket.MatterID{matters[0].ID, matters[1].ID})
		})
		all[0].Provisional, all[1].Provisional, all[1].Status = true, true, docket.Completed
		c.update(func(w docket.Writer) error {
			must(c, 0, w.PutLife(ctx, &all[0]))
			return w.PutLife(ctx, &all[1])
		})
		c.same("provisional", []docket.MatterID{all[0].ID}, ask(c, func(r docket.Reader) ([]docket.MatterID, error) { return r.ProvisionalMatters(ctx) }))
	},
}

// meet marks the receipt a unit owes as met now.
func (c *city) meet(w docket.Writer, id docket.MatterID, unit docket.UnitID) error {
	owed, err := w.MatterObligations(ctx, id)
	if err != nil {
		return err
	}
	for _, o := range owed {
		if o.Kind == docket.OweAcknowledge && o.Unit == unit && o.Open() {
			o.Met = w.Now()
			if err := w.PutObligations(ctx, []docket.Obligation{o}); err != nil {
				return err
			}
		}
	}
	return nil
}
