package httpapi

import (
	"io"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/words"
)

// SheetPath names a workbook that came back.
type SheetPath struct {
	ID docket.SheetID `path:"id" minimum:"1"`
}

// SheetRowPath names one of its rows.
type SheetRowPath struct {
	ID  docket.SheetID `path:"id" minimum:"1"`
	Row int            `path:"row" minimum:"1"`
}

// SheetView is a workbook that came back, without where it waits.
type SheetView struct {
	ID        docket.SheetID            `json:"id"`
	Kind      docket.SheetKind          `json:"kind" doc:"Empty until it is read"`
	Name      string                    `json:"name"`
	Lang      string                    `json:"lang"`
	Phase     docket.SheetPhase         `json:"phase"`
	File      bool                      `json:"file" doc:"Of reports: the last confirmation put them before the head"`
	Total     int                       `json:"total" doc:"Rows that came back"`
	Missing   int                       `json:"missing" doc:"Rows that went out and did not come back; they stay as they are"`
	Done      int                       `json:"done" doc:"Of the phase that runs"`
	Of        int                       `json:"of" doc:"Likewise"`
	Counts    map[docket.SheetState]int `json:"counts"`
	Notes     []docket.Fault            `json:"notes"`
	Fault     docket.Fault              `json:"fault"`
	Again     docket.SheetID            `json:"again,omitempty" doc:"An earlier one of the very same file"`
	GivenOut  time.Time                 `json:"given_out,omitzero"`
	BroughtAt time.Time                 `json:"brought_at"`
}

func wireSheet(v app.SheetView) SheetView {
	s := v.Sheet
	return SheetView{ID: s.ID, Kind: s.Kind, Name: s.Name, Lang: s.Lang, Phase: s.Phase, File: s.File, Total: s.Total, Missing: s.Missing, Done: v.Done, Of: v.Of,
		Counts: counts(v.Counts), Notes: full(s.Notes), Fault: s.Fault, Again: v.Again, GivenOut: s.GivenOut, BroughtAt: s.BroughtAt}
}

// SheetRowView is one row of it.
type SheetRowView struct {
	Ord    int               `json:"ord"`
	Line   int               `json:"line" doc:"In the workbook"`
	Known  bool              `json:"known" doc:"False where nobody can tell what the row is about"`
	Matter docket.MatterID   `json:"matter,omitempty"`
	No     string            `json:"no"`
	Title  string            `json:"title"`
	State  docket.SheetState `json:"state"`
	Moved  bool              `json:"moved" doc:"What it is about went on since the workbook was made"`
	Fault  docket.Fault      `json:"fault"`
	Cells  []SheetCellView   `json:"cells" doc:"Those that may be filled in, and others that were touched"`
}

// SheetCellView is one cell of it, as it went out, as it is now, as it came back.
type SheetCellView struct {
	Column string       `json:"column"`
	Was    string       `json:"was"`
	Now    string       `json:"now"`
	Is     string       `json:"is"`
	Locked bool         `json:"locked"`
	Edited bool         `json:"edited" doc:"It would change something"`
	Clash  bool         `json:"clash" doc:"It was changed on both sides and nobody has chosen yet"`
	Take   docket.Take  `json:"take"`
	Fault  docket.Fault `json:"fault"`
}

func wireSheetRow(r docket.SheetRow) SheetRowView {
	return SheetRowView{Ord: r.Ord, Line: r.Line, Known: r.Key != "", Matter: r.Matter, No: r.No, Title: r.Title, State: r.State, Moved: r.Moved, Fault: r.Fault,
		Cells: each(r.Cells, func(c docket.SheetCell) SheetCellView {
			return SheetCellView{Column: c.Column, Was: c.Was, Now: c.Now, Is: c.Is, Locked: c.Locked, Edited: c.Edited(), Clash: c.Clash(r.Moved), Take: c.Take, Fault: c.Fault}
		})}
}

