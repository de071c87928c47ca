package app

import (
	"context"
	"slices"

	docket "github.com/docket-os/docket"
)

// hands tells in whose hands statements are; posts are read when first asked for.
type hands struct {
	app   *App
	known names
	posts *postsOfDay
	place *place
}

// whoseWord is whose post has a statement where it stands; the office, and so
// nobody by name, has what is filed.
var whoseWord = map[docket.StatementStatus]docket.Role{docket.StatementDraft: docket.Liaison, docket.StatementReturned: docket.Liaison,
	docket.StatementSent: docket.Head, docket.StatementPassed: docket.Leader}

// people are those who have a statement now, and who stands in for them.
func (h *hands) people(ctx context.Context, r docket.Reader, st *docket.Statement) ([]docket.PersonID, error) {
	role := whoseWord[st.Status]
	if role == "" {
		return nil, nil
	}
	if err := h.today(ctx, r); err != nil {
		return nil, err
	}
	return h.posts.holders(h.place.tree, role, st.Unit), nil
}

// today reads the posts, once.
func (h *hands) today(ctx context.Context, r docket.Reader) error {
	if h.posts != nil {
		return nil
	}
	pl, err := h.app.place(ctx)
	if err != nil {
		return err
	}
	posts, err := postsOn(ctx, r, pl.day)
	if err != nil {
		return err
	}
	h.posts, h.place = posts, pl
	return nil
}

// unheard are those of the units that have nobody to be told.
func (h *hands) unheard(ctx context.Context, r docket.Reader, units []docket.UnitID) ([]docket.UnitID, error) {
	if err := h.today(ctx, r); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(units, func(u docket.UnitID) bool { return len(h.posts.unitPeople(h.place.tree, u)) > 0 }), nil
}

// with names them.
func (h *hands) with(ctx context.Context, r docket.Reader, st *docket.Statement) ([]string, error) {
	all, err := h.people(ctx, r, st)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, id := range all {
		name, err := h.known.of(ctx, r, id)
		if err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, nil
}
