package docket

import (
	"encoding/json"
	"time"
)

// Verb is the act an Entry records: one word each, stable for ever.
type Verb string

// The verbs.
const (
	VerbImport      Verb = "import"          // directive
	VerbEdit        Verb = "edit"            // directive, matter, unit, person
	VerbAdd         Verb = "add"             // a draft matter from a sentence; a unit, person, post
	VerbMatchName   Verb = "match_name"      // a written name tied to units, once for a whole directive
	VerbDiscard     Verb = "discard"         // an unadopted directive
	VerbAdopt       Verb = "adopt"           // directive
	VerbRegister    Verb = "register"        // matter
	VerbAssign      Verb = "assign"          // matter
	VerbAcknowledge Verb = "acknowledge"     // matter
	VerbDispute     Verb = "dispute"         // matter: not ours, or the time is wrong
	VerbConfirm     Verb = "confirm"         // matter: the assignment stands although disputed
	VerbReassign    Verb = "reassign"        // matter
	VerbLapse       Verb = "lapse"           // matter: the window passed in silence
	VerbPlan        Verb = "plan"            // matter
	VerbDeliver     Verb = "deliver"         // matter: a support's part taken over by the lead
	VerbWaive       Verb = "waive"           // matter: the lead needs no part of a support
	VerbClaim       Verb = "claim"           // matter: claimed done
	VerbReturn      Verb = "return"          // matter, report: back for rework
	VerbVerify      Verb = "verify"          // matter: found done
	VerbRefute      Verb = "refute"          // matter: found not done
	VerbStrikeOff   Verb = "strike_off"      // matter
	VerbArchive     Verb = "archive"         // matter
	VerbReopen      Verb = "reopen"          // matter: found untrue afterwards
	VerbPark        Verb = "park"            // matter
	VerbResume      Verb = "resume"          // matter
	VerbStop        Verb = "stop"            // matter
	VerbRestart     Verb = "restart"         // matter
	VerbChase       Verb = "chase"           // matter: a new date to chase it by; judged as before
	VerbExtend      Verb = "extend"          // matter: a later due was granted
	VerbFile        Verb = "file"            // report: put before the unit's head
	VerbApprove     Verb = "approve"         // report
	VerbAccept      Verb = "accept"          // report
	VerbWithdraw    Verb = "withdraw"        // report, request
	VerbAsk         Verb = "ask"             // request
	VerbDecide      Verb = "decide"          // request
	VerbInstruct    Verb = "instruct"        // instruction
	VerbClose       Verb = "close"           // instruction: no further note; round: locked
	VerbLookBack    Verb = "look_back"       // matter: a look back, or a spot check, and what it found
	VerbOpenRound   Verb = "open_round"      // round of reports
	VerbDraw        Verb = "draw"            // spot checks
	VerbSetMeasures Verb = "set_measures"    // matter: its measures
	VerbObserve     Verb = "observe"         // matter: a figure, or the correction of one
	VerbSetLamps    Verb = "set_lamps"       // the body's thresholds of the lamps
	VerbSetCalendar Verb = "set_calendar"    // the body's calendar: its base, its rules, imported years
	VerbRecount     Verb = "recount"         // matter: its days moved with the calendar
	VerbUrge        Verb = "urge"            // matter: a unit was pressed, by a slip
	VerbSetTelling  Verb = "set_telling"     // the ways people are told; a person's own wishes
	VerbRemind      Verb = "remind"          // the ladder told people what is due or late
	VerbStandIn     Verb = "stand_in"        // a person: somebody acts for them while they are away
	VerbRename      Verb = "rename"          // unit
	VerbMove        Verb = "move"            // unit
	VerbMerge       Verb = "merge"           // unit
	VerbSplit       Verb = "split"           // unit
	VerbEnd         Verb = "end"             // unit, post
	VerbImportUnits Verb = "import_units"    // many units at once
	VerbSignIn      Verb = "sign_in"         // person
	VerbSignOut     Verb = "sign_out"        // person
	VerbLink        Verb = "link"            // a one-time link was made for a person
	VerbPassword    Verb = "password"        // a person set a password
	VerbOffer       Verb = "offer_evidence"  // matter
	VerbTakeBack    Verb = "remove_evidence" // matter
	VerbDescribe    Verb = "edit_evidence"   // matter
	VerbFactor      Verb = "factor"          // a person's second factor: set up, ended, reset, codes renewed
	VerbToken       Verb = "token"           // a person made or ended a token
	VerbSignInRules Verb = "sign_in_rules"   // how people sign in was set
	VerbSync        Verb = "sync"            // a person was tied to a provider's, or posts followed groups
	VerbConvene     Verb = "convene"         // stocktake: planned, changed, announced, called off
	VerbRoom        Verb = "room"            // stocktake: what happened in the room, turn by turn
	VerbRecord      Verb = "record"          // stocktake: a line of its record
	VerbStrike      Verb = "strike"          // stocktake: a line taken off its record
	VerbKeep        Verb = "keep"            // stocktake: the leader's own promise was kept
	VerbFreeze      Verb = "freeze"          // stocktake: a pack was sealed
	VerbState       Verb = "state"           // statement: written, sent, filed, returned
	VerbSlips       Verb = "slips"           // stocktake: its assignment slips went out
	VerbMinutes     Verb = "minutes"         // minutes: written, circulated, remarked on
	VerbIssue       Verb = "issue"           // minutes: issued, corrected by an addendum
)

