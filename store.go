package docket

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"time"
)

// Store keeps everything. One implementation of the SQL serves both engines;
// internal/storetest says what any engine must do.
type Store interface {
	// View runs fn on one consistent state. fn may run twice.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn in one transaction at the instant now, which every row and
	// entry written carries. fn may run twice (serialization retry), so it must
	// not leak effects. An error from fn undoes everything.
	// Updates run one after the other; when one returns nil, what it wrote is durable.
	Update(ctx context.Context, now time.Time, fn func(Writer) error) error
	// Check verifies the store's own invariants (closure table against parents,
	// indexes, orphans) and returns one sentence for each breach.
	Check(ctx context.Context) ([]string, error)
	Close() error
}

// Scope is what a reader may see; the store cannot be asked without one.
// A matter is in scope when its owner is in Office, or when it is past Draft
// and its owner or a unit assigned to it is in Read. A directive is in scope
// when its owner is in Office, or, once adopted, when its owner is in Read or
// one of its matters is in scope. The same rule stands in InScope for memory.
type Scope struct {
	Read   UnitSet
	Office UnitSet
}

// SystemScope sees everything: for jobs of the program itself, never for a request.
func SystemScope() Scope { return Scope{Read: AllUnits(), Office: AllUnits()} }

// Scope returns what the actor may see.
func (a *Actor) Scope() Scope { return Scope{Read: a.Read, Office: a.Office} }

// InScope reports whether a matter of that owner, status and assigned units may be seen.
func (s Scope) InScope(owner UnitID, status MatterStatus, units iter.Seq[UnitID]) bool {
	if s.Office.Has(owner) {
		return true
	}
	if status == Draft {
		return false
	}
	if s.Read.Has(owner) {
		return true
	}
	for u := range units {
		if s.Read.Has(u) {
			return true
		}
	}
	return false
}

