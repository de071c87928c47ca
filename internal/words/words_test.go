package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/words"
)

var argument = regexp.MustCompile(`\{[a-z_]+\}`)

func TestEverySentenceStandsInBothLanguagesWithTheSameArguments(t *testing.T) {
	for _, pair := range [][2]string{{"zh", "en"}, {"en", "zh"}} {
		for key, sentence := range words.Keys(pair[0]) {
			other, ok := words.Keys(pair[1])[key]
			if !ok {
				t.Errorf("%s has no %s sentence", key, pair[1])
				continue
			}
			a, b := argument.FindAllString(sentence, -1), argument.FindAllString(other, -1)
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
				t.Errorf("%s: arguments differ: %v in %s, %v in %s", key, a, pair[0], b, pair[1])
			}
		}
	}
}

// An error's key in the source without a sentence would reach people as English
// only, so the source is searched for the keys it uses.
func TestEveryKeyOfTheSourceHasASentence(t *testing.T) {
	used := regexp.MustCompile(`(?:docket\.)?Errorf\(\s*(?:docket\.)?[A-Z]\w+,\s*"([a-z_]+\.[a-z_.]+)"|Key:\s*"([a-z_]+\.[a-z_.]+)"`)
	root := "../.."
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range used.FindAllStringSubmatch(string(src), -1) {
			if key := m[1] + m[2]; !known(key) {
				t.Errorf("%s uses %s, which has no sentence", path, key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Keys also travel through small functions of their own, so every string of the
// source that looks like a key of a known area is looked up as well.
func TestEveryStringThatIsAKeyHasASentence(t *testing.T) {
	areas := map[string]bool{}
	for key := range words.Keys("en") {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	literal := regexp.MustCompile(`"([a-z]+)\.([a-z_]+)"`)
	for _, dir := range []string{"../..", "../app", "../board", "../measure", "../httpapi"} {
		sources, _ := filepath.Glob(dir + "/*.go")
		for _, path := range sources {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range literal.FindAllStringSubmatch(string(src), -1) {
				if key := m[1] + "." + m[2]; areas[m[1]] && m[2] != "json" && m[2] != "xlsx" && m[2] != "csv" && !words.Has("en", key) {
					t.Errorf("%s uses %s, which has no sentence", path, key)
				}
			}
		}
	}
}

// What the lint finds is told by its code.
func TestEveryFindingHasASentence(t *testing.T) {
	src, err := os.ReadFile("../../finding.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`Find[A-Z]\w+\s+= "([a-z_]+)"`).FindAllStringSubmatch(string(src), -1)
	if len(codes) < 20 {
		t.Fatalf("only %d codes of findings found in the source", len(codes))
	}
	for _, m := range codes {
		if !words.Has("en", "finding."+m[1]) {
			t.Errorf("finding %s has no sentence", m[1])
		}
	}
}

// Who is refused an act is told whose act it is.
func TestEveryActSaysWhoCould(t *testing.T) {
	for _, act := range docket.Acts() {
		if !words.Has("en", "refuse."+string(act)) || !words.Has("zh", "refuse."+string(act)) {
			t.Errorf("a refused %s has no sentence", act)
		}
	}
}

// known reports whether a key has a sentence; one that ends in _ is completed
// when the program runs and needs at least one that begins with it.
func known(key string) bool {
	if !strings.HasSuffix(key, "_") {
		return words.Has("zh", key)
	}
	for k := range words.Keys("zh") {
		if strings.HasPrefix(k, key) {
			return true
		}
	}
	return false
}

func TestSayFillsArgumentsAndShowsGaps(t *testing.T) {
	for n, want := range map[string]string{"1": "Due in 1 working day.", "2": "Due in 2 working days."} {
		if got := words.Say("en", "lamp.near", map[string]string{"days": n}); got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
	if got := words.Say("en", "field.too_long", map[string]string{"max": "200"}); got != "At most 200 characters." {
		t.Errorf("got %q", got)
	}
	if got := words.Say("en", "no.such_key", nil); got != "no.such_key" {
		t.Errorf("got %q", got)
	}
}
