package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// oweStatements makes every reporting unit owe a statement and tells it. It is
// drafted from the ledger whenever somebody looks at it, until it is sent.
func (a *App) oweStatements(ctx context.Context, c *Change, s *docket.Stocktake) error {
	have, err := c.Statements(ctx, s.ID)
	if err != nil {
		return err
	}
	for _, slot := range s.Slots {
		i := slices.IndexFunc(have, func(x docket.Statement) bool { return x.Unit == slot.Unit })
		if i >= 0 {
			if have[i].Due != s.Due {
				have[i].Due = s.Due
				if err := c.PutStatement(ctx, &have[i]); err != nil {
					return err
				}
			}
			continue
		}
		st := docket.Statement{Stocktake: s.ID, Unit: slot.Unit, Due: s.Due, Since: c.Now(), Status: docket.StatementDraft, Sections: []docket.Section{}, Promises: []docket.Promise{}}
		if err := c.PutStatement(ctx, &st); err != nil {
			return err
		}
		if err := a.tellUnit(ctx, c, s, slot.Unit); err != nil {
			return err
		}
	}
	return nil
}

// tellUnit tells a unit's people and head, and the leader, that it is to report.
func (a *App) tellUnit(ctx context.Context, c *Change, s *docket.Stocktake, unit docket.UnitID) error {
	to, err := c.unitPeople(ctx, unit)
	if err != nil {
		return err
	}
	to = union(to, []docket.PersonID{s.Convener})
	return a.tell(ctx, c, docket.Notice{Kind: docket.NoticeConvened, Unit: unit, Once: fmt.Sprintf("stocktake/%d/%d", s.ID, unit),
		Args: map[string]string{"title": s.Title, "on": s.On.String(), "due": s.Due.String(), "stocktake": strconv.FormatInt(int64(s.ID), 10)}}, to...)
}

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
	if err := d.read(ctx, r, st.Unit); err != nil {
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

// read loads the newest report of each matter that is not quite new.
func (d *drafting) read(ctx context.Context, r docket.Reader, unit docket.UnitID) error {
	d.newest = map[docket.MatterID]*docket.Report{}
	for i := range d.matters {
		if d.matters[i].Status == docket.Assigned {
			continue
		}
		all, err := r.MatterReports(ctx, d.matters[i].ID)
		if err != nil {
			return err
		}
		for k := range all {
			if all[k].Status == docket.ReportSent || all[k].Status == docket.ReportAccepted {
				d.newest[d.matters[i].ID] = &all[k]
			}
		}
	}
	return nil
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

// Statement gives one unit's statement for a meeting, with what the actor may do.
// Facts are as of now while the unit writes, and as they were once it is filed.
func (a *App) Statement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID) (StatementPage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return StatementPage{}, err
	}
	var page StatementPage
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		s, st, err := statementOf(ctx, r, &actor, id, unit)
		if err != nil {
			return err
		}
		if st.Editable() {
			if err := a.draftStatement(ctx, r, &s, &st); err != nil {
				return err
			}
		}
		page, err = a.statementPage(ctx, &actor, &s, st)
		return err
	})
	return page, err
}

// statementOf loads a statement through its meeting and the actor's scope.
func statementOf(ctx context.Context, r docket.Reader, actor *docket.Actor, id docket.StocktakeID, unit docket.UnitID) (s docket.Stocktake, st docket.Statement, err error) {
	if s, err = r.Stocktake(ctx, actor.Scope(), id); err != nil {
		return s, st, err
	}
	if !s.SeesUnit(actor, unit) {
		return s, st, notFound()
	}
	all, err := r.Statements(ctx, id)
	if err != nil {
		return s, st, err
	}
	i := slices.IndexFunc(all, func(x docket.Statement) bool { return x.Unit == unit })
	if i < 0 {
		return s, st, notFound()
	}
	return s, all[i], nil
}

func (a *App) statementPage(ctx context.Context, actor *docket.Actor, s *docket.Stocktake, st docket.Statement) (StatementPage, error) {
	pl, err := a.place(ctx)
	page := StatementPage{Statement: st, Title: s.Title, UnitName: pl.tree.Name(st.Unit), Takes: int(docket.SpeakingTime(st.Words()).Seconds()), Late: st.Late(pl.day), May: []string{}}
	if slot := s.Slot(st.Unit); slot != nil {
		page.Minutes = slot.Minutes
	}
	own := docket.Subject{Units: []docket.UnitID{st.Unit}}
	open := s.Status == docket.StocktakeConvened || s.Status == docket.StocktakeSitting
	add := func(may bool, act string) {
		if may && open {
			page.May = append(page.May, act)
		}
	}
	add(st.Editable() && docket.MayAct(actor, docket.ActState, own), "write")
	add(st.Editable() && docket.MayAct(actor, docket.ActState, own), "send")
	add(st.Status == docket.StatementSent && docket.MayAct(actor, docket.ActApprove, own), "approve")
	add(st.Status == docket.StatementSent && docket.MayAct(actor, docket.ActApprove, own) || st.Status == docket.StatementFiled && mayReturn(actor, s), "return")
	return page, err
}

// mayReturn: the office, and who has the chair, send a filed statement back.
func mayReturn(actor *docket.Actor, s *docket.Stocktake) bool {
	return docket.MayAct(actor, docket.ActConvene, docket.SubjectOfStocktake(s)) || docket.MayAct(actor, docket.ActIssue, docket.SubjectOfStocktake(s))
}

