// Package sqlite opens a docket kept in one SQLite file: one connection that
// writes, several that read, the write-ahead log between them.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/sqlstore"
	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// Pragmas, busy_timeout first: the others may have to wait for a lock.
// synchronous=FULL makes a commit durable before it is acknowledged. Reads go
// through the memory map, so the connections' own caches can stay small.
var pragmas = []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
	"temp_store(MEMORY)", "mmap_size(1073741824)", "journal_size_limit(67108864)"}

const (
	writerCache = "cache_size(-8192)" // KiB
	readerCache = "cache_size(-1024)"
	readers     = 8
	idleReaders = 2
)

// Open opens the file at path, creating it where it is missing, and brings its
// schema up to date. The directory must exist and must be on a local disk. A
// directory that cannot be written is docket.Unavailable, a file that is no
// docket docket.Invalid, a newer schema docket.Conflict.
func Open(ctx context.Context, path string) (*sqlstore.Store, error) {
	write, err := open(path, writerCache, "immediate", false)
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := open(path, readerCache, "deferred", true)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(idleReaders)
	read.SetConnMaxIdleTime(time.Minute)
	s, err := sqlstore.New(ctx, read, write, dialect(path))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), read.Close(), write.Close())
	}
	return s, nil
}

func open(path, cache, lock string, readOnly bool) (*sql.DB, error) {
	with := append(pragmas[:len(pragmas):len(pragmas)], cache)
	if readOnly {
		with = append(with, "query_only(1)")
	}
	return openWith(path, lock, with...)
}

func openWith(path, lock string, pragmas ...string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	q := url.Values{"_pragma": pragmas, "_txlock": {lock}}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}
	return sql.Open("sqlite", name.String())
}

// Lock takes the data directory for one server and holds it until released,
// also by the death of the process. A directory already taken is
// docket.Conflict. Commands that read or write beside a running server need no
// lock; SQLite keeps them apart.
func Lock(ctx context.Context, dir string) (release func() error, err error) {
	path := filepath.Join(dir, "server.lock")
	db, err := openWith(path, "exclusive", "busy_timeout(0)", "journal_mode(DELETE)")
	if err != nil {
		return nil, err
	}
	held, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	switch {
	case err == nil:
		return func() error { return errors.Join(held.Rollback(), db.Close()) }, nil
	case busy(err):
		err = docket.Errorf(docket.Conflict, "store.in_use", "another Docket server runs on "+dir+"; stop it first, or name another data directory", "dir", dir)
	default:
		err = explain(path, err)
	}
	return nil, errors.Join(err, db.Close())
}
