package app

import (
	"context"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
)

// stage is one matter on its way through a change: as it was, as it becomes,
// and what is stored beside it.
type stage struct {
	*Change
	app   *App
	m     docket.Matter
	was   docket.Matter
	rules docket.Rules
	owed  []docket.Obligation
	said  []docket.Report // all reports of the matter
	hands []docket.PersonID
	on    docket.MoveContext
	moved bool // the matter itself changed
	more  []docket.Obligation
}

// onMatter is a change of one matter: it is loaded in the actor's scope, fn asks
// for permission and changes it, and then what is owed is settled, everything
// kept and recorded, in one transaction. Version 0 does not ask which state was
// seen.
func (a *App) onMatter(ctx context.Context, actor docket.Actor, verb docket.Verb, id docket.MatterID, version int64, fn func(context.Context, *stage) error) error {
	return a.change(ctx, actor, verb, func(ctx context.Context, c *Change) error {
		s, err := a.bring(ctx, c, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := fn(ctx, s); err != nil {
			return err
		}
		if version != 0 { // after fn: who may not learns nothing of versions, and a reason is better than "reload"
			if err := expect(s.was.Version, version); err != nil {
				return err
			}
		}
		return s.leave(ctx)
	})
}

// bring loads a matter with what the law may ask about it.
func (a *App) bring(ctx context.Context, c *Change, scope docket.Scope, id docket.MatterID) (*stage, error) {
	m, err := c.Matter(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	s := &stage{Change: c, app: a, m: m, was: m}
	s.was.Assignments, s.was.Milestones = slices.Clone(m.Assignments), slices.Clone(m.Milestones)
	if s.rules, err = rulesOf(ctx, c); err != nil {
		return nil, err
	}
	if s.owed, err = c.MatterObligations(ctx, id); err != nil {
		return nil, err
	}
	s.on = docket.MoveContext{Tree: c.Place.tree, Today: c.Today, Now: c.Now()}
	if s.said, err = c.MatterReports(ctx, id); err != nil {
		return nil, err
	}
	s.on.Known, s.hands, err = a.factsOf(ctx, c, &m, s.said, s.owed)
	return s, err
}

// factsOf gathers what other nouns say about a matter: facts for the guards, and
// whose hands were on it.
func (a *App) factsOf(ctx context.Context, r docket.Reader, m *docket.Matter, reports []docket.Report, owed []docket.Obligation) (k docket.Known, hands []docket.PersonID, err error) {
	for i := range reports {
		hands = append(hands, reports[i].Author, reports[i].Approver)
	}
	seen, err := r.MatterVerifications(ctx, m.ID)
	if err != nil {
		return k, nil, err
	}
	for i := range seen {
		if seen[i].Kind == docket.VerifyLater && seen[i].Round == m.Round {
			k.LookBack = seen[i].Outcome
		}
	}
	given, err := r.MatterInstructions(ctx, m.ID)
	if err != nil {
		return k, nil, err
	}
	for i := range given {
		if given[i].Status != docket.InstructionClosed {
			k.Notes++
		}
	}
	now := a.cfg.Clock()
	k.WindowPast = slices.ContainsFunc(owed, func(o docket.Obligation) bool {
		return o.Kind == docket.OweAcknowledge && o.Open() && o.Late(now, a.cfg.Location)
	})
	pieces, err := r.MatterEvidence(ctx, docket.SystemScope(), m.ID) // the matter itself was loaded in the reader's scope
	if err != nil {
		return k, nil, err
	}
	k.Evidence = docket.Proves(pieces, docket.GradeDocument, a.dayOf(now))
	for i := range pieces {
		hands = append(hands, pieces[i].By)
	}
	hands = slices.DeleteFunc(hands, func(p docket.PersonID) bool { return p == 0 })
	hands, err = a.bothHands(ctx, r, m, hands)
	return k, hands, err
}

// may asks whether the actor may do act: on behalf of unit where the act is a
// unit's, else on the matter.
func (s *stage) may(act docket.Act, unit docket.UnitID) error {
	subject := docket.SubjectOfMatter(&s.was)
	subject.Hands = s.hands
	if docket.OnBehalf(act) {
		subject = docket.Subject{Units: []docket.UnitID{unit}}
	}
	return s.May(act, subject)
}

// step moves the matter along the law. Who may is asked first: nobody else learns
// what stands in the way.
func (s *stage) step(verb docket.Verb, unit docket.UnitID, deed docket.Deed) error {
	if err := s.may(docket.ActOf(verb), unit); err != nil {
		return err
	}
	return s.proceed(verb, unit, deed)
}

// proceed is step without asking again: another act that was asked for implies it.
func (s *stage) proceed(verb docket.Verb, unit docket.UnitID, deed docket.Deed) error {
	on := s.on
	on.Unit, on.Deed = unit, deed
	if err := docket.Step(&s.m, verb, on); err != nil {
		return err
	}
	s.moved, s.Verb = true, verb
	return nil
}

// owe adds something owed that does not follow from how the matter stands.
func (s *stage) owe(o docket.Obligation, t docket.Term) {
	o.Matter = s.m.ID
	if !t.IsZero() {
		o.Term = t
		o.Due, o.At, o.Provisional = s.Reckon(t)
	}
	s.more = append(s.more, o)
}

// met marks what is open of a kind and reference as met; unit 0 means anybody's.
func (s *stage) met(kind docket.ObligationKind, ref int64, unit docket.UnitID) {
	s.end(kind, ref, unit, func(o *docket.Obligation) { o.Met = s.Now() })
}

// drop marks it as no longer owed.
func (s *stage) drop(kind docket.ObligationKind, ref int64, unit docket.UnitID) {
	s.end(kind, ref, unit, func(o *docket.Obligation) { o.Void = s.Now() })
}

func (s *stage) end(kind docket.ObligationKind, ref int64, unit docket.UnitID, how func(*docket.Obligation)) {
	for i := range s.owed {
		o := &s.owed[i]
		if o.Kind == kind && o.Ref == ref && (unit == 0 || o.Unit == unit) && o.Open() {
			how(o)
			s.more = append(s.more, *o)
		}
	}
}

// leave settles what is owed, keeps the matter and records the change.
func (s *stage) leave(ctx context.Context) error {
	if s.moved {
		if err := guardWords(s.m.Condition); err != nil {
			return err
		}
		s.more = append(s.more, docket.Settle(s.owed, &s.m, s.Verb, &s.rules, s, s.Now())...)
		if err := s.PutLife(ctx, &s.m); err != nil {
			return err
		}
	}
	if err := s.PutObligations(ctx, s.more); err != nil {
		return err
	}
	s.matters = append(s.matters, s.m.ID)
	return nil
}

// record writes the entry of the change: what of the matter's life changed, and
// what else is worth knowing.
func (s *stage) record(ctx context.Context, e docket.Entry, extra ...any) error {
	was, is := diff(docket.LifeOf(&s.was), docket.LifeOf(&s.m))
	e.Directive, e.Matter, e.Before, e.After = s.m.Directive, s.m.ID, was, is
	if len(extra) > 0 {
		more := fieldsOf(note(extra...))
		for k, v := range fieldsOf(is) {
			more[k] = v
		}
		e.After = packed(more)
	}
	return s.Record(ctx, e)
}

// Reckon and Before make a stage the law's Reckoner, from the instant of the change.
func (s *stage) Reckon(t docket.Term) (docket.Date, time.Time, bool) {
	return s.app.reckon(t, s.Now())
}

// Before gives the n-th working day before d.
func (s *stage) Before(d docket.Date, n int) docket.Date {
	return reckoner{cal: s.app.calendar()}.Before(d, n)
}

// Move makes one move of the law (field.md §3) on behalf of a unit, or of the
// matter's office or leader where the move is theirs.
func (a *App) Move(ctx context.Context, actor docket.Actor, id docket.MatterID, verb docket.Verb, unit docket.UnitID, deed docket.Deed, version int64) (MatterPage, error) {
	if err := a.move(ctx, actor, id, verb, unit, deed, version, nil); err != nil {
		return MatterPage{}, err
	}
	return a.Matter(ctx, actor, id)
}

// byHand are the verbs that are moves by themselves. The others are consequences
// of a report, a request, a verification or an adoption.
var byHand = []docket.Verb{
	docket.VerbAcknowledge, docket.VerbConfirm, docket.VerbReassign, docket.VerbPlan, docket.VerbWaive, docket.VerbReturn, docket.VerbStrikeOff,
	docket.VerbArchive, docket.VerbReopen, docket.VerbPark, docket.VerbResume, docket.VerbStop, docket.VerbRestart, docket.VerbChase, docket.VerbDispute,
	docket.VerbVerify, docket.VerbRefute,
}

// ByHand lists the verbs that Move takes.
func ByHand() []docket.Verb { return slices.Clone(byHand) }

func (a *App) move(ctx context.Context, actor docket.Actor, id docket.MatterID, verb docket.Verb, unit docket.UnitID, deed docket.Deed, version int64, and also) error {
	if !slices.Contains(byHand, verb) {
		return docket.Errorf(docket.Invalid, "matter.no_such_verb", "there is no such move: "+string(verb), "verb", string(verb))
	}
	switch verb {
	case docket.VerbDispute:
		return a.request(ctx, actor, id, docket.Request{Kind: docket.AskDispute, Unit: unit, Words: deed.Words}, version)
	case docket.VerbVerify, docket.VerbRefute:
		found := map[docket.Verb]docket.Outcome{docket.VerbVerify: docket.FoundTrue, docket.VerbRefute: docket.FoundUntrue}
		return a.verify(ctx, actor, id, docket.Verification{Outcome: found[verb], Words: deed.Words}, nil, version)
	}
	return a.onMatter(ctx, actor, verb, id, version, func(ctx context.Context, s *stage) error {
		if err := s.match(&deed); err != nil {
			return err
		}
		if verb == docket.VerbPlan && s.rules.PlanConsent && s.m.Status != docket.InProgress {
			return s.askConsent(ctx, unit, deed)
		}
		if err := s.step(verb, unit, deed); err != nil {
			return err
		}
		if verb == docket.VerbConfirm || verb == docket.VerbReassign {
			if err := s.settleDisputes(ctx, verb, deed.Words); err != nil {
				return err
			}
		}
		if err := and.do(ctx, s); err != nil {
			return err
		}
		return s.record(ctx, docket.Entry{Unit: unit, Reason: deed.Words}, moveNote(deed)...)
	})
}

// moveNote is what of a deed the matter itself does not keep.
func moveNote(d docket.Deed) []any {
	var out []any
	if d.Reason != "" {
		out = append(out, "reason", d.Reason)
	}
	if d.Of != 0 {
		out = append(out, "of", d.Of)
	}
	return out
}

// match ties the names of new parts to units of the directory, and refuses
// classified words.
func (s *stage) match(d *docket.Deed) error {
	if err := guardWords(append([]string{d.Words, d.Condition}, titlesOf(d.Milestones)...)...); err != nil {
		return err
	}
	for i := range d.Assignments {
		as := &d.Assignments[i]
		if as.Unit != 0 && s.Place.tree.Unit(as.Unit) == nil {
			return docket.Errorf(docket.Invalid, "unit.unknown", "a part names a unit that does not exist")
		}
		if as.Name == "" {
			as.Name = s.Place.tree.Name(as.Unit)
		}
		as.From.Origin = docket.ByHand
	}
	return nil
}

func titlesOf(steps []docket.Milestone) []string {
	out := make([]string, len(steps))
	for i := range steps {
		out[i] = steps[i].Title
	}
	return out
}

// MatterByNo finds the matter of that number in the actor's scope.
func (a *App) MatterByNo(ctx context.Context, actor docket.Actor, no string) (docket.MatterID, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return 0, err
	}
	var found docket.MatterID
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		ids, err := r.SearchMatters(ctx, no)
		if err != nil {
			return err
		}
		matters, err := r.Matters(ctx, actor.Scope(), ids)
		i := slices.IndexFunc(matters, func(m docket.Matter) bool { return m.No == no })
		if err == nil && i < 0 {
			err = docket.Errorf(docket.NotFound, "matter.no_number", "there is no matter "+no+", or it is outside what you may see", "no", no)
		}
		if err == nil {
			found = matters[i].ID
		}
		return err
	})
	return found, err
}

