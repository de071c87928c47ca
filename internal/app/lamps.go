package app

import (
	"context"
	"encoding/json"
	"fmt"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// lampsSetting is the body's thresholds as they were set.
const lampsSetting = "lamps"

// loadLamps reads the thresholds anew: at the start, and when the journal tells
// that they changed.
func (a *App) loadLamps(ctx context.Context) error {
	return a.cfg.Store.View(ctx, func(r docket.Reader) error {
		t, err := a.lampsIn(ctx, r)
		if err == nil {
			a.lamps.Store(&t)
		}
		return err
	})
}

func (a *App) lampsIn(ctx context.Context, r docket.Reader) (measure.Thresholds, error) {
	t := a.cfg.Lamps
	raw, err := r.Setting(ctx, lampsSetting)
	if err != nil || raw == nil {
		return t, err
	}
	if err := json.Unmarshal(raw, &t); err != nil {
		return t, fmt.Errorf("read the lamps' thresholds: %w", err)
	}
	return t, nil
}

// Lamps gives the body's thresholds of the lamps.
func (a *App) Lamps(_ context.Context, actor docket.Actor) (measure.Thresholds, error) {
	if actor.Person.ID == 0 {
		return measure.Thresholds{}, permit(&actor, docket.ActRead, docket.Subject{})
	}
	return *a.lamps.Load(), nil
}

// SetLamps changes the thresholds; every lamp follows at once.
func (a *App) SetLamps(ctx context.Context, actor docket.Actor, t measure.Thresholds) (measure.Thresholds, error) {
	err := a.change(ctx, actor, docket.VerbSetLamps, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActSetRules, docket.Subject{}); err != nil {
			return err
		}
		if f := t.Validate(); len(f) > 0 {
			return &docket.Error{Code: docket.Invalid, Key: "lamp.invalid", Message: "the lamps cannot be set like this", Fields: f}
		}
		was, err := a.lampsIn(ctx, c)
		if err != nil {
			return err
		}
		raw, err := json.Marshal(t)
		if err != nil {
			return err
		}
		if err := c.PutSetting(ctx, lampsSetting, raw); err != nil {
			return err
		}
		c.lamps = true
		before, after := diff(was, t)
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, Before: before, After: after})
	})
	return t, err
}
