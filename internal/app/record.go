package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading"
)

// readLine reads a line as the directory and the meeting's day would have it.
func (a *App) readLine(pl *place, s *docket.Stocktake, text string, today docket.Date) reading.Line {
	return reading.ReadLine(text, reading.LineOptions{Known: pl.knows(s.Owner), On: today})
}

// ReadLine shows how a line that is being typed would be recorded.
func (a *App) ReadLine(ctx context.Context, actor docket.Actor, id docket.StocktakeID, text string) (LineView, error) {
	if err := allow(&actor, docket.ActConvene); err != nil {
		return LineView{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return LineView{}, err
	}
	var s docket.Stocktake
	var rules docket.Rules
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		if s, err = r.Stocktake(ctx, actor.Scope(), id); err != nil {
			return err
		}
		rules, err = rulesOf(ctx, r)
		return err
	})
	if err != nil {
		return LineView{}, err
	}
	line := a.readLine(pl, &s, text, pl.day)
	v := LineView{Kind: docket.ItemKind(line.Kind), Text: line.Text, Parties: []LineParty{}, Measures: []string{}, Findings: line.Findings}
	if v.Findings == nil {
		v.Findings = []docket.Finding{}
	}
	for _, p := range line.Parties {
		as := docket.Assignment{Party: p}
		pl.match(&as, s.Owner, map[string]docket.Match{})
		v.Parties = append(v.Parties, LineParty{Role: p.Role, Name: p.Name, Unit: as.Unit, All: p.Vague, Suggested: pl.refs(as.Suggested)})
	}
	v.Due, v.ByRule = a.lineDue(line.Dues, rules, pl.day)
	for _, d := range line.Dues {
		if v.DueSaid == "" && d.Kind != docket.DueValidity {
			v.DueSaid = text[d.Prov.Span.Start:d.Prov.Span.End]
		}
	}
	for _, m := range line.Measures {
		v.Measures = append(v.Measures, m.Words)
	}
	if v.Kind == docket.ItemPrinciple {
		v.Ask = string(docket.ItemPrinciple)
	}
	return v, nil
}

// lineDue is the day a line is to be done by: the last it names, else the rule's.
func (a *App) lineDue(dues []docket.Due, rules docket.Rules, today docket.Date) (on docket.Date, byRule bool) {
	if set := daysOf(a.calendar(), dues, today, today); set.Due != 0 {
		return set.Due, false
	}
	on, _, _ = a.reckon(rules.Decided, a.cfg.Clock())
	return on, true
}

// Record keeps one line of a meeting's record; what somebody has to act on is a
// matter, registered and handed over, when it returns. A line sent twice under
// its key is recorded once.
func (a *App) Record(ctx context.Context, actor docket.Actor, id docket.StocktakeID, n NewItem) (ItemView, error) {
	var kept docket.Item
	err := a.onRecord(ctx, actor, id, n, &kept)
	if err != nil {
		return ItemView{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return ItemView{}, err
	}
	var v ItemView
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		all, err := a.viewItems(ctx, r, &actor, pl, []docket.Item{kept})
		if err == nil {
			v = all[0]
		}
		return err
	})
	return v, err
}

// errKept ends a change that was made before.
var errKept = errors.New("the line is on the record already")

func (a *App) onRecord(ctx context.Context, actor docket.Actor, id docket.StocktakeID, n NewItem, kept *docket.Item) error {
	err := a.onStocktake(ctx, actor, docket.VerbRecord, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		if s.Status != docket.StocktakeSitting && s.Status != docket.StocktakeClosed {
			return docket.Entry{}, docket.Errorf(docket.Conflict, "stocktake.not_open", "lines are recorded while the meeting sits, and until its minutes are issued")
		}
		old, ok, err := c.ItemByKey(ctx, s.ID, n.Key)
		if err != nil {
			return docket.Entry{}, err
		}
		if ok {
			*kept = old
			return docket.Entry{}, errKept
		}
		it := docket.Item{Stocktake: s.ID, Key: n.Key, Kind: n.Kind, Unit: n.Unit, Text: strings.TrimSpace(n.Text), Topic: n.Topic, ClauseOrd: -1, By: actor.Person.ID, At: c.Now(),
			Leads: []docket.UnitID{}, Supports: []docket.UnitID{}}
		if err := it.Validate(); err != nil {
			return docket.Entry{}, err
		}
		if err := guardWords(it.Text); err != nil {
			return docket.Entry{}, err
		}
		if err := a.notTwice(ctx, c, s, &it); err != nil {
			return docket.Entry{}, err
		}
		switch {
		case n.Leader:
			err = a.leaderPromise(ctx, c, s, &it, n)
		case it.Kind.Acts():
			err = a.becomeMatter(ctx, c, s, &it, n)
		}
		if err != nil {
			return docket.Entry{}, err
		}
		if err := c.PutItem(ctx, &it); err != nil {
			return docket.Entry{}, err
		}
		if topic := s.Topic(it.Topic); topic != nil {
			topic.Item = it.ID
		}
		*kept = it
		return docket.Entry{Directive: s.Directive, Matter: it.Matter, Unit: it.Unit, After: note("item", it.ID, "kind", it.Kind, "text", it.Text, "topic", it.Topic)}, nil
	})
	if err == errKept {
		return nil
	}
	return err
}

