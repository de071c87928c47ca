package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading"
	"github.com/docket-os/docket/internal/words"
)

// imported is what became of one file.
type imported struct {
	File      string             `json:"file"`
	Directive docket.DirectiveID `json:"directive,omitempty"`
	Title     string             `json:"title,omitempty"`
	Clauses   int                `json:"clauses"`
	Matters   int                `json:"matters"`
	Doubts    int                `json:"doubts"`
	Tasks     []taskLine         `json:"tasks,omitempty"` // on a dry run
	Error     string             `json:"error,omitempty"`
	err       error
}

// importFiles reads files into the docket, each on its own: a faulty one does
// not keep the others out. With --dry-run nothing is kept and no data directory
// is needed.
func importFiles(ctx context.Context, env environment, args []string) error {
	var c config
	f := newFlags(env, "import", "read documents into the docket: docket import FILE… [--dry-run] [--json]")
	c.flags(f, env.getenv)
	dry := f.Bool("dry-run", false, "show what would be read; keep nothing")
	asJSON := f.Bool("json", false, "print JSON")
	as := f.String("as", "admin", "login of the person who imports; needs an office post")
	names, err := parseAnywhere(f, args)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return docket.Errorf(docket.Invalid, "cli.import", "name at least one file: docket import FILE…")
	}
	all := make([]imported, 0, len(names))
	each := func(read func(context.Context, string) imported) error {
		for _, name := range names {
			one := read(ctx, name)
			one.File = name
			if one.err != nil {
				one.Error = sentence(env.lang, one.err)
			}
			all = append(all, one)
		}
		return report(env, all, *asJSON)
	}
	if *dry {
		return each(c.dryRun)
	}
	return c.as(ctx, env, *as, func(a *app.App, actor docket.Actor) error {
		return each(func(ctx context.Context, name string) imported { return keep(ctx, a, actor, name) })
	})
}

// keep reads a file into the docket.
func keep(ctx context.Context, a *app.App, actor docket.Actor, name string) imported {
	raw, err := readFile(name)
	if err != nil {
		return imported{err: err}
	}
	in, err := a.Import(ctx, actor, filepath.Base(name), raw)
	return imported{Directive: in.Directive, Clauses: in.Clauses, Matters: in.Matters, Doubts: in.Doubts, err: err}
}

// onBehalf signs login in by a one-time link, so that the journal tells of it,
// and ends that session at once.
func onBehalf(ctx context.Context, a *app.App, login string) (docket.Actor, error) {
	once, err := a.FirstLink(ctx, login)
	if err != nil {
		return docket.Actor{}, err
	}
	in, err := a.SignInByLink(ctx, once.Token, app.Browser{Agent: "docket import"})
	if err != nil {
		return docket.Actor{}, err
	}
	return in.Actor, a.SignOut(ctx, in.Token)
}

// dryRun reads a file and says what it found; nothing is kept.
func (c *config) dryRun(ctx context.Context, name string) imported {
	readers, err := c.readers()
	if err != nil {
		return imported{err: err}
	}
	raw, err := readFile(name)
	if err != nil {
		return imported{err: err}
	}
	doc, err := readers.Read(ctx, paper.Bytes(filepath.Base(name), raw), paper.Limits{})
	if err != nil {
		return imported{err: err}
	}
	return summary(reading.Read(doc, reading.Options{}))
}

// readFile reads a file that is not larger than any file may be.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, docket.Errorf(docket.NotFound, "cli.no_file", "there is no file "+name, "file", name)
	}
	if err != nil {
		return nil, err
	}
	if limit := (paper.Limits{}).WithDefaults().FileBytes; info.Size() > limit {
		return nil, paper.FileTooLarge(name, limit)
	}
	return os.ReadFile(name)
}

// report prints what became of the files and fails with the first fault.
func report(env environment, all []imported, asJSON bool) error {
	var first error
	if asJSON {
		enc := json.NewEncoder(env.out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(all); err != nil {
			return err
		}
	}
	for _, one := range all {
		if one.err != nil && first == nil {
			first = one.err
		}
		if !asJSON {
			printImported(env, one)
		}
	}
	return first
}

func printImported(env environment, one imported) {
	if one.err != nil {
		fmt.Fprintf(env.out, "✗ %s\n", one.File)
		return
	}
	fmt.Fprintf(env.out, "✓ %s %s\n  %s\n", one.File, one.Title, words.Say(env.lang, "cli.read", map[string]string{
		"clauses": fmt.Sprint(one.Clauses), "matters": fmt.Sprint(one.Matters), "doubts": fmt.Sprint(one.Doubts),
	}))
	for _, t := range one.Tasks {
		fmt.Fprintln(env.out, "  "+t.String())
	}
}
