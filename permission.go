package docket

import "slices"

// Act is something a person may ask to do. The pipeline of every write and
// every page asks about one; the screens get the list of those allowed.
type Act string

// The acts.
const (
	ActImport        Act = "import"         // bring a document in
	ActCorrect       Act = "correct"        // change drafts read from it, settle names
	ActAdopt         Act = "adopt"          // register and assign its matters
	ActDiscard       Act = "discard"        // throw an unadopted reading away
	ActEditFront     Act = "edit_front"     // title, number, issuer, date of a directive
	ActRead          Act = "read"           // see a directive or matter
	ActExport        Act = "export"         // take the ledger out as a file
	ActAcknowledge   Act = "acknowledge"    // confirm receipt for a unit
	ActRegister      Act = "register"       // open a matter that stands in no document
	ActAssign        Act = "assign"         // hand over, confirm or change the units
	ActDispute       Act = "dispute"        // say for a unit that a matter is not its own
	ActPlan          Act = "plan"           // file a unit's plan
	ActReport        Act = "report"         // write and file a unit's reports, take a support's part over
	ActApprove       Act = "approve"        // let a report or claim of the own unit out
	ActReview        Act = "review"         // accept or return a report or claim
	ActVerify        Act = "verify"         // check a claim or look back, from outside
	ActStrikeOff     Act = "strike_off"     // strike off, archive, reopen
	ActPark          Act = "park"           // keep on the board, resume
	ActStop          Act = "stop"           // terminate, restart
	ActChase         Act = "chase"          // give a late matter a date to chase it by
	ActAsk           Act = "ask"            // make a request for a unit
	ActDecide        Act = "decide"         // a word on an extension or dispute
	ActConsent       Act = "consent"        // a leader's word on a plan or a statement
	ActInstruct      Act = "instruct"       // write an instruction
	ActRound         Act = "round"          // open, lock and reopen rounds of reports
	ActDraw          Act = "draw"           // draw spot checks
	ActSetMeasures   Act = "set_measures"   // what a matter is measured by
	ActObserve       Act = "observe"        // give and correct the figures of measures
	ActSetRules      Act = "set_rules"      // the body's rules of the law
	ActManageUnits   Act = "manage_units"   // units and their tree
	ActManagePeople  Act = "manage_people"  // people, posts, sign-in links
	ActReadPeople    Act = "read_people"    // who holds which post
	ActSearch        Act = "search"         // ask the full-text search
	ActReadJournal   Act = "read_journal"   // the whole journal, beyond the history of what one may read
	ActOffer         Act = "offer_evidence" // for a unit with a part, or as a verifier
	ActManageSignIn  Act = "manage_sign_in" // how people sign in: second factor, provider, directory
	ActUrge          Act = "urge"           // press a unit for what it owes, by a slip
	ActManageTelling Act = "manage_telling" // the ways people are told: mail server, webhooks, robots
	ActArrange       Act = "arrange"        // name a stand-in for somebody who is away
	ActConvene       Act = "convene"        // prepare and run a stocktake, keep its record, draft its minutes
	ActState         Act = "state"          // write and send a unit's statement for one
	ActIssue         Act = "issue"          // issue its minutes, take the chair
)

// Acts lists every act in the order screens show them.
func Acts() []Act {
	return []Act{ActImport, ActCorrect, ActAdopt, ActDiscard, ActEditFront, ActRead, ActExport, ActAcknowledge,
		ActRegister, ActAssign, ActDispute, ActPlan, ActReport, ActApprove, ActReview, ActVerify, ActStrikeOff, ActPark, ActStop, ActChase,
		ActAsk, ActDecide, ActConsent, ActInstruct, ActRound, ActDraw, ActSetMeasures, ActObserve, ActOffer, ActSetRules, ActManageUnits, ActManagePeople, ActReadPeople, ActSearch, ActReadJournal, ActManageSignIn, ActUrge, ActManageTelling, ActArrange, ActConvene, ActState, ActIssue}
}

