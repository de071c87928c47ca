package sqlstore

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// migrations holds the forward-only steps, 0001_name.sql and so on without gaps.
//
//go:embed migrations/*.sql
var migrations embed.FS

const migrationTable = `CREATE TABLE IF NOT EXISTS migration (
	version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at BIGINT NOT NULL) {{strict}}`

type migration struct {
	version  int
	name     string
	text     string
	checksum string // of the common text, so that it is the same on every engine
}

func readMigrations() ([]migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []migration
	for i, name := range names { // Glob sorts
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		number, _, _ := strings.Cut(path.Base(name), "_")
		if v, err := strconv.Atoi(number); err != nil || v != i+1 {
			return nil, fmt.Errorf("migration %s should be number %d", name, i+1)
		}
		sum := sha256.Sum256(text)
		out = append(out, migration{i + 1, path.Base(name), string(text), hex.EncodeToString(sum[:])})
	}
	return out, nil
}

// migrate brings the schema to the newest version, each step in a transaction
// of its own. Two programs that start at once do not run a step twice.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := readMigrations()
	if err != nil {
		return err
	}
	for {
		done, err := s.step(ctx, steps)
		if err != nil || done {
			return err
		}
	}
}

// step runs the first migration still missing; done says that there was none.
func (s *Store) step(ctx context.Context, steps []migration) (done bool, err error) {
	sqlTx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer sqlTx.Rollback()
	t := &tx{store: s, sql: sqlTx}
	for _, text := range []string{"{{migration_lock}}", migrationTable} {
		if text = s.dialect.schema(text); text == "" {
			continue
		}
		if _, err := sqlTx.ExecContext(ctx, text); err != nil {
			return false, s.explain(err)
		}
	}
	applied, err := all(ctx, t, scanText, "SELECT checksum FROM migration ORDER BY version")
	if err != nil {
		return false, err
	}
	if err := compare(steps, applied); err != nil || len(applied) == len(steps) {
		return true, err
	}
	m := steps[len(applied)]
	if _, err := sqlTx.ExecContext(ctx, s.dialect.schema(m.text)); err != nil {
		return false, fmt.Errorf("migration %s: %w", m.name, s.explain(err))
	}
	if len(applied)+1 == len(steps) {
		if err := t.rederive(ctx); err != nil {
			return false, err
		}
	}
	if _, err := t.exec(ctx, "INSERT INTO migration (version, name, checksum, at) VALUES ($1, $2, $3, $4)",
		m.version, m.name, m.checksum, ms(time.Now())); err != nil {
		return false, err
	}
	return false, sqlTx.Commit()
}

// compare refuses a database that this program's steps did not lead to.
func compare(steps []migration, applied []string) error {
	if len(applied) > len(steps) {
		return docket.Errorf(docket.Conflict, "store.newer",
			fmt.Sprintf("the data were written by a newer Docket (schema %d, this program knows %d); start the newer program, or restore a backup made before the upgrade", len(applied), len(steps)),
			"found", strconv.Itoa(len(applied)), "known", strconv.Itoa(len(steps)))
	}
	for i, sum := range applied {
		if sum != steps[i].checksum {
			return docket.Errorf(docket.Conflict, "store.foreign",
				fmt.Sprintf("the data were written by a different build of Docket (step %s differs); start the program that wrote them", steps[i].name),
				"step", steps[i].name)
		}
	}
	return nil
}
