package app

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
)

// channelsSetting holds docket.Channels with its secrets. Nothing but the
// courier is given them; the journal and every answer get a ChannelsView.
const channelsSetting = "channels"

func channelsOf(ctx context.Context, r docket.Reader) (docket.Channels, error) {
	c := docket.DefaultChannels()
	raw, err := r.Setting(ctx, channelsSetting)
	if err != nil || raw == nil {
		return c, err
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, fmt.Errorf("setting %s: %w", channelsSetting, err)
	}
	return c, nil
}

// ChannelsView is how the body tells people, without the secrets.
type ChannelsView struct {
	Version     int64              `json:"version"`
	Digest      docket.Clock       `json:"digest"`
	Quiet       docket.Quiet       `json:"quiet"`
	Mail        docket.MailChannel `json:"mail"` // its password is always empty
	PasswordSet bool               `json:"password_set"`
	Hooks       []HookView         `json:"hooks"`
}

// HookView is a webhook or robot without its address and secret.
type HookView struct {
	ID        int                `json:"id"`
	Kind      docket.ChannelKind `json:"kind"`
	Name      string             `json:"name"`
	On        bool               `json:"on"`
	Host      string             `json:"host"` // of its address
	SecretSet bool               `json:"secret_set"`
	Unit      docket.UnitID      `json:"unit"`
	Lang      string             `json:"lang"`
}

func viewOfChannels(c docket.Channels) ChannelsView {
	v := ChannelsView{Version: c.Version, Digest: c.Digest, Quiet: c.Quiet, Mail: c.Mail, PasswordSet: c.Mail.Password != "", Hooks: []HookView{}}
	v.Mail.Password = ""
	for _, h := range c.Hooks {
		v.Hooks = append(v.Hooks, HookView{ID: h.ID, Kind: h.Kind, Name: h.Name, On: h.On, Host: h.Host(), SecretSet: h.Secret != "", Unit: h.Unit, Lang: h.Lang})
	}
	return v
}

// Channels is how the body tells people, and how what is to be told stands.
func (a *App) Channels(ctx context.Context, actor docket.Actor) (v ChannelsView, q docket.Queue, err error) {
	if err := allow(&actor, docket.ActManageTelling); err != nil {
		return v, q, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		c, err := channelsOf(ctx, r)
		if err != nil {
			return err
		}
		v = viewOfChannels(c)
		q, err = r.Queue(ctx, a.cfg.Clock())
		return err
	})
	return v, q, err
}

// SetChannels sets how the body tells people. A secret or address left empty
// stays as it is; a secret does not follow to another address.
func (a *App) SetChannels(ctx context.Context, actor docket.Actor, version int64, next docket.Channels) (ChannelsView, error) {
	var kept docket.Channels
	err := a.change(ctx, actor, docket.VerbSetTelling, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManageTelling, docket.Subject{}); err != nil {
			return err
		}
		before, err := channelsOf(ctx, c)
		if err != nil {
			return err
		}
		if err := expect(before.Version, version); err != nil {
			return err
		}
		kept = next
		kept.Hooks = slices.Clone(next.Hooks)
		kept.Version, kept.LastID = before.Version+1, before.LastID
		keepSecret(&kept.Mail.Password, before.Mail.Password, kept.Mail.Host == before.Mail.Host && kept.Mail.User == before.Mail.User)
		if err := keepHooks(&kept, before); err != nil {
			return err
		}
		if err := c.checkChannels(&kept); err != nil {
			return err
		}
		raw, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		if err := c.PutSetting(ctx, channelsSetting, raw); err != nil {
			return err
		}
		was, is := diff(viewOfChannels(before), viewOfChannels(kept))
		return c.Record(ctx, docket.Entry{Before: was, After: is})
	})
	return viewOfChannels(kept), err
}

// keepHooks gives new hooks their ids and the others what they did not name anew.
func keepHooks(next *docket.Channels, before docket.Channels) error {
	seen := map[int]bool{}
	for i := range next.Hooks {
		h := &next.Hooks[i]
		if h.ID == 0 {
			next.LastID++
			h.ID = next.LastID
			continue
		}
		at := slices.IndexFunc(before.Hooks, func(b docket.Hook) bool { return b.ID == h.ID })
		if at < 0 || seen[h.ID] {
			return docket.Errorf(docket.NotFound, "channel.none", "there is no such channel, or it is not filled in yet")
		}
		seen[h.ID] = true
		b := before.Hooks[at]
		if h.URL == "" && h.Kind == b.Kind {
			h.URL = b.URL
		}
		keepSecret(&h.Secret, b.Secret, h.URL == b.URL)
	}
	return nil
}

func (c *Change) checkChannels(k *docket.Channels) error {
	if err := k.Validate(); err != nil {
		return err
	}
	faulty := func(field, key, message string) error {
		e := docket.Errorf(docket.Invalid, "channel.invalid", "the settings cannot be kept as entered")
		e.Fields = []docket.FieldError{{Field: field, Key: key, Message: message}}
		return e
	}
	names := []string{k.Mail.FromName}
	for i, h := range k.Hooks {
		if h.Unit != 0 && c.Place.tree.Unit(h.Unit) == nil {
			return faulty("hooks["+strconv.Itoa(i)+"].unit", "post.unit", "there is no such unit")
		}
		names = append(names, h.Name)
	}
	if ca := strings.TrimSpace(k.Mail.CA); ca != "" && !x509.NewCertPool().AppendCertsFromPEM([]byte(ca)) {
		return faulty("mail.ca", "channel.ca", "this should be certificates in PEM form")
	}
	return guardNames(names...)
}

// Tested is how a test of a channel went, in words.
type Tested struct {
	OK bool `json:"ok"`
	docket.Fault
}

// TestChannel sends a test through a channel as it is kept, to the actor where
// it reaches single people, and tells how it went.
func (a *App) TestChannel(ctx context.Context, actor docket.Actor, id docket.ChannelID) (Tested, error) {
	if err := allow(&actor, docket.ActManageTelling); err != nil {
		return Tested{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return Tested{}, err
	}
	var by docket.Channel
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		c, err := channelsOf(ctx, r)
		if err != nil {
			return err
		}
		var there bool
		if by, there = c.Find(id); !there || a.cfg.Courier == nil {
			return docket.Errorf(docket.NotFound, "channel.none", "there is no such channel, or it is not filled in yet")
		}
		return nil
	})
	if err != nil {
		return Tested{}, err
	}
	p := actor.Person
	if by.Kind == docket.ByMail && p.Email == "" {
		return Tested{Fault: docket.Fault{Key: "notice.no_address", Message: "your account has no mail address, so a test has nowhere to go"}}, nil
	}
	m := docket.Message{ID: newToken(), Lang: p.Lang, Day: pl.day, At: a.cfg.Clock(), Name: p.Name, Login: p.Login, Email: p.Email, Link: a.cfg.URL, Test: true}
	if u := by.Hook.Unit; u != 0 {
		m.Name, m.Login, m.Email, m.Unit = pl.tree.Name(u), "", "", u
	}
	if err := a.cfg.Courier.Send(ctx, by, m); err != nil {
		a.log.WarnContext(ctx, "a test message did not arrive", "channel", id, "err", err)
		return Tested{Fault: docket.FaultOf(err)}, nil
	}
	return Tested{OK: true, Fault: docket.Fault{Key: "notice.sent", Message: "it has left; look where it should arrive"}}, nil
}
