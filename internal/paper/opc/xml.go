package opc

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"github.com/docket-os/docket/internal/paper"
)

// maxDepth bounds element nesting; real documents stay below sixty.
const maxDepth = 256

// XML streams the elements of one part. Document types and entities are
// refused: an office file has none.
type XML struct {
	d     *xml.Decoder
	c     io.Closer
	p     *Package
	part  string
	depth int
}

// XML opens a part as XML. The caller closes it.
func (p *Package) XML(part string) (*XML, error) {
	r, err := p.Open(part)
	if err != nil {
		return nil, err
	}
	b := bufio.NewReaderSize(r, 64<<10)
	var in io.Reader = b
	if head, _ := b.Peek(2); bytes.Equal(head, []byte("\xff\xfe")) || bytes.Equal(head, []byte("\xfe\xff")) {
		in = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(b)
	}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return r, nil // decoded above
		}
		return charset.NewReaderLabel(label, r)
	}
	return &XML{d: d, c: r, p: p, part: part}, nil
}

// Close ends the reading.
func (x *XML) Close() error { return x.c.Close() }

// token gives the next token; io.EOF at the end of the part.
func (x *XML) token() (xml.Token, error) {
	t, err := x.d.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, x.p.asOurs(x.part, err)
	}
	switch t := t.(type) {
	case xml.Directive:
		if bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(t)), []byte("DOCTYPE")) {
			return nil, paper.Doctype(x.p.Name, x.part)
		}
	case xml.StartElement:
		if x.depth++; x.depth > maxDepth {
			return nil, paper.Broken(x.p.Name, x.part+" (nested too deeply)", nil)
		}
	case xml.EndElement:
		x.depth--
	}
	return t, nil
}

// NextStart gives the next start element at any depth.
func (x *XML) NextStart() (xml.StartElement, error) {
	for {
		t, err := x.token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

// Children calls fn for each child element of the element just started, which
// fn must consume by Children, Skip or Text, and text (if not nil) for the
// characters between. It returns after the end of the element.
func (x *XML) Children(fn func(xml.StartElement) error, text func([]byte)) error {
	level := x.depth
	for {
		t, err := x.token()
		if errors.Is(err, io.EOF) {
			if level > 0 {
				return paper.Broken(x.p.Name, x.part, io.ErrUnexpectedEOF)
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := fn(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text != nil {
				text(t)
			}
		}
	}
}

// Skip passes over the rest of the element just started.
func (x *XML) Skip() error {
	for level := x.depth; x.depth >= level; {
		if _, err := x.token(); err != nil {
			if errors.Is(err, io.EOF) {
				return paper.Broken(x.p.Name, x.part, io.ErrUnexpectedEOF)
			}
			return err
		}
	}
	return nil
}

// Text gives the characters of the element just started, its children's included.
func (x *XML) Text() (string, error) {
	var b strings.Builder
	for level := x.depth; x.depth >= level; {
		t, err := x.token()
		if err != nil {
			return "", err
		}
		if c, ok := t.(xml.CharData); ok {
			b.Write(c)
		}
	}
	return b.String(), nil
}

// Attr is the value of an attribute by local name, "" when absent.
func Attr(s xml.StartElement, local string) string {
	for i := range s.Attr {
		if s.Attr[i].Name.Local == local {
			return s.Attr[i].Value
		}
	}
	return ""
}
