package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// draftMinutes makes the minutes' draft out of the record when the meeting is
// closed; closed again, what was recorded since joins it and what the office has
// written stays.
func (a *App) draftMinutes(ctx context.Context, c *Change, s *docket.Stocktake) error {
	items, err := c.Items(ctx, s.ID)
	if err != nil {
		return err
	}
	m, err := c.Minutes(ctx, s.ID)
	if docket.CodeOf(err) == docket.NotFound && err != nil {
		rules, err := rulesOf(ctx, c)
		if err != nil {
			return err
		}
		m = docket.Minutes{Stocktake: s.ID, Title: s.Title, Status: docket.MinutesDraft, Remarks: []docket.Remark{}, Addenda: []docket.Addendum{}, Body: []docket.MinutesPara{}}
		m.Due, _, _ = a.reckon(rules.Slips, c.Now())
		if m.No, err = a.nextMinutesNo(ctx, c, s); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	there, err := c.attendance(ctx, s, items)
	if err != nil {
		return err
	}
	m.Attend(there)
	m.Take(items)
	return c.PutMinutes(ctx, &m)
}

// nextMinutesNo counts the owner's minutes of the year.
func (a *App) nextMinutesNo(ctx context.Context, c *Change, s *docket.Stocktake) (string, error) {
	all, err := c.Stocktakes(ctx, docket.SystemScope())
	if err != nil {
		return "", err
	}
	n := 1
	for i := range all {
		x := &all[i]
		if x.ID != s.ID && x.Owner == s.Owner && x.On.Time().Year() == s.On.Time().Year() && !x.ClosedAt.IsZero() {
			n++
		}
	}
	return strconv.Itoa(n), nil
}

// attendance says who was there: the chair and the heads of units that came; who
// stayed away; and to whom the minutes go: who reported, and who has to act.
func (c *Change) attendance(ctx context.Context, s *docket.Stocktake, items []docket.Item) (docket.Attendance, error) {
	chair, err := c.Person(ctx, s.Chair)
	if err != nil {
		return docket.Attendance{}, err
	}
	present, absent := []string{chair.Name}, []string{}
	for _, slot := range s.Slots {
		name := slot.Name
		heads, err := c.holders(ctx, docket.Head, slot.Unit)
		if err != nil {
			return docket.Attendance{}, err
		}
		if len(heads) > 0 {
			p, err := c.Person(ctx, heads[0])
			if err != nil {
				return docket.Attendance{}, err
			}
			name = withHead(name, p.Name)
		}
		if slot.State == docket.SlotAbsent {
			absent = append(absent, name)
		} else {
			present = append(present, name)
		}
	}
	between := "; "
	if LangOf(s.Title) == "zh" {
		between = "，"
	}
	names := make([]string, len(s.Slots))
	for i, slot := range s.Slots {
		names[i] = slot.Name
	}
	for i := range items {
		if !items[i].Stands() || items[i].Matter == 0 {
			continue
		}
		for _, unit := range items[i].Acting() {
			if name := c.Place.tree.Name(unit); s.Slot(unit) == nil && name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return docket.Attendance{Present: strings.Join(present, between), Absent: strings.Join(absent, between), Sent: strings.Join(names, between)}, nil
}

// withHead names a unit with who heads it; a name that says the unit stands alone.
func withHead(unit, head string) string {
	if strings.Contains(head, unit) {
		return head
	}
	return unit + " " + head
}

// minutesSeen: while the minutes are drafted they are the office's and the
// chair's; circulated and issued they are everybody's who may see the meeting.
func minutesSeen(actor *docket.Actor, s *docket.Stocktake, m *docket.Minutes) bool {
	return m.Status != docket.MinutesDraft || actor.Office.Has(s.Owner) || actor.Is(s.Convener) || actor.Is(s.Standin)
}

// minutesOf loads minutes through their meeting and the actor's scope.
func minutesOf(ctx context.Context, r docket.Reader, actor *docket.Actor, id docket.StocktakeID) (s docket.Stocktake, m docket.Minutes, err error) {
	if s, err = r.Stocktake(ctx, actor.Scope(), id); err != nil {
		return s, m, err
	}
	m, err = r.Minutes(ctx, id)
	if docket.CodeOf(err) == docket.NotFound && err != nil || err == nil && !minutesSeen(actor, &s, &m) {
		err = docket.Errorf(docket.NotFound, "minutes.none", "there are no minutes to be seen yet: they are drafted when the meeting is closed")
	}
	return s, m, err
}

// Minutes gives the minutes of a meeting with what the actor may do.
func (a *App) Minutes(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (MinutesPage, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return MinutesPage{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return MinutesPage{}, err
	}
	var page MinutesPage
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		s, m, err := minutesOf(ctx, r, &actor, id)
		if err != nil {
			return err
		}
		page = MinutesPage{Minutes: m, Meeting: s.Title, OwnerName: pl.tree.Name(s.Owner), RemarkedBy: []string{}, May: minutesActs(&actor, &s, &m)}
		known := names{0: ""}
		if page.IssuerName, err = known.of(ctx, r, m.Issuer); err != nil {
			return err
		}
		for i := range m.Remarks {
			name, err := known.of(ctx, r, m.Remarks[i].By)
			if err != nil {
				return err
			}
			page.RemarkedBy = append(page.RemarkedBy, joined(" ", pl.tree.Name(m.Remarks[i].Unit), name))
		}
		return nil
	})
	return page, err
}

// minutesActs are what the actor may do to minutes as they stand.
func minutesActs(actor *docket.Actor, s *docket.Stocktake, m *docket.Minutes) []string {
	out := []string{}
	about := docket.SubjectOfStocktake(s)
	office := docket.MayAct(actor, docket.ActConvene, about)
	chair := docket.MayAct(actor, docket.ActIssue, about)
	add := func(may bool, act string) {
		if may && s.Status != docket.StocktakeSitting {
			out = append(out, act)
		}
	}
	open := m.Status != docket.MinutesIssued
	add(office && open, "write")
	add(office && m.Status == docket.MinutesDraft, "circulate")
	add(m.Status == docket.MinutesCirculated, "remark")
	add(office && m.Status == docket.MinutesCirculated && len(m.Remarks) > 0, "answer")
	add(chair && open, "issue")
	add((office || chair) && !open, "addend")
	return out
}

// onMinutes is a change of a meeting's minutes; fn asks for permission.
func (a *App) onMinutes(ctx context.Context, actor docket.Actor, verb docket.Verb, id docket.StocktakeID, version int64, fn func(context.Context, *Change, *docket.Stocktake, *docket.Minutes) error) (MinutesPage, error) {
	err := a.change(ctx, actor, verb, func(ctx context.Context, c *Change) error {
		s, m, err := minutesOf(ctx, c, &actor, id)
		if err != nil {
			return err
		}
		before := m
		before.Body, before.Remarks, before.Addenda = slices.Clone(m.Body), slices.Clone(m.Remarks), slices.Clone(m.Addenda)
		if err := fn(ctx, c, &s, &m); err != nil {
			return err
		}
		if version != 0 {
			if err := expect(before.Version, version); err != nil {
				return err
			}
		}
		if err := m.Validate(); err != nil {
			return err
		}
		if err := c.PutMinutes(ctx, &m); err != nil {
			return err
		}
		was, is := diff(before, m)
		return c.Record(ctx, docket.Entry{Unit: s.Owner, Before: was, After: withID(is, "stocktake", s.ID)})
	})
	if err != nil {
		return MinutesPage{}, err
	}
	return a.Minutes(ctx, actor, id)
}

// mayMinutes asks for an act and, unless the minutes are to be corrected, that
// they are not out yet.
func mayMinutes(c *Change, act docket.Act, s *docket.Stocktake, m *docket.Minutes) error {
	if err := c.May(act, docket.SubjectOfStocktake(s)); err != nil {
		return err
	}
	if s.Status == docket.StocktakeSitting {
		return docket.Errorf(docket.Conflict, "minutes.sitting", "the meeting has been opened again: close it first")
	}
	if m.Status == docket.MinutesIssued {
		return docket.Errorf(docket.Conflict, "minutes.issued", "the minutes have been issued: they are corrected by an addendum only")
	}
	return nil
}

// MinutesEdit is the text of minutes as the office wrote it.
type MinutesEdit struct {
	No      string               `json:"no" maxLength:"20"`
	Title   string               `json:"title" maxLength:"400"`
	Present string               `json:"present" maxLength:"8000"`
	Absent  string               `json:"absent" maxLength:"8000"`
	Others  string               `json:"others" maxLength:"8000"`
	Sent    string               `json:"sent" maxLength:"8000"`
	Body    []docket.MinutesPara `json:"body" maxItems:"500"`
}

// SaveMinutes keeps the office's text. The paragraphs of the record stay in it, in
// the record's words, whatever order they are put in.
func (a *App) SaveMinutes(ctx context.Context, actor docket.Actor, id docket.StocktakeID, e MinutesEdit, version int64) (MinutesPage, error) {
	return a.onMinutes(ctx, actor, docket.VerbMinutes, id, version, func(ctx context.Context, c *Change, s *docket.Stocktake, m *docket.Minutes) error {
		if err := mayMinutes(c, docket.ActConvene, s, m); err != nil {
			return err
		}
		m.No, m.Title, m.Present, m.Absent, m.Others, m.Sent, m.Author = e.No, e.Title, e.Present, e.Absent, e.Others, e.Sent, actor.Person.ID
		items, err := c.Items(ctx, s.ID)
		if err != nil {
			return err
		}
		body := make([]docket.MinutesPara, 0, len(e.Body))
		for _, p := range e.Body {
			if p.Item != 0 {
				i := slices.IndexFunc(items, func(x docket.Item) bool { return x.ID == p.Item && x.Stands() })
				if i < 0 {
					continue
				}
				p.Text, p.Level = items[i].Text, 0
			}
			if strings.TrimSpace(p.Text) != "" {
				p.Level = min(max(p.Level, 0), 2)
				body = append(body, p)
			}
		}
		for i := range items {
			in := slices.ContainsFunc(body, func(p docket.MinutesPara) bool { return p.Item == items[i].ID })
			if !in && items[i].Stands() && items[i].Kind.Acts() {
				return faultAt("minutes.invalid", "body", "minutes.left_out", "what was decided cannot be left out: strike it off the record first")
			}
		}
		m.Body = body
		return guardWords(m.Words())
	})
}

// Circulate sends the draft round for comment.
func (a *App) Circulate(ctx context.Context, actor docket.Actor, id docket.StocktakeID, version int64) (MinutesPage, error) {
	return a.onMinutes(ctx, actor, docket.VerbMinutes, id, version, func(ctx context.Context, c *Change, s *docket.Stocktake, m *docket.Minutes) error {
		if err := mayMinutes(c, docket.ActConvene, s, m); err != nil {
			return err
		}
		m.Status, m.SentOutAt = docket.MinutesCirculated, c.Now()
		return a.tellMinutes(ctx, c, s, m)
	})
}

// tellMinutes tells the reporting units that minutes are out.
func (a *App) tellMinutes(ctx context.Context, c *Change, s *docket.Stocktake, m *docket.Minutes) error {
	for _, slot := range s.Slots {
		to, err := c.unitPeople(ctx, slot.Unit)
		if err != nil {
			return err
		}
		n := docket.Notice{Kind: docket.NoticeIssued, Unit: slot.Unit, Once: fmt.Sprintf("minutes/%d/%s/%d/%d", s.ID, m.Status, slot.Unit, len(m.Addenda)),
			Args: map[string]string{"title": m.Title, "stocktake": strconv.FormatInt(int64(s.ID), 10)}}
		if m.Status == docket.MinutesCirculated {
			n.Kind = docket.NoticeCirculated
		}
		if err := a.tell(ctx, c, n, to...); err != nil {
			return err
		}
	}
	return nil
}

// Remark keeps what somebody who may see circulated minutes has to say of them.
func (a *App) Remark(ctx context.Context, actor docket.Actor, id docket.StocktakeID, text string) (MinutesPage, error) {
	return a.onMinutes(ctx, actor, docket.VerbMinutes, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake, m *docket.Minutes) error {
		if err := c.May(docket.ActRead, docket.Subject{Owner: s.Owner, Units: s.Units(), State: docket.Assigned}); err != nil {
			return err
		}
		if m.Status != docket.MinutesCirculated {
			return docket.Errorf(docket.Conflict, "minutes.not_out", "the minutes are not out for comment")
		}
		if err := docket.CheckRemark(text); err != nil {
			return err
		}
		unit := s.Owner
		for _, u := range s.Units() {
			if actor.File.Has(u) || actor.Head.Has(u) {
				unit = u
				break
			}
		}
		m.Remarks = append(m.Remarks, docket.Remark{By: actor.Person.ID, Unit: unit, At: c.Now(), Text: strings.TrimSpace(text)})
		return guardWords(text)
	})
}

// AnswerRemark keeps the office's answer to the n-th remark, counted from 0.
func (a *App) AnswerRemark(ctx context.Context, actor docket.Actor, id docket.StocktakeID, n int, answer string) (MinutesPage, error) {
	return a.onMinutes(ctx, actor, docket.VerbMinutes, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake, m *docket.Minutes) error {
		if err := mayMinutes(c, docket.ActConvene, s, m); err != nil {
			return err
		}
		if n < 0 || n >= len(m.Remarks) {
			return notFound()
		}
		if err := docket.CheckRemark(answer); err != nil {
			return err
		}
		m.Remarks[n].Answer = strings.TrimSpace(answer)
		return guardWords(answer)
	})
}

