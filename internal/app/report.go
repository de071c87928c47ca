package app

import (
	"context"
	"slices"

	docket "github.com/docket-os/docket"
)

// ReportForm is what a unit sees before it writes: its unfinished report, or a
// new one with the last values filled in, and the parts of its supports.
type ReportForm struct {
	Report docket.Report   `json:"report"`
	Last   *docket.Report  `json:"last"`  // the unit's newest report that went out
	Parts  []docket.Report `json:"parts"` // what supports have sent, newest of each; for who answers
	Round  *docket.Round   `json:"round"` // the round the report will answer
}

// ReportForm gives the form a unit writes its report on.
func (a *App) ReportForm(ctx context.Context, actor docket.Actor, id docket.MatterID, unit docket.UnitID) (ReportForm, error) {
	if err := allow(&actor, docket.ActReport); err != nil {
		return ReportForm{}, err
	}
	var form ReportForm
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		m, err := r.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := permit(&actor, docket.ActReport, docket.Subject{Units: []docket.UnitID{unit}}); err != nil {
			return err
		}
		form, err = reportForm(ctx, r, &m, unit)
		return err
	})
	return form, err
}

// reportForm reads what the form needs; formOf makes it.
func reportForm(ctx context.Context, r docket.Reader, m *docket.Matter, unit docket.UnitID) (ReportForm, error) {
	all, err := r.MatterReports(ctx, m.ID)
	if err != nil {
		return ReportForm{}, err
	}
	owed, err := r.MatterObligations(ctx, m.ID)
	if err != nil {
		return ReportForm{}, err
	}
	return formOf(ctx, r, m, unit, all, owed)
}

func formOf(ctx context.Context, r docket.Reader, m *docket.Matter, unit docket.UnitID, all []docket.Report, owed []docket.Obligation) (ReportForm, error) {
	form := ReportForm{Parts: []docket.Report{}}
	newest := map[docket.UnitID]docket.Report{}
	for _, x := range all {
		switch {
		case x.Unit == unit && x.Editable():
			form.Report = x
		case x.Unit == unit && x.SentOn != 0:
			form.Last = new(x)
		case x.Unit != unit && x.Kind == docket.PartReport && (x.Status == docket.ReportSent || x.Status == docket.ReportAccepted):
			newest[x.Unit] = x
		}
	}
	if !m.Reportable() {
		return form, docket.Errorf(docket.Conflict, "report.too_early", "reports are written from receipt until completion; the matter is "+string(m.Status), "status", string(m.Status))
	}
	kind, ok := m.Writes(unit)
	if !ok {
		return form, docket.Errorf(docket.Conflict, "report.no_part", "this unit has no part in the matter to report on")
	}
	if kind != docket.PartReport {
		for _, as := range m.Assignments {
			if p, ok := newest[as.Unit]; ok && as.Role == docket.Support {
				form.Parts = append(form.Parts, p)
			}
		}
	}
	if form.Report.ID == 0 {
		form.Report = docket.NewReport(m, unit, kind, form.Last)
	}
	var err error
	form.Round, err = openRound(ctx, r, m, unit, owed)
	return form, err
}

// SaveReport keeps what a unit has typed so far. Nobody else sees it before it
// is filed, so keeping it is no change of the docket and leaves no entry.
func (a *App) SaveReport(ctx context.Context, actor docket.Actor, id docket.MatterID, e docket.Report) (docket.Report, error) {
	return a.saveReport(ctx, actor, id, e, nil)
}

func (a *App) saveReport(ctx context.Context, actor docket.Actor, id docket.MatterID, e docket.Report, and also) (docket.Report, error) {
	now := a.cfg.Clock()
	var kept docket.Report
	err := a.cfg.Store.Update(ctx, now, func(w docket.Writer) error {
		m, err := w.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := permit(&actor, docket.ActReport, docket.Subject{Units: []docket.UnitID{e.Unit}}); err != nil {
			return err
		}
		form, err := reportForm(ctx, w, &m, e.Unit)
		if err != nil {
			return err
		}
		if kept, err = written(&actor, &m, form.Report, e); err != nil {
			return err
		}
		if err := w.PutReport(ctx, &kept); err != nil {
			return err
		}
		return and.do(ctx, w)
	})
	return kept, err
}

// written is the unfinished report r with what was typed since.
func written(actor *docket.Actor, m *docket.Matter, r, e docket.Report) (docket.Report, error) {
	if e.Version != r.Version {
		return e, stale()
	}
	if err := r.Write(e, m); err != nil {
		return e, err
	}
	if err := guardWords(r.Changed, r.Problems, r.Help, r.Next); err != nil {
		return e, err
	}
	r.Author = actor.Person.ID
	return r, nil
}

// FileReport keeps a report and puts it before the unit's head; a head's own
// word sends it out at once.
func (a *App) FileReport(ctx context.Context, actor docket.Actor, id docket.MatterID, e docket.Report) (docket.Report, error) {
	return a.fileReport(ctx, actor, id, e, nil)
}

