package reading

import (
	docket "github.com/docket-os/docket"
)

// measuresIn and strengthOf stand where the grammar of amounts will be asked.
func measuresIn(string) []docket.MeasureRead { return nil }

func strengthOf(string) docket.Commitment { return docket.Deliver }
