package reading_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading"
)

// FuzzRead reads arbitrary lines as a text: no panic, nothing lost, nothing invented.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.script")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(data), " --\n")
		text, _, _ := strings.Cut(rest, "-- want --")
		f.Add(text, uint8(len(file)%6))
	}
	f.Add("一、二、一、\n（一\n1.1.1.1 x\n〔2026", uint8(1))
	f.Fuzz(func(t *testing.T, text string, form uint8) {
		doc := arbitrary(text, form)
		checkInvariants(t, doc, reading.Read(doc, reading.Options{Known: func(string) bool { return false }}))
	})
}

// arbitrary makes blocks of any kind out of lines; a line with tabs may become
// the row of a table.
func arbitrary(text string, form uint8) *paper.Document {
	doc := &paper.Document{Format: []string{"txt", "md", "docx", "pdf", "csv", ""}[form%6]}
	var table *paper.Table
	flush := func(line int) {
		if table != nil {
			doc.Blocks = append(doc.Blocks, paper.Block{Kind: paper.TableBlock, Table: table, Text: table.Text(), Line: line})
			table = nil
		}
	}
	for i, l := range strings.Split(text, "\n") {
		if form&8 != 0 && strings.Contains(l, "\t") {
			if table == nil {
				table = &paper.Table{}
			}
			var row paper.Row
			for j, c := range strings.Split(l, "\t") {
				merged := c == "^" && j > 0
				if merged {
					c = row.Cells[j-1].Text
				}
				row.Cells = append(row.Cells, paper.Cell{Text: c, Merged: merged})
			}
			table.Rows = append(table.Rows, row)
			continue
		}
		flush(i)
		b := paper.Block{Text: l, Line: i + 1, Page: i / 7 * int(form>>7)}
		switch {
		case form&16 != 0 && strings.HasPrefix(l, "#"):
			b.Kind, b.Level = paper.Heading, 1+len(l)%4
		case form&32 != 0 && len(l)%5 == 0:
			b.Kind = paper.ListItem
		case form&64 != 0 && len(l) > 6:
			b.Struck = []paper.Span{{Start: 0, End: 6}}
			b.Bold = []paper.Span{{Start: 0, End: len(l)}}
		}
		doc.Blocks = append(doc.Blocks, b)
	}
	flush(0)
	return doc
}
