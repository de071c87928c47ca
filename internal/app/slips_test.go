package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// slips are the meeting's slips as somebody sees them.
func (w *hall) slips(who docket.Actor) app.SlipsPage {
	w.t.Helper()
	page, err := w.Stocktake(w.t.Context(), w.as(who), w.id)
	w.must(err)
	return page.Slips
}

// slipNotice is the newest thing somebody was told, which is about a slip.
func (w *hall) slipNotice(who docket.Actor) docket.NoticeLine {
	w.t.Helper()
	page, err := w.Notices(w.t.Context(), w.as(who), 0)
	w.must(err)
	i := slices.IndexFunc(page.Items, func(n docket.NoticeLine) bool { return n.Kind == docket.NoticeSlip })
	if i < 0 {
		w.t.Fatalf("%s was told of no slip", who.Person.Name)
	}
	return page.Items[i]
}

// After a meeting the office sends each unit its slip; a line recorded later goes out
// with the minutes. A unit sees its own; one that was not at the meeting is told too.
func TestSlipsGoOut(t *testing.T) {
	onEngines(t, func(t *testing.T, w *hall) {
		ctx := t.Context()
		w.person("云州市住房和城乡建设局局长", docket.Head, "云州市住房和城乡建设局")
		lj := w.person("lj", docket.Liaison, "临江区教育局")
		w.sitting()
		school := w.line("a", docket.ItemDecision, "市教育局会同市财政局6月20日前建成3所学校")
		w.line("b", docket.ItemDecision, "临江区教育局4月20日前报送学位缺口")
		gone := w.line("c", docket.ItemInstruction, "市教育局5月20日前公开校车线路")
		w.line("d", docket.ItemCommendation, "表扬市财政局")
		_, err := w.SendSlips(ctx, w.office, w.id)
		w.refused("while the meeting sits", err, docket.Conflict, "slips.sitting")
		w.act(app.RoomAct{Act: "close"})

		if got := w.slips(w.office); len(got.Sent) != 0 || len(got.Owed) != 3 || got.Due != docket.NewDate(2026, time.March, 24) {
			t.Fatalf("to be sent: %+v", got)
		}
		w.same("the office's desk", w.asked(w.office), []string{"slips", "minutes"})
		_, err = w.SendSlips(ctx, w.edu, w.id)
		w.refused("by a unit", err, docket.Forbidden, "refuse.convene")
		page, err := w.SendSlips(ctx, w.office, w.id)
		w.must(err)
		if len(page.Slips.Sent) != 3 || len(page.Slips.Owed) != 0 {
			t.Fatalf("sent: %+v", page.Slips)
		}
		w.same("the desk afterwards", w.asked(w.office), []string{"minutes"})
		_, err = w.SendSlips(ctx, w.office, w.id)
		w.refused("a second time", err, docket.Conflict, "slips.none")

		own := w.slips(w.edu)
		if len(own.Sent) != 1 || own.Sent[0].No != "2026-0001" || !slices.Equal(own.Sent[0].Items, []docket.ItemID{school.ID, gone.ID}) || own.Sent[0].Received != 0 {
			t.Fatalf("the unit's own: %+v", own)
		}
		if n := w.slipNotice(w.eduHead); n.Args["slip"] != "2026-0001" || n.Args["due"] != "2026-05-20" || n.Args["stocktake"] == "" {
			t.Errorf("its head was told %+v", n)
		}
		if n := w.slipNotice(lj); n.Matter == 0 || n.Args["stocktake"] != "" {
			t.Errorf("who was not there is led to %+v", n)
		}
		_, err = w.Slips(ctx, w.edu, w.id, page.Slips.Sent[1].ID)
		w.refused("another unit's slip", err, docket.NotFound, "")

		_, err = w.Acknowledge(ctx, w.edu, school.Matter, w.unit["市教育局"], 0)
		w.must(err)
		_, err = w.Strike(ctx, w.office, w.id, gone.ID, "口误")
		w.must(err)
		if got := w.slips(w.edu).Sent[0]; got.Received != 1 || got.Standing != 1 || len(got.Items) != 2 {
			t.Errorf("after its receipt and the strike: %+v", got)
		}

		w.act(app.RoomAct{Act: "open"})
		late := w.line("e", docket.ItemDecision, "市财政局4月30日前下达资金")
		w.line("f", docket.ItemDecision, "临江区4月30日前落实配套资金")
		w.act(app.RoomAct{Act: "close"})
		m, err := w.Minutes(ctx, w.leader, w.id)
		w.must(err)
		if want := "市教育局，市财政局，云州市住房和城乡建设局，临江区教育局，临江区"; m.Sent != want || !strings.HasSuffix(m.Absent, "，云州市住房和城乡建设局局长") {
			t.Errorf("the minutes go to %s, not %s; absent were %s", m.Sent, want, m.Absent)
		}
		_, err = w.IssueMinutes(ctx, w.leader, w.id, m.Version)
		w.must(err)
		sent := w.slips(w.office).Sent
		if len(sent) != 5 || sent[3].Unit != w.unit["市财政局"] || !slices.Equal(sent[3].Items, []docket.ItemID{late.ID}) || sent[4].Unit != w.unit["临江区"] {
			t.Errorf("with the minutes went out %+v", sent)
		}
		if n := len(w.verbs(docket.VerbSlips)); n != 2 {
			t.Errorf("%d entries of slips", n)
		}
	})
}
