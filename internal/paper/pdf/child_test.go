package pdf

import (
	"encoding/json"
	"io"
	"os/exec"
	"sync"
	"testing"

	"github.com/docket-os/docket/internal/paper"
)

// TestChildEndsWithItsParent: the end of the input is the end of the child,
// also while it is idle or has only part of the file.
func TestChildEndsWithItsParent(t *testing.T) {
	for name, send := range map[string]func(io.Writer) error{
		"before the job": func(io.Writer) error { return nil },
		"within the file": func(w io.Writer) error {
			return json.NewEncoder(w).Encode(job{Size: 1 << 20, Pages: 1, Chars: 1, Memory: 1 << 10, Seconds: 600})
		},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), config(t).Exe, "pdf-child")
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if err := send(in); err != nil {
				t.Fatal(err)
			}
			if err := in.Close(); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err == nil {
				t.Error("a child without a job ended well")
			}
		})
	}
}

// TestManyAtOnce: more files than children wait for their turn.
func TestManyAtOnce(t *testing.T) {
	c := config(t)
	c.Parallel = 2
	r := New(c)
	data := made(t, report)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if _, err := r.Read(t.Context(), paper.Bytes("a.pdf", data), paper.Limits{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
