package sqlstore

import (
	"context"
	"encoding/json"
)

// Setting returns the value kept under key, nil when there is none.
func (t *tx) Setting(ctx context.Context, key string) (json.RawMessage, error) {
	v, err := maybe(ctx, t, scanText, "SELECT value FROM setting WHERE name = $1", key)
	if err != nil || v == "" {
		return nil, err
	}
	return json.RawMessage(v), nil
}

// PutSetting keeps a value under key; nil removes it.
func (t *tx) PutSetting(ctx context.Context, key string, value json.RawMessage) error {
	if value == nil {
		_, err := t.exec(ctx, "DELETE FROM setting WHERE name = $1", key)
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO setting (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, key, string(value))
	return err
}
