package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/jobs"
	"github.com/docket-os/docket/internal/notify"
	"github.com/docket-os/docket/internal/outbound"
	"github.com/emersion/go-smtp"
)

// outside is the world beyond the program: a mail server, a gateway that takes
// webhooks, and the robot of 教育局's group. All of them keep what they are sent.
type outside struct {
	mu     sync.Mutex
	mails  []string
	hooks  []hooked
	robots []string
	down   bool // the mail server takes nothing for now
	mail   docket.MailChannel
	url    string
}

type hooked struct {
	id, login string
	items     int
}

func (o *outside) NewSession(*smtp.Conn) (smtp.Session, error) { return &mailing{o: o}, nil }

type mailing struct{ o *outside }

func (s *mailing) Mail(string, *smtp.MailOptions) error { return nil }
func (s *mailing) Rcpt(string, *smtp.RcptOptions) error {
	s.o.mu.Lock()
	defer s.o.mu.Unlock()
	if s.o.down {
		return &smtp.SMTPError{Code: 451, Message: "later"}
	}
	return nil
}
func (s *mailing) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	s.o.mu.Lock()
	defer s.o.mu.Unlock()
	s.o.mails = append(s.o.mails, string(raw))
	return err
}
func (s *mailing) Reset()        {}
func (s *mailing) Logout() error { return nil }

func (o *outside) take() (mails []string, hooks []hooked, robots []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	mails, hooks, robots = o.mails, o.hooks, o.robots
	o.mails, o.hooks, o.robots = nil, nil, nil
	return mails, hooks, robots
}

func openOutside(t testing.TB) *outside {
	t.Helper()
	o := &outside{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o)
	go func() { _ = server.Serve(l) }() // ends when it is closed
	t.Cleanup(func() { _ = server.Close() })
	o.mail = docket.MailChannel{On: true, Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, TLS: docket.MailPlain, From: "docket@example.org"}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		o.mu.Lock()
		defer o.mu.Unlock()
		if r.URL.Path == "/robot" {
			o.robots = append(o.robots, string(body))
			_, _ = io.WriteString(w, `{"errcode":0}`)
			return
		}
		var e struct {
			To    struct{ Login string }
			Items []any
		}
		_ = json.Unmarshal(body, &e) // a broken one is seen in what is missing
		o.hooks = append(o.hooks, hooked{r.Header.Get("Docket-Message"), e.To.Login, len(e.Items)})
	}))
	t.Cleanup(web.Close)
	o.url = web.URL
	return o
}

// telling is a town whose people are told by mail and webhook.
type telling struct {
	*town
	*outside
	first  docket.MatterID // led by 教育局, supported by 财政局
	shared docket.MatterID // 教育局 and 财政局 both answer
	log    bytes.Buffer
	killed func(send func()) // when set: the program dies in the middle of sending
}

// Send goes through to the real courier, unless the program dies on the way.
func (w *telling) Send(ctx context.Context, by docket.Channel, m docket.Message) (err error) {
	reach := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	courier := notify.New(outbound.New(outbound.Config{Allow: reach, Within: 5 * time.Second}), w.cfg.Clock)
	send := func() { err = courier.Send(ctx, by, m) }
	if w.killed != nil {
		w.killed(send)
	}
	send()
	return err
}

func newTelling(t testing.TB, store docket.Store, kinds ...docket.ChannelKind) *telling {
	t.Helper()
	w := &telling{town: newTown(t, store), outside: openOutside(t)}
	w.cfg.Courier, w.cfg.URL, w.cfg.Log = w, "https://docket.example.org", slog.New(slog.NewTextHandler(&w.log, nil))
	w.App = w.another()
	w.email(w.edu)
	d := w.adopted()
	page := w.ledger(w.office)
	for _, row := range page.Items {
		switch {
		case strings.Contains(row.Requirement, "公办学位"):
			w.first = row.ID
		case strings.Contains(row.Requirement, "校园食堂"):
			w.shared = row.ID
		}
	}
	if d == 0 || w.first == 0 || w.shared == 0 {
		t.Fatal("the plan's matters were not found")
	}
	w.channels(kinds...)
	return w
}

// email gives somebody a mail address.
func (w *town) email(who docket.Actor) {
	w.t.Helper()
	address := who.Person.Login + "@example.org"
	_, err := w.EditPerson(w.t.Context(), w.admin, who.Person.ID, who.Person.Version, app.PersonEdit{Email: &address})
	w.must(err)
}

