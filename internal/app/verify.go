package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	docket "github.com/docket-os/docket"
)

// Verify files what somebody from outside saw. Of a claimed matter it decides
// the claim; of a finished one it is a look back; of any other a spot check. The
// same form sent twice counts once.
func (a *App) Verify(ctx context.Context, actor docket.Actor, id docket.MatterID, v docket.Verification, version int64) (MatterPage, error) {
	v.Photos = slices.Clone(v.Photos)
	photos, err := a.develop(ctx, &actor, id, &v)
	if err != nil {
		return MatterPage{}, err
	}
	if err := a.verify(ctx, actor, id, v, photos, version); err != nil {
		return MatterPage{}, err
	}
	a.unstage(ctx, photos...)
	return a.Matter(ctx, actor, id)
}

// errFiled ends a change that an earlier one has already made.
var errFiled = docket.Errorf(docket.Conflict, "verification.filed", "this form has been filed already")

func (a *App) verify(ctx context.Context, actor docket.Actor, id docket.MatterID, v docket.Verification, photos []docket.Upload, version int64) error {
	err := a.onMatter(ctx, actor, docket.VerbLookBack, id, version, func(ctx context.Context, s *stage) error {
		if err := s.may(docket.ActVerify, 0); err != nil {
			return err
		}
		if err := s.filedBefore(ctx, v.Key); err != nil {
			return err
		}
		for _, u := range photos { // from now on they are the form's
			if err := s.DeleteUpload(ctx, u.ID); errors.Is(err, docket.NotFound) {
				return photosMissing()
			} else if err != nil {
				return err
			}
		}
		return s.verified(ctx, v)
	})
	if err == error(errFiled) {
		return nil
	}
	return err
}

func (s *stage) filedBefore(ctx context.Context, key string) error {
	seen, err := s.MatterVerifications(ctx, s.m.ID)
	if err == nil && filed(seen, key, s.Actor.Person.ID) {
		err = errFiled
	}
	return err
}

func filed(seen []docket.Verification, key string, by docket.PersonID) bool {
	return key != "" && slices.ContainsFunc(seen, func(x docket.Verification) bool { return x.Key == key && x.By == by })
}

// verifiable refuses what is not under way and never was.
func verifiable(m *docket.Matter) error {
	if m.Status == docket.Draft || m.Status == docket.Registered || m.Status == docket.Terminated {
		return docket.Errorf(docket.Conflict, "verification.nothing", "there is nothing to verify: the matter is "+string(m.Status), "status", string(m.Status))
	}
	return nil
}

// sound refuses a form with classified words or with faults.
func sound(v *docket.Verification, now time.Time) error {
	texts := []string{v.Words, v.Place}
	for _, c := range v.Checks {
		texts = append(texts, c.Text, c.Note)
	}
	if err := guardWords(texts...); err != nil {
		return err
	}
	return v.Validate(now)
}

func (s *stage) verified(ctx context.Context, v docket.Verification) error {
	v.ID, v.Version, v.Matter, v.Round, v.By, v.At = 0, 0, s.m.ID, s.m.Round, s.Actor.Person.ID, s.Now()
	if v.SeenAt.IsZero() {
		v.SeenAt = v.At
	}
	if err := sound(&v, s.Now()); err != nil {
		return err
	}
	if err := verifiable(&s.m); err != nil {
		return err
	}
	verb := docket.VerbLookBack
	switch s.m.Status {
	case docket.Claimed:
		v.Kind, verb = docket.VerifyClaim, docket.VerbRefute
		if v.Outcome == docket.FoundTrue {
			verb = docket.VerbVerify
		}
		if err := s.proceed(verb, 0, docket.Deed{Words: cmp.Or(v.Words, "—")}); err != nil {
			return err
		}
	case docket.Completed, docket.StruckOff, docket.Archived:
		v.Kind = docket.VerifyLater
		s.lookedBack(&v)
	default:
		v.Kind = docket.VerifySpot
		s.met(docket.OweLookBack, 0, 0)
	}
	if err := s.PutVerification(ctx, &v); err != nil {
		return err
	}
	if verb == docket.VerbVerify {
		s.scheduleLooks()
	}
	said := []any{"verification", v.ID, "outcome", v.Outcome, "kind", v.Kind}
	if len(v.Photos) > 0 {
		said = append(said, "photos", hashes(v.Photos))
	}
	return s.record(ctx, docket.Entry{Verb: verb, Reason: v.Words}, said...)
}

// hashes are what the journal keeps of photos.
func hashes(photos []docket.Photo) []string {
	out := make([]string, len(photos))
	for i := range photos {
		out[i] = photos[i].SHA256
	}
	return out
}

