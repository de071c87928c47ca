package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
)

// The kinds of work that telling people leaves behind.
const (
	jobDigest = "digest" // gather what a receiver was told into letters, one for each channel
	jobLetter = "letter" // carry one of them out
)

// postsOfDay are the posts of everybody on the day of a change, by role and
// unit, and who stands in for whom.
type postsOfDay struct {
	at     map[postKey][]docket.PersonID
	stands map[docket.PersonID][]docket.PersonID
}

type postKey struct {
	role docket.Role
	unit docket.UnitID
}

func (c *Change) postsToday(ctx context.Context) (*postsOfDay, error) {
	if c.posts != nil {
		return c.posts, nil
	}
	all, err := postsOn(ctx, c, c.Today)
	c.posts = all
	return all, err
}

func postsOn(ctx context.Context, r docket.Reader, day docket.Date) (*postsOfDay, error) {
	posts, err := r.Posts(ctx, 0)
	if err != nil {
		return nil, err
	}
	spans, err := r.Standins(ctx)
	if err != nil {
		return nil, err
	}
	all := postsOfDay{at: map[postKey][]docket.PersonID{}, stands: map[docket.PersonID][]docket.PersonID{}}
	for _, p := range posts {
		if k := (postKey{p.Role, p.Unit}); p.Holds(day) && !slices.Contains(all.at[k], p.Person) {
			all.at[k] = append(all.at[k], p.Person)
		}
	}
	for _, s := range spans {
		if s.Holds(day) {
			all.stands[s.Person] = append(all.stands[s.Person], s.By)
		}
	}
	return &all, nil
}

// holders are the people who today hold a role for a unit, and who stands in for
// them: head and liaison in the unit itself or where its work was carried on, the
// others in the nearest unit at or above it that has one.
func (c *Change) holders(ctx context.Context, role docket.Role, unit docket.UnitID) ([]docket.PersonID, error) {
	posts, err := c.postsToday(ctx)
	if err != nil {
		return nil, err
	}
	return posts.holders(c.Place.tree, role, unit), nil
}

func (d *postsOfDay) holders(tree *docket.Tree, role docket.Role, unit docket.UnitID) []docket.PersonID {
	in := func(units ...docket.UnitID) (out []docket.PersonID) {
		for _, u := range units {
			out = union(out, d.at[postKey{role, u}])
		}
		return out
	}
	found := in(tree.AsIs(unit)...)
	if role == docket.Head || role == docket.Liaison {
		found = union(in(unit), found)
	} else {
		for _, at := range tree.Above(unit) {
			if len(found) > 0 {
				break
			}
			found = in(at)
		}
	}
	for _, away := range found {
		found = union(found, d.stands[away])
	}
	return found
}

// unitPeople are a unit's own: its liaisons and heads, and who stands in for them.
func (c *Change) unitPeople(ctx context.Context, unit docket.UnitID) ([]docket.PersonID, error) {
	posts, err := c.postsToday(ctx)
	if err != nil {
		return nil, err
	}
	return posts.unitPeople(c.Place.tree, unit), nil
}

func (d *postsOfDay) unitPeople(tree *docket.Tree, unit docket.UnitID) []docket.PersonID {
	return union(d.holders(tree, docket.Liaison, unit), d.holders(tree, docket.Head, unit))
}

func union[T comparable](a, b []T) []T {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// tell tells people something, and the group of the unit it is about: at once in
// the program, and with the one digest of their next working day outside it. It
// is part of the change: undone with it, and told exactly once where n.Once
// names the occasion. People out of use are told nothing.
func (a *App) tell(ctx context.Context, c *Change, n docket.Notice, to ...docket.PersonID) error {
	if err := c.loadChannels(ctx); err != nil {
		return err
	}
	receivers := make([]docket.Receiver, 0, len(to)+1)
	for _, p := range to {
		receivers = append(receivers, docket.Receiver{Person: p})
	}
	if n.Unit != 0 {
		receivers = append(receivers, docket.Receiver{Unit: n.Unit})
	}
	for _, r := range receivers {
		who, known := c.told[r]
		if !known {
			var err error
			if who, err = a.receiver(ctx, c, c.Place, c.channels, r); err != nil {
				return err
			}
			if c.told == nil {
				c.told = map[docket.Receiver]receiver{}
			}
			c.told[r] = who
		}
		if !who.active || r.Person == 0 && len(who.ways) == 0 { // no group
			continue
		}
		own := n
		own.Person, own.Day = r.Person, c.Today
		fresh, err := c.InsertNotice(ctx, &own)
		if err != nil {
			return err
		}
		if fresh && len(who.ways) > 0 {
			if _, err := a.digestLater(ctx, c, r, who.hours.Next(c.Now(), a.cfg.Location, a.works)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Change) loadChannels(ctx context.Context) error {
	if c.channels != nil {
		return nil
	}
	channels, err := channelsOf(ctx, c)
	c.channels = &channels
	return err
}

// digestLater keeps the digest of a receiver's day, which is one however often
// it is asked for; false when it was asked for before.
func (a *App) digestLater(ctx context.Context, w docket.Writer, to docket.Receiver, at time.Time) (bool, error) {
	body, err := json.Marshal(to)
	if err != nil {
		return false, err
	}
	return w.InsertJob(ctx, &docket.Job{Kind: jobDigest, Key: to.Key() + "/" + a.dayOf(at).String(), Body: body, RunAt: at})
}

// works tells whether a day is worked.
func (a *App) works(d docket.Date) bool { return a.calendar().WorkingDays(d-1, d) > 0 }

// receiver is somebody to be told, as things stand now.
type receiver struct {
	docket.Receiver
	active             bool
	name, login, email string
	lang               string
	hours              docket.TellHours
	ways               []docket.Channel
	scope              docket.Scope
	unit               docket.UnitID
}

// receiver looks up who a receiver is today: what they may read, by which ways
// they are reached, and when.
func (a *App) receiver(ctx context.Context, r docket.Reader, pl *place, channels *docket.Channels, to docket.Receiver) (receiver, error) {
	who := receiver{Receiver: to}
	var wishes docket.Wishes
	if to.Person != 0 {
		p, err := r.Person(ctx, to.Person)
		if errors.Is(err, docket.NotFound) {
			return who, nil
		}
		if err != nil {
			return who, err
		}
		actor, err := actorOf(ctx, r, pl, p)
		if err != nil {
			return who, err
		}
		if wishes, err = r.Wishes(ctx, to.Person); err != nil {
			return who, err
		}
		who.active, who.name, who.login, who.email, who.lang, who.scope = p.Active, p.Name, p.Login, p.Email, p.Lang, actor.Scope()
	} else if pl.tree.Unit(to.Unit) != nil { // a group may read what any of the unit's own people may
		member := docket.NewActor(docket.Person{Active: true}, []docket.Post{{Role: docket.Liaison, Unit: to.Unit}}, pl.tree)
		who.active, who.name, who.scope, who.unit = true, pl.tree.Name(to.Unit), member.Scope(), to.Unit
	}
	who.hours = channels.HoursOf(&wishes)
	if a.cfg.Courier == nil {
		return who, nil
	}
	for _, by := range channels.All() {
		if by.Reaches(to, who.email, &wishes) {
			who.ways = append(who.ways, by)
		}
	}
	return who, nil
}
