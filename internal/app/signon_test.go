package app_test

import (
	"context"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func TestNobodyTakesAnothersMailAddress(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	rules, err := w.SignInRules(ctx, w.admin)
	w.must(err)
	rules.Provider = docket.Provider{On: true, Name: "x", Issuer: "https://id.example", ClientID: "x"}
	_, err = w.SetSignInRules(ctx, w.admin, rules.Version, rules.SignInRules)
	w.must(err)
	mail, name := "mayor@example.org", "新名"
	_, err = w.EditMe(ctx, w.edu, docket.Session{}, w.edu.Person.Version, app.MeEdit{Email: &mail})
	w.refused("one's own address", err, docket.Forbidden, "auth.mail_by_admin")
	_, err = w.EditMe(ctx, w.edu, docket.Session{}, w.edu.Person.Version, app.MeEdit{Name: &name})
	w.must(err)
}

// says stands for a directory in use: what it says is the test's to turn.
type says struct{ id docket.Identity }

func (s *says) Check(_ context.Context, _ docket.LDAP, login, password string) (docket.Identity, error) {
	if login != s.id.Login || password != "at the directory" {
		return docket.Identity{}, docket.Errorf(docket.Unauthorized, "auth.wrong", "login or password is wrong")
	}
	return s.id, nil
}

func TestPostsFollowGroups(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	dir := &says{docket.Identity{Issuer: "ldaps://dir.example", Subject: "1", Login: "lin", Name: "林某", Groups: []string{"duban", "shenji"}}}
	w.cfg.Directory = dir
	w.App = w.another()
	sign := func() (app.SignedIn, error) { return w.SignIn(ctx, "lin", "at the directory", firefox) }
	roles := func(a docket.Actor) (out []docket.Role) {
		for _, p := range a.Posts {
			out = append(out, p.Role)
		}
		return out
	}
	_, err := sign()
	w.refused("while the directory is off", err, docket.Unauthorized, "auth.wrong")
	rules, err := w.SignInRules(ctx, w.admin)
	w.must(err)
	city := w.unit["云州市"]
	rules.LDAP = docket.LDAP{On: true, URL: "ldaps://dir.example", Base: "dc=x", Filter: "(uid={login})"}
	rules.Groups = []docket.GroupRule{{Group: "duban", Role: docket.Office, Unit: city}, {Group: "shenji", Role: docket.Auditor, Unit: city}}
	rules, err = w.SetSignInRules(ctx, w.admin, rules.Version, rules.SignInRules)
	w.must(err)
	_, err = sign()
	w.refused("nobody is entered unasked", err, docket.Unauthorized, "auth.wrong")
	rules.LDAP.CreatePersons = true
	_, err = w.SetSignInRules(ctx, w.admin, rules.Version, rules.SignInRules)
	w.must(err)
	in, err := sign()
	w.must(err)
	if got := roles(in.Actor); len(got) != 2 || in.Actor.Person.Name != "林某" {
		t.Fatalf("entered with %v", got)
	}
	if me, err := w.Me(ctx, in.Actor, in.Session); err != nil || me.NeedsPassword {
		t.Errorf("a password of our own is asked for: %v", err)
	}
	byHand, err := w.AddPost(ctx, w.admin, docket.Post{Person: in.Actor.Person.ID, Role: docket.Verifier, Unit: city})
	w.must(err)
	dir.id.Groups = []string{"shenji"}
	_, err = sign()
	w.must(err)
	actor, _, err := w.Authenticate(ctx, in.Token) // a session from before follows at once
	w.must(err)
	if actor.Has(docket.Office) || !actor.Has(docket.Auditor) || !actor.Has(docket.Verifier) {
		t.Errorf("after the group went: %v", roles(actor))
	}
	dir.id.Groups = nil
	in, err = sign()
	w.must(err)
	if got := roles(in.Actor); len(got) != 1 || got[0] != docket.Verifier {
		t.Errorf("only the post made by hand (%d) should stay: %v", byHand.ID, got)
	}
	// A login of somebody with a password of their own is not the directory's to give.
	w.withPassword(w.edu.Person.ID)
	dir.id = docket.Identity{Issuer: "ldaps://dir.example", Subject: "2", Login: "edu", Name: "x"}
	_, err = w.SignIn(ctx, "edu", "at the directory", firefox)
	w.refused("an account with its own password", err, docket.Unauthorized, "auth.wrong")
	_, err = w.SignIn(ctx, "edu", phrase, firefox)
	w.must(err)
}
