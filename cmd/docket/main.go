// Command docket serves the docket and does the administrator's work from the
// command line. `docket help` lists the subcommands, one file each.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper/pdf"
	"github.com/docket-os/docket/internal/words"
)

// A subcommand is a word after docket, what it is for, and what it does.
type subcommand struct {
	name, about string
	run         func(ctx context.Context, env environment, args []string) error
}

func subcommands() []subcommand {
	return []subcommand{
		{"serve", "serve the docket in the browser", serve},
		{"import", "read documents into the docket", importFiles},
		{"act", "make a move on matters: acknowledge, plan, park …", act},
		{"draw", "draw spot checks from a published seed, or repeat a draw", draw},
		{"calendar", "show the working calendar, or import published years", calendar},
		{"sheet", "take workbooks out to fill in, and bring them back", workbooks},
		{"sample", "load the made-up city into a new docket", loadSample},
		{"link", "make a one-time sign-in link for a person", link},
		{"check", "verify the data against its own rules", check},
		{"version", "say which build this is", version},
	}
}

// environment is everything a subcommand takes from outside, read once here.
type environment struct {
	out, errs io.Writer
	lang      string // of messages, from LANG: "zh" or "en"
	getenv    func(string) string
	exe       string // this program, to run work in a process of its own; empty: there is none to run
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "pdf-child" {
		os.Exit(pdf.ChildMain()) // reads one PDF from standard input, away from everything else
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	exe, _ := os.Executable() // without it the work is done in this process
	env := environment{out: os.Stdout, errs: os.Stderr, lang: langOf(os.Getenv), getenv: os.Getenv, exe: exe}
	err := dispatch(ctx, env, os.Args[1:])
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "docket:", sentence(env.lang, err))
	}
	os.Exit(exitStatus(err))
}

func dispatch(ctx context.Context, env environment, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(env.out)
		return nil
	}
	for _, s := range subcommands() {
		if s.name == args[0] {
			return s.run(ctx, env, args[1:])
		}
	}
	return docket.Errorf(docket.Invalid, "cli.unknown", "there is no subcommand "+args[0]+"; docket help lists them", "name", args[0])
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "Docket sees every directive through. Usage: docket SUBCOMMAND [flags]")
	for _, s := range subcommands() {
		fmt.Fprintf(w, "  %-8s %s\n", s.name, s.about)
	}
}

// langOf takes the language of messages from the usual variables.
func langOf(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "en"
}

// sentence is what to print of an error: a person's sentence where there is one.
func sentence(lang string, err error) string {
	var e *docket.Error
	if errors.As(err, &e) {
		return words.Error(lang, err)
	}
	return err.Error()
}

// exitStatus maps an error to the exit status scripts can rely on.
func exitStatus(err error) int {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	var e *docket.Error
	if !errors.As(err, &e) {
		return 1
	}
	switch e.Code {
	case docket.Invalid, docket.Unsupported, docket.TooLarge:
		return 2
	case docket.NotFound:
		return 3
	case docket.Forbidden, docket.Unauthorized:
		return 4
	case docket.Conflict:
		return 5
	case docket.Classified:
		return 6
	}
	return 1
}
