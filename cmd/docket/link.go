package main

import (
	"context"
	"fmt"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// link prints a one-time sign-in link for a person: for first days, forgotten
// passwords and administrators at 2 a.m. It may run beside a server.
func link(ctx context.Context, env environment, args []string) error {
	var c config
	f := newFlags(env, "link", "make a one-time sign-in link: docket link LOGIN")
	c.flags(f, env.getenv)
	base := env.getenv("DOCKET_URL")
	if base == "" {
		base = "http://127.0.0.1:8080"
	}
	f.StringVar(&base, "url", base, "address people reach the docket at (DOCKET_URL)")
	names, err := parseAnywhere(f, args)
	if err != nil {
		return err
	}
	if len(names) != 1 {
		return docket.Errorf(docket.Invalid, "cli.link", "say whom the link is for: docket link LOGIN")
	}
	return c.within(ctx, env, func(a *app.App) error {
		once, err := a.FirstLink(ctx, names[0])
		if err != nil {
			return err
		}
		fmt.Fprintf(env.out, "%s/link/%s\n", base, once.Token)
		return nil
	})
}
