package reading_test

import (
	"testing"

	"github.com/docket-os/docket/internal/reading/pattern"
)

// Every expression of the reader compiles, also one no document has met yet.
func TestPatternsCompile(*testing.T) { pattern.Compile() }