// Reader is what can be asked of a state. Things absent and things out of scope
// both give NotFound.
type Reader interface {
	Units(ctx context.Context) ([]Unit, []Succession, error)

	Person(ctx context.Context, id PersonID) (Person, error)
	PersonByLogin(ctx context.Context, login string) (Person, error)
	People(ctx context.Context) ([]Person, error)
	PasswordHash(ctx context.Context, id PersonID) (string, error) // "" when none is set
	Posts(ctx context.Context, person PersonID) ([]Post, error)    // 0: everybody's
	Session(ctx context.Context, hash [32]byte) (Session, error)
	Sessions(ctx context.Context, person PersonID) ([]Session, error)
	Tally(ctx context.Context, name string) (Tally, error) // the zero count under a name that has none
	Factor(ctx context.Context, person PersonID) (Factor, error)
	Factors(ctx context.Context) ([]PersonID, error)                            // who has a confirmed one
	Ticket(ctx context.Context, kind TicketKind, hash [32]byte) (Ticket, error) // of those not expired
	TokenByHash(ctx context.Context, hash [32]byte) (Token, error)
	Tokens(ctx context.Context, person PersonID) ([]Token, error) // newest first
	PersonByIdentity(ctx context.Context, issuer, subject string) (Person, error)
	SyncedPosts(ctx context.Context, person PersonID) ([]PostID, error) // those that groups gave
	// Standins returns the spans in which any of these people is away or stands in,
	// those over and to come included, by id; without people everybody's.
	Standins(ctx context.Context, people ...PersonID) ([]Standin, error)

	Directives(ctx context.Context, s Scope) ([]DirectiveSummary, error) // newest first
	Readings(ctx context.Context, s Scope) ([]Directive, error)          // the directives an office has not adopted yet, newest first
	Directive(ctx context.Context, s Scope, id DirectiveID) (Directive, error)
	// DirectiveByFile and DirectiveByNumber find the owner's newest directive of
	// that file or number whoever asks, 0 when there is none.
	DirectiveByFile(ctx context.Context, owner UnitID, sha256 string) (DirectiveID, error)
	DirectiveByNumber(ctx context.Context, owner UnitID, number string) (DirectiveID, error)
	Clauses(ctx context.Context, s Scope, id DirectiveID) ([]Clause, error)
	CountClauses(ctx context.Context, id DirectiveID) (int, error) // of a directive the caller has loaded

	Matter(ctx context.Context, s Scope, id MatterID) (Matter, error)
	// Matters returns those of ids that are in scope, in the order of ids.
	Matters(ctx context.Context, s Scope, ids []MatterID) ([]Matter, error)
	DirectiveMatters(ctx context.Context, s Scope, id DirectiveID) ([]Matter, error) // by Ord
	// LedgerLines is Matters with what a row of the ledger shows, and no more.
	LedgerLines(ctx context.Context, s Scope, ids []MatterID) ([]LedgerLine, error)
	// MatterRows streams the board's columns of every matter (or of ids, when given), by id.
	MatterRows(ctx context.Context, ids ...MatterID) iter.Seq2[MatterRow, error]

	// Owed returns what posts of a role still owe in units, earliest due first.
	Owed(ctx context.Context, role Role, units UnitSet) ([]Obligation, error)
	// DueBetween returns what fell or falls due in units between two days and is not void.
	DueBetween(ctx context.Context, units UnitSet, from, to Date) ([]Obligation, error)
	OwedBy(ctx context.Context, kind ObligationKind, day Date) ([]Obligation, error) // what of a kind is open and due by a day
	MatterObligations(ctx context.Context, id MatterID) ([]Obligation, error)
	// Climbing returns what is open, has a day and is not at the end of the ladder,
	// by due and id.
	Climbing(ctx context.Context, q ClimbingQuery) ([]Climbing, error)
	// ClimbingStatements returns those of meetings that are convened and have not
	// begun, which their units still owe, or of ids.
	ClimbingStatements(ctx context.Context, ids ...StatementID) ([]Climbing, error)
	// CountedObligations and ProvisionalMatters are what a new calendar may move,
	// by matter: open obligations that are provisional, or due on or after from and
	// counted in working days; matters not yet finished whose due is provisional.
	CountedObligations(ctx context.Context, from Date) ([]Obligation, error)
	ProvisionalMatters(ctx context.Context) ([]MatterID, error)

	// What belongs to a matter is asked for by the matter, which the caller has
	// loaded in the reader's scope; as it came to be, oldest first.
	MatterReports(ctx context.Context, id MatterID) ([]Report, error)
	NewestReports(ctx context.Context, matters []MatterID) ([]Report, error) // of each the newest that went out and stands
	MatterRequests(ctx context.Context, id MatterID) ([]Request, error)
	MatterVerifications(ctx context.Context, id MatterID) ([]Verification, error)
	MatterInstructions(ctx context.Context, id MatterID) ([]Instruction, error)
	// ReturnedReports and DecidedRequests are what came back to units.
	ReturnedReports(ctx context.Context, units UnitSet) ([]Report, error)
	DecidedRequests(ctx context.Context, units UnitSet, since time.Time) ([]Request, error)
	Rounds(ctx context.Context, owners UnitSet) ([]Round, error)
	// Measures returns a matter's measures, those withdrawn included, by Ord.
	Measures(ctx context.Context, id MatterID) ([]Measure, error)
	// Observations returns every figure of a matter, corrected ones included, as reported.
	Observations(ctx context.Context, id MatterID) ([]Observation, error)
	// Evidence and MatterEvidence load through the matter and the scope.
	Evidence(ctx context.Context, s Scope, m MatterID, id EvidenceID) (Evidence, error)
	MatterEvidence(ctx context.Context, s Scope, m MatterID) ([]Evidence, error) // in order of arrival
	// SharedFiles tells which contents of a matter's evidence other matters use too.
	SharedFiles(ctx context.Context, s Scope, m MatterID) ([]SharedFile, error)
	Upload(ctx context.Context, by PersonID, m MatterID, id UploadID) (Upload, error)
	Uploads(ctx context.Context, by PersonID) ([]Upload, error)                   // by id
	ExpiredUploads(ctx context.Context, at time.Time, most int) ([]Upload, error) // anybody's, by expiry

	// Entries returns journal entries after seq that concern q, oldest first, at
	// most limit; with q.Before the newest first. Seq runs from 1 without gaps in the order of commits, so who
	// follows it misses nothing.
	Entries(ctx context.Context, q EntryQuery, after int64, limit int) ([]Entry, error)
	LastSeq(ctx context.Context) (int64, error)

	// Search finds matters, clauses and directives in scope that hold all words
	// of text (bigrams for Han), at most limit: what bears exactly that number
	// first, then the newest directive's.
	Search(ctx context.Context, s Scope, text string, limit int) ([]Hit, error)
	// SearchMatters returns, ascending and in no scope, the ids of all matters whose
	// requirement holds all words of text or whose number begins with it.
	SearchMatters(ctx context.Context, text string) ([]MatterID, error)

	// Notices returns what a person was told, newest first, at most limit older
	// than before (0: from the newest); what is about a matter out of scope is not
	// among them.
	Notices(ctx context.Context, s Scope, person PersonID, before NoticeID, limit int) ([]NoticeLine, error)
	UnreadNotices(ctx context.Context, s Scope, person PersonID) (int, error)
	NoticesOf(ctx context.Context, s Scope, ids []NoticeID) ([]NoticeLine, error) // those in scope, by id
	// WaitingNotices returns what a receiver was told since an instant, has not
	// read, and no digest carries: oldest first.
	WaitingNotices(ctx context.Context, to Receiver, since time.Time) ([]NoticeID, error)
	Urges(ctx context.Context, matters ...MatterID) ([]Urge, error) // as they came to be
	Wishes(ctx context.Context, person PersonID) (Wishes, error)    // those of who has said nothing are empty
	// Sheet and Sheets are workbooks a person brought back; rows are asked for by
	// a sheet that was loaded so.
	Sheet(ctx context.Context, person PersonID, id SheetID) (Sheet, error)
	Sheets(ctx context.Context, person PersonID) ([]Sheet, error) // oldest first
	OldSheets(ctx context.Context, before time.Time) ([]Sheet, error)
	SheetRows(ctx context.Context, id SheetID, q SheetQuery) ([]SheetRow, error)
	SheetCounts(ctx context.Context, id SheetID) (map[SheetState]int, error)

	// Stocktakes returns the meetings in scope (Stocktake.InScope), as they came to
	// be, Stocktake one of them; what belongs to a meeting is asked for by the
	// meeting, which the caller has loaded so.
	Stocktakes(ctx context.Context, s Scope) ([]Stocktake, error)
	RunningStocktakes(ctx context.Context, s Scope) ([]Stocktake, error) // convened, sitting or closed
	Stocktake(ctx context.Context, s Scope, id StocktakeID) (Stocktake, error)
	Items(ctx context.Context, ids ...StocktakeID) ([]Item, error)
	ItemByKey(ctx context.Context, id StocktakeID, key string) (Item, bool, error)
	Statements(ctx context.Context, ids ...StocktakeID) ([]Statement, error)
	Slips(ctx context.Context, id StocktakeID) ([]Slip, error)
	Packs(ctx context.Context, id StocktakeID) ([]Pack, error) // without their bodies
	Pack(ctx context.Context, id StocktakeID, no int) (Pack, error)
	Minutes(ctx context.Context, id StocktakeID) (Minutes, error)
	// Bare returns, of the matters an owner registered, those without evidence, ascending.
	Bare(ctx context.Context, owner UnitID) ([]MatterID, error)

	Job(ctx context.Context, kind, key string) (Job, error)
	Queue(ctx context.Context, now time.Time) (Queue, error)

	Views(ctx context.Context, person PersonID) ([]SavedView, error)
	Setting(ctx context.Context, key string) (json.RawMessage, error) // nil when unset
	// Replay returns what was answered to an idempotency key of this person, nil when new.
	Replay(ctx context.Context, person PersonID, key string) (*Replay, error)
}

