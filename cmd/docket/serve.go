package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime/debug"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/httpapi"
	"github.com/docket-os/docket/internal/jobs"
	"github.com/docket-os/docket/internal/sample"
	"github.com/docket-os/docket/internal/sqlite"
	"github.com/docket-os/docket/web"
)

// serveConfig is what serve takes beyond the shared settings.
type serveConfig struct {
	cityConfig
	listen   string         // DOCKET_LISTEN
	url      string         // DOCKET_URL: how people reach it, for links; empty: http:// and the listening address
	empty    bool           // a new directory stays empty
	patience time.Duration  // how long open requests may take to finish when the server stops
	proxies  []netip.Prefix // DOCKET_PROXIES: whose word on the sender's address is believed
}

func (c *serveConfig) flags(f *flag.FlagSet, env environment) {
	c.config.flags(f, env.getenv)
	listen := env.getenv("DOCKET_LISTEN")
	if listen == "" {
		listen = "127.0.0.1:8080"
	}
	f.StringVar(&c.listen, "listen", listen, "address and port to serve on (DOCKET_LISTEN)")
	f.StringVar(&c.url, "url", env.getenv("DOCKET_URL"), "address people reach it at, such as https://docket.example.org (DOCKET_URL)")
	f.BoolVar(&c.empty, "empty", false, "load no sample city into a new data directory")
	f.Func("proxies", "addresses of reverse proxies, such as 127.0.0.1/32,10.0.0.0/8 (DOCKET_PROXIES)", c.addProxies)
	c.cityFlag(f)
}

// addProxies reads a list of address ranges.
func (c *serveConfig) addProxies(list string) error {
	more, err := ranges(list)
	c.proxies = append(c.proxies, more...)
	return err
}

// serve opens the data, fills it when it is new, and answers requests until ctx ends.
func serve(ctx context.Context, env environment, args []string) error {
	c := serveConfig{patience: 10 * time.Second}
	f := newFlags(env, "serve", "serve the docket in the browser")
	c.flags(f, env)
	if err := errors.Join(c.addProxies(env.getenv("DOCKET_PROXIES")), f.Parse(args)); err != nil {
		return err
	}
	debug.SetGCPercent(quietMemory)
	log := logger(env)
	store, err := c.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if c.Database == "" {
		release, err := sqlite.Lock(ctx, c.Data)
		if err != nil {
			return err
		}
		defer release()
	}
	// Listening comes first: the link names the real port, and a port that is
	// taken leaves nothing behind.
	l, err := net.Listen("tcp", c.listen)
	if err != nil {
		return docket.Errorf(docket.Invalid, "cli.listen", "cannot listen on "+c.listen+": is another program using it?", "address", c.listen)
	}
	defer l.Close()
	if c.url == "" {
		c.url = "http://" + l.Addr().String()
	}
	c.site = strings.TrimSuffix(c.url, "/")
	if err := c.settle(ctx, env, store); err != nil {
		return err
	}
	a, err := c.build(ctx, store, log, time.Now)
	if err != nil {
		return err
	}
	if err := c.greet(ctx, env, a, store); err != nil {
		return err
	}
	defer a.EndFreezing()
	stop := work(ctx, c.patience, jobs.New(store, time.Now, a.Work(), log), a.Hurried())
	defer stop()
	return c.answer(ctx, l, a, log)
}

// work runs what is to be done later beside the server. The function it gives
// lets what is being worked on come to its end, but not for ever: what is broken
// off is taken up again, or known to be in doubt, at the next start.
func work(ctx context.Context, patience time.Duration, r *jobs.Runner, hurry <-chan struct{}) (stop func()) {
	working, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r.Run(working, 5*time.Second, hurry)
	}()
	return func() {
		cancel()
		select {
		case <-ended:
		case <-time.After(patience):
		}
	}
}

// untouched reports that nobody can be in yet: there are no people, or the first
// administrator has never set a password.
func untouched(ctx context.Context, store docket.Store) (is bool, err error) {
	err = store.View(ctx, func(r docket.Reader) error {
		people, err := r.People(ctx)
		if is = len(people) == 0; err != nil || is {
			return err
		}
		first, err := r.PersonByLogin(ctx, sample.Admin)
		if errors.Is(err, docket.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		hash, err := r.PasswordHash(ctx, first.ID)
		is = hash == "" && first.Active
		return err
	})
	return is, err
}

// greet says where the docket is and, until the first administrator has set a
// password, how to get in.
func (c *serveConfig) greet(ctx context.Context, env environment, a *app.App, store docket.Store) error {
	first, err := untouched(ctx, store)
	if err != nil {
		return err
	}
	if !first {
		fmt.Fprintf(env.out, "Docket is at %s\nFor a one-time sign-in link: docket link LOGIN\n", c.url)
		return nil
	}
	once, err := a.FirstLink(ctx, sample.Admin)
	if err != nil {
		return err
	}
	fmt.Fprintf(env.out, "Docket is at %s\nSign in once, before %s, with\n  %s/link/%s\n",
		c.url, once.Expires.Local().Format("2006-01-02 15:04"), c.url, once.Token)
	return nil
}

// answer serves until ctx ends, then lets open requests finish; a client that
// never ends its request does not keep the server, nor make its stop a fault.
func (c *serveConfig) answer(ctx context.Context, l net.Listener, a *app.App, log *slog.Logger) error {
	handler, err := httpapi.New(httpapi.Config{App: a, Screens: web.Dist(), URL: c.url, Proxies: c.proxies, Clock: time.Now, Log: log})
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(a.EndWatching)
	following, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		if err := a.Follow(following, 2*time.Second); err != nil && following.Err() == nil {
			log.Error("the board no longer follows the journal", "err", err)
			os.Exit(1) // serving a stale docket would be worse than none
		}
	}()
	go a.KeepTime(following, 5*time.Minute)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.patience)
		defer cancel()
		if err := server.Shutdown(last); !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		log.Warn("requests were still open after the wait and have been broken off", "seconds", c.patience.Seconds())
		return server.Close()
	}
}
