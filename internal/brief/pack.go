package brief

import (
	"maps"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/typeset"
)

// Pack writes a frozen pack: the front page, then one page for each unit. The body
// is all it looks at, so that the same pack gives the same bytes for ever.
func Pack(lang string, place *time.Location, b *docket.PackBody, no int, seal string) *typeset.Doc {
	p := newPaper(lang, place, b.Title, b.At)
	p.Issuer, p.Style = b.Owner, typeset.Dense
	p.Footer = p.say("sealed", "no", strconv.Itoa(no), "at", p.instant(b.At), "seal", seal[:min(16, len(seal))])
	if len(b.Front.Parts) > 0 {
		p.front(b)
	}
	for i := range b.Pages {
		if len(p.Blocks) > 0 {
			p.add(typeset.PageBreak{})
		}
		p.unit(&b.Pages[i])
	}
	return &p.Doc
}

func (p *paper) front(b *docket.PackBody) {
	p.add(typeset.Title{Text: b.Title},
		typeset.Para{Align: typeset.Center, NoIndent: true, Runs: []typeset.Run{{Text: p.say("meeting", "day", p.day(b.On), "hour", b.Begins, "place", b.Place, "convener", b.Convener), Muted: true}}})
	for _, part := range b.Front.Parts {
		if part.Kind == docket.PartCompare {
			p.compare(&part)
			continue
		}
		p.part(&part, chartsHeight)
	}
}

// compare sets the units side by side, as a table and as bars of their lamps.
func (p *paper) compare(part *docket.PackPart) {
	p.heading(part.Kind)
	head := []string{p.say("unit"), p.say("matters"), "■", "▲", "◌", "●", "✓", p.say("on_time"), p.say("promises_kept"), p.say("returned"), p.say("gaps")}
	t := typeset.Table{Head: head, Widths: []float64{26, 8, 6, 6, 6, 6, 6, 11, 12, 8, 8}}
	bars := typeset.Bars{}
	shown := []docket.Lamp{docket.LampAct, docket.LampWatch, docket.LampNoData, docket.LampOnCourse, docket.LampNotDue, docket.LampCompleted, docket.LampStruckOff}
	for _, l := range shown {
		bars.Parts = append(bars.Parts, typeset.Part{Name: p.lampName(l), Mark: marks[l].shape, Color: marks[l].tone})
	}
	for _, l := range part.Lines {
		c := l.Tally
		if c == nil {
			continue
		}
		on := func(ls ...docket.Lamp) (n int) {
			for _, l := range ls {
				n += c.Lamps[l]
			}
			return n
		}
		t.Rows = append(t.Rows, []typeset.Cell{cell(c.Name), count(c.Matters), count(on(docket.LampAct)), count(on(docket.LampWatch)), count(on(docket.LampNoData)),
			count(on(docket.LampOnCourse, docket.LampNotDue)), count(on(docket.LampCompleted, docket.LampStruckOff)),
			middle(share(c.OnTime, c.Due)), middle(share(c.Kept, c.Kept+c.KeptLate+c.Broken)), count(c.Returned), count(c.Gaps)})
		bar := typeset.Bar{Label: c.Name}
		for _, lamp := range shown {
			bar.Values = append(bar.Values, float64(c.Lamps[lamp]))
		}
		bars.Rows = append(bars.Rows, bar)
	}
	p.add(t)
	if n := len(bars.Rows); n > 1 && n <= maxBars {
		p.add(typeset.Chart{Title: p.say("lamps_by_unit"), Plot: bars})
	}
}

// maxBars is up to how many units the bars are drawn: beyond, the table says it.
const maxBars = 24

func middle(s string) typeset.Cell {
	return typeset.Cell{Runs: typeset.Text(s), Align: typeset.Center}
}

func (p *paper) heading(kind docket.PartKind) {
	p.add(typeset.Heading{Level: 2, Text: p.say("part_" + string(kind))})
}

// unit writes one unit's page.
func (p *paper) unit(page *docket.PackPage) {
	title := page.Name
	if page.Head != "" {
		title += " · " + page.Head
	}
	p.add(typeset.Heading{Level: 1, Text: title})
	charts := chartsRoom(page)
	for i := range page.Parts {
		p.part(&page.Parts[i], charts)
	}
}

// room is how many lines of a part a printed page takes, so that it stays one; the
// screen shows those the pack holds.
var room = map[docket.PartKind]int{docket.PartPromises: 4, docket.PartLamps: 5, docket.PartChanges: 3, docket.PartQuestions: 3}

// chartsRoom is how tall the charts of a unit's page are together at most, in mm: what
// the lines of its other parts leave free is theirs.
func chartsRoom(page *docket.PackPage) float64 {
	free := 0
	for _, most := range room {
		free += most
	}
	for i := range page.Parts {
		free -= min(room[page.Parts[i].Kind], len(page.Parts[i].Lines))
	}
	return chartsHeight + lineHeight*float64(free)
}

