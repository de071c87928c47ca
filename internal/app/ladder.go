package app

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

// ladder remembers what of time the ladder has seen, so that a tick that finds
// nothing new costs one small query. Losing it costs a second look and nothing
// else: what was told stands with each thing owed.
type ladder struct {
	mu  sync.Mutex
	day docket.Date // the last day that was gone through to its end
	at  time.Time   // up to which terms of hours were looked at
}

// How much the ladder takes at a time: rows read in one view, and things told of
// in one transaction, so that nobody waits long for either.
const (
	ladderPage = 2000
	ladderStep = 100
)

// climb tells whom the ladder has reached (product.md B8): each working day once
// for all that is due soon or late, and in between what falls due by the hour.
func (a *App) climb(ctx context.Context) error {
	a.ladder.mu.Lock()
	defer a.ladder.mu.Unlock()
	now := a.cfg.Clock()
	today := a.dayOf(now)
	if !a.works(today) {
		return nil
	}
	if a.ladder.day == today && !now.Before(a.ladder.at) {
		err := a.climbPages(ctx, docket.ClimbingQuery{HourFrom: a.ladder.at, HourTo: now})
		if err == nil {
			a.ladder.at = now
		}
		return err
	}
	if err := a.climbPages(ctx, docket.ClimbingQuery{Limit: ladderPage}); err != nil {
		return err
	}
	if err := a.climbStatements(ctx); err != nil {
		return err
	}
	a.ladder.day, a.ladder.at = today, now
	return nil
}

// climbStatements does the same for what units owe for meetings ahead.
func (a *App) climbStatements(ctx context.Context) error {
	var news []docket.StatementID
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		news = nil
		rules, err := rulesOf(ctx, r)
		if err != nil {
			return err
		}
		all, err := r.ClimbingStatements(ctx)
		for i := range all {
			if a.rung(&rules, &all[i]) != 0 {
				news = append(news, all[i].Statement)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(news, ladderStep) {
		if err := a.climbStep(ctx, func(c *Change) ([]docket.Climbing, error) { return c.ClimbingStatements(ctx, some...) }); err != nil {
			return err
		}
	}
	return nil
}

// climbPages goes through what a query gives and tells what there is to tell.
func (a *App) climbPages(ctx context.Context, q docket.ClimbingQuery) error {
	for {
		var page []docket.Climbing
		var rules docket.Rules
		err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
			if rules, err = rulesOf(ctx, r); err != nil {
				return err
			}
			if q.Limit > 0 { // nothing further ahead than the first reminder
				day, _ := a.calendar().AddWorkingDays(a.today(), slices.Max(append([]int{0}, rules.Remind...))+1)
				q.Until = day - 1
			}
			page, err = r.Climbing(ctx, q)
			return err
		})
		if err != nil {
			return err
		}
		var news []docket.ObligationID
		for i := range page {
			if a.rung(&rules, &page[i]) != 0 {
				news = append(news, page[i].ID)
			}
		}
		for some := range slices.Chunk(news, ladderStep) {
			err := a.climbStep(ctx, func(c *Change) ([]docket.Climbing, error) {
				rows, err := c.Climbing(ctx, docket.ClimbingQuery{IDs: some})
				if err != nil {
					return nil, err
				}
				return rows, c.claimed(ctx, rows)
			})
			if err != nil {
				return err
			}
		}
		if q.Limit == 0 || len(page) < q.Limit {
			return ctx.Err()
		}
		q.AfterDue, q.After = page[len(page)-1].Due, page[len(page)-1].ID
	}
}

// rung is what there is to tell of a thing owed now.
func (a *App) rung(rules *docket.Rules, c *docket.Climbing) docket.Rung {
	now := a.cfg.Clock()
	return rules.Climb(c, a.dayOf(c.Since), a.dayOf(now), c.Late(now, a.cfg.Location), a.calendar())
}

