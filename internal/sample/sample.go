// Package sample is a small believable city: units, people in their posts, a
// plan that was adopted some months ago and is measured since, a meeting that was
// held, a paper waiting to be corrected, and a symposium about to meet.
// Places are made up and people bear only the names of their posts. Everything
// goes in through the same use cases as a person's own work; days are counted
// from the day it is loaded, so that the city is always in mid-stride.
package sample

import (
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

//go:embed zh en
var cities embed.FS

// Admin is the login of the person the sample city's first link signs in: its
// administrator, who also holds the office post at the top.
const Admin = "admin"

// City names one of the sample cities.
type City string

// The cities.
const (
	Yunzhou   City = "zh" // 云州市
	Northford City = "en" // Northford
)

// plan is the paper that was adopted; draft the one that waits.
var papers = map[City]struct{ plan, draft string }{
	Yunzhou:   {"1-plan.txt", "2-opinion.md"},
	Northford: {"1-plan.md", "2-strategy.md"},
}

var adminNames = map[City]string{Yunzhou: "管理员", Northford: "Administrator"}

// adoptedBefore is how many days before loading the plan was adopted.
const adoptedBefore = 230

// Load fills an empty store with the city. build makes an App over that store
// with the given clock: the city's past is lived through with a clock of its own.
func Load(ctx context.Context, city City, build func(clock func() time.Time) (*app.App, error), today time.Time) error {
	past := today.AddDate(0, 0, -adoptedBefore)
	l := &loader{city: city, today: today, now: past, staff: map[string]*person{}, measured: map[docket.MatterID]docket.MeasureID{}}
	var err error
	if l.app, err = build(func() time.Time { return l.now }); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{l.people, l.plan, l.life, l.draft, l.meeting} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("sample city %s: %w", city, err)
		}
	}
	return nil
}

type loader struct {
	city  City
	app   *app.App
	today time.Time
	now   time.Time // the clock of the city's past
	admin docket.Actor
	staff map[string]*person // people other than the administrator, by login

	earlier  docket.StocktakeID // the meeting before the one about to come
	measured map[docket.MatterID]docket.MeasureID
}

type person struct {
	id    docket.PersonID
	unit  docket.UnitID
	actor docket.Actor // once signed in
}

// people founds the units and gives everybody a post; the administrator gets
// the office post too, so that one sign-in shows everything.
func (l *loader) people(ctx context.Context) error {
	link, err := l.app.FirstLink(ctx, Admin)
	if err != nil {
		return err
	}
	if err := l.signIn(ctx, &l.admin, link.Token); err != nil {
		return err
	}
	name, lang := adminNames[l.city], string(l.city)
	me := l.admin.Person
	if _, err := l.app.EditPerson(ctx, l.admin, me.ID, me.Version, app.PersonEdit{Name: &name, Lang: &lang}); err != nil {
		return err
	}
	raw, err := cities.ReadFile(string(l.city) + "/units.csv")
	if err != nil {
		return err
	}
	done, err := l.app.ImportUnits(ctx, l.admin, "units.csv", raw, false)
	if err != nil {
		return err
	}
	if len(done.Errors) > 0 {
		return fmt.Errorf("units.csv: %+v", done.Errors[0])
	}
	byCode, top, err := l.units(ctx)
	if err != nil {
		return err
	}
	for _, role := range []docket.Role{docket.Office, docket.Auditor} {
		if _, err := l.app.AddPost(ctx, l.admin, docket.Post{Person: l.admin.Person.ID, Role: role, Unit: top, From: docket.DateOf(l.now)}); err != nil {
			return err
		}
	}
	if l.city == Northford { // its holidays are those of England and Wales
		if _, err := l.app.SetCalendar(ctx, l.admin, app.CalendarSet{Base: "england"}, false); err != nil {
			return err
		}
	}
	rows, err := l.table("people.csv")
	if err != nil {
		return err
	}
	for _, row := range rows {
		p, err := l.app.AddPerson(ctx, l.admin, docket.Person{Login: row[0], Name: row[1], Lang: string(l.city), Active: true})
		if err != nil {
			return err
		}
		post := docket.Post{Person: p.ID, Role: docket.Role(row[2]), Unit: byCode[row[3]], From: docket.DateOf(l.now)}
		if _, err := l.app.AddPost(ctx, l.admin, post); err != nil {
			return err
		}
		l.staff[row[0]] = &person{id: p.ID, unit: post.Unit}
	}
	own, err := l.app.NewLink(ctx, l.admin, l.admin.Person.ID)
	if err != nil {
		return err
	}
	return l.signIn(ctx, &l.admin, own.Token) // again, now with the office post
}

func (l *loader) units(ctx context.Context) (byCode map[string]docket.UnitID, top docket.UnitID, err error) {
	list, err := l.app.Units(ctx, l.admin, 0)
	if err != nil {
		return nil, 0, err
	}
	byCode = map[string]docket.UnitID{}
	for _, u := range list.Items {
		byCode[u.Code] = u.ID
		if u.Parent == 0 && top == 0 {
			top = u.ID
		}
	}
	return byCode, top, nil
}

// plan imports and adopts the plan. What the reader left open is set aside, as
// an office in a hurry would do; the gutter then shows it as not taken up.
func (l *loader) plan(ctx context.Context) error {
	in, err := l.importPaper(ctx, papers[l.city].plan)
	if err != nil {
		return err
	}
	preview, err := l.app.AdoptionPreview(ctx, l.admin, in.Directive)
	if err != nil {
		return err
	}
	drafts, err := l.app.Drafts(ctx, l.admin, in.Directive)
	if err != nil {
		return err
	}
	versions := map[docket.MatterID]int64{}
	for _, d := range drafts {
		versions[d.ID] = d.Version
	}
	aside := true
	for _, b := range preview.Blockers {
		if v, open := versions[b.Matter]; open {
			if _, err := l.app.EditDraft(ctx, l.admin, in.Directive, b.Matter, v, app.DraftEdit{Aside: &aside}); err != nil {
				return err
			}
			delete(versions, b.Matter)
		}
	}
	page, err := l.app.Directive(ctx, l.admin, in.Directive)
	if err != nil {
		return err
	}
	_, err = l.app.Adopt(ctx, l.admin, in.Directive, page.Directive.Version)
	return err
}

// draft leaves a paper from above waiting to be corrected.
func (l *loader) draft(ctx context.Context) error {
	l.now = l.today
	own, err := l.app.NewLink(ctx, l.admin, l.admin.Person.ID)
	if err != nil {
		return err
	}
	if err := l.signIn(ctx, &l.admin, own.Token); err != nil {
		return err
	}
	_, err = l.importPaper(ctx, papers[l.city].draft)
	return err
}

func (l *loader) importPaper(ctx context.Context, name string) (app.Imported, error) {
	raw, err := cities.ReadFile(string(l.city) + "/" + name)
	if err != nil {
		return app.Imported{}, err
	}
	return l.app.Import(ctx, l.admin, name, []byte(fill(string(raw), l.city, l.today)))
}

// signIn uses up a one-time link and ends the session again: a sample leaves nobody signed in.
func (l *loader) signIn(ctx context.Context, who *docket.Actor, token string) error {
	in, err := l.app.SignInByLink(ctx, token, app.Browser{Agent: "sample"})
	if err != nil {
		return err
	}
	*who = in.Actor
	return l.app.SignOut(ctx, in.Token)
}

// table reads a CSV file of the city without its head.
func (l *loader) table(name string) ([][]string, error) {
	raw, err := cities.ReadFile(string(l.city) + "/" + name)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
	if err != nil {
		return nil, err
	}
	return rows[1:], nil
}
