package paper

import (
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
)

// frontLines is how many lines of text count as the front of a document, where
// the marks of GB/T 9704-2012 §7.2 and English banners stand.
const frontLines = 20

// Guard refuses a document that bears a secrecy marking (product.md A7): in its
// name or title, at its front, in a running head, on a banner line, or in a
// column or field named 密级. The same words inside a sentence are no marking.
// The error is docket.Classified and repeats nothing of the document but the mark.
func Guard(d *Document) error {
	if err := GuardName(d.Name); err != nil {
		return err
	}
	if err := GuardTitle(d.Title); err != nil {
		return err
	}
	var g lineGuard
	for i := range d.Blocks {
		k := &d.Blocks[i]
		if k.Table != nil {
			if mark, row := tableMark(k.Table); mark != "" {
				return classified(mark, k.Page, max(row, k.Line))
			}
			g.skip(k.Kind)
			continue
		}
		if !mayMark(k.Text) {
			g.skip(k.Kind)
			continue
		}
		n := 0
		for line := range strings.SplitSeq(k.Text, "\n") {
			g.line(line, k.Kind, k.Page, k.Line+n)
			n++
		}
	}
	return g.verdict()
}

// GuardText refuses typed or pasted text by the same rules.
func GuardText(text string) error {
	if !mayMark(text) {
		return nil
	}
	var g lineGuard
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		g.line(line, Paragraph, 0, n)
	}
	return g.verdict()
}

// GuardName refuses a file by its name alone.
func GuardName(file string) error {
	return GuardTitle(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
}

// GuardTitle refuses a label of one line: a title, a name.
func GuardTitle(title string) error {
	if !mayMark(title) || utf8.RuneCountInString(title) > 300 {
		return nil
	}
	if mark := labelMark(normalise(title)); mark != "" {
		return classified(mark, 0, 0)
	}
	return GuardText(title)
}

// IsMarking reports a line that is a secrecy marking by itself. Readers that
// join lines keep such a line apart, so that Guard sees it.
func IsMarking(line string) bool {
	if len(line) > 400 || !mayMark(line) {
		return false
	}
	mark, _ := lineMark(normalise(line), true)
	return mark != ""
}

func classified(mark string, page, line int) error {
	where, p, l := "", "", ""
	switch {
	case page > 0:
		p = strconv.Itoa(page)
		where = " on page " + p
	case line > 0:
		l = strconv.Itoa(line)
		where = " on line " + l
	}
	return docket.Errorf(docket.Classified, "paper.classified",
		"The text bears the marking “"+mark+"”"+where+" and was refused; nothing of it was kept. Classified papers must not be put into this system.",
		"mark", mark, "page", p, "line", l)
}

// lineGuard goes through the lines of a text in order.
type lineGuard struct {
	seen  int // lines of body so far
	found []hit
}

type hit struct {
	mark       string
	page, line int
	at         int  // position among the lines
	bare       bool // the word alone: could be one of a list of levels
}

func (g *lineGuard) skip(k Kind) {
	if k != Furniture {
		g.seen++
	}
}

func (g *lineGuard) line(line string, kind Kind, page, number int) {
	if strings.TrimSpace(line) == "" {
		return
	}
	front := g.seen < frontLines || kind == Furniture
	g.seen++
	if len(line) > 400 || !mayMark(line) {
		return
	}
	n := normalise(line)
	mark, bare := lineMark(n, front)
	if mark == "" && kind == Furniture {
		mark = labelMark(n)
	}
	if mark != "" {
		g.found = append(g.found, hit{mark, page, number, g.seen, bare})
	}
}

// verdict is the first marking. Three bare levels close together are a list
// that explains them (绝密 / 机密 / 秘密), not a marking.
func (g *lineGuard) verdict() error {
	for i, h := range g.found {
		if h.bare && g.isList(i) {
			continue
		}
		return classified(h.mark, h.page, h.line)
	}
	return nil
}

func (g *lineGuard) isList(i int) bool {
	levels := map[string]bool{}
	for j := max(i-6, 0); j < len(g.found) && j <= i+6; j++ {
		if h := g.found[j]; h.bare && h.at-g.found[i].at <= 8 && g.found[i].at-h.at <= 8 {
			levels[h.mark] = true
		}
	}
	return len(levels) >= 3
}

// tableMark looks for a field or column named 密级 or Classification that holds
// a level, and for a cell that is a whole marking (机密★1年); the bare word in a
// cell is none. A column that lists three levels explains them.
func tableMark(t *Table) (mark string, line int) {
	for i, row := range t.Rows {
		for j, c := range row.Cells {
			if c.Merged || len(c.Text) > 200 || !mayMark(c.Text) {
				continue
			}
			if !isLevelLabel(c.Text) {
				if m, bare := lineMark(normalise(c.Text), false); m != "" && !bare {
					return m, row.Line
				}
				continue
			}
			if j+1 < len(row.Cells) {
				if m, _ := lineMark(normalise(row.Cells[j+1].Text), true); m != "" {
					return m, row.Line
				}
			}
			if m, l := columnMark(t, i+1, j); m != "" {
				return m, l
			}
		}
	}
	return "", 0
}

func columnMark(t *Table, from, col int) (mark string, line int) {
	levels := map[string]bool{}
	for _, row := range t.Rows[from:] {
		if col >= len(row.Cells) || !mayMark(row.Cells[col].Text) {
			continue
		}
		if m, _ := lineMark(normalise(row.Cells[col].Text), true); m != "" {
			if mark == "" {
				mark, line = m, row.Line
			}
			levels[m] = true
		}
	}
	if len(levels) >= 3 {
		return "", 0
	}
	return mark, line
}
