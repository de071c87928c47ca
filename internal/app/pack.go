package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/measure"
)

// Lines shown of one part: a page is one page, never two.
const (
	packLines     = 8
	packMeasures  = 3
	packQuestions = 5
	packWindow    = 90 // days looked back at where there is no pack before
	maxSeries     = 24 // meetings of a series that promises are followed through
)

// FreezePack seals a pack of a meeting as everything stands now. It is the same
// for ever; a later one gets the next number.
func (a *App) FreezePack(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (PackHead, error) {
	if err := allow(&actor, docket.ActConvene); err != nil {
		return PackHead{}, err
	}
	body, err := a.packBody(ctx, actor, id)
	if err != nil {
		return PackHead{}, err
	}
	var head PackHead
	err = a.onStocktake(ctx, actor, docket.VerbFreeze, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		before, err := c.Packs(ctx, id)
		if err != nil {
			return docket.Entry{}, err
		}
		p, err := body.Freeze(len(before)+1, actor.Person.ID)
		if err != nil {
			return docket.Entry{}, err
		}
		if err := c.PutPack(ctx, &p); err != nil {
			return docket.Entry{}, err
		}
		head = PackHead{No: p.No, At: p.At, Seal: p.Seal}
		return docket.Entry{After: note("pack", p.No, "at", p.At, "seal", p.Seal, "seq", body.Seq, "matters", len(body.Lamps))}, nil
	})
	return head, err
}

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
	kept   []ItemView               // what earlier meetings of the series left to be kept
	heads  map[docket.UnitID]string
	body   docket.PackBody
}

