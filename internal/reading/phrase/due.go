package phrase

import docket "github.com/docket-os/docket"

// dated is a due and where it stands in the folded text.
type dated struct {
	lo, hi int
	due    docket.Due
}

// Dues reads the deadlines of a text.
func Dues(text string, ctx Context) []docket.Due {
	var out []docket.Due
	for _, d := range readDues(newView(text), ctx) {
		out = append(out, d.due)
	}
	return out
}

func readDues(v *view, ctx Context) []dated { return nil }

// Measures reads the targets of a text.
func Measures(text string, ctx Context) []docket.MeasureRead { return nil }

// Strength tells how firmly a task is promised.
func Strength(text string, lang string) docket.Commitment { return docket.Deliver }
