package httpapi

import (
	"net/http"

	"github.com/docket-os/docket/internal/app"
)

// CodeBody carries a code of the second factor, or a recovery code.
type CodeBody struct {
	Code string `json:"code" minLength:"1" maxLength:"40"`
}

// CurrentBody carries the current password, asked for where one is set.
type CurrentBody struct {
	Current string `json:"current,omitempty" maxLength:"1024"`
}

// Recovery is a set of recovery codes, shown once.
type Recovery struct {
	Codes []string `json:"codes"`
}

func (s *server) factor(c call, _ *none) (app.FactorView, error) {
	return s.app.FactorState(c, c.actor)
}

func (s *server) startFactor(c call, in *asks[CurrentBody]) (app.FactorSecret, error) {
	return s.app.StartFactor(c, c.actor, c.session, in.Body.Current)
}

func (s *server) confirmFactor(c call, in *asks[CodeBody]) (Recovery, error) {
	fresh, codes, err := s.app.ConfirmFactor(c, c.actor, c.session, in.Body.Code)
	if err != nil {
		return Recovery{}, err
	}
	http.SetCookie(c.answer, s.cookie(c, fresh.Token, fresh.Expires))
	return Recovery{full(codes)}, nil
}

func (s *server) renewCodes(c call, in *asks[CodeBody]) (Recovery, error) {
	codes, err := s.app.RenewCodes(c, c.actor, in.Body.Code)
	return Recovery{full(codes)}, err
}

func (s *server) endFactor(c call, in *asks[CodeBody]) error {
	return s.app.EndFactor(c, c.actor, in.Body.Code)
}

func (s *server) resetFactor(c call, in *PersonPath) error {
	return s.app.ResetFactor(c, c.actor, in.ID)
}
