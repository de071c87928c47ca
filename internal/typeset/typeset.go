// Package typeset sets a document on A4 pages, as Word (.docx) and as PDF.
//
// A Doc is a list of blocks in one of two styles: Official follows GB/T
// 9704-2012, the layout of Chinese official papers, minutes (纪要) above all;
// Plain is for working papers in either language. Both writers take their
// measures from the same table (look.go), so a page says and shows the same in
// both formats. The package is pure: the same Doc gives the same bytes, nothing
// is read but the embedded fonts, and these only while a PDF or a chart is made.
//
// Text is taken as it comes: what XML or a page cannot hold is dropped
// (clean.go), and a character the fonts lack is shown as 〓 in the PDF.
package typeset

import "time"

// Style is the look of a document.
type Style uint8

// The styles.
const (
	Plain    Style = iota // working papers: sans-serif, headings, "1 / 4" at the foot
	Official              // GB/T 9704-2012: 22 lines of 28 characters, "— 1 —" outside
	Dense                 // Plain in small type, for what must stand on one page
)

// Doc is a document to be set.
type Doc struct {
	Lang           string // "zh" or "en"
	Style          Style
	Title          string    // of the document's properties
	Issuer         string    // author in the properties
	Made           time.Time // creation date in the properties; not read from any clock
	Header, Footer string    // running text; page numbers are set by Style
	Landscape      bool
	Blocks         []Block
}

// Block is one of the block types of this package.
type Block interface{ block() }

// Tone is one of a small closed set of colours that keep their contrast on
// paper; the zero Tone is the colour of the surrounding text.
type Tone uint8

// The tones.
const (
	Inherit Tone = iota
	Ink
	Red
	Amber
	Green
	Grey
	Blue
)

// Align is where the lines of a paragraph stand.
type Align uint8

// The alignments; Natural is justified in Chinese and flush left in English.
const (
	Natural Align = iota
	Left
	Center
	Right
)

// Run is text of one appearance. A newline in Text breaks the line.
type Run struct {
	Text                           string
	Bold, Italic, Underline, Muted bool // Muted is grey and a little lighter than the text around it
	Color                          Tone
}

// Text is a single run without dress, as most paragraphs and cells are.
func Text(s string) []Run { return []Run{{Text: s}} }

// Masthead is the head of a paper: the red name of minutes or a letterhead,
// under it the number (第3期), then the issuing office left and the date right,
// and a red rule. All but Text may be empty.
type Masthead struct{ Text, Number, Left, Right string }

// Title is the centred title.
type Title struct{ Text string }

// Heading is a heading of level 1 to 4. Numbered headings count on by
// themselves: 一、 （一） 1. （1） in Chinese, 1. 1.1 1.1.1 in English; Word
// keeps the numbers automatic.
type Heading struct {
	Level    int
	Text     string
	Numbered bool
}

// Para is a paragraph of text, indented at its first line where the style does so.
type Para struct {
	Runs     []Run
	NoIndent bool
	Align    Align
}

// Labelled is a label with what belongs to it; lines after the first begin
// under the first character behind the label: 出席：…, "Present: …". The label
// carries its own colon.
type Labelled struct {
	Label string
	Runs  []Run
}

// List is a bulleted or numbered list; every Ordered list begins at 1.
type List struct {
	Items   []Para
	Ordered bool
}

// Cell is one place of a table. Span is the number of columns it takes, 0 meaning 1.
type Cell struct {
	Runs  []Run
	Align Align
	Shade Tone // a light tint of the tone behind the text
	Span  int
}

// Table is a table as wide as the text; Head is repeated on every page. Widths
// are shares of the width; without them the columns are equally wide.
type Table struct {
	Widths []float64
	Head   []string
	Rows   [][]Cell
}

// Signature is the issuing unit and the date at the end, without a seal.
type Signature struct{ Unit, Date string }

// Attachments lists what is attached, under the text.
type Attachments struct{ Items []string }

// Imprint (版记) stands between rules at the foot of the last page: each of
// Lines, then the printing office left and the date right.
type Imprint struct {
	Lines        []string
	Office, Date string
}

// PageBreak begins a new page.
type PageBreak struct{}

// Rule is a thin line across the text.
type Rule struct{}

func (Masthead) block()    {}
func (Title) block()       {}
func (Heading) block()     {}
func (Para) block()        {}
func (Labelled) block()    {}
func (List) block()        {}
func (Table) block()       {}
func (Signature) block()   {}
func (Attachments) block() {}
func (Imprint) block()     {}
func (PageBreak) block()   {}
func (Rule) block()        {}
func (Chart) block()       {}
