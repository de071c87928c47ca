package sqlstore

import (
	"context"
	"errors"
	"time"

	docket "github.com/docket-os/docket"
)

// keepReplays is how long an answer can be asked for again.
const keepReplays = 72 * time.Hour

func scanReplay(r scanner) (*docket.Replay, error) {
	var p docket.Replay
	err := r.Scan(hashValue{&p.Request}, &p.Status, &p.Body, instant{&p.At})
	return &p, err
}

// Replay returns the answer kept under the person's key, nil when there is none.
func (t *tx) Replay(ctx context.Context, person docket.PersonID, key string) (*docket.Replay, error) {
	return maybe(ctx, t, scanReplay, "SELECT request, status, body, at FROM replay WHERE person = $1 AND name = $2", person, key)
}

// PutReplay keeps an answer for 72 hours at the transaction's instant; a key
// already used is docket.Conflict.
func (t *tx) PutReplay(ctx context.Context, person docket.PersonID, key string, r docket.Replay) error {
	if _, err := t.exec(ctx, "DELETE FROM replay WHERE at < $1", ms(t.now.Add(-keepReplays))); err != nil {
		return err
	}
	body := r.Body
	if body == nil {
		body = []byte{} // NULL is not an empty answer
	}
	err := t.insert(ctx, "replay", "person, name, request, status, body, at", 1, func(int) []any {
		return []any{person, key, r.Request[:], r.Status, body, ms(t.now)}
	})
	if errors.Is(err, ErrTaken) {
		return docket.Errorf(docket.Conflict, "store.key_used", "this idempotency key is already used; load the first answer")
	}
	return err
}
