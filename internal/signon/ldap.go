package signon

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/go-ldap/ldap/v3"

	docket "github.com/docket-os/docket"
)

// Directory checks passwords against an LDAP directory.
type Directory struct{}

// patience is how long the directory may take for one answer.
const patience = 8 * time.Second

// mostGroups bounds what is read of one person's groups.
const mostGroups = 1000

// Check looks login up and binds with the password. A wrong password, an
// unknown login and one that several entries bear are docket.Unauthorized alike.
func (Directory) Check(ctx context.Context, c docket.LDAP, login, password string) (docket.Identity, error) {
	wrong := docket.Errorf(docket.Unauthorized, "auth.wrong", "login or password is wrong")
	if login == "" || password == "" { // an empty password would be an anonymous bind, which succeeds
		return docket.Identity{}, wrong
	}
	conn, err := connect(ctx, c)
	if err != nil {
		return docket.Identity{}, away(err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends whatever is being waited for
	if err := bindSearcher(conn, c); err != nil {
		return docket.Identity{}, away(err)
	}
	entry, err := find(conn, c, login)
	if err != nil {
		return docket.Identity{}, away(err)
	}
	dn := "cn=nobody-of-this-login," + c.Base // bound all the same: an unknown login takes as long
	if entry != nil {
		dn = entry.DN
	}
	if err := conn.Bind(dn, password); err != nil || entry == nil {
		if entry == nil || ldap.IsErrorWithCode(err, ldap.LDAPResultInvalidCredentials) {
			return docket.Identity{}, wrong
		}
		return docket.Identity{}, away(err)
	}
	if err := bindSearcher(conn, c); err != nil {
		return docket.Identity{}, away(err)
	}
	groups, err := groupsOf(conn, c, entry.DN, login)
	if err != nil {
		return docket.Identity{}, away(err)
	}
	return docket.Identity{
		Issuer: c.URL, Subject: subject(entry), Login: login,
		Name: entry.GetAttributeValue(or(c.NameAttribute, "cn")), Email: entry.GetAttributeValue(or(c.MailAttribute, "mail")), Groups: groups,
	}, nil
}

func away(err error) error {
	return &docket.Error{Code: docket.Unavailable, Key: "signin.ldap_away", Message: "the directory of logins does not answer; try again later or tell your administrator", Err: err}
}

func or(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return name
}

// connect opens an encrypted connection: passwords never go in the clear.
func connect(ctx context.Context, c docket.LDAP) (*ldap.Conn, error) {
	u, err := url.Parse(c.URL)
	if err != nil {
		return nil, err
	}
	settings := &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}
	if c.CA != "" {
		settings.RootCAs = x509.NewCertPool()
		if !settings.RootCAs.AppendCertsFromPEM([]byte(c.CA)) {
			return nil, errors.New("the authority's certificate cannot be read")
		}
	}
	conn, err := ldap.DialURL(c.URL, ldap.DialWithDialer(&net.Dialer{Timeout: patience}), ldap.DialWithTLSConfig(settings))
	if err != nil {
		return nil, err
	}
	conn.SetTimeout(patience)
	switch {
	case u.Scheme == "ldaps":
		return conn, nil
	case c.StartTLS:
		if err = conn.StartTLS(settings); err == nil {
			return conn, nil
		}
	default:
		err = errors.New("the connection would not be encrypted")
	}
	_ = conn.Close() // it is given up
	return nil, err
}

func bindSearcher(conn *ldap.Conn, c docket.LDAP) error {
	if c.BindDN == "" {
		return conn.UnauthenticatedBind("")
	}
	return conn.Bind(c.BindDN, c.BindPassword)
}

// find returns the one entry of a login, nil for none and for several.
func find(conn *ldap.Conn, c docket.LDAP, login string) (*ldap.Entry, error) {
	filter := strings.ReplaceAll(c.Filter, "{login}", ldap.EscapeFilter(login))
	res, err := conn.Search(ldap.NewSearchRequest(c.Base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 2, int(patience.Seconds()), false,
		filter, []string{or(c.NameAttribute, "cn"), or(c.MailAttribute, "mail"), "entryUUID", "objectGUID"}, nil))
	if ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded) {
		return nil, nil
	}
	if err != nil || len(res.Entries) != 1 {
		return nil, err
	}
	return res.Entries[0], nil
}

// subject is what stays the same of an entry when it is renamed or moved.
func subject(e *ldap.Entry) string {
	if id := e.GetAttributeValue("entryUUID"); id != "" {
		return id
	}
	if id := e.GetRawAttributeValue("objectGUID"); len(id) > 0 { // Active Directory: bytes
		return hex.EncodeToString(id)
	}
	return strings.ToLower(e.DN)
}

// groupsOf gives the names (DN and cn) of the groups that hold the person.
func groupsOf(conn *ldap.Conn, c docket.LDAP, dn, login string) ([]string, error) {
	if c.GroupBase == "" {
		return nil, nil
	}
	filter := strings.NewReplacer("{dn}", ldap.EscapeFilter(dn), "{login}", ldap.EscapeFilter(login)).Replace(c.GroupFilter)
	res, err := conn.Search(ldap.NewSearchRequest(c.GroupBase, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, mostGroups, int(patience.Seconds()), false,
		filter, []string{"cn"}, nil))
	if err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	var out []string
	for _, e := range res.Entries {
		out = append(out, e.DN, e.GetAttributeValue("cn"))
	}
	return out, nil
}
