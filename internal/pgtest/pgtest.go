// Package pgtest gives tests a PostgreSQL: the server that DOCKET_TEST_PG
// names, or one of its own, started once per test program from the binaries in
// $PGBIN or Debian's folders, on a socket only its owner reaches.
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
)

// Main runs a package's tests and stops the server they used. Every package
// that calls DSN has it as its TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if own != nil {
		own.stop()
	}
	os.Exit(code)
}

var (
	start sync.Once
	own   *server // nil when DOCKET_TEST_PG names one
	base  string
	fault error
)

// DSN returns the address of a new, empty database, dropped when the test
// ends. Without a PostgreSQL the test is skipped with a notice; where CI or
// DOCKET_NO_SKIP=1 is set, it fails.
func DSN(t testing.TB) string {
	t.Helper()
	start.Do(func() {
		if base = os.Getenv("DOCKET_TEST_PG"); base != "" {
			return
		}
		if own, fault = startServer(); fault == nil {
			base = own.dsn
		}
	})
	if fault != nil {
		if os.Getenv("CI") != "" || os.Getenv("DOCKET_NO_SKIP") == "1" {
			t.Fatalf("no PostgreSQL for the tests: %v", fault)
		}
		t.Skipf("\n*** NOT TESTED on PostgreSQL: %v\n*** install it (Debian: apt install postgresql), or set PGBIN or DOCKET_TEST_PG\n", fault)
	}
	db, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	name := "docket_test_" + strings.ToLower(rand.Text())
	if _, err := db.Exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		t.Fatalf("create a database for the test: %v", err)
	}
	t.Cleanup(func() {
		defer db.Close()
		if _, err := db.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return withDatabase(base, name)
}

// withDatabase names another database of the same server.
func withDatabase(dsn, name string) string {
	if u, err := url.Parse(dsn); err == nil && strings.HasPrefix(u.Scheme, "postgres") {
		u.Path = "/" + name
		return u.String()
	}
	return fmt.Sprintf("%s dbname=%s", dsn, name) // the last of equal keys counts
}

// Serve starts a server for a program that is no Go test, such as the walks in a
// browser, and returns the address of its empty database. stop ends it.
func Serve() (dsn string, stop func(), err error) {
	s, err := startServer()
	if err != nil {
		return "", nil, err
	}
	address := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{"host": {s.dir}}.Encode()}
	return address.String(), s.stop, nil
}
