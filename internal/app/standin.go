package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// actorOf resolves a person with the posts held today: their own, and those of
// whom they stand in for. The posts of who was taken out of use are nobody's.
func actorOf(ctx context.Context, r docket.Reader, pl *place, p docket.Person) (docket.Actor, error) {
	posts, err := r.Posts(ctx, p.ID)
	if err != nil {
		return docket.Actor{}, err
	}
	spans, err := r.Standins(ctx, p.ID)
	if err != nil {
		return docket.Actor{}, err
	}
	for i := range spans {
		s := &spans[i]
		if s.By != p.ID || !s.Holds(pl.day) {
			continue
		}
		away, err := r.Person(ctx, s.Person)
		if err != nil {
			return docket.Actor{}, err
		}
		theirs, err := r.Posts(ctx, s.Person)
		if err != nil {
			return docket.Actor{}, err
		}
		if away.Active {
			posts = append(posts, s.Lent(away.Name, theirs)...)
		}
	}
	return docket.NewActor(p, posts, pl.tree), nil
}

// bothHands adds to the hands that were on a matter those in whose place they
// may have been: neither of two who act for each other verifies what the other did.
func (a *App) bothHands(ctx context.Context, r docket.Reader, m *docket.Matter, hands []docket.PersonID) ([]docket.PersonID, error) {
	if len(hands) == 0 {
		return hands, nil
	}
	slices.Sort(hands)
	hands = slices.Compact(hands)
	spans, err := r.Standins(ctx, hands...)
	for i := range spans {
		s := &spans[i]
		if slices.Contains(hands, s.By) && s.To >= a.dayOf(m.AssignedAt) && s.From <= a.today() {
			hands = append(hands, s.Person)
		}
	}
	return hands, err
}

// StandinView is a span with its names.
type StandinView struct {
	docket.Standin
	Name    string `json:"name"`    // of who is away
	ByName  string `json:"by_name"` // of who acts for them
	SetName string `json:"set_name"`
	Now     bool   `json:"now"` // it holds today
}

// AwayView is who stands in for the actor and for whom the actor does, today
// and to come, and whom they may name.
type AwayView struct {
	Items      []StandinView `json:"items"`
	Colleagues []Colleague   `json:"colleagues"` // with a post in a unit of the actor's
}

// Colleague is somebody who may be named.
type Colleague struct {
	Login string `json:"login"`
	Name  string `json:"name"`
}

// Away lists the spans that concern the actor.
func (a *App) Away(ctx context.Context, actor docket.Actor) (v AwayView, err error) {
	if actor.Person.ID == 0 {
		return v, permit(&actor, docket.ActRead, docket.Subject{})
	}
	pl, err := a.place(ctx)
	if err != nil {
		return v, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		spans, err := r.Standins(ctx, actor.Person.ID)
		if err != nil {
			return err
		}
		if v.Items, err = standinViews(ctx, r, pl, spans); err != nil {
			return err
		}
		v.Colleagues, err = colleagues(ctx, r, &actor, pl.day)
		return err
	})
	return v, err
}

