package markup

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/docket-os/docket/internal/paper"
)

// samples is the folder of real documents: beside the repository, or where
// DOCKET_SAMPLES says. In CI its absence is a failure.
func samples(t *testing.T, sub string) []string {
	t.Helper()
	root := os.Getenv("DOCKET_SAMPLES")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared", "samples")
	}
	files, err := filepath.Glob(filepath.Join(root, sub, "*"))
	if err != nil || len(files) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatalf("no samples under %s", root)
		}
		t.Skipf("SAMPLES MISSING: no real documents under %s; nothing was checked", root)
	}
	return files
}

var syntax = regexp.MustCompile(`\]\([^)\n]*\)|<[^>\n]*>|&[a-z]+;`)

// letters are the characters that no syntax uses: what must survive, in order.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// TestSamplesKeepAllText reads every real text document and compares its
// letters and digits, in order, with those of the source.
func TestSamplesKeepAllText(t *testing.T) {
	for _, file := range append(samples(t, "zh"), samples(t, "en")...) {
		ext := filepath.Ext(file)
		if ext == ".pdf" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc := read(t, filepath.Base(file), string(data))
			source, got := string(data), doc.Text()
			if ext == ".md" { // a template tag is no link to CommonMark and stays in the text
				got = syntax.ReplaceAllString(got, "")
				source = syntax.ReplaceAllString(strings.NewReplacer("<!--", "", "-->", "").Replace(source), "")
			}
			if a, b := letters(source), letters(got); a != b {
				i := 0
				for i < min(len(a), len(b)) && a[i] == b[i] {
					i++
				}
				t.Errorf("text differs at byte %d of %d:\nsource …%s\nread   …%s", i, len(a), clip(a, i), clip(b, i))
			}
			inOrder(t, doc)
		})
	}
}

// inOrder checks that line numbers never go back.
func inOrder(t *testing.T, d *paper.Document) {
	t.Helper()
	last := 0
	for _, k := range d.Blocks {
		if k.Line < last {
			t.Errorf("line %d after %d: %.40s", k.Line, last, k.Text)
		}
		last = k.Line
	}
}

func clip(s string, i int) string {
	return strings.ToValidUTF8(s[max(i-60, 0):min(i+120, len(s))], "")
}
