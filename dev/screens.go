package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// npm runs npm in web/, after an install where one is due.
func npm(ctx context.Context, args ...string) error {
	if err := installModules(ctx); err != nil {
		return err
	}
	return command(ctx, "web", "npm", args...).Run()
}

// installModules runs npm ci when the lock file is newer than the last install.
func installModules(ctx context.Context) error {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is missing: install Node.js 20 or newer with npm", tool)
		}
	}
	lock, err := os.Stat(filepath.Join("web", "package-lock.json"))
	if err != nil {
		return err
	}
	done, err := os.Stat(filepath.Join("web", "node_modules", ".package-lock.json"))
	if err == nil && done.ModTime().After(lock.ModTime()) {
		return nil
	}
	return command(ctx, "web", "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error").Run()
}

// buildScreens builds web/dist unless it is newer than everything it is made of.
func buildScreens(ctx context.Context) error {
	built := filepath.Join("web", "dist", "index.html")
	if info, err := os.Stat(built); err == nil {
		newest, err := newestChange("web", filepath.Join("internal", "words"))
		if err != nil {
			return err
		}
		if info.ModTime().After(newest) {
			return nil
		}
	}
	return npm(ctx, "run", "--silent", "build")
}

// newestChange returns the latest change below roots, built and installed files aside.
func newestChange(roots ...string) (time.Time, error) {
	var newest time.Time
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "dist" || d.Name() == "out") {
				return filepath.SkipDir
			}
			if d.IsDir() || strings.HasSuffix(path, ".go") {
				return nil
			}
			info, err := d.Info()
			if err == nil && info.ModTime().After(newest) {
				newest = info.ModTime()
			}
			return err
		})
		if err != nil {
			return newest, err
		}
	}
	return newest, nil
}
