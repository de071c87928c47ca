package app

import (
	"time"

	docket "github.com/docket-os/docket"
)

// StocktakeRow is a meeting in the list.
type StocktakeRow struct {
	ID           docket.StocktakeID     `json:"id"`
	Kind         docket.StocktakeKind   `json:"kind"`
	Title        string                 `json:"title"`
	On           docket.Date            `json:"on"`
	Begins       string                 `json:"begins"`
	Place        string                 `json:"place"`
	Status       docket.StocktakeStatus `json:"status"`
	ConvenerName string                 `json:"convener_name"`
	Units        int                    `json:"units"`
	Filed        int                    `json:"filed"` // statements
	Due          docket.Date            `json:"due"`   // of the statements
	Owed         []UnitRef              `json:"owed"`  // units the reader files for that still owe one
	Landing
}

// Landing is what became of what a meeting decided. Kept, late, broken and open
// add up to Acts less what was stopped.
type Landing struct {
	Acts     int `json:"acts"` // lines somebody has to act on
	Landed   int `json:"landed"`
	Kept     int `json:"kept"`
	KeptLate int `json:"kept_late"`
	Broken   int `json:"broken"`
	Open     int `json:"open"`
}

// StocktakePage is a meeting with all that belongs to it.
type StocktakePage struct {
	docket.Stocktake
	SatOn         docket.Date          `json:"sat_on"` // the day the room was opened, else the planned one
	OwnerName     string               `json:"owner_name"`
	ConvenerName  string               `json:"convener_name"`
	StandinName   string               `json:"standin_name"`
	ChairName     string               `json:"chair_name"`
	PreviousTitle string               `json:"previous_title"`
	Directives    []DirectiveRef       `json:"directives"`        // of its scope
	Statements    []StatementHead      `json:"statements"`        // of the units the reader may see
	Unheard       []docket.UnitID      `json:"unheard,omitempty"` // to the office, before the meeting: units without liaison and head, where nobody is told
	Items         []ItemView           `json:"items"`
	Slips         SlipsPage            `json:"slips"`
	Packs         []PackHead           `json:"packs"`
	Freezing      *Freezing            `json:"freezing,omitempty"` // to the office, while one runs or failed and nobody was told
	Minutes       docket.MinutesStatus `json:"minutes"`            // "" while there are none to see
	Landing       Landing              `json:"landing"`
	Whole         bool                 `json:"whole"` // whether the reader sees every unit's page
	May           []docket.Act         `json:"may"`
}

// StatementHead is how far one unit's statement is.
type StatementHead struct {
	Unit     docket.UnitID          `json:"unit"`
	UnitName string                 `json:"unit_name"`
	Status   docket.StatementStatus `json:"status"`
	Due      docket.Date            `json:"due"`
	FiledOn  docket.Date            `json:"filed_on"`
	Late     bool                   `json:"late"`
	Silent   bool                   `json:"silent"` // the day is over, and the head has let nothing out
	Mine     bool                   `json:"mine"`   // the reader files for the unit
	With     []string               `json:"with"`   // who has it now, by name; nobody once it is filed or the meeting over
	Since    time.Time              `json:"since"`  // it stands where it stands
}

// PackHead names a frozen pack.
type PackHead struct {
	No   int       `json:"no"`
	At   time.Time `json:"at"`
	Seal string    `json:"seal"`
}

// ItemView is a line of the record with names and, where the reader may see its
// matter, how that stands.
type ItemView struct {
	docket.Item
	UnitName   string              `json:"unit_name"`
	LeadRefs   []UnitRef           `json:"lead_refs"`
	Helpers    []UnitRef           `json:"helpers"`
	LeaderName string              `json:"leader_name"`
	ByName     string              `json:"by_name"`
	Status     docket.MatterStatus `json:"status"` // "" without a matter in scope
	Lamp       docket.Lamp         `json:"lamp"`
	Keeping    docket.Keeping      `json:"keeping"`
	DoneOn     docket.Date         `json:"done_on"`
	Received   []docket.UnitID     `json:"-"` // units that have confirmed their part
}

// StocktakePlan is what the office enters.
type StocktakePlan struct {
	ID         docket.StocktakeID    `json:"-"`
	Kind       docket.StocktakeKind  `json:"kind"`
	Title      string                `json:"title" maxLength:"400"`
	On         docket.Date           `json:"on"`
	Begins     string                `json:"begins" maxLength:"5"`
	Place      string                `json:"place" maxLength:"400"`
	Convener   docket.PersonID       `json:"convener" minimum:"0"`
	Standin    docket.PersonID       `json:"standin,omitempty" minimum:"0"`
	Scope      docket.StocktakeScope `json:"scope"`
	DaysBefore int                   `json:"days_before" minimum:"0" maximum:"20"`
	Previous   docket.StocktakeID    `json:"previous,omitempty" minimum:"0"`
	Slots      []SlotPlan            `json:"slots" maxItems:"200"`
	Topics     []TopicPlan           `json:"topics,omitempty" maxItems:"200" doc:"Absent leaves them as they are"`
}

