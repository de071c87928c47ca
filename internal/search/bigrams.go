// Package search turns text into the words a full-text index keeps and a
// question into the words it asks for: overlapping pairs of Han characters, so
// that two-character words are found without a dictionary, and lower-cased
// words otherwise. Both database engines are fed by it.
package search

import (
	"slices"
	"strings"
	"unicode"
)

// MaxTerms bounds what a question may ask for; what comes after is ignored.
const MaxTerms = 32

// Limits of one index entry, with which every engine can cope (PostgreSQL
// counts 16,383 positions and 1 MiB): what a text says after them is not found.
const (
	maxWords = 16_000
	maxBytes = 400_000
)

// Bigrams returns the words to keep for text, in order. A run of Han characters
// 养老服务 gives 养老 老服 服务 务: every pair, and the last character alone,
// so that a question for one character is a prefix of some word wherever it
// stands. Full-width letters and digits count as their half-width forms.
func Bigrams(text string) []string {
	var out []string
	size := 0
	keep := func(word []rune) {
		if len(out) < maxWords && size < maxBytes {
			out = append(out, string(word))
			size += len(out[len(out)-1])
		}
	}
	runs(text, func(run []rune, han bool) {
		if !han {
			keep(run)
			return
		}
		for i := range run {
			keep(run[i:min(i+2, len(run))])
		}
	})
	return out
}

// Term is one thing a text must hold to answer a question.
type Term struct {
	Words  []string // found one directly after the other
	Prefix bool     // the (only) word need only begin so
}

// Terms reads a question; a text answers it that holds every term. A run of
// two or more Han characters must stand as written, one Han character may
// stand anywhere, a number must be that number, and other words need only
// begin as typed.
func Terms(question string) []Term {
	var out []Term
	runs(question, func(run []rune, han bool) {
		switch {
		case len(out) == MaxTerms:
		case !han && !slices.ContainsFunc(run, unicode.IsLetter):
			out = append(out, Term{Words: []string{string(run)}})
		case !han || len(run) == 1:
			out = append(out, Term{Words: []string{string(run)}, Prefix: true})
		default:
			run = run[:min(len(run), MaxTerms)]
			var t Term
			for i := range len(run) - 1 {
				t.Words = append(t.Words, string(run[i:i+2]))
			}
			out = append(out, t)
		}
	})
	return out
}

// maxWord bounds one word of letters and digits, in characters: longer ones are
// cut, so that one endless line cannot overflow an index entry.
const maxWord = 64

// runs calls found for every unbroken run of Han characters and of other
// letters and digits, folded to lower case and half width.
func runs(text string, found func(run []rune, han bool)) {
	var run []rune
	han := false
	flush := func() {
		if len(run) > 0 {
			found(run, han)
		}
		run = run[:0]
	}
	for _, r := range text {
		r = fold(r)
		isHan := unicode.Is(unicode.Han, r)
		switch {
		case !isHan && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			flush()
			continue
		case isHan != han:
			flush()
			han = isHan
		}
		if isHan || len(run) < maxWord {
			run = append(run, r)
		}
	}
	flush()
}

func fold(r rune) rune {
	if '！' <= r && r <= '～' { // full-width ASCII
		r -= '！' - '!'
	}
	return unicode.ToLower(r)
}

// Join writes words as the text an index reads: separated by single spaces.
func Join(words []string) string { return strings.Join(words, " ") }
