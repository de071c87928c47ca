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
	all := strings.Split(text, "\n")
	seen := 0 // lines below it were looked at and are no drawn table
	for n := 0; n < len(all); n++ {
		rows := pasted(all[n:], n+1)
		used := len(rows)
		if rows == nil && n >= seen {
			rows, used = drawn(all[n:], n+1)
			seen = n + used
		}
		if rows == nil {
			rows = aligned(all[n:], n+1)
			used = len(rows)
		}
		if rows != nil {
			if !b.Add(paper.Block{Kind: paper.TableBlock, Line: n + 1, Table: tableOf(rows)}) {
				break
			}
			n += used - 1
			continue
		}
		if !b.Add(paper.Block{Text: strings.TrimRight(all[n], " \t\f\v"), Line: n + 1}) {
			break
		}
	}
	return b.Document()
}

// pasted returns the rows of a table that starts at the first line, as it comes
// from Word or Excel by the clipboard or from a web page: a head of three or more
// short names between tabs or bars, and below it lines with as many fields or fewer.
// Nil is none.
func pasted(all []string, line int) []record {
	for _, cut := range []func(string) []string{tabbed, barred} {
		if head := cut(all[0]); len(head) >= 3 && paper.LooksLikeHeader(head) {
			return pastedRows(all, line, len(head), cut)
		}
	}
	return nil
}

func pastedRows(all []string, line, width int, cut func(string) []string) []record {
	var rows []record
	for n, text := range all {
		values := cut(text)
		if len(values) < 2 || len(values) > width {
			break
		}
		places := make([]int, len(values))
		for i := range values {
			values[i], places[i] = strings.TrimSpace(values[i]), line+n
		}
		rows = append(rows, record{values: values, lines: places})
	}
	if len(rows) < 2 {
		return nil
	}
	return rows
}

func tabbed(s string) []string { return strings.Split(s, "\t") }

// barred are the fields of a line between bars; those at its ends may be missing.
func barred(s string) []string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "｜", "|"))
	if !strings.Contains(s, "|") || len(s) > maxBarred {
		return nil
	}
	return strings.Split(strings.TrimSuffix(strings.TrimPrefix(s, "|"), "|"), "|")
}

// maxBarred bounds in bytes a line looked at for bars.
const maxBarred = 20_000

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
