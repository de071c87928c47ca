package phrase

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// unsaid marks a role word that does not tell who leads (责任单位, 负责).
const unsaid docket.PartyRole = ""

// A label stands before its names: 牵头单位：. The groups of labelRE are in the
// order of labelRoles.
const (
	labelEnd = `(?:单位|部门|处室|科室|主体|机构|地区|方|领导单位)`
	leadLab  = `(?:(?:总|共同|联合)?牵头(?:责任|负责|实施|承办|落实)?|主办|主要责任|第一责任|主责|主要负责|总负责)` + labelEnd
	helpLab  = `(?:配合(?:责任|落实|协助)?|协办|协助|协同(?:责任|配合|落实)?|其他责任|其它责任|会办|协作|支持|共同责任)` + labelEnd
	joinLab  = `(?:参加|参与|共同参与)` + labelEnd
	guideLab = `(?:业务)?(?:指导|监督|督导|督办)` + labelEnd
	plainLab = `(?:责任|承办|实施|落实|负责|具体负责|办理|建设|完成)` + labelEnd
	chiefLab = `(?:牵头(?:负责|责任)?(?:省|市|区|县|州|旗)?(?:委|政府)?领导|(?:分管|分线|责任|领衔|联系|包联|包抓|包保|主管|挂钩|挂联|包案)(?:负责)?(?:省|市|区|县|州|旗)?(?:委|政府)?领导|牵头负责人|责任人|第一责任人|领办领导)`
	dueLab   = `(?:(?:办理|完成|整改|办结|推进|时间)?(?:时限|期限|时间|节点)(?:要求|安排)?|时间节点|完成时间|联系人|联系电话|备注|工作目标|目标任务|主要任务|措施|工作措施|整改措施|实施期限|有效期|(?:适用|实施|试点)范围|资金来源)`
)

var labelRoles = []docket.PartyRole{docket.Lead, docket.Support, docket.Participate, docket.Guide, docket.LeaderRole, unsaid, noRole, docket.Lead, docket.Support, unsaid}

// noRole marks a label that ends a list without starting one (完成时限：).
const noRole docket.PartyRole = "-"

// labelRE finds a label with its colon. The last three groups are the short
// words of table rows (牵头, 配合, 责任), which count with a colon or a gap only.
var labelRE = pattern.New(`^(?:(` + leadLab + `)|(` + helpLab + `)|(` + joinLab + `)|(` + guideLab + `)|(` + chiefLab + `)|(` + plainLab + `)|(` + dueLab + `)|(牵头|主办)|(配合|协办|协同)|(责任|承办))(?:\([^()]{1,30}\))?`)

// A role word stands behind its names: X牵头, X按职责分工负责. Long forms first.
const (
	leadVerb = `总?牵头(?:总负责|(?:组织)?负责|组织实施|组织落实|抓总|抓好落实|抓落实|落实|实施|推进|组织|协调|统筹|办理|承办|承担)?|负总责|总负责|主办|主责|为牵头(?:责任)?(?:单位|部门)|负主要责任|主要负责`
	partVerb = `(?:按照?|根据|依据|依|结合|在)(?:各自|部门|本部门|单位|有关)*(?:的)?(?:职责|职能|分工)(?:任务|职责|范围)*(?:分工)?(?:内)?(?:分别|共同|协同)?(?:负责|抓好|做好|落实|推进|组织实施|配合|牵头|参与|开展|承担)?(?:落实|实施|相关工作|有关工作)?(?:工作)?|(?:分别|分工|各自|共同|联合)(?:按职责(?:分工)?)?(?:负责|牵头|落实|实施|承办)|各负其责|各司其职`
	helpVerb = `(?:密切|积极|共同|协同|协助|做好)?(?:配合)(?:落实|实施|推进|做好|负责)?|协同(?:配合|推进|落实|负责|实施)?|协助(?:配合|落实|实施|推进)?|协办|会办|协作|支持配合|予以支持`
	joinVerb = `(?:共同|积极)?(?:参与|参加)(?:配合|落实|实施)?`
	guideVrb = `(?:负责|加强|业务)?(?:指导)(?:落实|推进|督促|监督)?|督导落实|监督指导`
	plainVrb = `(?:具体|统筹|组织|直接|全面|协调)?负责(?:具体|组织)?(?:落实|实施|办理|推进|组织实施|承办|落实到位)?|结合实际(?:抓好|认真|组织)?(?:贯彻)?(?:落实|实施|推进)|组织(?:实施|落实)|(?:抓好|具体|认真|贯彻)(?:落实|实施)|抓落实|承办|承担|落实|实施|主抓|统筹`
	together = `会同|联合|商|会`
)

