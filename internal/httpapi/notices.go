package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// NoticeView is one thing the reader was told. Its sentence is "notice.KIND"
// with args; what is owed is the sentence "owe." and args.what.
type NoticeView struct {
	ID        docket.NoticeID    `json:"id"`
	Kind      docket.NoticeKind  `json:"kind"`
	Args      map[string]string  `json:"args"`
	Matter    docket.MatterID    `json:"matter"`
	Directive docket.DirectiveID `json:"directive"`
	No        string             `json:"no"`
	Title     string             `json:"title"`
	At        time.Time          `json:"at"`
	Read      time.Time          `json:"read,omitzero"`
}

// NoticeList is a page of them; the following page is before Next.
type NoticeList struct {
	Items  []NoticeView    `json:"items"`
	Unread int             `json:"unread"`
	Next   docket.NoticeID `json:"next,omitempty" doc:"Pass as before for the next page; absent on the last"`
}

// UnreadCount is what the bell shows.
type UnreadCount struct {
	Unread int `json:"unread"`
}

// ReadBody marks notices as read: those of ids, and all up to through.
type ReadBody struct {
	IDs     []docket.NoticeID `json:"ids,omitempty" maxItems:"200"`
	Through docket.NoticeID   `json:"through,omitempty" minimum:"0"`
}

// Telling is how the reader is told.
type Telling struct{ app.WishesView }

func (t Telling) version() int64 { return t.Version }

// PutTelling sets it; hours left out are the body's.
type PutTelling struct {
	Digest *docket.Clock      `json:"digest,omitempty"`
	Quiet  *docket.Quiet      `json:"quiet,omitempty"`
	Off    []docket.ChannelID `json:"off" maxItems:"250"`
}

// ChannelSettings is how the body tells people, and what waits to go out.
type ChannelSettings struct {
	app.ChannelsView
	Queue docket.Queue `json:"queue"`
}

func (c ChannelSettings) version() int64 { return c.Version }

// PutChannels sets it. Secrets and addresses left out stay; a secret does not
// stay where its address changes.
type PutChannels struct {
	Digest docket.Clock       `json:"digest"`
	Quiet  docket.Quiet       `json:"quiet"`
	Mail   docket.MailChannel `json:"mail"`
	Hooks  []docket.Hook      `json:"hooks" maxItems:"200"`
}

// UrgeBody presses a unit.
type UrgeBody struct {
	Unit  docket.UnitID `json:"unit" minimum:"1"`
	Words string        `json:"words,omitempty" maxLength:"500"`
}

func (s *server) notices(c call, in *struct {
	Before docket.NoticeID `query:"before" minimum:"0"`
}) (NoticeList, error) {
	p, err := s.app.Notices(c, c.actor, in.Before)
	return NoticeList{Unread: p.Unread, Next: p.Next, Items: each(p.Items, func(n docket.NoticeLine) NoticeView {
		if n.Args == nil {
			n.Args = map[string]string{}
		}
		return NoticeView{ID: n.ID, Kind: n.Kind, Args: n.Args, Matter: n.Matter, Directive: n.Directive, No: n.No, Title: n.Title, At: n.At, Read: n.Read}
	})}, err
}

func (s *server) unread(c call, _ *none) (UnreadCount, error) {
	n, err := s.app.Unread(c, c.actor)
	return UnreadCount{n}, err
}

func (s *server) readNotices(c call, in *asks[ReadBody]) (UnreadCount, error) {
	n, err := s.app.ReadNotices(c, c.actor, in.Body.Through, in.Body.IDs)
	return UnreadCount{n}, err
}

func (s *server) wishes(c call, _ *none) (Telling, error) {
	v, err := s.app.Wishes(c, c.actor)
	return wireTelling(v), err
}

func (s *server) setWishes(c call, in *struct {
	Edit
	Body PutTelling
}) (Telling, error) {
	seen, err := in.seen()
	if err != nil {
		return Telling{}, err
	}
	v, err := s.app.SetWishes(c, c.actor, seen, docket.Wishes{Digest: in.Body.Digest, Quiet: in.Body.Quiet, Off: in.Body.Off})
	return wireTelling(v), err
}

func wireTelling(v app.WishesView) Telling {
	v.Channels = full(v.Channels)
	return Telling{v}
}

func (s *server) channels(c call, _ *none) (ChannelSettings, error) {
	v, q, err := s.app.Channels(c, c.actor)
	return wireChannels(v, q), err
}

func (s *server) setChannels(c call, in *struct {
	Edit
	Body PutChannels
}) (ChannelSettings, error) {
	seen, err := in.seen()
	if err != nil {
		return ChannelSettings{}, err
	}
	b := in.Body
	v, err := s.app.SetChannels(c, c.actor, seen, docket.Channels{Digest: b.Digest, Quiet: b.Quiet, Mail: b.Mail, Hooks: b.Hooks})
	if err != nil {
		return ChannelSettings{}, err
	}
	_, q, err := s.app.Channels(c, c.actor)
	return wireChannels(v, q), err
}

func wireChannels(v app.ChannelsView, q docket.Queue) ChannelSettings {
	v.Hooks = full(v.Hooks)
	return ChannelSettings{v, q}
}

func (s *server) testChannel(c call, in *struct {
	ID docket.ChannelID `path:"id" maxLength:"20"`
}) (app.Tested, error) {
	return s.app.TestChannel(c, c.actor, in.ID)
}

func (s *server) urges(c call, in *MatterPath) (List[app.UrgeView], error) {
	all, err := s.app.Urges(c, c.actor, in.ID)
	return list(all), err
}

func (s *server) urge(c call, in *struct {
	MatterPath
	Body UrgeBody
}) (app.UrgeView, error) {
	return s.app.Urge(c, c.actor, in.ID, in.Body.Unit, in.Body.Words)
}

// UrgesBody presses everybody who owes something in many matters.
type UrgesBody struct {
	Matters []docket.MatterID `json:"matters" minItems:"1" maxItems:"1000"`
	Words   string            `json:"words,omitempty" maxLength:"500"`
	DryRun  bool              `json:"dry_run,omitempty"`
}

// Urged is what came, or would come, of pressing one unit in one matter.
type Urged struct {
	Moved
	Unit     docket.UnitID         `json:"unit,omitempty"`
	UnitName string                `json:"unit_name,omitempty"`
	Owed     docket.ObligationKind `json:"owed,omitempty"`
	Due      docket.Date           `json:"due,omitzero"`
	Late     bool                  `json:"late,omitempty"`
	To       []string              `json:"to" doc:"Who is told, by name"`
	Slip     string                `json:"slip,omitempty" doc:"Of a dry run, the one it would get"`
}

func (s *server) urgeMany(c call, in *asks[UrgesBody]) (List[Urged], error) {
	done, err := s.app.UrgeMany(c, c.actor, in.Body.Matters, in.Body.Words, in.Body.DryRun)
	return list(each(done, func(u app.Urged) Urged {
		w := Urged{Moved: Moved{Matter: u.Matter, No: u.No, Title: u.Title}, Unit: u.Unit, UnitName: u.UnitName, Owed: u.Owed, Due: u.Due, Late: u.Late, To: full(u.To), Slip: u.Slip}
		if u.Err != nil {
			w.Problem = problemOf(u.Err)
		}
		return w
	})), err
}
