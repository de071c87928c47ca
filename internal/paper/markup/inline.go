package markup

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"

	"github.com/docket-os/docket/internal/paper"
)

func itoa(n int) string { return strconv.Itoa(n) }

// inline gathers the inline text below one Markdown block.
type inline struct {
	src          []byte
	out          paper.Rich
	struck, bold int
	loose        []int // where ** was left over, for heal
}

func (in *inline) write(s string) { in.out.Write(s, in.struck > 0, in.bold > 0) }

func (in *inline) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		in.node(c)
	}
}

func (in *inline) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		in.text(n.Segment.Value(in.src), n.IsRaw() || n.Parent().Kind() == ast.KindCodeSpan)
		if n.SoftLineBreak() || n.HardLineBreak() {
			in.write("\n")
		}
	case *ast.String:
		in.write(string(n.Value))
	case *ast.Emphasis:
		in.emphasis(n)
	case *extast.Strikethrough:
		in.struck++
		in.children(n)
		in.struck--
	case *ast.AutoLink:
		in.write(string(n.Label(in.src)))
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			in.tag(string(s.Value(in.src)))
		}
	default:
		in.children(n)
	}
}

// emphasis drops the stars, except between digits, where they are a times sign.
func (in *inline) emphasis(n *ast.Emphasis) {
	if n.Level >= 2 {
		in.bold++
		in.children(n)
		in.bold--
		return
	}
	star := ""
	if t, ok := n.FirstChild().(*ast.Text); ok && t.Segment.Start >= 2 {
		if at := t.Segment.Start; digit(in.src[at-2]) && t.Segment.Len() > 0 && digit(in.src[at]) {
			star = string(in.src[at-1])
		}
	}
	in.write(star)
	in.children(n)
	in.write(star)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// text writes a segment with escapes and entities resolved. A ** that the
// parser left over (CommonMark does not pair it beside full-width punctuation)
// is remembered for heal.
func (in *inline) text(raw []byte, literal bool) {
	if literal {
		in.write(string(raw))
		return
	}
	for {
		i := bytes.Index(raw, []byte("**"))
		if i < 0 || i > 0 && raw[i-1] == '\\' {
			break
		}
		in.write(unescape(raw[:i]))
		in.loose = append(in.loose, in.out.Len())
		in.write("**")
		raw = raw[i+2:]
	}
	in.write(unescape(raw))
}

func unescape(raw []byte) string {
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = util.ResolveEntityNames(util.ResolveNumericReferences(raw))
	}
	if bytes.IndexByte(raw, '\\') >= 0 {
		raw = util.UnescapePunctuations(raw)
	}
	return strings.ToValidUTF8(string(raw), "\ufffd")
}

// tag obeys an inline HTML tag; what is not HTML (<某某单位>) is text.
func (in *inline) tag(raw string) {
	z := html.NewTokenizer(strings.NewReader(raw))
	kind := z.Next()
	if kind == html.CommentToken {
		return
	}
	name, _ := z.TagName()
	step := 1
	if kind == html.EndTagToken {
		step = -1
	}
	switch string(name) {
	case "br":
		in.write("\n")
	case "s", "del", "strike":
		in.struck = max(in.struck+step, 0)
	case "b", "strong":
		in.bold = max(in.bold+step, 0)
	default:
		if !knownTags[string(name)] {
			in.write(raw)
		}
	}
}

// take ends the block: the left-over ** are paired in order, the marks go and
// what is between becomes bold.
func (in *inline) take() (string, []paper.Span, []paper.Span) {
	if n := len(in.loose) / 2 * 2; n > 0 {
		in.out.Unmark(in.loose[:n], len("**"))
	}
	return in.out.Take()
}

// strikeParser reads ~~struck~~ and leaves a single tilde alone.
type strikeParser struct{}

func (strikeParser) Trigger() []byte { return []byte{'~'} }

func (strikeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 2, strikeDelimiter{})
	if node == nil || node.OriginalLength != 2 || before == '~' {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

type strikeDelimiter struct{}

func (strikeDelimiter) IsDelimiter(b byte) bool { return b == '~' }

func (strikeDelimiter) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (strikeDelimiter) OnMatch(int) ast.Node { return extast.NewStrikethrough() }
