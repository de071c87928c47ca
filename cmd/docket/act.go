package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// deedFlags are what a move may ask for, as flags of docket act.
type deedFlags struct {
	as, unit, words, reason, due, look, condition, effect, of string
	dry                                                       bool
}

func (d *deedFlags) flags(f *flag.FlagSet) {
	f.StringVar(&d.as, "as", "admin", "login of the person who acts")
	f.StringVar(&d.unit, "unit", "", "name or code of the unit it is done for")
	f.StringVar(&d.words, "words", "", "reason or remark")
	f.StringVar(&d.reason, "reason", "", "return: "+joined(docket.ReturnReasons()))
	f.StringVar(&d.due, "due", "", "chase: the new day, such as 2026-12-20")
	f.StringVar(&d.look, "look-on", "", "park: the day of the next look")
	f.StringVar(&d.condition, "condition", "", "park: what must come about first")
	f.StringVar(&d.effect, "effect", "", "strike_off: "+joined(docket.Effects()))
	f.StringVar(&d.of, "of", "", "waive: name or code of the support")
	f.BoolVar(&d.dry, "dry-run", false, "say what would be refused; change nothing")
}

func joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return strings.Join(words, ", ")
}

// urging is the verb of docket act that moves nothing: it presses those who owe.
const urging = docket.VerbUrge

// act makes one move on matters, each by itself: docket act VERB NUMBER….
func act(ctx context.Context, env environment, args []string) error {
	var c config
	var d deedFlags
	f := newFlags(env, "act", "make a move on matters: docket act VERB NUMBER… [--as LOGIN] [--unit UNIT] [--words …]\nverbs: "+joined(app.ByHand())+"; "+string(urging)+" presses whoever owes something")
	c.flags(f, env.getenv)
	d.flags(f)
	words, err := parseAnywhere(f, args)
	if err != nil {
		return err
	}
	if len(words) < 2 || !slices.Contains(append(app.ByHand(), urging), docket.Verb(words[0])) {
		return docket.Errorf(docket.Invalid, "cli.act", "say what to do to which matters: docket act VERB NUMBER…")
	}
	return c.as(ctx, env, d.as, func(a *app.App, actor docket.Actor) error {
		return d.act(ctx, env, a, actor, docket.Verb(words[0]), words[1:])
	})
}

func (d *deedFlags) act(ctx context.Context, env environment, a *app.App, actor docket.Actor, verb docket.Verb, numbers []string) error {
	deed, unit, err := d.deed(ctx, a, actor)
	if err != nil {
		return err
	}
	ids := make([]docket.MatterID, len(numbers))
	for i, no := range numbers {
		if ids[i], err = a.MatterByNo(ctx, actor, no); err != nil {
			return err
		}
	}
	if verb == urging {
		return d.urge(ctx, env, a, actor, ids)
	}
	done, err := a.MoveMany(ctx, actor, ids, verb, unit, deed, d.dry)
	if err != nil {
		return err
	}
	var first error
	for _, r := range done {
		said := "ok"
		if r.Err != nil {
			said = sentence(env.lang, r.Err)
		}
		if first == nil {
			first = r.Err
		}
		fmt.Fprintf(env.out, "%s\t%s\t%s\n", r.No, said, r.Title)
	}
	return first
}

// urge presses everybody with a part in the matters who owes something.
func (d *deedFlags) urge(ctx context.Context, env environment, a *app.App, actor docket.Actor, ids []docket.MatterID) error {
	done, err := a.UrgeMany(ctx, actor, ids, d.words, d.dry)
	if err != nil {
		return err
	}
	pressed := 0
	var first error
	for _, u := range done {
		said := u.Slip + " " + strings.Join(u.To, ", ")
		if d.dry {
			said = strings.Join(u.To, ", ")
		}
		if u.Err != nil {
			said = sentence(env.lang, u.Err)
			if first == nil {
				first = u.Err
			}
		} else {
			pressed++
		}
		fmt.Fprintf(env.out, "%s\t%s\t%s\t%s\n", u.No, u.UnitName, said, u.Title)
	}
	if pressed > 0 { // that some owe nothing is no failure
		return nil
	}
	return first
}

// deed turns the flags into what the law understands.
func (d *deedFlags) deed(ctx context.Context, a *app.App, actor docket.Actor) (deed docket.Deed, unit docket.UnitID, err error) {
	units, err := a.Units(ctx, actor, 0)
	if err != nil {
		return deed, 0, err
	}
	find := func(name string) (docket.UnitID, error) {
		if name == "" {
			return 0, nil
		}
		i := slices.IndexFunc(units.Items, func(u app.UnitView) bool { return u.Name == name || u.Code == name })
		if i < 0 {
			return 0, docket.Errorf(docket.NotFound, "cli.no_unit", "there is no unit "+name, "unit", name)
		}
		return units.Items[i].ID, nil
	}
	deed = docket.Deed{Words: d.words, Reason: docket.ReturnReason(d.reason), Condition: d.condition, Effect: docket.Effect(d.effect)}
	if unit, err = find(d.unit); err != nil {
		return deed, 0, err
	}
	if deed.Of, err = find(d.of); err != nil {
		return deed, 0, err
	}
	for text, to := range map[string]*docket.Date{d.due: &deed.Due, d.look: &deed.LookOn} {
		if *to, err = docket.ParseDate(text); err != nil {
			return deed, 0, docket.Errorf(docket.Invalid, "cli.day", text+" is no day; write one like 2026-12-20", "day", text)
		}
	}
	return deed, unit, nil
}
