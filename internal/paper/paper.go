// Package paper is the neutral form every document takes on its way in: blocks
// and tables in reading order, whatever file they came from. The formats are
// sub-packages that import this one; nothing here knows about any of them.
//
// A program lists the formats it reads as a value, Readers, and asks it to Read
// a file: the format is chosen by content first and by extension second, files
// that cannot be read are refused with a sentence and the way out, and a file
// or text that bears a secrecy marking is refused by Guard before anybody sees
// it. Every reader keeps all of the text and stays within Limits.
package paper

import "strings"

// Kind is what a Block is on the page.
type Kind uint8

// The kinds.
const (
	Paragraph  Kind = iota
	Heading         // by style or markup; Level says how deep
	ListItem        // by markup or automatic numbering; Level says how deep (0-based)
	TableBlock      // Table is set; Text is the cells joined by tabs and newlines
	Furniture       // running head, page number, navigation: set aside, shown as such, never dropped
)

// Span is a half-open byte range in Block.Text.
type Span struct{ Start, End int }

// Block is one paragraph, heading, list item or table.
type Block struct {
	Kind  Kind
	Level int
	// Text is what a reader of the page sees, computed labels included
	// (Word's automatic 一、 stands at its start). A newline stands where the
	// source breaks the line inside the block.
	Text string
	// Label is the automatic number that starts Text (Word numbering, a Markdown
	// or HTML list); empty where the number is typed or absent.
	Label string
	// Page is 1-based; 0 where the format has no pages.
	Page int
	// Line is the 1-based line (text formats), paragraph (Word) or row (sheets) it starts at.
	Line int
	// Struck are the struck-through ranges of Text; Bold those set in bold.
	Struck, Bold []Span
	Table        *Table
}

// Table is a grid with a Cell for every place, merged cells included.
type Table struct {
	// Header is the number of leading rows that are headings (0 when unknown).
	Header int
	Rows   []Row
}

// Row is one row of a table.
type Row struct {
	Cells []Cell
	Page  int
	Line  int // 1-based row of the sheet or line of the text
}

// Cell is one place of the grid. Merged is set on places covered by a cell
// above or to the left; their Text repeats that cell's text.
type Cell struct {
	Text   string
	Merged bool
	Struck []Span
}

// Document is a file read into blocks.
type Document struct {
	Name   string // the file's name, a label only
	Format string // docx, pdf, xlsx, csv, md, html, txt
	Title  string // from the file's own properties or front matter, a hint only
	Blocks []Block
}

// Text returns everything the document says, blocks joined by newlines. The
// clauses of a reading, joined in order, equal it but for white space.
func (d *Document) Text() string {
	var b strings.Builder
	for i := range d.Blocks {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(d.Blocks[i].Text)
	}
	return b.String()
}

// Text joins the cells of a row by tabs and the rows by newlines; a merged
// cell's text is said once, in its first place.
func (t *Table) Text() string {
	var b strings.Builder
	for i, row := range t.Rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, c := range row.Cells {
			if j > 0 {
				b.WriteByte('\t')
			}
			if !c.Merged {
				b.WriteString(c.Text)
			}
		}
	}
	return b.String()
}
