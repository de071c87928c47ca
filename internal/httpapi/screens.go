package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// screens serves the built screens. A file is read when it is asked for, so the
// program does not hold all of them twice, and compressed once.
type screens struct {
	files  map[string]*asset
	first  *first       // nil where the screens were not built
	api    http.Handler // answers what a page asks first; nil: pages ask themselves
	policy string       // of index.html
}

type asset struct {
	media   string
	plain   func() []byte
	gzipped func() []byte // nil where it does not pay; compressed when first asked for
	tag     string
	forever bool // its name changes with its content
}

// newScreens knows every file of built. Without an index.html (the screens were
// not built) every page says so.
func newScreens(built fs.FS, api http.Handler) *screens {
	s := &screens{files: map[string]*asset{}, api: api}
	_ = fs.WalkDir(built, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && name == ".vite" {
			return fs.SkipDir // about the files, none of them
		}
		if err != nil || d.IsDir() {
			return nil // an unreadable file is a missing file: the page says 404
		}
		if info, err := d.Info(); err == nil {
			s.files["/"+name] = newAsset(name, int(info.Size()), func() []byte {
				content, _ := fs.ReadFile(built, name) // it is part of the program: what was there is there
				return content
			})
		}
		return nil
	})
	if index := s.files["/index.html"]; index != nil {
		s.first = newFirst(built, index)
		s.policy = policyFor(index.plain())
	}
	return s
}

// newAsset describes a file of so many bytes. One below assets/ has its content's
// hash in its name.
func newAsset(name string, size int, plain func() []byte) *asset {
	a := &asset{media: mime.TypeByExtension(path.Ext(name)), plain: plain, forever: strings.HasPrefix(name, "assets/")}
	tag := name
	if !a.forever {
		sum := sha256.Sum256(plain())
		tag = hex.EncodeToString(sum[:8])
	}
	a.tag = strconv.Quote(tag)
	if a.media == "" {
		a.media = http.DetectContentType(plain())
	}
	if size >= worthCompressing && isText(a.media) || strings.HasSuffix(a.media, "svg+xml") {
		a.gzipped = sync.OnceValue(func() []byte {
			var buf bytes.Buffer
			z, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression) // the level exists
			_, _ = z.Write(plain())                                 // into memory
			_ = z.Close()
			return buf.Bytes()
		})
	}
	return a
}

// newPage is an asset made here rather than read.
func newPage(text string) *asset {
	content := []byte(text)
	return newAsset("index.html", len(content), func() []byte { return content })
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
		s.servePage(w, r)
		return
	}
	if a == nil && s.first == nil {
		http.Error(w, "The screens are not built into this program: build it with make run, which builds them first.", http.StatusServiceUnavailable)
		return
	}
	if a == nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	a.serve(w, r)
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
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
			content = a.gzipped
		}
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content()))
}

// ownScript is the one script inside index.html.
var ownScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// policyFor is the policy of a page: the script inside it is let run by its hash.
func policyFor(index []byte) string {
	found := ownScript.FindSubmatch(index)
	if found == nil {
		return policy
	}
	sum := sha256.Sum256(found[1])
	return strings.Replace(policy, "script-src 'self'", "script-src 'self' 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", 1)
}
