package docket

import (
	"strconv"
	"strings"
	"time"
)

// Ids of what is told.
type (
	NoticeID int64
	UrgeID   int64
)

// NoticeKind is what a notice says; its sentence is "notice.KIND" in the words.
type NoticeKind string

// The kinds.
const (
	NoticeRemind  NoticeKind = "remind"  // something owed is soon due
	NoticeOverdue NoticeKind = "overdue" // something owed is past its due
	NoticeUrge    NoticeKind = "urge"    // somebody presses for it, by a slip
	NoticeClimb   NoticeKind = "climb"   // what a unit owes is so late that it is told to who stands above it
	NoticeStandin NoticeKind = "standin" // the reader stands in for somebody
	NoticeAway    NoticeKind = "away"    // somebody stands in for the reader
	// The reader's unit is to report at a meeting, or takes part in one.
	NoticeConvened  NoticeKind = "convened"
	NoticeChairs    NoticeKind = "chairs"     // the reader convenes a meeting that was announced, or moved
	NoticeMoved     NoticeKind = "moved"      // the meeting's day, hour or place changed
	NoticeReleased  NoticeKind = "released"   // the unit is to report no longer
	NoticeCalledOff NoticeKind = "called_off" // there will be no meeting
	// Minutes are out: for comment, or for good.
	NoticeCirculated NoticeKind = "minutes_circulated"
	NoticeIssued     NoticeKind = "minutes_issued"
	NoticeSlip       NoticeKind = "slip" // what a meeting decided and the unit acts on
)

// NoticeKinds lists the kinds.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{NoticeRemind, NoticeOverdue, NoticeUrge, NoticeClimb, NoticeStandin, NoticeAway, NoticeConvened, NoticeChairs, NoticeMoved, NoticeReleased, NoticeCalledOff, NoticeCirculated, NoticeIssued, NoticeSlip}
}

// Notice is one thing told to one person or, when Person is 0, to the group of
// a unit. It holds no text of the matter: number and title are read when it is
// shown, in the scope of whoever reads it then. Args are plain values for the
// sentence: what is owed (ObligationKind), due, slip, words.
type Notice struct {
	ID     NoticeID          `json:"id"`
	Person PersonID          `json:"person"`
	Unit   UnitID            `json:"unit"` // whose debt it is about; of a group's, the group's unit
	Kind   NoticeKind        `json:"kind"`
	Args   map[string]string `json:"args"`
	Matter MatterID          `json:"matter"`
	Urge   UrgeID            `json:"urge"` // 0 without a slip
	Once   string            `json:"once"` // under one such key nobody is told twice; "" for no such care
	At     time.Time         `json:"at"`
	Day    Date              `json:"day"`    // the body's day it was told
	Read   time.Time         `json:"read"`   // zero while unread
	Letter Date              `json:"letter"` // day of the digest that carries it; zero while it waits for one
}

// NoticeLine is a notice with the matter as it is called when it is read.
type NoticeLine struct {
	Notice
	No        string
	Title     string
	Directive DirectiveID
}

// Receiver is whom a digest goes to: one person, or the group of a unit.
type Receiver struct {
	Person PersonID `json:"person,omitempty"`
	Unit   UnitID   `json:"unit,omitempty"` // 0 for a person
}

// To is whom a notice is told to.
func (n *Notice) To() Receiver {
	if n.Person != 0 {
		return Receiver{Person: n.Person}
	}
	return Receiver{Unit: n.Unit}
}

// Key writes a receiver for the key of a job: p12 or u4.
func (r Receiver) Key() string {
	if r.Person != 0 {
		return "p" + strconv.FormatInt(int64(r.Person), 10)
	}
	return "u" + strconv.FormatInt(int64(r.Unit), 10)
}

// Urge is the record of one pressing: its slip, by whom, whom, and for what.
type Urge struct {
	ID         UrgeID       `json:"id"`
	Slip       string       `json:"slip"` // "2026-0012", counted by the owner's year
	By         PersonID     `json:"by"`   // 0: the ladder itself
	Owner      UnitID       `json:"owner"`
	Unit       UnitID       `json:"unit"` // who is pressed
	Matter     MatterID     `json:"matter"`
	Obligation ObligationID `json:"obligation"`
	Rung       Role         `json:"rung"` // how high the ladder has come: liaison, head, office, leader
	Words      string       `json:"words"`
	At         time.Time    `json:"at"`
	Day        Date         `json:"day"`
}

// maxUrgeWords bounds what somebody adds to a slip.
const maxUrgeWords = 500

// Validate reports every fault of an urge's own fields.
func (u *Urge) Validate() error {
	var f []FieldError
	if len([]rune(u.Words)) > maxUrgeWords {
		f = append(f, FieldError{Field: "words", Key: "field.too_long", Args: map[string]string{"max": strconv.Itoa(maxUrgeWords)}, Message: "at most " + strconv.Itoa(maxUrgeWords) + " characters"})
	}
	if u.Unit == 0 || u.Matter == 0 || u.Obligation == 0 {
		f = append(f, FieldError{Field: "unit", Key: "field.required", Message: "an urge names a unit and what it owes"})
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "urge.invalid", Message: "the urge cannot be kept as entered", Fields: f}
	}
	return nil
}

// SlipNo writes the n-th slip of a year.
func SlipNo(year, n int) string {
	no := strconv.Itoa(n)
	return strconv.Itoa(year) + "-" + strings.Repeat("0", max(0, 4-len(no))) + no
}

// Message is what leaves for one receiver through one channel.
type Message struct {
	ID    string // the same at every attempt, so that a receiver can tell a repetition
	Lang  string // of the receiver
	Day   Date
	At    time.Time
	Name  string // of the receiver
	Login string // of a person
	Email string // of a person
	Unit  UnitID // of a group
	Lines []NoticeLine
	More  int    // lines beyond those carried
	Link  string // address of the docket; "" when the program does not know it
	Test  bool   // nothing is told: an administrator tries the channel
}
