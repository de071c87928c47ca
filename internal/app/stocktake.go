package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// Stocktakes lists the meetings in the actor's scope, the newest day first.
func (a *App) Stocktakes(ctx context.Context, actor docket.Actor) ([]StocktakeRow, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	out := []StocktakeRow{}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		all, err := r.Stocktakes(ctx, actor.Scope())
		if err != nil {
			return err
		}
		ids := idsOf(all)
		items, err := a.itemViews(ctx, r, &actor, pl, ids...)
		if err != nil {
			return err
		}
		statements, err := r.Statements(ctx, ids...)
		if err != nil {
			return err
		}
		known, lines, said := names{0: ""}, byMeeting(items, (*ItemView).meeting), byMeeting(statements, func(st *docket.Statement) docket.StocktakeID { return st.Stocktake })
		for i := range all {
			s := &all[i]
			row := StocktakeRow{ID: s.ID, Kind: s.Kind, Title: s.Title, On: s.On, Begins: s.Begins, Place: s.Place, Status: s.Status, Units: len(s.Slots), Due: s.Due, Owed: []UnitRef{}, Landing: landingOf(lines[s.ID])}
			row.countStatements(&actor, pl, said[s.ID])
			if row.ConvenerName, err = known.of(ctx, r, s.Convener); err != nil {
				return err
			}
			out = append(out, row)
		}
		slices.SortFunc(out, func(x, y StocktakeRow) int { return cmp.Or(-cmp.Compare(x.On, y.On), -cmp.Compare(x.ID, y.ID)) })
		return nil
	})
	return out, err
}

// countStatements says how many statements are in, and of which units the actor owes one.
func (row *StocktakeRow) countStatements(actor *docket.Actor, pl *place, all []docket.Statement) {
	for i := range all {
		switch st := &all[i]; {
		case st.Status == docket.StatementFiled:
			row.Filed++
		case st.Open() && actor.File.Has(st.Unit) && row.Status.Open():
			row.Owed = append(row.Owed, pl.ref(st.Unit))
		}
	}
}