// notTwice refuses what another secretary has just recorded: the same topic, or
// the same words of the same kind.
func (a *App) notTwice(ctx context.Context, c *Change, s *docket.Stocktake, it *docket.Item) error {
	all, err := c.Items(ctx, s.ID)
	if err != nil {
		return err
	}
	topic := s.Topic(it.Topic)
	if it.Topic != "" && topic == nil {
		return docket.Errorf(docket.Conflict, "stocktake.topic_gone", "this topic is no longer on the agenda")
	}
	for i := range all {
		x := &all[i]
		same := x.Kind == it.Kind && squeeze(x.Text) == squeeze(it.Text)
		if !x.Stands() || !same && (topic == nil || topic.Item != x.ID) {
			continue
		}
		by, err := c.Person(ctx, x.By)
		if err != nil {
			return err
		}
		return docket.Errorf(docket.Conflict, "stocktake.recorded", by.Name+" has just recorded this: "+x.Text, "name", by.Name, "text", cut(x.Text, 60), "no", x.No)
	}
	return nil
}

// squeeze is a text without its white space and end marks, to tell whether two say the same.
func squeeze(s string) string { return strings.Trim(strings.Join(strings.Fields(s), ""), "。.;；") }

// leaderPromise keeps a promise of the chair's own: no unit's matter, theirs to keep.
func (a *App) leaderPromise(ctx context.Context, c *Change, s *docket.Stocktake, it *docket.Item, n NewItem) error {
	rules, err := rulesOf(ctx, c)
	if err != nil {
		return err
	}
	it.Kind, it.Leader, it.Due = docket.ItemCommitment, s.Chair, n.Due
	if it.Due == 0 {
		it.Due, it.ByRule = a.lineDue(a.readLine(c.Place, s, it.Text, c.Today).Dues, rules, c.Today)
	}
	if it.Due < c.Today {
		return pastDay(it.Due)
	}
	return nil
}

func pastDay(d docket.Date) error {
	return &docket.Error{Code: docket.Invalid, Key: "item.invalid", Message: "the line cannot be recorded as it stands",
		Fields: []docket.FieldError{{Field: "due", Key: "stocktake.past_day", Args: map[string]string{"day": d.String()}, Message: d.String() + " has passed: name a day to come"}}}
}

