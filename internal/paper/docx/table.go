package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/opc"
)

// tableWalk is one open table.
type tableWalk struct {
	w      *walker
	grid   paper.Grid
	size   int // bytes of text
	header int
	rows   int
	over   bool // the rows of headings are over
}

// table reads a table; tables within its cells become text of the cell.
func (w *walker) table() error {
	w.flush()
	t := &tableWalk{w: w}
	line, page := w.line+1, w.page
	if err := w.x.Children(t.element, nil); err != nil {
		return err
	}
	if t.rows > 0 {
		w.emit(paper.Block{Kind: paper.TableBlock, Table: t.grid.Table(t.header), Page: page, Line: line})
	}
	return nil
}

func (t *tableWalk) element(s xml.StartElement) error {
	switch s.Name.Local {
	case "tr":
		return t.row()
	case "tblPr", "tblGrid", "del", "moveFrom", "sdtPr":
		return t.w.x.Skip()
	}
	return t.w.x.Children(t.element, nil)
}

// row reads one row. A row that is a tracked deletion is left out.
func (t *tableWalk) row() error {
	t.grid.Row(t.w.line+1, t.w.page)
	t.rows++
	var heading, deleted bool
	after := 0
	var cells func(s xml.StartElement) error
	cells = func(s xml.StartElement) error {
		switch s.Name.Local {
		case "tc":
			if deleted {
				return t.w.x.Skip()
			}
			return t.cell()
		case "trPr":
			return t.w.x.Children(func(s xml.StartElement) error {
				switch s.Name.Local {
				case "tblHeader":
					heading = toggleOf(s) > 0
				case "del":
					deleted = true
				case "gridBefore":
					t.blank(opc.Attr(s, "val"))
				case "gridAfter":
					after, _ = strconv.Atoi(opc.Attr(s, "val"))
				}
				return t.w.x.Skip()
			}, nil)
		case "tblPrEx", "sdtPr":
			return t.w.x.Skip()
		}
		return t.w.x.Children(cells, nil)
	}
	if err := t.w.x.Children(cells, nil); err != nil {
		return err
	}
	if after > 0 {
		t.blank(strconv.Itoa(after))
	}
	if heading && !t.over {
		t.header++
	} else {
		t.over = true
	}
	return t.check()
}

func (t *tableWalk) blank(places string) {
	n, _ := strconv.Atoi(places)
	for range min(max(n, 0), 64) {
		t.grid.Cell(paper.Cell{}, 1, 1)
	}
}

// check keeps an endless table from filling memory before the builder sees it.
func (t *tableWalk) check() error {
	if t.size > t.w.f.limit {
		return paper.TooMany(t.w.f.pkg.Name, "characters", t.w.f.limit/4)
	}
	if max := t.w.f.cells; t.grid.Cells() > max {
		return paper.TooMany(t.w.f.pkg.Name, "cells", max)
	}
	return nil
}

func (t *tableWalk) cell() error {
	across, merged := 1, ""
	var c paper.Cell
	var text strings.Builder
	inner := &walker{f: t.w.f, x: t.w.x, num: t.w.num, rendered: t.w.rendered, page: t.w.page, line: t.w.line}
	inner.emit = func(k paper.Block) {
		if k.Table != nil {
			k.Text = k.Table.Text()
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		for _, s := range k.Struck {
			c.Struck = append(c.Struck, paper.Span{Start: text.Len() + s.Start, End: text.Len() + s.End})
		}
		text.WriteString(k.Text)
	}
	err := t.w.x.Children(func(s xml.StartElement) error {
		if s.Name.Local != "tcPr" {
			return inner.block(s)
		}
		return t.w.x.Children(func(s xml.StartElement) error {
			switch s.Name.Local {
			case "gridSpan":
				across, _ = strconv.Atoi(opc.Attr(s, "val"))
			case "vMerge":
				if merged = opc.Attr(s, "val"); merged == "" {
					merged = "continue"
				}
			}
			return t.w.x.Skip()
		}, nil)
	}, nil)
	if err != nil {
		return err
	}
	inner.flush()
	t.w.page, t.w.line = inner.page, inner.line
	c.Text = text.String()
	t.size += text.Len()
	if merged == "continue" && c.Text == "" {
		t.grid.Continue(across)
	} else {
		t.grid.Cell(c, across, 1)
	}
	return nil
}
