package phrase

import (
	"strings"
	"unicode/utf8"

	"github.com/docket-os/docket/internal/reading/pattern"
)

// nameKind is how a stretch of folded text looks as the name of somebody responsible.
type nameKind uint8

const (
	notName   nameKind = iota
	looseName          // could be a name: taken only where a label or 牵头 says so
	placeName          // 临江区: a place, standing for its government
	groupName          // 各有关部门: a group whose members are not told
	unitName           // 市科技局: a unit by its form
)

// unitEndings are the words a unit's name ends in (field.md §5.3.2).
var unitEndings = endings(
	"部 委 局 厅 办 署 院 行 社 会 室 处 科 股 所 站 队 组 司 馆 台 关 校 协 联 园 港 厂 库 店 庭 营",
	"中心 集团 公司 政府 学院 大学 银行 基金 街道 机场 总队 支队 大队 专班 指挥部 党组 党校 企业集团 警备区 军分区 武警",
	"管委会 办事处 办公室 领导小组 工作组 委员会 联合会 协会 学会 商会 总工会 工会 法院 检察院 医院 研究院",
	"党工委 工委 电网 电力 电信 联通 移动 铁塔 石化 石油 邮政 供电 水务 燃气 轨道 公积金 平台公司 开发公司")

// placeEndings close a place that stands for its government.
var placeEndings = endings("区 县 市 旗 州 盟 镇 乡 街道 新城 开发区 村")

// notUnits end like a unit but name none in particular, or nobody at all.
var notUnits = set("社会 机会 大会 会 部 局 委 室 处 科 所 站 队 组 行 办 厅 院 署 社 关 校 司 园 港 厂 库 店 " +
	"企业 个人 本人 市场主体 主体 专人 部门 单位 机构 各方 家长 学校 医院 业主 用户 专家 群众 居民 企业集团 项目单位 " +
	"用人单位 参保单位 建设单位 施工单位 设计单位 监理单位 经营者 申请人 当事人 中心 集团 公司 政府部门 行政机关 机关 " +
	"主管部门 业务主管部门 行业主管部门 监管部门 行政部门 社会组织 行业协会 工作组 专班 人员 负责人 主要负责人 同志 " +
	"主办 协办 承办 会办 督办 交办 转办 举办 开办 领导 领导小组 城市 农村 社区 地区 园区 全市 全省 全区 全县 本市 本省 本区 上市 超市 " +
	"持续推进 长期坚持 长期 长期推进 常态化 常态化推进 年内 年底前 年底 全年 即时 立行立改 立即 按计划推进 适时 尽快 立即整改 即知即改 持续 持续整改 " +
	"门诊部 卫生院 乡镇卫生院 托儿所 派出所 服务站 服务中心 实验室 研究会 公厕 开放 联 协 台 馆 工程处 学位")

// stopWords cannot stand inside a name; they show that a stretch is a sentence.
var stopWords = pattern.New(`[的了被吗呢着即]|[^自]由|必须|自行|不得|应当|可以|进行|通过|加强|^(?:推进|支持|推动|引导|鼓励|督促|依托|发挥|强化|深化|由|把|按|为|以|在|并|凡|需|须|指导[^、]*(?:做|建)|组织(?:开展|实施|各|召开)|对[^外口])|完善|提高|加快|健全|完成|实现|开展|建立|确保|落实|做好|制定|构建|[0-9一二三四五六七八九十]+(?:个|项|家|月|年|日|%|公里)|[“”"'%!?<>《》]`)

// groupWords mark a group.
var groupWords = pattern.New(`^(?:其他|其它|全市|全省|全区|全县|省内|市内|市级|市直|省级|省直|区级|区直|县级|县直)?(?:各|所有|全体|一切|有关|相关|属地|地方|全部).{0,60}` + groupEnd + `$` +
	`|(?:各|有关|相关|所属|直属|成员|下属|其他|其它).{0,24}(?:部门|单位|机构|区县|县区|企业|科室|处室|院校|高校|地区|主体|方面|委办局)$` +
	`|^(?:省|市|区|县|州|旗|盟|镇|乡|中央|自治区)+(?:直|级|属|管).{0,12}(?:部门|单位|机关|机构|企业)$` +
	`|^(?:县级以上|乡级以上|各级)?(?:地方)?各级.{0,8}(?:政府|部门|党委)$` +
	`|^(?:责任|牵头|配合|参与|成员|联席会议成员|行业主管|行业|业务主管|主管|监管)(?:单位|部门)$`)

