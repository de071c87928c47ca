package sqlstore

import (
	"context"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
)

const noticeColumns = "id, person, unit, kind, args, matter, urge, once, at, day, read, letter"

// noticeLine is noticeColumns of n with the matter m beside it.
const noticeLine = `SELECT n.id, n.person, n.unit, n.kind, n.args, n.matter, n.urge, n.once, n.at, n.day, n.read, n.letter,
	COALESCE(m.no, ''), COALESCE(m.title, ''), m.directive FROM notice n LEFT JOIN matter m ON m.id = n.matter WHERE `

func scanNotice(r scanner) (l docket.NoticeLine, err error) {
	n := &l.Notice
	return l, r.Scan(&n.ID, optID(&n.Person), optID(&n.Unit), &n.Kind, jsonValue{&n.Args}, optID(&n.Matter), optID(&n.Urge), &n.Once,
		instant{&n.At}, day{&n.Day}, instant{&n.Read}, day{&n.Letter}, &l.No, &l.Title, optID(&l.Directive))
}

// visible is the condition that a notice is about no matter, or about one in scope.
func (q *scopeSQL) visible() string { return "(n.matter IS NULL OR " + q.matter() + ")" }

// Notices returns what a person was told, newest first, about matters in scope.
func (t *tx) Notices(ctx context.Context, s docket.Scope, person docket.PersonID, before docket.NoticeID, limit int) ([]docket.NoticeLine, error) {
	q := newScope(s, person, limit)
	where := "n.person = $1 AND " + q.visible()
	if before != 0 {
		where += " AND n.id < " + q.param(before)
	}
	return all(ctx, t, scanNotice, noticeLine+where+" ORDER BY n.id DESC LIMIT $2", q.args...)
}

// UnreadNotices counts what a person was told, can see and has not read.
func (t *tx) UnreadNotices(ctx context.Context, s docket.Scope, person docket.PersonID) (int, error) {
	q := newScope(s, person)
	n, err := one(ctx, t, scanInt, "SELECT COUNT(*) FROM notice n LEFT JOIN matter m ON m.id = n.matter WHERE n.person = $1 AND n.read = 0 AND "+q.visible(), q.args...)
	return int(n), err
}

// NoticesOf returns the notices of ids about matters in scope, by id.
func (t *tx) NoticesOf(ctx context.Context, s docket.Scope, ids []docket.NoticeID) ([]docket.NoticeLine, error) {
	q := newScope(s, list(ids))
	return all(ctx, t, scanNotice, noticeLine+"n.id IN ({{list $1}}) AND "+q.visible()+" ORDER BY n.id", q.args...)
}

// WaitingNotices returns what a receiver was told and has neither read nor been sent.
func (t *tx) WaitingNotices(ctx context.Context, to docket.Receiver, since time.Time) ([]docket.NoticeID, error) {
	return all(ctx, t, scanID[docket.NoticeID], "SELECT id FROM notice WHERE receiver = $1 AND at >= $2 AND read = 0 AND letter = '' ORDER BY id", to.Key(), ms(since))
}

// noticesKept is how long a notice can be looked up; what is owed and every urge
// have records of their own.
const noticesKept = 400 * 24 * time.Hour

// InsertNotice keeps a notice, told now, and sweeps the receiver's oldest;
// false when the receiver was told under its Once before.
func (t *tx) InsertNotice(ctx context.Context, n *docket.Notice) (bool, error) {
	to := n.To()
	if _, err := t.exec(ctx, "DELETE FROM notice WHERE receiver = $1 AND at < $2", to.Key(), ms(t.now.Add(-noticesKept))); err != nil {
		return false, err
	}
	if n.Once != "" {
		there, err := maybe(ctx, t, scanInt, "SELECT id FROM notice WHERE receiver = $1 AND once = $2", to.Key(), n.Once)
		if err != nil || there != 0 {
			return false, err
		}
	}
	id, err := t.next(ctx, "notice", 1)
	if err != nil {
		return false, err
	}
	err = t.insert(ctx, "notice", noticeColumns+", receiver", 1, func(int) []any {
		return []any{id, opt(n.Person), opt(n.Unit), string(n.Kind), asJSON(n.Args), opt(n.Matter), opt(n.Urge), n.Once, ms(t.now), n.Day.String(), ms(n.Read), n.Letter.String(), to.Key()}
	})
	if err == nil {
		n.ID, n.At = docket.NoticeID(id), t.now
	}
	return err == nil, err
}

