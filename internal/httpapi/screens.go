package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// screens serves the built screens. They are read once at the start and each
// compressed once, when first asked for: a start need not wait for all of them.
type screens struct {
	files map[string]*asset
	first *first // nil where the screens were not built
}

type asset struct {
	media   string
	plain   []byte
	gzipped func() []byte // nil where it does not pay; compressed when first asked for
	tag     string
	forever bool // its name changes with its content
}

// newScreens loads every file of built. Without an index.html (the screens were
// not built) every page says so.
func newScreens(built fs.FS) *screens {
	s := &screens{files: map[string]*asset{}}
	_ = fs.WalkDir(built, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && name == ".vite" {
			return fs.SkipDir // about the files, none of them
		}
		if err != nil || d.IsDir() {
			return nil // an unreadable file is a missing file: the page says 404
		}
		if content, err := fs.ReadFile(built, name); err == nil {
			s.files["/"+name] = newAsset(name, content)
		}
		return nil
	})
	if index := s.files["/index.html"]; index != nil {
		s.first = newFirst(built, index)
	}
	return s
}

func newAsset(name string, content []byte) *asset {
	sum := sha256.Sum256(content)
	a := &asset{
		media: mime.TypeByExtension(path.Ext(name)), plain: content, tag: `"` + hex.EncodeToString(sum[:8]) + `"`,
		forever: strings.HasPrefix(name, "assets/"),
	}
	if a.media == "" {
		a.media = http.DetectContentType(content)
	}
	if len(content) >= worthCompressing && isText(a.media) || strings.HasSuffix(a.media, "svg+xml") {
		a.gzipped = sync.OnceValue(func() []byte {
			var buf bytes.Buffer
			z, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression) // the level exists
			_, _ = z.Write(content)                                 // into memory
			_ = z.Close()
			return buf.Bytes()
		})
	}
	return a
}

// ServeHTTP serves a file by its name and index.html for every address that is
// not one: the screens' own router finds the page. The page behind a one-time
// link is such an address, so fetching it uses nothing up.
func (s *screens) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	a := s.files[path.Clean(r.URL.Path)]
	if a == nil && path.Ext(r.URL.Path) == "" && s.first != nil {
		a = s.first.of(r)
		w.Header().Add("Vary", "Accept-Language, Cookie")
	}
	if a == nil && s.first == nil {
		http.Error(w, "The screens are not built into this program: build it with make run, which builds them first.", http.StatusServiceUnavailable)
		return
	}
	if a == nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.media)
	h.Set("ETag", a.tag)
	h.Set("Cache-Control", "no-cache")
	if a.forever {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	content := a.plain
	if a.gzipped != nil {
		h.Add("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			content = a.gzipped()
		}
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
