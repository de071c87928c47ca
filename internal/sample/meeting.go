package sample

import (
	"context"
	"fmt"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// meetsIn is how many days after loading the city's symposium is.
const meetsIn = 9

// meeting convenes the symposium at which the units report in turn, as
// meeting.csv tells it; some units have filed what they will say.
func (l *loader) meeting(ctx context.Context) error {
	rows, err := l.table("meeting.csv")
	if err != nil {
		return err
	}
	l.now = l.today
	byCode, _, err := l.units(ctx)
	if err != nil {
		return err
	}
	plan := app.StocktakePlan{Kind: docket.Symposium, On: docket.DateOf(l.today) + meetsIn, Begins: "14:30", Convener: l.staff["leader"].id, DaysBefore: 2,
		Scope: docket.StocktakeScope{Directives: []docket.DirectiveID{}}}
	said := map[string]map[docket.SectionKind]string{}
	promised := map[string][]docket.Promise{}
	var order []string
	for _, row := range rows {
		switch what, who, words := row[0], row[1], row[2]; what {
		case "title":
			plan.Title = words
		case "place":
			plan.Place = words
		case "unit":
			plan.Slots = append(plan.Slots, app.SlotPlan{Unit: byCode[who]})
		case "topic":
			plan.Topics = append(plan.Topics, app.TopicPlan{Text: words})
		case "promise":
			promised[who] = append(promised[who], docket.Promise{Text: words, Due: docket.DateOf(l.today.AddDate(0, 0, 45))})
		default:
			if said[who] == nil {
				said[who] = map[docket.SectionKind]string{}
				order = append(order, who)
			}
			said[who][docket.SectionKind(what)] = words
		}
	}
	page, err := l.app.PlanStocktake(ctx, l.admin, plan, 0)
	if err != nil {
		return err
	}
	if page, err = l.app.Convene(ctx, l.admin, page.ID, page.Version); err != nil {
		return err
	}
	for _, who := range order {
		p, err := l.person(ctx, who)
		if err != nil {
			return err
		}
		st, err := l.app.Statement(ctx, p.actor, page.ID, p.unit)
		if err != nil {
			return fmt.Errorf("the statement of %s: %w", who, err)
		}
		if st, err = l.app.SaveStatement(ctx, p.actor, page.ID, p.unit, said[who], promised[who], st.Version); err != nil {
			return fmt.Errorf("the statement of %s: %w", who, err)
		}
		if _, err = l.app.SendStatement(ctx, p.actor, page.ID, p.unit, st.Version); err != nil {
			return fmt.Errorf("the statement of %s: %w", who, err)
		}
	}
	return nil
}
