package main

import (
	"context"
	"strings"
)

// A figure is benchmarks of one package that print what the house has promised
// about speed (docs/speed.md), each next to a reference of the same run.
type figure struct{ pkg, name, time string }

// Set-up is heavy and repeated for every round of a count, so the counts are small.
var figures = []figure{
	{"./internal/reading", "ReadPlan60k", "5x"},
	{"./internal/app", "Adopt", "2x"},
	{"./internal/app", "Sheet|Freeze", "1x"},
	{"./internal/httpapi", "Ledger|Start|File|Desk|Room", "3s"},
	{"./internal/board", "Build|Midnight", "5x"},
	{"./internal/typeset", "Pack", "3x"},
}

// bench prints the promised figures; with words it runs the tree's benchmarks
// of these names instead, "." for all.
func bench(ctx context.Context, args []string) error {
	if err := copyFonts(ctx); err != nil {
		return err
	}
	if len(args) > 0 {
		return measure(ctx, figure{"./...", strings.Join(args, "|"), "1s"})
	}
	for _, f := range figures {
		f.name = "^Benchmark(" + f.name + ")$"
		if err := measure(ctx, f); err != nil {
			return err
		}
	}
	if err := provide(ctx); err != nil { // a browser
		return err
	}
	if err := build(ctx); err != nil {
		return err
	}
	return npm(ctx, "run", "--silent", "speed")
}

func measure(ctx context.Context, f figure) error {
	return goTool(ctx, "test", "-run", "^$", "-bench", f.name, "-benchtime", f.time, "-timeout", "30m", f.pkg).Run()
}
