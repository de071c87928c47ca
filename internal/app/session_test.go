package app_test

import (
	"fmt"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func TestSigningIn(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	from := app.Browser{Agent: "Firefox", Address: "192.0.2.1"}
	link, err := w.NewLink(ctx, w.admin, w.edu.Person.ID)
	w.must(err)
	in, err := w.SignInByLink(ctx, link.Token, from)
	w.must(err)
	_, err = w.SignInByLink(ctx, link.Token, from)
	w.refused("a link used twice", err, docket.Unauthorized, "auth.link_spent")
	me, err := w.Me(ctx, in.Actor, in.Session)
	w.must(err)
	if !me.NeedsPassword || me.Period != "2026 Q1" || me.WorkdaysLeft < 200 {
		t.Errorf("me: %+v", me)
	}
	_, err = w.SetPassword(ctx, in.Actor, in.Session, "", "short")
	w.refused("short password", err, docket.Invalid, "auth.password_short")
	fresh, err := w.SetPassword(ctx, in.Actor, in.Session, "", "修一座结实的石拱桥吧")
	w.must(err)
	_, _, err = w.Authenticate(ctx, in.Token)
	w.refused("the token from before the password", err, docket.Unauthorized, "")
	in = fresh
	actor, session, err := w.Authenticate(ctx, in.Token)
	w.must(err)
	if me, err = w.Me(ctx, actor, session); err != nil || me.NeedsPassword {
		t.Errorf("after a password was set: %+v, %v", me, err)
	}
	_, err = w.SetPassword(ctx, actor, session, "wrong", "另一座结实的石拱桥吧")
	w.refused("changing without the current one", err, docket.Invalid, "auth.current_wrong")
	second, err := w.SignIn(ctx, "EDU", "修一座结实的石拱桥吧", from)
	w.must(err)
	list, err := w.Sessions(ctx, second.Actor, second.Session)
	w.must(err)
	if len(list) != 2 {
		t.Errorf("%d sessions, want 2: setting the password ended the older one", len(list))
	}
	w.must(w.SignOut(ctx, second.Token))
	_, _, err = w.Authenticate(ctx, second.Token)
	w.refused("an ended session", err, docket.Unauthorized, "")
	no := false
	p, err := w.EditPerson(ctx, w.admin, w.edu.Person.ID, actor.Person.Version, app.PersonEdit{Active: &no})
	w.must(err)
	if p.Active {
		t.Error("still active")
	}
	_, _, err = w.Authenticate(ctx, in.Token)
	w.refused("a disabled account's session", err, docket.Unauthorized, "")
	_, err = w.SignIn(ctx, "edu", "修一座结实的石拱桥吧", from)
	w.refused("a disabled account", err, docket.Unauthorized, "auth.wrong")
}

func TestGuessingIsSlowedDown(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	try := func(login, address string) error {
		_, err := w.SignIn(ctx, login, "guess", app.Browser{Address: address})
		return err
	}
	for range 5 {
		w.refused("a wrong guess", try("edu", "192.0.2.1"), docket.Unauthorized, "auth.wrong")
	}
	w.refused("the sixth", try("edu", "192.0.2.2"), docket.RateLimited, "auth.locked")
	w.refused("a colleague behind the same router", try("nobody", "192.0.2.1"), docket.Unauthorized, "auth.wrong")
	w.now = w.now.Add(16 * time.Second)
	w.refused("after the wait", try("edu", "192.0.2.2"), docket.Unauthorized, "auth.wrong")
	w.now = w.now.Add(16 * time.Second)
	w.refused("the wait has doubled", try("edu", "192.0.2.2"), docket.RateLimited, "auth.locked")
	w.App = w.another()
	w.refused("another node, or this one after a restart", try("edu", "192.0.2.2"), docket.RateLimited, "auth.locked")
	for range 5 {
		w.refused("a login nobody has", try("ghost", "192.0.2.3"), docket.Unauthorized, "auth.wrong")
	}
	w.refused("it is locked like one that exists", try("ghost", "192.0.2.3"), docket.RateLimited, "auth.locked")
}

// One address may guess at many logins, an office behind one router among them,
// but not without end.
func TestAnAddressIsSlowedDownLater(t *testing.T) {
	w := newTown(t, openSQLite(t))
	from := app.Browser{Address: "192.0.2.9"}
	for i := range 100 {
		_, err := w.SignInByLink(t.Context(), fmt.Sprintf("guess%d", i), from)
		w.refused("a guessed link", err, docket.Unauthorized, "auth.link_spent")
	}
	_, err := w.SignInByLink(t.Context(), "guess", from)
	w.refused("after a hundred", err, docket.RateLimited, "auth.locked")
}

func TestAnAdministratorRemains(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	no := false
	_, err := w.EditPerson(ctx, w.admin, w.admin.Person.ID, w.admin.Person.Version, app.PersonEdit{Active: &no})
	w.refused("the last administrator out of use", err, docket.Conflict, "person.last_admin")
	_, err = w.EndPost(ctx, w.admin, w.admin.Posts[0].ID, 0)
	w.refused("the last administrator's post", err, docket.Conflict, "person.last_admin")
	second := w.person("second", docket.Admin, "云州市")
	_, err = w.EditPerson(ctx, second, w.admin.Person.ID, w.admin.Person.Version, app.PersonEdit{Active: &no})
	w.must(err)
	_, err = w.FirstLink(ctx, "root")
	w.refused("a link that would open nothing", err, docket.Conflict, "person.inactive")
	post, err := w.AddPost(ctx, second, docket.Post{Person: w.edu.Person.ID, Role: docket.Auditor, Unit: w.unit["云州市"]})
	w.must(err)
	_, err = w.EndPost(ctx, second, post.ID, docket.DateOf(w.now)-1)
	w.must(err)
	link, err := w.NewLink(ctx, second, w.edu.Person.ID)
	w.must(err)
	if actor := w.signIn(link.Token); actor.Has(docket.Auditor) {
		t.Error("a post taken back on the day it was given still counts")
	}
}

func TestSessionsExpire(t *testing.T) {
	w := newTown(t, openSQLite(t))
	link, err := w.NewLink(t.Context(), w.admin, w.edu.Person.ID)
	w.must(err)
	in, err := w.SignInByLink(t.Context(), link.Token, app.Browser{})
	w.must(err)
	for range 12 { // used every other day it lives on, until its whole life is over
		w.now = w.now.AddDate(0, 0, 2)
		_, _, err = w.Authenticate(t.Context(), in.Token)
		w.must(err)
	}
	w.now = w.now.AddDate(0, 0, 4)
	_, _, err = w.Authenticate(t.Context(), in.Token)
	w.refused("left alone for four days", err, docket.Unauthorized, "")
}
