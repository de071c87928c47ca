package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Limits of a request.
const (
	maxBody      = 1 << 20  // bytes of a JSON body
	maxUpload    = 32 << 20 // bytes of an uploaded file with its envelope
	maxDrained   = 1 << 30  // bytes of a refused upload that are read and dropped
	deadline     = 20 * time.Second
	slowDeadline = 3 * time.Minute // imports and exports
)

// Config is what a server is built from. App and Clock are required.
type Config struct {
	App     *app.App
	Screens fs.FS            // the built screens; nil serves the API alone
	URL     string           // as people reach it, "https://docket.example"; "" takes each request's own host
	Proxies []netip.Prefix   // whose X-Forwarded-For is believed
	Clock   func() time.Time // for limits on tries and for the log
	Log     *slog.Logger     // nil: slog.Default
}

type server struct {
	cfg   Config
	app   *app.App
	log   *slog.Logger
	huma  huma.API
	tries *tries
	keys  *keyed
	spec  func() []byte // the document, made when first asked for
}

// New builds the handler of the whole program: API below /api/v1, screens
// elsewhere. It fails when a required part is missing.
func New(cfg Config) (http.Handler, error) {
	if cfg.App == nil || cfg.Clock == nil {
		return nil, errors.New("httpapi: App and Clock are required")
	}
	s := &server{cfg: cfg, app: cfg.App, log: cfg.Log, tries: newTries(cfg.Clock), keys: newKeyed()}
	if s.log == nil {
		s.log = slog.Default()
	}
	mux := http.NewServeMux()
	s.register(mux)
	s.spec = sync.OnceValue(s.write)
	mux.Handle("/api/", s.noRoute(mux))
	if cfg.Screens != nil {
		mux.Handle("/", newScreens(cfg.Screens, mux))
	}
	return s.outer(mux), nil
}

// Document returns the OpenAPI document of the table, indented.
func Document() ([]byte, error) {
	var pretty any
	s := &server{}
	s.register(http.NewServeMux())
	if err := json.Unmarshal(s.write(), &pretty); err != nil {
		return nil, err
	}
	out, err := json.MarshalIndent(pretty, "", "  ")
	return append(out, '\n'), err
}

// register puts every row of the table on the mux.
func (s *server) register(mux *http.ServeMux) {
	adjustHuma()
	s.huma = humago.NewWithPrefix(mux, "/api/v1", huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Docket", Version: "1", Description: "Sees every directive through. Errors are problem+json (RFC 9457) with a catalogue key; edits name the version seen in If-Match; posts accept an Idempotency-Key."},
			Components: &huma.Components{
				Schemas: newRegistry(),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "cookie", Name: sessionCookie},
					"token":   {Type: "http", Scheme: "bearer", Description: "A token made on the settings page; it opens what its scope and its maker's posts allow"},
				},
			},
			Security: []map[string][]string{{"session": {}}, {"token": {}}},
		},
		// "json" stands for every type that ends in +json, problems among them.
		Formats:       map[string]huma.Format{"application/json": {Marshal: marshal, Unmarshal: json.Unmarshal}, "json": {Marshal: marshal, Unmarshal: json.Unmarshal}},
		DefaultFormat: "application/json",
	})
	for _, r := range Routes() {
		op := r.operation()
		op.Middlewares = huma.Middlewares{s.guard(r)}
		r.mount(s, op)
		s.describe(r)
	}
}

// write writes the table as a document.
func (s *server) write() []byte {
	spec, err := json.Marshal(s.huma.OpenAPI())
	if err != nil {
		panic("httpapi: the table cannot be written as a document: " + err.Error()) // a build fault
	}
	return spec
}

// describe adds what the document says but huma must not act on: bodies that
// handlers read themselves and the key of repeated posts.
func (s *server) describe(r Route) {
	item := s.huma.OpenAPI().Paths[r.Pattern]
	op := map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPatch: item.Patch, http.MethodPut: item.Put, http.MethodDelete: item.Delete}[r.Method]
	if r.request != nil {
		op.RequestBody = r.request
	}
	s.shareErrors(op)
	if r.repeatable() {
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Description: "The same key with the same request is answered once and repeated from then on",
			Schema: &huma.Schema{Type: huma.TypeString},
		})
	}
}

