package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/jobs"
)

// Work is what the runner of jobs does for the App.
func (a *App) Work() map[string]jobs.Handler {
	return map[string]jobs.Handler{jobDigest: a.makeLetters, jobLetter: a.deliver, jobSheet: a.workSheet}
}

// SheetRunner does the part of Work that workbooks brought back ask for, and no more:
// a command waits for its own workbook, and sends nobody's letters.
func (a *App) SheetRunner() *jobs.Runner {
	return jobs.New(a.cfg.Store, a.cfg.Clock, map[string]jobs.Handler{jobSheet: a.workSheet}, a.log)
}

// Hurried tells when there is work that somebody waits for.
func (a *App) Hurried() <-chan struct{} { return a.hurried }

func (a *App) hurry() {
	select {
	case a.hurried <- struct{}{}:
	default: // told already
	}
}

// How letters end. What is handed back goes with the next digest, unless it was
// read meanwhile.
const (
	sent      = "sent"
	nobody    = "nobody"  // the receiver is out of use
	nothing   = "nothing" // all was read, or may no longer be
	noWay     = "no way"  // no channel reaches the receiver
	gathered  = "gathered"
	inDoubt   = "in doubt" // it may have arrived: handed back
	tooLate   = "too late" // its day is over: handed back
	switchOff = "off"      // the channel is gone: handed back
)

// newsFor is how long what waits is news, over the longest holiday; older
// notices stay in the program.
const newsFor = 14 * 24 * time.Hour

// maxLines is how many notices one letter carries; the rest is counted.
const maxLines = 50

// letter is the one message of a day through one channel to one receiver. Its
// id is the same at every attempt.
type letter struct {
	To      docket.Receiver   `json:"to"`
	By      docket.ChannelID  `json:"by"`
	Day     docket.Date       `json:"day"`
	ID      string            `json:"id"`
	Notices []docket.NoticeID `json:"notices"`
}

// key is unique for a day: whatever happens, a receiver gets no second letter of
// the day through the same channel.
func (l *letter) key() string { return string(l.By) + "/" + l.To.Key() + "/" + l.Day.String() }

// makeLetters makes a receiver's letters of the day, one for each channel, of what
// waits for them: all of it in one transaction.
func (a *App) makeLetters(ctx context.Context, w *jobs.Work) (outcome string, err error) {
	var to docket.Receiver
	if err := json.Unmarshal(w.Body, &to); err != nil {
		return "", err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return "", err
	}
	now := a.cfg.Clock()
	today := a.dayOf(now)
	err = a.cfg.Store.Update(ctx, now, func(tx docket.Writer) error {
		channels, err := channelsOf(ctx, tx)
		if err != nil {
			return err
		}
		who, err := a.receiver(ctx, tx, pl, &channels, to)
		if err != nil {
			return err
		}
		switch {
		case !who.active:
			outcome = nobody
			return nil
		case len(who.ways) == 0:
			outcome = noWay
			return nil
		case !a.works(today) || who.hours.Quiet.Has(docket.ClockAt(now, a.cfg.Location)):
			return jobs.Later(who.hours.Next(now, a.cfg.Location, a.works))
		}
		waiting, err := tx.WaitingNotices(ctx, to, now.Add(-newsFor))
		if outcome = nothing; err != nil || len(waiting) == 0 {
			return err
		}
		outcome = gathered
		for _, by := range who.ways {
			l := letter{To: to, By: by.ID, Day: today, ID: newToken(), Notices: waiting}
			body, err := json.Marshal(l)
			if err != nil {
				return err
			}
			fresh, err := tx.InsertJob(ctx, &docket.Job{Kind: jobLetter, Key: l.key(), Body: body, RunAt: now})
			if err != nil {
				return err
			}
			if !fresh { // today's has gone: one a day
				return jobs.Later(who.hours.Next(now, a.cfg.Location, a.works))
			}
		}
		return tx.CarryNotices(ctx, waiting, today)
	})
	return outcome, err
}

