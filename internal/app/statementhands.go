package app

import (
	"context"

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
	if h.posts == nil {
		pl, err := h.app.place(ctx)
		if err != nil {
			return nil, err
		}
		posts, err := postsOn(ctx, r, pl.day)
		if err != nil {
			return nil, err
		}
		h.posts, h.place = posts, pl
	}
	return h.posts.holders(h.place.tree, role, st.Unit), nil
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
