package httpapi

import (
	"maps"
	"reflect"
	"slices"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/worktime"

	"github.com/danielgtaylor/huma/v2"
)

// The document names each closed list of words once, so that the generated
// client has one type for it. A type here stands in for the noun's own type
// when its schema is made; the nouns stay free of huma.
type (
	dateWord        string
	levelWord       string
	statusWord      string
	lampWord        string
	roleWord        string
	partyWord       string
	clauseKindWord  string
	partWord        string
	strengthWord    string
	firmnessWord    string
	directionWord   string
	originWord      string
	severityWord    string
	dueKindWord     string
	dueUnitWord     string
	directiveWord   string
	resultWord      string
	obligationWord  string
	sortWord        string
	verbWord        string
	actWord         string
	codeWord        string
	termWord        string
	effectWord      string
	reportWord      string
	reportAtWord    string
	reasonWord      string
	requestWord     string
	requestAtWord   string
	urgencyWord     string
	noteAtWord      string
	checkWord       string
	photoWord       string
	tellerWord      string
	outcomeWord     string
	evidenceWord    string
	noticeWord      string
	channelWord     string
	mailTLSWord     string
	clockWord       string
	gradeWord       string
	baseWord        string
	sheetWord       string
	sheetAtWord     string
	sheetRowWord    string
	takeWord        string
	stocktakeWord   string
	stocktakeAtWord string
	slotWord        string
	topicWord       string
	itemWord        string
	keepingWord     string
	statementWord   string
	sectionWord     string
	packPartWord    string
	minutesWord     string
)

func (dateWord) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^([0-9]{4}-[0-9]{2}-[0-9]{2})?$`, PatternDescription: "a day like 2026-03-05, or empty", Description: "a day like 2026-03-05; empty for none"}
}

func (levelWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Level", "", docket.National, docket.Provincial, docket.City, docket.County, docket.Township, docket.UnitLevel)
}
func (statusWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "MatterStatus", docket.Statuses()...)
}
func (lampWord) Schema(r huma.Registry) *huma.Schema { return oneOf(r, "Lamp", docket.Lamps()...) }
func (roleWord) Schema(r huma.Registry) *huma.Schema { return oneOf(r, "Role", docket.Roles()...) }
func (partyWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "PartyRole", docket.Lead, docket.Support, docket.Several, docket.Guide, docket.Participate, docket.LeaderRole)
}
func (clauseKindWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ClauseKind", docket.KindFront, docket.KindHeading, docket.KindClause, docket.KindText, docket.KindFurniture)
}
func (partWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Part", docket.PartBody, docket.PartLetter, docket.PartAnnex)
}
func (strengthWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Commitment", "", docket.Deliver, docket.Enable, docket.Explore, docket.Lobby)
}
func (firmnessWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Strength", "", docket.Must, docket.Stretch)
}
func (directionWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Direction", docket.AtLeast, docket.AtMost, docket.About, docket.Exactly, docket.Between, docket.Maintain, docket.Full, docket.Rank)
}
func (originWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Origin", docket.OwnWords, docket.Inherited, docket.ByRule, docket.ByHand)
}
func (severityWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Severity", docket.Doubt, docket.Note)
}
func (dueKindWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "DueKind", docket.DueDate, docket.DueRelative, docket.DueRecurring, docket.DueContinuing, docket.DueConditional, docket.DueValidity)
}
func (dueUnitWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "DueUnit", docket.Hours, docket.Days, docket.WorkingDays, docket.Months)
}
func (directiveWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "DirectiveStatus", docket.Reading, docket.Adopted)
}
func (resultWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Result", docket.ResultUnknown, docket.ResultExceeded, docket.ResultMet, docket.ResultPartly, docket.ResultNotMet)
}
func (obligationWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ObligationKind", docket.ObligationKinds()...)
}
func (sortWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "LedgerSort", docket.LedgerSorts()...)
}
func (verbWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Verb", docket.Verbs()...)
}

func (termWord) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^([0-9]{1,5}(h|d|wd|m)|eom|eoq|[0-9]{4}-[0-9]{2}-[0-9]{2})?$`, PatternDescription: "2wd, 15d, 24h, 3m, eom, eoq or a day", Description: "a length of time: 2wd (working days), 15d, 24h, 3m, eom, eoq, or a day; empty for none"}
}
func (effectWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Effect", append([]docket.Effect{""}, docket.Effects()...)...)
}
func (reportWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ReportKind", docket.ReportKinds()...)
}
func (reportAtWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ReportStatus", docket.ReportDraft, docket.ReportFiled, docket.ReportSent, docket.ReportAccepted, docket.ReportReturned, docket.ReportRedone)
}
func (reasonWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ReturnReason", append([]docket.ReturnReason{""}, docket.ReturnReasons()...)...)
}
func (requestWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "RequestKind", append(docket.RequestKinds(), docket.AskPlan)...)
}
func (requestAtWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "RequestStatus", docket.RequestOpen, docket.RequestGranted, docket.RequestRefused, docket.RequestWithdrawn)
}
func (urgencyWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Urgency", docket.Urgencies()...)
}
func (noteAtWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "InstructionStatus", docket.InstructionOpen, docket.InstructionAnswered, docket.InstructionClosed)
}
func (checkWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "VerificationKind", docket.VerifyClaim, docket.VerifyLater, docket.VerifySpot)
}
func (outcomeWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Outcome", docket.FoundTrue, docket.FoundUntrue)
}
func (photoWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "PhotoSource", docket.PhotoTaken, docket.PhotoChosen)
}
func (tellerWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "PhotoTeller", "", docket.ByPhone, docket.ByPicture)
}
func (actWord) Schema(r huma.Registry) *huma.Schema { return oneOf(r, "Act", docket.Acts()...) }
func (evidenceWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "EvidenceKind", docket.EvidenceKinds()...)
}
func (gradeWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "EvidenceGrade", docket.EvidenceGrades()...)
}
func (baseWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "CalendarBase", worktime.Bases()...)
}
func (codeWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Code", slices.Sorted(maps.Keys(statusOf))...)
}

