package paper

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// Rich gathers the text of one block together with the ranges that are struck
// through or bold. The zero value is empty and ready.
type Rich struct {
	text         strings.Builder
	struck, bold []Span
}

// Write appends s in the given dress.
func (r *Rich) Write(s string, struck, bold bool) {
	if s == "" {
		return
	}
	from := r.text.Len()
	r.text.WriteString(s)
	if struck {
		r.struck = extend(r.struck, from, r.text.Len())
	}
	if bold {
		r.bold = extend(r.bold, from, r.text.Len())
	}
}

// Len is the number of bytes written so far.
func (r *Rich) Len() int { return r.text.Len() }

// Last is the last byte written, 0 at the start.
func (r *Rich) Last() byte {
	if s := r.text.String(); s != "" {
		return s[len(s)-1]
	}
	return 0
}

// Unmark removes size bytes at each of the ascending offsets, which are pairs of
// marks around words, and makes the words between each pair bold.
func (r *Rich) Unmark(offsets []int, size int) {
	raw := r.text.String()
	moved := func(i int) int {
		n := sort.SearchInts(offsets, i)
		if n > 0 && i < offsets[n-1]+size {
			i = offsets[n-1] + size
		}
		return i - n*size
	}
	move := func(spans []Span) {
		for i, s := range spans {
			spans[i] = Span{moved(s.Start), moved(s.End)}
		}
	}
	move(r.struck)
	move(r.bold)
	r.text.Reset()
	at := 0
	for i, off := range offsets {
		r.text.WriteString(raw[at:off])
		at = off + size
		if i%2 == 1 {
			r.bold = append(r.bold, Span{moved(offsets[i-1] + size), moved(off)})
		}
	}
	r.text.WriteString(raw[at:])
	r.bold = merge(r.bold)
}

// merge sorts spans and joins those that touch.
func merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// Take returns the text without the white space around it, the ranges moved
// accordingly, and leaves r empty.
func (r *Rich) Take() (text string, struck, bold []Span) {
	raw := r.text.String()
	left := len(raw) - len(strings.TrimLeft(raw, " \t\r\n"))
	text = strings.Trim(raw, " \t\r\n")
	struck, bold = shift(r.struck, left, len(text)), shift(r.bold, left, len(text))
	*r = Rich{}
	return text, struck, bold
}

func extend(spans []Span, from, to int) []Span {
	if n := len(spans); n > 0 && spans[n-1].End == from {
		spans[n-1].End = to
		return spans
	}
	return append(spans, Span{from, to})
}

// shift moves spans left by n bytes and cuts them to a text of size bytes.
func shift(spans []Span, n, size int) []Span {
	out := spans[:0]
	for _, s := range spans {
		s.Start, s.End = max(s.Start-n, 0), min(s.End-n, size)
		if s.Start < s.End {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
