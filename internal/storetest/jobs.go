package storetest

import (
	"encoding/json"
	"errors"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

var jobTests = map[string]func(*city){
	"one job of a kind and key": func(c *city) {
		job := docket.Job{Kind: "digest", Key: "p1", Body: json.RawMessage(`{"day":"2026-11-18"}`), RunAt: Noon}
		c.same("new", true, c.later(&job))
		again := job
		again.RunAt = Noon.Add(time.Hour)
		c.same("again", false, c.later(&again))
		c.same("kept", job, ask(c, func(r docket.Reader) (docket.Job, error) { return r.Job(ctx, "digest", "p1") }))
		other := docket.Job{Kind: "letter", Key: "p1", RunAt: Noon}
		c.same("another kind", true, c.later(&other))
		absent(c, "another key", func(r docket.Reader) (docket.Job, error) { return r.Job(ctx, "digest", "p2") })
		err := c.Update(ctx, Noon, func(w docket.Writer) error { // undone with what it follows from
			if _, err := w.InsertJob(ctx, &docket.Job{Kind: "digest", Key: "p2"}); err != nil {
				return err
			}
			return docket.Errorf(docket.Invalid, "store.text", "no")
		})
		c.same("refused", docket.Invalid, docket.CodeOf(err))
		absent(c, "of an update undone", func(r docket.Reader) (docket.Job, error) { return r.Job(ctx, "digest", "p2") })
	},
	"a job is taken when due, by one at a time, the one due longest first": func(c *city) {
		late, early, other := docket.Job{Kind: "digest", Key: "b", RunAt: Noon}, docket.Job{Kind: "digest", Key: "a", RunAt: Noon.Add(-time.Hour)}, docket.Job{Kind: "unknown", Key: "a"}
		for _, j := range []*docket.Job{&late, &early, &other} {
			c.later(j)
		}
		if _, err := c.take(Noon.Add(-2 * time.Hour)); !errors.Is(err, docket.NotFound) {
			c.Errorf("before it is due: %v", err)
		}
		first := must1(c, Noon)
		c.same("first", "a 1", first.Key+" "+string(rune('0'+first.Attempts)))
		c.same("held until", Noon.Add(time.Minute), first.Leased)
		c.same("second", "b", must1(c, Noon).Key)
		if _, err := c.take(Noon); !errors.Is(err, docket.NotFound) {
			c.Errorf("both are held: %v", err)
		}
		again := must1(c, Noon.Add(time.Minute)) // the holder is gone
		c.same("again", "a 2", again.Key+" "+string(rune('0'+again.Attempts)))
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutJob(ctx, &first) }) // and came back too late
		again.Begun = Noon
		c.update(func(w docket.Writer) error { return w.PutJob(ctx, &again) })
		third := must1(c, Noon.Add(2*time.Minute))
		for third.Key != "a" {
			third = must1(c, Noon.Add(2*time.Minute))
		}
		c.same("begun by who is gone", Noon, third.Begun)
		third.Done, third.Outcome, third.Leased = Noon, "sent", time.Time{}
		c.update(func(w docket.Writer) error { return w.PutJob(ctx, &third) })
		c.same("done", third, ask(c, func(r docket.Reader) (docket.Job, error) { return r.Job(ctx, "digest", "a") }))
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutJob(ctx, &third) })
	},
	"how the queue stands, and how long a key is remembered": func(c *city) {
		queue := func() docket.Queue {
			return ask(c, func(r docket.Reader) (docket.Queue, error) { return r.Queue(ctx, Noon) })
		}
		c.same("empty", docket.Queue{}, queue())
		due, later := docket.Job{Kind: "digest", Key: "due", RunAt: Noon.Add(-time.Hour)}, docket.Job{Kind: "digest", Key: "later", RunAt: Noon.Add(time.Hour)}
		c.later(&due)
		c.later(&later)
		c.same("one due", docket.Queue{Waiting: 1, Oldest: Noon.Add(-time.Hour)}, queue())
		slow := docket.Fault{Key: "outbound.slow", Args: map[string]string{"host": "a"}, Message: "a did not answer in time"}
		j := must1(c, Noon)
		j.RunAt, j.Fault, j.Leased = Noon.Add(time.Minute), slow, time.Time{}
		c.update(func(w docket.Writer) error { return w.PutJob(ctx, &j) })
		c.same("failing", docket.Queue{Waiting: 1, Oldest: Noon.Add(time.Minute), Failing: 1, Fault: slow}, queue())
		j = must1(c, Noon.Add(time.Minute))
		j.Done = Noon
		c.update(func(w docket.Writer) error { return w.PutJob(ctx, &j) })
		c.same("done", docket.Queue{}, queue())
		again := docket.Job{Kind: "digest", Key: "due"}
		c.same("the key is remembered", false, c.later(&again))
		must(c, 0, c.Update(ctx, Noon.AddDate(0, 4, 0), func(w docket.Writer) error {
			fresh, err := w.InsertJob(ctx, &again)
			c.same("and forgotten", true, fresh)
			return err
		}))
	},
	"many hands take each job once": func(c *city) {
		for _, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			c.later(&docket.Job{Kind: "digest", Key: key})
		}
		var mu sync.Mutex
		taken := map[string]int{}
		var hands sync.WaitGroup
		for range 4 {
			hands.Go(func() {
				for {
					j, err := c.take(Noon)
					if err != nil {
						if !errors.Is(err, docket.NotFound) {
							c.Error(err)
						}
						return
					}
					mu.Lock()
					taken[j.Key]++
					mu.Unlock()
				}
			})
		}
		hands.Wait()
		c.same("taken", map[string]int{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1, "h": 1}, taken)
	},
}

// later keeps a job.
func (c *city) later(j *docket.Job) (fresh bool) {
	c.Helper()
	c.update(func(w docket.Writer) (err error) { fresh, err = w.InsertJob(ctx, j); return err })
	return fresh
}

// take takes a digest up at an instant, for a minute.
func (c *city) take(at time.Time) (j docket.Job, err error) {
	err = c.Update(ctx, at, func(w docket.Writer) error {
		j, err = w.TakeJob(ctx, []string{"digest"}, at.Add(time.Minute))
		return err
	})
	return j, err
}

func must1(c *city, at time.Time) docket.Job {
	c.Helper()
	j, err := c.take(at)
	return must(c, j, err)
}
