package httpapi

import (
	"context"
	"net/http"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"

	"github.com/danielgtaylor/huma/v2"
)

// StocktakePath names a meeting.
type StocktakePath struct {
	ID docket.StocktakeID `path:"id" minimum:"1"`
}

// LinePath names a line of a meeting's record.
type LinePath struct {
	StocktakePath
	Item docket.ItemID `path:"item" minimum:"1"`
}

// StatementPath names a unit's statement for a meeting.
type StatementPath struct {
	StocktakePath
	Unit docket.UnitID `path:"unit" minimum:"1"`
}

// PackPath names a frozen pack of a meeting; 0 is the newest.
type PackPath struct {
	StocktakePath
	No int `path:"no" minimum:"0"`
}

// StocktakeView is a meeting with all that belongs to it, as far as the reader may
// see it.
type StocktakeView struct{ app.StocktakePage }

func (p StocktakeView) version() int64 { return p.Version }

func wireStocktake(p app.StocktakePage) StocktakeView {
	p.Stocktake = fullStocktake(p.Stocktake)
	p.Items = full(p.Items)
	return StocktakeView{p}
}

func fullStocktake(s docket.Stocktake) docket.Stocktake {
	s.Slots, s.Topics, s.Scope.Directives = full(s.Slots), full(s.Topics), full(s.Scope.Directives)
	return s
}

// StatementView is a unit's statement.
type StatementView struct{ app.StatementPage }

func (p StatementView) version() int64 { return p.Version }

// MinutesView is the minutes of a meeting.
type MinutesView struct{ app.MinutesPage }

func (p MinutesView) version() int64 { return p.Version }

// PackView is a frozen pack.
type PackView struct {
	docket.PackBody
	No   int    `json:"no"`
	Seal string `json:"seal" doc:"SHA-256 of the frozen pack; the journal holds it too"`
}

// OrderBody asks for a speaking order.
type OrderBody struct {
	Scope docket.StocktakeScope `json:"scope"`
	Units []docket.UnitID       `json:"units" minItems:"1" maxItems:"200"`
}

// WordsBody is a sentence and nothing else.
type WordsBody struct {
	Text string `json:"text" maxLength:"60000"`
}

// KeepBody says when a promise was kept.
type KeepBody struct {
	On docket.Date `json:"on,omitzero" doc:"Empty: today"`
}

// StatementBody is what a unit says, section by section; its facts are not in it.
type StatementBody struct {
	Sections map[docket.SectionKind]string `json:"sections"`
	Promises []docket.Promise              `json:"promises" maxItems:"20"`
}

func (s *server) stocktakes(c call, _ *none) (List[app.StocktakeRow], error) {
	all, err := s.app.Stocktakes(c, c.actor)
	return list(all), err
}

func (s *server) stocktake(c call, in *StocktakePath) (StocktakeView, error) {
	p, err := s.app.Stocktake(c, c.actor, in.ID)
	return wireStocktake(p), err
}

func (s *server) planStocktake(c call, in *asks[app.StocktakePlan]) (StocktakeView, error) {
	p, err := s.app.PlanStocktake(c, c.actor, in.Body, 0)
	return wireStocktake(p), err
}

type stocktakeEdit[B any] struct {
	StocktakePath
	Edit
	Body B
}

type stocktakeAct struct {
	StocktakePath
	Edit
}

func (s *server) replanStocktake(c call, in *stocktakeEdit[app.StocktakePlan]) (StocktakeView, error) {
	seen, err := in.seen()
	if err != nil {
		return StocktakeView{}, err
	}
	in.Body.ID = in.ID
	p, err := s.app.PlanStocktake(c, c.actor, in.Body, seen)
	return wireStocktake(p), err
}

func (s *server) convene(c call, in *stocktakeAct) (StocktakeView, error) {
	seen, err := in.seen()
	if err != nil {
		return StocktakeView{}, err
	}
	p, err := s.app.Convene(c, c.actor, in.ID, seen)
	return wireStocktake(p), err
}