func idsOf(all []docket.Stocktake) []docket.StocktakeID {
	ids := make([]docket.StocktakeID, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	return ids
}

// byMeeting sorts what belongs to meetings by the meeting.
func byMeeting[T any](all []T, of func(*T) docket.StocktakeID) map[docket.StocktakeID][]T {
	by := map[docket.StocktakeID][]T{}
	for i := range all {
		id := of(&all[i])
		by[id] = append(by[id], all[i])
	}
	return by
}

func (v *ItemView) meeting() docket.StocktakeID { return v.Stocktake }

// Stocktake gives a meeting with all that belongs to it, as far as the actor may see it.
func (a *App) Stocktake(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (StocktakePage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return StocktakePage{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return StocktakePage{}, err
	}
	var page StocktakePage
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		s, err := r.Stocktake(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		page, err = a.stocktakePage(ctx, r, &actor, pl, s)
		return err
	})
	return page, err
}

func (a *App) stocktakePage(ctx context.Context, r docket.Reader, actor *docket.Actor, pl *place, s docket.Stocktake) (StocktakePage, error) {
	page := StocktakePage{Stocktake: s, SatOn: s.Sat(a.cfg.Location), OwnerName: pl.tree.Name(s.Owner), Statements: []StatementHead{}, Packs: []PackHead{}, Directives: []DirectiveRef{},
		May: docket.MayList(actor, docket.SubjectOfStocktake(&s), docket.ActConvene, docket.ActIssue), Whole: s.SeesWhole(actor)}
	known := names{0: ""}
	var err error
	for _, n := range []struct {
		of *string
		id docket.PersonID
	}{{&page.ConvenerName, s.Convener}, {&page.StandinName, s.Standin}, {&page.ChairName, s.Chair}} {
		if *n.of, err = known.of(ctx, r, n.id); err != nil {
			return page, err
		}
	}
	if page.Items, err = a.itemViews(ctx, r, actor, pl, s.ID); err != nil {
		return page, err
	}
	page.Landing = landingOf(page.Items)
	if page.Slips, err = a.slipsOf(ctx, r, actor, pl, &s, page.Items); err != nil {
		return page, err
	}
	said, err := r.Statements(ctx, s.ID)
	if err != nil {
		return page, err
	}
	h := hands{app: a, known: known}
	for i := range said {
		st := &said[i]
		if !s.SeesUnit(actor, st.Unit) {
			continue
		}
		head := StatementHead{Unit: st.Unit, UnitName: pl.tree.Name(st.Unit), Status: st.Status, Due: st.Due, FiledOn: st.FiledOn, With: []string{}, Since: st.Standing(),
			Late: st.Late(pl.day), Silent: st.Silent(pl.day), Mine: actor.File.Has(st.Unit)}
		if s.Status.Open() {
			if head.With, err = h.with(ctx, r, st); err != nil {
				return page, err
			}
		}
		page.Statements = append(page.Statements, head)
	}
	ahead := s.Status == docket.StocktakePlanned || s.Status == docket.StocktakeConvened
	if ahead && slices.Contains(page.May, docket.ActConvene) {
		if page.Unheard, err = h.unheard(ctx, r, s.Units()); err != nil {
			return page, err
		}
	}
	packs, err := r.Packs(ctx, s.ID)
	if err != nil {
		return page, err
	}
	for _, p := range packs {
		page.Packs = append(page.Packs, PackHead{No: p.No, At: p.At, Seal: p.Seal})
	}
	if z := a.freezer.find(s.ID); z != nil && slices.Contains(page.May, docket.ActConvene) {
		page.Freezing = new(z.sofar())
	}
	m, err := r.Minutes(ctx, s.ID)
	switch {
	case err == nil && minutesSeen(actor, &s, &m):
		page.Minutes, page.Slips.Due = m.Status, m.Due
	case err != nil && docket.CodeOf(err) != docket.NotFound:
		return page, err
	}
	if s.Previous != 0 {
		if before, err := r.Stocktake(ctx, actor.Scope(), s.Previous); err == nil {
			page.PreviousTitle = before.Title
		}
	}
	for _, id := range s.Scope.Directives {
		if d, err := r.Directive(ctx, actor.Scope(), id); err == nil {
			page.Directives = append(page.Directives, DirectiveRef{ID: id, Number: d.Number, Title: d.Title})
		}
	}
	return page, nil
}

// PlanStocktake keeps a meeting that the actor's office prepares: a new one when
// its id is 0. Units that are named without minutes get the usual ten.
func (a *App) PlanStocktake(ctx context.Context, actor docket.Actor, plan StocktakePlan, version int64) (StocktakePage, error) {
	id := plan.ID
	err := a.change(ctx, actor, docket.VerbConvene, func(ctx context.Context, c *Change) error {
		s := docket.Stocktake{Owner: actor.OfficeUnit(), Status: docket.StocktakePlanned, DaysBefore: 2, Topics: []docket.Topic{}, Slots: []docket.Slot{}}
		if plan.ID != 0 {
			var err error
			if s, err = c.Stocktake(ctx, actor.Scope(), plan.ID); err != nil {
				return err
			}
		}
		if err := c.May(docket.ActConvene, docket.Subject{Owner: s.Owner}); err != nil {
			return err
		}
		if s.ID != 0 {
			if err := expect(s.Version, version); err != nil {
				return err
			}
		}
		if s.Status != docket.StocktakePlanned && s.Status != docket.StocktakeConvened {
			return docket.Errorf(docket.Conflict, "stocktake.begun", "the meeting has begun or is over: its plan is no longer changed")
		}
		before := s
		if err := a.applyPlan(ctx, c, &s, &plan); err != nil {
			return err
		}
		if err := s.Validate(c.Today); err != nil {
			return err
		}
		if err := c.PutStocktake(ctx, &s); err != nil {
			return err
		}
		id = s.ID
		if s.Status == docket.StocktakeConvened {
			if err := a.oweStatements(ctx, c, &s); err != nil {
				return err
			}
			if err := a.tellMoved(ctx, c, &before, &s); err != nil {
				return err
			}
		}
		was, is := diff(before, s)
		return c.Record(ctx, docket.Entry{Unit: s.Owner, Before: was, After: is})
	})
	if err != nil {
		return StocktakePage{}, err
	}
	return a.Stocktake(ctx, actor, id)
}

// tellMoved tells the units that were called before that the meeting is at another
// time or place; who joins now learns it as called.
func (a *App) tellMoved(ctx context.Context, c *Change, before, s *docket.Stocktake) error {
	if before.On == s.On && before.Begins == s.Begins && before.Place == s.Place {
		return nil
	}
	for _, slot := range before.Slots {
		if s.Slot(slot.Unit) == nil { // released
			continue
		}
		if err := a.tellUnit(ctx, c, s, slot.Unit, docket.NoticeMoved); err != nil {
			return err
		}
	}
	return a.tellConvener(ctx, c, s, docket.NoticeChairs)
}

// applyPlan writes what the office entered into the meeting.
func (a *App) applyPlan(ctx context.Context, c *Change, s *docket.Stocktake, plan *StocktakePlan) error {
	if err := guardNames(plan.Title, plan.Place); err != nil {
		return err
	}
	s.Kind, s.Title, s.On, s.Begins, s.Place = plan.Kind, plan.Title, plan.On, plan.Begins, plan.Place
	s.Convener, s.Standin, s.Scope, s.DaysBefore, s.Previous = plan.Convener, plan.Standin, plan.Scope, plan.DaysBefore, plan.Previous
	if s.Chair != s.Standin || s.Standin == 0 {
		s.Chair = s.Convener
	}
	for _, p := range []struct {
		field  string
		person docket.PersonID
	}{{"convener", plan.Convener}, {"standin", plan.Standin}} {
		if p.person == 0 {
			continue
		}
		if led, err := c.leads(ctx, p.person, s.Owner, plan.Slots); err != nil {
			return err
		} else if !led {
			return faultAt("stocktake.invalid", p.field, "stocktake.no_leader", "this person holds no leader's post over these units")
		}
	}
	for _, id := range plan.Scope.Directives {
		if _, err := c.Directive(ctx, c.Actor.Scope(), id); err != nil {
			return err
		}
	}
	if plan.Previous != 0 {
		if _, err := c.Stocktake(ctx, c.Actor.Scope(), plan.Previous); err != nil {
			return err
		}
	}
	s.Due, _ = a.calendar().AddWorkingDays(s.On, -s.DaysBefore)
	slots := make([]docket.Slot, 0, len(plan.Slots))
	for _, p := range plan.Slots {
		u := c.Place.tree.Unit(p.Unit)
		if u == nil || !u.Stands(c.Today) && s.Slot(p.Unit) == nil {
			return faultAt("stocktake.invalid", "slots", "import.unit_gone", "one of the units does not exist or has ended")
		}
		x := docket.Slot{Unit: p.Unit, Name: c.Place.tree.Name(p.Unit), State: docket.SlotWaiting}
		if old := s.Slot(p.Unit); old != nil {
			x = *old
		}
		x.Minutes, x.Planned, x.Why = cmp.Or(p.Minutes, usualMinutes), 0, p.Why
		slots = append(slots, x)
	}
	s.Slots = slots
	return a.applyTopics(s, plan.Topics)
}

// usualMinutes is how long a unit speaks when nobody says.
const usualMinutes = 10

// applyTopics takes topics in the order given: those known by their key, and new
// ones in the office's own words.
func (a *App) applyTopics(s *docket.Stocktake, given []TopicPlan) error {
	if given == nil {
		return nil
	}
	topics := make([]docket.Topic, 0, len(given))
	for _, t := range given {
		if i := slices.IndexFunc(s.Topics, func(x docket.Topic) bool { return t.Key != "" && x.Key == t.Key }); i >= 0 {
			topics = append(topics, s.Topics[i])
			continue
		}
		if t.Text == "" {
			continue
		}
		if err := guardWords(t.Text); err != nil {
			return err
		}
		topics = append(topics, docket.Topic{Key: "own/" + a.cfg.Clock().UTC().Format("150405.000000") + "/" + cut(t.Text, 20), Kind: docket.TopicOwn, Text: t.Text, Unit: t.Unit})
	}
	s.Topics = topics
	return nil
}

// leads reports whether a person leads the meeting's owner or all its units.
func (c *Change) leads(ctx context.Context, person docket.PersonID, owner docket.UnitID, slots []SlotPlan) (bool, error) {
	p, err := c.Person(ctx, person)
	if docket.CodeOf(err) == docket.NotFound && err != nil {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	posts, err := c.Posts(ctx, person)
	if err != nil {
		return false, err
	}
	who := docket.NewActor(p, posts, c.Place.tree)
	outside := func(s SlotPlan) bool { return !who.Portfolio.Has(s.Unit) }
	return who.Portfolio.Has(owner) || len(slots) > 0 && !slices.ContainsFunc(slots, outside), nil
}

// faultAt is a refusal for one field.
func faultAt(key, field, fault, message string) error {
	return &docket.Error{Code: docket.Invalid, Key: key, Message: message, Fields: []docket.FieldError{{Field: field, Key: fault, Message: message}}}
}

// onStocktake is a change of one meeting, loaded in the actor's scope; fn asks
// for permission. The act leaves one entry, which fn gives; where that does not say
// what was done, what differs in the meeting does. Version 0 does not ask which
// state was seen.
func (a *App) onStocktake(ctx context.Context, actor docket.Actor, verb docket.Verb, id docket.StocktakeID, version int64, fn func(context.Context, *Change, *docket.Stocktake) (docket.Entry, error)) error {
	err := a.change(ctx, actor, verb, func(ctx context.Context, c *Change) error {
		s, err := c.Stocktake(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		before := s
		before.Slots, before.Topics = slices.Clone(s.Slots), slices.Clone(s.Topics)
		entry, err := fn(ctx, c, &s)
		if err != nil {
			return err
		}
		if version != 0 {
			if err := expect(before.Version, version); err != nil {
				return err
			}
		}
		if err := c.PutStocktake(ctx, &s); err != nil { // also where only what belongs to it changed: screens follow its version
			return err
		}
		if entry.After == nil {
			entry.Before, entry.After = diff(before, s)
		}
		entry.Unit, entry.After = cmp.Or(entry.Unit, s.Owner), withID(entry.After, "stocktake", s.ID)
		return c.Record(ctx, entry)
	})
	if err == nil {
		a.rooms.wake(id)
	}
	return err
}

// Convene announces a meeting: its units owe their statements from now on, and
// are told, with their heads and the convener.
func (a *App) Convene(ctx context.Context, actor docket.Actor, id docket.StocktakeID, version int64) (StocktakePage, error) {
	err := a.onStocktake(ctx, actor, docket.VerbConvene, id, version, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		if s.Status != docket.StocktakePlanned {
			return docket.Entry{}, docket.Errorf(docket.Conflict, "stocktake.convened", "the meeting has been convened already")
		}
		if err := s.Validate(c.Today); err != nil {
			return docket.Entry{}, err
		}
		if err := a.gatherTopics(ctx, c, s); err != nil {
			return docket.Entry{}, err
		}
		s.Status, s.ConvenedAt = docket.StocktakeConvened, c.Now()
		if err := a.oweStatements(ctx, c, s); err != nil {
			return docket.Entry{}, err
		}
		return docket.Entry{}, a.tellConvener(ctx, c, s, docket.NoticeChairs)
	})
	if err != nil {
		return StocktakePage{}, err
	}
	return a.Stocktake(ctx, actor, id)
}

// Cancel calls a meeting off and tells its units; what they had to state is owed no more.
func (a *App) Cancel(ctx context.Context, actor docket.Actor, id docket.StocktakeID, version int64, reason string) (StocktakePage, error) {
	err := a.onStocktake(ctx, actor, docket.VerbConvene, id, version, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		if s.Status != docket.StocktakePlanned && s.Status != docket.StocktakeConvened {
			return docket.Entry{}, docket.Errorf(docket.Conflict, "stocktake.begun", "the meeting has begun or is over: it cannot be called off")
		}
		called := s.Status == docket.StocktakeConvened
		s.Status, s.CalledOff = docket.StocktakeCancelled, strings.TrimSpace(reason)
		if called {
			for _, slot := range s.Slots {
				if err := a.tellUnit(ctx, c, s, slot.Unit, docket.NoticeCalledOff); err != nil {
					return docket.Entry{}, err
				}
			}
			if err := a.tellConvener(ctx, c, s, docket.NoticeCalledOff); err != nil {
				return docket.Entry{}, err
			}
		}
		return docket.Entry{Reason: reason}, nil
	})
	if err != nil {
		return StocktakePage{}, err
	}
	return a.Stocktake(ctx, actor, id)
}
