package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// SignInSettings is how people sign in. Secrets are written, never read.
type SignInSettings struct{ app.SignInRulesView }

func (v SignInSettings) version() int64 { return v.Version }

// PutSignIn sets how people sign in. A secret left out stays, unless its
// address changes.
type PutSignIn struct {
	SecondFactorFor []docket.Role      `json:"second_factor_for" maxItems:"20"`
	Provider        docket.Provider    `json:"provider"`
	LDAP            docket.LDAP        `json:"ldap"`
	Groups          []docket.GroupRule `json:"groups" maxItems:"2000"`
}

func (s *server) signInRules(c call, _ *none) (SignInSettings, error) {
	v, err := s.app.SignInRules(c, c.actor)
	return wireRules(v), err
}

func (s *server) setSignInRules(c call, in *struct {
	Edit
	Body PutSignIn
}) (SignInSettings, error) {
	seen, err := in.seen()
	if err != nil {
		return SignInSettings{}, err
	}
	b := in.Body
	v, err := s.app.SetSignInRules(c, c.actor, seen, docket.SignInRules{SecondFactorFor: b.SecondFactorFor, Provider: b.Provider, LDAP: b.LDAP, Groups: b.Groups})
	return wireRules(v), err
}

func wireRules(v app.SignInRulesView) SignInSettings {
	v.SecondFactorFor, v.Groups = full(v.SecondFactorFor), full(v.Groups)
	return SignInSettings{v}
}
