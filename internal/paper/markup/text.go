// Package markup reads the formats that are text: plain text, Markdown, HTML
// and CSV, and text pasted by a person. Encodings are recognised (UTF-8, UTF-16,
// GB18030, Windows-1252); every line keeps its number.
package markup

import (
	"context"
	"strings"

	"golang.org/x/text/encoding"

	"github.com/docket-os/docket/internal/paper"
)

// Readers are the readers of this package, in order of trial.
func Readers() paper.Readers {
	return paper.Readers{HTML(), Markdown(), CSV(), Text()}
}

// Text reads plain text: every line that says something is one paragraph.
func Text() paper.Reader {
	return paper.Reader{Format: "txt", Extensions: []string{".txt", ".text"}, Text: true, Read: readText}
}

// Paste reads text that a person typed or pasted, guarded like a file.
func Paste(ctx context.Context, text string, l paper.Limits) (*paper.Document, error) {
	if max := l.WithDefaults().FileBytes; int64(len(text)) > max {
		return nil, paper.FileTooLarge("the pasted text", max)
	}
	doc, err := lines(ctx, "", newlines.Replace(strings.ToValidUTF8(text, "\ufffd")), l)
	if err != nil {
		return nil, err
	}
	return doc, paper.Guard(doc)
}

func readText(ctx context.Context, src paper.Source, l paper.Limits) (*paper.Document, error) {
	text, err := load(src, l, nil)
	if err != nil {
		return nil, err
	}
	return lines(ctx, src.Name, text, l)
}

func lines(ctx context.Context, name, text string, l paper.Limits) (*paper.Document, error) {
	b := paper.NewBuilder(ctx, name, "txt", l)
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if !b.Add(paper.Block{Text: strings.TrimRight(line, " \t\f\v"), Line: n}) {
			break
		}
	}
	return b.Document()
}

// load reads and decodes a whole text file.
func load(src paper.Source, l paper.Limits, declared func([]byte) encoding.Encoding) (string, error) {
	if max := l.WithDefaults().FileBytes; src.Size > max {
		return "", paper.FileTooLarge(src.Name, max)
	}
	data, err := src.All()
	if err != nil {
		return "", err
	}
	var enc encoding.Encoding
	if declared != nil {
		enc = declared(data)
	}
	return decode(src.Name, data, enc)
}