// MendBody is what a person does to a row.
type MendBody struct {
	Texts   map[string]string      `json:"texts,omitempty" doc:"By column: what the workbook should have said"`
	Take    map[string]docket.Take `json:"take,omitempty" doc:"By column: which of two changes holds"`
	PutBack []string               `json:"put_back,omitempty" maxItems:"50" doc:"Columns to be as they went out"`
	Leave   bool                   `json:"leave,omitempty" doc:"Leave the whole row as the docket has it"`
}

// ConfirmBody says which rows are to be written.
type ConfirmBody struct {
	Rows []int `json:"rows,omitempty" maxItems:"20000" doc:"All that are changed when absent"`
	File bool  `json:"file,omitempty" doc:"Of reports: put them before the head instead of keeping drafts"`
}

// bookFile prepares a workbook as a file.
func bookFile(c call, w *app.Workbook, name string) *file {
	return &file{name: name + ".xlsx", media: mediaXLSX, write: func(to io.Writer) error { return w.Write(c, to) }}
}

func (s *server) reportSheet(c call, in *struct{ Filter }) (*file, error) {
	return s.sheetOut(c, docket.SheetReports, &in.Filter)
}

func (s *server) ledgerSheet(c call, in *struct{ Filter }) (*file, error) {
	return s.sheetOut(c, docket.SheetLedger, &in.Filter)
}

func (s *server) sheetOut(c call, kind docket.SheetKind, f *Filter) (*file, error) {
	q, err := f.query()
	if err != nil {
		return nil, err
	}
	name := words.Say(c.actor.Person.Lang, "sheet.name."+string(kind), nil)
	w, err := s.app.SheetOut(c, c.actor, app.SheetAsk{Kind: kind, Query: q}, name)
	if err != nil {
		return nil, err
	}
	return bookFile(c, w, name), nil
}

func (s *server) sheets(c call, _ *none) (List[SheetView], error) {
	all, err := s.app.SheetsOf(c, c.actor)
	return list(each(all, wireSheet)), err
}

func (s *server) bringSheet(c call, _ *none, u upload) (SheetView, error) {
	v, err := s.app.BringSheet(c, c.actor, u.name, u.content)
	return wireSheet(v), err
}

func (s *server) sheetOf(c call, in *SheetPath) (SheetView, error) {
	v, err := s.app.SheetOf(c, c.actor, in.ID)
	return wireSheet(v), err
}

func (s *server) sheetRows(c call, in *struct {
	SheetPath
	State []docket.SheetState `query:"state" maxItems:"10" doc:"All when absent"`
	After int                 `query:"after" minimum:"0" doc:"The last row seen"`
	Limit int                 `query:"limit" minimum:"0" maximum:"500" doc:"50 when absent"`
}) (List[SheetRowView], error) {
	rows, err := s.app.SheetRows(c, c.actor, in.ID, docket.SheetQuery{States: in.State, After: in.After, Limit: in.Limit})
	return list(each(rows, wireSheetRow)), err
}

func (s *server) mendRow(c call, in *struct {
	SheetRowPath
	Body MendBody
}) (SheetRowView, error) {
	b := in.Body
	row, err := s.app.MendRow(c, c.actor, in.ID, in.Row, app.RowMend{Texts: b.Texts, Take: b.Take, PutBack: b.PutBack, Leave: b.Leave})
	return wireSheetRow(row), err
}

func (s *server) confirmSheet(c call, in *struct {
	SheetPath
	Body ConfirmBody
}) (SheetView, error) {
	v, err := s.app.ConfirmSheet(c, c.actor, in.ID, in.Body.Rows, in.Body.File)
	return wireSheet(v), err
}

func (s *server) faultySheet(c call, in *SheetPath) (*file, error) {
	name := words.Say(c.actor.Person.Lang, "sheet.name.faulty", nil)
	w, err := s.app.FaultySheet(c, c.actor, in.ID, name)
	if err != nil {
		return nil, err
	}
	return bookFile(c, w, name), nil
}

func (s *server) dropSheet(c call, in *SheetPath) error { return s.app.DropSheet(c, c.actor, in.ID) }
