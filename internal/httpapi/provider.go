package httpapi

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// Ways is what the sign-in page offers beside the password.
type Ways struct {
	Provider string `json:"provider" doc:"The provider's name; empty without one"`
}

// flowName is the cookie that ties a sign-in at the provider to this browser.
// The way back comes from another site, so it is Lax and not Strict.
const flowName = "docket_provider"

const backPath = "/api/v1/session/provider/done"

func (s *server) ways(c call, _ *none) (Ways, error) {
	name, err := s.app.ProviderName(c)
	return Ways{name}, err
}

func (s *server) beginProvider(c call, in *struct {
	Return string `query:"return" maxLength:"500"`
}) (string, error) {
	if err := s.tries.allow(c.address(), ""); err != nil {
		return "", err
	}
	address, state, expires, err := s.app.BeginProvider(c, s.base(c)+backPath, ownPage(in.Return))
	if err != nil {
		return "", err
	}
	http.SetCookie(c.answer, s.flowCookie(c, state, expires))
	return address, nil
}

func (s *server) finishProvider(c call, in *struct {
	Code  string `query:"code" maxLength:"4096"`
	State string `query:"state" maxLength:"200"`
}) (string, error) {
	if err := s.tries.allow(c.address(), ""); err != nil {
		return "", err
	}
	kept, err := c.request.Cookie(flowName)
	if err != nil || in.State == "" || subtle.ConstantTimeCompare([]byte(kept.Value), []byte(in.State)) != 1 {
		return "", docket.Errorf(docket.Unauthorized, "auth.step_gone", "the sign-in was begun in another browser or has waited too long; begin again")
	}
	http.SetCookie(c.answer, s.flowCookie(c, "", time.Unix(1, 0)))
	signed, to, err := s.app.FinishProvider(c, s.base(c)+backPath, in.State, in.Code, c.browser())
	if err != nil {
		return "", err
	}
	if signed.Pending != "" {
		http.SetCookie(c.answer, s.pendingCookie(c, signed.Pending, signed.Expires))
		return "/?step=code", nil
	}
	if _, err := s.welcome(c, signed); err != nil {
		return "", err
	}
	return ownPage(to), nil
}

func (s *server) flowCookie(c call, token string, expires time.Time) *http.Cookie {
	k := s.cookie(c, token, expires)
	k.Name, k.Path = flowName, "/api/v1/session"
	if token == "" {
		k.MaxAge = -1
	}
	return k
}

// ownPage takes a path of ours and makes anything else the first page: a link
// must not lead through us to somewhere else.
func ownPage(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") ||
		strings.ContainsAny(to, "\\\r\n\t") || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return to
}
