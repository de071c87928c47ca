package markup

import (
	"context"
	"regexp"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/docket-os/docket/internal/paper"
)

// Markdown reads Markdown with tables and strikethrough, with the tolerance that
// directives copied from web pages need: indented lines are paragraphs, numbers
// stay as written, reference definitions and comments stay visible.
func Markdown() paper.Reader {
	return paper.Reader{Format: "md", Extensions: []string{".md", ".markdown"}, Text: true, Read: readMarkdown}
}

func readMarkdown(ctx context.Context, src paper.Source, l paper.Limits) (*paper.Document, error) {
	t, err := load(src, l, nil)
	if err != nil {
		return nil, err
	}
	b := paper.NewBuilder(ctx, src.Name, "md", l)
	head, body, bodyLine := splitFrontMatter(t)
	for i, line := range head {
		b.SetTitle(yamlTitle(line))
		b.Add(paper.Block{Kind: paper.Furniture, Text: line, Line: i + 1})
	}
	if hostile(body) {
		return lines(ctx, src.Name, t, l)
	}
	m := newMarkdown(ctx, b, widenTables(body), bodyLine)
	root := markdownParser().Parse(text.NewReader(m.src))
	m.children(root, place{})
	return b.Document()
}

// markdownParser is CommonMark without what loses text of directives: indented
// code (indented paragraphs are common), reference definitions (they look like
// footnotes) and the single tilde as strike (0~6周岁 is a range).
func markdownParser() parser.Parser {
	at := func(v any, p int) util.PrioritizedValue { return util.Prioritized(v, p) }
	return parser.NewParser(
		parser.WithBlockParsers(
			at(parser.NewSetextHeadingParser(), 100), at(parser.NewThematicBreakParser(), 200),
			at(parser.NewListParser(), 300), at(parser.NewListItemParser(), 400),
			at(parser.NewATXHeadingParser(), 600), at(parser.NewFencedCodeBlockParser(), 700),
			at(parser.NewBlockquoteParser(), 800), at(parser.NewHTMLBlockParser(), 900),
			at(anyParagraph{parser.NewParagraphParser()}, 1000)),
		parser.WithInlineParsers(
			at(parser.NewCodeSpanParser(), 100), at(parser.NewLinkParser(), 200),
			at(parser.NewAutoLinkParser(), 300), at(parser.NewRawHTMLParser(), 400),
			at(parser.NewEmphasisParser(), 500), at(strikeParser{}, 510)),
		parser.WithParagraphTransformers(at(extension.NewTableParagraphTransformer(), 200)),
		parser.WithASTTransformers(at(extension.NewTableASTTransformer(), 0)),
	)
}

// anyParagraph lets a paragraph begin at any indent.
type anyParagraph struct{ parser.BlockParser }

func (anyParagraph) CanAcceptIndentedLine() bool { return true }

type markdown struct {
	ctx    context.Context
	out    *paper.Builder
	src    []byte
	starts []int // offset of each line
	first  int   // number of the first line of src in the file
}

// place is where in the lists a block stands.
type place struct {
	depth  int     // lists around it
	item   bool    // it is the first block of a list item
	marker *string // number to set before the next block
}

func newMarkdown(ctx context.Context, out *paper.Builder, src []byte, first int) *markdown {
	m := &markdown{ctx: ctx, out: out, src: src, starts: []int{0}, first: first}
	for i, c := range src {
		if c == '\n' {
			m.starts = append(m.starts, i+1)
		}
	}
	return m
}

// line is the number, in the file, of the line that holds an offset of src.
func (m *markdown) line(offset int) int {
	return m.first + sort.SearchInts(m.starts, offset+1) - 1
}

func (m *markdown) children(n ast.Node, p place) {
	for c := n.FirstChild(); c != nil && m.out.Err() == nil; c = c.NextSibling() {
		m.block(c, p)
		p.item = false
	}
}