// channels opens ways of these kinds.
func (w *telling) channels(kinds ...docket.ChannelKind) {
	w.t.Helper()
	now, _, err := w.Channels(w.t.Context(), w.admin)
	w.must(err)
	c := docket.DefaultChannels()
	for _, k := range kinds {
		switch k {
		case docket.ByMail:
			c.Mail = w.mail
		case docket.ByWebhook:
			c.Hooks = append(c.Hooks, docket.Hook{Kind: k, Name: "短信网关", On: true, URL: w.url + "/hook?key=geheimnis", Secret: "SECabcdef", Lang: "zh"})
		default:
			c.Hooks = append(c.Hooks, docket.Hook{Kind: k, Name: "教育局群", On: true, URL: w.url + "/robot?key=geheimnis", Secret: "SECabcdef", Unit: w.unit["市教育局"], Lang: "zh"})
		}
	}
	_, err = w.SetChannels(w.t.Context(), w.admin, now.Version, c)
	w.must(err)
}

// urge presses a unit in a matter.
func (w *telling) urge(id docket.MatterID, unit string) app.UrgeView {
	w.t.Helper()
	u, err := w.Urge(w.t.Context(), w.office, id, w.unit[unit], "请抓紧")
	w.must(err)
	return u
}

// at turns the clock and lets the program do what is due.
func (w *telling) at(month time.Month, day, hour, minute int) (mails []string, hooks []hooked, robots []string) {
	w.t.Helper()
	w.now = time.Date(2026, month, day, hour, minute, 0, 0, time.UTC)
	w.run()
	return w.take()
}

// run does all that is due. A program that dies ends where it stands.
func (w *telling) run() {
	w.t.Helper()
	done := make(chan error, 1)
	go func() {
		dead := true
		defer func() {
			if dead {
				done <- nil
			}
		}()
		_, err := jobs.New(w.store, w.cfg.Clock, w.Work(), w.cfg.Log).Drain(context.Background())
		dead = false
		done <- err
	}()
	w.must(<-done)
}

func (w *telling) unread(who docket.Actor) int {
	w.t.Helper()
	n, err := w.Unread(w.t.Context(), who)
	w.must(err)
	return n
}

func (w *telling) sent(what string, mails []string, want int) {
	w.t.Helper()
	if len(mails) != want {
		w.t.Errorf("%s: %d mails, want %d\n%s", what, len(mails), want, strings.Join(mails, "\n---\n"))
	}
}

func onBoth(t *testing.T, test func(*testing.T, docket.Store)) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) { t.Parallel(); test(t, open(t)) })
	}
}

func TestOneDigestAWorkingDay(t *testing.T) {
	onBoth(t, func(t *testing.T, store docket.Store) {
		w := newTelling(t, store, docket.ByMail, docket.ByWebhook)
		w.urge(w.first, "市教育局") // Monday 2 March, 9:00
		if w.unread(w.edu) != 1 {
			t.Errorf("the bell shows %d at once", w.unread(w.edu))
		}
		mails, _, _ := w.at(3, 2, 12, 0)
		w.sent("the same day", mails, 0)
		w.urge(w.shared, "市教育局")
		mails, _, _ = w.at(3, 3, 8, 29)
		w.sent("a minute early", mails, 0)
		mails, hooks, _ := w.at(3, 3, 8, 30)
		w.sent("Tuesday's", mails, 1)
		if len(hooks) != 1 || hooks[0].login != "edu" || hooks[0].items != 2 {
			t.Errorf("webhooks %+v", hooks)
		}
		mails, hooks, _ = w.at(3, 3, 18, 0)
		w.sent("and no more", mails, 0)
		if len(hooks) != 0 {
			t.Errorf("webhooks %+v", hooks)
		}
		w.now = time.Date(2026, 3, 6, 10, 0, 0, 0, time.UTC) // a Friday
		w.urge(w.first, "市教育局")
		mails, _, _ = w.at(3, 8, 12, 0)
		w.sent("the weekend", mails, 0)
		mails, _, _ = w.at(3, 9, 8, 30)
		w.sent("Monday's", mails, 1)
		w.now = time.Date(2026, 9, 30, 10, 0, 0, 0, time.UTC) // the eve of National Day
		w.urge(w.shared, "市教育局")
		mails, _, _ = w.at(10, 7, 23, 0)
		w.sent("the holiday", mails, 0)
		mails, _, _ = w.at(10, 8, 8, 30)
		w.sent("after it", mails, 1)
	})
}

