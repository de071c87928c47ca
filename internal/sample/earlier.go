package sample

import (
	"context"
	"fmt"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// The days before loading on which the earlier meeting was convened, its pack
// frozen and, if that was no weekend, the meeting held.
const (
	convened, frozen, sat = 84, 76, 75
)

// hold has the earlier meeting of the series, as earlier.csv tells it: the units are
// called, what is put on record becomes matters, the leader issues the minutes.
func (l *loader) hold(ctx context.Context) error {
	l.now = l.today.AddDate(0, 0, -convened)
	g, err := l.gathering(ctx, "earlier.csv")
	if err != nil {
		return err
	}
	on := weekday(docket.DateOf(l.today) - sat)
	page, err := l.convene(ctx, g, docket.Dispatch, on)
	if err != nil {
		return err
	}
	l.earlier = page.ID
	if err := l.speak(ctx, g, page.ID); err != nil {
		return err
	}
	chair, err := l.person(ctx, "leader")
	if err != nil {
		return err
	}
	if err := l.agree(ctx, chair, page.ID); err != nil {
		return err
	}
	l.now = l.today.AddDate(0, 0, -frozen)
	if _, err := l.app.FreezePack(ctx, l.admin, page.ID, time.Hour); err != nil {
		return err
	}
	day := l.today.AddDate(0, 0, int(on-docket.DateOf(l.today)))
	l.now = day
	if err := l.sit(ctx, g); err != nil {
		return err
	}
	l.now = day.AddDate(0, 0, 1)
	m, err := l.app.Minutes(ctx, l.admin, page.ID)
	if err != nil {
		return err
	}
	if m, err = l.app.Circulate(ctx, l.admin, page.ID, m.Version); err != nil {
		return err
	}
	_, err = l.app.IssueMinutes(ctx, chair.actor, page.ID, m.Version)
	return err
}

// agree gives the leader's word to every statement that waits for it.
func (l *loader) agree(ctx context.Context, leader *person, id docket.StocktakeID) error {
	page, err := l.app.Stocktake(ctx, leader.actor, id)
	if err != nil {
		return err
	}
	for _, s := range page.Statements {
		if s.Status != docket.StatementPassed {
			continue
		}
		if _, err := l.app.AgreeStatement(ctx, leader.actor, id, s.Unit, 0); err != nil {
			return fmt.Errorf("the leader's word to %s: %w", s.UnitName, err)
		}
	}
	return nil
}

// sit calls one unit after the other and records what was said meanwhile.
func (l *loader) sit(ctx context.Context, g *gathering) error {
	in := func(act app.RoomAct) error {
		_, err := l.app.InRoom(ctx, l.admin, l.earlier, act)
		return err
	}
	record := func(unit docket.UnitID) error {
		for _, it := range g.record {
			if it.Unit != unit {
				continue
			}
			if _, err := l.app.Record(ctx, l.admin, l.earlier, it); err != nil {
				return fmt.Errorf("%q: %w", it.Text, err)
			}
		}
		return nil
	}
	if err := in(app.RoomAct{Act: "open"}); err != nil {
		return err
	}
	for i, s := range g.plan.Slots {
		if err := in(app.RoomAct{Act: "call", Unit: s.Unit}); err != nil {
			return err
		}
		l.now = l.now.Add(time.Duration(7+i*3%5) * time.Minute)
		if err := record(s.Unit); err != nil {
			return err
		}
	}
	if err := record(0); err != nil { // the leader's own words
		return err
	}
	return in(app.RoomAct{Act: "close"})
}

// keep marks the leader's own promise that holds the words as kept.
func (l *loader) keep(ctx context.Context, at *line) error {
	page, err := l.app.Stocktake(ctx, at.by.actor, l.earlier)
	if err != nil {
		return err
	}
	for i := range page.Items {
		if page.Items[i].Leader != 0 {
			_, err := l.app.KeepPromise(ctx, at.by.actor, l.earlier, page.Items[i].ID, 0)
			return err
		}
	}
	return fmt.Errorf("the leader promised nothing")
}