// IssueMinutes puts the minutes out, by the convener or the stand-in; from now on
// they are locked, and so is the record.
func (a *App) IssueMinutes(ctx context.Context, actor docket.Actor, id docket.StocktakeID, version int64) (MinutesPage, error) {
	page, err := a.onMinutes(ctx, actor, docket.VerbIssue, id, version, func(ctx context.Context, c *Change, s *docket.Stocktake, m *docket.Minutes) error {
		if err := mayMinutes(c, docket.ActIssue, s, m); err != nil {
			return err
		}
		if err := m.Lock(actor.Person.ID, c.Now(), c.Today); err != nil {
			return err
		}
		out, err := a.sendSlips(ctx, c, s)
		if err != nil {
			return err
		}
		if len(out) > 0 {
			if err := c.Record(ctx, docket.Entry{Verb: docket.VerbSlips, Unit: s.Owner, After: note("slip", strings.Join(out, ", "), "stocktake", s.ID)}); err != nil {
				return err
			}
		}
		s.Status = docket.StocktakeIssued
		if err := c.PutStocktake(ctx, s); err != nil {
			return err
		}
		return a.tellMinutes(ctx, c, s, m)
	})
	if err == nil {
		a.rooms.wake(id)
	}
	return page, err
}

// Addend corrects issued minutes by an addendum; the text itself stays.
func (a *App) Addend(ctx context.Context, actor docket.Actor, id docket.StocktakeID, text string) (MinutesPage, error) {
	return a.onMinutes(ctx, actor, docket.VerbIssue, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake, m *docket.Minutes) error {
		about := docket.SubjectOfStocktake(s)
		act := docket.ActConvene
		if docket.MayAct(&actor, docket.ActIssue, about) {
			act = docket.ActIssue
		}
		if err := c.May(act, about); err != nil {
			return err
		}
		if m.Status != docket.MinutesIssued {
			return docket.Errorf(docket.Conflict, "minutes.not_issued", "the minutes have not been issued: change their text")
		}
		if err := docket.CheckRemark(text); err != nil {
			return err
		}
		m.Addenda = append(m.Addenda, docket.Addendum{No: len(m.Addenda) + 1, By: actor.Person.ID, At: c.Now(), Text: strings.TrimSpace(text)})
		if err := guardWords(text); err != nil {
			return err
		}
		return a.tellMinutes(ctx, c, s, m)
	})
}
