// Package brief writes the papers of a stocktake: the pack, the minutes, the
// follow-up sheet, a unit's statement. Each is a typeset.Doc made of what the app
// gives and nothing else, so the same meeting gives the same paper.
package brief

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/typeset"
	"github.com/docket-os/docket/internal/words"
)

// paper is a document being written, in one language.
type paper struct {
	typeset.Doc
	place *time.Location // whose clock instants are told by
}

func newPaper(lang string, place *time.Location, title string, made time.Time) *paper {
	return &paper{Doc: typeset.Doc{Lang: lang, Title: title, Made: made}, place: place}
}

func (p *paper) add(b ...typeset.Block) { p.Blocks = append(p.Blocks, b...) }

// say is a sentence of the catalogue in the paper's language.
func (p *paper) say(key string, args ...string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i]] = args[i+1]
	}
	return words.Say(p.Lang, "brief."+key, m)
}

// said is a sentence that was frozen.
func (p *paper) said(s docket.Said) string {
	if s.Key == "" {
		return ""
	}
	return words.Say(p.Lang, s.Key, s.Args)
}

// day writes a day as the language does; "" for none.
func (p *paper) day(d docket.Date) string {
	if d == 0 {
		return ""
	}
	if p.Lang == "zh" {
		return d.Time().Format("2006年1月2日")
	}
	return d.Time().Format("2 January 2006")
}

// short writes a day for a narrow column.
func (p *paper) short(d docket.Date) string {
	if d == 0 {
		return "—"
	}
	return d.String()
}

func (p *paper) instant(t time.Time) string {
	t = t.In(p.place)
	if p.Lang == "zh" {
		return t.Format("2006年1月2日 15:04")
	}
	return t.Format("2 January 2006, 15:04")
}

// What a title may take, in characters; one of Han counts as two.
const (
	cellRoom = 46 // in a table
	lineRoom = 66 // in a list, beside a word and a day
)

// shorten cuts a title to its room.
func shorten(s string, room int) string {
	for i, r := range s {
		if r >= 0x2E80 {
			room--
		}
		if room--; room < 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// list joins names as the language does.
func (p *paper) list(names []string) string {
	if p.Lang == "zh" {
		return strings.Join(names, "、")
	}
	return strings.Join(names, ", ")
}

// marks are the lamps' shapes, which say the same without colour (screens.md).
var marks = map[docket.Lamp]struct {
	shape string
	tone  typeset.Tone
}{
	docket.LampAct: {"■", typeset.Red}, docket.LampWatch: {"▲", typeset.Amber}, docket.LampNoData: {"◌", typeset.Grey}, docket.LampOnCourse: {"●", typeset.Green},
	docket.LampNotDue: {"○", typeset.Grey}, docket.LampCompleted: {"✓", typeset.Blue}, docket.LampStruckOff: {"★", typeset.Blue},
}

func lamp(l docket.Lamp) typeset.Run {
	m := marks[l]
	return typeset.Run{Text: m.shape, Color: m.tone, Bold: l == docket.LampNoData} // thin dots run together to a circle: not due
}

// lampName is a lamp in words.
func (p *paper) lampName(l docket.Lamp) string {
	_, name, _ := strings.Cut(words.Say(p.Lang, "ledger.lamp."+string(l), nil), " ") // behind its shape
	return name
}

func cell(s string) typeset.Cell { return typeset.Cell{Runs: typeset.Text(s)} }

func count(n int) typeset.Cell {
	return typeset.Cell{Runs: typeset.Text(strconv.Itoa(n)), Align: typeset.Center}
}

// share writes n of total; a rate is never told without what it is of.
func share(n, total int) string {
	if total == 0 {
		return "—"
	}
	return fmt.Sprintf("%d/%d", n, total)
}