// deliver carries one letter out. Who the receiver is, what they may read and
// what they have read is asked now, not when it was told.
func (a *App) deliver(ctx context.Context, w *jobs.Work) (outcome string, err error) {
	var l letter
	if err := json.Unmarshal(w.Body, &l); err != nil {
		return "", err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return "", err
	}
	now := a.cfg.Clock()
	var who receiver
	var lines []docket.NoticeLine
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		channels, err := channelsOf(ctx, r)
		if err != nil {
			return err
		}
		if who, err = a.receiver(ctx, r, pl, &channels, l.To); err != nil || !who.active {
			return err
		}
		lines, err = r.NoticesOf(ctx, who.scope, l.Notices)
		return err
	})
	if err != nil {
		return "", err
	}
	lines = slices.DeleteFunc(lines, func(n docket.NoticeLine) bool { return !n.Read.IsZero() })
	i := slices.IndexFunc(who.ways, func(by docket.Channel) bool { return by.ID == l.By })
	switch {
	case w.InDoubt() && (i < 0 || !who.ways[i].Repeatable()):
		return inDoubt, a.handBack(ctx, who, l)
	case !who.active:
		return nobody, nil
	case len(lines) == 0:
		return nothing, nil
	case i < 0:
		return switchOff, a.handBack(ctx, who, l)
	case a.dayOf(now) != l.Day:
		return tooLate, a.handBack(ctx, who, l)
	}
	if end := quietUntil(now, a.cfg.Location, who.hours.Quiet); a.dayOf(end) != l.Day {
		return tooLate, a.handBack(ctx, who, l)
	} else if end.After(now) {
		return "", jobs.Later(end)
	}
	if err := w.Begin(ctx); err != nil {
		return "", err
	}
	return sent, a.cfg.Courier.Send(ctx, who.ways[i], a.message(who, l, lines, now))
}

func (a *App) message(who receiver, l letter, lines []docket.NoticeLine, now time.Time) docket.Message {
	m := docket.Message{ID: l.ID, Lang: who.lang, Day: l.Day, At: now, Name: who.name, Login: who.login, Email: who.email, Unit: who.unit, Link: a.cfg.URL}
	if m.Lang == "" {
		m.Lang = groupLang(who.ways, l.By)
	}
	m.Lines = lines[:min(len(lines), maxLines)]
	m.More = len(lines) - len(m.Lines)
	return m
}

func groupLang(ways []docket.Channel, id docket.ChannelID) string {
	for _, by := range ways {
		if by.ID == id {
			return by.Hook.Lang
		}
	}
	return "zh"
}

// quietUntil is when quiet hours that hold now are over; now when none do.
func quietUntil(now time.Time, place *time.Location, q docket.Quiet) time.Time {
	at := docket.ClockAt(now, place)
	if !q.Has(at) {
		return now
	}
	y, m, d := now.In(place).Date()
	if q.To <= at { // tomorrow
		d++
	}
	return time.Date(y, m, d, int(q.To)/60, int(q.To)%60, 0, 0, place)
}

// handBack lets what a letter carried go with the receiver's next digest: today's
// where today had none yet.
func (a *App) handBack(ctx context.Context, who receiver, l letter) error {
	now := a.cfg.Clock()
	return a.cfg.Store.Update(ctx, now, func(tx docket.Writer) error {
		if err := tx.CarryNotices(ctx, l.Notices, 0); err != nil || !who.active {
			return err
		}
		fresh, err := a.digestLater(ctx, tx, l.To, who.hours.Next(a.startOf(a.dayOf(now)).Add(-1), a.cfg.Location, a.works))
		if err == nil && !fresh {
			_, err = a.digestLater(ctx, tx, l.To, who.hours.Next(now, a.cfg.Location, a.works))
		}
		return err
	})
}
