package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// Filter is a ledger query as an address carries it.
type Filter struct {
	Directive docket.DirectiveID    `query:"directive" minimum:"0"`
	Unit      docket.UnitID         `query:"unit" minimum:"0" doc:"With any part in the matter"`
	Below     bool                  `query:"below" doc:"Unit stands for its whole subtree"`
	Role      docket.PartyRole      `query:"role" doc:"The part of unit, or any unit's"`
	Status    []docket.MatterStatus `query:"status" maxItems:"20" doc:"Comma separated"`
	Lamp      []docket.Lamp         `query:"lamp" maxItems:"20" doc:"Comma separated"`
	Level     docket.Level          `query:"level" doc:"Of the directive"`
	DueFrom   day                   `query:"due_from"`
	DueTo     day                   `query:"due_to"`
	Text      string                `query:"text" maxLength:"200"`
	Sort      docket.LedgerSort     `query:"sort" doc:"Worst lamp first when absent"`
	Desc      bool                  `query:"desc"`
	As        string                `query:"as" enum:"is,was" doc:"Units as they are now (is) or as written then (was)"`
}

// query is the filter in the domain's words.
func (f Filter) query() (docket.LedgerQuery, error) {
	from, err := f.DueFrom.date("due_from")
	if err != nil {
		return docket.LedgerQuery{}, err
	}
	to, err := f.DueTo.date("due_to")
	if err != nil {
		return docket.LedgerQuery{}, err
	}
	q := docket.LedgerQuery{
		Directive: f.Directive, Unit: f.Unit, Below: f.Below, Role: f.Role, Status: f.Status, Lamp: f.Lamp, Level: f.Level,
		DueFrom: from, DueTo: to, Text: f.Text, Sort: f.Sort, Desc: f.Desc,
	}
	return q, q.Validate()
}

func (s *server) ledger(c call, in *struct {
	Filter
	Group  string `query:"group" enum:"unit,directive,status,lamp"`
	Cursor string `query:"cursor" maxLength:"200" doc:"next_cursor of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
}) (LedgerPage, error) {
	q, err := in.query()
	if err != nil {
		return LedgerPage{}, err
	}
	p, err := s.app.Ledger(c, c.actor, app.LedgerRequest{Query: q, Group: in.Group, As: app.As(in.As), Cursor: in.Cursor, Limit: in.Limit})
	return wireLedger(p), err
}

func (s *server) views(c call, _ *none) (List[ViewView], error) {
	views, err := s.app.Views(c, c.actor)
	return list(each(views, wireView)), err
}

func (s *server) addView(c call, in *asks[ViewBody]) (ViewView, error) {
	b := in.Body
	v, err := s.app.AddView(c, c.actor, docket.SavedView{Name: b.Name, Query: docket.LedgerQuery(b.Query), Columns: b.Columns, Group: b.Group})
	return wireView(v), err
}

func (s *server) editView(c call, in *struct {
	ViewPath
	Body PatchView
}) (ViewView, error) {
	b := in.Body
	v, err := s.app.EditView(c, c.actor, in.ID, app.ViewEdit{Name: b.Name, Query: (*docket.LedgerQuery)(b.Query), Columns: b.Columns, Group: b.Group})
	return wireView(v), err
}

func (s *server) deleteView(c call, in *ViewPath) error { return s.app.DeleteView(c, c.actor, in.ID) }

func (s *server) matter(c call, in *MatterPath) (MatterPage, error) {
	p, err := s.app.Matter(c, c.actor, in.ID)
	return wireMatterPage(p), err
}

func (s *server) desk(c call, _ *none) (Desk, error) {
	d, err := s.app.Desk(c, c.actor)
	return wireDesk(d), err
}

func (s *server) search(c call, in *struct {
	Text  string `query:"q" required:"true" minLength:"1" maxLength:"200"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}) (List[docket.Hit], error) {
	hits, err := s.app.Search(c, c.actor, in.Text, in.Limit)
	return list(hits), err
}

func (s *server) health(call, *none) (Health, error) { return Health{Status: "ok"}, nil }
