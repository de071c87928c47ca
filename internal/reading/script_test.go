package reading_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/reading"
)

var update = flag.Bool("update", false, "write what is read into the scripts; review the difference")

// TestScripts reads the made-up documents of testdata and compares with what a
// person of the field expects. A script is a comment, a document under a line
// "-- name.ext --", and the expected reading under "-- want --".
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.script")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".script"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, name, text, want := parts(t, string(data))
			doc := parse(t, name, text)
			res := reading.Read(doc, reading.Options{})
			got := dump(res)
			checkInvariants(t, doc, res)
			if *update {
				if err := os.WriteFile(file, []byte(head+"-- "+name+" --\n"+text+"-- want --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("read differently (-want +got):\n%s", diff)
			}
		})
	}
}

func parts(t *testing.T, s string) (head, name, text, want string) {
	t.Helper()
	head, rest, ok := strings.Cut("\n"+s, "\n-- ")
	name, rest, ok2 := strings.Cut(rest, " --\n")
	text, want, ok3 := strings.Cut(rest, "-- want --\n")
	if !ok || !ok2 || !ok3 {
		t.Fatal("a script has a document and a line -- want --")
	}
	return strings.TrimPrefix(head, "\n") + "\n", name, text, want
}

func parse(t tester, name, text string) *paper.Document {
	t.Helper()
	doc, err := markup.Readers().Read(context.Background(), paper.Bytes(name, []byte(text)), paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
