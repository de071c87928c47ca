package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	docket "github.com/docket-os/docket"
)

// Me describes the signed-in person and what the frame of every page shows.
func (a *App) Me(ctx context.Context, actor docket.Actor, s docket.Session) (Me, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return Me{}, err
	}
	hash, unread := "", 0
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		if hash, err = r.PasswordHash(ctx, actor.Person.ID); err != nil {
			return err
		}
		unread, err = r.UnreadNotices(ctx, actor.Scope(), actor.Person.ID)
		return err
	})
	if err != nil {
		return Me{}, err
	}
	factorDue, err := a.FactorDue(ctx, actor, s)
	if err != nil {
		return Me{}, err
	}
	y, m, _ := pl.day.Time().Date()
	me := Me{
		Person: actor.Person, Posts: postViews(pl, actor.Posts), May: []docket.Act{}, NeedsPassword: s.ByLink || hash == "" && s.Via == docket.ViaOwn, NeedsFactor: factorDue,
		Today: pl.day, WorkdaysLeft: a.calendar().WorkingDays(pl.day-1, docket.NewDate(y, 12, 31)),
		Period: fmt.Sprintf("%d Q%d", y, (int(m)+2)/3), Unread: unread, Version: actor.Person.Version,
	}
	for _, act := range docket.Acts() {
		if docket.May(&actor, act) {
			me.May = append(me.May, act)
		}
	}
	return me, nil
}

func postViews(pl *place, posts []docket.Post) []PostView {
	out := make([]PostView, 0, len(posts))
	for _, p := range posts {
		out = append(out, PostView{Post: p, UnitName: pl.tree.Name(p.Unit)})
	}
	return out
}

// EditMe changes the actor's own name, mail address or language.
func (a *App) EditMe(ctx context.Context, actor docket.Actor, s docket.Session, version int64, e MeEdit) (Me, error) {
	err := a.change(ctx, actor, docket.VerbEdit, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		if err := c.ownMail(ctx, e.Email); err != nil {
			return err
		}
		return c.editPerson(ctx, actor.Person.ID, version, PersonEdit{Name: e.Name, Email: e.Email, Lang: e.Lang})
	})
	if err != nil {
		return Me{}, err
	}
	if actor, err = a.actor(ctx, actor.Person.ID); err != nil {
		return Me{}, err
	}
	return a.Me(ctx, actor, s)
}

// ownMail refuses a change of one's own mail address while a provider is on:
// who typed somebody else's would be tied to that person's identity and posts.
func (c *Change) ownMail(ctx context.Context, mail *string) error {
	rules, err := signInRulesOf(ctx, c)
	if err != nil || mail == nil || !rules.Provider.On || strings.EqualFold(strings.TrimSpace(*mail), c.Actor.Person.Email) {
		return err
	}
	e := docket.Errorf(docket.Forbidden, "auth.mail_by_admin", "with single sign-on, an administrator changes mail addresses")
	e.Fields = []docket.FieldError{{Field: "email", Key: e.Key, Message: e.Message}}
	return e
}

// SetPassword sets the actor's password, gives the session a new token and ends
// the others. The current one is asked for unless none is set or a one-time link opened the session.
func (a *App) SetPassword(ctx context.Context, actor docket.Actor, s docket.Session, current, next string) (in SignedIn, err error) {
	if err := checkRules(next, actor.Person); err != nil {
		return in, err
	}
	if err := a.checkCurrent(ctx, actor, s, current); err != nil {
		return in, err
	}
	hash, err := a.passwords.hash(ctx, next)
	if err != nil {
		return in, err
	}
	err = a.change(ctx, actor, docket.VerbPassword, func(ctx context.Context, c *Change) error {
		if err := c.Own(s.Person); err != nil {
			return err
		}
		if err := c.PutPasswordHash(ctx, s.Person, hash); err != nil {
			return err
		}
		if err := c.DeleteTickets(ctx, s.Person); err != nil {
			return err
		}
		fresh := s
		fresh.ByLink = false
		if in, err = c.renew(ctx, fresh); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: s.Person})
	})
	in.Actor = actor
	return in, err
}

