package phrase

import (
	"strings"

	"github.com/docket-os/docket/internal/reading/pattern"
)

// The fields of work a government department is named after. A department named
// by field and form alone ("商务厅") is one whose 省/市/区 may have been dropped.
const fields = `发展和改革|发展改革|发改|经济和信息化|经信|经济信息化|工业和信息化|工信|工业信息化|工业和信息产业|教育和体育|教育体育|教育|科学技术|科技|民族宗教事务|民族宗教|民宗|民族事务|民族|民|宗教|` +
	`公安|民政|司法|财政|人力资源和社会保障|人力资源社会保障|人社|自然资源和规划|规划和自然资源|自然资源|国土资源|国土|规划|生态环境|环境保护|环保|` +
	`住房和城乡建设|住房城乡建设|住建|建设|城乡建设|城乡规划|交通运输|交通|交运|铁路|水利|水务|农业农村|农业|农牧|畜牧|渔业|乡村振兴|扶贫开发|扶贫|` +
	`商务|文化和旅游|文化旅游|文旅|文化广电和旅游|文化广电旅游体育|文广旅体|文化广电旅游|文广旅|文广新|文体旅游|文体旅|文化体育|旅游|卫生健康|卫健|卫生计生|卫计|卫生|` +
	`退役军人事务|退役军人|应急管理|应急|安全生产监督管理|安监|审计|外事|外办|国有资产监督管理|国资|市场监督管理|市场监管|工商|质监|食药监|食品药品监管|药品监督管理|药监|广播电视|广电|新闻出版|版权|体育|统计|` +
	`医疗保障|医保|信访|林业和草原|林业草原|林草|林业|园林绿化|园林|林业园林|城市管理综合执法|城市管理|城管执法|城管|综合执法|综合行政执法|行政执法|公园城市|` +
	`政务服务和数据管理|政务服务与数据管理|政务服务数据管理|政务服务管理|政务服务|政务和数据|政务数据|政务|数据资源管理|数据资源|大数据发展|大数据管理|大数据|数据管理|数据|行政审批服务|行政审批|地方金融监督管理|地方金融监管|地方金融|金融工作|金融|金融服务|` +
	`粮食和物资储备|粮食和储备|粮食|能源|知识产权|机关事务管理|机关事务|人民防空|人防|国防动员|国动|文物|档案|海洋|海洋渔业|港航|港口|口岸物流|口岸|投资促进|投促|招商|中医药管理|中医药|疾病预防控制|疾控|` +
	`妇女儿童工作|老龄工作|老龄|红十字|供销|税务|气象|邮政管理|通信管理|消防救援|消防|地震|测绘|监狱管理|戒毒管理|移民|搬迁安置|参事|研究|政策研究|法制|物价|房管|房产|房地产管理|住房保障|公积金管理|住房公积金管理|滇管|社会科学|科学|残疾人|妇女|归侨侨联|矿山安监|烟草专卖|烟草|外汇管理|外汇|民航|邮政|国税|地税|营商环境建设|营商环境`

// Party organs take 省委/市委 rather than 省/市.
const organs = `宣传部|组织部|统战部|政法委|网信办|编办|社会工作部|社工部|金融办|农办|外办|台办|改革办|财办|财经办|军民融合办|国安办|党校|老干部局|机要局|保密局|政研室|督查室|巡察办|巡视办|纪委监委|社治委|依法治省办|依法治市办|直属机关工委|两新工委|农工委`

// Bodies that are no department and carry the level word all the same.
const bodies = `法院|检察院|中级人民法院|高级人民法院|人民法院|人民检察院|总工会|妇联|残联|工商联|科协|文联|侨联|社科联|贸促会|红十字会|供销社|供销合作社|作协|记协|法学会|计生协|关工委|消防救援支队|消防救援总队|消防救援大队|交警支队|疾控中心|政府办公室|政府办公厅|政府办|政府研究室|妇女联合会|残疾人联合会|工商业联合会|科学技术协会|文学艺术界联合会|机关事务中心|机关事务管理中心|公共资源交易中心|大数据中心|投促中心|融媒体中心|行政服务中心`

var (
	// head is what may stand before a department: a level word or a place.
	head = pattern.New(`^(?:省|市|区|县|州|旗|盟|镇|自治区|自治州|自治县|国家|.{2,9}(?:省|市|区|县|州|旗|盟|自治区|自治州|新区))$`)
	// quotedOffice is an office named after a campaign: 市“四城”创建办.
	quotedOffice = pattern.New(`^(省|市|区|县|州|旗|盟|镇)[“"]`)
	// ofState are the departments that bear 国家 themselves.
	ofState = pattern.New(`^(?:发展改革委|发展和改革委员会|卫生健康委|卫生健康委员会|民委|能源局|数据局|医保局|医疗保障局|林草局|林业和草原局|药监局|知识产权局|粮食和储备局|粮食和物资储备局|疾控局|铁路局|统计局|文物局|中医药局|移民局|邮政局|烟草局|外汇局|矿山安监局|乡村振兴局|信访局|民航局)$`)
)

var (
	departments = cross(fields, "委员会|管理委员会|管理局|办公室|总局|厅|局|委|办|署|处|院|会", bodies)
	partyOrgans = cross("", "", organs)
)

// cross makes the set of every word of a with every ending of b, and the words of whole.
func cross(a, b, whole string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Split(whole, "|") {
		m[w] = true
	}
	for _, x := range strings.Split(a, "|") {
		for _, y := range strings.Split(b, "|") {
			m[x+y] = true
		}
	}
	delete(m, "")
	return m
}

// tailIn splits a name into what stands before and its longest ending in the set.
func tailIn(set map[string]bool, name string) (before, tail string, ok bool) {
	if strings.HasSuffix(name, ")") {
		if i := strings.IndexByte(name, '('); i > 0 {
			name = name[:i]
		}
	}
	for i := range name {
		if set[name[i:]] {
			return name[:i], name[i:], true
		}
	}
	return "", "", false
}

func isTail(set map[string]bool, name string) bool { _, _, ok := tailIn(set, name); return ok }

// heir carries the level or place word along a list (field.md §5.3.3). It keeps
// the word as written and its folded form.
type heir struct{ prefix, folded string }

func newHeir(prefix string) heir { return heir{prefix, strings.Map(fold, prefix)} }

// complete returns the word to be put before a name that dropped it, or "", and
// remembers the word of a name that has it. raw is the name as written without
// white space, folded the same folded.
func (h *heir) complete(folded, raw string) string {
	if place, _, ok := tailIn(partyOrgans, folded); ok {
		before := strings.TrimSuffix(place, "委")
		switch {
		case place == "" && h.prefix != "" && h.folded != "国家":
			return h.prefix + "委"
		case place != before && head.MatchString(before):
			h.remember(before, raw)
		}
		return ""
	}
	place, dept, ok := tailIn(departments, folded)
	if !ok {
		if m := quotedOffice.FindStringSubmatch(folded); m != nil {
			h.remember(m[1], raw)
		}
		return ""
	}
	before := strings.TrimSuffix(strings.TrimSuffix(place, "人民政府"), "政府")
	switch {
	case place == "" && (h.folded != "国家" || ofState.MatchString(dept)):
		return h.prefix
	case head.MatchString(before):
		h.remember(before, raw)
	}
	return ""
}

func (h *heir) remember(folded, raw string) {
	h.folded, h.prefix = folded, string([]rune(raw)[:min(runes(folded), runes(raw))])
}