// climbStep tells of some things owed in one transaction. They are read again in
// it: another process may have told, or somebody may have done, what was seen.
func (a *App) climbStep(ctx context.Context, read func(*Change) ([]docket.Climbing, error)) error {
	err := a.change(ctx, docket.Actor{}, docket.VerbRemind, func(ctx context.Context, c *Change) error {
		c.proven() // time itself acts
		rules, err := rulesOf(ctx, c)
		if err != nil {
			return err
		}
		rows, err := read(c)
		if err != nil {
			return err
		}
		reminded := 0
		for i := range rows {
			x := &rows[i]
			rung := a.rung(&rules, x)
			if rung == 0 {
				continue
			}
			if rung.Past() && x.Pressed() {
				err := c.notToday(ctx, &x.Obligation)
				if docket.CodeOf(err) == docket.Conflict { // somebody pressed for it today: once is the most, so it waits
					continue
				}
				if err != nil {
					return err
				}
			}
			if err := a.tellRung(ctx, c, x, rung); err != nil {
				return err
			}
			if err := c.heard(ctx, x, rung); err != nil {
				return err
			}
			if !rung.Past() || !x.Pressed() {
				reminded++
			}
		}
		if reminded > 0 {
			return c.Record(ctx, docket.Entry{After: note("told", reminded)})
		}
		if !c.recorded {
			return errFiled
		}
		return nil
	})
	if err == error(errFiled) {
		return nil
	}
	return err
}

func (c *Change) heard(ctx context.Context, x *docket.Climbing, rung docket.Rung) error {
	h := docket.Heard{Due: x.Due, Rung: rung}
	if x.Statement != 0 {
		return c.HearStatement(ctx, x.Statement, h)
	}
	return c.Hear(ctx, x.ID, h)
}

// claimed marks what units have claimed done: for that they are not pressed.
func (c *Change) claimed(ctx context.Context, rows []docket.Climbing) error {
	var ids []docket.MatterID
	for i := range rows {
		if rows[i].Kind == docket.OweFinish {
			ids = append(ids, rows[i].Matter)
		}
	}
	slices.Sort(ids)
	matters, err := c.Matters(ctx, docket.SystemScope(), slices.Compact(ids))
	of := make(map[docket.MatterID]*docket.Matter, len(matters))
	for i := range matters {
		of[matters[i].ID] = &matters[i]
	}
	for i := range rows {
		if m := of[rows[i].Matter]; m != nil {
			rows[i].Claimed = m.ClaimedBy(rows[i].Unit)
		}
	}
	return err
}

// tellRung tells one rung: a reminder, a slip for what a unit owes, or word of
// what supervisors owe each other and of statements; past the due also those whom
// it has reached.
func (a *App) tellRung(ctx context.Context, c *Change, x *docket.Climbing, rung docket.Rung) error {
	by := map[docket.Role][]docket.PersonID{}
	for _, role := range x.Told(rung) {
		unit := x.Unit
		if role == docket.Office {
			unit = x.Owner
		}
		var err error
		if by[role], err = c.holders(ctx, role, unit); err != nil {
			return err
		}
	}
	once := "ladder/" + x.Key(rung)
	n := docket.Notice{Kind: docket.NoticeRemind, Matter: x.Matter, Unit: x.Unit, Once: once, Args: map[string]string{"what": string(x.Kind), "due": x.Due.String()}}
	if x.Statement != 0 {
		n.Args["title"], n.Args["stocktake"] = x.Title, strconv.FormatInt(int64(x.Stocktake), 10)
	}
	own := by[x.Role]
	if x.Role == docket.Liaison {
		own = union(own, by[docket.Head])
	}
	above := union(by[docket.Office], by[docket.Leader])
	switch {
	case !rung.Past():
		return a.tell(ctx, c, n, own...)
	case x.Statement != 0:
		n.Kind = docket.NoticeOverdue
		if err := a.tell(ctx, c, n, own...); err != nil || len(above) == 0 {
			return err
		}
		return a.tellAbove(ctx, c, n, above)
	case !x.Pressed():
		n.Kind = docket.NoticeOverdue
		return a.tell(ctx, c, n, union(own, above)...)
	}
	u, err := a.press(ctx, c, docket.Urge{Owner: x.Owner, Rung: x.Reached(rung)}, &x.Obligation, own...)
	if err != nil || len(above) == 0 {
		return err
	}
	n.Urge, n.Args["slip"] = u.ID, u.Slip
	return a.tellAbove(ctx, c, n, above)
}

// tellAbove tells those above a unit that it is late; not its group a second time.
func (a *App) tellAbove(ctx context.Context, c *Change, n docket.Notice, above []docket.PersonID) error {
	n.Args["unit"] = c.Place.tree.Name(n.Unit)
	n.Kind, n.Unit = docket.NoticeClimb, 0
	return a.tell(ctx, c, n, above...)
}
