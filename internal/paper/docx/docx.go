// Package docx reads Word files (ECMA-376, transitional and strict, WPS's too):
// paragraphs, headings, tables, text boxes, notes, comments, running heads. The
// numbers Word computes (一、 （一） 1. ①) are computed and stand in the text;
// tracked insertions are kept, tracked deletions are not. Macros and embedded
// objects are never looked at.
package docx

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/opc"
)

// Reader reads .docx and its relatives.
func Reader() paper.Reader {
	exts := []string{".docx", ".docm", ".dotx"}
	return paper.Reader{
		Format: "docx", Extensions: exts,
		Sniff: func(src paper.Source) bool { return opc.Is(src, "word/", exts...) },
		Read:  read,
	}
}

// file is one open Word file.
type file struct {
	pkg   *opc.Package
	out   *paper.Builder
	st    *styles
	num   *numbering
	marks map[string]map[string]string // footnote or endnote → id → its mark in the text
	paged bool                         // the file says where its pages end
	limit int                          // bytes of text in one paragraph or table
	cells int                          // places in one table
}

func read(ctx context.Context, src paper.Source, l paper.Limits) (*paper.Document, error) {
	l = l.WithDefaults()
	pkg, err := opc.Open(ctx, src, l)
	if err != nil {
		return nil, err
	}
	main := pkg.Main()
	if !strings.HasPrefix(main, "word/") {
		return nil, paper.Broken(src.Name, "word/document.xml (missing)", nil)
	}
	f := &file{pkg: pkg, out: paper.NewBuilder(ctx, src.Name, "docx", l), limit: 4 * l.Characters, cells: l.Cells,
		marks: map[string]map[string]string{"footnote": {}, "endnote": {}}}
	if err := f.parts(main); err != nil {
		return nil, err
	}
	doc, err := f.out.Document()
	if err == nil && !f.paged {
		clearPages(doc)
	}
	return doc, err
}

// clearPages takes the page numbers off a file that says nothing of pages.
func clearPages(d *paper.Document) {
	for i := range d.Blocks {
		d.Blocks[i].Page = 0
		if t := d.Blocks[i].Table; t != nil {
			for j := range t.Rows {
				t.Rows[j].Page = 0
			}
		}
	}
}

// parts reads the parts of the file in the order in which they are to stand:
// running heads, the body, notes, comments, running feet.
func (f *file) parts(main string) error {
	rels := f.pkg.Rels(main)
	one := func(kind string) string {
		i := slices.IndexFunc(rels, func(r opc.Rel) bool { return r.Kind == kind && f.pkg.Has(r.Target) })
		if i < 0 {
			return ""
		}
		return rels[i].Target
	}
	var err error
	if f.st, err = readStyles(f.pkg, one("styles")); err != nil {
		return err
	}
	if f.num, err = readNumbering(f.pkg, one("numbering"), f.st); err != nil {
		return err
	}
	f.title()
	if err := f.running(rels, "header"); err != nil {
		return err
	}
	if err := f.body(main); err != nil {
		return err
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if err := f.noteBlocks(one(kind+"s"), kind); err != nil {
			return err
		}
	}
	if err := f.aside(one("comments")); err != nil {
		return err
	}
	return f.running(rels, "footer")
}

// title takes the title of the core properties; damage there is no reason to stop.
func (f *file) title() {
	for _, r := range f.pkg.Rels("") {
		if r.Kind != "core-properties" || !f.pkg.Has(r.Target) {
			continue
		}
		x, err := f.pkg.XML(r.Target)
		if err != nil {
			return
		}
		for {
			s, err := x.NextStart()
			if err != nil {
				break
			}
			if s.Name.Local == "title" {
				if t, err := x.Text(); err == nil {
					f.out.SetTitle(t)
				}
				break
			}
		}
		_ = x.Close() // read only: nothing can be lost
	}
}

// running reads the heads or feet, each different text once, as furniture.
func (f *file) running(rels []opc.Rel, kind string) error {
	said := map[string]bool{}
	for _, r := range rels {
		if r.Kind != kind || !f.pkg.Has(r.Target) {
			continue
		}
		blocks, err := f.part(r.Target)
		if err != nil {
			return err
		}
		for _, k := range blocks {
			if !said[k.Text] {
				said[k.Text] = true
				f.furniture(k)
			}
		}
	}
	return nil
}

func (f *file) furniture(k paper.Block) {
	if k.Table != nil {
		k = paper.Block{Text: k.Table.Text()}
	}
	k.Kind, k.Level, k.Page, k.Line = paper.Furniture, 0, 0, 0
	f.out.Add(k)
}

// aside reads a whole part as furniture.
func (f *file) aside(part string) error {
	if part == "" {
		return nil
	}
	blocks, err := f.part(part)
	for _, k := range blocks {
		f.furniture(k)
	}
	return err
}

// part reads the blocks of a side part; what it numbers does not touch the body.
func (f *file) part(name string) ([]paper.Block, error) {
	x, err := f.pkg.XML(name)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	var blocks []paper.Block
	w := &walker{f: f, x: x, num: f.num.fresh(), emit: func(k paper.Block) { blocks = append(blocks, k) }}
	if err := w.all(); err != nil {
		return nil, err
	}
	return blocks, nil
}

func (f *file) body(main string) error {
	rendered, err := f.mentions(main, "lastRenderedPageBreak")
	if err != nil {
		return err
	}
	x, err := f.pkg.XML(main)
	if err != nil {
		return err
	}
	defer x.Close()
	w := &walker{f: f, x: x, num: f.num, rendered: rendered, page: 1, emit: func(k paper.Block) { f.out.Add(k) }}
	if err := w.all(); err != nil {
		return err
	}
	f.paged = rendered || w.page > 1
	return f.out.Err()
}

// mentions scans a part for a word before it is parsed.
func (f *file) mentions(part, word string) (bool, error) {
	r, err := f.pkg.Open(part)
	if err != nil {
		return false, err
	}
	defer r.Close()
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		if strings.Contains(string(buf[:kept+n]), word) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		end := kept + n
		kept = min(end, len(word))
		copy(buf, buf[end-kept:end])
	}
}
