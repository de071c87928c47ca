package docket

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// StatementID names a statement.
type StatementID int64

// StatementStatus is where a statement stands.
type StatementStatus string

// The statuses.
const (
	StatementDraft    StatementStatus = "draft"    // with the unit
	StatementSent     StatementStatus = "sent"     // before the unit's head
	StatementFiled    StatementStatus = "filed"    // with the office and the leader
	StatementReturned StatementStatus = "returned" // back with the unit, with the reason
)

// StatementStatuses lists the statuses.
func StatementStatuses() []StatementStatus {
	return []StatementStatus{StatementDraft, StatementSent, StatementFiled, StatementReturned}
}

// SectionKind is one part of what a unit says at a stocktake (product.md C2).
type SectionKind string

// The sections, in speaking order.
const (
	SectionStudy        SectionKind = "study"        // 学习宣传
	SectionCarryingOut  SectionKind = "carrying_out" // 贯彻落实
	SectionAchievements SectionKind = "achievements" // 成效、亮点、贡献
	SectionProblems     SectionKind = "problems"     // 问题和需要的帮助
	SectionCommitments  SectionKind = "commitments"  // 四季度承诺
	SectionIdeas        SectionKind = "ideas"        // 明年思路
)

// SectionKinds lists the sections in speaking order.
func SectionKinds() []SectionKind {
	return []SectionKind{SectionStudy, SectionCarryingOut, SectionAchievements, SectionProblems, SectionCommitments, SectionIdeas}
}

// Section is one part of a statement: what the ledger says, which nobody edits,
// and what the unit says about it.
type Section struct {
	Kind  SectionKind `json:"kind"`
	Facts []PackLine  `json:"facts"` // from the ledger, as of Statement.AsOf
	Was   string      `json:"was"`   // the words the system proposed, out of the unit's own reports
	Words string      `json:"words"` // the unit's
}

// Promise is something a unit binds itself to: it becomes a commitment on the
// record when it is read out.
type Promise struct {
	Text   string   `json:"text"`
	Due    Date     `json:"due"`
	Matter MatterID `json:"matter"` // of the ledger that it speaks of; 0: something new
}

// Statement is what one unit says at one stocktake. It is owed from the day the
// meeting is convened.
type Statement struct {
	ID         StatementID     `json:"id"`
	Stocktake  StocktakeID     `json:"stocktake"`
	Unit       UnitID          `json:"unit"`
	Due        Date            `json:"due"`
	Since      time.Time       `json:"since"`
	Status     StatementStatus `json:"status"`
	AsOf       time.Time       `json:"as_of"` // of the facts
	Sections   []Section       `json:"sections"`
	Promises   []Promise       `json:"promises"`
	Author     PersonID        `json:"author"`
	Approver   PersonID        `json:"approver"`
	SentAt     time.Time       `json:"sent_at,omitzero"`
	FiledAt    time.Time       `json:"filed_at,omitzero"` // first time: late or not is judged by it
	FiledOn    Date            `json:"filed_on"`
	Returner   PersonID        `json:"returner"`
	ReturnedAt time.Time       `json:"returned_at,omitzero"`
	Reason     string          `json:"reason"` // of a return
	Version    int64           `json:"version"`
}

// Bounds of a statement.
const (
	MaxSectionWords = 3000 // characters of a section
	MaxPromises     = 20
	speechZh        = 220 // characters a minute
	speechEn        = 130 // words a minute
)

// Words is the whole of what the unit says.
func (s *Statement) Words() string {
	var b strings.Builder
	for _, x := range s.Sections {
		b.WriteString(x.Words)
		b.WriteByte('\n')
	}
	for _, p := range s.Promises {
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// SpeakingTime estimates how long a text takes to read out: 220 Chinese
// characters or 130 words a minute, the pace of a report read at a meeting.
func SpeakingTime(text string) time.Duration {
	han, word, inWord := 0, 0, false
	for _, c := range text {
		switch {
		case c >= 0x3400 && c <= 0x9FFF:
			han++
			inWord = false
		case c == ' ' || c == '\n' || c == '\t':
			inWord = false
		case !inWord && c < 0x3000:
			word++
			inWord = true
		}
	}
	return time.Duration(han)*time.Minute/speechZh + time.Duration(word)*time.Minute/speechEn
}

// Open reports whether the unit still owes it.
func (s *Statement) Open() bool { return s.Status != StatementFiled }

// Late reports whether it came after its day, or is not there though it passed.
func (s *Statement) Late(today Date) bool {
	if s.FiledOn != 0 {
		return s.FiledOn > s.Due
	}
	return today > s.Due
}

// Editable reports whether the unit may write in it.
func (s *Statement) Editable() bool {
	return s.Status == StatementDraft || s.Status == StatementReturned
}

// Validate reports every fault of the unit's words.
func (s *Statement) Validate() error {
	var f []FieldError
	for _, x := range s.Sections {
		if len([]rune(x.Words)) > MaxSectionWords {
			f = append(f, FieldError{Field: string(x.Kind), Key: "field.too_long", Args: map[string]string{"max": strconv.Itoa(MaxSectionWords)}, Message: "the section is too long"})
		}
	}
	if len(s.Promises) > MaxPromises {
		f = append(f, FieldError{Field: "promises", Key: "field.too_many", Args: map[string]string{"max": strconv.Itoa(MaxPromises)}, Message: "too many promises to be kept in mind"})
	}
	for _, p := range s.Promises {
		if n := len([]rune(strings.TrimSpace(p.Text))); n == 0 || n > MaxTopicWords {
			f = append(f, FieldError{Field: "promises", Key: "field.too_long", Args: map[string]string{"max": strconv.Itoa(MaxTopicWords)}, Message: "say what is promised, in a sentence"})
		}
	}
	return invalid("statement.invalid", "the statement cannot be kept as entered", f)
}

// Ready gives what keeps a statement from being filed: a promise without a day,
// and nothing said on what was done.
func (s *Statement) Ready(today Date) error {
	var f []FieldError
	i := slices.IndexFunc(s.Sections, func(x Section) bool { return x.Kind == SectionCarryingOut })
	if i < 0 || strings.TrimSpace(s.Sections[i].Words) == "" {
		f = append(f, FieldError{Field: string(SectionCarryingOut), Key: "statement.no_words", Message: "say what was carried out"})
	}
	for _, p := range s.Promises {
		if p.Due == 0 || p.Due < today {
			f = append(f, FieldError{Field: "promises", Key: "statement.no_day", Args: map[string]string{"text": p.Text}, Message: "a promise needs a day still to come"})
		}
	}
	return invalid("statement.invalid", "the statement cannot be filed as it stands", f)
}
