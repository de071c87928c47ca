package httpapi

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	docket "github.com/docket-os/docket"

	"github.com/danielgtaylor/huma/v2"
)

// Who says who may call a route. The app decides; the column of the table is
// what the document tells callers and what the permission tests hold the app to.
type Who struct {
	signedIn bool
	acts     []docket.Act // any of them
}

var (
	anyone   = Who{}
	signedIn = Who{signedIn: true}
)

// may is for those whose posts allow the act (any of several).
func may(acts ...docket.Act) Who { return Who{signedIn: true, acts: acts} }

// Route is one row of the table.
type Route struct {
	Method  string
	Pattern string
	Who     Who
	Summary string

	status  int
	request *huma.RequestBody // where huma does not read the body
	media   []string          // media types of an answer that is a file
	slow    bool              // reads or writes a whole file
	limited bool              // sign-in: few tries
	secret  bool              // the answer holds a secret, so it is kept under no key
	foreign bool              // others add parameters to its address
	early   bool              // also for who must still set up a second factor
	browser bool              // for people only: a token must not reach what makes, proves or ends a sign-in
	input   reflect.Type
	mount   func(*server, huma.Operation)
}

// none is the answer or request without content.
type none struct{}

// reply is an answer as huma sends it.
type reply[O any] struct{ Body O }

// tagged is an answer that one noun's version belongs to, sent as its ETag.
type tagged[O any] struct {
	ETag string `header:"ETag" doc:"The version, to be sent as If-Match with a change"`
	Body O
}

type versioned interface{ version() int64 }

// answers is a row whose handler gives a wire type.
func answers[I, O any](route string, who Who, summary string, handle func(*server, call, *I) (O, error)) Route {
	r := row[I](route, who, summary)
	if r.Method == http.MethodPost {
		r.status = http.StatusOK
	}
	r.mount = func(s *server, op huma.Operation) {
		if _, ok := any(*new(O)).(versioned); ok {
			huma.Register(s.huma, op, func(ctx context.Context, in *I) (*tagged[O], error) {
				out, err := handle(s, callOf(ctx), in)
				if err != nil {
					return nil, s.fault(callOf(ctx), err)
				}
				return &tagged[O]{etag(any(out).(versioned).version()), out}, nil
			})
			return
		}
		huma.Register(s.huma, op, func(ctx context.Context, in *I) (*reply[O], error) {
			out, err := handle(s, callOf(ctx), in)
			if err != nil {
				return nil, s.fault(callOf(ctx), err)
			}
			return &reply[O]{out}, nil
		})
	}
	return r
}

// begins is a row whose handler begins work that goes on without the caller: 201
// when it is done already, 202 with how far it is while it is not.
func begins[I, O any](route string, who Who, summary string, handle func(*server, call, *I) (O, error), done func(O) bool) Route {
	type reply struct {
		Status int
		Body   O
	}
	r := created(row[I](route, who, summary))
	r.mount = func(s *server, op huma.Operation) {
		huma.Register(s.huma, op, func(ctx context.Context, in *I) (*reply, error) {
			out, err := handle(s, callOf(ctx), in)
			switch {
			case err != nil:
				return nil, s.fault(callOf(ctx), err)
			case done(out):
				return &reply{http.StatusCreated, out}, nil
			}
			return &reply{http.StatusAccepted, out}, nil
		})
		answers := s.huma.OpenAPI().Paths[r.Pattern].Post.Responses
		answers["202"] = &huma.Response{Description: http.StatusText(http.StatusAccepted), Content: answers["201"].Content}
	}
	return r
}

// does is a row whose handler gives nothing back: 204.
func does[I any](route string, who Who, summary string, handle func(*server, call, *I) error) Route {
	r := row[I](route, who, summary)
	r.status = http.StatusNoContent
	r.mount = func(s *server, op huma.Operation) {
		huma.Register(s.huma, op, func(ctx context.Context, in *I) (*none, error) {
			if err := handle(s, callOf(ctx), in); err != nil {
				return nil, s.fault(callOf(ctx), err)
			}
			return nil, nil
		})
	}
	return r
}

// takes is a row whose handler gets a whole file, read within the limit.
func takes[I, O any](route string, who Who, summary string, handle func(*server, call, *I, upload) (O, error)) Route {
	r := answers(route, who, summary, func(s *server, c call, in *I) (out O, err error) {
		u, err := readUpload(c.request)
		if err != nil {
			return out, err
		}
		return handle(s, c, in, u)
	})
	r.slow, r.request = true, uploadBody()
	return r
}

// sends is a row whose handler gives a file.
func sends[I any](route string, who Who, summary string, media []string, handle func(*server, call, *I) (*file, error)) Route {
	r := row[I](route, who, summary)
	r.media, r.slow = media, true
	r.mount = func(s *server, op huma.Operation) {
		huma.Register(s.huma, op, func(ctx context.Context, in *I) (*struct{ Body func(huma.Context) }, error) {
			f, err := handle(s, callOf(ctx), in)
			if err != nil {
				return nil, s.fault(callOf(ctx), err)
			}
			return &struct{ Body func(huma.Context) }{func(h huma.Context) { s.send(callOf(ctx), h, f) }}, nil
		})
	}
	return r
}

