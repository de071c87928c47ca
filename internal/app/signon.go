package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// Provider asks an OpenID Connect provider who somebody is; *signon.Provider does.
type Provider interface {
	Begin(ctx context.Context, c docket.Provider, back, state, nonce, verifier string) (address string, err error)
	Finish(ctx context.Context, c docket.Provider, back, code, nonce, verifier string) (docket.Identity, error)
}

// Directory asks an LDAP directory whether a password is right; signon.Directory does.
type Directory interface {
	Check(ctx context.Context, c docket.LDAP, login, password string) (docket.Identity, error)
}

// flowLife is how long somebody may stay at the provider.
const flowLife = 10 * time.Minute

// flow is what is kept of a sign-in gone to the provider.
type flow struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	Return   string `json:"return"`
}

// ProviderName is what the sign-in page writes on the provider's button, "" without one.
func (a *App) ProviderName(ctx context.Context) (string, error) {
	rules, err := a.rules(ctx)
	if err != nil || !rules.Provider.On || a.cfg.Provider == nil {
		return "", err
	}
	return rules.Provider.Name, nil
}

// BeginProvider sends a browser to the provider: to address, with state kept in
// a cookie. back is our own address the provider returns to; to is the page the
// reader wanted.
func (a *App) BeginProvider(ctx context.Context, back, to string) (address, state string, expires time.Time, err error) {
	rules, err := a.rules(ctx)
	if err != nil {
		return "", "", time.Time{}, err
	}
	if !rules.Provider.On || a.cfg.Provider == nil {
		return "", "", time.Time{}, notFound()
	}
	f := flow{Nonce: newToken(), Verifier: newToken(), Return: to}
	state = newToken()
	if address, err = a.cfg.Provider.Begin(ctx, rules.Provider, back, state, f.Nonce, f.Verifier); err != nil {
		return "", "", time.Time{}, err
	}
	detail, _ := json.Marshal(f) // plain values only
	now := a.cfg.Clock()
	k := docket.Ticket{Hash: hashOf(state), Kind: docket.TicketProvider, Expires: now.Add(flowLife), Detail: detail}
	// Nobody is in yet, so there is nothing for the journal: it stands outside change.
	err = a.cfg.Store.Update(ctx, now, func(w docket.Writer) error { return w.PutTicket(ctx, &k) })
	return address, state, k.Expires, err
}

// FinishProvider takes the provider's answer. The state, used up by it, must be
// that of the same browser's cookie; the caller compares the two.
func (a *App) FinishProvider(ctx context.Context, back, state, code string, from Browser) (in SignedIn, to string, err error) {
	if err := a.tries.begin(ctx, addressName(from.Address)); err != nil {
		return SignedIn{}, "", err
	}
	var k docket.Ticket
	err = a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) (err error) {
		k, err = w.TakeTicket(ctx, docket.TicketProvider, hashOf(state))
		return err
	})
	if err != nil {
		a.tries.failed()
		return SignedIn{}, "", gone(err)
	}
	var f flow
	if err := json.Unmarshal(k.Detail, &f); err != nil {
		return SignedIn{}, "", err
	}
	rules, err := a.rules(ctx)
	if err != nil {
		return SignedIn{}, "", err
	}
	if !rules.Provider.On || a.cfg.Provider == nil {
		return SignedIn{}, "", notFound()
	}
	id, err := a.cfg.Provider.Finish(ctx, rules.Provider, back, code, f.Nonce, f.Verifier)
	if err != nil {
		return SignedIn{}, "", err
	}
	person, err := a.known(ctx, rules, id, docket.ViaProvider)
	if err != nil {
		return SignedIn{}, "", err
	}
	if err := a.tries.good(ctx, addressName(from.Address)); err != nil {
		return SignedIn{}, "", err
	}
	in, err = a.enter(ctx, person, from, entry{Via: docket.ViaProvider})
	return in, f.Return, err
}

// askDirectory checks login and password with the directory, where there is one.
func (a *App) askDirectory(ctx context.Context, login, password string) (p docket.Person, ok bool, err error) {
	rules, err := a.rules(ctx)
	if err != nil || !rules.LDAP.On || a.cfg.Directory == nil {
		return p, false, err
	}
	id, err := a.cfg.Directory.Check(ctx, rules.LDAP, login, password)
	if err == nil {
		p, err = a.known(ctx, rules, id, docket.ViaDirectory)
	}
	if errors.Is(err, docket.Unauthorized) {
		return docket.Person{}, false, nil
	}
	return p, err == nil, err
}

// known finds whom an identity belongs to, or enters them where the rules allow
// it, and lets their posts follow their groups.
func (a *App) known(ctx context.Context, rules docket.SignInRules, id docket.Identity, via docket.Via) (p docket.Person, err error) {
	if id.Subject == "" {
		return p, noAccount()
	}
	// Nothing is written, and so nothing asked or recorded, where nothing has changed.
	settled := false
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		if p, err = r.PersonByIdentity(ctx, id.Issuer, id.Subject); err != nil {
			return err
		}
		give, end, err := a.syncOf(ctx, r, rules, id, p.ID)
		settled = len(give)+len(end) == 0
		return err
	})
	if err != nil && !errors.Is(err, docket.NotFound) || settled {
		return p, err
	}
	err = a.change(ctx, docket.Actor{}, docket.VerbSync, func(ctx context.Context, c *Change) error {
		c.proven() // by the provider's or directory's word
		if p, err = c.tie(ctx, rules, id, via); err != nil {
			return err
		}
		if !p.Active {
			return noAccount()
		}
		c.Actor.Person = p
		return c.followGroups(ctx, a, rules, id)
	})
	return p, err
}