// MoveResult is what a bulk move did, or would do, to one matter.
type MoveResult struct {
	Matter docket.MatterID `json:"matter"`
	No     string          `json:"no"`
	Title  string          `json:"title"`
	Err    error           `json:"-"`
}

// maxBulk bounds a bulk move: each matter is a transaction of its own.
const maxBulk = 1000

// MoveMany makes the same move on many matters, each by itself: what is refused
// does not keep the others out. A dry run tells what would be refused.
func (a *App) MoveMany(ctx context.Context, actor docket.Actor, ids []docket.MatterID, verb docket.Verb, unit docket.UnitID, deed docket.Deed, dry bool) ([]MoveResult, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return nil, err
	}
	if len(ids) > maxBulk {
		return nil, docket.Errorf(docket.TooLarge, "matter.too_many", "at most 1,000 matters at a time", "max", "1000")
	}
	var matters []docket.Matter
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		matters, err = r.Matters(ctx, actor.Scope(), ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]MoveResult, 0, len(matters))
	for i := range matters {
		m := &matters[i]
		res := MoveResult{Matter: m.ID, No: m.No, Title: m.Title}
		if dry {
			res.Err = a.wouldMove(ctx, actor, m, verb, unit, deed)
		} else {
			res.Err = a.move(ctx, actor, m.ID, verb, unit, deed, 0, nil)
		}
		out = append(out, res)
	}
	return out, ctx.Err()
}

// errDry ends a change that was only tried.
var errDry = docket.Errorf(docket.Conflict, "matter.dry_run", "only tried")

func (a *App) wouldMove(ctx context.Context, actor docket.Actor, m *docket.Matter, verb docket.Verb, unit docket.UnitID, deed docket.Deed) error {
	err := a.onMatter(ctx, actor, verb, m.ID, 0, func(_ context.Context, s *stage) error {
		if err := s.match(&deed); err != nil {
			return err
		}
		if err := s.step(verb, unit, deed); err != nil {
			return err
		}
		return errDry
	})
	if err == error(errDry) {
		return nil
	}
	return err
}
