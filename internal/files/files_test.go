package files_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/docket-os/docket/internal/files"
)

var ctx = context.Background()

func open(t *testing.T, dir string) *files.Store {
	t.Helper()
	s, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func onDisk(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestSweepRemovesOnlyOldUnfinishedFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	sum, _, err := s.Put(ctx, strings.NewReader("kept"))
	if err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"old": 48 * time.Hour, "young": time.Minute} {
		at := time.Now().Add(-age)
		name = filepath.Join(dir, "tmp", name)
		if err := errors.Join(os.WriteFile(name, nil, 0o600), os.Chtimes(name, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Sweep(time.Now().Add(-24 * time.Hour)); err != nil {
		t.Fatal(err)
	}
	if names := onDisk(t, dir); len(names) != 2 {
		t.Errorf("left: %v", names)
	}
	f, err := s.Open(ctx, sum)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}

func TestEmptyContent(t *testing.T) {
	s := open(t, t.TempDir())
	sum, _, err := s.Put(ctx, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := read(t, s, sum); err != nil || len(got) != 0 {
		t.Errorf("%q, %v", got, err)
	}
}
