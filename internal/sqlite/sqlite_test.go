package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

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

func BenchmarkStore(b *testing.B) { storetest.Bench(b, open) }
