package typeset

import (
	"slices"
	"testing"
)

// fit breaks text into lines of n characters.
func fit(t *testing.T, lang, text string, n float64) []string {
	t.Helper()
	fonts, err := newLibrary(lang)
	if err != nil {
		t.Fatal(err)
	}
	a := atomizer{fonts: fonts, room: n * 10}
	a.add(text, &dress{family: sans, size: 10, pitch: 10})
	var out []string
	for _, l := range fold(a.out, n*10, 0) {
		s := ""
		for _, at := range l.atoms {
			s += at.text
		}
		out = append(out, s)
	}
	return out
}

func TestLinesBreakWhereTheyMay(t *testing.T) {
	for name, c := range map[string]struct {
		lang, text string
		n          float64
		want       []string
	}{
		"characters":                       {"zh", "一二三四五六七八九", 4, []string{"一二三四", "五六七八", "九"}},
		"closing marks hang":               {"zh", "一二三四，五六", 4, []string{"一二三四，", "五六"}},
		"two closing marks do not":         {"zh", "一二三四。”五六", 4, []string{"一二三", "四。”五", "六"}},
		"opening marks move down":          {"zh", "一二三（四五六", 4, []string{"一二三", "（四五六"}},
		"words stay whole":                 {"en", "one two three four", 5, []string{"one two", "three four"}},
		"longer than the line":             {"en", "abcdefghijklmnopqrstuvwxyz", 5, nil},
		"a line break":                     {"zh", "一\n二", 4, []string{"一", "二"}},
		"an empty line":                    {"zh", "一\n\n二", 4, []string{"一", "", "二"}},
		"ends with a line break":           {"zh", "一\n", 4, []string{"一"}},
		"nothing":                          {"zh", "", 4, []string{""}},
		"a space at the end":               {"en", "three four ", 4.6, []string{"three four"}},
		"apostrophes belong to their word": {"en", "the docket’s own", 5.2, []string{"the docket’s", "own"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := fit(t, c.lang, c.text, c.n)
			for _, l := range got {
				if len(c.want) == 0 && ems(l) > 2*c.n {
					t.Errorf("line %q is too long", l)
				}
			}
			if len(c.want) > 0 && !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMissingCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"龘𠮷家": "龘〓家", "a\uFE0Fb": "ab", "שלום": "〓〓〓〓", "好👍🏽": "好〓〓", "\uE000": "〓",
	} {
		fonts, err := newLibrary("zh")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range fonts.pieces(sans, text) {
			got += p.text
		}
		if got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestNumbersOfHeadings(t *testing.T) {
	for lang, want := range map[string][]string{
		"zh": {"一、", "（一）", "1.", "（1）", "（二）", "1.", "二、", "（一）"},
		"en": {"1. ", "1.1 ", "1.1.1 ", "1.1.1.1 ", "1.2 ", "1.2.1 ", "2. ", "2.1 "},
	} {
		c := counter{lang: lang}
		var got []string
		for _, n := range []int{1, 2, 3, 4, 2, 3, 1, 2} {
			got = append(got, c.next(n))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", lang, got)
		}
	}
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "100"} {
		if got := han(n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
}
