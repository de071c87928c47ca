package paper

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The shapes a secrecy marking takes. Everything here works on one line that
// normalise has brought to half width, simplified letters and single spaces.

const (
	zhLevel  = `(绝 ?密|机 ?密|秘 ?密)`
	zhPeriod = `(?:[0-9]+ ?(?:年|个?月|天|日)|[一二三四五六七八九十]+ ?(?:年|个?月)|长 ?期|启 ?封 ?前|解 ?密 ?前|[0-9年月日]+ ?前)`
	zhCopy   = `(?:(?:份 ?号|编 ?号|no\.?|No\.?|NO\.?)? ?:? ?[0-9]{1,8} ?(?:号|份)?)`
	zhUrgent = `(?:特 ?急|加 ?急|平 ?急|急 ?件|特 ?提|紧 ?急)`
	zhCare   = `(?:不得外传|严禁外传|请勿外传|注意保密|注意保存|妥善保管|保密期限 ?:? ?)`
	open     = `[【\[(〔《<]`
	shut     = `[】\])〕》>]`
)

var (
	// 机密 · 密级:机密★1年 · 000001 绝密★长期 特急 · (秘密 启封前), alone on the line.
	zhAlone = regexp.MustCompile(`^(?:` + zhCopy + ` )?` + open + `? ?(?:(?:密 ?级|秘密等级|保密等级|涉密等级|密别) ?[:：]? ?)?` + zhLevel +
		`( ?级)?(?: ?(?:文 ?件|件|资料|材料))? ?` + shut + `? ?([★☆*]? ?` + zhPeriod + `?)` + shut + `?(?:[ ,、]*(?:` + zhUrgent + `|` + zhCopy + `|` + zhCare + `|` + zhPeriod + `))*[。.!]?$`)
	// 【机密】关于… at the start of a line.
	zhLead = regexp.MustCompile(`^` + open + ` ?` + zhLevel + `(?: ?级)? ?(?:[★☆*] ?` + zhPeriod + `?)? ?` + shut)
	// 密级:机密 and further fields on the line.
	zhField = regexp.MustCompile(`^(?:密 ?级|秘密等级|保密等级|涉密等级) ?: ?` + zhLevel + `(?:[ ★☆*级,;]|$)`)
	// 机密★1年 within a short line: the star is the mark of GB/T 9704.
	zhStar = regexp.MustCompile(zhLevel + ` ?[★☆] ?` + zhPeriod + `?`)
	// Between separators in a name, a title or a running head.
	zhToken = regexp.MustCompile(`(?:^|[ \-_·.:|/` + `【\[(〔)\]】〕])` + zhLevel + `( ?级|文件|件)?(?:[ ★☆*\-_·.:|/` + `】\])〕(\[【〔]|$)`)

	enLevel = `(TOP[ _-]?SECRET|SECRET|CONFIDENTIAL)`
	// CONFIDENTIAL · TOP SECRET//NOFORN · UK SECRET - EYES ONLY, alone on the line.
	enAlone = regexp.MustCompile(`^(?:[#*=\-/ ]*)` + open + `? ?(?:(?:SECURITY )?(?:CLASSIFICATION|CLASSIFIED|MARKING) ?[:\-–—]? ?)?(?:(?:UK|US|U\.S\.|NATO|EU|COSMIC|STRICTLY|HIGHLY|PRIVATE AND|PRIVATE &|MOST|COMPANY|GOVERNMENT|STAFF) ?)*` +
		enLevel + `(?: ?//[A-Z0-9 /,\-]*)?(?: ?[\-–—:] ?(?:NOT FOR (?:DISTRIBUTION|PUBLICATION|RELEASE|CIRCULATION)|EYES ONLY|DRAFT|DO NOT (?:COPY|DISTRIBUTE|FORWARD|CIRCULATE)|INTERNAL USE ONLY|[A-Z]+ EYES ONLY|LIMITED DISTRIBUTION))?(?: (?:DOCUMENT|DRAFT|COPY|EYES ONLY))? ?` + shut + `?[#*=\-/ .!]*(?i:PAGE [0-9]+(?: OF [0-9]+)?)?$`)
	// [SECRET] Plan for … at the start of a line.
	enLead = regexp.MustCompile(`^[\[(] ?` + enLevel + ` ?[\])]`)
	// CONFIDENTIAL – plan for … , upper case before a dash or colon, at the front only.
	enBanner = regexp.MustCompile(`^` + enLevel + ` ?(?:[:–—]|- |//)`)
	// Between separators in a name, a title or a running head.
	enToken   = regexp.MustCompile(`(?:^|[ \-_·.:|/\[(【（])` + enLevel + `(?:$|[\-_·.:|/\])】）]| [^A-Z]| [A-Z][^A-Z])`)
	enLoose   = regexp.MustCompile(`(?i)(?:^|[_|\-\[(【] ?)(top[ _-]?secret|confidential)(?:$| ?[_|\])】]| ?- )`)
	enLetters = regexp.MustCompile(`^(?:[A-Z] ){5,}[A-Z]$`)
	spaces    = regexp.MustCompile(`[ \t\r\f\v]+`)
)

