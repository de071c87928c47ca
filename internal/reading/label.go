package reading

import (
	"strings"
	"unicode/utf8"

	"github.com/docket-os/docket/internal/reading/pattern"
)

// style is a way of numbering. The Chinese ones follow the order of levels of
// GB/T 9704 (field.md §5.1); a document may leave some out, and its numbers may
// run through the whole paper.
type style string

const (
	stylePart    style = "篇"  // 第一篇
	styleChapter style = "章"  // 第一章
	styleSection style = "节"  // 第一节
	styleArticle style = "条"  // 第一条
	styleHan     style = "一、" // 一、
	styleHanIn   style = "（一）"
	styleNum     style = "1."
	styleNumIn   style = "（1）"
	styleNumR    style = "1）"
	styleCircle  style = "①"
	styleLetter  style = "a)"
	styleRoman   style = "i."
	styleRomanUp style = "I."
	styleFirst   style = "一是"
	styleBullet  style = "•"
	styleHead    style = "#" // a heading without a number
	styleBold    style = "b" // a bold line without a number
	styleRow     style = "|" // a row of a table
)

// rank orders styles from the outside in. Styles of the same document nest by
// rank when they have not met before.
var rank = map[style]int{
	stylePart: 20, styleChapter: 25, styleSection: 30, styleArticle: 35,
	styleRomanUp: 45, styleHan: 50, styleHanIn: 60, styleNum: 70, styleNumIn: 80, styleNumR: 83,
	styleCircle: 86, styleLetter: 88, styleRoman: 89, styleFirst: 92, styleBullet: 95, styleRow: 98,
}

// label is the ordinal at the start of a paragraph.
type label struct {
	style style
	n     int    // its number; 0 where it has none (bullets)
	text  string // as written
	end   int    // byte position behind it and the space after it
	upper string // of 1.2.3: "1.2"
}

func (l label) rank() int {
	if r, ok := rank[l.style]; ok {
		return r
	}
	if d, ok := strings.CutPrefix(string(l.style), "dec"); ok {
		return 70 + int(d[0]-'0') // 1.1 stands below 1.
	}
	return wordRank[string(l.style)]
}

// wordRank orders the words that number things in plans.
var wordRank = map[string]int{
	"part": 20, "chapter": 25, "pillar": 26, "theme": 27, "section": 30, "aim": 40, "goal": 41, "priority": 42,
	"outcome": 43, "strand": 44, "workstream": 45, "objective": 46, "strategy": 47, "initiative": 48,
	"finding": 50, "recommendation": 51, "commitment": 52, "action": 53, "project": 54, "measure": 55, "task": 56, "milestone": 57,
	"step": 58, "item": 59, "任务": 52, "行动": 53, "工程": 54, "项目": 55, "举措": 56, "措施": 56, "专项": 54,
	"事项": 55, "议题": 51, "目标": 51, "专栏": 52, "问题": 51,
}

var (
	hanNum     = `[〇○零一二三四五六七八九十百廿卅]{1,7}`
	chapterRe  = pattern.Both(`^第\s*(` + hanNum + `|[0-9０-９]{1,4})\s*([篇编章节条])[\s　、：:]*`)
	hanRe      = pattern.New(`^(` + hanNum + `)\s*[、．.，]\s*`)
	hanInRe    = pattern.New(`^[（(〔﹙]\s*(` + hanNum + `)\s*[）)〕﹚][、.．]?\s*`)
	numRe      = pattern.New(`^([0-9０-９]{1,4})\s*[.．、﹒]\s*`)
	decRe      = pattern.New(`^([0-9０-９]{1,3}(?:[.．][0-9０-９]{1,3}){1,4})[.．:：、)）]?\s*`)
	numInRe    = pattern.New(`^[（(﹙]\s*([0-9０-９]{1,3})\s*[）)﹚][、.．]?\s*`)
	numRightRe = pattern.New(`^([0-9０-９]{1,3})\s*[）)]\s*`)
	letterRe   = pattern.New(`^(?:\(([a-zA-Z])\)|([a-zA-Z])[.)])\s+`)
	romanUpRe  = pattern.New(`^(X{0,2}(?:IX|IV|V?I{1,3}|V|X))\.\s+`)
	romanRe    = pattern.New(`^\(?([ivx]{1,6})[.)]\s+`)
	firstRe    = pattern.Both(`^(` + hanNum + `)是`)
	bulletRe   = pattern.New(`^(?:[-*–•●▪■◆○·]\s+|[•●▪■◆]|——)`)
	wordRe     = pattern.New(`^(?i:(part|chapter|pillar|theme|section|sec\.|aim|goal|priority|outcome|strand|workstream|objective|strategy|initiative|finding|recommendation|commitment|action|project|measure|task|milestone|step|item))\s+([0-9]{4}-[0-9]{2,3}|[0-9]{1,3}(?:\.[0-9]{1,3})*|[A-Z]|[IVX]{1,5})(?:[.:)]\s*|\s*[–—-]\s+|\s+|$)`)
	wordHanRe  = pattern.Both(`^(?:重点|主要)?(任务|行动|工程|项目|举措|措施|专项|事项|议题|目标|专栏|问题)\s*[（(]?(` + hanNum + `|[0-9０-９]{1,3})[）)]?(?:[：:、.．]\s*|\s+|$)`)
	codeRe     = pattern.New(`^([A-Z]{1,4})[-.]?([0-9]{1,3}(?:\.[0-9]{1,3})*)[.:)]\s*`)
)

