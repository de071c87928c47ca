package httpapi

import (
	"testing"
	"unicode/utf16"

	docket "github.com/docket-os/docket"

	"pgregory.net/rapid"
)

func TestSpansCountUTF16OnTheWire(t *testing.T) {
	for _, c := range []struct {
		name, text, part string
		start, end       int
	}{
		{"ASCII", "lead: Parks Office", "Parks Office", 6, 18},
		{"Chinese", "由市教育局牵头", "市教育局", 1, 5},
		{"after a character outside the basic plane", "𠮷祥镇由镇政府牵头", "镇政府", 5, 8},
		{"the character itself", "在𠮷祥镇", "𠮷", 1, 3},
		{"emoji", "✅🏫 新增学位", "新增", 4, 6},
		{"to the end", "年底前完成", "完成", 3, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			bytes := spanOf(t, c.text, c.part)
			wire := toWire(c.text, bytes)
			if (wire != docket.Span{Start: c.start, End: c.end}) {
				t.Errorf("on the wire %v, want %d to %d", wire, c.start, c.end)
			}
			back, ok := fromWire(c.text, wire)
			if !ok || back != bytes {
				t.Errorf("back in bytes %v (%v), want %v", back, ok, bytes)
			}
		})
	}
}

func spanOf(t *testing.T, text, part string) docket.Span {
	t.Helper()
	for i := range text {
		if len(text)-i >= len(part) && text[i:i+len(part)] == part {
			return docket.Span{Start: i, End: i + len(part)}
		}
	}
	t.Fatalf("%q is not in %q", part, text)
	return docket.Span{}
}

func TestSpansFromOutsideMustFitTheText(t *testing.T) {
	const text = "在𠮷祥镇"
	for _, s := range []docket.Span{{Start: 2, End: 3}, {Start: 0, End: 2}, {Start: 3, End: 1}, {Start: -1, End: 2}, {Start: 0, End: 6}} {
		if got, ok := fromWire(text, s); ok {
			t.Errorf("%v was taken as bytes %v", s, got)
		}
	}
}

// What the browser cuts out of the text by a span is what the domain cuts out.
func TestBrowserAndDomainCutTheSameWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab市局、。𠮷🏫\n"))).Draw(t, "text")
		var starts []int
		for i := range text {
			starts = append(starts, i)
		}
		starts = append(starts, len(text))
		i := rapid.IntRange(0, len(starts)-1).Draw(t, "i")
		j := rapid.IntRange(i, len(starts)-1).Draw(t, "j")
		s := docket.Span{Start: starts[i], End: starts[j]}
		w := toWire(text, s)
		browser := string(utf16.Decode(utf16.Encode([]rune(text))[w.Start:w.End]))
		if domain := text[s.Start:s.End]; browser != domain {
			t.Fatalf("browser sees %q, domain %q", browser, domain)
		}
		if back, ok := fromWire(text, w); !ok || back != s {
			t.Fatalf("back: %v, want %v", back, s)
		}
	})
}

func FuzzSpan(f *testing.F) {
	f.Add("由市教育局牵头", 3, 15)
	f.Add("𠮷", 1, 2)
	f.Add("\xff\xfe", 0, 9)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		w := toWire(text, docket.Span{Start: start, End: end})
		if w.Start < 0 || w.End < w.Start || w.End > 2*len(text) {
			t.Errorf("span %v of %q", w, text)
		}
		if b, ok := fromWire(text, docket.Span{Start: start, End: end}); ok && (b.Start < 0 || b.End < b.Start || b.End > len(text)) {
			t.Errorf("bytes %v of %q", b, text)
		}
	})
}