const groupEnd = `(?:部门|单位|机构|政府|党委|管委会|街道|办事处|地|级|区|县|市|州|旗|盟|省|镇|乡|村|街|社区|企业|科室|处室|院校|高校|学校|地方|主体|方面|局|公司|集团|机关|协会|成员|医院|银行|站|所|院|中心|办|委|组|专班)(?:\(.{1,24}\))?`

// level is one word for a tier of government; a name made of two or more of
// them and an organ (县区政府, 县〔市、区〕政府) means every such government.
const level = `(?:自治区|直辖市|自治州|自治县|开发区|度假区|高新区|经开区|功能区|新区|园区|街道|社区|开发|度假|园|盟市|旗县|省|市|州|县|区|旗|盟|镇|乡|村)`

var (
	manyLevels = pattern.New(`^(?:` + level + `|[()、])+(?:级|级以上)?(?:人民政府|政府|管委会|管理委员会|党委|党工委|办事处|党委(?:和|、)政府|办|)$`)
	oneLevel   = pattern.New(`^` + level + `(?:级)?(?:人民政府|政府|管委会|管理委员会|党委|党工委|办事处|)$`)
	levelOnly  = pattern.New(`^(?:` + level + `|[()、])+$`)
	levelStart = pattern.New(`^[(]?` + level)
	digits     = pattern.New(`[0-9]`)
)

// quotedPart is a word in quotation marks inside a name.
var quotedPart = pattern.New(`“([^“”]{1,10})”|"([^"]{1,10})"`)

// kindOf judges a folded, trimmed stretch of Chinese text.
func kindOf(s string) nameKind {
	n := utf8.RuneCountInString(s)
	if strings.ContainsAny(s, "“\"") && unitEndings.ends(s) {
		s = quotedPart.ReplaceAllString(s, "$1$2") // 市“四城”创建办
	}
	if n < 2 || n > 45 || notUnits[s] || stopWords.MatchString(s) || !balanced(s) {
		return notName
	}
	if groupWords.MatchString(s) {
		return groupName
	}
	if manyLevels.MatchString(s) {
		if !oneLevel.MatchString(s) {
			return groupName
		}
		if levelOnly.MatchString(s) {
			if zone.MatchString(s) && n > 2 {
				return placeName
			}
			return notName
		}
		return unitName
	}
	if strings.HasPrefix(s, "人民银行") || strings.HasPrefix(s, "中国人民银行") {
		return unitName
	}
	if leadMark.MatchString(s) {
		return kindOf(leadMark.ReplaceAllString(s, ""))
	}
	base := s
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		base = s[:i] // 市大数据局(政务办): the name stands before its bracket
	}
	switch {
	case n > 30:
		return notName
	case unitEndings.ends(base) && !notUnits[base]:
		return unitName
	case placeEndings.ends(base) && n >= 3 && !digits.MatchString(s):
		return placeName
	case hasHan(s):
		return looseName
	}
	return notName
}

// balanced reports whether the round brackets of s pair up.
func balanced(s string) bool {
	depth := 0
	for _, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// endingSet finds by its last characters whether a word ends in one of a list.
type endingSet map[string]bool

func endings(lists ...string) endingSet {
	m := endingSet{}
	for _, l := range lists {
		for _, w := range strings.Fields(l) {
			m[w] = true
		}
	}
	return m
}

// ends reports whether s ends in a word of the set and has more before it.
func (m endingSet) ends(s string) bool {
	i := len(s)
	for range 5 {
		_, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		if i <= 0 {
			return false
		}
		if m[s[i:]] {
			return true
		}
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