// Writer is a Reader that can change things. Put… inserts when the id is 0 (and
// sets it) and otherwise updates where the version still equals the one given,
// raising it by one in place; a version that moved on gives Conflict.
type Writer interface {
	Reader
	Now() time.Time

	PutUnit(ctx context.Context, u *Unit) error // keeps the closure table; a circle gives Invalid
	PutSuccession(ctx context.Context, s Succession) error
	PutPerson(ctx context.Context, p *Person) error
	PutPasswordHash(ctx context.Context, id PersonID, hash string) error
	PutPost(ctx context.Context, p *Post) error
	PutStandin(ctx context.Context, s *Standin) error // new when its id is 0, else when it was ended
	PutSession(ctx context.Context, s *Session) error // by hash
	DeleteSession(ctx context.Context, hash [32]byte) error
	DeleteSessions(ctx context.Context, person PersonID, except [32]byte) error
	PutLink(ctx context.Context, l *Link) error
	TakeLink(ctx context.Context, hash [32]byte) (Link, error) // once: gone afterwards
	PutTally(ctx context.Context, t Tally) error               // by name; sweeps those forgiven
	DeleteTally(ctx context.Context, name string) error
	PutFactor(ctx context.Context, f *Factor) error // by person
	DeleteFactor(ctx context.Context, person PersonID) error
	PutTicket(ctx context.Context, t *Ticket) error
	TakeTicket(ctx context.Context, kind TicketKind, hash [32]byte) (Ticket, error) // once: gone afterwards
	DeleteTickets(ctx context.Context, person PersonID) error
	PutToken(ctx context.Context, t *Token) error // new when its id is 0, else when it was used last
	DeleteToken(ctx context.Context, person PersonID, id TokenID) error
	DeleteTokens(ctx context.Context, person PersonID) error
	PutIdentity(ctx context.Context, issuer, subject string, person PersonID) error
	MarkSynced(ctx context.Context, post PostID, issuer string) error

	PutDirective(ctx context.Context, d *Directive) error
	DeleteDirective(ctx context.Context, id DirectiveID) error                // only while Reading; its clauses and drafts go with it
	InsertClauses(ctx context.Context, c []Clause) error                      // sets ids
	InsertMatters(ctx context.Context, m []*Matter) error                     // sets ids; with assignments
	PutMatter(ctx context.Context, m *Matter) error                           // with assignments
	PutLife(ctx context.Context, m *Matter) error                             // PutMatter where the requirement is as it was
	AdoptMatters(ctx context.Context, m []*Matter) error                      // many at once: number, status, dues, assigned_at of drafts; Conflict when one is no longer a draft
	DeleteDrafts(ctx context.Context, ids []MatterID) error                   // only drafts
	NextMatterNo(ctx context.Context, owner UnitID, year, n int) (int, error) // reserves n numbers, returns the first
	InsertObligations(ctx context.Context, o []Obligation) error
	PutObligations(ctx context.Context, o []Obligation) error // inserts those without an id
	Hear(ctx context.Context, id ObligationID, h Heard) error // what was told last about a thing owed
	HearStatement(ctx context.Context, id StatementID, h Heard) error

	PutReport(ctx context.Context, r *Report) error
	PutRequest(ctx context.Context, r *Request) error
	PutVerification(ctx context.Context, v *Verification) error
	PutInstruction(ctx context.Context, i *Instruction) error
	PutRound(ctx context.Context, r *Round) error
	PutStocktake(ctx context.Context, s *Stocktake) error
	PutItem(ctx context.Context, i *Item) error
	PutStatement(ctx context.Context, s *Statement) error
	DeleteStatement(ctx context.Context, id StatementID) error // of a unit that reports no longer
	InsertSlip(ctx context.Context, s *Slip) error             // sets id and number
	PutPack(ctx context.Context, p *Pack) error                // new only: a pack never changes
	PutMinutes(ctx context.Context, m *Minutes) error

	PutMeasure(ctx context.Context, m *Measure) error            // with its Pace
	InsertObservation(ctx context.Context, o *Observation) error // sets id; At is now; never changed again

	PutEvidence(ctx context.Context, e *Evidence) error
	DeleteEvidence(ctx context.Context, m MatterID, id EvidenceID) error
	// CarryEvidence lets a report carry exactly these pieces of the matter; what it
	// carried before and is not named is free again.
	CarryEvidence(ctx context.Context, m MatterID, report ReportID, ids []EvidenceID) error
	PutUpload(ctx context.Context, u *Upload) error
	DeleteUpload(ctx context.Context, id UploadID) error

	// InsertNotice keeps a notice, told now; false when the receiver was told
	// under its Once before.
	InsertNotice(ctx context.Context, n *Notice) (bool, error)
	ReadNotices(ctx context.Context, person PersonID, through NoticeID, ids []NoticeID) error // those of ids, and all up to one
	CarryNotices(ctx context.Context, ids []NoticeID, letter Date) error                      // zero: no digest carries them
	InsertUrge(ctx context.Context, u *Urge) error                                            // sets id, slip and At
	PutWishes(ctx context.Context, w *Wishes) error                                           // by person

	PutSheet(ctx context.Context, s *Sheet) error
	DeleteSheet(ctx context.Context, id SheetID) error // with its rows
	InsertSheetRows(ctx context.Context, rows []SheetRow) error
	// QueueSheetRows confirms those of ords that are RowChanged, or all for nil, and
	// says how many.
	QueueSheetRows(ctx context.Context, id SheetID, ords []int) (int, error)
	PutSheetRow(ctx context.Context, r *SheetRow, was SheetState) error // Conflict when its state is no longer was

	InsertJob(ctx context.Context, j *Job) (bool, error) // false when one of its kind and key is there
	// TakeJob takes up the job of these kinds that is due longest and that nobody
	// holds, and holds it until an instant; NotFound when there is none.
	TakeJob(ctx context.Context, kinds []string, until time.Time) (Job, error)
	PutJob(ctx context.Context, j *Job) error // Conflict when somebody else has taken it up since

	Append(ctx context.Context, e ...Entry) error // Seq and At are given by the store

	PutView(ctx context.Context, v *SavedView) error
	DeleteView(ctx context.Context, person PersonID, id ViewID) error
	PutSetting(ctx context.Context, key string, value json.RawMessage) error
	PutReplay(ctx context.Context, person PersonID, key string, r Replay) error
}