// standinViews names the spans of today and to come.
func standinViews(ctx context.Context, r docket.Reader, pl *place, spans []docket.Standin) ([]StandinView, error) {
	out, known := []StandinView{}, names{0: ""}
	for _, s := range spans {
		if s.To < pl.day || !s.Ended.IsZero() {
			continue
		}
		v, err := known.standin(ctx, r, pl, s)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// standin puts names to a span.
func (n names) standin(ctx context.Context, r docket.Reader, pl *place, s docket.Standin) (StandinView, error) {
	v := StandinView{Standin: s, Now: s.Holds(pl.day)}
	var errs [3]error
	v.Name, errs[0] = n.of(ctx, r, s.Person)
	v.ByName, errs[1] = n.of(ctx, r, s.By)
	v.SetName, errs[2] = n.of(ctx, r, s.SetBy)
	return v, errors.Join(errs[:]...)
}

// colleagues are the people with a post in one of the actor's own units.
func colleagues(ctx context.Context, r docket.Reader, actor *docket.Actor, today docket.Date) ([]Colleague, error) {
	own := map[docket.UnitID]bool{}
	for _, p := range actor.Posts {
		own[p.Unit] = p.For == 0 && p.Unit != 0 || own[p.Unit]
	}
	posts, err := r.Posts(ctx, 0)
	if err != nil {
		return nil, err
	}
	seen, out := map[docket.PersonID]bool{actor.Person.ID: true}, []Colleague{}
	for _, p := range posts {
		if !own[p.Unit] || seen[p.Person] || !p.Holds(today) {
			continue
		}
		seen[p.Person] = true
		who, err := r.Person(ctx, p.Person)
		if err != nil {
			return nil, err
		}
		if who.Active {
			out = append(out, Colleague{who.Login, who.Name})
		}
	}
	slices.SortFunc(out, func(x, y Colleague) int { return strings.Compare(x.Name, y.Name) })
	return out, nil
}

// NewStandin is a span to be set. By is a login; From is today where none is given.
type NewStandin struct {
	By       string
	From, To docket.Date
	Words    string
}

// StandIn names who acts for a person (0: the actor) for a span of days. People
// do it for themselves; an administrator for anybody, an office for its units'
// people, and then for a third person: nobody takes another's posts unasked.
func (a *App) StandIn(ctx context.Context, actor docket.Actor, person docket.PersonID, n NewStandin) (StandinView, error) {
	var kept docket.Standin
	err := a.change(ctx, actor, docket.VerbStandIn, func(ctx context.Context, c *Change) error {
		s := docket.Standin{Person: person, From: dayOr(n.From, c.Today), To: n.To, Words: strings.TrimSpace(n.Words), SetBy: actor.Person.ID}
		if s.Person == 0 {
			s.Person = actor.Person.ID
		}
		if err := c.mayArrange(ctx, s.Person); err != nil {
			return err
		}
		by, err := c.PersonByLogin(ctx, strings.ToLower(strings.TrimSpace(n.By)))
		if errors.Is(err, docket.NotFound) || err == nil && !by.Active {
			return faultyStandin("standin.nobody", "nobody with an account in use has the login "+n.By, "login", n.By)
		}
		if err != nil {
			return err
		}
		if s.By = by.ID; s.By == actor.Person.ID && s.Person != actor.Person.ID {
			return faultyStandin("standin.third", "who arranges a stand-in for somebody else names a third person")
		}
		if err := guardWords(s.Words); err != nil {
			return err
		}
		if err := s.Validate(c.Today); err != nil {
			return err
		}
		others, err := c.Standins(ctx, s.Person, s.By)
		if err != nil {
			return err
		}
		if err := s.Clash(others); err != nil {
			return err
		}
		if err := c.PutStandin(ctx, &s); err != nil {
			return err
		}
		kept = s
		if err := a.tellStandin(ctx, c, &s); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: s.Person, Reason: s.Words, After: note("by", by.Name, "from", s.From, "to", s.To)})
	})
	return a.standinView(ctx, kept, err)
}

func faultyStandin(key, message string, args ...string) error {
	e := docket.Errorf(docket.Invalid, key, message, args...)
	e.Fields = []docket.FieldError{{Field: "login", Key: key, Args: e.Args, Message: message}}
	return e
}

// mayArrange asks whether the actor may say who stands in for a person.
func (c *Change) mayArrange(ctx context.Context, person docket.PersonID) error {
	if person == c.Actor.Person.ID {
		return c.Own(person)
	}
	posts, err := c.Posts(ctx, person)
	if err != nil {
		return err
	}
	if err := c.May(docket.ActArrange, docket.SubjectOfPosts(posts, c.Today)); err != nil {
		return err
	}
	_, err = c.Person(ctx, person)
	return err
}

// tellStandin tells both: who acts, and who comes back to what was done meanwhile.
func (a *App) tellStandin(ctx context.Context, c *Change, s *docket.Standin) error {
	away, err := c.Person(ctx, s.Person)
	if err != nil {
		return err
	}
	by, err := c.Person(ctx, s.By)
	if err != nil {
		return err
	}
	days := func(name string) map[string]string {
		return map[string]string{"name": name, "from": s.From.String(), "to": s.To.String()}
	}
	if err := a.tell(ctx, c, docket.Notice{Kind: docket.NoticeStandin, Args: days(away.Name)}, s.By); err != nil || s.SetBy == s.Person {
		return err
	}
	return a.tell(ctx, c, docket.Notice{Kind: docket.NoticeAway, Args: days(by.Name)}, s.Person)
}

// EndStandin ends a span at once. Both may, and who may arrange one.
func (a *App) EndStandin(ctx context.Context, actor docket.Actor, id docket.StandinID) (StandinView, error) {
	var kept docket.Standin
	err := a.change(ctx, actor, docket.VerbStandIn, func(ctx context.Context, c *Change) error {
		spans, err := c.Standins(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(spans, func(s docket.Standin) bool { return s.ID == id })
		if i < 0 {
			return notFound()
		}
		s := spans[i]
		if s.By == actor.Person.ID {
			err = c.Own(s.By)
		} else if err = c.mayArrange(ctx, s.Person); err != nil {
			err = notFound() // whose it is, is nobody else's to know
		}
		if err != nil {
			return err
		}
		if s.To < c.Today || !s.Ended.IsZero() {
			return docket.Errorf(docket.Conflict, "standin.over", "this is over already")
		}
		s.Ended = c.Now()
		if err := c.PutStandin(ctx, &s); err != nil {
			return err
		}
		kept = s
		return c.Record(ctx, docket.Entry{Person: s.Person, After: note("ended", true, "from", s.From, "to", s.To)})
	})
	return a.standinView(ctx, kept, err)
}

func (a *App) standinView(ctx context.Context, s docket.Standin, err error) (v StandinView, _ error) {
	if err != nil {
		return v, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return v, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		v, err = names{0: ""}.standin(ctx, r, pl, s)
		return err
	})
	return v, err
}
