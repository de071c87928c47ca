package app_test

import (
	"context"
	"runtime"
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/measure"
)

// Completeness and timeliness follow what units do, through lateness and a
// merger, and show nobody more than they may read.
func TestRatesFollowTheWork(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			w.adopted()
			receipts := func(actor docket.Actor) (all measure.Rate, by map[string]measure.Rate) {
				page, err := w.Rates(t.Context(), actor, docket.NewDate(2026, 3, 1), docket.NewDate(2026, 3, 31), 0, false)
				w.must(err)
				by = map[string]measure.Rate{}
				for _, u := range page.Units {
					by[u.Name] = u.Rate
				}
				return page.All, by
			}
			before, by := receipts(w.office)
			if before.Due == 0 || before.Met != 0 || by["市教育局"].Due == 0 {
				t.Fatalf("after adoption: %+v %+v", before, by)
			}
			for _, row := range w.owedBy(w.edu) { // on time
				_, err := w.Acknowledge(t.Context(), w.edu, row.Matter, row.Unit, 0)
				w.must(err)
			}
			w.now = w.now.AddDate(0, 0, 10)
			for _, row := range w.owedBy(w.fin)[:1] { // late
				_, err := w.Acknowledge(t.Context(), w.fin, row.Matter, row.Unit, 0)
				w.must(err)
			}
			all, by := receipts(w.office)
			edu, fin := by["市教育局"], by["市财政局"]
			if edu.OnTime != edu.Met || edu.Met == 0 || fin.Met != 1 || fin.OnTime != 0 || all.Late == 0 {
				t.Errorf("edu %+v, fin %+v, all %+v", edu, fin, all)
			}
			if _, by := receipts(w.edu); len(by) != 1 {
				t.Errorf("a liaison sees the rates of %v", by)
			}
			fine, err := w.Unit(t.Context(), w.admin, w.unit["市财政局"])
			w.must(err)
			_, err = w.MergeUnit(t.Context(), w.admin, fine.ID, fine.Version, w.unit["市教育局"], docket.DateOf(w.now), "机构改革")
			w.must(err)
			_, by = receipts(w.office)
			heir := by["市教育局"]
			if _, still := by["市财政局"]; still || heir.Due < edu.Due+fin.Due || heir.OnTime != edu.OnTime {
				t.Errorf("after the merger: %+v, before: %+v and %+v", by, edu, fin)
			}
		})
	}
}

// A round's rates count the reports it asks for, and reopening lets one unit file.
func TestARoundCountsItsReports(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	for _, row := range w.owedBy(w.edu) {
		_, err := w.Acknowledge(t.Context(), w.edu, row.Matter, row.Unit, 0)
		w.must(err)
	}
	rd, err := w.OpenRound(t.Context(), w.office, docket.Round{Title: "三月", From: docket.NewDate(2026, 3, 1), To: docket.NewDate(2026, 3, 31), Due: docket.NewDate(2026, 3, 28)})
	w.must(err)
	page, err := w.RoundRates(t.Context(), w.office, rd.ID)
	w.must(err)
	if page.All.Due == 0 || page.All.Met != 0 {
		t.Fatalf("a fresh round: %+v", page)
	}
	if _, err := w.RoundRates(t.Context(), w.district, rd.ID); docket.CodeOf(err) != docket.NotFound {
		t.Errorf("another body's office sees the round: %v", err)
	}
	own, err := w.RoundRates(t.Context(), w.edu, rd.ID)
	w.must(err)
	if len(own.Units) != 1 || own.Units[0].Name != "市教育局" {
		t.Errorf("a liaison sees %+v", own.Units)
	}
	found, err := w.Ledger(t.Context(), w.office, app.LedgerRequest{Query: docket.LedgerQuery{Unit: w.unit["市教育局"], Role: docket.Lead, Status: []docket.MatterStatus{docket.Accepted}}})
	w.must(err)
	_, err = w.Move(t.Context(), w.office, found.Items[0].ID, docket.VerbPark, 0, docket.Deed{Words: "用地未批", Condition: "用地批复", LookOn: docket.NewDate(2026, 6, 1)}, 0)
	w.must(err)
	after, err := w.RoundRates(t.Context(), w.office, rd.ID)
	w.must(err)
	if after.All.Due != page.All.Due-1 {
		t.Errorf("of a parked matter a report is still asked for: %+v, before %+v", after.All, page.All)
	}
}

