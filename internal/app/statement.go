package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// oweStatements makes every reporting unit owe a statement and tells it. It is
// drafted from the ledger whenever somebody looks at it, until it is sent.
func (a *App) oweStatements(ctx context.Context, c *Change, s *docket.Stocktake) error {
	have, err := c.Statements(ctx, s.ID)
	if err != nil {
		return err
	}
	for _, slot := range s.Slots {
		i := slices.IndexFunc(have, func(x docket.Statement) bool { return x.Unit == slot.Unit })
		if i >= 0 {
			if have[i].Due != s.Due {
				have[i].Due = s.Due
				if err := c.PutStatement(ctx, &have[i]); err != nil {
					return err
				}
			}
			continue
		}
		st := docket.Statement{Stocktake: s.ID, Unit: slot.Unit, Due: s.Due, Since: c.Now(), Status: docket.StatementDraft, Sections: []docket.Section{}, Promises: []docket.Promise{}}
		if err := c.PutStatement(ctx, &st); err != nil {
			return err
		}
		if err := a.tellUnit(ctx, c, s, slot.Unit, docket.NoticeConvened); err != nil {
			return err
		}
	}
	for i := range have {
		if s.Slot(have[i].Unit) == nil {
			if err := a.release(ctx, c, s, &have[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// release drops the statement of a unit that was taken off the list: it is owed no
// more, and its people read nothing of the meeting. What they wrote stays in the journal.
func (a *App) release(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
	if err := a.tellUnit(ctx, c, s, st.Unit, docket.NoticeReleased); err != nil {
		return err
	}
	if err := c.DeleteStatement(ctx, st.ID); err != nil {
		return err
	}
	words := strings.TrimSpace(st.Words())
	if words == "" {
		return nil
	}
	return c.Record(ctx, docket.Entry{Unit: st.Unit, Before: note("title", s.Title, "text", words), After: note("stocktake", s.ID)})
}

// tellUnit tells a unit's people and head that it is to report, or what became of
// that: once for each state of the plan.
func (a *App) tellUnit(ctx context.Context, c *Change, s *docket.Stocktake, unit docket.UnitID, kind docket.NoticeKind) error {
	to, err := c.unitPeople(ctx, unit)
	if err != nil {
		return err
	}
	return a.tell(ctx, c, aboutMeeting(s, kind, unit), to...)
}

// tellConvener tells who convenes a meeting the same once, not for each unit.
func (a *App) tellConvener(ctx context.Context, c *Change, s *docket.Stocktake, kind docket.NoticeKind) error {
	return a.tell(ctx, c, aboutMeeting(s, kind, 0), s.Convener)
}

func aboutMeeting(s *docket.Stocktake, kind docket.NoticeKind, unit docket.UnitID) docket.Notice {
	args := s.Args()
	if kind != docket.NoticeReleased { // whose people no longer see the meeting: no way leads there
		args["stocktake"] = strconv.FormatInt(int64(s.ID), 10)
	}
	return docket.Notice{Kind: kind, Unit: unit, Once: fmt.Sprintf("stocktake/%d/%d/%s/%d", s.ID, unit, kind, s.Version), Args: args}
}

// Statement gives one unit's statement for a meeting, with what the actor may do.
// Facts are as of now while the unit writes, and as they were once it is filed.
func (a *App) Statement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID) (StatementPage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return StatementPage{}, err
	}
	var page StatementPage
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		s, st, err := statementOf(ctx, r, &actor, id, unit)
		if err != nil {
			return err
		}
		if st.Editable() {
			if err := a.draftStatement(ctx, r, &s, &st); err != nil {
				return err
			}
		}
		if page, err = a.statementPage(ctx, &actor, &s, st); err != nil {
			return err
		}
		h := hands{app: a, known: names{}}
		page.With, err = h.with(ctx, r, &page.Statement)
		return err
	})
	return page, err
}

// statementOf loads a statement through its meeting and the actor's scope.
func statementOf(ctx context.Context, r docket.Reader, actor *docket.Actor, id docket.StocktakeID, unit docket.UnitID) (s docket.Stocktake, st docket.Statement, err error) {
	if s, err = r.Stocktake(ctx, actor.Scope(), id); err != nil {
		return s, st, err
	}
	if !s.SeesUnit(actor, unit) {
		return s, st, notFound()
	}
	all, err := r.Statements(ctx, id)
	if err != nil {
		return s, st, err
	}
	i := slices.IndexFunc(all, func(x docket.Statement) bool { return x.Unit == unit })
	if i < 0 {
		return s, st, notFound()
	}
	return s, all[i], nil
}

func (a *App) statementPage(ctx context.Context, actor *docket.Actor, s *docket.Stocktake, st docket.Statement) (StatementPage, error) {
	pl, err := a.place(ctx)
	page := StatementPage{Statement: st, Title: s.Title, UnitName: pl.tree.Name(st.Unit), Takes: int(docket.SpeakingTime(st.Words()).Seconds()), Late: st.Late(pl.day), May: []string{}}
	if slot := s.Slot(st.Unit); slot != nil {
		page.Minutes = slot.Minutes
	}
	open := s.Status == docket.StocktakeConvened || s.Status == docket.StocktakeSitting
	add := func(may bool, acts ...string) {
		if may && open {
			page.May = append(page.May, acts...)
		}
	}
	can := func(act docket.Act) bool { return docket.MayAct(actor, act, statementSubject(s, act, st.Unit)) }
	add(st.Editable() && can(docket.ActState), "write", "send")
	add(st.Status == docket.StatementSent && can(docket.ActApprove), "approve")
	add(st.Status == docket.StatementPassed && can(docket.ActConsent), "agree")
	add(slices.ContainsFunc(st.ReturnedBy(), can), "return")
	return page, err
}

// statementSubject is what an act on a statement is asked about: the unit for its
// own people and its leader, the meeting for who runs or chairs that.
func statementSubject(s *docket.Stocktake, act docket.Act, unit docket.UnitID) docket.Subject {
	if act == docket.ActConvene || act == docket.ActIssue {
		return docket.SubjectOfStocktake(s)
	}
	return docket.Subject{Units: []docket.UnitID{unit}}
}

// onStatement is a change of one unit's statement.
func (a *App) onStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, version int64, fn func(context.Context, *Change, *docket.Stocktake, *docket.Statement) error) (StatementPage, error) {
	err := a.change(ctx, actor, docket.VerbState, func(ctx context.Context, c *Change) error {
		s, st, err := statementOf(ctx, c, &actor, id, unit)
		if err != nil {
			return err
		}
		before := st
		before.Sections, before.Promises = slices.Clone(st.Sections), slices.Clone(st.Promises)
		if err := fn(ctx, c, &s, &st); err != nil {
			return err
		}
		if version != 0 {
			if err := expect(before.Version, version); err != nil {
				return err
			}
		}
		if s.Status != docket.StocktakeConvened && s.Status != docket.StocktakeSitting {
			return docket.Errorf(docket.Conflict, "statement.over", "the meeting is over: its statements are no longer changed")
		}
		if err := c.PutStatement(ctx, &st); err != nil {
			return err
		}
		if s.Status == docket.StocktakeSitting && before.Status != st.Status { // the room says what is agreed, and follows the meeting's version
			if err := c.PutStocktake(ctx, &s); err != nil {
				return err
			}
		}
		return c.Record(ctx, docket.Entry{Unit: unit, Reason: st.Reason, Before: note("status", before.Status), After: note("stocktake", s.ID, "status", st.Status)})
	})
	if err != nil {
		return StatementPage{}, err
	}
	a.rooms.wake(id)
	return a.Statement(ctx, actor, id, unit)
}

