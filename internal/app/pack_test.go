package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/measure"
)

// A part that has no room for all its lines says how many more there are, on the
// unit's page and on the front page.
func TestAPackSaysWhatItHasNoRoomFor(t *testing.T) {
	w := newHall(t, openSQLite(t))
	const extra = 12
	var plan strings.Builder
	plan.WriteString("云州市人民政府关于办好实事的通知\n云政发〔2026〕9号\n市政府各部门：\n现将有关事项通知如下。\n一、办好实事\n")
	for i := range extra {
		fmt.Fprintf(&plan, "%d.新建第%d所学校，新增学位%d个。（市教育局牵头，2026年6月30日前完成）\n", i+1, i+1, 100+i)
	}
	in, err := w.Import(t.Context(), w.office, "实事二.txt", []byte(plan.String()))
	w.must(err)
	_, err = w.Adopt(t.Context(), w.office, in.Directive, w.version(in.Directive))
	w.must(err)
	w.convened()
	w.freeze()
	w.now = time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)
	next := w.plan()
	next.On, next.Previous = docket.NewDate(2026, time.August, 10), w.id
	page, err := w.PlanStocktake(t.Context(), w.office, next, 0)
	w.must(err)
	w.id = page.ID
	w.freeze()
	body, _, err := w.Pack(t.Context(), w.office, w.id, 0)
	w.must(err)
	total := 0
	for _, p := range body.Pages {
		for _, part := range p.Parts {
			n := len(part.Lines) + part.More
			switch {
			case part.Kind != docket.PartChanges && part.Kind != docket.PartLamps:
				continue
			case p.Unit == w.unit["市教育局"] && (n <= extra || part.More == 0):
				t.Errorf("%s of %s: %d lines and %d more", part.Kind, p.Name, len(part.Lines), part.More)
			}
			if part.Kind == docket.PartChanges {
				total += n
			}
			for _, l := range part.Lines {
				if part.Kind == docket.PartChanges && l.Why.Key == "pack.of_unit" {
					t.Errorf("the unit's own page names the unit: %+v", l)
				}
			}
		}
	}
	front := body.Front.Parts[slices.IndexFunc(body.Front.Parts, func(p docket.PackPart) bool { return p.Kind == docket.PartChanges })]
	if len(front.Lines)+front.More != total || front.Lines[0].Why.Key != "pack.of_unit" {
		t.Errorf("the front page has %d changes and %d more of %d", len(front.Lines), front.More, total)
	}
}

// A pack opens with what every meeting of the owner left to be kept in the year before,
// in the series or not; what was settled before the last look and what is older is not
// told again.
func TestAPackOpensWithWhatEveryMeetingLeft(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.sitting()
	promise := func(key, text string) app.ItemView {
		v, err := w.Record(t.Context(), w.office, w.id, app.NewItem{Key: key, Kind: docket.ItemCommitment, Text: text, Leader: true})
		w.must(err)
		return v
	}
	kept := promise("a", "4月底前现场办公一次")
	promise("b", "5月底前走访企业")
	w.act(app.RoomAct{Act: "close"})
	first := w.id
	w.now = time.Date(2026, 4, 20, 9, 0, 0, 0, time.UTC)
	_, err := w.KeepPromise(t.Context(), w.office, first, kept.ID, docket.NewDate(2026, time.April, 20))
	w.must(err)
	opens := func(now time.Time, want ...string) {
		t.Helper()
		w.now = now
		next := w.plan()
		next.On = docket.DateOf(now) + 7
		page, err := w.PlanStocktake(t.Context(), w.office, next, 0)
		w.must(err)
		w.id = page.ID
		w.freeze()
		body, _, err := w.Pack(t.Context(), w.office, w.id, 0)
		w.must(err)
		told := []string{}
		for _, l := range body.Front.Parts[0].Lines {
			told = append(told, l.Title)
		}
		w.same("the pack of "+next.On.String(), told, want)
	}
	opens(time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC), "5月底前走访企业", "4月底前现场办公一次")
	opens(time.Date(2026, 9, 7, 9, 0, 0, 0, time.UTC), "5月底前走访企业")
	opens(time.Date(2027, 4, 5, 9, 0, 0, 0, time.UTC))
}

func TestAPackIsTheSameForEver(t *testing.T) {
	onEngines(t, func(t *testing.T, w *hall) {
		w.convened()
		w.freeze()
		body, head, err := w.Pack(t.Context(), w.office, w.id, 1)
		w.must(err)
		before, err := json.Marshal(body)
		w.must(err)
		// everything it speaks of changes
		w.now = w.now.AddDate(0, 6, 0)
		u, err := w.Unit(t.Context(), w.admin, w.unit["市教育局"])
		w.must(err)
		_, err = w.RenameUnit(t.Context(), w.admin, u.ID, u.Version, "市教育体育局", docket.NewDate(2026, time.April, 1), "")
		w.must(err)
		for _, m := range w.ledger(w.office).Items {
			for _, u := range m.Leads {
				if u.Unit == w.unit["市教育局"] {
					_, err := w.Acknowledge(t.Context(), w.edu, m.ID, u.Unit, 0)
					w.must(err)
				}
			}
		}
		lamps := measure.DefaultThresholds()
		lamps.Near = 30
		_, err = w.SetLamps(t.Context(), w.admin, lamps)
		w.must(err)
		again, same, err := w.Pack(t.Context(), w.office, w.id, 1)
		w.must(err)
		after, err := json.Marshal(again)
		w.must(err)
		if string(before) != string(after) || head != same {
			t.Errorf("the pack changed:\n%s\n%s", before, after)
		}
		w.now = w.now.Add(time.Hour)
		w.freeze()
		second, head2, err := w.Pack(t.Context(), w.office, w.id, 0)
		w.must(err)
		if head2.No != 2 || second.Pages[0].Name == "" || head2.Seal == head.Seal {
			t.Errorf("a second pack is %+v", head2)
		}
		entries, err := w.Journal(t.Context(), w.auditor, app.JournalQuery{Verb: docket.VerbFreeze}, 0, 10)
		w.must(err)
		if raw, _ := json.Marshal(entries); !strings.Contains(string(raw), head.Seal) {
			t.Errorf("the journal does not hold the seal %s: %s", head.Seal, raw)
		}
		// a unit sees its own page and nothing else
		own, _, err := w.Pack(t.Context(), w.edu, w.id, 1)
		w.must(err)
		if len(own.Pages) != 1 || own.Pages[0].Unit != w.unit["市教育局"] || len(own.Front.Parts) != 0 || len(own.Lamps) != 0 {
			t.Errorf("a unit sees %d pages, %+v", len(own.Pages), own.Front)
		}
	})
}
