package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// DeedBody is a move of the law with what it asks for; which fields count
// depends on the verb.
type DeedBody struct {
	Verb        docket.Verb         `json:"verb"`
	Unit        docket.UnitID       `json:"unit,omitempty" minimum:"0" doc:"On whose behalf, where it is a unit's act"`
	Words       string              `json:"words,omitempty" maxLength:"20000"`
	Reason      docket.ReturnReason `json:"reason,omitempty"`
	Due         docket.Date         `json:"due,omitzero"`
	LookOn      docket.Date         `json:"look_on,omitzero"`
	Condition   string              `json:"condition,omitempty" maxLength:"20000"`
	Effect      docket.Effect       `json:"effect,omitempty"`
	Of          docket.UnitID       `json:"of,omitempty" minimum:"0" doc:"waive: the support"`
	Milestones  []docket.Milestone  `json:"milestones,omitempty" maxItems:"100"`
	Assignments []NewAssignment     `json:"assignments,omitempty" maxItems:"500"`
}

func (b *DeedBody) deed() docket.Deed {
	return docket.Deed{Words: b.Words, Reason: b.Reason, Due: b.Due, LookOn: b.LookOn, Condition: b.Condition, Effect: b.Effect, Of: b.Of,
		Milestones: b.Milestones, Assignments: parts(b.Assignments)}
}

func parts(in []NewAssignment) []docket.Assignment {
	return each(in, func(n NewAssignment) docket.Assignment {
		return docket.Assignment{Party: docket.Party{Role: n.Role, Name: n.Name}, Unit: n.Unit}
	})
}

// ManyBody is a move on many matters.
type ManyBody struct {
	DeedBody
	Matters []docket.MatterID `json:"matters" minItems:"1" maxItems:"1000"`
	DryRun  bool              `json:"dry_run,omitempty"`
}

// Moved is what a move did, or would do, to one matter of many.
type Moved struct {
	Matter  docket.MatterID `json:"matter"`
	No      string          `json:"no"`
	Title   string          `json:"title"`
	Problem *Problem        `json:"problem,omitempty" doc:"Why it was refused; absent when it was, or would be, made"`
}

// RegisterBody is a matter that stands in no document.
type RegisterBody struct {
	Title       string          `json:"title,omitempty" maxLength:"240"`
	Requirement string          `json:"requirement" minLength:"1" maxLength:"20000"`
	Due         docket.Date     `json:"due,omitzero"`
	ReviewOn    docket.Date     `json:"review_on,omitzero"`
	Assignments []NewAssignment `json:"assignments" maxItems:"500"`
}

// ReportView is a report with names and what the reader may do to it.
type ReportView struct {
	app.ReportView
	FiledAt   time.Time `json:"filed_at,omitzero"`
	SentAt    time.Time `json:"sent_at,omitzero"`
	JudgedAt  time.Time `json:"judged_at,omitzero"`
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}

func (r ReportView) version() int64 { return r.Version }

func wireReport(v app.ReportView) ReportView {
	v.Steps, v.May, v.Evidence, v.Figures = full(v.Steps), full(v.May), full(v.Evidence), full(v.Figures)
	return ReportView{v, v.FiledAt, v.SentAt, v.JudgedAt, v.UpdatedAt}
}

func bareReport(r docket.Report) ReportView { return wireReport(app.ReportView{Report: r}) }

// ReportForm is what a unit sees before it writes.
type ReportForm struct {
	Report ReportView   `json:"report"`
	Last   *ReportView  `json:"last,omitempty" doc:"The unit's newest report that went out"`
	Parts  []ReportView `json:"parts" doc:"What supports have sent, the newest of each"`
	Round  *RoundView   `json:"round,omitempty" doc:"The round the report will answer"`
}

func wireForm(f app.ReportForm) ReportForm {
	out := ReportForm{Report: bareReport(f.Report), Parts: each(f.Parts, bareReport)}
	if f.Last != nil {
		out.Last = new(bareReport(*f.Last))
	}
	if f.Round != nil {
		out.Round = new(wireRound(*f.Round))
	}
	return out
}

// ReportBody is what a unit types.
type ReportBody struct {
	Unit     docket.UnitID        `json:"unit" minimum:"1"`
	Kind     docket.ReportKind    `json:"kind"`
	Changed  string               `json:"changed" maxLength:"20000"`
	Problems string               `json:"problems,omitempty" maxLength:"20000"`
	Help     string               `json:"help,omitempty" maxLength:"20000"`
	Next     string               `json:"next,omitempty" maxLength:"20000"`
	Percent  int                  `json:"percent" minimum:"0" maximum:"100"`
	Result   docket.Result        `json:"result,omitempty"`
	Note     docket.InstructionID `json:"note,omitempty" minimum:"0" doc:"reply: the instruction it answers"`
	Steps    []docket.Milestone   `json:"steps,omitempty" maxItems:"100"`
	Evidence []docket.EvidenceID  `json:"evidence,omitempty" maxItems:"50" doc:"What the report carries"`
	Figures  []FigureBody         `json:"figures,omitempty" maxItems:"100" doc:"Of the matter's measures; they count once the report is out"`
	Version  int64                `json:"version" minimum:"0" doc:"Of the unfinished report as it was last seen; 0 for a new one"`
}

