package storetest

import (
	"encoding/json"
	"errors"
	"time"

	docket "github.com/docket-os/docket"
)

// meeting is a convened stocktake of the bureau and the county.
func (c *city) meeting(status docket.StocktakeStatus) docket.Stocktake {
	s := docket.Stocktake{Owner: c.office, Kind: docket.Symposium, Title: "座谈会", On: docket.NewDate(2026, time.November, 20), Begins: "09:30", Convener: c.clerk, Chair: c.clerk, Status: status,
		Scope: docket.StocktakeScope{Directives: []docket.DirectiveID{}}, Topics: []docket.Topic{{Key: "own/1", Kind: docket.TopicOwn, Text: "养老"}},
		Slots: []docket.Slot{{Unit: c.bureau, Name: "市民政局", Minutes: 10, State: docket.SlotWaiting, Why: &docket.Said{Key: "k", Args: map[string]string{"n": "1"}}}, {Unit: c.county, Name: "青禾县", Minutes: 5, State: docket.SlotSpeaking, Began: Noon, Spent: 61_000}}}
	c.update(func(w docket.Writer) error { return w.PutStocktake(ctx, &s) })
	return s
}

var stocktakeTests = map[string]func(*city){
	"a meeting is seen by its office at first, then by its units": func(c *city) {
		s := c.meeting(docket.StocktakePlanned)
		office, bureau, other := docket.Scope{Office: set(c.office)}, docket.Scope{Read: set(c.bureau)}, docket.Scope{Read: set(c.division), Office: set(c.division)}
		seen := func(scope docket.Scope) (list []docket.Stocktake, running int, code docket.Code) {
			must(c, 0, c.View(ctx, func(r docket.Reader) (err error) {
				if list, err = r.Stocktakes(ctx, scope); err != nil {
					return err
				}
				some, err := r.RunningStocktakes(ctx, scope)
				running = len(some)
				if _, e := r.Stocktake(ctx, scope, s.ID); e != nil {
					code = docket.CodeOf(e)
				}
				return err
			}))
			return list, running, code
		}
		for _, step := range []struct {
			status  docket.StocktakeStatus
			units   bool
			running int
		}{{docket.StocktakePlanned, false, 0}, {docket.StocktakeConvened, true, 1}, {docket.StocktakeClosed, true, 1}, {docket.StocktakeIssued, true, 0}, {docket.StocktakeCancelled, true, 0}} {
			if s.Status != step.status {
				s.Status = step.status
				c.update(func(w docket.Writer) error { return w.PutStocktake(ctx, &s) })
			}
			list, running, code := seen(office)
			c.same(string(step.status)+": the office's", []docket.Stocktake{s}, list)
			c.same(string(step.status)+": running", step.running, running)
			c.same(string(step.status)+": refused", docket.Code(""), code)
			list, _, code = seen(bureau)
			c.same(string(step.status)+": a unit's", step.units, len(list) == 1 && code == "")
			list, _, code = seen(other)
			c.same(string(step.status)+": another's", true, len(list) == 0 && code == docket.NotFound)
		}
		stale := s
		stale.Version--
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutStocktake(ctx, &stale) })
	},
	"slips take the next number of their owner's year": func(c *city) {
		s, o := c.meeting(docket.StocktakeClosed), c.meeting(docket.StocktakeClosed)
		var sent []docket.Slip
		for _, of := range []docket.Slip{{Stocktake: s.ID, Owner: s.Owner, Day: docket.NewDate(2026, 12, 30)}, {Stocktake: o.ID, Owner: s.Owner, Day: docket.NewDate(2026, 12, 31)},
			{Stocktake: s.ID, Owner: s.Owner, Day: docket.NewDate(2027, 1, 4)}, {Stocktake: s.ID, Owner: c.bureau, Day: docket.NewDate(2026, 12, 30)}} {
			of.Unit, of.Items, of.By, of.At = c.county, []docket.ItemID{3, 9}, c.clerk, Noon
			c.update(func(w docket.Writer) error { return w.InsertSlip(ctx, &of) })
			sent = append(sent, of)
		}
		c.same("numbers", []string{"2026-0001", "2026-0002", "2027-0001", "2026-0001"}, []string{sent[0].No, sent[1].No, sent[2].No, sent[3].No})
		c.same("of one meeting", []docket.Slip{sent[0], sent[2], sent[3]}, ask(c, func(r docket.Reader) ([]docket.Slip, error) { return r.Slips(ctx, s.ID) }))
	},
	"lines, statements and minutes belong to their meeting, each once": func(c *city) {
		_, ms := c.adopted("1号", 1, c.bureau)
		s, o := c.meeting(docket.StocktakeSitting), c.meeting(docket.StocktakeSitting)
		line := docket.Item{Stocktake: s.ID, Key: "k1", Kind: docket.ItemDecision, Unit: c.bureau, Text: "建成三所", ClauseOrd: 0, Matter: ms[0].ID, No: ms[0].No, Due: docket.NewDate(2026, 12, 20),
			Leads: []docket.UnitID{c.bureau}, Supports: []docket.UnitID{c.county}, By: c.clerk, At: Noon}
		again, elsewhere := line, line
		elsewhere.Stocktake = o.ID
		c.update(func(w docket.Writer) error { return w.PutItem(ctx, &line) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutItem(ctx, &again) })
		c.update(func(w docket.Writer) error { return w.PutItem(ctx, &elsewhere) })
		line.Struck, line.Reason = Noon, "误"
		c.update(func(w docket.Writer) error { return w.PutItem(ctx, &line) })
		c.same("lines", []docket.Item{line}, ask(c, func(r docket.Reader) ([]docket.Item, error) { return r.Items(ctx, s.ID) }))
		c.same("lines of both", []docket.Item{line, elsewhere}, ask(c, func(r docket.Reader) ([]docket.Item, error) { return r.Items(ctx, o.ID, s.ID) }))
		c.same("lines of none", 0, len(ask(c, func(r docket.Reader) ([]docket.Item, error) { return r.Items(ctx) })))
		found := ask(c, func(r docket.Reader) (docket.Item, error) { i, _, err := r.ItemByKey(ctx, s.ID, "k1"); return i, err })
		c.same("by key", line, found)
		c.same("no such key", false, ask(c, func(r docket.Reader) (bool, error) { _, ok, err := r.ItemByKey(ctx, s.ID, "k2"); return ok, err }))

		st := docket.Statement{Stocktake: s.ID, Unit: c.bureau, Due: docket.NewDate(2026, 11, 18), Since: Noon, Status: docket.StatementDraft,
			Sections: []docket.Section{{Kind: docket.SectionIdeas, Words: "明年", Facts: []docket.PackLine{{Said: docket.Said{Key: "fact.done"}, Matter: ms[0].ID}}}}, Promises: []docket.Promise{{Text: "年底前", Due: docket.NewDate(2026, 12, 31)}}}
		twice := st
		c.update(func(w docket.Writer) error { return w.PutStatement(ctx, &st) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutStatement(ctx, &twice) })
		c.same("statements", []docket.Statement{st}, ask(c, func(r docket.Reader) ([]docket.Statement, error) { return r.Statements(ctx, s.ID) }))

		c.update(func(w docket.Writer) error { return w.DeleteStatement(ctx, st.ID) })
		c.same("statements after one was dropped", 0, len(ask(c, func(r docket.Reader) ([]docket.Statement, error) { return r.Statements(ctx, s.ID) })))

		m := docket.Minutes{Stocktake: s.ID, No: "1", Title: "座谈会", Body: []docket.MinutesPara{{Level: 1, Text: "议定事项"}, {Text: "建成三所", Item: line.ID}}, Status: docket.MinutesDraft, Remarks: []docket.Remark{}, Addenda: []docket.Addendum{}}
		other := m
		c.update(func(w docket.Writer) error { return w.PutMinutes(ctx, &m) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutMinutes(ctx, &other) })
		c.same("minutes", m, ask(c, func(r docket.Reader) (docket.Minutes, error) { return r.Minutes(ctx, s.ID) }))
		if err := c.View(ctx, func(r docket.Reader) error { _, err := r.Minutes(ctx, o.ID); return err }); docket.CodeOf(err) != docket.NotFound {
			c.Errorf("the other meeting's minutes: %v", err)
		}
	},
	"a pack comes back to the byte, by its number": func(c *city) {
		s := c.meeting(docket.StocktakeConvened)
		body := docket.PackBody{Stocktake: s.ID, Title: "<座谈会> & \u2028", At: Noon, Pages: []docket.PackPage{{Unit: c.bureau, Name: "市民政局", Parts: []docket.PackPart{}}}, Lamps: map[docket.MatterID]docket.Lamp{7: docket.LampAct}}
		p, err := body.Freeze(1, c.clerk)
		must(c, 0, err)
		again := p
		c.update(func(w docket.Writer) error { return w.PutPack(ctx, &p) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutPack(ctx, &again) })
		got := ask(c, func(r docket.Reader) (docket.Pack, error) { return r.Pack(ctx, s.ID, 1) })
		c.same("body", string(p.Body), string(got.Body))
		opened, err := got.Open()
		must(c, 0, err)
		c.same("opened", body, opened)
		heads := ask(c, func(r docket.Reader) ([]docket.Pack, error) { return r.Packs(ctx, s.ID) })
		c.same("heads", 1, len(heads))
		c.same("without bodies", 0, len(heads[0].Body))
		got.Body = json.RawMessage(`{"stocktake":1}`)
		if _, err := got.Open(); err == nil {
			c.Errorf("a body that was changed opened")
		}
	},
	"the newest report of each matter that went out and stands": func(c *city) {
		_, ms := c.adopted("1号", 3, c.bureau)
		all := []docket.Report{
			{Matter: ms[0].ID, Unit: c.bureau, Kind: docket.ProgressReport, Status: docket.ReportAccepted, Changed: "旧"},
			{Matter: ms[0].ID, Unit: c.bureau, Kind: docket.ProgressReport, Status: docket.ReportSent, Changed: "新"},
			{Matter: ms[0].ID, Unit: c.bureau, Kind: docket.ProgressReport, Status: docket.ReportReturned, Changed: "退"},
			{Matter: ms[1].ID, Unit: c.bureau, Kind: docket.ProgressReport, Status: docket.ReportDraft, Changed: "稿"},
			{Matter: ms[2].ID, Unit: c.bureau, Kind: docket.ProgressReport, Status: docket.ReportSent, Changed: "报"},
		}
		c.update(func(w docket.Writer) (err error) {
			for i := range all {
				err = errors.Join(err, w.PutReport(ctx, &all[i]))
			}
			return err
		})
		said := func(ids ...docket.MatterID) (out []string) {
			for _, x := range ask(c, func(r docket.Reader) ([]docket.Report, error) { return r.NewestReports(ctx, ids) }) {
				out = append(out, x.Changed)
			}
			return out
		}
		c.same("of three", []string{"新", "报"}, said(ms[0].ID, ms[1].ID, ms[2].ID))
		c.same("of one", []string{"报"}, said(ms[2].ID))
		c.same("of none", []string(nil), said())
	},
	"matters without evidence": func(c *city) {
		_, ms := c.adopted("1号", 2, c.bureau)
		e := docket.Evidence{Matter: ms[0].ID, Unit: c.bureau, Kind: docket.EvidencePhoto, Grade: docket.GradeDocument, SHA256: "aa", Name: "a.jpg", Media: "image/jpeg", Size: 1, By: c.clerk, At: Noon}
		c.update(func(w docket.Writer) error { return w.PutEvidence(ctx, &e) })
		bare := func(owner docket.UnitID) []docket.MatterID {
			return ask(c, func(r docket.Reader) ([]docket.MatterID, error) { return r.Bare(ctx, owner) })
		}
		c.same("bare", []docket.MatterID{ms[1].ID}, bare(ms[0].Owner))
		c.same("another owner's", 0, len(bare(c.county)))
	},
}
