package docket

import (
	"encoding/json"
	"time"
)

// Verb is the act an Entry records: one word each, stable for ever.
type Verb string

// The verbs.
const (
	VerbImport      Verb = "import"        // directive
	VerbEdit        Verb = "edit"          // directive, matter, unit, person
	VerbAdd         Verb = "add"           // a draft matter from a sentence; a unit, person, post
	VerbMatchName   Verb = "match_name"    // a written name tied to units, once for a whole directive
	VerbDiscard     Verb = "discard"       // an unadopted directive
	VerbAdopt       Verb = "adopt"         // directive
	VerbRegister    Verb = "register"      // matter
	VerbAssign      Verb = "assign"        // matter
	VerbAcknowledge Verb = "acknowledge"   // matter
	VerbRename      Verb = "rename"        // unit
	VerbMove        Verb = "move"          // unit
	VerbMerge       Verb = "merge"         // unit
	VerbSplit       Verb = "split"         // unit
	VerbEnd         Verb = "end"           // unit, post
	VerbImportUnits Verb = "import_units"  // many units at once
	VerbSignIn      Verb = "sign_in"       // person
	VerbSignOut     Verb = "sign_out"      // person
	VerbLink        Verb = "link"          // a one-time link was made for a person
	VerbPassword    Verb = "password"      // a person set a password
	VerbFactor      Verb = "factor"        // a person's second factor: set up, ended, reset, codes renewed
	VerbToken       Verb = "token"         // a person made or ended a token
	VerbSignInRules Verb = "sign_in_rules" // how people sign in was set
	VerbSync        Verb = "sync"          // a person was tied to a provider's, or posts followed groups
)

// Entry is one change, appended in the transaction that made it and never
// altered. Before and After hold the fields that changed, by their JSON names.
type Entry struct {
	Seq       int64           `json:"seq"`
	At        time.Time       `json:"at"`
	Actor     PersonID        `json:"actor"` // 0: the system itself
	Verb      Verb            `json:"verb"`
	Directive DirectiveID     `json:"directive,omitempty"`
	Matter    MatterID        `json:"matter,omitempty"`
	Unit      UnitID          `json:"unit,omitempty"`
	Person    PersonID        `json:"person,omitempty"`
	Reason    string          `json:"reason,omitempty"`
	Before    json.RawMessage `json:"before,omitempty"`
	After     json.RawMessage `json:"after,omitempty"`
}
