package app_test

import (
	"encoding/base32"
	"sync"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

const phrase = "修一座结实的石拱桥吧"

var firefox = app.Browser{Agent: "Firefox", Address: "192.0.2.1"}

// withPassword signs a person in and sets the phrase as their password.
func (w *town) withPassword(id docket.PersonID) app.SignedIn {
	w.t.Helper()
	link, err := w.NewLink(w.t.Context(), w.admin, id)
	w.must(err)
	in, err := w.SignInByLink(w.t.Context(), link.Token, firefox)
	w.must(err)
	in, err = w.SetPassword(w.t.Context(), in.Actor, in.Session, "", phrase)
	w.must(err)
	return in
}

// withFactor sets a second factor up and gives what makes its codes.
func (w *town) withFactor(in app.SignedIn) (fresh app.SignedIn, code func() string, recovery []string) {
	w.t.Helper()
	made, err := w.StartFactor(w.t.Context(), in.Actor, in.Session, phrase)
	w.must(err)
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(made.Key)
	w.must(err)
	code = func() string { return docket.FactorCode(secret, docket.StepAt(w.now), 6) }
	fresh, recovery, err = w.ConfirmFactor(w.t.Context(), in.Actor, in.Session, code())
	w.must(err)
	w.now = w.now.Add(time.Minute)
	return fresh, code, recovery
}

func TestASecondFactorIsAskedFor(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			ctx := t.Context()
			before := w.withPassword(w.edu.Person.ID)
			in, code, recovery := w.withFactor(before)
			_, _, err := w.Authenticate(ctx, before.Token)
			w.refused("the session's token from before", err, docket.Unauthorized, "")
			_, _, err = w.Authenticate(ctx, in.Token)
			w.must(err)
			if len(recovery) != 10 {
				t.Fatalf("%d recovery codes", len(recovery))
			}

			first, err := w.SignIn(ctx, "edu", phrase, firefox)
			w.must(err)
			if first.Token != "" || first.Pending == "" || first.Actor.Person.ID != 0 {
				t.Fatalf("the password alone opened: %+v", first)
			}
			_, _, err = w.Authenticate(ctx, first.Pending)
			w.refused("the pending sign-in as a session", err, docket.Unauthorized, "")
			_, err = w.SecondStep(ctx, first.Pending, "000000", firefox)
			w.refused("a wrong code", err, docket.Invalid, "auth.code_wrong")
			used := code()
			second, err := w.SecondStep(ctx, first.Pending, used, firefox)
			w.must(err)
			if second.Actor.Person.Login != "edu" || second.Token == first.Pending {
				t.Errorf("after the second step: %+v", second)
			}
			_, err = w.SecondStep(ctx, first.Pending, code(), firefox)
			w.refused("a spent pending sign-in", err, docket.Unauthorized, "auth.step_gone")

			again, err := w.SignIn(ctx, "edu", phrase, firefox)
			w.must(err)
			_, err = w.SecondStep(ctx, again.Pending, used, firefox)
			w.refused("the same code within its window", err, docket.Invalid, "auth.code_wrong")
			_, err = w.SecondStep(ctx, again.Pending, recovery[3], firefox)
			w.must(err)
			state, err := w.FactorState(ctx, in.Actor)
			w.must(err)
			if !state.On || state.RecoveryLeft != 9 {
				t.Errorf("state: %+v", state)
			}
			link, err := w.NewLink(ctx, w.admin, w.edu.Person.ID)
			w.must(err)
			byLink, err := w.SignInByLink(ctx, link.Token, firefox)
			w.must(err)
			if byLink.Pending == "" {
				t.Error("a link went past the second factor")
			}
			w.now = w.now.Add(6 * time.Minute)
			_, err = w.SecondStep(ctx, byLink.Pending, code(), firefox)
			w.refused("after the wait", err, docket.Unauthorized, "auth.step_gone")
			w.nothingKept(recovery[0])
		})
	}
}

