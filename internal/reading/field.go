package reading

import (
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// field is what a column of a table, or a label on a line of its own, says its
// cell or line holds.
type field string

const (
	fieldNone    field = ""
	fieldNo      field = "no"
	fieldTask    field = "task"
	fieldDetail  field = "detail" // more of the task: measures taken, content
	fieldMeasure field = "measure"
	fieldDue     field = "due"
	fieldStart   field = "start" // when it begins: no deadline
	fieldGroup   field = "group" // category above the task
	fieldOther   field = "other" // cost, status, remarks: kept as text
	// The parties' fields carry the role.
	fieldLead              = field(docket.Lead)
	fieldSupport           = field(docket.Support)
	fieldSeveral           = field(docket.Several)
	fieldGuide             = field(docket.Guide)
	fieldParticipate       = field(docket.Participate)
	fieldLeader            = field(docket.LeaderRole)
	fieldResponsible field = "responsible" // 责任单位: leads where nobody else does
)

func (f field) role() (docket.PartyRole, bool) {
	switch f {
	case fieldLead, fieldSupport, fieldSeveral, fieldGuide, fieldParticipate, fieldLeader:
		return docket.PartyRole(f), true
	}
	return "", false
}

func (f field) party() bool { _, ok := f.role(); return ok || f == fieldResponsible }

// fieldWords is the vocabulary of column heads and labels, first match wins.
// The spellings are those of field.md §1, §2.5, §5.2 and §5.4.
var fieldWords = []struct {
	field field
	re    *pattern.Pattern
}{
	{fieldNo, pattern.New(`^(?:序号?|编号|项目编号|任务编号|事项编号|号|no|no\.|ref|ref\.|ref no|reference|id|#|number|action no|action number|item)$`)},
	{fieldOther, pattern.New(`^(?:备注|说明|联系人|联系电话|电话|联系方式|资金|投资|总投资|年度投资|资金来源|经费|进展|进展情况|实际进度|完成情况|落实情况|办理情况|目前进展|工作进展|存在问题|依据|来源|状态|是否完成|责任科室|填报人|填报单位|填报时间|cost|costs|budget|funding|funding source|resources?|resource implications|status|rag|rag status|progress|progress update|update|comments?|notes?|reporting|reporting mechanism|required or encouraged|risk|risks|priority|links?|evidence|original date)$`)},
	{fieldStart, pattern.New(`^(?:开始时间|启动时间|开工时间|start|start date|when started)$`)},
	{fieldLeader, pattern.New(`^(?:牵头|分管|责任|包抓|包联|联系|领衔|挂钩|市级|县级|区级|省级|负责)*(?:市|县|区|省)?(?:领导|领导同志|责任领导|分管领导|负责领导|领导和责任人|负责人|责任人|第一责任人|分管市长|分管副市长|分管县长|分管区长)$`)},
	{fieldLead, pattern.New(`^(?:(?:第一|主要|主体|首要|牵头)?(?:牵头|主办|主责|主要责任|牵头责任|第一责任|主体责任|牵头负责|牵头落实|牵头实施|责任牵头|总牵头|组织实施|牵头承办)(?:单位|部门|科室|处室|股室|机构|地区和部门|县区|区县|部门（单位）|单位（部门）|责任单位|责任部门|（责任）单位|\(责任\)单位)?|牵头|主办|lead|leads|lead officers?|lead officer\(s\)|lead organisations?|lead organizations?|lead agenc(?:y|ies)|lead departments?|lead service|lead service area|lead team|lead partners?|lead body|lead member|led by|who (?:will lead|is leading|leads|is responsible|will do (?:it|this))|names?(?:\(s\))? of (?:the )?(?:contact|responsible) persons?(?:\(s\))?(?: responsible)?(?: for (?:the )?corrective actions?)?|lead responsibility|responsible|responsibility|responsible (?:party|parties|officers?|officials?|teams?|departments?|body|bodies|agency|agencies|persons?|lead|manager|director|minister|ministry|service|unit|organi[sz]ations?)|(?:agency|officer|department|body|person|unit|team|official) responsible|responsibilities|owners?|action owner|accountable|accountable (?:officer|body)|sro|senior responsible (?:owner|officer)|team|teams|who|by whom|person responsible|delivery lead|service|service area|department|directorate)$`)},
	{fieldGuide, pattern.New(`^(?:(?:业务)?指导(?:单位|部门|处室)|督导单位|督办单位|监督单位|overseen by|oversight)$`)},
	{fieldParticipate, pattern.New(`^(?:(?:参加|参与)(?:单位|部门|科室|处室)|contributors?|participants?)$`)},
	{fieldSupport, pattern.New(`^(?:(?:主要)?(?:配合|协办|协同|协作|协助|支持|参加配合|配合责任|协同责任|协同配合|协同落实|其他责任|共同责任)(?:单位|部门|科室|处室|股室|机构|责任单位|责任部门|（责任）单位|\(责任\)单位)?|partners?|key partners?|delivery partners?|support|supporting|supported by|assisted by|contributing (?:departments|agencies|organi[sz]ations|teams)|supporting (?:team|teams|officers?|agencies|partners?|departments?|units?|organisations?|organizations?)|support (?:team|teams|partners?|agencies|officers?)|(?:other |key |delivery )*partners?|partner organisations?|(?:other |key |relevant )*stakeholders?|(?:other|key) (?:agencies|departments|bodies|organisations|organizations)|with|in partnership with|who (?:will help|else|else is involved|is involved|we will work with)|working with|involved|other departments?)$`)},
	{fieldResponsible, pattern.New(`^(?:(?:具体)?(?:责任|落实|承办|实施|办理|主管|负责|落实责任|责任落实|建设|实施责任|承接|完成|工作责任)(?:单位|部门|科室|处室|股室|主体|机构|县区|区县|地区|处\(科\)室)|责任(?:分工|归属)|职责分工|任务分工|责任单位及分工|责任单位（部门）|责任部门（单位）|责任单位\(部门\)|责任部门\(单位\)|分工|单位|部门)$`)},
	{fieldDue, pattern.New(`^(?:(?:计划|预计|要求|拟|任务)?(?:建设|起止|完成|办理|办结|整改|落实|实施|推进|反馈|目标|工作|时间|最后)?(?:时限|时间|期限|日期|截止时间|截止日期|时间节点|时间要求|时限要求|时间进度|时间安排|节点)(?:要求)?|进度要求|进度安排|完成时限要求|限期|target dates?|target (?:completion|implementation|delivery)(?: date)?|completion date|timescales?|time ?frames?|timelines?|timing|by when|when|deadlines?|due|due date|due by|date due|(?:agreed |planned |proposed |revised )?(?:implementation|action) dates?|(?:agreed |planned |proposed |estimated |expected |anticipated |revised )(?:completion |target )?dates?|date for completion|to be completed by|implement(?:ed)? by|complete by|end date|completion|delivery date|target year|year|milestone date|date|target timescale|expected completion)$`)},
	{fieldMeasure, pattern.New(`^(?:(?:量化|年度|工作|主要|预期|任务|绩效|具体|考核|完成|整改)?(?:目标|指标|目标值|指标值|成果|成效|成果形式|标志|目标任务|量化目标|标准|预期成果|预期目标|工作成效|完成标志|考核指标|目标要求|衡量标准)|目标成果|measurements?|measures?|success measures?|measures? of success|success criteria|kpis?|key performance indicators?(?: \(kpis?\))?|performance (?:measures?|indicators?)|indicators?|targets?|outputs?|outcomes?|outputs?/outcomes?|expected (?:outputs?|outcomes?|results?)|how (?:will )?we(?:'ll| will)? (?:measure|know).*|how we will measure success|deliverables? and measures?|metrics?)$`)},
	{fieldGroup, pattern.New(`^(?:类别|分类|类型|领域|板块|方面|任务类别|一级任务|专项|大类|所属领域|章节|theme|themes|category|priority area|workstream|strand|aim|goal|objectives?|strategic objective|area|pillar)$`)},
	{fieldDetail, pattern.New(`^(?:(?:具体|主要|工作|落实|推进|贯彻|改革|重点|整改|实施|任务)?(?:举措|措施|内容|做法|步骤|安排|具体任务|工作内容|建设内容|任务内容|具体内容|要求|工作要求|具体措施|工作措施|细化措施|落实举措)|建设内容及规模|主要建设内容|details?|description|how|how we will do it|key activities|activities|steps|what we will do|key steps)$`)},
	{fieldTask, pattern.New(`^(?:(?:重点|主要|年度|具体|分解|督办|督查|议定|整改|改革|民生|实事|交办|目标|工作|建设|任务|办理|督查督办|细化|二级|三级)*(?:任务|事项|工作|项目|内容|工作任务|任务名称|项目名称|事项名称|任务分解|任务内容|任务措施|工作要点|要点|名称|实事|问题|举措|议定事项|批示内容|部署|分工任务|清单)|任务及措施|任务和措施|任务（事项）|工作任务及目标|(?:\d{4}年)?(?:工作|重点|目标)?任务|milestones?|actions?|key actions?|tasks?|activity|deliverables?|projects?|project title|action(?:s)? required|recommendations?|initiatives?|commitments?|what|intervention|proposed action|we will|action title|key milestones?|measure/action)$`)},
}

// fieldOf reads a column head or a label.
func fieldOf(head string) field {
	h := strings.ToLower(strings.Trim(folded(strings.TrimSpace(head)), " :*.?"))
	if isHan(firstRune(h)) {
		h = strings.Map(pattern.Plain, squeeze(h))
	} else {
		h = strings.Join(strings.Fields(h), " ")
	}
	if h == "" || len(h) > 60 {
		return fieldNone
	}
	for _, w := range fieldWords {
		if w.re.MatchString(h) {
			return w.field
		}
	}
	for _, tail := range []string{"(", "（", "及", "/", "\n"} { // 完成时限（月）, 责任单位及责任人
		if i := strings.Index(h, tail); i > 0 {
			if f := fieldOf(h[:i]); f != fieldNone {
				return f
			}
		}
	}
	return fieldNone
}

// dashed is a label that a dash parts from what it introduces: Lead officer – Fleet Manager.
var dashed = pattern.New(`^([A-Za-z][A-Za-z /]{2,28}) [–—-] [^\n]{2,90}$`)

func dashLine(s string) (field, docket.Span, bool) {
	m := dashed.FindStringSubmatchIndex(s)
	if m == nil || ended(s) {
		return fieldNone, docket.Span{}, false
	}
	f := fieldOf(s[:m[3]])
	if !f.party() && f != fieldDue && f != fieldMeasure {
		return fieldNone, docket.Span{}, false
	}
	at := m[3] + 1 + len(string(firstRune(s[m[3]+1:])))
	return f, docket.Span{Start: at, End: len(s)}, true
}

// actionBy is a line of minutes that names who acts on what stands above it and nothing
// else: "Action: Director of Nursing".
var actionBy = pattern.New(`^(?i:actions?(?: by)?) ?: *(?:[A-Z][\w&'’-]*|of|for|the)(?:,? (?:[A-Z][\w&'’-]*|of|for|and|the|&)){0,9}$`)

// fieldLine reads a line that opens with a label: "牵头单位：…", "Lead: …".
// The span is that of what the label introduces. Task labels are not looked
// for, they occur in prose ("任务：").
func fieldLine(s string) (field, docket.Span, bool) {
	open := 0
	if r := firstRune(s); strings.ContainsRune("（(〔【[", r) {
		open = len(string(r))
	}
	i := strings.IndexAny(s[open:min(len(s), open+90)], ":：")
	if i <= 0 {
		return dashLine(s)
	}
	f := fieldOf(s[open : open+i])
	if f == fieldTask && actionBy.MatchString(s) && post.MatchString(s) {
		f = fieldLead
	}
	switch f {
	case fieldNone, fieldNo, fieldTask, fieldGroup, fieldDetail:
		return fieldNone, docket.Span{}, false
	case fieldOther:
		if isHan(firstRune(s[open:])) && open == 0 {
			return fieldNone, docket.Span{}, false // 说明：…, 备注：… open a paragraph of prose
		}
	}
	at := open + i + len(string(firstRune(s[open+i:])))
	return f, docket.Span{Start: at, End: len(s)}, true
}