func noAccount() error {
	return docket.Errorf(docket.Unauthorized, "auth.no_account", "you have no account here yet, or it is out of use; ask your administrator")
}

// tie finds the person of an identity: by an earlier tie; else, of a provider,
// by a mail address it has verified and one person bears; else, of a directory,
// by the login of somebody without a password of their own.
func (c *Change) tie(ctx context.Context, rules docket.SignInRules, id docket.Identity, via docket.Via) (docket.Person, error) {
	p, err := c.PersonByIdentity(ctx, id.Issuer, id.Subject)
	if !errors.Is(err, docket.NotFound) {
		return p, err
	}
	p, err = c.candidate(ctx, id, via)
	if err != nil {
		return p, err
	}
	create := rules.Provider.CreatePersons && via == docket.ViaProvider || rules.LDAP.CreatePersons && via == docket.ViaDirectory
	switch {
	case p.ID == 0 && !create:
		return p, noAccount()
	case p.ID == 0:
		p = docket.Person{Login: strings.ToLower(strings.TrimSpace(id.Login)), Name: strings.TrimSpace(id.Name), Email: id.Email, Lang: "zh", Active: true}
		if p.Name == "" {
			p.Name = p.Login
		}
		if !id.Proven && via == docket.ViaProvider {
			p.Email = "" // an address nobody has verified ties nothing later
		}
		if err := c.putPerson(ctx, &p); err != nil {
			return p, err
		}
		if err := c.Record(ctx, docket.Entry{Verb: docket.VerbAdd, Person: p.ID, After: note("login", p.Login, "name", p.Name, "by", via)}); err != nil {
			return p, err
		}
	}
	if err := c.PutIdentity(ctx, id.Issuer, id.Subject, p.ID); err != nil {
		return p, err
	}
	return p, c.Record(ctx, docket.Entry{Person: p.ID, After: note("issuer", id.Issuer, "subject", id.Subject)})
}

func (c *Change) candidate(ctx context.Context, id docket.Identity, via docket.Via) (found docket.Person, err error) {
	people, err := c.People(ctx)
	if err != nil {
		return found, err
	}
	n := 0
	for _, p := range people {
		byMail := via == docket.ViaProvider && id.Proven && id.Email != "" && strings.EqualFold(p.Email, id.Email)
		if byMail || via == docket.ViaDirectory && p.Login == id.Login {
			found, n = p, n+1
		}
	}
	if n > 1 {
		return docket.Person{}, docket.Errorf(docket.Unauthorized, "auth.mail_twice", "several people bear your mail address; ask your administrator")
	}
	if n == 1 && via == docket.ViaDirectory {
		if hash, err := c.PasswordHash(ctx, found.ID); err != nil || hash != "" {
			return docket.Person{}, errors.Join(err, noAccount())
		}
	}
	return found, nil
}

func (a *App) syncOf(ctx context.Context, r docket.Reader, rules docket.SignInRules, id docket.Identity, person docket.PersonID) (give, end []docket.Post, err error) {
	posts, err := r.Posts(ctx, person)
	if err != nil {
		return nil, nil, err
	}
	ids, err := r.SyncedPosts(ctx, person)
	synced := map[docket.PostID]bool{}
	for _, id := range ids {
		synced[id] = true
	}
	give, end = rules.SyncPosts(id.Groups, posts, synced, a.dayOf(a.cfg.Clock()))
	return give, end, err
}

// followGroups gives and ends the posts that groups ask for. Rights follow at
// once: an ended post was held until yesterday.
func (c *Change) followGroups(ctx context.Context, a *App, rules docket.SignInRules, id docket.Identity) error {
	person := c.Actor.Person
	give, end, err := a.syncOf(ctx, c, rules, id, person.ID)
	if err != nil {
		return err
	}
	for _, p := range give {
		p.Person = person.ID
		if err := c.checkPost(ctx, p); err != nil {
			a.log.WarnContext(ctx, "a group's post was not given", "group_role", p.Role, "unit", p.Unit, "err", err)
			continue
		}
		if err := c.PutPost(ctx, &p); err != nil {
			return err
		}
		if err := c.MarkSynced(ctx, p.ID, id.Issuer); err != nil {
			return err
		}
		if err := c.Record(ctx, docket.Entry{Person: person.ID, Unit: p.Unit, After: note("role", p.Role, "from", p.From, "by", "group")}); err != nil {
			return err
		}
	}
	for _, p := range end {
		was := p.To
		p.To = c.Today - 1
		if err := c.PutPost(ctx, &p); err != nil {
			return err
		}
		if p.Role == docket.Admin {
			if err := c.adminsRemain(ctx, person.Name); err != nil { // no group takes the last administrator away
				p.To = was
				if err := c.PutPost(ctx, &p); err != nil {
					return err
				}
				a.log.WarnContext(ctx, "the last administrator keeps a post that no group gives any more", "person", person.ID)
				continue
			}
		}
		if err := c.Record(ctx, docket.Entry{Person: person.ID, Unit: p.Unit, Before: note("to", was), After: note("role", p.Role, "to", p.To, "by", "group")}); err != nil {
			return err
		}
	}
	if !c.recorded {
		return c.Record(ctx, docket.Entry{Person: person.ID, After: note("groups", len(slices.Compact(id.Groups)))})
	}
	return nil
}
