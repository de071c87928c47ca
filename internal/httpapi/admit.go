package httpapi

import (
	"net/http"
	"strings"

	docket "github.com/docket-os/docket"
)

// admit finds out who asks, by a token or by the session's cookie, and holds
// method and path against what that opens. A call that brings a token is judged
// by it alone.
func (s *server) admit(c *call, r Route) (err error) {
	if bearer, ok := bearerOf(c.request); ok {
		return s.admitToken(c, r, bearer)
	}
	token := c.token()
	if token == "" {
		return docket.Errorf(docket.Unauthorized, "error.unauthorized", "please sign in first")
	}
	if c.actor, c.session, err = s.app.Authenticate(c, token); err != nil || r.early {
		return err
	}
	due, err := s.app.FactorDue(c, c.actor, c.session)
	if err == nil && due {
		err = docket.Errorf(docket.Forbidden, "auth.factor_due", "your post asks for a second factor; set it up first")
	}
	return err
}

func (s *server) admitToken(c *call, r Route, bearer string) error {
	actor, token, err := s.app.AuthenticateToken(c, bearer)
	if err != nil {
		return err
	}
	if r.browser {
		return docket.Errorf(docket.Forbidden, "token.browser_only", "this is for people who are signed in, not for tokens")
	}
	if !token.Opens(r.Method == http.MethodGet, r.Who.acts) {
		return docket.Errorf(docket.Forbidden, "token.narrow", "the scope of this token does not reach that far")
	}
	c.actor = actor
	return nil
}

// bearerOf is the token of the Authorization header. Any such header counts, so
// that a broken one is refused and not passed over for a cookie.
func bearerOf(r *http.Request) (string, bool) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return "", false
	}
	scheme, text, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		text = ""
	}
	return strings.TrimSpace(text), true
}
