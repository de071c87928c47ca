package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// UnitPage is one unit with its place, its heirs and how many hold a post there.
type UnitPage struct{ app.UnitPage }

func (u UnitPage) version() int64 { return u.Version }

func wireUnit(u app.UnitView) app.UnitView {
	u.Aliases, u.Versions = full(u.Aliases), full(u.Versions)
	return u
}

func wireUnitPage(u app.UnitPage) UnitPage {
	u.UnitView = wireUnit(u.UnitView)
	u.Path, u.Successors, u.Heirs = full(u.Path), full(u.Successors), full(u.Heirs)
	return UnitPage{u}
}

func wireUnits(l app.UnitList) app.UnitList {
	l.Items = each(l.Items, wireUnit)
	return l
}

func wireUnitImport(i app.UnitImport) app.UnitImport {
	i.Errors, i.Rows = full(i.Errors), full(i.Rows)
	return i
}

// NewUnit founds a unit.
type NewUnit struct {
	Code    string        `json:"code,omitempty" maxLength:"64"`
	Name    string        `json:"name" maxLength:"200"`
	Parent  docket.UnitID `json:"parent,omitempty" minimum:"0"`
	Level   docket.Level  `json:"level,omitempty"`
	Aliases []string      `json:"aliases,omitempty" maxItems:"100"`
	From    docket.Date   `json:"from,omitzero"`
	Ord     int           `json:"ord,omitempty"`
}

// PatchUnit corrects a unit; a new name here is a correction, not a renaming.
type PatchUnit struct {
	Code    *string       `json:"code,omitempty" maxLength:"64"`
	Name    *string       `json:"name,omitempty" maxLength:"200"`
	Level   *docket.Level `json:"level,omitempty"`
	Aliases *[]string     `json:"aliases,omitempty" maxItems:"100"`
	Ord     *int          `json:"ord,omitempty"`
}

// RenameBody renames a unit from a day on.
type RenameBody struct {
	Name   string      `json:"name" maxLength:"200"`
	On     docket.Date `json:"on"`
	Reason string      `json:"reason,omitempty" maxLength:"2000"`
}

// MoveBody puts a unit below another from a day on; parent 0 is the top.
type MoveBody struct {
	Parent docket.UnitID `json:"parent" minimum:"0"`
	On     docket.Date   `json:"on"`
	Reason string        `json:"reason,omitempty" maxLength:"2000"`
}

// MergeBody ends a unit; Into carries on.
type MergeBody struct {
	Into   docket.UnitID `json:"into" minimum:"1"`
	On     docket.Date   `json:"on"`
	Reason string        `json:"reason,omitempty" maxLength:"2000"`
}

// SplitBody ends a unit; others carry on.
type SplitBody struct {
	Into   []SplitShare `json:"into" minItems:"1" maxItems:"50"`
	On     docket.Date  `json:"on"`
	Reason string       `json:"reason,omitempty" maxLength:"2000"`
}

// SplitShare is one unit that carries on: a standing one, or a new one by name and code.
type SplitShare struct {
	Unit docket.UnitID `json:"unit,omitempty" minimum:"0"`
	Name string        `json:"name,omitempty" maxLength:"200"`
	Code string        `json:"code,omitempty" maxLength:"64"`
}

// EndUnitBody ends a unit; nobody carries on. On is its last day.
type EndUnitBody struct {
	On     docket.Date `json:"on"`
	Reason string      `json:"reason,omitempty" maxLength:"2000"`
}