// DirectiveSummary is a directive with the counts its row in the list shows,
// over the matters in the reader's scope that nobody set aside.
type DirectiveSummary struct {
	Directive
	Clauses int `json:"clauses"` // those of KindClause
	Covered int `json:"covered"` // of these, with at least one registered matter
	Matters int `json:"matters"`
}

// MatterRow is one matter as the board keeps it.
type MatterRow struct {
	ID         MatterID
	No         string
	Owner      UnitID
	Directive  DirectiveID
	ClauseOrd  int
	Ord        int
	Level      Level // of the directive
	Status     MatterStatus
	Due        Date
	FirstDue   Date
	ReviewOn   Date
	AckDue     Date // of the last acknowledgement still owed; zero when none is
	Reported   Date // day of the newest report that went out; zero without one
	AssignedAt time.Time
	Units      []RoleUnit // leads first, in the order of the document
	Aside      bool
	Pace       MeasurePace // of every measure that stands, divided by ';'
}

// LedgerLine is a row of the ledger: the board's columns with the words beside them.
type LedgerLine struct {
	MatterRow
	Title           string
	Requirement     string
	DirectiveTitle  string
	DirectiveNumber string
	ClauseLabel     string // of the clause at ClauseOrd, "" when it has none
}

// RoleUnit is one unit's part in a matter.
type RoleUnit struct {
	Unit UnitID
	Role PartyRole
}

