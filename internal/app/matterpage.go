package app

import (
	"context"
	"slices"

	docket "github.com/docket-os/docket"
)

// matterFiller puts the life of a matter on its page: what this reader may do,
// and what was said, asked, instructed and checked.
type matterFiller struct {
	app   *App
	actor *docket.Actor
	place *place
	m     *docket.Matter
	owed  []docket.Obligation
	said  []docket.Report
	page  *MatterPage
	names names
	hands []docket.PersonID
	known docket.Known
}

func (f *matterFiller) fill(ctx context.Context, r docket.Reader) (err error) {
	if f.said, err = r.MatterReports(ctx, f.m.ID); err != nil {
		return err
	}
	if f.known, f.hands, err = f.app.factsOf(ctx, r, f.m, f.said, f.owed); err != nil {
		return err
	}
	f.next()
	for _, part := range []func(context.Context, docket.Reader) error{f.reports, f.requests, f.notes, f.checks, f.urges} {
		if err := part(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (f *matterFiller) subject() docket.Subject {
	s := docket.SubjectOfMatter(f.m)
	s.Hands = f.hands
	return s
}

func (f *matterFiller) may(act docket.Act, unit docket.UnitID) bool {
	if docket.OnBehalf(act) {
		return docket.MayAct(f.actor, act, docket.Subject{Units: []docket.UnitID{unit}})
	}
	return docket.MayAct(f.actor, act, f.subject())
}

// next lists the moves, and the units the reader writes for.
func (f *matterFiller) next() {
	f.page.Next, f.page.WriteFor, f.page.Units = []NextAct{}, []UnitRef{}, []UnitLamp{}
	tree := f.place.tree
	on := docket.MoveContext{Tree: tree, Today: f.place.day, Now: f.app.cfg.Clock(), Known: f.known}
	for _, n := range docket.Next(f.actor, f.m, f.subject(), on) {
		f.page.Next = append(f.page.Next, NextAct{n, tree.Name(n.Unit), tree.Name(n.Of)})
	}
	for _, as := range f.m.Assignments {
		_, writes := f.m.Writes(as.Unit)
		if ref := f.place.ref(as.Unit); writes && f.may(docket.ActReport, as.Unit) && !slices.Contains(f.page.WriteFor, ref) {
			f.page.WriteFor = append(f.page.WriteFor, ref)
		}
	}
}

func (f *matterFiller) reports(ctx context.Context, r docket.Reader) error {
	f.page.Reports = []ReportView{}
	newest := map[docket.UnitID]docket.Date{}
	for _, x := range slices.Backward(f.said) {
		newest[x.Unit] = max(newest[x.Unit], x.SentOn)
		if !x.Visible(f.actor, f.m) {
			continue
		}
		v := ReportView{Report: x, UnitName: f.place.tree.Name(x.Unit), May: f.reportVerbs(&x)}
		for _, n := range []struct {
			to *string
			id docket.PersonID
		}{{&v.AuthorName, x.Author}, {&v.ApproverName, x.Approver}, {&v.ReviewerName, x.Reviewer}} {
			var err error
			if *n.to, err = f.names.of(ctx, r, n.id); err != nil {
				return err
			}
		}
		f.page.Reports = append(f.page.Reports, v)
	}
	f.lamps(newest)
	return nil
}

// lamps gives each who answers for a part of its own a lamp of its own.
func (f *matterFiller) lamps(newest map[docket.UnitID]docket.Date) {
	today := f.app.lampDay(f.place.day)
	facts, ok := f.app.board.View(today).Facts(f.m.ID)
	if !ok {
		return
	}
	for i := range f.m.Assignments {
		as := &f.m.Assignments[i]
		if as.Role != docket.Several || as.Unit == 0 {
			continue
		}
		own := facts
		own.Reported, own.AckDue = newest[as.Unit], 0
		for _, o := range f.owed {
			if o.Kind == docket.OweAcknowledge && o.Unit == as.Unit && o.Open() {
				own.AckDue = o.Due
			}
		}
		lamp, why := today.Why(own)
		f.page.Units = append(f.page.Units, UnitLamp{f.place.ref(as.Unit), lamp, why})
	}
}

// reportVerbs is what the reader may do to a report that is on its way.
func (f *matterFiller) reportVerbs(x *docket.Report) []docket.Verb {
	out := []docket.Verb{}
	judge := f.may(docket.ActReview, 0)
	if lead := f.m.LeadUnit(); x.Kind == docket.PartReport && lead != 0 {
		judge = f.may(docket.ActReport, lead)
	}
	switch {
	case x.Status == docket.ReportFiled && f.may(docket.ActApprove, x.Unit):
		out = append(out, docket.VerbApprove, docket.VerbReturn)
	case x.Status == docket.ReportFiled && f.may(docket.ActReport, x.Unit):
		out = append(out, docket.VerbWithdraw)
	case x.Status == docket.ReportSent && judge && x.Kind == docket.ClaimReport && f.m.Status == docket.Claimed:
		out = append(out, docket.VerbReturn) // whether it is done a verifier says
	case x.Status == docket.ReportSent && judge && x.Kind != docket.ClaimReport && x.Kind != docket.ReplyReport:
		out = append(out, docket.VerbAccept, docket.VerbReturn)
	}
	return out
}

func (f *matterFiller) requests(ctx context.Context, r docket.Reader) error {
	f.page.Requests = []RequestView{}
	all, err := r.MatterRequests(ctx, f.m.ID)
	if err != nil {
		return err
	}
	for _, q := range slices.Backward(all) {
		v := RequestView{Request: q, UnitName: f.place.tree.Name(q.Unit), May: []docket.Verb{}}
		if q.Milestones == nil {
			v.Milestones = []docket.Milestone{}
		}
		if v.ByName, err = f.names.of(ctx, r, q.By); err != nil {
			return err
		}
		if v.DeciderName, err = f.names.of(ctx, r, q.DecidedBy); err != nil {
			return err
		}
		if q.Status == docket.RequestOpen {
			if f.may(q.Act(), 0) {
				v.May = append(v.May, docket.VerbDecide)
			}
			if q.Kind != docket.AskDispute && f.may(docket.ActAsk, q.Unit) {
				v.May = append(v.May, docket.VerbWithdraw)
			}
		}
		f.page.Requests = append(f.page.Requests, v)
	}
	return nil
}

func (f *matterFiller) notes(ctx context.Context, r docket.Reader) error {
	f.page.Notes = []NoteView{}
	all, err := r.MatterInstructions(ctx, f.m.ID)
	if err != nil {
		return err
	}
	for _, n := range slices.Backward(all) {
		v := NoteView{Instruction: n, May: []docket.Verb{}}
		if v.LeaderName, err = f.names.of(ctx, r, n.Leader); err != nil {
			return err
		}
		if n.Status != docket.InstructionClosed && f.actor.Is(n.Leader) && f.may(docket.ActInstruct, 0) {
			v.May = append(v.May, docket.VerbClose)
		}
		f.page.Notes = append(f.page.Notes, v)
	}
	if f.m.Status != docket.Draft && f.may(docket.ActInstruct, 0) {
		f.page.May = append(f.page.May, docket.ActInstruct)
	}
	return nil
}

func (f *matterFiller) checks(ctx context.Context, r docket.Reader) error {
	f.page.Checks = []CheckView{}
	all, err := r.MatterVerifications(ctx, f.m.ID)
	if err != nil {
		return err
	}
	for _, x := range slices.Backward(all) {
		v := CheckView{Verification: x}
		if x.Checks == nil {
			v.Checks = []docket.Check{}
		}
		if v.ByName, err = f.names.of(ctx, r, x.By); err != nil {
			return err
		}
		f.page.Checks = append(f.page.Checks, v)
	}
	if f.m.Status != docket.Draft && f.m.Status != docket.Registered && f.m.Status != docket.Terminated && f.may(docket.ActVerify, 0) {
		f.page.May = append(f.page.May, docket.ActVerify)
	}
	return nil
}

// urges lists the slips, and the units the reader may press for what they owe.
func (f *matterFiller) urges(ctx context.Context, r docket.Reader) (err error) {
	if f.page.Urges, err = f.app.urgeViews(ctx, r, f.place, f.names, f.m.ID, f.owed); err != nil {
		return err
	}
	f.page.UrgeFor = []UnitRef{}
	if f.m.Status == docket.Draft || !f.may(docket.ActUrge, 0) {
		return nil
	}
	for i := range f.owed {
		o := &f.owed[i]
		if ref := f.place.ref(o.Unit); o.Open() && o.Pressed() && !(o.Kind == docket.OweFinish && f.m.ClaimedBy(o.Unit)) && !slices.Contains(f.page.UrgeFor, ref) {
			f.page.UrgeFor = append(f.page.UrgeFor, ref)
		}
	}
	return nil
}
