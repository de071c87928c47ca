package app_test

import (
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func TestLinesThatCannotBeRecorded(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.sitting()
	edu := w.unit["市教育局"]
	line := func(n app.NewItem) error {
		_, err := w.Record(t.Context(), w.office, w.id, n)
		return err
	}
	for what, c := range map[string]struct {
		n    app.NewItem
		code docket.Code
		key  string
	}{
		"unknown unit":      {app.NewItem{Key: "1", Kind: docket.ItemDecision, Text: "市航天局牵头6月底前建成基地"}, docket.Invalid, "item.invalid"},
		"past day":          {app.NewItem{Key: "2", Kind: docket.ItemDecision, Text: "建成学校", Parties: []docket.RoleUnits{{Role: docket.Lead, Units: []docket.UnitID{edu}}}, Due: docket.NewDate(2026, time.January, 5)}, docket.Invalid, "item.invalid"},
		"nobody":            {app.NewItem{Key: "3", Kind: docket.ItemDecision, Text: "6月底前建成学校"}, docket.Invalid, "item.invalid"},
		"no kind":           {app.NewItem{Key: "4", Text: "市教育局6月底前建成学校"}, docket.Invalid, "item.invalid"},
		"a whole paper":     {app.NewItem{Key: "5", Kind: docket.ItemNote, Text: strings.Repeat("长", 50_000)}, docket.Invalid, "item.invalid"},
		"classified":        {app.NewItem{Key: "6", Kind: docket.ItemNote, Text: "机密★一年 有关情况"}, docket.Classified, ""},
		"a topic not there": {app.NewItem{Key: "7", Kind: docket.ItemNote, Text: "议题已定", Topic: "own/none"}, docket.Conflict, "stocktake.topic_gone"},
	} {
		w.refused(what, line(c.n), c.code, c.key)
	}
	page, err := w.Stocktake(t.Context(), w.office, w.id)
	w.must(err)
	if len(page.Items) != 0 || page.Directive != 0 {
		t.Errorf("something was left: %+v", page.Items)
	}
	// two secretaries: the same words, and the same topic
	w.must(line(app.NewItem{Key: "8", Kind: docket.ItemDecision, Text: "市教育局6月底前建成学校"}))
	w.refused("the same words again", line(app.NewItem{Key: "9", Kind: docket.ItemDecision, Text: "市教育局 6月底前 建成学校。"}), docket.Conflict, "stocktake.recorded")
	// a unit that ended after the meeting was convened
	u, err := w.Unit(t.Context(), w.admin, w.unit["市财政局"])
	w.must(err)
	_, err = w.EndUnit(t.Context(), w.admin, u.ID, u.Version, docket.NewDate(2026, time.March, 19), "")
	w.must(err)
	w.refused("a unit that is gone", line(app.NewItem{Key: "10", Kind: docket.ItemDecision, Text: "办理资金", Parties: []docket.RoleUnits{{Role: docket.Lead, Units: []docket.UnitID{w.unit["市财政局"]}}}, Due: docket.NewDate(2026, time.June, 1)}), docket.Invalid, "")
	// who does not run the meeting
	_, err = w.Record(t.Context(), w.edu, w.id, app.NewItem{Key: "11", Kind: docket.ItemNote, Text: "x"})
	w.refused("a liaison", err, docket.Forbidden, "refuse.convene")
	_, err = w.Stocktake(t.Context(), w.district, w.id)
	w.refused("another office", err, docket.NotFound, "")
}

func TestALineStruckOffTakesItsMatterAlong(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.sitting()
	first, second := w.line("a", docket.ItemDecision, "市教育局6月底前建成学校"), w.line("b", docket.ItemDecision, "市财政局6月底前拨付资金")
	_, err := w.Strike(t.Context(), w.office, w.id, first.ID, "")
	w.refused("without a reason", err, docket.Invalid, "")
	page, err := w.Strike(t.Context(), w.office, w.id, first.ID, "记录有误")
	w.must(err)
	if v := page.Items[0]; v.Stands() || v.Status != docket.Terminated || page.Landing.Acts != 1 {
		t.Errorf("struck off it is %+v, %+v", v, page.Landing)
	}
	_, err = w.Acknowledge(t.Context(), w.fin, second.Matter, w.unit["市财政局"], 0)
	w.must(err)
	_, err = w.Strike(t.Context(), w.office, w.id, second.ID, "记录有误")
	w.refused("one that was taken up", err, docket.Conflict, "stocktake.taken_up")
	// the same words may be recorded anew
	if again := w.line("c", docket.ItemDecision, "市教育局6月底前建成学校"); again.Matter == first.Matter {
		t.Error("the struck line came back")
	}
}