// becomeMatter makes a line the next clause of the meeting's directive and a
// matter of it, and hands that over.
func (a *App) becomeMatter(ctx context.Context, c *Change, s *docket.Stocktake, it *docket.Item, n NewItem) error {
	if err := c.freshPlace(ctx); err != nil { // a unit may have ended since the meeting was convened
		return err
	}
	rules, err := rulesOf(ctx, c)
	if err != nil {
		return err
	}
	line := a.readLine(c.Place, s, it.Text, c.Today)
	m := &docket.Matter{Owner: s.Owner, Status: docket.Draft, Requirement: it.Text, Title: titleOf(line.Text), Strength: docket.Deliver,
		Dues: append([]docket.Due{}, line.Dues...), Measures: append([]docket.MeasureRead{}, line.Measures...), Findings: []docket.Finding{},
		Span: docket.Span{End: len(it.Text)}}
	if m.Title == "" {
		m.Title = titleOf(it.Text)
	}
	if m.Assignments, err = a.lineParts(c, s, it, n, line); err != nil {
		return err
	}
	if m.Due = n.Due; m.Due == 0 {
		m.Due, it.ByRule = a.lineDue(line.Dues, rules, c.Today)
	}
	if m.Due < c.Today {
		return pastDay(m.Due)
	}
	m.FirstDue, it.Due = m.Due, m.Due
	if err := m.Validate(); err != nil {
		return err
	}
	if f := m.Blockers(docket.MoveContext{Tree: c.Place.tree}); len(f) > 0 {
		return &docket.Error{Code: docket.Invalid, Key: "item.invalid", Message: "the line cannot be recorded as it stands", Fields: f}
	}
	if err := a.placeClause(ctx, c, s, it, m); err != nil {
		return err
	}
	if err := c.InsertMatters(ctx, []*docket.Matter{m}); err != nil {
		return err
	}
	if err := a.assign(ctx, c, []*docket.Matter{m}); err != nil {
		return err
	}
	it.Matter, it.No = m.ID, m.No
	for i := range m.Assignments {
		as := &m.Assignments[i]
		if as.Answers() {
			it.Leads = append(it.Leads, as.Unit)
		} else {
			it.Supports = append(it.Supports, as.Unit)
		}
	}
	return nil
}

// lineParts are who acts: as the secretary chose, else as read. Everybody, where
// a line says 各单位, is everybody who reports; what a unit promises is its own.
func (a *App) lineParts(c *Change, s *docket.Stocktake, it *docket.Item, n NewItem, line reading.Line) ([]docket.Assignment, error) {
	var out []docket.Assignment
	add := func(role docket.PartyRole, unit docket.UnitID, p docket.Party) {
		if slices.ContainsFunc(out, func(x docket.Assignment) bool { return x.Unit == unit && unit != 0 }) {
			return
		}
		p.Role = role
		if p.Name == "" {
			p.Name = c.Place.tree.Name(unit)
		}
		out = append(out, docket.Assignment{Party: p, Unit: unit})
	}
	if n.Parties != nil {
		for _, p := range n.Parties {
			for _, u := range p.Units {
				add(p.Role, u, docket.Party{From: docket.Provenance{Origin: docket.ByHand}})
			}
		}
		return out, c.partsStand(out)
	}
	for _, p := range line.Parties {
		if p.Vague {
			for _, u := range s.Units() {
				add(docket.Several, u, docket.Party{From: p.From, Written: p.Name})
			}
			continue
		}
		as := docket.Assignment{Party: p}
		c.Place.match(&as, s.Owner, map[string]docket.Match{})
		if as.Unit == 0 && p.Role != docket.LeaderRole {
			return nil, &docket.Error{Code: docket.Invalid, Key: "item.invalid", Message: "the line cannot be recorded as it stands", Fields: []docket.FieldError{
				{Field: "parties", Key: "stocktake.unknown_unit", Args: map[string]string{"name": p.Name}, Message: "the directory knows no unit called " + p.Name}}}
		}
		p.Vague, p.Open, p.Unsure = false, false, false
		add(p.Role, as.Unit, p)
	}
	if len(out) == 0 && it.Kind == docket.ItemCommitment && it.Unit != 0 {
		add(docket.Lead, it.Unit, docket.Party{From: docket.Provenance{Origin: docket.ByHand}})
	}
	return out, nil
}

// partsStand refuses parts of units that do not exist or have ended.
func (c *Change) partsStand(parts []docket.Assignment) error {
	units := make([]docket.UnitID, len(parts))
	for i := range parts {
		units[i] = parts[i].Unit
	}
	return c.standingUnits(units)
}

