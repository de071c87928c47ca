package markup

import (
	"strconv"
	"strings"
)

// knownTags are the elements that may occur; anything else in angle brackets is text.
var knownTags = set(`a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote
body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em
embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
img input ins kbd label legend li link main map mark menu meta meter nav nobr noframes noscript object ol optgroup
option output p param picture pre progress q rp rt ruby s samp script search section select small source span strike
strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml path`)

// blockTags end the paragraph before them, at start and at end.
var blockTags = set(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary
table tbody td tfoot th thead tr ul`)

// skippedTags have content that is never shown.
var skippedTags = set(`script style template noscript iframe noframes svg`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func (p *page) start(name string, attr map[string]string) {
	if p.skip != "" {
		return
	}
	if blockTags[name] {
		p.flush()
	}
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.level = int(name[1] - '0')
	case "br":
		p.text.Write("\n", false, false)
	case "s", "del", "strike":
		p.struck++
	case "b", "strong":
		p.bold++
	case "pre":
		p.pre++
	case "title":
		p.title = true
	case "main", "article":
		p.article++
	case "nav", "footer", "aside", "header":
		if name != "header" || p.article == 0 {
			p.aside++
		}
	case "img":
		p.words(attr["alt"])
	case "table", "tr", "td", "th":
		p.tableTag(name, attr)
	case "ul", "ol", "li", "menu", "dir":
		p.listTag(name, attr)
	default:
		if skippedTags[name] {
			p.skip = name
		}
	}
}

func (p *page) end(name string) {
	if p.skip != "" {
		if name == p.skip {
			p.skip = ""
		}
		return
	}
	if blockTags[name] {
		p.flush()
	}
	down := func(n *int) { *n = max(*n-1, 0) }
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.level = 0
	case "s", "del", "strike":
		down(&p.struck)
	case "b", "strong":
		down(&p.bold)
	case "pre":
		down(&p.pre)
	case "title":
		p.title = false
	case "main", "article":
		down(&p.article)
	case "nav", "footer", "aside":
		down(&p.aside)
	case "header":
		if p.article == 0 {
			down(&p.aside)
		}
	case "td", "th":
		p.endCell()
	case "tr":
		p.endCell()
	case "table":
		p.endTable()
	case "ul", "ol", "menu", "dir":
		p.lists = p.lists[:max(len(p.lists)-1, 0)]
		p.item, p.marker = false, ""
	case "li":
		p.item, p.marker = false, ""
	}
}

// maxLists bounds list depth; deeper lists count as this deep.
const maxLists = 100

func (p *page) listTag(name string, attr map[string]string) {
	if name != "li" {
		if len(p.lists) < maxLists {
			from, err := strconv.Atoi(attr["start"])
			if err != nil {
				from = 1
			}
			p.lists = append(p.lists, htmlList{ordered: name == "ol", style: attr["type"], next: from})
		}
		return
	}
	p.item = true
	if len(p.lists) == 0 {
		return
	}
	l := &p.lists[len(p.lists)-1]
	if v, err := strconv.Atoi(attr["value"]); err == nil {
		l.next = v
	}
	if l.ordered {
		p.marker = paperLabel(l.style, l.next) + "."
	}
	l.next++
}

// paperLabel writes a list number in the style of the type attribute.
func paperLabel(style string, n int) string {
	switch {
	case (style == "a" || style == "A") && n >= 1 && n <= 26:
		return string(rune(style[0]) + rune(n-1))
	case (style == "i" || style == "I") && n >= 1 && n <= 39:
		s := strings.Repeat("x", n/10) + []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}[n%10]
		if style == "I" {
			return strings.ToUpper(s)
		}
		return s
	}
	return strconv.Itoa(n)
}

// spansOf reads colspan and rowspan.
func spansOf(attr map[string]string) (across, down int) {
	across, _ = strconv.Atoi(attr["colspan"])
	down, _ = strconv.Atoi(attr["rowspan"])
	return min(max(across, 1), 256), min(max(down, 1), 65534)
}
