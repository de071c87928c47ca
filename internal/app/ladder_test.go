package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// tick lets a morning come.
func (w *town) tick(month time.Month, day int) {
	w.t.Helper()
	w.now = time.Date(2026, month, day, 0, 1, 0, 0, time.UTC)
	w.must(w.Tick(w.t.Context()))
}

// told are the notices of somebody, oldest first: "03-05 urge acknowledge 2026-03-04".
func (w *town) told(who docket.Actor) (out []string) {
	w.t.Helper()
	page, err := w.Notices(w.t.Context(), w.as(who), 0)
	w.must(err)
	for _, n := range slices.Backward(page.Items) {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", n.Day.String()[5:], n.Kind, n.Args["what"], n.No)))
	}
	return out
}

func (w *town) same(what string, got, want []string) {
	w.t.Helper()
	if !slices.Equal(got, want) {
		w.t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A matter of one unit, with everybody above it, climbs the ladder to the top.
func TestTheLadderClimbs(t *testing.T) {
	onBoth(t, func(t *testing.T, store docket.Store) {
		w := newTown(t, store)
		ctx := t.Context()
		head, leader := w.person("eduhead", docket.Head, "市教育局"), w.person("leader", docket.Leader, "云州市")
		page, err := w.Register(ctx, w.office, app.NewMatter{Requirement: "修一座桥", Due: docket.NewDate(2026, 3, 18),
			Assignments: []docket.Assignment{{Party: docket.Party{Role: docket.Lead}, Unit: w.unit["市教育局"]}}})
		w.must(err)
		id := page.Matter.ID
		_, err = w.Move(ctx, w.edu, id, docket.VerbAcknowledge, w.unit["市教育局"], docket.Deed{}, 0)
		w.must(err)
		_, err = w.Move(ctx, w.edu, id, docket.VerbPlan, w.unit["市教育局"], docket.Deed{Milestones: []docket.Milestone{{Title: "开工", Due: docket.NewDate(2026, 3, 10)}}}, 0)
		w.must(err)
		other := w.another()
		live := func(day int) {
			w.tick(3, day)
			w.must(other.Tick(ctx)) // a second process
			w.must(w.Tick(ctx))
			w.must(w.another().Tick(ctx)) // and a restart
		}
		for day := 3; day <= 26; day++ {
			live(day)
		}
		// the office presses by hand on a day the ladder has: once a day is the most
		_, err = w.Urge(ctx, w.office, id, w.unit["市教育局"], "")
		w.refused("after the ladder", err, docket.Conflict, "urge.today")
		for day := 27; day <= 31; day++ {
			live(day)
		}
		no := page.Matter.No
		line := func(day, kind string) string { return day + " " + kind + " finish " + no }
		w.same("the liaison", w.told(w.edu), []string{line("03-09", "remind"), line("03-13", "remind"), line("03-17", "remind"), line("03-18", "remind"),
			line("03-19", "urge"), line("03-20", "urge"), line("03-24", "urge"), line("03-26", "urge")})
		w.same("the head", w.told(head), []string{line("03-20", "urge")})
		w.same("the office", w.told(w.office), []string{line("03-24", "climb")})
		w.same("the leader", w.told(leader), []string{line("03-26", "climb")})
		urges, err := w.Urges(ctx, w.office, id)
		w.must(err)
		var rungs []string
		for _, u := range urges {
			rungs = append(rungs, u.Slip+" "+string(u.Rung)+u.ByName)
		}
		w.same("slips", rungs, []string{"2026-0001 liaison", "2026-0002 head", "2026-0003 office", "2026-0004 leader"})
		if n := len(w.verbs(docket.VerbRemind)); n != 4 {
			t.Errorf("%d entries of reminders", n)
		}
	})
}

// What somebody pressed for by hand in the morning the ladder leaves for tomorrow.
func TestTheLadderWaitsForAHandThatPressed(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	id := w.ledger(w.edu).Items[0].ID
	w.now = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	_, err := w.Urge(t.Context(), w.office, id, w.unit["市教育局"], "请签收")
	w.must(err)
	count := func() int {
		urges, err := w.Urges(t.Context(), w.office, id)
		w.must(err)
		return len(slices.DeleteFunc(urges, func(u app.UrgeView) bool { return u.Unit != w.unit["市教育局"] || u.Owed != docket.OweAcknowledge }))
	}
	w.must(w.Tick(t.Context()))
	if n := count(); n != 1 {
		t.Errorf("%d urges that day", n)
	}
	w.tick(3, 6)
	if n := count(); n != 2 {
		t.Errorf("%d urges the day after", n)
	}
}

// An answer due by the hour is pressed for when the hour has passed, not the
// next day; on a day of rest nothing is.
func TestTheLadderKnowsHours(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	leader := w.person("leader", docket.Leader, "云州市")
	w.adopted()
	id := w.ledger(w.edu).Items[0].ID
	w.must(w.Tick(ctx))
	w.now = time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
	_, err := w.Instruct(ctx, leader, id, "即报", docket.TopUrgent)
	w.must(err)
	w.tick(3, 3)
	replies := func() (n int) {
		for _, line := range w.told(w.edu) {
			if strings.Contains(line, "urge reply") {
				n++
			}
		}
		return n
	}
	w.now = time.Date(2026, 3, 3, 14, 59, 0, 0, time.UTC)
	w.must(w.Tick(ctx))
	if replies() != 0 {
		t.Error("pressed for before its hour")
	}
	w.now = time.Date(2026, 3, 3, 15, 5, 0, 0, time.UTC)
	w.must(w.Tick(ctx))
	w.must(w.Tick(ctx))
	if replies() != 1 {
		t.Errorf("pressed for %d times after its hour", replies())
	}
}

// Bulk urging tells beforehand what it then does.
func TestUrgingMany(t *testing.T) {
	onBoth(t, func(t *testing.T, store docket.Store) {
		w := newTown(t, store)
		ctx := t.Context()
		w.adopted()
		var ids []docket.MatterID
		for _, row := range w.ledger(w.office).Items {
			ids = append(ids, row.ID)
		}
		say := func(all []app.Urged) (out []string) {
			for _, u := range all {
				line := u.UnitName + " " + string(u.Owed) + " " + strings.Join(u.To, ",")
				if u.Err != nil {
					line = u.UnitName + ": " + u.Err.(*docket.Error).Key
				}
				out = append(out, line)
			}
			return out
		}
		_, err := w.Move(ctx, w.edu, ids[1], docket.VerbAcknowledge, w.unit["市教育局"], docket.Deed{}, 0)
		w.must(err)
		before := len(w.verbs(docket.VerbUrge))
		preview, err := w.UrgeMany(ctx, w.office, ids[:2], "请抓紧", true)
		w.must(err)
		if len(w.verbs(docket.VerbUrge)) != before || len(w.told(w.edu)) != 0 {
			t.Error("a preview pressed")
		}
		done, err := w.UrgeMany(ctx, w.office, ids[:2], "请抓紧", false)
		w.must(err)
		w.same("done as announced", say(done), say(preview))
		w.same("who", say(done), []string{"市教育局 acknowledge edu", "市财政局 acknowledge fin", "市教育局 finish edu", "市财政局 acknowledge fin"})
		again, err := w.UrgeMany(ctx, w.office, ids[:2], "", false)
		w.must(err)
		w.same("again", say(again), []string{"市教育局: urge.today", "市财政局: urge.today", "市教育局: urge.today", "市财政局: urge.today"})
		_, err = w.UrgeMany(ctx, w.edu, ids, "", true)
		w.refused("by a unit", err, docket.Forbidden, "")
		some, err := w.UrgeMany(ctx, w.district, ids, "", true)
		if err != nil || len(some) != 0 {
			t.Errorf("another office is told of %v, %v", some, err)
		}
		_, err = w.UrgeMany(ctx, w.office, ids[2:], "机密★10年", true)
		w.refused("classified", err, docket.Classified, "")
	})
}
