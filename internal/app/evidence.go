package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// EvidenceEdit describes a piece of evidence; nil leaves a field alone.
type EvidenceEdit struct {
	Kind           *docket.EvidenceKind
	Caption, Place *string
	TakenAt        *time.Time
	Expires        *docket.Date
}

func (e EvidenceEdit) apply(to *docket.Evidence) {
	set(&to.Kind, e.Kind)
	set(&to.Caption, e.Caption)
	set(&to.Place, e.Place)
	set(&to.TakenAt, e.TakenAt)
	set(&to.Expires, e.Expires)
	to.Caption, to.Place = strings.TrimSpace(to.Caption), strings.TrimSpace(to.Place)
}

// MatterRef names a matter.
type MatterRef struct {
	ID docket.MatterID `json:"id"`
	No string          `json:"no"`
}

// EvidenceView is a piece of evidence with its names and where else its file is used.
type EvidenceView struct {
	docket.Evidence
	UnitName string      `json:"unit_name"`
	ByName   string      `json:"by_name"`
	Shown    string      `json:"shown" enum:"picture,pages,text,none"` // how a preview can show it
	Same     []MatterRef `json:"same"`                                 // other matters with the same file, in the reader's scope
	Outside  int         `json:"outside"`                              // how many more there are
	Mine     bool        `json:"mine"`                                 // the reader may change it and take it back
}

// EvidenceList is a matter's evidence and for which units the reader may add to it.
type EvidenceList struct {
	Items    []EvidenceView `json:"items"`
	OfferFor []UnitRef      `json:"offer_for"`
}

// Evidence lists a matter's evidence in order of arrival.
func (a *App) Evidence(ctx context.Context, actor docket.Actor, id docket.MatterID) (EvidenceList, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return EvidenceList{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return EvidenceList{}, err
	}
	var out EvidenceList
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		m, err := r.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		pieces, err := r.MatterEvidence(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		out = EvidenceList{OfferFor: pl.offerFor(&actor, &m)}
		out.Items, err = a.evidenceViews(ctx, r, pl, &actor, id, pieces)
		return err
	})
	return out, err
}

// offerFor lists the units the actor may offer evidence of m for.
func (p *place) offerFor(actor *docket.Actor, m *docket.Matter) []UnitRef {
	out := []UnitRef{}
	var units []docket.UnitID
	for _, as := range m.Assignments {
		units = append(units, as.Unit)
	}
	for _, post := range actor.Posts {
		units = append(units, post.Unit)
	}
	for _, unit := range units {
		if unit == 0 || !docket.MayAct(actor, docket.ActOffer, offerSubject(m, unit)) || slices.Contains(out, p.ref(unit)) {
			continue
		}
		if _, err := m.OfferGrade(unit, p.tree); err == nil {
			out = append(out, p.ref(unit))
		}
	}
	return out
}

// evidenceViews puts names to pieces of one matter and tells where else their
// files are used.
func (a *App) evidenceViews(ctx context.Context, r docket.Reader, pl *place, actor *docket.Actor, id docket.MatterID, pieces []docket.Evidence) ([]EvidenceView, error) {
	shared, err := r.SharedFiles(ctx, actor.Scope(), id)
	if err != nil {
		return nil, err
	}
	same, outside := map[string][]MatterRef{}, map[string]int{}
	for _, f := range shared {
		others, err := r.Matters(ctx, actor.Scope(), f.Matters)
		if err != nil {
			return nil, err
		}
		for i := range others {
			same[f.SHA256] = append(same[f.SHA256], MatterRef{others[i].ID, others[i].No})
		}
		outside[f.SHA256] = f.Outside
	}
	names := map[docket.PersonID]string{}
	out := make([]EvidenceView, 0, len(pieces))
	for _, e := range pieces {
		if _, ok := names[e.By]; !ok {
			p, err := r.Person(ctx, e.By)
			if err != nil && !errors.Is(err, docket.NotFound) {
				return nil, err
			}
			names[e.By] = p.Name
		}
		mine := e.Removable(actor.Person.ID) == nil
		out = append(out, EvidenceView{Evidence: e, UnitName: pl.tree.Name(e.Unit), ByName: names[e.By], Shown: a.shownAs(e.Media),
			Same: same[e.SHA256], Outside: outside[e.SHA256], Mine: mine})
	}
	return out, nil
}

// offer keeps a judged file as evidence and forgets its upload.
func (a *App) offer(ctx context.Context, actor docket.Actor, u docket.Upload, e docket.Evidence) (EvidenceView, error) {
	err := a.change(ctx, actor, docket.VerbOffer, func(ctx context.Context, c *Change) error {
		m, err := c.Matter(ctx, actor.Scope(), e.Matter)
		if err != nil {
			return err
		}
		if err := c.May(docket.ActOffer, offerSubject(&m, e.Unit)); err != nil {
			return err
		}
		if e.Grade, err = m.OfferGrade(e.Unit, c.Place.tree); err != nil {
			return err
		}
		if err := guardEvidence(&e); err != nil {
			return err
		}
		if err := c.roomFor(ctx, &e); err != nil {
			return err
		}
		e.ID, e.Version, e.At = 0, 0, c.Now() // fn may run twice
		if err := c.PutEvidence(ctx, &e); err != nil {
			return err
		}
		if err := c.DeleteUpload(ctx, u.ID); err != nil { // finished twice at once: one of them
			return err
		}
		return c.Record(ctx, docket.Entry{Directive: m.Directive, Matter: m.ID, Unit: e.Unit, After: note("evidence", e.ID, "name", e.Name,
			"kind", e.Kind, "grade", e.Grade, "sha256", e.SHA256, "size", e.Size)})
	})
	if err != nil {
		return EvidenceView{}, err
	}
	a.unstage(ctx, u)
	return a.oneEvidence(ctx, actor, e.Matter, e.ID)
}

