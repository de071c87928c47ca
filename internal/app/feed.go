package app

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// Feed is the state of a person's calendar feed. Its key is kept as a hash: who
// lost it makes a new one, which ends the old.
type Feed struct {
	On    bool      `json:"on"`
	Since time.Time `json:"since"`
}

// FeedItem is one thing owed, as a calendar shows it.
type FeedItem struct {
	docket.Obligation
	No, Title, UnitName string
}

// keptFeed is what the store keeps of a feed; an empty hash is none.
type keptFeed struct {
	Hash  string    `json:"hash"`
	Since time.Time `json:"since"`
}

func feedSetting(person docket.PersonID) string {
	return "feed/" + strconv.FormatInt(int64(person), 10)
}

func feedOf(ctx context.Context, r docket.Reader, person docket.PersonID) (k keptFeed, err error) {
	raw, err := r.Setting(ctx, feedSetting(person))
	if err != nil || raw == nil {
		return k, err
	}
	return k, json.Unmarshal(raw, &k)
}

// Feed tells whether the actor has a calendar feed.
func (a *App) Feed(ctx context.Context, actor docket.Actor) (f Feed, err error) {
	if actor.Person.ID == 0 {
		return f, permit(&actor, docket.ActRead, docket.Subject{})
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		k, err := feedOf(ctx, r, actor.Person.ID)
		f = Feed{On: k.Hash != "", Since: k.Since}
		return err
	})
	return f, err
}

// NewFeed makes the actor's feed and gives its key out once; a former key ends.
func (a *App) NewFeed(ctx context.Context, actor docket.Actor) (key string, err error) {
	secret := newToken()
	hash := hashOf(secret)
	err = a.putFeed(ctx, actor, docket.VerbLink, func(now time.Time) keptFeed {
		return keptFeed{Hash: hex.EncodeToString(hash[:]), Since: now}
	})
	return strconv.FormatInt(int64(actor.Person.ID), 10) + "." + secret, err
}

// EndFeed ends the actor's feed; that there is none is no error.
func (a *App) EndFeed(ctx context.Context, actor docket.Actor) error {
	return a.putFeed(ctx, actor, docket.VerbEnd, func(time.Time) keptFeed { return keptFeed{} })
}

func (a *App) putFeed(ctx context.Context, actor docket.Actor, verb docket.Verb, feed func(time.Time) keptFeed) error {
	if actor.Person.ID == 0 {
		return permit(&actor, docket.ActRead, docket.Subject{})
	}
	return a.change(ctx, actor, verb, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		k := feed(c.Now())
		raw, err := json.Marshal(k)
		if err != nil {
			return err
		}
		if err := c.PutSetting(ctx, feedSetting(actor.Person.ID), raw); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, After: note("feed", k.Hash != "")})
	})
}

// maxFeed bounds a feed: a calendar with more is no help to anybody.
const maxFeed = 2000

// FeedItems gives what the holder of a key owes. Nothing is trusted from the key
// but who it belongs to: person, posts and scope are looked up at each fetch. A
// wrong key, an ended one and a person who has left look the same.
func (a *App) FeedItems(ctx context.Context, key string) (docket.Person, []FeedItem, error) {
	head, secret, _ := strings.Cut(key, ".")
	id, err := strconv.ParseInt(head, 10, 64)
	if err != nil || secret == "" {
		return docket.Person{}, nil, notFound()
	}
	actor, err := a.actor(ctx, docket.PersonID(id))
	if errors.Is(err, docket.NotFound) || err == nil && !actor.Person.Active {
		return docket.Person{}, nil, notFound()
	}
	if err != nil {
		return docket.Person{}, nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return docket.Person{}, nil, err
	}
	var items []FeedItem
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		k, err := feedOf(ctx, r, actor.Person.ID)
		if err != nil {
			return err
		}
		hash := hashOf(secret)
		if k.Hash == "" || subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hex.EncodeToString(hash[:]))) != 1 {
			return notFound()
		}
		items, err = newDesk(a, &actor, pl).feed(ctx, r)
		return err
	})
	return actor.Person, items, err
}

// feed is everything with a day that the actor's posts still owe.
func (d *desk) feed(ctx context.Context, r docket.Reader) ([]FeedItem, error) {
	var owed []docket.Obligation
	for _, by := range d.posts() {
		if by.units.Empty() {
			continue
		}
		some, err := r.Owed(ctx, by.role, by.units)
		if err != nil {
			return nil, err
		}
		for _, o := range some {
			if o.Due != 0 && len(owed) < maxFeed {
				owed = append(owed, o)
			}
		}
	}
	ids := make([]docket.MatterID, len(owed))
	for i, o := range owed {
		ids[i] = o.Matter
	}
	matters, err := d.matters(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	items := []FeedItem{}
	for _, o := range owed {
		if m, ok := matters[o.Matter]; ok && d.concerns(&o, m) {
			items = append(items, FeedItem{o, m.No, m.Title, d.place.tree.Name(o.Unit)})
		}
	}
	return items, nil
}
