package docket

import "strings"

// shortForms are the official short forms of bodies' names, each with what it
// stands for. Both sides of a comparison are brought to the short form, so a
// document may write either. Forms that two different bodies could share (工信
// and 经信) are kept apart on purpose: they are proposed as close, never equal.
var shortForms = strings.NewReplacer(
	"发展和改革", "发改", "发展与改革", "发改", "发展改革", "发改",
	"人力资源和社会保障", "人社", "人力资源社会保障", "人社",
	"住房和城乡建设", "住建", "住房城乡建设", "住建",
	"交通运输", "交运",
	"卫生健康", "卫健",
	"工业和信息化", "工信", "工业信息化", "工信",
	"经济和信息化", "经信", "经济信息化", "经信",
	"自然资源和规划", "自规", "自然资源规划", "自规", "资规", "自规",
	"市场监督管理", "市场监管",
	"文化广电和旅游", "文广旅", "文化广电旅游", "文广旅", "文化和旅游", "文旅", "文化旅游", "文旅",
	"退役军人事务", "退役军人", "应急管理", "应急",
	"医疗保障", "医保", "城市管理", "城管", "生态环境保护", "生态环境",
	"科学技术协会", "科协", "科学技术", "科技", "教育和体育", "教体", "教育体育", "教体",
	"行政审批服务", "行政审批",
	"政务服务和数据", "政数", "政务和数据", "政数", "政务服务数据", "政数", "数据资源管理", "数据资源",
	"金融监督管理", "金融监管", "金融工作", "金融", "国有资产监督管理", "国资",
	"机构编制委员会办公室", "编办", "委编办", "编办",
	"网络安全和信息化委员会办公室", "网信办", "委网信办", "网信办",
	"精神文明建设委员会办公室", "文明办",
	"供销合作社联合社", "供销社", "供销合作社", "供销社", "供销合作联社", "供销社",
	"残疾人联合会", "残联", "妇女联合会", "妇联", "工商业联合会", "工商联", "归国华侨联合会", "侨联",
	"文学艺术界联合会", "文联", "社会科学界联合会", "社科联",
	"人民政府", "政府", "人民代表大会", "人大", "人民检察院", "检察院", "人民法院", "法院", "中级法院", "中院",
	"中级人民法院", "中院", "机关工作委员会", "机关工委", "委员会", "委", "办公室", "办", "管理局", "局",
	"department of ", "", " department", "", " and ", " ", " & ", " ",
)

// fold brings a name to one width and case, without white space at its ends,
// 中共 or "the" before it, and with single spaces inside.
func fold(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for _, r := range name {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '　' || r == ' ' || r == '\t' || r == '\n' || r == '\r':
			r = ' '
		case r == '〔' || r == '【':
			r = '('
		case r == '〕' || r == '】':
			r = ')'
		}
		b.WriteRune(r)
	}
	words := strings.Fields(strings.ToLower(b.String()))
	var out strings.Builder
	for i, w := range words {
		if i > 0 && !hanEdge(words[i-1], w) {
			out.WriteByte(' ')
		}
		out.WriteString(w)
	}
	return strings.TrimPrefix(strings.TrimPrefix(out.String(), "the "), "中共")
}

// hanEdge: between Han characters a space is only layout.
func hanEdge(a, b string) bool { return a[len(a)-1] >= 0x80 && b[0] >= 0x80 }

// shorten gives the short form that is compared; "" stays "".
func shorten(folded string) string {
	return strings.TrimSpace(shortForms.Replace(folded))
}
