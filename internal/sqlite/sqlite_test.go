package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/sqlite"
	"github.com/docket-os/docket/internal/sqlstore"
	"github.com/docket-os/docket/internal/storetest"
)

var ctx = context.Background()

func open(t testing.TB) storetest.Opened { return openAt(t, filepath.Join(t.TempDir(), "docket.db")) }

func openAt(t testing.TB, path string) storetest.Opened {
	t.Helper()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return storetest.Opened{Store: s, Raw: func(ctx context.Context, text string) error {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			return err
		}
		defer db.Close()
		_, err = db.ExecContext(ctx, text)
		return err
	}}
}

func TestStore(t *testing.T) { storetest.Run(t, open) }

func TestRetry(t *testing.T) { storetest.RunRetry(t, open, sqlstore.ErrRetry) }

// No question a person can type is an error of the engine.
func FuzzSearch(f *testing.F) {
	for _, q := range []string{"养老 服务", `"`, "a* OR NOT b", "{words}: ^x + NEAR(", "\x00", "\xff", "'; DROP TABLE unit; --", "水", strings.Repeat("养", 500)} {
		f.Add(q)
	}
	s := open(f)
	f.Fuzz(func(t *testing.T, q string) {
		err := s.View(ctx, func(r docket.Reader) error {
			_, err := r.Search(ctx, docket.SystemScope(), q, 5)
			_, err2 := r.SearchMatters(ctx, q)
			return errors.Join(err, err2)
		})
		if err != nil && !errors.Is(err, docket.Invalid) {
			t.Errorf("%q: %v", q, err)
		}
	})
}

// BenchmarkStart100000 is what a server does before its first answer: open the
// file and load the board's rows. The reference opens an empty file.
func BenchmarkStart100000(b *testing.B) {
	path := filepath.Join(b.TempDir(), "docket.db")
	storetest.Fill(b, openAt(b, path), 100, 1000)
	start := func(path string) (n int) {
		s, err := sqlite.Open(ctx, path)
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		err = s.View(ctx, func(r docket.Reader) error {
			for _, err := range r.MatterRows(ctx) {
				if err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		return n
	}
	for b.Loop() {
		if n := start(path); n != 100_000 {
			b.Fatal(n)
		}
	}
	full := b.Elapsed() / time.Duration(b.N)
	empty := filepath.Join(b.TempDir(), "empty.db")
	start(empty)
	now := time.Now()
	start(empty)
	b.ReportMetric(float64(full.Microseconds())/1000, "ms/start")
	b.ReportMetric(float64(full)/float64(time.Since(now)), "x-empty")
}

func BenchmarkStore(b *testing.B) { storetest.Bench(b, open) }
