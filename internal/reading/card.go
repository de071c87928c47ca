package reading

import (
	"strings"

	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// A record card is what a government site prints above a paper: 索引号, 发文机关,
// 成文日期, 标题, 发文字号. Its lines are the page's, not the paper's; what they say
// fills the front matter where the paper itself is silent.

// cardName is the name of a place of a card, set apart by a colon, a bar or a tab.
var cardName = pattern.Both(`(?m)(?:^|[\s|｜•])(索\s*引\s*号|信\s*息\s*索\s*引(?:\s*号)?|主\s*题\s*(?:分\s*类|词)|信\s*息\s*分\s*类|组\s*配\s*分\s*类|体\s*裁\s*分\s*类|公\s*开\s*(?:目\s*录|形\s*式|方\s*式|日\s*期|时\s*间|范\s*围|责\s*任\s*部\s*门)|发\s*文\s*(?:机\s*关|机\s*构|单\s*位|字\s*号|日\s*期|文\s*号)|发\s*布\s*(?:机\s*构|机\s*关|单\s*位|日\s*期|时\s*间|文\s*号)|信\s*息\s*来\s*源|来\s*源|成\s*文\s*日\s*期|生\s*成\s*日\s*期|签\s*发\s*日\s*期|标\s*题|(?:文\s*件|信\s*息)?名\s*称|(?:文\s*件\s*编|文)\s*号|有\s*效\s*性|内\s*容\s*概\s*述|统\s*一\s*编\s*号|登\s*记\s*号|政\s*策\s*咨\s*询\s*(?:机\s*关|电\s*话))[ 　]*[:：|｜\t]`)

// cardReach is how many lines a site prints before a paper begins; cardPlaces how many
// named places make a card.
const (
	cardReach  = 40
	cardPlaces = 3
)

// markCard sets the lines of a record card aside and keeps what they say.
func (r *reader) markCard() {
	card, at := map[string]string{}, []int(nil)
	last, below := "", false
	for i := 0; i < min(len(r.paras), cardReach); i++ {
		p := &r.paras[i]
		ms := cardName.FindAllStringSubmatchIndex(p.text, 16)
		if len(ms) == 0 || ms[0][0] > 6 {
			if below && runes(p.text) <= 40 && !ended(p.text) { // the value of a listed name stands on the line below it
				if card[last] == "" {
					card[last] = p.text
				}
				at = append(at, i)
			}
			below = false
			continue
		}
		at = append(at, i)
		for j, m := range ms {
			to := len(p.text)
			if j+1 < len(ms) {
				to = ms[j+1][0]
			}
			last = squeeze(p.text[m[2]:m[3]])
			v := strings.Trim(p.text[m[1]:to], " \t\n|｜•:：")
			if card[last] == "" {
				card[last] = v
			}
			below = v == "" && strings.HasPrefix(p.text, "•")
		}
	}
	if len(card) < cardPlaces {
		return
	}
	r.card = card
	var out []para
	from := 0
	for _, i := range at {
		out = append(out, r.paras[from:i]...)
		p := r.paras[i]
		p.kind, p.table, p.label, p.labeled = paper.Furniture, nil, label{}, false
		for row := range strings.SplitSeq(p.text, "\n") {
			if q := p; strings.TrimSpace(row) != "" {
				q.text = row
				out = append(out, q)
			}
		}
		from = i + 1
	}
	r.paras = append(out, r.paras[from:]...)
}

// onCard gives what the card says under the first of these names that says anything.
func (r *reader) onCard(names ...string) string {
	for _, n := range names {
		if v := r.card[n]; v != "" && v != "无" {
			return v
		}
	}
	return ""
}

// fromCard fills what the paper does not say of itself. 县人民政府办公室 on the paper is
// the 某某县人民政府办公室 of the card.
func (r *reader) fromCard(f *Front) {
	if len(r.card) == 0 {
		return
	}
	if t := r.onCard("标题", "名称", "信息名称", "文件名称", "内容概述"); t != "" && (f.Title == "" || !docKind.MatchString(f.Title)) {
		f.Title = t
	}
	if f.Number == "" {
		f.Number, _, _ = readNumber(r.onCard("发文字号", "文号", "文件编号", "发文文号", "发布文号"))
	}
	if by := r.onCard("发文机关", "发文单位", "发文机构", "发布机构", "发布机关", "公开责任部门"); by != "" && (f.Issuer == "" || strings.HasSuffix(by, f.Issuer)) {
		f.Issuer = squeezeHan(by)
	}
	if f.IssuedOn.IsZero() {
		f.IssuedOn = readDate(r.onCard("成文日期", "发文日期", "签发日期", "生成日期"))
	}
}
