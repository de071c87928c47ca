package docket

import (
	"slices"
	"strings"
	"time"
)

// Role is what a post lets its holder do (product.md, "Who uses it").
type Role string

// The roles.
const (
	Admin    Role = "admin"    // units, people, calendars, settings; no content beyond own posts
	Office   Role = "office"   // registers, assigns, urges, reviews for a subtree
	Leader   Role = "leader"   // reads own portfolio, instructs, decides
	Head     Role = "head"     // approves what the unit sends out
	Liaison  Role = "liaison"  // drafts and files for the unit
	Verifier Role = "verifier" // checks evidence and sites of other units
	Auditor  Role = "auditor"  // reads everything, and the journal
)

// Roles lists every role in the order screens show them.
func Roles() []Role { return []Role{Office, Leader, Head, Liaison, Verifier, Auditor, Admin} }

// Person is somebody who can sign in.
type Person struct {
	ID      PersonID `json:"id"`
	Login   string   `json:"login"` // unique, lower case
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Lang    string   `json:"lang"` // "zh" or "en"
	Active  bool     `json:"active"`
	Version int64    `json:"version"`
}

// Validate reports every fault of the person's own fields.
func (p *Person) Validate() error {
	var f []FieldError
	if n := len(p.Login); n == 0 || n > 64 || strings.ContainsAny(p.Login, " \t\r\n") || p.Login != strings.ToLower(p.Login) {
		f = append(f, FieldError{Field: "login", Key: "person.login", Message: "a login is 1 to 64 lower-case characters without spaces"})
	}
	if strings.TrimSpace(p.Name) == "" {
		f = append(f, FieldError{Field: "name", Key: "field.required", Message: "a person needs a name"})
	}
	if p.Lang != "zh" && p.Lang != "en" {
		f = append(f, FieldError{Field: "lang", Key: "person.lang", Message: "the language is zh or en"})
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "person.invalid", Message: "the person cannot be kept as entered", Fields: f}
	}
	return nil
}

// Post is person × role × unit × from–to. Rights come from the posts held on a day.
type Post struct {
	ID     PostID   `json:"id"`
	Person PersonID `json:"person"`
	Role   Role     `json:"role"`
	Unit   UnitID   `json:"unit"`
	From   Date     `json:"from"`
	To     Date     `json:"to"` // last day; zero = until further notice
	// For is who holds the post, where somebody stands in for them; 0 for one's own.
	// It is no part of what is stored.
	For     PersonID `json:"for,omitempty"`
	ForName string   `json:"for_name,omitempty"`
}

// Holds reports whether the post is held on day d.
func (p *Post) Holds(d Date) bool { return p.From <= d && (p.To.IsZero() || d <= p.To) }

// Session is one signed-in browser. Only the hash of its token is kept.
type Session struct {
	Hash     [32]byte
	Person   PersonID
	Created  time.Time
	Seen     time.Time
	Expires  time.Time
	ByLink   bool   // signed in by a one-time link: a password must be set
	Agent    string // browser, shown in the list of sessions
	LangHint string
	Via      Via // who knew the person
}

// Link is a one-time sign-in link. Only the hash of its token is kept.
type Link struct {
	Hash    [32]byte
	Person  PersonID
	Expires time.Time
}

// Actor is the person behind a request with the posts held that day and what
// they open. It is resolved once per request; the zero Actor may do nothing.
type Actor struct {
	Person Person
	Posts  []Post // those held on the day

	Read   UnitSet // units whose matters may be read
	File   UnitSet // units that may be filed for
	Office UnitSet // units registered and assigned for

	Head      UnitSet // units whose word goes out under the actor's name
	Portfolio UnitSet // units the actor leads, with all below
	Verify    UnitSet // units whose matters the actor checks
	Line      UnitSet // units in whose line the actor stands, and so never verifies: own, below and above
	Only      []Act   // what the token of this call leaves of all that; nil: everything
}

// NewActor resolves a person's posts of the tree's day to scopes. The three
// scopes are separate: reading comes with every post that carries content,
// filing with head and liaison on their own unit, office work with office posts.
func NewActor(p Person, posts []Post, tree *Tree) Actor {
	a := Actor{Person: p}
	var read, office, file, head, lead, verify, line []UnitID
	all := false
	for _, post := range posts {
		if !p.Active || !post.Holds(tree.On()) {
			continue
		}
		a.Posts = append(a.Posts, post)
		switch post.Role {
		case Auditor:
			all = true
		case Office:
			office, read = append(office, post.Unit), append(read, post.Unit)
		case Head:
			head, file, read, line = append(head, post.Unit), append(file, post.Unit), append(read, post.Unit), append(line, post.Unit)
		case Liaison:
			file, read, line = append(file, post.Unit), append(read, post.Unit), append(line, post.Unit)
		case Leader:
			lead, read, line = append(lead, post.Unit), append(read, post.Unit), append(line, post.Unit)
		case Verifier:
			verify, read = append(verify, post.Unit), append(read, post.Unit)
		case Admin: // no content
		}
	}
	below := func(units []UnitID) UnitSet { return tree.Below(tree.Carried(units...)...) }
	a.Read, a.Office, a.Portfolio, a.Verify = below(read), below(office), below(lead), below(verify)
	a.File, a.Head = unitSet(tree.Carried(file...)), unitSet(tree.Carried(head...))
	// A verifier's own unit and those above it are out of bounds too; what lies
	// below is what a verifier is there for.
	a.Line = unitSet(append(tree.Above(append(line, verify...)...), below(line).List()...))
	if all {
		a.Read = AllUnits()
	}
	return a
}

// Has reports whether the actor holds the role anywhere.
func (a *Actor) Has(r Role) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Role == r })
}

// OfficeUnit returns the unit of the actor's first office post: what is
// registered now belongs to it. 0 without such a post.
func (a *Actor) OfficeUnit() UnitID {
	for _, p := range a.Posts {
		if p.Role == Office {
			return p.Unit
		}
	}
	return 0
}
