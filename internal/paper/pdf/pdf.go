// Package pdf reads the text layer of PDF files. PDFium, compiled to
// WebAssembly, runs in a child process of the same binary: a hostile file meets
// a sandbox without files or network inside a process that may be killed, with
// bounded memory and time. The child only reports characters, ruling lines and
// their places; lines, paragraphs, tables and running heads are made of them
// here, by pure code.
//
// A program that uses the package calls ChildMain when its first argument is
// the one given in Config.Args.
package pdf

import (
	"bytes"
	"context"
	"runtime"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// Config says how children are run. Exe must be set.
type Config struct {
	Exe       string        // the program to run, our own binary
	Args      []string      // its arguments; "pdf-child" when empty
	CacheDir  string        // keeps PDFium compiled between runs; empty compiles each time, for seconds
	Timeout   time.Duration // for one file; 60 s when zero
	MemoryMiB int           // for PDFium; 512 when zero
	MaxPages  int           // 5,000 when zero
	Parallel  int           // children at once; the number of processors when zero
}

func (c Config) withDefaults() Config {
	if len(c.Args) == 0 {
		c.Args = []string{"pdf-child"}
	}
	if c.Timeout <= 0 {
		c.Timeout = time.Minute
	}
	if c.MemoryMiB <= 0 {
		c.MemoryMiB = 512
	}
	if c.MaxPages <= 0 {
		c.MaxPages = 5000
	}
	if c.Parallel <= 0 {
		c.Parallel = runtime.GOMAXPROCS(0)
	}
	return c
}

// New makes the reader of PDF files. It waits for a free child when Parallel
// are running.
func New(c Config) paper.Reader {
	c = c.withDefaults()
	free := make(chan struct{}, c.Parallel)
	return paper.Reader{
		Format: "pdf", Extensions: []string{".pdf"}, Sniff: sniff,
		Read: func(ctx context.Context, src paper.Source, l paper.Limits) (*paper.Document, error) {
			select {
			case free <- struct{}{}:
				defer func() { <-free }()
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			return read(ctx, c, src, l.WithDefaults())
		},
	}
}

// sniff finds the header within the first kilobyte, as PDF readers do.
func sniff(src paper.Source) bool {
	head := src.Head(1024)
	return bytes.HasPrefix(head, []byte("%PDF-")) || src.Ext() == ".pdf" && bytes.Contains(head, []byte("%PDF-"))
}

func read(ctx context.Context, c Config, src paper.Source, l paper.Limits) (*paper.Document, error) {
	if src.Size > l.FileBytes {
		return nil, paper.FileTooLarge(src.Name, l.FileBytes)
	}
	pages, title, err := extract(ctx, c, src, l)
	if err != nil {
		return nil, err
	}
	if err := readable(src.Name, pages); err != nil {
		return nil, err
	}
	b := paper.NewBuilder(ctx, src.Name, "pdf", l)
	b.SetTitle(title)
	for _, k := range layout(pages) {
		b.Add(k)
	}
	return b.Document()
}

// readable refuses scans and text layers that cannot be decoded, naming pages.
func readable(name string, pages []page) error {
	var scanned, garbled []int
	for i, p := range pages {
		good, bad := p.quality()
		switch {
		case good+bad == 0 && p.Images > 0:
			scanned = append(scanned, i+1)
		case bad > 0 && bad*3 > good+bad:
			garbled = append(garbled, i+1)
		}
	}
	if len(scanned)*2 > len(pages) {
		p := pageList(scanned)
		return docket.Errorf(docket.Invalid, "paper.scan",
			name+" is a scan: pages "+p+" are pictures without text. Run text recognition (OCR) and import the result.",
			"file", name, "pages", p)
	}
	if len(garbled)*2 > len(pages) {
		p := pageList(garbled)
		return docket.Errorf(docket.Invalid, "paper.garbled",
			name+" does not say which characters it shows (pages "+p+"). Print it to a new PDF, or run text recognition (OCR).",
			"file", name, "pages", p)
	}
	return nil
}
