// Package notify carries messages out: by mail, by signed webhook, and into the
// group chats of WeCom, DingTalk and Feishu. What a message says comes from the
// catalogues of sentences in the receiver's language; placeholders are filled
// and nothing else. Each way escapes for itself, so that what people typed never
// becomes a link, a mention, a header or markup.
package notify

import (
	"context"
	"fmt"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/outbound"
)

// Courier carries messages. Its methods may be called by any number of goroutines.
type Courier struct {
	out   *outbound.Client
	clock func() time.Time
}

// New builds a Courier over the one way out.
func New(out *outbound.Client, clock func() time.Time) *Courier { return &Courier{out, clock} }

// Send carries a message through a channel. Nil means that the other side has
// taken it. An error is a sentence for people without any secret; with
// docket.ErrUnsure in its chain the message may have arrived, otherwise it
// surely has not.
func (c *Courier) Send(ctx context.Context, by docket.Channel, m docket.Message) error {
	switch by.Kind {
	case docket.ByMail:
		return c.mail(ctx, by.Mail, m)
	case docket.ByWebhook:
		return c.webhook(ctx, by.Hook, m)
	case docket.ByWeCom:
		return c.robot(ctx, by.Hook, by.Hook.URL, wecom(m))
	case docket.ByDingTalk:
		return c.robot(ctx, by.Hook, dingtalkURL(by.Hook, c.clock()), dingtalk(m))
	case docket.ByFeishu:
		return c.robot(ctx, by.Hook, by.Hook.URL, feishu(by.Hook, m, c.clock()))
	}
	return fmt.Errorf("no way of the kind %q", by.Kind)
}
