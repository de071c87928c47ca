package docket

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// EvidenceID names a piece of evidence, UploadID a file still on its way in.
type (
	EvidenceID int64
	UploadID   int64
)

// EvidenceKind is what a piece of evidence is to the one who offers it.
type EvidenceKind string

// The kinds.
const (
	EvidencePhoto     EvidenceKind = "photo"
	EvidenceDocument  EvidenceKind = "document"
	EvidenceTable     EvidenceKind = "table"
	EvidenceRecording EvidenceKind = "recording"
)

// EvidenceKinds lists the kinds in the order screens show them.
func EvidenceKinds() []EvidenceKind {
	return []EvidenceKind{EvidencePhoto, EvidenceDocument, EvidenceTable, EvidenceRecording}
}

// EvidenceGrade is how far a piece of evidence can be trusted (field.md §3).
type EvidenceGrade string

// The grades, weakest first.
const (
	GradeOwnWord  EvidenceGrade = "own_word" // the unit says so
	GradeDocument EvidenceGrade = "document" // a paper, a photo, a table of the unit
	GradeSystem   EvidenceGrade = "system"   // a record of a system nobody involved can write in
	GradeOutside  EvidenceGrade = "outside"  // seen by somebody outside the matter's units
)

// EvidenceGrades lists the grades, weakest first.
func EvidenceGrades() []EvidenceGrade {
	return []EvidenceGrade{GradeOwnWord, GradeDocument, GradeSystem, GradeOutside}
}

// AtLeast reports whether g is as good as other or better; an unknown grade is
// worse than all.
func (g EvidenceGrade) AtLeast(other EvidenceGrade) bool {
	return slices.Index(EvidenceGrades(), g) >= slices.Index(EvidenceGrades(), other)
}

// Limits of evidence.
const (
	MaxEvidenceBytes  = 50 << 20 // of one file
	MaxLooseEvidence  = 50       // of a unit in a matter, carried by no report yet
	MaxOpenUploads    = 20       // of a person
	MaxCaption        = 300      // characters of a caption or place
	MaxFileName       = 200      // characters of a name, which is only a label
	EvidencePerReport = 9        // unless the body's rules say otherwise
	UploadLife        = 24 * time.Hour
)

// Evidence is one file offered for a matter by a unit. The content is kept
// under its hash; Name is a label and never a path.
type Evidence struct {
	ID      EvidenceID    `json:"id"`
	Matter  MatterID      `json:"matter"`
	Unit    UnitID        `json:"unit"`   // that offers it
	Report  ReportID      `json:"report"` // that carries it; 0 until one does
	Kind    EvidenceKind  `json:"kind"`
	Grade   EvidenceGrade `json:"grade"`
	SHA256  string        `json:"sha256"`
	Name    string        `json:"name"`
	Media   string        `json:"media"` // as its content tells, whatever it is called
	Size    int64         `json:"size"`  // bytes
	Caption string        `json:"caption"`
	Place   string        `json:"place"`    // in words or "30.2741,120.1551"
	TakenAt time.Time     `json:"taken_at"` // zero: not stated
	Expires Date          `json:"expires"`  // last day it proves anything; zero: for good
	By      PersonID      `json:"by"`
	At      time.Time     `json:"at"`
	Version int64         `json:"version"`
}

// Validate reports every fault of what a person may enter, seen at an instant.
func (e *Evidence) Validate(now time.Time) error {
	var f []FieldError
	if !slices.Contains(EvidenceKinds(), e.Kind) {
		f = append(f, FieldError{Field: "kind", Key: "query.unknown_value", Message: "there is no such kind"})
	}
	if strings.TrimSpace(e.Name) == "" {
		f = append(f, FieldError{Field: "name", Key: "field.required", Message: "the file needs a name"})
	}
	for _, x := range []struct {
		field, text string
		most        int
	}{{"name", e.Name, MaxFileName}, {"caption", e.Caption, MaxCaption}, {"place", e.Place, MaxCaption}} {
		if len([]rune(x.text)) > x.most {
			most := strconv.Itoa(x.most)
			f = append(f, FieldError{Field: x.field, Key: "field.too_long", Args: map[string]string{"max": most}, Message: "at most " + most + " characters"})
		}
	}
	if e.TakenAt.After(now.Add(time.Hour)) { // clocks of cameras differ a little
		f = append(f, FieldError{Field: "taken_at", Key: "evidence.future", Message: "it cannot have been taken in the future"})
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "evidence.invalid", Message: "the evidence cannot be kept as entered", Fields: f}
	}
	return nil
}

// Valid reports whether it still proves anything on a day.
func (e *Evidence) Valid(on Date) bool { return e.Expires == 0 || on <= e.Expires }

// Removable gives what keeps the person from changing it or taking it back: only what is their own,
// and only until a filed report carries it.
func (e *Evidence) Removable(by PersonID) error {
	switch {
	case by == 0 || e.By != by:
		return Errorf(Forbidden, "evidence.not_yours", "only who offered it may change it or take it back")
	case e.Report != 0:
		return Errorf(Conflict, "evidence.filed", e.Name+" is carried by a report and stays as it is", "name", e.Name)
	}
	return nil
}

