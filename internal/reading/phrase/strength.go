package phrase

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	labelHead = pattern.New(`^(?:[(]?[一二三四五六七八九十0-9]{1,3}[)、.]|[*#\- ]|[0-9.]+ )+`)
	// softeners stand before the verb and say nothing about the promise.
	softeners = `(?:积极|主动|全力|大力|加快|进一步|深入|持续|继续|稳步|有序|统筹|科学|扎实|鼓足干劲)*`
	lobbyZH   = pattern.New(`^` + softeners + `(?:争取(?:国家|中央|省|上级|部委|更多|列入|纳入|将|把|政策|支持)|向(?:国家|省|上级|中央)[^,;。]{0,12}争取|呼吁|推动(?:国家|省|上级))`)
	exploreZH = pattern.New(`^` + softeners + `(?:探索|研究(?:论证|谋划|推动|制定|出台|建立|提出)?|考虑|谋划|论证|酝酿|摸索)`)
	enableZH  = pattern.New(`^` + softeners + `(?:支持|鼓励|引导|倡导|促进|协助|助力|扶持)`)
	lobbyEN   = pattern.New(`(?i)^(?:to |we will |will |continue to |actively )*(?:lobby|advocate|campaign|press|call (?:on|for)|petition|urge|make the case|bid for|seek (?:funding|powers|approval))\b`)
	exploreEN = pattern.New(`(?i)^(?:to |we will |will |continue to |actively )*(?:explor|consider|investigat|look (?:at|into)|scop|assess (?:the )?(?:feasibility|options|potential|case)|research|examin|study|evaluate options|identify options|pilot the idea|develop options)`)
	enableEN  = pattern.New(`(?i)^(?:to |we will |will |continue to |actively )*(?:support|enabl|encourag|facilitat|promot|help|assist|foster|advis|work with|work towards|signpost|champion)`)
	// secondary softens a first verb that promises: 研究制定 is 研究, but so is "plan to consider".
	considers = pattern.New(`(?i)\b(?:considers?|considering|explores?|exploring|enabling|supporting)\b`)
)

// Strength tells how firmly a task is promised, by its leading verb: plans soften
// "invest" to "consider investing" (field.md §5.4). Without a softening verb a
// task is to be delivered.
func Strength(text, lang string) docket.Commitment {
	if len(text) > 600 {
		text = strings.ToValidUTF8(text[:600], "")
	}
	s := strings.TrimSpace(newView(text).s)
	s = strings.TrimSpace(s[len(labelHead.FindString(s)):])
	if hasHan(s) {
		// a short title sentence ("产业升级。支持…") does not hide the verb
		if i := strings.IndexAny(s, "。:"); i > 0 && runes(s[:i]) <= 20 && len(s) > i+4 && strength(s) == docket.Deliver {
			return strength(strings.TrimLeft(s[i:], "。:"))
		}
	}
	return strength(s)
}

func strength(s string) docket.Commitment {
	switch {
	case lobbyZH.MatchString(s), lobbyEN.MatchString(s):
		return docket.Lobby
	case exploreZH.MatchString(s), exploreEN.MatchString(s):
		return docket.Explore
	case enableZH.MatchString(s), enableEN.MatchString(s):
		return docket.Enable
	}
	if !hasHan(s) {
		if m := considers.FindString(firstWords(s, 4)); m != "" {
			if m[0]|0x20 == 'c' || strings.HasPrefix(strings.ToLower(m), "explor") {
				return docket.Explore
			}
			return docket.Enable
		}
	}
	return docket.Deliver
}

func firstWords(s string, n int) string {
	f := strings.Fields(s)
	return strings.Join(f[:min(n, len(f))], " ")
}