// shareErrors makes a route's errors point to one description of each status.
func (s *server) shareErrors(op *huma.Operation) {
	shared := s.huma.OpenAPI().Components
	if shared.Responses == nil {
		shared.Responses = map[string]*huma.Response{}
	}
	for status, answer := range op.Responses {
		if _, ok := answer.Content["application/problem+json"]; !ok {
			continue
		}
		name := strings.ReplaceAll(answer.Description, " ", "")
		shared.Responses[name] = answer
		op.Responses[status] = &huma.Response{Ref: "#/components/responses/" + name}
	}
}

// marshal writes JSON without escaping what HTML would need: Chinese text and
// quotation marks stay readable, and nothing here is ever put into HTML.
func marshal(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// guard runs before a row's handler: who asks, how long, how much, how often.
func (s *server) guard(r Route) func(huma.Context, func(huma.Context)) {
	patience, most := r.patience(), int64(maxBody)
	if r.request != nil {
		most = maxUpload
	}
	return func(h huma.Context, next func(huma.Context)) {
		req, w := humago.Unwrap(h)
		c := call{Context: req.Context(), request: req, answer: w, proxies: s.cfg.Proxies}
		if r.Who.signedIn {
			if err := s.admit(&c, r); err != nil {
				s.refuse(h, c, err)
				return
			}
		}
		key := req.Header.Get("Idempotency-Key")
		if !r.repeatable() {
			key = ""
		}
		if (r.request != nil || key != "") && !r.Who.allows(&c.actor) { // before a file is read or a kept answer repeated
			s.refuse(h, c, forbidden(r.Who.acts[0]))
			return
		}
		ctx, cancel := context.WithTimeout(req.Context(), patience)
		defer cancel()
		if r.request != nil {
			defer drain(req.Body)
		}
		req.Body = http.MaxBytesReader(w, req.Body, most)
		if ends, ok := ctx.Deadline(); ok { // a client that trickles is not waited for longer
			conn := http.NewResponseController(w)
			_ = conn.SetReadDeadline(ends)  // not every connection can: then the context alone ends it
			_ = conn.SetWriteDeadline(ends) // as above
		}
		run := func(w http.ResponseWriter) {
			c.answer = w
			c.request = req.WithContext(context.WithValue(ctx, callKey{}, c))
			next(humago.NewContext(h.Operation(), c.request, w))
		}
		if key != "" {
			if err := s.once(c, key, run); err != nil {
				s.refuse(h, c, err)
			}
			return
		}
		run(w)
	}
}

func forbidden(act docket.Act) error {
	return problem(http.StatusForbidden, docket.Forbidden, "refuse."+string(act), map[string]string{"act": string(act)}, nil)
}

func (s *server) document(call, *none) (*file, error) {
	return wholeFile("openapi.json", "application/openapi+json", s.spec()), nil
}

// noRoute answers for what the table does not hold: 405 with the methods that
// would do where the path exists, else 404.
func (s *server) noRoute(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var takes []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			other := r.Clone(r.Context())
			other.Method = method
			if _, pattern := mux.Handler(other); pattern != "/api/" {
				takes = append(takes, method)
			}
		}
		if len(takes) == 0 {
			s.writeProblem(w, problem(http.StatusNotFound, docket.NotFound, "error.not_found", nil, nil))
			return
		}
		w.Header().Set("Allow", strings.Join(takes, ", "))
		s.writeProblem(w, problem(http.StatusMethodNotAllowed, docket.Invalid, "request.method", nil, nil))
	})
}

func (s *server) writeProblem(w http.ResponseWriter, p *Problem) {
	for k, v := range p.header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = marshal(w, p) // the client is gone: nobody to tell
}
