package notify_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/notify"
	"github.com/docket-os/docket/internal/outbound"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// post is a mail server of this test: it keeps what it takes.
type post struct {
	mu      sync.Mutex
	taken   []taken
	refuse  string // an address it does not take
	sudden  bool   // it goes away once it has a whole letter
	address string
	ca      string
}

type taken struct {
	from, user string
	to         []string
	raw        []byte
}

func (p *post) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{post: p, conn: c}, nil
}

type session struct {
	post *post
	conn *smtp.Conn
	taken
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "docket" || password != "geheimnis" {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}
func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == s.post.refuse {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	s.to = append(s.to, to)
	return nil
}
func (s *session) Data(r io.Reader) (err error) {
	if s.raw, err = io.ReadAll(r); err != nil {
		return err
	}
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.taken = append(s.post.taken, s.taken)
	if s.post.sudden {
		_ = s.conn.Conn().Close() // taken, but nobody is told
	}
	return nil
}
func (s *session) Reset()        { s.to, s.from = nil, "" }
func (s *session) Logout() error { return nil }

// openPost starts the server; implicit encrypts from the first byte.
func openPost(t *testing.T, implicit bool) *post {
	t.Helper()
	p := &post{}
	cert, ca := certificate(t)
	p.ca = ca
	server := smtp.NewServer(p)
	server.Domain, server.TLSConfig, server.ReadTimeout, server.WriteTimeout = "localhost", &tls.Config{Certificates: []tls.Certificate{cert}}, 5*time.Second, 5*time.Second
	server.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.address = l.Addr().String()
	if implicit {
		l = tls.NewListener(l, server.TLSConfig)
	}
	go func() { _ = server.Serve(l) }() // ends when it is closed
	t.Cleanup(func() { _ = server.Close() })
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func certificate(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "city"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, own, own, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func (p *post) channel(how docket.MailTLS) docket.Channel {
	host, port, _ := net.SplitHostPort(p.address)
	n := 0
	for _, d := range port {
		n = n*10 + int(d-'0')
	}
	return docket.Channel{ID: docket.MailID, Kind: docket.ByMail, Mail: docket.MailChannel{On: true, Host: host, Port: n, TLS: how, User: "docket", Password: "geheimnis",
		From: "docket@example.org", FromName: "云州市督查室", CA: p.ca}}
}

func TestMailArrives(t *testing.T) {
	for _, how := range docket.MailTLSs() {
		t.Run(string(how), func(t *testing.T) {
			p := openPost(t, how == docket.MailImplicit)
			by := p.channel(how)
			if how == docket.MailPlain {
				by.Mail.User = "" // no password goes in the clear
			}
			if err := courier().Send(t.Context(), by, message("zh")); err != nil {
				t.Fatal(err)
			}
			got := p.taken[0]
			if got.user != by.Mail.User || got.from != "docket@example.org" || len(got.to) != 1 || got.to[0] != "wang@example.org" {
				t.Errorf("envelope %+v", got)
			}
			checkLetter(t, got.raw)
		})
	}
}

// checkLetter reads a letter as a mail program does.
func checkLetter(t *testing.T, raw []byte) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Message-Id": "<0123456789abcdef@example.org>", "Auto-Submitted": "auto-generated", "Bcc": "", "Subject": "督办台账：2 条提醒",
		"Content-Type": "text/plain; charset=UTF-8", "Date": "Thu, 05 Mar 2026 00:30:00 +0000",
	} {
		if got := header(m, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	from, err := m.Header.AddressList("From")
	if err != nil || from[0].Name != "云州市督查室" {
		t.Errorf("from %v, %v", from, err)
	}
	body := bodyOf(t, m)
	for _, want := range []string{"王芳，您好", "2026-0147《新建学位》 待签收：2026-03-09 到期。", "https://docket.example.org/matters/7", "催办单 2026-0003", "至多发送一次"} {
		if !strings.Contains(body, want) {
			t.Errorf("the letter lacks %q:\n%s", want, body)
		}
	}
	if strings.Contains(body, "\nBcc:") || strings.Contains(body, "\u202e") {
		t.Errorf("what was typed broke out of its line:\n%s", body)
	}
}

func TestHeadersCannotBeBrokenInto(t *testing.T) {
	p := openPost(t, false)
	m := message("en")
	m.Name = "Wang\r\nBcc: victim@example.org\r\n\r\n<script>"
	by := p.channel(docket.MailStartTLS)
	by.Mail.FromName = "City\r\nReply-To: evil@example.org"
	if err := courier().Send(t.Context(), by, m); err != nil {
		t.Fatal(err)
	}
	got, err := mail.ReadMessage(bytes.NewReader(p.taken[0].raw))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.taken[0].to) != 1 || got.Header.Get("Bcc") != "" || got.Header.Get("Reply-To") != "" {
		t.Errorf("headers %v to %v", got.Header, p.taken[0].to)
	}
	for _, address := range []string{"", "nobody", "a@b\r\nRCPT TO:<victim@example.org>", "wang@example.org, victim@example.org"} {
		m.Email = address
		if err := courier().Send(t.Context(), by, m); docket.CodeOf(err) != docket.Invalid {
			t.Errorf("%q: %v", address, err)
		}
	}
	if len(p.taken) != 1 {
		t.Errorf("%d letters were taken", len(p.taken))
	}
}

func TestWhatKeepsMailBack(t *testing.T) {
	p := openPost(t, false)
	p.refuse = "wang@example.org"
	for name, c := range map[string]struct {
		change func(*docket.MailChannel)
		key    string
	}{
		"refused":        {func(*docket.MailChannel) {}, "channel.refused"},
		"wrong password": {func(m *docket.MailChannel) { m.Password = "SECabcdef" }, "channel.signed_out"},
		"a stranger's":   {func(m *docket.MailChannel) { _, m.CA = certificate(t) }, "channel.certificate"},
		"nobody there":   {func(m *docket.MailChannel) { m.Port = 1 }, "outbound.unreachable"},
		"other protocol": {func(m *docket.MailChannel) { m.TLS = docket.MailImplicit }, "channel.handshake"},
		"no certificate": {func(m *docket.MailChannel) { m.CA = "geheimnis" }, "channel.ca"},
		"no sender":      {func(m *docket.MailChannel) { m.From = "nobody" }, "channel.from"},
	} {
		by := p.channel(docket.MailStartTLS)
		c.change(&by.Mail)
		err := courier().Send(t.Context(), by, message("zh"))
		var e *docket.Error
		if !errors.As(err, &e) || e.Key != c.key || errors.Is(err, docket.ErrUnsure) {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
		silent(t, err)
	}
	inside := notify.New(outbound.New(outbound.Config{}), func() time.Time { return morning })
	err := inside.Send(t.Context(), p.channel(docket.MailStartTLS), message("zh"))
	if docket.CodeOf(err) != docket.Forbidden {
		t.Errorf("a server inside: %v", err)
	}
}

func TestAMailServerThatHangsCostsBoundedTime(t *testing.T) {
	hanging, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer hanging.Close()
	p := &post{address: hanging.Addr().String()}
	for _, how := range docket.MailTLSs() {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		err := courier().Send(ctx, p.channel(how), message("zh"))
		var e *docket.Error
		if !errors.As(err, &e) || e.Key != "outbound.slow" || errors.Is(err, docket.ErrUnsure) {
			t.Errorf("%s: %v", how, err)
		}
		cancel()
	}
}

func TestAServerThatGoesAwayWithTheLetterLeavesDoubt(t *testing.T) {
	p := openPost(t, false)
	p.sudden = true
	err := courier().Send(t.Context(), p.channel(docket.MailStartTLS), message("zh"))
	if !errors.Is(err, docket.ErrUnsure) || len(p.taken) != 1 {
		t.Errorf("got %v, %d taken", err, len(p.taken))
	}
}

func header(m *mail.Message, name string) string {
	s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
	if err != nil {
		return err.Error()
	}
	return s
}

func bodyOf(t *testing.T, m *mail.Message) string {
	t.Helper()
	var r io.Reader = m.Body
	switch m.Header.Get("Content-Transfer-Encoding") {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}
