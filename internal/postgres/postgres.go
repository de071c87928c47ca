// Package postgres opens a docket kept in PostgreSQL, for bodies that run
// several servers or have their own database service.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/sqlstore"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Connections per server. Writers wait for each other anyway; a second one has
// its transaction begun when the first commits.
const (
	readers     = 8
	writers     = 2
	idleReaders = 2
)

// Open connects to the database that dsn names, as a URL or as key=value words,
// and brings its schema up to date. The database must exist and be UTF-8. One
// that cannot be reached is docket.Unavailable. Messages name host and
// database, never the password.
func Open(ctx context.Context, dsn string) (*sqlstore.Store, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil { // its text masks the password
		return nil, &docket.Error{Code: docket.Invalid, Key: "store.dsn", Err: err,
			Message: "the PostgreSQL address cannot be read; write postgres://user:password@host/database"}
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "docket"
	}
	read, write := pool(config, readers, idleReaders), pool(config, writers, writers)
	d := dialect(config)
	if err = d.Explain(checkEncoding(ctx, write)); err == nil {
		var s *sqlstore.Store
		if s, err = sqlstore.New(ctx, read, write, d); err == nil {
			return s, nil
		}
	}
	return nil, errors.Join(fmt.Errorf("open %s: %w", place(config), err), read.Close(), write.Close())
}

func pool(config *pgx.ConnConfig, most, idle int) *sql.DB {
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(idle)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// place names the database for people.
func place(c *pgx.ConnConfig) string { return c.Database + " on " + c.Host }

func checkEncoding(ctx context.Context, db *sql.DB) error {
	var encoding string
	if err := db.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding); err != nil || encoding == "UTF8" {
		return err
	}
	return docket.Errorf(docket.Invalid, "store.encoding",
		"the PostgreSQL database is encoded in "+encoding+"; create one with ENCODING 'UTF8'", "encoding", encoding)
}