// placeClause makes the line the next clause of the meeting's directive, which
// comes to be with its first.
func (a *App) placeClause(ctx context.Context, c *Change, s *docket.Stocktake, it *docket.Item, m *docket.Matter) error {
	if s.Directive == 0 {
		d := docket.Directive{Owner: s.Owner, Title: s.Title, Issuer: c.Place.tree.Name(s.Owner), IssuedOn: s.On, Level: docket.UnitLevel, Lang: LangOf(s.Title), Status: docket.Adopted,
			Addressees: []string{}, Parents: []docket.ParentRef{}, Findings: []docket.Finding{}, ImportedBy: c.Actor.Person.ID, ImportedAt: c.Now(), AdoptedAt: c.Now()}
		if u := c.Place.tree.Unit(s.Owner); u != nil {
			d.Level = u.Level
		}
		for _, id := range s.Scope.Directives {
			if p, err := c.Directive(ctx, c.Actor.Scope(), id); err == nil {
				d.Parents = append(d.Parents, docket.ParentRef{Title: p.Title, Number: p.Number, Directive: id})
			}
		}
		if err := c.PutDirective(ctx, &d); err != nil {
			return err
		}
		s.Directive = d.ID
	}
	n, err := c.CountClauses(ctx, s.Directive)
	if err != nil {
		return err
	}
	label := fmt.Sprintf("%d.", n+1)
	added := []docket.Clause{{Directive: s.Directive, Ord: n, Parent: -1, Kind: docket.KindClause, Part: docket.PartBody, Label: label, Path: label, Text: it.Text}}
	if err := c.InsertClauses(ctx, added); err != nil {
		return err
	}
	it.ClauseOrd = n
	m.Directive, m.Clause, m.ClauseOrd, m.Ord = s.Directive, added[0].ID, it.ClauseOrd, it.ClauseOrd
	return nil
}

// LangOf is the language a title is in.
func LangOf(title string) string {
	if strings.ContainsFunc(title, func(c rune) bool { return c >= 0x3400 && c <= 0x9FFF }) {
		return "zh"
	}
	return "en"
}

// Strike takes a line off the record, with the reason; it stays visible, struck
// out. A matter made of it goes too while nobody has taken it up.
func (a *App) Strike(ctx context.Context, actor docket.Actor, id docket.StocktakeID, item docket.ItemID, reason string) (StocktakePage, error) {
	err := a.onStocktake(ctx, actor, docket.VerbStrike, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		if s.Status != docket.StocktakeSitting && s.Status != docket.StocktakeClosed {
			return docket.Entry{}, docket.Errorf(docket.Conflict, "stocktake.issued", "the minutes have been issued: the record is no longer changed")
		}
		it, err := itemOf(ctx, c, s.ID, item)
		if err != nil {
			return docket.Entry{}, err
		}
		if !it.Stands() {
			return docket.Entry{}, nil
		}
		if strings.TrimSpace(reason) == "" {
			return docket.Entry{}, faultAt("item.invalid", "reason", "field.required", "say why the line is taken off")
		}
		it.Struck, it.Reason = c.Now(), cut(reason, docket.MaxTopicWords)
		if it.Matter != 0 {
			if err := a.undo(ctx, c, it.Matter, it.Reason); err != nil {
				return docket.Entry{}, err
			}
		}
		for i := range s.Topics {
			if s.Topics[i].Item == it.ID {
				s.Topics[i].Item = 0
			}
		}
		if err := c.PutItem(ctx, &it); err != nil {
			return docket.Entry{}, err
		}
		return docket.Entry{Directive: s.Directive, Matter: it.Matter, Reason: it.Reason, After: note("item", it.ID)}, nil
	})
	if err != nil {
		return StocktakePage{}, err
	}
	return a.Stocktake(ctx, actor, id)
}

func itemOf(ctx context.Context, r docket.Reader, id docket.StocktakeID, item docket.ItemID) (docket.Item, error) {
	all, err := r.Items(ctx, id)
	if err != nil {
		return docket.Item{}, err
	}
	i := slices.IndexFunc(all, func(x docket.Item) bool { return x.ID == item })
	if i < 0 {
		return docket.Item{}, notFound()
	}
	return all[i], nil
}

// undo stops a matter that was recorded by mistake. Once a unit has taken it up it
// is a matter like any other, stopped by its leader only.
func (a *App) undo(ctx context.Context, c *Change, id docket.MatterID, reason string) error {
	st, err := a.bring(ctx, c, docket.SystemScope(), id)
	if err != nil {
		return err
	}
	if st.m.Status != docket.Assigned {
		return docket.Errorf(docket.Conflict, "stocktake.taken_up", "a unit has taken "+st.m.No+" up already: stop the matter instead", "no", st.m.No)
	}
	if err := st.proceed(docket.VerbStop, 0, docket.Deed{Words: reason}); err != nil {
		return err
	}
	if err := st.leave(ctx); err != nil {
		return err
	}
	c.Verb = docket.VerbStrike // what is recorded next is the line's again
	return st.record(ctx, docket.Entry{Verb: docket.VerbStop, Reason: reason})
}

