package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// moveActs are the acts the moves by hand take, once each.
func moveActs() []docket.Act {
	var out []docket.Act
	seen := map[docket.Act]bool{}
	for _, v := range app.ByHand() {
		if act := docket.ActOf(v); !seen[act] {
			seen[act] = true
			out = append(out, act)
		}
	}
	return out
}

func (s *server) move(c call, in *struct {
	MatterPath
	Edit
	Body DeedBody
}) (MatterPage, error) {
	seen, err := in.seen()
	if err != nil {
		return MatterPage{}, err
	}
	p, err := s.app.Move(c, c.actor, in.ID, in.Body.Verb, in.Body.Unit, in.Body.deed(), seen)
	return wireMatterPage(p), err
}

func (s *server) moveMany(c call, in *asks[ManyBody]) (List[Moved], error) {
	b := in.Body
	done, err := s.app.MoveMany(c, c.actor, b.Matters, b.Verb, b.Unit, b.deed(), b.DryRun)
	return list(each(done, func(r app.MoveResult) Moved {
		m := Moved{Matter: r.Matter, No: r.No, Title: r.Title}
		if r.Err != nil {
			m.Problem = problemOf(r.Err)
		}
		return m
	})), err
}

func (s *server) registerMatter(c call, in *asks[RegisterBody]) (MatterPage, error) {
	b := in.Body
	p, err := s.app.Register(c, c.actor, app.NewMatter{Title: b.Title, Requirement: b.Requirement, Due: b.Due, ReviewOn: b.ReviewOn, Assignments: parts(b.Assignments)})
	return wireMatterPage(p), err
}

func (s *server) reportForm(c call, in *struct {
	MatterPath
	Unit docket.UnitID `query:"unit" required:"true" minimum:"1"`
}) (ReportForm, error) {
	f, err := s.app.ReportForm(c, c.actor, in.ID, in.Unit)
	return wireForm(f), err
}

func (s *server) saveReport(c call, in *struct {
	MatterPath
	Body ReportBody
}) (ReportView, error) {
	r, err := s.app.SaveReport(c, c.actor, in.ID, in.Body.report())
	return bareReport(r), err
}

func (s *server) fileReport(c call, in *struct {
	MatterPath
	Body ReportBody
}) (ReportView, error) {
	r, err := s.app.FileReport(c, c.actor, in.ID, in.Body.report())
	return bareReport(r), err
}

type partEdit[B any] struct {
	PartPath
	Edit
	Body B
}

type partAct struct {
	PartPath
	Edit
}

func (s *server) approveReport(c call, in *partAct) (ReportView, error) {
	seen, err := in.seen()
	if err != nil {
		return ReportView{}, err
	}
	r, err := s.app.ApproveReport(c, c.actor, in.ID, docket.ReportID(in.RID), seen)
	return bareReport(r), err
}

func (s *server) acceptReport(c call, in *partAct) (ReportView, error) {
	seen, err := in.seen()
	if err != nil {
		return ReportView{}, err
	}
	r, err := s.app.AcceptReport(c, c.actor, in.ID, docket.ReportID(in.RID), seen)
	return bareReport(r), err
}

func (s *server) returnReport(c call, in *partEdit[ReturnBody]) (ReportView, error) {
	seen, err := in.seen()
	if err != nil {
		return ReportView{}, err
	}
	r, err := s.app.ReturnReport(c, c.actor, in.ID, docket.ReportID(in.RID), in.Body.Reason, in.Body.Words, seen)
	return bareReport(r), err
}

func (s *server) withdrawReport(c call, in *partAct) (ReportView, error) {
	seen, err := in.seen()
	if err != nil {
		return ReportView{}, err
	}
	r, err := s.app.WithdrawReport(c, c.actor, in.ID, docket.ReportID(in.RID), seen)
	return bareReport(r), err
}

func (s *server) ask(c call, in *struct {
	MatterPath
	Body AskBody
}) (MatterPage, error) {
	b := in.Body
	p, err := s.app.Ask(c, c.actor, in.ID, docket.Request{Unit: b.Unit, Kind: b.Kind, Words: b.Words, Due: b.Due, LookOn: b.LookOn, Condition: b.Condition}, 0)
	return wireMatterPage(p), err
}

func (s *server) decide(c call, in *partEdit[DecideBody]) (MatterPage, error) {
	seen, err := in.seen()
	if err != nil {
		return MatterPage{}, err
	}
	b := in.Body
	p, err := s.app.Decide(c, c.actor, in.ID, docket.RequestID(in.RID), app.Decision{Grant: b.Grant, Words: b.Words, Due: b.Due, Assess: b.Assess, Assignments: parts(b.Assignments)}, seen)
	return wireMatterPage(p), err
}

func (s *server) withdrawRequest(c call, in *partAct) (MatterPage, error) {
	seen, err := in.seen()
	if err != nil {
		return MatterPage{}, err
	}
	p, err := s.app.WithdrawRequest(c, c.actor, in.ID, docket.RequestID(in.RID), seen)
	return wireMatterPage(p), err
}

func (s *server) instruct(c call, in *struct {
	MatterPath
	Body NoteBody
}) (MatterPage, error) {
	p, err := s.app.Instruct(c, c.actor, in.ID, in.Body.Text, in.Body.Urgency)
	return wireMatterPage(p), err
}

func (s *server) closeInstruction(c call, in *partAct) (MatterPage, error) {
	seen, err := in.seen()
	if err != nil {
		return MatterPage{}, err
	}
	p, err := s.app.CloseInstruction(c, c.actor, in.ID, docket.InstructionID(in.RID), seen)
	return wireMatterPage(p), err
}

func (s *server) verify(c call, in *struct {
	MatterPath
	Body CheckBody
}) (MatterPage, error) {
	b := in.Body
	p, err := s.app.Verify(c, c.actor, in.ID, docket.Verification{Outcome: b.Outcome, Checks: b.Checks, Photos: each(b.Photos, PhotoBody.photo),
		Words: b.Words, Place: b.Place, SeenAt: b.SeenAt, Key: b.Key}, 0)
	return wireMatterPage(p), err
}

func (s *server) rounds(c call, _ *none) (List[RoundView], error) {
	all, err := s.app.Rounds(c, c.actor)
	return list(each(all, wireRound)), err
}

func (s *server) openRound(c call, in *asks[RoundBody]) (RoundView, error) {
	b := in.Body
	r, err := s.app.OpenRound(c, c.actor, docket.Round{Title: b.Title, From: b.From, To: b.To, Due: b.Due})
	return wireRound(r), err
}

func (s *server) lockRound(c call, in *struct {
	RoundPath
	Edit
}) (RoundView, error) {
	seen, err := in.seen()
	if err != nil {
		return RoundView{}, err
	}
	r, err := s.app.LockRound(c, c.actor, in.ID, seen)
	return wireRound(r), err
}

func (s *server) reopenRound(c call, in *struct {
	RoundPath
	Edit
	Body RoundUnit
}) (RoundView, error) {
	seen, err := in.seen()
	if err != nil {
		return RoundView{}, err
	}
	r, err := s.app.ReopenRound(c, c.actor, in.ID, in.Body.Unit, seen)
	return wireRound(r), err
}

func (s *server) rules(c call, _ *none) (docket.Rules, error) { return s.app.Rules(c, c.actor) }

func (s *server) setRules(c call, in *asks[docket.Rules]) (docket.Rules, error) {
	return s.app.SetRules(c, c.actor, in.Body)
}
