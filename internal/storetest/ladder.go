package storetest

import (
	"errors"
	"time"

	docket "github.com/docket-os/docket"
)

var ladderTests = map[string]func(*city){
	"the ladder sees what is open and has a day, until its end": func(c *city) {
		_, matters := c.adopted("1号", 1, c.bureau)
		m, d := matters[0].ID, docket.NewDate(2026, 12, 1)
		owed := []docket.Obligation{
			{Kind: docket.OweReport, Matter: m, Unit: c.bureau, Due: d + 2, Ref: 1},
			{Kind: docket.OweReport, Matter: m, Unit: c.bureau, Due: d, Ref: 2},
			{Kind: docket.OweReply, Matter: m, Unit: c.bureau, Due: d, Ref: 3, At: Noon.Add(time.Hour)},
			{Kind: docket.OweReport, Matter: m, Unit: c.bureau, Ref: 4},
			{Kind: docket.OweReport, Matter: m, Unit: c.bureau, Due: d, Ref: 5, Met: Noon},
			{Kind: docket.OweReport, Matter: m, Unit: c.bureau, Due: d + 90, Ref: 6},
		}
		c.update(func(w docket.Writer) error { return w.InsertObligations(ctx, owed) })
		seen := func(q docket.ClimbingQuery) (refs []int64) {
			for _, x := range ask(c, func(r docket.Reader) ([]docket.Climbing, error) { return r.Climbing(ctx, q) }) {
				if x.Ref > 0 {
					refs = append(refs, x.Ref)
				}
				if x.Matter == m && (x.Owner != c.office || x.Status != docket.Assigned) {
					c.Errorf("a thing owed stands in a matter of %d, %s", x.Owner, x.Status)
				}
			}
			return refs
		}
		until := docket.ClimbingQuery{Until: d + 10, AfterDue: d - 1, Limit: 9}
		c.same("by due and id", []int64{2, 3, 1}, seen(until))
		page := until
		page.Limit = 2
		c.same("a page", []int64{2, 3}, seen(page))
		page.AfterDue, page.After = d, owed[2].ID
		c.same("the next", []int64{1}, seen(page))
		c.same("by the hour", []int64{3}, seen(docket.ClimbingQuery{HourFrom: Noon, HourTo: Noon.Add(time.Hour)}))
		c.same("after that hour", []int64(nil), seen(docket.ClimbingQuery{HourFrom: Noon.Add(time.Hour), HourTo: Noon.Add(2 * time.Hour)}))
		c.same("by id", []int64{2, 6}, seen(docket.ClimbingQuery{IDs: []docket.ObligationID{owed[1].ID, owed[4].ID, owed[5].ID}}))

		c.update(func(w docket.Writer) error {
			return errors.Join(w.Hear(ctx, owed[0].ID, docket.Heard{Due: d + 2, Rung: docket.Ahead(3)}), w.Hear(ctx, owed[1].ID, docket.Heard{Due: d, Rung: docket.RungLeader}))
		})
		c.same("what was told to its end is gone", []int64{3, 1}, seen(until))
		heard := ask(c, func(r docket.Reader) ([]docket.Climbing, error) {
			return r.Climbing(ctx, docket.ClimbingQuery{IDs: []docket.ObligationID{owed[0].ID}})
		})
		c.same("what was told", docket.Heard{Due: d + 2, Rung: docket.Ahead(3)}, heard[0].Heard)
		owed[1].Due = d + 5
		c.update(func(w docket.Writer) error { return w.PutObligations(ctx, owed[1:2]) })
		c.same("a due that moved begins anew", []int64{3, 1, 2}, seen(until))
	},
	"the ladder sees the statements that are owed for meetings ahead": func(c *city) {
		d := docket.NewDate(2026, 11, 18)
		ahead, begun := c.meeting(docket.StocktakeConvened), c.meeting(docket.StocktakeSitting)
		owed := []docket.Statement{
			{Stocktake: ahead.ID, Unit: c.bureau, Due: d, Since: Noon, Status: docket.StatementDraft},
			{Stocktake: ahead.ID, Unit: c.county, Due: d, Since: Noon, Status: docket.StatementSent, SentAt: Noon},
			{Stocktake: ahead.ID, Unit: c.office, Due: d, Since: Noon, Status: docket.StatementPassed, PassedAt: Noon, PassedOn: d},
			{Stocktake: begun.ID, Unit: c.bureau, Due: d, Since: Noon, Status: docket.StatementDraft},
		}
		c.update(func(w docket.Writer) (err error) {
			for i := range owed {
				err = errors.Join(err, w.PutStatement(ctx, &owed[i]))
			}
			return err
		})
		seen := func(ids ...docket.StatementID) []docket.Climbing {
			return ask(c, func(r docket.Reader) ([]docket.Climbing, error) { return r.ClimbingStatements(ctx, ids...) })
		}
		want := []docket.Climbing{owed[0].Climbing(&ahead, docket.Heard{}), owed[1].Climbing(&ahead, docket.Heard{})}
		c.same("owed by the unit, and by its head", want, seen())
		c.same("by id", want[1:], seen(owed[1].ID, owed[2].ID))
		told := docket.Heard{Due: d, Rung: docket.Ahead(3)}
		c.update(func(w docket.Writer) error { return w.HearStatement(ctx, owed[0].ID, told) })
		c.same("what was told", told, seen(owed[0].ID)[0].Heard)
		c.update(func(w docket.Writer) error { return w.PutStatement(ctx, &owed[0]) }) // telling is no change of it
		c.same("stays told", told, seen(owed[0].ID)[0].Heard)
	},
	"stand-ins are kept for both": func(c *city) {
		d := docket.NewDate(2026, 12, 1)
		want := []docket.Standin{
			{Person: c.clerk, By: c.other, From: d, To: d + 3, Words: "休假", SetBy: c.clerk},
			{Person: c.other, By: c.clerk, From: d + 10, To: d + 12, SetBy: c.clerk},
		}
		third := docket.Person{Login: "third", Name: "第三人", Lang: "zh", Active: true}
		c.update(func(w docket.Writer) error {
			return errors.Join(w.PutStandin(ctx, &want[0]), w.PutStandin(ctx, &want[1]), w.PutPerson(ctx, &third))
		})
		of := func(people ...docket.PersonID) []docket.Standin {
			return ask(c, func(r docket.Reader) ([]docket.Standin, error) { return r.Standins(ctx, people...) })
		}
		c.same("of one", want, of(c.clerk))
		c.same("of another", want, of(c.other, third.ID))
		c.same("of nobody", 0, len(of(third.ID)))
		c.same("everybody's", want, of())
		want[0].Ended = Noon
		c.update(func(w docket.Writer) error { return w.PutStandin(ctx, &want[0]) })
		c.same("ended", want, of())
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.PutStandin(ctx, &docket.Standin{ID: 99}) })
		entry := docket.Entry{Verb: docket.VerbEdit, Actor: c.other, For: c.clerk}
		c.update(func(w docket.Writer) error { return w.Append(ctx, entry) })
		last := ask(c, func(r docket.Reader) ([]docket.Entry, error) {
			return r.Entries(ctx, docket.EntryQuery{Before: 1 << 40}, 0, 1)
		})
		c.same("the journal names both", entry.For, last[0].For)
	},
}
