package app

import (
	"context"
	"fmt"
	"slices"

	docket "github.com/docket-os/docket"
)

// Instruct writes a leader's instruction on a matter: a slip with its own clock.
// What the same leader still has open and answered is closed by a further note.
func (a *App) Instruct(ctx context.Context, actor docket.Actor, id docket.MatterID, text string, urgency docket.Urgency) (MatterPage, error) {
	err := a.onMatter(ctx, actor, docket.VerbInstruct, id, 0, func(ctx context.Context, s *stage) error {
		if err := s.may(docket.ActInstruct, 0); err != nil {
			return err
		}
		if s.m.Status == docket.Draft {
			return notFound()
		}
		if err := guardWords(text); err != nil {
			return err
		}
		given, err := s.MatterInstructions(ctx, id)
		if err != nil {
			return err
		}
		for i := range given {
			if x := &given[i]; actor.Is(x.Leader) && x.Status == docket.InstructionAnswered {
				if err := s.close(ctx, x); err != nil {
					return err
				}
			}
		}
		in := docket.Instruction{Matter: id, No: fmt.Sprintf("%s-%d", s.m.No, len(given)+1), Leader: actor.Person.ID, Text: text, Urgency: urgency,
			Status: docket.InstructionOpen, At: s.Now()}
		if err := in.Validate(); err != nil {
			return err
		}
		in.Due, _, _ = s.Reckon(s.rules.ReplyIn(urgency))
		if err := s.PutInstruction(ctx, &in); err != nil {
			return err
		}
		s.owe(docket.Obligation{Kind: docket.OweReply, Unit: s.answering(), Role: docket.Liaison, Ref: int64(in.ID)}, s.rules.ReplyIn(urgency))
		return s.record(ctx, docket.Entry{Verb: docket.VerbInstruct, Reason: text}, "instruction", in.ID, "slip", in.No, "urgency", urgency)
	})
	if err != nil {
		return MatterPage{}, err
	}
	return a.Matter(ctx, actor, id)
}

// answer brings a reply back to the leader who gave the instruction.
func (s *stage) answer(ctx context.Context, r *docket.Report) error {
	given, err := s.MatterInstructions(ctx, s.m.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(given, func(x docket.Instruction) bool {
		return x.Status == docket.InstructionOpen && (r.Note == 0 || x.ID == r.Note)
	})
	if i < 0 {
		return docket.Errorf(docket.Conflict, "instruction.none", "there is no instruction that waits for a reply")
	}
	in := &given[i]
	r.Note = in.ID
	in.Status, in.Reply = docket.InstructionAnswered, r.ID
	s.met(docket.OweReply, int64(in.ID), 0)
	s.owe(docket.Obligation{Kind: docket.OweNote, Unit: s.answering(), Role: docket.Leader, Ref: int64(in.ID)}, s.rules.Note)
	return s.PutInstruction(ctx, in)
}

func (s *stage) close(ctx context.Context, in *docket.Instruction) error {
	in.Status, in.ClosedAt = docket.InstructionClosed, s.Now()
	s.met(docket.OweNote, int64(in.ID), 0)
	s.drop(docket.OweReply, int64(in.ID), 0)
	return s.PutInstruction(ctx, in)
}

// CloseInstruction is "no further note": the leader who gave it is content.
func (a *App) CloseInstruction(ctx context.Context, actor docket.Actor, id docket.MatterID, iid docket.InstructionID, version int64) (MatterPage, error) {
	err := a.onMatter(ctx, actor, docket.VerbClose, id, 0, func(ctx context.Context, s *stage) error {
		if err := s.may(docket.ActInstruct, 0); err != nil {
			return err
		}
		given, err := s.MatterInstructions(ctx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(given, func(x docket.Instruction) bool { return x.ID == iid })
		if i < 0 {
			return notFound()
		}
		in := &given[i]
		if !actor.Is(in.Leader) {
			return docket.Errorf(docket.Forbidden, "instruction.not_yours", "only the leader who gave the instruction says that no further note is needed")
		}
		if in.Status == docket.InstructionClosed {
			return docket.Errorf(docket.Conflict, "instruction.closed", "this instruction is closed already")
		}
		if version != 0 {
			if err := expect(in.Version, version); err != nil {
				return err
			}
		}
		if err := s.close(ctx, in); err != nil {
			return err
		}
		return s.record(ctx, docket.Entry{Verb: docket.VerbClose}, "instruction", in.ID)
	})
	if err != nil {
		return MatterPage{}, err
	}
	return a.Matter(ctx, actor, id)
}
