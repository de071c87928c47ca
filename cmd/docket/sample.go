package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log/slog"
	"os"
	"os/exec"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/sample"
)

// cityConfig is which city goes into which docket.
type cityConfig struct {
	config
	city string
}

func (c *cityConfig) cityFlag(f *flag.FlagSet) {
	f.StringVar(&c.city, "sample", string(sample.Yunzhou), "sample city of a new data directory: zh or en")
}

// loadSample fills a docket nobody is in yet with the made-up city.
func loadSample(ctx context.Context, env environment, args []string) error {
	var c cityConfig
	f := newFlags(env, "sample", "load the made-up city into a new docket")
	c.flags(f, env.getenv)
	c.cityFlag(f)
	if err := f.Parse(args); err != nil {
		return err
	}
	store, err := c.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	fresh, err := c.fresh(ctx, store)
	if err != nil {
		return err
	}
	if !fresh {
		return docket.Errorf(docket.Conflict, "cli.not_new", "there are people in this docket: the sample city goes into a new one only")
	}
	return c.load(ctx, store)
}

// settle brings the sample city into a new store. The program does that in a
// process of its own, so that what a city's papers and years take does not stay
// with the server.
func (c *serveConfig) settle(ctx context.Context, env environment, store docket.Store) error {
	fresh, err := c.fresh(ctx, store)
	if err != nil || !fresh || c.empty {
		return err
	}
	if env.exe == "" {
		return c.load(ctx, store)
	}
	child := exec.CommandContext(ctx, env.exe, "sample", "-sample", c.city)
	child.Env = append(os.Environ(), "DOCKET_DATA="+c.Data, "DOCKET_DATABASE="+c.Database, "DOCKET_FILES="+c.Files, "DOCKET_TIMEZONE="+c.Zone)
	child.Stderr = env.errs
	err = child.Run()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		return docket.Errorf(docket.Conflict, "cli.no_sample", "the sample city was not loaded: remove "+c.Data+" and start again, or start with --empty", "dir", c.Data)
	}
	return err
}

// sampleSetting is true from before the sample city is loaded until it is whole.
const sampleSetting = "sample_loading"

// fresh reports whether nobody is in the store yet. A city that was broken off
// halfway is refused: half of it would pass for the whole.
func (c *config) fresh(ctx context.Context, store docket.Store) (fresh bool, err error) {
	half := false
	err = store.View(ctx, func(r docket.Reader) error {
		people, err := r.People(ctx)
		if err != nil {
			return err
		}
		loading, err := r.Setting(ctx, sampleSetting)
		fresh, half = len(people) == 0, string(loading) == "true"
		return err
	})
	if err == nil && half && !fresh {
		return false, docket.Errorf(docket.Conflict, "cli.half_loaded", "the sample city in "+c.Data+" was not loaded to its end; nothing of yours is in it: remove the directory and start again", "dir", c.Data)
	}
	return fresh, err
}

// load fills a new store.
func (c *cityConfig) load(ctx context.Context, store docket.Store) error {
	loading := func(value string) error {
		return store.Update(ctx, time.Now(), func(w docket.Writer) error { return w.PutSetting(ctx, sampleSetting, json.RawMessage(value)) })
	}
	quiet := slog.New(slog.DiscardHandler)
	build := func(clock func() time.Time) (*app.App, error) { return c.build(ctx, store, quiet, clock) }
	if err := loading("true"); err != nil {
		return err
	}
	if err := sample.Load(ctx, sample.City(c.city), build, time.Now()); err != nil {
		return err
	}
	return loading("false")
}
