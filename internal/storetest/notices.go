package storetest

import (
	"time"

	docket "github.com/docket-os/docket"
)

var noticeTests = map[string]func(*city){
	"a person sees what they were told, newest first, about what they may see": func(c *city) {
		_, matters := c.adopted("1号", 2, c.bureau)
		var told []docket.Notice
		for i := range 3 {
			told = append(told, docket.Notice{Person: c.clerk, Unit: c.bureau, Kind: docket.NoticeRemind, Args: map[string]string{"due": "2026-12-31"}, Matter: matters[i%2].ID, Day: docket.NewDate(2026, 11, 18)})
		}
		told[2].Matter = 0
		c.update(func(w docket.Writer) error {
			for i := range told {
				if _, err := w.InsertNotice(ctx, &told[i]); err != nil {
					return err
				}
			}
			return nil
		})
		line := func(i int) docket.NoticeLine {
			l := docket.NoticeLine{Notice: told[i]}
			if i < 2 {
				l.No, l.Title, l.Directive = matters[i].No, matters[i].Title, matters[i].Directive
			}
			return l
		}
		c.same("at", Noon, told[0].At)
		list := func(s docket.Scope, p docket.PersonID, before docket.NoticeID, limit int) []docket.NoticeLine {
			return ask(c, func(r docket.Reader) ([]docket.NoticeLine, error) { return r.Notices(ctx, s, p, before, limit) })
		}
		c.same("all", []docket.NoticeLine{line(2), line(1), line(0)}, list(fromUnit(c.bureau), c.clerk, 0, 9))
		c.same("a page", []docket.NoticeLine{line(1)}, list(fromUnit(c.bureau), c.clerk, told[2].ID, 1))
		c.same("out of scope", []docket.NoticeLine{line(2)}, list(fromUnit(c.top), c.clerk, 0, 9))
		c.same("another's", []docket.NoticeLine{}, list(docket.SystemScope(), c.other, 0, 9))
		ids := []docket.NoticeID{told[0].ID, told[2].ID}
		c.same("by id", []docket.NoticeLine{line(0), line(2)}, ask(c, func(r docket.Reader) ([]docket.NoticeLine, error) { return r.NoticesOf(ctx, fromUnit(c.bureau), ids) }))
		c.same("by id, out of scope", []docket.NoticeLine{line(2)}, ask(c, func(r docket.Reader) ([]docket.NoticeLine, error) { return r.NoticesOf(ctx, fromUnit(c.top), ids) }))
		unread := func(s docket.Scope) int {
			return ask(c, func(r docket.Reader) (int, error) { return r.UnreadNotices(ctx, s, c.clerk) })
		}
		c.same("unread", 3, unread(fromUnit(c.bureau)))
		c.same("unread in scope", 1, unread(fromUnit(c.top)))
		c.update(func(w docket.Writer) error {
			must(c, 0, w.ReadNotices(ctx, c.other, 99, ids)) // not theirs
			return w.ReadNotices(ctx, c.clerk, 0, ids[:1])
		})
		c.same("one read", 2, unread(fromUnit(c.bureau)))
		c.update(func(w docket.Writer) error { return w.ReadNotices(ctx, c.clerk, told[1].ID, nil) })
		c.same("read through", 1, unread(fromUnit(c.bureau)))
	},
	"a receiver is told once under a key, and a digest carries what waits": func(c *city) {
		day := docket.NewDate(2026, 11, 18)
		person, group := docket.Receiver{Person: c.clerk}, docket.Receiver{Unit: c.bureau}
		tell := func(to docket.Receiver, once string) (n docket.Notice, told bool) {
			c.update(func(w docket.Writer) (err error) {
				n = docket.Notice{Person: to.Person, Unit: c.bureau, Kind: docket.NoticeOverdue, Once: once, Day: day}
				told, err = w.InsertNotice(ctx, &n)
				return err
			})
			return n, told
		}
		waiting := func(to docket.Receiver, since time.Time) []docket.NoticeID {
			return ask(c, func(r docket.Reader) ([]docket.NoticeID, error) { return r.WaitingNotices(ctx, to, since) })
		}
		first, told := tell(person, "a")
		c.same("told", true, told)
		_, told = tell(person, "a")
		c.same("told again", false, told)
		shared, told := tell(group, "a")
		c.same("the group", true, told)
		free, _ := tell(person, "")
		again, told := tell(person, "")
		c.same("without a key", true, told)
		c.same("waiting", []docket.NoticeID{first.ID, free.ID, again.ID}, waiting(person, Noon))
		c.same("the group's", []docket.NoticeID{shared.ID}, waiting(group, Noon.Add(-time.Hour)))
		c.same("since later", []docket.NoticeID{}, waiting(person, Noon.Add(time.Second)))
		c.update(func(w docket.Writer) error {
			must(c, 0, w.ReadNotices(ctx, c.clerk, 0, []docket.NoticeID{free.ID}))
			return w.CarryNotices(ctx, []docket.NoticeID{first.ID}, day)
		})
		c.same("carried and read", []docket.NoticeID{again.ID}, waiting(person, Noon))
		c.update(func(w docket.Writer) error { return w.CarryNotices(ctx, []docket.NoticeID{first.ID}, 0) })
		c.same("handed back", []docket.NoticeID{first.ID, again.ID}, waiting(person, Noon))
		later := Noon.AddDate(2, 0, 0)
		must(c, 0, c.Update(ctx, later, func(w docket.Writer) error {
			n := docket.Notice{Person: c.clerk, Kind: docket.NoticeRemind, Day: day}
			_, err := w.InsertNotice(ctx, &n)
			return err
		}))
		c.same("two years later", 1, len(ask(c, func(r docket.Reader) ([]docket.NoticeLine, error) {
			return r.Notices(ctx, docket.SystemScope(), c.clerk, 0, 9)
		})))
	},
	"urges are numbered by owner and year": func(c *city) {
		_, matters := c.adopted("1号", 1, c.bureau)
		owed := ask(c, func(r docket.Reader) ([]docket.Obligation, error) { return r.MatterObligations(ctx, matters[0].ID) })
		urge := docket.Urge{By: c.clerk, Owner: c.office, Unit: c.bureau, Matter: matters[0].ID, Obligation: owed[0].ID, Rung: docket.Head, Words: "请速办", Day: docket.NewDate(2026, 11, 18)}
		next := urge
		next.By = 0
		year, elsewhere := urge, urge
		year.Day, elsewhere.Owner = docket.NewDate(2027, 1, 4), c.top
		c.update(func(w docket.Writer) error {
			for _, u := range []*docket.Urge{&urge, &next, &year, &elsewhere} {
				must(c, 0, w.InsertUrge(ctx, u))
			}
			return nil
		})
		c.same("slips", []string{"2026-0001", "2026-0002", "2027-0001", "2026-0001"}, []string{urge.Slip, next.Slip, year.Slip, elsewhere.Slip})
		c.same("kept", []docket.Urge{urge, next, year, elsewhere}, ask(c, func(r docket.Reader) ([]docket.Urge, error) { return r.Urges(ctx, matters[0].ID) }))
		lost := urge
		lost.Obligation = 9999
		c.refused(docket.Invalid, func(w docket.Writer) error { return w.InsertUrge(ctx, &lost) })
	},
	"wishes are their person's": func(c *city) {
		get := func(p docket.PersonID) docket.Wishes {
			return ask(c, func(r docket.Reader) (docket.Wishes, error) { return r.Wishes(ctx, p) })
		}
		c.same("none", docket.Wishes{Person: c.clerk}, get(c.clerk))
		nine := docket.Clock(9 * 60)
		want := docket.Wishes{Person: c.clerk, Off: []docket.ChannelID{docket.MailID}, Digest: &nine, Quiet: &docket.Quiet{From: 22 * 60, To: 6 * 60}}
		c.update(func(w docket.Writer) error { return w.PutWishes(ctx, &want) })
		c.same("version", int64(1), want.Version)
		stale := want
		want.Digest = nil
		c.update(func(w docket.Writer) error { return w.PutWishes(ctx, &want) })
		c.same("kept", want, get(c.clerk))
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutWishes(ctx, &stale) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutWishes(ctx, &docket.Wishes{Person: c.clerk}) })
		c.same("another's", docket.Wishes{Person: c.other}, get(c.other))
	},
}