func (a *App) fileReport(ctx context.Context, actor docket.Actor, id docket.MatterID, e docket.Report, and also) (docket.Report, error) {
	var kept docket.Report
	err := a.onMatter(ctx, actor, docket.VerbFile, id, 0, func(ctx context.Context, s *stage) error {
		if err := s.may(docket.ActReport, e.Unit); err != nil {
			return err
		}
		form, err := formOf(ctx, s, &s.m, e.Unit, s.said, s.owed)
		if err != nil {
			return err
		}
		r, err := written(&actor, &s.m, form.Report, e)
		if err != nil {
			return err
		}
		if err := r.Ready(); err != nil {
			return err
		}
		if form.Round != nil {
			r.Round = form.Round.ID
		}
		if r.ID == 0 {
			if err := s.PutReport(ctx, &r); err != nil { // what it makes owed names it
				return err
			}
		}
		r.Status, r.FiledAt, r.Reason, r.Words = docket.ReportFiled, s.Now(), "", ""
		if err := s.carry(ctx, &r); err != nil {
			return err
		}
		if err := s.claimStands(&r); err != nil {
			return err
		}
		if err := s.redone(ctx, &r); err != nil {
			return err
		}
		if docket.MayAct(&actor, docket.ActApprove, docket.Subject{Units: []docket.UnitID{r.Unit}}) {
			if err := s.send(ctx, &r); err != nil {
				return err
			}
		} else {
			s.owe(docket.Obligation{Kind: docket.OweApprove, Unit: r.Unit, Role: docket.Head, Ref: int64(r.ID)}, s.rules.Approve)
		}
		if err := s.PutReport(ctx, &r); err != nil {
			return err
		}
		kept = r
		if err := and.do(ctx, s); err != nil {
			return err
		}
		return s.record(ctx, docket.Entry{Verb: docket.VerbFile, Unit: r.Unit}, "report", r.ID, "kind", r.Kind, "percent", r.Percent)
	})
	return kept, err
}

// claimStands tells a unit at once what its claim lacks, not first its head.
func (s *stage) claimStands(r *docket.Report) error {
	if r.Kind != docket.ClaimReport {
		return nil
	}
	trial := s.m
	trial.Assignments = slices.Clone(s.m.Assignments)
	on := s.on
	on.Unit, on.Deed = r.Unit, docket.Deed{Result: r.Result}
	return docket.Step(&trial, docket.VerbClaim, on)
}

// carry ties the pieces of evidence to the report. What it carries speaks for a
// claim as well as what the matter already has.
func (s *stage) carry(ctx context.Context, r *docket.Report) error {
	pieces, err := s.Carry(ctx, s.m.ID, r.Unit, r.ID, r.Evidence, s.rules.MaxEvidence)
	s.on.Known.Evidence = s.on.Known.Evidence || docket.Proves(pieces, docket.GradeDocument, s.Today)
	return err
}

// redone marks what came back to the unit before as done anew by this report.
func (s *stage) redone(ctx context.Context, r *docket.Report) error {
	for i := range s.said {
		if x := &s.said[i]; x.Unit == r.Unit && x.Status == docket.ReportReturned {
			x.Status = docket.ReportRedone
			if err := s.PutReport(ctx, x); err != nil {
				return err
			}
		}
	}
	return nil
}

// send lets a report out: it is the head's word that counts. Who waits for it
// owes a word from then on.
func (s *stage) send(ctx context.Context, r *docket.Report) error {
	r.Status, r.SentAt, r.SentOn, r.Approver = docket.ReportSent, s.Now(), s.Today, s.Actor.Person.ID
	figures := slices.Clone(r.Figures)
	for i := range figures {
		figures[i].Report = r.ID
	}
	if err := s.observe(ctx, &s.m, "figures", figures); err != nil {
		return err
	}
	s.moved = s.m.Reached(r) || s.moved
	s.met(docket.OweApprove, int64(r.ID), r.Unit)
	s.met(docket.OweReport, int64(r.Round), r.Unit)
	if r.Round != 0 {
		s.met(docket.OweReport, 0, r.Unit)
	}
	review := docket.Obligation{Kind: docket.OweReview, Unit: s.m.Owner, Role: docket.Office, Ref: int64(r.ID)}
	switch r.Kind {
	case docket.PartReport:
		review.Unit, review.Role = s.m.LeadUnit(), docket.Liaison
		if review.Unit == 0 {
			review.Unit, review.Role = s.m.Owner, docket.Office
		}
		s.owe(review, s.rules.Review)
	case docket.ClaimReport:
		return s.proceed(docket.VerbClaim, r.Unit, docket.Deed{Result: r.Result})
	case docket.ReplyReport:
		return s.answer(ctx, r)
	default:
		s.owe(review, s.rules.Review)
	}
	return nil
}

