package phrase

import (
	"strings"

	"github.com/docket-os/docket/internal/reading/pattern"
)

var (
	// fieldOf is a body named by its field: Office of Rail, Ministry of Housing.
	fieldOf = pattern.New(`^(?:(?i:the|and|with) )*(?:[A-Z][A-Za-z]+ ){0,3}(?:Department|Ministry|Office|Secretary of State|Minister|Cabinet Member|Portfolio Holder|Lead Member|Executive Member|Bureau|Directorate|Institute|Committee|College|Society|Commission|Division|Agency|Board|Faculty|Centre|Center) (?:of|for|on) (?:the )?[A-Z][^;()]*$`)
	// ministryOf is one whose fields may be three or more.
	ministryOf = pattern.New(`^(?i:(?:the|and|with) )*(?:[A-Z][A-Za-z]+ )?(?:Department|Ministry|Secretary of State|Minister) (?:of|for) `)
	// ownName is a body that needs no such word before it: Network Rail, Sport England.
	ownName = pattern.New(`(?:` + unitEN.String() + `)|\b(?:England|Scotland|Wales|Ireland|UK|Rail|Water|[A-Z]{2,})\b`)
	// moreFields are the fields a name goes on with behind its first comma: , Communities and Local Government.
	moreFields = pattern.New(`^, ?(?:[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2}, )*[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2},? (?:and|&) [A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2}`)
	// tiers are levels of government that share the word behind them: state and territory governments.
	tiers = pattern.New(`^(?i:(?:the |all )*(?:` + tier + `(?:, | and | & |,? and ))+` + tier + ` (?:governments?|councils|authorities|agencies|levels))`)
)

const tier = `(?:national|federal|commonwealth|[a-z]+(?:ian|ish|ese)|state|territory|provincial|regional|local|municipal|county|district|borough|parish|town|city|central|devolved)`

// fieldsGoOn reports whether the comma at p stands inside one name: between the fields of
// Ministry of Housing, Communities and Local Government, or the levels of Federal, state and
// local governments.
func (v *view) fieldsGoOn(start, p, hi int) bool {
	s := strings.TrimLeft(v.s[start:hi], " ")
	at := p - (hi - len(s))
	if m := tiers.FindString(s[:min(len(s), 120)]); len(m) > at {
		return true
	}
	if at < 0 || !ministryOf.MatchString(s[:at]) || strings.Contains(s[:at], " and ") {
		return false
	}
	m := moreFields.FindString(s[at:min(len(s), at+120)])
	return m != "" && !ownName.MatchString(m)
}
