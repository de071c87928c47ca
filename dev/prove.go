package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A step is one proof with the name it is reported under.
type step struct {
	name string
	run  func(context.Context) error
}

func quickSteps() []step {
	return []step{
		{"format", format},
		{"vet", func(ctx context.Context) error { return goTool(ctx, "vet", "./...").Run() }},
		{"staticcheck", func(ctx context.Context) error {
			return goTool(ctx, "tool", "-modfile=tools/go.mod", "staticcheck", "./...").Run()
		}},
		{"screens: types and lint", func(ctx context.Context) error { return npm(ctx, "run", "--silent", "check") }},
		{"screens: unit tests", func(ctx context.Context) error { return npm(ctx, "run", "--silent", "test") }},
	}
}

func allSteps() []step {
	steps := []step{{"what the tests need", provide}}
	steps = append(steps, quickSteps()...)
	return append(steps,
		step{"generated files", generatedFilesStand},
		step{"build", build},
		step{"go test -race, both engines", func(ctx context.Context) error {
			return command(ctx, ".", "go", "test", "-race", "-timeout", "40m", "./...").Run()
		}},
		step{"a quarter of a city, both engines", func(ctx context.Context) error {
			return goTool(ctx, "test", "-run", "^TestAQuarterOfACity$", "-timeout", "40m", "./internal/app").Run()
		}},
		step{"walks in a browser", func(ctx context.Context) error { return runWalks(ctx) }},
	)
}

// prove runs the steps in order; a failed one does not stop the others, except
// that nothing can be proved without what the tests need.
func prove(ctx context.Context, steps []step) error {
	var failed []string
	for i, s := range steps {
		fmt.Printf("— %s\n", s.name)
		begun := time.Now()
		err := s.run(ctx)
		took := time.Since(begun).Round(100 * time.Millisecond)
		if err != nil {
			fmt.Printf("  FAILED after %s: %v\n", took, err)
			failed = append(failed, s.name)
			if (i == 0 && len(steps) > len(quickSteps())) || ctx.Err() != nil {
				break
			}
			continue
		}
		fmt.Printf("  ok, %s\n", took)
	}
	if len(failed) > 0 {
		return errors.New("failed: " + strings.Join(failed, ", "))
	}
	return nil
}

func format(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "git", "ls-files", "-z", "--", "*.go").Output()
	if err != nil {
		return err
	}
	files := strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
	bad, err := exec.CommandContext(ctx, "gofmt", append([]string{"-l"}, files...)...).Output()
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(bad)) > 0 {
		return fmt.Errorf("not formatted, run gofmt -w on:\n%s", bad)
	}
	return nil
}

// generatedFilesStand remakes what is generated and fails when that changes the tree.
func generatedFilesStand(ctx context.Context) error {
	files := []string{"web/src/api/openapi.json", "web/src/api/schema.ts"}
	before, err := readAll(files)
	if err != nil {
		return err
	}
	if err := generate(ctx); err != nil {
		return err
	}
	after, err := readAll(files)
	if err != nil {
		return err
	}
	if before != after {
		return errors.New("the OpenAPI document or the typed client was out of date; make generate has remade it: commit it")
	}
	return nil
}

func readAll(files []string) (string, error) {
	var all strings.Builder
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		all.Write(raw)
	}
	return all.String(), nil
}

// walks builds the program and walks it in a real browser; words name the walks.
func walks(ctx context.Context, args []string) error {
	if err := provide(ctx); err != nil {
		return err
	}
	if err := build(ctx); err != nil {
		return err
	}
	return runWalks(ctx, args...)
}

func runWalks(ctx context.Context, args ...string) error {
	return npm(ctx, append([]string{"run", "--silent", "walks", "--"}, args...)...)
}
