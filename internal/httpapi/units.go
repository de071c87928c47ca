package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func (s *server) unitTree(c call, in *struct {
	On day `query:"on" doc:"Today when absent"`
}) (app.UnitList, error) {
	on, err := in.On.date("on")
	if err != nil {
		return app.UnitList{}, err
	}
	tree, err := s.app.Units(c, c.actor, on)
	return wireUnits(tree), err
}

func (s *server) unit(c call, in *UnitPath) (UnitPage, error) {
	u, err := s.app.Unit(c, c.actor, in.ID)
	return wireUnitPage(u), err
}

func (s *server) addUnit(c call, in *asks[NewUnit]) (UnitPage, error) {
	b := in.Body
	u, err := s.app.AddUnit(c, c.actor, docket.Unit{Code: b.Code, Name: b.Name, Parent: b.Parent, Level: b.Level, Aliases: b.Aliases, From: b.From, Ord: b.Ord})
	return wireUnitPage(u), err
}

// changeUnit is an edit of the unit the pattern names at the version that was seen.
func changeUnit(id UnitPath, e Edit, change func(id docket.UnitID, seen int64) (app.UnitPage, error)) (UnitPage, error) {
	seen, err := e.seen()
	if err != nil {
		return UnitPage{}, err
	}
	u, err := change(id.ID, seen)
	return wireUnitPage(u), err
}

func (s *server) editUnit(c call, in *unitEdit[PatchUnit]) (UnitPage, error) {
	b := in.Body
	return changeUnit(in.UnitPath, in.Edit, func(id docket.UnitID, seen int64) (app.UnitPage, error) {
		return s.app.EditUnit(c, c.actor, id, seen, app.UnitEdit{Code: b.Code, Name: b.Name, Level: b.Level, Ord: b.Ord, Aliases: b.Aliases})
	})
}

func (s *server) renameUnit(c call, in *unitEdit[RenameBody]) (UnitPage, error) {
	b := in.Body
	return changeUnit(in.UnitPath, in.Edit, func(id docket.UnitID, seen int64) (app.UnitPage, error) {
		return s.app.RenameUnit(c, c.actor, id, seen, b.Name, b.On, b.Reason)
	})
}

func (s *server) moveUnit(c call, in *unitEdit[MoveBody]) (UnitPage, error) {
	b := in.Body
	return changeUnit(in.UnitPath, in.Edit, func(id docket.UnitID, seen int64) (app.UnitPage, error) {
		return s.app.MoveUnit(c, c.actor, id, seen, b.Parent, b.On, b.Reason)
	})
}

func (s *server) mergeUnit(c call, in *unitEdit[MergeBody]) (UnitPage, error) {
	b := in.Body
	return changeUnit(in.UnitPath, in.Edit, func(id docket.UnitID, seen int64) (app.UnitPage, error) {
		return s.app.MergeUnit(c, c.actor, id, seen, b.Into, b.On, b.Reason)
	})
}

func (s *server) splitUnit(c call, in *unitEdit[SplitBody]) (UnitPage, error) {
	b := in.Body
	shares := each(b.Into, func(p SplitShare) app.UnitShare { return app.UnitShare(p) })
	return changeUnit(in.UnitPath, in.Edit, func(id docket.UnitID, seen int64) (app.UnitPage, error) {
		return s.app.SplitUnit(c, c.actor, id, seen, shares, b.On, b.Reason)
	})
}

func (s *server) endUnit(c call, in *unitEdit[EndUnitBody]) (UnitPage, error) {
	b := in.Body
	return changeUnit(in.UnitPath, in.Edit, func(id docket.UnitID, seen int64) (app.UnitPage, error) {
		return s.app.EndUnit(c, c.actor, id, seen, b.On, b.Reason)
	})
}

func (s *server) importUnits(c call, in *struct {
	DryRun bool `query:"dry_run" doc:"Say what would happen and keep nothing"`
}, u upload) (app.UnitImport, error) {
	report, err := s.app.ImportUnits(c, c.actor, u.name, u.content, in.DryRun)
	return wireUnitImport(report), err
}
