package docket

// PartyRole is the part a unit or person has in a matter (field.md §1, §2.7).
type PartyRole string

// The roles a document gives.
const (
	Lead        PartyRole = "lead"        // 牵头: answers for the whole and for the single report
	Support     PartyRole = "support"     // 配合: owes its part to the lead
	Several     PartyRole = "several"     // 按职责分工负责: each answers for its own part; nobody leads
	Guide       PartyRole = "guide"       // 指导
	Participate PartyRole = "participate" // 参加
	LeaderRole  PartyRole = "leader"      // 牵头领导: a person, not a unit
)

// Party is one name read from a document, with its role. Name is the unit as
// the document means it: the words of the span, except where a dropped prefix
// was supplied by rule, which Written shows.
type Party struct {
	Role    PartyRole  `json:"role"`
	Name    string     `json:"name"`
	Written string     `json:"written,omitempty"` // the words of the span where they differ from Name
	Vague   bool       `json:"vague,omitempty"`   // a group: 各有关部门, all agencies
	Open    bool       `json:"open,omitempty"`    // last of a list closed with 等
	Unsure  bool       `json:"unsure,omitempty"`  // role was not said outright
	From    Provenance `json:"from"`
}
