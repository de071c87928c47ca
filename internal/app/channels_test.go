package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func TestSecretsStayInside(t *testing.T) {
	w := newTelling(t, openSQLite(t), docket.ByWebhook, docket.ByDingTalk)
	ctx := t.Context()
	v, _, err := w.Channels(ctx, w.admin)
	w.must(err)
	c := w.again(v)
	c.Mail = w.mail
	c.Mail.User, c.Mail.Password = "docket", "geheimnis2"
	v, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.must(err)
	shown := asText(w, v)
	if !v.PasswordSet || !v.Hooks[0].SecretSet || v.Hooks[0].Host == "" {
		t.Errorf("shown %s", shown)
	}
	w.mail.Port = 1 // nobody is there
	c = w.again(v)
	c.Mail.Port = 1
	v, err = w.SetChannels(ctx, w.admin, v.Version, c) // the password stays
	w.must(err)
	if by, _ := w.channel(docket.MailID); by.Mail.Password != "geheimnis2" {
		t.Error("the password was lost")
	}
	for id, ok := range map[docket.ChannelID]bool{docket.MailID: false, "hook1": true, "hook2": true} {
		admin := w.admin
		admin.Person.Email = "root@example.org"
		tested, err := w.TestChannel(ctx, admin, id)
		w.must(err)
		if tested.OK != ok || tested.Key == "" || tested.Message == "" {
			t.Errorf("%s: %+v", id, tested)
		}
	}
	w.urge(w.first, "市教育局")
	w.at(3, 3, 8, 30)
	for where, text := range map[string]string{"the answer": shown, "the log": w.log.String(), "the journal": asText(w, w.verbs(docket.VerbSetTelling))} {
		for _, secret := range []string{"geheimnis", "SECabcdef"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells a secret: %s", where, text)
			}
		}
	}
	if len(w.verbs(docket.VerbSetTelling)) != 3 {
		t.Errorf("the journal holds %d entries of it", len(w.verbs(docket.VerbSetTelling)))
	}
}

func asText(w *telling, v any) string {
	w.t.Helper()
	raw, err := json.Marshal(v)
	w.must(err)
	return string(raw)
}

// again is what a screen sends back of the settings it read.
func (w *telling) again(v app.ChannelsView) docket.Channels {
	c := docket.Channels{Digest: v.Digest, Quiet: v.Quiet, Mail: v.Mail}
	for _, h := range v.Hooks {
		c.Hooks = append(c.Hooks, docket.Hook{ID: h.ID, Kind: h.Kind, Name: h.Name, On: h.On, Unit: h.Unit, Lang: h.Lang})
	}
	return c
}

func TestASecretDoesNotFollowToAnotherAddress(t *testing.T) {
	w := newTelling(t, openSQLite(t), docket.ByMail, docket.ByDingTalk)
	ctx := t.Context()
	v, _, err := w.Channels(ctx, w.admin)
	w.must(err)
	c := w.again(v)
	c.Mail.Host, c.Mail.Password = "127.0.0.1", "geheimnis"
	v, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.must(err)
	c = w.again(v)
	c.Mail.Host = "elsewhere.example"
	c.Hooks[0].URL = "https://elsewhere.example/x"
	v, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.must(err)
	if v.PasswordSet || v.Hooks[0].SecretSet {
		t.Errorf("secrets went to another address: %+v", v)
	}
	c = w.again(v)
	c.Hooks = nil
	v, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.must(err)
	c.Hooks = []docket.Hook{{Kind: docket.ByFeishu, Name: "新群", URL: "https://open.feishu.example/x", Unit: w.unit["市财政局"], Lang: "zh"}}
	v, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.must(err)
	if v.Hooks[0].ID != 2 {
		t.Errorf("an id was given twice: %+v", v.Hooks)
	}
}

func TestFaultyChannels(t *testing.T) {
	w := newTelling(t, openSQLite(t))
	ctx := t.Context()
	v, _, err := w.Channels(ctx, w.admin)
	w.must(err)
	good := docket.Hook{Kind: docket.ByWebhook, Name: "a", URL: "https://a.example/x", Secret: "s", Lang: "zh"}
	for field, change := range map[string]func(*docket.Channels){
		"mail.host":       func(c *docket.Channels) { c.Mail.On, c.Mail.From = true, "a@b.example" },
		"mail.port":       func(c *docket.Channels) { c.Mail.Port = 70_000 },
		"mail.tls":        func(c *docket.Channels) { c.Mail.TLS = "ssl" },
		"mail.from":       func(c *docket.Channels) { c.Mail.From = "Name <a@b.example>" },
		"mail.from_name":  func(c *docket.Channels) { c.Mail.FromName = "a\r\nBcc: x" },
		"mail.ca":         func(c *docket.Channels) { c.Mail.CA = "no certificate" },
		"hooks[0].url":    func(c *docket.Channels) { c.Hooks[0].URL = "file:///etc/passwd" },
		"hooks[0].name":   func(c *docket.Channels) { c.Hooks[0].Name = " " },
		"hooks[0].kind":   func(c *docket.Channels) { c.Hooks[0].Kind = docket.ByMail },
		"hooks[0].lang":   func(c *docket.Channels) { c.Hooks[0].Lang = "fr" },
		"hooks[0].secret": func(c *docket.Channels) { c.Hooks[0].Secret = "" },
		"hooks[0].unit":   func(c *docket.Channels) { c.Hooks[0].Kind = docket.ByWeCom },
		"hooks":           func(c *docket.Channels) { c.Hooks = make([]docket.Hook, 201) },
	} {
		c := docket.DefaultChannels()
		c.Hooks = []docket.Hook{good}
		change(&c)
		_, err := w.SetChannels(ctx, w.admin, v.Version, c)
		var e *docket.Error
		if !asError(err, &e) || e.Key != "channel.invalid" || len(e.Fields) == 0 || !strings.HasPrefix(e.Fields[0].Field, field) {
			t.Errorf("%s: %+v", field, err)
		}
	}
	c := docket.DefaultChannels()
	c.Hooks = []docket.Hook{good}
	c.Hooks[0].Unit = 9999
	_, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.refused("a unit that is not there", err, docket.Invalid, "channel.invalid")
	c.Hooks[0].Unit, c.Hooks[0].ID = 0, 5
	_, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.refused("a channel that is not there", err, docket.NotFound, "channel.none")
	c.Hooks[0].ID, c.Hooks[0].Name = 0, "绝密★群"
	_, err = w.SetChannels(ctx, w.admin, v.Version, c)
	w.refused("classified", err, docket.Classified, "")
	_, err = w.SetChannels(ctx, w.admin, 7, docket.DefaultChannels())
	w.refused("another state", err, docket.Conflict, "")
	_, err = w.SetChannels(ctx, w.office, v.Version, docket.DefaultChannels())
	w.refused("not the office's", err, docket.Forbidden, "")
	_, _, err = w.Channels(ctx, w.office)
	w.refused("nor to read", err, docket.Forbidden, "")
	_, err = w.TestChannel(ctx, w.office, docket.MailID)
	w.refused("nor to test", err, docket.Forbidden, "")
	_, err = w.TestChannel(ctx, w.admin, "hook7")
	w.refused("no such channel", err, docket.NotFound, "channel.none")
}
