package app

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
	"github.com/docket-os/docket/internal/worktime"
)

// Browser is where a sign-in comes from.
type Browser struct {
	Agent   string // shown in the list of sessions
	Address string // counted for the limit on tries
}

// SignedIn is a fresh session. Token is given out once; only its hash is kept.
type SignedIn struct {
	Pending string // the second step is still to come: what it must show; everything else is zero then
	Token   string
	Expires time.Time
	Actor   docket.Actor
	Session docket.Session
}

// OneTimeLink is a fresh sign-in link. Token is given out once.
type OneTimeLink struct {
	Token   string    `json:"-"`
	Expires time.Time `json:"expires"`
}

// Me is the signed-in person with what the frame of every page shows.
type Me struct {
	Person        docket.Person `json:"person"`
	Posts         []PostView    `json:"posts"`
	May           []docket.Act  `json:"may"`
	NeedsPassword bool          `json:"needs_password"`
	NeedsFactor   bool          `json:"needs_factor"` // a post asks for a second factor, and none is set up
	Today         docket.Date   `json:"today"`
	WorkdaysLeft  int           `json:"workdays_left"` // to the end of the year, today included
	Period        string        `json:"period"`        // "2026 Q4"
	Unread        int           `json:"unread"`        // notices
	Version       int64         `json:"version"`
}

// MeEdit is what people may change of themselves; nil leaves a field alone.
type MeEdit struct{ Lang, Name, Email *string }

// PostView is a post with the name of its unit.
type PostView struct {
	docket.Post
	UnitName string `json:"unit_name"`
}

// SessionView is one signed-in browser as its owner sees it.
type SessionView struct {
	ID      string    `json:"id"` // first 8 bytes of the hash, hex
	Agent   string    `json:"agent"`
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"`
	Current bool      `json:"current"`
}

// UnitView is a unit in the tree of a day: Name and Parent are those of that day.
type UnitView struct {
	docket.Unit
	Children int  `json:"children"` // standing units directly below
	Ended    bool `json:"ended"`
}

// UnitList is the whole tree, flat, parents before children.
type UnitList struct {
	Items []UnitView  `json:"items"`
	On    docket.Date `json:"on"`
}

// UnitRef names a unit.
type UnitRef struct {
	ID   docket.UnitID `json:"id"`
	Name string        `json:"name"`
}

// UnitPage is one unit with its place, its heirs and how many hold a post there.
type UnitPage struct {
	UnitView
	Path       []UnitRef           `json:"path"` // from the top, itself last
	Successors []docket.Succession `json:"successors"`
	Heirs      []UnitRef           `json:"heirs"` // who carries on today what it carried, if not itself
	People     int                 `json:"people"`
}

// UnitEdit corrects fields of a unit without a new version; nil leaves a field alone.
type UnitEdit struct {
	Code    *string
	Name    *string
	Level   *docket.Level
	Ord     *int
	Aliases *[]string
}

// UnitShare is one of the units a unit is split into. Unit names a standing
// unit, or 0 to found one of that name and code.
type UnitShare struct {
	Unit docket.UnitID `json:"unit"`
	Name string        `json:"name"`
	Code string        `json:"code"`
}

// UnitImport is what an import of units did or, on a dry run, would do.
type UnitImport struct {
	Added     int             `json:"added"`
	Changed   int             `json:"changed"`
	Unchanged int             `json:"unchanged"`
	Errors    []RowError      `json:"errors"`
	Rows      []UnitImportRow `json:"rows"` // the first 200
	DryRun    bool            `json:"dry_run"`
}

