package docket

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// StocktakeID names a stocktake.
type StocktakeID int64

// StocktakeKind is what a meeting is called for (field.md §1).
type StocktakeKind string

// The kinds.
const (
	Symposium StocktakeKind = "symposium" // 座谈会、务虚会: planning symposium
	Dispatch  StocktakeKind = "dispatch"  // 调度会、推进会
	Quarterly StocktakeKind = "quarterly" // 季度盘点会
	Special   StocktakeKind = "special"   // 专题会
)

// StocktakeKinds lists the kinds in the order screens show them.
func StocktakeKinds() []StocktakeKind {
	return []StocktakeKind{Symposium, Dispatch, Quarterly, Special}
}

// StocktakeStatus is where a stocktake stands.
type StocktakeStatus string

// The statuses, in order.
const (
	StocktakePlanned   StocktakeStatus = "planned"   // the office prepares it; nobody else sees it
	StocktakeConvened  StocktakeStatus = "convened"  // announced: units owe their statements
	StocktakeSitting   StocktakeStatus = "sitting"   // the room is open
	StocktakeClosed    StocktakeStatus = "closed"    // over; the minutes are being written
	StocktakeIssued    StocktakeStatus = "issued"    // the minutes are out and locked
	StocktakeCancelled StocktakeStatus = "cancelled" // called off
)

// StocktakeStatuses lists the statuses in order.
func StocktakeStatuses() []StocktakeStatus {
	return []StocktakeStatus{StocktakePlanned, StocktakeConvened, StocktakeSitting, StocktakeClosed, StocktakeIssued, StocktakeCancelled}
}

// SlotState is how far a unit's turn is.
type SlotState string

// The states of a slot.
const (
	SlotWaiting  SlotState = "waiting"
	SlotSpeaking SlotState = "speaking"
	SlotSpoken   SlotState = "spoken"
	SlotAbsent   SlotState = "absent"
)

// Slot is one unit's turn to report, in speaking order.
type Slot struct {
	Unit    UnitID    `json:"unit"`
	Name    string    `json:"name"` // as the unit was called when it was put on the list: it stands in minutes even when the unit is gone
	Minutes int       `json:"minutes"`
	Planned int       `json:"planned,omitempty"` // the minutes of the plan, where the room gave others; 0: it did not
	Why     *Said     `json:"why,omitempty"`     // why the system put it where it stands
	State   SlotState `json:"state"`
	Late    bool      `json:"late"`
	Began   time.Time `json:"began,omitzero"` // of the turn that runs; zero while none does
	Spent   int64     `json:"spent"`          // milliseconds of turns that are over
}

// Said is a sentence of the catalogue with its arguments, so that a page that was
// frozen can be said in either language.
type Said struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

// TopicKind is why something is on the agenda.
type TopicKind string

// The kinds of topics.
const (
	TopicRequest TopicKind = "request" // a unit asks for a word that nobody has given: a dispute, a later due
	TopicSilence TopicKind = "silence" // a unit owes something long overdue and says nothing
	TopicCarried TopicKind = "carried" // left open by the meeting before
	TopicOwn     TopicKind = "own"     // put there by hand
)

// TopicKinds lists the kinds.
func TopicKinds() []TopicKind {
	return []TopicKind{TopicRequest, TopicSilence, TopicCarried, TopicOwn}
}

// Topic is one thing to be decided. What the system put there itself is found
// again by its Key, so that nothing lands twice.
type Topic struct {
	Key    string    `json:"key"`
	Kind   TopicKind `json:"kind"`
	Text   string    `json:"text"` // in people's own words; "" where Said says it
	Said   *Said     `json:"said,omitempty"`
	Unit   UnitID    `json:"unit"` // 0: everybody's
	Matter MatterID  `json:"matter"`
	No     string    `json:"no"`
	Item   ItemID    `json:"item"` // what the meeting made of it; 0 while it is open
}

// StocktakeScope says what a meeting is about. Empty fields do not narrow.
type StocktakeScope struct {
	Directives []DirectiveID `json:"directives"`
	Field      string        `json:"field"` // words of the field: 教育, housing
}

