package app

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// Lines shown of one part: a page is one page, never two.
const (
	packLines     = 8
	packMeasures  = 3
	packQuestions = 5
)

// held is one matter of a unit as the board has it.
type held struct {
	id   docket.MatterID
	lamp docket.Lamp
	why  measure.Reason
	was  docket.Lamp
	f    measure.Facts
	gap  int32 // of its worst measure, in hundredths of a point
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

// matterPart shows the first of the matters with their numbers and titles.
func (p *packing) matterPart(ctx context.Context, kind docket.PartKind, all []held) (docket.PackPart, error) {
	shown := all[:min(len(all), packLines)]
	out := docket.PackPart{Kind: kind, Lines: []docket.PackLine{}, More: len(all) - len(shown)}
	ids := make([]docket.MatterID, len(shown))
	for i := range shown {
		ids[i] = shown[i].id
	}
	rows, err := p.r.LedgerLines(ctx, docket.SystemScope(), ids)
	if err != nil {
		return out, err
	}
	by := map[docket.MatterID]*docket.LedgerLine{}
	for i := range rows {
		by[rows[i].ID] = &rows[i]
	}
	for _, h := range shown {
		m := by[h.id]
		if m == nil {
			continue
		}
		line := docket.PackLine{Matter: h.id, No: m.No, Title: m.Title, Due: m.Due, Lamp: h.lamp, Why: new(docket.Said(h.why))}
		if h.was != h.lamp {
			line.Was = h.was
		}
		out.Lines = append(out.Lines, line)
	}
	return out, nil
}

// promises are what the unit had to keep since the last meeting, the gravest first.
func (p *packing) promises(unit docket.UnitID, row *docket.Compare) []docket.PackLine {
	var own []ItemView
	for i := range p.kept {
		if slices.Contains(p.kept[i].Leads, unit) {
			own = append(own, p.kept[i])
		}
	}
	l := landingOf(own)
	row.Kept, row.KeptLate, row.Broken = l.Kept, l.KeptLate, l.Broken
	return promiseLines(own)
}

// leaderPromises are the leaders' own, with which every pack opens.
func (p *packing) leaderPromises() []docket.PackLine {
	return promiseLines(slices.DeleteFunc(slices.Clone(p.kept), func(v ItemView) bool { return v.Leader == 0 }))
}

func promiseLines(kept []ItemView) []docket.PackLine {
	out := make([]docket.PackLine, 0, len(kept))
	for i := range kept {
		v := &kept[i]
		said := sentence("promise." + string(v.Kind))
		if v.Leader != 0 {
			said = sentence("promise.leader", "name", v.LeaderName)
		}
		out = append(out, docket.PackLine{Said: said, Matter: v.Matter, No: v.No, Title: cut(v.Text, 120), Due: v.Due, Lamp: v.Lamp, Keeping: v.Keeping})
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
			ask("off_plan", l, "measure", "name", l.Figure.Name, "points", strconv.Itoa(int(math.Round(-l.Figure.Gap))))
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