// Subject is what an act is asked about. Which fields count depends on the act.
type Subject struct {
	Owner UnitID       // whose office registered the directive or matter
	Units []UnitID     // assigned units; for what is done on a unit's behalf the one unit
	Draft bool         // not yet adopted: for the owner's office only
	State MatterStatus // of a matter; empty otherwise
	Hands []PersonID   // who wrote, approved or gave evidence for it: they verify nothing of it
	For   UnitID       // for ActOffer: the unit it is offered for
	Chair []PersonID   // of a stocktake: who convenes it, and who stands in
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
	ActImport:        {worksInOffice, officeOfOwner},
	ActCorrect:       {worksInOffice, officeOfOwner},
	ActAdopt:         {worksInOffice, officeOfOwner},
	ActDiscard:       {worksInOffice, officeOfOwner},
	ActEditFront:     {worksInOffice, officeOfOwner},
	ActRead:          {readsContent, inScope},
	ActExport:        {readsContent, anySubject},
	ActAcknowledge:   {filesForUnit, filesForAll},
	ActRegister:      {worksInOffice, anySubject},
	ActAssign:        {worksInOffice, officeOfOwner},
	ActDispute:       {filesForUnit, filesForAll},
	ActPlan:          {filesForUnit, filesForAll},
	ActReport:        {filesForUnit, filesForAll},
	ActAsk:           {filesForUnit, filesForAll},
	ActApprove:       {headsUnit, headsAll},
	ActReview:        {worksInOffice, officeOfOwner},
	ActVerify:        {verifies, fromOutside},
	ActStrikeOff:     {worksInOffice, officeOfOwner},
	ActPark:          {leadsOrOffice, portfolioOrOffice},
	ActStop:          {leads, inPortfolio},
	ActChase:         {leadsOrOffice, portfolioOrOffice},
	ActDecide:        {leadsOrOffice, portfolioOrOffice},
	ActConsent:       {leads, inPortfolio},
	ActInstruct:      {leads, inPortfolio},
	ActRound:         {worksInOffice, officeOfOwner},
	ActDraw:          {worksInOffice, officeOfOwner},
	ActSetMeasures:   {worksInOffice, officeOfOwner},
	ActObserve:       {filesOrOffice, answersOrOffice},
	ActSetRules:      {administers, anySubject},
	ActOffer:         {filesOrVerifies, offers},
	ActManageUnits:   {administers, anySubject},
	ActManagePeople:  {administers, anySubject},
	ActReadPeople:    {administersOrOffice, anySubject},
	ActSearch:        {readsContent, anySubject},
	ActReadJournal:   {audits, anySubject},
	ActManageSignIn:  {administers, anySubject},
	ActUrge:          {leadsOrOffice, portfolioOrOffice},
	ActManageTelling: {administers, anySubject},
	ActArrange:       {administersOrOffice, arranges},
	ActConvene:       {worksInOffice, officeOfOwner},
	ActState:         {filesForUnit, filesForAll},
	ActIssue:         {leads, chairs},
}

func worksInOffice(a *Actor) bool       { return !a.Office.Empty() }
func filesForUnit(a *Actor) bool        { return !a.File.Empty() }
func administers(a *Actor) bool         { return a.Has(Admin) }
func administersOrOffice(a *Actor) bool { return a.Has(Admin) || a.Has(Office) }
func audits(a *Actor) bool              { return a.Has(Auditor) }
func headsUnit(a *Actor) bool           { return !a.Head.Empty() }
func verifies(a *Actor) bool            { return !a.Verify.Empty() }
func leads(a *Actor) bool               { return !a.Portfolio.Empty() }
func leadsOrOffice(a *Actor) bool       { return leads(a) || worksInOffice(a) }
func filesOrOffice(a *Actor) bool       { return filesForUnit(a) || worksInOffice(a) }
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

func portfolioOrOffice(a *Actor, s Subject) bool { return officeOfOwner(a, s) || inPortfolio(a, s) }

// inPortfolio: a unit with a part in the matter, or its owner, is in the leader's portfolio.
func inPortfolio(a *Actor, s Subject) bool {
	return !s.Draft && (a.Portfolio.Has(s.Owner) || slices.ContainsFunc(s.Units, a.Portfolio.Has))
}

// fromOutside: a verifier of the body that supervises (or one above it) checks
// no matter of the own unit or reporting line, and nothing the own hands were
// on (product.md B5).
func fromOutside(a *Actor, s Subject) bool {
	return !s.Draft && a.Verify.Has(s.Owner) && !slices.ContainsFunc(s.Units, a.Line.Has) && !slices.ContainsFunc(s.Hands, a.Is)
}

// chairs: minutes are issued by who convened the meeting, or who stood in.
func chairs(a *Actor, s Subject) bool { return slices.ContainsFunc(s.Chair, a.Is) }

// headsAll: what is let out is let out by the head of exactly the units named.
func headsAll(a *Actor, s Subject) bool {
	return len(s.Units) > 0 && !slices.ContainsFunc(s.Units, func(u UnitID) bool { return !a.Head.Has(u) })
}

// answersOrOffice: figures come from who answers for the matter (Units), or from
// the office that supervises it.
func answersOrOffice(a *Actor, s Subject) bool {
	return officeOfOwner(a, s) || !s.Draft && slices.ContainsFunc(s.Units, a.File.Has)
}

// filesForAll: receipt is confirmed for exactly the units named, all of them the actor's.
func filesForAll(a *Actor, s Subject) bool {
	return len(s.Units) > 0 && !slices.ContainsFunc(s.Units, func(u UnitID) bool { return !a.File.Has(u) })
}

func filesOrVerifies(a *Actor) bool { return !a.File.Empty() || a.Has(Verifier) }

// offers: evidence comes from a unit with a part in the matter that the actor
// files for, or from one outside it from which they verify.
func offers(a *Actor, s Subject) bool {
	if slices.Contains(s.Units, s.For) {
		return a.File.Has(s.For)
	}
	return a.verifiesFor(s.For)
}