// onReport is a change of one report, asked for through its matter.
func (a *App) onReport(ctx context.Context, actor docket.Actor, verb docket.Verb, id docket.MatterID, rid docket.ReportID, version int64, fn func(context.Context, *stage, *docket.Report) error) (docket.Report, error) {
	var kept docket.Report
	err := a.onMatter(ctx, actor, verb, id, 0, func(ctx context.Context, s *stage) error {
		all := s.said
		i := slices.IndexFunc(all, func(r docket.Report) bool { return r.ID == rid && r.Visible(&actor, &s.m) })
		if i < 0 {
			return notFound()
		}
		r := all[i]
		if err := fn(ctx, s, &r); err != nil {
			return err
		}
		if version != 0 {
			if err := expect(all[i].Version, version); err != nil {
				return err
			}
		}
		if err := s.PutReport(ctx, &r); err != nil {
			return err
		}
		kept = r
		return s.record(ctx, docket.Entry{Verb: verb, Unit: r.Unit, Reason: r.Words}, "report", r.ID, "report_status", r.Status)
	})
	return kept, err
}

func notAt(r *docket.Report) error {
	return docket.Errorf(docket.Conflict, "report.not_here", "the report is "+string(r.Status)+": somebody else has dealt with it", "status", string(r.Status))
}

// ApproveReport is the head's word: the report goes out.
func (a *App) ApproveReport(ctx context.Context, actor docket.Actor, id docket.MatterID, rid docket.ReportID, version int64) (docket.Report, error) {
	return a.onReport(ctx, actor, docket.VerbApprove, id, rid, version, func(ctx context.Context, s *stage, r *docket.Report) error {
		if err := s.may(docket.ActApprove, r.Unit); err != nil {
			return err
		}
		if r.Status != docket.ReportFiled {
			return notAt(r)
		}
		return s.send(ctx, r)
	})
}

// AcceptReport takes a report: the office's word on progress, the lead's on a part.
func (a *App) AcceptReport(ctx context.Context, actor docket.Actor, id docket.MatterID, rid docket.ReportID, version int64) (docket.Report, error) {
	return a.onReport(ctx, actor, docket.VerbAccept, id, rid, version, func(_ context.Context, s *stage, r *docket.Report) error {
		if err := s.mayJudge(r); err != nil {
			return err
		}
		if r.Status != docket.ReportSent {
			return notAt(r)
		}
		s.judged(r, docket.ReportAccepted)
		if r.Kind == docket.PartReport && s.m.Status == docket.InProgress && s.m.LeadUnit() != 0 {
			return s.proceed(docket.VerbDeliver, s.m.LeadUnit(), docket.Deed{Of: r.Unit})
		}
		return nil
	})
}

// ReturnReport sends a report back with a reason from the list and words: the
// head before it goes out, the office or, of a part, the lead afterwards.
func (a *App) ReturnReport(ctx context.Context, actor docket.Actor, id docket.MatterID, rid docket.ReportID, reason docket.ReturnReason, words string, version int64) (docket.Report, error) {
	return a.onReport(ctx, actor, docket.VerbReturn, id, rid, version, func(_ context.Context, s *stage, r *docket.Report) error {
		if err := guardWords(words); err != nil {
			return err
		}
		switch r.Status {
		case docket.ReportFiled:
			if err := s.may(docket.ActApprove, r.Unit); err != nil {
				return err
			}
			s.drop(docket.OweApprove, int64(r.ID), r.Unit)
			if err := reason.Returnable(words); err != nil {
				return err
			}
			r.Status, r.Reason, r.Words = docket.ReportDraft, reason, words
			return nil
		case docket.ReportSent:
			if err := s.mayJudge(r); err != nil {
				return err
			}
		default:
			if err := s.mayJudge(r); err != nil {
				return err
			}
			return notAt(r)
		}
		if err := reason.Returnable(words); err != nil {
			return err
		}
		r.Returns++
		if r.Kind == docket.ClaimReport && s.m.Status == docket.Claimed {
			if err := s.proceed(docket.VerbReturn, 0, docket.Deed{Reason: reason, Words: words}); err != nil {
				return err
			}
		}
		s.judged(r, docket.ReportReturned)
		r.Reason, r.Words = reason, words
		return nil
	})
}

// WithdrawReport takes a report back before its head has spoken.
func (a *App) WithdrawReport(ctx context.Context, actor docket.Actor, id docket.MatterID, rid docket.ReportID, version int64) (docket.Report, error) {
	return a.onReport(ctx, actor, docket.VerbWithdraw, id, rid, version, func(_ context.Context, s *stage, r *docket.Report) error {
		if err := s.may(docket.ActReport, r.Unit); err != nil {
			return err
		}
		if r.Status != docket.ReportFiled {
			return notAt(r)
		}
		r.Status = docket.ReportDraft
		s.drop(docket.OweApprove, int64(r.ID), r.Unit)
		return nil
	})
}

// mayJudge: a part is the lead's to judge, all else the office's.
func (s *stage) mayJudge(r *docket.Report) error {
	if lead := s.m.LeadUnit(); r.Kind == docket.PartReport && lead != 0 {
		return s.may(docket.ActReport, lead)
	}
	return s.may(docket.ActReview, 0)
}

func (s *stage) judged(r *docket.Report, status docket.ReportStatus) {
	r.Status, r.Reviewer, r.JudgedAt = status, s.Actor.Person.ID, s.Now()
	s.met(docket.OweReview, int64(r.ID), 0)
}
