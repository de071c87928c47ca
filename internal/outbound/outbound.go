// Package outbound is the one way out: every request and connection the program
// makes to an address that people may choose goes through its Client. The
// address is judged when it is dialled, after the name was resolved, so that a
// name that answers differently the second time gains nothing; redirects are
// dialled the same way. An answer costs bounded time and memory. Proxies named
// in the environment are not used: through one, nobody could say where a
// request ends.
package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	docket "github.com/docket-os/docket"
)

// Config says what a Client may do; zero fields mean the defaults.
type Config struct {
	Allow  []netip.Prefix // networks inside that may be reached nevertheless
	Within time.Duration  // for a whole exchange; 15 s
	Most   int64          // bytes of an answer that are read; 64 KiB
}

// Limits of an exchange.
const (
	within       = 15 * time.Second
	dialWithin   = 5 * time.Second
	most         = 64 << 10
	maxHeader    = 32 << 10
	maxRedirects = 3
)

// Client sends requests out. Its methods may be called by any number of goroutines.
type Client struct {
	http  *http.Client
	allow []netip.Prefix
	most  int64
}

// New builds a Client.
func New(c Config) *Client {
	out := &Client{allow: c.Allow, most: c.Most}
	if out.most == 0 {
		out.most = most
	}
	if c.Within == 0 {
		c.Within = within
	}
	out.http = &http.Client{
		Timeout: c.Within, CheckRedirect: follow,
		Transport: &http.Transport{
			DialContext: out.Dial, TLSHandshakeTimeout: dialWithin, MaxResponseHeaderBytes: maxHeader,
			DisableKeepAlives: true, DisableCompression: true, // nothing unpacks behind our back
		},
	}
	return out
}

// Answer is what came back: its body up to the limit.
type Answer struct {
	Status int
	Body   []byte
	Cut    bool // the body went on past the limit, or broke off
}

// Do sends a request and reads its answer. Errors are sentences for people and
// name the host only: the rest of an address may be a secret. One with
// docket.ErrUnsure in it may have arrived. An answer of any status is no error.
func (c *Client) Do(req *http.Request) (Answer, error) {
	if err := checkURL(req.URL); err != nil {
		return Answer{}, err
	}
	var wrote atomic.Bool
	req = req.Clone(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }}))
	res, err := c.http.Do(req)
	if err != nil {
		told := explain(req.URL.Hostname(), err)
		if wrote.Load() && silent(err) { // before it was written, it surely did not arrive
			return Answer{}, &docket.Error{Code: told.Code, Key: told.Key, Args: told.Args, Message: told.Message, Err: docket.ErrUnsure}
		}
		return Answer{}, told
	}
	defer res.Body.Close()
	a := Answer{Status: res.StatusCode}
	a.Body, err = io.ReadAll(io.LimitReader(res.Body, c.most))
	a.Cut = err != nil || int64(len(a.Body)) == c.most
	return a, nil
}

// Dial connects to host:port under the rule of addresses; it is net.Dialer's
// DialContext for protocols other than HTTP.
func (c *Client) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: dialWithin, KeepAlive: -1, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !reachable(to.Addr(), c.allow) {
			return &insideError{address: to.Addr().Unmap().String()}
		}
		return nil
	}}
	return d.DialContext(ctx, network, address)
}

// insideError is a connection that was refused before it was made.
type insideError struct{ address string }

func (e *insideError) Error() string { return "address " + e.address + " is not to be reached" }

// follow lets few redirects pass, to http and https only, and only those that
// repeat the request as it is: a post that turns into a get delivers nothing.
func follow(req *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return docket.Errorf(docket.Unavailable, "outbound.redirects", "it was redirected more than "+strconv.Itoa(maxRedirects)+" times", "max", strconv.Itoa(maxRedirects))
	case req.Method != via[0].Method:
		return docket.Errorf(docket.Unavailable, "outbound.moved", "the address has moved; enter the new one")
	case via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https":
		return docket.Errorf(docket.Unavailable, "outbound.downgrade", "it was redirected from https to an unprotected address")
	}
	req.Header.Del("Referer") // it would tell the next host the whole address of the one before
	return checkURL(req.URL)
}

// checkURL refuses whatever is not an absolute web address.
func checkURL(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil {
		return docket.Errorf(docket.Invalid, "outbound.address", "an address begins with https:// or http:// and names a host, without user or password")
	}
	return nil
}

// silent reports whether a request ended without any word of the other side.
func silent(err error) bool {
	var own *docket.Error
	var refused *insideError
	return !errors.As(err, &own) && !errors.As(err, &refused)
}

// explain words what kept a request from its answer, without its address.
func explain(host string, err error) *docket.Error {
	var own *docket.Error
	var refused *insideError
	var unresolved *net.DNSError
	var network net.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &refused):
		return docket.Errorf(docket.Forbidden, "outbound.inside", fmt.Sprintf("%s leads to %s, an address inside the network; the operator can allow it with --reach", host, refused.address), "host", host, "address", refused.address)
	case errors.As(err, &unresolved) && !unresolved.IsTimeout:
		return docket.Errorf(docket.Unavailable, "outbound.unknown", "there is no host named "+host, "host", host)
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return docket.Errorf(docket.Unavailable, "outbound.slow", host+" did not answer in time", "host", host)
	}
	return docket.Errorf(docket.Unavailable, "outbound.unreachable", host+" cannot be reached or broke off", "host", host)
}

// Explain words the error of a connection made with Dial.
func Explain(host string, err error) error {
	if err == nil {
		return nil
	}
	return explain(host, err)
}
