package main

import (
	"context"
	"fmt"

	docket "github.com/docket-os/docket"
)

// check verifies the store's invariants and prints every breach.
func check(ctx context.Context, env environment, args []string) error {
	var c config
	f := newFlags(env, "check", "verify the data against its own rules")
	c.flags(f, env.getenv)
	if err := f.Parse(args); err != nil {
		return err
	}
	store, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	breaches, err := store.Check(ctx)
	if err != nil {
		return err
	}
	for _, b := range breaches {
		fmt.Fprintln(env.out, b)
	}
	if len(breaches) > 0 {
		return docket.Errorf(docket.Internal, "cli.check", fmt.Sprintf("%d faults in the data; restore a backup or ask for help", len(breaches)), "count", fmt.Sprint(len(breaches)))
	}
	fmt.Fprintln(env.out, "the data is sound")
	return nil
}
