package pattern_test

import (
	"sync"
	"testing"

	"github.com/docket-os/docket/internal/reading/pattern"
)

var word = pattern.New(`(\w+)-(\w+)`)

// A pattern reads the same before it was used, after, and after it was let go,
// also while others let it go.
func TestPatternOutlivesForgetting(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				if got := word.FindStringSubmatch("say well-kept"); len(got) != 3 || got[2] != "kept" {
					t.Errorf("read %q", got)
					return
				}
				pattern.Forget()
			}
		})
	}
	wg.Wait()
}

func TestWrongExpressionIsFound(t *testing.T) {
	p := pattern.New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("an expression that does not compile was used")
		}
	}()
	p.MatchString("x")
}
