package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/measure"
)

// How far back a pack looks.
const (
	packWindow = 90  // days, where there is no pack before
	keptWindow = 365 // days for which what was left to be kept is asked for
	maxSeries  = 24  // meetings of a series that promises are followed through
)

// Pack gives a frozen pack: all of it to who runs or leads the meeting, to a unit
// its own page. No 0 is the newest.
func (a *App) Pack(ctx context.Context, actor docket.Actor, id docket.StocktakeID, no int) (docket.PackBody, PackHead, error) {
	var head PackHead
	var body docket.PackBody
	if err := allow(&actor, docket.ActRead); err != nil {
		return body, head, err
	}
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		s, err := r.Stocktake(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if no == 0 {
			packs, err := r.Packs(ctx, id)
			if err != nil {
				return err
			}
			if no = len(packs); no == 0 {
				return notFound()
			}
		}
		p, err := r.Pack(ctx, id, no)
		if err != nil {
			return err
		}
		head = PackHead{No: p.No, At: p.At, Seal: p.Seal}
		if body, err = p.Open(); err != nil {
			return err
		}
		if !s.SeesWhole(&actor) {
			body.Front, body.Lamps = docket.PackPage{Parts: []docket.PackPart{}}, map[docket.MatterID]docket.Lamp{}
			body.Pages = slices.DeleteFunc(body.Pages, func(p docket.PackPage) bool { return !s.SeesUnit(&actor, p.Unit) })
		}
		return nil
	})
	return body, head, err
}

// packing is the making of one pack.
type packing struct {
	done   func(units int) // is told how many pages are made
	app    *App
	r      docket.Reader
	pl     *place
	view   board.View
	s      docket.Stocktake
	now    time.Time
	since  docket.Date
	before *docket.PackBody // of the meeting before; nil without one
	field  []docket.MatterID
	bare   map[docket.MatterID]bool // without evidence
	kept   []ItemView               // what the owner's earlier meetings left to be kept, the gravest first
	heads  map[docket.UnitID]string
	body   docket.PackBody
}

// packBody gathers everything a pack shows from one state of the store.
func (a *App) packBody(ctx context.Context, actor docket.Actor, id docket.StocktakeID, done func(units int)) (docket.PackBody, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return docket.PackBody{}, err
	}
	p := &packing{done: done, app: a, pl: pl, now: a.cfg.Clock()}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		p.r, p.view = r, a.board.View(a.lampDay(pl.day))
		if p.s, err = r.Stocktake(ctx, actor.Scope(), id); err != nil {
			return err
		}
		return p.fill(ctx)
	})
	return p.body, err
}

func (p *packing) fill(ctx context.Context) error {
	if err := p.head(ctx); err != nil {
		return err
	}
	if err := p.gather(ctx); err != nil {
		return err
	}
	rows := make([]docket.PackLine, 0, len(p.s.Slots))
	var changed []docket.PackLine
	hidden := 0 // changes that the units' own pages have no room for
	for i, slot := range p.s.Slots {
		p.done(i)
		page, row, changes, err := p.page(ctx, slot)
		if err != nil {
			return err
		}
		p.body.Pages = append(p.body.Pages, page)
		rows = append(rows, docket.PackLine{Tally: row})
		changed, hidden = append(changed, changes.Lines...), hidden+changes.More
	}
	p.done(len(p.s.Slots))
	slices.SortStableFunc(changed, func(x, y docket.PackLine) int { return cmp.Compare(measure.Rank(x.Lamp), measure.Rank(y.Lamp)) })
	front := part(docket.PartChanges, changed, packLines)
	front.More += hidden
	clauses, err := p.openClauses(ctx)
	if err != nil {
		return err
	}
	p.body.Front = docket.PackPage{Parts: []docket.PackPart{part(docket.PartPromises, p.leaderPromises(), packLines), {Kind: docket.PartCompare, Lines: rows}, front,
		part(docket.PartGaps, clauses, packLines), {Kind: docket.PartTopics, Lines: topicLines(p.pl, p.s.Topics)}}}
	return nil
}

// head fills in the meeting, and finds the pack to compare with.
func (p *packing) head(ctx context.Context) error {
	seq, err := p.r.LastSeq(ctx)
	if err != nil {
		return err
	}
	p.since = p.pl.day - packWindow
	if p.s.Previous != 0 {
		packs, err := p.r.Packs(ctx, p.s.Previous)
		if err != nil {
			return err
		}
		if n := len(packs); n > 0 {
			old, err := p.r.Pack(ctx, p.s.Previous, packs[n-1].No)
			if err != nil {
				return err
			}
			b, err := old.Open()
			if err != nil {
				return err
			}
			p.before, p.since = &b, b.Day
		}
	}
	convener, err := p.r.Person(ctx, p.s.Convener)
	if err != nil {
		return err
	}
	p.body = docket.PackBody{Stocktake: p.s.ID, Kind: p.s.Kind, Title: p.s.Title, On: p.s.On, Begins: p.s.Begins, Place: p.s.Place, Convener: convener.Name,
		Owner: p.pl.tree.Name(p.s.Owner), At: p.now, Day: p.pl.day, Seq: seq, Since: p.since, Pages: []docket.PackPage{}, Lamps: map[docket.MatterID]docket.Lamp{}}
	return nil
}

