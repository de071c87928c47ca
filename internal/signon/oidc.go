package signon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	docket "github.com/docket-os/docket"
)

// Provider speaks with an OpenID Connect provider: code flow with PKCE. What it
// learned of the last issuer (discovery) is kept for an hour.
type Provider struct {
	mu    sync.Mutex
	known *oidc.Provider
	of    string
	until time.Time
	now   func() time.Time
}

// NewProvider returns a Provider by that clock.
func NewProvider(now func() time.Time) *Provider { return &Provider{now: now} }

// discoveryLife is how long an issuer's addresses and keys are believed unasked.
const discoveryLife = time.Hour

// Begin gives the address at the provider to send the browser to.
func (p *Provider) Begin(ctx context.Context, c docket.Provider, back, state, nonce, verifier string) (string, error) {
	config, _, err := p.config(ctx, c, back)
	if err != nil {
		return "", err
	}
	return config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), nil
}

// Finish redeems a code and checks what the provider says of the person:
// signature, issuer, audience, expiry and nonce.
func (p *Provider) Finish(ctx context.Context, c docket.Provider, back, code, nonce, verifier string) (docket.Identity, error) {
	config, provider, err := p.config(ctx, c, back)
	if err != nil {
		return docket.Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, outbound(c.Issuer))
	tokens, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return docket.Identity{}, refused(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	verify := provider.Verifier(&oidc.Config{ClientID: c.ClientID, Now: p.now})
	id, err := verify.Verify(ctx, raw)
	if err != nil {
		return docket.Identity{}, refused(err)
	}
	if id.Nonce != nonce {
		return docket.Identity{}, refused(errors.New("nonce differs"))
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return docket.Identity{}, refused(err)
	}
	if provider.UserInfoEndpoint() != "" { // mail and groups often stand only there
		info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
		if err != nil || info.Subject != id.Subject {
			return docket.Identity{}, refused(fmt.Errorf("userinfo: %w", err))
		}
		if err := info.Claims(&claims); err != nil {
			return docket.Identity{}, refused(err)
		}
	}
	return identity(c, id.Subject, claims), nil
}

func identity(c docket.Provider, subject string, claims map[string]any) docket.Identity {
	text := func(name string) string { s, _ := claims[name].(string); return s }
	proven, _ := claims["email_verified"].(bool)
	out := docket.Identity{Issuer: c.Issuer, Subject: subject, Login: text("preferred_username"), Name: text("name"), Email: text("email"), Proven: proven}
	switch groups := claims[or(c.GroupsClaim, "groups")].(type) {
	case string:
		out.Groups = []string{groups}
	case []any:
		for _, g := range groups {
			if s, ok := g.(string); ok {
				out.Groups = append(out.Groups, s)
			}
		}
	}
	return out
}

func (p *Provider) config(ctx context.Context, c docket.Provider, back string) (*oauth2.Config, *oidc.Provider, error) {
	provider, err := p.discover(ctx, c.Issuer)
	if err != nil {
		return nil, nil, &docket.Error{Code: docket.Unavailable, Key: "signin.provider_away", Message: "the sign-in provider does not answer; try again later or tell your administrator", Err: err}
	}
	scopes := []string{oidc.ScopeOpenID, "profile", "email"}
	var says struct {
		Scopes []string `json:"scopes_supported"`
	}
	if err := provider.Claims(&says); err == nil && slices.Contains(says.Scopes, "groups") { // unknown scopes are refused by some
		scopes = append(scopes, "groups")
	}
	return &oauth2.Config{ClientID: c.ClientID, ClientSecret: c.ClientSecret, Endpoint: provider.Endpoint(), RedirectURL: back,
		Scopes: scopes}, provider, nil
}

func (p *Provider) discover(ctx context.Context, issuer string) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil && p.of == issuer && p.now().Before(p.until) {
		return p.known, nil
	}
	// The provider's keys are fetched later with this context: it must outlive the request.
	known, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), outbound(issuer)), issuer)
	if err != nil {
		return nil, err
	}
	p.known, p.of, p.until = known, issuer, p.now().Add(discoveryLife)
	return known, nil
}

func refused(err error) error {
	return &docket.Error{Code: docket.Unauthorized, Key: "signin.refused", Message: "the provider's answer does not hold; begin again", Err: err}
}

// mostAnswer bounds one answer of the provider.
const mostAnswer = 1 << 20

// outbound is a client that asks the issuer's host and no other, whatever its
// discovery document or a redirect says, and reads no answer without end.
func outbound(issuer string) *http.Client {
	u, err := url.Parse(issuer)
	if err != nil {
		u = &url.URL{} // reaches nothing
	}
	return &http.Client{Timeout: patience, Transport: only{host: u.Host, scheme: u.Scheme},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

type only struct{ scheme, host string }

// RoundTrip refuses every other host.
func (o only) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != o.host || r.URL.Scheme != o.scheme {
		return nil, fmt.Errorf("the provider names %s, which is not the issuer's host", r.URL.Host)
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, mostAnswer), res.Body}
	}
	return res, err
}
