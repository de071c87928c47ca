package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// NewToken is a token to be made: it only reads, or may do the acts named.
type NewToken struct {
	Name     string       `json:"name" maxLength:"100"`
	ReadOnly bool         `json:"read_only"`
	Acts     []docket.Act `json:"acts,omitempty" maxItems:"100"`
	Expires  docket.Date  `json:"expires" doc:"Last day; within a year"`
}

// MadeToken is a token with its text, which is shown once and kept nowhere.
type MadeToken struct {
	app.TokenView
	Token string `json:"token"`
}

func (s *server) tokens(c call, _ *none) (List[app.TokenView], error) {
	tokens, err := s.app.Tokens(c, c.actor)
	return list(each(tokens, wireToken)), err
}

func wireToken(k app.TokenView) app.TokenView {
	k.Acts = full(k.Acts)
	return k
}

func (s *server) newToken(c call, in *asks[NewToken]) (MadeToken, error) {
	b := in.Body
	view, text, err := s.app.NewToken(c, c.actor, docket.Token{Name: b.Name, ReadOnly: b.ReadOnly, Acts: b.Acts, Expires: b.Expires.Time().Add(24 * time.Hour)})
	return MadeToken{wireToken(view), text}, err
}

func (s *server) endToken(c call, in *struct {
	ID docket.TokenID `path:"id" minimum:"1"`
}) error {
	return s.app.EndToken(c, c.actor, in.ID)
}
