package storetest

import (
	"encoding/json"
	"errors"
	"time"

	docket "github.com/docket-os/docket"
)

var signInTests = map[string]func(*city){
	"tallies count, are forgotten, and are swept a day later": func(c *city) {
		a := docket.Tally{Name: "login:lin", Failures: 3, Last: Noon, Until: Noon.Add(time.Minute)}
		tally := func(name string) docket.Tally {
			return ask(c, func(r docket.Reader) (docket.Tally, error) { return r.Tally(ctx, name) })
		}
		c.same("unknown", docket.Tally{Name: "x"}, tally("x"))
		c.update(func(w docket.Writer) error { return w.PutTally(ctx, a) })
		a.Failures = 4
		c.update(func(w docket.Writer) error { return w.PutTally(ctx, a) })
		c.same("counted", a, tally(a.Name))
		c.update(func(w docket.Writer) error { return w.DeleteTally(ctx, a.Name) })
		c.same("forgotten", docket.Tally{Name: a.Name}, tally(a.Name))
		c.update(func(w docket.Writer) error { return w.PutTally(ctx, a) })
		later := Noon.Add(25 * time.Hour)
		must(c, 0, c.Update(ctx, later, func(w docket.Writer) error { return w.PutTally(ctx, docket.Tally{Name: "y", Last: later}) }))
		c.same("swept", docket.Tally{Name: a.Name}, tally(a.Name))
	},
	"a person has one second factor": func(c *city) {
		f := docket.Factor{Person: c.clerk, Secret: []byte{1, 2, 3}}
		factor := func(r docket.Reader) (docket.Factor, error) { return r.Factor(ctx, c.clerk) }
		absent(c, "before", factor)
		c.update(func(w docket.Writer) error { return w.PutFactor(ctx, &f) })
		c.same("being set up", f, ask(c, factor))
		c.same("not counted yet", 0, len(ask(c, func(r docket.Reader) ([]docket.PersonID, error) { return r.Factors(ctx) })))
		f.Confirmed, f.Step, f.Recovery = Noon, 58_000_000, [][32]byte{{1}, {2}}
		c.update(func(w docket.Writer) error { return w.PutFactor(ctx, &f) })
		c.same("confirmed", f, ask(c, factor))
		c.same("who has one", []docket.PersonID{c.clerk}, ask(c, func(r docket.Reader) ([]docket.PersonID, error) { return r.Factors(ctx) }))
		c.update(func(w docket.Writer) error {
			return errors.Join(w.DeleteFactor(ctx, c.clerk), w.DeleteFactor(ctx, c.other))
		})
		absent(c, "ended", factor)
	},
	"a ticket is taken once, for its kind and in its time": func(c *city) {
		k := docket.Ticket{Hash: [32]byte{1}, Kind: docket.TicketSecondStep, Person: c.clerk, Expires: Noon.Add(time.Minute), Detail: json.RawMessage(`{"by_link":true}`)}
		flow := docket.Ticket{Hash: [32]byte{2}, Kind: docket.TicketProvider, Expires: Noon.Add(time.Minute), Detail: json.RawMessage(`{}`)}
		late := docket.Ticket{Hash: [32]byte{3}, Kind: docket.TicketProvider, Expires: Noon.Add(-time.Second)}
		own := docket.Ticket{Hash: [32]byte{4}, Kind: docket.TicketSecondStep, Person: c.clerk, Expires: Noon.Add(time.Minute)}
		c.update(func(w docket.Writer) error {
			return errors.Join(w.PutTicket(ctx, &k), w.PutTicket(ctx, &flow), w.PutTicket(ctx, &late), w.PutTicket(ctx, &own))
		})
		c.same("read", k, ask(c, func(r docket.Reader) (docket.Ticket, error) { return r.Ticket(ctx, k.Kind, k.Hash) }))
		take := func(kind docket.TicketKind, hash [32]byte) func(docket.Writer) error {
			return func(w docket.Writer) error { _, err := w.TakeTicket(ctx, kind, hash); return err }
		}
		c.refused(docket.NotFound, take(docket.TicketProvider, k.Hash))
		c.refused(docket.NotFound, take(docket.TicketProvider, late.Hash))
		c.update(take(k.Kind, k.Hash))
		c.refused(docket.NotFound, take(k.Kind, k.Hash))
		c.update(func(w docket.Writer) error { return w.DeleteTickets(ctx, c.clerk) })
		c.refused(docket.NotFound, take(own.Kind, own.Hash))
		c.update(take(flow.Kind, flow.Hash))
	},
	"tokens are found by hash and ended by their owner": func(c *city) {
		k := docket.Token{Person: c.clerk, Hash: [32]byte{5}, Name: "月报", Acts: []docket.Act{docket.ActRead, docket.ActExport}, Created: Noon, Expires: Noon.Add(time.Hour)}
		second := docket.Token{Person: c.clerk, Hash: [32]byte{6}, Name: "x", ReadOnly: true, Created: Noon, Expires: Noon}
		c.update(func(w docket.Writer) error { return errors.Join(w.PutToken(ctx, &k), w.PutToken(ctx, &second)) })
		byHash := func(r docket.Reader) (docket.Token, error) { return r.TokenByHash(ctx, k.Hash) }
		c.same("by hash", k, ask(c, byHash))
		c.same("newest first", []docket.Token{second, k}, ask(c, func(r docket.Reader) ([]docket.Token, error) { return r.Tokens(ctx, c.clerk) }))
		k.Used = Noon.Add(time.Minute)
		c.update(func(w docket.Writer) error { return w.PutToken(ctx, &k) })
		c.same("used", k, ask(c, byHash))
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.DeleteToken(ctx, c.other, k.ID) })
		c.update(func(w docket.Writer) error { return w.DeleteToken(ctx, c.clerk, k.ID) })
		absent(c, "ended", byHash)
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.PutToken(ctx, &k) })
		c.update(func(w docket.Writer) error { return w.DeleteTokens(ctx, c.clerk) })
		absent(c, "all ended", func(r docket.Reader) (docket.Token, error) { return r.TokenByHash(ctx, second.Hash) })
	},
	"identities name one person, and posts of groups are known": func(c *city) {
		posts := []docket.Post{{Person: c.clerk, Role: docket.Office, Unit: c.office}, {Person: c.clerk, Role: docket.Leader, Unit: c.top}}
		c.update(func(w docket.Writer) error {
			return errors.Join(w.PutIdentity(ctx, "https://id.example", "s1", c.clerk), w.PutPost(ctx, &posts[0]), w.PutPost(ctx, &posts[1]), w.MarkSynced(ctx, posts[1].ID, "https://id.example"))
		})
		found := ask(c, func(r docket.Reader) (docket.Person, error) {
			return r.PersonByIdentity(ctx, "https://id.example", "s1")
		})
		c.same("person", c.clerk, found.ID)
		absent(c, "another issuer", func(r docket.Reader) (docket.Person, error) {
			return r.PersonByIdentity(ctx, "https://evil.example", "s1")
		})
		synced := func(p docket.PersonID) []docket.PostID {
			return ask(c, func(r docket.Reader) ([]docket.PostID, error) { return r.SyncedPosts(ctx, p) })
		}
		c.same("synced", []docket.PostID{posts[1].ID}, synced(c.clerk))
		c.same("of another", 0, len(synced(c.other)))
		if err := c.Update(ctx, Noon, func(w docket.Writer) error { return w.PutIdentity(ctx, "https://id.example", "s1", c.other) }); err == nil {
			c.Error("a subject was tied twice")
		}
	},
}
