package markup

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/docket-os/docket/internal/paper"
)

// CSV reads a table of values separated by comma, semicolon or tab. A file of
// which a value is a whole text (a web archive, say) becomes that text, line by
// line, and the short values beside it become furniture.
func CSV() paper.Reader {
	return paper.Reader{Format: "csv", Extensions: []string{".csv", ".tsv"}, Text: true, Read: readCSV}
}

func readCSV(ctx context.Context, src paper.Source, l paper.Limits) (*paper.Document, error) {
	t, err := load(src, l, nil)
	if err != nil {
		return nil, err
	}
	b := paper.NewBuilder(ctx, src.Name, "csv", l)
	rows, err := records(ctx, src.Name, t, l.WithDefaults().Cells)
	if err != nil {
		return nil, err
	}
	if holdsText(rows) {
		unfold(b, rows)
	} else {
		b.Add(paper.Block{Kind: paper.TableBlock, Line: 1, Table: tableOf(rows)})
	}
	return b.Document()
}

type record struct {
	values []string
	lines  []int // line of each value
}

func records(ctx context.Context, name, t string, limit int) ([]record, error) {
	r := csv.NewReader(strings.NewReader(t))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma(t), true, -1
	var out []record
	cells := 0
	for ctx.Err() == nil {
		values, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, paper.Broken(name, "its rows", err)
		}
		if cells += len(values); cells > limit {
			return nil, paper.TooMany(name, "cells", limit)
		}
		rec := record{values: values, lines: make([]int, len(values))}
		for i := range values {
			rec.lines[i], _ = r.FieldPos(i)
		}
		out = append(out, rec)
	}
	return nil, ctx.Err()
}

// comma is the separator that occurs most outside quotes on the first lines.
func comma(t string) rune {
	counts := map[rune]int{}
	quoted, lines := false, 0
	for _, r := range t[:min(len(t), 64<<10)] {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n':
			lines++
		case r == ',' || r == ';' || r == '\t':
			counts[r]++
		}
		if lines >= 20 {
			break
		}
	}
	best := ','
	for _, r := range []rune{';', '\t'} {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}

// holdsText reports a value of more than twenty lines: that is a document.
func holdsText(rows []record) bool {
	for _, r := range rows {
		for _, v := range r.values {
			if strings.Count(v, "\n") > 20 {
				return true
			}
		}
	}
	return false
}

func unfold(b *paper.Builder, rows []record) {
	for i, r := range rows {
		for j, v := range r.values {
			if strings.Count(v, "\n") <= 20 {
				b.Add(paper.Block{Kind: paper.Furniture, Text: strings.TrimSpace(v), Line: r.lines[j]})
				if i > 0 && j < len(rows[0].values) && isTitle(rows[0].values[j]) {
					b.SetTitle(v)
				}
				continue
			}
			n := r.lines[j]
			for line := range strings.SplitSeq(v, "\n") {
				b.Add(paper.Block{Text: strings.TrimRight(line, " \t"), Line: n})
				n++
			}
		}
	}
}

func isTitle(column string) bool {
	c := strings.ToLower(strings.TrimSpace(column))
	return c == "title" || c == "标题" || c == "名称"
}

// tableOf makes one table; its first row is taken for the heading when all its
// values say something and none is a number.
func tableOf(rows []record) *paper.Table {
	var g paper.Grid
	for _, r := range rows {
		line := 0
		if len(r.lines) > 0 {
			line = r.lines[0]
		}
		g.Row(line, 0)
		for _, v := range r.values {
			g.Cell(paper.Cell{Text: strings.TrimSpace(v)}, 1, 1)
		}
	}
	header := 0
	if len(rows) > 1 && paper.LooksLikeHeader(rows[0].values) {
		header = 1
	}
	return g.Table(header)
}
