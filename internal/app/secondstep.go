package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
)

// stepLife is how long a sign-in may wait for its second step.
const stepLife = 5 * time.Minute

// entry is how somebody came to the first step.
type entry struct {
	ByLink bool       `json:"by_link,omitempty"`
	Via    docket.Via `json:"via,omitempty"`
}

// enter opens a session, or asks for the second step of those who have a factor.
func (a *App) enter(ctx context.Context, p docket.Person, from Browser, how entry) (SignedIn, error) {
	asked := false
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		rules, err := signInRulesOf(ctx, r)
		if err != nil {
			return err
		}
		f, err := factorOf(ctx, r, p.ID)
		asked = !f.Confirmed.IsZero() && !rules.Vouched(how.Via)
		return err
	})
	if err != nil {
		return SignedIn{}, err
	}
	if !asked {
		return a.open(ctx, p, from, how)
	}
	detail, _ := json.Marshal(how) // plain values only
	token, now := newToken(), a.cfg.Clock()
	k := docket.Ticket{Hash: hashOf(token), Kind: docket.TicketSecondStep, Person: p.ID, Expires: now.Add(stepLife), Detail: detail}
	// Nobody is in yet, so there is nothing for the journal: it stands outside change.
	err = a.cfg.Store.Update(ctx, now, func(w docket.Writer) error { return w.PutTicket(ctx, &k) })
	return SignedIn{Pending: token, Expires: k.Expires}, err
}

// factor is the person's second factor, the zero one where there is none.
func (a *App) factor(ctx context.Context, id docket.PersonID) (f docket.Factor, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error { f, err = factorOf(ctx, r, id); return err })
	return f, err
}

func factorOf(ctx context.Context, r docket.Reader, id docket.PersonID) (docket.Factor, error) {
	f, err := r.Factor(ctx, id)
	if errors.Is(err, docket.NotFound) {
		err = nil
	}
	return f, err
}

func wrongCode() error {
	e := docket.Errorf(docket.Invalid, "auth.code_wrong", "this code is wrong or has been used; wait for the next one")
	e.Fields = []docket.FieldError{{Field: "code", Key: e.Key, Message: e.Message}}
	return e
}

func stepGone() error {
	return docket.Errorf(docket.Unauthorized, "auth.step_gone", "the sign-in has waited too long; begin again")
}

// SecondStep finishes a sign-in with a code of the second factor.
func (a *App) SecondStep(ctx context.Context, pending, code string, from Browser) (SignedIn, error) {
	var k docket.Ticket
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		k, err = r.Ticket(ctx, docket.TicketSecondStep, hashOf(pending))
		return err
	})
	if errors.Is(err, docket.NotFound) || err == nil && a.cfg.Clock().After(k.Expires) {
		return SignedIn{}, stepGone()
	}
	if err != nil {
		return SignedIn{}, err
	}
	var how entry
	if err := json.Unmarshal(k.Detail, &how); err != nil {
		return SignedIn{}, err
	}
	names := []string{codeName(k.Person), addressName(from.Address)}
	if err := a.tries.begin(ctx, names...); err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err = a.change(ctx, docket.Actor{}, docket.VerbSignIn, func(ctx context.Context, c *Change) error {
		if _, err := c.TakeTicket(ctx, docket.TicketSecondStep, hashOf(pending)); err != nil {
			return gone(err)
		}
		p, err := c.Person(ctx, k.Person)
		if err != nil {
			return err
		}
		if !p.Active {
			return stepGone()
		}
		c.Actor.Person = p
		if err := c.takeCode(ctx, code); err != nil {
			return err
		}
		c.proven()
		in, err = c.openSession(ctx, from, how)
		return err
	})
	if err != nil {
		a.tries.failed()
		return SignedIn{}, err
	}
	if err := a.tries.good(ctx, names...); err != nil {
		return SignedIn{}, err
	}
	in.Actor, err = a.actor(ctx, k.Person)
	return in, err
}

// gone makes an absent ticket a sign-in to begin again.
func gone(err error) error {
	if errors.Is(err, docket.NotFound) {
		return stepGone()
	}
	return err
}

func codeName(id docket.PersonID) string { return "code:" + strconv.FormatInt(int64(id), 10) }

// takeCode uses up a code of the actor's confirmed factor. It reads the factor
// in the transaction that writes it, so that one code opens once.
func (c *Change) takeCode(ctx context.Context, code string) error {
	f, err := factorOf(ctx, c, c.Actor.Person.ID)
	if err != nil {
		return err
	}
	if f.Confirmed.IsZero() || !f.Take(code, c.Now()) {
		return wrongCode()
	}
	return c.PutFactor(ctx, &f)
}

// FactorDue reports whether the actor must set up a second factor before
// anything else.
func (a *App) FactorDue(ctx context.Context, actor docket.Actor, s docket.Session) (due bool, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		rules, err := signInRulesOf(ctx, r)
		if due = err == nil && !rules.Vouched(s.Via) && rules.NeedsFactor(&actor); !due {
			return err
		}
		f, err := factorOf(ctx, r, actor.Person.ID)
		due = f.Confirmed.IsZero()
		return err
	})
	return due, err
}

// FactorState is what the settings page shows of the second factor.
func (a *App) FactorState(ctx context.Context, actor docket.Actor) (FactorView, error) {
	f, err := a.factor(ctx, actor.Person.ID)
	if err != nil || f.Confirmed.IsZero() {
		return FactorView{}, err
	}
	return FactorView{On: true, Since: f.Confirmed, RecoveryLeft: len(f.Recovery)}, nil
}

