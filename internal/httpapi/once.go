package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"mime"
	"net/http"
	"sync"

	docket "github.com/docket-os/docket"
)

// A post that carries an Idempotency-Key is done once: its answer is kept, and
// the same key with the same request gets that answer again.

// repeatable reports whether the row takes an Idempotency-Key.
func (r Route) repeatable() bool {
	return r.Method == http.MethodPost && r.Who.signedIn && !r.secret
}

// once answers from what was kept, or runs the request and keeps its answer.
// Only success is kept: what failed has changed nothing and may be tried again.
func (s *server) once(c call, key string, run func(http.ResponseWriter)) error {
	if len(key) > 200 {
		return problem(http.StatusUnprocessableEntity, docket.Invalid, "request.invalid", nil, []docket.FieldError{field("Idempotency-Key", "field.too_long", map[string]string{"max": "200"})})
	}
	body, err := readAll(c.request.Body, c.request.ContentLength)
	if err != nil {
		return unreadable(err)
	}
	c.request.Body = io.NopCloser(bytes.NewReader(body))
	request := digest(c.request, body)

	// Two copies of one request at the same time: the second waits for the first's answer.
	defer s.keys.lock(keyOf{c.actor.Person.ID, key})()
	kept, err := s.app.Replayed(c, c.actor, key, request)
	if errors.Is(err, docket.Conflict) {
		return problem(http.StatusUnprocessableEntity, docket.Invalid, "request.key_reused", nil, nil)
	}
	if err != nil {
		return err
	}
	if kept != nil {
		c.answer.Header().Set("Content-Type", "application/json")
		c.answer.Header().Set("Idempotency-Replayed", "true")
		c.answer.WriteHeader(kept.Status)
		_, _ = c.answer.Write(kept.Body) // the client is gone: nobody to tell
		return nil
	}
	rec := &recorder{ResponseWriter: c.answer}
	run(rec)
	if rec.status >= 200 && rec.status < 300 {
		replay := docket.Replay{Request: request, Status: rec.status, Body: rec.body.Bytes()}
		// A client that hung up is the one that will ask again: keep its answer all the same.
		if err := s.app.KeepReplay(context.WithoutCancel(c), c.actor, key, replay); err != nil {
			s.log.ErrorContext(c, "answer to an idempotency key not kept", "request_id", requestID(c), "err", err)
		}
	}
	return nil
}

// digest is what makes a request the same: method, address and body. Browsers
// choose a new boundary each time they send a form, so it does not count.
func digest(r *http.Request, body []byte) [32]byte {
	if media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && media == "multipart/form-data" && params["boundary"] != "" {
		body = bytes.ReplaceAll(body, []byte(params["boundary"]), []byte("-"))
	}
	h := sha256.New()
	h.Write([]byte(r.Method + " " + r.URL.RequestURI() + "\n"))
	h.Write(body)
	return [32]byte(h.Sum(nil))
}

// recorder passes an answer on and keeps a copy.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int) { r.status = status; r.ResponseWriter.WriteHeader(status) }

func (r *recorder) Write(b []byte) (int, error) {
	r.body.Write(b)
	return r.ResponseWriter.Write(b)
}

// Unwrap lets deadlines reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

type keyOf struct {
	person docket.PersonID
	key    string
}

// keyed is a lock for each key in use.
type keyed struct {
	mu    sync.Mutex
	locks map[keyOf]*waiting
}

type waiting struct {
	sync.Mutex
	users int
}

func newKeyed() *keyed { return &keyed{locks: map[keyOf]*waiting{}} }

// lock waits for k and returns what frees it.
func (l *keyed) lock(k keyOf) func() {
	l.mu.Lock()
	w := l.locks[k]
	if w == nil {
		w = &waiting{}
		l.locks[k] = w
	}
	w.users++
	l.mu.Unlock()
	w.Lock()
	return func() {
		w.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		if w.users--; w.users == 0 {
			delete(l.locks, k)
		}
	}
}
