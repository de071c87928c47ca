package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

func scanTally(r scanner) (a docket.Tally, err error) {
	return a, r.Scan(&a.Name, &a.Failures, instant{&a.Last}, instant{&a.Until})
}

// Tally returns the failures counted under a name, none being the zero count.
func (t *tx) Tally(ctx context.Context, name string) (docket.Tally, error) {
	a, err := maybe(ctx, t, scanTally, "SELECT name, failures, last, until FROM tally WHERE name = $1", name)
	a.Name = name
	return a, err
}

// PutTally keeps a count and sweeps those that are forgiven by now.
func (t *tx) PutTally(ctx context.Context, a docket.Tally) error {
	if _, err := t.exec(ctx, "DELETE FROM tally WHERE last < $1", ms(t.now.Add(-docket.TallyForgiven))); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO tally (name, failures, last, until) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, last = excluded.last, until = excluded.until`,
		a.Name, a.Failures, ms(a.Last), ms(a.Until))
	return err
}

// DeleteTally forgets the failures under a name.
func (t *tx) DeleteTally(ctx context.Context, name string) error {
	_, err := t.exec(ctx, "DELETE FROM tally WHERE name = $1", name)
	return err
}

func scanFactor(r scanner) (f docket.Factor, err error) {
	return f, r.Scan(&f.Person, &f.Secret, instant{&f.Confirmed}, &f.Step, jsonValue{&f.Recovery})
}

// Factor returns the person's second factor, also one being set up.
func (t *tx) Factor(ctx context.Context, person docket.PersonID) (docket.Factor, error) {
	return one(ctx, t, scanFactor, "SELECT person, secret, confirmed, step, recovery FROM factor WHERE person = $1", person)
}

// Factors returns who has a second factor, by id.
func (t *tx) Factors(ctx context.Context) ([]docket.PersonID, error) {
	return all(ctx, t, scanID[docket.PersonID], "SELECT person FROM factor WHERE confirmed <> 0 ORDER BY person")
}

// PutFactor keeps the person's one second factor.
func (t *tx) PutFactor(ctx context.Context, f *docket.Factor) error {
	_, err := t.exec(ctx, `INSERT INTO factor (person, secret, confirmed, step, recovery) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, confirmed = excluded.confirmed, step = excluded.step, recovery = excluded.recovery`,
		f.Person, f.Secret, ms(f.Confirmed), f.Step, asJSON(f.Recovery))
	return err
}

// DeleteFactor takes the person's second factor away; that there is none is no error.
func (t *tx) DeleteFactor(ctx context.Context, person docket.PersonID) error {
	_, err := t.exec(ctx, "DELETE FROM factor WHERE person = $1", person)
	return err
}

const ticketColumns = "hash, kind, person, expires, detail"

func scanTicket(r scanner) (k docket.Ticket, err error) {
	return k, r.Scan(hashValue{&k.Hash}, &k.Kind, optID(&k.Person), instant{&k.Expires}, jsonValue{&k.Detail})
}

// Ticket returns the ticket of that kind and token hash at the instant of the
// transaction; a view has none, so there the caller compares Expires.
func (t *tx) Ticket(ctx context.Context, kind docket.TicketKind, hash [32]byte) (docket.Ticket, error) {
	return one(ctx, t, scanTicket, "SELECT "+ticketColumns+" FROM ticket WHERE hash = $1 AND kind = $2 AND expires >= $3", hash[:], string(kind), ms(t.now))
}

// PutTicket keeps a ticket and sweeps expired ones.
func (t *tx) PutTicket(ctx context.Context, k *docket.Ticket) error {
	if _, err := t.exec(ctx, "DELETE FROM ticket WHERE expires < $1", ms(t.now)); err != nil {
		return err
	}
	return t.insert(ctx, "ticket", ticketColumns, 1, func(int) []any {
		return []any{k.Hash[:], string(k.Kind), opt(k.Person), ms(k.Expires), asJSON(k.Detail)}
	})
}

// TakeTicket uses a ticket up; a used, an unknown and an expired one are
// docket.NotFound alike.
func (t *tx) TakeTicket(ctx context.Context, kind docket.TicketKind, hash [32]byte) (docket.Ticket, error) {
	return one(ctx, t, scanTicket, "DELETE FROM ticket WHERE hash = $1 AND kind = $2 AND expires >= $3 RETURNING "+ticketColumns, hash[:], string(kind), ms(t.now))
}

// DeleteTickets ends whatever the person has begun.
func (t *tx) DeleteTickets(ctx context.Context, person docket.PersonID) error {
	_, err := t.exec(ctx, "DELETE FROM ticket WHERE person = $1", person)
	return err
}

const tokenColumns = "id, person, hash, name, read_only, acts, created, expires, used"

func scanToken(r scanner) (k docket.Token, err error) {
	return k, r.Scan(&k.ID, &k.Person, hashValue{&k.Hash}, &k.Name, truth{&k.ReadOnly}, jsonValue{&k.Acts}, instant{&k.Created}, instant{&k.Expires}, instant{&k.Used})
}

// TokenByHash returns the token of that hash, also an expired one: the caller compares Expires.
func (t *tx) TokenByHash(ctx context.Context, hash [32]byte) (docket.Token, error) {
	return one(ctx, t, scanToken, "SELECT "+tokenColumns+" FROM token WHERE hash = $1", hash[:])
}

// Tokens returns the person's tokens, newest first.
func (t *tx) Tokens(ctx context.Context, person docket.PersonID) ([]docket.Token, error) {
	return all(ctx, t, scanToken, "SELECT "+tokenColumns+" FROM token WHERE person = $1 ORDER BY id DESC", person)
}

// PutToken keeps a new token, or notes when one was used last; one ended in the
// meantime is docket.NotFound.
func (t *tx) PutToken(ctx context.Context, k *docket.Token) error {
	if k.ID != 0 {
		n, err := t.exec(ctx, "UPDATE token SET used = $2 WHERE id = $1", k.ID, ms(k.Used))
		if err == nil && n == 0 {
			err = notFound()
		}
		return err
	}
	id, err := t.next(ctx, "token", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "token", tokenColumns, 1, func(int) []any {
		return []any{id, k.Person, k.Hash[:], k.Name, flag(k.ReadOnly), asJSON(k.Acts), ms(k.Created), ms(k.Expires), ms(k.Used)}
	})
	if err == nil {
		k.ID = docket.TokenID(id)
	}
	return err
}

// DeleteToken ends one of the person's tokens.
func (t *tx) DeleteToken(ctx context.Context, person docket.PersonID, id docket.TokenID) error {
	n, err := t.exec(ctx, "DELETE FROM token WHERE id = $1 AND person = $2", id, person)
	if err == nil && n == 0 {
		err = notFound()
	}
	return err
}

// DeleteTokens ends all of the person's tokens.
func (t *tx) DeleteTokens(ctx context.Context, person docket.PersonID) error {
	_, err := t.exec(ctx, "DELETE FROM token WHERE person = $1", person)
	return err
}

// PersonByIdentity returns whom an issuer's subject was tied to.
func (t *tx) PersonByIdentity(ctx context.Context, issuer, subject string) (docket.Person, error) {
	return one(ctx, t, scanPerson, "SELECT "+personColumns+" FROM person WHERE id = (SELECT person FROM identity WHERE issuer = $1 AND subject = $2)", issuer, subject)
}

// PutIdentity ties an issuer's subject to a person, once.
func (t *tx) PutIdentity(ctx context.Context, issuer, subject string, person docket.PersonID) error {
	return t.insert(ctx, "identity", "issuer, subject, person", 1, func(int) []any { return []any{issuer, subject, person} })
}

// SyncedPosts returns the person's posts that groups gave.
func (t *tx) SyncedPosts(ctx context.Context, person docket.PersonID) ([]docket.PostID, error) {
	return all(ctx, t, scanID[docket.PostID], "SELECT post FROM synced_post JOIN post ON post.id = synced_post.post WHERE post.person = $1 ORDER BY post", person)
}

// MarkSynced notes that a group gave the post.
func (t *tx) MarkSynced(ctx context.Context, post docket.PostID, issuer string) error {
	return t.insert(ctx, "synced_post", "post, issuer", 1, func(int) []any { return []any{post, issuer} })
}
