package brief

import (
	"slices"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/typeset"
)

// Slips writes the assignment slips of a meeting, each on a page of its own: what
// the unit acts on, with whom, until when, and where it signs for it.
func Slips(lang string, place *time.Location, s *app.StocktakePage) *typeset.Doc {
	p := newPaper(lang, place, s.Title, s.Slips.Sent[0].At)
	p.Issuer = s.OwnerName
	for i := range s.Slips.Sent {
		if i > 0 {
			p.add(typeset.PageBreak{})
		}
		p.slip(s, &s.Slips.Sent[i])
	}
	return &p.Doc
}

func (p *paper) slip(s *app.StocktakePage, slip *app.SlipView) {
	p.add(typeset.Title{Text: p.say("slip")},
		typeset.Para{Align: typeset.Center, NoIndent: true, Runs: []typeset.Run{{Text: p.say("slip_no", "no", slip.No, "day", p.day(slip.Day)), Muted: true}}},
		typeset.Labelled{Label: p.say("slip_to"), Runs: typeset.Text(slip.UnitName)},
		typeset.Labelled{Label: p.say("slip_from"), Runs: typeset.Text(p.say("slip_meeting", "title", s.Title, "day", p.day(s.Sat(p.place)), "chair", s.ChairName))})
	t := typeset.Table{Head: []string{p.say("no"), p.say("what"), p.say("part"), p.say("others_acting"), p.say("by")}, Widths: []float64{12, 41, 12, 20, 15}}
	for i := range s.Items {
		it := &s.Items[i]
		if !slices.Contains(slip.Items, it.ID) {
			continue
		}
		what := typeset.Run{Text: it.Text}
		if !it.Stands() {
			what = typeset.Run{Text: p.say("slip_struck", "text", it.Text), Muted: true}
		}
		t.Rows = append(t.Rows, []typeset.Cell{cell(it.No), {Runs: []typeset.Run{what}}, cell(p.roleOf(it, slip.Unit)), cell(p.list(p.beside(it, slip.Unit))), cell(p.short(it.Due))})
	}
	p.add(t, typeset.Para{Runs: typeset.Text(p.say("slip_ask"))},
		typeset.Labelled{Label: p.say("slip_received"), Runs: typeset.Text(p.say("slip_signed"))},
		typeset.Signature{Unit: s.OwnerName, Date: p.day(slip.Day)})
}

// roleOf is what a unit is to a line.
func (p *paper) roleOf(it *app.ItemView, unit docket.UnitID) string {
	if slices.Contains(it.Leads, unit) {
		return p.say(answering(it))
	}
	return p.say("role_support")
}

// answering is the part of who answers for a line: several answer each for their own.
func answering(it *app.ItemView) string {
	if len(it.Leads) > 1 {
		return "role_several"
	}
	return "role_lead"
}

// beside are the other units of a line, those that lead and those that help.
func (p *paper) beside(it *app.ItemView, unit docket.UnitID) []string {
	out := []string{}
	for _, x := range []struct {
		role string
		refs []app.UnitRef
	}{{answering(it), it.LeadRefs}, {"role_support", it.Helpers}} {
		names := refNames(slices.DeleteFunc(slices.Clone(x.refs), func(r app.UnitRef) bool { return r.ID == unit }))
		switch {
		case len(names) > mostBeside:
			out = append(out, p.say("slip_others", "unit", names[0], "n", strconv.Itoa(len(names)), "part", p.say(x.role)))
		case len(names) > 0:
			out = append(out, p.say("slip_other", "unit", p.list(names), "part", p.say(x.role)))
		}
	}
	return out
}

// mostBeside is how many other units are named in full.
const mostBeside = 4