// ReadNotices marks a person's notices as read: those of ids, and all up to one.
func (t *tx) ReadNotices(ctx context.Context, person docket.PersonID, through docket.NoticeID, ids []docket.NoticeID) error {
	_, err := t.exec(ctx, "UPDATE notice SET read = $1 WHERE person = $2 AND read = 0 AND (id <= $3 OR id IN ({{list $4}}))", ms(t.now), person, through, list(ids))
	return err
}

// CarryNotices notes which day's digest carries notices; zero: none.
func (t *tx) CarryNotices(ctx context.Context, ids []docket.NoticeID, letter docket.Date) error {
	_, err := t.exec(ctx, "UPDATE notice SET letter = $1 WHERE id IN ({{list $2}})", letter.String(), list(ids))
	return err
}

const urgeColumns = "id, slip, by_person, owner, unit, matter, obligation, rung, words, at, day"

func scanUrge(r scanner) (u docket.Urge, err error) {
	return u, r.Scan(&u.ID, &u.Slip, optID(&u.By), &u.Owner, &u.Unit, &u.Matter, &u.Obligation, &u.Rung, &u.Words, instant{&u.At}, day{&u.Day})
}

// Urges returns the urges in matters, as they came to be.
func (t *tx) Urges(ctx context.Context, matters ...docket.MatterID) ([]docket.Urge, error) {
	return all(ctx, t, scanUrge, "SELECT "+urgeColumns+" FROM urge WHERE matter IN ({{list $1}}) ORDER BY id", list(matters))
}

// nextSlip is the next number of an owner's slips, of any kind, in a day's year.
func (t *tx) nextSlip(ctx context.Context, owner docket.UnitID, day docket.Date) (string, error) {
	year := day.Time().Year()
	n, err := t.next(ctx, "slip/"+strconv.FormatInt(int64(owner), 10)+"/"+strconv.Itoa(year), 1)
	return docket.SlipNo(year, int(n)), err
}

// InsertUrge keeps a new urge under the next slip of its owner's year.
func (t *tx) InsertUrge(ctx context.Context, u *docket.Urge) error {
	id, err := t.next(ctx, "urge", 1)
	if err != nil {
		return err
	}
	slip, err := t.nextSlip(ctx, u.Owner, u.Day)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "urge", urgeColumns, 1, func(int) []any {
		return []any{id, slip, opt(u.By), u.Owner, u.Unit, u.Matter, u.Obligation, string(u.Rung), u.Words, ms(t.now), u.Day.String()}
	})
	if err == nil {
		u.ID, u.Slip, u.At = docket.UrgeID(id), slip, t.now
	}
	return err
}

// Wishes returns how a person wants to be told; who has said nothing has none.
func (t *tx) Wishes(ctx context.Context, person docket.PersonID) (docket.Wishes, error) {
	w, err := maybe(ctx, t, func(r scanner) (w docket.Wishes, err error) {
		var version int64
		err = r.Scan(jsonValue{&w}, &version)
		w.Version = version
		return w, err
	}, "SELECT body, version FROM wishes WHERE person = $1", person)
	w.Person = person
	return w, err
}

// PutWishes keeps a person's wishes where the version still is the one given.
func (t *tx) PutWishes(ctx context.Context, w *docket.Wishes) error {
	if w.Version == 0 {
		err := t.insert(ctx, "wishes", "person, body, version", 1, func(int) []any { return []any{w.Person, asJSON(w), 1} })
		if err == nil {
			w.Version = 1
		}
		return err
	}
	n, err := t.exec(ctx, "UPDATE wishes SET body = $2, version = version + 1 WHERE person = $1 AND version = $3", w.Person, asJSON(w), w.Version)
	if err == nil && n == 0 {
		err = changedMeanwhile()
	}
	if err == nil {
		w.Version++
	}
	return err
}
