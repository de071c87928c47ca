package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// How long a sign-in lasts. A session ends sessionLife after it began whatever
// happens, and sessionIdle after it was last used; seenEvery keeps reading from
// writing at every request.
const (
	sessionLife = 30 * 24 * time.Hour
	sessionIdle = 3 * 24 * time.Hour
	linkLife    = 24 * time.Hour
	seenEvery   = 10 * time.Minute
)

// SignIn opens a session with login and password. Unknown logins cost as much
// time as known ones, and both get the same answer.
func (a *App) SignIn(ctx context.Context, login, password string, from Browser) (SignedIn, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	names := []string{loginName(login), addressName(from.Address)}
	if err := a.tries.begin(ctx, names...); err != nil {
		return SignedIn{}, err
	}
	person, hash, err := a.credentials(ctx, login)
	if err != nil {
		return SignedIn{}, err
	}
	ok, err := a.passwords.check(ctx, hash, password)
	if err != nil {
		return SignedIn{}, err
	}
	how := entry{}
	if !ok { // asked for every login alike, so that none is given away by time
		how.Via = docket.ViaDirectory
		if person, ok, err = a.askDirectory(ctx, login, password); err != nil {
			return SignedIn{}, err
		}
	}
	if !ok || !person.Active {
		a.tries.failed()
		return SignedIn{}, docket.Errorf(docket.Unauthorized, "auth.wrong", "login or password is wrong")
	}
	if err := a.tries.good(ctx, names...); err != nil {
		return SignedIn{}, err
	}
	return a.enter(ctx, person, from, how)
}

// credentials gives the person and hash of a login; of an unknown one, nobody
// and a hash that no password has.
func (a *App) credentials(ctx context.Context, login string) (p docket.Person, hash string, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		if p, err = r.PersonByLogin(ctx, login); err != nil {
			return err
		}
		hash, err = r.PasswordHash(ctx, p.ID)
		return err
	})
	if errors.Is(err, docket.NotFound) {
		return docket.Person{}, "", nil
	}
	return p, hash, err
}

// SignInByLink opens a session with a one-time link, which is used up by it.
func (a *App) SignInByLink(ctx context.Context, token string, from Browser) (SignedIn, error) {
	if err := a.tries.begin(ctx, addressName(from.Address)); err != nil {
		return SignedIn{}, err
	}
	person, err := a.takeLink(ctx, token)
	if err != nil {
		if errors.Is(err, docket.Unauthorized) {
			a.tries.failed()
		}
		return SignedIn{}, err
	}
	if err := a.tries.good(ctx, addressName(from.Address)); err != nil {
		return SignedIn{}, err
	}
	return a.enter(ctx, person, from, entry{ByLink: true})
}

func (a *App) takeLink(ctx context.Context, token string) (p docket.Person, err error) {
	spent := docket.Errorf(docket.Unauthorized, "auth.link_spent", "this link has been used or has expired; ask for a new one")
	err = a.change(ctx, docket.Actor{}, docket.VerbLink, func(ctx context.Context, c *Change) error {
		link, err := c.TakeLink(ctx, hashOf(token))
		if errors.Is(err, docket.NotFound) || err == nil && link.Expires.Before(c.Now()) {
			return spent
		}
		if err != nil {
			return err
		}
		c.proven()
		if p, err = c.Person(ctx, link.Person); err != nil {
			return err
		}
		if !p.Active {
			return spent
		}
		c.Actor.Person = p
		return c.Record(ctx, docket.Entry{Person: p.ID, After: note("used", true)})
	})
	return p, err
}

// open begins a session.
func (a *App) open(ctx context.Context, p docket.Person, from Browser, how entry) (in SignedIn, err error) {
	err = a.change(ctx, docket.Actor{Person: p}, docket.VerbSignIn, func(ctx context.Context, c *Change) (err error) {
		c.proven()
		in, err = c.openSession(ctx, from, how)
		return err
	})
	if err != nil {
		return SignedIn{}, err
	}
	in.Actor, err = a.actor(ctx, p.ID)
	return in, err
}

// openSession begins a session of the change's actor.
func (c *Change) openSession(ctx context.Context, from Browser, how entry) (SignedIn, error) {
	token := newToken()
	s := docket.Session{Hash: hashOf(token), Person: c.Actor.Person.ID, Created: c.Now(), Seen: c.Now(),
		Expires: c.Now().Add(sessionLife), ByLink: how.ByLink, Via: how.Via, Agent: cut(from.Agent, 200)}
	if err := c.PutSession(ctx, &s); err != nil {
		return SignedIn{}, err
	}
	err := c.Record(ctx, docket.Entry{Person: s.Person, After: note("agent", s.Agent, "by_link", how.ByLink)})
	return SignedIn{Token: token, Expires: s.Expires, Session: s}, err
}

