package app

import (
	"context"
	"errors"
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
