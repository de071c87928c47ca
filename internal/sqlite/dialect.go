package sqlite

import (
	"errors"
	"fmt"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/search"
	"github.com/docket-os/docket/internal/sqlstore"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

func dialect(path string) sqlstore.Dialect {
	return sqlstore.Dialect{
		Text: map[string]string{
			"BIGINT": "INTEGER", "BYTEA": "BLOB", "strict": "STRICT", "keyed": "STRICT, WITHOUT ROWID",
			"list": "SELECT value FROM json_each($arg)",
			// The words come separated by spaces and folded; everything beyond ASCII is part of a word.
			"word_index": "CREATE VIRTUAL TABLE $arg USING fts5(words, content='', contentless_delete=1, tokenize='ascii');",
			"match":      "w.words MATCH $arg",
			"append_only": `CREATE TRIGGER $arg_update BEFORE UPDATE ON $arg BEGIN SELECT RAISE(ABORT, 'the $arg is append-only'); END;
				CREATE TRIGGER $arg_delete BEFORE DELETE ON $arg BEGIN SELECT RAISE(ABORT, 'the $arg is append-only'); END;`,
			"indexes": "SELECT name FROM sqlite_schema WHERE type = 'index'",
			"faults": `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
				UNION ALL SELECT 'a row of ' || "table" || ' refers to a missing row of ' || parent FROM pragma_foreign_key_check`,
		},
		Explain: func(err error) error { return explain(path, err) },
		Words:   search.Join,
		Match:   match,
	}
}

// match writes a question for FTS5: phrases and prefixes, all of which must be found.
func match(terms []search.Term) string {
	var parts []string
	for _, t := range terms {
		part := `"` + search.Join(t.Words) + `"`
		if t.Prefix {
			part += " *"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

// explain ties SQLite's result codes to what the store and people should know.
func explain(path string, err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fmt.Errorf("%w: %w", sqlstore.ErrTaken, err)
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return sqlstore.Missing(err)
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fmt.Errorf("%w: %w", sqlstore.ErrRetry, err)
	case lib.SQLITE_FULL:
		return unavailable(err, "store.disk_full", "the disk that holds "+path+" is full; nothing was changed; make room and try again", path)
	case lib.SQLITE_READONLY:
		return unavailable(err, "store.read_only", path+" cannot be written; give the user Docket runs as the right to write the file and its directory", path)
	case lib.SQLITE_CANTOPEN, lib.SQLITE_PERM, lib.SQLITE_AUTH:
		return unavailable(err, "store.cannot_open", path+" cannot be opened or created; check that the directory exists and that the user Docket runs as may write to it", path)
	case lib.SQLITE_IOERR:
		return unavailable(err, "store.disk_error", "the disk that holds "+path+" reports an error; nothing was changed; check the disk", path)
	case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
		return &docket.Error{Code: docket.Invalid, Key: "store.damaged", Args: map[string]string{"path": path}, Err: err,
			Message: path + " is not a Docket database or is damaged; restore the last backup"}
	}
	return err
}

func unavailable(err error, key, message, path string) error {
	return &docket.Error{Code: docket.Unavailable, Key: key, Args: map[string]string{"path": path}, Message: message, Err: err}
}

func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_BUSY
}
