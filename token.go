package docket

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// TokenID names a token.
type TokenID int64

// Token lets a program act as the person who made it, within its scope and
// never beyond what that person's posts allow at the moment of each call.
type Token struct {
	ID       TokenID
	Person   PersonID
	Hash     [32]byte // SHA-256 of the token; itself it is shown once and kept nowhere
	Name     string
	ReadOnly bool  // everything the person may read, and no change
	Acts     []Act // otherwise: these and no others
	Created  time.Time
	Expires  time.Time
	Used     time.Time // zero: never
}

// The bounds of tokens.
const (
	TokenMost   = 366 * 24 * time.Hour // longest life
	TokensEach  = 50                   // live ones of a person
	TokenPrefix = "dkt_"               // lets scanners of leaked secrets know one
)

// ReadingActs are the acts that change nothing.
func ReadingActs() []Act {
	return []Act{ActRead, ActExport, ActReadPeople, ActSearch, ActReadJournal}
}

// Scope is the acts the token leaves its holder.
func (t *Token) Scope() []Act {
	if t.ReadOnly {
		return ReadingActs()
	}
	return t.Acts
}

// Opens reports whether the token reaches a door: reads says that it changes
// nothing, acts are those of which one is asked; none stands for reading.
func (t *Token) Opens(reads bool, acts []Act) bool {
	if t.ReadOnly {
		return reads
	}
	if len(acts) == 0 {
		return reads && slices.Contains(t.Acts, ActRead)
	}
	return slices.ContainsFunc(acts, func(a Act) bool { return slices.Contains(t.Acts, a) })
}

// Validate reports every fault of a token about to be made at now by the actor,
// who cannot give what they do not have.
func (t *Token) Validate(a *Actor, now time.Time) error {
	var f []FieldError
	if n := utf8.RuneCountInString(strings.TrimSpace(t.Name)); n == 0 || n > 100 {
		f = append(f, FieldError{Field: "name", Key: "token.name", Message: "a token needs a name of at most 100 characters"})
	}
	if !t.Expires.After(now) || t.Expires.After(now.Add(TokenMost)) {
		f = append(f, FieldError{Field: "expires", Key: "token.expires", Message: "a token ends in the future, within a year"})
	}
	if t.ReadOnly == (len(t.Acts) > 0) {
		f = append(f, FieldError{Field: "acts", Key: "token.scope", Message: "a token either only reads or names its acts"})
	}
	for _, act := range t.Acts {
		if !May(a, act) {
			f = append(f, FieldError{Field: "acts", Key: "token.act", Message: "your posts do not allow " + string(act)})
		}
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "token.invalid", Message: "the token cannot be made as entered", Fields: f}
	}
	return nil
}
