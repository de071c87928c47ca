package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/files"
	"github.com/docket-os/docket/internal/notify"
	"github.com/docket-os/docket/internal/outbound"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/docx"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/paper/pdf"
	"github.com/docket-os/docket/internal/paper/xlsx"
	"github.com/docket-os/docket/internal/postgres"
	"github.com/docket-os/docket/internal/signon"
	"github.com/docket-os/docket/internal/sqlite"
)

// readers are the formats this build reads; a new one is one line here.
func (c *config) readers() (paper.Readers, error) {
	children, err := c.pdf()
	if err != nil {
		return nil, err
	}
	return append(paper.Readers{
		docx.Reader(),
		xlsx.Reader(),
		pdf.New(children),
	}, markup.Readers()...), nil
}

// pdf says how the children that read and draw PDF files are run: by ourselves.
func (c *config) pdf() (pdf.Config, error) {
	exe, err := os.Executable()
	return pdf.Config{Exe: exe, CacheDir: c.path("cache")}, err
}

// openStore opens the engine the operator chose.
func (c *config) openStore(ctx context.Context) (docket.Store, error) {
	if err := c.prepare(); err != nil {
		return nil, err
	}
	if c.Database != "" {
		return postgres.Open(ctx, c.Database)
	}
	return sqlite.Open(ctx, c.path("docket.db"))
}

// openExisting opens a docket that is already there: every command but serve
// works on one and founds none.
func (c *config) openExisting(ctx context.Context) (docket.Store, error) {
	if err := c.there(); err != nil {
		return nil, err
	}
	return c.openStore(ctx)
}

// within hands the use cases of a docket that is already there to fn.
func (c *config) within(ctx context.Context, env environment, fn func(*app.App) error) error {
	store, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	a, err := c.build(ctx, store, logger(env), time.Now)
	if err != nil {
		return err
	}
	return fn(a)
}

// as is within, in the name of login.
func (c *config) as(ctx context.Context, env environment, login string, fn func(*app.App, docket.Actor) error) error {
	return c.within(ctx, env, func(a *app.App) error {
		actor, err := onBehalf(ctx, a, login)
		if err != nil {
			return err
		}
		return fn(a, actor)
	})
}

// build puts the use cases together over an open store, with the given clock.
func (c *config) build(ctx context.Context, store docket.Store, log *slog.Logger, clock func() time.Time) (*app.App, error) {
	loc, err := c.location()
	if err != nil {
		return nil, err
	}
	kept, err := c.openFiles(ctx, clock())
	if err != nil {
		return nil, err
	}
	readers, err := c.readers()
	if err != nil {
		return nil, err
	}
	children, err := c.pdf()
	if err != nil {
		return nil, err
	}
	reach, err := ranges(c.Reach)
	if err != nil {
		return nil, err
	}
	return app.New(ctx, app.Config{
		Store: store, Files: kept, Clock: clock, Location: loc,
		Readers: readers, Pages: pdf.NewDrawer(children), Log: log,
		Courier: notify.New(outbound.New(outbound.Config{Allow: reach}), clock), URL: c.site,
		Provider: signon.NewProvider(clock), Directory: signon.Directory{},
	})
}

// openFiles opens the store of files the operator chose and clears away what
// programs that died left unfinished a day ago.
func (c *config) openFiles(ctx context.Context, now time.Time) (docket.Files, error) {
	yesterday := now.Add(-24 * time.Hour)
	if c.Files == "" {
		kept, err := files.Open(c.path("files"))
		if err != nil {
			return nil, err
		}
		return kept, kept.Sweep(yesterday)
	}
	s3, err := files.ParseS3(c.Files)
	if err != nil {
		return nil, err
	}
	s3.Key, s3.Secret, s3.Spool = c.s3Key, c.s3Secret, c.path("spool")
	kept, err := files.OpenS3(ctx, s3)
	if err != nil {
		return nil, err
	}
	return kept, kept.Sweep(yesterday)
}

// quietMemory keeps an idle server small: the heap may grow by half, not double,
// before it is collected.
const quietMemory = 50

func logger(env environment) *slog.Logger {
	return slog.New(slog.NewTextHandler(env.errs, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