// SaveStatement keeps what the unit has typed so far: words of each section by its
// kind, and promises. Facts are not the unit's to edit.
func (a *App) SaveStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, words map[docket.SectionKind]string, promises []docket.Promise, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		if err := c.May(docket.ActState, docket.Subject{Units: []docket.UnitID{unit}}); err != nil {
			return err
		}
		if !st.Editable() {
			return docket.Errorf(docket.Conflict, "statement.sent", "the statement is before the head or filed: take it back before changing it")
		}
		if err := a.draftStatement(ctx, c, s, st); err != nil {
			return err
		}
		for i := range st.Sections {
			if w, ok := words[st.Sections[i].Kind]; ok {
				st.Sections[i].Words = w
			}
		}
		st.Promises, st.Author = append([]docket.Promise{}, promises...), actor.Person.ID
		for i := range st.Promises {
			if m := st.Promises[i].Matter; m != 0 {
				if _, err := c.Matter(ctx, actor.Scope(), m); err != nil {
					return err
				}
			}
		}
		if err := guardWords(st.Words()); err != nil {
			return err
		}
		return st.Validate()
	})
}

// SendStatement puts it before the unit's head; sent by the head it goes on at once.
func (a *App) SendStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		if err := c.May(docket.ActState, statementSubject(s, docket.ActState, unit)); err != nil {
			return err
		}
		if err := st.Send(actor.Person.ID, c.Now(), c.Today); err != nil {
			return err
		}
		if docket.MayAct(&actor, docket.ActApprove, statementSubject(s, docket.ActApprove, unit)) {
			return c.pass(ctx, s, st)
		}
		return nil
	})
}

// pass lets it out by the head, and by the leader at once where that is the same person.
func (c *Change) pass(ctx context.Context, s *docket.Stocktake, st *docket.Statement) error {
	leaders, err := c.holders(ctx, docket.Leader, st.Unit)
	if err != nil {
		return err
	}
	led := false
	for _, id := range leaders {
		p, err := c.Person(ctx, id)
		if err != nil {
			return err
		}
		led = led || p.Active // nothing waits for somebody who cannot sign in
	}
	by := c.Actor.Person.ID
	if err := st.Pass(by, led, c.Now(), c.Today); err != nil {
		return err
	}
	if st.Status == docket.StatementPassed && docket.MayAct(&c.Actor, docket.ActConsent, statementSubject(s, docket.ActConsent, st.Unit)) {
		return st.Agree(by, c.Now(), c.Today)
	}
	return nil
}

// ApproveStatement lets it out, by the head.
func (a *App) ApproveStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		if err := c.May(docket.ActApprove, statementSubject(s, docket.ActApprove, unit)); err != nil {
			return err
		}
		return c.pass(ctx, s, st)
	})
}

// AgreeStatement files it, by the leader of the unit's portfolio.
func (a *App) AgreeStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		if err := c.May(docket.ActConsent, statementSubject(s, docket.ActConsent, unit)); err != nil {
			return err
		}
		return st.Agree(actor.Person.ID, c.Now(), c.Today)
	})
}

// ReturnStatement sends it back with the reason, by whose word it waits for or who
// has it.
func (a *App) ReturnStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, reason string, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		acts := st.ReturnedBy()
		if len(acts) == 0 {
			acts = []docket.Act{docket.ActApprove, docket.ActConsent, docket.ActConvene, docket.ActIssue}
		}
		act := acts[max(0, slices.IndexFunc(acts, func(x docket.Act) bool { return docket.MayAct(&actor, x, statementSubject(s, x, unit)) }))]
		if err := c.May(act, statementSubject(s, act, unit)); err != nil {
			return err
		}
		return st.Return(actor.Person.ID, cut(reason, docket.MaxTopicWords), c.Now())
	})
}
