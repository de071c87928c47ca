package main

import (
	"context"
	"fmt"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// draw draws spot checks from a published seed, or repeats a draw from its entry
// in the journal and says whether it comes out the same.
func draw(ctx context.Context, env environment, args []string) error {
	var c config
	f := newFlags(env, "draw", "draw spot checks: docket draw --seed SEED --number N [--dry-run], or repeat one: docket draw --entry SEQ")
	c.flags(f, env.getenv)
	as := f.String("as", "admin", "login of the person who draws; needs an office post")
	seed := f.String("seed", "", "the published seed")
	number := f.Int("number", 10, "how many matters to draw")
	entry := f.Int64("entry", 0, "repeat the draw of this journal entry")
	dry := f.Bool("dry-run", false, "say what would be drawn today; change nothing")
	if err := f.Parse(args); err != nil {
		return err
	}
	return c.as(ctx, env, *as, func(a *app.App, actor docket.Actor) error {
		var d app.Drawn
		var err error
		if *entry != 0 {
			d, err = a.Draw(ctx, actor, *entry)
		} else {
			d, err = a.DrawChecks(ctx, actor, *seed, *number, *dry)
		}
		if err != nil {
			return err
		}
		for _, id := range d.Matters {
			page, err := a.Matter(ctx, actor, id)
			if err != nil {
				return err
			}
			fmt.Fprintf(env.out, "%s\t%s\n", page.Matter.No, page.Matter.Title)
		}
		fmt.Fprintf(env.out, "%d of %d, seed %q, entry %d\n", len(d.Matters), len(d.Candidates), d.Seed, d.Seq)
		if !d.Again() {
			return docket.Errorf(docket.Conflict, "draw.differs", "repeated from its seed and candidates, the draw comes out differently: the entry was not made by this rule")
		}
		return nil
	})
}
