package storetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	docket "github.com/docket-os/docket"
)

var personTests = map[string]func(*city){
	"a person is kept whole, with a login of its own": func(c *city) {
		want := docket.Person{Login: "lin", Name: "林某", Email: "lin@example.org", Lang: "zh", Active: true}
		c.update(func(w docket.Writer) error { return w.PutPerson(ctx, &want) })
		stale := want
		want.Active = false
		c.update(func(w docket.Writer) error { return w.PutPerson(ctx, &want) })
		c.same("by id", want, ask(c, func(r docket.Reader) (docket.Person, error) { return r.Person(ctx, want.ID) }))
		c.same("by login", want, ask(c, func(r docket.Reader) (docket.Person, error) { return r.PersonByLogin(ctx, "lin") }))
		c.same("people", 3, len(ask(c, func(r docket.Reader) ([]docket.Person, error) { return r.People(ctx) })))
		absent(c, "unknown login", func(r docket.Reader) (docket.Person, error) { return r.PersonByLogin(ctx, "nobody") })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutPerson(ctx, &stale) })
		e := c.refused(docket.Invalid, func(w docket.Writer) error {
			return w.PutPerson(ctx, &docket.Person{Login: "lin", Name: "x", Lang: "en"})
		})
		c.same("field", "login", e.Fields[0].Field)
	},
	"passwords outlive edits of the person": func(c *city) {
		hash := func(r docket.Reader) (string, error) { return r.PasswordHash(ctx, c.clerk) }
		c.same("before", "", ask(c, hash))
		c.update(func(w docket.Writer) error {
			p, err := w.Person(ctx, c.clerk)
			return errors.Join(err, w.PutPasswordHash(ctx, c.clerk, "argon2id$x"), w.PutPerson(ctx, &p))
		})
		c.same("after", "argon2id$x", ask(c, hash))
		absent(c, "nobody's", func(r docket.Reader) (string, error) { return r.PasswordHash(ctx, 9999) })
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.PutPasswordHash(ctx, 9999, "x") })
	},
	"posts": func(c *city) {
		want := []docket.Post{
			{Person: c.clerk, Role: docket.Office, Unit: c.office, From: docket.NewDate(2026, 1, 1)},
			{Person: c.other, Role: docket.Admin, From: docket.NewDate(2026, 1, 1)},
		}
		c.update(func(w docket.Writer) error { return errors.Join(w.PutPost(ctx, &want[0]), w.PutPost(ctx, &want[1])) })
		want[0].To = docket.NewDate(2026, 6, 30)
		c.update(func(w docket.Writer) error { return w.PutPost(ctx, &want[0]) })
		c.same("the clerk's", want[:1], ask(c, func(r docket.Reader) ([]docket.Post, error) { return r.Posts(ctx, c.clerk) }))
		c.same("everybody's", want, ask(c, func(r docket.Reader) ([]docket.Post, error) { return r.Posts(ctx, 0) }))
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.PutPost(ctx, &docket.Post{ID: 99, Person: c.clerk, Unit: c.top}) })
		c.refused(docket.Invalid, func(w docket.Writer) error { return w.PutPost(ctx, &docket.Post{Person: 9999, Unit: c.top}) })
	},
	"sessions end one by one, all but one, and by time": func(c *city) {
		session := func(n byte, p docket.PersonID, expires time.Time) docket.Session {
			return docket.Session{Hash: [32]byte{n}, Person: p, Created: Noon, Seen: Noon.Add(time.Duration(n) * time.Minute), Expires: expires, ByLink: n == 1, Agent: "browser", LangHint: "en", Via: docket.ViaProvider}
		}
		far := Noon.Add(24 * time.Hour)
		all := []docket.Session{session(1, c.clerk, far), session(2, c.clerk, far), session(3, c.clerk, far), session(4, c.other, far), session(5, c.other, Noon.Add(time.Hour))}
		c.update(func(w docket.Writer) error {
			for i := range all {
				must(c, 0, w.PutSession(ctx, &all[i]))
			}
			return nil
		})
		one := func(n byte) func(docket.Reader) (docket.Session, error) {
			return func(r docket.Reader) (docket.Session, error) { return r.Session(ctx, [32]byte{n}) }
		}
		all[0].Seen, all[0].ByLink = Noon.Add(30*time.Minute), false
		c.update(func(w docket.Writer) error { return w.PutSession(ctx, &all[0]) })
		c.same("touched", all[0], ask(c, one(1)))
		c.same("last seen first", []docket.Session{all[0], all[2], all[1]}, ask(c, func(r docket.Reader) ([]docket.Session, error) { return r.Sessions(ctx, c.clerk) }))
		c.update(func(w docket.Writer) error { return w.DeleteSession(ctx, [32]byte{3}) })
		absent(c, "ended", one(3))
		c.update(func(w docket.Writer) error { return w.DeleteSessions(ctx, c.clerk, [32]byte{2}) })
		absent(c, "ended with the others", one(1))
		ask(c, one(2))
		ask(c, one(4))
		must(c, 0, c.Update(ctx, Noon.Add(2*time.Hour), func(w docket.Writer) error { return w.PutSession(ctx, &all[3]) }))
		absent(c, "swept", one(5))
	},
	"a link opens once, however many try at once": func(c *city) {
		l := docket.Link{Hash: [32]byte{7}, Person: c.clerk, Expires: Noon.Add(time.Hour)}
		late := docket.Link{Hash: [32]byte{8}, Person: c.clerk, Expires: Noon.Add(-time.Second)}
		c.update(func(w docket.Writer) error { return errors.Join(w.PutLink(ctx, &l), w.PutLink(ctx, &late)) })
		var opened atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := c.Update(ctx, Noon, func(w docket.Writer) error { _, err := w.TakeLink(ctx, l.Hash); return err })
				if err == nil {
					opened.Add(1)
				} else if !errors.Is(err, docket.NotFound) {
					c.Error(err)
				}
			})
		}
		wg.Wait()
		c.same("opened", int32(1), opened.Load())
		c.refused(docket.NotFound, func(w docket.Writer) error { _, err := w.TakeLink(ctx, late.Hash); return err })
	},
	"a link stays when its use is undone": func(c *city) {
		l := docket.Link{Hash: [32]byte{7}, Person: c.clerk, Expires: Noon.Add(time.Hour)}
		c.update(func(w docket.Writer) error { return w.PutLink(ctx, &l) })
		no := errors.New("no")
		if err := c.Update(ctx, Noon, func(w docket.Writer) error { _, err := w.TakeLink(ctx, l.Hash); return errors.Join(err, no) }); !errors.Is(err, no) {
			c.Fatal(err)
		}
		c.update(func(w docket.Writer) error { got, err := w.TakeLink(ctx, l.Hash); c.same("link", l, got); return err })
	},
}