// goes is a row whose handler sends the browser to another address. What goes
// wrong sends it back to the sign-in page, which says it in words.
func goes[I any](route string, who Who, summary string, handle func(*server, call, *I) (string, error)) Route {
	type moved struct {
		Status   int
		Location string `header:"Location"`
	}
	r := row[I](route, who, summary)
	r.status, r.foreign = http.StatusSeeOther, true
	r.mount = func(s *server, op huma.Operation) {
		huma.Register(s.huma, op, func(ctx context.Context, in *I) (*moved, error) {
			to, err := handle(s, callOf(ctx), in)
			if err != nil {
				to = "/?fault=" + s.fault(callOf(ctx), err).(*Problem).Key
			}
			return &moved{http.StatusSeeOther, to}, nil
		})
	}
	return r
}

func row[I any](route string, who Who, summary string) Route {
	method, pattern, _ := strings.Cut(route, " ")
	return Route{Method: method, Pattern: strings.TrimSpace(pattern), Who: who, Summary: summary, status: http.StatusOK, input: reflect.TypeFor[I]()}
}

// created marks a row whose success is 201.
func created(r Route) Route { r.status = http.StatusCreated; return r }

// secret marks a row whose answer holds what is kept nowhere in the clear.
func secret(r Route) Route { r.secret = true; return r }

// early marks a row that also serves who must still set up a second factor.
func early(r Route) Route { r.early = true; return r }

// browser marks a row that no token opens.
func browser(r Route) Route { r.browser = true; return r }

// fewTries marks a row that is limited per address and login.
func fewTries(r Route) Route { r.limited = true; return r }

// patience is how long a request of the row may take.
func (r Route) patience() time.Duration {
	if r.slow {
		return slowDeadline
	}
	return deadline
}

// operation is the row as the document shows it.
func (r Route) operation() huma.Operation {
	op := huma.Operation{
		OperationID: operationID(r.Method, r.Pattern), Method: r.Method, Path: r.Pattern, Summary: r.Summary,
		Tags: []string{strings.SplitN(strings.Trim(r.Pattern, "/"), "/", 2)[0]}, DefaultStatus: r.status,
		MaxBodyBytes: maxBody, BodyReadTimeout: r.patience(), Errors: r.errors(), RejectUnknownQueryParameters: !r.foreign,
		Responses: map[string]*huma.Response{},
	}
	if len(r.Who.acts) > 0 {
		names := make([]string, len(r.Who.acts))
		for i, a := range r.Who.acts {
			names[i] = string(a)
		}
		op.Description = "For those who may: " + strings.Join(names, ", ") + "."
	}
	switch {
	case !r.Who.signedIn:
		op.Security = []map[string][]string{}
	case r.browser:
		op.Security = []map[string][]string{{"session": {}}}
	}
	if len(r.media) > 0 {
		answer := &huma.Response{Description: "The file", Content: map[string]*huma.MediaType{}}
		for _, m := range r.media {
			answer.Content[m] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		}
		op.Responses["200"] = answer
	}
	return op
}

// errors lists the statuses the row can fail with.
func (r Route) errors() []int {
	out := []int{http.StatusInternalServerError, http.StatusServiceUnavailable}
	add := func(when bool, statuses ...int) {
		if when {
			out = append(out, statuses...)
		}
	}
	_, hasBody := r.input.FieldByName("Body")
	_, edits := r.input.FieldByName("IfMatch")
	add(r.Who.signedIn, http.StatusUnauthorized)
	add(r.Who.signedIn, http.StatusForbidden)
	add(strings.Contains(r.Pattern, "{"), http.StatusNotFound)
	add(r.input.NumField() > 0 || r.request != nil, http.StatusUnprocessableEntity)
	add(hasBody || r.request != nil, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	add(r.Method != http.MethodGet, http.StatusConflict)
	add(edits, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
	add(r.limited, http.StatusTooManyRequests)
	slices.Sort(out)
	return out
}

// operationID is the row's name in the document: "post-units-id-rename".
func operationID(method, pattern string) string {
	return strings.ToLower(method) + strings.NewReplacer("/", "-", "{", "", "}", "", ".", "-").Replace(pattern)
}

// SignedIn reports whether the route is for people who signed in.
func (w Who) SignedIn() bool { return w.signedIn }

// allows reports whether the actor may do one of the acts anywhere at all.
func (w Who) allows(a *docket.Actor) bool {
	return len(w.acts) == 0 || slices.ContainsFunc(w.acts, func(act docket.Act) bool { return docket.May(a, act) })
}

// Acts are the acts of which one must be allowed; none for everybody signed in.
func (w Who) Acts() []docket.Act { return w.acts }
