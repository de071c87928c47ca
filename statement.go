package docket

import (
	"cmp"
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
	StatementPassed   StatementStatus = "passed"   // let out by the head, before the leader of the unit's portfolio
	StatementFiled    StatementStatus = "filed"    // with the office and the chair
	StatementReturned StatementStatus = "returned" // back with the unit, with the reason
)

// StatementStatuses lists the statuses.
func StatementStatuses() []StatementStatus {
	return []StatementStatus{StatementDraft, StatementSent, StatementPassed, StatementFiled, StatementReturned}
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
	Approver   PersonID        `json:"approver"` // the head who let it out
	SentAt     time.Time       `json:"sent_at,omitzero"`
	PassedAt   time.Time       `json:"passed_at,omitzero"` // by the head, the last time
	PassedOn   Date            `json:"passed_on"`          // the first time: late or not is judged by it
	Consenter  PersonID        `json:"consenter"`          // the leader who agreed; 0 where the unit has none
	FiledAt    time.Time       `json:"filed_at,omitzero"`
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

// Open reports whether the unit still owes it: until its head has let it out.
func (s *Statement) Open() bool { return s.Status != StatementPassed && s.Status != StatementFiled }

// Late reports whether the head let it out after its day, or has not though the
// day is over. How long the leader takes is nobody's lateness.
func (s *Statement) Late(today Date) bool {
	return cmp.Or(s.PassedOn, s.FiledOn, today) > s.Due // those filed before leaders were asked have no PassedOn
}

// Silent reports whether the day is over and the head has let nothing out.
func (s *Statement) Silent(today Date) bool { return s.PassedOn == 0 && s.Open() && s.Late(today) }

// What is owed of a statement, as the ladder and the desk call it. No stored
// obligation is of these kinds: one belongs to a matter.
const (
	OweStatement        ObligationKind = "statement"         // the unit's own people
	OweApproveStatement ObligationKind = "approve_statement" // the head's word on it
)

// Climbing is the statement as the ladder sees it: owed by the unit's own people,
// then by its head, until the head has let it out for the first time.
func (s *Statement) Climbing(m *Stocktake, h Heard) Climbing {
	c := Climbing{Statement: s.ID, Stocktake: m.ID, Title: m.Title, Ends: m.On, Owner: m.Owner, Heard: h,
		Obligation: Obligation{Kind: OweStatement, Role: Liaison, Unit: s.Unit, Due: s.Due, Since: s.Since}}
	switch {
	case s.PassedOn != 0:
		c.Met = s.PassedAt
	case s.Status == StatementSent:
		c.Kind, c.Role = OweApproveStatement, Head
	case s.Status == StatementFiled:
		c.Met = s.FiledAt
	}
	return c
}

// Standing is since when it has been where it stands.
func (s *Statement) Standing() time.Time {
	switch s.Status {
	case StatementSent:
		return s.SentAt
	case StatementPassed:
		return s.PassedAt
	case StatementFiled:
		return s.FiledAt
	case StatementReturned:
		return s.ReturnedAt
	}
	return s.Since
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

// Send puts it before the unit's head.
func (s *Statement) Send(by PersonID, now time.Time, today Date) error {
	if !s.Editable() {
		return Errorf(Conflict, "statement.sent", "the statement has been sent already")
	}
	if err := s.Ready(today); err != nil {
		return err
	}
	s.Status, s.Author, s.SentAt, s.Reason = StatementSent, by, now, ""
	return nil
}

// Pass lets it out, by the head: before the leader of the unit's portfolio where
// there is one, to the office otherwise.
func (s *Statement) Pass(by PersonID, led bool, now time.Time, today Date) error {
	if s.Status != StatementSent {
		return Errorf(Conflict, "statement.not_sent", "there is nothing before the head")
	}
	s.Status, s.Approver, s.PassedAt, s.Consenter = StatementPassed, by, now, 0
	if s.PassedOn == 0 { // one that came back was on time if it first was
		s.PassedOn = today
	}
	if !led {
		s.Status, s.FiledAt, s.FiledOn = StatementFiled, now, today
	}
	return nil
}

// Agree files it, by the leader of the unit's portfolio.
func (s *Statement) Agree(by PersonID, now time.Time, today Date) error {
	if s.Status != StatementPassed {
		return Errorf(Conflict, "statement.not_passed", "there is nothing before the leader")
	}
	s.Status, s.Consenter, s.FiledAt, s.FiledOn = StatementFiled, by, now, today
	return nil
}

// ReturnedBy lists the acts that send it back from where it stands: the head's own
// before it is let out, then the leader's, and from the office on who runs the
// meeting and who chairs it. Nothing where it is with the unit.
func (s *Statement) ReturnedBy() []Act {
	switch s.Status {
	case StatementSent:
		return []Act{ActApprove}
	case StatementPassed:
		return []Act{ActConsent, ActConvene, ActIssue} // also where no leader is left to say a word
	case StatementFiled:
		return []Act{ActConvene, ActIssue}
	}
	return nil
}

// Return sends it back to the unit with the reason.
func (s *Statement) Return(by PersonID, reason string, now time.Time) error {
	if s.Editable() {
		return Errorf(Conflict, "statement.not_sent", "there is nothing to send back")
	}
	if strings.TrimSpace(reason) == "" {
		return invalid("statement.invalid", "the statement cannot be sent back without a reason", []FieldError{{Field: "reason", Key: "field.required", Message: "say what is to be mended"}})
	}
	s.Status, s.Reason, s.Returner, s.ReturnedAt = StatementReturned, reason, by, now
	return nil
}
