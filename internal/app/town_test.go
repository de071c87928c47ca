package app_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/files"
	"github.com/docket-os/docket/internal/paper/markup"
	"github.com/docket-os/docket/internal/pgtest"
	"github.com/docket-os/docket/internal/postgres"
	"github.com/docket-os/docket/internal/sqlite"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// engines run a test on both stores.
var engines = map[string]func(testing.TB) docket.Store{
	"sqlite": openSQLite,
	"postgres": func(t testing.TB) docket.Store {
		s, err := postgres.Open(context.Background(), pgtest.DSN(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	},
}

func openSQLite(t testing.TB) docket.Store {
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "docket.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// town is 云州市 with people in their posts and a clock that tests turn.
type town struct {
	*app.App
	t     testing.TB
	store docket.Store
	files string // their directory
	cfg   app.Config
	now   time.Time
	unit  map[string]docket.UnitID
	admin docket.Actor
	// of the city's office, of 临江区's office, liaisons of 教育局 and 财政局, and an auditor
	office, district, edu, fin, auditor docket.Actor
}

const townUnits = `名称,代码,上级单位,级别,别名
市教育局,JY,YZ,unit,
市财政局,CZ,YZ,unit,
云州市住房和城乡建设局,ZJ,YZ,unit,
云州市,YZ,,city,市政府
临江区,LJ,YZ,county,
临江区教育局,LJJY,LJ,unit,
`

func newTown(t testing.TB, store docket.Store) *town {
	t.Helper()
	dir := t.TempDir()
	kept, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{t: t, store: store, files: dir, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), unit: map[string]docket.UnitID{}}
	w.cfg = app.Config{Store: store, Files: kept, Clock: func() time.Time { return w.now }, Location: time.UTC, Readers: markup.Readers()}
	w.App = w.another()
	link, err := w.FirstLink(t.Context(), "root")
	w.must(err)
	w.admin = w.signIn(link.Token)
	done, err := w.ImportUnits(t.Context(), w.admin, "units.csv", []byte(townUnits), false)
	w.must(err)
	if len(done.Errors) > 0 || done.Added != 6 {
		t.Fatalf("units: %+v", done)
	}
	list, err := w.Units(t.Context(), w.admin, 0)
	w.must(err)
	for _, u := range list.Items {
		w.unit[u.Name] = u.ID
	}
	w.office = w.person("duban", docket.Office, "云州市")
	w.district = w.person("linjiang", docket.Office, "临江区")
	w.edu = w.person("edu", docket.Liaison, "市教育局")
	w.fin = w.person("fin", docket.Liaison, "市财政局")
	w.auditor = w.person("audit", docket.Auditor, "云州市")
	return w
}

// another is a second node over the same store.
func (w *town) another() *app.App {
	w.t.Helper()
	a, err := app.New(context.Background(), w.cfg)
	w.must(err)
	return a
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) signIn(token string) docket.Actor {
	w.t.Helper()
	in, err := w.SignInByLink(w.t.Context(), token, app.Browser{Agent: "test", Address: "test"})
	w.must(err)
	return in.Actor
}

func (w *town) person(login string, role docket.Role, unit string) docket.Actor {
	w.t.Helper()
	p, err := w.AddPerson(w.t.Context(), w.admin, docket.Person{Login: login, Name: login, Lang: "zh"})
	w.must(err)
	_, err = w.AddPost(w.t.Context(), w.admin, docket.Post{Person: p.ID, Role: role, Unit: w.unit[unit]})
	w.must(err)
	link, err := w.NewLink(w.t.Context(), w.admin, p.ID)
	w.must(err)
	return w.signIn(link.Token)
}

// plan is a made-up paper with one sound row, a former short form, a group and a stranger.
const plan = `云州市人民政府关于办好民生实事的通知
云政发〔2026〕7号
市政府各部门：
现将有关事项通知如下。
一、办好教育
1.新增公办学位3000个。（市教育局牵头，市财政局配合，2026年9月30日前完成）
2.改造校园食堂12所。（市教育局、市财政局按职责分工负责，2026年6月底前完成）
二、改善住房
3.改造老旧小区20个。（市住建局牵头，各有关部门配合，2026年11月底前完成）
4.推广绿色建材，持续推进。（市建材办牵头）
云州市人民政府
2026年3月1日
`

func (w *town) importPlan() app.Imported {
	w.t.Helper()
	in, err := w.Import(w.t.Context(), w.office, "实事.txt", []byte(plan))
	w.must(err)
	return in
}

// settle clears what blocks the plan.
func (w *town) settle(id docket.DirectiveID) {
	w.t.Helper()
	for _, n := range []app.NameSettled{
		{Name: "各有关部门", Units: []docket.UnitID{w.unit["市教育局"], w.unit["市财政局"]}},
		{Name: "市建材办", Units: []docket.UnitID{w.unit["云州市住房和城乡建设局"]}},
	} {
		_, err := w.SettleName(w.t.Context(), w.office, id, n)
		w.must(err)
	}
}

func (w *town) adopted() docket.DirectiveID {
	w.t.Helper()
	id := w.importPlan().Directive
	w.settle(id)
	_, err := w.Adopt(w.t.Context(), w.office, id, w.version(id))
	w.must(err)
	return id
}

func (w *town) version(id docket.DirectiveID) int64 {
	w.t.Helper()
	page, err := w.Directive(w.t.Context(), w.office, id)
	w.must(err)
	return page.Directive.Version
}

func (w *town) ledger(actor docket.Actor) app.LedgerPage {
	w.t.Helper()
	page, err := w.Ledger(w.t.Context(), actor, app.LedgerRequest{Query: docket.LedgerQuery{Sort: docket.SortNo}})
	w.must(err)
	return page
}

// refused fails the test unless err has that code and, where given, that key.
func (w *town) refused(what string, err error, code docket.Code, key string) {
	w.t.Helper()
	if docket.CodeOf(err) != code || err == nil {
		w.t.Errorf("%s: got %v, want %s", what, err, code)
		return
	}
	if e := (*docket.Error)(nil); key != "" && (!asError(err, &e) || e.Key != key) {
		w.t.Errorf("%s: got %v, want key %s", what, err, key)
	}
}

// nothingKept fails the test when any row of the store says the word.
func (w *town) nothingKept(word string) {
	w.t.Helper()
	w.must(w.store.View(w.t.Context(), func(r docket.Reader) error {
		entries, err := r.Entries(w.t.Context(), docket.EntryQuery{}, 0, 10_000)
		for _, e := range entries {
			if strings.Contains(string(e.After)+string(e.Before)+e.Reason, word) {
				w.t.Errorf("the journal keeps %q: %s", word, e.After)
			}
		}
		return err
	}))
	found, err := w.Search(w.t.Context(), w.office, word, 10)
	w.must(err)
	if len(found) > 0 {
		w.t.Errorf("the search finds %q: %+v", word, found)
	}
}