func TestGuessingCodesIsSlowedDown(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	_, code, _ := w.withFactor(w.withPassword(w.edu.Person.ID))
	first, err := w.SignIn(ctx, "edu", phrase, firefox)
	w.must(err)
	var wg sync.WaitGroup // all at once get no more than one after the other
	results := make([]error, 40)
	for i := range results {
		wg.Go(func() { _, results[i] = w.SecondStep(ctx, first.Pending, "000000", firefox) })
	}
	wg.Wait()
	looked := 0
	for _, err := range results {
		if docket.CodeOf(err) == docket.Invalid {
			looked++
		}
	}
	if looked != docket.FreeTries {
		t.Errorf("%d guesses were looked at, want %d", looked, docket.FreeTries)
	}
	_, err = w.SecondStep(ctx, first.Pending, code(), firefox)
	w.refused("the right code while locked", err, docket.RateLimited, "auth.locked")
	again, err := w.SignIn(ctx, "edu", phrase, firefox)
	w.must(err)
	_, err = w.SecondStep(ctx, again.Pending, code(), firefox)
	w.refused("a new first step does not help", err, docket.RateLimited, "auth.locked")
	w.now = w.now.Add(16 * time.Second)
	_, err = w.SecondStep(ctx, again.Pending, code(), firefox)
	w.must(err)
}

func TestOneCodeOpensOnce(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	_, code, _ := w.withFactor(w.withPassword(w.edu.Person.ID))
	pending := make([]string, 4)
	for i := range pending {
		in, err := w.SignIn(ctx, "edu", phrase, firefox)
		w.must(err)
		pending[i] = in.Pending
	}
	opened := make([]error, len(pending))
	var wg sync.WaitGroup
	for i := range pending {
		wg.Go(func() { _, opened[i] = w.SecondStep(ctx, pending[i], code(), firefox) })
	}
	wg.Wait()
	n := 0
	for _, err := range opened {
		if err == nil {
			n++
		}
	}
	if n != 1 {
		t.Errorf("one code opened %d sessions", n)
	}
}

func TestALostFactorIsReset(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	in, code, recovery := w.withFactor(w.withPassword(w.edu.Person.ID))
	w.refused("by a colleague", w.ResetFactor(ctx, w.office, w.edu.Person.ID), docket.Forbidden, "")
	w.refused("one's own", w.ResetFactor(ctx, w.admin, w.admin.Person.ID), docket.Conflict, "auth.own_factor")
	w.refused("ending it without a code", w.EndFactor(ctx, in.Actor, "123"), docket.Invalid, "auth.code_wrong")
	fresh, err := w.RenewCodes(ctx, in.Actor, code())
	w.must(err)
	w.refused("an old recovery code", w.EndFactor(ctx, in.Actor, recovery[0]), docket.Invalid, "auth.code_wrong")
	if len(fresh) != 10 {
		t.Errorf("%d fresh codes", len(fresh))
	}
	pending, err := w.SignIn(ctx, "edu", phrase, firefox)
	w.must(err)
	w.must(w.ResetFactor(ctx, w.admin, w.edu.Person.ID))
	_, err = w.SecondStep(ctx, pending.Pending, fresh[0], firefox)
	w.refused("a sign-in begun before the reset", err, docket.Unauthorized, "auth.step_gone")
	after, err := w.SignIn(ctx, "edu", phrase, firefox)
	w.must(err)
	if after.Token == "" {
		t.Error("the second step is still asked for")
	}
	w.must(w.store.View(ctx, func(r docket.Reader) error {
		entries, err := r.Entries(ctx, docket.EntryQuery{Person: w.admin.Person.ID}, 0, 1000)
		if last := entries[len(entries)-1]; last.Verb != docket.VerbFactor || last.Person != w.edu.Person.ID {
			t.Errorf("the journal does not tell of the reset: %+v", last)
		}
		return err
	}))
}

func TestARoleMayAskForASecondFactor(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	due := func(in app.SignedIn) bool {
		t.Helper()
		actor, s, err := w.Authenticate(ctx, in.Token)
		w.must(err)
		is, err := w.FactorDue(ctx, actor, s)
		w.must(err)
		return is
	}
	edu, office := w.withPassword(w.edu.Person.ID), w.withPassword(w.office.Person.ID)
	rules, err := w.SignInRules(ctx, w.admin)
	w.must(err)
	rules.SecondFactorFor = []docket.Role{docket.Office}
	_, err = w.SetSignInRules(ctx, w.office, rules.Version, rules.SignInRules)
	w.refused("set by the office", err, docket.Forbidden, "")
	_, err = w.SetSignInRules(ctx, w.admin, rules.Version, rules.SignInRules)
	w.must(err)
	_, err = w.SetSignInRules(ctx, w.admin, rules.Version, rules.SignInRules)
	w.refused("set on an older state", err, docket.Conflict, "")
	if due(edu) || !due(office) {
		t.Errorf("due: liaison %v, office %v", due(edu), due(office))
	}
	fresh, _, _ := w.withFactor(office)
	if due(fresh) {
		t.Error("still due once set up")
	}
}