// part writes one part of a page; every part has the same shape. charts is how tall
// those of the part are together at most.
func (p *paper) part(part *docket.PackPart, charts float64) {
	if len(part.Lines) == 0 {
		return
	}
	p.heading(part.Kind)
	if most, ok := room[part.Kind]; ok && len(part.Lines) > most {
		part = &docket.PackPart{Kind: part.Kind, Lines: part.Lines[:most], More: part.More + len(part.Lines) - most}
	}
	switch part.Kind {
	case docket.PartMeasures:
		for i := range part.Lines {
			p.figure(&part.Lines[i], min(chartHeight, charts/float64(len(part.Lines))), i == 0)
		}
	case docket.PartLoad, docket.PartGaps:
		text := ""
		for i := range part.Lines {
			l := &part.Lines[i]
			if l.Title != "" {
				text += l.Title + p.say("colon")
			}
			text += p.said(l.Said) + p.say("stop")
		}
		p.add(typeset.Para{NoIndent: true, Runs: typeset.Text(text)})
	case docket.PartLamps, docket.PartChanges:
		p.lampTable(part)
	default:
		list := typeset.List{Ordered: part.Kind == docket.PartQuestions}
		for i := range part.Lines {
			list.Items = append(list.Items, typeset.Para{Runs: p.line(&part.Lines[i])})
		}
		if last := len(list.Items) - 1; list.Ordered && part.More > 0 { // in the last line: the page has none left
			list.Items[last].Runs = append(list.Items[last].Runs, typeset.Run{Text: "  " + p.say("more", "n", strconv.Itoa(part.More)), Muted: true})
		}
		p.add(list)
	}
	if part.More > 0 && part.Kind != docket.PartQuestions {
		p.add(typeset.Para{NoIndent: true, Runs: []typeset.Run{{Text: p.say("more", "n", strconv.Itoa(part.More)), Muted: true}}})
	}
}

// lampTable is matters with their lamp, and the reason of it.
func (p *paper) lampTable(part *docket.PackPart) {
	t := typeset.Table{Widths: []float64{7, 12, 48, 13, 24}}
	for _, l := range part.Lines {
		mark := []typeset.Run{lamp(l.Lamp)}
		if l.Was != "" {
			mark = []typeset.Run{lamp(l.Was), {Text: "→"}, lamp(l.Lamp)}
		}
		why := ""
		if l.Why != nil {
			why = p.said(*l.Why)
		}
		t.Rows = append(t.Rows, []typeset.Cell{{Runs: mark, Align: typeset.Center}, cell(l.No), cell(shorten(l.Title, cellRoom)), cell(p.short(l.Due)), cell(why)})
	}
	p.add(t)
}

// line is a line of a list: what was promised, what is missing, what to ask.
func (p *paper) line(l *docket.PackLine) []typeset.Run {
	var out []typeset.Run
	if l.Keeping != "" {
		out = append(out, typeset.Run{Text: p.say("keeping_" + string(l.Keeping)), Bold: true, Color: keepingTone[l.Keeping]}, typeset.Run{Text: "  "})
	}
	text := p.said(l.Said)
	if l.Args["title"] != "" { // a question quotes it
		args := maps.Clone(l.Args)
		args["title"] = shorten(args["title"], lineRoom)
		text = p.said(docket.Said{Key: l.Key, Args: args})
	}
	switch {
	case l.Keeping != "" && l.Title != "":
		text = shorten(l.Title, lineRoom)
	case text == "":
		text = l.Title
	}
	if unit := l.Args["unit"]; unit != "" {
		text = unit + p.say("colon") + text
	}
	out = append(out, typeset.Run{Text: text})
	if l.Keeping != "" && l.Due != 0 {
		out = append(out, typeset.Run{Text: "  " + p.say("due", "day", p.short(l.Due)), Muted: true})
	}
	if l.Why != nil && l.Keeping == "" {
		out = append(out, typeset.Run{Text: "  " + p.said(*l.Why), Muted: true})
	}
	return out
}

var keepingTone = map[docket.Keeping]typeset.Tone{docket.KeepingKept: typeset.Green, docket.KeepingLate: typeset.Amber, docket.KeepingBroken: typeset.Red, docket.KeepingOpen: typeset.Grey}

// figure draws a measure: its plan, what was reported, its target. The first of a
// page explains its lines.
func (p *paper) figure(l *docket.PackLine, height float64, first bool) {
	f := l.Figure
	if f == nil {
		return
	}
	why := ""
	if l.Why != nil {
		why = p.said(*l.Why)
	}
	p.add(typeset.Para{NoIndent: true, Runs: []typeset.Run{lamp(l.Lamp), {Text: " " + l.No + " " + shorten(f.Name, cellRoom)}, {Text: "  " + joined(f.Unit, why), Muted: true}}})
	if len(f.Plan) == 0 && len(f.Actual) == 0 {
		return
	}
	t := typeset.Trajectory{Planned: points(f.Plan), Actual: points(f.Actual), Target: &typeset.Level{Value: f.Target, Label: p.say("target")}}
	if first {
		height += legendHeight
		t.AsOf, t.Names = f.AsOf, typeset.Names{Planned: p.say("planned"), Actual: p.say("actual"), Band: p.say("forecast"), AsOf: p.say("as_of", "day", p.short(f.AsOf))}
	}
	for i := range f.Low {
		if i < len(f.Top) {
			t.Band = append(t.Band, typeset.Range{Day: f.Low[i].Day, Low: f.Low[i].Value, High: f.Top[i].Value})
		}
	}
	p.add(typeset.Chart{Alt: f.Name, Height: height, Plot: t})
}

// joined puts a unit of measure before a reason.
func joined(unit, why string) string {
	if unit == "" || why == "" {
		return unit + why
	}
	return unit + " · " + why
}

// Heights in mm: the charts and the rest of a page fit together, however many there are.
const (
	chartsHeight = 51.0 // of all charts of the fullest page
	chartHeight  = 34.0 // of one at most
	lineHeight   = 4.5  // of a line of a list; a row of a table is taller
	legendHeight = 9.0
)

func points(in []docket.Point) []typeset.Point {
	out := make([]typeset.Point, len(in))
	for i, x := range in {
		out[i] = typeset.Point{Day: x.Day, Value: x.Value}
	}
	return out
}
