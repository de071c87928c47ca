package sample_test

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/files"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/sample"
	"github.com/docket-os/docket/internal/sqlite"
)

// A newcomer finds a city in mid-stride on whatever day it is loaded: matters
// late, near and far, planned, reported on and claimed, one paper waiting, one
// sentence nobody took up.
func TestCitiesAreInMidStrideOnAnyDay(t *testing.T) {
	for _, city := range []sample.City{sample.Yunzhou, sample.Northford} {
		for _, day := range []string{"2026-11-26 09:00", "2027-01-02 00:05", "2028-02-29 23:50"} {
			t.Run(string(city)+" "+day, func(t *testing.T) {
				today, err := time.Parse("2006-01-02 15:04", day)
				if err != nil {
					t.Fatal(err)
				}
				look(t, load(t, city, today))
			})
		}
	}
}

func look(t *testing.T, a *app.App) {
	ctx := t.Context()
	link, err := a.FirstLink(ctx, sample.Admin)
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.SignInByLink(ctx, link.Token, app.Browser{})
	if err != nil {
		t.Fatal(err)
	}
	page, err := a.Ledger(ctx, in.Actor, app.LedgerRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if page.Total < 12 || page.Lamps[docket.LampAct] == 0 || page.Lamps[docket.LampWatch] == 0 {
		t.Errorf("%d matters with lamps %v", page.Total, page.Lamps)
	}
	if page.Statuses[docket.Accepted] == 0 || page.Statuses[docket.Assigned] == 0 {
		t.Errorf("statuses %v: some units have confirmed and some have not", page.Statuses)
	}
	for _, status := range []docket.MatterStatus{docket.InProgress, docket.Claimed} {
		if page.Statuses[status] == 0 {
			t.Errorf("statuses %v: none is %s", page.Statuses, status)
		}
	}
	list, err := a.Directives(ctx, in.Actor)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 3 || list[0].Status != docket.Reading || list[1].Status != docket.Adopted || list[2].Status != docket.Adopted {
		t.Errorf("directives: %+v", list)
	}
	open(t, a, in.Actor)
}

// open looks at the pack that the coming symposium opens with: what the meeting
// before left to be kept, and figures of every unit.
func open(t *testing.T, a *app.App, office docket.Actor) {
	ctx := t.Context()
	meetings, err := a.Stocktakes(ctx, office)
	if err != nil {
		t.Fatal(err)
	}
	if len(meetings) != 2 || meetings[0].Status != docket.StocktakeConvened || meetings[1].Status != docket.StocktakeIssued {
		t.Fatalf("meetings: %+v", meetings)
	}
	if _, err := a.FreezePack(ctx, office, meetings[0].ID, time.Hour); err != nil {
		t.Fatal(err)
	}
	pack, _, err := a.Pack(ctx, office, meetings[0].ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	kept, ahead, behind := map[docket.Keeping]int{}, 0, 0
	for _, page := range pack.Pages {
		for _, part := range page.Parts {
			if part.Kind == docket.PartMeasures && len(part.Lines) == 0 {
				t.Errorf("%s has no measure", page.Name)
			}
			for _, l := range part.Lines {
				kept[l.Keeping]++
				switch {
				case l.Figure == nil:
				case l.Figure.AsOf == 0:
					t.Errorf("%s of %s has no figure", l.Figure.Name, page.Name)
				case l.Figure.Gap >= 0:
					ahead++
				default:
					behind++
				}
			}
		}
	}
	for _, k := range []docket.Keeping{docket.KeepingKept, docket.KeepingLate, docket.KeepingBroken, docket.KeepingOpen} {
		if kept[k] == 0 {
			t.Errorf("what was promised is %v", kept)
		}
	}
	if ahead < 2 || behind < 2 {
		t.Errorf("%d measures are on course or ahead, %d behind", ahead, behind)
	}
}

func load(t *testing.T, city sample.City, today time.Time) *app.App {
	t.Helper()
	dir := t.TempDir()
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, "docket.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	kept, err := files.Open(filepath.Join(dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	build := func(clock func() time.Time) (*app.App, error) {
		return app.New(t.Context(), app.Config{
			Store: store, Files: kept, Clock: clock, Location: time.UTC,
			Readers: paper.Readers(markup.Readers()), Log: slog.New(slog.DiscardHandler),
		})
	}
	if err := sample.Load(t.Context(), city, build, today); err != nil {
		t.Fatal(err)
	}
	a, err := build(func() time.Time { return today })
	if err != nil {
		t.Fatal(err)
	}
	return a
}