// readLabel reads the ordinal at the start of s. A number that belongs to the
// sentence (2026年, 1.5万人, 3月) is none.
func readLabel(s string) (label, bool) {
	if s == "" {
		return label{}, false
	}
	r := fold(firstRune(s))
	switch {
	case r < 0x80 && (r|0x20) >= 'a' && (r|0x20) <= 'z':
		return latinLabel(s)
	case r == '第':
		return match(chapterRe, s, func(m []string) style { return style(strings.Replace(m[2], "编", "篇", 1)) })
	case r == '(' || r == '〔' || r == '﹙':
		return bracketLabel(s)
	case r >= '0' && r <= '9':
		return digitLabel(s)
	case r >= '①' && r <= '⑳':
		_, w := utf8.DecodeRuneInString(s)
		return label{style: styleCircle, n: int(r-'①') + 1, text: s[:w], end: w}, true
	case hanDigit(r) >= 0 || r == '十' || r == '廿':
		if l, ok := match(hanRe, s, is(styleHan)); ok {
			return l, !strings.HasPrefix(s[l.end:], "、") && !hanRun.MatchString(s[l.end:])
		}
		return match(firstRe, s, is(styleFirst))
	case strings.ContainsRune("-*–•●▪■◆○·—", r):
		if m := bulletRe.FindString(s); m != "" && len(m) < len(s) {
			return label{style: styleBullet, text: strings.TrimSpace(m), end: len(m)}, true
		}
		return label{}, false
	}
	return match(wordHanRe, s, func(m []string) style { return style(m[1]) })
}

// hanRun is the rest of "一、二、三产业": an enumeration, not an ordinal.
var hanRun = pattern.Both(`^[一二三四五六七八九](、|三?产业|级|类|线|年级)`)

func is(s style) func([]string) style { return func([]string) style { return s } }

// match applies re, whose first group is the number unless there are two.
func match(re *pattern.Pattern, s string, of func([]string) style) (label, bool) {
	m := re.FindStringSubmatch(s)
	if m == nil {
		return label{}, false
	}
	num := m[1]
	if _, ok := numeral(num); !ok && len(m) > 2 {
		num = m[2]
	}
	n, _ := numeral(num)
	return label{style: of(m), n: n, text: strings.TrimSpace(m[0]), end: len(m[0])}, true
}

func bracketLabel(s string) (label, bool) {
	if l, ok := match(hanInRe, s, is(styleHanIn)); ok {
		return l, true
	}
	if l, ok := match(numInRe, s, is(styleNumIn)); ok {
		return l, true
	}
	return latinLabel(s)
}

func digitLabel(s string) (label, bool) {
	if m := decRe.FindStringSubmatch(s); m != nil {
		rest := s[len(m[0]):]
		parts := strings.Split(folded(m[1]), ".")
		last, _ := numeral(parts[len(parts)-1])
		if len(parts) == 2 && quantity.MatchString(rest) || rest != "" && m[0] == m[1] && !isHan(firstRune(rest)) {
			return label{}, false
		}
		return label{
			style: style("dec" + string(rune('0'+len(parts)))), n: last, text: strings.TrimSpace(m[0]), end: len(m[0]),
			upper: strings.Join(parts[:len(parts)-1], "."),
		}, true
	}
	if l, ok := match(numRe, s, is(styleNum)); ok {
		r := fold(firstRune(s[l.end:]))
		return l, !(r >= '0' && r <= '9' && l.end == len(strings.TrimRight(s[:l.end], " ")) && strings.Contains(folded(l.text), "."))
	}
	return match(numRightRe, s, is(styleNumR))
}

// quantity is what follows a decimal number that is an amount.
var quantity = pattern.Both(`^(?:[万亿千百%％‰个倍公平米元吨度户人名座处条家所级小]|[a-z]?per ?cent|million|billion|%)`)

func latinLabel(s string) (label, bool) {
	if m := wordRe.FindStringSubmatch(s); m != nil {
		parts := strings.Split(m[2], ".")
		last := parts[len(parts)-1]
		n, ok := numeral(last[strings.LastIndexByte(last, '-')+1:]) // Finding 2026-001
		if !ok {
			n = int(m[2][0]-'A') + 1
		}
		return label{style: wordStyle(m[1]), n: n, text: strings.TrimSpace(m[1] + " " + m[2]), end: len(m[0])}, true
	}
	if m := romanRe.FindStringSubmatch(s); m != nil && m[1] != "v" && m[1] != "x" {
		return label{style: styleRoman, n: romanValue(m[1]), text: strings.TrimSpace(m[0]), end: len(m[0])}, true
	}
	if m := romanUpRe.FindStringSubmatch(s); m != nil {
		return label{style: styleRomanUp, n: romanValue(strings.ToLower(m[1])), text: strings.TrimSpace(m[0]), end: len(m[0])}, true
	}
	if m := letterRe.FindStringSubmatch(s); m != nil {
		return label{style: styleLetter, n: int((m[1] + m[2])[0]|0x20-'a') + 1, text: strings.TrimSpace(m[0]), end: len(m[0])}, true
	}
	if m := codeRe.FindStringSubmatch(s); m != nil && m[1] != "Q" && m[1] != "FY" {
		n, _ := numeral(m[2][strings.LastIndexByte(m[2], '.')+1:])
		return label{style: styleNum, n: n, text: strings.TrimSpace(m[0]), end: len(m[0])}, true
	}
	return label{}, false
}

// wordStyle is the style of a word that numbers things; a short form counts as its word.
func wordStyle(word string) style {
	if w := strings.ToLower(word); w != "sec." {
		return style(w)
	}
	return "section"
}

func romanValue(s string) (n int) {
	val := map[byte]int{'i': 1, 'v': 5, 'x': 10}
	for i := range len(s) {
		if i+1 < len(s) && val[s[i]] < val[s[i+1]] {
			n -= val[s[i]]
		} else {
			n += val[s[i]]
		}
	}
	return n
}
