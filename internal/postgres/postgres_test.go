package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/pgtest"
	"github.com/docket-os/docket/internal/postgres"
	"github.com/docket-os/docket/internal/sqlite"
	"github.com/docket-os/docket/internal/storetest"
	"github.com/jackc/pgx/v5/pgconn"
)

var ctx = context.Background()

func TestMain(m *testing.M) { pgtest.Main(m) }

func open(t testing.TB) storetest.Opened {
	t.Helper()
	dsn := pgtest.DSN(t)
	s, err := postgres.Open(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return storetest.Opened{Store: s, Raw: func(ctx context.Context, text string) error {
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			return err
		}
		defer db.Close()
		_, err = db.ExecContext(ctx, text)
		return err
	}}
}

func TestStore(t *testing.T) { storetest.Run(t, open) }

func TestRetry(t *testing.T) { storetest.RunRetry(t, open, &pgconn.PgError{Code: "40001"}) }

func TestSameAsSQLite(t *testing.T) {
	storetest.RunSame(t, open, func(t testing.TB) storetest.Opened {
		s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "docket.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return storetest.Opened{Store: s}
	})
}

func BenchmarkStore(b *testing.B) { storetest.Bench(b, open) }

func TestOpenRefuses(t *testing.T) {
	dsn := pgtest.DSN(t)
	for name, c := range map[string]struct {
		dsn, key string
		code     docket.Code
	}{
		"no such database": {dsn + " dbname=nowhere", "store.cannot_open", docket.Unavailable},
		"nobody listens":   {"postgres://u:hush@127.0.0.1:1/docket?connect_timeout=5", "store.away", docket.Unavailable},
		"no address":       {"postgres://u:hush@host:port/x", "store.dsn", docket.Invalid},
	} {
		s, err := postgres.Open(ctx, c.dsn)
		if err == nil {
			s.Close()
		}
		var e *docket.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
			continue
		}
		if strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: the password is in %q", name, err)
		}
	}
}

// Several servers share a database: they migrate it once, their writers wait
// for each other, and no number is given twice.
func TestSeveralServers(t *testing.T) {
	dsn := pgtest.DSN(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			s, err := postgres.Open(ctx, dsn)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for range 20 {
				runs := 0
				err := s.Update(ctx, storetest.Noon, func(w docket.Writer) error {
					runs++
					units, _, err := w.Units(ctx)
					last, err2 := w.LastSeq(ctx)
					if len(units) != int(last) {
						t.Errorf("%d units, %d entries: a writer does not see the one before", len(units), last)
					}
					return errors.Join(err, err2, w.PutUnit(ctx, &docket.Unit{Name: "某单位"}), w.Append(ctx, docket.Entry{Verb: docket.VerbAdd}))
				})
				if err != nil || runs != 1 {
					t.Errorf("after %d runs: %v", runs, err)
				}
			}
		})
	}
	wg.Wait()
	s, err := postgres.Open(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if breaches, err := s.Check(ctx); err != nil || len(breaches) > 0 {
		t.Error(breaches, err)
	}
}
