package paper_test

import (
	"context"
	"errors"
	"fmt"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/docx"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/paper/xlsx"
)

// A program lists its formats, the certain ones first, and reads.
func ExampleReaders_Read() {
	readers := append(paper.Readers{docx.Reader(), xlsx.Reader()}, markup.Readers()...)
	doc, err := readers.Read(context.Background(), paper.Bytes("plan.md", []byte("# 行动方案\n\n1. 由市科技局牵头。\n")), paper.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, k := range doc.Blocks {
		fmt.Println(k.Line, k.Text)
	}
	_, err = readers.Read(context.Background(), paper.Bytes("plan.txt", []byte("机密★1年\n行动方案")), paper.Limits{})
	fmt.Println(errors.Is(err, docket.Classified))
	// Output:
	// 1 行动方案
	// 3 1. 由市科技局牵头。
	// true
}
