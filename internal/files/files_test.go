package files_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
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

func TestSameContentIsKeptOnceHoweverManyPutItAtOnce(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir) // as two processes would
	content := bytes.Repeat([]byte("青禾县实施方案\n"), 10_000)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			s := []*files.Store{a, b}[i%2]
			sum, err := s.Put(ctx, content)
			if err != nil {
				t.Error(err)
				return
			}
			got, err := s.Get(ctx, sum)
			if err != nil || !bytes.Equal(got, content) {
				t.Errorf("content not returned whole: %v", err)
			}
		})
	}
	wg.Wait()
	if names := onDisk(t, dir); len(names) != 1 {
		t.Errorf("on disk: %v", names)
	}
}

func TestEmptyContent(t *testing.T) {
	s := open(t, t.TempDir())
	sum, err := s.Put(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(ctx, sum); err != nil || len(got) != 0 {
		t.Errorf("Get = %q, %v", got, err)
	}
}

func TestNamesFromOutsideAreNeverPaths(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, filepath.Join(dir, "store"))
	for _, name := range []string{"", ".", "../secret", "/etc/passwd", strings.Repeat("0", 64), strings.Repeat("A", 64), "tmp", strings.Repeat("../", 22)[:64]} {
		if _, err := s.Get(ctx, name); !errors.Is(err, docket.NotFound) {
			t.Errorf("Get(%q) = %v, want not found", name, err)
		}
	}
}

func TestDamageIsFoundAndMended(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	content := []byte("as issued")
	sum, err := s.Put(ctx, content)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(onDisk(t, dir)[0], []byte("as forged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, sum); err == nil || docket.CodeOf(err) != docket.Internal || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged file was returned: %v", err)
	}
	if _, err := s.Put(ctx, content); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(ctx, sum); err != nil || !bytes.Equal(got, content) {
		t.Errorf("after putting it again: %q, %v", got, err)
	}
}

func TestSweepRemovesOnlyOldUnfinishedFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	sum, err := s.Put(ctx, []byte("kept"))
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
	if _, err := s.Get(ctx, sum); err != nil {
		t.Error(err)
	}
}

func TestCancelled(t *testing.T) {
	s := open(t, t.TempDir())
	done, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Put(done, []byte("x")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
