package sqlstore

import (
	"context"

	docket "github.com/docket-os/docket"
)

const viewColumns = "id, person, name, query, columns, grouping"

func scanView(r scanner) (v docket.SavedView, err error) {
	return v, r.Scan(&v.ID, &v.Person, &v.Name, jsonValue{&v.Query}, jsonValue{&v.Columns}, &v.Group)
}

// Views returns the person's saved views, oldest first.
func (t *tx) Views(ctx context.Context, person docket.PersonID) ([]docket.SavedView, error) {
	return all(ctx, t, scanView, "SELECT "+viewColumns+" FROM saved_view WHERE person = $1 ORDER BY id", person)
}

// PutView keeps a view of v.Person; another person's is docket.NotFound.
func (t *tx) PutView(ctx context.Context, v *docket.SavedView) error {
	if v.ID != 0 {
		n, err := t.exec(ctx, "UPDATE saved_view SET name = $3, query = $4, columns = $5, grouping = $6 WHERE id = $1 AND person = $2",
			v.ID, v.Person, v.Name, asJSON(v.Query), asJSON(v.Columns), v.Group)
		if err == nil && n == 0 {
			err = notFound()
		}
		return err
	}
	id, err := t.next(ctx, "saved_view", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "saved_view", viewColumns, 1, func(int) []any {
		return []any{id, v.Person, v.Name, asJSON(v.Query), asJSON(v.Columns), v.Group}
	})
	if err == nil {
		v.ID = docket.ViewID(id)
	}
	return err
}

// DeleteView removes a view of the person; another person's is docket.NotFound.
func (t *tx) DeleteView(ctx context.Context, person docket.PersonID, id docket.ViewID) error {
	n, err := t.exec(ctx, "DELETE FROM saved_view WHERE id = $1 AND person = $2", id, person)
	if err == nil && n == 0 {
		err = notFound()
	}
	return err
}
