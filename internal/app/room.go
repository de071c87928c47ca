package app

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
)

// InRoom does something in the room. The acts name what they are about rather
// than "next", so one that is sent again after a dropped network is done once.
func (a *App) InRoom(ctx context.Context, actor docket.Actor, id docket.StocktakeID, act RoomAct) (Room, error) {
	err := a.onStocktake(ctx, actor, docket.VerbRoom, id, 0, func(ctx context.Context, c *Change, s *docket.Stocktake) (docket.Entry, error) {
		if err := c.May(docket.ActConvene, docket.SubjectOfStocktake(s)); err != nil {
			return docket.Entry{}, err
		}
		return docket.Entry{}, a.roomAct(ctx, c, s, act)
	})
	if err != nil {
		return Room{}, err
	}
	return a.Room(ctx, actor, id)
}

func (a *App) roomAct(ctx context.Context, c *Change, s *docket.Stocktake, act RoomAct) error {
	made := s.Made(c.Now(), time.Duration(act.AgoMS)*time.Millisecond)
	s.ActedAt = made
	switch act.Act {
	case "open":
		return a.openRoom(ctx, c, s, made)
	case "close":
		return a.closeRoom(ctx, c, s, made)
	}
	if s.Status != docket.StocktakeSitting {
		return docket.Errorf(docket.Conflict, "stocktake.room_shut", "the meeting is not sitting")
	}
	switch act.Act {
	case "call":
		return s.Call(act.Unit, made)
	case "pause":
		s.Pause(made)
		return nil
	case "absent", "present":
		return s.Miss(act.Unit, act.Act == "absent")
	case "grant":
		return s.Grant(act.Unit, act.Minutes)
	case "reorder":
		return s.Reorder(act.Units)
	case "chair":
		if act.Person == 0 || act.Person != s.Convener && act.Person != s.Standin {
			return docket.Errorf(docket.Invalid, "stocktake.no_chair", "the chair is taken by the convener or the stand-in")
		}
		s.Chair = act.Person
		return nil
	}
	return docket.Errorf(docket.Invalid, "query.unknown_value", "there is no such act")
}

// openRoom lets the meeting sit: its agenda is brought up to date. One that was
// closed may be opened again until its minutes are out.
func (a *App) openRoom(ctx context.Context, c *Change, s *docket.Stocktake, made time.Time) error {
	switch s.Status {
	case docket.StocktakeSitting:
		return nil
	case docket.StocktakeConvened, docket.StocktakeClosed:
		if s.OpenedAt.IsZero() {
			s.OpenedAt = made
		}
		s.Status, s.ClosedAt = docket.StocktakeSitting, time.Time{}
		return a.gatherTopics(ctx, c, s)
	case docket.StocktakePlanned:
		return docket.Errorf(docket.Conflict, "stocktake.not_convened", "convene the meeting first")
	}
	return overAlready()
}

// closeRoom ends the meeting; who was never called was absent.
func (a *App) closeRoom(ctx context.Context, c *Change, s *docket.Stocktake, made time.Time) error {
	switch s.Status {
	case docket.StocktakeClosed:
		return nil
	case docket.StocktakeSitting:
	default:
		return docket.Errorf(docket.Conflict, "stocktake.room_shut", "the meeting is not sitting")
	}
	s.Pause(made)
	for i := range s.Slots {
		if s.Slots[i].State == docket.SlotWaiting {
			s.Slots[i].State = docket.SlotAbsent
		}
	}
	s.Status, s.ClosedAt = docket.StocktakeClosed, made
	return a.draftMinutes(ctx, c, s)
}

// Room gives what the screens of a meeting show.
func (a *App) Room(ctx context.Context, actor docket.Actor, id docket.StocktakeID) (Room, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return Room{}, err
	}
	return a.room(ctx, actor.Scope(), id, 0)
}

// room reads a room, or no more than its version when that is not past the one seen.
func (a *App) room(ctx context.Context, scope docket.Scope, id docket.StocktakeID, seen int64) (Room, error) {
	pl, err := a.place(ctx)
	if err != nil {
		return Room{}, err
	}
	room := Room{Now: a.cfg.Clock(), Unagreed: []docket.UnitID{}}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		if room.Stocktake, err = r.Stocktake(ctx, scope, id); err != nil || room.Version <= seen {
			return err
		}
		known := names{0: ""}
		if room.ConvenerName, err = known.of(ctx, r, room.Convener); err != nil {
			return err
		}
		if room.ChairName, err = known.of(ctx, r, room.Chair); err != nil {
			return err
		}
		said, err := r.Statements(ctx, id)
		if err != nil {
			return err
		}
		for i := range said {
			if said[i].Status == docket.StatementPassed {
				room.Unagreed = append(room.Unagreed, said[i].Unit)
			}
		}
		packs, err := r.Packs(ctx, id)
		if err != nil {
			return err
		}
		if len(packs) > 0 {
			room.Pack = packs[len(packs)-1].No
		}
		room.Items, err = a.itemViews(ctx, r, nil, pl, id)
		return err
	})
	return room, err
}