// onStatement is a change of one unit's statement.
func (a *App) onStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, version int64, fn func(context.Context, *Change, *docket.Stocktake, *docket.Statement) error) (StatementPage, error) {
	err := a.change(ctx, actor, docket.VerbState, func(ctx context.Context, c *Change) error {
		s, st, err := statementOf(ctx, c, &actor, id, unit)
		if err != nil {
			return err
		}
		before := st
		before.Sections, before.Promises = slices.Clone(st.Sections), slices.Clone(st.Promises)
		if err := fn(ctx, c, &s, &st); err != nil {
			return err
		}
		if version != 0 {
			if err := expect(before.Version, version); err != nil {
				return err
			}
		}
		if s.Status != docket.StocktakeConvened && s.Status != docket.StocktakeSitting {
			return docket.Errorf(docket.Conflict, "statement.over", "the meeting is over: its statements are no longer changed")
		}
		if err := c.PutStatement(ctx, &st); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Unit: unit, Reason: st.Reason, Before: note("status", before.Status), After: note("stocktake", s.ID, "status", st.Status)})
	})
	if err != nil {
		return StatementPage{}, err
	}
	return a.Statement(ctx, actor, id, unit)
}

// SaveStatement keeps what the unit has typed so far: words of each section by its
// kind, and promises. Facts are not the unit's to edit.
func (a *App) SaveStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, words map[docket.SectionKind]string, promises []docket.Promise, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		if err := c.May(docket.ActState, docket.Subject{Units: []docket.UnitID{unit}}); err != nil {
			return err
		}
		if !st.Editable() {
			return docket.Errorf(docket.Conflict, "statement.sent", "the statement is before the head or filed: take it back before changing it")
		}
		if err := a.draftStatement(ctx, c, s, st); err != nil {
			return err
		}
		for i := range st.Sections {
			if w, ok := words[st.Sections[i].Kind]; ok {
				st.Sections[i].Words = w
			}
		}
		st.Promises, st.Author = append([]docket.Promise{}, promises...), actor.Person.ID
		for i := range st.Promises {
			if m := st.Promises[i].Matter; m != 0 {
				if _, err := c.Matter(ctx, actor.Scope(), m); err != nil {
					return err
				}
			}
		}
		if err := guardWords(st.Words()); err != nil {
			return err
		}
		return st.Validate()
	})
}

// SendStatement puts it before the unit's head; sent by the head it is filed at once.
func (a *App) SendStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		own := docket.Subject{Units: []docket.UnitID{unit}}
		if err := c.May(docket.ActState, own); err != nil {
			return err
		}
		if !st.Editable() {
			return docket.Errorf(docket.Conflict, "statement.sent", "the statement has been sent already")
		}
		if err := st.Ready(c.Today); err != nil {
			return err
		}
		st.Status, st.Author, st.SentAt, st.Reason = docket.StatementSent, actor.Person.ID, c.Now(), ""
		if docket.MayAct(&actor, docket.ActApprove, own) {
			file(c, st, actor.Person.ID)
		}
		return nil
	})
}

func file(c *Change, st *docket.Statement, by docket.PersonID) {
	st.Status, st.Approver = docket.StatementFiled, by
	if st.FiledOn == 0 { // a statement that came back was on time if it first was
		st.FiledAt, st.FiledOn = c.Now(), c.Today
	}
}

// ApproveStatement lets it out, by the head.
func (a *App) ApproveStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		if err := c.May(docket.ActApprove, docket.Subject{Units: []docket.UnitID{unit}}); err != nil {
			return err
		}
		if st.Status != docket.StatementSent {
			return docket.Errorf(docket.Conflict, "statement.not_sent", "there is nothing before the head")
		}
		file(c, st, actor.Person.ID)
		return nil
	})
}

// ReturnStatement sends it back with the reason: by the head before it is filed,
// by the office or the chair afterwards.
func (a *App) ReturnStatement(ctx context.Context, actor docket.Actor, id docket.StocktakeID, unit docket.UnitID, reason string, version int64) (StatementPage, error) {
	return a.onStatement(ctx, actor, id, unit, version, func(ctx context.Context, c *Change, s *docket.Stocktake, st *docket.Statement) error {
		act, about := docket.ActApprove, docket.Subject{Units: []docket.UnitID{unit}} // the head's, until it is filed
		if st.Status == docket.StatementFiled || !docket.MayAct(&actor, act, about) {
			act, about = docket.ActConvene, docket.SubjectOfStocktake(s)
			if docket.MayAct(&actor, docket.ActIssue, about) {
				act = docket.ActIssue
			}
		}
		if err := c.May(act, about); err != nil {
			return err
		}
		if st.Editable() {
			return docket.Errorf(docket.Conflict, "statement.not_sent", "there is nothing to send back")
		}
		if strings.TrimSpace(reason) == "" {
			return faultAt("statement.invalid", "reason", "field.required", "say what is to be mended")
		}
		st.Status, st.Reason, st.Returner, st.ReturnedAt = docket.StatementReturned, cut(reason, docket.MaxTopicWords), actor.Person.ID, c.Now()
		return nil
	})
}
