package sqlite_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/sqlite"
	"github.com/docket-os/docket/internal/storetest"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	noDocket := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(noDocket, []byte(strings.Repeat("Dear Sir or Madam, ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, noDocket, docket.Invalid, "store.damaged")
	refusedWith(t, filepath.Join(dir, "none", "docket.db"), docket.Unavailable, "store.cannot_open")
	for text, key := range map[string]string{
		"INSERT INTO migration (version, name, checksum, at) VALUES (99, 'later.sql', 'x', 0)": "store.newer",
		"UPDATE migration SET checksum = 'x' WHERE version = 1":                                "store.foreign",
	} {
		path := filepath.Join(dir, key)
		s := openAt(t, path)
		if err := s.Raw(ctx, text); err != nil {
			t.Fatal(err)
		}
		refusedWith(t, path, docket.Conflict, key)
	}
}

// refusedWith opens what cannot be opened.
func refusedWith(t *testing.T, path string, code docket.Code, key string) {
	t.Helper()
	s, err := sqlite.Open(ctx, path)
	if err == nil {
		s.Close()
	}
	var e *docket.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Errorf("Open(%s) = %v, want %s %s", path, err, code, key)
	}
}

func TestPathsWithOddCharacters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "督查 100% ?a=b#c")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	openAt(t, filepath.Join(path, "docket.db"))
	if _, err := os.Stat(filepath.Join(path, "docket.db")); err != nil {
		t.Error(err)
	}
}

// Two programs may use one file: what one commits, the other reads.
func TestASecondProgramSeesWhatTheFirstWrote(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	a, b := openAt(t, path), openAt(t, path)
	for i, s := range []storetest.Opened{a, b, a, b} {
		err := s.Update(ctx, storetest.Noon, func(w docket.Writer) error {
			units, _, err := w.Units(ctx)
			if len(units) != i {
				t.Errorf("%d units before write %d", len(units), i)
			}
			return errors.Join(err, w.PutUnit(ctx, &docket.Unit{Name: "某单位"}))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestOneServerPerDirectory(t *testing.T) {
	dir := t.TempDir()
	release, err := sqlite.Lock(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	var e *docket.Error
	if _, err := sqlite.Lock(ctx, dir); !errors.As(err, &e) || e.Key != "store.in_use" || e.Code != docket.Conflict {
		t.Errorf("second server: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	release, err = sqlite.Lock(ctx, dir)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	release()
}

// modernc.org/sqlite is generated against one exact version of its libc; with
// another it may fail in ways no test of ours would show.
func TestLibcIsTheOneSQLiteWasMadeFor(t *testing.T) {
	list := func(format, module string) string {
		out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", format, module).Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out))
	}
	mod, err := os.ReadFile(list("{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	built := list("{{.Version}}", "modernc.org/libc")
	for line := range strings.Lines(string(mod)) {
		if f := strings.Fields(line); len(f) >= 2 && f[0] == "modernc.org/libc" {
			if f[1] != built {
				t.Errorf("built with libc %s, modernc.org/sqlite asks for %s: go get modernc.org/libc@%s", built, f[1], f[1])
			}
			return
		}
	}
	t.Error("modernc.org/sqlite names no libc any more: drop this test")
}