func (s *server) cancelStocktake(c call, in *stocktakeEdit[WordsBody]) (StocktakeView, error) {
	seen, err := in.seen()
	if err != nil {
		return StocktakeView{}, err
	}
	p, err := s.app.Cancel(c, c.actor, in.ID, seen, in.Body.Text)
	return wireStocktake(p), err
}

func (s *server) gatherTopics(c call, in *StocktakePath) (StocktakeView, error) {
	p, err := s.app.GatherTopics(c, c.actor, in.ID)
	return wireStocktake(p), err
}

func (s *server) suggestOrder(c call, in *asks[OrderBody]) (List[app.SlotPlan], error) {
	out, err := s.app.Suggest(c, c.actor, in.Body.Scope, in.Body.Units)
	return list(out), err
}

func (s *server) room(c call, in *StocktakePath) (app.Room, error) {
	r, err := s.app.Room(c, c.actor, in.ID)
	r.Stocktake, r.Items = fullStocktake(r.Stocktake), full(r.Items)
	return r, err
}

func (s *server) inRoom(c call, in *struct {
	StocktakePath
	Body app.RoomAct
}) (app.Room, error) {
	r, err := s.app.InRoom(c, c.actor, in.ID, in.Body)
	r.Stocktake, r.Items = fullStocktake(r.Stocktake), full(r.Items)
	return r, err
}

func (s *server) watchRoom(c call, in *StocktakePath, show func([]byte) error) error {
	return s.app.WatchRoom(c, c.actor, in.ID, show)
}

func (s *server) readLine(c call, in *struct {
	StocktakePath
	Body WordsBody
}) (app.LineView, error) {
	return s.app.ReadLine(c, c.actor, in.ID, in.Body.Text)
}

func (s *server) recordLine(c call, in *struct {
	StocktakePath
	Body app.NewItem
}) (app.ItemView, error) {
	return s.app.Record(c, c.actor, in.ID, in.Body)
}

func (s *server) strikeLine(c call, in *struct {
	LinePath
	Body WordsBody
}) (StocktakeView, error) {
	p, err := s.app.Strike(c, c.actor, in.ID, in.Item, in.Body.Text)
	return wireStocktake(p), err
}

func (s *server) keepPromise(c call, in *struct {
	LinePath
	Body KeepBody
}) (StocktakeView, error) {
	p, err := s.app.KeepPromise(c, c.actor, in.ID, in.Item, in.Body.On)
	return wireStocktake(p), err
}

func (s *server) statement(c call, in *StatementPath) (StatementView, error) {
	p, err := s.app.Statement(c, c.actor, in.ID, in.Unit)
	return StatementView{p}, err
}

func (s *server) saveStatement(c call, in *struct {
	StatementPath
	Edit
	Body StatementBody
}) (StatementView, error) {
	seen, err := in.seen()
	if err != nil {
		return StatementView{}, err
	}
	p, err := s.app.SaveStatement(c, c.actor, in.ID, in.Unit, in.Body.Sections, in.Body.Promises, seen)
	return StatementView{p}, err
}

type statementAct struct {
	StatementPath
	Edit
}

// passesStatement answers with an act that hands a statement on as it was seen.
func passesStatement(act func(*app.App, context.Context, docket.Actor, docket.StocktakeID, docket.UnitID, int64) (app.StatementPage, error)) func(*server, call, *statementAct) (StatementView, error) {
	return func(s *server, c call, in *statementAct) (StatementView, error) {
		seen, err := in.seen()
		if err != nil {
			return StatementView{}, err
		}
		p, err := act(s.app, c, c.actor, in.ID, in.Unit, seen)
		return StatementView{p}, err
	}
}

func (s *server) returnStatement(c call, in *struct {
	StatementPath
	Edit
	Body WordsBody
}) (StatementView, error) {
	seen, err := in.seen()
	if err != nil {
		return StatementView{}, err
	}
	p, err := s.app.ReturnStatement(c, c.actor, in.ID, in.Unit, in.Body.Text, seen)
	return StatementView{p}, err
}

// soon is how long a caller is kept waiting for a pack before it is told how far it is.
const soon = time.Second

func (s *server) sendSlips(c call, in *StocktakePath) (StocktakeView, error) {
	p, err := s.app.SendSlips(c, c.actor, in.ID)
	return wireStocktake(p), err
}

