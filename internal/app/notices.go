package app

import (
	"context"
	"slices"

	docket "github.com/docket-os/docket"
)

// noticesAtOnce is one page of notices.
const noticesAtOnce = 50

// NoticePage is a page of what somebody was told, newest first.
type NoticePage struct {
	Items  []docket.NoticeLine
	Unread int
	Next   docket.NoticeID // the following page is before this; 0 on the last
}

// Notices lists what the actor was told, older than before (0: from the newest),
// as far as they may still read the matters.
func (a *App) Notices(ctx context.Context, actor docket.Actor, before docket.NoticeID) (p NoticePage, err error) {
	if actor.Person.ID == 0 {
		return p, permit(&actor, docket.ActRead, docket.Subject{})
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		p = NoticePage{}
		if p.Items, err = r.Notices(ctx, actor.Scope(), actor.Person.ID, before, noticesAtOnce+1); err != nil {
			return err
		}
		if len(p.Items) > noticesAtOnce {
			p.Items = p.Items[:noticesAtOnce]
			p.Next = p.Items[noticesAtOnce-1].ID
		}
		p.Unread, err = r.UnreadNotices(ctx, actor.Scope(), actor.Person.ID)
		return err
	})
	return p, err
}

// Unread counts what the actor was told and has not read: what the bell shows.
func (a *App) Unread(ctx context.Context, actor docket.Actor) (n int, err error) {
	if actor.Person.ID == 0 {
		return 0, permit(&actor, docket.ActRead, docket.Subject{})
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		n, err = r.UnreadNotices(ctx, actor.Scope(), actor.Person.ID)
		return err
	})
	return n, err
}

// ReadNotices marks notices of the actor's own as read: those of ids, and all up
// to through. That somebody looked changes nothing anybody did, so it stands
// outside change and the journal.
func (a *App) ReadNotices(ctx context.Context, actor docket.Actor, through docket.NoticeID, ids []docket.NoticeID) (int, error) {
	if actor.Person.ID == 0 {
		return 0, permit(&actor, docket.ActRead, docket.Subject{})
	}
	err := a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error {
		return w.ReadNotices(ctx, actor.Person.ID, through, ids)
	})
	if err != nil {
		return 0, err
	}
	return a.Unread(ctx, actor)
}

// WishesView is how the actor is told: the body's hours, the own ones where set,
// and each channel that can reach them.
type WishesView struct {
	Version    int64         `json:"version"`
	Digest     *docket.Clock `json:"digest,omitempty"` // absent: the body's
	Quiet      *docket.Quiet `json:"quiet,omitempty"`
	BodyDigest docket.Clock  `json:"body_digest"`
	BodyQuiet  docket.Quiet  `json:"body_quiet"`
	Channels   []WayView     `json:"channels"`
}

// WayView is a channel as one person sees it.
type WayView struct {
	ID      docket.ChannelID   `json:"id"`
	Kind    docket.ChannelKind `json:"kind"`
	Name    string             `json:"name"`
	On      bool               `json:"on"`
	Address string             `json:"address"` // of mail: where it goes; "" when the account has none
}

// Wishes is how the actor is told.
func (a *App) Wishes(ctx context.Context, actor docket.Actor) (v WishesView, err error) {
	if actor.Person.ID == 0 {
		return v, permit(&actor, docket.ActRead, docket.Subject{})
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		c, err := channelsOf(ctx, r)
		if err != nil {
			return err
		}
		w, err := r.Wishes(ctx, actor.Person.ID)
		v = viewOfWishes(&c, w, actor.Person.Email)
		return err
	})
	return v, err
}

func viewOfWishes(c *docket.Channels, w docket.Wishes, email string) WishesView {
	v := WishesView{Version: w.Version + 1, Digest: w.Digest, Quiet: w.Quiet, BodyDigest: c.Digest, BodyQuiet: c.Quiet, Channels: []WayView{}}
	for _, by := range c.All() {
		if by.Kind != docket.ByMail && by.Hook.Unit != 0 {
			continue // a group's
		}
		way := WayView{ID: by.ID, Kind: by.Kind, Name: by.Name, On: !slices.Contains(w.Off, by.ID)}
		if by.Kind == docket.ByMail {
			way.Address = email
		}
		v.Channels = append(v.Channels, way)
	}
	return v
}

// SetWishes sets how the actor is told; a channel that does not reach single
// people cannot be switched off by one.
func (a *App) SetWishes(ctx context.Context, actor docket.Actor, version int64, next docket.Wishes) (WishesView, error) {
	var v WishesView
	err := a.change(ctx, actor, docket.VerbSetTelling, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		channels, err := channelsOf(ctx, c)
		if err != nil {
			return err
		}
		before, err := c.Wishes(ctx, actor.Person.ID)
		if err != nil {
			return err
		}
		if err := expect(before.Version+1, version); err != nil { // who has said nothing is seen as version 1
			return err
		}
		kept := next
		kept.Person, kept.Version = actor.Person.ID, before.Version
		for _, id := range kept.Off {
			if _, there := channels.Find(id); !there {
				return docket.Errorf(docket.NotFound, "channel.off", "there is no such channel")
			}
		}
		if err := c.PutWishes(ctx, &kept); err != nil {
			return err
		}
		v = viewOfWishes(&channels, kept, actor.Person.Email)
		was, is := diff(before, kept)
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, Before: was, After: is})
	})
	return v, err
}
