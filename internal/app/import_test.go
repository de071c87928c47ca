package app

import (
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

func TestATitleIsTheFirstSentenceBegunAsATitle(t *testing.T) {
	for text, want := range map[string]string{
		"publish the list of free places":      "Publish the list of free places",
		"a plan for every ward":                "A plan for every ward",
		"eHealth reaches every clinic":         "eHealth reaches every clinic",
		"建成3所学校；\n 开通查询":                       "建成3所学校",
		"好。再办一件事":                              "好。再办一件事", // too short to stand alone
		strings.Repeat("字", docket.MaxTitle+1): strings.Repeat("字", docket.MaxTitle-1) + "…",
		"":                                     "",
	} {
		if got := titleOf(text); got != want {
			t.Errorf("%q is titled %q, not %q", text, got, want)
		}
	}
}
