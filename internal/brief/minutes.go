package brief

import (
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/typeset"
)

// Minutes writes the minutes of a meeting: in Chinese after GB/T 9704, in English
// plain. What was decided carries who acts and until when.
func Minutes(lang string, place *time.Location, s *app.StocktakePage, m *app.MinutesPage) *typeset.Doc {
	made := m.IssuedAt
	if made.IsZero() {
		made = s.ClosedAt
	}
	p := newPaper(lang, place, m.Title, made)
	p.Issuer = s.OwnerName
	if lang == "zh" {
		p.Style = typeset.Official
	}
	p.add(typeset.Masthead{Text: p.say("masthead", "owner", s.OwnerName), Number: p.say("issue_no", "no", m.No), Left: s.OwnerName, Right: p.day(m.IssuedOn)},
		typeset.Title{Text: m.Title},
		typeset.Para{Runs: typeset.Text(p.say("opening", "day", p.day(s.Sat(p.place)), "chair", s.ChairName, "title", s.Title, "place", s.Place))})
	if m.Status != docket.MinutesIssued {
		p.Header = p.say("draft_" + string(m.Status))
	}
	items := map[docket.ItemID]*app.ItemView{}
	for i := range s.Items {
		items[s.Items[i].ID] = &s.Items[i]
	}
	p.body(m.Body, items)
	for _, a := range m.Addenda {
		p.add(typeset.Heading{Level: 1, Text: p.say("addendum", "no", strconv.Itoa(a.No), "at", p.instant(a.At))}, typeset.Para{Runs: typeset.Text(a.Text)})
	}
	for _, l := range []struct{ key, text string }{{"present", m.Present}, {"absent", m.Absent}, {"others", m.Others}} {
		if strings.TrimSpace(l.text) != "" {
			p.add(typeset.Labelled{Label: p.say(l.key), Runs: typeset.Text(l.text)})
		}
	}
	if m.Sent != "" {
		issued := ""
		if m.IssuedOn != 0 {
			issued = p.say("issued_on", "day", p.day(m.IssuedOn))
		}
		p.add(typeset.Imprint{Lines: []string{p.say("sent", "to", m.Sent)}, Office: s.OwnerName, Date: issued})
	}
	return &p.Doc
}

// body writes the paragraphs; without headings of the office's own the record is
// divided by kind, with them a line says its kind itself where it decides nothing:
// what is agreed in principle must never read as approved.
func (p *paper) body(body []docket.MinutesPara, items map[docket.ItemID]*app.ItemView) {
	own := false
	for _, x := range body {
		own = own || x.Level > 0
	}
	last, n := docket.ItemKind(""), 0
	for _, x := range body {
		it := items[x.Item]
		if it != nil && !own && it.Kind != last {
			last, n = it.Kind, 0
			p.add(typeset.Heading{Level: 1, Text: p.say("kind_" + string(it.Kind)), Numbered: true})
		}
		switch {
		case x.Level > 0:
			n = 0
			p.add(typeset.Heading{Level: x.Level, Text: x.Text, Numbered: true})
		case it == nil:
			p.add(typeset.Para{Runs: typeset.Text(x.Text)})
		default:
			n++
			intro := ""
			if own && it.Kind != docket.ItemDecision {
				intro = p.say("kind_"+string(it.Kind)) + p.say("colon")
			}
			p.add(typeset.Para{Runs: p.item(strconv.Itoa(n), intro, it)})
		}
	}
}

// item is a line of the record, introduced by its kind or not, with who acts until when.
func (p *paper) item(n, intro string, it *app.ItemView) []typeset.Run {
	text := intro + strings.TrimRight(it.Text, "。.; ；")
	out := []typeset.Run{{Text: p.say("item", "n", n, "text", text)}}
	if !it.Kind.Acts() {
		return out
	}
	return append(out, typeset.Run{Text: p.who(it)})
}

func (p *paper) who(it *app.ItemView) string {
	leads, helpers := refNames(it.LeadRefs), refNames(it.Helpers)
	if it.LeaderName != "" {
		return p.say("acts_own", "leads", it.LeaderName, "day", p.day(it.Due)) // no unit's matter, so no number
	}
	if len(helpers) > 0 {
		return p.say("acts_with", "leads", p.list(leads), "helpers", p.list(helpers), "day", p.day(it.Due), "no", it.No)
	}
	return p.say("acts", "leads", p.list(leads), "day", p.day(it.Due), "no", it.No)
}

func refNames(refs []app.UnitRef) []string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = r.Name
	}
	return out
}

