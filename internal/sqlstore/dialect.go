package sqlstore

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/search"
)

// Dialect is what differs between the engines. Everything else is one SQL text.
type Dialect struct {
	// Text holds what {{name}} stands for in SQL text: column types and table
	// options have no common spelling, nor have a list passed as one parameter
	// and a table that refuses changes. A {{name arg}} puts arg for every $arg.
	Text map[string]string
	// Dollar says that parameters are written $1, as in the common text. SQLite
	// binds ?1 by number but $1 by name.
	Dollar bool
	// Explain ties a driver's error to ErrRetry or ErrTaken, or to
	// the docket.Error a person should read: drivers share no error type.
	Explain func(error) error
	// Words and Match write an entry of the full-text index and a question to
	// it: the one thing SQL has no common language for.
	Words func(words []string) string
	Match func(terms []search.Term) string
}

// What a dialect's Explain may find in a driver's error.
var (
	ErrRetry = errors.New("the transaction could not be serialized and may run again")
	ErrTaken = errors.New("a value that must be unique is taken")
)

// Missing is what a person should read of a row that refers to none.
func Missing(err error) error {
	return &docket.Error{Code: docket.Invalid, Key: "store.missing", Err: err,
		Message: "this refers to something that does not exist (any more); load it again"}
}

var (
	fragment    = regexp.MustCompile(`\{\{(\w+)(?: ([^}]+))?\}\}`)
	parameter   = regexp.MustCompile(`\$\d+`)
	sqlType     = regexp.MustCompile(`\b(BIGINT|TEXT|BYTEA)\b`)
	dropIndex   = regexp.MustCompile(`DROP INDEX (\w+)`)
	createIndex = regexp.MustCompile(`CREATE (?:UNIQUE )?INDEX (\w+)`)
)

// rewrite turns the common SQL text into the engine's own.
func (d *Dialect) rewrite(text string) string {
	text = fragment.ReplaceAllStringFunc(text, func(m string) string {
		part := fragment.FindStringSubmatch(m)
		return strings.ReplaceAll(d.Text[part[1]], "$arg", part[2])
	})
	if d.Dollar {
		return text
	}
	return parameter.ReplaceAllStringFunc(text, numbered(text))
}

// numbered returns how to write a parameter for SQLite: ?1, but ? alone where
// all of them stand in order. Its driver looks every number up by walking a
// list, which made statements of a thousand parameters three times as slow.
func numbered(text string) func(string) string {
	for i, p := range parameter.FindAllString(text, -1) {
		if p != "$"+strconv.Itoa(i+1) {
			return func(p string) string { return "?" + p[1:] }
		}
	}
	return func(string) string { return "?" }
}

// schema turns a migration's text into the engine's own: rewrite, and types.
func (d *Dialect) schema(text string) string {
	return d.rewrite(sqlType.ReplaceAllStringFunc(text, func(name string) string {
		if own, ok := d.Text[name]; ok {
			return own
		}
		return name
	}))
}