// OfferGrade gives the best grade that evidence offered by unit may have: a
// document of a unit with a part in the matter, an outside check of one that
// shares no line with any of them. Whose unit it is, permission has asked.
func (m *Matter) OfferGrade(unit UnitID, tree *Tree) (EvidenceGrade, error) {
	if m.Status == Draft || m.Status == Registered || m.Status == Archived {
		return "", Errorf(Conflict, "evidence.not_now", "evidence is taken once the matter is assigned and until it is archived", "status", string(m.Status))
	}
	sameLine := false
	for _, as := range m.Assignments {
		if as.Unit == unit {
			return GradeDocument, nil
		}
		sameLine = sameLine || as.Unit != 0 && (tree.Within(as.Unit, unit) || tree.Within(unit, as.Unit))
	}
	if sameLine {
		return "", Errorf(Forbidden, "evidence.same_line", "an outside check comes from a unit outside the line of those with a part in the matter")
	}
	return GradeOutside, nil
}

// verifiesFor reports whether the actor holds a verifier's post at the unit.
func (a *Actor) verifiesFor(unit UnitID) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Role == Verifier && p.Unit == unit })
}

// Carriable reports every fault that keeps a report of a unit from carrying
// these pieces on a day: at most so many, all of the unit's own, none expired,
// none carried by another report.
func Carriable(pieces []Evidence, unit UnitID, report ReportID, most int, today Date) error {
	if len(pieces) > most {
		n := strconv.Itoa(most)
		return Errorf(TooLarge, "evidence.too_many", "a report carries at most "+n+" files; keep those that prove most", "limit", n)
	}
	var f []FieldError
	for _, e := range pieces {
		fault := FieldError{Field: "evidence", Args: map[string]string{"name": e.Name}}
		switch {
		case e.Unit != unit:
			fault.Key, fault.Message = "evidence.others", e.Name+" was offered by another unit"
		case e.Report != 0 && e.Report != report:
			fault.Key, fault.Message = "evidence.carried", e.Name+" is carried by another report"
		case !e.Valid(today):
			fault.Key, fault.Message = "evidence.expired", e.Name+" has expired"
		default:
			continue
		}
		f = append(f, fault)
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "evidence.uncarriable", Message: "the report cannot carry these files", Fields: f}
	}
	return nil
}

// Proves reports whether any piece still valid on the day is of the grade or better.
func Proves(pieces []Evidence, grade EvidenceGrade, on Date) bool {
	return slices.ContainsFunc(pieces, func(e Evidence) bool { return e.Valid(on) && e.Grade.AtLeast(grade) })
}

// SharedFile is one content of a matter's evidence that other matters use too.
type SharedFile struct {
	SHA256  string
	Matters []MatterID // in the reader's scope
	Outside int        // how many more there are
}

// Upload is a file on its way in, piece by piece. Its parts are staged with the
// files until it is finished or expires.
type Upload struct {
	ID      UploadID
	Matter  MatterID
	Unit    UnitID
	By      PersonID
	Name    string
	Size    int64  // announced
	SHA256  string // announced; "" when the sender could not tell
	Parts   []UploadPart
	Expires time.Time
	Version int64
}

// UploadPart is one piece as staged.
type UploadPart struct {
	Key  string `json:"key"`
	Size int64  `json:"size"`
}

// Offset is how many bytes have arrived.
func (u *Upload) Offset() (n int64) {
	for _, p := range u.Parts {
		n += p.Size
	}
	return n
}

// Validate reports every fault of an announcement.
func (u *Upload) Validate() error {
	var f []FieldError
	switch n := len([]rune(u.Name)); {
	case strings.TrimSpace(u.Name) == "":
		f = append(f, FieldError{Field: "name", Key: "field.required", Message: "the file needs a name"})
	case n > MaxFileName:
		f = append(f, FieldError{Field: "name", Key: "field.too_long", Args: map[string]string{"max": strconv.Itoa(MaxFileName)}, Message: "the name is too long"})
	}
	if u.SHA256 != "" && (len(u.SHA256) != 64 || strings.Trim(u.SHA256, "0123456789abcdef") != "") {
		f = append(f, FieldError{Field: "sha256", Key: "evidence.sha256", Message: "a SHA-256 is 64 lower-case hexadecimals"})
	}
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "evidence.invalid", Message: "the file cannot be taken as announced", Fields: f}
	}
	switch {
	case u.Size <= 0:
		return Errorf(Invalid, "evidence.empty", u.Name+" is empty; check that it was saved", "file", u.Name)
	case u.Size > MaxEvidenceBytes:
		mb := strconv.Itoa(MaxEvidenceBytes >> 20)
		return Errorf(TooLarge, "evidence.too_large", u.Name+" is larger than "+mb+" MiB; make it smaller or split it", "file", u.Name, "limit", mb)
	}
	return nil
}
