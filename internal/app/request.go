package app

import (
	"context"
	"slices"

	docket "github.com/docket-os/docket"
)

// Ask makes a request for a unit: a later due, a dispute, to park or to stop.
func (a *App) Ask(ctx context.Context, actor docket.Actor, id docket.MatterID, q docket.Request, version int64) (MatterPage, error) {
	if err := a.request(ctx, actor, id, q, version); err != nil {
		return MatterPage{}, err
	}
	return a.Matter(ctx, actor, id)
}

func (a *App) request(ctx context.Context, actor docket.Actor, id docket.MatterID, q docket.Request, version int64) error {
	return a.onMatter(ctx, actor, docket.VerbAsk, id, version, func(ctx context.Context, s *stage) error {
		act := docket.ActAsk
		if q.Kind == docket.AskDispute {
			act = docket.ActDispute
		}
		if err := s.may(act, q.Unit); err != nil {
			return err
		}
		if q.Kind == docket.AskPlan {
			return docket.Errorf(docket.Invalid, "request.plan", "consent to a plan is asked for by filing the plan")
		}
		return s.request(ctx, q)
	})
}

// request keeps a request and makes its decision owed. Of one kind a unit has at
// most one open.
func (s *stage) request(ctx context.Context, asked docket.Request) error {
	q := docket.Request{Matter: s.m.ID, Unit: asked.Unit, Kind: asked.Kind, Status: docket.RequestOpen, Words: asked.Words, Due: asked.Due,
		LookOn: asked.LookOn, Condition: asked.Condition, Milestones: asked.Milestones, By: s.Actor.Person.ID, At: s.Now()}
	if err := guardWords(append(titlesOf(q.Milestones), q.Words, q.Condition)...); err != nil {
		return err
	}
	if err := q.Check(&s.m, s.Today); err != nil {
		return err
	}
	open, err := s.openRequests(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(open, func(x docket.Request) bool { return x.Kind == q.Kind && x.Unit == q.Unit }) {
		return docket.Errorf(docket.Conflict, "request.twice", "this unit has already asked for that and waits for the answer")
	}
	if q.Kind == docket.AskDispute {
		if err := s.proceed(docket.VerbDispute, q.Unit, docket.Deed{Words: q.Words}); err != nil {
			return err
		}
	}
	if err := s.PutRequest(ctx, &q); err != nil {
		return err
	}
	owed := docket.Obligation{Kind: docket.OweDecide, Unit: s.m.Owner, Role: docket.Office, Ref: int64(q.ID)}
	if q.Decider() == docket.Leader {
		owed.Unit, owed.Role = s.answering(), docket.Leader
	}
	s.owe(owed, s.rules.Decide)
	return s.record(ctx, docket.Entry{Verb: docket.VerbAsk, Unit: q.Unit, Reason: q.Words}, "request", q.ID, "kind", q.Kind)
}

// answering is the unit whose portfolio leader has a word: the lead, or the
// first of those who answer, or the owner.
func (s *stage) answering() docket.UnitID {
	if lead := s.m.LeadUnit(); lead != 0 {
		return lead
	}
	for i := range s.m.Assignments {
		if as := &s.m.Assignments[i]; as.Answers() && as.Unit != 0 {
			return as.Unit
		}
	}
	return s.m.Owner
}

func (s *stage) openRequests(ctx context.Context) ([]docket.Request, error) {
	all, err := s.MatterRequests(ctx, s.m.ID)
	return slices.DeleteFunc(all, func(q docket.Request) bool { return q.Status != docket.RequestOpen }), err
}

// askConsent files a plan where the body asks for the portfolio leader's consent
// first: the plan counts when the leader has said so.
func (s *stage) askConsent(ctx context.Context, unit docket.UnitID, deed docket.Deed) error {
	if err := s.may(docket.ActPlan, unit); err != nil {
		return err
	}
	on := s.on
	on.Unit, on.Deed = unit, deed
	mv, err := docket.MoveOf(s.m.Status, docket.VerbPlan)
	if err != nil {
		return err
	}
	if faults := mv.Faults(&s.m, on); len(faults) > 0 {
		return &docket.Error{Code: docket.Conflict, Key: faults[0].Key, Args: faults[0].Args, Message: faults[0].Message, Fields: faults}
	}
	words := deed.Words
	if words == "" {
		words = "—" // a plan speaks for itself
	}
	return s.request(ctx, docket.Request{Kind: docket.AskPlan, Unit: unit, Words: words, Milestones: deed.Milestones})
}

// Decision is a word on a request.
type Decision struct {
	Grant       bool
	Words       string
	Due         docket.Date // extension: the day given; zero: the one asked for
	Assess      bool        // extension: judged by the new day too
	Assignments []docket.Assignment
}

// Decide settles a request, once: whoever comes second is told so.
func (a *App) Decide(ctx context.Context, actor docket.Actor, id docket.MatterID, rid docket.RequestID, d Decision, version int64) (MatterPage, error) {
	err := a.onMatter(ctx, actor, docket.VerbDecide, id, 0, func(ctx context.Context, s *stage) error {
		q, err := s.findRequest(ctx, rid)
		if err != nil {
			return err
		}
		if err := s.may(q.Act(), 0); err != nil {
			return err
		}
		if err := q.Settled(); err != nil {
			return err
		}
		if version != 0 {
			if err := expect(q.Version, version); err != nil {
				return err
			}
		}
		if err := s.decide(&q, d); err != nil {
			return err
		}
		if err := s.PutRequest(ctx, &q); err != nil {
			return err
		}
		return s.record(ctx, docket.Entry{Verb: docket.VerbDecide, Unit: q.Unit, Reason: d.Words}, "request", q.ID, "request_status", q.Status)
	})
	if err != nil {
		return MatterPage{}, err
	}
	return a.Matter(ctx, actor, id)
}

func (s *stage) findRequest(ctx context.Context, rid docket.RequestID) (docket.Request, error) {
	all, err := s.MatterRequests(ctx, s.m.ID)
	if err != nil {
		return docket.Request{}, err
	}
	i := slices.IndexFunc(all, func(q docket.Request) bool { return q.ID == rid })
	if i < 0 {
		return docket.Request{}, notFound()
	}
	return all[i], nil
}

func (s *stage) decide(q *docket.Request, d Decision) error {
	if err := guardWords(d.Words); err != nil {
		return err
	}
	if !d.Grant && d.Words == "" {
		return &docket.Error{Code: docket.Invalid, Key: "request.invalid", Message: "the request cannot be refused like this",
			Fields: []docket.FieldError{{Field: "words", Key: "field.required", Message: "say why"}}}
	}
	q.Status, q.DecidedBy, q.DecidedAt, q.Answer = docket.RequestRefused, s.Actor.Person.ID, s.Now(), d.Words
	s.met(docket.OweDecide, int64(q.ID), 0)
	deed := docket.Deed{Words: q.Words, Due: q.Due, LookOn: q.LookOn, Condition: q.Condition, Milestones: q.Milestones, Assess: d.Assess, Assignments: d.Assignments}
	unit := docket.UnitID(0)
	switch {
	case !d.Grant && q.Kind != docket.AskDispute:
		return nil
	case !d.Grant:
		return s.proceed(docket.VerbConfirm, 0, docket.Deed{Words: d.Words})
	case q.Kind == docket.AskPlan:
		unit = q.Unit
	case q.Kind == docket.AskDispute:
		deed.Due = d.Due
		if err := s.match(&deed); err != nil {
			return err
		}
	case d.Due != 0:
		deed.Due = d.Due
	}
	q.Status, q.Granted, q.Assess = docket.RequestGranted, deed.Due, d.Assess
	return s.proceed(q.Move(), unit, deed)
}

// settleDisputes closes the disputes that a confirmation or a new assignment answers.
func (s *stage) settleDisputes(ctx context.Context, verb docket.Verb, words string) error {
	open, err := s.openRequests(ctx)
	if err != nil {
		return err
	}
	for i := range open {
		q := &open[i]
		if q.Kind != docket.AskDispute {
			continue
		}
		q.Status, q.DecidedBy, q.DecidedAt, q.Answer = docket.RequestRefused, s.Actor.Person.ID, s.Now(), words
		if verb == docket.VerbReassign {
			q.Status = docket.RequestGranted
		}
		if err := s.PutRequest(ctx, q); err != nil {
			return err
		}
		s.met(docket.OweDecide, int64(q.ID), 0)
	}
	return nil
}

// WithdrawRequest takes a request back before it is decided. A dispute cannot be
// taken back: the office confirms it or hands the matter over anew.
func (a *App) WithdrawRequest(ctx context.Context, actor docket.Actor, id docket.MatterID, rid docket.RequestID, version int64) (MatterPage, error) {
	err := a.onMatter(ctx, actor, docket.VerbWithdraw, id, 0, func(ctx context.Context, s *stage) error {
		q, err := s.findRequest(ctx, rid)
		if err != nil {
			return err
		}
		if err := s.may(docket.ActAsk, q.Unit); err != nil {
			return err
		}
		if err := q.Settled(); err != nil {
			return err
		}
		if q.Kind == docket.AskDispute {
			return docket.Errorf(docket.Conflict, "request.dispute_stays", "a dispute is settled by the office; it cannot be taken back")
		}
		if version != 0 {
			if err := expect(q.Version, version); err != nil {
				return err
			}
		}
		q.Status, q.DecidedAt = docket.RequestWithdrawn, s.Now()
		s.drop(docket.OweDecide, int64(q.ID), 0)
		if err := s.PutRequest(ctx, &q); err != nil {
			return err
		}
		return s.record(ctx, docket.Entry{Verb: docket.VerbWithdraw, Unit: q.Unit}, "request", q.ID)
	})
	if err != nil {
		return MatterPage{}, err
	}
	return a.Matter(ctx, actor, id)
}
