package docket

import "strconv"

// Rules are a body's own settings of the law: how long things may take and how
// much is asked (field.md §2.3). The zero Rules are not usable: start from
// DefaultRules.
type Rules struct {
	Receipt      Term  `json:"receipt"`       // to confirm receipt or to dispute
	Plan         Term  `json:"plan"`          // to say how, after receipt
	PartBefore   int   `json:"part_before"`   // working days before the due by which supports deliver
	Approve      Term  `json:"approve"`       // for the head's word
	Review       Term  `json:"review"`        // for the office's word on a report
	Decide       Term  `json:"decide"`        // for a word on a request
	Verify       Term  `json:"verify"`        // to check a claim
	Note         Term  `json:"note"`          // for the leader's word on a reply
	Reply        Term  `json:"reply"`         // to an ordinary instruction
	ReplyUrgent  Term  `json:"reply_urgent"`  // to an urgent one
	ReplyTop     Term  `json:"reply_top"`     // to a most urgent one
	LookBacks    []int `json:"look_backs"`    // months after completion
	PlanConsent  bool  `json:"plan_consent"`  // a plan counts only with the portfolio leader's consent
	LevelEarlier int   `json:"level_earlier"` // working days by which each lower level reports earlier in a round
	MaxEvidence  int   `json:"max_evidence"`  // files in one report
	Remind       []int `json:"remind"`        // working days before a due on which it is announced; 0 is its own day
	ToHead       int   `json:"to_head"`       // whole working days past it after which the head is told,
	ToOffice     int   `json:"to_office"`     // the office,
	ToLeader     int   `json:"to_leader"`     // and the leader
	Decided      Term  `json:"decided"`       // for what a meeting decided without naming a day
	Slips        Term  `json:"slips"`         // for minutes and slips to go out after a meeting
}

// DefaultRules are the usual ones of field.md §2.3: two working days to dispute,
// instructions in 15 days, urgent ones in 5, look-backs after 3, 6 and 12 months;
// of product.md B8: announced 7, 3 and 1 working days ahead and on the day; minutes
// 20 days, and slips within two working days of the meeting.
func DefaultRules() Rules {
	wd := func(n int) Term { return Term{Count: n, Unit: WorkingDays} }
	return Rules{
		Receipt: wd(2), Plan: wd(5), PartBefore: 3, Approve: wd(1), Review: wd(3), Decide: wd(3), Verify: wd(10), Note: wd(5),
		Reply: Term{Count: 15, Unit: Days}, ReplyUrgent: Term{Count: 5, Unit: Days}, ReplyTop: Term{Count: 24, Unit: Hours},
		LookBacks: []int{3, 6, 12}, LevelEarlier: 2, MaxEvidence: 9,
		Remind: []int{7, 3, 1, 0}, ToHead: 1, ToOffice: 3, ToLeader: 5,
		Decided: Term{Count: 20, Unit: Days}, Slips: wd(2),
	}
}

// Validate reports every setting that cannot be kept to.
func (r *Rules) Validate() error {
	var f []FieldError
	for name, t := range map[string]Term{"receipt": r.Receipt, "plan": r.Plan, "approve": r.Approve, "review": r.Review, "decide": r.Decide,
		"verify": r.Verify, "note": r.Note, "reply": r.Reply, "reply_urgent": r.ReplyUrgent, "reply_top": r.ReplyTop, "decided": r.Decided, "slips": r.Slips} {
		if again, err := ParseTerm(t.String()); t.IsZero() || t.Unit == FixedDate || err != nil || again != t {
			f = append(f, FieldError{Field: name, Key: "field.term", Args: map[string]string{"text": t.String()}, Message: "write 2wd, 15d, 24h, 3m, eom or eoq"})
		}
	}
	within := func(name string, n, low, high int) {
		if n < low || n > high {
			f = append(f, FieldError{Field: name, Key: "field.range", Args: map[string]string{"min": strconv.Itoa(low), "max": strconv.Itoa(high)}, Message: "outside what is possible"})
		}
	}
	within("part_before", r.PartBefore, 0, 60)
	within("level_earlier", r.LevelEarlier, 0, 20)
	within("max_evidence", r.MaxEvidence, 1, 50)
	within("look_backs", len(r.LookBacks), 0, 6)
	for _, months := range r.LookBacks {
		within("look_backs", months, 1, 60)
	}
	steps := r.checkLadder(within)
	f = append(f, steps...)
	if len(f) > 0 {
		return &Error{Code: Invalid, Key: "rules.invalid", Message: "the rules cannot be kept as entered", Fields: f}
	}
	return nil
}
