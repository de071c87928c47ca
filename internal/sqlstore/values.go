package sqlstore

import (
	"encoding/json"
	"fmt"
	"time"

	docket "github.com/docket-os/docket"
)

// scanner is a row being read.
type scanner interface{ Scan(dest ...any) error }

func scanInt(r scanner) (n int64, err error)   { return n, r.Scan(&n) }
func scanText(r scanner) (s string, err error) { return s, r.Scan(&s) }

// scanID reads a row of one id.
func scanID[T ~int64](r scanner) (id T, err error) { return id, r.Scan(&id) }

// ms is an instant as stored: UTC milliseconds, 0 for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// flag is a truth value as stored.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// opt is an id as stored: none is NULL.
func opt[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// asJSON is a value stored as JSON. The values are the root package's nouns,
// which always can be written.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("%T cannot be written as JSON: %v", v, err))
	}
	return string(b)
}

// list is ids passed as one parameter.
func list[T ~int64 | ~int](ids []T) string {
	b := make([]byte, 0, 8*len(ids)+2)
	b = append(b, '[')
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Append(b, int64(id))
	}
	return string(append(b, ']'))
}

// The destinations below read what the functions above wrote.

type instant struct{ *time.Time }

func (d instant) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return expect(ok, "an instant", v)
	}
	*d.Time = time.Time{}
	if n != 0 {
		*d.Time = time.UnixMilli(n).UTC()
	}
	return nil
}

type day struct{ *docket.Date }

func (d day) Scan(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return expect(ok, "a day", v)
	}
	*d.Date, err = docket.ParseDate(s)
	return err
}

type optional[T ~int64] struct{ id *T }

func (o optional[T]) Scan(v any) error {
	n, _ := v.(int64) // NULL is 0
	*o.id = T(n)
	return nil
}

func optID[T ~int64](id *T) optional[T] { return optional[T]{id} }

type truth struct{ *bool }

func (d truth) Scan(v any) error {
	n, ok := v.(int64)
	*d.bool = n != 0
	return expect(ok, "a truth value", v)
}

type jsonValue struct{ into any }

func (j jsonValue) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return expect(ok, "JSON", v)
	}
	return json.Unmarshal([]byte(s), j.into)
}

func expect(ok bool, what string, v any) error {
	if ok {
		return nil
	}
	return fmt.Errorf("%s cannot be read from %T", what, v)
}
