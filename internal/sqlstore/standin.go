package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

const standinColumns = "id, person, by_person, from_day, to_day, words, set_by, ended"

func scanStandin(r scanner) (s docket.Standin, err error) {
	return s, r.Scan(&s.ID, &s.Person, &s.By, day{&s.From}, day{&s.To}, &s.Words, &s.SetBy, instant{&s.Ended})
}

// Standins returns the spans that concern people, everybody's without any.
func (t *tx) Standins(ctx context.Context, people ...docket.PersonID) ([]docket.Standin, error) {
	if len(people) == 0 {
		return all(ctx, t, scanStandin, "SELECT "+standinColumns+" FROM standin ORDER BY id")
	}
	return all(ctx, t, scanStandin, "SELECT "+standinColumns+" FROM standin WHERE person IN ({{list $1}}) OR by_person IN ({{list $1}}) ORDER BY id", list(people))
}

// PutStandin keeps a new span, or that one was ended.
func (t *tx) PutStandin(ctx context.Context, s *docket.Standin) error {
	if s.ID != 0 {
		n, err := t.exec(ctx, "UPDATE standin SET ended = $2 WHERE id = $1", s.ID, ms(s.Ended))
		if err == nil && n == 0 {
			err = notFound()
		}
		return err
	}
	id, err := t.next(ctx, "standin", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "standin", standinColumns, 1, func(int) []any {
		return []any{id, s.Person, s.By, s.From.String(), s.To.String(), s.Words, s.SetBy, ms(s.Ended)}
	})
	if err == nil {
		s.ID = docket.StandinID(id)
	}
	return err
}
