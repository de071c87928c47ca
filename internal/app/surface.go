package app

import (
	"context"
	"errors"
	"iter"

	docket "github.com/docket-os/docket"
)

// The methods below have their final signatures; bodies replace them one by one
// and this file disappears.
var errNotYet = errors.New("app: this use case is not built yet")



func (a *App) ImportUnits(ctx context.Context, actor docket.Actor, name string, content []byte, dryRun bool) (UnitImport, error) {
	return UnitImport{}, errNotYet
}


func (a *App) Import(ctx context.Context, actor docket.Actor, name string, content []byte) (Imported, error) {
	return Imported{}, errNotYet
}
func (a *App) ImportText(ctx context.Context, actor docket.Actor, title, text string) (Imported, error) {
	return Imported{}, errNotYet
}

// ImportDryRun reads without keeping anything.
func (a *App) ImportDryRun(ctx context.Context, actor docket.Actor, name string, content []byte) (DryRun, error) {
	return DryRun{}, errNotYet
}
func (a *App) Directives(ctx context.Context, actor docket.Actor) ([]DirectiveSummary, error) {
	return nil, errNotYet
}
func (a *App) Directive(ctx context.Context, actor docket.Actor, id docket.DirectiveID) (DirectivePage, error) {
	return DirectivePage{}, errNotYet
}
func (a *App) EditFront(ctx context.Context, actor docket.Actor, id docket.DirectiveID, version int64, e FrontEdit) (DirectivePage, error) {
	return DirectivePage{}, errNotYet
}
func (a *App) Discard(ctx context.Context, actor docket.Actor, id docket.DirectiveID, version int64) error {
	return errNotYet
}
func (a *App) Clauses(ctx context.Context, actor docket.Actor, id docket.DirectiveID) ([]ClauseView, error) {
	return nil, errNotYet
}
func (a *App) Source(ctx context.Context, actor docket.Actor, id docket.DirectiveID) (SourceFile, error) {
	return SourceFile{}, errNotYet
}
func (a *App) Drafts(ctx context.Context, actor docket.Actor, id docket.DirectiveID) ([]MatterView, error) {
	return nil, errNotYet
}
func (a *App) AddDraft(ctx context.Context, actor docket.Actor, id docket.DirectiveID, n NewDraft) (MatterView, error) {
	return MatterView{}, errNotYet
}
func (a *App) EditDraft(ctx context.Context, actor docket.Actor, id docket.DirectiveID, matter docket.MatterID, version int64, e DraftEdit) (MatterView, error) {
	return MatterView{}, errNotYet
}
func (a *App) SettleName(ctx context.Context, actor docket.Actor, id docket.DirectiveID, n NameSettled) ([]MatterView, error) {
	return nil, errNotYet
}
func (a *App) AdoptionPreview(ctx context.Context, actor docket.Actor, id docket.DirectiveID) (Adoption, error) {
	return Adoption{}, errNotYet
}
func (a *App) Adopt(ctx context.Context, actor docket.Actor, id docket.DirectiveID, version int64) (Adoption, error) {
	return Adoption{}, errNotYet
}
func (a *App) History(ctx context.Context, actor docket.Actor, id docket.DirectiveID) ([]EntryView, error) {
	return nil, errNotYet
}

func (a *App) Ledger(ctx context.Context, actor docket.Actor, r LedgerRequest) (LedgerPage, error) {
	return LedgerPage{}, errNotYet
}

// LedgerRows gives every row of a query in its order, for exports; it needs ActExport.
func (a *App) LedgerRows(ctx context.Context, actor docket.Actor, q docket.LedgerQuery, as As) iter.Seq2[LedgerRow, error] {
	return func(yield func(LedgerRow, error) bool) { yield(LedgerRow{}, errNotYet) }
}
func (a *App) Views(ctx context.Context, actor docket.Actor) ([]docket.SavedView, error) {
	return nil, errNotYet
}
func (a *App) AddView(ctx context.Context, actor docket.Actor, v docket.SavedView) (docket.SavedView, error) {
	return docket.SavedView{}, errNotYet
}
func (a *App) EditView(ctx context.Context, actor docket.Actor, id docket.ViewID, e ViewEdit) (docket.SavedView, error) {
	return docket.SavedView{}, errNotYet
}
func (a *App) DeleteView(ctx context.Context, actor docket.Actor, id docket.ViewID) error {
	return errNotYet
}
func (a *App) Matter(ctx context.Context, actor docket.Actor, id docket.MatterID) (MatterPage, error) {
	return MatterPage{}, errNotYet
}
func (a *App) Acknowledge(ctx context.Context, actor docket.Actor, id docket.MatterID, unit docket.UnitID, version int64) (MatterPage, error) {
	return MatterPage{}, errNotYet
}
func (a *App) Desk(ctx context.Context, actor docket.Actor) (Desk, error) { return Desk{}, errNotYet }
func (a *App) Search(ctx context.Context, actor docket.Actor, text string, limit int) ([]docket.Hit, error) {
	return nil, errNotYet
}

// Replayed returns the answer kept under an idempotency key, nil when it is new.
// The same key with another request gives Conflict.
func (a *App) Replayed(ctx context.Context, actor docket.Actor, key string, request [32]byte) (*docket.Replay, error) {
	return nil, errNotYet
}

// KeepReplay keeps the answer given to an idempotency key.
func (a *App) KeepReplay(ctx context.Context, actor docket.Actor, key string, r docket.Replay) error {
	return errNotYet
}