func guardEvidence(e *docket.Evidence) error {
	return errors.Join(paper.GuardName(e.Name), paper.GuardTitle(e.Caption), paper.GuardTitle(e.Place))
}

// roomFor refuses the same file of the same unit a second time, and more loose
// pieces than anybody could put into reports.
func (c *Change) roomFor(ctx context.Context, e *docket.Evidence) error {
	pieces, err := c.MatterEvidence(ctx, docket.SystemScope(), e.Matter)
	if err != nil {
		return err
	}
	loose := 0
	for _, p := range pieces {
		if p.Unit == e.Unit && p.SHA256 == e.SHA256 {
			return docket.Errorf(docket.Conflict, "evidence.twice", e.Name+" is already here, as “"+p.Name+"”", "file", e.Name, "name", p.Name)
		}
		if p.Unit == e.Unit && p.Report == 0 {
			loose++
		}
	}
	if loose >= docket.MaxLooseEvidence {
		most := strconv.Itoa(docket.MaxLooseEvidence)
		return docket.Errorf(docket.TooLarge, "evidence.too_many_loose", "at most "+most+" files wait for a report; take some back first", "limit", most)
	}
	return nil
}

func (a *App) oneEvidence(ctx context.Context, actor docket.Actor, id docket.MatterID, ev docket.EvidenceID) (EvidenceView, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return EvidenceView{}, err
	}
	var out []EvidenceView
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		e, err := r.Evidence(ctx, actor.Scope(), id, ev)
		if err != nil {
			return err
		}
		out, err = a.evidenceViews(ctx, r, pl, &actor, id, []docket.Evidence{e})
		return err
	})
	if err != nil {
		return EvidenceView{}, err
	}
	return out[0], nil
}

// EditEvidence describes the actor's own piece anew, until a report carries it.
func (a *App) EditEvidence(ctx context.Context, actor docket.Actor, id docket.MatterID, ev docket.EvidenceID, version int64, edit EvidenceEdit) (EvidenceView, error) {
	err := a.changeEvidence(ctx, actor, docket.VerbDescribe, id, ev, func(ctx context.Context, c *Change, m *docket.Matter, e docket.Evidence) error {
		if err := expect(e.Version, version); err != nil {
			return err
		}
		before := e
		edit.apply(&e)
		if err := errors.Join(e.Validate(c.Now()), guardEvidence(&e)); err != nil {
			return err
		}
		if err := c.PutEvidence(ctx, &e); err != nil {
			return err
		}
		was, is := diff(before, e)
		return c.Record(ctx, docket.Entry{Directive: m.Directive, Matter: id, Unit: e.Unit, Before: was, After: is})
	})
	if err != nil {
		return EvidenceView{}, err
	}
	return a.oneEvidence(ctx, actor, id, ev)
}

// RemoveEvidence takes the actor's own piece back, until a report carries it. The
// journal keeps its name and hash.
func (a *App) RemoveEvidence(ctx context.Context, actor docket.Actor, id docket.MatterID, ev docket.EvidenceID) error {
	return a.changeEvidence(ctx, actor, docket.VerbTakeBack, id, ev, func(ctx context.Context, c *Change, m *docket.Matter, e docket.Evidence) error {
		if err := c.DeleteEvidence(ctx, id, ev); err != nil {
			return err
		}
		return c.Record(ctx, docket.Entry{Directive: m.Directive, Matter: id, Unit: e.Unit, Before: note("evidence", ev, "name", e.Name, "sha256", e.SHA256)})
	})
}

func (a *App) changeEvidence(ctx context.Context, actor docket.Actor, verb docket.Verb, id docket.MatterID, ev docket.EvidenceID, fn func(context.Context, *Change, *docket.Matter, docket.Evidence) error) error {
	return a.change(ctx, actor, verb, func(ctx context.Context, c *Change) error {
		m, err := c.Matter(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		e, err := c.Evidence(ctx, actor.Scope(), id, ev)
		if err != nil {
			return err
		}
		if err := c.May(docket.ActOffer, offerSubject(&m, e.Unit)); err != nil {
			return err
		}
		if err := e.Removable(actor.Person.ID); err != nil {
			return err
		}
		return fn(ctx, c, &m, e)
	})
}

// Carry lets a report of a unit carry exactly these pieces of its matter, at
// most so many. Filing a report calls it inside its own change, which asks
// permission and records.
func (c *Change) Carry(ctx context.Context, matter docket.MatterID, unit docket.UnitID, report docket.ReportID, ids []docket.EvidenceID, most int) ([]docket.Evidence, error) {
	pieces := make([]docket.Evidence, 0, len(ids))
	for _, id := range ids {
		e, err := c.Evidence(ctx, c.Actor.Scope(), matter, id)
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, e)
	}
	if err := docket.Carriable(pieces, unit, report, most, c.Today); err != nil {
		return nil, err
	}
	return pieces, c.CarryEvidence(ctx, matter, report, ids)
}
