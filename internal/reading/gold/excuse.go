package gold

import (
	"strings"

	"github.com/docket-os/docket/internal/reading"
)

// excuses says, by answer file, number and kind of difference, why the answer
// is wrong or says less than the document. None is needed at present.
var excuses = map[[3]string]string{}

// outOfScope leaves out of the count what an answer file does not speak of.
func outOfScope(name string, c *reading.Clause) bool {
	// The outcome files of 2021 and 2022 answer for the table of last year's
	// results; the same papers list next year's projects, which are tasks too.
	return strings.HasPrefix(name, "shantou-") && !strings.Contains(c.Text, "\t")
}

func excuse(name, no, what string) string { return excuses[[3]string{name, no, what}] }
