package docket

import (
	"slices"
	"strconv"
	"time"
)

// StandinID names the span for which one person stands in for another.
type StandinID int64

// Standin (AB角) is a span of days in which By acts on Person's posts beside
// their own: signs, reads and is told as Person is. It ends by itself. What
// somebody holds only by standing in is never lent on.
type Standin struct {
	ID     StandinID `json:"id"`
	Person PersonID  `json:"person"` // who is away
	By     PersonID  `json:"by"`     // who acts for them
	From   Date      `json:"from"`
	To     Date      `json:"to"` // last day
	Words  string    `json:"words"`
	SetBy  PersonID  `json:"set_by"`
	Ended  time.Time `json:"ended,omitzero"` // before its last day was over
}

// maxAway is how many days one span may last: who is away for longer gets a
// successor in the post.
const maxAway = 184

// maxAwayWords bounds what is said about a leave.
const maxAwayWords = 200

// Holds reports whether the stand-in acts on day d.
func (s *Standin) Holds(d Date) bool { return s.Ended.IsZero() && s.From <= d && d <= s.To }

// Validate reports every fault of a new span, as of today.
func (s *Standin) Validate(today Date) error {
	var f []FieldError
	if s.By == s.Person {
		f = append(f, FieldError{Field: "login", Key: "standin.self", Message: "nobody stands in for themselves"})
	}
	if s.From < today {
		f = append(f, FieldError{Field: "from", Key: "standin.past", Message: "a stand-in begins today or later"})
	}
	switch {
	case s.To < s.From:
		f = append(f, FieldError{Field: "to", Key: "query.range", Message: "the last day lies before the first"})
	case s.To-s.From >= maxAway:
		f = append(f, FieldError{Field: "to", Key: "standin.long", Args: map[string]string{"max": strconv.Itoa(maxAway)}, Message: "at most " + strconv.Itoa(maxAway) + " days; who is away for longer gets a successor"})
	}
	if len([]rune(s.Words)) > maxAwayWords {
		f = append(f, tooLong("words", maxAwayWords))
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "standin.invalid", Message: "the stand-in cannot be kept as entered", Fields: f}
	}
	return nil
}

// Clash gives what another span stands in the way of a new one: the person is
// stood in for already, or the stand-in is away then.
func (s *Standin) Clash(others []Standin) error {
	for i := range others {
		o := &others[i]
		if !o.Ended.IsZero() || o.To < s.From || s.To < o.From {
			continue
		}
		args := []string{"from", o.From.String(), "to", o.To.String()}
		switch {
		case o.Person == s.Person:
			return Errorf(Conflict, "standin.already", "somebody stands in from "+o.From.String()+" to "+o.To.String()+" already; end that first", args...)
		case o.Person == s.By:
			return Errorf(Conflict, "standin.away", "the stand-in is away from "+o.From.String()+" to "+o.To.String()+"; name somebody else", args...)
		}
	}
	return nil
}

// Lent gives those of the person's own posts that a stand-in acts on: all but
// the administrator's and the auditor's, which stay with their holder.
func (s *Standin) Lent(name string, posts []Post) []Post {
	var out []Post
	for _, p := range posts {
		if p.Role != Admin && p.Role != Auditor {
			p.For, p.ForName = s.Person, name
			if p.To.IsZero() || p.To > s.To {
				p.To = s.To
			}
			out = append(out, p)
		}
	}
	return out
}

// StandsFor lists whom the actor stands in for.
func (a *Actor) StandsFor() []PersonID {
	var out []PersonID
	for _, p := range a.Posts {
		if p.For != 0 && !slices.Contains(out, p.For) {
			out = append(out, p.For)
		}
	}
	return out
}

// Is reports whether the actor acts as a person: in their own name or in their place.
func (a *Actor) Is(p PersonID) bool {
	return p != 0 && (a.Person.ID == p || slices.Contains(a.StandsFor(), p))
}

// ActsFor tells in whose place the actor does an act that they may do: 0 when
// their own posts suffice.
func (a *Actor) ActsFor(act Act, s Subject, tree *Tree) PersonID {
	alone := func(who PersonID) bool {
		own := slices.DeleteFunc(slices.Clone(a.Posts), func(p Post) bool { return p.For != 0 && p.For != who })
		as := NewActor(a.Person, own, tree)
		return MayAct(&as, act, s)
	}
	lent := a.StandsFor()
	if len(lent) == 0 || alone(0) {
		return 0
	}
	for _, who := range lent {
		if alone(who) {
			return who
		}
	}
	return lent[0]
}

// SubjectOfPosts is somebody's account as the one who arranges a stand-in for
// them is asked about it: the office may for who drafts and signs in its units,
// and for nobody with a post beyond that.
func SubjectOfPosts(posts []Post, today Date) Subject {
	var s Subject
	for _, p := range posts {
		switch {
		case !p.Holds(today):
		case p.Role != Liaison && p.Role != Head:
			return Subject{}
		default:
			s.Units = append(s.Units, p.Unit)
		}
	}
	return s
}

// arranges: an administrator for anybody, an office for the people of its units.
func arranges(a *Actor, s Subject) bool {
	return a.Has(Admin) || len(s.Units) > 0 && !slices.ContainsFunc(s.Units, func(u UnitID) bool { return !a.Office.Has(u) })
}
