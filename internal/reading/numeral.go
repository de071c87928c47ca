package reading

import "strings"

const hanDigits = "〇一二三四五六七八九"

// numeral reads a number written in digits (half or full width) or in Chinese
// characters (二十三, 一百零二, 廿一), below 10,000; ok is false for anything else.
func numeral(s string) (n int, ok bool) {
	s = folded(strings.TrimSpace(s))
	if s == "" || len(s) > 30 {
		return 0, false
	}
	if s[0] >= '0' && s[0] <= '9' {
		for _, r := range s {
			if r < '0' || r > '9' || n > 9999 {
				return 0, false
			}
			n = n*10 + int(r-'0')
		}
		return n, true
	}
	return hanNumber(s)
}

func hanNumber(s string) (total int, ok bool) {
	digit, seen := 0, false
	for _, r := range s {
		d := hanDigit(r)
		switch {
		case d >= 0:
			digit, seen = d, true
		case r == '十' || r == '廿' || r == '卅' || r == '百' || r == '千':
			unit := map[rune]int{'十': 10, '廿': 20, '卅': 30, '百': 100, '千': 1000}[r]
			if digit == 0 || r == '廿' || r == '卅' {
				digit = 1
			}
			total += digit * unit
			digit, seen = 0, true
		default:
			return 0, false
		}
	}
	return total + digit, seen && total < 10000
}

// hanDigit is the value of a single Chinese digit, -1 for none.
func hanDigit(r rune) int {
	if r == '零' || r == '○' || r == '0' || r == 'O' {
		return 0
	}
	if r == '两' {
		return 2
	}
	n := 0
	for _, d := range hanDigits {
		if d == r {
			return n
		}
		n++
	}
	return -1
}

// hanYear reads a year written digit by digit: 二〇二六, 二○一九.
func hanYear(s string) (int, bool) {
	if runes(s) != 4 {
		return 0, false
	}
	n := 0
	for _, r := range s {
		d := hanDigit(r)
		if d < 0 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, n >= 1900 && n < 2200
}
