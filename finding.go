package docket

// Span is a half-open range of bytes in the text of a clause.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Origin says how a value came to be known.
type Origin string

// The origins, from most to least direct.
const (
	OwnWords  Origin = "own"       // the span stands in the clause itself
	Inherited Origin = "inherited" // from another clause: a heading-level lead, a note that covers several
	ByRule    Origin = "rule"      // from a rule stated in the document ("first named leads, likewise below")
	ByHand    Origin = "hand"      // a person entered or changed it
)

// Provenance ties a value read from a document to where it stands and why it
// counts. Clause is the position of the clause in the document (0-based) whose
// Text holds Span; for ByRule, Rule is the position of the clause stating the rule.
type Provenance struct {
	Origin Origin `json:"origin"`
	Clause int    `json:"clause"`
	Span   Span   `json:"span"`
	Rule   int    `json:"rule,omitempty"` // meaningful for ByRule only
}

// Severity ranks a Finding.
type Severity string

// The severities.
const (
	Doubt Severity = "doubt" // a person should look
	Note  Severity = "note"  // worth knowing; nothing to decide
)

// Finding is one doubt or note of the lint (field.md §5.3.7). Code is one of
// the Find… constants and also the key of its sentence in the catalogues.
type Finding struct {
	Code     string            `json:"code"`
	Severity Severity          `json:"severity"`
	Field    string            `json:"field,omitempty"` // lead, support, due, measure, text
	Args     map[string]string `json:"args,omitempty"`
	Span     *Span             `json:"span,omitempty"`
}

// What the lint can find.
const (
	FindNoLead        = "no_lead"         // nobody is named to answer for it
	FindRoleUnsaid    = "role_unsaid"     // a list of units "负责" without saying who leads
	FindLeadSupports  = "lead_supports"   // one unit both leads and supports
	FindDueBefore     = "due_before"      // due before the document's own date
	FindNoMeasure     = "no_measure"      // no measurable result
	FindVagueGroup    = "vague_group"     // "各有关部门": a person must name the members
	FindOpenList      = "open_list"       // "…等单位": the list is not complete
	FindDuplicate     = "duplicate"       // same demand as another clause
	FindUnknownUnit   = "unknown_unit"    // not in the directory
	FindFormerName    = "former_name"     // a unit's former name; proposed, never merged silently
	FindVagueDue      = "vague_due"       // 尽快, 适时, 持续推进: review date required
	FindNoDue         = "no_due"          // no deadline stated
	FindConditional   = "conditional_due" // tied to a condition
	FindYearUnsure    = "year_unsure"     // month without a year; the year is assumed and shown
	FindNumberUnsure  = "number_unsure"   // document number with lost or changed brackets
	FindLabelJump     = "label_jump"      // numbering skips, repeats or runs in a circle
	FindSeveralTasks  = "several_tasks"   // one number holds several tasks with several leads
	FindPrefixAssumed = "prefix_assumed"  // 省/市/区 dropped after the first name and supplied by rule
	FindSeeOther      = "see_other"       // "(See above)": the value stands elsewhere
	FindStruckText    = "struck_text"     // struck-through words were left out
)