// rooms are the meetings that somebody watches on this node.
type rooms struct {
	mu   sync.Mutex
	open map[docket.StocktakeID]*watched
	over chan struct{} // closed when the program ends
	once sync.Once
}

// watched is one meeting: what its screens saw last, and a mark for who waits
// that is closed when there is something new.
type watched struct {
	viewers int
	version int64
	frame   []byte
	fresh   chan struct{}
	wake    chan struct{} // somebody on this node has just written
	stop    context.CancelFunc
}

func newRooms() *rooms {
	return &rooms{open: map[docket.StocktakeID]*watched{}, over: make(chan struct{})}
}

// EndWatching lets every watcher go: the program ends and must not wait for them.
// They come back to it when it is there again.
func (a *App) EndWatching() { a.rooms.once.Do(func() { close(a.rooms.over) }) }

// wake tells the watchers of a meeting at once that it changed.
func (r *rooms) wake(id docket.StocktakeID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if w := r.open[id]; w != nil {
		select {
		case w.wake <- struct{}{}:
		default: // a look is due already
		}
	}
}

// lookEvery is how often a watched meeting is looked at for what other nodes wrote.
const lookEvery = time.Second

// beat is how often a watcher without news is shown that it is still watching.
const beat = 20 * time.Second

// WatchRoom calls show with the room, as JSON of Room, now and whenever it
// changes, and with nil as a sign of life, until ctx ends or show fails. The room
// is read once for all its watchers. Permission is asked for when the watching
// begins: callers let it end after a while and begin anew.
func (a *App) WatchRoom(ctx context.Context, actor docket.Actor, id docket.StocktakeID, show func(frame []byte) error) error {
	room, err := a.Room(ctx, actor, id)
	if err != nil {
		return err
	}
	w := a.enterRoom(id)
	defer a.exitRoom(id, w)
	seen := room.Version
	frame, err := json.Marshal(room)
	if err != nil {
		return err
	}
	if err := show(frame); err != nil {
		return err
	}
	for {
		a.rooms.mu.Lock()
		version, frame, fresh := w.version, w.frame, w.fresh
		a.rooms.mu.Unlock()
		if version > seen {
			seen = version
			if err := show(frame); err != nil {
				return err
			}
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-a.rooms.over:
			return nil
		case <-fresh:
		case <-time.After(beat):
			if err := show(nil); err != nil {
				return err
			}
		}
	}
}

// enterRoom begins to watch; the first watcher sets somebody to look.
func (a *App) enterRoom(id docket.StocktakeID) *watched {
	a.rooms.mu.Lock()
	defer a.rooms.mu.Unlock()
	w := a.rooms.open[id]
	if w == nil {
		ctx, stop := context.WithCancel(context.Background())
		w = &watched{fresh: make(chan struct{}), wake: make(chan struct{}, 1), stop: stop}
		a.rooms.open[id] = w
		go a.look(ctx, id, w)
	}
	w.viewers++
	return w
}

func (a *App) exitRoom(id docket.StocktakeID, w *watched) {
	a.rooms.mu.Lock()
	defer a.rooms.mu.Unlock()
	if w.viewers--; w.viewers == 0 {
		w.stop()
		delete(a.rooms.open, id)
	}
}

// look reads the room whenever it is told to, and every so often, and shows what
// changed to all who watch.
func (a *App) look(ctx context.Context, id docket.StocktakeID, w *watched) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		room, err := a.room(ctx, docket.SystemScope(), id, w.version) // who watches was let in before
		if err == nil && room.Version > w.version {
			if frame, err := json.Marshal(room); err == nil {
				a.rooms.mu.Lock()
				w.version, w.frame = room.Version, frame
				close(w.fresh)
				w.fresh = make(chan struct{})
				a.rooms.mu.Unlock()
			}
		} else if err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "a room could not be looked at; trying again", "stocktake", id, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
		case <-tick.C:
		}
	}
}