func (m *markdown) block(n ast.Node, p place) {
	switch n := n.(type) {
	case *ast.Heading:
		m.emit(n, paper.Block{Kind: paper.Heading, Level: n.Level}, p)
	case *ast.List:
		p.depth++
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			m.item(c, n, p)
		}
	case *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			m.out.Add(paper.Block{Text: strings.TrimRight(string(s.Value(m.src)), "\n"), Line: m.line(s.Start)})
		}
	case *ast.HTMLBlock:
		m.html(n)
	case *extast.Table:
		m.table(n)
	case *ast.ThematicBreak:
	default:
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			k := paper.Block{}
			if p.item || p.marker != nil && *p.marker != "" {
				k.Kind, k.Level = paper.ListItem, p.depth-1
			}
			m.emit(n, k, p)
			return
		}
		m.children(n, p)
	}
}

// item writes the blocks of one list item. The number is taken from the source,
// not counted: what the author typed is what a reader sees.
func (m *markdown) item(n ast.Node, list *ast.List, p place) {
	if list.IsOrdered() {
		label := m.markerOf(n)
		if p.marker != nil && *p.marker != "" {
			label = *p.marker + " " + label
		}
		p.marker = &label
	}
	p.item = true
	m.children(n, p)
	if p.marker != nil && *p.marker != "" { // an item without text
		m.out.Add(paper.Block{Kind: paper.ListItem, Level: p.depth - 1, Text: *p.marker, Label: *p.marker})
		*p.marker = ""
	}
}

var endsInNumber = regexp.MustCompile(`[0-9]{1,9}[.)][ \t]*$`)

func (m *markdown) markerOf(item ast.Node) string {
	for c := item.FirstChild(); c != nil; c = c.FirstChild() {
		if c.Type() == ast.TypeBlock && c.Lines() != nil && c.Lines().Len() > 0 {
			at := c.Lines().At(0).Start
			begin := m.starts[sort.SearchInts(m.starts, at+1)-1]
			found := strings.TrimSpace(endsInNumber.FindString(string(m.src[begin:at])))
			if i := strings.IndexByte(string(m.src[begin:at]), '#'); found == "" && i >= 0 {
				found = strings.TrimSpace(endsInNumber.FindString(string(m.src[begin : begin+i])))
			}
			return found
		}
	}
	list := item.Parent().(*ast.List)
	n := list.Start
	for s := item.PreviousSibling(); s != nil; s = s.PreviousSibling() {
		n++
	}
	return itoa(n) + string(list.Marker)
}

// emit writes one block of inline text, its list number first.
func (m *markdown) emit(n ast.Node, k paper.Block, p place) {
	var in inline
	in.src = m.src
	if p.marker != nil && *p.marker != "" {
		k.Label = *p.marker
		in.out.Write(*p.marker+" ", false, false)
		*p.marker = ""
	}
	in.children(n)
	k.Text, k.Struck, k.Bold = in.take()
	if n.Lines() != nil && n.Lines().Len() > 0 {
		k.Line = m.line(n.Lines().At(0).Start)
	}
	m.out.Add(k)
}

func (m *markdown) table(n *extast.Table) {
	var g paper.Grid
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		started := false
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if !started {
				line := 0
				if c.Lines() != nil && c.Lines().Len() > 0 {
					line = m.line(c.Lines().At(0).Start)
				}
				g.Row(line, 0)
				started = true
			}
			in := inline{src: m.src}
			in.children(c)
			text, struck, _ := in.take()
			g.Cell(paper.Cell{Text: text, Struck: struck}, 1, 1)
		}
	}
	t := g.Table(1)
	line := 0
	if len(t.Rows) > 0 {
		line = t.Rows[0].Line
	}
	m.out.Add(paper.Block{Kind: paper.TableBlock, Table: t, Line: line})
}

// html reads a block of raw HTML; a comment is set aside as furniture.
func (m *markdown) html(n *ast.HTMLBlock) {
	var raw strings.Builder
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		raw.Write(s.Value(m.src))
	}
	if n.HasClosure() {
		raw.Write(n.ClosureLine.Value(m.src))
	}
	line := m.first
	if n.Lines().Len() > 0 {
		line = m.line(n.Lines().At(0).Start)
	}
	fragment(m.out, raw.String(), line)
}
