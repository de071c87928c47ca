package app

import (
	"context"

	docket "github.com/docket-os/docket"
)

// CarryForTest files nothing but the evidence of a report, as filing one does.
func (a *App) CarryForTest(ctx context.Context, actor docket.Actor, m docket.MatterID, unit docket.UnitID, report docket.ReportID, ids []docket.EvidenceID, most int) (pieces []docket.Evidence, err error) {
	err = a.change(ctx, actor, docket.VerbEdit, func(ctx context.Context, c *Change) error {
		matter, err := c.Matter(ctx, actor.Scope(), m)
		if err != nil {
			return err
		}
		if err := c.May(docket.ActOffer, offerSubject(&matter, unit)); err != nil {
			return err
		}
		if pieces, err = c.Carry(ctx, m, unit, report, ids, most); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Matter: m})
	})
	return pieces, err
}

// Climb is the ladder's part of Tick.
func (a *App) Climb(ctx context.Context) error { return a.climb(ctx) }
