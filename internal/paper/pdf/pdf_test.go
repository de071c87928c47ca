package pdf

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

func TestReport(t *testing.T) {
	d := open(t, made(t, report))
	type block struct {
		Kind paper.Kind
		Page int
		Text string
	}
	var got []block
	for _, k := range d.Blocks {
		got = append(got, block{k.Kind, k.Page, k.Text})
	}
	want := []block{
		{paper.Furniture, 1, "Northford Delivery Plan"},
		{paper.Heading, 1, "Northford 2027"},
		{paper.Paragraph, 1, lorem},
		{paper.TableBlock, 1, "No.\tAction\tLead\n1\tOpen the library\tParks Team\n2\tMend the bridge\tWorks Team"},
		{paper.Paragraph, 1, lorem + " " + lorem},
		{paper.Furniture, 1, "- 1 -"},
		{paper.Furniture, 2, "Northford Delivery Plan"},
		{paper.Furniture, 2, "- 2 -"},
		{paper.Furniture, 3, "Northford Delivery Plan"},
		{paper.Paragraph, 3, "Second page."},
		{paper.Furniture, 3, "- 3 -"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if h := d.Blocks[3].Table.Header; h != 1 {
		t.Errorf("header rows %d", h)
	}
}

func TestBadFiles(t *testing.T) {
	locked := made(t, func(f *fpdf.Fpdf) {
		f.SetProtection(0, "user", "owner")
		f.AddPage()
		f.Cell(40, 10, "hidden")
	})
	good := made(t, report)
	long := made(t, func(f *fpdf.Fpdf) {
		for range 5 {
			f.AddPage()
			f.Cell(40, 10, "page of a long report")
		}
	})
	for _, c := range []struct {
		name string
		data []byte
		conf func(*Config)
		l    paper.Limits
		key  string
		args map[string]string
	}{
		{"scan", scan(t, 3), nil, paper.Limits{}, "paper.scan", map[string]string{"file": "a.pdf", "pages": "1–3"}},
		{"password", locked, nil, paper.Limits{}, "paper.encrypted", nil},
		{"cut short", []byte("%PDF-1.7\n1 0 obj\n<<"), nil, paper.Limits{}, "paper.broken", nil},
		{"not a pdf", []byte("hello"), nil, paper.Limits{}, "paper.mismatch", nil},
		{"blank", made(t, func(f *fpdf.Fpdf) { f.AddPage() }), nil, paper.Limits{}, "paper.no_text", nil},
		{"too many pages", long, func(c *Config) { c.MaxPages = 3 }, paper.Limits{}, "paper.too_many_pages", nil},
		{"too many characters", good, nil, paper.Limits{Characters: 100}, "paper.too_many_characters", nil},
		{"too slow", good, func(c *Config) { c.Timeout = time.Nanosecond }, paper.Limits{}, "paper.too_slow", nil},
		{"too little memory", good, func(c *Config) { c.MemoryMiB = 1 }, paper.Limits{}, "paper.broken", nil},
		{"child that dies", good, func(c *Config) { c.Args = []string{"-test.run=^$"} }, paper.Limits{}, "paper.broken", nil},
		{"marked secret", made(t, func(f *fpdf.Fpdf) { f.AddPage(); f.Cell(40, 10, "TOP SECRET"); f.Ln(40); f.Cell(40, 10, "Plan") }), nil, paper.Limits{}, "paper.classified", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			conf := config(t)
			if c.conf != nil {
				c.conf(&conf)
			}
			_, err := paper.Readers{New(conf)}.Read(t.Context(), paper.Bytes("a.pdf", c.data), c.l)
			var e *docket.Error
			if !errors.As(err, &e) || e.Key != c.key {
				t.Fatalf("got %v, want %s", err, c.key)
			}
			if c.args != nil && !cmp.Equal(c.args, e.Args) {
				t.Error(cmp.Diff(c.args, e.Args))
			}
		})
	}
}

// TestPictureAmongText: one picture page in a text is noted, not refused.
func TestPictureAmongText(t *testing.T) {
	d := open(t, made(t, func(f *fpdf.Fpdf) {
		f.AddPage()
		f.Cell(40, 10, "Words")
		f.AddPage()
		f.RegisterImageOptionsReader("p", fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(dot(t)))
		f.ImageOptions("p", 0, 0, 100, 100, false, fpdf.ImageOptions{}, 0, "")
	}))
	if last := d.Blocks[len(d.Blocks)-1]; last.Kind != paper.Furniture || last.Page != 2 || !strings.Contains(last.Text, "picture") {
		t.Errorf("%+v", last)
	}
}

func samples(t testing.TB, pattern string) []string {
	t.Helper()
	root := os.Getenv("DOCKET_SAMPLES")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared", "samples")
	}
	files, err := filepath.Glob(filepath.Join(root, pattern))
	if err != nil || len(files) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatalf("no samples under %s", root)
		}
		t.Skipf("SAMPLES MISSING: no real documents under %s; nothing was checked", root)
	}
	return files
}

