package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// SlipView is an assignment slip with how far it got.
type SlipView struct {
	docket.Slip
	UnitName string `json:"unit_name"`
	Received int    `json:"received"` // so many of its lines the unit has confirmed
	Standing int    `json:"standing"` // so many of its lines are not struck off
}

// SlipsPage is what a meeting has given out, as far as the reader may see it.
type SlipsPage struct {
	Sent []SlipView  `json:"sent"`
	Owed []UnitRef   `json:"owed"` // units whose slips have still to go out; told to the office
	Due  docket.Date `json:"due"`  // the rule's last day for them; 0 before the meeting is closed
}

// SendSlips sends every unit what a closed meeting decided and it acts on, as far
// as no slip carries it yet. What is left when the minutes are issued goes out with them.
func (a *App) SendSlips(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (StocktakePage, error) {
	err := a.onStocktake(ctx, actor, docket.VerbSlips, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		if s.Status == docket.StocktakeSitting {
			return docket.Entry{}, docket.Errorf(docket.Conflict, "slips.sitting", "the meeting is sitting: close it first")
		}
		out, err := a.sendSlips(ctx, c, s)
		if err == nil && len(out) == 0 {
			err = docket.Errorf(docket.Conflict, "slips.none", "no slip is left to be sent")
		}
		return docket.Entry{After: note("slip", strings.Join(out, ", "))}, err
	})
	if err != nil {
		return StocktakePage{}, err
	}
	return a.Stocktake(ctx, actor, id)
}

// Slips gives a meeting with those of its slips the actor may see, or one of them:
// what their paper is made of.
func (a *App) Slips(ctx context.Context, actor docket.Actor, id docket.StocktakeID, one docket.SlipID) (StocktakePage, error) {
	page, err := a.Stocktake(ctx, actor, id)
	if err != nil {
		return page, err
	}
	page.Slips.Sent = slices.DeleteFunc(page.Slips.Sent, func(v SlipView) bool { return one != 0 && v.ID != one })
	if len(page.Slips.Sent) == 0 {
		return page, notFound()
	}
	return page, nil
}

// sendSlips puts out the slips that are owed, tells their units and gives their numbers.
func (a *App) sendSlips(ctx context.Context, c *Change, s *docket.Stocktake) ([]string, error) {
	record, err := c.Items(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	sent, err := c.Slips(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, slip := range docket.SlipsOwed(record, sent) {
		slip.Owner, slip.By, slip.At, slip.Day = s.Owner, c.Actor.Person.ID, c.Now(), c.Today
		if err := c.InsertSlip(ctx, &slip); err != nil {
			return nil, err
		}
		if err := a.tellSlip(ctx, c, s, &slip, record); err != nil {
			return nil, err
		}
		out = append(out, slip.No)
	}
	return out, nil
}

// tellSlip tells a unit's people. Who reported at the meeting is led to it, who did
// not may not see it and is led to the first matter.
func (a *App) tellSlip(ctx context.Context, c *Change, s *docket.Stocktake, slip *docket.Slip, record []docket.Item) error {
	to, err := c.unitPeople(ctx, slip.Unit)
	if err != nil {
		return err
	}
	n := docket.Notice{Kind: docket.NoticeSlip, Unit: slip.Unit, Once: fmt.Sprintf("slip/%d", slip.ID),
		Args: map[string]string{"title": s.Title, "slip": slip.No, "n": strconv.Itoa(len(slip.Items))}}
	carried := slices.DeleteFunc(slices.Clone(record), func(i docket.Item) bool { return !slices.Contains(slip.Items, i.ID) })
	first := slices.MinFunc(carried, func(x, y docket.Item) int { return cmp.Compare(x.Due, y.Due) })
	n.Args["due"] = first.Due.String()
	if s.Slot(slip.Unit) != nil {
		n.Args["stocktake"] = strconv.FormatInt(int64(s.ID), 10)
	} else {
		n.Matter = first.Matter
	}
	return a.tell(ctx, c, n, to...)
}

// slipsOf are a meeting's slips in the reader's scope; items are its whole record.
func (a *App) slipsOf(ctx context.Context, r docket.Reader, actor *docket.Actor, pl *place, s *docket.Stocktake, items []ItemView) (SlipsPage, error) {
	page := SlipsPage{Sent: []SlipView{}, Owed: []UnitRef{}}
	sent, err := r.Slips(ctx, s.ID)
	if err != nil {
		return page, err
	}
	for _, slip := range sent {
		if !s.SeesUnit(actor, slip.Unit) {
			continue
		}
		v := SlipView{Slip: slip, UnitName: pl.tree.Name(slip.Unit)}
		for i := range items {
			if it := &items[i]; it.Stands() && slices.Contains(slip.Items, it.ID) {
				v.Standing++
				if slices.Contains(it.Received, slip.Unit) {
					v.Received++
				}
			}
		}
		page.Sent = append(page.Sent, v)
	}
	if s.Status != docket.StocktakeClosed || !docket.MayAct(actor, docket.ActConvene, docket.SubjectOfStocktake(s)) {
		return page, nil
	}
	record := make([]docket.Item, len(items))
	for i := range items {
		record[i] = items[i].Item
	}
	for _, slip := range docket.SlipsOwed(record, sent) {
		page.Owed = append(page.Owed, pl.ref(slip.Unit))
	}
	return page, nil
}
