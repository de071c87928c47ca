// Command dev is what stands behind the Makefile where shell would be brittle:
// it builds the screens and the program, finds or installs what the tests need,
// and runs every proof of the tree in one go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/docket-os/docket/internal/pgtest"
)

var commands = map[string]func(ctx context.Context, args []string) error{
	"run":      run,
	"build":    func(ctx context.Context, _ []string) error { return build(ctx) },
	"check":    func(ctx context.Context, _ []string) error { return prove(ctx, quickSteps()) },
	"test":     func(ctx context.Context, _ []string) error { return prove(ctx, allSteps()) },
	"walks":    walks,
	"bench":    bench,
	"generate": func(ctx context.Context, _ []string) error { return generate(ctx) },
	"fuzz":     fuzz,
	"postgres": postgres,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "dev: say run, build, check, test, walks, bench, generate or fuzz; see make help")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](ctx, os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(1)
	}
}

// command prepares a program with its output on ours; it is ended kindly, then
// firmly, when ctx ends.
func command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.Stdout, c.Stderr = dir, os.Stdout, os.Stderr
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 10 * time.Second
	return c
}

// goTool prepares the go command for binaries and checks, without cgo.
func goTool(ctx context.Context, args ...string) *exec.Cmd {
	c := command(ctx, ".", "go", args...)
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	return c
}

// build makes the screens and then the program around them. The program's
// packages are compiled meanwhile, which is most of the wait on a new machine.
func build(ctx context.Context) error {
	compiled := make(chan error, 1)
	go func() { compiled <- goTool(ctx, "build", "-trimpath", "./internal/...").Run() }()
	if err := errors.Join(buildScreens(ctx), <-compiled, copyFonts(ctx)); err != nil {
		return err
	}
	return goTool(ctx, "build", "-trimpath", "-o", binary(), "./cmd/docket").Run()
}

func binary() string { return filepath.Join("bin", "docket") }

// run builds everything and serves until interrupted; further words go to docket serve.
func run(ctx context.Context, args []string) error {
	if err := build(ctx); err != nil {
		return err
	}
	err := command(ctx, ".", binary(), append([]string{"serve"}, args...)...).Run()
	if ctx.Err() != nil {
		return nil // the person pressed Ctrl-C: that is how it ends
	}
	return err
}

func generate(ctx context.Context) error {
	doc, err := os.Create(filepath.Join("web", "src", "api", "openapi.json"))
	if err != nil {
		return err
	}
	defer doc.Close()
	c := goTool(ctx, "run", "./cmd/openapi")
	c.Stdout = doc
	if err := c.Run(); err != nil {
		return err
	}
	return npm(ctx, "run", "generate")
}

// fuzz runs every fuzz target of the tree for the given time, one after another.
func fuzz(ctx context.Context, args []string) error {
	each := "30s"
	if len(args) > 0 {
		each = args[0]
	}
	if err := copyFonts(ctx); err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, "go", "list", "./...").Output()
	if err != nil {
		return err
	}
	for _, pkg := range strings.Fields(string(out)) {
		list, err := exec.CommandContext(ctx, "go", "test", "-list", "^Fuzz", pkg).Output()
		if err != nil {
			return fmt.Errorf("%s: %w", pkg, err)
		}
		for _, name := range strings.Fields(string(list)) {
			if !strings.HasPrefix(name, "Fuzz") {
				continue
			}
			if err := goTool(ctx, "test", "-run", "^$", "-fuzz", "^"+name+"$", "-fuzztime", each, pkg).Run(); err != nil {
				return err
			}
		}
	}
	return nil
}

// postgres serves an empty PostgreSQL, prints its address, and ends when its
// input or ctx does: the walks in a browser use it.
func postgres(ctx context.Context, _ []string) error {
	dsn, stop, err := pgtest.Serve()
	if err != nil {
		return err
	}
	defer stop()
	fmt.Println(dsn)
	closed := make(chan struct{})
	go func() { io.Copy(io.Discard, os.Stdin); close(closed) }()
	select {
	case <-closed:
	case <-ctx.Done():
	}
	return nil
}
