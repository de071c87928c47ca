package outbound

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

// loopback is where this test's own servers are.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func TestAddressesInside(t *testing.T) {
	for _, refused := range []string{
		"127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
		"100.64.0.1", "100.127.255.254", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1",
		"::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
		"2002:7f00:1::", "2001:0:7f00:1::", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1",
	} {
		if reachable(netip.MustParseAddr(refused), nil) {
			t.Errorf("%s is reachable", refused)
		}
	}
	for _, open := range []string{"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "::ffff:8.8.8.8", "2400:3200::1", "2606:4700::1111"} {
		if !reachable(netip.MustParseAddr(open), nil) {
			t.Errorf("%s is not reachable", open)
		}
	}
	allow := []netip.Prefix{netip.MustParsePrefix("10.1.2.0/24")}
	for address, want := range map[string]bool{"10.1.2.3": true, "::ffff:10.1.2.3": true, "10.1.3.3": false, "127.0.0.1": false} {
		if got := reachable(netip.MustParseAddr(address), allow); got != want {
			t.Errorf("%s with 10.1.2.0/24 allowed: %v", address, got)
		}
	}
	if reachable(netip.Addr{}, nil) {
		t.Error("no address at all is reachable")
	}
}

func get(t *testing.T, c *Client, url string) (Answer, error) {
	t.Helper()
	return send(t, c, http.MethodGet, url)
}

func send(t *testing.T, c *Client, method, url string) (Answer, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(req)
}

func refused(t *testing.T, err error, key string) {
	t.Helper()
	var e *docket.Error
	if !errors.As(err, &e) || e.Key != key {
		t.Errorf("got %v, want %s", err, key)
	}
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestAnOrdinaryAnswer(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write(body)
	})
	a, err := send(t, New(Config{Allow: loopback}), http.MethodPost, url)
	if err != nil || a.Status != http.StatusTeapot || string(a.Body) != "{}" || a.Cut {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestNothingInsideIsReached(t *testing.T) {
	reached := false
	url := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	c := New(Config{})
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "0.0.0.0", "[::]", "127.1", "2130706433", "0x7f.1"} {
		_, err := get(t, c, "http://"+host+":"+port+"/")
		if err == nil || reached {
			t.Errorf("%s: %v, reached: %v", host, err, reached)
		}
		if errors.Is(err, docket.ErrUnsure) {
			t.Errorf("%s: a request that never left is unsure", host)
		}
	}
	_, err := get(t, c, url)
	refused(t, err, "outbound.inside")
	if _, err := c.Dial(t.Context(), "tcp", "127.0.0.1:"+port); err == nil {
		t.Error("Dial reached the loopback")
	} else {
		refused(t, Explain("mail.example", err), "outbound.inside")
	}
}

func TestOnlyWebAddresses(t *testing.T) {
	for _, url := range []string{"file:///etc/passwd", "gopher://example.org/", "ftp://example.org/x", "http:///x", "https://user:word@example.org/", "//example.org"} {
		_, err := get(t, New(Config{}), url)
		refused(t, err, "outbound.address")
	}
}

func TestRedirects(t *testing.T) {
	var to string
	code, hops := http.StatusTemporaryRedirect, 0
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		hops++
		if r.URL.Path == "/done" {
			if r.Header.Get("Referer") != "" {
				t.Error("the redirect tells the address it comes from")
			}
			return
		}
		w.Header().Set("Location", to)
		w.WriteHeader(code)
	})
	c := New(Config{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})

	to = "/done"
	if a, err := send(t, c, http.MethodPost, url+"/?key=secret"); err != nil || a.Status != http.StatusOK {
		t.Errorf("one redirect: %+v, %v", a, err)
	}
	for _, target := range []string{"http://127.0.0.2:9/", "http://[::1]:9/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::a00:1]/"} {
		to = target
		_, err := send(t, c, http.MethodPost, url)
		refused(t, err, "outbound.inside")
		if errors.Is(err, docket.ErrUnsure) {
			t.Errorf("%s: a redirect that was not followed is unsure", target)
		}
	}
	to = "file:///etc/passwd"
	_, err := send(t, c, http.MethodPost, url)
	refused(t, err, "outbound.address")

	to, hops = "/again", 0
	_, err = send(t, c, http.MethodPost, url)
	refused(t, err, "outbound.redirects")
	if hops != maxRedirects+1 {
		t.Errorf("%d requests before a circle of redirects was left", hops)
	}
	to, code = "/done", http.StatusFound // a post would turn into a get
	_, err = send(t, c, http.MethodPost, url)
	refused(t, err, "outbound.moved")
}

func TestHTTPSIsNotLeft(t *testing.T) {
	s := httptest.NewTLSServer(http.RedirectHandler("http://127.0.0.1:9/", http.StatusTemporaryRedirect))
	defer s.Close()
	c := New(Config{Allow: loopback})
	c.http.Transport.(*http.Transport).TLSClientConfig = s.Client().Transport.(*http.Transport).TLSClientConfig
	_, err := get(t, c, s.URL)
	refused(t, err, "outbound.downgrade")
}

func TestAServerThatHangsCostsBoundedTime(t *testing.T) {
	release := make(chan struct{})
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/halfway" {
			_, _ = w.Write([]byte("first words"))
			w.(http.Flusher).Flush()
		}
		<-release
	})
	defer close(release)
	c := New(Config{Allow: loopback, Within: 200 * time.Millisecond})
	began := time.Now()
	_, err := send(t, c, http.MethodPost, url)
	refused(t, err, "outbound.slow")
	if !errors.Is(err, docket.ErrUnsure) {
		t.Error("a request without an answer is not unsure")
	}
	a, err := get(t, c, url+"/halfway")
	if err != nil || !a.Cut || string(a.Body) != "first words" {
		t.Errorf("halfway: %+v, %v", a, err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestEndlessDataCostsBoundedMemory(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/header" {
			w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
			return
		}
		chunk := make([]byte, 1<<20)
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	c := New(Config{Allow: loopback})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a, err := get(t, c, url)
	runtime.ReadMemStats(&after)
	if err != nil || !a.Cut || len(a.Body) != most {
		t.Errorf("got %d bytes, cut: %v, %v", len(a.Body), a.Cut, err)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > 32<<20 {
		t.Errorf("an endless answer cost %d bytes", got)
	}
	if _, err := get(t, c, url+"/header"); err == nil {
		t.Error("a megabyte of headers was taken")
	}
}

func TestErrorsDoNotTellAddresses(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close() // now nobody listens there
	for _, c := range []*Client{New(Config{}), New(Config{Allow: loopback})} {
		_, err := get(t, c, "http://"+address+"/robot/send?access_token=geheim")
		if err == nil || strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "robot") {
			t.Errorf("got %v", err)
		}
	}
	_, err = get(t, New(Config{}), "http://no-such-host.invalid/?access_token=geheim")
	if err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got %v", err)
	}
}

func TestProxiesOfTheEnvironmentAreNotAsked(t *testing.T) {
	proxy := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the proxy was asked") })
	t.Setenv("HTTP_PROXY", proxy)
	t.Setenv("http_proxy", proxy)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://no-such-host.invalid/", nil)
	if _, err := New(Config{Allow: loopback}).Do(req); err == nil {
		t.Error("an unknown host answered")
	}
}
