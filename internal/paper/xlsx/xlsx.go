// Package xlsx reads Excel workbooks as data: one heading and one table per
// sheet, values as Excel shows them, merged cells filled, formulas by the value
// last computed. Nothing is calculated and no macro is run.
package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/opc"
)

// maxExpanded bounds a workbook expanded: excelize holds the parts in memory.
const maxExpanded = 192 << 20

// maxWork bounds the places visited, empty ones included, in multiples of the
// cells allowed: a sheet may claim 16,384 columns in each of a million rows.
const maxWork = 16

// Reader reads .xlsx, and .xlsm without its macros.
func Reader() paper.Reader {
	exts := []string{".xlsx", ".xlsm", ".xltx"}
	return paper.Reader{
		Format: "xlsx", Extensions: exts,
		Sniff: func(src paper.Source) bool { return opc.Is(src, "xl/", exts...) },
		Read:  read,
	}
}

// workbook is one open file.
type workbook struct {
	ctx   context.Context
	pkg   *opc.Package
	f     *excelize.File
	out   *paper.Builder
	work  int // places visited so far
	limit int // places allowed in tables
}

func read(ctx context.Context, src paper.Source, l paper.Limits) (doc *paper.Document, err error) {
	l = l.WithDefaults()
	l.TotalBytes = min(l.TotalBytes, maxExpanded)
	checked, err := opc.Open(ctx, src, l)
	if err != nil {
		return nil, err
	}
	if err := checked.Verify(); err != nil {
		return nil, err
	}
	pkg, err := opc.Open(ctx, src, l) // counts afresh
	if err != nil {
		return nil, err
	}
	defer func() { // excelize is not ours; what breaks it is a broken file
		if r := recover(); r != nil {
			doc, err = nil, paper.Broken(src.Name, "its sheets", fmt.Errorf("%v", r))
		}
	}()
	f, err := excelize.OpenReader(io.NewSectionReader(src, 0, src.Size), excelize.Options{
		UnzipSizeLimit: maxExpanded, UnzipXMLSizeLimit: maxExpanded, // equal: nothing goes to disk
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, paper.Broken(src.Name, "its workbook", err)
	}
	defer f.Close()
	w := &workbook{ctx: ctx, pkg: pkg, f: f, out: paper.NewBuilder(ctx, src.Name, "xlsx", l), limit: l.Cells}
	if p, err := f.GetDocProps(); err == nil {
		w.out.SetTitle(p.Title)
	}
	for _, name := range f.GetSheetList() {
		if err := w.sheet(name); err != nil {
			return nil, err
		}
	}
	return w.out.Document()
}

// sheet writes the name of a sheet and its table. A hidden sheet is read like
// any other and said to be hidden.
func (w *workbook) sheet(name string) error {
	rows, err := w.rows(name)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	if visible, err := w.f.GetSheetVisible(name); err == nil && !visible {
		w.out.Add(paper.Block{Kind: paper.Furniture, Text: "[hidden sheet / 隐藏工作表] " + name})
	}
	w.out.Add(paper.Block{Kind: paper.Heading, Level: 1, Text: name})
	w.out.Add(paper.Block{Kind: paper.TableBlock, Line: rows[0].Line, Table: &paper.Table{Header: headerOf(rows), Rows: rows}})
	return w.out.Err()
}

// rows reads the rows that say something, each with its number in the sheet.
func (w *workbook) rows(name string) ([]paper.Row, error) {
	merged, err := w.merges(name)
	if err != nil {
		return nil, err
	}
	it, err := w.f.Rows(name)
	if err != nil {
		var none excelize.ErrSheetNotExist
		if errors.As(err, &none) || strings.Contains(err.Error(), "not a worksheet") { // a chart sheet
			return nil, nil
		}
		return nil, paper.Broken(w.pkg.Name, name, err)
	}
	var out []paper.Row
	cells, width := 0, 0
	for n := 1; it.Next(); n++ {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
		values, err := it.Columns()
		if err != nil {
			return nil, paper.Broken(w.pkg.Name, place(name, n), err)
		}
		w.work += len(values) + len(merged.open)
		row := merged.fill(n, values, width)
		width = max(width, len(row))
		if row != nil {
			cells += width
		}
		if cells > w.limit || w.work > maxWork*w.limit {
			return nil, paper.TooMany(w.pkg.Name, "cells", w.limit)
		}
		if row == nil {
			continue
		}
		out = append(out, paper.Row{Cells: row, Line: n})
	}
	if err := it.Close(); err != nil {
		return nil, paper.Broken(w.pkg.Name, name, err)
	}
	for i := range out {
		for len(out[i].Cells) < width {
			out[i].Cells = append(out[i].Cells, paper.Cell{})
		}
	}
	return out, nil
}

func place(sheet string, row int) string { return fmt.Sprintf("%s, row %d", sheet, row) }

// headerOf finds the row of column names among the first five and counts the
// rows down to it; titles merged over the sheet stand above it. 0 when unsure.
func headerOf(rows []paper.Row) int {
	for i := range min(len(rows)-1, 5) {
		var values []string
		single := true
		for _, c := range rows[i].Cells {
			single = single && (c.Merged || len(values) == 0)
			values = append(values, c.Text)
		}
		if !single && paper.LooksLikeHeader(trimTail(values)) {
			return i + 1
		}
	}
	return 0
}

func trimTail(values []string) []string {
	for len(values) > 0 && strings.TrimSpace(values[len(values)-1]) == "" {
		values = values[:len(values)-1]
	}
	return values
}