func (b *ReportBody) report() docket.Report {
	return docket.Report{Unit: b.Unit, Kind: b.Kind, Changed: b.Changed, Problems: b.Problems, Help: b.Help, Next: b.Next, Percent: b.Percent,
		Result: b.Result, Note: b.Note, Steps: b.Steps, Version: b.Version, Evidence: b.Evidence,
		Figures: each(b.Figures, func(f FigureBody) docket.Observation {
			return docket.Observation{Measure: f.Measure, Value: f.Value, AsOf: f.AsOf, Note: f.Note, Corrects: f.Corrects}
		})}
}

// ReturnBody says why a report goes back.
type ReturnBody struct {
	Reason docket.ReturnReason `json:"reason"`
	Words  string              `json:"words" maxLength:"20000"`
}

// RequestView is a request with names.
type RequestView struct {
	app.RequestView
	DecidedAt time.Time `json:"decided_at,omitzero"`
}

func wireRequest(v app.RequestView) RequestView {
	v.Milestones, v.May = full(v.Milestones), full(v.May)
	return RequestView{v, v.DecidedAt}
}

// AskBody is a request.
type AskBody struct {
	Unit      docket.UnitID      `json:"unit" minimum:"1"`
	Kind      docket.RequestKind `json:"kind"`
	Words     string             `json:"words" maxLength:"20000"`
	Due       docket.Date        `json:"due,omitzero"`
	LookOn    docket.Date        `json:"look_on,omitzero"`
	Condition string             `json:"condition,omitempty" maxLength:"20000"`
}

// DecideBody is a word on a request.
type DecideBody struct {
	Grant       bool            `json:"grant"`
	Words       string          `json:"words,omitempty" maxLength:"20000"`
	Due         docket.Date     `json:"due,omitzero" doc:"extension: the day given; the one asked for when absent"`
	Assess      bool            `json:"assess,omitempty" doc:"extension: judged by the new day too"`
	Assignments []NewAssignment `json:"assignments,omitempty" maxItems:"500" doc:"dispute: the new parts"`
}

// NoteView is an instruction with its leader's name.
type NoteView struct {
	app.NoteView
	ClosedAt time.Time `json:"closed_at,omitzero"`
}

func wireNote(v app.NoteView) NoteView {
	v.May = full(v.May)
	return NoteView{v, v.ClosedAt}
}

// NoteBody is an instruction.
type NoteBody struct {
	Text    string         `json:"text" maxLength:"20000"`
	Urgency docket.Urgency `json:"urgency"`
}

// CheckView is a verification with the verifier's name.
type CheckView struct {
	app.CheckView
	Photos []PhotoView `json:"photos"`
}

func wireCheck(v app.CheckView) CheckView {
	v.Checks = full(v.Checks)
	return CheckView{v, each(v.Photos, func(p docket.Photo) PhotoView { return PhotoView{p, p.TakenAt, p.Apart(v.SeenAt)} })}
}

// CheckBody is what somebody from outside saw.
type CheckBody struct {
	Outcome docket.Outcome `json:"outcome"`
	Checks  []docket.Check `json:"checks,omitempty" maxItems:"50"`
	Photos  []PhotoBody    `json:"photos,omitempty" maxItems:"50" doc:"Photos that have arrived, named by their hash"`
	Words   string         `json:"words,omitempty" maxLength:"20000"`
	Place   string         `json:"place,omitempty" maxLength:"1000"`
	SeenAt  time.Time      `json:"seen_at,omitzero" doc:"On the spot; now when absent"`
	Key     string         `json:"key,omitempty" maxLength:"100" doc:"Makes a form filled in without a network count once"`
}

// RoundView is a round of reports.
type RoundView struct {
	docket.Round
	LockedAt time.Time `json:"locked_at,omitzero"`
}

func (r RoundView) version() int64 { return r.Version }

func wireRound(r docket.Round) RoundView {
	r.Reopened = full(r.Reopened)
	return RoundView{r, r.LockedAt}
}

// RoundBody opens a round.
type RoundBody struct {
	Title string      `json:"title" maxLength:"400"`
	From  docket.Date `json:"from"`
	To    docket.Date `json:"to"`
	Due   docket.Date `json:"due"`
}

// RoundUnit names the unit a locked round is reopened for.
type RoundUnit struct {
	Unit docket.UnitID `json:"unit" minimum:"1"`
}
