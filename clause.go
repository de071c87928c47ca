package docket

// ClauseKind is what a stretch of a document's text is.
type ClauseKind string

// The kinds.
const (
	KindFront     ClauseKind = "front"     // title, number, addressees, preamble, signature
	KindHeading   ClauseKind = "heading"   // 一、扩大… above clauses
	KindClause    ClauseKind = "clause"    // a demand, numbered or a table row
	KindText      ClauseKind = "text"      // narrative: no demand of its own
	KindFurniture ClauseKind = "furniture" // page numbers, running heads, navigation: set aside, shown
)

// Part is the part of a paper a clause stands in.
type Part string

// The parts.
const (
	PartBody   Part = "body"
	PartLetter Part = "letter" // the covering notice
	PartAnnex  Part = "annex"
)

// Commitment is how firmly a task is promised: plans soften "invest" to
// "consider investing" (field.md §5.4).
type Commitment string

// The commitments, firmest first.
const (
	Deliver Commitment = "deliver"
	Enable  Commitment = "support"
	Explore Commitment = "explore"
	Lobby   Commitment = "lobby"
)

// Clause is one unit of a directive's text as stored. The clauses of a
// directive joined in order are its whole text.
type Clause struct {
	ID        ClauseID    `json:"id"`
	Directive DirectiveID `json:"directive"`
	Ord       int         `json:"ord"`    // position in the document, 0-based
	Parent    int         `json:"parent"` // Ord of the clause above, -1 at the top
	Kind      ClauseKind  `json:"kind"`
	Part      Part        `json:"part"`
	Label     string      `json:"label"`
	Path      string      `json:"path"` // labels from the top, joined by " / "
	Text      string      `json:"text"`
	Page      int         `json:"page"` // 1-based, 0 unknown
	Line      int         `json:"line"`
	Struck    []Span      `json:"struck,omitempty"`
}
