package notify_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

func TestRobots(t *testing.T) {
	for kind, read := range map[docket.ChannelKind]func(*testing.T, heard) string{docket.ByWeCom: readWeCom, docket.ByDingTalk: readDingTalk, docket.ByFeishu: readFeishu} {
		for _, lang := range []string{"zh", "en"} {
			url, got := listen(t, http.StatusOK, map[bool]string{true: `{"code":0,"msg":"success"}`, false: `{"errcode":0,"errmsg":"ok"}`}[kind == docket.ByFeishu])
			if err := courier().Send(t.Context(), hook(kind, url), message(lang)); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			text := read(t, (*got)[0])
			harmless(t, text)
			for _, want := range []string{"2026-0147", "新建学位", "https://docket.example.org/matters/7", "2026-0003"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s lacks %q: %s", kind, want, text)
				}
			}
		}
	}
}

func unpack(t *testing.T, h heard, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(h.body), into); err != nil {
		t.Fatal(err)
	}
}

func readWeCom(t *testing.T, h heard) string {
	var m struct {
		MsgType  string `json:"msgtype"`
		Markdown struct{ Content string }
	}
	unpack(t, h, &m)
	if m.MsgType != "markdown" || len(m.Markdown.Content) > 4096 || h.query != "access_token=geheimnis" {
		t.Errorf("sent %+v to %s", m, h.query)
	}
	return m.Markdown.Content
}

func readDingTalk(t *testing.T, h heard) string {
	var m struct {
		MsgType  string `json:"msgtype"`
		Markdown struct{ Title, Text string }
		At       struct{ IsAtAll bool }
	}
	unpack(t, h, &m)
	q, err := url.ParseQuery(h.query)
	// computed apart: printf '1772670600000\nSECabcdef' | openssl dgst -sha256 -hmac SECabcdef -binary | base64
	if err != nil || q.Get("timestamp") != "1772670600000" || q.Get("sign") != dingtalkSign || q.Get("access_token") != "geheimnis" {
		t.Errorf("signed %s", h.query)
	}
	if m.MsgType != "markdown" || m.Markdown.Title == "" || m.At.IsAtAll {
		t.Errorf("sent %+v", m)
	}
	return m.Markdown.Text
}

func readFeishu(t *testing.T, h heard) string {
	var m struct {
		Timestamp, Sign string
		MsgType         string `json:"msg_type"`
		Content         struct {
			Post map[string]struct {
				Title   string
				Content [][]struct{ Tag, Text, Href string }
			}
		}
	}
	unpack(t, h, &m)
	// computed apart: printf '' | openssl dgst -sha256 -hmac $'1772670600\nSECabcdef' -binary | base64
	if m.Timestamp != "1772670600" || m.Sign != feishuSign || m.MsgType != "post" || len(m.Content.Post) != 1 {
		t.Errorf("sent %+v", m)
	}
	var b strings.Builder
	for _, post := range m.Content.Post {
		for _, row := range post.Content {
			for _, piece := range row {
				if piece.Tag != "text" && piece.Tag != "a" || piece.Tag == "a" && !strings.HasPrefix(piece.Href, "https://docket.example.org") {
					t.Errorf("a piece %+v", piece)
				}
				b.WriteString(piece.Text + " " + piece.Href + "\n")
			}
		}
	}
	return b.String()
}

func TestARobotsRefusalIsToldWithoutItsSecrets(t *testing.T) {
	for _, c := range []struct {
		kind   docket.ChannelKind
		status int
		answer string
		key    string
		unsure bool
	}{
		{docket.ByDingTalk, 200, `{"errcode":310000,"errmsg":"token geheimnis: sign not match SECabcdef"}`, "channel.robot", false},
		{docket.ByWeCom, 200, `{"errcode":93000,"errmsg":"invalid webhook url"}`, "channel.robot", false},
		{docket.ByFeishu, 200, `{"code":19021,"msg":"sign match fail"}`, "channel.robot", false},
		{docket.ByWeCom, 200, `<html>welcome</html>`, "channel.robot_answer", true},
		{docket.ByFeishu, 200, `{}`, "channel.robot_answer", true},
		{docket.ByFeishu, 429, ``, "outbound.status", false},
		{docket.ByFeishu, 504, ``, "outbound.status", true},
	} {
		url, _ := listen(t, c.status, c.answer)
		err := courier().Send(t.Context(), hook(c.kind, url), message("zh"))
		var e *docket.Error
		if !errors.As(err, &e) || e.Key != c.key || errors.Is(err, docket.ErrUnsure) != c.unsure {
			t.Errorf("%s: %v", c.answer, err)
		}
		silent(t, err)
		silent(t, fmt.Errorf("%v", e.Args))
	}
}

func TestALongDigestIsCutAndCounted(t *testing.T) {
	m := message("zh")
	for range 400 {
		m.Lines = append(m.Lines, m.Lines[0])
	}
	for kind, read := range map[docket.ChannelKind]func(*testing.T, heard) string{docket.ByWeCom: readWeCom, docket.ByDingTalk: readDingTalk, docket.ByFeishu: readFeishu} {
		url, got := listen(t, http.StatusOK, `{"errcode":0,"code":0}`)
		if err := courier().Send(t.Context(), hook(kind, url), m); err != nil {
			t.Fatal(err)
		}
		text := read(t, (*got)[0])
		if len((*got)[0].body) > 20_000*2 || !strings.Contains(text, "另有") || strings.Contains(text, "另有 0 条") {
			t.Errorf("%s: %d bytes, ends %s", kind, len(text), text[max(0, len(text)-200):])
		}
	}
}

const (
	dingtalkSign = "YjY2jO03lPFXdIyHhVy1/XOE9+gtAw9rCCkxsXuSAlY="
	feishuSign   = "zgK4Dq7hncLIcjWJWt4sbqAw4yV0johXa1qX2HKJ3JQ="
)
