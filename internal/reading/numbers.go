package reading

import (
	"strings"

	"github.com/docket-os/docket/internal/reading/pattern"
)

// numbers follows the ordinals of a paper from line to line: what stands before
// tells 4.6月底前 (number 4, June) from 4.6 (the sixth below 4), and the letter I.
// behind H. from the Roman one.
type numbers struct {
	last   int   // of the plain numbers
	dec    label // the decimal ordinal before
	letter label // the letter before
}

// read reads the ordinal at the start of a line.
func (r *numbers) read(s string) (label, bool) {
	l, ok := readLabel(s)
	switch {
	case !ok:
		if l, ok = numberBeforeAmount(s, r.last); !ok {
			l, ok = numberBeforeSpace(s, r.last)
		}
	case l.style == "dec2" && (l.n > 1 && (r.dec.upper != l.upper || r.dec.n+1 != l.n) || strings.HasPrefix(s[l.end:], "月")):
		if n, yes := numberBeforeAmount(s, r.last); yes && isHan(firstRune(s[l.end:])) {
			l = n
		}
	case l.style == styleRomanUp && r.letter.n > 0 && r.letter.n == int(s[0]-'A'):
		l.style, l.n = styleLetter, r.letter.n+1
	}
	if !ok {
		return l, false
	}
	switch l.style {
	case styleNum:
		r.last = l.n
	case "dec2":
		r.dec = l
	case styleLetter:
		r.letter = l
	}
	return l, true
}

// beforeAmount is a number, a stop and an amount: 26.100个村, 3.2026年底前.
var beforeAmount = pattern.New(`^([0-9０-９]{1,3})[.．]([0-9０-９]+)`)

// numberBeforeAmount reads a number whose sentence begins with an amount. It
// could be a decimal, so it must follow the last number of the paper, or be
// the first with an amount of three digits or more.
func numberBeforeAmount(s string, last int) (label, bool) {
	m := beforeAmount.FindStringSubmatch(s)
	if m == nil {
		return label{}, false
	}
	n, _ := numeral(m[1])
	if n != last+1 || n == 1 && runes(m[2]) < 3 {
		return label{}, false
	}
	end := len(m[0]) - len(m[2])
	return label{style: styleNum, n: n, text: s[:end], end: end}, true
}

var spaced = pattern.New(`^([0-9０-９]{1,3})[ \t　]+(\p{Han}{3})`)

// numberBeforeSpace reads a number that only a space parts from its sentence, as
// lists copied from a table have it: 2 推进科技创新. It must follow the last one.
func numberBeforeSpace(s string, last int) (label, bool) {
	m := spaced.FindStringSubmatch(s)
	if m == nil || quantity.MatchString(m[2]) || countWord.MatchString(m[2]) {
		return label{}, false
	}
	n, _ := numeral(m[1])
	end := len(m[0]) - len(m[2])
	return label{style: styleNum, n: n, text: strings.TrimSpace(s[:end]), end: end}, n == last+1
}

// countWord is what follows a number that counts something.
var countWord = pattern.Both(`^(?:[年月日时分秒天周次项件台套辆张亩吨类种批期号层楼岁届]|工作日|季度)`)
