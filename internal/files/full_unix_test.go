//go:build unix

package files_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"

	docket "github.com/docket-os/docket"
)

// The limit on a file's size stands for the full disk: the kernel refuses to
// write more, in a child process that does nothing else.
func TestFullDiskLeavesNothingBehind(t *testing.T) {
	if dir := os.Getenv("DOCKET_FILES_CHILD"); dir != "" {
		fullDisk(t, dir)
		return
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFullDiskLeavesNothingBehind$", "-test.v")
	cmd.Env = append(os.Environ(), "DOCKET_FILES_CHILD="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if names := onDisk(t, dir); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

func fullDisk(t *testing.T, dir string) {
	limit := syscall.Rlimit{Cur: 1 << 16, Max: 1 << 16}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	content := make([]byte, 1<<20)
	_, _, err := s.Put(ctx, bytes.NewReader(content))
	var e *docket.Error
	if !errors.As(err, &e) || e.Code != docket.Unavailable || e.Key != "store.disk_full" {
		t.Fatalf("a full disk gives %v", err)
	}
	if err := s.Stage(ctx, "a-piece", content); !errors.Is(err, docket.Unavailable) {
		t.Errorf("a piece on a full disk gives %v", err)
	}
	sum := sha256.Sum256(content)
	if _, err := s.Open(ctx, hex.EncodeToString(sum[:])); !errors.Is(err, docket.NotFound) {
		t.Errorf("half a file is found: %v", err)
	}
}
