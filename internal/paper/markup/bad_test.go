package markup

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

func keyOf(err error) string {
	var e *docket.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

func TestRefusals(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	for _, c := range []struct {
		file, data string
		l          paper.Limits
		key        string
		code       docket.Code
	}{
		{"a.txt", "", paper.Limits{}, "paper.empty", docket.Invalid},
		{"a.txt", " \n\t\n", paper.Limits{}, "paper.no_text", docket.Invalid},
		{"a.txt", strings.Repeat("甲\n", 30), paper.Limits{Blocks: 20}, "paper.too_many_paragraphs", docket.TooLarge},
		{"a.csv", strings.Repeat("甲,乙\n", 30), paper.Limits{Blocks: 20}, "paper.too_many_paragraphs", docket.TooLarge},
		{"100,000 clauses.txt", strings.Repeat("1.修路。\n", 100_000), paper.Limits{}, "paper.too_many_paragraphs", docket.TooLarge},
		{"one clause without end.txt", strings.Repeat("修路，", 1_100_000), paper.Limits{}, "paper.too_many_characters", docket.TooLarge},
		{"a.md", strings.Repeat("甲", 300), paper.Limits{Characters: 200}, "paper.too_many_characters", docket.TooLarge},
		{"a.csv", strings.Repeat("1,2\n", 300), paper.Limits{Cells: 200}, "paper.too_many_cells", docket.TooLarge},
		{"a.txt", "甲甲甲甲", paper.Limits{FileBytes: 5}, "paper.too_large", docket.TooLarge},
		{"a.txt", "\x00\x01\x02\x03\x04\x05\x06", paper.Limits{}, "paper.binary", docket.Invalid},
		{"a.doc", ole, paper.Limits{}, "paper.convert_doc", docket.Unsupported},
		{"a.wps", ole, paper.Limits{}, "paper.convert_wps", docket.Unsupported},
		{"a.xls", ole, paper.Limits{}, "paper.convert_xls", docket.Unsupported},
		{"a.et", ole, paper.Limits{}, "paper.convert_xls", docket.Unsupported},
		{"a.ppt", ole, paper.Limits{}, "paper.convert_ppt", docket.Unsupported},
		{"a.ofd", "PK\x03\x04", paper.Limits{}, "paper.convert_ofd", docket.Unsupported},
		{"a.rtf", `{\rtf1 x}`, paper.Limits{}, "paper.convert_rtf", docket.Unsupported},
		{"a.txt", `{\rtf1 x}`, paper.Limits{}, "paper.convert_rtf", docket.Unsupported},
		{"a.jpg", "\xff\xd8\xff\xe0", paper.Limits{}, "paper.convert_image", docket.Unsupported},
		{"a.odt", "PK\x03\x04", paper.Limits{}, "paper.convert_odf", docket.Unsupported},
		{"a.zip", "PK\x03\x04", paper.Limits{}, "paper.convert_archive", docket.Unsupported},
		{"a.txt", "PK\x03\x04", paper.Limits{}, "paper.convert_archive", docket.Unsupported},
		{"a.exe", "MZ", paper.Limits{}, "paper.unknown", docket.Unsupported},
		{"a.txt", "机密★1年\n通知", paper.Limits{}, "paper.classified", docket.Classified},
		{"【秘密】通知.md", "通知", paper.Limits{}, "paper.classified", docket.Classified},
		{"a.md", "---\ntitle: 机密\n---\n通知", paper.Limits{}, "paper.classified", docket.Classified},
		{"a.html", "<html><body><p>CONFIDENTIAL</p><p>Plan</p>", paper.Limits{}, "paper.classified", docket.Classified},
	} {
		_, err := Readers().Read(t.Context(), paper.Bytes(c.file, []byte(c.data)), c.l)
		if keyOf(err) != c.key || !errors.Is(err, c.code) {
			t.Errorf("%s %.12q: got %v, want %s", c.file, c.data, err, c.key)
		}
	}
	if d := read(t, "LIESMICH", "一、任务"); d.Format != "txt" {
		t.Errorf("text without extension read as %s", d.Format)
	}
	if _, err := Paste(t.Context(), "绝密\n通知", paper.Limits{}); !errors.Is(err, docket.Classified) {
		t.Errorf("pasted: %v", err)
	}
}

// TestHostileMarkdown: nesting and marks that cost a parser the square of their
// number end in a document or a sentence.
func TestHostileMarkdown(t *testing.T) {
	for name, s := range map[string]string{
		"quotes":       strings.Repeat(">", 200_000) + "甲",
		"lists":        strings.Repeat("- ", 100_000) + "甲",
		"stars":        strings.Repeat("*甲 ", 50_000),
		"double stars": strings.Repeat("**甲", 50_000),
		"mixed marks":  strings.Repeat("*a_ ", 300_000),
		"references":   strings.Repeat("[甲]: 乙\n", 45_000),
		"brackets":     strings.Repeat("[", 100_000) + "甲",
		"links":        strings.Repeat("[甲](", 30_000),
		"backticks":    strings.Repeat("甲`", 50_000),
		"pipes":        strings.Repeat("|", 100_000) + "\n" + strings.Repeat("-|", 100_000) + "\n",
		"wide rows":    "a|b\n-|-\n" + strings.Repeat(strings.Repeat("|x", 900)+"\n", 100),
		"tags":         strings.Repeat("甲<a ", 50_000),
		"comments":     strings.Repeat("甲 <!-- ", 30_000),
		"ordered":      strings.Repeat("1. ", 50_000) + "甲",
		"indents":      nested(2000),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Readers().Read(t.Context(), paper.Bytes("a.md", []byte(s)), paper.Limits{}); err != nil && keyOf(err) == "" {
				t.Error(err)
			}
		})
	}
}

// nested is a list of n levels, each on its own line.
func nested(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- 甲\n")
	}
	return b.String()
}

func fuzz(f *testing.F, file string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Readers().Read(t.Context(), paper.Bytes(file, data), paper.Limits{Blocks: 10_000, Cells: 100_000})
		if err != nil {
			if keyOf(err) == "" {
				t.Fatalf("no sentence for %v", err)
			}
			return
		}
		for _, k := range d.Blocks {
			if !utf8.ValidString(k.Text) {
				t.Fatalf("not UTF-8: %q", k.Text)
			}
			for _, s := range append(k.Struck, k.Bold...) {
				if s.Start < 0 || s.End > len(k.Text) || s.Start >= s.End {
					t.Fatalf("span %v outside %q", s, k.Text)
				}
			}
		}
	})
}

func FuzzText(f *testing.F) {
	fuzz(f, "a.txt", "一、任务\r\n", "\xff\xfeN\x00", "\xd4\xc6\xd6\xdd\xca\xd0")
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, "a.md", "---\ntitle: x\n---\n# h\n1. a\n   - b **c** ~~d~~\n\n|a|b|\n|-|-|\n|<s>1</s>|2|3|\n", "**“甲”**乙**", "<details>\n<td>x\n\n> - 1) # a")
}

func FuzzHTML(f *testing.F) {
	fuzz(f, "a.html", "<table><tr><th rowspan=2>a<td colspan=3>b<table><tr><td>c</table></table>", "<ol type=I start=-3><li value=9>a<ul><li><h2>b</h2>", "<p>a<s>b<br> c</s></p><某单位>")
}

func FuzzCSV(f *testing.F) {
	fuzz(f, "a.csv", "a;b\n1;\"x\ny\"\n", "title,text\nx,\""+strings.Repeat("a\n", 25)+"\"\n", "\"a\"b,\"\n")
}
