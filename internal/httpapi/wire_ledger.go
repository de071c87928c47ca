package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// LedgerRow is one matter of the ledger.
type LedgerRow struct {
	app.LedgerRow
	AssignedAt time.Time `json:"assigned_at,omitzero"`
}

func wireLedgerRow(r app.LedgerRow) LedgerRow {
	r.Leads, r.Supports, r.Several = full(r.Leads), full(r.Supports), full(r.Several)
	return LedgerRow{LedgerRow: r, AssignedAt: r.AssignedAt}
}

// LedgerPage is one page of the ledger with the counts of everything that matched.
type LedgerPage struct {
	Items      []LedgerRow                 `json:"items"`
	NextCursor string                      `json:"next_cursor,omitempty" doc:"Pass as cursor for the next page; absent on the last"`
	Total      int                         `json:"total"`
	Lamps      Lamps                       `json:"lamps" doc:"What the filter would show without its lamps"`
	Statuses   map[docket.MatterStatus]int `json:"statuses" doc:"What the filter would show without its statuses"`
	Groups     []app.LedgerGroup           `json:"groups"`
	AsOf       time.Time                   `json:"as_of"`
}

func wireLedger(p app.LedgerPage) LedgerPage {
	return LedgerPage{
		Items: each(p.Items, wireLedgerRow), NextCursor: p.NextCursor, Total: p.Total, Lamps: counts(p.Lamps), Statuses: counts(p.Statuses),
		Groups: each(p.Groups, func(g app.LedgerGroup) app.LedgerGroup { g.Lamps = counts(g.Lamps); return g }), AsOf: p.AsOf,
	}
}

// ViewQuery is a ledger query as saved.
type ViewQuery struct {
	Directive docket.DirectiveID    `json:"directive,omitempty"`
	Unit      docket.UnitID         `json:"unit,omitempty"`
	Below     bool                  `json:"below,omitempty"`
	Role      docket.PartyRole      `json:"role,omitempty"`
	Status    []docket.MatterStatus `json:"status,omitempty" maxItems:"20"`
	Lamp      []docket.Lamp         `json:"lamp,omitempty" maxItems:"20"`
	Level     docket.Level          `json:"level,omitempty"`
	DueFrom   docket.Date           `json:"due_from,omitzero"`
	DueTo     docket.Date           `json:"due_to,omitzero"`
	Text      string                `json:"text,omitempty" maxLength:"200"`
	Sort      docket.LedgerSort     `json:"sort,omitempty"`
	Desc      bool                  `json:"desc,omitempty"`
}

// ViewBody is a ledger query kept under a name.
type ViewBody struct {
	Name    string    `json:"name" maxLength:"200"`
	Query   ViewQuery `json:"query"`
	Columns []string  `json:"columns" maxItems:"40"`
	Group   string    `json:"group" enum:",unit,directive,status,lamp"`
}

// PatchView changes a saved view; what is absent stays.
type PatchView struct {
	Name    *string    `json:"name,omitempty" maxLength:"200"`
	Query   *ViewQuery `json:"query,omitempty"`
	Columns *[]string  `json:"columns,omitempty" maxItems:"40"`
	Group   *string    `json:"group,omitempty" enum:",unit,directive,status,lamp"`
}

// ViewView is a saved view of the reader's own.
type ViewView struct {
	ID docket.ViewID `json:"id"`
	ViewBody
}

func wireView(v docket.SavedView) ViewView {
	return ViewView{ID: v.ID, ViewBody: ViewBody{Name: v.Name, Query: ViewQuery(v.Query), Columns: full(v.Columns), Group: v.Group}}
}

// Desk is what a person owes, what waits for a decision, what came back.
type Desk struct{ app.Desk }

func wireDesk(d app.Desk) Desk {
	d.Owed, d.Waiting, d.CameBack, d.Upcoming = full(d.Owed), full(d.Waiting), full(d.CameBack), full(d.Upcoming)
	d.Mine.Lamps = counts(d.Mine.Lamps)
	return Desk{d}
}

// Health says that the server answers.
type Health struct {
	Status string `json:"status" example:"ok"`
}