// The journal is the auditor's alone; it is narrowed by number, act and day and
// comes whole as a stream.
func TestTheJournalForAuditors(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			w.adopted()
			w.now = w.now.AddDate(0, 0, 1)
			for _, row := range w.owedBy(w.edu) {
				_, err := w.Acknowledge(t.Context(), w.edu, row.Matter, row.Unit, 0)
				w.must(err)
			}
			for _, who := range []docket.Actor{w.office, w.edu, w.admin} {
				_, err := w.Journal(t.Context(), who, app.JournalQuery{}, 0, 10)
				w.refused("reading the journal", err, docket.Forbidden, "")
			}
			ask := func(q app.JournalQuery) []app.JournalRow {
				page, err := w.Journal(t.Context(), w.auditor, q, 0, 200)
				w.must(err)
				return page.Items
			}
			rows := ask(app.JournalQuery{Matter: "2026-0001"})
			if len(rows) < 2 || rows[0].No != "2026-0001" || !slices.IsSortedFunc(rows, func(a, b app.JournalRow) int { return int(b.Seq - a.Seq) }) {
				t.Errorf("by matter: %+v", rows)
			}
			for _, r := range ask(app.JournalQuery{Verb: docket.VerbAcknowledge, Person: w.edu.Person.ID, From: docket.NewDate(2026, 3, 3), To: docket.NewDate(2026, 3, 3)}) {
				if r.Verb != docket.VerbAcknowledge || r.ActorName != "edu" {
					t.Errorf("narrowed: %+v", r)
				}
			}
			if late := ask(app.JournalQuery{To: docket.NewDate(2026, 3, 2), Verb: docket.VerbAcknowledge}); len(late) != 0 {
				t.Errorf("acts of the next day in the day before: %+v", late)
			}
			_, err := w.Journal(t.Context(), w.auditor, app.JournalQuery{Matter: "2026-9999"}, 0, 10)
			w.refused("a number that is not", err, docket.NotFound, "journal.no_matter")
			seq := int64(0)
			for r, err := range w.JournalRows(t.Context(), w.auditor, app.JournalQuery{}) {
				w.must(err)
				if seq++; r.Seq != seq {
					t.Fatalf("after %d came %d", seq-1, r.Seq)
				}
			}
			if page, err := w.Journal(t.Context(), w.auditor, app.JournalQuery{}, 0, 5); err != nil || page.Next != seq-4 {
				t.Errorf("a page of five of %d: %+v, %v", seq, page.Next, err)
			}
		})
	}
}

// A feed's key is made and ended by its person, opens nothing once it is
// replaced, and follows the person's posts of the day.
func TestAFeedFollowsItsPerson(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	first, err := w.NewFeed(t.Context(), w.edu)
	w.must(err)
	_, items, err := w.FeedItems(t.Context(), first)
	w.must(err)
	if len(items) == 0 || items[0].Due == 0 || items[0].No == "" {
		t.Fatalf("the feed: %+v", items)
	}
	second, err := w.NewFeed(t.Context(), w.edu)
	w.must(err)
	for _, bad := range []string{"", "x", first, second + "x", "999." + second, "1." + second} {
		_, _, err := w.FeedItems(t.Context(), bad)
		w.refused("a key that opens nothing", err, docket.NotFound, "")
	}
	w.nothingKept(second)
	w.endPosts(w.edu)
	if _, items, err := w.FeedItems(t.Context(), second); err != nil || len(items) != 0 {
		t.Errorf("without a post the feed still shows %d: %v", len(items), err)
	}
	w.must(w.EndFeed(t.Context(), w.edu))
	_, _, err = w.FeedItems(t.Context(), second)
	w.refused("an ended key", err, docket.NotFound, "")
}

// Why each page may be seen is said in words, and not to those who may not see it.
func TestWhyAPageMayBeSeen(t *testing.T) {
	w := newTown(t, openSQLite(t))
	id := int64(w.adopted())
	keys := func(actor docket.Actor, kind string, id int64) (out []string) {
		all, err := w.Why(t.Context(), actor, kind, id)
		w.must(err)
		for _, r := range all {
			out = append(out, r.Key)
		}
		return out
	}
	for _, x := range []struct {
		who  docket.Actor
		kind string
		id   int64
		want []string
	}{
		{w.office, "directive", id, []string{"why.directive_office"}},
		{w.edu, "directive", id, []string{"why.directive_matter", "why.assigned"}},
		{w.auditor, "directive", id, []string{"why.auditor"}},
		{w.edu, "unit", int64(w.unit["市财政局"]), []string{"why.unit"}},
		{w.office, "unit", int64(w.unit["市财政局"]), []string{"why.unit", "why.unit_matters"}},
		{w.admin, "people", 0, []string{"why.people_admin"}},
	} {
		if got := keys(x.who, x.kind, x.id); !slices.Equal(got, x.want) {
			t.Errorf("%s %d by %s: %v, want %v", x.kind, x.id, x.who.Person.Login, got, x.want)
		}
	}
	_, err := w.Why(t.Context(), w.district, "directive", id)
	w.refused("a directive out of scope", err, docket.NotFound, "")
	_, err = w.Why(t.Context(), w.edu, "people", 0)
	w.refused("who holds which post", err, docket.Forbidden, "")
}

// owedBy is what a person owes now by acknowledging.
func (w *town) owedBy(actor docket.Actor) (out []app.DeskRow) {
	w.t.Helper()
	desk, err := w.Desk(w.t.Context(), actor)
	w.must(err)
	for _, row := range desk.Owed {
		if row.Act == "acknowledge" {
			out = append(out, row)
		}
	}
	return out
}

func (w *town) endPosts(actor docket.Actor) {
	w.t.Helper()
	for _, p := range actor.Posts {
		_, err := w.EndPost(w.t.Context(), w.admin, p.ID, docket.DateOf(w.now)-1)
		w.must(err)
	}
}

// Time itself lets a receipt window pass, once, and keeps doing so until it is stopped.
func TestTimePassesByItself(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	w.now = w.now.AddDate(0, 0, 14)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { w.KeepTime(ctx, time.Hour); close(ended) }()
	lapsed := func() (n int) {
		page, err := w.Journal(t.Context(), w.auditor, app.JournalQuery{Verb: docket.VerbLapse}, 0, 100)
		w.must(err)
		return len(page.Items)
	}
	for deadline := time.Now().Add(20 * time.Second); lapsed() < 4; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("only %d windows have passed", lapsed())
		}
	}
	stop()
	<-ended
	w.must(w.Tick(t.Context()))
	if n := lapsed(); n != 4 {
		t.Errorf("%d windows of 4 matters have passed", n)
	}
}
