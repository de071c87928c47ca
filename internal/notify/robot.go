package notify

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// The largest messages the robots take, in bytes of text, with room for the rest.
const (
	wecomMost    = 4096
	dingtalkMost = 18_000
	feishuMost   = 18_000
)

// robot posts a message and reads the answer every robot gives: a code, 0 for
// taken. The code's name differs.
func (c *Courier) robot(ctx context.Context, h docket.Hook, url string, message any) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	a, err := c.post(ctx, url, nil, body)
	if err != nil {
		return err
	}
	if err := accepted(h, a); err != nil {
		return err
	}
	var said struct {
		ErrCode *int   `json:"errcode"` // WeCom, DingTalk
		ErrMsg  string `json:"errmsg"`
		Code    *int   `json:"code"` // Feishu
		Msg     string `json:"msg"`
	}
	if json.Unmarshal(a.Body, &said) != nil || said.ErrCode == nil && said.Code == nil {
		e := docket.Errorf(docket.Unavailable, "channel.robot_answer", "the answer of "+h.Host()+" is not a robot's; check the address", "host", h.Host())
		e.Err = docket.ErrUnsure
		return e
	}
	code, words := said.ErrCode, said.ErrMsg
	if code == nil {
		code, words = said.Code, said.Msg
	}
	if *code == 0 {
		return nil
	}
	words = withoutSecrets(h, plain(words))
	no := strconv.Itoa(*code)
	return docket.Errorf(docket.Unavailable, "channel.robot", "the robot at "+h.Host()+" did not take it: "+words+" ("+no+")", "host", h.Host(), "said", words, "code", no)
}

// withoutSecrets strikes out of a robot's answer whatever of its address is one.
func withoutSecrets(h docket.Hook, said string) string {
	secrets := []string{h.Secret}
	if u, err := url.Parse(h.URL); err == nil {
		secrets = append(secrets, u.RawQuery, u.Path[strings.LastIndexByte(u.Path, '/')+1:])
		for _, values := range u.Query() {
			secrets = append(secrets, values...)
		}
	}
	for _, s := range secrets {
		if len(s) >= 6 { // shorter ones are words like "send"
			said = strings.ReplaceAll(said, s, "…")
		}
	}
	return said
}

// inert is plain text in which a chat finds nothing to make a link, a mention or
// markup of: the characters these begin with are replaced by their wide forms.
// The robots document no escape.
func inert(s string) string { return wide.Replace(s) }

var wide = strings.NewReplacer(
	"[", "［", "]", "］", "(", "（", ")", "）", "<", "＜", ">", "＞", "*", "＊", "_", "＿", "`", "｀", "#", "＃", "~", "～", "|", "｜", "\\", "＼",
	"!", "！", "&", "＆", "@", "＠", "://", "：//", "www.", "www．", "WWW.", "WWW．", "Www.", "Www．",
)

// hostless breaks what a chat would take for the name of a host: a dot between letters.
func hostless(s string) string {
	r := []rune(s)
	for i := 1; i+1 < len(r); i++ {
		if r[i] == '.' && isLetterOrDigit(r[i-1]) && isLetter(r[i+1]) {
			r[i] = '．'
		}
	}
	return string(r)
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x2E7F }

func isLetterOrDigit(r rune) bool { return isLetter(r) || r >= '0' && r <= '9' }

func safe(s string) string { return inert(hostless(s)) }

// markdown writes a letter in the little markdown WeCom and DingTalk share, each
// line a link to its matter, as many lines as fit; the rest is counted.
func markdown(m docket.Message, most int) (title, text string) {
	l := compose(m)
	linked := func(words, url string) string {
		if url == "" {
			return safe(words)
		}
		return "[" + safe(words) + "](" + url + ")"
	}
	head, foot := "**"+safe(l.subject)+"**\n\n"+safe(l.hello), ""
	if l.link != "" {
		foot = "\n\n" + linked(l.open, l.link)
	}
	room := most - len(head) - len(foot) - 200 // for the line that counts the rest
	var b strings.Builder
	if len(l.lines) > 0 {
		b.WriteByte('\n')
	}
	for i, x := range l.lines {
		next := "\n- " + linked(x.text, x.url)
		if b.Len()+len(next) > room {
			m.More += len(l.lines) - i
			break
		}
		b.WriteString(next)
	}
	if m.More > 0 {
		b.WriteString("\n- " + safe(compose(docket.Message{Lang: m.Lang, More: m.More}).more))
	}
	return l.subject, head + b.String() + foot
}

type object = map[string]any

// wecom is the message of a 企业微信 group robot; its key is in its address.
func wecom(m docket.Message) any {
	_, text := markdown(m, wecomMost)
	return object{"msgtype": "markdown", "markdown": object{"content": text}}
}

// dingtalk is the message of a 钉钉 group robot.
func dingtalk(m docket.Message) any {
	title, text := markdown(m, dingtalkMost)
	return object{"msgtype": "markdown", "markdown": object{"title": title, "text": text}, "at": object{"isAtAll": false}}
}

// dingtalkURL signs the address: base64 of HMAC-SHA256(secret, milliseconds "\n" secret).
func dingtalkURL(h docket.Hook, now time.Time) string {
	u, err := url.Parse(h.URL)
	if err != nil || h.Secret == "" {
		return h.URL
	}
	stamp := strconv.FormatInt(now.UnixMilli(), 10)
	q := u.Query()
	q.Set("timestamp", stamp)
	q.Set("sign", base64.StdEncoding.EncodeToString(sign(h.Secret, stamp+"\n"+h.Secret)))
	u.RawQuery = q.Encode()
	return u.String()
}

// feishu is the message of a 飞书 group robot: rich text in pieces, so that
// nothing of it is read as markup. Its signature is the HMAC-SHA256 of nothing
// under the key seconds "\n" secret.
func feishu(h docket.Hook, m docket.Message, now time.Time) any {
	l := compose(m)
	text := func(s string) object { return object{"tag": "text", "text": safe(s)} }
	linked := func(s, url string) object {
		if url == "" {
			return text(s)
		}
		return object{"tag": "a", "text": safe(s), "href": url}
	}
	rows, size := [][]object{{text(l.hello)}}, 0
	for i, x := range l.lines {
		if size += len(x.text) + len(x.url) + 60; size > feishuMost {
			m.More += len(l.lines) - i
			break
		}
		rows = append(rows, []object{linked(x.text, x.url)})
	}
	if m.More > 0 {
		rows = append(rows, []object{text(compose(docket.Message{Lang: m.Lang, More: m.More}).more)})
	}
	if l.link != "" {
		rows = append(rows, []object{linked(l.open, l.link)})
	}
	lang := "zh_cn"
	if m.Lang == "en" {
		lang = "en_us"
	}
	out := object{"msg_type": "post", "content": object{"post": object{lang: object{"title": safe(l.subject), "content": rows}}}}
	if h.Secret != "" {
		stamp := strconv.FormatInt(now.Unix(), 10)
		out["timestamp"], out["sign"] = stamp, base64.StdEncoding.EncodeToString(sign(stamp+"\n"+h.Secret, ""))
	}
	return out
}