var verbRE = pattern.New(`(` + leadVerb + `)|(` + partVerb + `)|(` + helpVerb + `)|(` + joinVerb + `)|(` + guideVrb + `)|(` + plainVrb + `)|(` + together + `)`)

var verbRoles = []docket.PartyRole{docket.Lead, docket.Several, docket.Support, docket.Participate, docket.Guide, unsaid, docket.Support}

// togetherGroup is the group of verbRE whose word stands before its names.
const togetherGroup = 6

var (
	// firstLeads is the rule "the first named leads", with or without 下同.
	firstLeads = pattern.New(`(?:(?:其中)?,?(?:名?列|排名?|排序|位列|名列|位居)?(?:在|为)?(?:第一|首)(?:位|个|名|家|顺位)?(?:的|者)?(?:责任)?(?:单位|部门|处室|科室)?(?:的)?(?:为|是|系|即为)(?:总?牵头|主办|主责|主要责任|第一责任)(?:责任|负责)?(?:单位|部门|处室|科室)?)(?:[,、;。 ]?(?:以)?下同)?`)
	likewise   = pattern.New(`[,、;。 ]?(?:以)?下(?:皆|均|亦)?同[。]?$`)
	allBelow   = pattern.New(`^(?:以下|下列)(?:各?项?|所有|全部)*(?:任务|事项|工作|内容|项目|条款|政策|措施|举措)*(?:均|都|也|同时|全部)*(?:由)?`)
	// lineStart is what begins a statement of its own at the start of a line.
	lineStart = pattern.New(`^(?:(?:` + leadLab + `|` + helpLab + `|` + joinLab + `|` + guideLab + `|` + plainLab + `|` + chiefLab + `|` + dueLab + `)\s*(?:\([^()]{1,30}\))?\s*[:]|\(?[一二三四五六七八九十0-9]{1,3}[)、.]|[-*·#|]\s|(?i:lead|owner|responsible|partners?|support|timescale|target date)\b[^:]{0,20}:|[A-Z][A-Za-z]+(?: [A-Za-z]+){0,3}: )`)
)

// label is one label found at the start of a statement.
type label struct {
	lo, hi int // the label with its colon
	role   docket.PartyRole
}

// labelAt reads a label that starts at lo: its words, and then a colon, 为 or a gap.
func (v *view) labelAt(lo, hi int) (label, bool) {
	if c := v.s[lo:hi]; c != "" && c[0] < 0x80 && hasLetter(c[:1]) {
		m := englishLabel.FindStringSubmatchIndex(v.s[lo:min(hi, lo+60)])
		if m == nil {
			return label{}, false
		}
		return label{lo, lo + m[1], englishRole(m)}, true
	}
	m := labelRE.FindStringSubmatchIndex(v.s[lo:min(hi, lo+150)])
	if m == nil {
		return label{}, false
	}
	l := label{lo: lo, hi: lo + m[1]}
	for g := 1; g < len(m)/2; g++ {
		if m[2*g] >= 0 {
			l.role = labelRoles[g-1]
		}
	}
	switch {
	case l.hi >= hi:
		return label{}, false
	case v.s[l.hi] == ':':
		l.hi++
	case strings.HasPrefix(v.s[l.hi:hi], "为"):
		l.hi += len("为")
	case v.s[l.hi] != '|' && !v.gap[l.hi]:
		return label{}, false
	}
	return l, true
}
