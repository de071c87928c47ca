package app

import (
	"context"
	"encoding/json"
	"fmt"

	docket "github.com/docket-os/docket"
)

// rulesSetting is the body's rules of the law as they were set; absent, the
// usual ones hold.
const rulesSetting = "rules"

// rulesOf reads the rules that hold in a transaction.
func rulesOf(ctx context.Context, r docket.Reader) (docket.Rules, error) {
	rules := docket.DefaultRules()
	raw, err := r.Setting(ctx, rulesSetting)
	if err != nil || raw == nil {
		return rules, err
	}
	if err := json.Unmarshal(raw, &rules); err != nil {
		return rules, fmt.Errorf("read the rules: %w", err)
	}
	return rules, nil
}

// Rules gives the body's rules of the law.
func (a *App) Rules(ctx context.Context, actor docket.Actor) (rules docket.Rules, err error) {
	if actor.Person.ID == 0 {
		return rules, permit(&actor, docket.ActRead, docket.Subject{})
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		rules, err = rulesOf(ctx, r)
		return err
	})
	return rules, err
}

// SetRules changes the rules; they hold for what comes to be owed from now on.
func (a *App) SetRules(ctx context.Context, actor docket.Actor, rules docket.Rules) (docket.Rules, error) {
	err := a.change(ctx, actor, docket.VerbEdit, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActSetRules, docket.Subject{}); err != nil {
			return err
		}
		if err := rules.Validate(); err != nil {
			return err
		}
		was, err := rulesOf(ctx, c)
		if err != nil {
			return err
		}
		raw, err := json.Marshal(rules)
		if err != nil {
			return err
		}
		if err := c.PutSetting(ctx, rulesSetting, raw); err != nil {
			return err
		}
		before, after := diff(was, rules)
		return c.Record(ctx, docket.Entry{Person: actor.Person.ID, Before: before, After: after})
	})
	return rules, err
}
