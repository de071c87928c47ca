package sqlstore

import (
	"context"
	"errors"

	docket "github.com/docket-os/docket"
)

const personColumns = "id, login, name, email, lang, active, version"

func scanPerson(r scanner) (p docket.Person, err error) {
	return p, r.Scan(&p.ID, &p.Login, &p.Name, &p.Email, &p.Lang, truth{&p.Active}, &p.Version)
}

// Person returns the person with that id.
func (t *tx) Person(ctx context.Context, id docket.PersonID) (docket.Person, error) {
	return one(ctx, t, scanPerson, "SELECT "+personColumns+" FROM person WHERE id = $1", id)
}

// PersonByLogin returns the person with that login, as written.
func (t *tx) PersonByLogin(ctx context.Context, login string) (docket.Person, error) {
	return one(ctx, t, scanPerson, "SELECT "+personColumns+" FROM person WHERE login = $1", login)
}

// People returns everybody, by id.
func (t *tx) People(ctx context.Context) ([]docket.Person, error) {
	return all(ctx, t, scanPerson, "SELECT "+personColumns+" FROM person ORDER BY id")
}

// PutPerson keeps a person; a login in use is docket.Invalid.
func (t *tx) PutPerson(ctx context.Context, p *docket.Person) error {
	var err error
	if p.ID == 0 {
		err = t.insertPerson(ctx, p)
	} else {
		err = t.updatePerson(ctx, p)
	}
	if errors.Is(err, ErrTaken) {
		return invalidField("person.invalid", "the person cannot be kept as entered", "login", "person.login_taken", "another person has this login")
	}
	return err
}

func (t *tx) insertPerson(ctx context.Context, p *docket.Person) error {
	id, err := t.next(ctx, "person", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "person", personColumns+", password", 1, func(int) []any {
		return []any{id, p.Login, p.Name, p.Email, p.Lang, flag(p.Active), 1, ""}
	})
	if err == nil {
		p.ID, p.Version = docket.PersonID(id), 1
	}
	return err
}

func (t *tx) updatePerson(ctx context.Context, p *docket.Person) error {
	n, err := t.exec(ctx, `UPDATE person SET login = $3, name = $4, email = $5, lang = $6, active = $7, version = version + 1
		WHERE id = $1 AND version = $2`, p.ID, p.Version, p.Login, p.Name, p.Email, p.Lang, flag(p.Active))
	if err == nil && n == 0 {
		err = t.changed(ctx, "person", int64(p.ID))
	}
	if err == nil {
		p.Version++
	}
	return err
}

// PasswordHash returns the hash of the person's password, "" when none is set.
func (t *tx) PasswordHash(ctx context.Context, id docket.PersonID) (string, error) {
	return one(ctx, t, scanText, "SELECT password FROM person WHERE id = $1", id)
}

// PutPasswordHash keeps the hash of the person's password.
func (t *tx) PutPasswordHash(ctx context.Context, id docket.PersonID, hash string) error {
	n, err := t.exec(ctx, "UPDATE person SET password = $2 WHERE id = $1", id, hash)
	if err == nil && n == 0 {
		err = notFound()
	}
	return err
}
