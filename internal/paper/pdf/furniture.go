package pdf

import (
	"regexp"
	"strings"
)

// A page number alone on its line: 3, — 3 —, - 3 -, 第 3 页, 第3页 共9页, Page 3 of 9, 3 / 9, iv.
var pageNumber = regexp.MustCompile(`(?i)^[\s\-—–－·•~]*(?:第?\s*[0-9０-９]{1,4}\s*页?|page\s+[0-9]{1,4}|[ivxl]{1,7})(?:\s*(?:/|of|[,，]?\s*共)\s*[0-9]{1,4}\s*页?)?[\s\-—–－·•~]*$`)

var figures = regexp.MustCompile(`[0-9０-９]+`)

// furnitureLines is how many lines at either end of a page may be running heads.
const furnitureLines = 3

// edge is the share of a page's height at its ends in which running heads stand.
const edge = 0.12

// furnish tells which lines of each page are page numbers or running heads: at
// the end of a page, and either a number alone or the same words at the same
// height on several pages.
func furnish(pages []page, lines [][]line) []map[int]bool {
	type mark struct {
		text string
		y    int
	}
	seen := map[mark]int{}
	keyOf := func(l line) mark {
		return mark{figures.ReplaceAllString(strings.TrimSpace(l.text), "#"), int(l.midY()) / 6}
	}
	out := make([]map[int]bool, len(pages))
	ends := func(i int, fn func(j int, l line)) {
		n := len(lines[i])
		for j, l := range lines[i] {
			if h := pages[i].Height; (j < furnitureLines || j >= n-furnitureLines) && h > 0 && (l.T > h*(1-edge) || l.B < h*edge) {
				fn(j, l)
			}
		}
	}
	for i := range pages {
		ends(i, func(_ int, l line) {
			k := keyOf(l)
			seen[k]++
			if up := (mark{k.text, k.y + 1}); seen[up] > 0 { // the grid of heights has borders
				seen[k]++
			}
		})
	}
	for i := range pages {
		out[i] = map[int]bool{}
		ends(i, func(j int, l line) {
			k := keyOf(l)
			repeated := max(seen[k], seen[mark{k.text, k.y - 1}], seen[mark{k.text, k.y + 1}])
			if pageNumber.MatchString(strings.TrimSpace(l.text)) || repeated >= 3 || repeated == 2 && len(pages) <= 3 {
				out[i][j] = true
			}
		})
	}
	return out
}
