package storetest

import (
	"errors"
	"fmt"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

var journalTests = map[string]func(*city){
	"an entry is kept whole, to the byte": func(c *city) {
		want := docket.Entry{Seq: 1, At: Noon, Actor: c.clerk, Verb: docket.VerbEdit, Directive: 3, Matter: 4, Unit: c.bureau, Person: c.other,
			Reason: "更正", Before: []byte(`{"z":1,  "a":2.0}`), After: []byte(`{"a":"号"}`)}
		c.update(func(w docket.Writer) error { return w.Append(ctx, want, docket.Entry{Verb: docket.VerbSignIn}) })
		got := ask(c, func(r docket.Reader) ([]docket.Entry, error) { return r.Entries(ctx, docket.EntryQuery{}, 0, 10) })
		c.same("entries", []docket.Entry{want, {Seq: 2, At: Noon, Verb: docket.VerbSignIn}}, got)
	},
	"read on from a number, narrowed": func(c *city) {
		c.update(func(w docket.Writer) error {
			for i := range 6 {
				must(c, 0, w.Append(ctx, docket.Entry{Verb: docket.VerbEdit, Actor: []docket.PersonID{c.clerk, c.other}[i%2], Directive: docket.DirectiveID(i % 3), Matter: docket.MatterID(i / 3), Unit: c.top, Person: 77}))
			}
			return nil
		})
		for _, x := range []struct {
			q     docket.EntryQuery
			after int64
			limit int
			want  string
		}{
			{docket.EntryQuery{}, 0, 100, "[1 2 3 4 5 6]"}, {docket.EntryQuery{}, 4, 100, "[5 6]"}, {docket.EntryQuery{}, 1, 2, "[2 3]"},
			{docket.EntryQuery{Directive: 2}, 0, 9, "[3 6]"}, {docket.EntryQuery{Matter: 1}, 0, 9, "[4 5 6]"}, {docket.EntryQuery{Person: c.other}, 0, 9, "[2 4 6]"},
			{docket.EntryQuery{Unit: c.top, Directive: 1, Matter: 1}, 0, 9, "[5]"}, {docket.EntryQuery{Unit: c.bureau}, 0, 9, "[]"}, {docket.EntryQuery{}, 0, 0, "[]"},
		} {
			var got []int64
			for _, e := range ask(c, func(r docket.Reader) ([]docket.Entry, error) { return r.Entries(ctx, x.q, x.after, x.limit) }) {
				got = append(got, e.Seq)
			}
			c.same(fmt.Sprint(x), x.want, fmt.Sprint(got))
		}
		c.same("last", int64(6), ask(c, func(r docket.Reader) (int64, error) { return r.LastSeq(ctx) }))
	},
	"narrowed by verb and time, also newest first": func(c *city) {
		for i, verb := range []docket.Verb{docket.VerbPlan, docket.VerbChase, docket.VerbPlan, docket.VerbChase} {
			must(c, 0, c.Update(ctx, Noon.Add(time.Duration(i)*time.Hour), func(w docket.Writer) error {
				return w.Append(ctx, docket.Entry{Verb: verb, Matter: 5})
			}))
		}
		hour := func(n int) time.Time { return Noon.Add(time.Duration(n) * time.Hour) }
		for _, x := range []struct {
			q     docket.EntryQuery
			limit int
			want  string
		}{
			{docket.EntryQuery{Verb: docket.VerbChase}, 9, "[2 4]"}, {docket.EntryQuery{Verb: docket.VerbStop}, 9, "[]"},
			{docket.EntryQuery{Since: hour(1)}, 9, "[2 3 4]"}, {docket.EntryQuery{Until: hour(1)}, 9, "[1]"},
			{docket.EntryQuery{Since: hour(1), Until: hour(3), Verb: docket.VerbPlan}, 9, "[3]"},
			{docket.EntryQuery{Before: 1 << 40}, 3, "[4 3 2]"}, {docket.EntryQuery{Before: 3, Matter: 5}, 9, "[2 1]"},
		} {
			var got []int64
			for _, e := range ask(c, func(r docket.Reader) ([]docket.Entry, error) { return r.Entries(ctx, x.q, 0, x.limit) }) {
				got = append(got, e.Seq)
			}
			c.same(fmt.Sprint(x), x.want, fmt.Sprint(got))
		}
	},
	"nothing changes or removes an entry": func(c *city) {
		c.update(func(w docket.Writer) error { return w.Append(ctx, docket.Entry{Verb: docket.VerbEdit, Reason: "kept"}) })
		for _, text := range []string{"UPDATE journal SET reason = 'forged'", "DELETE FROM journal"} {
			if err := c.Raw(ctx, text); err == nil {
				c.Errorf("%s was not refused", text)
			}
		}
		e := ask(c, func(r docket.Reader) ([]docket.Entry, error) { return r.Entries(ctx, docket.EntryQuery{}, 0, 9) })
		c.same("entry", "kept", e[0].Reason)
	},
	"who follows by number misses nothing while many write": follow,
}

// follow reads on by number while eight writers append, some of them failing,
// and must meet every number once, in order, without a gap.
func follow(c *city) {
	var wg sync.WaitGroup
	undone := errors.New("undone")
	for n := range 8 {
		wg.Go(func() {
			for i := range 12 {
				err := c.Update(ctx, Noon, func(w docket.Writer) error {
					err := w.Append(ctx, make([]docket.Entry, n%3+1)...)
					if i%4 == 3 {
						err = errors.Join(err, undone)
					}
					return err
				})
				if err != nil && !errors.Is(err, undone) {
					c.Error(err)
				}
			}
		})
	}
	written := make(chan struct{})
	go func() { wg.Wait(); close(written) }()
	var last int64
	for done := false; !done; {
		select {
		case <-written:
			done = true // and read once more
		default:
		}
		for _, e := range ask(c, func(r docket.Reader) ([]docket.Entry, error) { return r.Entries(ctx, docket.EntryQuery{}, last, 1000) }) {
			if e.Seq != last+1 {
				c.Fatalf("after %d came %d", last, e.Seq)
			}
			last = e.Seq
		}
	}
	c.same("entries", int64(9*(3*1+3*2+2*3)), last)
}