// UnitImportRow is one row of the file and what becomes of it: added, changed, unchanged, faulty.
type UnitImportRow struct {
	Row    int    `json:"row"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	Parent string `json:"parent"`
	Does   string `json:"does"`
}

// RowError is a fault of one row of a file.
type RowError struct {
	Row int `json:"row"`
	docket.FieldError
}

// PersonView is a person with all posts.
type PersonView struct {
	docket.Person
	Posts []PostView    `json:"posts"`
	Away  []StandinView `json:"away"` // who stands in for them, today and to come
}

// PersonEdit changes a person; nil leaves a field alone.
type PersonEdit struct {
	Login, Name, Email, Lang *string
	Active                   *bool
}

// Imported is what an import brought in.
type Imported struct {
	Directive docket.DirectiveID `json:"directive"`
	Matters   int                `json:"matters"`
	Clauses   int                `json:"clauses"` // of KindClause
	Doubts    int                `json:"doubts"`  // findings a person should look at
	Unmatched int                `json:"unmatched"`
}

// DryRun is a document as it would be imported; nothing is kept.
type DryRun struct {
	Directive docket.Directive `json:"directive"`
	Clauses   []docket.Clause  `json:"clauses"`
	Matters   []MatterView     `json:"matters"`
	Imported
}

// DirectiveSummary is a row of the list of directives.
type DirectiveSummary struct {
	docket.DirectiveSummary
	OwnerName string `json:"owner_name"`
	Doubts    int    `json:"doubts"`
}

// DirectivePage is the head of a directive's page.
type DirectivePage struct {
	Directive docket.Directive    `json:"directive"`
	OwnerName string              `json:"owner_name"`
	Parents   []docket.ParentRef  `json:"parents"`
	Counts    DirectiveCounts     `json:"counts"`
	Lamps     map[docket.Lamp]int `json:"lamps"` // of the matters in scope
	May       []docket.Act        `json:"may"`
}

// DirectiveCounts says how much of a directive is taken up.
type DirectiveCounts struct {
	Clauses int `json:"clauses"`
	Covered int `json:"covered"` // clauses with a registered matter, in scope or not
	Open    int `json:"open"`    // clauses nobody has taken up
	Matters int `json:"matters"` // in scope
}

// FrontEdit changes a directive's front matter; nil leaves a field alone.
type FrontEdit struct {
	Title, Number, Issuer *string
	IssuedOn              *docket.Date
	Level                 *docket.Level
	Addressees            *[]string
}

// ClauseView is a clause with its gutter: its matters in the reader's scope,
// how many more there are, and the worst lamp of those in scope.
type ClauseView struct {
	docket.Clause
	Matters []GutterMark `json:"matters"`
	Hidden  int          `json:"hidden"`
	Lamp    docket.Lamp  `json:"lamp"` // "" when there is nothing to show
}

// GutterMark is one matter in the margin of its clause.
type GutterMark struct {
	ID     docket.MatterID     `json:"id"`
	No     string              `json:"no"`
	Status docket.MatterStatus `json:"status"`
	Lamp   docket.Lamp         `json:"lamp"`
	Reason measure.Reason      `json:"reason"`
}

// SourceFile is the kept file of a directive.
type SourceFile struct {
	docket.FileRef
	Content []byte
}

// AssignmentView is an assignment with names: Name stays what the document says.
type AssignmentView struct {
	docket.Assignment
	UnitName  string    `json:"unit_name"`
	Suggested []UnitRef `json:"suggested"` // shadows the ids
}

// MatterView is a matter with the names of its units.
type MatterView struct {
	docket.Matter
	Assignments []AssignmentView `json:"assignments"` // shadows the ids
}

// NewDraft asks for a draft matter from a sentence. Span is in bytes of the
// clause's text; nil takes the reader's own first proposal or the whole clause.
type NewDraft struct {
	ClauseOrd   int
	Span        *docket.Span
	Requirement string
}

// DraftEdit corrects a draft; nil leaves a field alone.
type DraftEdit struct {
	Title, Requirement *string
	Assignments        *[]AssignmentEdit
	Due, ReviewOn      *docket.Date
	Aside, Duty        *bool
	Measures           *[]docket.MeasureRead
}

// AssignmentEdit is one part as a person enters it. Unit 0 asks the directory
// for the name again.
type AssignmentEdit struct {
	Role docket.PartyRole `json:"role"`
	Name string           `json:"name"`
	Unit docket.UnitID    `json:"unit"`
}

// NameSettled settles a written name or group once for all drafts of a
// directive: by Units, by a unit to Create, or (neither) by setting it aside.
type NameSettled struct {
	Name   string
	Units  []docket.UnitID
	Alias  bool        // also keep Name as another name of the one unit
	Create *UnitCreate // found a unit of that name
}

// UnitCreate says where a unit is founded.
type UnitCreate struct {
	Parent docket.UnitID `json:"parent"`
	Level  docket.Level  `json:"level"`
}

// Blocker is one thing that keeps a directive from being adopted.
type Blocker struct {
	Matter    docket.MatterID   `json:"matter"`
	ClauseOrd int               `json:"clause_ord"`
	Field     string            `json:"field"`
	Key       string            `json:"key"`
	Args      map[string]string `json:"args,omitempty"`
	Message   string            `json:"message"`
}

// Adoption says what adopting would do, or has done.
type Adoption struct {
	Matters  int       `json:"matters"`
	Units    int       `json:"units"` // that get a part
	Aside    int       `json:"aside"`
	Blockers []Blocker `json:"blockers"`
	Warnings int       `json:"warnings"` // doubts that do not block
	Version  int64     `json:"version"`  // of the directive
}

// EntryView is a journal entry as people read it.
type EntryView struct {
	Seq       int64           `json:"seq"`
	At        time.Time       `json:"at"`
	Actor     docket.PersonID `json:"actor"`
	ActorName string          `json:"actor_name"`         // "" for the system itself
	ForName   string          `json:"for_name,omitempty"` // in whose place the actor stood in
	Verb      docket.Verb     `json:"verb"`
	Reason    string          `json:"reason,omitempty"`
	Unit      docket.UnitID   `json:"unit,omitempty"`
	UnitName  string          `json:"unit_name,omitempty"`
	Matter    docket.MatterID `json:"matter,omitempty"`
	Changes   []FieldChange   `json:"changes"`
}

// FieldChange is one field before and after, as JSON.
type FieldChange struct {
	Field  string `json:"field"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// LedgerRequest asks for one page of the ledger.
type LedgerRequest struct {
	Query  docket.LedgerQuery
	Group  string // "", unit, directive, status, lamp
	As     As
	Cursor string
	Limit  int // 1 to 500; 0 means 50
}

// As says how units that were merged, split or renamed are shown.
type As string

// The two ways.
const (
	AsIs  As = "is"  // the units that carry it today, by today's names (the default)
	AsWas As = "was" // the units and names of the day it was assigned
)

// LedgerRow is one matter in the ledger.
type LedgerRow struct {
	ID              docket.MatterID     `json:"id"`
	No              string              `json:"no"`
	Title           string              `json:"title"`
	Requirement     string              `json:"requirement"`
	Directive       docket.DirectiveID  `json:"directive"`
	DirectiveNumber string              `json:"directive_number"`
	DirectiveTitle  string              `json:"directive_title"`
	ClauseLabel     string              `json:"clause_label"`
	ClauseOrd       int                 `json:"clause_ord"`
	Leads           []LedgerUnit        `json:"leads"`
	Supports        []LedgerUnit        `json:"supports"`
	Several         []LedgerUnit        `json:"several"`
	Status          docket.MatterStatus `json:"status"`
	Lamp            docket.Lamp         `json:"lamp"`
	Reason          measure.Reason      `json:"reason"`
	Due             docket.Date         `json:"due"`
	FirstDue        docket.Date         `json:"first_due"`
	ReviewOn        docket.Date         `json:"review_on"`
	OverdueDays     int                 `json:"overdue_days"`
	AssignedAt      time.Time           `json:"assigned_at"`
}

// LedgerUnit is a unit in a ledger row.
type LedgerUnit struct {
	Unit docket.UnitID `json:"unit"`
	Name string        `json:"name"`
}

// LedgerGroup is the totals of one group of matters.
type LedgerGroup struct {
	Key   string              `json:"key"`
	Name  string              `json:"name"`
	Total int                 `json:"total"`
	Lamps map[docket.Lamp]int `json:"lamps"`
}

// LedgerPage is a page of the ledger with the totals of all pages. Lamps counts
// what the filter without its lamps would show, Statuses what it would show
// without its statuses, so that the totals can be used to switch.
type LedgerPage struct {
	Items      []LedgerRow                 `json:"items"`
	Total      int                         `json:"total"`
	Lamps      map[docket.Lamp]int         `json:"lamps"`
	Statuses   map[docket.MatterStatus]int `json:"statuses"`
	Groups     []LedgerGroup               `json:"groups"`
	NextCursor string                      `json:"next_cursor"`
	AsOf       time.Time                   `json:"as_of"`
}

// MatterPage is a matter with everything its page shows.
type MatterPage struct {
	Matter      MatterView       `json:"matter"`
	Lamp        docket.Lamp      `json:"lamp"`
	Reason      measure.Reason   `json:"reason"`
	Directive   DirectiveRef     `json:"directive"`
	Context     []docket.Clause  `json:"context"` // headings above, the clause, its neighbours; "" when the directive itself is out of scope
	Obligations []ObligationView `json:"obligations"`
	History     []EntryView      `json:"history"`
	May         []docket.Act     `json:"may"`
	Next        []NextAct        `json:"next"`      // moves the actor can make now, what carries it forward first
	WriteFor    []UnitRef        `json:"write_for"` // units with a part the actor writes reports and requests for
	Units       []UnitLamp       `json:"units"`     // where each answers for a part of its own: its own lamp
	Reports     []ReportView     `json:"reports"`   // newest first
	Requests    []RequestView    `json:"requests"`
	Notes       []NoteView       `json:"notes"`  // instructions
	Checks      []CheckView      `json:"checks"` // verifications and looks back
	Urges       []UrgeView       `json:"urges"`
	UrgeFor     []UnitRef        `json:"urge_for"` // units that owe something the actor may press for
	Why         []measure.Reason `json:"why"`      // why this reader may see it
}

// NextAct is a move the actor can make, with names.
type NextAct struct {
	docket.NextAct
	UnitName string `json:"unit_name"`
	OfName   string `json:"of_name"`
}

// UnitLamp is the lamp of a unit's own part.
type UnitLamp struct {
	UnitRef
	Lamp   docket.Lamp    `json:"lamp"`
	Reason measure.Reason `json:"reason"`
}

// ReportView is a report with names and what the actor may do to it.
type ReportView struct {
	docket.Report
	UnitName     string        `json:"unit_name"`
	AuthorName   string        `json:"author_name"`
	ApproverName string        `json:"approver_name"`
	ReviewerName string        `json:"reviewer_name"`
	May          []docket.Verb `json:"may"` // approve, accept, return, withdraw
}

// RequestView is a request with names and whether the actor may decide it.
type RequestView struct {
	docket.Request
	UnitName    string        `json:"unit_name"`
	ByName      string        `json:"by_name"`
	DeciderName string        `json:"decider_name"`
	May         []docket.Verb `json:"may"` // decide, withdraw
}

// NoteView is an instruction with its leader's name.
type NoteView struct {
	docket.Instruction
	LeaderName string        `json:"leader_name"`
	May        []docket.Verb `json:"may"` // close, instruct
}

// CheckView is a verification with the verifier's name.
type CheckView struct {
	docket.Verification
	ByName string `json:"by_name"`
}

// DirectiveRef names a directive.
type DirectiveRef struct {
	ID     docket.DirectiveID `json:"id"`
	Number string             `json:"number"`
	Title  string             `json:"title"`
}

// ObligationView is an obligation with the name of its unit.
type ObligationView struct {
	docket.Obligation
	UnitName string `json:"unit_name"`
	Late     bool   `json:"late"`
}

// Desk is what a person owes, what waits for a decision, what came back.
type Desk struct {
	Owed     []DeskRow   `json:"owed"`
	Waiting  []DeskRow   `json:"waiting"`
	CameBack []DeskRow   `json:"came_back"`
	Mine     DeskMine    `json:"mine"`
	Upcoming []DayCount  `json:"upcoming"` // the next 10 working days
	DoneDay  int         `json:"done_today"`
	Today    docket.Date `json:"today"`
}

// DeskMine sums up the open matters of the person's own units.
type DeskMine struct {
	Open  int                 `json:"open"`
	Lamps map[docket.Lamp]int `json:"lamps"`
}

// DayCount is how much is owed on a day.
type DayCount struct {
	Date  docket.Date `json:"date"`
	Count int         `json:"count"`
}

// DeskRow is one thing on the desk with the one act that deals with it.
type DeskRow struct {
	Kind      string             `json:"kind"` // of what is owed; reading, overdue; returned, granted, refused
	Matter    docket.MatterID    `json:"matter,omitempty"`
	Directive docket.DirectiveID `json:"directive,omitempty"`
	Stocktake docket.StocktakeID `json:"stocktake,omitempty"` // the meeting a statement or minutes belong to
	No        string             `json:"no"`
	Title     string             `json:"title"`
	Lamp      docket.Lamp        `json:"lamp"`
	Reason    measure.Reason     `json:"reason"`
	Due       docket.Date        `json:"due"`
	Unit      docket.UnitID      `json:"unit,omitempty"`
	UnitName  string             `json:"unit_name,omitempty"`
	Act       string             `json:"act"`             // acknowledge, plan, report, approve, review, decide, verify, open, correct …
	Ref       int64              `json:"ref"`             // the report, request, instruction or round
	Late      bool               `json:"late"`            // past its own due
	Words     string             `json:"words"`           // why it came back
	Urged     int                `json:"urged,omitempty"` // how often it was pressed for
	Slip      string             `json:"slip,omitempty"`  // of the last time
	Version   int64              `json:"version"`
}

// ViewEdit changes a saved view; nil leaves a field alone.
type ViewEdit struct {
	Name    *string
	Query   *docket.LedgerQuery
	Columns *[]string
	Group   *string
}

// FactorView is what the settings page shows of the actor's second factor.
type FactorView struct {
	On           bool      `json:"on"`
	Since        time.Time `json:"since,omitzero"`
	RecoveryLeft int       `json:"recovery_left"`
}

// FactorSecret is what an authenticator app takes: as a code to scan and as a key to type.
type FactorSecret struct {
	Key string `json:"key"`
	URI string `json:"uri"`
}

// TokenView is a token as its owner sees it. What opens is not in it.
type TokenView struct {
	ID       docket.TokenID `json:"id"`
	Name     string         `json:"name"`
	ReadOnly bool           `json:"read_only"`
	Acts     []docket.Act   `json:"acts"`
	Created  time.Time      `json:"created"`
	Expires  time.Time      `json:"expires"`
	Used     time.Time      `json:"used,omitzero"`
	Expired  bool           `json:"expired"`
}

// SignInRulesView is how people sign in, with its secrets blanked.
type SignInRulesView struct {
	docket.SignInRules
	SecretSet   bool `json:"secret_set"`
	PasswordSet bool `json:"password_set"`
}

// CalendarView is the body's working calendar: what it is built on, the years
// that are published, and the days of one year that are out of the ordinary.
type CalendarView struct {
	Base  worktime.Base  `json:"base"`
	Rules string         `json:"rules"`
	Years []CalendarYear `json:"years"`
	Year  int            `json:"year"`
	Days  []worktime.Day `json:"days"`
}

// CalendarYear is a published year.
type CalendarYear struct {
	Year     int  `json:"year"`
	Imported bool `json:"imported"`
	worktime.YearCount
}

// CalendarSet is a choice of calendar. Forget are imported years to let go.
type CalendarSet struct {
	Base   worktime.Base
	Rules  string // of BaseRules
	Forget []int
}

// CalendarChange is what another calendar does or, on a dry run, would do.
type CalendarChange struct {
	Years  []CalendarYearChange `json:"years"`
	Moves  int                  `json:"moves"` // days of matters and of what is owed that move
	Moved  []DueMoved           `json:"moved"` // the first 200
	DryRun bool                 `json:"dry_run"`
}

// CalendarYearChange is a year of which the new calendar says something else.
type CalendarYearChange struct {
	Year  int                `json:"year"`
	Known bool               `json:"known"` // published, in the new calendar
	Was   worktime.YearCount `json:"was"`
	Is    worktime.YearCount `json:"is"`
}

// DueMoved is a day that a new calendar moves: of a matter or, with Kind, of
// something owed in it.
type DueMoved struct {
	Matter   docket.MatterID       `json:"matter"` // 0, and no title, when the reader may not see it
	No       string                `json:"no"`     // none of a draft
	Title    string                `json:"title"`
	Kind     docket.ObligationKind `json:"kind,omitempty"`
	UnitName string                `json:"unit_name,omitempty"`
	From     docket.Date           `json:"from"`
	To       docket.Date           `json:"to"`
}
