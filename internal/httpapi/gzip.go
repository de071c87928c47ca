package httpapi

import (
	"compress/gzip"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// worthCompressing is the size in bytes from which an answer is compressed.
const worthCompressing = 1 << 10

var writers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level exists
	return z
}}

// compressed compresses text answers of a kilobyte and more for clients that
// take it. Files that come compressed already say so and pass through.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !takesGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		z := &squeezed{ResponseWriter: w}
		defer z.finish()
		next.ServeHTTP(z, r)
	})
}

// takesGzip reads Accept-Encoding as far as it concerns gzip.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name != "gzip" && name != "*" {
			continue
		}
		q, ok := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		if !ok {
			return true
		}
		v, err := strconv.ParseFloat(q, 64)
		return err == nil && v > 0
	}
	return false
}

// squeezed holds an answer's first kilobyte back to see whether compressing pays.
type squeezed struct {
	http.ResponseWriter
	status int
	held   []byte
	z      *gzip.Writer
	plain  bool // decided against
}

func (s *squeezed) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
}

func (s *squeezed) Write(b []byte) (int, error) {
	if s.z == nil && !s.plain {
		if len(s.held)+len(b) < worthCompressing && s.Header().Get("Content-Length") == "" {
			s.held = append(s.held, b...)
			return len(b), nil
		}
		if err := s.begin(true); err != nil {
			return 0, err
		}
	}
	if s.z != nil {
		return s.z.Write(b)
	}
	return s.ResponseWriter.Write(b)
}

// begin sends the headers and what was held back.
func (s *squeezed) begin(pays bool) error {
	h := s.Header()
	h.Add("Vary", "Accept-Encoding")
	status := s.status
	if status == 0 {
		status = http.StatusOK
	}
	if pays && h.Get("Content-Encoding") == "" && isText(h.Get("Content-Type")) && status >= 200 && status != http.StatusNoContent && status != http.StatusPartialContent && status != http.StatusNotModified {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		s.z = writers.Get().(*gzip.Writer)
		s.z.Reset(s.ResponseWriter)
	} else {
		s.plain = true
	}
	s.ResponseWriter.WriteHeader(status)
	if len(s.held) == 0 {
		return nil
	}
	var err error
	if s.z != nil {
		_, err = s.z.Write(s.held)
	} else {
		_, err = s.ResponseWriter.Write(s.held)
	}
	s.held = nil
	return err
}

// finish sends what is left. An answer without any status was never begun: the
// handler panicked, and the recovery writes its own.
func (s *squeezed) finish() {
	if s.z == nil && !s.plain {
		if s.status == 0 && len(s.held) == 0 {
			return
		}
		_ = s.begin(false) // the client is gone: nobody to tell
	}
	if s.z != nil {
		_ = s.z.Close() // as above
		writers.Put(s.z)
	}
}

// FlushError sends what there is: a stream of events is not compressed.
func (s *squeezed) FlushError() error {
	if s.z == nil && !s.plain {
		if err := s.begin(false); err != nil {
			return err
		}
	}
	if s.z != nil {
		if err := s.z.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(s.ResponseWriter).Flush()
}

// Unwrap lets deadlines reach the connection.
func (s *squeezed) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// isText reports whether a media type is text that compresses.
func isText(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	return strings.HasPrefix(media, "text/") && media != "text/event-stream" || strings.HasSuffix(media, "+json") || strings.HasSuffix(media, "/json") ||
		strings.HasSuffix(media, "javascript") || strings.HasSuffix(media, "xml") || media == "application/manifest+json"
}