// EntryQuery narrows the journal; zero fields do not.
type EntryQuery struct {
	Directive DirectiveID
	Matter    MatterID
	Unit      UnitID
	Person    PersonID // as actor
	Verb      Verb
	Since     time.Time // from this instant on
	Until     time.Time // before this instant
	Before    int64     // with a number below this one, the newest first
}

// ClimbingQuery narrows what the ladder looks at: to ids, or to what is due by a
// day and comes after another in the order, or to what falls due by the hour
// after one instant and up to another.
type ClimbingQuery struct {
	IDs      []ObligationID
	Until    Date
	AfterDue Date
	After    ObligationID // together with AfterDue; 0: from the start
	HourFrom time.Time
	HourTo   time.Time // zero: not by the hour
	Limit    int
}

// Hit is one thing found.
type Hit struct {
	Kind      string      `json:"kind"` // matter, clause, directive
	Directive DirectiveID `json:"directive"`
	Clause    ClauseID    `json:"clause,omitempty"`
	Ord       int         `json:"ord"`
	Matter    MatterID    `json:"matter,omitempty"`
	Label     string      `json:"label"` // number of the matter, label of the clause, number of the directive
	Text      string      `json:"text"`
}

// Replay is an answer kept under an idempotency key, so that a repeated post is not done twice.
type Replay struct {
	Request [32]byte // SHA-256 of method, path and body
	Status  int
	Body    []byte
	At      time.Time
}

// Files keeps file contents under their SHA-256, the same content once, and the
// pieces of uploads until they are whole. internal/files holds one for a
// directory and one for any S3-compatible store, proven by one suite.
type Files interface {
	// Put keeps what r gives, whole or not at all; when it returns, it is durable.
	Put(ctx context.Context, r io.Reader) (sha256 string, size int64, err error)
	// Open opens a content; an unknown one is NotFound. Reading from start to end
	// fails at the end when the content no longer has its hash.
	Open(ctx context.Context, sha256 string) (File, error)
	// Stage keeps a piece under a key of lower-case letters, digits and dashes,
	// in place of what stood there.
	Stage(ctx context.Context, key string, piece []byte) error
	Staged(ctx context.Context, key string) (io.ReadCloser, error)
	Unstage(ctx context.Context, key string) error // one that is gone is no error
}

// File is a kept content being read.
type File interface {
	io.ReadSeekCloser
	io.ReaderAt
	Size() int64
}