// SlotPlan is one unit's turn as entered.
type SlotPlan struct {
	Unit    docket.UnitID `json:"unit" minimum:"1"`
	Minutes int           `json:"minutes,omitempty" minimum:"0" maximum:"120"`
	Why     *docket.Said  `json:"why,omitempty"`
}

// TopicPlan is a topic as entered: an old one by its key, a new one in words.
type TopicPlan struct {
	Key  string        `json:"key,omitempty" maxLength:"200"`
	Text string        `json:"text,omitempty" maxLength:"2000"`
	Unit docket.UnitID `json:"unit,omitempty" minimum:"0"`
}

// NewItem is a line as recorded. Where Parties is nil, who acts is read from the
// text; where Due is zero, so is the day, and failing that the rule's holds.
type NewItem struct {
	Key     string             `json:"key" minLength:"1" maxLength:"64" doc:"Given by the client: the same line sent twice is one"`
	Kind    docket.ItemKind    `json:"kind"`
	Unit    docket.UnitID      `json:"unit,omitempty" minimum:"0" doc:"Who has the floor"`
	Text    string             `json:"text" maxLength:"20000"`
	Topic   string             `json:"topic,omitempty" maxLength:"200" doc:"Key of the topic it settles"`
	Parties []docket.RoleUnits `json:"parties,omitempty" maxItems:"10"`
	Due     docket.Date        `json:"due,omitzero"`
	Leader  bool               `json:"leader,omitempty" doc:"commitment: the chair's own promise"`
}

// LineView is how the program reads a line that is being typed.
type LineView struct {
	Kind     docket.ItemKind  `json:"kind"` // what the words say it is; "" where they do not
	Text     string           `json:"text"` // the requirement
	Parties  []LineParty      `json:"parties"`
	Due      docket.Date      `json:"due"`
	DueSaid  string           `json:"due_said"` // as written; "" where the rule's day stands in
	ByRule   bool             `json:"by_rule"`
	Measures []string         `json:"measures"`
	Findings []docket.Finding `json:"findings"`
	Ask      string           `json:"ask"` // "principle" where "agreed in principle" leaves open whether it is decided
}

// LineParty is one unit read from a line. Unit is 0 where the directory knows no
// such name; All stands for everybody who reports.
type LineParty struct {
	Role      docket.PartyRole `json:"role"`
	Name      string           `json:"name"`
	Unit      docket.UnitID    `json:"unit"`
	All       bool             `json:"all"`
	Suggested []UnitRef        `json:"suggested"`
}

// RoomAct is something done in the room. Each names what it is about, so that one
// that arrives twice is done once.
type RoomAct struct {
	Act     string          `json:"act" enum:"open,call,pause,absent,present,grant,reorder,chair,close"`
	Unit    docket.UnitID   `json:"unit,omitempty" minimum:"0"`
	Minutes int             `json:"minutes,omitempty" minimum:"0" maximum:"120"`
	Units   []docket.UnitID `json:"units,omitempty" maxItems:"200"`
	Person  docket.PersonID `json:"person,omitempty" minimum:"0"`
	AgoMS   int64           `json:"ago_ms,omitempty" minimum:"0" maximum:"86400000" doc:"Milliseconds since it was done, where it waited for the network: turns are timed from then"`
}

// Room is what every screen of a meeting shows, the same for all.
type Room struct {
	docket.Stocktake
	ConvenerName string     `json:"convener_name"`
	ChairName    string     `json:"chair_name"`
	Items        []ItemView `json:"items"` // without how their matters stand: that is not for every eye
	Pack         int        `json:"pack"`  // number of the pack the room looks at; 0: none was frozen
	Now          time.Time  `json:"now"`   // for clocks that go wrong

	// Unagreed are the units whose head has let the statement out while the leader
	// has not agreed: it is read out all the same.
	Unagreed []docket.UnitID `json:"unagreed"`
}

// StatementPage is a unit's statement with what the reader may do to it.
type StatementPage struct {
	docket.Statement
	Title    string   `json:"title"` // of the meeting
	UnitName string   `json:"unit_name"`
	Minutes  int      `json:"minutes"` // the unit has
	Takes    int      `json:"takes"`   // seconds it takes to read out
	Late     bool     `json:"late"`
	With     []string `json:"with"` // who has it now, by name; nobody once it is filed
	May      []string `json:"may"`  // write, send, approve, agree, return
}

// MinutesPage is the minutes with names and what the reader may do.
type MinutesPage struct {
	docket.Minutes
	Meeting    string   `json:"meeting"`
	OwnerName  string   `json:"owner_name"`
	IssuerName string   `json:"issuer_name"`
	RemarkedBy []string `json:"remarked_by"` // one for each remark
	May        []string `json:"may"`         // write, circulate, remark, answer, issue, addend
}
