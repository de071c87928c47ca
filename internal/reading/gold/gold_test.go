package gold_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docket-os/docket/internal/reading/gold"
)

// samples returns the folder of real documents. In CI they must be there.
func samples(t *testing.T) string {
	t.Helper()
	dir := gold.Folder(os.Getenv("DOCKET_SAMPLES"))
	if _, err := os.Stat(filepath.Join(dir, "gold")); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no samples in %s: set DOCKET_SAMPLES", dir)
		}
		t.Skipf("NOT TESTED: no samples in %s, so nothing was measured against real documents; set DOCKET_SAMPLES", dir)
	}
	return dir
}

func TestTargetsAgainstRealDocuments(t *testing.T) {
	sum, err := gold.Run(samples(t))
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	sum.Print(&table, true)
	for _, m := range sum.Misses() {
		t.Error(m)
	}
	t.Log("\n" + table.String())
}

// TestNoTextLostInAnyRealDocument reads all of them, answers or not.
func TestNoTextLostInAnyRealDocument(t *testing.T) {
	dir := samples(t)
	for _, sub := range []string{"zh", "en"} {
		files, err := filepath.Glob(filepath.Join(dir, sub, "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no documents in %s: %v", sub, err)
		}
		for _, f := range files {
			if filepath.Ext(f) == ".pdf" {
				continue // read by another package than markup
			}
			doc, res, err := gold.Read(f)
			if err != nil {
				t.Fatal(err)
			}
			if n := gold.Lost(doc, res); n != 0 {
				t.Errorf("%s: %d characters lost or moved", filepath.Base(f), n)
			}
			if n := gold.Invented(res); n != 0 {
				t.Errorf("%s: %d units invented", filepath.Base(f), n)
			}
		}
	}
}
