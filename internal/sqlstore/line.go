package sqlstore

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// rowReader turns lines into rows. It keeps one copy of every word it meets, so
// that rows do not hold on to their lines.
type rowReader struct {
	level map[docket.DirectiveID]docket.Level
	words map[string]string
	days  map[string]docket.Date
}

func newRowReader() *rowReader {
	return &rowReader{level: map[docket.DirectiveID]docket.Level{}, words: map[string]string{}, days: map[string]docket.Date{}}
}

// rowsRead is the rows of one fetch, by id.
type rowsRead struct {
	rows []docket.MatterRow
	err  error
}

func (b *rowReader) readAll(l lines) rowsRead {
	rows := make([]docket.MatterRow, l.count)
	units := make([]docket.RoleUnit, 0, 3*len(rows)) // one piece of memory for all parts, and below for all numbers
	var numbers strings.Builder
	ends := make([]int, len(rows))
	c := cut{text: l.text}
	for i := range rows {
		rows[i].ID = docket.MatterID(c.int('|'))
		line := cut{text: c.take(int(c.int('|')))}
		no := b.read(&rows[i], &line, &units)
		if err := cmp.Or(c.err, line.err); err != nil {
			return rowsRead{err: fmt.Errorf("the board's line of matter %d is broken; run the check: %w", rows[i].ID, err)}
		}
		numbers.WriteString(no)
		ends[i] = numbers.Len()
	}
	all, from := numbers.String(), 0
	for i, to := range ends {
		rows[i].No, from = all[from:to], to
	}
	slices.SortFunc(rows, func(x, y docket.MatterRow) int { return cmp.Compare(x.ID, y.ID) })
	return rowsRead{rows: rows}
}

// read fills a row but for its number, which is returned and only good until the line goes.
func (b *rowReader) read(row *docket.MatterRow, l *cut, units *[]docket.RoleUnit) (no string) {
	row.Owner, row.Directive = docket.UnitID(l.int('|')), docket.DirectiveID(l.int('|'))
	row.ClauseOrd, row.Ord = int(l.int('|')), int(l.int('|'))
	row.Status, row.Level = docket.MatterStatus(b.word(l.to('|'))), b.level[row.Directive]
	row.Due, row.FirstDue, row.ReviewOn = b.day(l), b.day(l), b.day(l)
	if at := l.int('|'); at != 0 {
		row.AssignedAt = time.UnixMilli(at).UTC()
	}
	row.Aside, row.AckDue, row.Reported = l.to('|') == "1", b.day(l), b.day(l)
	row.Pace = docket.MeasurePace(strings.Clone(l.to('|')))
	parts := cut{text: l.to('|')}
	from := len(*units)
	for parts.text != "" {
		id := docket.UnitID(parts.int(':'))
		role, rest, _ := strings.Cut(parts.text, ",")
		parts.text = rest
		*units = append(*units, docket.RoleUnit{Unit: id, Role: docket.PartyRole(b.word(role))})
	}
	if to := len(*units); to > from {
		row.Units = (*units)[from:to:to]
	}
	l.err = cmp.Or(l.err, parts.err)
	return l.text
}

func (b *rowReader) word(s string) string {
	kept, ok := b.words[s]
	if !ok {
		kept = strings.Clone(s)
		b.words[kept] = kept
	}
	return kept
}

func (b *rowReader) day(l *cut) docket.Date {
	s := l.to('|')
	if s == "" {
		return 0
	}
	d, ok := b.days[s]
	if !ok {
		var err error
		if d, err = docket.ParseDate(s); err != nil {
			l.fail(err)
			return 0
		}
		b.days[strings.Clone(s)] = d
	}
	return d
}

// cut takes a text apart from its beginning; its error is the first met.
type cut struct {
	text string
	err  error
}

func (c *cut) fail(err error) {
	if c.err == nil {
		c.err = err
	}
	c.text = ""
}

// to takes what stands before the next end.
func (c *cut) to(end byte) string {
	i := strings.IndexByte(c.text, end)
	if i < 0 {
		c.fail(fmt.Errorf("no %q", end))
		return ""
	}
	s := c.text[:i]
	c.text = c.text[i+1:]
	return s
}

func (c *cut) int(end byte) int64 {
	s := c.to(end)
	if c.err != nil {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		c.fail(err)
	}
	return n
}

func (c *cut) take(n int) string {
	if n < 0 || n > len(c.text) {
		c.fail(fmt.Errorf("%d bytes are missing", n-len(c.text)))
		return ""
	}
	s := c.text[:n]
	c.text = c.text[n:]
	return s
}