func (s *server) freezePack(c call, in *StocktakePath) (app.Freezing, error) {
	return s.app.FreezePack(c, c.actor, in.ID, soon)
}

func frozen(f app.Freezing) bool { return f.Pack != nil }

func (s *server) freezing(c call, in *StocktakePath) (app.Freezing, error) {
	return s.app.Freezing(c, c.actor, in.ID, soon)
}

func (s *server) pack(c call, in *PackPath) (PackView, error) {
	body, head, err := s.app.Pack(c, c.actor, in.ID, in.No)
	body.Pages, body.Front.Parts = full(body.Pages), full(body.Front.Parts)
	body.Lamps = nil // for the next pack, not for a screen
	return PackView{body, head.No, head.Seal}, err
}

func (s *server) minutes(c call, in *StocktakePath) (MinutesView, error) {
	p, err := s.app.Minutes(c, c.actor, in.ID)
	return MinutesView{p}, err
}

func (s *server) saveMinutes(c call, in *stocktakeEdit[app.MinutesEdit]) (MinutesView, error) {
	seen, err := in.seen()
	if err != nil {
		return MinutesView{}, err
	}
	p, err := s.app.SaveMinutes(c, c.actor, in.ID, in.Body, seen)
	return MinutesView{p}, err
}

func (s *server) circulate(c call, in *stocktakeAct) (MinutesView, error) {
	seen, err := in.seen()
	if err != nil {
		return MinutesView{}, err
	}
	p, err := s.app.Circulate(c, c.actor, in.ID, seen)
	return MinutesView{p}, err
}

func (s *server) remark(c call, in *struct {
	StocktakePath
	Body WordsBody
}) (MinutesView, error) {
	p, err := s.app.Remark(c, c.actor, in.ID, in.Body.Text)
	return MinutesView{p}, err
}

func (s *server) answerRemark(c call, in *struct {
	StocktakePath
	N    int `path:"n" minimum:"0"`
	Body WordsBody
}) (MinutesView, error) {
	p, err := s.app.AnswerRemark(c, c.actor, in.ID, in.N, in.Body.Text)
	return MinutesView{p}, err
}

func (s *server) issueMinutes(c call, in *stocktakeAct) (MinutesView, error) {
	seen, err := in.seen()
	if err != nil {
		return MinutesView{}, err
	}
	p, err := s.app.IssueMinutes(c, c.actor, in.ID, seen)
	return MinutesView{p}, err
}

func (s *server) addend(c call, in *struct {
	StocktakePath
	Body WordsBody
}) (MinutesView, error) {
	p, err := s.app.Addend(c, c.actor, in.ID, in.Body.Text)
	return MinutesView{p}, err
}

// streams is a row whose handler shows frames as they come, as server-sent events;
// nil is a sign of life. The stream ends when its time is up and the client asks
// again, so that who has lost the right is shown nothing more.
func streams[I any](route string, who Who, summary string, handle func(*server, call, *I, func([]byte) error) error) Route {
	r := row[I](route, who, summary)
	r.media, r.slow = []string{"text/event-stream"}, true
	r.mount = func(s *server, op huma.Operation) {
		huma.Register(s.huma, op, func(ctx context.Context, in *I) (*struct{ Body func(huma.Context) }, error) {
			return &struct{ Body func(huma.Context) }{func(h huma.Context) {
				c, begun := callOf(ctx), false
				out := http.NewResponseController(c.answer)
				err := handle(s, c, in, func(frame []byte) error {
					if !begun {
						begun = true
						c.answer.Header().Set("Content-Type", "text/event-stream")
						c.answer.Header().Set("X-Accel-Buffering", "no") // a proxy must not hold frames back
						c.answer.WriteHeader(http.StatusOK)
					}
					line := []byte(":\n\n")
					if frame != nil {
						line = append(append([]byte("data: "), frame...), "\n\n"...) // JSON holds no line break
					}
					if _, err := c.answer.Write(line); err != nil {
						return err
					}
					return out.Flush()
				})
				if err != nil && !begun {
					s.refuse(h, c, err)
				}
			}}, nil
		})
	}
	return r
}
