package httpapi

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// file is an answer to be kept as a file. write runs after the headers are out,
// so whatever can be refused is refused before.
type file struct {
	name  string
	media string
	size  int64 // 0 when it is streamed
	write func(io.Writer) error

	inline bool // a picture drawn by us, to be shown on a page
}

// wholeFile is a file at hand.
func wholeFile(name, media string, content []byte) *file {
	return &file{name: name, media: media, size: int64(len(content)), write: func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}}
}

// send writes a file. What people uploaded must never run as a page of ours:
// it is an attachment, not sniffed, and sandboxed.
func (s *server) send(c call, h huma.Context, f *file) {
	h.SetHeader("Content-Type", f.media)
	h.SetHeader("Content-Disposition", attachment(f.name))
	if f.inline {
		h.SetHeader("Content-Disposition", "inline")
	}
	h.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
	if f.size > 0 {
		h.SetHeader("Content-Length", strconv.FormatInt(f.size, 10))
	}
	h.SetStatus(http.StatusOK)
	if err := f.write(h.BodyWriter()); err != nil {
		// The status is out; only breaking the connection tells the client that the file is not whole.
		s.log.ErrorContext(c, "download broken off", "request_id", requestID(c), "path", c.request.URL.Path, "err", err)
		panic(http.ErrAbortHandler)
	}
}

// attachment writes the header of a download: a plain name for old clients and
// the true one after RFC 5987.
func attachment(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/;%`, r) {
			return '_'
		}
		return r
	}, name)
	if ext := path.Ext(plain); strings.Trim(strings.TrimSuffix(plain, ext), "_ .-") == "" {
		plain = "docket" + ext // nothing of a Chinese name is left
	}
	return mime.FormatMediaType("attachment", map[string]string{"filename": plain}) + "; filename*=UTF-8''" + url.PathEscape(name)
}
