package postgres

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/search"
	"github.com/docket-os/docket/internal/sqlstore"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func dialect(config *pgx.ConnConfig) sqlstore.Dialect {
	return sqlstore.Dialect{
		Text: map[string]string{
			// Compared byte by byte, as SQLite does, whatever the database's language.
			"TEXT": `TEXT COLLATE "C"`,
			"list": "SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($arg AS json))",
			// LOCK takes no snapshot: what comes after it sees all that was committed before.
			"lock":           "LOCK TABLE writer IN EXCLUSIVE MODE",
			"migration_lock": "SELECT pg_advisory_xact_lock(8244518200134)",
			"word_index": `CREATE TABLE $arg (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
				CREATE INDEX $arg_gin ON $arg USING gin (words);`,
			"match": "w.words @@ CAST($arg AS tsquery)",
			"append_only": `CREATE FUNCTION $arg_refuse() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN RAISE EXCEPTION 'the $arg is append-only'; END $$;
				CREATE TRIGGER $arg_change BEFORE UPDATE OR DELETE ON $arg FOR EACH ROW EXECUTE FUNCTION $arg_refuse();
				CREATE TRIGGER $arg_truncate BEFORE TRUNCATE ON $arg FOR EACH STATEMENT EXECUTE FUNCTION $arg_refuse();`,
			"indexes": "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()",
			"faults": `SELECT 'index ' || c.relname || ' is not valid; run REINDEX' FROM pg_index i
				JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace`,
		},
		Dollar:  true,
		Explain: func(err error) error { return explain(config, err) },
		Words:   words,
		Match:   match,
	}
}

// words writes a tsvector: every word with its positions, for phrases.
// PostgreSQL's own parser, which knows neither our pairs nor our numbers, is
// not asked.
func words(w []string) string {
	var b strings.Builder
	for i, word := range w {
		b.WriteString("'" + word + "':" + strconv.Itoa(i+1) + " ")
	}
	return b.String()
}

// match writes a tsquery: phrases and prefixes, all of which must be found.
func match(terms []search.Term) string {
	var parts []string
	for _, t := range terms {
		part := "'" + strings.Join(t.Words, "' <-> '") + "'"
		if t.Prefix {
			part += ":*"
		}
		parts = append(parts, "("+part+")")
	}
	return strings.Join(parts, " & ")
}

// explain ties PostgreSQL's error codes to what the store and people should know.
func explain(config *pgx.ConnConfig, err error) error {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return explainLink(config, err)
	}
	switch refused.Code {
	case "40001", "40P01": // serialization failure, deadlock
		return fmt.Errorf("%w: %w", sqlstore.ErrRetry, err)
	case "23505":
		return fmt.Errorf("%w: %w", sqlstore.ErrTaken, err)
	case "23503":
		return sqlstore.Missing(err)
	case "53100":
		return unavailable(config, err, "store.disk_full", "the disk that holds %s is full; nothing was changed; make room and try again")
	case "25006", "42501":
		return unavailable(config, err, "store.read_only", "%s cannot be written; connect to the primary server as a user who owns the tables")
	case "3D000":
		return unavailable(config, err, "store.cannot_open", "there is no PostgreSQL database %s; create it first, with ENCODING 'UTF8'")
	}
	switch refused.Code[:2] {
	case "08", "53", "57":
		if refused.Code != "57014" { // cancelled by us
			return away(config, err)
		}
	case "28":
		return unavailable(config, err, "store.refused", "PostgreSQL refuses the user or password for %s")
	}
	return err
}

// explainLink looks for a connection that was never made or is lost.
func explainLink(config *pgx.ConnConfig, err error) error {
	var noConnect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &noConnect) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) {
		return away(config, err)
	}
	return err
}

func away(config *pgx.ConnConfig, err error) error {
	return unavailable(config, err, "store.away", "the PostgreSQL database %s cannot be reached; nothing was changed; try again when it is back")
}

func unavailable(config *pgx.ConnConfig, err error, key, message string) error {
	return &docket.Error{Code: docket.Unavailable, Key: key, Args: map[string]string{"path": place(config)},
		Message: fmt.Sprintf(message, place(config)), Err: err}
}