// Stocktake is a meeting at which units report in turn and the leader decides
// (product.md C).
type Stocktake struct {
	ID         StocktakeID     `json:"id"`
	Owner      UnitID          `json:"owner"` // whose office runs it
	Kind       StocktakeKind   `json:"kind"`
	Title      string          `json:"title"`
	On         Date            `json:"on"`
	Begins     string          `json:"begins"` // "09:30", where the body is
	Place      string          `json:"place"`
	Convener   PersonID        `json:"convener"`
	Standin    PersonID        `json:"standin"` // who takes the chair while the convener is away; 0: nobody
	Chair      PersonID        `json:"chair"`   // who has it: the convener or the stand-in
	Scope      StocktakeScope  `json:"scope"`
	DaysBefore int             `json:"days_before"` // working days before the meeting by which statements are due
	Due        Date            `json:"due"`         // of the statements
	CalledOff  string          `json:"called_off"`  // why there was no meeting
	Slots      []Slot          `json:"slots"`
	Topics     []Topic         `json:"topics"`
	Previous   StocktakeID     `json:"previous"`  // the meeting before in the series; 0: the first
	Directive  DirectiveID     `json:"directive"` // where its decisions stand, one clause each; 0 before the first
	Status     StocktakeStatus `json:"status"`
	ConvenedAt time.Time       `json:"convened_at,omitzero"`
	OpenedAt   time.Time       `json:"opened_at,omitzero"`
	ClosedAt   time.Time       `json:"closed_at,omitzero"`
	ActedAt    time.Time       `json:"acted_at,omitzero"` // when the last act of the room was made; its journal entry says when it arrived
	Version    int64           `json:"version"`
}

// Bounds of a stocktake.
const (
	MaxSlots       = 200
	MaxMeetingName = 120 // characters of a title or place
	MaxTopics      = 200
	MaxTopicWords  = 500
	maxSlotMinutes = 120
)

// Validate reports every fault of what the office entered. A day gone by is one
// only while the meeting is being planned.
func (s *Stocktake) Validate(today Date) error {
	var f []FieldError
	add := func(field, key, message string, args ...string) {
		e := FieldError{Field: field, Key: key, Message: message}
		for i := 0; i+1 < len(args); i += 2 {
			if e.Args == nil {
				e.Args = map[string]string{}
			}
			e.Args[args[i]] = args[i+1]
		}
		f = append(f, e)
	}
	if n := len([]rune(strings.TrimSpace(s.Title))); n == 0 {
		add("title", "field.required", "a meeting needs a title")
	} else if n > MaxMeetingName {
		add("title", "field.too_long", "the title is too long", "max", strconv.Itoa(MaxMeetingName))
	}
	if len([]rune(s.Place)) > MaxMeetingName {
		add("place", "field.too_long", "the place is too long", "max", strconv.Itoa(MaxMeetingName))
	}
	if !slices.Contains(StocktakeKinds(), s.Kind) {
		add("kind", "field.required", "say which kind of meeting it is")
	}
	if s.On == 0 || s.Status == StocktakePlanned && s.On < today {
		add("on", "stocktake.past", "give the day of the meeting, today or later")
	}
	if _, err := time.Parse("15:04", s.Begins); err != nil {
		add("begins", "stocktake.clock", "write the hour like 09:30")
	}
	if s.Convener == 0 {
		add("convener", "field.required", "say who convenes")
	}
	if s.Standin != 0 && s.Standin == s.Convener {
		add("standin", "stocktake.own_standin", "nobody stands in for themselves")
	}
	if s.DaysBefore < 0 || s.DaysBefore > 20 {
		add("days_before", "field.range", "outside what is possible", "min", "0", "max", "20")
	}
	if len(s.Slots) == 0 {
		add("slots", "stocktake.no_units", "name at least one unit that reports")
	}
	if len(s.Slots) > MaxSlots {
		add("slots", "field.too_many", "too many units", "max", strconv.Itoa(MaxSlots))
	}
	seen := map[UnitID]bool{}
	for _, x := range s.Slots {
		if seen[x.Unit] {
			add("slots", "stocktake.twice", x.Name+" is on the list twice", "name", x.Name)
		}
		if x.Minutes < 1 || x.Minutes > maxSlotMinutes {
			add("slots", "field.range", "outside what is possible", "min", "1", "max", strconv.Itoa(maxSlotMinutes))
		}
		seen[x.Unit] = true
	}
	for _, t := range s.Topics {
		if len([]rune(t.Text)) > MaxTopicWords {
			add("topics", "field.too_long", "the topic is too long", "max", strconv.Itoa(MaxTopicWords))
		}
	}
	if len(s.Topics) > MaxTopics {
		add("topics", "field.too_many", "too many topics", "max", strconv.Itoa(MaxTopics))
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "stocktake.invalid", Message: "the meeting cannot be kept as entered", Fields: f}
	}
	return nil
}

