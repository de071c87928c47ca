package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// errUnasked is what a write gets that reached its end without having asked
// whether it may: a fault of ours, and nothing of it is kept.
var errUnasked = errors.New("a change was about to commit without having asked for permission")

// errUnrecorded is what a write gets that left no entry in the journal.
var errUnrecorded = errors.New("a change was about to commit without an entry in the journal")

// Change is one write on its way: a store transaction that knows who acts and
// whether that was allowed.
type Change struct {
	docket.Writer
	Actor docket.Actor
	Verb  docket.Verb
	Today docket.Date
	Place *place // units of the day, as they stood when the change began

	asked    bool
	recorded bool
	matters  []docket.MatterID // registered matters to show anew on the board
	units    bool              // the tree changed
	lamps    bool              // the thresholds of the lamps changed
	calendar bool              // the working calendar changed
	edited   []docket.DirectiveID
	actsFor  docket.PersonID  // in whose place the actor was allowed
	posts    *postsOfDay      // everybody's, when somebody was looked for
	channels *docket.Channels // when somebody was told
	told     map[docket.Receiver]receiver
}

// change is the one pipeline of every write: permission → rule → store →
// journal → obligations → commit, then the board. fn may run twice. A body that
// commits without having asked for permission, or without an entry, fails.
func (a *App) change(ctx context.Context, actor docket.Actor, verb docket.Verb, fn func(context.Context, *Change) error) error {
	now := a.cfg.Clock()
	pl, err := a.place(ctx)
	if err != nil {
		return err
	}
	var done *Change
	err = a.cfg.Store.Update(ctx, now, func(w docket.Writer) error {
		c := &Change{Writer: w, Actor: actor, Verb: verb, Today: a.dayOf(now), Place: pl}
		done = c
		if err := fn(ctx, c); err != nil {
			return err
		}
		if !c.asked {
			return fmt.Errorf("%s: %w", verb, errUnasked)
		}
		if !c.recorded {
			return fmt.Errorf("%s: %w", verb, errUnrecorded)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.committed(ctx, done)
}

// committed shows what was written to the readers of this node before the
// writer gets its answer.
func (a *App) committed(ctx context.Context, c *Change) error {
	if c.units {
		a.forgetPlace()
	}
	a.titles.forget(c.edited...)
	if c.calendar {
		if err := a.loadCalendar(ctx); err != nil {
			return err
		}
	}
	if c.lamps {
		if err := a.loadLamps(ctx); err != nil {
			return err
		}
	}
	if len(c.matters) > 0 {
		if err := a.board.Refresh(ctx, a.cfg.Store, c.matters); err != nil {
			return fmt.Errorf("show %s on the board: %w", c.Verb, err)
		}
	}
	return nil
}

// May asks whether the actor may do act on s. What the actor cannot even see is
// NotFound; what is visible but not the actor's to do is Forbidden.
func (c *Change) May(act docket.Act, s docket.Subject) error {
	c.asked = true
	err := permit(&c.Actor, act, s)
	if err == nil && c.actsFor == 0 {
		c.actsFor = c.Actor.ActsFor(act, s, c.Place.tree)
	}
	return err
}

// Own asks whether the change concerns nobody but the actor's own account.
func (c *Change) Own(person docket.PersonID) error {
	c.asked = true
	if person == 0 || person != c.Actor.Person.ID {
		return notFound()
	}
	return nil
}

// proven marks a change that a credential allows (password, link) or that the
// program itself makes at its first start; there is no post to ask about.
func (c *Change) proven() { c.asked = true }

// Record appends entries, with the change's actor and verb where they leave them open.
func (c *Change) Record(ctx context.Context, entries ...docket.Entry) error {
	for i := range entries {
		if entries[i].Verb == "" {
			entries[i].Verb = c.Verb
		}
		entries[i].Actor, entries[i].For = c.Actor.Person.ID, c.actsFor
	}
	for _, e := range entries {
		if e.Directive != 0 && e.Matter == 0 {
			c.edited = append(c.edited, e.Directive)
		}
	}
	for _, e := range entries { // a reason is typed by people, like any other text (product.md A7)
		if err := paper.GuardText(e.Reason); err != nil {
			return err
		}
	}
	c.recorded = true
	return c.Append(ctx, entries...)
}

// permit is the one place where a refusal gets its words.
func permit(actor *docket.Actor, act docket.Act, s docket.Subject) error {
	switch {
	case actor.Person.ID == 0:
		return docket.Errorf(docket.Unauthorized, "error.unauthorized", "sign in first")
	case docket.MayAct(actor, act, s):
		return nil
	case s.Owner != 0 && !docket.MayAct(actor, docket.ActRead, s):
		return notFound()
	}
	return docket.Errorf(docket.Forbidden, "refuse."+string(act), "your posts do not allow this act", "act", string(act)) // the sentence says whose act it is
}

// allow asks for an act that needs no subject: a page, a list, an export.
func allow(actor *docket.Actor, act docket.Act) error {
	if actor.Person.ID != 0 && docket.May(actor, act) {
		return nil
	}
	return permit(actor, act, docket.Subject{})
}

func notFound() error {
	return docket.Errorf(docket.NotFound, "error.not_found", "not found, or outside what you may see")
}

func stale() error {
	return docket.Errorf(docket.Conflict, "error.conflict", "somebody else has just changed this; reload and try again")
}

// expect refuses an edit made on an older state.
func expect(have, want int64) error {
	if have != want {
		return stale()
	}
	return nil
}

// diff gives the fields that differ between two states of a noun, by their JSON
// names, as the journal keeps them. Version and instants of change are left out.
func diff(before, after any) (was, is json.RawMessage) {
	b, a := fieldsOf(before), fieldsOf(after)
	for name, v := range b {
		if string(a[name]) == string(v) || name == "version" || name == "updated_at" {
			delete(b, name)
			delete(a, name)
		}
	}
	return packed(b), packed(a)
}

func fieldsOf(v any) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	if raw, err := json.Marshal(v); err == nil {
		_ = json.Unmarshal(raw, &fields) // a noun is a JSON object
	}
	return fields
}

func packed(fields map[string]json.RawMessage) json.RawMessage {
	if len(fields) == 0 {
		return nil
	}
	raw, _ := json.Marshal(fields) // raw messages marshal as they are
	return raw
}

// note is a small set of fields for the journal.
func note(pairs ...any) json.RawMessage {
	fields := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fields[pairs[i].(string)] = pairs[i+1]
	}
	raw, _ := json.Marshal(fields) // plain values only
	return raw
}

// withID adds an id to the fields of an entry, for what has no column of its own.
func withID[T ~int64](fields json.RawMessage, name string, id T) json.RawMessage {
	all := map[string]json.RawMessage{}
	if len(fields) > 0 {
		_ = json.Unmarshal(fields, &all) // fields of ours
	}
	all[name], _ = json.Marshal(id)
	return packed(all)
}
