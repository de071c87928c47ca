package app

import (
	"context"
	"errors"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// Tokens lists the actor's own tokens, newest first.
func (a *App) Tokens(ctx context.Context, actor docket.Actor) ([]TokenView, error) {
	out := []TokenView{}
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		all, err := r.Tokens(ctx, actor.Person.ID)
		for _, k := range all {
			out = append(out, tokenView(k, a.cfg.Clock()))
		}
		return err
	})
	return out, err
}

func tokenView(k docket.Token, now time.Time) TokenView {
	return TokenView{ID: k.ID, Name: k.Name, ReadOnly: k.ReadOnly, Acts: k.Acts, Created: k.Created, Expires: k.Expires, Used: k.Used, Expired: !now.Before(k.Expires)}
}

// NewToken makes a token for the actor; its text is given this once.
func (a *App) NewToken(ctx context.Context, actor docket.Actor, want docket.Token) (TokenView, string, error) {
	text := docket.TokenPrefix + newToken()
	var made docket.Token
	err := a.change(ctx, actor, docket.VerbToken, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		k := want
		k.ID, k.Person, k.Hash, k.Name, k.Created = 0, actor.Person.ID, hashOf(text), strings.TrimSpace(want.Name), c.Now()
		if err := k.Validate(&actor, c.Now()); err != nil {
			return err
		}
		if err := guardNames(k.Name); err != nil {
			return err
		}
		if err := c.roomForToken(ctx); err != nil {
			return err
		}
		if err := c.PutToken(ctx, &k); err != nil {
			return err
		}
		made = k
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, After: note("token", k.Name, "read_only", k.ReadOnly, "acts", k.Acts, "expires", k.Expires)})
	})
	return tokenView(made, a.cfg.Clock()), text, err
}

// roomForToken sweeps the actor's expired tokens and bounds the rest.
func (c *Change) roomForToken(ctx context.Context) error {
	all, err := c.Tokens(ctx, c.Actor.Person.ID)
	if err != nil {
		return err
	}
	live := 0
	for _, k := range all {
		if c.Now().Before(k.Expires) {
			live++
		} else if err := c.DeleteToken(ctx, k.Person, k.ID); err != nil {
			return err
		}
	}
	if live >= docket.TokensEach {
		return docket.Errorf(docket.Conflict, "token.too_many", "you have 50 tokens; end one first")
	}
	return nil
}

// EndToken ends one of the actor's own tokens, at once.
func (a *App) EndToken(ctx context.Context, actor docket.Actor, id docket.TokenID) error {
	return a.change(ctx, actor, docket.VerbToken, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		if err := c.DeleteToken(ctx, actor.Person.ID, id); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, After: note("token_ended", id)})
	})
}

// AuthenticateToken turns the text of a token into the actor of this request:
// today's posts, narrowed to the token's scope.
func (a *App) AuthenticateToken(ctx context.Context, text string) (docket.Actor, docket.Token, error) {
	refused := docket.Errorf(docket.Unauthorized, "token.refused", "this token is unknown, ended or expired")
	var k docket.Token
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		k, err = r.TokenByHash(ctx, hashOf(text))
		return err
	})
	now := a.cfg.Clock()
	if errors.Is(err, docket.NotFound) || err == nil && !now.Before(k.Expires) {
		return docket.Actor{}, docket.Token{}, refused
	}
	if err != nil {
		return docket.Actor{}, docket.Token{}, err
	}
	actor, err := a.actor(ctx, k.Person)
	if err != nil {
		return docket.Actor{}, docket.Token{}, err
	}
	if !actor.Person.Active {
		return docket.Actor{}, docket.Token{}, refused
	}
	actor.Only = k.Scope()
	if now.Sub(k.Used) > seenEvery {
		a.tokenUsed(ctx, k)
	}
	return actor, k, nil
}

// tokenUsed notes when a token was used last; like touch it is no act of a
// person, and that it fails is no reason to refuse the call.
func (a *App) tokenUsed(ctx context.Context, k docket.Token) {
	k.Used = a.cfg.Clock()
	err := a.cfg.Store.Update(ctx, k.Used, func(w docket.Writer) error { return w.PutToken(ctx, &k) })
	if err != nil && !errors.Is(err, docket.NotFound) {
		a.log.WarnContext(ctx, "token not marked as used", "person", k.Person, "err", err)
	}
}
