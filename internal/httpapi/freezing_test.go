package httpapi_test

import (
	"context"
	"encoding/json"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// held is a store in which a pack waits at its first unit until it is let go on.
type held struct {
	docket.Store
	on chan struct{}
}

type waiting struct {
	docket.Reader
	on chan struct{}
}

func (h held) View(ctx context.Context, fn func(docket.Reader) error) error {
	return h.Store.View(ctx, func(r docket.Reader) error { return fn(waiting{r, h.on}) })
}

func (w waiting) DueBetween(ctx context.Context, units docket.UnitSet, from, to docket.Date) ([]docket.Obligation, error) {
	select {
	case <-w.on:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return w.Reader.DueBetween(ctx, units, from, to)
}

// What takes longer than a moment is answered with 202 and how far it is; the pack
// is there when it is done.
func TestFreezingAnswersSoon(t *testing.T) {
	w := build(t)
	on := make(chan struct{})
	w.store = held{w.store, on}
	w.serve(t)
	t.Cleanup(w.app.EndFreezing)
	office := w.cookie(t, "office-here")
	ask := func(method, path string, want int) (f app.Freezing) {
		t.Helper()
		res := w.send(method, "/api/v1/stocktakes/1/"+path, "", office)
		if err := json.NewDecoder(res.Body).Decode(&f); res.StatusCode != want || err != nil {
			t.Fatalf("%s %s: %d, %v", method, path, res.StatusCode, err)
		}
		return f
	}
	if f := ask("POST", "packs", 202); !f.Running || f.Done != 0 || f.Of != 1 || f.Pack != nil {
		t.Errorf("begun it is %+v", f)
	}
	close(on)
	for f := ask("GET", "freezing", 200); f.Running; f = ask("GET", "freezing", 200) {
	}
	if f := ask("POST", "packs", 201); f.Pack == nil || f.Pack.No != 3 {
		t.Errorf("the next one at once is %+v", f)
	}
}
