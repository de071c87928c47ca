package phrase

import (
	"strconv"
	"strings"
)

// han are the Chinese digits as folded; 两 counts as two, 〇 and 零 as nought.
const han = "〇一二三四五六七八九"

// number reads an integer written in Arabic or Chinese digits (12, 十二, 二〇二七,
// 三百五十). ok is false for anything else.
func number(s string) (n int, ok bool) {
	if s == "" {
		return 0, false
	}
	if s[0] < 0x80 {
		n, err := strconv.Atoi(s)
		return n, err == nil && n >= 0
	}
	total, digit, scaled := 0, -1, false
	var plain strings.Builder
	for _, r := range s {
		if r == '两' {
			r = '二'
		}
		if i := strings.IndexRune(han, r); i >= 0 {
			digit = i / 3
			plain.WriteByte(byte('0' + digit))
			continue
		}
		unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
		if unit == 0 {
			return 0, false
		}
		if digit < 0 {
			digit = 1
		}
		total += digit * unit
		digit, scaled = -1, true
	}
	if !scaled {
		n, err := strconv.Atoi(plain.String())
		return n, err == nil
	}
	return total + max(digit, 0), true
}