func (a *App) checkCurrent(ctx context.Context, actor docket.Actor, s docket.Session, current string) error {
	_, hash, err := a.credentials(ctx, actor.Person.Login)
	if err != nil || hash == "" || s.ByLink {
		return err
	}
	name := loginName(actor.Person.Login)
	if err := a.tries.begin(ctx, name); err != nil {
		return err
	}
	ok, err := a.passwords.check(ctx, hash, current)
	if err != nil {
		return err
	}
	if !ok {
		a.tries.failed()
		e := docket.Errorf(docket.Invalid, "auth.current_wrong", "the current password is wrong")
		e.Fields = []docket.FieldError{{Field: "current", Key: e.Key, Message: e.Message}}
		return e
	}
	return a.tries.good(ctx, name)
}

// NewLink makes a one-time sign-in link for a person, good for a day.
func (a *App) NewLink(ctx context.Context, actor docket.Actor, person docket.PersonID) (OneTimeLink, error) {
	var link OneTimeLink
	err := a.change(ctx, actor, docket.VerbLink, func(ctx context.Context, c *Change) (err error) {
		if err = c.May(docket.ActManagePeople, docket.Subject{}); err != nil {
			return err
		}
		link, err = c.newLink(ctx, person)
		return err
	})
	return link, err
}

func (c *Change) newLink(ctx context.Context, person docket.PersonID) (OneTimeLink, error) {
	if _, err := c.Person(ctx, person); err != nil {
		return OneTimeLink{}, err
	}
	link := OneTimeLink{Token: newToken(), Expires: c.Now().Add(linkLife)}
	if err := c.PutLink(ctx, &docket.Link{Hash: hashOf(link.Token), Person: person, Expires: link.Expires}); err != nil {
		return OneTimeLink{}, err
	}
	return link, c.Record(ctx, docket.Entry{Person: person, After: note("expires", link.Expires)})
}

// FirstLink makes a sign-in link for login on behalf of the program itself: at
// first start and for an operator who is locked out. While nobody at all exists,
// a person of that login is created, with the post of an administrator.
func (a *App) FirstLink(ctx context.Context, login string) (OneTimeLink, error) {
	var link OneTimeLink
	err := a.change(ctx, docket.Actor{}, docket.VerbLink, func(ctx context.Context, c *Change) error {
		c.proven()
		p, err := c.PersonByLogin(ctx, login)
		if errors.Is(err, docket.NotFound) {
			p, err = c.firstPerson(ctx, login)
		}
		if err != nil {
			return err
		}
		if !p.Active {
			return docket.Errorf(docket.Conflict, "person.inactive", "the account "+login+" is out of use; an administrator can put it back into use", "login", login)
		}
		link, err = c.newLink(ctx, p.ID)
		return err
	})
	return link, err
}

func (c *Change) firstPerson(ctx context.Context, login string) (docket.Person, error) {
	people, err := c.People(ctx)
	if err != nil {
		return docket.Person{}, err
	}
	if len(people) > 0 {
		return docket.Person{}, docket.Errorf(docket.NotFound, "person.no_login", "nobody has the login "+login, "login", login)
	}
	p := docket.Person{Login: login, Name: login, Lang: "zh", Active: true}
	if err := p.Validate(); err != nil {
		return p, err
	}
	if err := c.PutPerson(ctx, &p); err != nil {
		return p, err
	}
	post := docket.Post{Person: p.ID, Role: docket.Admin, From: c.Today}
	if tops := c.Place.tree.Children(0); len(tops) > 0 {
		post.Unit = tops[0]
	}
	if err := c.PutPost(ctx, &post); err != nil {
		return p, err
	}
	return p, c.Record(ctx, docket.Entry{Verb: docket.VerbAdd, Person: p.ID, After: note("login", login, "role", docket.Admin)})
}