// FollowUp writes the sheet that is out the same day: who does what until when.
func FollowUp(lang string, place *time.Location, s *app.StocktakePage) *typeset.Doc {
	made := s.ClosedAt
	if made.IsZero() {
		made = s.OpenedAt
	}
	p := newPaper(lang, place, s.Title, made)
	p.Issuer, p.Landscape = s.OwnerName, true
	hour := s.Begins
	if s.Sat(p.place) != s.On { // the hour planned was another day's
		hour = s.OpenedAt.In(p.place).Format("15:04")
	}
	p.add(typeset.Title{Text: p.say("follow_up", "title", s.Title)},
		typeset.Para{Align: typeset.Center, NoIndent: true, Runs: []typeset.Run{{Text: p.say("meeting", "day", p.day(s.Sat(p.place)), "hour", hour, "place", s.Place, "convener", s.ChairName), Muted: true}}})
	t := typeset.Table{Head: []string{p.say("no"), p.say("what"), p.say("leads"), p.say("helpers"), p.say("by"), p.say("kind")}, Widths: []float64{11, 44, 18, 18, 12, 10}}
	for i := range s.Items {
		it := &s.Items[i]
		if !it.Stands() || !it.Kind.Acts() {
			continue
		}
		leads := refNames(it.LeadRefs)
		if it.LeaderName != "" {
			leads = append(leads, it.LeaderName)
		}
		day := p.short(it.Due)
		if it.ByRule {
			day += " " + p.say("by_rule")
		}
		t.Rows = append(t.Rows, []typeset.Cell{cell(it.No), cell(it.Text), cell(p.list(leads)), cell(p.list(refNames(it.Helpers))), cell(day), cell(p.say("kind_" + string(it.Kind)))})
	}
	if len(t.Rows) == 0 {
		p.add(typeset.Para{Runs: typeset.Text(p.say("no_matters"))})
		return &p.Doc
	}
	p.add(t)
	return &p.Doc
}

// Statement writes what a unit says at a meeting, facts and words apart.
func Statement(lang string, place *time.Location, s *app.StatementPage) *typeset.Doc {
	p := newPaper(lang, place, s.Title, s.AsOf)
	p.Issuer = s.UnitName
	p.add(typeset.Title{Text: p.say("statement", "unit", s.UnitName)},
		typeset.Para{Align: typeset.Center, NoIndent: true, Runs: []typeset.Run{{Text: s.Title + " · " + p.say("as_of", "day", p.instant(s.AsOf)), Muted: true}}})
	if s.Status == docket.StatementPassed {
		p.add(typeset.Para{Align: typeset.Center, NoIndent: true, Runs: typeset.Text(p.say("not_agreed"))})
	}
	for _, x := range s.Sections {
		promises := x.Kind == docket.SectionCommitments && len(s.Promises) > 0
		if len(x.Facts) == 0 && x.Words == "" && !promises {
			continue
		}
		p.add(typeset.Heading{Level: 1, Text: p.say("section_" + string(x.Kind)), Numbered: true})
		for para := range strings.SplitSeq(x.Words, "\n") {
			if strings.TrimSpace(para) != "" {
				p.add(typeset.Para{Runs: typeset.Text(para)})
			}
		}
		if promises {
			list := typeset.List{Ordered: true}
			for _, y := range s.Promises {
				list.Items = append(list.Items, typeset.Para{Runs: []typeset.Run{{Text: y.Text}, {Text: "  " + p.say("due", "day", p.short(y.Due)), Muted: true}}})
			}
			p.add(list)
		}
		p.facts(x.Facts)
	}
	return &p.Doc
}

// facts are what the ledger says, set apart from the unit's words.
func (p *paper) facts(lines []docket.PackLine) {
	if len(lines) == 0 {
		return
	}
	p.add(typeset.Para{NoIndent: true, Runs: []typeset.Run{{Text: p.say("ledger_says"), Muted: true}}})
	list := typeset.List{}
	for i := range lines {
		l := &lines[i]
		runs := []typeset.Run{}
		if l.Lamp != "" {
			runs = append(runs, lamp(l.Lamp), typeset.Run{Text: " "})
		}
		text := p.said(l.Said)
		if l.Matter != 0 {
			text = l.No + " " + l.Title
		} else if l.Title != "" {
			text += " " + l.Title
		}
		runs = append(runs, typeset.Run{Text: text})
		if l.Why != nil {
			runs = append(runs, typeset.Run{Text: "  " + p.said(*l.Why), Muted: true})
		}
		list.Items = append(list.Items, typeset.Para{Runs: runs})
	}
	p.add(list)
}
