package preview

import (
	"unicode/utf8"

	"github.com/docket-os/docket/internal/paper"
)

// Block is a piece of a document as a page shows it: text only, never markup.
type Block struct {
	Kind  string     `json:"kind" enum:"heading,text,item,table"`
	Level int        `json:"level,omitempty"`
	Page  int        `json:"page,omitempty"`
	Text  string     `json:"text,omitempty"`
	Rows  [][]string `json:"rows,omitempty"`
}

// Bounds of a text preview.
const (
	maxBlocks  = 400
	maxRows    = 1000 // of all tables together
	maxColumns = 40
	maxRunes   = 200_000
	maxCell    = 500 // characters of one cell
)

// Text makes the start of a document ready to be shown; cut reports that more
// follows.
func Text(doc *paper.Document) (blocks []Block, cut bool) {
	rows, runes := 0, 0
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if len(blocks) == maxBlocks || rows >= maxRows || runes >= maxRunes {
			return blocks, true
		}
		out := Block{Level: b.Level, Page: b.Page}
		switch b.Kind {
		case paper.Furniture:
			continue
		case paper.Heading:
			out.Kind = "heading"
		case paper.ListItem:
			out.Kind = "item"
		case paper.TableBlock:
			var short bool
			out.Kind = "table"
			out.Rows, short = grid(b.Table, maxRows-rows, maxRunes-runes)
			rows, cut = rows+len(out.Rows), cut || short
			for _, r := range out.Rows {
				for _, c := range r {
					runes += utf8.RuneCountInString(c)
				}
			}
			blocks = append(blocks, out)
			continue
		default:
			out.Kind = "text"
		}
		var short bool
		out.Text, short = first(b.Text, maxRunes-runes)
		cut = cut || short
		runes += utf8.RuneCountInString(out.Text)
		blocks = append(blocks, out)
	}
	return blocks, cut
}

// grid takes as much of a table as there is room for; what a merged cell
// repeats stays empty.
func grid(t *paper.Table, rows, runes int) (out [][]string, cut bool) {
	for _, row := range t.Rows {
		if len(out) >= rows || runes <= 0 {
			return out, true
		}
		cells := make([]string, 0, min(len(row.Cells), maxColumns))
		for _, c := range row.Cells {
			if len(cells) == maxColumns {
				cut = true
				break
			}
			text := ""
			if !c.Merged {
				var short bool
				text, short = first(c.Text, maxCell)
				cut = cut || short
			}
			runes -= utf8.RuneCountInString(text)
			cells = append(cells, text)
		}
		out = append(out, cells)
	}
	return out, cut
}

// first is at most n characters of a text.
func first(text string, n int) (string, bool) {
	if len(text) <= n {
		return text, false
	}
	r := []rune(text)
	if len(r) <= n {
		return text, false
	}
	return string(r[:max(0, n)]), true
}
