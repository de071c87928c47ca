package app

import (
	"context"
	"encoding/json"
	"fmt"

	docket "github.com/docket-os/docket"
)

// rulesKey is the setting that holds docket.SignInRules.
const rulesKey = "sign_in"

func signInRulesOf(ctx context.Context, r docket.Reader) (rules docket.SignInRules, err error) {
	raw, err := r.Setting(ctx, rulesKey)
	if err != nil || raw == nil {
		return docket.SignInRules{Version: 1}, err
	}
	if err := json.Unmarshal(raw, &rules); err != nil {
		return rules, fmt.Errorf("setting %s: %w", rulesKey, err)
	}
	return rules, nil
}

func (a *App) rules(ctx context.Context) (rules docket.SignInRules, err error) {
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error { rules, err = signInRulesOf(ctx, r); return err })
	return rules, err
}

// SignInRules is how people sign in, without its secrets.
func (a *App) SignInRules(ctx context.Context, actor docket.Actor) (SignInRulesView, error) {
	if err := allow(&actor, docket.ActManageSignIn); err != nil {
		return SignInRulesView{}, err
	}
	rules, err := a.rules(ctx)
	return viewOfRules(rules), err
}

func viewOfRules(rules docket.SignInRules) SignInRulesView {
	v := SignInRulesView{SecretSet: rules.Provider.ClientSecret != "", PasswordSet: rules.LDAP.BindPassword != ""}
	v.SignInRules = rules
	v.Provider.ClientSecret, v.LDAP.BindPassword = "", ""
	return v
}

// SetSignInRules sets how people sign in. A secret left empty stays as it is,
// unless its address changes.
func (a *App) SetSignInRules(ctx context.Context, actor docket.Actor, version int64, next docket.SignInRules) (SignInRulesView, error) {
	var kept docket.SignInRules
	err := a.change(ctx, actor, docket.VerbSignInRules, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManageSignIn, docket.Subject{}); err != nil {
			return err
		}
		before, err := signInRulesOf(ctx, c)
		if err != nil {
			return err
		}
		if err := expect(before.Version, version); err != nil {
			return err
		}
		kept = next
		kept.Version = before.Version + 1
		keepSecret(&kept.Provider.ClientSecret, before.Provider.ClientSecret, kept.Provider.Issuer == before.Provider.Issuer)
		keepSecret(&kept.LDAP.BindPassword, before.LDAP.BindPassword, kept.LDAP.URL == before.LDAP.URL)
		if err := c.checkRules(kept); err != nil {
			return err
		}
		raw, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		if err := c.PutSetting(ctx, rulesKey, raw); err != nil {
			return err
		}
		was, is := diff(viewOfRules(before), viewOfRules(kept))
		return c.Record(ctx, docket.Entry{Before: was, After: is})
	})
	return viewOfRules(kept), err
}

// keepSecret keeps what was there where nothing new is given. It never follows
// to another address: who may set the address must not learn the secret by it.
func keepSecret(next *string, before string, sameAddress bool) {
	if *next == "" && sameAddress {
		*next = before
	}
}

func (c *Change) checkRules(rules docket.SignInRules) error {
	if err := rules.Validate(); err != nil {
		return err
	}
	for _, g := range rules.Groups {
		if c.Place.tree.Unit(g.Unit) == nil {
			e := docket.Errorf(docket.Invalid, "signin.invalid", "the settings cannot be kept as entered")
			e.Fields = []docket.FieldError{{Field: "groups", Key: "post.unit", Message: "there is no such unit"}}
			return e
		}
		if err := guardNames(g.Group); err != nil {
			return err
		}
	}
	return guardNames(rules.Provider.Name)
}
