package app_test

import (
	"context"
	"fmt"
	"sync"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/jobs"
	"github.com/docket-os/docket/internal/worktime"
)

// postbox takes the city's letters and counts them by receiver and day.
type postbox struct {
	q    *quarter
	mu   sync.Mutex
	sent map[string]int
}

// Send takes a letter.
func (p *postbox) Send(_ context.Context, _ docket.Channel, m docket.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := m.Login + " " + m.Day.String()
	if p.sent[key]++; p.sent[key] > 1 {
		p.q.t.Errorf("%s got %d letters", key, p.sent[key])
	}
	if at := docket.ClockAt(p.q.now, p.q.cfg.Location); at < 8*60+30 || at >= 20*60 || !worktime.China().IsWorkingDay(m.Day) {
		p.q.t.Errorf("%s got a letter at %s", key, p.q.now)
	}
	return nil
}

// post opens a way out for everybody in the city.
func (q *quarter) post() {
	q.t.Helper()
	q.box = &postbox{q: q, sent: map[string]int{}}
	q.cfg.Courier = q.box
	q.App = q.another()
	c := docket.DefaultChannels()
	c.Hooks = []docket.Hook{{Kind: docket.ByWebhook, Name: "网关", On: true, URL: "https://example.org/hook", Secret: "SECabcdef", Lang: "zh"}}
	_, err := q.SetChannels(q.t.Context(), q.admin, 1, c)
	q.must(err)
}

// deliver lets the day's letters go out, where there is a way.
func (q *quarter) deliver() {
	if q.box == nil {
		return
	}
	_, err := jobs.New(q.store, q.cfg.Clock, q.Work(), q.cfg.Log).Drain(q.t.Context())
	q.must(err)
}

// climbed: the ladder told everything there was to tell, each occasion once and
// on working days only, and pressed for nothing that was done.
func (q *quarter) climbed() {
	ctx, t := q.t.Context(), q.t
	rules, rungs := docket.DefaultRules(), map[string]int{}
	q.must(q.store.View(ctx, func(r docket.Reader) error {
		rows, err := r.Climbing(ctx, docket.ClimbingQuery{Until: q.today() + 366, Limit: 1_000_000})
		if err != nil {
			return err
		}
		for i := range rows {
			x := &rows[i]
			if m, err := r.Matter(ctx, docket.SystemScope(), x.Matter); err != nil || m.ClaimedBy(x.Unit) && x.Kind == docket.OweFinish {
				continue
			}
			if rung := rules.Climb(x, docket.DateOf(x.Since), q.today(), x.Late(q.now, q.cfg.Location), worktime.China()); rung != 0 && docket.DateOf(x.Since) < q.today() && x.At.IsZero() {
				t.Errorf("%s of matter %d, due %s, should have been told of at %s; heard %v", x.Kind, x.Matter, x.Due, rung, x.Heard)
			}
		}
		for id := range q.firstDue {
			if err := q.pressed(r, id, rungs); err != nil {
				return err
			}
		}
		people, err := r.People(ctx)
		for _, p := range people {
			told, err := r.Notices(ctx, docket.SystemScope(), p.ID, 0, 1_000_000)
			if err != nil {
				return err
			}
			seen := map[string]bool{}
			for _, n := range told {
				rungs[string(n.Kind)]++
				if n.Once == "" || seen[n.Once] {
					t.Errorf("%s was told twice of %q", p.Login, n.Once)
				}
				seen[n.Once] = true
				if !worktime.China().IsWorkingDay(n.Day) {
					t.Errorf("%s was told on %s, which is not worked", p.Login, n.Day)
				}
			}
		}
		return err
	}))
	t.Logf("told %v", rungs)
	for _, kind := range []string{"remind", "urge", "climb", "overdue", "liaison", "head", "office", "leader"} {
		if rungs[kind] == 0 {
			t.Errorf("nobody was ever told by %q: the quarter proves little", kind)
		}
	}
	if q.box != nil && len(q.box.sent) < len(q.people) {
		t.Errorf("only %d letters went out", len(q.box.sent))
	}
}

// pressed: each slip is for something owed and late when it was written, one a
// day at the most.
func (q *quarter) pressed(r docket.Reader, id docket.MatterID, rungs map[string]int) error {
	urges, err := r.Urges(q.t.Context(), id)
	if err != nil {
		return err
	}
	owed, err := r.MatterObligations(q.t.Context(), id)
	day := map[string]bool{}
	for _, u := range urges {
		rungs[string(u.Rung)]++
		key := fmt.Sprint(u.Obligation, u.Day)
		if day[key] {
			q.t.Errorf("slip %s: a second one on %s", u.Slip, u.Day)
		}
		day[key] = true
		for _, o := range owed {
			if o.ID == u.Obligation && (!o.Met.IsZero() && o.Met.Before(u.At) || !o.Void.IsZero() && o.Void.Before(u.At)) {
				q.t.Errorf("slip %s pressed for what was done: %+v", u.Slip, o)
			}
		}
	}
	return err
}
