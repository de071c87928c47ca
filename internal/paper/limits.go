package paper

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
)

// Limits bound what one file may cost. A zero field means its default.
type Limits struct {
	FileBytes  int64 // size of the file; 32 MiB
	Characters int   // of text, in Unicode characters; 3,000,000: a 60,000-character plan fifty times
	Blocks     int   // paragraphs and rows of tables; 50,000
	Cells      int   // places in all tables together; 2,000,000
	Parts      int   // members of a zip package; 10,000
	PartBytes  int64 // one member, expanded; 256 MiB
	TotalBytes int64 // all members read, expanded; 512 MiB
	Ratio      int64 // expanded to packed size of one member beyond its first 8 MiB; 250
}

// WithDefaults returns l with every zero field at its default.
func (l Limits) WithDefaults() Limits {
	or := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	orInt := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	or(&l.FileBytes, 32<<20)
	orInt(&l.Characters, 3_000_000)
	orInt(&l.Blocks, 50_000)
	orInt(&l.Cells, 2_000_000)
	orInt(&l.Parts, 10_000)
	or(&l.PartBytes, 256<<20)
	or(&l.TotalBytes, 512<<20)
	or(&l.Ratio, 250)
	return l
}

// Builder gathers the blocks of one document within the limits. Its error is
// sticky: after the first, Add does nothing and Document returns it.
type Builder struct {
	ctx    context.Context
	doc    Document
	limits Limits
	chars  int
	cells  int
	rows   int // of tables
	err    error
}

// NewBuilder starts a document; a done ctx stops it as a limit does.
func NewBuilder(ctx context.Context, name, format string, l Limits) *Builder {
	return &Builder{ctx: ctx, doc: Document{Name: name, Format: format}, limits: l.WithDefaults()}
}

// SetTitle notes the file's own title; the first one that says something stays.
func (b *Builder) SetTitle(title string) {
	if b.doc.Title == "" {
		b.doc.Title = strings.TrimSpace(title)
	}
}

// Add appends a block unless it says nothing. The Text of a table is filled in.
// It reports whether more may follow.
func (b *Builder) Add(k Block) bool {
	if b.err != nil {
		return false
	}
	if b.err = b.ctx.Err(); b.err != nil {
		return false
	}
	if k.Table != nil {
		b.rows += len(k.Table.Rows)
		for _, row := range k.Table.Rows {
			b.cells += len(row.Cells)
		}
		if b.cells > b.limits.Cells {
			b.err = TooMany(b.doc.Name, "cells", b.limits.Cells)
			return false
		}
		k.Text = k.Table.Text()
	}
	if strings.TrimSpace(k.Text) == "" {
		return true
	}
	b.chars += utf8.RuneCountInString(k.Text)
	switch {
	case b.chars > b.limits.Characters:
		b.err = TooMany(b.doc.Name, "characters", b.limits.Characters)
	case len(b.doc.Blocks)+b.rows >= b.limits.Blocks:
		b.err = TooMany(b.doc.Name, "paragraphs", b.limits.Blocks)
	default:
		b.doc.Blocks = append(b.doc.Blocks, k)
	}
	return b.err == nil
}

// Err is the first error met.
func (b *Builder) Err() error { return b.err }

// Fail records err unless one is there already.
func (b *Builder) Fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Document ends the work. A document without any text is an error.
func (b *Builder) Document() (*Document, error) {
	if b.err != nil {
		return nil, b.err
	}
	if len(b.doc.Blocks) == 0 {
		return nil, NoText(b.doc.Name)
	}
	return &b.doc, nil
}

// TooMany says that a document is over a limit; what is characters, paragraphs or cells.
func TooMany(file, what string, limit int) error {
	n := strconv.Itoa(limit)
	return docket.Errorf(docket.TooLarge, "paper.too_many_"+what,
		file+" holds more than "+n+" "+what+"; split it and import the parts.", "file", file, "limit", n)
}