// KeepPromise says that a promise of the leader's own was kept, and when.
func (a *App) KeepPromise(ctx context.Context, actor docket.Actor, id docket.StocktakeID, item docket.ItemID, on docket.Date) (StocktakePage, error) {
	err := a.onStocktake(ctx, actor, docket.VerbKeep, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		it, err := itemOf(ctx, c, s.ID, item)
		if err != nil {
			return docket.Entry{}, err
		}
		if it.Leader == 0 || !it.Stands() {
			return docket.Entry{}, docket.Errorf(docket.Conflict, "stocktake.no_promise", "this line is no promise of the leader's own")
		}
		if on == 0 {
			on = c.Today
		}
		if on > c.Today {
			return docket.Entry{}, faultAt("item.invalid", "on", "measure.future", "the day lies in the future")
		}
		it.KeptOn = on
		if err := c.PutItem(ctx, &it); err != nil {
			return docket.Entry{}, err
		}
		return docket.Entry{Person: it.Leader, After: note("item", it.ID, "kept_on", on)}, nil
	})
	if err != nil {
		return StocktakePage{}, err
	}
	return a.Stocktake(ctx, actor, id)
}

// itemViews are the lines of a meeting's record with how their matters stand.
func (a *App) itemViews(ctx context.Context, r docket.Reader, actor *docket.Actor, pl *place, s *docket.Stocktake) ([]ItemView, error) {
	all, err := r.Items(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	return a.viewItems(ctx, r, actor, pl, all)
}

// viewItems puts names to lines. With an actor it says how the matters in their
// scope stand; without one it says what everybody in the room may hear.
func (a *App) viewItems(ctx context.Context, r docket.Reader, actor *docket.Actor, pl *place, all []docket.Item) ([]ItemView, error) {
	out := make([]ItemView, 0, len(all))
	matters := map[docket.MatterID]*docket.Matter{}
	if actor != nil {
		var ids []docket.MatterID
		for i := range all {
			if all[i].Matter != 0 {
				ids = append(ids, all[i].Matter)
			}
		}
		found, err := r.Matters(ctx, actor.Scope(), ids)
		if err != nil {
			return nil, err
		}
		for i := range found {
			matters[found[i].ID] = &found[i]
		}
	}
	known := names{0: ""}
	view := a.board.View(a.lampDay(pl.day))
	for _, it := range all {
		v := ItemView{Item: it, UnitName: pl.tree.Name(it.Unit), LeadRefs: pl.refs(it.Leads), Helpers: pl.refs(it.Supports)}
		var err error
		if v.ByName, err = known.of(ctx, r, it.By); err != nil {
			return nil, err
		}
		if v.LeaderName, err = known.of(ctx, r, it.Leader); err != nil {
			return nil, err
		}
		switch m := matters[it.Matter]; {
		case it.Leader != 0 && it.Stands():
			v.Keeping, v.DoneOn = docket.KeepingOf("", it.Due, it.KeptOn, pl.day), it.KeptOn
		case m != nil:
			v.Status = m.Status
			v.Lamp, _ = a.lampOf(view, m.ID)
			if at := m.ClaimedAt(); m.Status.Landed() && !at.IsZero() {
				v.DoneOn = a.dayOf(at)
			}
			v.Keeping = docket.KeepingOf(m.Status, m.AssessedOn(), v.DoneOn, pl.day)
		default:
			v.Matter = 0
		}
		out = append(out, v)
	}
	return out, nil
}

// landingOf counts what became of lines.
func landingOf(items []ItemView) (l Landing) {
	for i := range items {
		v := &items[i]
		if !v.Stands() || !v.Kind.Acts() || v.Keeping == "" {
			continue
		}
		l.Acts++
		if v.Status.Landed() || v.Leader != 0 && v.KeptOn != 0 {
			l.Landed++
		}
		switch v.Keeping {
		case docket.KeepingKept:
			l.Kept++
		case docket.KeepingLate:
			l.KeptLate++
		case docket.KeepingBroken:
			l.Broken++
		case docket.KeepingOpen:
			l.Open++
		}
	}
	return l
}