// gather loads what all pages share.
func (p *packing) gather(ctx context.Context) error {
	var err error
	if p.field, err = fieldMatters(ctx, p.r, p.s.Scope); err != nil {
		return err
	}
	bare, err := p.r.Bare(ctx, p.s.Owner)
	if err != nil {
		return err
	}
	p.bare = make(map[docket.MatterID]bool, len(bare))
	for _, id := range bare {
		p.bare[id] = true
	}
	if err := p.gatherKept(ctx); err != nil {
		return err
	}
	return p.headsOf(ctx)
}

// gatherKept finds what earlier meetings left to be kept, the newest meeting first
// within what is equally grave; what was settled before the last look is told no more.
func (p *packing) gatherKept(ctx context.Context) error {
	all, err := p.r.Stocktakes(ctx, docket.SystemScope())
	if err != nil {
		return err
	}
	ids := p.earlier(all)
	system := docket.Actor{Read: docket.AllUnits(), Office: docket.AllUnits()}
	items, err := p.app.itemViews(ctx, p.r, &system, p.pl, ids...)
	if err != nil {
		return err
	}
	said := byMeeting(items, (*ItemView).meeting)
	for _, id := range ids {
		for _, v := range said[id] {
			settled := v.DoneOn != 0 && v.DoneOn < p.since
			if v.ToKeep() && !settled {
				p.kept = append(p.kept, v)
			}
		}
	}
	slices.SortStableFunc(p.kept, byGraveness)
	return nil
}

// earlier are the meetings that are asked about: all the owner held in the year
// before, and those of the same series however long ago; the newest first.
func (p *packing) earlier(all []docket.Stocktake) []docket.StocktakeID {
	before := make(map[docket.StocktakeID]docket.StocktakeID, len(all))
	for i := range all {
		before[all[i].ID] = all[i].Previous
	}
	series := map[docket.StocktakeID]bool{}
	for id := p.s.Previous; id != 0 && len(series) < maxSeries && !series[id]; id = before[id] {
		series[id] = true
	}
	all = slices.DeleteFunc(all, func(s docket.Stocktake) bool {
		recent := s.Owner == p.s.Owner && p.pl.day-s.Sat(p.app.cfg.Location) <= keptWindow
		return s.ID == p.s.ID || s.OpenedAt.IsZero() || !recent && !series[s.ID]
	})
	slices.SortFunc(all, func(x, y docket.Stocktake) int {
		return cmp.Or(-x.OpenedAt.Compare(y.OpenedAt), -cmp.Compare(x.ID, y.ID))
	})
	return idsOf(all)
}

// headsOf finds who heads each unit.
func (p *packing) headsOf(ctx context.Context) error {
	posts, err := p.r.Posts(ctx, 0)
	if err != nil {
		return err
	}
	p.heads = map[docket.UnitID]string{}
	known := names{0: ""}
	for _, post := range posts {
		if post.Role != docket.Head || !post.Holds(p.pl.day) || p.s.Slot(post.Unit) == nil {
			continue
		}
		if p.heads[post.Unit], err = known.of(ctx, p.r, post.Person); err != nil {
			return err
		}
	}
	return nil
}

// page makes one unit's page, its row on the front page, and what changed as the
// front page says it.
func (p *packing) page(ctx context.Context, slot docket.Slot) (page docket.PackPage, row *docket.Compare, changed docket.PackPart, err error) {
	page = docket.PackPage{Unit: slot.Unit, Name: slot.Name, Head: p.heads[slot.Unit], Parts: []docket.PackPart{}}
	row = &docket.Compare{Unit: slot.Unit, Name: slot.Name, Lamps: map[docket.Lamp]int{}}
	all := p.held(slot.Unit, row)
	promises := p.promises(slot.Unit, row)
	measures, err := p.measures(ctx, all)
	if err != nil {
		return page, row, changed, err
	}
	shown, moved := pick(all)
	lamps, err := p.matterPart(ctx, docket.PartLamps, shown)
	if err != nil {
		return page, row, changed, err
	}
	changes, err := p.matterPart(ctx, docket.PartChanges, moved)
	if err != nil {
		return page, row, changed, err
	}
	gaps := p.gaps(all, row)
	load, err := p.load(ctx, slot.Unit, row)
	if err != nil {
		return page, row, changed, err
	}
	questions := questionsOf(promises, measures.Lines, lamps.Lines, gaps, row)
	row.Questions = len(questions)
	page.Parts = []docket.PackPart{part(docket.PartPromises, promises, packLines), measures, lamps, changes, part(docket.PartGaps, gaps, packLines),
		{Kind: docket.PartLoad, Lines: load}, part(docket.PartQuestions, questions, packQuestions)}
	changed, changed.Lines = changes, slices.Clone(changes.Lines)
	for i := range changed.Lines {
		changed.Lines[i].Why = &docket.Said{Key: "pack.of_unit", Args: map[string]string{"unit": slot.Name}}
	}
	return page, row, changed, nil
}
