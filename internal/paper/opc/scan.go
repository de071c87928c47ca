package opc

import (
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/docket-os/docket/internal/paper"
)

// Verify expands every part once, within the limits, and refuses document types
// and broken XML. Code that trusts a package's claims, or stops silently where
// XML breaks, may read it afterwards.
func (p *Package) Verify() error {
	names := make([]string, 0, len(p.parts))
	for name := range p.parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if strings.HasSuffix(name, "/") {
			continue
		}
		ext := path.Ext(name)
		var err error
		if ext == ".xml" || ext == ".rels" {
			err = p.wellFormed(name)
		} else {
			err = p.scan(name, []byte("<!DOCTYPE"), ext == ".vml", nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// wellFormed reads a part of XML to its end.
func (p *Package) wellFormed(part string) error {
	x, err := p.XML(part)
	if err != nil {
		return err
	}
	defer x.Close()
	for {
		if _, err := x.token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

// Tail gives what a part holds from the first occurrence of a word on, at most
// limit bytes; nil when the word does not occur.
func (p *Package) Tail(part, word string, limit int) ([]byte, error) {
	var tail []byte
	err := p.scan(part, []byte(word), false, func(b []byte) {
		tail = append(tail, b[:min(len(b), limit-len(tail))]...)
	})
	return tail, err
}

// scan streams a part and looks for a word: found, it is a forbidden document
// type, or from there on everything goes to tail.
func (p *Package) scan(part string, word []byte, forbid bool, tail func([]byte)) error {
	r, err := p.Open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	buf := make([]byte, 64<<10)
	kept, found := 0, false
	for {
		n, err := r.Read(buf[kept:])
		if err != nil && !errors.Is(err, io.EOF) {
			return p.asOurs(part, err)
		}
		window := buf[:kept+n]
		if found {
			tail(window)
			window = nil
		} else if i := bytes.Index(window, word); i >= 0 {
			if forbid {
				return paper.Doctype(p.Name, part)
			}
			if tail != nil {
				found = true
				tail(window[i:])
				window = nil
			}
		}
		if err != nil {
			return nil
		}
		kept = min(len(window), len(word)-1)
		copy(buf, window[len(window)-kept:])
	}
}
