package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/sqlite"
)

// A body that reaches its end without having asked for permission, or without
// an entry in the journal, changes nothing.
func TestNoChangeWithoutPermissionAndEntry(t *testing.T) {
	ctx := t.Context()
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "d.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	a, err := New(ctx, Config{Store: store, Clock: func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) },
		Location: time.UTC, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	person := func(ctx context.Context, c *Change) error {
		return c.PutPerson(ctx, &docket.Person{Login: "x", Name: "x", Lang: "zh"})
	}
	entry := func(ctx context.Context, c *Change) error { return c.Record(ctx, docket.Entry{}) }
	asked := func(_ context.Context, c *Change) error { c.proven(); return nil }
	denied := func(_ context.Context, c *Change) error { return c.May(docket.ActManagePeople, docket.Subject{}) }
	for _, x := range []struct {
		name  string
		steps []func(context.Context, *Change) error
		want  error
	}{
		{"nothing asked", []func(context.Context, *Change) error{person, entry}, errUnasked},
		{"nothing recorded", []func(context.Context, *Change) error{asked, person}, errUnrecorded},
		{"refused", []func(context.Context, *Change) error{denied, person, entry}, docket.Unauthorized},
		{"all in order", []func(context.Context, *Change) error{asked, person, entry}, nil},
	} {
		err := a.change(ctx, docket.Actor{}, docket.VerbAdd, func(ctx context.Context, c *Change) error {
			for _, step := range x.steps {
				if err := step(ctx, c); err != nil {
					return err
				}
			}
			return nil
		})
		if !errors.Is(err, x.want) {
			t.Errorf("%s: got %v, want %v", x.name, err, x.want)
		}
		kept := 0
		if err := store.View(ctx, func(r docket.Reader) error {
			people, err := r.People(ctx)
			kept = len(people)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if (kept > 0) != (x.want == nil) {
			t.Errorf("%s: %d people were kept", x.name, kept)
		}
	}
}
