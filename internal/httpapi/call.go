package httpapi

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"

	"github.com/danielgtaylor/huma/v2"
)

// call is one request: its context, who asks, and the headers of its answer.
type call struct {
	context.Context
	actor   docket.Actor
	session docket.Session
	request *http.Request
	answer  http.ResponseWriter
	proxies []netip.Prefix
}

type callKey struct{}

// callOf returns the call that guard put into the context.
func callOf(ctx context.Context) call {
	c, _ := ctx.Value(callKey{}).(call)
	c.Context = ctx
	return c
}

// sessionCookie is the name of the one cookie.
const sessionCookie = "docket_session"

// token is the session's token, "" without a cookie.
func (c call) token() string {
	if k, err := c.request.Cookie(sessionCookie); err == nil {
		return k.Value
	}
	return ""
}

// browser describes where the request comes from.
func (c call) browser() app.Browser {
	agent := c.request.UserAgent()
	if len(agent) > 300 {
		agent = agent[:300]
	}
	return app.Browser{Agent: strings.ToValidUTF8(agent, ""), Address: c.address()}
}

// address is the client's address. A proxy's word for it is taken only where
// the operator named the proxy.
func (c call) address() string {
	host, _, err := net.SplitHostPort(c.request.RemoteAddr)
	if err != nil {
		host = c.request.RemoteAddr
	}
	if !c.trusted(host) {
		return host
	}
	hops := strings.Split(c.request.Header.Get("X-Forwarded-For"), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		host = hop.String()
		if !c.trusted(host) {
			break
		}
	}
	return host
}

func (c call) trusted(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range c.proxies {
		if p.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}

// secure reports whether the browser's side of the connection is https.
func (s *server) secure(c call) bool {
	return c.request.TLS != nil || strings.HasPrefix(s.cfg.URL, "https://")
}

// base is the address people reach the program at, without a slash at the end.
func (s *server) base(c call) string {
	if s.cfg.URL != "" {
		return strings.TrimSuffix(s.cfg.URL, "/")
	}
	if s.secure(c) {
		return "https://" + c.request.Host
	}
	return "http://" + c.request.Host
}

// cookie is the session's cookie: not for scripts, not for other sites' posts.
func (s *server) cookie(c call, token string, expires time.Time) *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: token, Path: "/", Expires: expires,
		HttpOnly: true, Secure: s.secure(c), SameSite: http.SameSiteLaxMode,
	}
}

// pendingName is the cookie of a sign-in that waits for its second step. It
// goes to that step only and opens nothing else.
const pendingName = "docket_second_step"

func (c call) pending() string {
	if k, err := c.request.Cookie(pendingName); err == nil {
		return k.Value
	}
	return ""
}

func (s *server) pendingCookie(c call, token string, expires time.Time) *http.Cookie {
	k := s.cookie(c, token, expires)
	k.Name, k.Path, k.SameSite = pendingName, "/api/v1/session", http.SameSiteStrictMode
	if token == "" {
		k.MaxAge = -1
	}
	return k
}

// noCookie takes the session's cookie away.
func (s *server) noCookie(c call) *http.Cookie {
	k := s.cookie(c, "", time.Unix(1, 0))
	k.MaxAge = -1
	return k
}

// fault turns a handler's error into what leaves, and logs what must not.
func (s *server) fault(c call, err error) error {
	p := problemOf(err)
	if p.Status == http.StatusConflict && p.Key == "error.conflict" && c.request.Header.Get("If-Match") != "" {
		p.Status, p.Title = http.StatusPreconditionFailed, http.StatusText(http.StatusPreconditionFailed)
	}
	if p.Status >= http.StatusInternalServerError {
		s.log.ErrorContext(c, "request failed", "request_id", requestID(c), "method", c.request.Method, "path", c.request.URL.Path, "err", err)
	}
	return p
}

// refuse writes a problem from outside of huma's handlers.
func (s *server) refuse(h huma.Context, c call, err error) {
	s.writeProblem(c.answer, s.fault(c, err).(*Problem))
}
