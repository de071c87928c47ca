package docket

import "slices"

// Act is something a person may ask to do. The pipeline of every write and
// every page asks about one; the screens get the list of those allowed.
type Act string

// The acts.
const (
	ActImport       Act = "import"         // bring a document in
	ActCorrect      Act = "correct"        // change drafts read from it, settle names
	ActAdopt        Act = "adopt"          // register and assign its matters
	ActDiscard      Act = "discard"        // throw an unadopted reading away
	ActEditFront    Act = "edit_front"     // title, number, issuer, date of a directive
	ActRead         Act = "read"           // see a directive or matter
	ActExport       Act = "export"         // take the ledger out as a file
	ActAcknowledge  Act = "acknowledge"    // confirm receipt for a unit
	ActManageUnits  Act = "manage_units"   // units and their tree
	ActManagePeople Act = "manage_people"  // people, posts, sign-in links
	ActReadPeople   Act = "read_people"    // who holds which post
	ActSearch       Act = "search"         // ask the full-text search
	ActReadJournal  Act = "read_journal"   // the whole journal, beyond the history of what one may read
	ActManageSignIn Act = "manage_sign_in" // how people sign in: second factor, provider, directory
)

// Acts lists every act in the order screens show them.
func Acts() []Act {
	return []Act{ActImport, ActCorrect, ActAdopt, ActDiscard, ActEditFront, ActRead, ActExport, ActAcknowledge,
		ActManageUnits, ActManagePeople, ActReadPeople, ActSearch, ActReadJournal, ActManageSignIn}
}

// Subject is what an act is asked about. Which fields count depends on the act.
type Subject struct {
	Owner UnitID       // whose office registered the directive or matter
	Units []UnitID     // assigned units; for ActAcknowledge the one unit it is done for
	Draft bool         // not yet adopted: for the owner's office only
	State MatterStatus // of a matter; empty otherwise
}

// SubjectOf describes a directive; its matters' units are asked for one by one.
func SubjectOf(d *Directive) Subject { return Subject{Owner: d.Owner, Draft: d.Status != Adopted} }

// SubjectOfMatter describes a matter with all its assigned units.
func SubjectOfMatter(m *Matter) Subject {
	s := Subject{Owner: m.Owner, State: m.Status, Draft: m.Status == Draft}
	for _, a := range m.Assignments {
		if a.Unit != 0 {
			s.Units = append(s.Units, a.Unit)
		}
	}
	return s
}

// May reports whether the actor may do act on anything at all: it decides which
// doors are shown, never whether one opens.
func May(a *Actor, act Act) bool {
	return law[act].anywhere != nil && law[act].anywhere(a) && (a.Only == nil || slices.Contains(a.Only, act))
}

// MayAct reports whether the actor may do act on this subject.
func MayAct(a *Actor, act Act, s Subject) bool { return May(a, act) && law[act].on(a, s) }

// MayList returns the acts the actor may do on this subject, in the order of Acts.
func MayList(a *Actor, s Subject, acts ...Act) []Act {
	out := []Act{}
	for _, act := range acts {
		if MayAct(a, act, s) {
			out = append(out, act)
		}
	}
	return out
}

// clause of the law: may the actor do it anywhere, and on this subject.
type permission struct {
	anywhere func(*Actor) bool
	on       func(*Actor, Subject) bool
}

var law = map[Act]permission{
	ActImport:       {worksInOffice, officeOfOwner},
	ActCorrect:      {worksInOffice, officeOfOwner},
	ActAdopt:        {worksInOffice, officeOfOwner},
	ActDiscard:      {worksInOffice, officeOfOwner},
	ActEditFront:    {worksInOffice, officeOfOwner},
	ActRead:         {readsContent, inScope},
	ActExport:       {readsContent, anySubject},
	ActAcknowledge:  {filesForUnit, filesForAll},
	ActManageUnits:  {administers, anySubject},
	ActManagePeople: {administers, anySubject},
	ActReadPeople:   {administersOrOffice, anySubject},
	ActSearch:       {readsContent, anySubject},
	ActReadJournal:  {audits, anySubject},
	ActManageSignIn: {administers, anySubject},
}

func worksInOffice(a *Actor) bool       { return !a.Office.Empty() }
func filesForUnit(a *Actor) bool        { return !a.File.Empty() }
func administers(a *Actor) bool         { return a.Has(Admin) }
func administersOrOffice(a *Actor) bool { return a.Has(Admin) || a.Has(Office) }
func audits(a *Actor) bool              { return a.Has(Auditor) }
func readsContent(a *Actor) bool        { return !a.Read.Empty() || !a.Office.Empty() }

func anySubject(*Actor, Subject) bool        { return true }
func officeOfOwner(a *Actor, s Subject) bool { return a.Office.Has(s.Owner) }
func inScope(a *Actor, s Subject) bool {
	status := s.State
	if s.Draft {
		status = Draft
	}
	return a.Scope().InScope(s.Owner, status, slices.Values(s.Units))
}

// filesForAll: receipt is confirmed for exactly the units named, all of them the actor's.
func filesForAll(a *Actor, s Subject) bool {
	return len(s.Units) > 0 && !slices.ContainsFunc(s.Units, func(u UnitID) bool { return !a.File.Has(u) })
}