// renew gives a session a new token and ends all the person's others: what was
// known before a change of credentials opens nothing after it.
func (c *Change) renew(ctx context.Context, s docket.Session) (SignedIn, error) {
	if err := c.DeleteSessions(ctx, s.Person, [32]byte{}); err != nil {
		return SignedIn{}, err
	}
	token := newToken()
	s.Hash = hashOf(token)
	return SignedIn{Token: token, Expires: s.Expires, Session: s}, c.PutSession(ctx, &s)
}

// Authenticate turns a session's token into the actor of this request, with the
// posts held today. It looks everything up: nothing is trusted from the token.
func (a *App) Authenticate(ctx context.Context, token string) (docket.Actor, docket.Session, error) {
	gone := docket.Errorf(docket.Unauthorized, "error.unauthorized", "sign in first")
	if token == "" {
		return docket.Actor{}, docket.Session{}, gone
	}
	var s docket.Session
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		s, err = r.Session(ctx, hashOf(token))
		return err
	})
	now := a.cfg.Clock()
	switch {
	case errors.Is(err, docket.NotFound), err == nil && (now.After(s.Expires) || now.After(s.Seen.Add(sessionIdle))):
		return docket.Actor{}, docket.Session{}, gone
	case err != nil:
		return docket.Actor{}, docket.Session{}, err
	}
	actor, err := a.actor(ctx, s.Person)
	if err != nil {
		return docket.Actor{}, docket.Session{}, err
	}
	if !actor.Person.Active {
		return docket.Actor{}, docket.Session{}, gone
	}
	if now.Sub(s.Seen) > seenEvery {
		a.touch(ctx, s)
	}
	return actor, s, nil
}

// touch notes that a session is in use. It changes nothing a person did, so it
// stands outside change and the journal; that it fails is no reason to refuse a page.
func (a *App) touch(ctx context.Context, s docket.Session) {
	s.Seen = a.cfg.Clock()
	err := a.cfg.Store.Update(ctx, s.Seen, func(w docket.Writer) error {
		if _, err := w.Session(ctx, s.Hash); err != nil {
			return err // ended meanwhile: it must not come back
		}
		return w.PutSession(ctx, &s)
	})
	if err != nil && !errors.Is(err, docket.NotFound) {
		a.log.WarnContext(ctx, "session not marked as seen", "person", s.Person, "err", err)
	}
}

// actor resolves a person with today's posts.
func (a *App) actor(ctx context.Context, id docket.PersonID) (docket.Actor, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return docket.Actor{}, err
	}
	var actor docket.Actor
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		p, err := r.Person(ctx, id)
		if err == nil {
			actor, err = actorOf(ctx, r, pl, p)
		}
		return err
	})
	if err != nil {
		return docket.Actor{}, fmt.Errorf("resolve person %d: %w", id, err)
	}
	return actor, nil
}

// SignOut ends the session of a token; one that is gone already is no error.
func (a *App) SignOut(ctx context.Context, token string) error {
	actor, s, err := a.Authenticate(ctx, token)
	if errors.Is(err, docket.Unauthorized) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.endSession(ctx, actor, s.Hash)
}

func (a *App) endSession(ctx context.Context, actor docket.Actor, hash [32]byte) error {
	return a.change(ctx, actor, docket.VerbSignOut, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		if err := c.DeleteSession(ctx, hash); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID})
	})
}

// Sessions lists where the actor is signed in, most recently seen first.
func (a *App) Sessions(ctx context.Context, actor docket.Actor, current docket.Session) ([]SessionView, error) {
	all, err := a.ownSessions(ctx, actor)
	out := make([]SessionView, 0, len(all))
	for _, s := range all {
		out = append(out, SessionView{ID: sessionID(s), Agent: s.Agent, Created: s.Created, Seen: s.Seen, Current: s.Hash == current.Hash})
	}
	slices.SortStableFunc(out, func(x, y SessionView) int { return y.Seen.Compare(x.Seen) })
	return out, err
}

// EndSession ends one of the actor's own sessions.
func (a *App) EndSession(ctx context.Context, actor docket.Actor, id string) error {
	all, err := a.ownSessions(ctx, actor)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s docket.Session) bool { return sessionID(s) == id })
	if i < 0 {
		return notFound()
	}
	return a.endSession(ctx, actor, all[i].Hash)
}

func (a *App) ownSessions(ctx context.Context, actor docket.Actor) (live []docket.Session, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		live, err = r.Sessions(ctx, actor.Person.ID)
		return err
	})
	now := a.cfg.Clock()
	return slices.DeleteFunc(live, func(s docket.Session) bool {
		return now.After(s.Expires) || now.After(s.Seen.Add(sessionIdle))
	}), err
}

func sessionID(s docket.Session) string { return hex.EncodeToString(s.Hash[:8]) }

// newToken gives 256 random bits as text.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hashOf(token string) [32]byte { return sha256.Sum256([]byte(token)) }

// cut shortens s to at most n characters.
func cut(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
