package docket

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Ticket is something begun that must soon be finished by the same browser: a
// sign-in that waits for its second step, or one gone to the provider. Only the
// hash of its token is kept; a ticket never opens what a session opens.
type Ticket struct {
	Hash    [32]byte
	Kind    TicketKind
	Person  PersonID // 0 while unknown
	Expires time.Time
	Detail  json.RawMessage
}

// TicketKind says what a ticket waits for.
type TicketKind string

// The kinds.
const (
	TicketSecondStep TicketKind = "second_step"
	TicketProvider   TicketKind = "provider"
)

// Via says who knew the person at sign-in.
type Via string

// The ways. A one-time link and a password are Docket's own.
const (
	ViaOwn       Via = ""
	ViaProvider  Via = "provider"
	ViaDirectory Via = "ldap"
)

// SignInRules is how people sign in, as an administrator sets it.
type SignInRules struct {
	SecondFactorFor []Role      `json:"second_factor_for"` // who holds one of these needs a second factor
	Provider        Provider    `json:"provider"`
	LDAP            LDAP        `json:"ldap"`
	Groups          []GroupRule `json:"groups"`
	Version         int64       `json:"version"`
}

// Provider is an OpenID Connect provider.
type Provider struct {
	On                 bool   `json:"on"`
	Name               string `json:"name"` // on the button
	Issuer             string `json:"issuer"`
	ClientID           string `json:"client_id"`
	ClientSecret       string `json:"client_secret"`
	GroupsClaim        string `json:"groups_claim"` // "" means "groups"
	CreatePersons      bool   `json:"create_persons"`
	SecondFactorCounts bool   `json:"second_factor_counts"` // the provider's own takes the place of ours
}

// LDAP is a directory whose passwords count here.
type LDAP struct {
	On            bool   `json:"on"`
	URL           string `json:"url"` // ldaps://host:636, or ldap://host with StartTLS
	StartTLS      bool   `json:"start_tls"`
	CA            string `json:"ca"` // PEM of the authority to trust; "" means the system's
	BindDN        string `json:"bind_dn"`
	BindPassword  string `json:"bind_password"`
	Base          string `json:"base"`
	Filter        string `json:"filter"` // {login} stands for what was typed
	NameAttribute string `json:"name_attribute"`
	MailAttribute string `json:"mail_attribute"`
	GroupBase     string `json:"group_base"`
	GroupFilter   string `json:"group_filter"` // {dn} and {login} stand for the person found
	CreatePersons bool   `json:"create_persons"`
}

// GroupRule gives members of a group a post.
type GroupRule struct {
	Group string `json:"group"`
	Role  Role   `json:"role"`
	Unit  UnitID `json:"unit"`
}

// MaxGroupRules bounds the table.
const MaxGroupRules = 2000

// Identity is somebody as a provider or directory knows them.
type Identity struct {
	Issuer  string // the provider's address, or the directory's
	Subject string // unique and lasting there
	Login   string
	Name    string
	Email   string
	Proven  bool // the issuer has verified the mail address
	Groups  []string
}

// Vouched reports whether who came that way needs no second factor of ours.
func (r *SignInRules) Vouched(via Via) bool {
	return via == ViaProvider && r.Provider.SecondFactorCounts
}

// NeedsFactor reports whether one of the actor's posts asks for a second factor.
func (r *SignInRules) NeedsFactor(a *Actor) bool {
	return slices.ContainsFunc(r.SecondFactorFor, a.Has)
}

// Validate reports every fault of the rules. That units exist is for the caller.
func (r *SignInRules) Validate() error {
	var f []FieldError
	fault := func(bad bool, field, key, message string) {
		if bad {
			f = append(f, FieldError{Field: field, Key: key, Message: message})
		}
	}
	for _, role := range r.SecondFactorFor {
		fault(!slices.Contains(Roles(), role), "second_factor_for", "post.role", "there is no such role")
	}
	if p := &r.Provider; p.On {
		fault(!isIssuer(p.Issuer), "provider.issuer", "signin.issuer", "the issuer is an https address without query")
		fault(p.ClientID == "", "provider.client_id", "field.required", "the client id is required")
		fault(strings.TrimSpace(p.Name) == "", "provider.name", "field.required", "the button needs a name")
	}
	if l := &r.LDAP; l.On {
		fault(!isDirectory(l), "ldap.url", "signin.ldap_url", "the directory is ldaps://…, or ldap://… with StartTLS")
		fault(l.Base == "", "ldap.base", "field.required", "the base is required")
		fault(!strings.Contains(l.Filter, "{login}"), "ldap.filter", "signin.ldap_filter", "the filter holds {login}")
		fault(l.GroupBase != "" && !strings.Contains(l.GroupFilter, "{dn}") && !strings.Contains(l.GroupFilter, "{login}"), "ldap.group_filter", "signin.group_filter", "the group filter holds {dn} or {login}")
	}
	fault(len(r.Groups) > MaxGroupRules, "groups", "signin.groups", "at most 2000 groups can be mapped")
	for _, g := range r.Groups {
		fault(strings.TrimSpace(g.Group) == "", "groups", "signin.group", "a group needs its name")
		fault(!slices.Contains(Roles(), g.Role), "groups", "post.role", "there is no such role")
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "signin.invalid", Message: "the settings cannot be kept as entered", Fields: f}
	}
	return nil
}

// isIssuer takes https addresses, and http ones of the machine itself.
func isIssuer(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" &&
		(u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()))
}

// isDirectory refuses what would send passwords in the clear.
func isDirectory(l *LDAP) bool {
	u, err := url.Parse(l.URL)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "ldaps" && !l.StartTLS || u.Scheme == "ldap" && l.StartTLS)
}

func isLoopback(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}

// SyncPosts compares what the groups of a person give with the posts held
// today. Only posts that groups gave are ended; one made by hand stays, and is
// not given twice.
func (r *SignInRules) SyncPosts(groups []string, held []Post, synced map[PostID]bool, today Date) (give, end []Post) {
	due := map[Post]bool{}
	for _, g := range r.Groups {
		if slices.Contains(groups, g.Group) {
			due[Post{Role: g.Role, Unit: g.Unit}] = true
		}
	}
	for _, p := range held {
		as := Post{Role: p.Role, Unit: p.Unit}
		switch {
		case !p.Holds(today):
		case synced[p.ID] && !contains(r, groups, as):
			end = append(end, p)
		default:
			delete(due, as)
		}
	}
	for _, g := range r.Groups { // in the order of the table
		if as := (Post{Role: g.Role, Unit: g.Unit}); due[as] {
			delete(due, as)
			as.From = today
			give = append(give, as)
		}
	}
	return give, end
}

func contains(r *SignInRules, groups []string, as Post) bool {
	return slices.ContainsFunc(r.Groups, func(g GroupRule) bool {
		return g.Role == as.Role && g.Unit == as.Unit && slices.Contains(groups, g.Group)
	})
}
