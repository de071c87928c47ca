//go:build unix

package sqlite_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/storetest"
)

// A test that needs a process of its own runs itself again with this set.
const childDir = "DOCKET_SQLITE_CHILD"

func child(t *testing.T, dir string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

// What was acknowledged is there after the process was killed in the middle of
// the next write, and the store is sound.
func TestKilledWhileWriting(t *testing.T) {
	if dir := os.Getenv(childDir); dir != "" {
		writeUntilKilled(t, dir)
		return
	}
	for _, acknowledged := range []int{1, 7, 40} {
		dir := t.TempDir()
		cmd := child(t, dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		last := 0
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if n, ok := strings.CutPrefix(lines.Text(), "acknowledged "); ok {
				if last, err = strconv.Atoi(n); err != nil {
					t.Fatal(err)
				}
				if last == acknowledged {
					cmd.Process.Signal(syscall.SIGKILL)
				}
			}
		}
		if err := cmd.Wait(); err == nil || last < acknowledged {
			t.Fatalf("the child ended by itself after %d: %v", last, err)
		}
		s := openAt(t, filepath.Join(dir, "docket.db"))
		if breaches, err := s.Check(ctx); err != nil || len(breaches) > 0 {
			t.Errorf("after the kill: %v, %v", breaches, err)
		}
		err = s.View(ctx, func(r docket.Reader) error {
			units, _, err := r.Units(ctx)
			entries, err2 := r.LastSeq(ctx)
			// One more may have been committed than was told, but only whole.
			if n := len(units); n < last || n > last+1 || int(entries) != 20*n {
				t.Errorf("%d acknowledged, %d units and %d entries found", last, n, entries)
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func writeUntilKilled(t *testing.T, dir string) {
	s := openAt(t, filepath.Join(dir, "docket.db"))
	for n := 1; ; n++ {
		err := s.Update(ctx, storetest.Noon, func(w docket.Writer) error {
			u := docket.Unit{Name: fmt.Sprint("单位", n)}
			return errors.Join(w.PutUnit(ctx, &u), w.Append(ctx, make([]docket.Entry, 20)...))
		})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("acknowledged %d\n", n)
	}
}

// The limit on a file's size stands for the full disk: the kernel refuses to
// write more. What was kept before stays, and can be read.
func TestFullDisk(t *testing.T) {
	if dir := os.Getenv(childDir); dir != "" {
		fillDisk(t, dir)
		return
	}
	dir := t.TempDir()
	cmd := child(t, dir)
	if out, err := cmd.Output(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := openAt(t, filepath.Join(dir, "docket.db")) // as after room was made
	if breaches, err := s.Check(ctx); err != nil || len(breaches) > 0 {
		t.Errorf("after the disk was full: %v, %v", breaches, err)
	}
}

func fillDisk(t *testing.T, dir string) {
	s := openAt(t, filepath.Join(dir, "docket.db"))
	limit := syscall.Rlimit{Cur: 8 << 20, Max: 8 << 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for {
		err := s.Update(ctx, storetest.Noon, func(w docket.Writer) error {
			return w.Append(ctx, docket.Entry{Verb: docket.VerbEdit, Reason: strings.Repeat("x", 1<<20)})
		})
		if err == nil {
			kept++
			continue
		}
		var e *docket.Error
		if !errors.As(err, &e) || e.Code != docket.Unavailable || e.Args["path"] == "" {
			t.Fatalf("a full disk gives %v", err)
		}
		break
	}
	err := s.View(ctx, func(r docket.Reader) error {
		last, err := r.LastSeq(ctx)
		if kept == 0 || int(last) != kept {
			t.Errorf("%d entries kept, %d found", kept, last)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestDirectoryThatCannotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		// Nothing is read-only to root: a directory below a file stands for it.
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		refusedWith(t, filepath.Join(path, "docket.db"), docket.Unavailable, "store.cannot_open")
		return
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, filepath.Join(dir, "docket.db"), docket.Unavailable, "store.cannot_open")
}
