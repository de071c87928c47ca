// Package signon asks others who somebody is: an OpenID Connect provider, an
// LDAP directory. It decides nothing; what an identity opens is the app's.
package signon
