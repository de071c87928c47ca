package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/jobs"
	"github.com/docket-os/docket/internal/sqlite"
)

var noon = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)

// shop is a store with a clock that tests turn; programs over it come and go.
type shop struct {
	*testing.T
	store docket.Store
	mu    sync.Mutex
	now   time.Time
}

func open(t *testing.T) *shop {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "docket.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &shop{T: t, store: s, now: noon}
}

func (s *shop) clock() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return s.now }

func (s *shop) pass(d time.Duration) { s.mu.Lock(); defer s.mu.Unlock(); s.now = s.now.Add(d) }

func (s *shop) program(h jobs.Handler) *jobs.Runner {
	return jobs.New(s.store, s.clock, map[string]jobs.Handler{"letter": h}, slog.New(slog.DiscardHandler))
}

func (s *shop) add(keys ...string) {
	s.Helper()
	err := s.store.Update(s.Context(), s.clock(), func(w docket.Writer) error {
		for _, k := range keys {
			if _, err := w.InsertJob(s.Context(), &docket.Job{Kind: "letter", Key: k, RunAt: s.clock()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shop) job(key string) (j docket.Job) {
	s.Helper()
	err := s.store.View(s.Context(), func(r docket.Reader) (err error) { j, err = r.Job(s.Context(), "letter", key); return err })
	if err != nil {
		s.Fatal(err)
	}
	return j
}

func (s *shop) drain(r *jobs.Runner) int {
	s.Helper()
	n, err := r.Drain(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return n
}

func TestWorkIsDoneOnce(t *testing.T) {
	s := open(t)
	var did []string
	r := s.program(func(_ context.Context, w *jobs.Work) (string, error) { did = append(did, w.Key); return "sent", nil })
	s.add("a", "b")
	if n := s.drain(r); n != 2 || !slices.Equal(did, []string{"a", "b"}) {
		t.Errorf("did %d: %v", n, did)
	}
	s.add("a") // the same work asked for again
	s.pass(time.Hour)
	if n := s.drain(r); n != 0 {
		t.Errorf("done again: %v", did)
	}
	if j := s.job("a"); j.Outcome != "sent" || !j.Done.Equal(noon) {
		t.Errorf("kept %+v", j)
	}
}

func TestAFailureIsTriedAgainEverMoreSlowly(t *testing.T) {
	s := open(t)
	tries := 0
	r := s.program(func(ctx context.Context, w *jobs.Work) (string, error) {
		if tries++; tries > 9 {
			return "sent", nil
		}
		if w.InDoubt() {
			t.Error("a sure failure leaves doubt")
		}
		if err := w.Begin(ctx); err != nil {
			return "", err
		}
		return "", docket.Errorf(docket.Unavailable, "outbound.slow", "slow", "host", "h")
	})
	s.add("a")
	var waits []time.Duration
	for range 9 {
		s.drain(r)
		j := s.job("a")
		if j.Fault.Key != "outbound.slow" || j.Fault.Args["host"] != "h" || !j.Leased.IsZero() || !j.Begun.IsZero() {
			t.Fatalf("kept %+v", j)
		}
		waits = append(waits, j.RunAt.Sub(s.clock()))
		s.pass(j.RunAt.Sub(s.clock()) - time.Millisecond)
		if s.drain(r) != 0 {
			t.Fatal("tried too early")
		}
		s.pass(time.Millisecond)
	}
	m := time.Minute
	if want := []time.Duration{m, 2 * m, 4 * m, 8 * m, 16 * m, 32 * m, 60 * m, 60 * m, 60 * m}; !slices.Equal(waits, want) {
		t.Errorf("waits %v", waits)
	}
	s.drain(r)
	if j := s.job("a"); j.Done.IsZero() || j.Fault.Key != "" {
		t.Errorf("kept %+v", j)
	}
}

func TestAnotherTimeIsNoFailure(t *testing.T) {
	s := open(t)
	r := s.program(func(_ context.Context, w *jobs.Work) (string, error) {
		if s.clock().Before(noon.Add(time.Hour)) {
			return "", jobs.Later(noon.Add(time.Hour))
		}
		return "sent", nil
	})
	s.add("a")
	s.drain(r)
	if j := s.job("a"); !j.RunAt.Equal(noon.Add(time.Hour)) || j.Fault.Key != "" || !j.Done.IsZero() {
		t.Errorf("kept %+v", j)
	}
	s.pass(time.Hour)
	s.drain(r)
	if s.job("a").Done.IsZero() {
		t.Error("never done")
	}
}

// A program that is killed leaves its transactions as they are and does nothing
// more: Goexit in its handler is just that to the store.
func (s *shop) killed(h jobs.Handler) {
	s.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = s.program(h).Drain(context.Background())
	}()
	<-done
}

func TestKilledBetweenTakingAndSending(t *testing.T) {
	s := open(t)
	s.add("a")
	s.killed(func(context.Context, *jobs.Work) (string, error) { s.gone(); return "", nil })
	sent := 0
	next := s.program(func(_ context.Context, w *jobs.Work) (string, error) {
		if w.InDoubt() {
			t.Error("nothing had begun")
		}
		sent++
		return "sent", nil
	})
	if s.drain(next) != 0 {
		t.Error("taken from a holder that may still be at work")
	}
	s.pass(2 * time.Minute)
	if s.drain(next) != 1 || sent != 1 {
		t.Errorf("sent %d times", sent)
	}
}

func TestKilledBetweenSendingAndMarking(t *testing.T) {
	s := open(t)
	s.add("a")
	sent := 0
	s.killed(func(ctx context.Context, w *jobs.Work) (string, error) {
		if err := w.Begin(ctx); err != nil {
			t.Error(err)
		}
		sent++
		s.gone()
		return "", nil
	})
	s.pass(2 * time.Minute)
	s.drain(s.program(func(_ context.Context, w *jobs.Work) (string, error) {
		if !w.InDoubt() {
			sent++
		}
		return "doubt", nil
	}))
	if sent != 1 || s.job("a").Outcome != "doubt" {
		t.Errorf("sent %d times, ended %q", sent, s.job("a").Outcome)
	}
}

func TestASlowHolderWhoseTimeIsOverCannotBeginNorMark(t *testing.T) {
	s := open(t)
	s.add("a")
	sent := 0
	slow := s.program(func(ctx context.Context, w *jobs.Work) (string, error) {
		s.pass(3 * time.Minute)
		s.drain(s.program(func(ctx context.Context, w *jobs.Work) (string, error) {
			if err := w.Begin(ctx); err != nil {
				return "", err
			}
			sent++
			return "sent", nil
		}))
		if err := w.Begin(ctx); err != nil {
			if !errors.Is(err, docket.Conflict) {
				t.Errorf("got %v", err)
			}
			return "", err
		}
		sent++
		return "sent twice", nil
	})
	s.drain(slow)
	if j := s.job("a"); sent != 1 || j.Outcome != "sent" || j.Fault.Key != "" {
		t.Errorf("sent %d times; kept %+v", sent, j)
	}
}

func TestNoAnswerLeavesDoubt(t *testing.T) {
	s := open(t)
	s.add("a", "b")
	doubts := 0
	r := s.program(func(ctx context.Context, w *jobs.Work) (string, error) {
		if w.InDoubt() {
			doubts++
			return "doubt", nil
		}
		if err := w.Begin(ctx); err != nil {
			return "", err
		}
		if w.Key == "b" {
			panic("a fault of ours")
		}
		return "", &docket.Error{Code: docket.Unavailable, Key: "outbound.slow", Message: "slow", Err: docket.ErrUnsure}
	})
	s.drain(r)
	s.pass(time.Hour)
	s.drain(r)
	if doubts != 2 {
		t.Errorf("%d in doubt", doubts)
	}
	if j := s.job("b"); j.Done.IsZero() {
		t.Errorf("kept %+v", j)
	}
}

func TestManyProgramsAndAStop(t *testing.T) {
	s := open(t)
	var keys []string
	for i := range 20 {
		keys = append(keys, string(rune('a'+i)))
	}
	s.add(keys...)
	var mu sync.Mutex
	did := map[string]int{}
	all := make(chan struct{})
	h := func(_ context.Context, w *jobs.Work) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		if did[w.Key]++; len(did) == len(keys) {
			select {
			case <-all:
			default:
				close(all)
			}
		}
		return "sent", nil
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for range 3 {
		running.Go(func() { s.program(h).Run(ctx, time.Millisecond, nil) })
	}
	<-all
	stop()
	running.Wait() // what was taken up came to its end
	for _, k := range keys {
		if did[k] != 1 || s.job(k).Done.IsZero() {
			t.Errorf("%s was done %d times", k, did[k])
		}
	}
}

// gone ends a program's goroutine where it stands.
func (s *shop) gone() { runtime.Goexit() }
