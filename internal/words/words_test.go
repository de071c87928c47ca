package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

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
			if key := m[1] + m[2]; !words.Has("zh", key) {
				t.Errorf("%s uses %s, which has no sentence", path, key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSayFillsArgumentsAndShowsGaps(t *testing.T) {
	if got := words.Say("en", "field.too_long", map[string]string{"max": "200"}); got != "At most 200 characters." {
		t.Errorf("got %q", got)
	}
	if got := words.Say("en", "no.such_key", nil); got != "no.such_key" {
		t.Errorf("got %q", got)
	}
}
