package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A table drawn with lines, of letters (+---+, |) or of box characters (┌─┬┐, │), and
// one whose columns are kept apart by spaces alone are how a table arrives from a mail, a
// terminal or a web page.

const bars = "│┃║|"

// drawn returns the rows of a table that starts at the first line, and how many lines it
// looked at. Lines between two rules are one row, its cells broken over lines; where no
// rules part the rows, a line whose first cell is empty goes on with the row above.
func drawn(all []string, line int) ([]record, int) {
	first := strings.TrimSpace(all[0])
	opened := isRule(first)
	if !opened && (len(all) < 2 || fields(first) == nil || !isRule(strings.TrimSpace(all[1]))) {
		return nil, 1
	}
	var groups [][]record
	closed, width, n := true, 0, 0
	for ; n < len(all); n++ {
		s := strings.TrimSpace(all[n])
		if isRule(s) {
			closed = true
			continue
		}
		values := fields(s)
		if values == nil || width > 0 && len(values) != width {
			break
		}
		width = len(values)
		r := record{values: values, lines: make([]int, width)}
		for i := range r.lines {
			r.lines[i] = line + n
		}
		if closed {
			groups = append(groups, nil)
		}
		closed = false
		groups[len(groups)-1] = append(groups[len(groups)-1], r)
	}
	if len(groups) < 2 || width < 2 {
		return nil, n
	}
	var rows []record
	for i, g := range groups {
		rows = append(rows, joined(g, i == 0 || len(groups) > 2)...)
	}
	return rows, n
}

// isRule reports a line that only draws: +-----+-----+, ├────┼────┤, |----|:---:|.
func isRule(s string) bool {
	draws := func(r rune) bool { return strings.ContainsRune("-+|=:_ ", r) || r >= 0x2500 && r <= 0x257F }
	if c, _ := utf8.DecodeRuneInString(s); c == ' ' || !draws(c) || len(s) > 2000 {
		return false
	}
	long := strings.Contains(s, "--") || strings.Contains(s, "==") || strings.Contains(s, "──") || strings.Contains(s, "━━") || strings.Contains(s, "══")
	return long && strings.ContainsAny(s, "+|┬┼┴┳╋┻╦╬╩╤╪╧╥╫╨") && strings.IndexFunc(s, func(r rune) bool { return !draws(r) }) < 0
}

// fields are the cells of a line that bars open and close; nil where it is none.
func fields(s string) []string {
	open, n := utf8.DecodeRuneInString(s)
	end, m := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune(bars, open) || !strings.ContainsRune(bars, end) || len(s) < n+m {
		return nil
	}
	out := strings.FieldsFunc(strings.ReplaceAll(s[n:len(s)-m], string(open), "\x00 "), func(r rune) bool { return r == 0 })
	if len(out) < 2 {
		return nil
	}
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// joined makes rows of the lines between two rules: one of all, or one of each line whose
// first cell says something.
func joined(g []record, one bool) (rows []record) {
	for _, r := range g {
		if len(rows) == 0 || !one && r.values[0] != "" {
			rows = append(rows, r)
			continue
		}
		last := &rows[len(rows)-1]
		for i, v := range r.values {
			last.values[i] = goOn(last.values[i], v)
		}
	}
	return rows
}

// goOn joins two lines of a cell; Chinese words are broken without a space.
func goOn(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	if wide(x) || wide(y) {
		return a + b
	}
	return a + " " + b
}

// isNumberHead reports the head of a column of numbers.
func isNumberHead(s string) bool {
	switch strings.ToLower(strings.TrimRight(s, ".")) {
	case "序号", "编号", "no", "ref", "#":
		return true
	}
	return false
}

// isRowNumber reports the number a row begins with.
func isRowNumber(s string) bool {
	s = strings.TrimRight(s, ".、")
	return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789") == ""
}

// gaps cuts a line where white space is wider than a space between words.
func gaps(s string) []string {
	s = strings.NewReplacer("　", "  ", "\t", "  ").Replace(s)
	var out []string
	for part := range strings.SplitSeq(s, "  ") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// aligned returns the rows of a table whose columns only spaces part: a head that begins
// with 序号, and below it lines that begin with a number. What has more words than the head
// has columns belongs to the second, the task.
func aligned(all []string, line int) []record {
	first := strings.TrimSpace(all[0])
	if c, _ := utf8.DecodeRuneInString(first); !strings.ContainsRune("序编NnRr#", c) {
		return nil // spares most lines the patterns
	}
	head, wideGaps := headOf(first)
	if len(head) < 3 || !isNumberHead(head[0]) {
		return nil
	}
	places := func(n int) []int {
		at := make([]int, len(head))
		for i := range at {
			at[i] = line + n
		}
		return at
	}
	rows := []record{{values: head, lines: places(0)}}
	for n, s := range all[1:] {
		var words []string
		if s = strings.TrimSpace(s); wideGaps {
			words = gaps(s)
		} else {
			words = strings.Fields(s)
		}
		more := len(words) - len(head)
		if more < 0 || more > 0 && wideGaps || !isRowNumber(words[0]) {
			break
		}
		values := append([]string{words[0], strings.Join(words[1:2+more], " ")}, words[2+more:]...)
		rows = append(rows, record{values: values, lines: places(n + 1)})
	}
	if len(rows) < 3 {
		return nil
	}
	return rows
}

// headOf cuts the head of a table at wide gaps, else, in Chinese, at each space; single
// characters set apart are one word (工 作 任 务).
func headOf(s string) (head []string, wideGaps bool) {
	if len(s) > 300 {
		return nil, false
	}
	if head = gaps(s); len(head) >= 3 {
		return head, true
	}
	head = nil
	single := false
	for _, w := range strings.Fields(s) {
		r, n := utf8.DecodeRuneInString(w)
		if !unicode.Is(unicode.Han, r) {
			return nil, false
		}
		if alone := n == len(w); alone && single {
			head[len(head)-1] += w
		} else {
			head = append(head, w)
			single = alone
		}
	}
	return head, false
}
