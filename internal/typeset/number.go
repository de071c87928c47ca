package typeset

import (
	"strconv"
	"strings"
)

// counter gives numbered headings their numbers.
type counter struct {
	lang  string
	count [4]int
}

// next is the number of the next heading of this level (1 to 4), with what
// divides it from the text.
func (c *counter) next(level int) string {
	c.count[level-1]++
	clear(c.count[level:])
	if c.lang == "zh" {
		return headLabel(level, c.count[level-1])
	}
	var parts []string
	for _, n := range c.count[:level] {
		parts = append(parts, strconv.Itoa(max(n, 1)))
	}
	if level == 1 {
		return parts[0] + ". "
	}
	return strings.Join(parts, ".") + " "
}

// headLabel is the number n of a Chinese heading (GB/T 9704-2012, 7.3.3).
func headLabel(level, n int) string {
	switch level {
	case 1:
		return han(n) + "、"
	case 2:
		return "（" + han(n) + "）"
	case 3:
		return strconv.Itoa(n) + "."
	}
	return "（" + strconv.Itoa(n) + "）"
}

// han is n in Chinese numerals, as Word's chineseCounting counts; above 99 in digits.
func han(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}

// level is a heading's level within 1 to 4.
func level(n int) int { return min(max(n, 1), 4) }
