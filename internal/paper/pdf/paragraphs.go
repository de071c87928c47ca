package pdf

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// margins are the bounds of the text on a page or in a cell, and the distance
// from line to line.
type margins struct {
	left, right float32
	leading     float32
}

// marginsOf measures a page by its lines, running heads left out. The left
// margin is where most long lines begin; the right one is at least what the left
// one lets expect, since a page may hold short lines only.
func marginsOf(lines []line, aside map[int]bool, width float32) margins {
	var body []line
	for i, l := range lines {
		if !aside[i] {
			body = append(body, l)
		}
	}
	if len(body) == 0 {
		return margins{}
	}
	m := margins{left: body[0].L, right: body[0].R}
	for _, l := range body {
		m.left, m.right = min(m.left, l.L), max(m.right, l.R)
	}
	begins := map[int]int{}
	for _, l := range body {
		if l.width() > 0.6*(m.right-m.left) {
			begins[int(l.L/4)]++
		}
	}
	best, most := 0, 0
	for at, n := range begins {
		if n > most || n == most && at < best {
			best, most = at, n
		}
	}
	if most > 1 {
		m.left = float32(best) * 4
	}
	m.right = max(m.right, width-m.left-60)
	var steps []float32
	for i := 1; i < len(body); i++ {
		if d := body[i-1].midY() - body[i].midY(); d > 0 {
			steps = append(steps, d)
		}
	}
	slices.Sort(steps)
	if len(steps) > 0 {
		m.leading = steps[len(steps)/2]
	}
	return m
}

var (
	bullet   = regexp.MustCompile(`^[•▪■□●○◆◇➢✓☑*·\x{f0b7}\x{f0a7}]\s*`)
	numbered = regexp.MustCompile(`^(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百0-9]+[)）]|[0-9]+[.．、)]\D|第[一二三四五六七八九十百0-9]+[章节条篇]|[①-⑳]|——|附件|附：|Action \d+|Annex )`)
)

// startsNew tells whether a line begins a new paragraph after the open one. m
// are the margins of the open paragraph's last line, next those of the line.
func (m margins) startsNew(open []line, l line, next margins, body float32) bool {
	prev := open[len(open)-1]
	if r := l.size / prev.size; r > 1.3 || r < 0.77 {
		return true
	}
	samePage := prev.page == l.page
	if samePage {
		step := prev.midY() - l.midY()
		if step <= 0 || m.leading > 0 && step > 1.6*m.leading && step > 1.8*l.size {
			return true
		}
	}
	if bullet.MatchString(l.text) {
		return true
	}
	em := l.size
	if samePage && l.size > body*larger && centred(prev, m) && centred(l, next) {
		return false // a title broken into lines
	}
	indent := l.L - next.left
	if l.wide || prev.wide {
		if numbered.MatchString(l.text) && (indent > 0.5*em || strings.ContainsRune("。！？", lastRune(strings.TrimSpace(prev.text)))) {
			return true // set flush left, behind a sentence that fills its line
		}
		if indent > 1.2*em {
			hanging := len(open) > 1 && abs(l.L-prev.L) < 3
			return !hanging || prev.R < m.right-2*em
		}
		return prev.R < m.right-2*em
	}
	if numbered.MatchString(l.text) && (abs(l.L-open[0].L) < 3 || indent < em) {
		return true
	}
	word, _, _ := strings.Cut(l.text, " ")
	fits := prev.R+0.5*em*float32(utf8.RuneCountInString(word)+1) < m.right
	return fits || indent > em && l.L > prev.L+em && len(open) > 1
}

func centred(l line, m margins) bool {
	return abs(l.midX()-(m.left+m.right)/2) < 12 && l.L > m.left+l.size/2 && l.R < m.right-l.size/2
}

// cellText joins the lines of a cell: wrapped lines to one, others kept apart.
func cellText(lines []line, cell box) string {
	if len(lines) == 0 {
		return ""
	}
	m := margins{left: lines[0].L, right: cell.R - 6}
	for _, l := range lines {
		m.left = min(m.left, l.L)
	}
	var paras []string
	open := lines[:1]
	for i, l := range lines[1:] {
		prev := open[len(open)-1]
		short := prev.R < m.right-2*l.size
		if !l.wide && !prev.wide {
			short = numbered.MatchString(l.text) || prev.R-cell.L < 0.6*cell.width()
		}
		centre := abs(prev.midX()-cell.midX()) < 4 && abs(l.midX()-cell.midX()) < 4 && prev.L-cell.L > 8
		if bullet.MatchString(l.text) || short && !centre {
			paras = append(paras, joinLines(open))
			open = lines[i+1 : i+2]
			continue
		}
		open = lines[i+2-len(open)-1 : i+2]
	}
	return strings.Join(append(paras, joinLines(open)), "\n")
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
