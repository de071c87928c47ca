package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// Me is the person signed in and what they may do today.
type Me struct{ app.Me }

func (m Me) version() int64 { return m.Version }

func wireMe(m app.Me) Me {
	m.Posts, m.May = full(m.Posts), full(m.May)
	return Me{m}
}

// SignInBody is a login with its password.
type SignInBody struct {
	Login    string `json:"login" maxLength:"64"`
	Password string `json:"password" maxLength:"1024"`
}

// LinkBody carries the token of a one-time link.
type LinkBody struct {
	Token string `json:"token" maxLength:"200"`
}

// PatchMe changes what people keep about themselves; what is absent stays.
type PatchMe struct {
	Lang  *string `json:"lang,omitempty" enum:"zh,en"`
	Name  *string `json:"name,omitempty" maxLength:"200"`
	Email *string `json:"email,omitempty" maxLength:"254"`
}

// PasswordBody sets a password. Current is not asked for after a one-time link.
type PasswordBody struct {
	Current string `json:"current,omitempty" maxLength:"1024"`
	New     string `json:"new" maxLength:"1024"`
}

// PersonView is a person with all posts, past ones included.
type PersonView struct{ app.PersonView }

func (p PersonView) version() int64 { return p.Version }

func wirePerson(p app.PersonView) PersonView {
	p.Posts, p.Away = full(p.Posts), full(p.Away)
	return PersonView{p}
}

// NewPerson is somebody who shall be able to sign in.
type NewPerson struct {
	Login string `json:"login" maxLength:"64"`
	Name  string `json:"name" maxLength:"200"`
	Email string `json:"email,omitempty" maxLength:"254"`
	Lang  string `json:"lang" enum:"zh,en"`
}

// PatchPerson changes a person's account; what is absent stays.
type PatchPerson struct {
	Login  *string `json:"login,omitempty" maxLength:"64"`
	Name   *string `json:"name,omitempty" maxLength:"200"`
	Email  *string `json:"email,omitempty" maxLength:"254"`
	Lang   *string `json:"lang,omitempty" enum:"zh,en"`
	Active *bool   `json:"active,omitempty"`
}

// LinkView is a one-time sign-in link. It is shown once and kept nowhere.
type LinkView struct {
	URL     string    `json:"url"`
	Expires time.Time `json:"expires"`
}

// NewPost gives a person a role in a unit.
type NewPost struct {
	Role docket.Role   `json:"role"`
	Unit docket.UnitID `json:"unit" minimum:"1"`
	From docket.Date   `json:"from,omitzero" doc:"First day; today when absent"`
	To   docket.Date   `json:"to,omitzero" doc:"Last day; until further notice when absent"`
}

// EndBody ends a post. On is its last day.
type EndBody struct {
	On docket.Date `json:"on"`
}

// StandinBody names who acts for somebody who is away.
type StandinBody struct {
	Login string      `json:"login" maxLength:"64" doc:"Of the stand-in"`
	From  docket.Date `json:"from,omitzero" doc:"First day; today when absent"`
	To    docket.Date `json:"to" doc:"Last day"`
	Words string      `json:"words,omitempty" maxLength:"200"`
}

func (b *StandinBody) standin() app.NewStandin {
	return app.NewStandin{By: b.Login, From: b.From, To: b.To, Words: b.Words}
}