// StartFactor makes a secret for the actor's second factor; it counts from
// ConfirmFactor on. The current password is asked for as when it is changed.
func (a *App) StartFactor(ctx context.Context, actor docket.Actor, s docket.Session, current string) (FactorSecret, error) {
	if err := a.checkCurrent(ctx, actor, s, current); err != nil {
		return FactorSecret{}, err
	}
	secret := make([]byte, 20)
	_, _ = rand.Read(secret) // never fails (crypto/rand)
	err := a.change(ctx, actor, docket.VerbFactor, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		f, err := factorOf(ctx, c, actor.Person.ID)
		if err != nil {
			return err
		}
		if !f.Confirmed.IsZero() {
			return docket.Errorf(docket.Conflict, "auth.factor_exists", "a second factor is set up already; end it first")
		}
		if err := c.PutFactor(ctx, &docket.Factor{Person: actor.Person.ID, Secret: secret}); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, After: note("second_factor", "begun")})
	})
	if err != nil {
		return FactorSecret{}, err
	}
	key := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/Docket:" + actor.Person.Login,
		RawQuery: "secret=" + key + "&issuer=Docket&algorithm=SHA1&digits=6&period=30"}
	return FactorSecret{Key: key, URI: u.String()}, nil
}

// ConfirmFactor makes the secret count, once a code shows that the actor's app
// has it. The session gets a new token and the others end; the recovery codes
// are shown now and never again.
func (a *App) ConfirmFactor(ctx context.Context, actor docket.Actor, s docket.Session, code string) (SignedIn, []string, error) {
	var in SignedIn
	var codes []string
	err := a.withCode(ctx, actor, func(ctx context.Context, c *Change) error {
		f, err := factorOf(ctx, c, actor.Person.ID)
		if err != nil {
			return err
		}
		if f.Secret == nil || !f.Confirmed.IsZero() || !f.Take(code, c.Now()) {
			return wrongCode()
		}
		f.Confirmed = c.Now()
		codes, f.Recovery = recoveryCodes()
		if err := c.PutFactor(ctx, &f); err != nil {
			return err
		}
		if in, err = c.renew(ctx, s); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, After: note("second_factor", "on")})
	})
	in.Actor = actor
	return in, codes, err
}

// RenewCodes makes new recovery codes; the old ones end.
func (a *App) RenewCodes(ctx context.Context, actor docket.Actor, code string) ([]string, error) {
	var codes []string
	err := a.withCode(ctx, actor, func(ctx context.Context, c *Change) error {
		if err := c.takeCode(ctx, code); err != nil {
			return err
		}
		f, err := c.Factor(ctx, actor.Person.ID)
		if err != nil {
			return err
		}
		codes, f.Recovery = recoveryCodes()
		if err := c.PutFactor(ctx, &f); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, After: note("second_factor", "codes renewed")})
	})
	return codes, err
}

// EndFactor takes the actor's second factor away; a code shows that it is theirs.
func (a *App) EndFactor(ctx context.Context, actor docket.Actor, code string) error {
	return a.withCode(ctx, actor, func(ctx context.Context, c *Change) error {
		if err := c.takeCode(ctx, code); err != nil {
			return err
		}
		if err := c.DeleteFactor(ctx, actor.Person.ID); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, After: note("second_factor", "off")})
	})
}

// withCode runs a change of the actor's own factor, counting wrong codes.
func (a *App) withCode(ctx context.Context, actor docket.Actor, fn func(context.Context, *Change) error) error {
	name := codeName(actor.Person.ID)
	if err := a.tries.begin(ctx, name); err != nil {
		return err
	}
	err := a.change(ctx, actor, docket.VerbFactor, func(ctx context.Context, c *Change) error {
		if err := c.Own(actor.Person.ID); err != nil {
			return err
		}
		return fn(ctx, c)
	})
	if err != nil {
		return err
	}
	return a.tries.good(ctx, name)
}

// ResetFactor takes the second factor of a person away who has lost it. Nobody
// resets their own: that would make a stolen session enough.
func (a *App) ResetFactor(ctx context.Context, actor docket.Actor, person docket.PersonID) error {
	return a.change(ctx, actor, docket.VerbFactor, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManagePeople, docket.Subject{}); err != nil {
			return err
		}
		if person == actor.Person.ID {
			return docket.Errorf(docket.Conflict, "auth.own_factor", "end your own second factor on your settings page, with a code")
		}
		return c.resetFactor(ctx, person)
	})
}

func (c *Change) resetFactor(ctx context.Context, person docket.PersonID) error {
	if _, err := c.Person(ctx, person); err != nil {
		return err
	}
	if err := errors.Join(c.DeleteFactor(ctx, person), c.DeleteTickets(ctx, person), c.DeleteTally(ctx, codeName(person))); err != nil {
		return err
	}
	return c.Record(ctx, docket.Entry{Verb: docket.VerbFactor, Person: person, After: note("second_factor", "reset")})
}

// recoveryCodes makes a set of codes and what is kept of them.
func recoveryCodes() (codes []string, hashes [][32]byte) {
	for range docket.RecoveryCodes {
		var b [docket.RecoveryBytes]byte
		_, _ = rand.Read(b[:]) // never fails (crypto/rand)
		s := base32.StdEncoding.EncodeToString(b[:])
		codes = append(codes, s[:4]+"-"+s[4:8]+"-"+s[8:12]+"-"+s[12:])
		hashes = append(hashes, docket.RecoveryHash(s))
	}
	return codes, hashes
}
