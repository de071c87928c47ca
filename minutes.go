package docket

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// MinutesID names the minutes of a meeting.
type MinutesID int64

// MinutesStatus is where minutes stand.
type MinutesStatus string

// The statuses, in order.
const (
	MinutesDraft      MinutesStatus = "draft"      // with the office
	MinutesCirculated MinutesStatus = "circulated" // out for comment
	MinutesIssued     MinutesStatus = "issued"     // locked: corrected by an addendum only
)

// MinutesStatuses lists the statuses in order.
func MinutesStatuses() []MinutesStatus {
	return []MinutesStatus{MinutesDraft, MinutesCirculated, MinutesIssued}
}

// MinutesPara is one paragraph: a heading of a level, or text. A paragraph made of
// a line of the record names it.
type MinutesPara struct {
	Level int    `json:"level"` // 1 for 一、, 2 for （一）, 0 for text
	Text  string `json:"text"`
	Item  ItemID `json:"item"`
}

// Remark is what somebody said of circulated minutes.
type Remark struct {
	By     PersonID  `json:"by"`
	Unit   UnitID    `json:"unit"`
	At     time.Time `json:"at"`
	Text   string    `json:"text"`
	Answer string    `json:"answer"` // the office's; "" while there is none
}

// Addendum corrects issued minutes.
type Addendum struct {
	No   int       `json:"no"`
	By   PersonID  `json:"by"`
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

// Minutes are the 纪要 of a meeting (product.md C5). Their text is the office's;
// decisions stand in the words of the record.
type Minutes struct {
	ID        MinutesID     `json:"id"`
	Stocktake StocktakeID   `json:"stocktake"`
	No        string        `json:"no"` // 期号: "3"
	Title     string        `json:"title"`
	Present   string        `json:"present"` // 出席
	Absent    string        `json:"absent"`  // 请假、缺席
	Others    string        `json:"others"`  // 列席
	Body      []MinutesPara `json:"body"`
	Sent      string        `json:"sent"` // 分送
	Drafted   Attendance    `json:"drafted"`
	Status    MinutesStatus `json:"status"`
	Remarks   []Remark      `json:"remarks"`
	Addenda   []Addendum    `json:"addenda"`
	Due       Date          `json:"due"`    // last day for the slips, by the rule
	Author    PersonID      `json:"author"` // who wrote last
	Issuer    PersonID      `json:"issuer"`
	SentOutAt time.Time     `json:"sent_out_at,omitzero"` // for comment
	IssuedAt  time.Time     `json:"issued_at,omitzero"`
	IssuedOn  Date          `json:"issued_on"`
	Seal      string        `json:"seal"` // SHA-256 of the issued text, hex
	Version   int64         `json:"version"`
}

// Attendance is who was at a meeting and to whom its minutes go, as the system drafts
// it out of the room and the record.
type Attendance struct {
	Present string `json:"present"`
	Absent  string `json:"absent"`
	Sent    string `json:"sent"`
}

// Attend brings attendance and distribution up to the room and the record; what the
// office wrote instead of the draft before stays.
func (m *Minutes) Attend(now Attendance) {
	for _, f := range []struct {
		text     *string
		was, now string
	}{{&m.Present, m.Drafted.Present, now.Present}, {&m.Absent, m.Drafted.Absent, now.Absent}, {&m.Sent, m.Drafted.Sent, now.Sent}} {
		if *f.text == f.was {
			*f.text = f.now
		}
	}
	m.Drafted = now
}

// Bounds of minutes.
const (
	MaxMinutesParas  = 500
	maxMinutesWords  = 50_000 // characters of the whole text
	maxMinutesFields = 2000   // characters of attendance, distribution, a remark, an addendum
)

// Take brings the text up to a meeting's record: a line that is new stands behind the
// last of its kind, so that it joins what is said of that kind; one that was struck off
// goes. What the office wrote stays.
func (m *Minutes) Take(record []Item) {
	kinds := map[ItemID]ItemKind{} // of what stands on the record
	for i := range record {
		if record[i].Stands() {
			kinds[record[i].ID] = record[i].Kind
		}
	}
	m.Body = slices.DeleteFunc(m.Body, func(p MinutesPara) bool { return p.Item != 0 && kinds[p.Item] == "" })
	for _, kind := range ItemKinds() {
		for i := range record {
			it := &record[i]
			if it.Kind != kind || !it.Stands() || slices.ContainsFunc(m.Body, func(p MinutesPara) bool { return p.Item == it.ID }) {
				continue
			}
			at := len(m.Body)
			for n, p := range slices.Backward(m.Body) {
				if kinds[p.Item] == kind {
					at = n + 1
					break
				}
			}
			m.Body = slices.Insert(m.Body, at, MinutesPara{Text: it.Text, Item: it.ID})
		}
	}
}

// Validate reports every fault of what was typed.
func (m *Minutes) Validate() error {
	var f []FieldError
	long := func(field, text string, limit int) {
		if len([]rune(text)) > limit {
			f = append(f, FieldError{Field: field, Key: "field.too_long", Args: map[string]string{"max": strconv.Itoa(limit)}, Message: "the text is too long"})
		}
	}
	if strings.TrimSpace(m.Title) == "" {
		f = append(f, FieldError{Field: "title", Key: "field.required", Message: "minutes need a title"})
	}
	long("title", m.Title, MaxMeetingName)
	long("no", m.No, 20)
	long("present", m.Present, maxMinutesFields)
	long("absent", m.Absent, maxMinutesFields)
	long("others", m.Others, maxMinutesFields)
	long("sent", m.Sent, maxMinutesFields)
	n := 0
	for _, p := range m.Body {
		n += len([]rune(p.Text))
	}
	if n > maxMinutesWords || len(m.Body) > MaxMinutesParas {
		f = append(f, FieldError{Field: "body", Key: "field.too_long", Args: map[string]string{"max": strconv.Itoa(maxMinutesWords)}, Message: "the minutes are too long"})
	}
	return invalid("minutes.invalid", "the minutes cannot be kept as entered", f)
}

// CheckRemark gives what keeps a remark or addendum from being kept.
func CheckRemark(text string) error {
	switch n := len([]rune(strings.TrimSpace(text))); {
	case n == 0:
		return invalid("minutes.invalid", "say what is to be corrected", []FieldError{{Field: "text", Key: "field.required", Message: "this is required"}})
	case n > maxMinutesFields:
		return invalid("minutes.invalid", "the text is too long", []FieldError{{Field: "text", Key: "field.too_long", Args: map[string]string{"max": strconv.Itoa(maxMinutesFields)}, Message: "the text is too long"}})
	}
	return nil
}

// Words is the text that is sealed when minutes are issued.
func (m *Minutes) Words() string {
	var b strings.Builder
	for _, s := range []string{m.No, m.Title, m.Present, m.Absent, m.Others, m.Sent} {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	for _, p := range m.Body {
		b.WriteString(strconv.Itoa(p.Level) + " " + p.Text + "\n")
	}
	return b.String()
}

// Lock issues the minutes: nobody changes them afterwards.
func (m *Minutes) Lock(by PersonID, now time.Time, on Date) error {
	if m.Status == MinutesIssued {
		return Errorf(Conflict, "minutes.issued", "the minutes have been issued: they are corrected by an addendum only")
	}
	m.Status, m.Issuer, m.IssuedAt, m.IssuedOn, m.Seal = MinutesIssued, by, now, on, seal([]byte(m.Words()))
	return nil
}
