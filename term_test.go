package docket_test

import (
	"testing"

	docket "github.com/docket-os/docket"
)

func TestATermIsReadAsItIsWritten(t *testing.T) {
	for _, s := range []string{"", "2wd", "15d", "24h", "3m", "eom", "eoq", "2026-10-10", "0d"} {
		term, err := docket.ParseTerm(s)
		if err != nil || term.String() != s {
			t.Errorf("%q became %q, %v", s, term, err)
		}
	}
	for _, s := range []string{"wd", "2", "-1d", "2ww", "99999999d", "2026-13-40", "soon", "2 wd d"} {
		if term, err := docket.ParseTerm(s); docket.CodeOf(err) != docket.Invalid || err == nil {
			t.Errorf("%q was read as %v", s, term)
		}
	}
}
