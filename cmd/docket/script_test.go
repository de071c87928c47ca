package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"docket": main}) }

// The command line as an operator meets it: what is said and which exit status.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// founded DIR [FLAG…] starts a server on DIR and stops it when it has greeted.
			"founded": func(ts *testscript.TestScript, neg bool, args []string) {
				greeting, stop := start(append([]string{"--data", ts.MkAbs(args[0])}, args[1:]...)...)
				ts.Check(stop())
				ts.Check(os.WriteFile(ts.MkAbs("greeting"), []byte(greeting), 0o600))
			},
			// status N runs what follows and asks for that exit status.
			"status": func(ts *testscript.TestScript, neg bool, args []string) {
				err := ts.Exec(args[1], args[2:]...)
				got := "exit status 0"
				if err != nil {
					got = err.Error()
				}
				if got != "exit status "+args[0] {
					ts.Fatalf("%s, want %s", got, args[0])
				}
			},
			// clean DIR WORD fails when any file below DIR holds the word.
			"clean": func(ts *testscript.TestScript, neg bool, args []string) {
				ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d os.DirEntry, err error) error {
					if err != nil || d.IsDir() {
						return err
					}
					raw, err := os.ReadFile(path)
					if strings.Contains(string(raw), args[1]) {
						ts.Fatalf("%s holds %q", path, args[1])
					}
					return err
				}))
			},
		},
	})
}

// start runs docket serve until stop is called; it returns the greeting.
func start(args ...string) (greeting string, stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	read, write := io.Pipe()
	env := environment{out: write, errs: io.Discard, lang: "en", getenv: func(string) string { return "" }}
	ended := make(chan error, 1)
	go func() {
		err := dispatch(ctx, env, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...))
		write.CloseWithError(io.EOF)
		ended <- err
	}()
	buf := make([]byte, 4096) // the greeting is one write
	n, _ := read.Read(buf)
	return string(buf[:n]), func() error { cancel(); return <-ended }
}

var linkLine = regexp.MustCompile(`http://\S+/link/[\w-]{43}`)

// A newcomer starts the program, is told where it is and how to get in, and the
// page is there. Until a password is set every start says how to get in.
func TestServeGreets(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		greeting, stop := start("--data", dir, "--empty")
		link := linkLine.FindString(greeting)
		if link == "" {
			t.Fatalf("no link in %q", greeting)
		}
		res, err := http.Get(strings.Split(link, "/link/")[0] + "/api/v1/health")
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("health: %d, %v", res.StatusCode, err)
		}
		if err := stop(); err != nil {
			t.Errorf("stopped: %v", err)
		}
	}
}

// A sample city that was broken off halfway must not pass for a whole one, and
// a port that is taken leaves nothing behind.
func TestServeDoesNotServeHalfACity(t *testing.T) {
	ctx, env := t.Context(), environment{out: io.Discard, errs: io.Discard, lang: "en", getenv: func(string) string { return "" }}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	if err := dispatch(ctx, env, []string{"serve", "--data", dir, "--listen", taken.Addr().String()}); docket.CodeOf(err) != docket.Invalid {
		t.Errorf("a port that is taken: %v", err)
	}
	store, err := (&config{Data: dir}).openStore(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = store.Update(ctx, time.Now(), func(w docket.Writer) error {
		if people, err := w.People(ctx); err != nil || len(people) > 0 {
			t.Errorf("%d people though it never served, %v", len(people), err)
		}
		if err := w.PutSetting(ctx, sampleSetting, json.RawMessage("true")); err != nil {
			return err
		}
		return w.PutPerson(ctx, &docket.Person{Login: "admin", Name: "admin", Lang: "en", Active: true})
	})
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	if err := dispatch(ctx, env, []string{"serve", "--data", dir, "--listen", "127.0.0.1:0"}); docket.CodeOf(err) != docket.Conflict {
		t.Errorf("half a city: %v", err)
	}
}

// A client that never ends its request neither keeps the server from stopping
// nor makes its stop a fault.
func TestServeStopsUnderAnEndlessRequest(t *testing.T) {
	c := serveConfig{cityConfig: cityConfig{config: config{Data: t.TempDir(), Zone: "UTC"}}, patience: time.Millisecond}
	store, err := c.openStore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	log := slog.New(slog.DiscardHandler)
	a, err := c.build(t.Context(), store, log, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.answer(ctx, l, a, log) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const ask = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"
	if _, err := conn.Write([]byte(ask)); err != nil {
		t.Fatal(err)
	}
	if n, err := conn.Read(make([]byte, 100)); n == 0 || err != nil { // 100 Continue: the handler waits for the body
		t.Fatal(n, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopped with %v", err)
	}
}
