package reading

import (
	"slices"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/reading/pattern"
)

// English minutes tell what was said and, between, what was resolved. Only the
// resolutions ask for something, and not all of them do.

var (
	// charges is a decision that names the one charged behind its verb: "requests the
	// Head of Roads to …", "authority be delegated to the Director of Place, in
	// consultation with the Leader, to …".
	charges = pattern.New(`^\s*(?i:that )?(?i:the (?:committee|cabinet|board|council|panel) )?(?i:to )?(?i:(?:also |further )?(?:requests?|asks?|instructs?|directs?|invites?|authori[sz]es?)(?: that)?|delegates? (?:authority|powers?|responsibility) to|(?:delegated )?(?:authority|power) (?:be|is) (?:delegated|given|granted) to) (?:the )?([A-Z][A-Za-z&'’() -]{2,70}?)(?:,? (?:in|following|after) consultation with (?:the )?([A-Z][^;.]{2,110}?))?,? to [a-z]`)
	// listTail joins a resolution to the next.
	listTail = pattern.New(`[;,]?(?: (?:and|or))?$`)
	// opens is the line that only minutes of a meeting have.
	opens = pattern.New(`(?m)^(?:(?:IT WAS )?(?:RESOLVED|Resolved that|It was (?:resolved|agreed|RESOLVED|AGREED))\b|Decisions?:$|(?:The )?(?:Cabinet|Committee|Board|Council|Executive|Panel) (?:resolved|agreed|decided) (?:to|that):$)`)
)

// hearMinutes takes an English paper that resolves for what it is: a narrative with
// decisions in it, whatever its title says.
func (r *reader) hearMinutes() {
	if r.lang != "en" {
		return
	}
	for c := range r.clauses {
		reg := &r.regions[r.nodes[c].reg]
		if reg.voice == directive && r.nodes[c].row == nil && r.clauses[c].Kind != docket.KindHeading && opens.MatchString(r.clauses[c].Text) {
			reg.voice = narrative
		}
	}
}

// moot reports a resolution that leaves nothing to do: it notes, receives, approves,
// and sets no day.
func (r *reader) moot(c int, text string) bool {
	return noted.MatchString(listTail.ReplaceAllString(text, "")) &&
		!slices.ContainsFunc(r.duesIn(c, docket.Span{Start: r.wordsFrom(c), End: len(r.clauses[c].Text)}), func(d docket.Due) bool {
			return d.Kind == docket.DueDate && strings.Contains(strings.ToLower(d.Words), "by ") || strings.HasPrefix(d.Words, "no later")
		})
}

// charged reads who is charged in a decision whose words begin at byte from.
func (r *reader) charged(text string, from int) []docket.Party {
	for _, how := range []*pattern.Pattern{told, charges} {
		if m := how.FindStringSubmatchIndex(text[from:]); m != nil {
			return r.named(text, from, m, docket.Lead, docket.Participate)
		}
	}
	return nil
}
