package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/outbound"
	"github.com/wneessen/go-mail"
)

// mailWithin bounds each exchange with a mail server.
const mailWithin = 10 * time.Second

// mail sends a message as plain text: no markup that could hide where a link
// goes, no picture that tells who opened it.
func (c *Courier) mail(ctx context.Context, by docket.MailChannel, m docket.Message) error {
	letter, err := mailOf(by, m, c.clock())
	if err != nil {
		return err
	}
	client, err := c.mailClient(ctx, by)
	if err != nil {
		return err
	}
	server, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return explainDial(by.Host, errors.Join(err, ctx.Err()))
	}
	defer client.CloseWithSMTPClient(server) // a goodbye that fails takes nothing back
	return explainSend(by.Host, client.SendWithSMTPClient(server, letter))
}

func mailOf(by docket.MailChannel, m docket.Message, now time.Time) (*mail.Msg, error) {
	l := compose(m)
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := letter.FromFormat(plain(by.FromName), by.From); err != nil {
		return nil, docket.Errorf(docket.Invalid, "channel.from", "the sender's address, such as docket@example.org")
	}
	if err := letter.AddToFormat(plain(m.Name), m.Email); err != nil {
		return nil, docket.Errorf(docket.Invalid, "channel.recipient", "the mail address "+plain(m.Email)+" cannot be used", "address", plain(m.Email))
	}
	letter.Subject(l.subject)
	letter.SetMessageIDWithValue(m.ID + "@" + by.From[strings.LastIndexByte(by.From, '@')+1:])
	letter.SetDateWithValue(now)
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // no answers from other programs
	letter.SetGenHeader("X-Auto-Response-Suppress", "All")
	letter.SetBodyString(mail.TypeTextPlain, l.text())
	return letter, nil
}

// mailClient speaks to a server until ctx ends; go-mail itself asks it only
// while it connects.
func (c *Courier) mailClient(ctx context.Context, by docket.MailChannel) (*mail.Client, error) {
	trust := &tls.Config{ServerName: by.Host, MinVersion: tls.VersionTLS12}
	if by.CA != "" {
		trust.RootCAs = x509.NewCertPool()
		if !trust.RootCAs.AppendCertsFromPEM([]byte(by.CA)) {
			return nil, docket.Errorf(docket.Invalid, "channel.ca", "this should be certificates in PEM form")
		}
	}
	dial := func(connecting context.Context, network, address string) (net.Conn, error) {
		conn, err := c.out.Dial(connecting, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() })
		if by.TLS != docket.MailImplicit {
			return conn, nil
		}
		secure := tls.Client(conn, trust)
		if err := secure.HandshakeContext(connecting); err != nil {
			_ = conn.Close()
			return nil, err
		}
		return secure, nil
	}
	options := []mail.Option{mail.WithPort(by.Port), mail.WithTimeout(mailWithin), mail.WithTLSConfig(trust), mail.WithDialContextFunc(dial),
		mail.WithTLSPolicy(mail.NoTLS), mail.WithoutNoop(), mail.WithoutRset(), mail.WithHELO("docket")}
	if by.TLS == docket.MailStartTLS {
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if by.User != "" { // go-mail gives a password in the clear to nobody but the machine itself
		options = append(options, mail.WithUsername(by.User), mail.WithPassword(by.Password), mail.WithOpportunisticSMTPAuth(
			mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthCramMD5))
	}
	return mail.NewClient(by.Host, options...)
}

// explainDial words what kept a mail server from being ready to take a message.
func explainDial(host string, err error) error {
	var untrusted *tls.CertificateVerificationError
	var answer *textproto.Error
	var network net.Error
	var unresolved *net.DNSError
	switch {
	case errors.As(err, &untrusted):
		return docket.Errorf(docket.Unavailable, "channel.certificate", "the certificate of the mail server "+host+" is not trusted", "host", host)
	case errors.As(err, &answer):
		code := strconv.Itoa(answer.Code)
		return docket.Errorf(docket.Unavailable, "channel.signed_out", "the mail server "+host+" does not take this user or password ("+code+")", "host", host, "code", code)
	case errors.As(err, &network), errors.As(err, &unresolved), errors.Is(err, context.DeadlineExceeded):
		return outbound.Explain(host, err)
	}
	return docket.Errorf(docket.Unavailable, "channel.handshake", "the mail server "+host+" could not be spoken to as set; check port and encryption", "host", host)
}

// explainSend words why a message was not taken. Only at its very end can it be
// unclear whether it was.
func explainSend(host string, err error) error {
	var refused *mail.SendError
	if err == nil || errors.As(err, &refused) && refused.Reason == mail.ErrSMTPReset { // after it was taken
		return nil
	}
	code := 0
	if refused != nil {
		code = refused.ErrorCode()
	}
	if code == 0 {
		e := docket.Errorf(docket.Unavailable, "outbound.unreachable", host+" cannot be reached or broke off", "host", host)
		if refused == nil || refused.Reason == mail.ErrSMTPDataClose {
			e.Err = docket.ErrUnsure
		}
		return e
	}
	return docket.Errorf(docket.Unavailable, "channel.refused", "the mail server "+host+" did not take it ("+strconv.Itoa(code)+")", "host", host, "code", strconv.Itoa(code))
}
