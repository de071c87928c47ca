package markup

import (
	"bytes"
	"context"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"github.com/docket-os/docket/internal/paper"
)

// HTML reads a saved web page: headings, paragraphs, lists and tables in order;
// navigation, page head and foot as furniture; script and style left out.
func HTML() paper.Reader {
	return paper.Reader{Format: "html", Extensions: []string{".html", ".htm", ".xhtml"}, Text: true, Sniff: sniffHTML, Read: readHTML}
}

func sniffHTML(src paper.Source) bool {
	if ext := src.Ext(); ext == ".md" || ext == ".markdown" || ext == ".csv" {
		return false
	}
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(src.Head(1024), bomUTF8), " \t\r\n"))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

func readHTML(ctx context.Context, src paper.Source, l paper.Limits) (*paper.Document, error) {
	t, err := load(src, l, declaredCharset)
	if err != nil {
		return nil, err
	}
	b := paper.NewBuilder(ctx, src.Name, "html", l)
	p := &page{out: b, limit: l.WithDefaults().Cells}
	p.read(t)
	return b.Document()
}

// declaredCharset is the encoding a page names in its meta elements, if any.
func declaredCharset(data []byte) encoding.Encoding {
	e, name, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	if !certain && name == "windows-1252" {
		return nil
	}
	return e
}

// fragment reads a piece of HTML within Markdown. Its comments, which a reader
// of the source sees, are set aside as furniture.
func fragment(b *paper.Builder, t string, line int) {
	p := &page{out: b, line: line, comments: true, limit: paper.Limits{}.WithDefaults().Cells}
	p.read(t)
}

// page walks the tokens of an HTML text. It keeps no tree: time and memory are
// linear in the input however the elements are nested or left open.
type page struct {
	out      *paper.Builder
	text     paper.Rich
	line     int // number of the current line when it counts, else 0
	from     int // line on which the current block began
	level    int // of the open heading, 0 for none
	struck   int
	bold     int
	aside    int // open nav, header, footer, aside
	article  int // open main, article: a header inside is no furniture
	pre      int
	skip     string // element whose content is dropped
	title    bool
	lists    []htmlList
	marker   string // label for the next block
	item     bool
	tables   []*htmlTable
	comments bool
	limit    int // places in one table
}

type htmlList struct {
	ordered bool
	style   string // the type attribute: 1 a A i I
	next    int
}

func (p *page) read(t string) {
	z := html.NewTokenizer(strings.NewReader(t))
	z.SetMaxBuf(0)
	for p.out.Err() == nil {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		lines := 0
		if p.line > 0 {
			lines = bytes.Count(z.Raw(), []byte("\n"))
		}
		switch kind {
		case html.TextToken:
			p.words(string(z.Text()))
		case html.CommentToken:
			if p.comments {
				p.flush()
				p.out.Add(paper.Block{Kind: paper.Furniture, Text: strings.TrimSpace(string(z.Text())), Line: p.line})
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			p.tag(z, kind)
		}
		p.line += lines
	}
	p.flush()
	for len(p.tables) > 0 {
		p.endTable()
	}
}

func (p *page) tag(z *html.Tokenizer, kind html.TokenType) {
	raw := string(z.Raw())
	nameBytes, more := z.TagName()
	name := string(nameBytes)
	if kind == html.EndTagToken {
		p.end(name)
		return
	}
	attr := map[string]string{}
	for n := 0; more && n < 64; n++ {
		var k, v []byte
		k, v, more = z.TagAttr()
		attr[string(k)] = string(v)
	}
	if !knownTags[name] && !strings.ContainsAny(name, ":-") && p.skip == "" {
		p.words(raw) // <某单位> or <name> typed as text
		return
	}
	p.start(name, attr)
}

// words adds text. Outside pre, white space folds into one space, and a line
// break between two full-width characters into nothing, as browsers do it.
func (p *page) words(t string) {
	switch {
	case p.skip != "":
		return
	case p.title:
		p.out.SetTitle(t)
		return
	}
	if p.text.Len() == 0 {
		lead := len(t) - len(strings.TrimLeft(t, " \t\n\f"))
		p.from = p.line + strings.Count(t[:lead], "\n")
	}
	if p.pre == 0 {
		t = fold(t, p.text.Len() == 0 || p.text.Last() == ' ' || p.text.Last() == '\n')
	}
	p.text.Write(t, p.struck > 0, p.bold > 0)
}

// fold joins runs of HTML white space; bare drops the space at the start.
func fold(t string, bare bool) string {
	if !strings.ContainsAny(t, "\t\n\f") && !strings.Contains(t, "  ") && (!bare || !strings.HasPrefix(t, " ")) {
		return t
	}
	var b strings.Builder
	b.Grow(len(t))
	var before rune = -1
	space, broken := false, false
	for _, r := range t {
		if r == ' ' || r == '\t' || r == '\n' || r == '\f' {
			space, broken = true, broken || r == '\n'
			continue
		}
		if space && !(bare && before < 0) && !(broken && wide(before) && wide(r)) {
			b.WriteByte(' ')
		}
		space, broken, before = false, false, r
		b.WriteRune(r)
	}
	if space && (before >= 0 || !bare) && !(broken && wide(before)) {
		b.WriteByte(' ')
	}
	return b.String()
}

// wide reports the characters of Chinese text, its punctuation included.
func wide(r rune) bool {
	return r >= 0x2e80 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe4f || r >= 0xff00 && r <= 0xff60 || r >= 0x20000
}

// flush ends the current block.
func (p *page) flush() {
	text, struck, bold := p.text.Take()
	if text == "" {
		return
	}
	k := paper.Block{Text: text, Struck: struck, Bold: bold, Line: p.from}
	switch {
	case p.level > 0:
		k.Kind, k.Level = paper.Heading, p.level
	case p.item && len(p.lists) > 0:
		k.Kind, k.Level = paper.ListItem, len(p.lists)-1
	}
	if p.marker != "" {
		k.Label, k.Text = p.marker, p.marker+" "+k.Text
		shiftAll(k.Struck, len(p.marker)+1)
		shiftAll(k.Bold, len(p.marker)+1)
	}
	p.marker, p.item = "", false
	p.add(k)
}

func shiftAll(spans []paper.Span, n int) {
	for i := range spans {
		spans[i].Start += n
		spans[i].End += n
	}
}

// add puts a finished block into the open cell, or out.
func (p *page) add(k paper.Block) {
	if p.aside > 0 && k.Kind != paper.TableBlock {
		k.Kind = paper.Furniture
	}
	if n := len(p.tables); n > 0 && p.tables[n-1].open {
		p.tables[n-1].cell = append(p.tables[n-1].cell, k)
		return
	}
	p.out.Add(k)
}