func (sheetWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "SheetKind", "", docket.SheetReports, docket.SheetLedger)
}
func (sheetAtWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "SheetPhase", docket.SheetReading, docket.SheetReady, docket.SheetApplying, docket.SheetFailed)
}
func (sheetRowWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "SheetState", docket.SheetStates()...)
}
func (takeWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Take", "", docket.TakeMine, docket.TakeTheirs)
}

func (noticeWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "NoticeKind", docket.NoticeKinds()...)
}
func (channelWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ChannelKind", docket.ChannelKinds()...)
}
func (mailTLSWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "MailTLS", docket.MailTLSs()...)
}
func (clockWord) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^([01][0-9]|2[0-3]):[0-5][0-9]$`, PatternDescription: "a time of day like 08:30", Description: "a time of day like 08:30, where the body is"}
}

func (stocktakeWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "StocktakeKind", docket.StocktakeKinds()...)
}
func (stocktakeAtWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "StocktakeStatus", docket.StocktakeStatuses()...)
}
func (slotWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "SlotState", docket.SlotWaiting, docket.SlotSpeaking, docket.SlotSpoken, docket.SlotAbsent)
}
func (topicWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "TopicKind", docket.TopicKinds()...)
}
func (itemWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ItemKind", append([]docket.ItemKind{""}, docket.ItemKinds()...)...)
}
func (keepingWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Keeping", append([]docket.Keeping{""}, docket.Keepings()...)...)
}
func (statementWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "StatementStatus", docket.StatementStatuses()...)
}
func (sectionWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "SectionKind", docket.SectionKinds()...)
}
func (packPartWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "PartKind", docket.PartKinds()...)
}
func (minutesWord) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "MinutesStatus", append([]docket.MinutesStatus{""}, docket.MinutesStatuses()...)...)
}

// oneOf puts a closed list of words under name into the document and refers to it.
func oneOf[T ~string](r huma.Registry, name string, words ...T) *huma.Schema {
	if _, ok := r.Map()[name]; !ok {
		s := &huma.Schema{Type: huma.TypeString}
		for _, w := range words {
			s.Enum = append(s.Enum, string(w))
		}
		s.PrecomputeMessages()
		r.Map()[name] = s
	}
	return &huma.Schema{Ref: "#/components/schemas/" + name}
}

// newRegistry returns a schema registry that knows the stand-ins.
func newRegistry() huma.Registry {
	r := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	for noun, word := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[docket.Date]():              reflect.TypeFor[dateWord](),
		reflect.TypeFor[docket.Level]():             reflect.TypeFor[levelWord](),
		reflect.TypeFor[docket.MatterStatus]():      reflect.TypeFor[statusWord](),
		reflect.TypeFor[docket.Lamp]():              reflect.TypeFor[lampWord](),
		reflect.TypeFor[docket.Role]():              reflect.TypeFor[roleWord](),
		reflect.TypeFor[docket.PartyRole]():         reflect.TypeFor[partyWord](),
		reflect.TypeFor[docket.ClauseKind]():        reflect.TypeFor[clauseKindWord](),
		reflect.TypeFor[docket.Part]():              reflect.TypeFor[partWord](),
		reflect.TypeFor[docket.Commitment]():        reflect.TypeFor[strengthWord](),
		reflect.TypeFor[docket.Strength]():          reflect.TypeFor[firmnessWord](),
		reflect.TypeFor[docket.Direction]():         reflect.TypeFor[directionWord](),
		reflect.TypeFor[docket.Origin]():            reflect.TypeFor[originWord](),
		reflect.TypeFor[docket.Severity]():          reflect.TypeFor[severityWord](),
		reflect.TypeFor[docket.DueKind]():           reflect.TypeFor[dueKindWord](),
		reflect.TypeFor[docket.DueUnit]():           reflect.TypeFor[dueUnitWord](),
		reflect.TypeFor[docket.DirectiveStatus]():   reflect.TypeFor[directiveWord](),
		reflect.TypeFor[docket.Result]():            reflect.TypeFor[resultWord](),
		reflect.TypeFor[docket.ObligationKind]():    reflect.TypeFor[obligationWord](),
		reflect.TypeFor[docket.LedgerSort]():        reflect.TypeFor[sortWord](),
		reflect.TypeFor[docket.Verb]():              reflect.TypeFor[verbWord](),
		reflect.TypeFor[docket.Act]():               reflect.TypeFor[actWord](),
		reflect.TypeFor[docket.Term]():              reflect.TypeFor[termWord](),
		reflect.TypeFor[docket.Effect]():            reflect.TypeFor[effectWord](),
		reflect.TypeFor[docket.ReportKind]():        reflect.TypeFor[reportWord](),
		reflect.TypeFor[docket.ReportStatus]():      reflect.TypeFor[reportAtWord](),
		reflect.TypeFor[docket.ReturnReason]():      reflect.TypeFor[reasonWord](),
		reflect.TypeFor[docket.RequestKind]():       reflect.TypeFor[requestWord](),
		reflect.TypeFor[worktime.Base]():            reflect.TypeFor[baseWord](),
		reflect.TypeFor[docket.RequestStatus]():     reflect.TypeFor[requestAtWord](),
		reflect.TypeFor[docket.Urgency]():           reflect.TypeFor[urgencyWord](),
		reflect.TypeFor[docket.InstructionStatus](): reflect.TypeFor[noteAtWord](),
		reflect.TypeFor[docket.VerificationKind]():  reflect.TypeFor[checkWord](),
		reflect.TypeFor[docket.Outcome]():           reflect.TypeFor[outcomeWord](),
		reflect.TypeFor[docket.PhotoSource]():       reflect.TypeFor[photoWord](),
		reflect.TypeFor[docket.PhotoTeller]():       reflect.TypeFor[tellerWord](),
		reflect.TypeFor[docket.Code]():              reflect.TypeFor[codeWord](),
		reflect.TypeFor[docket.NoticeKind]():        reflect.TypeFor[noticeWord](),
		reflect.TypeFor[docket.ChannelKind]():       reflect.TypeFor[channelWord](),
		reflect.TypeFor[docket.MailTLS]():           reflect.TypeFor[mailTLSWord](),
		reflect.TypeFor[docket.Clock]():             reflect.TypeFor[clockWord](),
		reflect.TypeFor[docket.SheetKind]():         reflect.TypeFor[sheetWord](),
		reflect.TypeFor[docket.SheetPhase]():        reflect.TypeFor[sheetAtWord](),
		reflect.TypeFor[docket.SheetState]():        reflect.TypeFor[sheetRowWord](),
		reflect.TypeFor[docket.Take]():              reflect.TypeFor[takeWord](),
		reflect.TypeFor[docket.StocktakeKind]():     reflect.TypeFor[stocktakeWord](),
		reflect.TypeFor[docket.StocktakeStatus]():   reflect.TypeFor[stocktakeAtWord](),
		reflect.TypeFor[docket.SlotState]():         reflect.TypeFor[slotWord](),
		reflect.TypeFor[docket.TopicKind]():         reflect.TypeFor[topicWord](),
		reflect.TypeFor[docket.ItemKind]():          reflect.TypeFor[itemWord](),
		reflect.TypeFor[docket.Keeping]():           reflect.TypeFor[keepingWord](),
		reflect.TypeFor[docket.StatementStatus]():   reflect.TypeFor[statementWord](),
		reflect.TypeFor[docket.SectionKind]():       reflect.TypeFor[sectionWord](),
		reflect.TypeFor[docket.PartKind]():          reflect.TypeFor[packPartWord](),
		reflect.TypeFor[docket.MinutesStatus]():     reflect.TypeFor[minutesWord](),
		reflect.TypeFor[docket.EvidenceKind]():      reflect.TypeFor[evidenceWord](),
		reflect.TypeFor[docket.EvidenceGrade]():     reflect.TypeFor[gradeWord](),
	} {
		r.RegisterTypeAlias(noun, word)
	}
	return r
}