// lookedBack: the look that was due first is done; what is untrue the office
// owes a word on.
func (s *stage) lookedBack(v *docket.Verification) {
	first := -1
	for i := range s.owed {
		if o := &s.owed[i]; o.Kind == docket.OweLookBack && o.Open() && (first < 0 || o.Due < s.owed[first].Due) {
			first = i
		}
	}
	if first >= 0 {
		s.owed[first].Met = s.Now()
		s.more = append(s.more, s.owed[first])
	}
	if v.Outcome == docket.FoundUntrue {
		s.owe(docket.Obligation{Kind: docket.OweDecide, Unit: s.m.Owner, Role: docket.Office}, s.rules.Decide)
	}
}

// scheduleLooks makes the looks back owed, so many months after completion.
func (s *stage) scheduleLooks() {
	for _, months := range s.rules.LookBacks {
		s.owe(docket.Obligation{Kind: docket.OweLookBack, Unit: s.m.Owner, Role: docket.Verifier}, docket.Term{Count: months, Unit: docket.Months})
	}
}

// Register opens a matter that stands in no document (an instruction, a
// decision, a matter of one's own) and hands it over at once.
func (a *App) Register(ctx context.Context, actor docket.Actor, n NewMatter) (MatterPage, error) {
	var id docket.MatterID
	err := a.change(ctx, actor, docket.VerbRegister, func(ctx context.Context, c *Change) error {
		owner := actor.OfficeUnit()
		if err := c.May(docket.ActRegister, docket.Subject{Owner: owner}); err != nil {
			return err
		}
		if err := guardWords(n.Title, n.Requirement); err != nil {
			return err
		}
		m := &docket.Matter{Owner: owner, Title: n.Title, Requirement: n.Requirement, Status: docket.Draft, Due: n.Due, ReviewOn: n.ReviewOn,
			Assignments: n.Assignments, Dues: []docket.Due{}, Measures: []docket.MeasureRead{}, Findings: []docket.Finding{}}
		if m.Title == "" {
			m.Title = cut(m.Requirement, docket.MaxTitle)
		}
		s := &stage{Change: c, app: a}
		deed := docket.Deed{Assignments: m.Assignments}
		if err := s.match(&deed); err != nil {
			return err
		}
		if err := m.Validate(); err != nil {
			return err
		}
		if f := m.Blockers(docket.MoveContext{Tree: c.Place.tree}); len(f) > 0 {
			return &docket.Error{Code: docket.Invalid, Key: "matter.invalid", Message: "the matter cannot be registered as entered", Fields: f}
		}
		if err := c.InsertMatters(ctx, []*docket.Matter{m}); err != nil {
			return err
		}
		id = m.ID
		return a.assign(ctx, c, []*docket.Matter{m})
	})
	if err != nil {
		return MatterPage{}, err
	}
	return a.Matter(ctx, actor, id)
}

// NewMatter is a matter that stands in no document.
type NewMatter struct {
	Title, Requirement string
	Due, ReviewOn      docket.Date
	Assignments        []docket.Assignment
}

// Tick does what time itself brings about: windows that passed in silence. It is
// called at every start and every few minutes, and does nothing twice.
func (a *App) Tick(ctx context.Context) error {
	var late []docket.MatterID
	now := a.cfg.Clock()
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		late = nil
		owed, err := r.OwedBy(ctx, docket.OweAcknowledge, a.dayOf(now))
		for _, o := range owed {
			if o.Late(now, a.cfg.Location) {
				late = append(late, o.Matter)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(late)
	for _, id := range slices.Compact(late) {
		if err := a.lapse(ctx, id); err != nil {
			return err
		}
	}
	if err := a.climb(ctx); err != nil {
		return err
	}
	return a.dropOldSheets(ctx)
}

// lapse lets the window of one matter pass. A matter that has moved on, or whose
// answering units have all spoken, is left alone.
func (a *App) lapse(ctx context.Context, id docket.MatterID) error {
	facts, ok := a.board.View(a.lampDay(a.today())).Facts(id)
	if !ok || facts.Status != docket.Assigned {
		return nil
	}
	err := a.change(ctx, docket.Actor{}, docket.VerbLapse, func(ctx context.Context, c *Change) error {
		c.proven() // time itself acts
		s, err := a.bring(ctx, c, docket.SystemScope(), id)
		if err != nil {
			return err
		}
		if s.m.Status != docket.Assigned {
			return errFiled
		}
		if err := s.proceed(docket.VerbLapse, 0, docket.Deed{}); err != nil {
			return err
		}
		if err := s.leave(ctx); err != nil {
			return err
		}
		return s.record(ctx, docket.Entry{Verb: docket.VerbLapse})
	})
	if err == error(errFiled) {
		return nil
	}
	return err
}

// reckon gives the last day of a term that begins now.
func (a *App) reckon(t docket.Term, now time.Time) (docket.Date, time.Time, bool) {
	return reckoner{a, a.calendar(), now}.Reckon(t)
}
