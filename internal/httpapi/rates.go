package httpapi

import (
	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func (s *server) roundRates(c call, in *RoundPath) (app.RatesPage, error) {
	return s.app.RoundRates(c, c.actor, in.ID)
}

func (s *server) rates(c call, in *struct {
	From  day           `query:"from" required:"true"`
	To    day           `query:"to" required:"true"`
	Unit  docket.UnitID `query:"unit" minimum:"0" doc:"All units in the reader's scope when absent"`
	Below bool          `query:"below" doc:"Unit stands for its whole subtree"`
}) (app.RatesPage, error) {
	from, err := in.From.date("from")
	if err != nil {
		return app.RatesPage{}, err
	}
	to, err := in.To.date("to")
	if err != nil {
		return app.RatesPage{}, err
	}
	return s.app.Rates(c, c.actor, from, to, in.Unit, in.Below)
}
