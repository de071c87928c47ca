package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
)

// gatherTopics brings what lands on the agenda by itself up to date: requests
// nobody has answered, units that are silent, what the meeting before left open.
// What is settled elsewhere in the meantime goes; what people wrote stays. What waits
// still is not also left open by the meeting before.
func (a *App) gatherTopics(ctx context.Context, c *Change, s *docket.Stocktake) error {
	known := func(list []docket.Topic, key string) bool {
		return slices.ContainsFunc(list, func(t docket.Topic) bool { return t.Key == key })
	}
	var found []docket.Topic
	for _, gather := range []func(context.Context, *Change, *docket.Stocktake) ([]docket.Topic, error){a.requestTopics, a.silenceTopics, carriedTopics} {
		some, err := gather(ctx, c, s)
		if err != nil {
			return err
		}
		for _, t := range some {
			if t.Kind != docket.TopicCarried || !known(found, origin(t.Key)) {
				found = append(found, t)
			}
		}
	}
	s.Topics = slices.DeleteFunc(s.Topics, func(t docket.Topic) bool {
		return t.Item == 0 && t.Kind != docket.TopicOwn && !known(found, t.Key)
	})
	for _, t := range found {
		if !known(s.Topics, t.Key) && len(s.Topics) < docket.MaxTopics {
			s.Topics = append(s.Topics, t)
		}
	}
	return nil
}