// packBody gathers everything a pack shows from one state of the store.
func (a *App) packBody(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (docket.PackBody, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return docket.PackBody{}, err
	}
	p := &packing{app: a, pl: pl, now: a.cfg.Clock()}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		p.r, p.view = r, a.board.View(a.lampDay(pl.day))
		if p.s, err = r.Stocktake(ctx, actor.Scope(), id); err != nil {
			return err
		}
		if err := permit(&actor, docket.ActConvene, docket.SubjectOfStocktake(&p.s)); err != nil {
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
	for _, slot := range p.s.Slots {
		page, row, moved, err := p.page(ctx, slot)
		if err != nil {
			return err
		}
		p.body.Pages = append(p.body.Pages, page)
		rows = append(rows, docket.PackLine{Tally: row})
		changed = append(changed, moved...)
	}
	slices.SortStableFunc(changed, func(x, y docket.PackLine) int { return cmp.Compare(measure.Rank(x.Lamp), measure.Rank(y.Lamp)) })
	clauses, err := p.openClauses(ctx)
	if err != nil {
		return err
	}
	p.body.Front = docket.PackPage{Parts: []docket.PackPart{{Kind: docket.PartCompare, Lines: rows}, part(docket.PartChanges, changed, packLines),
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
	system := docket.Actor{Read: docket.AllUnits(), Office: docket.AllUnits()}
	for id, n := p.s.Previous, 0; id != 0 && n < maxSeries; n++ {
		s, err := p.r.Stocktake(ctx, docket.SystemScope(), id)
		if err != nil {
			return err
		}
		items, err := p.app.itemViews(ctx, p.r, &system, p.pl, &s)
		if err != nil {
			return err
		}
		for _, v := range items {
			settled := v.DoneOn != 0 && v.DoneOn < p.since
			if v.Stands() && v.Kind.Acts() && v.Keeping != "" && !settled {
				p.kept = append(p.kept, v)
			}
		}
		id = s.Previous
	}
	return p.headsOf(ctx)
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

// held is one matter of a unit as the board has it.
type held struct {
	id   docket.MatterID
	lamp docket.Lamp
	why  measure.Reason
	was  docket.Lamp
	f    measure.Facts
	gap  int32 // of its worst measure, in hundredths of a point
}

// page makes one unit's page, its row on the front page, and what changed.
func (p *packing) page(ctx context.Context, slot docket.Slot) (docket.PackPage, *docket.Compare, []docket.PackLine, error) {
	page := docket.PackPage{Unit: slot.Unit, Name: slot.Name, Head: p.heads[slot.Unit], Parts: []docket.PackPart{}}
	row := &docket.Compare{Unit: slot.Unit, Name: slot.Name, Lamps: map[docket.Lamp]int{}}
	all := p.held(slot.Unit, row)
	promises := p.promises(slot.Unit, row)
	measures, err := p.measures(ctx, all)
	if err != nil {
		return page, nil, nil, err
	}
	shown, moved := pick(all)
	lines, err := p.matterLines(ctx, shown)
	if err != nil {
		return page, nil, nil, err
	}
	changes, err := p.matterLines(ctx, moved)
	if err != nil {
		return page, nil, nil, err
	}
	gaps := p.gaps(all, row)
	load, err := p.load(ctx, slot.Unit, row)
	if err != nil {
		return page, nil, nil, err
	}
	questions := questionsOf(promises, measures.Lines, lines, gaps, row)
	row.Questions = len(questions)
	page.Parts = []docket.PackPart{part(docket.PartPromises, promises, packLines), measures,
		part(docket.PartLamps, lines, packLines), part(docket.PartChanges, changes, packLines), part(docket.PartGaps, gaps, packLines),
		{Kind: docket.PartLoad, Lines: load}, part(docket.PartQuestions, questions, packQuestions)}
	page.Parts[2].More = max(0, len(shown)-packLines)
	for i := range changes {
		changes[i].Why = &docket.Said{Key: "pack.of_unit", Args: map[string]string{"unit": slot.Name}}
	}
	return page, row, changes, nil
}

// part cuts lines to what a page shows and says how many more there are.
func part(kind docket.PartKind, lines []docket.PackLine, most int) docket.PackPart {
	n := min(len(lines), most)
	return docket.PackPart{Kind: kind, Lines: append([]docket.PackLine{}, lines[:n]...), More: len(lines) - n}
}

// held are the matters a unit answers for, counted into its row.
func (p *packing) held(unit docket.UnitID, row *docket.Compare) []held {
	ids := p.app.answersFor(p.pl, p.view, docket.SystemScope(), p.s.Scope, p.field, unit)
	out := make([]held, 0, len(ids))
	for _, id := range ids {
		f, ok := p.view.Facts(id)
		if !ok {
			continue
		}
		h := held{id: id, f: f, gap: f.Course.Gap(p.pl.day)}
		h.lamp, h.why = p.view.Today().Why(f)
		if p.before != nil {
			h.was = p.before.Lamps[id]
		}
		p.body.Lamps[id] = h.lamp
		row.Matters++
		row.Lamps[h.lamp]++
		if f.Status.Open() {
			row.Open++
		}
		out = append(out, h)
	}
	return out
}

// pick chooses the lamps a page shows, the worst first, and those that changed
// since the last pack.
func pick(all []held) (shown, moved []held) {
	for _, h := range all {
		if h.lamp == docket.LampAct || h.lamp == docket.LampWatch || h.lamp == docket.LampNoData {
			shown = append(shown, h)
		}
		if h.was != "" && h.was != h.lamp {
			moved = append(moved, h)
		}
	}
	worst := func(x, y held) int {
		return cmp.Or(cmp.Compare(measure.Rank(x.lamp), measure.Rank(y.lamp)), cmp.Compare(x.f.Due, y.f.Due), cmp.Compare(x.id, y.id))
	}
	slices.SortFunc(shown, worst)
	slices.SortFunc(moved, worst)
	return shown, moved
}

// matterLines puts numbers and titles to the first of a list.
func (p *packing) matterLines(ctx context.Context, all []held) ([]docket.PackLine, error) {
	all = all[:min(len(all), packLines)]
	ids := make([]docket.MatterID, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	rows, err := p.r.LedgerLines(ctx, docket.SystemScope(), ids)
	if err != nil {
		return nil, err
	}
	by := map[docket.MatterID]*docket.LedgerLine{}
	for i := range rows {
		by[rows[i].ID] = &rows[i]
	}
	out := []docket.PackLine{}
	for _, h := range all {
		m := by[h.id]
		if m == nil {
			continue
		}
		line := docket.PackLine{Matter: h.id, No: m.No, Title: m.Title, Due: m.Due, Lamp: h.lamp, Why: new(docket.Said(h.why))}
		if h.was != h.lamp {
			line.Was = h.was
		}
		out = append(out, line)
	}
	return out, nil
}

// promises are what the unit had to keep since the last meeting, broken ones first.
func (p *packing) promises(unit docket.UnitID, row *docket.Compare) []docket.PackLine {
	order := []docket.Keeping{docket.KeepingBroken, docket.KeepingLate, docket.KeepingOpen, docket.KeepingKept}
	out := []docket.PackLine{}
	for _, k := range order {
		for _, v := range p.kept {
			if v.Keeping != k || !slices.Contains(v.Leads, unit) {
				continue
			}
			switch k {
			case docket.KeepingBroken:
				row.Broken++
			case docket.KeepingLate:
				row.KeptLate++
			case docket.KeepingKept:
				row.Kept++
			}
			out = append(out, docket.PackLine{Said: sentence("promise." + string(v.Kind)), Matter: v.Matter, No: v.No, Title: cut(v.Text, 120), Due: v.Due, Lamp: v.Lamp, Keeping: k})
		}
	}
	return out
}

// measures are the unit's measures, those furthest behind their plan first.
func (p *packing) measures(ctx context.Context, all []held) (shown docket.PackPart, err error) {
	shown = docket.PackPart{Kind: docket.PartMeasures, Lines: []docket.PackLine{}}
	var measured []held
	for _, h := range all {
		if len(h.f.Course) > 0 && h.f.Status.Open() {
			measured = append(measured, h)
		}
	}
	slices.SortStableFunc(measured, func(x, y held) int { return cmp.Compare(x.gap, y.gap) })
	top := measured[:min(len(measured), packMeasures)]
	shown.More = len(measured) - len(top)
	for _, h := range top {
		m, err := p.r.Matter(ctx, docket.SystemScope(), h.id)
		if err != nil {
			return shown, err
		}
		page, err := p.app.measurePage(ctx, p.r, &m, p.pl.day, p.now)
		if err != nil {
			return shown, err
		}
		if len(page.Items) == 0 {
			continue // withdrawn a moment ago
		}
		worst := slices.MinFunc(page.Items, func(x, y MeasureView) int { return cmp.Compare(x.Pace.Gap, y.Pace.Gap) })
		f := docket.Figure{Name: cmp.Or(worst.Name, m.Title), Unit: worst.Unit, Direction: worst.Direction, Target: worst.Target, High: worst.High,
			Plan: append([]docket.Point{}, worst.Line...), Actual: append([]docket.Point{}, worst.Held...), Gap: worst.Pace.Gap}
		if n := len(worst.Held); n > 0 {
			f.AsOf = worst.Held[n-1].Day
		}
		shown.Lines = append(shown.Lines, docket.PackLine{Matter: m.ID, No: m.No, Title: m.Title, Due: m.Due, Lamp: worst.Lamp, Why: new(docket.Said(worst.Reason)), Figure: &f})
	}
	return shown, nil
}

// gaps counts what is missing in the unit's open matters, by kind, with the first
// few named.
func (p *packing) gaps(all []held, row *docket.Compare) []docket.PackLine {
	kinds := []struct {
		key string
		fit func(*held) bool
	}{
		{"gap.no_plan", func(h *held) bool { return h.f.Status == docket.Accepted }},
		{"gap.no_report", func(h *held) bool { return h.f.Status == docket.InProgress && h.f.Reported == 0 }},
		{"gap.no_measure", func(h *held) bool { return h.f.Status == docket.InProgress && len(h.f.Course) == 0 }},
		{"gap.no_evidence", func(h *held) bool {
			return p.bare[h.id] && (h.f.Status == docket.InProgress && h.f.Reported != 0 || h.f.Status == docket.Claimed)
		}},
		{"gap.unverified", func(h *held) bool { return h.f.Status == docket.Claimed }},
	}
	out := []docket.PackLine{}
	for _, k := range kinds {
		var of []docket.MatterID
		for i := range all {
			if k.fit(&all[i]) {
				of = append(of, all[i].id)
			}
		}
		if len(of) > 0 {
			row.Gaps += len(of)
			out = append(out, docket.PackLine{Said: sentence(k.key, "n", strconv.Itoa(len(of))), Matter: of[0]})
		}
	}
	return out
}

// load is how much the unit carries and how well it answers.
func (p *packing) load(ctx context.Context, unit docket.UnitID, row *docket.Compare) ([]docket.PackLine, error) {
	below := p.pl.tree.Below(p.pl.tree.Carried(unit)...)
	owed, err := p.r.DueBetween(ctx, below, p.since, p.pl.day)
	if err != nil {
		return nil, err
	}
	for i := range owed {
		row.Due++
		switch o := &owed[i]; {
		case o.Open():
			if o.Late(p.now, p.app.cfg.Location) {
				row.Late++
			}
		case !o.Late(p.now, p.app.cfg.Location):
			row.OnTime++
		}
	}
	back, err := p.r.ReturnedReports(ctx, below)
	if err != nil {
		return nil, err
	}
	row.Returned = len(back)
	return []docket.PackLine{
		{Said: sentence("load.matters", "n", strconv.Itoa(row.Matters), "open", strconv.Itoa(row.Open))},
		{Said: sentence("load.answers", "due", strconv.Itoa(row.Due), "on_time", strconv.Itoa(row.OnTime), "late", strconv.Itoa(row.Late))},
		{Said: sentence("load.returned", "n", strconv.Itoa(row.Returned))},
	}, nil
}

// questionsOf are what is worth asking, the gravest first, each with its source.
func questionsOf(promises, measures, lamps, gaps []docket.PackLine, row *docket.Compare) []docket.PackLine {
	out := []docket.PackLine{}
	ask := func(key string, from docket.PackLine, source string, args ...string) {
		out = append(out, docket.PackLine{Said: sentence("question."+key, args...), Matter: from.Matter, No: from.No, Title: from.Title, Due: from.Due, Why: &docket.Said{Key: "source." + source}})
	}
	for _, l := range promises {
		if l.Keeping == docket.KeepingBroken {
			ask("broken", l, "promise", "title", l.Title, "due", l.Due.String())
		}
	}
	for _, l := range measures {
		if l.Figure != nil && l.Figure.Gap <= -askBehind {
			ask("off_plan", l, "measure", "name", l.Figure.Name, "points", strconv.Itoa(int(-l.Figure.Gap)))
		}
	}
	for _, l := range lamps {
		if l.Lamp == docket.LampAct && !slices.ContainsFunc(out, func(o docket.PackLine) bool { return o.Matter == l.Matter }) {
			ask("act", l, "lamp", "title", l.Title, "no", l.No)
		}
	}
	for _, l := range gaps {
		if l.Key == "gap.no_evidence" || l.Key == "gap.no_plan" {
			ask(l.Key[len("gap."):], l, "gap", "n", l.Args["n"])
		}
	}
	if row.Returned >= 2 {
		ask("returned", docket.PackLine{}, "load", "n", strconv.Itoa(row.Returned))
	}
	return out
}

// askBehind is from how many percentage points behind its plan a measure is asked about.
const askBehind = 10

// openClauses counts the clauses of the scope's directives nobody has taken up.
func (p *packing) openClauses(ctx context.Context) ([]docket.PackLine, error) {
	out := []docket.PackLine{}
	for _, id := range p.s.Scope.Directives {
		d, err := p.r.Directive(ctx, docket.SystemScope(), id)
		if err != nil {
			return nil, err
		}
		clauses, err := p.r.Clauses(ctx, docket.SystemScope(), id)
		if err != nil {
			return nil, err
		}
		n := coverage(p.view, clauses, id)
		out = append(out, docket.PackLine{Said: sentence("gap.clauses", "n", strconv.Itoa(n.Open), "of", strconv.Itoa(n.Clauses)), Title: d.Title})
	}
	return out, nil
}

// topicLines are what is to be decided.
func topicLines(pl *place, topics []docket.Topic) []docket.PackLine {
	out := []docket.PackLine{}
	for _, t := range topics {
		line := docket.PackLine{Matter: t.Matter, No: t.No, Title: t.Text, Why: &docket.Said{Key: "topic." + string(t.Kind)}}
		if t.Said != nil {
			line.Said = docket.Said{Key: t.Said.Key, Args: maps.Clone(t.Said.Args)}
		}
		if t.Unit != 0 {
			if line.Args == nil {
				line.Args = map[string]string{}
			}
			line.Args["unit"] = pl.tree.Name(t.Unit)
		}
		out = append(out, line)
	}
	return out
}
