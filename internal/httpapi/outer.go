package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"
	"runtime/debug"
	"strings"

	docket "github.com/docket-os/docket"
)

// outer wraps everything: request id and log outermost, then recovery, security
// headers, refusal of other sites' posts, and compression.
func (s *server) outer(h http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.writeProblem(w, problem(http.StatusForbidden, docket.Forbidden, "request.other_site", nil, nil))
	}))
	return s.logged(s.recovered(secured(guard.Handler(compressed(h)))))
}

type requestIDKey struct{}

// requestID names a request in the log and to the client.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// logged gives each request an id and writes one line when it is done. Query
// strings stay out of the log, and so does what follows /link/: both may hold
// what only the reader may know.
func (s *server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, id := s.cfg.Clock(), rand.Text()[:16]
		w.Header().Set("X-Request-Id", id)
		seen := &watched{ResponseWriter: w}
		defer func() {
			path := r.URL.Path
			if strings.HasPrefix(path, "/link/") {
				path = "/link/…"
			}
			s.log.InfoContext(r.Context(), "request", "request_id", id, "method", r.Method, "path", path,
				"status", seen.status, "bytes", seen.bytes, "ms", s.cfg.Clock().Sub(start).Milliseconds())
		}()
		next.ServeHTTP(seen, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// watched notes status and size of an answer.
type watched struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets deadlines reach the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// recovered turns a panic into a 500 where nothing was written yet, and into a
// broken connection where something was.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			s.log.ErrorContext(r.Context(), "panic", "request_id", requestID(r.Context()), "path", r.URL.Path, "cause", cause, "stack", string(debug.Stack()))
			if seen, ok := w.(*watched); ok && seen.status != 0 {
				panic(http.ErrAbortHandler)
			}
			s.writeProblem(w, problem(http.StatusInternalServerError, docket.Internal, "error.internal", nil, nil))
		}()
		next.ServeHTTP(w, r)
	})
}

// policy allows the screens' own files and nothing else: no inline script or
// style, no other host, no frame around us.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secured sets the headers every answer carries. The API's answers are kept by
// nobody on the way.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(self), microphone=()")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}