// Units are the units that report, in speaking order.
func (s *Stocktake) Units() []UnitID {
	out := make([]UnitID, len(s.Slots))
	for i := range s.Slots {
		out[i] = s.Slots[i].Unit
	}
	return out
}

// Slot returns a unit's turn, nil when it does not report.
func (s *Stocktake) Slot(unit UnitID) *Slot {
	i := slices.IndexFunc(s.Slots, func(x Slot) bool { return x.Unit == unit })
	if i < 0 {
		return nil
	}
	return &s.Slots[i]
}

// Topic returns the topic of a key, nil when it is not on the agenda.
func (s *Stocktake) Topic(key string) *Topic {
	i := slices.IndexFunc(s.Topics, func(t Topic) bool { return t.Key == key })
	if key == "" || i < 0 {
		return nil
	}
	return &s.Topics[i]
}

// Args are the values of what is told about the meeting (the sentences notice.convened,
// notice.called_off and their like): days as 2026-11-20.
func (s *Stocktake) Args() map[string]string {
	return map[string]string{"title": s.Title, "on": s.On.String(), "when": strings.TrimSpace(s.On.String() + " " + s.Begins + " " + s.Place),
		"due": s.Due.String(), "n": strconv.Itoa(len(s.Slots)), "reason": s.CalledOff}
}

// Open reports whether people still work on the meeting itself.
func (s StocktakeStatus) Open() bool {
	return s == StocktakePlanned || s == StocktakeConvened || s == StocktakeSitting
}

// Sat is the day on which the meeting sat: the day its room was opened, by the clock
// of the place, and the planned day as long as it was not.
func (s *Stocktake) Sat(place *time.Location) Date {
	if s.OpenedAt.IsZero() {
		return s.On
	}
	return DateOf(s.OpenedAt.In(place))
}

// SubjectOfStocktake describes a meeting, for the acts done on it.
func SubjectOfStocktake(s *Stocktake) Subject {
	return Subject{Owner: s.Owner, Units: s.Units(), Draft: s.Status == StocktakePlanned, Chair: []PersonID{s.Convener, s.Standin}}
}

// InScope reports whether a reader of that scope may see the meeting: once it is
// convened those in whose scope its owner or one of its units lies, before that
// only the owner's office.
func (s *Stocktake) InScope(scope Scope) bool {
	if s.Status == StocktakePlanned {
		return scope.Office.Has(s.Owner)
	}
	return scope.InScope(s.Owner, Assigned, slices.Values(s.Units()))
}

// SeesWhole reports whether the actor may see every unit's page and statement:
// who runs the meeting, who has its chair, and whose scope holds its owner. A unit
// sees its own.
func (s *Stocktake) SeesWhole(a *Actor) bool {
	return a.Office.Has(s.Owner) || a.Is(s.Convener) || a.Is(s.Standin) || a.Read.Has(s.Owner)
}

// SeesUnit reports whether the actor may see one unit's page and statement.
func (s *Stocktake) SeesUnit(a *Actor, unit UnitID) bool { return s.SeesWhole(a) || a.Read.Has(unit) }