// markFolds brings full-width and traditional letters together.
var markFolds = strings.NewReplacer("機", "机", "絕", "绝", "絶", "绝", "祕", "秘", "級", "级", "長", "长", "啟", "启", "啓", "启",
	"\u3000", " ", "\u00a0", " ", "\u2002", " ", "\u2003", " ", "\u200b", "", "\ufeff", "", "﹡", "*", "＊", "*", "〈", "<", "〉", ">", "「", "[", "」", "]", "『", "[", "』", "]")

// normalise folds a line to half width, simplified letters of the marks and
// single spaces, and joins letters set apart (S E C R E T).
func normalise(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xff01 + '!'
		case unicode.In(r, unicode.Cf, unicode.Mn): // joiners, soft hyphens, accents put on: they hide a mark from us, not from a reader
			return -1
		}
		return r
	}, markFolds.Replace(line))
	line = strings.TrimSpace(spaces.ReplaceAllString(line, " "))
	if enLetters.MatchString(line) {
		line = strings.ReplaceAll(line, " ", "")
	}
	return line
}

// lineMark is the marking a line bears, "" for none. bare tells the level word
// alone from one with a star, a period or a field name.
func lineMark(line string, front bool) (mark string, bare bool) {
	if m := zhAlone.FindStringSubmatch(line); m != nil {
		level := compact(m[1])
		return level, compact(line) == level
	}
	for _, re := range []*regexp.Regexp{zhLead, zhField} {
		if m := re.FindStringSubmatch(line); m != nil {
			return compact(m[1]), false
		}
	}
	if m := zhStar.FindStringSubmatch(line); m != nil && utf8.RuneCountInString(line) <= 24 && !strings.ContainsAny(line, "“”\"'‘’") {
		return compact(m[0]), false
	}
	upper := line
	if front {
		upper = strings.ToUpper(line)
	}
	if m := enAlone.FindStringSubmatch(upper); m != nil {
		return m[1], m[0] == m[1]
	}
	if m := enLead.FindStringSubmatch(line); m != nil {
		return m[1], false
	}
	if m := enBanner.FindStringSubmatch(line); m != nil && front {
		return m[1], false
	}
	return "", false
}

// labelMark is the marking within a name, a title or a running head, where it
// stands between separators. All three levels together are a subject, not a mark.
func labelMark(line string) string {
	if m := zhToken.FindStringSubmatch(line); m != nil && !allLevels(line) {
		return compact(m[1])
	}
	if m := enToken.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	if m := enLoose.FindStringSubmatch(line); m != nil {
		return strings.ToUpper(m[1])
	}
	return ""
}

func allLevels(line string) bool {
	return strings.Contains(line, "绝密") && strings.Contains(line, "机密") && strings.Contains(line, "秘密")
}

// isLevelLabel reports the name of a field for the level of secrecy.
func isLevelLabel(s string) bool {
	if len(s) > 60 {
		return false
	}
	switch strings.ToLower(strings.TrimRight(compact(normalise(s)), ":")) {
	case "密级", "秘密等级", "保密等级", "涉密等级", "classification", "securityclassification", "security":
		return true
	}
	return false
}

// mayMark is a cheap test that spares nearly every line the patterns: a mark
// holds 密, or a word that begins with se or co, its letters perhaps set apart,
// or the full-width form of these.
func mayMark(s string) bool {
	if strings.Contains(s, "密") {
		return true
	}
	for i := 0; i+1 < len(s); i++ {
		next := byte('e')
		switch s[i] {
		case 's', 'S':
		case 'c', 'C':
			next = 'o'
		case 0xef: // Ｓ Ｃ ｓ ｃ
			if w := s[i:min(i+3, len(s))]; w == "Ｓ" || w == "Ｃ" || w == "ｓ" || w == "ｃ" {
				return true
			}
			continue
		default:
			continue
		}
		if rest := strings.TrimLeft(s[i+1:min(i+4, len(s))], " "); rest != "" && (rest[0]|0x20 == next || rest[0] >= 0x80) && (i == 0 || !isASCIILetter(s[i-1])) {
			return true
		}
	}
	return false
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
