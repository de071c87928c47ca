package httpapi_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/files"
	"github.com/docket-os/docket/internal/httpapi"
	"github.com/docket-os/docket/internal/notify"
	"github.com/docket-os/docket/internal/outbound"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/signon"
	"github.com/docket-os/docket/internal/sqlite"
)

// A town is the whole program over a real store: a city (1) with two places
// next to each other, here (2) with a bureau (4) and there (3). Somebody holds
// each role in each of the two places, and nobody holds none. The office here
// has an adopted directive with one matter, led by here, and one being read.
type town struct {
	dir     string
	store   docket.Store
	app     *app.App
	handler http.Handler
	cookies map[string]string // by login
}

// What the fixture's nouns are numbered: ids are given in order.
const (
	city, here, there, bureau = 1, 2, 3, 4
	adopted, reading          = 1, 2
	assigned, draft           = 1, 2
	savedView                 = 1
	begunUpload, wholeUpload  = 1, 2
	begunPhoto                = 3
	chairHere                 = 3 // leader-here: offices come first
)

// morning is the instant it always is: Thursday, 5 March 2026, 9:00 in the city.
var morning = time.Date(2026, 3, 5, 1, 0, 0, 0, time.UTC)

// sourceText is the file both directives came from.
const sourceText = "通知原文"

const clauseText = "一是新建学位3000个，由临江区教育局牵头，9月底前完成。"

// build makes a town in a new directory.
func build(t testing.TB) *town {
	t.Helper()
	w := &town{dir: t.TempDir()}
	w.open(t)
	ctx := t.Context()
	w.keep(t, sourceText)
	w.keep(t, photo())
	w.stage(t, "whole", wholeText)
	if err := w.store.Update(ctx, morning.AddDate(0, -1, 0), func(tx docket.Writer) error { return settle(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
	w.serve(t)
	return w
}

// copyOf makes a town of its own out of another's files.
func copyOf(t testing.TB, from *town) *town {
	t.Helper()
	w := &town{dir: t.TempDir(), cookies: from.cookies}
	if err := os.CopyFS(w.dir, os.DirFS(from.dir)); err != nil {
		t.Fatal(err)
	}
	w.open(t)
	w.serve(t)
	return w
}

func (w *town) open(t testing.TB) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(w.dir, "docket.db"))
	if err != nil {
		t.Fatal(err)
	}
	w.store = s
	t.Cleanup(func() { _ = s.Close() }) // a test's store; closing twice is no fault
}

// keep puts a source file where directives find theirs.
func (w *town) keep(t testing.TB, content string) {
	t.Helper()
	kept, err := files.Open(filepath.Join(w.dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := kept.Put(t.Context(), strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	if err := kept.Close(); err != nil {
		t.Fatal(err)
	}
}

// stage puts a piece of an upload where the fixture's uploads find theirs.
func (w *town) stage(t testing.TB, key, piece string) {
	t.Helper()
	kept, err := files.Open(filepath.Join(w.dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(kept.Stage(t.Context(), key, []byte(piece)), kept.Close()); err != nil {
		t.Fatal(err)
	}
}

// photo is the content of the fixture's evidence, a picture.
var photo = sync.OnceValue(func() string {
	var b strings.Builder
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 200))); err != nil {
		panic(err)
	}
	return b.String()
})

// wholeText is the content of the upload that only needs to be finished.
const wholeText = "新建学位3000个，已完成1200个。"

// offered puts evidence of liaison-here for the adopted matter, an upload just
// announced and one that has wholly arrived.
func offered(ctx context.Context, tx docket.Writer) error {
	p, err := tx.PersonByLogin(ctx, "liaison-here")
	if err != nil {
		return err
	}
	e := docket.Evidence{Matter: assigned, Unit: here, Kind: docket.EvidencePhoto, Grade: docket.GradeDocument, Name: "学位.png", Media: "image/png",
		SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(photo()))), Size: int64(len(photo())), By: p.ID, At: tx.Now()}
	if err := tx.PutEvidence(ctx, &e); err != nil {
		return err
	}
	u := docket.Upload{Matter: assigned, Unit: here, By: p.ID, Name: "学位.txt", Size: 6, Expires: morning.Add(time.Hour)}
	whole := u
	whole.Size, whole.Parts = int64(len(wholeText)), []docket.UploadPart{{Key: "whole", Size: int64(len(wholeText))}}
	if err := tx.PutUpload(ctx, &u); err != nil {
		return err
	}
	if err := tx.PutUpload(ctx, &whole); err != nil {
		return err
	}
	if err := seen(ctx, tx); err != nil {
		return err
	}
	return brought(ctx, tx, p.ID)
}

// seen puts a spot check of verifier-here with its photo, and a photo of theirs
// that was just announced.
func seen(ctx context.Context, tx docket.Writer) error {
	p, err := tx.PersonByLogin(ctx, "verifier-here")
	if err != nil {
		return err
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(photo())))
	v := docket.Verification{Matter: assigned, Kind: docket.VerifySpot, Outcome: docket.FoundTrue, By: p.ID, SeenAt: tx.Now(), At: tx.Now(), Photos: []docket.Photo{
		{SHA256: sum, Name: "现场.png", Media: "image/png", Size: int64(len(photo())), Source: docket.PhotoTaken, TakenAt: tx.Now(), TimeBy: docket.ByPhone}}}
	if err := tx.PutVerification(ctx, &v); err != nil {
		return err
	}
	return tx.PutUpload(ctx, &docket.Upload{Matter: assigned, Unit: here, By: p.ID, Name: "a.jpg", Size: 6, SHA256: strings.Repeat("a", 64), Expires: morning.Add(time.Hour)})
}

