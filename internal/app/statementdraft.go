package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// draftStatement fills a statement from the ledger: what it says in figures, and
// the unit's own words out of its newest reports.
func (a *App) draftStatement(ctx context.Context, r docket.Reader, s *docket.Stocktake, st *docket.Statement) error {
	d := &drafting{app: a, now: a.cfg.Clock()}
	var err error
	if d.pl, err = a.place(ctx); err != nil {
		return err
	}
	view := a.board.View(a.lampDay(d.pl.day))
	field, err := fieldMatters(ctx, r, s.Scope)
	if err != nil {
		return err
	}
	ids := a.answersFor(d.pl, view, docket.SystemScope(), s.Scope, field, st.Unit)
	if d.matters, err = r.Matters(ctx, docket.SystemScope(), ids[max(0, len(ids)-maxStated):]); err != nil {
		return err
	}
	for i := range d.matters {
		lamp, why := a.lampOf(view, d.matters[i].ID)
		d.lamps = append(d.lamps, lamp)
		d.whys = append(d.whys, why)
	}
	if err := d.read(ctx, r); err != nil {
		return err
	}
	st.AsOf = d.now
	fresh := []docket.Section{
		{Kind: docket.SectionStudy, Facts: d.study(ctx, r)},
		{Kind: docket.SectionCarryingOut, Facts: d.carrying(), Was: d.words(func(r *docket.Report) string { return r.Changed }, docket.LampWatch)},
		{Kind: docket.SectionAchievements, Facts: d.done(), Was: d.words(func(r *docket.Report) string { return r.Changed }, docket.LampCompleted)},
		{Kind: docket.SectionProblems, Facts: d.behind(), Was: d.words(func(r *docket.Report) string { return joined("\n", r.Problems, r.Help) }, "")},
		{Kind: docket.SectionCommitments, Facts: d.ahead()},
		{Kind: docket.SectionIdeas, Facts: []docket.PackLine{}},
	}
	for i := range fresh {
		fresh[i].Words = fresh[i].Was
		if k := slices.IndexFunc(st.Sections, func(x docket.Section) bool { return x.Kind == fresh[i].Kind }); k >= 0 && st.Sections[k].Words != st.Sections[k].Was {
			fresh[i].Words = st.Sections[k].Words // the unit has written here
		}
	}
	st.Sections = fresh
	return nil
}

// maxStated bounds the matters one statement draws on, the newest first; maxFacts
// the lines of one section.
const (
	maxStated = 2000
	maxFacts  = 12
)

// drafting is the gathering for one statement.
type drafting struct {
	app     *App
	pl      *place
	now     time.Time
	matters []docket.Matter
	lamps   []docket.Lamp
	whys    []measure.Reason
	newest  map[docket.MatterID]*docket.Report // that went out
}

// read loads the newest report of each matter.
func (d *drafting) read(ctx context.Context, r docket.Reader) error {
	ids := make([]docket.MatterID, len(d.matters))
	for i := range d.matters {
		ids[i] = d.matters[i].ID
	}
	all, err := r.NewestReports(ctx, ids)
	d.newest = make(map[docket.MatterID]*docket.Report, len(all))
	for i := range all {
		d.newest[all[i].Matter] = &all[i]
	}
	return err
}

// study counts the directives the unit's matters come from. Sessions of study join
// when they are kept.
func (d *drafting) study(ctx context.Context, r docket.Reader) []docket.PackLine {
	seen := map[docket.DirectiveID]int{}
	var order []docket.DirectiveID
	for i := range d.matters {
		if id := d.matters[i].Directive; id != 0 {
			if seen[id] == 0 {
				order = append(order, id)
			}
			seen[id]++
		}
	}
	out := []docket.PackLine{}
	for _, id := range order[:min(len(order), maxFacts)] {
		if dir, err := r.Directive(ctx, docket.SystemScope(), id); err == nil {
			out = append(out, docket.PackLine{Said: sentence("fact.directive", "n", strconv.Itoa(seen[id]), "number", dir.Number), Title: dir.Title})
		}
	}
	return out
}

// carrying counts how the matters stand.
func (d *drafting) carrying() []docket.PackLine {
	by := map[docket.Lamp]int{}
	open := 0
	for i, l := range d.lamps {
		by[l]++
		if d.matters[i].Status.Open() {
			open++
		}
	}
	n := func(ls ...docket.Lamp) (sum int) {
		for _, l := range ls {
			sum += by[l]
		}
		return sum
	}
	return []docket.PackLine{
		{Said: sentence("fact.matters", "n", strconv.Itoa(len(d.matters)), "open", strconv.Itoa(open), "done", strconv.Itoa(n(docket.LampCompleted, docket.LampStruckOff)))},
		{Said: sentence("fact.lamps", "on", strconv.Itoa(n(docket.LampOnCourse, docket.LampNotDue)), "watch", strconv.Itoa(n(docket.LampWatch)), "act", strconv.Itoa(n(docket.LampAct)), "none", strconv.Itoa(n(docket.LampNoData)))},
	}
}

// done lists what was completed, the newest first.
func (d *drafting) done() []docket.PackLine {
	return d.lines(func(i int) bool { return d.matters[i].Status.Landed() }, "fact.done")
}

// behind lists what shows that something must be done, the worst first.
func (d *drafting) behind() []docket.PackLine {
	return append(d.lines(func(i int) bool { return d.lamps[i] == docket.LampAct }, "fact.behind"), d.lines(func(i int) bool { return d.lamps[i] == docket.LampWatch }, "fact.behind")...)
}

// ahead lists what is due by the end of the year.
func (d *drafting) ahead() []docket.PackLine {
	year, _, _ := d.pl.day.Time().Date()
	end := docket.NewDate(year, time.December, 31)
	return d.lines(func(i int) bool {
		m := &d.matters[i]
		return m.Status.Open() && m.Due >= d.pl.day && m.Due <= end
	}, "fact.due")
}

func (d *drafting) lines(fit func(int) bool, key string) []docket.PackLine {
	out := []docket.PackLine{}
	for i := len(d.matters) - 1; i >= 0 && len(out) < maxFacts; i-- {
		if !fit(i) {
			continue
		}
		m := &d.matters[i]
		out = append(out, docket.PackLine{Said: sentence(key), Matter: m.ID, No: m.No, Title: m.Title, Due: m.Due, Lamp: d.lamps[i], Why: new(docket.Said(d.whys[i]))})
	}
	return out
}

// words joins what reports said, each once, up to what can be read out.
func (d *drafting) words(of func(*docket.Report) string, only docket.Lamp) string {
	var out []string
	n := 0
	for i := len(d.matters) - 1; i >= 0; i-- {
		r := d.newest[d.matters[i].ID]
		if r == nil || only == docket.LampCompleted && !d.matters[i].Status.Landed() || only == docket.LampWatch && d.matters[i].Status.Landed() {
			continue
		}
		text := strings.TrimSpace(of(r))
		if text == "" || slices.Contains(out, text) || n+len([]rune(text)) > maxDraftWords {
			continue
		}
		n += len([]rune(text))
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

// maxDraftWords bounds the words proposed for one section.
const maxDraftWords = 800

// joined puts together what is not empty.
func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), sep)
}

// sentence makes a sentence of the catalogue.
func sentence(key string, args ...string) docket.Said {
	s := docket.Said{Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if s.Args == nil {
			s.Args = map[string]string{}
		}
		s.Args[args[i]] = args[i+1]
	}
	return s
}
