package sample

import (
	"context"
	"fmt"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// meetsIn is how many days after loading the city's symposium is.
const meetsIn = 9

// gathering is a meeting as a file of the city tells it.
type gathering struct {
	plan     app.StocktakePlan
	speakers []string // logins, in the order their units' statements are written
	said     map[string]map[docket.SectionKind]string
	promised map[string][]docket.Promise
	record   []app.NewItem
}

// gathering reads a meeting: its title, place, units and topics, what is said by
// whom, and what was put on record when which unit spoke.
func (l *loader) gathering(ctx context.Context, file string) (*gathering, error) {
	rows, err := l.table(file)
	if err != nil {
		return nil, err
	}
	byCode, _, err := l.units(ctx)
	if err != nil {
		return nil, err
	}
	g := &gathering{said: map[string]map[docket.SectionKind]string{}, promised: map[string][]docket.Promise{},
		plan: app.StocktakePlan{Begins: "14:30", Convener: l.staff["leader"].id, DaysBefore: 2, Scope: docket.StocktakeScope{Directives: []docket.DirectiveID{}}}}
	for n, row := range rows {
		switch what, who, words := row[0], row[1], fill(row[2], l.city, l.today); what {
		case "title":
			g.plan.Title = words
		case "place":
			g.plan.Place = words
		case "unit":
			g.plan.Slots = append(g.plan.Slots, app.SlotPlan{Unit: byCode[who]})
		case "topic":
			g.plan.Topics = append(g.plan.Topics, app.TopicPlan{Text: words})
		case "promise":
			g.promised[who] = append(g.promised[who], docket.Promise{Text: words, Due: docket.DateOf(l.today.AddDate(0, 0, 45))})
		case "decision", "instruction", "commitment", "commendation", "leader":
			it := app.NewItem{Key: fmt.Sprint(file, n), Kind: docket.ItemKind(what), Unit: byCode[who], Text: words}
			if what == "leader" {
				it.Kind, it.Leader = docket.ItemCommitment, true
			}
			g.record = append(g.record, it)
		default:
			if g.said[who] == nil {
				g.said[who] = map[docket.SectionKind]string{}
				g.speakers = append(g.speakers, who)
			}
			g.said[who][docket.SectionKind(what)] = words
		}
	}
	return g, nil
}

// weekday is the day itself or, at a weekend, the Monday after: meetings are held
// when people work.
func weekday(d docket.Date) docket.Date {
	for d.Time().Weekday() == time.Saturday || d.Time().Weekday() == time.Sunday {
		d++
	}
	return d
}

// convene plans the meeting on a day and announces it.
func (l *loader) convene(ctx context.Context, g *gathering, kind docket.StocktakeKind, on docket.Date) (app.StocktakePage, error) {
	g.plan.Kind, g.plan.On = kind, on
	page, err := l.app.PlanStocktake(ctx, l.admin, g.plan, 0)
	if err != nil {
		return page, err
	}
	return l.app.Convene(ctx, l.admin, page.ID, page.Version)
}

// meeting convenes the symposium at which the units report in turn, the next of the
// series that the earlier one began; some units have filed what they will say.
func (l *loader) meeting(ctx context.Context) error {
	l.now = l.today
	g, err := l.gathering(ctx, "meeting.csv")
	if err != nil {
		return err
	}
	g.plan.Previous = l.earlier
	page, err := l.convene(ctx, g, docket.Symposium, weekday(docket.DateOf(l.today)+meetsIn))
	if err != nil {
		return err
	}
	return l.speak(ctx, g, page.ID)
}

// speak has the heads who say something write their units' statements and let them out.
func (l *loader) speak(ctx context.Context, g *gathering, id docket.StocktakeID) error {
	for _, who := range g.speakers {
		p, err := l.person(ctx, who)
		if err != nil {
			return err
		}
		st, err := l.app.Statement(ctx, p.actor, id, p.unit)
		if err != nil {
			return fmt.Errorf("the statement of %s: %w", who, err)
		}
		if st, err = l.app.SaveStatement(ctx, p.actor, id, p.unit, g.said[who], g.promised[who], st.Version); err != nil {
			return fmt.Errorf("the statement of %s: %w", who, err)
		}
		if _, err = l.app.SendStatement(ctx, p.actor, id, p.unit, st.Version); err != nil {
			return fmt.Errorf("the statement of %s: %w", who, err)
		}
	}
	return nil
}