// brought puts a workbook that somebody brought back: a row changed, one faulty.
func brought(ctx context.Context, tx docket.Writer, by docket.PersonID) error {
	s := docket.Sheet{Person: by, Kind: docket.SheetReports, Name: "填报.xlsx", Lang: "zh", Phase: docket.SheetReady, Total: 2, BroughtAt: tx.Now()}
	if err := tx.PutSheet(ctx, &s); err != nil {
		return err
	}
	cells := []docket.SheetCell{{Column: "changed", Is: "学位已开工"}}
	key := fmt.Sprintf("%d.%d", assigned, here)
	return tx.InsertSheetRows(ctx, []docket.SheetRow{{Sheet: s.ID, Ord: 1, Key: key, State: docket.RowChanged, Cells: cells}, {Sheet: s.ID, Ord: 2, Key: key, State: docket.RowFaulty, Cells: cells}})
}

func (w *town) serve(t testing.TB) {
	t.Helper()
	kept, err := files.Open(filepath.Join(w.dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() }) // read only from here on
	w.app, err = app.New(t.Context(), app.Config{
		Store: w.store, Files: kept, Clock: func() time.Time { return morning }, Location: time.FixedZone("", 8*3600),
		Readers: markup.Readers(), Provider: signon.NewProvider(time.Now), Log: slog.New(slog.DiscardHandler),
		Courier: notify.New(outbound.New(outbound.Config{}), func() time.Time { return morning }),
	})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	if t, ok := t.(*testing.T); ok { // benchmarks and fuzzing would be slowed, or stopped, by it
		log = slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	w.handler, err = httpapi.New(httpapi.Config{App: w.app, Clock: func() time.Time { return morning }, Log: log})
	if err != nil {
		t.Fatal(err)
	}
}

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) { l.t.Logf("server: %s", b); return len(b), nil }