func TestQuietHoursAndWishes(t *testing.T) {
	w := newTelling(t, openSQLite(t), docket.ByMail, docket.ByWebhook)
	ctx := t.Context()
	six := docket.Clock(6 * 60)
	w.edu = w.as(w.edu)
	v, err := w.SetWishes(ctx, w.edu, 1, docket.Wishes{Digest: &six, Quiet: &docket.Quiet{From: 22 * 60, To: 7*60 + 15}, Off: []docket.ChannelID{"hook1"}})
	w.must(err)
	if v.Version != 2 || len(v.Channels) != 2 || !v.Channels[0].On || v.Channels[1].On || v.Channels[0].Address != "edu@example.org" {
		t.Errorf("wishes %+v", v)
	}
	w.urge(w.first, "市教育局")
	mails, _, _ := w.at(3, 3, 7, 14)
	w.sent("in the quiet", mails, 0)
	mails, hooks, _ := w.at(3, 3, 7, 15)
	w.sent("when it ends", mails, 1)
	if len(hooks) != 0 {
		t.Errorf("a channel switched off told %+v", hooks)
	}
	w.urge(w.shared, "市教育局")
	w.down = true
	w.at(3, 4, 7, 15)
	w.at(3, 4, 21, 59)
	w.down = false
	mails, _, _ = w.at(3, 4, 23, 30) // a try that fell into the quiet
	w.sent("tried again in the quiet", mails, 0)
	mails, _, _ = w.at(3, 5, 7, 15)
	w.sent("with the next digest", mails, 1)

	_, err = w.SetWishes(ctx, w.edu, 1, docket.Wishes{})
	w.refused("an older state", err, docket.Conflict, "")
	_, err = w.SetWishes(ctx, w.edu, 2, docket.Wishes{Off: []docket.ChannelID{"hook9"}})
	w.refused("a channel that is not there", err, docket.NotFound, "channel.off")
	_, err = w.Wishes(ctx, docket.Actor{})
	w.refused("nobody's", err, docket.Unauthorized, "")
}

func TestWhatIsReadIsNotSentAgain(t *testing.T) {
	w := newTelling(t, openSQLite(t), docket.ByMail)
	w.urge(w.first, "市教育局")
	w.urge(w.shared, "市教育局")
	page, err := w.Notices(t.Context(), w.edu, 0)
	w.must(err)
	if len(page.Items) != 2 || page.Unread != 2 || page.Items[0].Matter != w.shared || page.Items[0].Title == "" || page.Items[1].Args["slip"] != "2026-0001" {
		t.Errorf("notices %+v", page)
	}
	left, err := w.ReadNotices(t.Context(), w.edu, 0, []docket.NoticeID{page.Items[0].ID})
	w.must(err)
	mails, _, _ := w.at(3, 3, 8, 30)
	w.sent("of what is left", mails, 1)
	if left != 1 || !strings.Contains(mails[0], "2026-0001") || strings.Contains(mails[0], "2026-0002") {
		t.Errorf("%d left; sent %s", left, mails[0])
	}
	w.urge(w.first, "市教育局")
	_, err = w.ReadNotices(t.Context(), w.edu, 1_000, nil)
	w.must(err)
	mails, _, _ = w.at(3, 4, 8, 30)
	w.sent("all was read", mails, 0)
	_, err = w.ReadNotices(t.Context(), w.fin, 0, []docket.NoticeID{page.Items[1].ID}) // another's
	w.must(err)
}

// pitfalls.md 7: what may be read is asked when it is sent.
func TestWhoMayNoLongerReadIsNotTold(t *testing.T) {
	onBoth(t, func(t *testing.T, store docket.Store) {
		w := newTelling(t, store, docket.ByMail)
		ctx := t.Context()
		w.email(w.fin)
		w.urge(w.shared, "市教育局")
		w.urge(w.shared, "市财政局")
		page, err := w.People(ctx, w.admin)
		w.must(err)
		for _, p := range page {
			if p.Login == "edu" {
				_, err := w.EndPost(ctx, w.admin, p.Posts[0].ID, docket.NewDate(2026, 3, 2))
				w.must(err)
			}
			if off := false; p.Login == "fin" {
				_, err := w.EditPerson(ctx, w.admin, p.ID, p.Version, app.PersonEdit{Active: &off})
				w.must(err)
			}
		}
		mails, _, _ := w.at(3, 3, 8, 30)
		w.sent("one without a post, one out of use", mails, 0)
		notices, err := w.Notices(ctx, w.as(w.edu), 0)
		w.must(err)
		if len(notices.Items) != 0 || notices.Unread != 0 {
			t.Errorf("still shown: %+v", notices)
		}
	})
}