// requestTopics are the requests of reporting units that wait for a word. They are
// looked for by their kind and not among the owner's units: a leader's word is owed
// for the unit that leads, and that may lie outside the meeting.
func (a *App) requestTopics(ctx context.Context, c *Change, s *docket.Stocktake) ([]docket.Topic, error) {
	owed, err := c.OwedBy(ctx, docket.OweDecide, docket.NewDate(9999, time.December, 31))
	if err != nil {
		return nil, err
	}
	ids := make([]docket.MatterID, len(owed))
	for i := range owed {
		ids[i] = owed[i].Matter
	}
	slices.Sort(ids)
	matters, err := c.Matters(ctx, docket.SystemScope(), slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	var out []docket.Topic
	for _, o := range owed {
		i, found := slices.BinarySearchFunc(matters, o.Matter, func(m docket.Matter, id docket.MatterID) int { return cmp.Compare(m.ID, id) })
		if !found || len(out) >= docket.MaxTopics {
			continue
		}
		m := &matters[i]
		if m.Owner != s.Owner || !inMeeting(s, m) {
			continue
		}
		asked, err := c.MatterRequests(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		i = slices.IndexFunc(asked, func(r docket.Request) bool { return int64(r.ID) == o.Ref })
		if i < 0 || s.Slot(asked[i].Unit) == nil {
			continue
		}
		r := &asked[i]
		out = append(out, docket.Topic{Key: "request/" + strconv.FormatInt(o.Ref, 10), Kind: docket.TopicRequest, Unit: r.Unit, Matter: m.ID, No: m.No,
			Said: &docket.Said{Key: requestTopic[r.Kind], Args: map[string]string{"title": m.Title, "words": cut(r.Words, 100)}}})
	}
	return out, nil
}

// requestTopic is the sentence of a topic for each kind of request.
var requestTopic = map[docket.RequestKind]string{
	docket.AskExtension: "stocktake.topic_extension", docket.AskDispute: "stocktake.topic_dispute", docket.AskPark: "stocktake.topic_park",
	docket.AskStop: "stocktake.topic_stop", docket.AskPlan: "stocktake.topic_plan",
}

// inMeeting reports whether a matter belongs to what the meeting is about.
func inMeeting(s *docket.Stocktake, m *docket.Matter) bool {
	return len(s.Scope.Directives) == 0 || slices.Contains(s.Scope.Directives, m.Directive)
}

// silenceTopics are the units that owe receipts, plans or reports beyond the day
// on which the office is told, or have said nothing for this meeting itself.
func (a *App) silenceTopics(ctx context.Context, c *Change, s *docket.Stocktake) ([]docket.Topic, error) {
	rules, err := rulesOf(ctx, c)
	if err != nil {
		return nil, err
	}
	said, err := c.Statements(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	limit, _ := a.calendar().AddWorkingDays(c.Today, -rules.ToOffice)
	var out []docket.Topic
	for _, slot := range s.Slots {
		owed, err := c.Owed(ctx, docket.Liaison, c.Place.tree.Below(c.Place.tree.Carried(slot.Unit)...))
		if err != nil {
			return nil, err
		}
		oldest, n := docket.Date(0), 0
		if i := slices.IndexFunc(said, func(st docket.Statement) bool { return st.Unit == slot.Unit }); i >= 0 && said[i].Silent(c.Today) {
			oldest, n = said[i].Due, 1
		}
		for _, o := range owed {
			silent := o.Kind == docket.OweAcknowledge || o.Kind == docket.OwePlan || o.Kind == docket.OweReport
			if silent && o.Due != 0 && o.Due < limit {
				n++
				if oldest == 0 || o.Due < oldest {
					oldest = o.Due
				}
			}
		}
		if n > 0 {
			out = append(out, docket.Topic{Key: fmt.Sprintf("silence/%d", slot.Unit), Kind: docket.TopicSilence, Unit: slot.Unit,
				Said: &docket.Said{Key: "stocktake.topic_silence", Args: map[string]string{"n": strconv.Itoa(n), "since": oldest.String()}}})
		}
	}
	return out, nil
}

// carriedTopics are what the meeting before left open.
func carriedTopics(ctx context.Context, c *Change, s *docket.Stocktake) ([]docket.Topic, error) {
	if s.Previous == 0 {
		return nil, nil
	}
	before, err := c.Stocktake(ctx, docket.SystemScope(), s.Previous)
	if err != nil {
		return nil, err
	}
	var out []docket.Topic
	for _, t := range before.Topics {
		if t.Item == 0 && t.Kind != docket.TopicSilence {
			t.Key, t.Kind = fmt.Sprintf("%s%d/%s", carried, before.ID, t.Key), docket.TopicCarried
			out = append(out, t)
		}
	}
	return out, nil
}

// carried begins the key of a topic of the meeting before; that meeting's number and
// the topic's own key follow.
const carried = "carried/"

// origin is the key a topic had before it was carried over, however often.
func origin(key string) string {
	for {
		rest, ok := strings.CutPrefix(key, carried)
		if !ok {
			return key
		}
		_, key, _ = strings.Cut(rest, "/")
	}
}

// GatherTopics brings the agenda up to date by hand, until the meeting is over.
func (a *App) GatherTopics(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (StocktakePage, error) {
	err := a.onStocktake(ctx, actor, docket.VerbConvene, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		if !s.Status.Open() {
			return docket.Entry{}, overAlready()
		}
		return docket.Entry{}, a.gatherTopics(ctx, c, s)
	})
	if err != nil {
		return StocktakePage{}, err
	}
	return a.Stocktake(ctx, actor, id)
}

func overAlready() error {
	return docket.Errorf(docket.Conflict, "stocktake.over", "the meeting is over")
}

// Suggest proposes a speaking order for units: the most typical good one first,
// then the lagging ones, each with the reason, then the rest in the order given.
func (a *App) Suggest(ctx context.Context, actor docket.Actor, scope docket.StocktakeScope, units []docket.UnitID) ([]SlotPlan, error) {
	if err := allow(&actor, docket.ActConvene); err != nil {
		return nil, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return nil, err
	}
	units = units[:min(len(units), docket.MaxSlots)]
	var found []docket.MatterID
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		found, err = fieldMatters(ctx, r, scope)
		return err
	})
	if err != nil {
		return nil, err
	}
	view := a.board.View(a.lampDay(pl.day))
	stands := make([]turn, len(units))
	for i, u := range units {
		ids := a.answersFor(pl, view, actor.Scope(), scope, found, u)
		stands[i] = turn{unit: u}
		for _, id := range ids {
			lamp, _ := a.lampOf(view, id)
			stands[i].count(lamp)
		}
	}
	return orderOfSpeaking(stands), nil
}

// turn is how a unit's matters stand, for the speaking order.
type turn struct {
	unit                docket.UnitID
	matters, good, late int
}

func (s *turn) count(l docket.Lamp) {
	s.matters++
	switch l {
	case docket.LampOnCourse, docket.LampCompleted, docket.LampStruckOff:
		s.good++
	case docket.LampAct:
		s.late++
	}
}

// Units with fewer matters than this are neither a good example nor lagging: one
// matter more or less would turn the share over.
const fewMatters = 3

// orderOfSpeaking puts the best share of good lamps first and then the worst
// shares of red ones; at most a third of the list counts as lagging.
func orderOfSpeaking(all []turn) []SlotPlan {
	out := make([]SlotPlan, 0, len(all))
	left := slices.Clone(all)
	take := func(i int, key string) {
		x := left[i]
		p := SlotPlan{Unit: x.unit, Minutes: usualMinutes}
		if key != "" {
			p.Why = &docket.Said{Key: key, Args: map[string]string{"n": strconv.Itoa(x.matters), "good": strconv.Itoa(x.good), "late": strconv.Itoa(x.late)}}
		}
		out, left = append(out, p), slices.Delete(left, i, i+1)
	}
	best := func(better func(x, y *turn) bool, fit func(*turn) bool) int {
		found := -1
		for i := range left {
			if x := &left[i]; fit(x) && (found < 0 || better(x, &left[found])) {
				found = i
			}
		}
		return found
	}
	enough := func(x *turn) bool { return x.matters >= fewMatters }
	if i := best(func(x, y *turn) bool { return x.good*y.matters > y.good*x.matters }, func(x *turn) bool { return enough(x) && x.late == 0 && x.good > 0 }); i >= 0 {
		take(i, "stocktake.why_good")
	}
	for range (len(all) + 2) / 3 {
		i := best(func(x, y *turn) bool { return x.late*y.matters > y.late*x.matters }, func(x *turn) bool { return enough(x) && x.late > 0 })
		if i < 0 {
			break
		}
		take(i, "stocktake.why_lagging")
	}
	for len(left) > 0 {
		take(0, "")
	}
	return out
}

// fieldMatters are the matters whose words are of the scope's field; nil where it
// names none.
func fieldMatters(ctx context.Context, r docket.Reader, scope docket.StocktakeScope) ([]docket.MatterID, error) {
	if scope.Field == "" {
		return nil, nil
	}
	return r.SearchMatters(ctx, scope.Field)
}

// answersFor are the matters of a meeting's scope that a unit, or one below it,
// leads or has a part of its own in; ascending.
func (a *App) answersFor(pl *place, view board.View, who docket.Scope, scope docket.StocktakeScope, field []docket.MatterID, unit docket.UnitID) []docket.MatterID {
	var out []docket.MatterID
	directives := scope.Directives
	if len(directives) == 0 {
		directives = []docket.DirectiveID{0}
	}
	for _, d := range directives {
		for _, role := range []docket.PartyRole{docket.Lead, docket.Several} {
			q := board.Query{LedgerQuery: docket.LedgerQuery{Unit: unit, Below: true, Role: role, Directive: d, Text: scope.Field, Sort: docket.SortNo},
				Scope: who, Units: pl.meant(unit, true, AsIs), Heirs: pl.tree.AsIs, Tree: pl.tree, Found: field}
			out = append(out, view.Each(q)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