// settle puts the city's units, people and papers into an empty store.
func settle(ctx context.Context, tx docket.Writer) error {
	founded := docket.NewDate(2020, 1, 1)
	for _, u := range []docket.Unit{
		{Name: "云州市", Code: "330900", Level: docket.City},
		{Name: "临江区", Code: "330902", Parent: city, Level: docket.County},
		{Name: "青禾县", Code: "330921", Parent: city, Level: docket.County},
		{Name: "临江区教育局", Code: "330902-JY", Parent: here, Level: docket.County},
	} {
		u.From, u.Versions = founded, []docket.UnitVersion{{From: founded, Name: u.Name, Parent: u.Parent}}
		if err := tx.PutUnit(ctx, &u); err != nil {
			return err
		}
	}
	for _, role := range docket.Roles() {
		for i, place := range []string{"here", "there"} {
			unit := []docket.UnitID{here, there}[i]
			p := docket.Person{Login: string(role) + "-" + place, Name: string(role) + " " + place, Lang: "zh", Active: true}
			if err := tx.PutPerson(ctx, &p); err != nil {
				return err
			}
			if err := tx.PutPost(ctx, &docket.Post{Person: p.ID, Role: role, Unit: unit, From: founded}); err != nil {
				return err
			}
			if p.Login == "office-here" {
				if err := tx.PutToken(ctx, &docket.Token{Person: p.ID, Name: "脚本", ReadOnly: true, Expires: morning.AddDate(0, 1, 0)}); err != nil {
					return err
				}
				if err := tx.PutView(ctx, &docket.SavedView{Person: p.ID, Name: "快到期", Columns: []string{"no"}}); err != nil {
					return err
				}
			}
		}
	}
	if err := tx.PutPerson(ctx, &docket.Person{Login: "nobody", Name: "nobody", Lang: "en", Active: true}); err != nil {
		return err
	}
	if err := tx.PutSetting(ctx, "channels", []byte(`{"version":1,"mail":{"host":"mail.invalid","port":25,"tls":"starttls","from":"docket@example.org"}}`)); err != nil {
		return err
	}
	if err := tx.PutRound(ctx, &docket.Round{Owner: here, Title: "二月", From: founded, To: founded, Due: founded, OpenedAt: tx.Now()}); err != nil {
		return err
	}
	for _, d := range []docket.Directive{
		{Title: "关于扩大学位供给的通知", Number: "云政发〔2026〕3号", Status: docket.Adopted, AdoptedAt: tx.Now()},
		{Title: "关于整治河道的通知", Number: "云政发〔2026〕7号", Status: docket.Reading},
	} {
		if err := directive(ctx, tx, d); err != nil {
			return err
		}
	}
	if err := met(ctx, tx); err != nil {
		return err
	}
	return offered(ctx, tx)
}

// met puts a meeting of here that has sat: its statement, a line of its record, a
// slip, a pack, and minutes that are out for comment.
func met(ctx context.Context, tx docket.Writer) error {
	leader, err := tx.PersonByLogin(ctx, "leader-here")
	if err != nil {
		return err
	}
	s := docket.Stocktake{Owner: here, Kind: docket.Dispatch, Title: "学位调度会", On: docket.NewDate(2026, 3, 4), Begins: "09:30", Place: "会议室", Convener: leader.ID, Chair: leader.ID, Due: docket.NewDate(2026, 3, 2),
		Slots: []docket.Slot{{Unit: here, Name: "临江区", Minutes: 10, State: docket.SlotSpoken}}, Status: docket.StocktakeClosed, ClosedAt: tx.Now()}
	if err := tx.PutStocktake(ctx, &s); err != nil {
		return err
	}
	st := docket.Statement{Stocktake: s.ID, Unit: here, Due: s.Due, Since: tx.Now(), Status: docket.StatementDraft, Sections: []docket.Section{}, Promises: []docket.Promise{}}
	if err := tx.PutStatement(ctx, &st); err != nil {
		return err
	}
	it := docket.Item{Stocktake: s.ID, Key: "k", Kind: docket.ItemNote, Text: "学位不足", ClauseOrd: -1, By: leader.ID, At: tx.Now(), Leads: []docket.UnitID{}, Supports: []docket.UnitID{}}
	if err := tx.PutItem(ctx, &it); err != nil {
		return err
	}
	slip := docket.Slip{Stocktake: s.ID, Owner: here, Unit: here, Items: []docket.ItemID{it.ID}, By: leader.ID, At: tx.Now(), Day: docket.NewDate(2026, 3, 5)}
	if err := tx.InsertSlip(ctx, &slip); err != nil {
		return err
	}
	body := docket.PackBody{Stocktake: s.ID, Title: s.Title, On: s.On, At: tx.Now(), Front: docket.PackPage{Parts: []docket.PackPart{}}, Pages: []docket.PackPage{{Unit: here, Name: "临江区", Parts: []docket.PackPart{}}}}
	p, err := body.Freeze(1, leader.ID)
	if err != nil {
		return err
	}
	if err := tx.PutPack(ctx, &p); err != nil {
		return err
	}
	m := docket.Minutes{Stocktake: s.ID, No: "1", Title: s.Title, Body: []docket.MinutesPara{{Text: it.Text, Item: it.ID}}, Status: docket.MinutesCirculated,
		Remarks: []docket.Remark{{By: leader.ID, Unit: here, At: tx.Now(), Text: "改一处"}}, Addenda: []docket.Addendum{}}
	return tx.PutMinutes(ctx, &m)
}

