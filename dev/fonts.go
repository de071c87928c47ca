package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// fonts are what PDF files and charts are set in: from npm, where the screens'
// parts come from, into the package that embeds them.
var fonts = map[string]string{
	"sans.ttf":  "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
	"serif.ttf": "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
	"latin.ttf": "source-sans-3/400Regular/SourceSans3_400Regular.ttf",
}

// copyFonts puts the fonts where they are embedded, unless they are there and
// newer than the lock file.
func copyFonts(ctx context.Context) error {
	lock, err := os.Stat(filepath.Join("web", "package-lock.json"))
	if err != nil {
		return err
	}
	for name, source := range fonts {
		to := filepath.Join("internal", "typeset", "fonts", name)
		if have, err := os.Stat(to); err == nil && have.ModTime().After(lock.ModTime()) {
			continue
		}
		if err := installModules(ctx); err != nil {
			return err
		}
		if err := copyFile(to, filepath.Join("web", "node_modules", "@expo-google-fonts", filepath.FromSlash(source))); err != nil {
			return fmt.Errorf("font %s: %w", name, err)
		}
	}
	return nil
}

// copyFile copies a file whole or not at all.
func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), ".copy-*")
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	err = errors.Join(err, out.Chmod(0o644), out.Close())
	if err == nil {
		err = os.Rename(out.Name(), to)
	}
	if err != nil {
		os.Remove(out.Name())
	}
	return err
}
