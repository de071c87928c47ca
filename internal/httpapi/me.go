package httpapi

import (
	"net/http"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func (s *server) signIn(c call, in *asks[SignInBody]) (Me, error) {
	if err := s.tries.allow(c.address(), in.Body.Login); err != nil {
		return Me{}, err
	}
	signed, err := s.app.SignIn(c, in.Body.Login, in.Body.Password, c.browser())
	if err != nil {
		return Me{}, err
	}
	return s.welcome(c, signed)
}

func (s *server) secondStep(c call, in *asks[CodeBody]) (Me, error) {
	if err := s.tries.allow(c.address(), ""); err != nil {
		return Me{}, err
	}
	signed, err := s.app.SecondStep(c, c.pending(), in.Body.Code, c.browser())
	if err != nil {
		return Me{}, err
	}
	http.SetCookie(c.answer, s.pendingCookie(c, "", time.Unix(1, 0)))
	return s.welcome(c, signed)
}

func (s *server) signInByLink(c call, in *asks[LinkBody]) (Me, error) {
	if err := s.tries.allow(c.address(), ""); err != nil {
		return Me{}, err
	}
	signed, err := s.app.SignInByLink(c, in.Body.Token, c.browser())
	if err != nil {
		return Me{}, err
	}
	return s.welcome(c, signed)
}

// welcome hands the fresh session's cookie out; the one before it, if any, ends
// (a new id at every sign-in).
func (s *server) welcome(c call, signed app.SignedIn) (Me, error) {
	if signed.Pending != "" {
		http.SetCookie(c.answer, s.pendingCookie(c, signed.Pending, signed.Expires))
		return Me{}, docket.Errorf(docket.Unauthorized, "auth.code_needed", "now the code of your second factor")
	}
	if old := c.token(); old != "" && old != signed.Token {
		if err := s.app.SignOut(c, old); err != nil {
			s.log.WarnContext(c, "former session not ended", "err", err)
		}
	}
	me, err := s.app.Me(c, signed.Actor, signed.Session)
	if err != nil {
		return Me{}, err
	}
	http.SetCookie(c.answer, s.cookie(c, signed.Token, signed.Expires))
	return wireMe(me), nil
}

func (s *server) signOut(c call, _ *none) error {
	http.SetCookie(c.answer, s.noCookie(c))
	return s.app.SignOut(c, c.token())
}

func (s *server) me(c call, _ *none) (Me, error) {
	me, err := s.app.Me(c, c.actor, c.session)
	return wireMe(me), err
}

func (s *server) editMe(c call, in *struct {
	Edit
	Body PatchMe
}) (Me, error) {
	seen, err := in.seen()
	if err != nil {
		return Me{}, err
	}
	me, err := s.app.EditMe(c, c.actor, c.session, seen, app.MeEdit(in.Body))
	return wireMe(me), err
}

func (s *server) setPassword(c call, in *asks[PasswordBody]) error {
	fresh, err := s.app.SetPassword(c, c.actor, c.session, in.Body.Current, in.Body.New)
	if err == nil {
		http.SetCookie(c.answer, s.cookie(c, fresh.Token, fresh.Expires))
	}
	return err
}

func (s *server) sessions(c call, _ *none) (List[app.SessionView], error) {
	sessions, err := s.app.Sessions(c, c.actor, c.session)
	return list(sessions), err
}

func (s *server) endSession(c call, in *struct {
	ID string `path:"id" maxLength:"64"`
}) error {
	return s.app.EndSession(c, c.actor, in.ID)
}

func (s *server) people(c call, _ *none) (List[PersonView], error) {
	people, err := s.app.People(c, c.actor)
	return list(each(people, wirePerson)), err
}

func (s *server) addPerson(c call, in *asks[NewPerson]) (PersonView, error) {
	b := in.Body
	p, err := s.app.AddPerson(c, c.actor, docket.Person{Login: b.Login, Name: b.Name, Email: b.Email, Lang: b.Lang, Active: true})
	return wirePerson(p), err
}

func (s *server) editPerson(c call, in *struct {
	PersonPath
	Edit
	Body PatchPerson
}) (PersonView, error) {
	seen, err := in.seen()
	if err != nil {
		return PersonView{}, err
	}
	p, err := s.app.EditPerson(c, c.actor, in.ID, seen, app.PersonEdit(in.Body))
	return wirePerson(p), err
}

func (s *server) newLink(c call, in *PersonPath) (LinkView, error) {
	link, err := s.app.NewLink(c, c.actor, in.ID)
	if err != nil {
		return LinkView{}, err
	}
	return LinkView{URL: s.base(c) + "/link/" + link.Token, Expires: link.Expires}, nil
}

func (s *server) addPost(c call, in *struct {
	PersonPath
	Body NewPost
}) (app.PostView, error) {
	b := in.Body
	return s.app.AddPost(c, c.actor, docket.Post{Person: in.ID, Role: b.Role, Unit: b.Unit, From: b.From, To: b.To})
}

func (s *server) endPost(c call, in *struct {
	PostPath
	Body EndBody
}) (app.PostView, error) {
	return s.app.EndPost(c, c.actor, in.ID, in.Body.On)
}

func (s *server) away(c call, _ *none) (app.AwayView, error) {
	v, err := s.app.Away(c, c.actor)
	v.Items, v.Colleagues = full(v.Items), full(v.Colleagues)
	return v, err
}

func (s *server) standIn(c call, in *asks[StandinBody]) (app.StandinView, error) {
	return s.app.StandIn(c, c.actor, 0, in.Body.standin())
}

func (s *server) standInFor(c call, in *struct {
	PersonPath
	Body StandinBody
}) (app.StandinView, error) {
	return s.app.StandIn(c, c.actor, in.ID, in.Body.standin())
}

func (s *server) endStandin(c call, in *struct {
	ID docket.StandinID `path:"id" minimum:"1"`
}) (app.StandinView, error) {
	return s.app.EndStandin(c, c.actor, in.ID)
}
