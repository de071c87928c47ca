package postgres_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/docket-os/docket/internal/pgtest"
	"github.com/docket-os/docket/internal/postgres"
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

func BenchmarkStore(b *testing.B) { storetest.Bench(b, open) }
