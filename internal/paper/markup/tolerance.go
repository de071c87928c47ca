package markup

import (
	"regexp"
	"strings"
)

// What is done to the source of a Markdown file before it is parsed: front
// matter off, tables made as wide as their widest row, hostile nesting refused.

var (
	yamlLine  = regexp.MustCompile(`^(#.*|\s*-\s.*|\s+\S.*|[A-Za-z_][\w .-]*:(\s.*)?|)$`)
	yamlClose = regexp.MustCompile(`^(-{3,}|\.{3})\s*$`)
	titleLine = regexp.MustCompile(`^(?i:title)\s*:\s*(.*)$`)
)

// maxFrontMatter bounds the search for its closing line.
const maxFrontMatter = 200

// splitFrontMatter cuts the YAML block off the start: its lines, what follows,
// and the number of the line that begins with. The closing line may have more
// than three dashes. Without front matter everything is body.
func splitFrontMatter(t string) (head []string, body string, bodyLine int) {
	first, rest, ok := strings.Cut(t, "\n")
	if !ok || strings.TrimRight(first, " \t") != "---" {
		return nil, t, 1
	}
	for n := 0; n < maxFrontMatter; n++ {
		line, after, more := strings.Cut(rest, "\n")
		if yamlClose.MatchString(line) {
			head = append([]string{first}, head...)
			return append(head, line), after, len(head) + 2
		}
		if !more || !yamlLine.MatchString(line) {
			return nil, t, 1
		}
		head, rest = append(head, line), after
	}
	return nil, t, 1
}

// yamlTitle is the title that a line of front matter gives, or "".
func yamlTitle(line string) string {
	m := titleLine.FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	v := strings.TrimSpace(m[1])
	if n := len(v); n >= 2 && (v[0] == '"' || v[0] == '\'') && v[n-1] == v[0] {
		v = v[1 : n-1]
	}
	return v
}

var delimiterRow = regexp.MustCompile(`^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// widenTables gives the header of each pipe table as many columns as its widest
// row has: CommonMark tables silently drop the cells beyond the header.
func widenTables(t string) []byte {
	if !strings.Contains(t, "|") {
		return []byte(t)
	}
	rows := strings.Split(t, "\n")
	for i := 1; i < len(rows); i++ {
		if !strings.Contains(rows[i], "|") || !delimiterRow.MatchString(rows[i]) {
			continue
		}
		have, want := columns(rows[i]), 0
		if columns(rows[i-1]) != have {
			continue
		}
		j := i + 1
		for ; j < len(rows) && strings.TrimSpace(rows[j]) != ""; j++ {
			want = max(want, columns(rows[j]))
		}
		for ; have < want && have < 1000; have++ {
			rows[i-1] = strings.TrimRight(rows[i-1], " \t")
			if !strings.HasSuffix(rows[i-1], "|") {
				rows[i-1] += "|"
			}
			if !strings.HasSuffix(rows[i], "|") {
				rows[i] += "|"
			}
			rows[i-1], rows[i] = rows[i-1]+" |", strings.TrimRight(rows[i], " \t")+"-|"
		}
		i = j
	}
	return []byte(strings.Join(rows, "\n"))
}

// columns counts the cells of a table row by its unescaped pipes.
func columns(row string) int {
	row = strings.Trim(row, " \t")
	row = strings.TrimPrefix(row, "|")
	n := 1
	for i := 0; i < len(row); i++ {
		switch {
		case row[i] == '\\':
			i++
		case row[i] == '|' && i < len(row)-1:
			n++
		}
	}
	return n
}

// What a Markdown parser pays the square for, with bounds no person reaches.
const (
	maxNesting = 64     // quotes or lists within each other on one line
	maxIndent  = 128    // columns before a line, how nesting over many lines shows
	maxWork    = 400e6  // bytes looked at for the ends of links, code and tags: what is opened × length, over all paragraphs
	maxMarks   = 10_000 // stars, underscores and tildes in one paragraph: each looks for its partner among all before it
)

var nestingMarks = regexp.MustCompile(`^(?:[ \t]*(?:[>*+-]|[0-9]{1,9}[.)]))*`)

// hostile reports a text that would cost a parser more than reading it line by
// line is worth.
func hostile(t string) bool {
	work, links, length, marks := 0, 0, 0, 0
	for line := range strings.SplitSeq(t, "\n") {
		text := strings.TrimLeft(line, " \t")
		if text == "" {
			links, length, marks = 0, 0, 0
			continue
		}
		if marks := nestingMarks.FindString(line); len(marks) > maxNesting && nesting(marks) > maxNesting {
			return true
		}
		if len(line)-len(text)+3*strings.Count(line[:len(line)-len(text)], "\t") > maxIndent {
			return true
		}
		n := strings.Count(line, "](") + strings.Count(line, "]:") + strings.Count(line, "`") + strings.Count(line, "<")
		marks += strings.Count(line, "*") + strings.Count(line, "_") + strings.Count(line, "~")
		work += n*(length+len(line)) + links*len(line)
		links, length = links+n, length+len(line)
		if work > maxWork || marks > maxMarks {
			return true
		}
	}
	return false
}

// nesting counts the marks at the start of a line; a row of stars or dashes
// without spaces is a rule, not nesting.
func nesting(marks string) int {
	return max(strings.Count(marks, ">"), len(strings.Fields(marks)))
}
