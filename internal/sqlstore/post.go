package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

const postColumns = "id, person, role, unit, from_day, to_day"

func scanPost(r scanner) (p docket.Post, err error) {
	return p, r.Scan(&p.ID, &p.Person, &p.Role, optID(&p.Unit), day{&p.From}, day{&p.To})
}

// Posts returns the posts of a person, past and coming ones included; of
// everybody when person is 0.
func (t *tx) Posts(ctx context.Context, person docket.PersonID) ([]docket.Post, error) {
	if person == 0 {
		return all(ctx, t, scanPost, "SELECT "+postColumns+" FROM post ORDER BY id")
	}
	return all(ctx, t, scanPost, "SELECT "+postColumns+" FROM post WHERE person = $1 ORDER BY id", person)
}

// PutPost keeps a post.
func (t *tx) PutPost(ctx context.Context, p *docket.Post) error {
	if p.ID != 0 {
		n, err := t.exec(ctx, "UPDATE post SET person = $2, role = $3, unit = $4, from_day = $5, to_day = $6 WHERE id = $1",
			p.ID, p.Person, string(p.Role), opt(p.Unit), p.From.String(), p.To.String())
		if err == nil && n == 0 {
			err = notFound()
		}
		return err
	}
	id, err := t.next(ctx, "post", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "post", postColumns, 1, func(int) []any {
		return []any{id, p.Person, string(p.Role), opt(p.Unit), p.From.String(), p.To.String()}
	})
	if err == nil {
		p.ID = docket.PostID(id)
	}
	return err
}