func directive(ctx context.Context, tx docket.Writer, d docket.Directive) error {
	d.Owner, d.Level, d.Lang, d.ImportedBy, d.ImportedAt = here, docket.City, "zh", 1, tx.Now()
	d.File = docket.FileRef{SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(sourceText))), Name: "通知.txt", Format: "txt", Size: 1}
	if err := tx.PutDirective(ctx, &d); err != nil {
		return err
	}
	c := []docket.Clause{{Directive: d.ID, Parent: -1, Kind: docket.KindClause, Part: docket.PartBody, Label: "一", Path: "一", Text: clauseText}}
	if err := tx.InsertClauses(ctx, c); err != nil {
		return err
	}
	m := &docket.Matter{
		Owner: here, Directive: d.ID, Clause: c[0].ID, Span: docket.Span{End: len(clauseText)}, Title: "新建学位", Requirement: clauseText, Status: docket.Draft,
		Due: docket.NewDate(2026, 9, 30), FirstDue: docket.NewDate(2026, 9, 30), Assignments: []docket.Assignment{{Party: docket.Party{
			Role: docket.Lead, Name: "临江区", From: docket.Provenance{Span: docket.Span{Start: strings.Index(clauseText, "临"), End: strings.Index(clauseText, "教")}},
		}, Unit: here}},
	}
	if err := tx.InsertMatters(ctx, []*docket.Matter{m}); err != nil || d.Status == docket.Reading {
		return err
	}
	n, err := tx.NextMatterNo(ctx, here, 2026, 1)
	if err != nil {
		return err
	}
	m.No, m.Status, m.AssignedAt = fmt.Sprintf("2026-%04d", n), docket.Assigned, tx.Now()
	if err := tx.AdoptMatters(ctx, []*docket.Matter{m}); err != nil {
		return err
	}
	return tx.InsertObligations(ctx, []docket.Obligation{{Kind: docket.OweAcknowledge, Matter: m.ID, Unit: here, Due: docket.NewDate(2026, 3, 9), Since: tx.Now()}})
}

// cookie signs a person in and returns the session's cookie; the same one each time.
func (w *town) cookie(t testing.TB, login string) string {
	t.Helper()
	if login == "" {
		return ""
	}
	if k := w.cookies[login]; k != "" {
		return k
	}
	link, err := w.app.FirstLink(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	res := w.send("POST", "/api/v1/session/link", `{"token":"`+link.Token+`"}`, "")
	if res.StatusCode != http.StatusOK || len(res.Cookies()) != 1 {
		body, _ := io.ReadAll(res.Body)
		t.Fatalf("sign-in of %s: %d %s", login, res.StatusCode, body)
	}
	if w.cookies == nil {
		w.cookies = map[string]string{}
	}
	w.cookies[login] = "docket_session=" + res.Cookies()[0].Value
	return w.cookies[login]
}

// send asks the handler; header holds names and values in turn.
func (w *town) send(method, target, body, cookie string, header ...string) *http.Response {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec.Result()
}

// actor is the person as the law sees them.
func (w *town) actor(t testing.TB, login string) docket.Actor {
	t.Helper()
	var a docket.Actor
	err := w.store.View(t.Context(), func(r docket.Reader) error {
		units, successions, err := r.Units(t.Context())
		if err != nil {
			return err
		}
		tree, err := docket.NewTree(units, successions, docket.NewDate(2026, 3, 5))
		if err != nil {
			return err
		}
		p, err := r.PersonByLogin(t.Context(), login)
		if err != nil {
			return err
		}
		posts, err := r.Posts(t.Context(), p.ID)
		a = docket.NewActor(p, posts, tree)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}
