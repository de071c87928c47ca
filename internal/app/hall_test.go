package app_test

import (
	"encoding/json"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// hall is the town with a leader, heads, and a meeting of three units.
type hall struct {
	*town
	leader, deputy, eduHead, finHead, zj docket.Actor
	id                                   docket.StocktakeID
}

func newHall(t *testing.T, store docket.Store) *hall {
	w := &hall{town: newTown(t, store)}
	w.leader = w.person("leader", docket.Leader, "云州市")
	w.deputy = w.person("deputy", docket.Leader, "云州市")
	w.eduHead = w.person("eduhead", docket.Head, "市教育局")
	w.finHead = w.person("finhead", docket.Head, "市财政局")
	w.zj = w.person("zj", docket.Liaison, "云州市住房和城乡建设局")
	w.adopted()
	return w
}

func (w *hall) plan() app.StocktakePlan {
	p := app.StocktakePlan{Kind: docket.Symposium, Title: "重点工作推进座谈会", On: docket.NewDate(2026, time.March, 20), Begins: "09:30", Place: "市政府一号会议室",
		Convener: w.leader.Person.ID, Standin: w.deputy.Person.ID, DaysBefore: 2}
	for _, n := range []string{"市教育局", "市财政局", "云州市住房和城乡建设局"} {
		p.Slots = append(p.Slots, app.SlotPlan{Unit: w.unit[n]})
	}
	return p
}

// convened plans the meeting and convenes it.
func (w *hall) convened() app.StocktakePage {
	w.t.Helper()
	page, err := w.PlanStocktake(w.t.Context(), w.office, w.plan(), 0)
	w.must(err)
	page, err = w.Convene(w.t.Context(), w.office, page.ID, page.Version)
	w.must(err)
	w.id = page.ID
	return page
}

// act does something in the room.
func (w *hall) act(a app.RoomAct) app.Room {
	w.t.Helper()
	r, err := w.InRoom(w.t.Context(), w.office, w.id, a)
	w.must(err)
	return r
}

func (w *hall) sitting() {
	w.t.Helper()
	w.convened()
	w.now = time.Date(2026, 3, 20, 9, 30, 0, 0, time.UTC)
	w.act(app.RoomAct{Act: "open"})
}

func (w *hall) line(key string, kind docket.ItemKind, text string) docket.Item {
	w.t.Helper()
	v, err := w.Record(w.t.Context(), w.office, w.id, app.NewItem{Key: key, Kind: kind, Text: text})
	w.must(err)
	return v.Item
}

func onEngines(t *testing.T, run func(t *testing.T, w *hall)) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) { run(t, newHall(t, open(t))) })
	}
}

// What arrives while a pack is being frozen is not in it: every page shows the
// same instant, though the units are gone through one by one.
func TestAPackShowsOneInstant(t *testing.T) {
	g := newGate(t)
	w := newHall(t, g)
	w.convened()
	w.freeze()
	g.shut = true
	_, err := w.FreezePack(t.Context(), w.office, w.id, 0)
	w.must(err)
	<-g.knock
	for _, m := range w.ledger(w.office).Items {
		for _, u := range m.Leads {
			if who, ok := map[docket.UnitID]docket.Actor{w.unit["市教育局"]: w.edu, w.unit["市财政局"]: w.fin}[u.Unit]; ok {
				_, err := w.Acknowledge(t.Context(), who, m.ID, u.Unit, 0)
				w.must(err)
			}
		}
	}
	for i := range 3 {
		g.open <- nil
		if i < 2 {
			<-g.knock
		}
	}
	w.freezing(time.Hour)
	g.shut = false
	w.freeze()
	var same [3]string
	for i := range same {
		body, _, err := w.Pack(t.Context(), w.office, w.id, i+1)
		w.must(err)
		body.At, body.Seq = time.Time{}, 0
		raw, err := json.Marshal(body)
		w.must(err)
		same[i] = string(raw)
	}
	if same[0] != same[1] {
		t.Errorf("frozen amid the writing it shows\n%s\nnot\n%s", same[1], same[0])
	}
	if same[2] == same[1] {
		t.Error("what arrived is not in the next pack either")
	}
}

// The convener leaves halfway: the stand-in takes the chair, what is promised then
// is the stand-in's, and nobody else can take it.
func TestTheConvenerLeavesHalfway(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.sitting()
	promise := func(key string) app.ItemView {
		v, err := w.Record(t.Context(), w.office, w.id, app.NewItem{Key: key, Kind: docket.ItemCommitment, Text: "4月底前现场办公" + key, Leader: true})
		w.must(err)
		return v
	}
	first := promise("一")
	for range 2 { // sent again it is done once
		w.act(app.RoomAct{Act: "chair", Person: w.deputy.Person.ID})
	}
	second := promise("二")
	if first.Leader != w.leader.Person.ID || second.Leader != w.deputy.Person.ID {
		t.Errorf("promises of %d and %d", first.Leader, second.Leader)
	}
	_, err := w.InRoom(t.Context(), w.office, w.id, app.RoomAct{Act: "chair", Person: w.eduHead.Person.ID})
	w.refused("a head in the chair", err, docket.Invalid, "stocktake.no_chair")
	room := w.act(app.RoomAct{Act: "close"})
	if room.ChairName != "deputy" || room.ConvenerName != "leader" {
		t.Errorf("at the end %s has the chair of %s's meeting", room.ChairName, room.ConvenerName)
	}
	rec, err := w.Keeping(t.Context(), w.office, 0)
	w.must(err)
	if len(rec.Rows) != 2 || rec.Rows[0].Person == rec.Rows[1].Person {
		t.Errorf("the record holds %+v", rec.Rows)
	}
}

// Minutes as long as a book are kept or refused whole, and named.
func TestPastedMinutes(t *testing.T) {
	w := newHall(t, openSQLite(t))
	w.sitting()
	w.act(app.RoomAct{Act: "close"})
	m, err := w.Minutes(t.Context(), w.office, w.id)
	w.must(err)
	paste := func(n int) error {
		text := make([]rune, n)
		for i := range text {
			text[i] = '议'
		}
		_, err := w.SaveMinutes(t.Context(), w.office, w.id, app.MinutesEdit{No: m.No, Title: m.Title, Body: []docket.MinutesPara{{Text: string(text)}}}, m.Version)
		return err
	}
	w.refused("one character too many", paste(50_001), docket.Invalid, "minutes.invalid")
	w.must(paste(50_000))
}
