// Package opc opens the zip packages that Word and Excel files are (ECMA-376
// part 2, Open Packaging Conventions) without trusting them: what a part
// expands to is measured while it is read, never taken from the archive's own
// claims, and nothing is ever written to disk.
package opc

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// Package is an open file of parts. It is not safe for concurrent use.
type Package struct {
	Name   string // of the file, for messages
	ctx    context.Context
	limits paper.Limits
	parts  map[string]*zip.File // by lower-case name: the standard compares so
	total  int64                // expanded bytes read so far
}

// honest is how far a part may expand before its ratio is looked at.
const honest = 8 << 20

// Open reads the directory of a package.
func Open(ctx context.Context, src paper.Source, l paper.Limits) (*Package, error) {
	l = l.WithDefaults()
	n, err := entries(src, l.Parts)
	if err != nil {
		return nil, err
	}
	if n > l.Parts {
		return nil, paper.Bomb(src.Name, "its list of parts")
	}
	z, err := zip.NewReader(src, src.Size)
	if err != nil {
		return nil, paper.Broken(src.Name, "its package", err)
	}
	p := &Package{Name: src.Name, ctx: ctx, limits: l, parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, paper.Encrypted(src.Name)
		}
		p.parts[key(f.Name)] = f
	}
	return p, nil
}

// entries counts the directory headers in the file by their signature, up to
// one over limit, before any of them is loaded.
func entries(src paper.Source, limit int) (int, error) {
	sign := []byte("PK\x01\x02")
	buf := make([]byte, 64<<10)
	n := 0
	for off := int64(0); off < src.Size && n <= limit; {
		k, err := src.ReadAt(buf, off)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, paper.Broken(src.Name, "its package", err)
		}
		n += bytes.Count(buf[:k], sign)
		if k < len(buf) {
			break
		}
		off += int64(k - len(sign) + 1)
	}
	return n, nil
}

func key(part string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(part, `\`, "/")), "/"))
}

// Has reports whether a part is there.
func (p *Package) Has(part string) bool { return p.parts[key(part)] != nil }

// Open opens a part for reading within the limits. A missing part is an error
// that says so.
func (p *Package) Open(part string) (io.ReadCloser, error) {
	f := p.parts[key(part)]
	if f == nil {
		return nil, paper.Broken(p.Name, part+" (missing)", nil)
	}
	r, err := f.Open()
	if err != nil {
		return nil, paper.Broken(p.Name, part, err)
	}
	return &measured{r: r, p: p, part: part, packed: max(int64(f.CompressedSize64), 1)}, nil
}

// measured counts what comes out of a part.
type measured struct {
	r      io.ReadCloser
	p      *Package
	part   string
	packed int64
	n      int64
}

func (m *measured) Read(b []byte) (int, error) {
	if err := m.p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(b)
	m.n += int64(n)
	m.p.total += int64(n)
	l := m.p.limits
	if m.n > l.PartBytes || m.p.total > l.TotalBytes || m.n > honest && m.n/m.packed > l.Ratio {
		return 0, paper.Bomb(m.p.Name, m.part)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = paper.Broken(m.p.Name, m.part, err)
	}
	return n, err
}

func (m *measured) Close() error { return m.r.Close() }

// Is reports whether src is a package whose main part is of a kind ("word/",
// "xl/"). A package too damaged to tell counts when its extension is ext, so
// that reading it says what is wrong.
func Is(src paper.Source, folder string, exts ...string) bool {
	if !bytes.HasPrefix(src.Head(4), []byte("PK")) {
		return false
	}
	p, err := Open(context.Background(), src, paper.Limits{})
	if err != nil {
		for _, e := range exts {
			if src.Ext() == e {
				return true
			}
		}
		return false
	}
	return strings.HasPrefix(key(p.Main()), folder)
}

// Main is the name of the part the package is about, "" when it has none.
func (p *Package) Main() string {
	for _, r := range p.Rels("") {
		if r.Kind == "officeDocument" && p.Has(r.Target) {
			return r.Target
		}
	}
	for _, guess := range []string{"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"} {
		if p.Has(guess) {
			return guess
		}
	}
	return ""
}

// Rel is a relationship from one part to another.
type Rel struct {
	ID     string
	Kind   string // last word of the relationship type: styles, header …
	Target string // part name within the package
}

// Rels are the internal relationships of a part ("" for the package) in order.
// A package without them, or with unreadable ones, has none.
func (p *Package) Rels(part string) []Rel {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if !p.Has(name) {
		return nil
	}
	x, err := p.XML(name)
	if err != nil {
		return nil
	}
	defer x.Close()
	var out []Rel
	for len(out) < p.limits.Parts {
		s, err := x.NextStart()
		if err != nil {
			break
		}
		if s.Name.Local != "Relationship" || Attr(s, "TargetMode") == "External" {
			continue
		}
		target := Attr(s, "Target")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		out = append(out, Rel{ID: Attr(s, "Id"), Kind: path.Base(Attr(s, "Type")), Target: strings.TrimPrefix(path.Clean("/"+target), "/")})
	}
	return out
}

// asOurs keeps errors that already have a sentence and dresses the others.
func (p *Package) asOurs(part string, err error) error {
	var ours *docket.Error
	if errors.As(err, &ours) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return paper.Broken(p.Name, part, err)
}
