package paper

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
)

// Source is a file to read: its name, which is only a label, and its bytes.
type Source struct {
	Name string
	Size int64
	io.ReaderAt
}

// Bytes makes a Source of data in memory.
func Bytes(name string, data []byte) Source {
	return Source{Name: name, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}
}

// Head returns at most the first n bytes; nil when they cannot be read.
func (s Source) Head(n int) []byte {
	b := make([]byte, min(int64(n), max(s.Size, 0)))
	if k, err := s.ReadAt(b, 0); k < len(b) && err != nil {
		return b[:k]
	}
	return b
}

// All returns the whole content. The caller has checked Size against its limit.
func (s Source) All() ([]byte, error) {
	b := make([]byte, max(s.Size, 0))
	if n, err := s.ReadAt(b, 0); int64(n) < s.Size {
		return nil, fmt.Errorf("read %s: %w", s.Name, err)
	}
	return b, nil
}

// Ext is the extension in the source's name, lower case, with its dot.
func (s Source) Ext() string { return strings.ToLower(filepath.Ext(s.Name)) }

// Reader reads one format.
type Reader struct {
	Format     string   // docx, pdf, xlsx, csv, md, html, txt
	Extensions []string // lower case, with the dot
	// Text is set for formats that any text file could be: they are chosen by
	// extension.
	Text bool
	// Sniff reports that the content is certainly of this format, whatever the
	// file is called. Nil means that content never tells.
	Sniff func(Source) bool
	Read  func(context.Context, Source, Limits) (*Document, error)
}

// Readers are the formats a program reads, in order of trial.
type Readers []Reader

// Read turns a file into a document: refuses what is empty, too large, foreign
// or marked secret, and chooses the reader by content first, extension second.
// Errors that a person can mend are *docket.Error.
func (rs Readers) Read(ctx context.Context, src Source, l Limits) (*Document, error) {
	l = l.WithDefaults()
	if err := checkName(src, l); err != nil {
		return nil, err
	}
	r, err := rs.choose(src)
	if err != nil {
		return nil, err
	}
	doc, err := r.Read(ctx, src, l)
	if err != nil {
		return nil, fmt.Errorf("read %s as %s: %w", src.Name, r.Format, err)
	}
	if err := Guard(doc); err != nil {
		return nil, err
	}
	return doc, nil
}

// checkName refuses what need not be opened to be refused.
func checkName(src Source, l Limits) error {
	if err := GuardName(src.Name); err != nil {
		return err
	}
	if src.Size == 0 {
		return Empty(src.Name)
	}
	if src.Size > l.FileBytes {
		return FileTooLarge(src.Name, l.FileBytes)
	}
	return nil
}

func (rs Readers) choose(src Source) (Reader, error) {
	for _, r := range rs {
		if r.Sniff != nil && r.Sniff(src) {
			return r, nil
		}
	}
	if err := Foreign(src); err != nil {
		return Reader{}, err
	}
	ext := src.Ext()
	i := slices.IndexFunc(rs, func(r Reader) bool { return slices.Contains(r.Extensions, ext) })
	switch {
	case i >= 0 && rs[i].Text:
		return rs[i], nil
	case i >= 0:
		return Reader{}, Mismatch(src.Name, rs[i].Format)
	case ext == "":
		if i = slices.IndexFunc(rs, func(r Reader) bool { return r.Format == "txt" }); i >= 0 {
			return rs[i], nil
		}
	}
	return Reader{}, rs.unknown(src.Name)
}

func (rs Readers) unknown(file string) error {
	var known []string
	for _, r := range rs {
		known = append(known, r.Extensions[0])
	}
	list := strings.Join(known, " ")
	return docket.Errorf(docket.Unsupported, "paper.unknown",
		file+" is of no format that is read here. Save it as one of "+list+", or paste its text.", "file", file, "formats", list)
}
