package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestBigrams(t *testing.T) {
	for _, c := range []struct{ text, words string }{
		{"", ""},
		{"养老", "养老 老"},
		{"推进养老服务", "推进 进养 养老 老服 服务 务"},
		{"水", "水"},
		{"Road Works, phase 2", "road works phase 2"},
		{"第２季度ＧＤＰ增长6.5%", "第 2 季度 度 gdp 增长 长 6 5"},
		{"云政发〔2026〕6号", "云政 政发 发 2026 6 号"},
		{"教育,科技", "教育 育 科技 技"},
		{"𠮷野", "𠮷野 野"},
	} {
		if got := Join(Bigrams(c.text)); got != c.words {
			t.Errorf("Bigrams(%q) = %q, want %q", c.text, got, c.words)
		}
	}
}

func TestTerms(t *testing.T) {
	got := Terms("养老服务 road 水 12 c3")
	want := []Term{
		{Words: []string{"养老", "老服", "服务"}},
		{Words: []string{"road"}, Prefix: true},
		{Words: []string{"水"}, Prefix: true},
		{Words: []string{"12"}},
		{Words: []string{"c3"}, Prefix: true},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if Terms(" ,。— ") != nil {
		t.Error("punctuation alone asks for nothing")
	}
}

// Every part of a text that a person may type is found in it.
func FuzzBigrams(f *testing.F) {
	f.Add("推进养老服务 Road works 2026", 2, 5)
	f.Add("𠮷野家ＡＢＣ", 0, 3)
	f.Fuzz(func(t *testing.T, text string, from, n int) {
		kept := Bigrams(text)
		if len(kept) > utf8.RuneCountInString(text) {
			t.Fatalf("%d words from %d characters", len(kept), utf8.RuneCountInString(text))
		}
		var han []rune
		runs(text, func(run []rune, isHan bool) {
			if isHan && len(run) > len(han) {
				han = slices.Clone(run)
			}
		})
		if len(han) == 0 || from < 0 || n < 1 || from >= len(han) {
			return
		}
		asked := Terms(string(han[from:min(len(han), from+min(n, 8))]))
		for _, term := range asked {
			if !holds(kept, term) {
				t.Fatalf("%q does not hold %v", text, term)
			}
		}
	})
}

func holds(kept []string, t Term) bool {
	for i := range kept {
		if t.Prefix && strings.HasPrefix(kept[i], t.Words[0]) {
			return true
		}
		if !t.Prefix && i+len(t.Words) <= len(kept) && slices.Equal(kept[i:i+len(t.Words)], t.Words) {
			return true
		}
	}
	return false
}
