package reading

import (
	"strings"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	pageMark = pattern.Both(`^(?:[-—－–─·•\s]*[0-9０-９]{1,4}[-—－–─·•\s]*|第\s*[0-9０-９]{1,4}\s*页[\s，,/]*(?:共\s*[0-9０-９]{1,4}\s*页)?|[0-9]{1,4}\s*/\s*[0-9]{1,4}|(?i:page)\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?)$`)
	address  = pattern.New(`^(?:https?://|www\.)\S+$`)
	leader   = pattern.New(`[\s.．…·]*[0-9]{1,4}$`)
	// buttons are the words of a government site around a document.
	buttons  = pattern.Both(`^(?:打印|下载|关闭|关闭窗口|收藏|分享|返\s*回|返回顶部|全屏|还原|加大|减小|放大|缩小|扫一扫.{0,20}|】|【?字[号体]：?.{0,12}】?|首页.{0,30}|(?:您)?(?:现在)?(?:所在|当前)?(?:的)?位置[:：].{0,80}|.{0,8}(?:浏览|访问|点击)(?:次数|量)[:：].{0,12}|字体(?:大小)?[:：].{0,12}|发布(?:日期|时间)[:：]\s*[0-9]{4}[-年/][0-9]{1,2}.{0,80}|来源[:：].{0,40}(?:作者|编辑)[:：].{0,40}|责任编辑：.{0,12}|分享到：?.{0,20}|Agenda item|Issue [-–] (?:decisions|meetings|items at meetings.{0,30})|Issue details|(?:Additional|Supporting) documents:?|Share this item)$`)
	contents = pattern.Both(`^(?i:目\s*录|contents|table of contents)$`)
)

// markFurniture sets aside what belongs to the page and not to the paper: page
// numbers, running heads, navigation, tables of contents. It is shown, never dropped.
func markFurniture(ps []para, format string) {
	paged := format == "pdf" || format == "txt" || format == ""
	for i := range ps {
		p := &ps[i]
		if p.kind == paper.Furniture || p.table != nil {
			continue
		}
		if address.MatchString(p.text) || buttons.MatchString(p.text) ||
			pageMark.MatchString(p.text) && !itemNo(p.text) && (paged || strings.ContainsAny(p.text, "-—－–页/")) {
			p.kind = paper.Furniture
		}
	}
	markRunningHeads(ps)
	markContents(ps)
}

// itemNo reports a number with its year, 294/19, as minutes number their items: no page
// is beyond the last.
func itemNo(s string) bool {
	page, last, ok := strings.Cut(s, "/")
	a, isNo := numeral(strings.TrimSpace(page))
	b, isYear := numeral(strings.TrimSpace(last))
	return ok && isNo && isYear && a > b
}

// markRunningHeads finds short lines that return beside page marks or at the
// edges of pages, and nowhere else but on the title page.
func markRunningHeads(ps []para) {
	type seen struct{ n, edge int }
	heads := map[string]*seen{}
	edge := func(i int) bool {
		for _, j := range [2]int{i - 1, i + 1} {
			if j >= 0 && j < len(ps) && (ps[j].kind == paper.Furniture && pageMark.MatchString(ps[j].text) ||
				ps[j].page > 0 && ps[i].page > 0 && ps[j].page != ps[i].page) {
				return true
			}
		}
		return false
	}
	candidate := func(p *para) bool {
		if p.kind != paper.Paragraph || p.table != nil || p.labeled || runes(p.text) > 60 || ended(p.text) ||
			strings.ContainsAny(p.text, "，、；。") || strings.Count(p.text, "（") != strings.Count(p.text, "）") {
			return false // the end of a sentence that happens to return, not a head
		}
		_, _, field := fieldLine(p.text)
		return !field && !dateLine(p.text)
	}
	for i := range ps {
		if !candidate(&ps[i]) {
			continue
		}
		s := heads[squeeze(ps[i].text)]
		if s == nil {
			s = &seen{}
			heads[squeeze(ps[i].text)] = s
		}
		s.n++
		if edge(i) {
			s.edge++
		}
	}
	for i := range ps {
		if s := heads[squeeze(ps[i].text)]; s != nil && s.edge >= 2 && s.edge >= s.n-1 && candidate(&ps[i]) && edge(i) {
			ps[i].kind = paper.Furniture
		}
	}
}

// markContents sets aside a table of contents: a run of five or more short
// lines that all return later as lines of their own, or two under the word 目录.
func markContents(ps []para) {
	last := map[string]int{}
	for i := range ps {
		if ps[i].table == nil && len(ps[i].text) < 240 {
			last[entry(ps[i].text)] = i
		}
	}
	for i := 0; i < len(ps); {
		head := ps[i].table == nil && contents.MatchString(ps[i].text)
		from := i
		if head {
			from++
		}
		end := from
		for end < len(ps) && ps[end].table == nil && len(ps[end].text) < 240 && last[entry(ps[end].text)] > end {
			end++
		}
		if n := end - from; n >= 5 && allLabeled(ps[from:end]) || head && n >= 2 {
			for j := i; j < end; j++ {
				ps[j].kind = paper.Furniture
			}
		}
		i = max(end, i+1)
	}
}

func allLabeled(ps []para) bool {
	n := 0
	for i := range ps {
		if ps[i].labeled || ps[i].kind == paper.ListItem {
			n++
		}
	}
	return n*10 >= len(ps)*8
}

// entry is a line as a table of contents would list it: without the dots and
// the page number.
func entry(s string) string { return squeeze(leader.ReplaceAllString(s, "")) }
