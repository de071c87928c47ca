package sqlstore

import (
	"context"
	"fmt"

	docket "github.com/docket-os/docket"
)

const sessionColumns = "hash, person, created, seen, expires, by_link, agent, lang_hint, via"

type hashValue struct{ hash *[32]byte }

func (h hashValue) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok || len(b) != len(h.hash) {
		return fmt.Errorf("a hash cannot be read from %T", v)
	}
	copy(h.hash[:], b)
	return nil
}

func scanSession(r scanner) (s docket.Session, err error) {
	return s, r.Scan(hashValue{&s.Hash}, &s.Person, instant{&s.Created}, instant{&s.Seen}, instant{&s.Expires},
		truth{&s.ByLink}, &s.Agent, &s.LangHint, &s.Via)
}

// Session returns the session of that token hash, also an expired one that was
// not yet swept: the caller compares Expires.
func (t *tx) Session(ctx context.Context, hash [32]byte) (docket.Session, error) {
	return one(ctx, t, scanSession, "SELECT "+sessionColumns+" FROM session WHERE hash = $1", hash[:])
}

// Sessions returns the person's sessions, last seen first.
func (t *tx) Sessions(ctx context.Context, person docket.PersonID) ([]docket.Session, error) {
	return all(ctx, t, scanSession, "SELECT "+sessionColumns+" FROM session WHERE person = $1 ORDER BY seen DESC, hash", person)
}

// PutSession keeps a session, or what changed of it, and sweeps expired ones.
func (t *tx) PutSession(ctx context.Context, s *docket.Session) error {
	if _, err := t.exec(ctx, "DELETE FROM session WHERE expires < $1", ms(t.now)); err != nil {
		return err
	}
	_, err := t.exec(ctx, "INSERT INTO session ("+sessionColumns+") VALUES ("+`$1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (hash) DO UPDATE SET seen = excluded.seen, expires = excluded.expires, by_link = excluded.by_link,
			agent = excluded.agent, lang_hint = excluded.lang_hint`,
		s.Hash[:], s.Person, ms(s.Created), ms(s.Seen), ms(s.Expires), flag(s.ByLink), s.Agent, s.LangHint, string(s.Via))
	return err
}

// DeleteSession ends a session; that there is none is no error.
func (t *tx) DeleteSession(ctx context.Context, hash [32]byte) error {
	_, err := t.exec(ctx, "DELETE FROM session WHERE hash = $1", hash[:])
	return err
}

// DeleteSessions ends all of the person's sessions but one.
func (t *tx) DeleteSessions(ctx context.Context, person docket.PersonID, except [32]byte) error {
	_, err := t.exec(ctx, "DELETE FROM session WHERE person = $1 AND hash <> $2", person, except[:])
	return err
}

// PutLink keeps a one-time link and sweeps expired ones.
func (t *tx) PutLink(ctx context.Context, l *docket.Link) error {
	if _, err := t.exec(ctx, "DELETE FROM link WHERE expires < $1", ms(t.now)); err != nil {
		return err
	}
	return t.insert(ctx, "link", "hash, person, expires", 1, func(int) []any {
		return []any{l.Hash[:], l.Person, ms(l.Expires)}
	})
}

func scanLink(r scanner) (l docket.Link, err error) {
	return l, r.Scan(hashValue{&l.Hash}, &l.Person, instant{&l.Expires})
}

// TakeLink uses up the link of that token hash; a used, an unknown and an
// expired one are docket.NotFound alike.
func (t *tx) TakeLink(ctx context.Context, hash [32]byte) (docket.Link, error) {
	return one(ctx, t, scanLink, "DELETE FROM link WHERE hash = $1 AND expires >= $2 RETURNING hash, person, expires", hash[:], ms(t.now))
}