// Verbs lists every verb.
func Verbs() []Verb {
	return []Verb{
		VerbImport, VerbEdit, VerbAdd, VerbMatchName, VerbDiscard, VerbAdopt, VerbRegister, VerbAssign,
		VerbAcknowledge, VerbDispute, VerbConfirm, VerbReassign, VerbLapse, VerbPlan, VerbDeliver, VerbWaive,
		VerbClaim, VerbReturn, VerbVerify, VerbRefute, VerbStrikeOff, VerbArchive, VerbReopen, VerbPark,
		VerbResume, VerbStop, VerbRestart, VerbChase, VerbExtend, VerbFile, VerbApprove, VerbAccept,
		VerbWithdraw, VerbAsk, VerbDecide, VerbInstruct, VerbClose, VerbLookBack, VerbOpenRound, VerbDraw,
		VerbSetMeasures, VerbObserve, VerbSetLamps, VerbSetCalendar, VerbRecount, VerbUrge, VerbSetTelling, VerbRemind, VerbStandIn, VerbOffer, VerbTakeBack, VerbDescribe,
		VerbFactor, VerbToken, VerbSignInRules, VerbSync,
		VerbConvene, VerbRoom, VerbRecord, VerbStrike, VerbKeep, VerbFreeze, VerbState, VerbSlips, VerbMinutes, VerbIssue,
		VerbRename, VerbMove, VerbMerge, VerbSplit, VerbEnd, VerbImportUnits, VerbSignIn, VerbSignOut,
		VerbLink, VerbPassword,
	}
}

// Entry is one change, appended in the transaction that made it and never
// altered. Before and After hold the fields that changed, by their JSON names.
type Entry struct {
	Seq       int64           `json:"seq"`
	At        time.Time       `json:"at"`
	Actor     PersonID        `json:"actor"`         // 0: the system itself
	For       PersonID        `json:"for,omitempty"` // in whose place the actor stood in
	Verb      Verb            `json:"verb"`
	Directive DirectiveID     `json:"directive,omitempty"`
	Matter    MatterID        `json:"matter,omitempty"`
	Unit      UnitID          `json:"unit,omitempty"`
	Person    PersonID        `json:"person,omitempty"`
	Reason    string          `json:"reason,omitempty"`
	Before    json.RawMessage `json:"before,omitempty"`
	After     json.RawMessage `json:"after,omitempty"`
}