// TestSamplesKeepAllText compares the characters PDFium reports with those of
// the document, as bags: layout may order them anew but never lose one.
func TestSamplesKeepAllText(t *testing.T) {
	for _, file := range samples(t, "*/*.pdf") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pages, _, err := extract(t.Context(), config(t).withDefaults(), paper.Bytes("a.pdf", data), paper.Limits{}.WithDefaults())
			if err != nil {
				t.Fatal(err)
			}
			keepsAll(t, pages)
			d := open(t, data)
			if d.Title == "" || len(d.Blocks) < 20 {
				t.Errorf("title %q, %d blocks", d.Title, len(d.Blocks))
			}
		})
	}
}

// keepsAll checks that layout loses and invents no visible character.
func keepsAll(t *testing.T, pages []page) {
	t.Helper()
	var in, out []rune
	for _, p := range pages {
		for _, g := range p.glyphs() {
			in = append(in, g.r)
		}
	}
	for _, k := range layout(pages) {
		if k.Kind == paper.Furniture && strings.Contains(k.Text, "a picture without text") {
			continue
		}
		for _, r := range k.Text {
			if !unicode.IsSpace(r) {
				out = append(out, r)
			}
		}
	}
	slices.Sort(in)
	slices.Sort(out)
	if !slices.Equal(in, out) {
		t.Errorf("%d characters in, %d out", len(in), len(out))
	}
}

func FuzzLayout(f *testing.F) {
	f.Add([]byte("一、任务abc"), []byte{10, 20, 30, 40, 50, 60}, uint8(3))
	f.Add([]byte("x\ty z"), []byte{0, 0, 255, 255}, uint8(0))
	f.Fuzz(func(t *testing.T, text, places []byte, rules uint8) {
		if len(text) > 2000 || len(places) == 0 {
			return
		}
		at := func(i int) float32 { return float32(places[i%len(places)]) * 3 }
		ps := make([]page, 2)
		for i, r := range []rune(string(text)) {
			p := &ps[i%2]
			p.Width, p.Height = 600, 800
			x, y, h := at(3*i), at(3*i+1), at(3*i+2)/20
			p.Runes = append(p.Runes, r)
			p.Boxes = append(p.Boxes, box{x, y, x + h, y + h})
		}
		for i := range int(rules) {
			x, y := at(5*i+1), at(7*i+2)
			ps[0].Rules = append(ps[0].Rules, box{x, y, x + 300, y + 1}, box{x, y, x + 1, y + 300})
		}
		keepsAll(t, ps)
	})
}

// TestManyRulesAreADrawing: a page full of lines costs bounded time.
func TestManyRulesAreADrawing(t *testing.T) {
	p := page{Width: 600, Height: 800, Runes: []rune("甲乙"), Boxes: []box{{10, 10, 20, 20}, {20, 10, 30, 20}}}
	for i := range maxRules / 2 {
		v := float32(i) / 20
		p.Rules = append(p.Rules, box{0, v, 600, v}, box{v, 0, v, 800})
	}
	keepsAll(t, []page{p})
}

// BenchmarkWarm is one file through a child that finds PDFium compiled.
func BenchmarkWarm(b *testing.B) {
	data := made(b, report)
	r := New(config(b))
	for b.Loop() {
		if _, err := r.Read(b.Context(), paper.Bytes("a.pdf", data), paper.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCold compiles PDFium first, as the first import after an update does.
func BenchmarkCold(b *testing.B) {
	data := made(b, report)
	for b.Loop() {
		c := config(b)
		c.CacheDir = b.TempDir()
		if _, err := New(c).Read(b.Context(), paper.Bytes("a.pdf", data), paper.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	data := made(b, report)
	pages, _, err := extract(b.Context(), config(b).withDefaults(), paper.Bytes("a.pdf", data), paper.Limits{}.WithDefaults())
	if err != nil {
		b.Fatal(err)
	}
	chars := 0
	for b.Loop() {
		for _, k := range layout(pages) {
			chars += len([]rune(k.Text))
		}
	}
	b.ReportMetric(float64(chars)/b.Elapsed().Seconds(), "chars/s")
}