// as is somebody as they are today.
func (w *town) as(a docket.Actor) docket.Actor {
	w.t.Helper()
	link, err := w.NewLink(w.t.Context(), w.admin, a.Person.ID)
	w.must(err)
	return w.signIn(link.Token)
}

func TestAProgramThatDiesWhileSending(t *testing.T) {
	before, after := func(func()) { runtime.Goexit() }, func(send func()) { send(); runtime.Goexit() }
	for _, c := range []struct {
		name string
		kind docket.ChannelKind
		dies func(send func())
		want int // what arrived by the day's end
		next int // and with the next digest, while unread
	}{
		{"before anything left, by mail", docket.ByMail, before, 0, 1},
		{"after it left, by mail", docket.ByMail, after, 1, 1},
		{"before anything left, by robot", docket.ByFeishu, before, 0, 1},
		{"after it left, by robot", docket.ByFeishu, after, 1, 1},
		{"before anything left, by webhook", docket.ByWebhook, before, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newTelling(t, openSQLite(t), c.kind)
			w.urge(w.first, "市教育局")
			w.killed = c.dies
			got := count(w.at(3, 3, 8, 30))
			w.killed = nil
			for _, minute := range []int{31, 33, 40, 59} {
				got += count(w.at(3, 3, 8, minute))
			}
			if got != c.want {
				t.Errorf("%d arrived that day, want %d", got, c.want)
			}
			if got = count(w.at(3, 4, 8, 30)); got != c.next {
				t.Errorf("%d with the next digest, want %d", got, c.next)
			}
		})
	}
}

func count(mails []string, hooks []hooked, robots []string) int {
	return len(mails) + len(hooks) + len(robots)
}

func TestAWebhookSentTwiceBearsOneID(t *testing.T) {
	w := newTelling(t, openSQLite(t), docket.ByWebhook)
	w.urge(w.first, "市教育局")
	w.killed = func(send func()) { send(); w.killed = nil; runtime.Goexit() }
	_, first, _ := w.at(3, 3, 8, 30)
	_, again, _ := w.at(3, 3, 8, 33)
	if len(first) != 1 || len(again) != 1 || first[0].id != again[0].id || len(first[0].id) < 32 {
		t.Errorf("sent %+v and %+v", first, again)
	}
}

// channel is a channel as the store keeps it.
func (w *telling) channel(id docket.ChannelID) (by docket.Channel, there bool) {
	w.t.Helper()
	w.must(w.store.View(w.t.Context(), func(r docket.Reader) error {
		raw, err := r.Setting(w.t.Context(), "channels")
		var c docket.Channels
		if err == nil {
			err = json.Unmarshal(raw, &c)
		}
		by, there = c.Find(id)
		return err
	}))
	return by, there
}

func TestADayWithoutTheServerIsMadeUpForOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, store docket.Store) {
		w := newTelling(t, store, docket.ByMail)
		w.urge(w.first, "市教育局")
		w.down = true
		for hour := 9; hour < 20; hour++ {
			w.at(3, 3, hour, 0)
		}
		_, q, err := w.Channels(t.Context(), w.admin)
		w.must(err)
		if q.Failing != 1 || q.Fault.Key != "channel.refused" || q.Fault.Args["code"] != "451" {
			t.Errorf("the queue says %+v", q)
		}
		w.urge(w.shared, "市教育局")
		w.down = false
		mails, _, _ := w.at(3, 4, 8, 30)
		w.sent("both days'", mails, 1)
		if !strings.Contains(mails[0], "2026-0001") || !strings.Contains(mails[0], "2026-0002") {
			t.Errorf("sent %s", mails[0])
		}
		mails, _, _ = w.at(3, 4, 19, 0)
		w.sent("and no more", mails, 0)
	})
}

