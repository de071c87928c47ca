package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

// version prints the build: module version, commit and Go release.
func version(_ context.Context, env environment, _ []string) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	commit := "unknown commit"
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			commit = s.Value
		}
	}
	fmt.Fprintf(env.out, "docket %s, %s, %s\n", info.Main.Version, commit, info.GoVersion)
	return nil
}