func TestAProgramThatWasOffTellsOnceADay(t *testing.T) {
	w := newTelling(t, openSQLite(t), docket.ByMail)
	w.urge(w.first, "市教育局")
	w.now = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) // Tuesday's digest was not made
	w.urge(w.shared, "市教育局")
	mails, _, _ := w.at(3, 4, 10, 0)
	w.sent("both at once", mails, 1)
	w.now = time.Date(2026, 3, 4, 10, 1, 0, 0, time.UTC)
	w.urge(w.first, "市教育局")
	mails, _, _ = w.at(3, 4, 19, 0)
	w.sent("no second of the day", mails, 0)
	mails, _, _ = w.at(3, 5, 8, 30)
	w.sent("Thursday's", mails, 1)
	w.now = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	w.urge(w.first, "市教育局")
	mails, _, _ = w.at(3, 20, 10, 0) // a fortnight later it is no news
	w.sent("old news", mails, 0)
	if w.unread(w.edu) != 4 {
		t.Errorf("%d unread in the program", w.unread(w.edu))
	}
}

func TestAGroupIsToldOnce(t *testing.T) {
	w := newTelling(t, openSQLite(t), docket.ByWeCom)
	w.person("edu2", docket.Liaison, "市教育局")
	w.urge(w.first, "市教育局")
	w.urge(w.shared, "市财政局") // not this group's
	mails, hooks, robots := w.at(3, 3, 8, 30)
	if len(mails)+len(hooks) != 0 || len(robots) != 1 || strings.Count(robots[0], "2026-0001") < 1 || strings.Contains(robots[0], "2026-0002") {
		t.Errorf("told %v %v %v", mails, hooks, robots)
	}
	if _, _, robots = w.at(3, 3, 19, 0); len(robots) != 0 {
		t.Errorf("told again: %v", robots)
	}
}

func TestUrging(t *testing.T) {
	onBoth(t, func(t *testing.T, store docket.Store) {
		w := newTelling(t, store)
		ctx := t.Context()
		head := w.person("eduhead", docket.Head, "市教育局")
		u := w.urge(w.first, "市教育局")
		if u.Slip != "2026-0001" || u.Rung != docket.Liaison || u.Owed != docket.OweAcknowledge || u.UnitName != "市教育局" || u.ByName != "duban" {
			t.Errorf("urge %+v", u)
		}
		if w.unread(head) != 0 {
			t.Error("the head is told of what is not late")
		}
		_, err := w.Urge(ctx, w.office, w.first, w.unit["市教育局"], "再催")
		w.refused("twice a day", err, docket.Conflict, "urge.today")
		_, err = w.Urge(ctx, w.office, w.first, w.unit["临江区"], "")
		w.refused("a unit that owes nothing", err, docket.Conflict, "urge.nothing_owed")
		_, err = w.Urge(ctx, w.edu, w.first, w.unit["市教育局"], "")
		w.refused("not by the unit itself", err, docket.Forbidden, "")
		_, err = w.Urge(ctx, w.district, w.first, w.unit["市教育局"], "")
		w.refused("not by another office", err, docket.NotFound, "")
		_, err = w.Urge(ctx, w.office, w.shared, w.unit["市教育局"], "机密★10年")
		w.refused("classified", err, docket.Classified, "")
		_, err = w.Urge(ctx, w.office, w.shared, w.unit["市教育局"], strings.Repeat("催", 501))
		w.refused("too long", err, docket.Invalid, "urge.invalid")
		w.now = w.now.AddDate(0, 0, 7)
		if u := w.urge(w.first, "市教育局"); u.Rung != docket.Head || u.Slip != "2026-0002" {
			t.Errorf("late: %+v", u)
		}
		if w.unread(head) != 1 || w.unread(w.edu) != 2 {
			t.Errorf("told: head %d, liaison %d", w.unread(head), w.unread(w.edu))
		}
		list, err := w.Urges(ctx, w.edu, w.first)
		w.must(err)
		if len(list) != 2 {
			t.Errorf("urges %+v", list)
		}
		_, err = w.Urges(ctx, w.district, w.first)
		w.refused("another office's reading", err, docket.NotFound, "")
		entries := w.verbs(docket.VerbUrge)
		if len(entries) != 2 || !strings.Contains(string(entries[0].After), "2026-0001") || entries[0].Matter != w.first {
			t.Errorf("journal %+v", entries)
		}
		w.nothingKept("机密")
	})
}

// verbs are the entries of one verb.
func (w *town) verbs(verb docket.Verb) (out []docket.Entry) {
	w.t.Helper()
	w.must(w.store.View(w.t.Context(), func(r docket.Reader) error {
		all, err := r.Entries(w.t.Context(), docket.EntryQuery{}, 0, 10_000)
		out = slices.DeleteFunc(all, func(e docket.Entry) bool { return e.Verb != verb })
		return err
	}))
	return out
}
